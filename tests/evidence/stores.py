"""Real stores for tests: a folder, and an S3 server that is spoken to over the wire."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import boto3
from moto.server import ThreadedMotoServer

from buyer_protection.evidence import Store

KINDS = ("folder", "s3")

#: What the server takes from anybody.
_KEYS = {"AWS_ACCESS_KEY_ID": "made-up", "AWS_SECRET_ACCESS_KEY": "made-up", "AWS_DEFAULT_REGION": "us-east-1"}


@contextmanager
def store_at(kind: str, folder: Path) -> Iterator[Store]:
    """An empty store."""
    with url_of_store(kind, folder) as url:
        yield Store.at(url, server() if kind == "s3" else "")


@contextmanager
def url_of_store(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty store; meanwhile the environment has the keys for it."""
    if kind == "folder":
        yield f"file://{folder / 'kept' / 'evidence'}"
        return
    before = {name: os.environ.get(name) for name in _KEYS}
    os.environ.update(_KEYS)
    try:
        bucket = f"evidence-{uuid.uuid4().hex}"
        boto3.client("s3", endpoint_url=server()).create_bucket(Bucket=bucket)
        yield f"s3://{bucket}/sealed"
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value


@lru_cache(maxsize=1)
def server() -> str:
    """The address of one server for the whole run; it ends with this process."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    return f"http://{host}:{port}"

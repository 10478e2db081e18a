"""What tus 1.0 (https://tus.io/protocols/resumable-upload) says in headers, read without trust."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Final

from starlette.datastructures import Headers

from buyer_protection.evidence.files import cleaned_name
from gateway.errors import GatewayError
from gateway.upload_rows import Upload

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,expiration,termination,checksum"
#: What the checksum of a part may be made with, the best first; our names are those of Python's library too.
ALGORITHMS: Final = ("sha256", "sha512", "sha1")
#: The type of a part of a file.
PART: Final = "application/offset+octet-stream"

_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_KEY: Final = re.compile(r"[!-+\--~]{1,64}")
_LONGEST_METADATA: Final = 8 * 1024


@dataclass(frozen=True)
class Checksum:
    """What a part of a file comes to, by an algorithm of ours."""

    algorithm: str
    expected: bytes


def check_version(headers: Headers) -> None:
    """Raises GatewayError unless the request speaks our version."""
    if headers.get("Tus-Resumable") != VERSION:
        raise GatewayError("tus_version", headers={"Tus-Version": VERSION})


def number(headers: Headers, name: str) -> int:
    """A header that is a number. Raises GatewayError."""
    given = headers.get(name, "")
    if not _NUMBER.fullmatch(given):
        raise GatewayError("bad_request", f"{name}: a number of bytes is expected")
    return int(given)


def file_name(headers: Headers) -> str:
    """The `filename` in `Upload-Metadata`, as it can be shown to people; `file` where there is none.

    Raises GatewayError for metadata that cannot be read.
    """
    name = _metadata(headers.get("Upload-Metadata", "")).get("filename", b"")
    return cleaned_name(name.decode("utf-8", "replace"))


def checksum(headers: Headers) -> Checksum | None:
    """What the bytes of a request have to come to, if it says so. Raises GatewayError for what cannot be checked."""
    given = headers.get("Upload-Checksum")
    if given is None:
        return None
    algorithm, _, value = given.partition(" ")
    try:
        expected = b64decode(value.strip(), validate=True)
    except (NotBase64, ValueError):
        expected = b""
    if algorithm not in ALGORITHMS or len(expected) != hashlib.new(algorithm).digest_size:
        raise GatewayError("bad_request", f"Upload-Checksum: one of {', '.join(ALGORITHMS)} and its value in base64")
    return Checksum(algorithm, expected)


def expires(upload: Upload) -> str:
    """When an upload ends, as a header has it."""
    return date(upload.expires_at)


def date(moment: datetime) -> str:
    """A point in time (UTC) as RFC 7231 has it."""
    return format_datetime(moment, usegmt=True)


def _metadata(given: str) -> Mapping[str, bytes]:
    if len(given) > _LONGEST_METADATA:
        raise _unreadable()
    read: dict[str, bytes] = {}
    for pair in given.split(",") if given.strip() else ():
        key, _, value = pair.strip().partition(" ")
        if not _KEY.fullmatch(key) or key in read:
            raise _unreadable()
        try:
            read[key] = b64decode(value.strip(), validate=True)
        except (NotBase64, ValueError):
            raise _unreadable() from None
    return read


def _unreadable() -> GatewayError:
    return GatewayError("bad_request", "Upload-Metadata: names with base64 values are expected, with commas between")

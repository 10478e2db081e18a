"""A lease is renewed for as long as what it is for goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

import structlog

from buyer_protection.logs import in_code
from gateway import leases
from gateway.leases import Lease, LeaseLost
from gateway.writer import Writer

_T = TypeVar("_T")

_logger = structlog.get_logger(__name__)


async def while_held(writer: Writer, lease: Lease, work: Coroutine[Any, Any, _T]) -> _T:
    """What the work comes to. Raises what it raises, and LeaseLost once somebody else holds the lease: work is ended.

    A renewal that the database does not take is tried again: the lease may outlast that.
    """
    task = asyncio.create_task(work)
    try:
        while not (await asyncio.wait({task}, timeout=leases.RENEWED_EVERY))[0]:
            await _renew(writer, lease)
        return task.result()
    finally:
        if not task.done():
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task


async def _renew(writer: Writer, lease: Lease) -> None:
    try:
        is_held = await writer.write(lambda connection: leases.renew(connection, lease))
    except Exception as error:
        _logger.warning("lease.not_renewed", reason=in_code(error))
        return
    if not is_held:
        raise LeaseLost

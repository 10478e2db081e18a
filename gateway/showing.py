"""A file of evidence, and a calendar file, as they leave: whatever is in them, it does nothing where it arrives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO, Final
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from buyer_protection.evidence import Store, Viewing

#: No scripts, no frames, no requests from it, kept nowhere, and shown by nobody as a page of ours.
HARMLESS: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_ENDINGS: Final = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
_CHUNK: Final = 256 * 1024


def shown(store: Store, viewing: Viewing) -> Response:
    """The copy that others see, read piece by piece. Raises FileNotFoundError, or OSError; waits for the store."""
    size = store.size(viewing.shown_name)
    name = PurePath(viewing.original_name).stem + _ENDINGS.get(viewing.shown_type, "")
    headers = {**HARMLESS, "Content-Disposition": attachment(name), "Content-Length": str(size)}
    # Starlette reads a plain iterator in threads.
    return StreamingResponse(_pieces(store.open(viewing.shown_name)), headers=headers, media_type=viewing.shown_type)


def attachment(name: str) -> str:
    """`Content-Disposition` for a file to be saved under a name, in whatever letters (RFC 6266)."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in " ._-") else "_" for letter in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(_CHUNK):
            yield piece

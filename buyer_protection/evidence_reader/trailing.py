"""Whether something follows a photo in its file: a film of a telephone, an archive, a page with a script."""

from __future__ import annotations

import mmap
import os
from typing import BinaryIO, Final

#: JPEG markers without a length behind them.
_BARE: Final = {0x01, *range(0xD0, 0xD9)}
_START_OF_SCAN: Final = 0xDA
_END: Final = 0xD9


def has_trailing_data(file: BinaryIO, media_type: str) -> bool:
    """Whether a whole photo of this media type ends before its file does; HEIC and AVIF are not looked at."""
    size = file.seek(0, os.SEEK_END)
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if media_type == "image/jpeg":
            return _end_of_jpeg(content) < size
        if media_type == "image/png":
            return _end_of_png(content) < size
        if media_type == "image/webp":
            return 8 + int.from_bytes(content[4:8], "little") + 1 < size  # may be filled up to an even number
        return media_type == "image/gif" and content[-1:] != b"\x3b"


def _end_of_jpeg(content: mmap.mmap) -> int:
    at = 2
    while 0 <= at < len(content) - 1:
        if content[at] != 0xFF:
            at += 1
            continue
        marker = content[at + 1]
        if marker == _END:
            return at + 2
        if marker == 0xFF:
            at += 1
        elif marker in _BARE:
            at += 2
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
            if marker == _START_OF_SCAN:
                at = _next_marker(content, at)
    return len(content)


def _next_marker(content: mmap.mmap, at: int) -> int:
    """Behind what is drawn: there, 0xFF is followed by 0x00, or by a mark to start again, and else begins a marker."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        follows = content[at + 1]
        if follows != 0x00 and not 0xD0 <= follows <= 0xD7:
            return at
        at += 2
    return len(content)


def _end_of_png(content: mmap.mmap) -> int:
    at = 8
    while at + 12 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND":
            return at
    return len(content)

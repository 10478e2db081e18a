"""What a look at a file can find: the words that the reader and who started it have in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

PHOTO: Final = "photo"
VIDEO: Final = "video"
DOCUMENT: Final = "document"

#: What is accepted: each media type's kind, and the ending that belongs to it.
ACCEPTED: Final = {
    "image/jpeg": (PHOTO, ".jpg"),
    "image/png": (PHOTO, ".png"),
    "image/webp": (PHOTO, ".webp"),
    "image/heic": (PHOTO, ".heic"),
    "image/avif": (PHOTO, ".avif"),
    "image/gif": (PHOTO, ".gif"),
    "video/mp4": (VIDEO, ".mp4"),
    "video/quicktime": (VIDEO, ".mov"),
    "video/webm": (VIDEO, ".webm"),
    "video/3gpp": (VIDEO, ".3gp"),
    "application/pdf": (DOCUMENT, ".pdf"),
}

EMPTY: Final = "empty"
NOT_PHOTO_OR_VIDEO: Final = "not_photo_or_video"
DAMAGED: Final = "damaged"
TOO_MANY_PIXELS: Final = "too_many_pixels"
TWO_KINDS: Final = "two_kinds"

#: Why a file is not accepted.
CODES: Final = frozenset({EMPTY, NOT_PHOTO_OR_VIDEO, DAMAGED, TOO_MANY_PIXELS, TWO_KINDS})

#: What was looked at: `content` (it is what its first bytes say), `whole` (it is read to its end),
#: `pixels` (they are not too many, and they open).
CHECKED: Final = ("content", "whole", "pixels")

#: What the original holds beside its pixels and the copy to show does not.
REMOVED: Final = (
    "location",
    "camera",
    "author",
    "comment",
    "software",
    "capture_time",
    "preview",
    "other_metadata",
    "trailing_data",
)


class NoEvidence(Exception):
    """A file that cannot be evidence; the argument is the code that says why."""


@dataclass
class Found:
    """What is known of a file: its media type, the day on which it says it was taken, and what it holds beside."""

    media_type: str
    captured_on: date | None = None
    checked: tuple[str, ...] = CHECKED
    removed: set[str] = field(default_factory=set)


def plausible(year: int, month: int, day: int) -> date | None:
    """A day on which a picture may have been taken; None for one that cannot be, or of a clock that was never set."""
    try:
        return date(year, month, day) if year >= 1990 else None
    except ValueError:
        return None

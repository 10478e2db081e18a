"""What a file is: by its content, never by its name or by what somebody says of it.

A photo that is followed by something else stays a photo: telephones keep a short film there, and the copy that others
see has nothing of it. A file that begins as two things at once (a photo that a reader of documents opens too) is made
by hand, and refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Final

import puremagic

from buyer_protection.evidence_reader.documents import read_document
from buyer_protection.evidence_reader.found import EMPTY, NOT_PHOTO_OR_VIDEO, TWO_KINDS, Found, NoEvidence
from buyer_protection.evidence_reader.photos import read_photo
from buyer_protection.evidence_reader.videos import read_video

#: As much of a file as says what it is.
_HEAD: Final = 4_096
#: In as many bytes from its beginning readers of PDF look for its mark.
_PDF_HEAD: Final = 1_024
_PDF: Final = b"%PDF-"

_PHOTOS: Final = {"image/jpeg", "image/png", "image/webp", "image/gif"}
#: The names by which a file in boxes (ISO base media) says that it is a photo, or a film of QuickTime or 3GPP.
_PHOTO_BRANDS: Final = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
_RAW_BRANDS: Final = {b"crx "}


def read(path: Path, shown: BinaryIO) -> Found:
    """Look at a file, and write its copy to show to `shown` (nothing for a document).

    Raises `NoEvidence` with a code of `found.CODES`.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head:
            raise NoEvidence(EMPTY)
        media_type = _media_type(head)
        if media_type != "application/pdf" and _PDF in head[:_PDF_HEAD] and media_type is not None:
            raise NoEvidence(TWO_KINDS)
        file.seek(0)
        if media_type == "application/pdf":
            return read_document(file)
        if media_type == "photo":
            return read_photo(file, shown)
        if media_type is not None:
            return read_video(file, media_type, shown)
    raise NoEvidence(NOT_PHOTO_OR_VIDEO)


def _media_type(head: bytes) -> str | None:
    """`photo`, the type of a video or a document; None for anything else."""
    if head[4:8] == b"ftyp":
        return _of_brands(head)
    if head.startswith(_PDF):
        return "application/pdf"
    types = _types(head)
    if _PHOTOS.intersection(types):
        return "photo"
    return next((known for known in types if known in ("video/quicktime", "video/webm")), None)


def _of_brands(head: bytes) -> str | None:
    """A file in boxes says what it is in the first, by its chief name and by others that it goes by too."""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    chief = head[8:12]
    brands = {chief, *(head[at : at + 4] for at in range(16, length - 3, 4))}
    if brands & _RAW_BRANDS:
        return None
    if chief in _PHOTO_BRANDS:
        return "photo"
    if chief == b"qt  ":
        return "video/quicktime"
    return "video/3gpp" if chief.startswith((b"3gp", b"3g2")) else "video/mp4"


def _types(head: bytes) -> list[str]:
    """The media types that a file's first bytes say most surely."""
    try:
        matches = puremagic.magic_string(head)
    except puremagic.PureError:
        return []
    surest = max(match.confidence for match in matches)
    return [match.mime_type for match in matches if match.confidence == surest]

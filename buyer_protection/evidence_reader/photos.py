"""Photos: decoded whole, turned upright, copied, and asked what they say of themselves."""

from __future__ import annotations

from typing import BinaryIO, Final

import pillow_heif
from PIL import Image, ImageOps

from buyer_protection.evidence_reader.copies import write_copy
from buyer_protection.evidence_reader.found import DAMAGED, TOO_MANY_PIXELS, Found, NoEvidence
from buyer_protection.evidence_reader.limits import MOST_PIXELS
from buyer_protection.evidence_reader.photo_facts import captured_on, what_it_carries
from buyer_protection.evidence_reader.trailing import has_trailing_data

#: What Pillow calls the formats we accept, and what we call them.
_FORMATS: Final = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "HEIF": "image/heic",
    "AVIF": "image/avif",
    "GIF": "image/gif",
}

#: The pictures of one that moves may have so many times the pixels of one that does not.
_MOVING: Final = 10


def read_photo(file: BinaryIO, shown: BinaryIO) -> Found:
    """Look at a photo and write its copy; raises `NoEvidence` with `damaged` or `too_many_pixels`."""
    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    try:
        with Image.open(file, formats=("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NoEvidence(TOO_MANY_PIXELS)
            found = Found(_FORMATS[str(picture.format)], captured_on(picture), removed=what_it_carries(picture))
            picture.load()
            write_copy(ImageOps.exif_transpose(picture), shown)
            if picture.format == "GIF":
                _see_all_pictures(picture)
    except NoEvidence:
        raise
    except Exception as error:  # each decoder has errors of its own
        raise NoEvidence(DAMAGED) from error
    if has_trailing_data(file, found.media_type):
        found.removed.add("trailing_data")
    return found


def _see_all_pictures(picture: Image.Image) -> None:
    """One that moves is whole if each of its pictures opens; together they may have some more pixels."""
    pixels = picture.width * picture.height
    for number in range(1, _MOVING * MOST_PIXELS // pixels + 1):
        try:
            picture.seek(number)
        except EOFError:
            return
        picture.load()
    raise NoEvidence(TOO_MANY_PIXELS)

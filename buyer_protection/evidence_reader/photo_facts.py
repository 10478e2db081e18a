"""What a photo says of itself beside its pixels: when it was taken is kept as a fact, the rest is only named."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Any, Final

from PIL import ExifTags, Image

from buyer_protection.evidence_reader.found import plausible

_DAY: Final = re.compile(r"\s*(\d{4})[:\-/](\d{2})[:\-/](\d{2})")
_TAKEN: Final = (ExifTags.Base.DateTimeOriginal, ExifTags.Base.DateTimeDigitized)

#: What the numbered fields of a photo tell.
_TELLS: Final[dict[int, str]] = {
    ExifTags.Base.Make: "camera",
    ExifTags.Base.Model: "camera",
    ExifTags.Base.BodySerialNumber: "camera",
    ExifTags.Base.LensMake: "camera",
    ExifTags.Base.LensModel: "camera",
    ExifTags.Base.LensSerialNumber: "camera",
    ExifTags.Base.MakerNote: "camera",
    ExifTags.Base.Artist: "author",
    ExifTags.Base.Copyright: "author",
    ExifTags.Base.CameraOwnerName: "author",
    ExifTags.Base.XPAuthor: "author",
    ExifTags.Base.ImageDescription: "comment",
    ExifTags.Base.UserComment: "comment",
    ExifTags.Base.XPComment: "comment",
    ExifTags.Base.XPTitle: "comment",
    ExifTags.Base.Software: "software",
    ExifTags.Base.HostComputer: "software",
    ExifTags.Base.DateTime: "capture_time",
    ExifTags.Base.DateTimeOriginal: "capture_time",
    ExifTags.Base.DateTimeDigitized: "capture_time",
}
#: Where an XMP packet, which is text, tells where a photo was taken.
_XMP_PLACES: Final = (b"GPSLatitude", b"GPSLongitude", b"LocationCreated", b"Iptc4xmpCore:Location", b"photoshop:City")


def captured_on(picture: Image.Image) -> date | None:
    """The day on which a photo says it was taken, by its camera's clock; None where it does not say."""
    fields = _fields(picture)
    for tag in _TAKEN:
        said = _DAY.match(str(fields.get(tag, "")))
        if said:
            return plausible(*(int(part) for part in said.groups()))
    return None


def what_it_carries(picture: Image.Image) -> set[str]:
    """Codes of `found.REMOVED` for what a photo says of itself."""
    found = {_TELLS[tag] for tag, value in _fields(picture).items() if tag in _TELLS and value not in (None, "", b"")}
    exif = picture.getexif()
    with suppress(Exception):  # a broken part says nothing
        if exif.get_ifd(ExifTags.IFD.GPSInfo):
            found.add("location")
    with suppress(Exception):
        if exif.get_ifd(ExifTags.IFD.IFD1):
            found.add("preview")
    return found | _beside_the_fields(picture.info)


def _fields(picture: Image.Image) -> dict[int, Any]:
    exif = picture.getexif()
    fields = dict(exif)
    with suppress(Exception):  # a broken part says nothing
        fields |= exif.get_ifd(ExifTags.IFD.Exif)
    return fields


def _beside_the_fields(info: dict[Any, Any]) -> set[str]:
    found: set[str] = set()
    if info.get("comment") or any(isinstance(info.get(name), str) for name in ("Comment", "Description", "Title")):
        found.add("comment")
    packet = info.get("xmp") or info.get("XML:com.adobe.xmp")
    if packet:
        found.add("other_metadata")
        text = packet if isinstance(packet, bytes) else str(packet).encode()
        if any(place in text for place in _XMP_PLACES):
            found.add("location")
    if info.get("photoshop"):
        found.add("other_metadata")
    return found

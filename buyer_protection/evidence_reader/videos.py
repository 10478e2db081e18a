"""Videos: the first pictures are decoded, the rest is read through to its end; one picture is what others see."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, BinaryIO, Final

import av
from PIL import Image, ImageStat

from buyer_protection.evidence_reader.copies import write_copy
from buyer_protection.evidence_reader.found import (
    DAMAGED,
    NOT_PHOTO_OR_VIDEO,
    TOO_MANY_PIXELS,
    Found,
    NoEvidence,
    plausible,
)
from buyer_protection.evidence_reader.limits import MOST_PIXELS

#: How much shorter than it says a video may be, in seconds or as a part of it, before it counts as cut off.
_SLACK_SECONDS: Final = 0.5
_SLACK_PART: Final = 0.05

#: As many pictures from the beginning are looked at for one that is not dark (its light above so much of 255).
_TRIES: Final = 30
_DARK: Final = 16

#: The reader for each kind of video; no other is tried, and none that could open another file or address.
_READERS: Final = {"video/webm": "matroska"}
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
#: Where a video says when it was made: by the telephone's own clock, else in UTC.
_MADE: Final = ("com.apple.quicktime.creationdate", "creation_time", "date")
#: What parts of the names of its metadata tell.
_TELLS: Final = {
    "location": "location",
    "make": "camera",
    "model": "camera",
    "android.version": "camera",
    "artist": "author",
    "author": "author",
    "copyright": "author",
    "comment": "comment",
    "description": "comment",
    "title": "comment",
    "software": "software",
    "encoder": "software",
    "creation": "capture_time",
    "date": "capture_time",
}


def read_video(file: BinaryIO, media_type: str, shown: BinaryIO) -> Found:
    """Look at a video and write one of its pictures.

    Raises `NoEvidence` with `damaged`, `not_photo_or_video` (sound alone) or `too_many_pixels`.
    """
    try:
        with av.open(file, mode="r", format=_READERS.get(media_type, "mov")) as video:
            if not video.streams.video:
                raise NoEvidence(NOT_PHOTO_OR_VIDEO)
            stream = video.streams.video[0]
            if stream.width * stream.height > MOST_PIXELS:
                raise NoEvidence(TOO_MANY_PIXELS)
            stream.codec_context.thread_count = 1
            write_copy(_poster(video, stream), shown)
            _read_to_the_end(video, stream)
            metadata = {name.lower(): str(value) for name, value in {**stream.metadata, **video.metadata}.items()}
    except NoEvidence:
        raise
    except Exception as error:  # each decoder has errors of its own
        raise NoEvidence(DAMAGED) from error
    return Found(media_type, _captured_on(metadata), removed=_what_it_carries(metadata))


def _poster(video: Any, stream: Any) -> Image.Image:
    """The first picture that is not dark, upright; else the first."""
    first: Image.Image | None = None
    for number, frame in enumerate(video.decode(stream)):
        picture: Image.Image = frame.to_image()
        if frame.rotation:
            picture = picture.rotate(frame.rotation, expand=True)
        if first is None:
            first = picture
        if ImageStat.Stat(picture.convert("L").resize((16, 16))).mean[0] > _DARK:
            return picture
        if number + 1 == _TRIES:
            break
    if first is None:
        raise NoEvidence(DAMAGED)
    return first


def _read_to_the_end(video: Any, stream: Any) -> None:
    """Refuse a video that ends before it says it does; one that does not say is taken as it is."""
    if video.duration is None:
        return
    says = video.duration / av.time_base
    video.seek(0)
    end = max((_end(packet) for packet in video.demux(stream)), default=0.0)
    if end < says - max(_SLACK_SECONDS, says * _SLACK_PART):
        raise NoEvidence(DAMAGED)


def _end(packet: Any) -> float:
    """When what a packet shows is over, in seconds; a broken one shows nothing."""
    if packet.pts is None or packet.is_corrupt:
        return 0.0
    return float((packet.pts + (packet.duration or 0)) * packet.time_base)


def _captured_on(metadata: dict[str, str]) -> date | None:
    for name in _MADE:
        said = _DAY.match(metadata.get(name, ""))
        if said:
            return plausible(*(int(part) for part in said.groups()))
    return None


def _what_it_carries(metadata: dict[str, str]) -> set[str]:
    return {code for name in metadata for part, code in _TELLS.items() if part in name}

"""What a file is: by its content, never by its name, and only if it really opens.

Photos are decoded whole; of a video the first picture is decoded and the rest is read through to its end.
Whoever wrote the file may have meant to hurt its reader, so `looking` runs this as a program of its own, which imports
nothing of ours: `kinds.py FILE` prints `{"media_type", "ending"}`, or `{"code"}` where the file is no evidence.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any, BinaryIO, Final

import av
import pillow_heif
import puremagic
from PIL import Image

#: Seconds of work and bytes of memory after which a look is stopped.
MOST_SECONDS: Final = 20
MOST_MEMORY: Final = 2 * 1024**3

#: A picture of more pixels than any telephone takes is made to fill the memory.
MOST_PIXELS: Final = 50_000_000

#: As much of a file as says what it is.
_HEAD: Final = 4_096

#: How much shorter than it says a video may be, in seconds or as a part of it, before it counts as cut off.
_SLACK_SECONDS: Final = 0.5
_SLACK_PART: Final = 0.05

#: What Pillow calls the formats we accept, and what we call them.
_PHOTOS: Final = {
    "JPEG": ("image/jpeg", ".jpg"),
    "MPO": ("image/jpeg", ".jpg"),
    "PNG": ("image/png", ".png"),
    "WEBP": ("image/webp", ".webp"),
    "HEIF": ("image/heic", ".heic"),
}
_PHOTO_TYPES: Final = {"image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"}

#: What a video's content says it is, what reads it, and what we call it.
_VIDEOS: Final = {
    "video/quicktime": ("mov", "video/quicktime", ".mov"),
    "video/mp4": ("mov", "video/mp4", ".mp4"),
    "video/3gpp": ("mov", "video/mp4", ".mp4"),
    "video/webm": ("matroska", "video/webm", ".webm"),
}


class NoEvidence(Exception):
    """A file that cannot be evidence; the argument is the code that says why."""


def kind_of(path: Path) -> tuple[str, str]:
    """A file's media type and the ending that belongs to it.

    Raises `NoEvidence` with `empty`, `not_photo_or_video`, `damaged` or `too_many_pixels`.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head:
            raise NoEvidence("empty")
        types = _types(head)
        file.seek(0)
        if _PHOTO_TYPES.intersection(types):
            return _photo(file)
        for media_type in types:
            if media_type in _VIDEOS:
                return _video(file, *_VIDEOS[media_type])
    raise NoEvidence("not_photo_or_video")


def _types(head: bytes) -> list[str]:
    """The media types that a file's first bytes say most surely; one container may have several names."""
    try:
        matches = puremagic.magic_string(head)
    except puremagic.PureError:
        return []
    surest = max(match.confidence for match in matches)
    return [match.mime_type for match in matches if match.confidence == surest]


def _photo(file: BinaryIO) -> tuple[str, str]:
    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    try:
        with Image.open(file, formats=("JPEG", "PNG", "WEBP", "HEIF")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NoEvidence("too_many_pixels")
            picture.load()
            return _PHOTOS[str(picture.format)]
    except NoEvidence:
        raise
    except Exception as error:  # each decoder has errors of its own
        raise NoEvidence("damaged") from error


def _video(file: BinaryIO, reader: str, media_type: str, ending: str) -> tuple[str, str]:
    try:
        # Read from the open file by a reader that we name: nothing in it can make us open another file or address.
        with av.open(file, mode="r", format=reader) as video:
            if not video.streams.video:
                raise NoEvidence("not_photo_or_video")
            stream = video.streams.video[0]
            if stream.width * stream.height > MOST_PIXELS:
                raise NoEvidence("too_many_pixels")
            next(video.decode(stream))
            _read_to_the_end(video, stream)
    except NoEvidence:
        raise
    except Exception as error:  # each decoder has errors of its own
        raise NoEvidence("damaged") from error
    return media_type, ending


def _read_to_the_end(video: Any, stream: Any) -> None:
    """Refuse a video that ends before it says it does; one that does not say is taken as it is."""
    if video.duration is None:
        return
    says = video.duration / av.time_base
    video.seek(0)
    end = max((_end(packet) for packet in video.demux(stream)), default=0.0)
    if end < says - max(_SLACK_SECONDS, says * _SLACK_PART):
        raise NoEvidence("damaged")


def _end(packet: Any) -> float:
    """When what a packet shows is over, in seconds; a broken one shows nothing."""
    if packet.pts is None or packet.is_corrupt:
        return 0.0
    return float((packet.pts + (packet.duration or 0)) * packet.time_base)


def _limit_this_process() -> None:
    limits = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: MOST_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    _limit_this_process()
    try:
        found = dict(zip(("media_type", "ending"), kind_of(Path(sys.argv[1])), strict=True))
    except NoEvidence as no:
        found = {"code": str(no)}
    print(json.dumps(found))

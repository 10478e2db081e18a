"""Real photos and videos as bytes, made for the tests of the gateway."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.evidence.files import picture, video


def photo(seed: int = 0, size: tuple[int, int] = (160, 120)) -> bytes:
    """A JPEG; another one each time, because of its noise."""
    content = BytesIO()
    picture(seed, size).save(content, "JPEG")
    return content.getvalue()


def film() -> bytes:
    """An MP4 of two seconds."""
    with TemporaryDirectory() as folder:
        return video(Path(folder) / "film.mp4").read_bytes()


def long_film(size: int) -> bytes:
    """The same with so many bytes after it as make it `size` long: a box that players skip, as MP4 allows."""
    content = film()
    rest = size - len(content)
    if rest < 8:
        raise ValueError("a film is longer than that")
    return content + rest.to_bytes(4, "big") + b"free" + bytes(rest - 8)

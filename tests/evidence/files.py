"""Real photos and videos, made for tests, and files that only look like them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import pillow_heif
from PIL import Image


def picture(seed: int = 0, size: tuple[int, int] = (160, 120)) -> Image.Image:
    """A picture that does not compress to nothing; another one for each seed."""
    noise = Image.effect_noise(size, 60).convert("RGB")
    return Image.blend(noise, Image.new("RGB", size, (seed * 40 % 256, 90, 160)), 0.3)


def photo(path: Path, kind: str = "JPEG", seed: int = 0) -> Path:
    """A photo of one kind of file."""
    pillow_heif.register_heif_opener()
    picture(seed).save(path, kind)
    return path


def video(
    path: Path, container: str = "mp4", codec: str = "mpeg4", seconds: int = 2, early_index: bool = False
) -> Path:
    """A video; `early_index` puts what a player needs at the beginning, as telephones' uploads have it."""
    options = {"movflags": "faststart"} if early_index else {}
    with av.open(str(path), "w", format=container, options=options) as output:
        stream = output.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        for seed in range(seconds * 10):
            output.mux(stream.encode(av.VideoFrame.from_image(picture(seed))))
        output.mux(stream.encode())
    return path


def sound(path: Path) -> Path:
    """A film without pictures."""
    with av.open(str(path), "w", format="mp4") as output:
        stream = output.add_stream("aac", rate=44_100)
        frame = av.AudioFrame(format="fltp", layout="mono", samples=1024)
        frame.sample_rate = 44_100
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        output.mux(stream.encode(frame))
        output.mux(stream.encode())
    return path


def cut(path: Path, part: float = 0.6) -> Path:
    """A file that ends too early."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    return path


def written(content: bytes) -> Callable[[Path], Path]:
    """Whoever writes these bytes to a file."""

    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


def bomb(path: Path) -> Path:
    """A small file with a picture of 169 million pixels."""
    Image.new("L", (13_000, 13_000)).save(path, "PNG")
    return path

"""Real photos and videos, made for tests, and files that only look like them."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pillow_heif
from PIL import ExifTags, Image


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
    path: Path,
    container: str = "mp4",
    codec: str = "mpeg4",
    seconds: int = 2,
    early_index: bool = False,
    says: dict[str, str] | None = None,
    rate: int = 10,
) -> Path:
    """A video; `early_index` puts what a player needs at the beginning, as telephones' uploads have it.

    `says` is what it says of itself; `rate` how many pictures are shown in a second (there are ten for each asked for).
    """
    options = {"movflags": ("faststart" if early_index else "") + "+use_metadata_tags"}
    options = options if container in ("mp4", "mov") else {}
    with av.open(str(path), "w", format=container, options=options) as output:
        output.metadata.update(says or {})
        stream = output.add_stream(codec, rate=rate)
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


def bomb(path: Path, side: int = 13_000) -> Path:
    """A small file with a picture of 169 million pixels, or more."""
    Image.new("1", (side, side)).save(path, "PNG")
    return path


def boast(path: Path, side: int) -> Path:
    """A small picture whose header says that it is a huge one."""
    content = bytearray(photo(path, "PNG").read_bytes())
    content[16:24] = side.to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    path.write_bytes(content)
    return path


def moving(path: Path, pictures: int = 8, size: tuple[int, int] = (160, 120)) -> Path:
    """A picture that moves."""
    first = Image.new("L", size)
    others = [Image.new("L", size, number % 255 + 1) for number in range(1, pictures)]
    if pictures < 100:
        first, *others = [picture(number, size) for number in range(pictures)]
    first.save(path, "GIF", save_all=True, append_images=others)
    return path


def document(path: Path) -> Path:
    """A document with one empty page."""
    Image.new("RGB", (40, 40), "white").save(path, "PDF")
    return path


def photo_that_is_a_document(path: Path) -> Path:
    """A photo whose comment begins a document, which goes on behind the photo: each reader sees what it looks for."""
    page = document(path).read_bytes()
    picture().save(path, "JPEG", comment=page[:40])
    path.write_bytes(path.read_bytes() + page)
    return path


def with_fields(path: Path, **about: Any) -> Path:
    """A photo that says where, when, by whom and with what it was taken, and that lies on its side."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Camera maker"
    exif[ExifTags.Base.Artist] = "Ann Example"
    exif[ExifTags.Base.Software] = "editor 7"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = about.pop("taken", "2024:02:28 23:59:59")
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.BodySerialNumber] = "SN-4711"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 31.0, 12.0)
    kind = about.pop("kind", "JPEG")
    pillow_heif.register_heif_opener()
    about.pop("picture", picture()).save(path, kind, exif=exif, **about)
    return path

"""What a file is goes by its content, and it must open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from buyer_protection.evidence.looking import Unacceptable, look
from tests.evidence.files import (
    boast,
    bomb,
    cut,
    document,
    moving,
    photo,
    photo_that_is_a_document,
    sound,
    video,
    written,
)


@pytest.mark.parametrize(
    ("kind", "media_type", "ending"),
    [
        ("JPEG", "image/jpeg", ".jpg"),
        ("PNG", "image/png", ".png"),
        ("WEBP", "image/webp", ".webp"),
        ("HEIF", "image/heic", ".heic"),
        ("AVIF", "image/avif", ".avif"),
        ("GIF", "image/gif", ".gif"),
    ],
)
def test_photos_are_known_by_their_content(tmp_path: Path, kind: str, media_type: str, ending: str) -> None:
    """Whatever they are called."""
    found = look(photo(tmp_path / "paper.pdf", kind), tmp_path / "shown")

    assert (found.media_type, found.ending, found.kind) == (media_type, ending, "photo")


@pytest.mark.parametrize(
    ("container", "codec", "early_index", "media_type"),
    [
        ("mp4", "mpeg4", False, "video/mp4"),
        ("mp4", "libx264", True, "video/mp4"),
        ("mov", "mpeg4", False, "video/quicktime"),
        ("3gp", "mpeg4", False, "video/3gpp"),
        ("webm", "libvpx", False, "video/webm"),
    ],
)
def test_videos_are_known_by_their_content(
    tmp_path: Path, container: str, codec: str, early_index: bool, media_type: str
) -> None:
    """And are no photos."""
    found = look(video(tmp_path / "video", container, codec, early_index=early_index), tmp_path / "shown")

    assert (found.media_type, found.kind) == (media_type, "video")


def test_a_document_is_kept_and_does_not_count(tmp_path: Path) -> None:
    """It is not opened, so it has no copy to show."""
    found = look(document(tmp_path / "receipt.jpg"), tmp_path / "shown")

    assert (found.media_type, found.kind, found.counts, found.shown_type) == ("application/pdf", "document", False, "")
    assert (tmp_path / "shown").read_bytes() == b""


@pytest.mark.parametrize("brand", ["iso5", "avc1", "mp41", "dash", "M4V ", "mmp4"])
def test_a_film_goes_by_many_names(tmp_path: Path, brand: str) -> None:
    """Each maker of telephones and pages has its own for the same thing."""
    path = video(tmp_path / "video")
    content = bytearray(path.read_bytes())
    length = int.from_bytes(content[:4], "big")
    content[8:12] = brand.encode()
    content[16:length] = brand.encode() * ((length - 16) // 4)
    path.write_bytes(content)

    assert look(path, tmp_path / "shown").media_type == "video/mp4"


def test_a_picture_just_under_the_limit_opens(tmp_path: Path) -> None:
    """Fifty million pixels, and not one less."""
    Image.new("L", (10_000, 5_000)).save(tmp_path / "photo", "PNG")

    assert look(tmp_path / "photo", tmp_path / "shown").media_type == "image/png"


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "nothing in it": (written(b""), "empty"),
    "text": (written(b"I have a photo at home"), "not_photo_or_video"),
    "half a pdf": (written(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"), "damaged"),
    "photo that is a pdf too": (photo_that_is_a_document, "two_kinds"),
    "picture that is a pdf too": (written(b"GIF89a%PDF-1.7" + b"\0" * 99 + b"%%EOF"), "two_kinds"),
    "html": (written(b"<html><script>alert(1)</script></html>"), "not_photo_or_video"),
    "drawing with a script": (
        written(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        "not_photo_or_video",
    ),
    "archive": (written(b"PK\x03\x04" + b"\0" * 60), "not_photo_or_video"),
    "program": (written(b"\x7fELF" + b"\0" * 60), "not_photo_or_video"),
    "list of addresses": (written(b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/x\n"), "not_photo_or_video"),
    "scan": (lambda path: photo(path, "TIFF"), "not_photo_or_video"),
    "sound only": (sound, "not_photo_or_video"),
    "old film": (lambda path: video(path, "avi"), "not_photo_or_video"),
    "first bytes of a photo": (written(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"), "damaged"),
    "half a jpeg": (lambda path: cut(photo(path)), "damaged"),
    "half a png": (lambda path: cut(photo(path, "PNG")), "damaged"),
    "half a webp": (lambda path: cut(photo(path, "WEBP")), "damaged"),
    "half a gif": (lambda path: cut(photo(path, "GIF")), "damaged"),
    "half a moving picture": (lambda path: cut(moving(path)), "damaged"),
    "half an avif": (lambda path: cut(photo(path, "AVIF")), "damaged"),
    "half a heic": (lambda path: cut(photo(path, "HEIF")), "damaged"),
    "half an mp4": (lambda path: cut(video(path)), "damaged"),
    "half an mp4 with an early index": (lambda path: cut(video(path, early_index=True)), "damaged"),
    "half a webm": (lambda path: cut(video(path, "webm", "libvpx", seconds=4), 0.4), "damaged"),
    "half a 3gp": (lambda path: cut(video(path, "3gp")), "damaged"),
    "picture made to fill the memory": (bomb, "too_many_pixels"),
    "larger picture made to fill the memory": (lambda path: bomb(path, 20_000), "too_many_pixels"),
    "picture that says to be larger than it is": (lambda path: boast(path, 60_000), "too_many_pixels"),
    "pictures that fill the time": (lambda path: moving(path, 600, (1_000, 1_000)), "too_many_pixels"),
    "raw photo": (written(b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + b"\0" * 99), "not_photo_or_video"),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_is_no_photo_or_video_or_does_not_open_is_refused(tmp_path: Path, name: str) -> None:
    """Each with a code that says why, also when it is called photo.jpg."""
    make, code = REFUSED[name]

    with pytest.raises(Unacceptable) as refused:
        look(make(tmp_path / "photo.jpg"), tmp_path / "shown")

    assert refused.value.code == code

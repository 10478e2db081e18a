"""What a file is goes by its content, and it must open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from buyer_protection.evidence.looking import Unacceptable, look
from tests.evidence.files import bomb, cut, photo, sound, video, written


@pytest.mark.parametrize(
    ("kind", "media_type", "ending"),
    [
        ("JPEG", "image/jpeg", ".jpg"),
        ("PNG", "image/png", ".png"),
        ("WEBP", "image/webp", ".webp"),
        ("HEIF", "image/heic", ".heic"),
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
        ("3gp", "mpeg4", False, "video/mp4"),
        ("webm", "libvpx", False, "video/webm"),
    ],
)
def test_videos_are_known_by_their_content(
    tmp_path: Path, container: str, codec: str, early_index: bool, media_type: str
) -> None:
    """And are no photos."""
    found = look(video(tmp_path / "video", container, codec, early_index=early_index), tmp_path / "shown")

    assert (found.media_type, found.kind) == (media_type, "video")


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "nothing in it": (written(b""), "empty"),
    "text": (written(b"I have a photo at home"), "not_photo_or_video"),
    "pdf": (written(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"), "not_photo_or_video"),
    "html": (written(b"<html><script>alert(1)</script></html>"), "not_photo_or_video"),
    "drawing with a script": (
        written(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        "not_photo_or_video",
    ),
    "archive": (written(b"PK\x03\x04" + b"\0" * 60), "not_photo_or_video"),
    "program": (written(b"\x7fELF" + b"\0" * 60), "not_photo_or_video"),
    "list of addresses": (written(b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/x\n"), "not_photo_or_video"),
    "moving picture": (lambda path: photo(path, "GIF"), "not_photo_or_video"),
    "scan": (lambda path: photo(path, "TIFF"), "not_photo_or_video"),
    "sound only": (sound, "not_photo_or_video"),
    "old film": (lambda path: video(path, "avi"), "not_photo_or_video"),
    "first bytes of a photo": (written(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"), "damaged"),
    "half a jpeg": (lambda path: cut(photo(path)), "damaged"),
    "half a png": (lambda path: cut(photo(path, "PNG")), "damaged"),
    "half a webp": (lambda path: cut(photo(path, "WEBP")), "damaged"),
    "half a heic": (lambda path: cut(photo(path, "HEIF")), "damaged"),
    "half an mp4": (lambda path: cut(video(path)), "damaged"),
    "half an mp4 with an early index": (lambda path: cut(video(path, early_index=True)), "damaged"),
    "half a webm": (lambda path: cut(video(path, "webm", "libvpx", seconds=4), 0.4), "damaged"),
    "picture made to fill the memory": (bomb, "too_many_pixels"),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_is_no_photo_or_video_or_does_not_open_is_refused(tmp_path: Path, name: str) -> None:
    """Each with a code that says why, also when it is called photo.jpg."""
    make, code = REFUSED[name]

    with pytest.raises(Unacceptable) as refused:
        look(make(tmp_path / "photo.jpg"), tmp_path / "shown")

    assert refused.value.code == code

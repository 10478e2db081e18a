"""What others see of a file is made of its pixels alone; what the original says beside them is named, or a fact."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from buyer_protection.evidence.looking import Look, look
from tests.evidence.files import bomb, cut, photo, picture, video, with_fields

SCRIPT = b"<html><script>alert(document.cookie)</script></html>"


def seen(path: Path) -> tuple[Look, Image.Image, bytes]:
    """What a look finds, and the copy to show as a picture and as bytes."""
    shown = path.with_name("shown")
    found = look(path, shown)
    return found, Image.open(shown), shown.read_bytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_e11_where_and_with_what_a_photo_was_taken_is_named_and_not_shown(tmp_path: Path, kind: str) -> None:
    """Place, camera and its number, author, program; the day is kept as a fact; the original stays as it is."""
    path = with_fields(tmp_path / "photo", kind=kind)
    before = path.read_bytes()

    found, copy, content = seen(path)

    assert {"location", "camera", "author", "software", "capture_time"} <= set(found.removed)
    assert found.captured_on == date(2024, 2, 28)
    assert dict(copy.getexif()) == {}
    assert not {"exif", "xmp", "comment", "icc_profile"} & set(copy.info)
    for told in (b"SN-4711", b"Ann Example", b"Camera maker", b"editor 7", b"Exif"):
        assert told not in content
    assert b"SN-4711" in before
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_lies_on_its_side_is_shown_upright(tmp_path: Path, kind: str) -> None:
    """Its left is then above."""
    lying = Image.new("RGB", (60, 40), "white")
    lying.paste("red", (0, 0, 60, 10))  # above in the file: on the right when it stands

    _, copy, _ = seen(with_fields(tmp_path / "photo", kind=kind, picture=lying))

    assert copy.size == (40, 60)
    red, _, blue = copy.convert("RGB").getpixel((37, 30))  # type: ignore[misc]
    assert red > 150 > blue
    assert min(copy.convert("RGB").getpixel((5, 30))) > 200  # type: ignore[type-var, arg-type]


def test_e05_a_script_in_a_comment_or_behind_a_photo_is_in_no_copy(tmp_path: Path) -> None:
    """The original keeps it, sealed; that there was something is said."""
    path = tmp_path / "photo"
    picture().save(path, "JPEG", comment=SCRIPT)
    path.write_bytes(path.read_bytes() + SCRIPT)

    found, copy, content = seen(path)

    assert {"comment", "trailing_data"} <= set(found.removed)
    assert b"script" not in content
    assert copy.format == "JPEG"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_e05_an_archive_behind_a_photo_is_in_no_copy(tmp_path: Path, kind: str) -> None:
    """Programs that unpack archives open the original, and not the copy."""
    path = photo(tmp_path / "photo", kind)
    plain = look(path, tmp_path / "plain")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("index.html", SCRIPT)
    assert zipfile.is_zipfile(path)

    found, _, _ = seen(path)

    assert "trailing_data" in found.removed
    assert "trailing_data" not in plain.removed
    assert not zipfile.is_zipfile(path.with_name("shown"))


def test_a_photo_with_a_short_film_behind_it_is_a_photo(tmp_path: Path) -> None:
    """As telephones make them."""
    path = photo(tmp_path / "photo")
    path.write_bytes(path.read_bytes() + video(tmp_path / "film").read_bytes())

    found, _, _ = seen(path)

    assert (found.kind, found.removed) == ("photo", ("trailing_data",))


def test_a_large_photo_is_shown_smaller(tmp_path: Path) -> None:
    """In its own shape; a small one stays as small as it is."""
    Image.new("RGB", (4_096, 1_024), "red").save(tmp_path / "photo", "JPEG")
    assert seen(tmp_path / "photo")[1].size == (2_048, 512)
    Image.new("RGB", (30, 20), "red").save(tmp_path / "other", "JPEG")
    (tmp_path / "shown").unlink()
    assert seen(tmp_path / "other")[1].size == (30, 20)


def test_what_is_clear_is_shown_on_white(tmp_path: Path) -> None:
    """Not on black."""
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(tmp_path / "photo", "PNG")

    assert seen(tmp_path / "photo")[1].getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("taken", ["1970:01:01 00:00:00", "2024:02:30 10:00:00", "yesterday", "    :  :     :  :  "])
def test_a_day_that_cannot_be_is_no_fact(tmp_path: Path, taken: str) -> None:
    """A clock that was never set, or nonsense."""
    assert seen(with_fields(tmp_path / "photo", taken=taken))[0].captured_on is None


def test_of_a_film_one_picture_is_shown_and_the_day_is_kept(tmp_path: Path) -> None:
    """Where it was made is named."""
    says = {"creation_time": "2024-02-28T10:00:00Z", "location": "+52.5200+013.4050/", "make": "Maker"}
    found, copy, content = seen(video(tmp_path / "film", "mov", says=says))

    assert (copy.format, copy.size) == ("JPEG", (160, 120))
    assert found.captured_on == date(2024, 2, 28)
    assert {"location", "camera", "capture_time"} <= set(found.removed)
    assert b"+52.52" not in content
    assert found.checked == ("content", "whole", "pixels")


def test_e08_a_film_of_a_thousand_pictures_a_second_is_looked_at_like_any_other(tmp_path: Path) -> None:
    """Its length is what it is, and nothing waits for it."""
    found, _, _ = seen(video(tmp_path / "film", codec="libx264", seconds=3, rate=1_000))

    assert found.kind == "video"


def test_what_is_refused_leaves_no_copy(tmp_path: Path) -> None:
    """Not even the picture that a cut film begins with counts as one: it is thrown away by who asked for it."""
    for number, path in enumerate((cut(photo(tmp_path / "a")), bomb(tmp_path / "b"))):
        with pytest.raises(Exception, match=r"damaged|too_many_pixels"):
            look(path, tmp_path / f"shown-{number}")
        assert (tmp_path / f"shown-{number}").read_bytes() == b""

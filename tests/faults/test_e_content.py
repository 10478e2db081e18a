"""E-04 to E-09, E-11, E-18: whatever a file is, over the wire: what is refused says why, what is shown is harmless."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final

import httpx
import pytest
from PIL import Image

from buyer_protection.disputes.database import connect
from buyer_protection.evidence import evidence_of_buyer
from tests.evidence.files import bomb, document, photo_that_is_a_document, picture, video, with_fields
from tests.evidence.test_kinds import REFUSED
from tests.faults.buyers import UNTIL_PHOTO
from tests.faults.places import Place, on_one
from tests.faults.sending import Sending
from tests.faults.test_e_looking import look
from tests.faults.test_e_uploads import memory

SCRIPT: Final = b"<html><script>alert(document.cookie)</script></html>"
#: Some of each kind; all of them are looked at in tests/evidence/test_kinds.py.
OVER_THE_WIRE: Final = (
    "nothing in it",
    "half a pdf",
    "photo that is a pdf too",
    "html",
    "archive",
    "program",
    "list of addresses",
    "scan",
    "first bytes of a photo",
    "half a jpeg",
    "half an mp4",
    "larger picture made to fill the memory",
    "raw photo",
)
#: Bytes that a gateway may grow by while files come that are made to fill its memory.
GROWS: Final = 50 * 1024**2


def shown(page: Sending, content: bytes, name: str = "photo.jpg") -> tuple[dict[str, object], httpx.Response]:
    """The receipt of a file that is taken, and what others see of it."""
    answer = page.hand_in(content, name)
    assert answer.status_code == 200, answer.text
    receipt = answer.json()["receipt"]
    return receipt, look(page, receipt["url"])


@on_one("sqlite+http")
def test_e04_e07_e09_what_is_no_photo_or_video_is_refused_in_words(place: Place, tmp_path: Path) -> None:
    """Files that are called photo.jpg and are none: each has its code and its sentence, and nothing is kept."""
    wrong = {}
    for name in OVER_THE_WIRE:
        make, code = REFUSED[name]
        page = Sending(place.buyer())
        content = make(tmp_path / "photo.jpg").read_bytes()
        refused = page.hand_in(content, "photo.jpg")
        said = refused.json().get("error", {})
        if (refused.status_code, said.get("code")) != (422, code) or not said["message"].startswith("photo.jpg"):
            wrong[name] = refused.text
        if page.receipts():
            wrong[name] = "kept"
        (tmp_path / "photo.jpg").unlink()

    assert wrong == {}


@on_one("postgresql")
def test_e05_a_script_or_an_archive_in_a_photo_reaches_nobody(place: Place) -> None:
    """In its comment, behind it, or as an archive: the copy is pixels, and is saved and not run."""
    page = Sending(place.buyer())
    commented, archived = BytesIO(), BytesIO()
    picture().save(commented, "JPEG", comment=SCRIPT)
    picture(1).save(archived, "JPEG")
    with zipfile.ZipFile(archived, "a") as archive:
        archive.writestr("index.html", SCRIPT)
    for content in (commented.getvalue() + SCRIPT, archived.getvalue()):
        receipt, seen = shown(page, content)
        assert "trailing_data" in receipt["removed"]  # type: ignore[operator]
        assert b"script" not in seen.content
        assert not zipfile.is_zipfile(BytesIO(seen.content))
        assert Image.open(BytesIO(seen.content)).format == "JPEG"
        assert seen.headers["Content-Security-Policy"].startswith("sandbox")


@on_one("sqlite+http")
def test_e06_pictures_made_to_fill_the_memory_cost_the_gateway_nothing(place: Place, tmp_path: Path) -> None:
    """Several at once, while somebody else is answered."""
    page = Sending(place.buyer())
    contents = [bomb(tmp_path / f"{side}.png", side).read_bytes() for side in (9_000, 13_000, 20_000)]
    page.hand_in(contents[0])
    before = memory(place)

    codes = [page.hand_in(content, "bomb.jpg").json()["error"]["code"] for content in contents]

    assert codes == ["too_many_pixels"] * 3
    assert memory(place) - before < GROWS
    assert place.buyer().say("hello")


@on_one("postgresql")
def test_e08_a_film_with_a_thousand_pictures_a_second_is_looked_at_and_a_list_of_addresses_is_none(
    place: Place, tmp_path: Path
) -> None:
    """And nobody is asked for what the list names."""
    page = Sending(place.buyer())
    film = video(tmp_path / "film.mp4", rate=1_000).read_bytes()
    receipt, seen = shown(page, film, "film.mp4")
    assert (receipt["kind"], seen.headers["Content-Type"]) == ("video", "image/jpeg")

    port = place.stage.metrics_ports[0]
    asked = f"ffconcat version 1.0\nfile http://127.0.0.1:{port}/metrics\nfile /etc/passwd\n".encode()
    for content in (asked, b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", b"concat:/etc/passwd|/etc/hostname"):
        assert page.hand_in(content, "film.mp4").json()["error"]["code"] == "not_photo_or_video"


@on_one("sqlite+http")
def test_e09_a_document_with_a_script_is_kept_and_shown_to_nobody(place: Place, tmp_path: Path) -> None:
    """It counts as nothing; one that is a photo too is refused."""
    page = Sending(place.buyer())
    content = document(tmp_path / "bill.pdf").read_bytes().replace(b"%%EOF", b"/OpenAction<</JS(app.alert(1))>>\n%%EOF")
    receipt = page.hand_in(content, "bill.pdf").json()["receipt"]
    assert (receipt["kind"], receipt["counts"], receipt["url"]) == ("document", False, None)
    both = photo_that_is_a_document(tmp_path / "both.jpg").read_bytes()
    assert page.hand_in(both, "both.jpg").json()["error"]["code"] == "two_kinds"


@on_one("postgresql")
def test_e11_where_and_with_what_a_photo_was_taken_is_seen_by_nobody_else(place: Place, tmp_path: Path) -> None:
    """It is named in the receipt; the original is sealed as it came."""
    buyer = place.buyer()
    content = with_fields(tmp_path / "photo.jpg").read_bytes()
    receipt, seen = shown(Sending(buyer), content)

    assert {"location", "camera", "author"} <= set(receipt["removed"])  # type: ignore[call-overload]
    for told in (b"SN-4711", b"Ann Example", b"Exif"):
        assert told not in seen.content
    engine = connect(place.stage.url)
    (kept,) = evidence_of_buyer(engine, buyer_id=buyer.id)
    engine.dispose()
    original = place.stage.folder / "evidence" / kept.stored_name
    assert original.read_bytes() == content
    assert original.stat().st_mode & 0o777 == 0o600


@on_one("sqlite+http")
def test_e18_a_photo_of_a_passport_is_deleted_at_a_word(place: Place) -> None:
    """The question warns before it is sent; after the word neither its buyer nor the store has it."""
    buyer = place.buyer()
    page = Sending(buyer)
    for step in UNTIL_PHOTO:
        buyer.take_step(step)
    assert any("Cover card numbers and papers such as a passport" in each["text"] for each in buyer.heard)
    receipt = page.hand_in(photo_of_a_passport(), "passport.jpg").json()["receipt"]
    assert receipt["counts"]
    engine = connect(place.stage.url)
    (kept,) = evidence_of_buyer(engine, buyer_id=buyer.id)
    engine.dispose()
    place.settle()

    buyer.say("delete the last file")

    assert page.receipts() == []
    assert look(page, receipt["url"]).status_code == 404
    assert not (place.stage.folder / "evidence" / kept.stored_name).exists()


def photo_of_a_passport() -> bytes:
    """Any photo: nobody claims to know what is on it."""
    content = BytesIO()
    picture(3).save(content, "JPEG")
    return content.getvalue()


@on_one("postgresql")
@pytest.mark.parametrize("name", ["lamp.svg", "lamp.jpg"])
def test_e04_a_drawing_with_a_script_is_refused_whatever_it_is_called(place: Place, name: str) -> None:
    """And whatever type the request says."""
    page = Sending(place.buyer())
    drawing = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script/></svg>"
    for kind in ("image/svg+xml", "image/jpeg", "text/html"):
        refused = page.ask("POST", "/widget/evidence", files={"file": (name, drawing, kind)})
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "not_photo_or_video")
        assert refused.headers["Content-Type"].startswith("application/json")

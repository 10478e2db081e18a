"""E-12, E-15, E-17, E-19, E-20: who may look at a file, where it belongs, and that no address in it is fetched."""

from __future__ import annotations

import json
import socket
import time
from base64 import b64encode
from contextlib import suppress
from datetime import datetime, timedelta, timezone

import httpx

from buyer_protection.disputes.database import connect
from buyer_protection.evidence import evidence_of_buyer, held
from gateway.conversations import conversation_of
from gateway.signed_paths import SignedPaths
from tests.faults.buyers import UNTIL_PHOTO
from tests.faults.places import Place, on_one
from tests.faults.sending import TUS, Sending
from tests.faults.stage import SECRET
from tests.gateway.photographs import film, photo


def look(page: Sending, url: str) -> httpx.Response:
    """What is at an address, for somebody without a token."""
    return httpx.get(page._buyer.url(url), trust_env=False, verify=False)


@on_one("postgresql")
def test_e15_a_file_is_seen_by_its_signed_address_alone(place: Place) -> None:
    """One changed character, another's file, another's signature, an end that is past: nothing is there."""
    alice, mallory = Sending(place.buyer()), Sending(place.buyer())
    hers, his = alice.hand_in(photo()).json()["receipt"], mallory.hand_in(photo()).json()["receipt"]
    good = hers["url"]
    path, _, query = good.partition("?")
    other_path, _, other_query = his["url"].partition("?")
    paths, now = SignedPaths(SECRET), datetime.now(timezone.utc)
    wrong = {
        "no signature": path,
        "another's signature": f"{path}?{other_query}",
        "for another file": f"{other_path}?{query}",
        "for another viewer": paths.sign(path, conversation_of(mallory._buyer.id), now, timedelta(minutes=5)),
        "expired": paths.sign(path, conversation_of(alice._buyer.id), now, timedelta(seconds=-1)),
        "another secret": SignedPaths("x" * 40).sign(path, conversation_of(alice._buyer.id), now, timedelta(minutes=5)),
        "more in the query": good + "&part=original",
        "longer": good.replace("until=", "until=9"),
        "nothing that is there": paths.sign(
            "/widget/evidence/" + "A" * 22, conversation_of(alice._buyer.id), now, timedelta(minutes=5)
        ),
        **{
            f"character {at}": good[:at] + ("A" if good[at] != "A" else "B") + good[at + 1 :]
            for at in range(17, len(good), 3)
        },
    }

    answers = {name: look(alice, url) for name, url in wrong.items()}

    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 404} == {}
    assert len({answer.json()["error"]["message"] for answer in answers.values()}) == 1
    assert look(alice, good).status_code == 200


@on_one("sqlite+http")
def test_e15_what_is_shown_is_harmless_and_has_an_end_of_five_minutes(place: Place) -> None:
    """A copy made anew, to be saved and not to be run; a video shows one of its pictures."""
    page = Sending(place.buyer())
    for content, name in ((photo(), 'l\u00e4mp"\u2028.jpg'), (film(), "film.mp4")):
        receipt = page.hand_in(content, name).json()["receipt"]
        shown = look(page, receipt["url"])

        assert shown.status_code == 200
        assert shown.headers["Content-Type"] == "image/jpeg"
        assert shown.content[:2] == b"\xff\xd8"
        assert shown.content != content
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        assert shown.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert shown.headers["Content-Disposition"].startswith("attachment; filename=")
        assert shown.headers["Cache-Control"] == "no-store"
        until = int(receipt["url"].partition("until=")[2].partition("&")[0])
        assert 0 < until - datetime.now(timezone.utc).timestamp() <= 300


@on_one("postgresql")
def test_e15_what_is_taken_back_is_gone_for_everybody(place: Place) -> None:
    """Only its buyer can take it back; to another it is not there."""
    alice, mallory = Sending(place.buyer()), Sending(place.buyer())
    receipt = alice.hand_in(photo()).json()["receipt"]

    assert mallory.ask("DELETE", f"/widget/evidence/{receipt['id']}").status_code == 404
    assert mallory.receipts() == []
    assert alice.ask("DELETE", f"/widget/evidence/{receipt['id']}").status_code == 204
    assert look(alice, receipt["url"]).status_code == 404
    assert alice.receipts() == []
    assert alice.ask("DELETE", f"/widget/evidence/{receipt['id']}").status_code == 404


@on_one("sqlite+http")
def test_e17_a_file_before_there_is_a_claim_is_held_and_not_lost(place: Place) -> None:
    """It has a receipt without a reference, and is there for the claim that comes."""
    buyer = place.buyer()
    receipt = Sending(buyer).hand_in(photo()).json()["receipt"]
    place.settle()

    assert receipt["reference"] == ""
    engine = connect(place.stage.url)
    assert [each.evidence_id for each in held(engine, buyer_id=buyer.id)] == [receipt["id"]]
    engine.dispose()


@on_one("postgresql")
def test_e17_a_file_at_the_first_question_of_a_new_claim_goes_to_no_other(place: Place) -> None:
    """Not to the open dispute, until its buyer says so by a button."""
    buyer = place.buyer()
    page = Sending(buyer)
    buyer.claim()
    reference = buyer.reference()
    buyer.say("another parcel never came, I have been waiting for it for months")
    first = page.hand_in(photo()).json()["receipt"]
    assert first["reference"] == ""
    place.settle()
    buyer.say("stop")
    second = page.hand_in(photo(1)).json()["receipt"]
    place.settle()
    assert second["reference"] == ""
    buyer.heard = page.ask("GET", "/widget/messages").json()["messages"]
    (title,) = [
        button["title"] for each in buyer.heard for button in each.get("buttons", ()) if reference in button["title"]
    ]

    buyer.press(title)

    assert {each["id"]: each["reference"] for each in page.receipts()} == {first["id"]: "", second["id"]: reference}


def test_e12_the_same_file_again_is_the_one_that_there_is_and_tells_nothing_of_others(place: Place) -> None:
    """Twice by one buyer: the same receipt, one message. By another: as if nobody had it."""
    alice, mallory, content = Sending(place.buyer()), Sending(place.buyer()), photo()
    first, again = (alice.hand_in(content).json()["receipt"] for _ in range(2))
    his = mallory.hand_in(content).json()["receipt"]

    assert (first["already"], again["already"], his["already"]) == (False, True, False)
    assert first["id"] == again["id"] != his["id"]
    place.settle()
    for page in (alice, mallory):
        told = page.ask("GET", "/widget/messages").json()["messages"]
        assert [each["custom"]["kind"] for each in told if each["from"] == "buyer"] == ["sent_files"]


@on_one("postgresql")
def test_e12_nobody_learns_from_an_answer_or_its_time_that_another_buyer_has_a_file(place: Place) -> None:
    """The receipt, the conversation and the time it takes are those of a file that nobody has."""
    alice, content = Sending(place.buyer()), photo()
    assert alice.hand_in(content).status_code == 200
    told: dict[bool, list[str]] = {True: [], False: []}
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(12):
        is_known = number % 2 == 0
        page = Sending(place.buyer())
        began = time.monotonic()
        answer = page.hand_in(content if is_known else photo())
        took[is_known].append(time.monotonic() - began)
        receipt = answer.json()["receipt"]
        own = ("id", "url", "sha256", "size", "received_at")
        said = [each["text"] for each in page.ask("GET", "/widget/messages").json()["messages"]]
        told[is_known].append(str(({key: receipt[key] for key in receipt if key not in own}, said[:1])))
        place.settle()

    assert len(set(told[True] + told[False])) == 1
    # Neither is always the faster one: a look at a file takes far longer than it varies.
    assert min(took[True]) < max(took[False])
    assert min(took[False]) < max(took[True])


class _Listener:
    """Somebody inside of our walls who counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(1.5)
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/lamp.jpg"

    def was_asked(self) -> bool:
        """Whether anybody came by now, or comes within a moment."""
        with self._socket, suppress(TimeoutError):
            self._socket.accept()[0].close()
            return True
        return False


@on_one("sqlite+http")
def test_e19_an_address_in_a_request_or_a_message_is_not_fetched(place: Place) -> None:
    """A body that names a file elsewhere is no file, and what a buyer types is text; nobody is asked for it."""
    inside = _Listener()
    buyer = place.buyer()
    page, address = Sending(buyer), inside.address
    fields = {"MediaUrl0": address, "url": address}
    named = {"Upload-Metadata": f"filename {b64encode(address.encode()).decode()}"}

    as_json = page.ask("POST", "/widget/evidence", json=fields)
    as_file = page.hand_in(address.encode(), address)
    as_list = page.hand_in(f"#EXTM3U\n#EXTINF:1,\n{address}\n".encode(), "film.mp4")
    as_field = page.ask("POST", "/widget/evidence", files={"other": ("x.jpg", photo())}, data={"url": address})
    as_upload = page.ask("POST", "/widget/uploads", {**TUS, "Upload-Length": "0", "Upload-Concat": address, **named})
    for step in UNTIL_PHOTO:
        buyer.take_step(step)
    buyer.say(f"here is the photo: {address}")
    buyer.send({"text": "this one", "id": "with-an-address", **fields})

    assert as_json.status_code == 415
    for refused in (as_file, as_list):
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "not_photo_or_video")
    assert as_field.status_code in (400, 413)
    assert as_upload.json()["error"]["code"] == "empty"
    assert page.receipts() == []
    assert not inside.was_asked()
    place.settle()


@on_one("postgresql")
def test_e20_a_flipped_bit_is_named_by_the_nightly_job_and_seen_by_staff(place: Place) -> None:
    """The job is a process of its own beside the running assistant, with nothing but its settings."""
    buyer = place.buyer()
    receipt = Sending(buyer).hand_in(photo()).json()["receipt"]
    engine = connect(place.stage.url)
    (kept,) = evidence_of_buyer(engine, buyer_id=buyer.id)
    engine.dispose()
    original = place.stage.folder / "evidence" / kept.stored_name
    sealed = original.read_bytes()
    original.write_bytes(sealed[:-100] + bytes([sealed[-100] ^ 1]) + sealed[-99:])

    checked = place.command("evidence", "check", "--quiet")
    listed = place.command("evidence", "list", "--buyer", buyer.id)
    original.write_bytes(sealed)
    again = place.command("evidence", "check", "--quiet")

    assert (checked.returncode, checked.stdout) == (1, f"altered {receipt['id']}\n")
    assert [each["condition"] for each in json.loads(listed.stdout)] == ["altered"]
    assert (again.returncode, again.stdout) == (0, "")

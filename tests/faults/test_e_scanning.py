"""E-10 over the wire: what a virus scanner finds, does not answer about, or answers about later, as buyers see it.

Each test runs with a real clamd where there is one (it knows one thing to find: the lists of its makers come from
elsewhere), and everywhere with a small server that speaks the same `INSTREAM` over real sockets.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import pytest

from gateway.conversations import conversation_of
from gateway.signed_paths import SignedPaths
from tests.evidence.scanners import EICAR, Clamd, SmallScanner, real_clamd, small_scanner
from tests.faults.buyers import UNTIL_PHOTO, Buyer
from tests.faults.places import Place, place_on
from tests.faults.sending import Sending
from tests.faults.stage import SECRET
from tests.faults.test_e_looking import look
from tests.faults.test_e_uploads import until
from tests.gateway.photographs import photo
from tests.turns.conftest import free_port

pytestmark = pytest.mark.xdist_group("faults-scanner")

#: Seconds in which a scanner that is back has been asked again about all that waits.
ASKED_AGAIN_WITHIN: Final = 60.0
PORT: Final = free_port()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An assistant whose files go to a scanner, which may be there or not."""
    folder = tmp_path_factory.mktemp("scanned")
    with place_on("sqlite", folder, evidence_scanner=f"tcp://127.0.0.1:{PORT}") as place:
        yield place


@pytest.fixture(params=["clamd", "small"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which scanner it is."""
    return str(request.param)


@contextmanager
def running(kind: str, folder: Path) -> Iterator[Clamd | SmallScanner]:
    """A scanner, where the assistant expects it."""
    with real_clamd(folder, PORT) if kind == "clamd" else small_scanner(PORT) as scanner:
        yield scanner


def infected(seed: int = 0) -> bytes:
    """A photo that opens, with what scanners find behind it."""
    return photo(seed) + EICAR


def asked_for_photo(place: Place) -> Buyer:
    """A buyer whose claim waits for a photo."""
    buyer = place.buyer()
    for step in UNTIL_PHOTO:
        buyer.take_step(step)
    return buyer


def told(place: Place, buyer: Buyer) -> list[dict[str, Any]]:
    """All that was said, once everything is answered."""
    place.settle()
    return buyer.read_all()


def counted(messages: list[dict[str, Any]]) -> int:
    """How many files the newest message that speaks of it says are accepted."""
    return next(each["custom"]["accepted"] for each in reversed(messages) if each["custom"].get("accepted") is not None)


def signed(buyer: Buyer, receipt: dict[str, Any]) -> str:
    """An address as only the gateway can make one, for a file that it gave none for."""
    path = f"/widget/evidence/{receipt['id']}"
    return SignedPaths(SECRET).sign(path, conversation_of(buyer.id), datetime.now(timezone.utc), timedelta(minutes=5))


def test_e10_what_is_found_is_refused_and_the_claim_is_as_it_was(place: Place, kind: str, tmp_path: Path) -> None:
    """In parts and in one piece; not a byte of it is kept, and the same photo without it is taken and seen."""
    buyer = asked_for_photo(place)
    page, content = Sending(buyer), infected()
    with running(kind, tmp_path):
        refused = [page.patch(page.begun(len(content)), 0, content), page.hand_in(content)]
        taken = page.hand_in(photo()).json()["receipt"]

    for answer in refused:
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "infected")
        assert "virus scanner found something" in answer.json()["error"]["message"]
    assert (taken["scan"], look(page, taken["url"]).status_code) == ("clean", 200)
    assert [each["id"] for each in page.receipts()] == [taken["id"]]
    assert counted(told(place, buyer)) == 1
    kept = [path for folder in ("evidence", "uploads") for path in (place.stage.folder / folder).rglob("*")]
    assert not any(EICAR in path.read_bytes() for path in kept if path.is_file())


def test_e10_while_the_scanner_is_silent_a_file_counts_and_nobody_can_fetch_it(
    place: Place, kind: str, tmp_path: Path
) -> None:
    """The buyer is not kept waiting and hears that it is being checked; once there is an answer it can be seen."""
    buyer = asked_for_photo(place)
    page, content = Sending(buyer), photo()
    with running(kind, tmp_path) as scanner:
        with scanner.silent():
            began = time.monotonic()
            answer = page.patch(page.begun(len(content)), 0, content)
            assert time.monotonic() - began < 20
            receipt = answer.json()["receipt"]
            assert (answer.status_code, receipt["scan"], receipt["counts"], receipt["url"]) == (
                200,
                "waiting",
                True,
                None,
            )
            assert look(page, signed(buyer, receipt)).status_code == 404
            said = told(place, buyer)
        until(lambda: page.receipts()[0]["scan"] == "clean", ASKED_AGAIN_WITHIN)

    assert any("virus scanner has not answered yet" in each["text"] for each in said)
    assert counted(said) == 1
    assert look(page, page.receipts()[0]["url"]).status_code == 200


def test_e10_what_is_found_later_is_told_and_counts_no_more(place: Place, kind: str, tmp_path: Path) -> None:
    """The scanner was away as it came; nobody has ever seen it, and the claim asks for another one."""
    buyer = asked_for_photo(place)
    page = Sending(buyer)
    receipt = page.hand_in(infected(), "lamp.jpg").json()["receipt"]
    assert (receipt["scan"], receipt["url"]) == ("waiting", None)
    assert counted(told(place, buyer)) == 1

    with running(kind, tmp_path):
        until(lambda: page.receipts()[0]["scan"] == "infected", ASKED_AGAIN_WITHIN)

    (after,) = page.receipts()
    assert (after["counts"], after["url"]) == (False, None)
    assert look(page, signed(buyer, receipt)).status_code == 404
    unasked = told(place, buyer)[-1]
    assert unasked["custom"] == {"kind": "file_refused", "code": "infected", "name": "lamp.jpg"}
    assert "lamp.jpg" in unasked["text"]
    assert buyer.say("what now?")[-1]["custom"]["accepted"] == 0

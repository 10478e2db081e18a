"""E-02, E-03, E-13, E-14, E-16: files come in parts, whatever breaks, and nobody sees one before it is whole."""

from __future__ import annotations

import hashlib
import random
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

import httpx
import pytest
import sqlalchemy as sa

from buyer_protection.disputes.database import connect
from buyer_protection.disputes.evidence_tables import evidence
from buyer_protection.evidence import Store, check
from gateway.upload_rows import uploads
from tests.faults.places import IS_LONG, Place, on_one
from tests.faults.sending import TUS, Sending
from tests.gateway.photographs import long_film, photo

#: Bytes of the large video, and of memory that a gateway may grow by while it comes.
LARGE: Final = (190 if IS_LONG else 48) * 1024**2
GROWS: Final = 50 * 1024**2
#: Bytes of the largest file that is taken.
LARGEST: Final = 200 * 1000**2


def partials(place: Place) -> list[Path]:
    """The files that are not whole yet."""
    return list((place.stage.folder / "uploads").glob("*"))


def until(is_so: object, seconds: float = 30.0) -> None:
    """Waits until something is so."""
    end = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


@on_one("postgresql")
def test_e13_a_file_in_parts_is_evidence_once_it_is_whole_and_a_turn_runs(place: Place) -> None:
    """The last part is answered with the receipt; the conversation shows the file and answers it, unasked."""
    buyer = place.buyer()
    page, content = Sending(buyer), photo()
    path = page.begun(len(content), "the lamp.jpg")
    first = page.patch(path, 0, content[:1000])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "1000")
    assert page.receipts() == []

    last = page.patch(path, 1000, content[1000:])

    assert last.status_code == 200, last.text
    receipt = last.json()["receipt"]
    assert (receipt["name"], receipt["kind"], receipt["size"]) == ("the lamp.jpg", "photo", len(content))
    assert [each["id"] for each in page.receipts()] == [receipt["id"]]
    state = page.ask("GET", path).json()
    assert (state["offset"], state["error"], state["receipt"]["id"]) == (len(content), None, receipt["id"])
    place.settle()
    told = buyer.read_all()
    assert told[0]["custom"]["files"] == [
        {"id": receipt["id"], "name": "the lamp.jpg", "kind": "photo", "counts": True}
    ]
    assert told[-1]["from"] == "assistant"


@on_one("sqlite+http")
def test_e13_a_file_that_broke_off_goes_on_where_it_was(place: Place) -> None:
    """The connection ends in the middle; what had come is there, and the file is what it was."""
    page, content = Sending(place.buyer()), long_film(1024**2)
    path = page.begun(len(content), "film.mp4")
    connection = page.cut(path, 0, content[: 600 * 1024], says=len(content))
    until(lambda: page.offset(path) > 0)
    connection.close()

    answer = page.go_on(path, content)

    assert answer.status_code == 200, answer.text
    assert answer.json()["receipt"]["size"] == len(content)
    assert answer.json()["receipt"]["kind"] == "video"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_e13_a_gateway_that_is_killed_in_the_middle_of_a_file_goes_on_with_it(place: Place, part: float) -> None:
    """What was on the disk is there; nobody sees it meanwhile, and the file is whole in the end."""
    page, content = Sending(place.buyer()), long_film(4 * 1024**2)
    path = page.begun(len(content), "film.mp4")
    connection = page.cut(path, 0, content[: int(len(content) * part)], says=len(content))
    until(lambda: page.offset(path) > 0)
    place.stage.restart("gateway")
    place.stage.wait_until_ready()
    connection.close()

    come = page.offset(path)
    assert 0 < come <= int(len(content) * part)
    assert page.receipts() == []
    assert page.patch(path, come, content[come:]).json()["receipt"]["size"] == len(content)
    place.settle()


@pytest.mark.parametrize("step", ["gateway.upload_received", "gateway.upload_handed_in"])
def test_e13_a_file_that_was_whole_when_its_gateway_died_is_finished_by_the_next(place: Place, step: str) -> None:
    """Whoever asks gets its receipt; it is evidence once, and one message."""
    buyer = place.buyer()
    page, content = Sending(buyer), photo()
    path = page.begun(len(content))
    place.stage.arm("gateway", step)
    with pytest.raises(httpx.HTTPError):
        page.patch(path, 0, content)
    place.stage.wait_until_ready()

    until(lambda: page.ask("GET", path).json()["receipt"] is not None)
    assert len(page.receipts()) == 1
    place.settle()
    assert len([each for each in buyer.read_all() if each["from"] == "buyer"]) == 1


@on_one("postgresql")
def test_e13_parts_that_do_not_fit_change_nothing(place: Place) -> None:
    """Twice, out of order, from elsewhere, or more than was said: refused, and the file stays as it was."""
    page, content = Sending(place.buyer()), photo()
    path = page.begun(len(content))
    page.patch(path, 0, content[:1000])

    for offset in (0, 999, 1001, 10**14):
        refused = page.patch(path, offset, content[1000:2000])
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "wrong_offset")
        assert refused.headers["Upload-Offset"] == "1000"
    too_much = page.patch(path, 1000, iter([content[1000:], b"more"]))
    assert too_much.status_code == 413
    assert page.patch(path, 1000, b"x", **{"Content-Type": "image/jpeg"}).status_code == 415
    assert page.patch(path, 1000, b"x", **{"Tus-Resumable": "0.2.2"}).status_code == 412

    assert page.offset(path) == 1000
    assert page.patch(path, 1000, content[1000:]).status_code == 200


def checksum_of(content: bytes, algorithm: str = "sha256") -> dict[str, str]:
    """The header that says what bytes come to."""
    return {"Upload-Checksum": f"{algorithm} {b64encode(hashlib.new(algorithm, content).digest()).decode()}"}


@on_one("sqlite+http")
def test_e13_bytes_that_are_not_those_that_were_sent_are_not_taken(place: Place) -> None:
    """By each algorithm that is offered; one that is not, or no value, is no checksum."""
    page, content = Sending(place.buyer()), photo()
    offered = page.ask("OPTIONS", "/widget/uploads").headers
    assert "checksum" in offered["Tus-Extension"].split(",")
    path, come = page.begun(len(content)), 0
    for algorithm in offered["Tus-Checksum-Algorithm"].split(","):
        part = content[come : come + 500]
        wrong = page.patch(path, come, part[:-1] + bytes([part[-1] ^ 1]), **checksum_of(part, algorithm))
        assert (wrong.status_code, wrong.json()["error"]["code"]) == (460, "wrong_checksum")
        assert page.offset(path) == come
        assert page.patch(path, come, part, **checksum_of(part, algorithm)).status_code == 204
        come += len(part)
    for value in ("md5 AAAA", "sha256", "sha256 AAAA", "sha256 !", "", "crc32 AAAAAA=="):
        assert page.patch(path, come, content[come:], **{"Upload-Checksum": value}).status_code == 400
    assert page.offset(path) == come

    whole = page.patch(path, come, content[come:], **checksum_of(content[come:]))

    assert whole.json()["receipt"]["sha256"] == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("how", ["the connection breaks", "the gateway is killed"])
def test_e13_of_bytes_with_a_checksum_that_broke_off_none_is_taken(place: Place, how: str) -> None:
    """What came before them stays."""
    page, content = Sending(place.buyer()), long_film(2 * 1024**2)
    path = page.begun(len(content), "film.mp4")
    page.patch(path, 0, content[:1000], **checksum_of(content[:1000]))
    rest = content[1000:]
    connection = page.cut(path, 1000, rest[: 1024**2], says=len(rest), headers=checksum_of(rest))
    until(lambda: any(file.suffix == ".part" and file.stat().st_size > 100_000 for file in partials(place)))
    assert page.offset(path) == 1000
    if how == "the gateway is killed":
        place.stage.restart("gateway")
        place.stage.wait_until_ready()
    connection.close()

    until(lambda: page.patch(path, 1000, rest, **checksum_of(rest)).status_code == 200)
    (receipt,) = page.receipts()
    assert receipt["sha256"] == hashlib.sha256(content).hexdigest()
    assert [file for file in partials(place) if path.rpartition("/")[2] in file.name] == []


@on_one("postgresql")
def test_e13_who_sends_again_takes_over_from_a_dead_connection(place: Place) -> None:
    """A phone that lost its network does not wait until the server has seen that."""
    page, content = Sending(place.buyer()), photo()
    path = page.begun(len(content))
    with page.cut(path, 0, content[:1000], says=len(content)):
        until(lambda: bool(partials(place)))
        answer = page.go_on(path, content)

    assert answer.status_code == 200, answer.text


@on_one("sqlite+http")
def test_e13_what_is_another_buyers_is_not_there(place: Place) -> None:
    """The same answer as to what never was, for every method."""
    alice, mallory = Sending(place.buyer()), Sending(place.buyer())
    path = alice.begun(1000)
    for method in ("HEAD", "GET", "PATCH", "DELETE"):
        headers = {**TUS, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
        answers = [mallory.ask(method, each, headers) for each in (path, "/widget/uploads/" + "A" * 22)]
        assert [answer.status_code for answer in answers] == [404, 404]
        if method != "HEAD":
            assert len({answer.json()["error"]["message"] for answer in answers}) == 1

    assert alice.offset(path) == 0
    assert alice.ask("DELETE", path, TUS).status_code == 204
    assert alice.ask("HEAD", path, TUS).status_code == 404


@on_one("postgresql")
def test_e13_after_a_day_an_upload_is_gone_with_its_bytes(place: Place) -> None:
    """It says before until when it can be gone on with."""
    page = Sending(place.buyer())
    begun = page.create(1000)
    assert "GMT" in begun.headers["Upload-Expires"]
    path = begun.headers["Location"]
    page.patch(path, 0, b"x" * 100)
    name = path.rpartition("/")[2]
    engine = connect(place.stage.url)
    with engine.begin() as connection:
        over = sa.update(uploads).where(uploads.c.id == name)
        connection.execute(over.values(expires_at=datetime.now(timezone.utc) - timedelta(seconds=1)))
    engine.dispose()

    assert page.ask("HEAD", path, TUS).status_code == 404
    assert page.patch(path, 100, b"x").status_code == 404
    place.stage.restart("gateway")  # a gateway sweeps when it begins, and then every minute
    place.stage.wait_until_ready()
    until(lambda: not any(name in file.name for file in partials(place)))


@on_one("sqlite+http")
def test_e02_a_large_video_is_never_whole_in_memory(place: Place) -> None:
    """Nor is one that never ends: it is refused when it has become too long."""
    page, content = Sending(place.buyer()), long_film(LARGE)
    path = page.begun(len(content), "large.mp4")
    before = memory(place)

    answer = page.patch(path, 0, content)

    assert answer.status_code == 200, answer.text
    assert memory(place) - before < GROWS


@on_one("postgresql")
def test_e02_what_is_too_large_is_refused_before_it_comes_and_while_it_does(place: Place) -> None:
    """By what it says, and by what comes where it says nothing."""
    page = Sending(place.buyer())
    assert page.create(201 * 1024**2).status_code == 413
    assert page.create(0).json()["error"]["code"] == "empty"
    for length in ("-1", "1e3", "", "9" * 40):
        assert page.create(1, **{"Upload-Length": length}).status_code == 400
    large = photo() + bytes(21 * 1024**2)
    refused = page.hand_in(large)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "too_large")
    assert page.receipts() == []
    until(lambda: not partials(place) or all(file.stat().st_size < 1024**2 for file in partials(place)))


@on_one("sqlite+http")
def test_e02_a_file_in_one_piece_that_never_ends_is_refused_and_never_whole_in_memory(place: Place) -> None:
    """It says no length: what is too much is counted as it comes, nothing more is read, and none of it stays."""
    page = Sending(place.buyer())
    before = memory(place)
    come = 0

    def endless() -> Iterator[bytes]:
        nonlocal come
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n' + photo()
        while come < 2 * LARGEST:
            come += 1024**2
            yield bytes(1024**2)

    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    with suppress(httpx.HTTPError):  # it may be cut off before it has read the answer
        refused = page.ask("POST", "/widget/evidence", kind, content=endless())
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "too_large")
    assert come < LARGEST + 32 * 1024**2
    assert memory(place) - before < GROWS
    assert page.receipts() == []
    until(lambda: all(file.stat().st_size < 1024**2 for file in partials(place)))


@on_one("postgresql")
def test_e02_of_one_claim_ten_files_are_taken_and_so_many_bytes(place: Place) -> None:
    """The next one is refused in words that say what to do; removing one makes room."""
    page = Sending(place.buyer())
    taken = [page.hand_in(photo(number)) for number in range(10)]
    assert [answer.status_code for answer in taken] == [200] * 10

    refused = page.hand_in(photo(11))

    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "too_many_files")
    assert "Remove one" in refused.json()["error"]["message"]
    assert page.ask("DELETE", f"/widget/evidence/{taken[0].json()['receipt']['id']}").status_code == 204
    assert page.hand_in(photo(11)).status_code == 200


def test_e14_killed_at_any_instant_a_file_is_there_once_and_nothing_is_left_over(place: Place) -> None:
    """While its last bytes come, while it is looked at, before its row or after it: one file, one row, one message.

    What the dead one left in the store goes with the sweep after a day.
    """
    for number in range(60 if IS_LONG else 5):
        buyer = place.buyer()
        page, content = Sending(buyer), photo(number)
        path = page.begun(len(content))
        with ThreadPoolExecutor(1) as pool:
            sent = pool.submit(page.patch, path, 0, content)
            time.sleep(random.uniform(0, 1.5))
            place.stage.restart("gateway")
            with suppress(httpx.HTTPError):
                sent.result()
        place.stage.wait_until_ready()
        assert page.go_on(path, content).status_code == 200
        (receipt,) = page.receipts()
        assert receipt["sha256"] == hashlib.sha256(content).hexdigest()
        place.settle()
        assert [each["custom"].get("kind") for each in buyer.read_all()].count("sent_files") == 1

    engine, store = connect(place.stage.url), Store.at(f"file://{place.stage.folder / 'evidence'}")
    checked = check(engine, store, now=datetime.now(timezone.utc) + timedelta(hours=25), sweep=True)
    with engine.connect() as connection:
        rows = connection.execute(sa.select(evidence.c.stored_name, evidence.c.shown_name)).all()
    engine.dispose()
    assert (checked.missing, checked.altered, checked.without_copy) == ([], [], [])
    assert {file.name for file in store.files()} == {name for row in rows for name in row if name}


NAMES: Final = {
    "../../../etc/cron.d/x": "x",
    "a\u0000.jpg.php": "a.jpg.php",
    "CON": "CON",
    "\u202egpj.exe": "gpj.exe",
    "lamp \U0001f4a1.jpg": "lamp \U0001f4a1.jpg",
    "a\r\nSet-Cookie: x=1.jpg": "aSet-Cookie: x=1.jpg",
    "C:\\Users\\me\\lamp.jpg": "lamp.jpg",
    "": "file",
}


@on_one("sqlite+http")
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_e03_a_name_is_only_shown(place: Place, name: str) -> None:
    """It is no path, no header and no order to whoever reads it; the file lies under a name of ours."""
    page, content = Sending(place.buyer()), photo()
    receipt = page.patch(page.begun(len(content), name), 0, content).json()["receipt"]

    assert receipt["name"] == NAMES[name]
    kept = {file.name for file in (place.stage.folder / "evidence").iterdir()}
    assert not any(name and name in each for each in kept if len(name) > 3)


@on_one("postgresql")
def test_e03_a_name_of_five_thousand_letters_is_cut(place: Place) -> None:
    """Its ending stays to be read."""
    page, content = Sending(place.buyer()), photo()
    receipt = page.patch(page.begun(len(content), "a" * 5000 + ".jpg"), 0, content).json()["receipt"]

    assert len(receipt["name"]) == 200
    assert receipt["name"].endswith(".jpg")


@on_one("postgresql")
def test_e16_of_one_buyers_files_three_come_at_once_and_others_are_not_disturbed(place: Place) -> None:
    """The fourth is refused at once, with when to come again; another buyer's comes meanwhile."""
    buyer, content = place.buyer(), photo()
    page = Sending(buyer)
    paths = [page.begun(len(content)) for _ in range(4)]
    with ExitStack() as open_ones:
        for path in paths[:3]:
            open_ones.enter_context(page.cut(path, 0, content[:100], says=len(content)))
        place.wait_for_files(buyer, 3)
        refused = page.patch(paths[3], 0, content)
        other = Sending(place.buyer())
        assert other.hand_in(photo()).status_code == 200

    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too_many_uploads")
    assert int(refused.headers["Retry-After"]) >= 1
    until(lambda: page.patch(paths[3], 0, content).status_code in (200, 409))


@on_one("postgresql")
def test_e16_a_thousand_uploads_are_refused_after_a_hundred_and_leave_a_few(place: Place) -> None:
    """What was begun and left makes room; more than a day's files are refused in words, also in one piece."""
    page = Sending(place.buyer())
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: page.create(1000), range(1000 if IS_LONG else 120)))
    assert Counter(answer.status_code for answer in made) == {201: 100, 422: len(made) - 100}
    refused = next(answer for answer in made if answer.status_code == 422)
    assert refused.json()["error"]["code"] == "too_many_today"
    assert "lamp.jpg was not taken" in refused.json()["error"]["message"]
    begun = [answer.headers["Location"] for answer in made if answer.status_code == 201]
    assert sum(page.ask("HEAD", path, TUS).status_code == 200 for path in begun) == 10

    assert page.hand_in(photo()).json()["error"]["code"] == "too_many_today"
    assert Sending(place.buyer()).hand_in(photo()).status_code == 200


@on_one("sqlite+http")
def test_e16_more_bytes_than_a_day_has_are_refused_before_they_come(place: Place) -> None:
    """By what an upload says; a smaller one still fits."""
    page = Sending(place.buyer())
    assert [page.create(200 * 1024**2).status_code for _ in range(10)] == [201] * 10

    assert page.create(200 * 1024**2).json()["error"]["code"] == "too_many_today"
    assert page.create(40 * 1024**2).status_code == 201


@on_one("sqlite+http")
def test_e16_a_drip_is_ended(place: Place) -> None:
    """Who sends a byte a second is not waited for."""
    page = Sending(place.buyer())

    def drip() -> Iterator[bytes]:
        for _ in range(60):
            yield b"x"
            time.sleep(0.5)

    path = page.begun(1000)
    began = time.monotonic()
    with pytest.raises(httpx.HTTPError):
        page.patch(path, 0, drip()).raise_for_status()
    assert time.monotonic() - began < 25
    assert 0 < page.offset(path) < 60


def memory(place: Place) -> int:
    """Bytes that the gateway has in memory."""
    status = Path(f"/proc/{place.stage.processes['gateway'].pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) * 1024

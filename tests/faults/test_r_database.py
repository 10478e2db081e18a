"""R-01 to R-05, R-17, R-18, R-23: the database goes away, hangs, is full or old, and comes back."""

from __future__ import annotations

import resource
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from buyer_protection.disputes import connect
from tests.disputes.databases import migrated_database
from tests.faults.buyers import CLAIM, Buyer
from tests.faults.databases import crashing_postgresql, held_by_another, wire_to
from tests.faults.places import IS_LONG, ORIGIN, Place, on
from tests.faults.stage import Stage
from tests.timing import is_answered_within, waited

RESTARTS = 20 if IS_LONG else 3
LOCKS = (1, 5, 15) if IS_LONG else (1, 5)

own_stage = pytest.mark.xdist_group("faults-own-stages")


@contextmanager
def claims_under_way(place: Place, many: int = 3) -> Iterator[list[Buyer]]:
    """Inside, so many buyers make one claim after another; afterwards, each has ended the one they were in."""
    is_over, done = threading.Event(), []

    def make() -> None:
        while not is_over.is_set():
            buyer = place.buyer()
            buyer.claim()
            assert buyer.reference()
            done.append(buyer)

    with ThreadPoolExecutor(many) as pool:
        claims = [pool.submit(make) for _ in range(many)]
        try:
            yield done
        finally:
            is_over.set()
        for claim in claims:
            claim.result()


@own_stage
def test_r02_postgresql_crashes_under_load_and_nothing_is_lost(tmp_path: Path) -> None:
    """Stopped at once and started again, several times, while buyers make claims."""
    with crashing_postgresql(tmp_path / "server") as server, Stage(tmp_path, server.url) as stage:
        place = Place("postgresql", stage)
        with claims_under_way(place) as done:
            for _ in range(RESTARTS):
                time.sleep(1.5)
                server.restart()
            time.sleep(1.0)
        assert len(done) >= 3
        place.settle()


@own_stage
def test_r03_a15_postgresql_is_cut_off_from_everybody_under_load(tmp_path: Path) -> None:
    """What was taken is answered, what was not taken is refused in words; ready says so at once; then all goes on."""
    with (
        migrated_database("postgresql", tmp_path) as url,
        wire_to(url) as (wire, through),
        Stage(tmp_path, through, origins=ORIGIN) as stage,
    ):
        place = Place("postgresql", stage)
        claiming, buyer = place.at_consent(), place.buyer()
        others = [place.buyer() for _ in range(20)]
        with ThreadPoolExecutor(8) as pool:  # so that many connections are open when they fail
            list(pool.map(lambda each: each.say("hello"), [buyer, *others]))
        for fail in (wire.cut, wire.half_open):
            fail()
            said: list[tuple[int, list[str]]] = []
            assert is_answered_within(2.5, lambda said=said: said.append(stage.ready()))
            assert {(status, cut[0]) for status, cut in said} == {(503, "database")}
            body = {"text": "hello?", "id": f"while-{fail.__name__}"}
            with ThreadPoolExecutor(len(others) + 1) as pool:
                posts = [pool.submit(each.post, body, timeout=60) for each in (buyer, *others)]
                answers = [post.result() for post in posts]
            for refused in answers:
                assert refused is not None
                assert refused.status_code == 503
                assert refused.json()["error"]["code"] == "unavailable"
                assert int(refused.headers["Retry-After"]) > 0
            wire.mend()
            for each in (buyer, *others):
                each.send(body)

        with claims_under_way(place) as done:
            for fail in (wire.reset, wire.cut, wire.half_open, wire.reset):
                time.sleep(1.0)
                fail()
                time.sleep(1.5)
                wire.mend()
            time.sleep(1.0)
        assert done
        claiming.press("Yes, open it")
        assert claiming.reference()
        place.settle()


@own_stage
def test_r01_r03_a_turn_whose_conversation_cannot_be_loaded_is_not_run_and_comes_later(tmp_path: Path) -> None:
    """Rasa alone is cut off for five messages: each is kept, the buyer is told so, and the claim goes on from there."""
    with (
        migrated_database("postgresql", tmp_path) as url,
        wire_to(url) as (wire, through),
        Stage(tmp_path, url, rasa_known={"database_url": through}) as stage,
    ):
        place = Place("postgresql", stage)
        buyers = [place.buyer() for _ in range(5)]
        for buyer in buyers:
            buyer.claim(4)
        wire.cut()
        with ThreadPoolExecutor(5) as pool:
            answers = list(pool.map(lambda each: each.post({"text": "I asked 20 days ago", "id": "away"}), buyers))
        for answer in answers:
            assert answer is not None
            assert answer.status_code == 202
            assert [each["custom"]["kind"] for each in answer.json()["messages"]] == ["failure"]
        assert stage.ready()[0] == 503
        wire.mend()

        for buyer in buyers:
            buyer.send({"text": "I asked 20 days ago", "id": "away"})
            for step in CLAIM[5:]:
                buyer.take_step(step)
            assert buyer.reference()
        place.settle()


@on("sqlite+http", "sqlite")
@pytest.mark.parametrize("seconds", LOCKS)
def test_r04_while_another_process_holds_sqlite_nobody_stalls_and_nothing_is_lost(place: Place, seconds: int) -> None:
    """Health is answered at once all the while, messages are answered or refused in words, and all are done after."""
    buyers = [place.at_consent() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool, held_by_another(place.stage.url):
        presses = [pool.submit(buyer.press, "Yes, open it") for buyer in buyers]
        health = asked_for_health(place, seconds)
        if seconds > 2:
            assert place.stage.ready()[0] == 503
    for press in presses:
        press.result()

    assert are_quick(health)
    assert all(buyer.reference() for buyer in buyers)
    place.settle()


@on("postgresql", "postgresql+http")
def test_r05_a_locked_table_stalls_no_other_part(place: Place) -> None:
    """Conversations cannot be read for a while: health answers at once, and the message is answered afterwards."""
    buyer = place.at_consent()
    engine = connect(place.stage.url)
    with ThreadPoolExecutor(1) as pool, engine.connect() as connection:
        connection.execute(sa.text("LOCK TABLE events IN ACCESS EXCLUSIVE MODE"))
        press = pool.submit(buyer.press, "Yes, open it")
        health = asked_for_health(place, 4)
        connection.rollback()
        press.result()
    engine.dispose()

    assert are_quick(health)
    assert buyer.reference()
    place.settle()


def asked_for_health(place: Place, seconds: float) -> list[float]:
    """How long each answer of `/live` took, one after another for so long, and five at least."""
    url = f"http://127.0.0.1:{place.stage.ports[0]}/live"
    took: list[float] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end or len(took) < 5:
        took.append(waited(lambda: httpx.get(url, timeout=5, trust_env=False, verify=False)))
        time.sleep(0.1)
    return took


def are_quick(took: list[float]) -> bool:
    """Whether all but one were answered at once: a machine stalls once, who waits for a lock again and again."""
    return sorted(took)[-2] < 1.0


@on("sqlite+http", "sqlite")
def test_r17_a_full_disk_refuses_in_words_and_loses_nothing(place: Place) -> None:
    """No process can make a file longer, logs included: nothing is claimed, and the same again is done later."""
    buyer = place.at_consent()
    yes = {"payload": buyer.button("Yes, open it"), "id": "full"}
    pids = [process.pid for process in place.stage.processes.values()]
    before = [resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids]
    for pid, (_, most) in zip(pids, before, strict=True):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, most))
    try:
        answer = buyer.post(yes)
        assert answer is not None
        assert answer.status_code in (202, 503)
        assert not [row for row in place.kept().disputes if row["buyer_id"] == buyer.id]
    finally:
        for pid, limits in zip(pids, before, strict=True):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)

    buyer.send(yes)

    assert buyer.reference()
    assert pids == [process.pid for process in place.stage.processes.values()]
    place.settle()


@on("sqlite+http", "sqlite")
def test_r18_after_a_power_cut_nothing_is_told_of_that_is_not_there(place: Place, tmp_path: Path) -> None:
    """The log of SQLite is cut off at its frames: what is left is whole, and tells of no dispute without its row."""
    for _ in range(2):
        buyer = place.buyer()
        buyer.claim()
    database = Path(str(make_url(place.stage.url).database))
    whole = tmp_path / "whole.db"
    shutil.copy(database, whole)
    log = database.with_name(database.name + "-wal").read_bytes()
    frame = 24 + int.from_bytes(log[8:12], "big")
    ends = list(range(32, len(log) + 1, frame))
    assert len(ends) > 50
    found = set()
    for end in ends[:: max(1, len(ends) // 60)]:
        copy = tmp_path / "cut.db"
        shutil.copy(whole, copy)
        copy.with_name("cut.db-wal").write_bytes(log[:end])
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            told = "SELECT count(*), count(d.reference) FROM outbox o LEFT JOIN disputes d ON d.reference = {} WHERE {}"
            said = told.format("json_extract(o.custom, '$.reference')", "json_extract(o.custom, '$.kind') = 'dispute'")
            count, there = connection.execute(said).fetchone()
            assert count == there
            found.add(count)
        for left in tmp_path.glob("cut.db*"):
            left.unlink()
    assert len(found) > 1


def test_r23_conversations_restored_from_yesterday_do_not_contradict_todays_disputes(place: Place) -> None:
    """Rasa has forgotten the claim; the buyer is told of the dispute as it is, and the old button opens nothing."""
    buyer = place.at_consent()
    token = buyer.button("Yes, open it")
    buyer.press("Yes, open it")
    opened = buyer.reference()
    engine = connect(place.stage.url)
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM events WHERE sender_id = :c"), {"c": buyer.conversation})
    engine.dispose()
    place.stage.restart("rasa")
    place.stage.wait_until_ready()

    status = Buyer(place.stage, place.history, buyer.id)
    asked = status.say("what is the status of my dispute")
    status.send({"payload": token, "id": "old-button"})

    assert any(opened in each["text"] for each in asked)
    assert [row["reference"] for row in place.kept().disputes if row["buyer_id"] == buyer.id] == [opened]
    place.restored(buyer)
    place.settle()

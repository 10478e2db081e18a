"""How much one buyer may send (I-32): counted in the database, so that it holds over all gateways."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.disputes import connect
from buyer_protection.settings import Settings, SettingsError
from gateway.rate_counts import SWEPT_AT_ONCE, RateCounts
from gateway.rate_limits import RateLimits, limits_of
from gateway.tables import database_now, rate_counts
from tests.disputes.conftest import engine, url
from tests.disputes.test_two_processes import begin_together

__all__ = ["engine", "url"]

PROGRAM = Path(__file__).with_name("count_at_once.py")
ROOT = PROGRAM.parent.parent.parent

#: What is left of a minute that began just now, on a machine that may have stood still since.
WHOLE_MINUTE = range(56, 61)


def limits(engine: Engine, setting: str | None, **changed: Any) -> RateLimits:
    """What a gateway has with a setting."""
    return RateLimits(Settings(rate_limits=setting), engine, **changed)


def let_pass(engine: Engine, seconds: float) -> None:
    """Every count ends earlier, as if so much time had gone by on the database's clock."""
    with engine.begin() as connection:
        connection.execute(sa.update(rate_counts).values(until=rate_counts.c.until - seconds))


def names(engine: Engine) -> set[str]:
    """What is being counted."""
    with engine.connect() as connection:
        return set(connection.execute(sa.select(rate_counts.c.name)).scalars())


@pytest.fixture
def statements(engine: Engine) -> Iterator[list[str]]:
    """What the database was asked."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(engine, "before_cursor_execute", note)


def test_one_message_too_many_is_told_how_long_to_wait_and_passes_after_that(engine: Engine) -> None:
    """Whole seconds, never zero, never more than the window."""
    known = limits(engine, "3 per 60 seconds")

    assert [known.check("buyer-1") for _ in range(3)] == [None] * 3
    wait = known.check("buyer-1")
    assert wait in WHOLE_MINUTE
    let_pass(engine, wait - 5)
    assert known.check("buyer-1") in range(1, 6)
    let_pass(engine, 5)
    assert [known.check("buyer-1") for _ in range(3)] == [None] * 3
    assert known.check("buyer-1") in WHOLE_MINUTE


def test_a_window_ends_by_the_databases_clock(engine: Engine) -> None:
    """Not only when a test says so."""
    known = limits(engine, "1 per second")

    for buyer in ("buyer-1", "buyer-2", "buyer-3"):
        assert known.check(buyer) is None
        wait = known.check(buyer)
        if wait:  # else the machine stood still for all of the second
            break
    assert wait == 1
    time.sleep(1.05)
    assert known.check(buyer) is None


def test_one_buyer_who_sends_too_much_stops_nobody_else(engine: Engine) -> None:
    """Each is counted alone."""
    known = limits(engine, "2 per hour")
    while known.check("mallory") is None:
        pass

    assert [known.check("alice") for _ in range(2)] == [None, None]


def test_every_limit_holds_and_the_longest_wait_is_told(engine: Engine) -> None:
    """A burst of two, three in an hour."""
    known = limits(engine, "2 per 10 seconds; 3 per hour")

    assert [known.check("buyer-1") for _ in range(2)] == [None, None]
    assert known.check("buyer-1") in range(6, 11)
    let_pass(engine, 10)
    assert known.check("buyer-1") is None
    assert 3580 < (known.check("buyer-1") or 0) <= 3590


def test_what_is_refused_does_not_count(engine: Engine) -> None:
    """Who goes on knocking does not wait longer for it, on the shorter limit or the longer one."""
    known = limits(engine, "1 per 10 seconds; 2 per hour")
    assert known.check("buyer-1") is None
    for _ in range(20):
        assert (known.check("buyer-1") or 0) <= 10

    let_pass(engine, 10)

    assert known.check("buyer-1") is None


def test_two_gateways_count_together(engine: Engine, url: str) -> None:
    """Each has connections of its own."""
    other = connect(url)
    try:
        gateways = [limits(engine, "4 per hour"), limits(other, "4 per hour")]
        assert [gateways[turn % 2].check("buyer-1") for turn in range(4)] == [None] * 4
        assert all(gateway.check("buyer-1") for gateway in gateways)
    finally:
        other.dispose()


def test_two_processes_at_one_instant_let_no_message_too_many_through(url: str) -> None:
    """Four threads in two processes, twenty tries, seven allowed."""
    running = [
        subprocess.Popen(
            [sys.executable, str(PROGRAM), url, "10"],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    begin_together(running)
    through = [int(process.communicate(timeout=60)[0]) for process in running]

    assert [process.returncode for process in running] == [0, 0]
    assert sum(through) == 7


def test_the_database_is_asked_once_for_each_limit(engine: Engine, statements: list[str]) -> None:
    """On SQLite, which is not far away, twice."""
    known = limits(engine, "5 per 5 seconds; 60 per minute", clock=lambda: 0.0)
    known.check("buyer-1")
    statements.clear()

    assert known.check("buyer-1") is None

    asked = [statement for statement in statements if "rate_counts" in statement]
    assert len(asked) == (2 if engine.dialect.name == "postgresql" else 4)


def test_without_limits_the_database_is_not_asked(engine: Engine, statements: list[str]) -> None:
    """However much is sent."""
    known = limits(engine, "")

    assert known.are_off
    assert {known.check("buyer-1") for _ in range(100)} == {None}
    assert statements == []


def test_counts_that_ended_are_swept_away_now_and_then(engine: Engine) -> None:
    """At a process's first check, then every ten minutes; what still counts stays."""
    clock = [0.0]
    known = limits(engine, "9 per hour", clock=lambda: clock[0])
    known.check("somebody")
    let_pass(engine, 7200)
    known.check("somebody-else")
    assert len(names(engine)) == 2

    clock[0] = 599.0
    known.check("buyer-1")
    assert len(names(engine)) == 3
    clock[0] = 600.0
    known.check("buyer-1")

    assert {name.split("/")[1] for name in names(engine)} == {"somebody-else", "buyer-1"}
    limits(engine, "9 per hour").check("buyer-2")
    let_pass(engine, 7200)
    limits(engine, "9 per hour").check("buyer-3")
    assert {name.split("/")[1] for name in names(engine)} == {"buyer-3"}


def test_a_sweep_takes_so_much_at_once_and_no_more(engine: Engine) -> None:
    """Somebody waits meanwhile."""
    with engine.begin() as connection:
        rows = [{"name": f"old-{number}", "count": 1, "until": 1.0} for number in range(SWEPT_AT_ONCE + 5)]
        connection.execute(sa.insert(rate_counts), rows)
        counts = RateCounts(connection)

        assert [counts.sweep() for _ in range(3)] == [SWEPT_AT_ONCE, 5, 0]


def test_a_sweep_that_cannot_be_done_stops_no_message(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message was counted already."""

    def fails(_self: RateCounts) -> int:
        raise sa.exc.OperationalError("DELETE", {}, Exception("no"))

    monkeypatch.setattr(RateCounts, "sweep", fails)

    assert limits(engine, "9 per hour").check("buyer-1") is None


def test_a_database_that_cannot_be_asked_is_an_error(tmp_path: Path) -> None:
    """Never a message that was not counted; it could not be kept either."""
    with pytest.raises(sa.exc.OperationalError):
        limits(connect(f"sqlite:///{tmp_path / 'empty.db'}"), "9 per hour").check("buyer-1")


@pytest.mark.parametrize(
    ("env", "setting", "expected"),
    [
        ("production", None, ["5 per 5 second", "60 per 1 minute"]),
        ("development", None, []),
        ("development", "10/minute", ["10 per 1 minute"]),
        ("production", "", []),
        ("production", "  ", []),
        ("production", "60 per minute; 2 per second; 60 per minute", ["2 per 1 second", "60 per 1 minute"]),
        ("production", "5 per 5 seconds; 5 per 10 seconds", ["5 per 5 second", "5 per 10 second"]),
    ],
)
def test_the_setting_says_which_limits_hold(env: str, setting: str | None, expected: list[str]) -> None:
    """Strict in production and off in development, unless it is set."""
    assert [repr(limit) for limit in limits_of(Settings(env=env, rate_limits=setting))] == expected


@pytest.mark.parametrize(
    "bad", ["many", "5", "5 per fortnight", "0 per minute", "5 per minute;", "-1/second", "1/year"]
)
def test_a_setting_that_cannot_be_read_is_a_refusal_to_start(engine: Engine, bad: str) -> None:
    """By the variable's name."""
    with pytest.raises(SettingsError, match=r"^BUYER_PROTECTION_RATE_LIMITS: [^\n]+$"):
        limits(engine, bad)


def test_the_storage_keeps_what_the_library_promises_of_one(engine: Engine) -> None:
    """Counting, reading, ending and forgetting, so that other strategies of the library may use it."""
    with engine.begin() as connection:
        counts = RateCounts(connection)
        now = connection.scalar(sa.select(database_now()))
        assert counts.check()
        assert (counts.get("a"), counts.seconds_left("a")) == (0, 0)
        assert math.ceil(now) <= counts.get_expiry("a") <= now + 2

        assert [counts.incr("a", 30), counts.incr("a", 30, amount=4), counts.incr("b", 30)] == [1, 5, 1]
        assert (counts.get("a"), counts.get("b"), counts.get("c")) == (5, 1, 0)
        assert now + 30 <= counts.get_expiry("a") <= now + 32
        assert counts.seconds_left("a") in (29, 30)

        counts.incr("a", 300)
        assert counts.seconds_left("a") <= 30
        counts.incr("a", 300, elastic_expiry=True)
        assert counts.seconds_left("a") > 30

        counts.clear("a")
        assert (counts.get("a"), counts.get("b")) == (0, 1)
        assert counts.reset() == 1
        assert counts.get("b") == 0

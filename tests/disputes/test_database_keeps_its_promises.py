"""What the database itself refuses, whoever writes to it and however."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from buyer_protection.disputes import DatabaseError, connect, events_of, find_dispute
from buyer_protection.disputes.database import read_url
from buyer_protection.disputes.tables import disputes
from tests.disputes.made_up import NOW, keep, opened


def run(engine: Engine, statement: str, **values: Any) -> None:
    """A statement as somebody at a database's own prompt would write it."""
    with engine.begin() as connection:
        connection.execute(sa.text(statement), values)


def same_again(engine: Engine, **changes: Any) -> None:
    """Write a dispute's row once more by hand, with some columns changed."""
    with engine.begin() as connection:
        row = dict(connection.execute(sa.select(disputes)).first()._mapping)
        connection.execute(sa.insert(disputes).values(row | changes))


def test_day_nine_is_refused_by_the_database_itself(engine: Engine) -> None:
    """By a check with a name; day ten is not."""
    opened(engine)

    with pytest.raises(DBAPIError, match="ck_disputes_waiting_days_over"):
        run(engine, "UPDATE disputes SET opened_on = '2024-02-29'")
    run(engine, "UPDATE disputes SET opened_on = '2024-03-01'")
    with pytest.raises(DBAPIError, match="ck_disputes_waiting_days_over"):
        run(engine, "UPDATE disputes SET refund_requested_on = '2024-02-21'")
    with pytest.raises(DBAPIError, match="ck_disputes_waiting_days_over"):
        run(engine, "UPDATE disputes SET waiting_days = 11")


def test_a_text_that_is_no_day_does_not_slip_through(engine: Engine) -> None:
    """SQLite keeps anything anywhere; the check still holds."""
    opened(engine)

    for nonsense in ("soon", ""):
        with pytest.raises(DBAPIError):
            run(engine, "UPDATE disputes SET opened_on = :day", day=nonsense)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE disputes SET status = 'won'",
        "UPDATE disputes SET status = 'decided'",
        "UPDATE disputes SET decision = 'partial'",
        "UPDATE disputes SET order_id = ''",
        "UPDATE disputes SET statement = ''",
        "UPDATE disputes SET claim_type = 'unwanted'",
        "UPDATE disputes SET item = NULL",
        "UPDATE claims SET state = 'lost'",
        "UPDATE claims SET submitted_as = ''",
        "UPDATE claims SET reference = 'AAAA-AAAA-A'",
        "DELETE FROM claims",
        "DELETE FROM disputes",
        "DELETE FROM issued_references",
    ],
)
def test_a_row_that_cannot_be_is_refused(engine: Engine, statement: str) -> None:
    """A broken check, a missing row, or one that others point at."""
    opened(engine)

    with pytest.raises(IntegrityError):
        run(engine, statement)


def test_a_second_open_dispute_on_the_same_thing_is_refused(engine: Engine) -> None:
    """Even written by hand; a closed one beside it is not."""
    opened(engine)
    other = keep(engine, "claim-2", order_id="other")
    changes = {"reference": other.reference, "claim_id": "claim-2"}

    with pytest.raises(IntegrityError, match=r"uq_disputes_open|disputes\.buyer_id, disputes\.order_id"):
        same_again(engine, **changes)
    same_again(engine, **changes, status="withdrawn")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dispute_events SET reason = 'nothing happened'",
        "DELETE FROM dispute_events",
        "UPDATE dispute_events SET id = 99",
    ],
)
def test_a_timeline_is_only_ever_added_to(engine: Engine, statement: str) -> None:
    """By triggers, on both databases."""
    dispute = opened(engine)
    before = events_of(engine, reference=dispute.reference)

    with pytest.raises(DBAPIError, match="append-only"):
        run(engine, statement)

    assert events_of(engine, reference=dispute.reference) == before


def test_a_timeline_cannot_be_emptied_or_replaced_either(engine: Engine) -> None:
    """TRUNCATE where there is one, INSERT OR REPLACE where there is that."""
    opened(engine)
    statement = (
        "TRUNCATE dispute_events"
        if engine.dialect.name == "postgresql"
        else "INSERT OR REPLACE INTO dispute_events SELECT id, reference, at, 'x', kind, reason, detail, from_status,"
        " to_status, turn_id FROM dispute_events"
    )

    with pytest.raises(DBAPIError, match="append-only"):
        run(engine, statement)


def test_a_writer_waits_for_another_and_then_succeeds(engine: Engine, url: str) -> None:
    """A lock held for a second delays an opening; it does not lose it."""
    keep(engine)
    other = connect(url)
    lock = "BEGIN IMMEDIATE" if engine.dialect.name == "sqlite" else None
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with other.connect().execution_options(writes=bool(lock)) as connection, connection.begin():
            connection.execute(sa.text("UPDATE claims SET wish = wish"))
            held.set()
            release.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    timer = threading.Timer(1.0, release.set)
    timer.start()
    started = time.monotonic()

    dispute = opened(engine)

    assert time.monotonic() - started > 0.5
    assert find_dispute(engine, reference=dispute.reference) is not None
    holder.join()
    other.dispose()


def test_a_database_that_stays_locked_is_an_error_in_time(engine: Engine, url: str) -> None:
    """Nobody waits longer than the eight seconds that an action has."""
    keep(engine)
    other = connect(url)
    with other.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(sa.text("UPDATE claims SET wish = wish"))
        started = time.monotonic()
        with pytest.raises(DBAPIError):
            keep(engine, statement="Something else.")
        assert time.monotonic() - started < 8
    other.dispose()
    assert keep(engine, statement="Something else.").statement == "Something else."


def test_a_connection_that_died_is_replaced(engine: Engine) -> None:
    """A database server that was restarted between two turns costs nobody anything."""
    dispute = opened(engine)
    if engine.dialect.name == "postgresql":
        with pytest.raises(DBAPIError):
            run(engine, "SELECT pg_terminate_backend(pg_backend_pid())")

    assert find_dispute(engine, reference=dispute.reference) == dispute


def test_errors_hold_no_words_of_buyers(engine: Engine) -> None:
    """An error may be logged; what a buyer wrote may not."""
    opened(engine, statement="my secret words")

    with pytest.raises(DBAPIError) as failed:
        same_again(engine)

    assert "secret" not in str(failed.value)


def test_times_come_back_in_utc_whatever_zone_they_were_told_in(engine: Engine) -> None:
    """To the microsecond."""
    moment = NOW.replace(microsecond=123_456)

    assert keep(engine, now=moment).started_at == moment
    assert keep(engine, now=moment).started_at.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://a:secret@b/c", "sqlite://", "sqlite:///:memory:"])
def test_a_url_that_cannot_be_is_refused_without_its_password(url: str) -> None:
    """In one line."""
    with pytest.raises(DatabaseError) as refused:
        read_url(url)

    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)

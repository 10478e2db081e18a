"""The database's shape: made step by step, taken back, interrupted, and never losing a row."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from buyer_protection import link_codes
from buyer_protection.disputes import (
    ask,
    ask_for_person,
    connect,
    drop_claim,
    find_dispute,
    migrate,
    record_note,
    reminder_of,
    verify,
)
from buyer_protection.disputes.columns import Instant
from buyer_protection.disputes.database import migrations
from buyer_protection.disputes.evidence_tables import evidence_accesses
from buyer_protection.disputes.staff_conversations import take
from buyer_protection.disputes.tables import metadata
from buyer_protection.evidence import evidence_of, evidence_of_buyer
from buyer_protection.orders.tables import metadata as orders
from gateway import tables as gateway
from gateway import upload_rows
from tests.disputes.databases import KINDS, empty_database
from tests.disputes.made_up import BUYER, NOT_RECEIVED, NOW, hand_in, keep, opened

ROOT = Path(__file__).resolve().parent.parent.parent

#: A later step that changes a table to which others point.
REBUILD = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{newest}"
branch_labels = depends_on = None


def recreate():
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def upgrade():
    with op.batch_alter_table("claims", recreate=recreate()) as table:
        table.add_column(sa.Column("mood", sa.String(20), nullable=False, server_default="calm"))
    {then}


def downgrade():
    with op.batch_alter_table("claims", recreate=recreate()) as table:
        table.drop_column("mood")
"""


@pytest.fixture(params=KINDS)
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it."""
    with empty_database(request.param, tmp_path) as url:
        yield url


def fill(engine: Engine) -> str:
    """At least one row in every table of ours; returns the dispute's reference."""
    reference = opened(engine).reference
    hand_in(engine)
    common: dict[str, Any] = {"actor": "ann", "now": NOW}
    verify(engine, reference=reference, fact="carrier_status", value="lost", source="page", **common)
    ask(engine, reference=reference, side="buyer", reason="more?", **common)
    told: dict[str, Any] = {"buyer_id": BUYER, "claim_id": "claim-1", "turn_id": "t", "now": NOW}
    record_note(engine, topic="arrived_late", text="late", **told)
    keep(engine, "claim-2", facts=NOT_RECEIVED | {"refund_requested_on": NOW.date().isoformat()})
    take(engine, reference=ask_for_person(engine, reason="help", **told), **common)
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO events (sender_id, type_name) VALUES ('c', 'user')"))
        seen = {"evidence_id": "e", "part": "original", "actor": "ann", "reason": "asked", "at": NOW}
        connection.execute(sa.insert(evidence_accesses).values(seen))
    return reference


def counts(engine: Engine) -> dict[str, int]:
    """How many rows each table of ours has."""
    with engine.connect() as connection:
        return {
            name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }


def test_the_migrations_make_what_the_queries_expect(engine: Engine) -> None:
    """Tables, columns, types, keys and indexes."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        tables = [metadata, gateway.metadata, link_codes.metadata, orders, upload_rows.metadata]
        assert compare_metadata(context, tables) == []


def test_up_down_and_up_again_with_rows_in_every_table(engine: Engine, url: str) -> None:
    """Going down takes the tables away whole; going up makes them anew."""
    fill(engine)
    assert all(counts(engine).values())
    engine.dispose()

    command.downgrade(migrations(url), "base")

    assert sa.inspect(engine).get_table_names() == ["alembic_version"]
    migrate(url)
    assert not any(counts(engine).values())
    assert find_dispute(engine, reference=fill(engine)) is not None


def test_migrating_again_changes_nothing(engine: Engine, url: str) -> None:
    """So every start may do it."""
    fill(engine)
    before = counts(engine)

    migrate(url)

    assert counts(engine) == before


def test_every_constraint_has_a_name(engine: Engine) -> None:
    """So that a later step can speak of it on any database."""
    inspector = sa.inspect(engine)
    for table in metadata.tables:
        keys = [inspector.get_pk_constraint(table), *inspector.get_foreign_keys(table)]
        keys += [*inspector.get_unique_constraints(table), *inspector.get_check_constraints(table)]
        assert all(key["name"] for key in keys), table
        assert all(not key.get("options", {}).get("ondelete") for key in keys), "nothing cascades"


def newest() -> str:
    """The last step that there is."""
    return str(ScriptDirectory.from_config(migrations("sqlite:///unused.db")).get_current_head())


def with_a_later_step(url: str, folder: Path, then: str = "") -> Any:
    """The configuration with one more step, which rebuilds a table."""
    step = REBUILD.format(then=then or "pass", newest=newest())
    (folder / "9999_rebuild.py").write_text(step, encoding="utf-8")
    configuration = migrations(url)
    versions = Path(configuration.get_main_option("script_location") or "") / "versions"
    configuration.set_main_option("version_locations", f"{versions} {folder}")
    configuration.set_main_option("path_separator", "space")
    return configuration


def test_rebuilding_a_table_that_others_point_at_loses_no_row(engine: Engine, url: str, tmp_path: Path) -> None:
    """SQLite drops the old table on the way."""
    reference = fill(engine)
    before = counts(engine)
    later = with_a_later_step(url, tmp_path)

    for move in (lambda: command.upgrade(later, "head"), lambda: command.downgrade(later, newest())):
        move()
        assert counts(engine) == before
    assert find_dispute(engine, reference=reference) is not None


def test_a_step_that_leaves_rows_pointing_at_nothing_is_not_committed(engine: Engine, url: str, tmp_path: Path) -> None:
    """The database is as it was before."""
    fill(engine)
    before = counts(engine)
    later = with_a_later_step(url, tmp_path, """op.execute("DELETE FROM claims")""")

    with pytest.raises(Exception, match=r"point at nothing|violates foreign key|cannot drop constraint"):
        command.upgrade(later, "head")

    assert counts(engine) == before
    assert "mood" not in {column["name"] for column in sa.inspect(engine).get_columns("claims")}


@pytest.mark.parametrize("statement", [1, 9, 22])
def test_a_migration_that_was_killed_leaves_nothing_half_done_and_can_be_run_again(
    nothing: str, statement: int
) -> None:
    """Killed in the middle of a step, between two, or at the very beginning."""
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, nothing, str(statement)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert killed.returncode == 9, killed.stderr
    engine = connect(nothing)
    assert "claims" not in sa.inspect(engine).get_table_names()

    migrate(nothing)

    assert find_dispute(engine, reference=fill(engine)) is not None
    engine.dispose()


KILLED = """
import os, sys
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from buyer_protection.disputes import migrate

made = 0

@sa.event.listens_for(Engine, "after_cursor_execute")
def die(connection, cursor, statement, *rest):
    global made
    made += statement.lstrip().upper().startswith(("CREATE", "INSERT"))
    if made == int(sys.argv[2]):
        os._exit(9)

migrate(sys.argv[1])
"""


def test_two_processes_that_migrate_at_once_both_succeed(nothing: str) -> None:
    """One makes the tables, the other finds them."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "migrations", nothing],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=60)[1] for process in running]

    assert [process.returncode for process in running] == [0, 0], said


def test_the_conversations_table_is_the_one_that_rasa_expects() -> None:
    """Column by column, as the installed Rasa defines it; our index serves its own query and the newest row's."""
    from rasa.core.tracker_store import SQLTrackerStore

    theirs = SQLTrackerStore.SQLEvent.__table__
    ours = metadata.tables["events"]

    def shape(table: sa.Table) -> list[tuple[str, str, bool, bool]]:
        return [(column.name, str(column.type), column.nullable, column.primary_key) for column in table.columns]

    assert shape(ours) == shape(theirs)
    assert [[column.name for column in index.columns][:1] for index in ours.indexes] == [["sender_id"]]
    assert [[column.name for column in index.columns] for index in theirs.indexes] == [["sender_id"]]


def test_evidence_of_before_has_its_buyer_and_counts_as_before(url: str) -> None:
    """What an old row does not say is worked out: an id, whose it is, and that it is a photo or a video."""
    engine = connect(url)
    draft = keep(engine)
    command.downgrade(migrations(url), "0006")
    old = {"claim_id": "claim-1", "size": 1, "original_name": "a", "attached_at": NOW, "attached_by": "ann"}
    names = (*old, "sha256", "media_type", "stored_name")
    table = sa.table("evidence", *(sa.column(name, Instant if name == "attached_at" else None) for name in names))
    with engine.begin() as connection:
        for number, media_type in enumerate(("image/heic", "video/webm")):
            row = {**old, "sha256": str(number) * 64, "media_type": media_type, "stored_name": f"{number}.x"}
            connection.execute(sa.insert(table).values(row))

    migrate(url)

    photo, video = evidence_of(engine, reference=draft.reference)
    assert [(receipt.kind, receipt.counts, receipt.condition) for receipt in (photo, video)] == [
        ("photo", True, "kept"),
        ("video", True, "kept"),
    ]
    assert len({photo.evidence_id, video.evidence_id}) == 2
    assert [receipt.stored_name for receipt in evidence_of_buyer(engine, buyer_id=BUYER)] == ["0.x", "1.x"]
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(sa.text("UPDATE evidence SET kind = 'document'"))
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(sa.text("UPDATE evidence SET size = 0"))
    engine.dispose()


def test_claims_that_wait_already_get_a_reminder_and_no_others_do(url: str) -> None:
    """Told before there were reminders: the day that their buyers were told is the day that they are reminded on."""
    engine = connect(url)
    today = {"refund_requested_on": NOW.date().isoformat()}
    keep(engine, "waits", facts=NOT_RECEIVED | today)
    keep(engine, "ready")
    keep(engine, "dropped", facts=NOT_RECEIVED | today)
    drop_claim(engine, claim_id="dropped", buyer_id=BUYER, turn_id="t", now=NOW)
    set_by_itself = reminder_of(engine, claim_id="waits")
    command.downgrade(migrations(url), "0009")

    migrate(url)

    assert [reminder_of(engine, claim_id=claim_id) for claim_id in ("ready", "dropped")] == [None, None]
    assert reminder_of(engine, claim_id="waits") == set_by_itself
    engine.dispose()

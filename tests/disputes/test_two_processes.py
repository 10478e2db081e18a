"""Two processes that open the same thing at the same instant."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.disputes.tables import claims, dispute_events, disputes
from tests.disputes.made_up import keep

ROUNDS = 20
PROGRAM = Path(__file__).with_name("open_at_once.py")
ROOT = PROGRAM.parent.parent.parent


def begin_together(running: list[subprocess.Popen[str]]) -> None:
    """Says to processes that are ready when to begin."""
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    start = time.time() + 0.2
    for process in running:
        assert process.stdin is not None
        process.stdin.write(f"{start}\n")
        process.stdin.flush()


@pytest.mark.parametrize(
    "prefixes",
    [("same", "same"), ("phone", "laptop"), ("phone", "LAPTOP")],
    ids=["one claim", "two claims", "two claims that spell the item differently"],
)
def test_two_processes_that_open_the_same_at_one_instant_get_one_dispute(
    engine: Engine, url: str, prefixes: tuple[str, str]
) -> None:
    """One claim confirmed twice, or the same thing claimed from two devices: one reference, one row, one opening."""
    for prefix in set(prefixes):
        for number in range(ROUNDS):
            item = "LAMP" if prefix.isupper() else "lamp"
            keep(engine, f"{prefix}-{number}", order_id=f"order-{number}", item=item)
    running = [
        subprocess.Popen(
            [sys.executable, str(PROGRAM), url, str(ROUNDS), prefix],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for prefix in prefixes
    ]
    begin_together(running)
    answers = [[json.loads(line) for line in process.communicate(timeout=60)[0].splitlines()] for process in running]

    assert [process.returncode for process in running] == [0, 0]
    for (one, one_already), (other, other_already) in zip(*answers, strict=True):
        assert one == other
        assert {one_already, other_already} == {True, False}
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(disputes)) == ROUNDS
        opened = sa.select(sa.func.count()).where(dispute_events.c.kind == "opened")
        assert connection.scalar(opened) == ROUNDS
        assert set(connection.execute(sa.select(claims.c.state)).scalars()) == {"submitted"}

"""Where the tests of this folder happen: a stage, its history, and what is compared when a test is over."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa

from buyer_protection.disputes import connect
from buyer_protection.settings import home, variable
from gateway.tables import leases
from tests.disputes.databases import migrated_database
from tests.faults.buyers import UNTIL_CONSENT, Buyer
from tests.faults.checker import check
from tests.faults.history import History
from tests.faults.kept import Kept, kept_in
from tests.faults.stage import Stage

#: The long form kills more, on more kinds of stages; `make faults-long` asks for it.
IS_LONG: Final = os.environ.get("FAULTS") == "long"
#: A database, and `http` where actions run in a process of their own.
KINDS: Final = ("sqlite+http", "postgresql", *(("sqlite", "postgresql+http") if IS_LONG else ()))
#: The only page that may speak for a buyer, beside none at all.
ORIGIN: Final = "https://shop.example"
#: Seconds in which all that waits must be answered once nothing fails any more.
SETTLED_WITHIN: Final = 90.0


class Place:
    """A stage and everything that was done on it."""

    def __init__(self, kind: str, stage: Stage) -> None:
        self.kind, self.stage = kind, stage
        self.history = History()
        self.buyers: list[Buyer] = []
        self._waiting: list[Buyer] = []
        self._restored: set[str] = set()

    def process_of(self, step: str) -> str:
        """Which process goes through a step."""
        room = step.partition(".")[0]
        return {"gateway": "gateway", "staff": "gateway", "rasa": "rasa"}.get(room) or (
            "actions" if "actions" in self.stage.processes else "rasa"
        )

    def buyer(self, name: str = "", gateway: int = 0) -> Buyer:
        """Somebody new, or the buyer of a name on another page."""
        buyer = Buyer(self.stage, self.history, name, gateway)
        self.buyers.append(buyer)
        return buyer

    def at_consent(self) -> Buyer:
        """Somebody who only has to say yes for a dispute to be opened."""
        buyer = self.buyer()
        buyer.claim(UNTIL_CONSENT)
        return buyer

    def waiting_for_yes(self, many: int) -> Buyer:
        """One of many such buyers, who were all made ready before anything was armed to fail."""
        if not self._waiting:
            self._waiting = [self.at_consent() for _ in range(many)]
        return self._waiting.pop()

    def restored(self, buyer: Buyer) -> None:
        """Says that the test has taken turns of this buyer away, which are not looked for any more."""
        self._restored.add(buyer.conversation)

    def wait_for_files(self, buyer: Buyer, many: int) -> None:
        """Waits until so many files of a buyer are on their way, at whichever gateway."""
        held = sa.select(sa.func.count()).where(leases.c.name.like(f"upload:{buyer.id}:%"), leases.c.until > 0)
        engine = connect(self.stage.url)

        def are_coming() -> bool:
            with engine.connect() as connection:
                return bool(connection.execute(held).scalar_one() == many)

        self.stage.wait_for(are_coming)
        engine.dispose()

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """What `buyer-protection` says to staff on this place: a process of its own, as a night's job starts it."""
        given = {
            variable("database_url"): self.stage.url,
            variable("evidence_url"): f"file://{self.stage.folder / 'evidence'}",
        }
        command = [sys.executable, "-m", "buyer_protection.staff.cli", *arguments]
        known = {**os.environ, **given}
        return subprocess.run(command, env=known, cwd=home(), capture_output=True, text=True, check=False, timeout=60)

    def kept(self) -> Kept:
        """What the database holds."""
        return kept_in(self.stage.url)

    def settle(self) -> Kept:
        """Waits until everything is ready and answered, compares, and returns what is kept. Fails if they differ."""
        self.stage.wait_until_ready()
        end = time.monotonic() + SETTLED_WITHIN
        kept = self.kept()
        while any(row["answered_at"] is None for row in kept.inbox) and time.monotonic() < end:
            time.sleep(0.1)
            kept = self.kept()
        for buyer in {buyer.id: buyer for buyer in self.buyers}.values():
            buyer.read_all()
        self.buyers.clear()
        kept.restored = set(self._restored)
        wrong = check(self.history, kept)
        assert not wrong, "\n".join(wrong)
        return kept


@contextmanager
def place_on(kind: str, folder: Path, **known: Any) -> Iterator[Place]:
    """A place of a kind (`sqlite`, `postgresql`, with `+http`), its logs open to all levels."""
    database, _, actions = kind.partition("+")
    known = {"actions": actions or "in_process", "log_level": "debug", "origins": ORIGIN, **known}
    with migrated_database(database, folder) as url, Stage(folder, url, **known) as stage:
        yield Place(kind, stage)


def on(*kinds: str) -> Callable[[Any], Any]:
    """A test that happens on these kinds of places alone, as far as they are there."""
    return pytest.mark.parametrize(
        "place", [grouped(kind) for kind in kinds if kind in KINDS], indirect=True, scope="session"
    )


def on_one(kind: str) -> Callable[[Any], Any]:
    """A test whose way is the same on each kind: on this one in the short form, on all in the long one."""
    return on(*KINDS) if IS_LONG else on(kind)


def grouped(kind: str, *values: Any) -> Any:
    """A kind as a parameter (and others with it), on a worker that has this kind alone, so that it is made once."""
    return pytest.param(kind, *values, marks=pytest.mark.xdist_group(f"faults-{kind}"))

"""Files and rows agree, whatever ends a process; what no row speaks of goes after a day, and what changed is told."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.disputes import connect, events_of, migrate
from buyer_protection.disputes.evidence_tables import evidence
from buyer_protection.evidence import Receipt, Store, check, evidence_of, evidence_of_buyer, hand_in
from tests.disputes.made_up import BUYER, keep, opened
from tests.evidence.files import photo

ROOT = Path(__file__).resolve().parent.parent.parent
#: How many processes are killed; `FAULTS=long` tries it for as long as it takes.
KILLS = 200 if os.environ.get("FAULTS") == "long" else 6


def later(**span: int) -> datetime:
    """A time after now: files have the dates of the real clock."""
    return datetime.now(timezone.utc) + timedelta(**span)


def take(engine: Engine, store: Store, path: Path, **how: Any) -> Receipt:
    """A buyer hands a file in."""
    given: dict[str, Any] = {"buyer_id": BUYER, "path": path, "original_name": path.name, "now": later()}
    receipt = hand_in(engine, store, channel="widget", actor="buyer", **(given | {"at": "claim-1"} | how))
    assert isinstance(receipt, Receipt), receipt
    return receipt


def names(store: Store) -> set[str]:
    """What lies in the store."""
    return {file.name for file in store.files()}


def spoken_of(engine: Engine) -> set[str]:
    """What rows speak of."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(evidence.c.stored_name, evidence.c.shown_name)).all()
    return {name for row in rows for name in row if name}


def test_e14_what_no_row_speaks_of_is_removed_after_a_day_and_nothing_else(
    engine: Engine, store: Store, tmp_path: Path
) -> None:
    """Also what was only half copied; not what somebody else put there, nor what may still get its row."""
    take(engine, store, photo(tmp_path / "a.jpg"))
    for name in ("0" * 32 + ".jpg", "1" * 32 + "-shown.jpg", "2" * 32 + ".part", "notes.txt"):
        store.put(photo(tmp_path / "b.jpg", seed=1), name)

    young = check(engine, store, now=later(hours=23), sweep=True)
    seen = check(engine, store, now=later(hours=25))
    assert (young.orphans, seen.removed, len(seen.orphans)) == ([], [], 3)
    swept = check(engine, store, now=later(hours=25), sweep=True)

    assert sorted(swept.removed) == sorted(seen.orphans)
    assert names(store) == spoken_of(engine) | {"notes.txt"}
    assert swept.is_well


def test_e20_one_flipped_bit_is_found_and_said(engine: Engine, store: Store, tmp_path: Path) -> None:
    """On the receipt, and in the dispute's timeline, once; when the file is back as it was, so too."""
    dispute = opened(engine)
    path = photo(tmp_path / "a.jpg")
    receipt = take(engine, store, path, reference=dispute.reference)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "altered").write_bytes(content)
    store.put(tmp_path / "altered", receipt.stored_name)

    found = [check(engine, store, now=later()) for _ in range(2)]

    assert [checked.altered for checked in found] == [[receipt.evidence_id]] * 2
    assert not found[0].is_well
    (kept,) = evidence_of(engine, reference=dispute.reference)
    assert kept.condition == "altered"
    store.put(path, receipt.stored_name)
    assert check(engine, store, now=later()).is_well
    told = [event.detail for event in events_of(engine, reference=dispute.reference) if event.kind == "evidence_file"]
    assert [detail["condition"] for detail in told] == ["altered", "kept"]


def test_e14_a_row_whose_file_is_gone_is_named_and_kept(engine: Engine, store: Store, tmp_path: Path) -> None:
    """It is the receipt of what was handed in; of a copy to show that is gone, the original is left."""
    keep(engine)
    one, other = (take(engine, store, photo(tmp_path / f"{seed}.jpg", seed=seed)) for seed in (0, 1))
    store.remove(one.stored_name)
    store.remove(other.stored_name.replace(".jpg", "-shown.jpg"))

    found = check(engine, store, now=later(hours=25), sweep=True)

    assert (found.missing, found.altered, found.without_copy) == ([one.evidence_id], [], [other.evidence_id])
    assert [receipt.condition for receipt in evidence_of_buyer(engine, buyer_id=BUYER)] == ["missing", "kept"]


def test_evidence_is_kept_the_same_in_a_folder_and_over_the_wire(engine: Engine, store: Store, tmp_path: Path) -> None:
    """The original byte for byte, its copy beside it, nothing left over."""
    path = photo(tmp_path / "a.jpg")

    receipt = take(engine, store, path)

    with store.open(receipt.stored_name) as file:
        assert file.read() == path.read_bytes()
    assert names(store) == spoken_of(engine)
    assert len(names(store)) == 2


def test_a_store_that_is_away_makes_nothing_missing(engine: Engine, store: Store, tmp_path: Path) -> None:
    """What cannot be asked is not answered for."""
    take(engine, store, photo(tmp_path / "a.jpg"))

    with pytest.raises(OSError, match=r"."):
        check(engine, Store.at("s3://nowhere/x", "http://127.0.0.1:1"), now=later())

    assert [receipt.condition for receipt in evidence_of_buyer(engine, buyer_id=BUYER)] == ["kept"]


HANDING_IN = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from buyer_protection.disputes import connect
from buyer_protection.evidence import Store, hand_in

engine, store = connect(sys.argv[1]), Store.at(sys.argv[2])
print("ready", flush=True)
for number in range(int(sys.argv[4])):
    path = Path(sys.argv[3]) / f"{number}.jpg"
    receipt = hand_in(engine, store, buyer_id="buyer-1", path=path, original_name=path.name, channel="widget",
                      actor="buyer", now=datetime.now(timezone.utc))
    print(receipt.sha256, flush=True)
"""


def test_e14_killed_at_any_instant_no_row_is_without_its_file_and_nothing_confirmed_is_lost(tmp_path: Path) -> None:
    """After each kill every row's original is whole; after the sweep the files are those that rows speak of."""
    url, shelf = f"sqlite:///{tmp_path / 'claims.db'}", f"file://{tmp_path / 'kept'}"
    migrate(url)
    for number in range(4):
        photo(tmp_path / f"{number}.jpg", seed=number)
    engine, store = connect(url), Store.at(shelf)
    confirmed: set[str] = set()

    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", HANDING_IN, url, shelf, str(tmp_path), "4"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0, 2.5))
        process.send_signal(signal.SIGKILL)
        confirmed |= {line.strip() for line in process.communicate()[0].splitlines() if len(line.strip()) == 64}
        assert check(engine, store, now=later()).is_well

    assert {receipt.sha256 for receipt in evidence_of_buyer(engine, buyer_id=BUYER)} >= confirmed
    assert check(engine, store, now=later(hours=25), sweep=True).is_well
    assert names(store) == spoken_of(engine)
    engine.dispose()

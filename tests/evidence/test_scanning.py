"""E-10: what a scanner finds is not taken; what it has not answered about is taken, counts, and is shown to nobody."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from buyer_protection.disputes import Refused, events_of, find_claim
from buyer_protection.evidence import Receipt, Store, adopt, evidence_of_buyer, hand_in, held, rescan
from buyer_protection.evidence.scanning import CLEAN, INFECTED, WAITING, Scanner, ScannerAway
from buyer_protection.settings import SettingsError
from tests.disputes.made_up import BROKEN, BUYER, NOW, keep, opened
from tests.evidence.files import photo
from tests.evidence.scanners import EICAR, real_clamd, small_scanner
from tests.turns.conftest import free_port


@pytest.fixture
def shelf(tmp_path: Path) -> Store:
    """A folder for files."""
    return Store.at(f"file://{tmp_path / 'kept'}")


def infected(path: Path, seed: int = 0) -> Path:
    """A photo that opens, with what scanners find behind it."""
    photo(path, seed=seed)
    path.write_bytes(path.read_bytes() + EICAR)
    return path


def send(engine: Engine, shelf: Store, path: Path, scanner: Scanner | None) -> Receipt | Refused:
    """A buyer sends a file."""
    return hand_in(
        engine,
        shelf,
        buyer_id=BUYER,
        path=path,
        original_name=path.name,
        channel="widget",
        actor="buyer",
        now=NOW,
        scanner=scanner,
        at="claim-1",
    )


def test_e10_a_real_clamd_says_what_is_clean_and_what_is_not(tmp_path: Path) -> None:
    """Small ones, and one of many chunks with the find at its end."""
    with real_clamd(tmp_path) as clamd:
        scanner = Scanner(clamd.url)
        assert scanner.verdict(BytesIO(b"hello"), 60) == CLEAN
        assert scanner.verdict(BytesIO(EICAR), 60) == INFECTED
        assert scanner.verdict(BytesIO(bytes(3 * 1024**2) + EICAR), 60) == INFECTED
        assert scanner.verdict(BytesIO(photo(tmp_path / "a.jpg").read_bytes()), 60) == CLEAN


def test_e10_what_the_scanner_finds_is_refused_and_nothing_of_it_stays(
    engine: Engine, shelf: Store, tmp_path: Path
) -> None:
    """The same photo without it is taken, and is clean."""
    keep(engine, facts=BROKEN)
    with small_scanner() as scanner:
        refused = send(engine, shelf, infected(tmp_path / "a.jpg"), Scanner(scanner.url))
        taken = send(engine, shelf, photo(tmp_path / "b.jpg"), Scanner(scanner.url))

    assert refused == Refused("infected")
    assert isinstance(taken, Receipt)
    assert taken.scan == CLEAN
    assert scanner.seen == [path.stat().st_size for path in (tmp_path / "a.jpg", tmp_path / "b.jpg")]
    assert len(shelf.files()) == 2  # of the one that was taken: the original and its copy


@pytest.mark.parametrize("how", ["down", "slow"])
def test_e10_without_an_answer_a_file_counts_and_waits_until_there_is_one(
    engine: Engine, shelf: Store, tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then it is clean, or it counts no more: its claim is assessed again."""
    monkeypatch.setattr("buyer_protection.evidence.scanning.PATIENCE_SECONDS", 0.5)
    keep(engine, facts=BROKEN)
    port = free_port()
    if how == "down":
        first, second = (
            send(engine, shelf, path, Scanner(f"tcp://127.0.0.1:{port}"))
            for path in (photo(tmp_path / "a.jpg"), infected(tmp_path / "b.jpg", seed=1))
        )
    else:
        with small_scanner(port) as scanner:
            scanner.takes = 60
            began = time.monotonic()
            first = send(engine, shelf, photo(tmp_path / "a.jpg"), Scanner(scanner.url))
            second = send(engine, shelf, infected(tmp_path / "b.jpg", seed=1), Scanner(scanner.url))
            assert time.monotonic() - began < 20
    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)
    assert (first.scan, second.scan) == (WAITING, WAITING)
    assert counted(engine) == 2

    assert rescan(engine, shelf, Scanner(f"tcp://127.0.0.1:{port}"), now=NOW) == (0, [])  # it is still down
    with small_scanner(port) as scanner:
        asked = {"now": NOW, "tell": lambda _, buyer_id, name: (buyer_id, name)}
        assert rescan(engine, shelf, Scanner(scanner.url), **asked) == (2, [(BUYER, "b.jpg")])
        assert rescan(engine, shelf, Scanner(scanner.url), **asked) == (0, [])

    found = {file.original_name: file.scan for file in evidence_of_buyer(engine, buyer_id=BUYER)}
    assert found == {"a.jpg": CLEAN, "b.jpg": INFECTED}
    assert counted(engine) == 1


def test_e10_what_is_found_in_the_file_of_a_dispute_is_told_to_staff(
    engine: Engine, shelf: Store, tmp_path: Path
) -> None:
    """In its timeline, once."""
    dispute = opened(engine)
    path = infected(tmp_path / "a.jpg")
    given = {"buyer_id": BUYER, "original_name": "a.jpg", "channel": "widget", "actor": "buyer", "now": NOW}
    nobody = Scanner(f"tcp://127.0.0.1:{free_port()}")
    hand_in(engine, shelf, path=path, reference=dispute.reference, scanner=nobody, **given)  # type: ignore[arg-type]
    with small_scanner() as scanner:
        rescan(engine, shelf, Scanner(scanner.url), now=NOW)

    told = [event.detail for event in events_of(engine, reference=dispute.reference) if event.kind == "evidence_file"]
    assert [detail["condition"] for detail in told] == [INFECTED]


def test_e10_what_is_found_in_a_file_that_is_held_is_given_to_no_claim(
    engine: Engine, shelf: Store, tmp_path: Path
) -> None:
    """Nor is it offered to one."""
    held_file = {"buyer_id": BUYER, "original_name": "a.jpg", "channel": "widget", "actor": "buyer", "now": NOW}
    nobody = Scanner(f"tcp://127.0.0.1:{free_port()}")
    hand_in(engine, shelf, path=infected(tmp_path / "a.jpg"), scanner=nobody, **held_file)  # type: ignore[arg-type]
    assert len(held(engine, buyer_id=BUYER)) == 1
    with small_scanner() as scanner:
        rescan(engine, shelf, Scanner(scanner.url), now=NOW)
    keep(engine, facts=BROKEN)

    assert held(engine, buyer_id=BUYER) == []
    assert adopt(engine, buyer_id=BUYER, claim_id="claim-1", now=NOW) == 0


@pytest.mark.parametrize("url", ["clamd", "tcp://", "tcp://here", "unix:", "http://here:1", "tcp://here:x"])
def test_e10_a_scanner_that_is_nowhere_is_a_setting_that_is_refused(url: str) -> None:
    """By its name."""
    with pytest.raises(SettingsError, match="EVIDENCE_SCANNER"):
        Scanner(url)


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR", b"stream: OK maybe", b"OK", b"FOUND", b" "])
def test_e10_words_that_are_no_verdict_are_no_answer(says: bytes) -> None:
    """Such as that the file is larger than the scanner takes."""
    with small_scanner() as scanner:
        scanner.says = says
        with pytest.raises(ScannerAway):
            Scanner(scanner.url).verdict(BytesIO(b"x"), 5)


def counted(engine: Engine) -> int:
    """How many files are evidence of the claim."""
    claim = find_claim(engine, claim_id="claim-1", now=NOW)
    assert claim is not None
    return claim.facts.evidence or 0

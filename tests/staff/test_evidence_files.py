"""Staff see what a buyer handed in; what they take is written down, and what was altered is told."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from buyer_protection.evidence import Store
from buyer_protection.settings import settings
from tests.disputes.made_up import BROKEN, BUYER, keep
from tests.evidence.files import document, with_fields
from tests.staff.terminal import Terminal
from tests.turns.conftest import free_port


@pytest.fixture
def reference(desk: Engine, command: Terminal, tmp_path: Path) -> str:
    """A claim with a photo that says a lot of itself, and a document."""
    made = keep(desk, facts=BROKEN, now=datetime.now(timezone.utc)).reference
    for path in (with_fields(tmp_path / "lamp.jpg"), document(tmp_path / "bill.pdf")):
        assert command("evidence", "attach", made, path, "--actor", "ann").status == 0
    return made


def test_what_was_accepted_is_listed(reference: str, command: Terminal) -> None:
    """With what counts, the day it says it was taken, and what the copy leaves out."""
    photo, bill = command("evidence", "list", reference).json

    assert (photo["original_name"], photo["counts"], photo["captured_on"]) == ("lamp.jpg", True, "2024-02-28")
    assert "location" in photo["removed"]
    assert (bill["kind"], bill["counts"]) == ("document", False)
    assert command("evidence", "list", "--buyer", BUYER).json == [photo, bill]
    assert "lamp.jpg" in command("evidence", "list", reference, for_people=True).out
    assert "REFERENCE or --buyer" in command("evidence", "list").line


def test_e11_who_takes_an_original_is_written_down_with_the_reason(
    reference: str, command: Terminal, tmp_path: Path
) -> None:
    """It is the very file that was handed in; the copy says nothing of where it was taken."""
    photo, _ = command("evidence", "list", reference).json
    sealed, copy = tmp_path / "sealed", tmp_path / "copy"

    assert command("evidence", "fetch", photo["evidence_id"], copy, "--reason", "a look", "--actor", "ann").status == 0
    taken = command(
        "evidence", "fetch", photo["evidence_id"], sealed, "--original", "--reason", "is it real", "--actor", "bob"
    )

    assert taken.status == 0
    assert sealed.read_bytes() == (tmp_path / "lamp.jpg").read_bytes()
    assert b"SN-4711" not in copy.read_bytes()
    again, _ = command("evidence", "list", reference).json
    assert [(one["actor"], one["part"], one["reason"]) for one in again["taken_by"]] == [
        ("ann", "shown", "a look"),
        ("bob", "original", "is it real"),
    ]


def test_nothing_is_taken_without_a_reason_or_over_another_file(
    reference: str, command: Terminal, tmp_path: Path
) -> None:
    """Each is one line, and no access is noted that did not happen."""
    photo, bill = (file["evidence_id"] for file in command("evidence", "list", reference).json)
    there = tmp_path / "there"
    there.write_text("mine", encoding="ascii")

    assert "reason" in command("evidence", "fetch", photo, tmp_path / "a", "--reason", " ").line
    assert "--reason" in command("evidence", "fetch", photo, tmp_path / "b").line
    assert "something already" in command("evidence", "fetch", photo, there, "--reason", "x").line
    assert "no copy to show" in command("evidence", "fetch", bill, tmp_path / "c", "--reason", "x").line
    assert "no such evidence" in command("evidence", "fetch", "nothing", tmp_path / "d", "--reason", "x").line

    assert there.read_text(encoding="ascii") == "mine"
    assert all(file["taken_by"] == [] for file in command("evidence", "list", reference).json)


def test_e20_a_nightly_check_is_silent_until_something_is_wrong(
    reference: str, command: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then it names the files by their ids; a store that is away has another status, as nobody can tell."""
    photo, _ = command("evidence", "list", reference).json
    well = command("evidence", "check", "--sweep", "--quiet")
    assert (well.status, well.out, well.err) == (0, "", "")

    store = Store.of(settings())
    store.remove(photo["stored_name"])
    wrong = command("evidence", "check", "--quiet")
    assert (wrong.status, wrong.out) == (1, f"missing {photo['evidence_id']}\n")
    assert "1 missing, 0 altered" in wrong.err
    assert "lamp" not in wrong.out + wrong.err

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    monkeypatch.setenv("BUYER_PROTECTION_EVIDENCE_URL", "s3://bucket/sealed")
    monkeypatch.setenv("BUYER_PROTECTION_EVIDENCE_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    away = command("evidence", "check", "--quiet")
    assert (away.status, away.out) == (2, "")
    assert "nothing is known of the files" in away.err


def test_e20_an_original_that_was_altered_is_told_to_staff(reference: str, command: Terminal, tmp_path: Path) -> None:
    """By the check with a status of its own, and in the case."""
    assert command("evidence", "check").status == 0
    photo, bill = command("evidence", "list", reference).json
    stored = tmp_path / "evidence" / photo["stored_name"]
    content = bytearray(stored.read_bytes())
    content[len(content) // 2] ^= 1
    stored.write_bytes(content)
    (tmp_path / "evidence" / bill["stored_name"]).unlink()

    said = command("evidence", "check")

    assert said.status == 1
    assert (said.json["altered"], said.json["missing"]) == ([photo["evidence_id"]], [bill["evidence_id"]])
    assert "1 missing, 1 altered" in said.err
    files = command("claims", "show", reference).json["evidence"]
    assert [file["condition"] for file in files] == ["altered", "missing"]

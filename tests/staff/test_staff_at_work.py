"""Staff work a claim from its draft to a decision, by commands alone, on both databases."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from buyer_protection.disputes import STATEMENT, Opened, ask_for_person, open_dispute, record_note
from tests.disputes.made_up import BROKEN, BUYER, keep
from tests.evidence.files import photo
from tests.staff.terminal import Terminal

HOSTILE = "[bold red]broken[/] \N{RIGHT-TO-LEFT OVERRIDE}{order_id}"


@pytest.fixture
def now() -> datetime:
    """The commands work by the real clock, so what buyers told happened lately."""
    return datetime.now(timezone.utc)


def told(now: datetime) -> dict[str, Any]:
    """A broken lamp, whose seller was asked for the money twelve days ago."""
    asked_on: date = now.date() - timedelta(days=12)
    return {"facts": BROKEN | {"refund_requested_on": asked_on.isoformat()}, "now": now, "statement": HOSTILE}


def test_from_a_draft_to_a_decision(desk: Engine, command: Terminal, tmp_path: Path, now: datetime) -> None:
    """List, attach, verify, ask, review, decide; each step seen by the next."""
    reference = keep(desk, **told(now)).reference
    (draft,) = command("claims", "list").json
    assert (draft["reference"], draft["outcome"]) == (reference, "evidence_needed")

    attached = command("evidence", "attach", reference.lower(), photo(tmp_path / "a.jpg"), "--actor", "ann")
    assert f"attached to {reference}" in attached.out
    assert isinstance(open_dispute(desk, claim_id="claim-1", buyer_id=BUYER, turn_id="t2", now=now), Opened)
    assert [row["reference"] for row in command("disputes", "list").json] == [reference]
    assert command("claims", "list").json == []

    verified = command("disputes", "verify", reference, "receipt_slip_signed", "true", "--source", "slip 12")
    assert "receipt_slip_signed is verified" in verified.out
    assert command("disputes", "ask", reference, "supplier", "--reason", "Was it packed?").out == (
        f"{reference}: awaiting_supplier\n"
    )
    assert command("disputes", "review", reference).status == 0
    decided = command("disputes", "decide", reference, "partial", "--reason", "half is fair", "--actor", "bob")
    assert decided.out == f"{reference}: decided\n"

    case = command("disputes", "show", reference).json
    assert (case["dispute"]["status"], case["dispute"]["decision"]) == ("decided", "partial")
    assert case["verified"] == ["receipt_slip_signed"]
    assert {reason["clause"] for reason in case["why"]} >= {"COV-1", "EVID-1", "BRK-W1"}
    assert [file["original_name"] for file in case["evidence"]] == ["a.jpg"]
    timeline = [(event["kind"], event["actor"]) for event in case["timeline"]]
    assert timeline[0] == ("opened", "buyer")
    assert timeline[-1] == ("decided", "bob")
    assert [kind for kind, _ in timeline] == ["opened", "verified", "asked", "reviewed", "decided"]
    assert [row["reference"] for row in command("disputes", "list", "--status", "decided").json] == [reference]
    assert command("disputes", "list").json == []


def test_a_person_sees_the_whole_case_and_nothing_in_it_has_power(
    desk: Engine, command: Terminal, now: datetime
) -> None:
    """Facts, why, evidence, notes and timeline; what a buyer typed is shown as it is, without invisible letters."""
    reference = keep(desk, **told(now)).reference
    record_note(desk, buyer_id=BUYER, claim_id="claim-1", topic="chargeback", text="my bank too", turn_id="t", now=now)

    said = command("claims", "show", reference, for_people=True)

    assert "[bold red]broken[/] \N{REPLACEMENT CHARACTER}{order_id}" in said.out
    for seen in (reference, "supplier_response", "EVID-1", "declared", "my bank too"):
        assert seen in said.out
    assert reference in command("claims", "list", for_people=True).out
    assert "Timeline" not in said.out


def test_a_draft_is_verified_by_its_reference_too(desk: Engine, command: Terminal, now: datetime) -> None:
    """Each kind of value as it is typed."""
    reference = keep(desk, **told(now)).reference

    for fact, value, kept in [
        ("listing_said", "used,defective", ["defective", "used"]),
        ("listing_said", "none", []),
        ("paid_through_escrow", "no", False),
        ("quantity_ordered", "20", 20),
        ("refund_requested_on", "2024-02-20", "2024-02-20"),
        ("supplier_proved_description", "true", True),
    ]:
        assert command("disputes", "verify", reference, fact, value).status == 0
        assert command("claims", "show", reference).json["facts"][fact] == kept
    command("disputes", "verify", reference, "paid_through_escrow", "null")
    assert command("claims", "show", reference).json["facts"]["paid_through_escrow"] is True


def test_what_cannot_be_done_is_one_line(desk: Engine, command: Terminal, now: datetime, tmp_path: Path) -> None:
    """With the reference, or what is wrong with it."""
    reference = keep(desk, **told(now)).reference
    wrong: list[tuple[list[object], str]] = [
        (["disputes", "show", "C7KF-3M9P-K"], "no such reference"),
        (["disputes", "show", "C7KF-3M9P-M"], "is no reference"),
        (["disputes", "show", reference], "claims show"),
        (["claims", "show", "C7KF-3M9P-K"], "no such reference"),
        (["disputes", "decide", reference, "partial", "--reason", "x"], "no such reference"),
        (["disputes", "decide", reference, "won", "--reason", "x"], "outcome"),
        (["disputes", "ask", reference, "carrier", "--reason", "x"], "side"),
        (["disputes", "list", "--status", "lost"], "--status"),
        (["disputes", "verify", reference, "colour", "red"], "colour"),
        (["disputes", "verify", reference, "evidence", "3"], "evidence"),
        (["disputes", "verify", reference, "paid_through_escrow", "perhaps"], "paid_through_escrow"),
        (["disputes", "verify", reference, "quantity_ordered", "-1"], "No such option"),
        (["disputes", "review", reference, "--actor", "a b"], "actor"),
        (["evidence", "attach", "C7KF-3M9P-K", photo(tmp_path / "a.jpg")], "no such reference"),
        (["people", "done", "C7KF-3M9P-K"], "no such reference"),
    ]
    for arguments, expected in wrong:
        assert expected in command(*arguments).line, arguments


def test_of_several_files_the_good_ones_are_attached(
    desk: Engine, command: Terminal, now: datetime, tmp_path: Path
) -> None:
    """Each of the others is a line, and the status says that not all went well."""
    reference = keep(desk, **told(now)).reference
    (tmp_path / "b.jpg").write_text("no", encoding="ascii")

    said = command("evidence", "attach", reference, tmp_path / "b.jpg", photo(tmp_path / "a.jpg"), tmp_path / "c.jpg")

    assert said.status == 2
    assert said.out.count("\n") == 1
    assert [line.split(": ")[0] for line in said.err.splitlines()] == [f"{tmp_path}/b.jpg", f"{tmp_path}/c.jpg"]
    assert len(command("claims", "show", reference).json["evidence"]) == 1


def test_a_move_out_of_order_names_where_the_dispute_stands(
    desk: Engine, command: Terminal, now: datetime, tmp_path: Path
) -> None:
    """A decision needs a review first."""
    reference = keep(desk, **told(now)).reference
    command("evidence", "attach", reference, photo(tmp_path / "a.jpg"))
    open_dispute(desk, claim_id="claim-1", buyer_id=BUYER, turn_id="t2", now=now)

    assert "opened" in command("disputes", "decide", reference, "partial", "--reason", "x").line


def test_buyers_who_want_a_person_are_listed_and_then_done(desk: Engine, command: Terminal, now: datetime) -> None:
    """The reference is the one the buyer was told."""
    reference = ask_for_person(desk, buyer_id=BUYER, claim_id=None, turn_id="t", now=now, reason=HOSTILE)

    (row,) = command("people", "list").json
    assert (row["reference"], row["reason"]) == (reference, HOSTILE)
    assert reference in command("people", "list", for_people=True).out
    assert command("people", "done", reference).out == f"{reference}: closed\n"
    assert json.loads(command("people", "list").out) == []
    assert "closed" in command("people", "done", reference).line


def test_what_a_buyer_wrote_at_length_is_found_before_there_is_a_claim_and_with_it(
    desk: Engine, command: Terminal, now: datetime, tmp_path: Path
) -> None:
    """Under the buyer first; then with the claim, and with the dispute that it becomes."""
    long = {"topic": STATEMENT, "text": HOSTILE * 100}
    record_note(desk, buyer_id=BUYER, claim_id=None, turn_id="m1", now=now, **long)
    (note,) = command("people", "told", BUYER).json
    assert {name: note[name] for name in long} == long
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in command("people", "told", BUYER, for_people=True).out
    assert "buyer_id" in command("people", "told", "a b").line

    reference = keep(desk, **told(now)).reference

    assert command("people", "told", BUYER).json == []
    assert [found["text"] for found in command("claims", "show", reference).json["notes"]] == [long["text"]]
    command("evidence", "attach", reference, photo(tmp_path / "a.jpg"))
    open_dispute(desk, claim_id="claim-1", buyer_id=BUYER, turn_id="t2", now=now)
    assert [found["text"] for found in command("disputes", "show", reference).json["notes"]] == [long["text"]]

"""An edition is a document: other numbers need no code, and a broken document is refused by the field's name."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from buyer_protection.policy import (
    Edition,
    EditionError,
    Facts,
    assess,
    edition_from_dict,
    edition_on,
    load_editions,
    shipped_editions,
)
from tests.policy.claims import a_claim

FIRST = {
    "id": "undated",
    "title": "About AliExpress Buyer Protection",
    "dated": "undated",
    "in_force_from": None,
    "waiting_days": 10,
    "time_zone": "UTC",
    "payment_methods": ["paypal", "visa", "mastercard", "moneybookers", "bank_transfer"],
}
SECOND = {
    "id": "second",
    "title": "Buyer Protection",
    "dated": "June 2024",
    "in_force_from": "2024-06-01",
    "waiting_days": 3,
    "time_zone": "Asia/Shanghai",
    "payment_methods": ["visa", "shells"],
}
EDITIONS = (edition_from_dict(FIRST), edition_from_dict(SECOND))

DAYS = "waiting_days: a whole number of days from 0 to 365 is expected"
FIRST_DAY = "in_force_from: an ISO date or null is expected"
METHODS = "payment_methods: a list of names like bank_transfer is expected"
ONCE = "payment_methods: each method once, and never 'other', which always exists"
FIELDS = "dated, id, in_force_from, payment_methods, time_zone, title, waiting_days"

#: A shelf of broken documents: what is different from the second edition, and what is said of it.
BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "id that is no text": ({"id": 2}, "id: a text that is not empty is expected"),
    "blank title": ({"title": " "}, "title: a text that is not empty is expected"),
    "no date of the text": ({"dated": None}, "dated: a text that is not empty is expected"),
    "empty zone": ({"time_zone": ""}, "time_zone: a text that is not empty is expected"),
    "zone that does not exist": ({"time_zone": "Mars/Base"}, "time_zone: 'Mars/Base' is not a known time zone"),
    "zone that is a folder": ({"time_zone": "Europe"}, "time_zone: 'Europe' is not a known time zone"),
    "zone that leads elsewhere": ({"time_zone": "../UTC"}, "time_zone: '../UTC' is not a known time zone"),
    "days in words": ({"waiting_days": "ten"}, DAYS),
    "days as a truth": ({"waiting_days": True}, DAYS),
    "half a day": ({"waiting_days": 2.5}, DAYS),
    "days before the request": ({"waiting_days": -1}, DAYS),
    "more days than a year has": ({"waiting_days": 366}, DAYS),
    "first day that does not exist": ({"in_force_from": "2024-02-30"}, FIRST_DAY),
    "first day as a number": ({"in_force_from": 20240601}, FIRST_DAY),
    "methods as a text": ({"payment_methods": "visa"}, METHODS),
    "methods as a tuple of letters": ({"payment_methods": ("visa",)}, METHODS),
    "no methods": ({"payment_methods": []}, METHODS),
    "method of two words": ({"payment_methods": ["visa", "bank transfer"]}, METHODS),
    "method that is no text": ({"payment_methods": [1]}, METHODS),
    "method twice": ({"payment_methods": ["visa", "visa"]}, ONCE),
    "other among the methods": ({"payment_methods": ["visa", "other"]}, ONCE),
}


@pytest.mark.parametrize(("different", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_document_is_refused_by_the_field(different: dict[str, Any], said: str) -> None:
    """One fault each, and the message begins with the field's name."""
    with pytest.raises(EditionError) as refused:
        edition_from_dict({**SECOND, **different})

    assert str(refused.value) == said


def test_a_document_has_exactly_the_fields_of_an_edition() -> None:
    """A field that is missing is named, and so is one too many."""
    lacking = {name: value for name, value in SECOND.items() if name != "time_zone"}

    with pytest.raises(EditionError) as refused:
        edition_from_dict(lacking)
    assert str(refused.value) == f"time_zone: every edition has exactly the fields {FIELDS}"
    with pytest.raises(EditionError) as refused:
        edition_from_dict({**lacking, "colour": "red"})
    assert str(refused.value) == f"colour, time_zone: every edition has exactly the fields {FIELDS}"


@pytest.mark.parametrize("document", [None, 10, "second", [SECOND], list(SECOND)])
def test_a_document_is_an_object(document: Any) -> None:
    """Also a list of the right names is not one."""
    with pytest.raises(EditionError, match=r"^document: an object with the fields of an edition is expected$"):
        edition_from_dict(document)


@pytest.mark.parametrize("days", [0, 1, 365])
def test_the_number_of_days_is_data(days: int) -> None:
    """From the same day to a year later."""
    edition = edition_from_dict({**FIRST, "waiting_days": days})
    answer = assess(
        Facts.from_dict(a_claim("not_received", refund_requested_on="2024-01-01")), date(2024, 1, 1), [edition]
    )

    assert answer.outcome == ("wait" if days else "eligible")
    assert answer.earliest_dispute_on == date.fromordinal(date(2024, 1, 1).toordinal() + days)


def test_a_document_says_everything_that_an_edition_is() -> None:
    """Nothing of it is lost on the way."""
    assert edition_from_dict(SECOND) == Edition(
        id="second",
        title="Buyer Protection",
        dated="June 2024",
        in_force_from=date(2024, 6, 1),
        waiting_days=3,
        time_zone="Asia/Shanghai",
        payment_methods=("visa", "shells"),
    )
    assert EDITIONS[0].in_force_from is None


def test_the_shipped_edition_is_the_undated_one() -> None:
    """Ten days, UTC, five ways to pay; read once."""
    assert shipped_editions() == (edition_from_dict(FIRST),)
    assert shipped_editions() is shipped_editions()


@pytest.mark.parametrize(
    ("requested_on", "edition", "first_day"),
    [("2024-05-31", "undated", "2024-06-10"), ("2024-06-01", "second", "2024-06-04")],
)
def test_a_claim_is_judged_by_the_edition_in_force_on_its_first_refund_request(
    requested_on: str, edition: str, first_day: str
) -> None:
    """A later edition does not reach back, on whatever day the claim is looked at."""
    told = Facts.from_dict(a_claim("not_received", refund_requested_on=requested_on))

    for on in (date(2024, 5, 1), date(2024, 6, 5), date(2025, 1, 1)):
        answer = assess(told, on, EDITIONS)

        assert answer.edition == edition
        assert answer.earliest_dispute_on == date.fromisoformat(first_day)


@pytest.mark.parametrize(("on", "edition"), [("2024-05-31", "undated"), ("2024-06-01", "second")])
def test_without_a_request_the_edition_of_the_day_applies(on: str, edition: str) -> None:
    """There is nothing else to go by yet."""
    assert assess(Facts(), date.fromisoformat(on), EDITIONS).edition == edition


@pytest.mark.parametrize(("method", "edition"), [("paypal", "undated"), ("shells", "second")])
def test_the_list_of_methods_is_that_of_the_edition(method: str, edition: str) -> None:
    """PAY-1: a method that only the other edition lists counts as other."""
    told = Facts.from_dict(a_claim("not_received", paid_through_escrow=None, payment_method=method), editions=EDITIONS)

    for requested_on in (date(2024, 5, 31), date(2024, 6, 1)):
        answer = assess(told.with_(refund_requested_on=requested_on), requested_on, EDITIONS)

        assert answer.outcome == ("more_information_needed" if answer.edition == edition else "not_eligible")
        assert answer.clauses == ("PAY-1",)


def test_editions_may_come_in_any_order() -> None:
    """The newest that has begun is in force, also where one has begun on the first day of the calendar."""
    ancient = edition_from_dict({**SECOND, "id": "ancient", "in_force_from": "0001-01-01"})
    shuffled = (ancient, EDITIONS[1], EDITIONS[0])

    assert edition_on(date(2024, 5, 31), EDITIONS[::-1]) == EDITIONS[0]
    assert edition_on(date(2024, 6, 1), EDITIONS[::-1]) == EDITIONS[1]
    assert edition_on(date.min, shuffled) == ancient
    assert edition_on(date.max, shuffled) == EDITIONS[1]
    assert edition_on(date.max) == shipped_editions()[0]


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        ([], "in_force_from: one edition must be in force since ever (null)"),
        ([SECOND], "in_force_from: one edition must be in force since ever (null)"),
        ([FIRST, {**FIRST, "id": "again"}], "in_force_from: two editions have the same"),
        ([FIRST, SECOND, {**SECOND, "id": "again"}], "in_force_from: two editions have the same"),
        ([FIRST, {**SECOND, "id": "undated"}], "id: two editions have the same"),
    ],
)
def test_editions_that_cannot_stand_together_are_refused(documents: list[dict[str, Any]], said: str) -> None:
    """One since ever, each name and each first day once."""
    with pytest.raises(EditionError) as refused:
        edition_on(date(2024, 1, 1), [edition_from_dict(document) for document in documents])

    assert str(refused.value) == said


def test_a_folder_of_documents_is_read_oldest_first(tmp_path: Path) -> None:
    """One file for each edition, whatever the file is called; other files are left alone."""
    (tmp_path / "a.json").write_text(json.dumps(SECOND), encoding="utf-8")
    (tmp_path / "b.json").write_text(
        json.dumps({**FIRST, "title": "Käuferschutz"}, ensure_ascii=False), encoding="utf-8"
    )
    (tmp_path / "notes.txt").write_text("not an edition", encoding="utf-8")

    assert [edition.id for edition in load_editions(tmp_path)] == ["undated", "second"]
    assert load_editions(tmp_path)[0].title == "Käuferschutz"


#: A shelf of broken files: what is in them, and what is said of them.
BROKEN_FILES: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"waiting_days: 10", "second.json: Expecting value"),
    "cut off": (b'{"id": "second"', "second.json: Expecting ',' delimiter"),
    "not UTF-8": (b'{"id": "\xff"}', "second.json: 'utf-8' codec can't decode"),
    "a list": (b"[]", "second.json: document: an object"),
    "a broken edition": (json.dumps({**SECOND, "waiting_days": None}).encode(), f"second.json: {DAYS}"),
    "one field twice": (
        json.dumps(SECOND).replace('"dated"', '"waiting_days": 3, "dated"').encode(),
        "second.json: waiting_days: given twice",
    ),
}


@pytest.mark.parametrize(("content", "said"), BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_a_broken_file_is_refused_by_its_name(tmp_path: Path, content: bytes, said: str) -> None:
    """The message begins with the file, then says what is wrong with it."""
    (tmp_path / "second.json").write_bytes(content)

    with pytest.raises(EditionError) as refused:
        load_editions(tmp_path)

    assert str(refused.value).startswith(said)

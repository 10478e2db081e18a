"""What comes without having been asked for: from staff, from a reminder, from a server that is newer than the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import pytest
from playwright.sync_api import expect

from tests.faults.stage import Stage
from tests.widget.accessible import barriers
from tests.widget.chat import ANSWERED_WITHIN, Chat
from tests.widget.journeys import today
from tests.widget.pushed import push
from tests.widget.states import countdown
from tests.widget.uploading import heard

#: What no page of today can draw, and what lacks what it should have: each is shown in its words.
STRANGE: Final[Mapping[str, Mapping[str, Any]]] = {
    "another kind": {"kind": "of_next_year", "reference": "BP-1", "list": [1, {"a": None}]},
    "another input": {"kind": "question", "slot": "mood", "input": "hologram"},
    "a question of evidence without a list": {"kind": "question", "input": "evidence", "helps": 7},
    "an assessment of nothing": {"kind": "assessment"},
    "clauses that are none": {"kind": "assessment", "outcome": "wait", "clauses": 7, "earliest_dispute_on": "soon"},
    "files that are none": {"kind": "sent_files", "files": "many"},
    "a dispute without a reference": {"kind": "dispute", "status": "opened", "opened_on": "soon"},
}


def test_what_staff_says_bears_their_name(chat: Chat, stage: Stage) -> None:
    """It is seen and heard that a person wrote it, at once, and nobody's focus moves."""
    chat.open()
    chat.type("hello")

    push(stage, chat.buyer, "I have read your claim.\n\n- It is complete.", sender="staff", custom={"kind": "handoff"})

    said = chat.part("message-staff")
    expect(said).to_contain_text("Support staff", timeout=ANSWERED_WITHIN)
    expect(said.get_by_role("listitem")).to_have_text("It is complete.")
    expect(said.get_by_text("Support staff")).to_be_in_viewport()
    assert any(line.startswith("Support staff: I have read your claim.") for line in heard(chat))
    expect(chat.input).to_be_focused()
    assert barriers(chat.page) == []


def test_what_comes_while_it_is_closed_is_counted_until_it_is_seen(chat: Chat, stage: Stage) -> None:
    """The launcher and the page are told how many; a reload changes nothing; who opens it has seen them."""
    chat.open()
    chat.type("hello")
    chat.panel.get_by_role("button", name="Close the chat").click()
    expect(chat.part("badge")).to_be_hidden()
    chat.page.evaluate(
        "window.counts = []; document.querySelector('buyer-protection-chat')"
        ".addEventListener('buyer-protection-unread', event => window.counts.push(event.detail))"
    )

    push(stage, chat.buyer, "The dispute can be opened now.", custom={"kind": "reminder"})
    push(stage, chat.buyer, "And I am here too.", sender="staff")

    expect(chat.part("badge")).to_have_text("2", timeout=ANSWERED_WITHIN)
    expect(chat.launcher).to_have_accessible_name("Help with an order, 2 new messages")
    assert chat.page.evaluate("window.counts.at(-1)") == 2
    chat.page.reload()
    expect(chat.part("badge")).to_have_text("2", timeout=ANSWERED_WITHIN)
    chat.open()
    expect(chat.messages.last).to_contain_text("And I am here too.")
    chat.panel.get_by_role("button", name="Close the chat").click()
    expect(chat.part("badge")).to_be_hidden()
    chat.page.reload()
    expect(chat.launcher).to_have_accessible_name("Help with an order")
    chat.settle()
    expect(chat.part("badge")).to_be_hidden()


def test_a_reminder_has_its_buttons_and_its_day(chat: Chat, stage: Stage) -> None:
    """It can be answered at once, and the calendar file of the claim is fetched from it."""
    countdown(chat)
    waiting = next(each["custom"] for each in reversed(chat.told()) if each["custom"].get("calendar"))
    custom = {"kind": "reminder", "reference": waiting["reference"], "calendar": waiting["calendar"]}

    push(
        stage,
        chat.buyer,
        "Your dispute can be opened.",
        buttons=[{"title": "Go on", "payload": "/greet"}],
        custom=custom,
    )

    said = chat.part("message-assistant").filter(has_text="Your dispute can be opened.")
    expect(said).to_have_count(1, timeout=ANSWERED_WITHIN)
    assert any("Your dispute can be opened. Go on" in line for line in heard(chat))
    with chat.page.expect_download() as saved:
        said.locator('[part~="calendar"]').click()
    assert "BEGIN:VCALENDAR" in saved.value.path().read_text(encoding="utf-8")
    assert barriers(chat.page) == []
    chat.press("Go on")


@pytest.mark.parametrize("custom", STRANGE.values(), ids=list(STRANGE))
def test_what_the_page_cannot_draw_is_told_in_its_words(chat: Chat, stage: Stage, custom: Mapping[str, Any]) -> None:
    """Its words and its buttons are there, and so is what comes after it, also after a reload."""
    chat.open()
    chat.type("hello")

    push(stage, chat.buyer, "Words of my own.", buttons=[{"title": "Go on", "payload": "/greet"}], custom=custom)

    expect(chat.messages.last).to_contain_text("Words of my own.", timeout=ANSWERED_WITHIN)
    assert any("Words of my own. Go on" in line for line in heard(chat))
    chat.press("Go on")
    chat.page.reload()
    chat.open()
    chat.settle()
    expect(chat.messages.filter(has_text="Words of my own.")).to_have_count(1)


#: Where a dispute stands, which step is now, and how many are behind it and ahead of it.
STEPS: Final = {
    "opened": ("Opened on", 0, 3),
    "awaiting_supplier": ("The seller answers", 1, 2),
    "awaiting_buyer": ("Your answer is needed", 1, 2),
    "under_review": ("The platform weighs both sides", 2, 1),
    "decided": ("Decided", 3, 0),
    "withdrawn": ("Withdrawn", 1, 0),
}


def test_a_dispute_says_where_it_stands(chat: Chat, stage: Stage) -> None:
    """Each status has its step; what is behind is done, what is ahead has no mark; words say so, not colours alone."""
    chat.open()
    for status, (step, done, ahead) in STEPS.items():
        custom = {"kind": "dispute", "reference": "BP-7K2M", "status": status, "opened_on": "2024-03-11"}
        push(stage, chat.buyer, f"It is {status}.", custom=custom)
        card = chat.part("dispute").filter(has_text=f"It is {status}.")
        expect(card).to_have_count(1, timeout=ANSWERED_WITHIN)
        expect(card.locator("[aria-current=step]")).to_contain_text(f"{step}")
        expect(card.locator("[aria-current=step]")).to_contain_text("(now)")
        expect(card.locator("[part~=timeline] li", has_text="(done)")).to_have_count(done)
        expect(card.locator("[part~=timeline] li")).to_have_count(done + 1 + ahead)
        expect(card.locator("[part~=timeline]")).to_contain_text(re.compile("Opened on Monday,? 11 March 2024"))
    assert barriers(chat.page) == []


def test_a_status_of_tomorrow_marks_no_step_as_now(chat: Chat, stage: Stage) -> None:
    """Nothing is said that is not known."""
    chat.open()
    custom = {"kind": "dispute", "reference": "BP-7K2M", "status": "on_the_moon", "opened_on": "2024-03-11"}

    push(stage, chat.buyer, "It is elsewhere.", custom=custom)

    expect(chat.part("dispute")).to_contain_text("It is elsewhere.", timeout=ANSWERED_WITHIN)
    expect(chat.part("dispute").locator("[aria-current=step]")).to_have_count(0)


def test_the_reference_is_copied(chat: Chat, stage: Stage) -> None:
    """What is pasted is the reference and nothing else, and that it was copied is heard."""
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.open()
    custom = {"kind": "dispute", "reference": "BP-7K2M", "status": "opened", "opened_on": "2024-03-11"}
    push(stage, chat.buyer, "It is open.", custom=custom)

    chat.part("copy").click(timeout=ANSWERED_WITHIN)

    expect(chat.part("copy")).to_have_text("Copied")
    assert "Copied" in heard(chat)
    chat.input.press("Control+v")
    expect(chat.input).to_have_value("BP-7K2M")


def test_the_days_of_waiting_are_counted_from_today(chat: Chat, stage: Stage) -> None:
    """The meter and its words say the same, and a card whose day has come says that."""
    countdown(chat)
    card = chat.part("countdown").last
    expect(card).to_contain_text("6 days left")
    expect(card).to_contain_text("Day 4 of 10")
    expect(card.get_by_role("meter", name="Day 4 of 10")).to_have_js_property("value", 4)
    day = today() - timedelta(days=1)
    custom = {"kind": "assessment", "outcome": "wait", "earliest_dispute_on": day.isoformat(), "waiting_days": 10}

    chat.type("thank you")
    push(stage, chat.buyer, "Told some days ago.", custom=custom)

    over = chat.part("assessment").filter(has_text="Told some days ago.")
    expect(over).to_contain_text("The waiting days are over.", timeout=ANSWERED_WITHIN)
    expect(over).to_contain_text("Day 10 of 10")


def test_a_question_that_is_asked_again_can_be_answered_in_one_place(chat: Chat, stage: Stage) -> None:
    """The buttons above stay to be read and have had their time; those of another question are left alone."""
    chat.open()
    chat.type("hello")
    asked = {"kind": "question", "input": "choice"}
    for slot in ("wish", "helped", "wish"):
        buttons = [{"title": f"About {slot}", "payload": "/greet"}]
        push(stage, chat.buyer, f"A question about {slot}", buttons=buttons, custom={**asked, "slot": slot})

    wishes = chat.panel.get_by_role("button", name="About wish")
    expect(wishes).to_have_count(2, timeout=ANSWERED_WITHIN)
    expect(wishes.first).to_have_attribute("aria-disabled", "true")
    expect(wishes.last).to_be_enabled()
    expect(chat.panel.get_by_role("button", name="About helped")).to_be_enabled()
    chat.page.reload()
    chat.open()
    expect(chat.panel.get_by_role("button", name="About wish").first).to_have_attribute("aria-disabled", "true")
    chat.press("About wish")
    expect(wishes.first).not_to_have_attribute("aria-pressed", "true")

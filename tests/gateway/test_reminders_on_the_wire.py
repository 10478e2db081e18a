"""A reminder as a page meets it: it comes by itself, its button goes on, and the day is a file for the calendar."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy.engine import Engine

from buyer_protection.disputes import KeptClaim, connect, keep_claim
from tests.disputes.made_up import NOT_RECEIVED
from tests.gateway.conftest import on
from tests.gateway.served import Page, Served, said, token_of

pytestmark = [pytest.mark.xdist_group("gateway"), on("sqlite")]

#: Seconds in which a gateway that looks every five has said what is due.
SOON = 20
#: Everything that is asked before the summary.
TOLD = NOT_RECEIVED | {"cannot_tell": ["delivery_due_on"]}


@pytest.fixture
def store(running: Served) -> Iterator[Engine]:
    """The database of the running processes."""
    made = connect(running.database_url)
    yield made
    made.dispose()


def kept(store: Engine, page: Page, days_ago: int, **changes: Any) -> KeptClaim:
    """A claim of the page's buyer whose refund request was so many days ago, told the day after that."""
    requested_on = datetime.now(timezone.utc) - timedelta(days=days_ago)
    told: dict[str, Any] = {
        "facts": {**TOLD, "refund_requested_on": requested_on.date().isoformat()},
        "order_id": "8012345678",
        "item": "lamp",
        "statement": "Nothing came.",
        "wish": "My money back.",
        "now": requested_on + timedelta(days=1),
    }
    claim_id = f"claim-{page.buyer}-{days_ago}"
    return keep_claim(store, claim_id=claim_id, buyer_id=page.buyer, turn_id="t", **(told | changes))


def reminders(page: Page) -> list[dict[str, Any]]:
    """The reminders of the page's history, once there is one."""
    end = time.monotonic() + SOON
    found: list[dict[str, Any]] = []
    while not found and time.monotonic() < end:
        found = [message for message in page.history()["messages"] if message["custom"].get("kind") == "reminder"]
        time.sleep(0.2)
    return found


def test_it_comes_by_itself_and_its_button_takes_the_claim_up_where_it_was(page: Page, store: Engine) -> None:
    """R-13: streamed to who looks, kept for who does not; nothing is asked twice, the next question is the consent."""
    page.say("hello")
    newest = page.history()["messages"][-1]["id"]
    with page.events(after=newest) as events:
        claim = kept(store, page, 10)
        message = next(data for name, data in events if name == "message")

    assert message["custom"]["reference"] == claim.reference
    assert (message["from"], message["custom"]["kind"]) == ("assistant", "reminder")
    answer = page.press(f"Go on with {claim.reference}", [message])
    assert answer[-1]["custom"]["slot"] == "consent"
    opened = page.press("Yes, open it", answer)
    assert claim.reference in said(opened)
    assert len(reminders(page)) == 1


def test_it_leaves_the_open_question_and_its_buttons_as_they_are(page: Page, store: Engine) -> None:
    """The button of the question is pressed after it and answers it."""
    asked = page.say("my lamp came broken")
    kept(store, page, 10)
    [reminder] = reminders(page)

    assert "what I asked you before" in reminder["text"]
    answered = page.press("Yes", asked)
    assert answered[-1]["custom"]["slot"] not in (asked[-1]["custom"]["slot"], "consent")
    taken_up = page.press(reminder["buttons"][0]["title"], [reminder])
    assert taken_up[-1]["custom"]["slot"] == "consent"
    typed = page.say("yes")
    assert "Your dispute is open" in said(typed)


def test_a_typed_yes_after_it_does_not_agree_to_the_summary_before_it(page: Page, store: Engine) -> None:
    """The summary comes again, and only then a yes is one."""
    page.say("hello")
    claim = kept(store, page, 11)
    [first] = reminders(page)
    page.press(first["buttons"][0]["title"], [first])
    other = kept(store, page, 10, order_id="8012345679", item="chair")
    while len(reminders(page)) < 2:
        time.sleep(0.2)

    answered = page.say("yes")

    assert "Your dispute is open" not in said(answered)
    assert answered[-1]["custom"]["slot"] == "consent"
    assert claim.reference in said(page.say("yes"))
    assert other.reference != claim.reference


def fetched(url: str) -> httpx.Response:
    """What is at an address, without any token: a calendar program has none."""
    return httpx.get(url, trust_env=False, verify=False, timeout=20)


def test_the_day_that_is_waited_for_is_a_calendar_file(page: Page, store: Engine) -> None:
    """Offered with the message that says to wait, and again by the reminder; opened without a token, for a while."""
    claim = kept(store, page, 3, now=datetime.now(timezone.utc))
    page.say("hello")
    waiting = page.say(f"go on with my claim {claim.reference}")[-1]["custom"]

    assert (waiting["outcome"], waiting["waiting_days"], waiting["days_left"]) == ("wait", 10, 7)
    response = fetched(page.url + waiting["calendar"])

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert "attachment" in response.headers["Content-Disposition"]
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["DTSTART"].dt == date.fromisoformat(waiting["earliest_dispute_on"])
    assert claim.reference in event["SUMMARY"]
    assert claim.order_id not in response.text


def test_a_calendar_file_is_one_buyers_own(running: Served, store: Engine) -> None:
    """Unsigned, changed, or signed for another buyer's claim, it is as if there was none."""
    alice, mallory = running.page(), running.page()
    hers, his = (kept(store, page, 3, now=datetime.now(timezone.utc)) for page in (alice, mallory))
    mallory.say("hello")
    signed = mallory.say(f"go on with my claim {his.reference}")[-1]["custom"]["calendar"]
    path, _, query = signed.partition("?")

    assert fetched(running.url + signed).status_code == 200
    for other in (path, f"{path}?{query}0", f"/widget/calendar/{hers.reference}.ics?{query}"):
        response = fetched(running.url + other)
        assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")


def test_there_is_no_calendar_file_where_no_day_is_known(page: Page, store: Engine, running: Served) -> None:
    """Neither offered nor found: a claim without a refund request, and a reference that does not exist."""
    claim = kept(store, page, 3, facts={"claim_type": "broken", "refund_requested": False})
    page.say("hello")
    told = page.say(f"go on with my claim {claim.reference}")

    assert not any("calendar" in message["custom"] for message in told)
    for reference in (claim.reference, "C7KF-3M9P-K", "nothing"):
        assert fetched(f"{running.url}/widget/calendar/{reference}.ics?until=1&signature=x").status_code == 404


def test_a_button_of_another_buyers_reminder_does_nothing(running: Served, store: Engine) -> None:
    """Tokens are signed for a conversation, and claims are looked up for their buyer."""
    alice, mallory = running.page(), running.page()
    alice.say("hello")
    claim = kept(store, alice, 10)
    [reminder] = reminders(alice)
    mallory.say("hello")

    answered = mallory.post({"id": "steal", "payload": token_of(reminder["buttons"][0]["title"], [reminder])})

    assert claim.reference not in answered.text

"""On the day from which a dispute can be opened the buyer is told, once, where they wrote last, at a decent hour."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import settings as with_settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from buyer_protection import disputes
from buyer_protection.disputes import KeptClaim
from buyer_protection.disputes.due_reminders import TAKEN_FOR
from buyer_protection.disputes.transactions import reading, writing
from buyer_protection.failpoints import HITS
from buyer_protection.settings import SettingsError, settings, variable
from gateway import inbox, outbox
from gateway.buttons import Buttons
from gateway.channels.channel import BUTTON, Incoming, NotDelivered, Outgoing
from gateway.conversations import conversation_of
from gateway.decent_hours import Hours
from gateway.inbox import Message
from gateway.meaning import turn_of
from gateway.parts import Parts
from gateway.tables import links
from gateway.tables import outbox as outbox_table
from tests.disputes.made_up import BUYER, NOT_RECEIVED, NOW, keep
from tests.gateway.reminding_parts import look, parts_on

#: The claim waits for 1 March 2024; by then its buyer has told the zone where they are.
TOLD = NOW - timedelta(days=5)
MORNING = NOW.replace(hour=9)


def wrote(engine: Engine, at: datetime = TOLD, *, buyer_id: str = BUYER, **changes: Any) -> Message:
    """A message of a buyer, who is in Berlin and on a page unless something else is said; not answered yet."""
    incoming = Incoming(
        **{
            "channel": "widget",
            "native_id": uuid.uuid4().hex,
            "buyer_id": buyer_id,
            "conversation": conversation_of(buyer_id),
            "vouched": {"time_zone": "Etc/UTC"},
            **changes,
        }
    )
    message = writing(engine, lambda c: inbox.add(c, incoming, text="hello", removed=(), trace="", now=at))
    assert message is not None
    return message


def answered(engine: Engine, message: Message, *said: dict[str, Any]) -> None:
    """What was said to a message."""
    writing(engine, lambda c: outbox.add(c, message, said, is_final=True, now=message.received_at))


def waiting(engine: Engine, claim_id: str = "claim-1", **changes: Any) -> KeptClaim:
    """A kept claim that waits for the first of March."""
    return keep(engine, claim_id, **({"now": TOLD} | changes))


def said(engine: Engine, buyer_id: str = BUYER) -> list[outbox.Reply]:
    """The reminders that were said to a buyer."""
    told = reading(engine, lambda c: outbox.after(c, conversation_of(buyer_id), 0, 1000))
    return [reply for reply in told if reply.custom.get("kind") == "reminder"]


def state(engine: Engine, claim_id: str = "claim-1") -> str:
    """The state of a claim's reminder."""
    reminder = disputes.reminder_of(engine, claim_id=claim_id)
    assert reminder is not None
    return reminder.state


def test_it_is_said_in_the_conversation_with_a_button_and_what_is_drawn(engine: Engine, url: str) -> None:
    """The claim is named, nothing of the order or of what happened: others may see what comes by itself."""
    claim = waiting(engine)
    wrote(engine)

    look(url, MORNING)

    [reminder] = said(engine)
    assert (reminder.channel, reminder.address, reminder.inbox_id, reminder.sender) == ("widget", "", None, "assistant")
    assert claim.reference in reminder.text
    assert "Tuesday 20 February 2024" in reminder.text
    assert not any(secret in reminder.text for secret in (claim.order_id, claim.item, claim.statement, claim.wish))
    assert [button["payload"] for button in reminder.buttons] == [f'/resume_claim{{"reference": "{claim.reference}"}}']
    assert reminder.custom == {
        "kind": "reminder",
        "reference": claim.reference,
        "outcome": "eligible",
        "earliest_dispute_on": "2024-03-01",
        "calendar": f"/widget/calendar/{claim.reference}.ics",
    }
    assert reminder.response == "utter_reminder_eligible"


def test_it_is_said_once_however_often_somebody_looks(engine: Engine, url: str) -> None:
    """Today, tomorrow, and by whoever looks."""
    waiting(engine)
    wrote(engine)

    for day in range(3):
        look(url, MORNING + timedelta(days=day), MORNING + timedelta(days=day, minutes=1))

    assert len(said(engine)) == 1
    assert state(engine) == "said"


def test_before_its_day_nothing_is_said(engine: Engine, url: str) -> None:
    """Nor at night on the day itself; the night costs nothing but time."""
    waiting(engine)
    wrote(engine)

    look(url, NOW - timedelta(milliseconds=1), NOW, MORNING - timedelta(milliseconds=1))
    assert said(engine) == []
    assert state(engine) == "set"

    look(url, MORNING)
    assert len(said(engine)) == 1


@pytest.mark.parametrize("days", [1, 40])
def test_after_days_on_which_nothing_ran_it_is_said_at_the_next_decent_hour(
    engine: Engine, url: str, days: int
) -> None:
    """Late is better than never; who comes up at night waits for the morning."""
    waiting(engine)
    wrote(engine)

    look(url, MORNING + timedelta(days=days, hours=13))
    assert said(engine) == []
    look(url, MORNING + timedelta(days=days + 1))

    assert len(said(engine)) == 1


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("America/Los_Angeles", datetime(2024, 3, 1, 17, tzinfo=timezone.utc)),
        ("Asia/Tokyo", datetime(2024, 3, 1, 0, tzinfo=timezone.utc)),
        ("Pacific/Kiritimati", datetime(2024, 3, 1, 0, tzinfo=timezone.utc)),
        ("Asia/Kolkata", datetime(2024, 3, 1, 3, 30, tzinfo=timezone.utc)),
    ],
)
def test_the_hour_is_that_of_the_buyer_and_the_day_that_of_the_policy(
    engine: Engine, url: str, zone: str, first: datetime
) -> None:
    """Nine o'clock where they are; never before the policy's day has begun, also where it is later there (WAIT-1)."""
    waiting(engine)
    wrote(engine, vouched={"time_zone": zone})

    look(url, NOW - timedelta(hours=5), first - timedelta(seconds=1))
    assert said(engine) == []
    look(url, first)

    assert len(said(engine)) == 1


def test_a_zone_that_was_told_once_holds_where_none_is_told(engine: Engine, url: str) -> None:
    """A messenger names none; the page did before."""
    waiting(engine)
    wrote(engine, vouched={"time_zone": "America/Los_Angeles"})
    wrote(engine, TOLD + timedelta(hours=1), vouched={})

    look(url, MORNING)
    assert said(engine) == []
    look(url, MORNING + timedelta(hours=8))

    assert len(said(engine)) == 1


def test_who_is_here_is_told_whatever_the_hour(engine: Engine, url: str) -> None:
    """They wrote a minute ago."""
    waiting(engine)
    wrote(engine, NOW + timedelta(hours=2))

    look(url, NOW + timedelta(hours=2, minutes=1))

    assert len(said(engine)) == 1


def test_the_hours_are_a_setting(engine: Engine, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From seven to eight; and hours that cannot be are refused by name."""
    waiting(engine)
    wrote(engine)
    look(url, MORNING, remind_from=7, remind_until=8)
    assert said(engine) == []
    look(url, MORNING + timedelta(hours=22), remind_from=7, remind_until=8)
    assert len(said(engine)) == 1

    monkeypatch.setenv(variable("remind_from"), "20")
    with pytest.raises(SettingsError, match="BUYER_PROTECTION_REMIND_UNTIL"):
        settings()


_ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))
_INSTANTS = st.integers(0, 10 * 365 * 24 * 3600).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)
)


@with_settings(deadline=None)
@given(_ZONES, _INSTANTS, st.integers(-2, 3), st.integers(0, 22), st.data())
def test_the_first_decent_instant_is_decent_and_the_first(
    zone: str, now: datetime, days: int, first: int, data: st.DataObject
) -> None:
    """In every zone, over every change of clocks: never earlier than now or the day, and no decent one is missed."""
    hours = Hours(first, data.draw(st.integers(first + 1, 24)))
    there = ZoneInfo(zone)
    day = now.date() + timedelta(days=days)

    def is_decent(instant: datetime) -> bool:
        local = instant.astimezone(there)
        return local.date() >= day and hours.first <= local.hour < hours.until

    found = hours.first_in(there, now, day)

    assert found >= now
    # A clock that is put forward may jump over an hour, and then the next one is taken.
    assert is_decent(found) or is_decent(found + timedelta(hours=1))
    step = timedelta(minutes=17)
    between = (now + number * step for number in range(int((found - now) / step)))
    missed = [instant for instant in between if is_decent(instant) and instant < found - timedelta(hours=1)]
    assert missed == []


def test_two_gateways_at_once_say_each_once(engine: Engine, url: str) -> None:
    """Forty that are due at one instant."""
    for number in range(40):
        waiting(engine, f"claim-{number}", item=f"lamp {number}", buyer_id=f"buyer-{number % 8}")
    for number in range(8):
        wrote(engine, buyer_id=f"buyer-{number}")
    running = [start(url, MORNING, rounds=4) for _ in range(2)]

    assert [process.wait(60) for process in running] == [0, 0]
    told = Counter(reply.custom["reference"] for number in range(8) for reply in said(engine, f"buyer-{number}"))
    assert len(told) == 40
    assert set(told.values()) == {1}
    assert disputes.all_reminders(engine) == []


@pytest.mark.parametrize(
    ("step", "was_said"),
    [
        ("gateway.reminder_taken", 0),
        ("gateway.before_reminder_commit", 0),
        ("gateway.reminder_committed", 1),
    ],
)
def test_killed_at_any_step_it_is_said_once_all_the_same(
    engine: Engine, url: str, tmp_path: Path, step: str, was_said: int
) -> None:
    """`kill -9`: who comes next says it, as soon as who was killed must be dead, and no second time."""
    waiting(engine)
    wrote(engine)

    killed = start(url, MORNING, failpoint=f"{step}:kill", hits=tmp_path / "hits")

    assert killed.wait(60) == -9
    assert len(said(engine)) == was_said
    look(url, MORNING + timedelta(seconds=1))
    assert len(said(engine)) == was_said, "who was killed may still be at it"
    look(url, MORNING + TAKEN_FOR, MORNING + 2 * TAKEN_FOR)
    assert len(said(engine)) == 1
    assert state(engine) == "said"


def start(url: str, now: datetime, rounds: int = 1, failpoint: str = "", hits: Path | None = None) -> Any:
    """A gateway in a process of its own that looks for reminders."""
    environment = {
        **os.environ,
        variable("env"): "development",
        variable("failpoint"): failpoint,
        "PYTHONPATH": str(Path(__file__).parent.parent.parent),
        **({HITS: str(hits)} if hits else {}),
    }
    arguments = [sys.executable, "-m", "tests.gateway.reminding_parts", url, now.isoformat(), str(rounds)]
    return subprocess.Popen(arguments, env=environment)


def test_one_that_cannot_be_said_keeps_no_other_waiting(engine: Engine, url: str) -> None:
    """A row that breaks what says it is left, and the next one is said."""
    waiting(engine, "claim-0", buyer_id="buyer-0")
    waiting(engine)
    wrote(engine, buyer_id="buyer-0", vouched={"time_zone": "Nowhere/At_All"})
    wrote(engine)

    look(url, MORNING)

    assert (len(said(engine, "buyer-0")), len(said(engine))) == (0, 1)


def test_where_nothing_is_kept_that_they_wrote_nobody_is_written_to(engine: Engine, url: str) -> None:
    """Who was forgotten, or never wrote here, hears it when they write."""
    waiting(engine)
    look(url, MORNING)
    assert (said(engine), state(engine)) == ([], "held")

    message = wrote(engine, MORNING + timedelta(days=2))
    finish(url, message, MORNING + timedelta(days=2))
    look(url, MORNING + timedelta(days=2, minutes=1))

    assert len(said(engine)) == 1


def finish(url: str, message: Message, now: datetime) -> None:
    """The message is answered, as the runner writes it."""
    from gateway import leases, work

    engine = disputes.connect(url)

    def write(connection: Any) -> None:
        lease = leases.take(connection, f"turn:{message.conversation}", "test")
        assert lease is not None
        done = work.Work([message], turn_of(connection, [message], Buttons("x" * 20)), lease)
        work.answered(connection, done, [{"text": "hello"}], now)
        leases.give_back(connection, lease)

    writing(engine, write)
    engine.dispose()


def linked(engine: Engine, user: str, buyer_id: str) -> None:
    """A user of Telegram is this buyer."""
    row = {"channel": "telegram", "user": user, "buyer_id": buyer_id, "linked_at": TOLD}
    with engine.begin() as connection:
        connection.execute(sa.insert(links).values(row))


def test_who_wrote_in_a_messenger_last_is_told_there(engine: Engine, url: str) -> None:
    """While the chat is theirs; who is linked by their account, and who is nobody's yet."""
    waiting(engine)
    wrote(engine, channel="telegram", address="7001", vouched={})
    linked(engine, "7001", BUYER)
    nobodys = "unlinked:telegram:7002"
    waiting(engine, "claim-2", buyer_id=nobodys)
    wrote(engine, channel="telegram", address="7002", buyer_id=nobodys, vouched={})

    look(url, MORNING)

    for buyer_id, address in ((BUYER, "7001"), (nobodys, "7002")):
        [reminder] = said(engine, buyer_id)
        assert (reminder.channel, reminder.address) == ("telegram", address)


def test_a_chat_that_is_not_linked_any_more_hears_nothing_of_it(engine: Engine, url: str) -> None:
    """It may be anybody's by now: the buyer finds it on their page."""
    waiting(engine)
    wrote(engine, channel="telegram", address="7001", vouched={})

    look(url, MORNING)

    [reminder] = said(engine)
    assert (reminder.channel, reminder.address) == ("widget", "")


class WithinADay:
    """A channel that lets us write by ourselves for a day after the buyer wrote, as some messengers do."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.is_blocked = False

    async def send(self, address: str, message: Outgoing, *, again: bool) -> None:
        """Takes it, or refuses it for good where the buyer has blocked us."""
        if self.is_blocked:
            raise NotDelivered("blocked", wait=None)
        self.sent.append(message.text)

    def open(self, parts: Parts) -> None:
        """Becomes a channel of a gateway."""
        parts.delivery.senders["within_a_day"] = self
        parts.delivery.windows["within_a_day"] = timedelta(hours=24)


def test_where_the_channel_does_not_let_us_it_waits_for_the_next_message(engine: Engine, url: str) -> None:
    """The 24-hour rule of some messengers is not broken; and then it is said at once, and once."""
    channel, nobodys = WithinADay(), "unlinked:within_a_day:7001"
    waiting(engine, buyer_id=nobodys)
    there: dict[str, Any] = {"channel": "within_a_day", "address": "7001", "buyer_id": nobodys, "vouched": {}}
    wrote(engine, **there)

    look(url, MORNING, MORNING + timedelta(days=1), prepare=channel.open)
    assert (said(engine, nobodys), state(engine)) == ([], "held")

    now = MORNING + timedelta(days=3, hours=14)
    finish(url, wrote(engine, now, **there), now)
    look(url, now + timedelta(seconds=5), now + timedelta(minutes=5), prepare=channel.open)

    [reminder] = said(engine, nobodys)
    assert (reminder.channel, reminder.address) == ("within_a_day", "7001")


def test_what_a_channel_refused_for_good_is_said_again_when_they_write(engine: Engine, url: str) -> None:
    """They had blocked us; nothing else that was refused comes again."""
    channel, nobodys = WithinADay(), "unlinked:within_a_day:7001"
    channel.is_blocked = True
    waiting(engine, buyer_id=nobodys)
    there: dict[str, Any] = {"channel": "within_a_day", "address": "7001", "buyer_id": nobodys, "vouched": {}}
    wrote(engine, MORNING - timedelta(hours=1), **there)
    look(url, MORNING, prepare=channel.open)
    deliver(url, channel)
    assert state(engine) == "held"

    channel.is_blocked = False
    now = MORNING + timedelta(hours=5)
    finish(url, wrote(engine, now, **there), now)
    look(url, now + timedelta(seconds=5), prepare=channel.open)
    deliver(url, channel)

    assert [words for words in channel.sent if "waiting days" in words] == [said(engine, nobodys)[-1].text]
    assert state(engine) == "said"


def deliver(url: str, channel: WithinADay) -> None:
    """Everything that waits to be sent is sent, or given up."""
    import asyncio

    async def all_of_it() -> None:
        parts = parts_on(url)
        channel.open(parts)
        await parts.runner.start()
        await parts.delivery.start()
        waits = True
        while waits:
            await asyncio.sleep(0.05)
            waits = bool(await asyncio.to_thread(reading, parts.engine, lambda c: outbox.addresses_waiting(c, 1)))
        await parts.stop()

    asyncio.run(asyncio.wait_for(all_of_it(), 30))


def test_in_the_middle_of_a_question_the_question_stays_as_it_is(engine: Engine, url: str) -> None:
    """Its buttons are answers as before, and the reminder's is one too; a typed yes may be meant for either."""
    waiting(engine)
    asked = {
        "text": "Have you asked the seller?",
        "buttons": [{"title": "Yes", "payload": "/affirm"}],
        "custom": {"kind": "question", "slot": "refund_requested"},
    }
    question = wrote(engine, MORNING - timedelta(hours=1))
    answered(engine, question, {"text": "I see."}, asked)

    look(url, MORNING)

    [reminder] = said(engine)
    assert "what I asked you before" in reminder.text
    newest = reading(engine, lambda c: outbox.newest_set(c, conversation_of(BUYER)))
    assert [reply.text for reply in newest] == ["I see.", asked["text"], reminder.text]
    assert meaning(engine, newest[1].id) == ("/affirm", reminder.custom["reference"])
    assert meaning(engine, reminder.id)[0] == reminder.buttons[0]["payload"]


def test_where_nothing_is_asked_nothing_is_said_of_a_question(engine: Engine, url: str) -> None:
    """The last that was said was the answer."""
    waiting(engine)
    answered(engine, wrote(engine), {"text": "Come back on Friday.", "custom": {"kind": "assessment"}})

    look(url, MORNING)

    assert "what I asked you before" not in said(engine)[0].text


def test_a_reminders_button_has_no_end(engine: Engine, url: str) -> None:
    """The conversation went on meanwhile: a button of a question has had its time by then, this one has not."""
    waiting(engine)
    asked = {"text": "?", "buttons": [{"title": "Yes", "payload": "/affirm"}], "custom": {"kind": "question"}}
    question = wrote(engine)
    answered(engine, question, asked)
    look(url, MORNING)
    answered(engine, wrote(engine, MORNING + timedelta(hours=1)), {"text": "I see."})

    [reminder] = said(engine)
    [old] = reading(engine, lambda c: all_of(c, question))
    assert meaning(engine, old.id) == ("/repeat_question", None)
    assert meaning(engine, reminder.id)[0] == reminder.buttons[0]["payload"]


def all_of(connection: Any, message: Message) -> list[outbox.Reply]:
    """What was said to a message."""
    mine = sa.select(outbox_table).where(outbox_table.c.inbox_id == message.id)
    return [outbox.Reply(**row) for row in connection.execute(mine).mappings()]


def meaning(engine: Engine, reply_id: int) -> tuple[str | None, str | None]:
    """What the first button of a reply does now, and the claim of a reminder that Rasa hears to have come between."""
    buttons = Buttons("x" * 20)
    conversation = conversation_of(BUYER)
    pressed = wrote(engine, NOW + timedelta(days=1), kind=BUTTON, button=buttons.token(conversation, reply_id, 0))
    turn = reading(engine, lambda c: turn_of(c, [pressed], buttons))
    assert ("reminded_of" in turn.metadata) == bool(turn.metadata.get("interrupted"))
    return turn.payload, turn.metadata.get("reminded_of")


def test_the_claim_of_today_counts(engine: Engine, url: str) -> None:
    """Dropped, opened or corrected while it was taken: nothing is said that is not so any more."""
    waiting(engine)
    waiting(engine, "dropped", item="cup")
    waiting(engine, "opened", item="chair")
    waiting(engine, "moved", item="table")
    wrote(engine)
    disputes.drop_claim(engine, claim_id="dropped", buyer_id=BUYER, turn_id="t", now=TOLD)
    opened = disputes.open_dispute(engine, claim_id="opened", buyer_id=BUYER, turn_id="t", now=NOW)
    assert isinstance(opened, disputes.Opened)
    waiting(engine, "moved", item="table", facts=NOT_RECEIVED | {"refund_requested_on": "2024-02-23"})

    look(url, MORNING)
    assert [reply.custom["reference"] for reply in said(engine)] == [waiting(engine).reference]
    look(url, MORNING + timedelta(days=3))

    assert said(engine)[-1].custom["earliest_dispute_on"] == date(2024, 3, 4).isoformat()
    assert len(said(engine)) == 2

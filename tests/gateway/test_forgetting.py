"""The first half of a card's number is forgotten wherever it was kept; nobody else's words are touched (P-01)."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import ask_for_person, keep_claim, record_note
from buyer_protection.disputes.tables import conversation_events
from buyer_protection.disputes.tables import metadata as records
from buyer_protection.disputes.transactions import writing
from gateway.forgetting import forget, removed_since
from gateway.own_orders import own_orders
from gateway.redaction import redact
from gateway.tables import inbox, outbox
from gateway.tables import metadata as messages
from tests.disputes.made_up import BROKEN, NOT_RECEIVED, NOW, hand_in, keep, opened, opening
from turns.conversations import ConversationChanged, Conversations

FRAGMENT = "4111 1199"
OTHERS = "somebody-else"
SAID = f"my card is {FRAGMENT}"


def a_message(engine: Engine, number: int, conversation: str, buyer: str, text: str) -> None:
    """A row of the inbox and the reply to it, which says it again."""
    row: dict[str, Any] = {
        "id": number,
        "conversation": conversation,
        "buyer_id": buyer,
        "channel": "widget",
        "native_id": f"n{number}",
        "address": "",
        "kind": "text",
        "text": text,
        "button": "",
        "album": "",
        "files": [],
        "metadata": {},
        "removed": [],
        "received_at": NOW,
        "trace": "t",
        "attempts": 0,
        "due_at": 0.0,
    }
    reply: dict[str, Any] = {
        "id": number + 1,
        "conversation": conversation,
        "inbox_id": number,
        "is_final": True,
        "position": 0,
        "sender": "assistant",
        "text": f"You said: {text}",
        "buttons": [{"title": "Yes", "payload": "/inform" + json.dumps({"item": text})}],
        "custom": {"kind": "summary", "fields": [{"value": text, "quantity": 2}]},
        "response": "utter_summary",
        "created_at": NOW,
        "channel": "widget",
        "address": "",
        "tries": 0,
    }
    with engine.begin() as connection:
        connection.execute(sa.insert(inbox).values(row))
        connection.execute(sa.insert(outbox).values(reply))


def a_conversation(engine: Engine, conversation: str, text: str) -> None:
    """Rasa's rows of one turn."""
    parsed = {"text": text, "intent": {"name": "inform"}, "entities": [{"entity": "item", "value": text}]}
    told = UserUttered(text, parsed["intent"], parsed["entities"], parsed, timestamp=1.0, message_id="m1")
    slots = [SlotSet("statement", text), SlotSet("order_id", FRAGMENT), SlotSet("quantity", 2)]
    with engine.begin() as connection:
        for event in (told, *slots, ActionExecuted("action_listen", timestamp=2.5)):
            data = event.as_dict()
            row = {"sender_id": conversation, "type_name": event.type_name, "timestamp": data.get("timestamp")}
            connection.execute(sa.insert(conversation_events).values(**row, data=json.dumps(data)))


def everything(engine: Engine) -> dict[str, list[str]]:
    """All rows of all tables, as text."""
    with engine.connect() as connection:
        return {
            table.name: [repr(tuple(row)) for row in connection.execute(sa.select(table)).all()]
            for tables in (records, messages)
            for table in tables.sorted_tables
        }


def told(engine: Engine, buyer: str, conversation: str, number: int) -> None:
    """A buyer who told half of a card's number, and everything that keeps it."""
    a_message(engine, number, conversation, buyer, SAID)
    a_conversation(engine, conversation, SAID)
    keep_claim(
        engine,
        claim_id=f"claim-{buyer}",
        buyer_id=buyer,
        turn_id="m1",
        now=NOW,
        facts=NOT_RECEIVED,
        order_id=FRAGMENT,
        item=f"lamp {FRAGMENT}",
        statement=SAID,
        wish="back to \uff14\uff11\uff11\uff11-1199",
    )
    # One that waits, so that there is a reminder.
    day_five = NOW - timedelta(days=5)
    waits: dict[str, Any] = {"order_id": FRAGMENT, "statement": SAID, "facts": NOT_RECEIVED, "now": day_five}
    keep_claim(engine, claim_id=f"waits-{buyer}", buyer_id=buyer, turn_id="m1", **waits)
    record_note(engine, buyer_id=buyer, claim_id=None, topic="statement", text=SAID, turn_id="m1", now=NOW)
    ask_for_person(engine, buyer_id=buyer, claim_id=None, turn_id="m1", now=NOW, reason=SAID)


def forgotten(engine: Engine, fragment: str = FRAGMENT) -> None:
    """What the gateway does within the transaction that takes the second half."""
    writing(
        engine,
        lambda connection: forget(connection, conversation="b-1", buyer_id="buyer-1", fragment=fragment),
    )


def test_the_fragment_is_gone_from_every_table_and_others_keep_theirs(engine: Engine) -> None:
    """Inbox, outbox, conversation, claims, notes and requests for a person; in any writing."""
    told(engine, "buyer-1", "b-1", 1)
    told(engine, OTHERS, "b-2", 11)
    before = everything(engine)

    forgotten(engine)

    for name, rows in everything(engine).items():
        mine = [row for row in rows if OTHERS not in row and "b-2" not in row]
        assert not [row for row in mine if "1199" in row], name
        assert sorted(set(rows) - set(mine)) == sorted(row for row in before[name] if OTHERS in row or "b-2" in row)
    claims = "".join(everything(engine)["claims"])
    assert "my card is [card number removed]" in claims
    assert "lamp [card number removed]" in claims


def test_forgetting_again_changes_nothing_that_was_said(engine: Engine) -> None:
    """A transaction may be run again."""
    told(engine, "buyer-1", "b-1", 1)
    forgotten(engine)
    once = everything(engine)

    forgotten(engine)

    again = everything(engine)
    assert {name: rows for name, rows in again.items() if name != "events"} == {
        name: rows for name, rows in once.items() if name != "events"
    }
    assert again["events"][: len(once["events"])] == once["events"]


def test_rasa_reads_the_conversation_again_and_finds_it_the_same(engine: Engine) -> None:
    """The newest row is a new one, of an event that Rasa knows and that changes nothing; no slot holds the fragment."""
    told(engine, "buyer-1", "b-1", 1)

    forgotten(engine)

    with engine.connect() as connection:
        of_mine = sa.select(conversation_events).where(conversation_events.c.sender_id == "b-1")
        rows = connection.execute(of_mine.order_by(conversation_events.c.id)).all()
        newest = connection.execute(sa.select(sa.func.max(conversation_events.c.id))).scalar_one()
    assert rows[-1].id == newest
    assert rows[-1].timestamp == 2.5
    assert Event.from_parameters(json.loads(rows[-1].data)).type_name == rows[-1].type_name == "export"
    slots = Domain.from_yaml(
        "slots:\n"
        + "".join(
            f"  {name}:\n    type: any\n    mappings: [{{type: custom}}]\n"
            for name in ("statement", "order_id", "quantity")
        )
    ).slots
    with_it, without = (
        DialogueStateTracker.from_dict("b-1", [json.loads(row.data) for row in some], slots)
        for some in (rows, rows[:-1])
    )
    assert (
        with_it.current_slot_values()
        == without.current_slot_values()
        == {
            "statement": "my card is [card number removed]",
            "order_id": None,
            "quantity": 2,
        }
        | {name: None for name in with_it.slots if name not in ("statement", "order_id", "quantity")}
    )
    assert with_it.latest_action_name == without.latest_action_name == "action_listen"
    assert with_it.latest_message == without.latest_message
    assert "1199" not in json.dumps(with_it.latest_message.as_dict())


def test_a_turn_that_runs_meanwhile_is_not_saved(engine: Engine) -> None:
    """It would write the fragment again; saving waits until all is forgotten, and then finds another newest row."""
    told(engine, "buyer-1", "b-1", 1)
    store = Conversations(Domain.empty(), url=engine.url.render_as_string(hide_password=False))
    tracker = asyncio.run(store.retrieve("b-1"))
    assert tracker is not None
    tracker.update(BotUttered(f"You said: {SAID}"))
    with ThreadPoolExecutor(1) as beside:

        def work(connection: Connection) -> Future[None]:
            forget(connection, conversation="b-1", buyer_id="buyer-1", fragment=FRAGMENT)
            saving = beside.submit(lambda: asyncio.run(store.save(tracker)))
            with pytest.raises(TimeoutError):
                saving.result(timeout=0.5)
            return saving

        saving = writing(engine, work)
        with pytest.raises(ConversationChanged):
            saving.result(timeout=10)
    store.engine.dispose()
    assert "1199" not in str(everything(engine))


def test_a_conversation_without_rows_gets_none(engine: Engine) -> None:
    """A row before the first turn would stand in the place of the beginning."""
    a_message(engine, 1, "b-1", "buyer-1", SAID)

    forgotten(engine)

    assert everything(engine)["events"] == []
    assert "1199" not in str(everything(engine))


def test_a_row_that_cannot_be_read_is_left(engine: Engine) -> None:
    """Whoever reads the conversation sets it aside; forgetting goes on."""
    told(engine, "buyer-1", "b-1", 1)
    with engine.begin() as connection:
        connection.execute(sa.insert(conversation_events).values(sender_id="b-1", type_name="user", data="{"))

    forgotten(engine)

    assert "1199" not in str(everything(engine))


def test_longer_numbers_that_hold_the_fragment_stay(engine: Engine) -> None:
    """An order's number is no fragment of a card's."""
    a_message(engine, 1, "b-1", "buyer-1", "order 841111991 and 4111.1199")

    forgotten(engine)

    texts = "".join(everything(engine)["inbox"])
    assert "order 841111991 and [card number removed]" in texts


def test_of_an_opened_dispute_the_words_change_and_the_record_stays(engine: Engine) -> None:
    """Statement and wish are words; order, facts and timeline are what was opened, and its events cannot change."""
    dispute = opened(engine, statement=SAID, order_id=FRAGMENT)

    forgotten(engine)

    with engine.connect() as connection:
        row = connection.execute(sa.select(records.tables["disputes"])).mappings().one()
    assert row["statement"] == "my card is [card number removed]"
    assert row["order_id"] == FRAGMENT
    assert (row["status"], row["version"], row["facts"]) == (dispute.status, dispute.version, dispute.facts)


def test_a_claim_can_go_on_afterwards(engine: Engine) -> None:
    """What stays in the claim's fields can be kept again, and a dispute can be opened."""
    keep(engine, statement=SAID, item=f"{'lamp ' * 38}{FRAGMENT}", order_id="8001-22")
    forgotten(engine)
    with engine.connect() as connection:
        row = connection.execute(sa.select(records.tables["claims"])).mappings().one()

    keep(engine, statement=row["statement"], item=row["item"], order_id=row["order_id"], wish=row["wish"])

    assert opening(engine).status == "opened"


@pytest.mark.parametrize(
    ("text", "before"),
    [("1111 1111", "my card is 4111 1111"), ("the rest: 1111", "4111-1111-1111"), ("1", CARD := "411111111111111")],
)
def test_what_was_taken_out_meanwhile_is_told_from_both_texts(text: str, before: str) -> None:
    """A turn that ran with the first half writes replies after it was forgotten; who ran it forgets it once more."""
    tail = redact(text, before=before).tail_of_before
    kept = before.replace(tail, "[card number removed]")

    assert tail
    assert removed_since(before, kept) == tail
    assert removed_since(before, before) == ""
    assert removed_since(kept, kept) == ""
    assert removed_since(before, "other words [card number removed]") == ""


def test_own_orders_come_from_the_token_drafts_and_disputes(engine: Engine) -> None:
    """Another buyer's are not among them, and what is not known yet is none."""
    opened(engine)
    keep(engine, "claim-2", order_id="8001-33", facts=BROKEN)
    keep(engine, "claim-3", order_id="")
    keep(engine, "claim-4", order_id="9000", buyer_id=OTHERS)
    hand_in(engine, "claim-2")

    assert own_orders(engine, "buyer-1", "8001-44") == {"8001-22", "8001-33", "8001-44"}
    assert own_orders(engine, "nobody") == frozenset()

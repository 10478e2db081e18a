"""The first half of a card's number, forgotten wherever it was kept before the second half showed what it is (P-01).

What is changed: the inbox, the outbox, Rasa's events, the buyer's claims, notes and requests for a person with what
staff answered, and the statement and wish of the buyer's disputes. What is not: a dispute's order, item, facts and
timeline, which are the record that was opened and partly cannot be changed; and numbers that are not text. Reminders
hold no words: what was said of one is in the outbox.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from buyer_protection.disputes.fields import LONGEST_ITEM
from buyer_protection.disputes.handoff_tables import handoff_events
from buyer_protection.disputes.tables import claim_notes, claims, conversation_events, disputes, handoffs
from buyer_protection.disputes.transactions import hold_buyer, hold_conversation
from gateway.redaction.card_numbers import CARD_NUMBER, CARD_REMOVED
from gateway.redaction.seen_text import Removal, Seen
from gateway.tables import inbox, outbox

#: An event of Rasa's that changes nothing when a conversation is read again: "the story was exported", to nowhere.
NOTHING_HAPPENED: Final = "export"
#: Cannot hold a placeholder: letters that are no part of an order's number. The buyer is asked for it again.
_EMPTIED: Final = "order_id"
_DIGIT: Final = re.compile(r"\d")

Rewrite = Callable[[Any], Any]


def forget(connection: Connection, *, conversation: str, buyer_id: str, fragment: str) -> None:
    """Replace a fragment by a placeholder in all that is kept of one buyer's conversation; again changes nothing more.

    `fragment`: digits with what stands between them, as in one message; they are found in any other writing too.
    Needs a connection that writes. Rasa is told by a new row of the conversation: what it holds in memory it reads
    again, and a turn that runs meanwhile is not saved, but run again, with the message as it is kept now.
    Raises ValueError for a fragment without digits.
    """
    rewrite = _rewriting(fragment)
    hold_conversation(connection, conversation)  # no turn is saved either until this transaction ends
    hold_buyer(connection, buyer_id)
    _rewrite(connection, inbox, inbox.c.conversation == conversation, ("text",), rewrite)
    _rewrite(connection, outbox, outbox.c.conversation == conversation, ("text", "buttons", "custom"), rewrite)
    _rewrite(connection, claims, claims.c.buyer_id == buyer_id, ("item", "statement", "wish", "facts"), rewrite)
    _rewrite(connection, claims, claims.c.buyer_id == buyer_id, (_EMPTIED,), _emptying(rewrite, ""))
    _rewrite(connection, claim_notes, claim_notes.c.buyer_id == buyer_id, ("text",), rewrite)
    _rewrite(connection, handoffs, handoffs.c.buyer_id == buyer_id, ("reason",), rewrite)
    theirs = sa.select(handoffs.c.reference).where(handoffs.c.buyer_id == buyer_id)
    _rewrite(connection, handoff_events, handoff_events.c.reference.in_(theirs), ("text",), rewrite)
    _rewrite(connection, disputes, disputes.c.buyer_id == buyer_id, ("statement", "wish", "helped_words"), rewrite)
    mine = conversation_events.c.sender_id == conversation
    _rewrite(connection, conversation_events, mine, ("data",), lambda data: _event(data, rewrite))
    _tell_rasa(connection, conversation)


def removed_since(said: str, kept: str) -> str:
    """What was taken out of a message while its turn ran: the fragment, by the text that was run and that is kept now.

    Empty if nothing was. Whoever ran the turn then forgets it once more, in the transaction that keeps the replies.
    """
    place = kept.find(CARD_REMOVED)
    while place >= 0:
        rest = kept[place + len(CARD_REMOVED) :]
        if said != kept and said.startswith(kept[:place]) and said.endswith(rest):
            fragment = said[place : len(said) - len(rest)]
            return fragment if _DIGIT.search(fragment) else ""
        place = kept.find(CARD_REMOVED, place + 1)
    return ""


def _rewriting(fragment: str) -> Rewrite:
    """The function that takes the fragment out of a value and all that is in it; numbers are left as they are."""
    digits = _DIGIT.findall(Seen(fragment).plain)
    if not digits:
        raise ValueError("a fragment has digits")
    wanted = re.compile(r"(?<!\d)" + r"[^\w\0]{0,8}".join(digits) + r"(?!\d)")

    def rewrite(value: Any) -> Any:
        if isinstance(value, str):
            return _without(value, wanted)
        if isinstance(value, list):
            return [rewrite(item) for item in value]
        if isinstance(value, dict):
            return {name: rewrite(item) for name, item in value.items()}
        return value

    return rewrite


def _without(text: str, wanted: re.Pattern[str]) -> str:
    if not _DIGIT.search(text):
        return text
    seen = Seen(text)
    found = [Removal(*match.span(), CARD_NUMBER, CARD_REMOVED) for match in wanted.finditer(seen.plain)]
    if not found:
        return text
    seen.remove(found)
    return seen.left()


def _emptying(rewrite: Rewrite, empty: str | None) -> Rewrite:
    return lambda value: value if rewrite(value) == value else empty


def _event(data: str, rewrite: Rewrite) -> str:
    try:
        event = json.loads(data)
    except (TypeError, ValueError):
        return data  # a row that cannot be read is set aside by whoever reads it
    is_order = event.get("event") == "slot" and event.get("name") == _EMPTIED
    changed = _emptying(rewrite, None)(event["value"]) if is_order else None
    after = {**event, "value": changed} if is_order else rewrite(event)
    if after == event:
        return data
    if after.get("event") == "slot" and after.get("name") == "item" and isinstance(after.get("value"), str):
        after["value"] = after["value"][:LONGEST_ITEM]
    return json.dumps(after)


def _rewrite(connection: Connection, table: sa.Table, mine: Any, names: Collection[str], rewrite: Rewrite) -> None:
    keys = list(table.primary_key.columns)
    for row in connection.execute(sa.select(*keys, *(table.c[name] for name in names)).where(mine)).mappings().all():
        after = {name: rewrite(row[name]) for name in names}
        changes = {name: value for name, value in after.items() if value != row[name]}
        if "item" in changes:
            changes["item"] = changes["item"][:LONGEST_ITEM]
        if changes:
            this = sa.and_(*(key == row[key.name] for key in keys))
            connection.execute(sa.update(table).where(this).values(changes))


def _tell_rasa(connection: Connection, conversation: str) -> None:
    """One more row, so that the newest one is another than Rasa knows; none where there is no conversation yet."""
    events = conversation_events
    newest = (
        sa.select(events.c.timestamp).where(events.c.sender_id == conversation).order_by(events.c.id.desc()).limit(1)
    )
    row = connection.execute(newest).first()
    if row is None:
        return
    data = {"event": NOTHING_HAPPENED, "timestamp": row.timestamp}
    connection.execute(
        sa.insert(events).values(
            sender_id=conversation, type_name=NOTHING_HAPPENED, timestamp=row.timestamp, data=json.dumps(data)
        )
    )

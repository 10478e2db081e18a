"""One reminder: whether it is said now, and what is written of that, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.engine import Connection

from buyer_protection.disputes import KeptClaim, due_reminders
from buyer_protection.disputes.due_reminders import Due
from buyer_protection.responses import buttons, day, text
from gateway import outbox
from gateway.channels.channel import ASSISTANT
from gateway.decent_hours import Hours
from gateway.meaning import REMINDER
from gateway.outbox import Reply
from gateway.reaching import Place, place_of

#: Who wrote so recently is awake, whatever the hour.
_HERE: Final = timedelta(minutes=10)


def say(
    connection: Connection, due: Due, now: datetime, hours: Hours, windows: Mapping[str, timedelta]
) -> Reply | None:
    """Writes what is said of a reminder that was taken, and that it is said; `windows` as in `Delivery`.

    None where nothing is said now: the claim does not wait any more, it is night where the buyer is, or they cannot be
    written to before they write. Needs a connection that writes and holds the buyer's conversation.
    """
    claim = due_reminders.to_be_said(connection, due, now)
    if claim is None:
        return None
    place = place_of(connection, due.buyer_id)
    if place is None or not _can_be_written_to(place, now, windows):
        due_reminders.hold(connection, claim.claim_id, now)
        return None
    said_at = now if now - place.wrote_at < _HERE else _decent(claim, place, now, hours)
    if said_at > now:
        due_reminders.put_off(connection, claim.claim_id, said_at)
        return None
    due_reminders.mark_said(connection, claim.claim_id, now)
    return outbox.say(
        connection,
        place.conversation,
        words_of(claim, is_beside=_is_asked(connection, place.conversation)),
        sender=ASSISTANT,
        channel=place.channel,
        address=place.address,
        now=now,
    )


def not_delivered(connection: Connection, reply: Reply) -> None:
    """A channel refused what was said for good: if it was a reminder, it is said again when the buyer writes."""
    if reply.custom.get("kind") == REMINDER:
        due_reminders.hold_again(connection, str(reply.custom.get("reference")), reply.created_at)


def words_of(claim: KeptClaim, *, is_beside: bool) -> dict[str, Any]:
    """What is said of a claim whose day has come, for the outbox; `is_beside` where another question is open.

    Nothing of the order or of what happened is in it: others may see a message that comes by itself.
    """
    assessment = claim.assessment
    requested_on, earliest = assessment.case.facts.refund_requested_on, assessment.earliest_dispute_on
    assert requested_on is not None, "a claim that waited has the day of its refund request"
    assert earliest is not None, "and so its own"
    response = f"utter_reminder_{assessment.outcome}"
    values = {"reference": claim.reference, "refund_requested_on": day(requested_on)}
    words = [text(response, **values), *([text("utter_reminder_beside")] if is_beside else [])]
    return {
        "text": "\n".join(words),
        "buttons": buttons(response, **values),
        "custom": {
            "kind": REMINDER,
            "reference": claim.reference,
            "outcome": assessment.outcome,
            "earliest_dispute_on": earliest.isoformat(),
            "calendar": f"/widget/calendar/{claim.reference}.ics",
        },
        "response": response,
    }


def _can_be_written_to(place: Place, now: datetime, windows: Mapping[str, timedelta]) -> bool:
    window = windows.get(place.channel)
    return window is None or now - place.wrote_at < window


def _decent(claim: KeptClaim, place: Place, now: datetime, hours: Hours) -> datetime:
    """The first hour at which it may be said, on that day where the buyer is, or later."""
    earliest = claim.assessment.earliest_dispute_on
    assert earliest is not None, "a claim that waited has its day"
    return hours.first_in(place.zone, now, earliest)


def _is_asked(connection: Connection, conversation: str) -> bool:
    """Whether a question is open that the buyer may go on with."""
    return any(reply.custom.get("kind") == "question" for reply in outbox.newest_set(connection, conversation))

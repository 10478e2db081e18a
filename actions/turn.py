"""Who writes, what, and when: the part of a turn that actions may believe.

The gateway vouches for `metadata`; nothing else says who the buyer is or what time it is.
`rasa shell` sends no metadata: then the made-up buyer of the settings writes, at the real clock, never in production.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker

from actions.asked_so_often import open_slot
from actions.wiring import current_settings

_CLAIMS = uuid.UUID("6d1c0f4e-35f5-4a0b-9f0a-6b3f2e0f5c11")


class UnknownBuyer(PermissionError):
    """A turn that nobody vouches for is not run."""


@dataclass(frozen=True)
class Aside:
    """A question that a message asks beside what it tells: its intent and its own words."""

    intent: str
    text: str


@dataclass(frozen=True)
class Turn:
    """One message of one buyer.

    `id` is the message's id, `now` the instant it is handled at (aware), `today` the day in the buyer's own zone.
    `payload` holds the values of a pressed button, None where the buyer typed. `is_linked` is false for a buyer whose
    messenger nobody has linked to an account. `is_interrupted` where something else was said after the open question: a
    typed yes may be meant for either; `reminded_of` is the claim's reference where that was a reminder. `order_id` is
    the order that the shop named for this buyer, or empty.
    `trace` names the message in every log from the gateway to here.
    `asides` are the questions beside what the message tells, and `told` is its text without them.
    `likely` are the intents that come nearest, the likeliest first, with how sure each is.
    """

    id: str
    buyer_id: str
    channel: str
    now: datetime
    today: date
    text: str
    intent: str
    confidence: float
    payload: dict[str, Any] | None
    slots: Mapping[str, Any]
    tracker: Tracker
    is_linked: bool = True
    is_interrupted: bool = False
    reminded_of: str = ""
    order_id: str = ""
    trace: str = ""
    asides: tuple[Aside, ...] = ()
    told: str = ""
    likely: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """The turn that a tracker is in; raises `UnknownBuyer` where nobody vouches for the buyer."""
        message = tracker.latest_message or {}
        vouched = _vouched_for(tracker, message)
        now = datetime.fromisoformat(vouched["at"]) if vouched.get("at") else datetime.now(timezone.utc)
        text = message.get("text") or ""
        intent = message.get("intent") or {}
        pressed = text.startswith("/")
        beside = message.get("beside") or {}
        return cls(
            id=message.get("message_id") or f"start-{tracker.sender_id}",
            buyer_id=vouched["buyer_id"],
            channel=vouched.get("channel") or "shell",
            now=now,
            today=now.astimezone(ZoneInfo(vouched.get("time_zone") or "UTC")).date(),
            text="" if pressed else text,
            intent=intent.get("name") or "",
            confidence=float(intent.get("confidence") or 0.0),
            payload=_values(message) if pressed else None,
            slots=tracker.slots,
            tracker=tracker,
            is_linked=vouched.get("is_linked") is not False,
            is_interrupted=vouched.get("interrupted") is True,
            reminded_of=str(vouched.get("reminded_of") or ""),
            order_id=str(vouched.get("order_id") or ""),
            trace=str(vouched.get("trace") or ""),
            asides=tuple(Aside(asked["intent"], asked["text"]) for asked in beside.get("asked") or ()),
            told=beside.get("told") or "",
            likely=tuple(
                (str(entry["name"]), float(entry["confidence"])) for entry in message.get("intent_ranking") or ()
            ),
        )

    @property
    def open_slot(self) -> str | None:
        """The slot that the open question is about, None where no question is open."""
        return open_slot(self.slots)

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions that were run in this turn by now, the first one first."""
        names: list[str] = []
        for event in reversed(self.tracker.events):
            if event["event"] == "user":
                break
            if event["event"] == "action":
                names.insert(0, str(event.get("name") or ""))
        return tuple(names)

    @property
    def telling(self) -> Turn:
        """The turn with what its message tells alone, where questions stand beside that."""
        return replace(self, text=self.told) if self.told else self

    def slot(self, name: str) -> Any:
        """A slot's value, None where it is not filled."""
        return self.slots.get(name)

    def new_claim_id(self, number: int = 0) -> str:
        """An id for a claim that starts in this turn: the same turn run again gets the same one.

        `number` tells apart the claims of a message that tells of several troubles.
        """
        return str(uuid.uuid5(_CLAIMS, f"{self.buyer_id}/{self.id}" + (f"/{number}" if number else "")))


def _vouched_for(tracker: Tracker, message: Mapping[str, Any]) -> Mapping[str, Any]:
    """The turn's metadata; before the first message of a conversation Rasa keeps it in a slot."""
    metadata = message.get("metadata") or tracker.slots.get("session_started_metadata") or {}
    if metadata.get("buyer_id"):
        return metadata
    made_up = current_settings().made_up_buyer
    if not made_up:
        raise UnknownBuyer("the turn names no buyer")
    return {"buyer_id": made_up, "channel": "shell"}


def _values(message: Mapping[str, Any]) -> dict[str, Any]:
    return {entity["entity"]: entity.get("value") for entity in message.get("entities") or []}

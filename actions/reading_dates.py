"""A day told in answer to a question: checked, asked again where it could be two days, read back with its weekday."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from actions import words
from actions.days_put_right import names_the_day
from actions.reading import Reading
from language.choices import chosen
from language.dates import DateReading, read

_ROLE = {"refund_requested_on": "refund_requested", "delivery_due_on": "due"}

#: Words by which a day is that of asking for the refund, and those by which it is a last day all the same.
_ASKED = re.compile(r"\b(?:ask(?:ed)?|request(?:ed)?|refund\w*)\b", re.IGNORECASE)
_LAST_DAY = re.compile(
    r"\b(?:by|until|till?|before|due|latest|should|supposed|promised|deliver\w*|window)\b", re.IGNORECASE
)

#: What stands before the day of the first of two requests and nothing else, and what stands between the two.
_FIRST = re.compile(
    r"\W*(?:i )?(?:have )?(?:asked )?(?:him |her |them )?(?:the )?first(?: time)?(?: was)?(?: on)?(?: the)?\W*",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:again|once more|a second time)\b", re.IGNORECASE)

#: A bare day and month is read as past; a delivery date that far back was meant for the months ahead.
_TOO_LONG_AGO_TO_BE_DUE = timedelta(days=180)

#: A day without a year that would be so far back may have been meant otherwise, so it is asked.
_LONG_AGO = timedelta(days=180)
_HAS_YEAR = re.compile(r"\d{4}|\bago\b|\byear\b|[/.-]\d\d$", re.IGNORECASE)


def read_day(slot: str, text: str, today: date, slots: Mapping[str, Any]) -> Reading:
    """The reading of a typed day for `refund_requested_on` or `delivery_due_on`; empty where the text names no day."""
    found = _meant(slot, text, today)
    if found is None:
        return Reading()
    if not found.candidates:
        return Reading().say("utter_date_impossible", date_text=found.text)
    days = [date.fromisoformat(candidate) for candidate in found.candidates]
    if slot == "refund_requested_on":
        days = [day for day in days if day <= today]
        if not days:
            return Reading().say("utter_date_in_future", today=words.day(today))
        if max(days) < today - _LONG_AGO and not _HAS_YEAR.search(found.text):
            return Reading(changes={"date_candidates": [max(days).isoformat()]}).say("utter_date_long_ago")
    elif len(days) == 2 and abs(days[0] - days[1]) > _LONG_AGO:
        days = [min(days, key=lambda day: abs(day - today))]
    if len(days) == 1:
        return take_day(slot, days[0], today, slots)
    if _is_period(days):
        return take_day(slot, max(days), today, slots).say("utter_date_taken_as_latest", date_text=found.text)
    return Reading(changes={"date_candidates": [day.isoformat() for day in days[:4]]})


def day_on_offer(text: str, today: date, slots: Mapping[str, Any]) -> date | None:
    """The day that a text names among those it could be: by a part of it ("the 4th"), or by its place ("the first")."""
    offered = [date.fromisoformat(day) for day in slots.get("date_candidates") or ()]
    named = [day for day in offered if names_the_day(text, day, today)]
    place = chosen(text, [day.isoformat() for day in offered])
    if place is not None and not text.strip().isdecimal():
        return date.fromisoformat(place)
    meant = {*named, *([date.fromisoformat(place)] if place else [])}
    # "2" may be the second one or the 2nd of a month: where they differ, it is asked again.
    return meant.pop() if len(meant) == 1 and (place or len(offered) > 1) else None


def take_day(slot: str, day: date, today: date, slots: Mapping[str, Any]) -> Reading:
    """One day, as it is kept if it can be: not in the future for something done, not before the order."""
    if slot == "refund_requested_on" and day > today:
        return Reading().say("utter_date_in_future", today=words.day(today))
    ordered_on = slots.get("ordered_on")
    if ordered_on and day < date.fromisoformat(ordered_on):
        return Reading().say("utter_date_before_order", day=words.day(day), ordered_on=words.day(ordered_on))
    reading = Reading(changes={slot: day.isoformat(), "date_candidates": None})
    return reading.say(f"utter_noted_{slot}", day=words.day(day))


def _meant(slot: str, text: str, today: date) -> DateReading | None:
    """The one date of a text that answers the question: the one with its role, else the only one without any."""
    if slot == "delivery_due_on" and _ASKED.search(text) and not _LAST_DAY.search(text):
        return None  # "the request was on Monday": a day that was asked for before is put right
    found = read(text, today)
    if slot == "delivery_due_on" and found and _is_long_ago(found[0], today):
        found = read(f"by {found[0].text}", today) or found
    fitting = [reading for reading in found if reading.role == _ROLE[slot]] or [
        reading for reading in found if reading.role is None
    ]
    if slot == "refund_requested_on" and len(fitting) == 2 and _are_two_requests(fitting[0], fitting[1], text):
        # "First on 20 February, and again on 6 March": the days count from the first request (WAIT-1).
        fitting = fitting[:1]
    return fitting[0] if len(fitting) == 1 else None


def _are_two_requests(one: DateReading, other: DateReading, text: str) -> bool:
    if len(one.candidates) != 1 or len(other.candidates) != 1 or one.candidates > other.candidates:
        return False
    between = text[one.span[1] : other.span[0]]
    return bool(_FIRST.fullmatch(text[: one.span[0]]) or _AGAIN.search(between))


def _is_long_ago(reading: DateReading, today: date) -> bool:
    days = [date.fromisoformat(candidate) for candidate in reading.candidates]
    return bool(days) and max(days) < today - _TOO_LONG_AGO_TO_BE_DUE


def _is_period(days: list[date]) -> bool:
    ordered = sorted(days)
    return all(later - earlier == timedelta(days=1) for earlier, later in pairwise(ordered))

"""The first day for a dispute as a calendar file, so that a buyer is reminded where the buyer's other days stand."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event

from buyer_protection.disputes.keeping import KeptClaim
from buyer_protection.responses import text

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"

#: Nine in the morning of that day, by the calendar's own clock: a day of the policy has begun then almost everywhere.
_REMINDED_AT: Final = timedelta(hours=9)


def calendar_file(claim: KeptClaim) -> bytes | None:
    """An iCalendar file (RFC 5545) with one all-day event on the claim's earliest day for a dispute (WAIT-1).

    None where that day is not known. The same claim gives the same bytes. Its UID comes from the reference alone, and
    its sequence grows when the claim changes, so that a calendar moves the event it has and makes no second one.
    It says nothing of the order or of what happened: calendars are shared.
    """
    day = claim.assessment.earliest_dispute_on
    if day is None:
        return None
    waiting_days = claim.assessment.case.edition.waiting_days
    event = Event()
    event.add("uid", f"{claim.reference}@buyer-protection")
    event.add("dtstamp", claim.changed_at)
    event.add("sequence", max(0, int((claim.changed_at - claim.started_at).total_seconds())))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", text("utter_calendar_title", reference=claim.reference))
    event.add("description", text("utter_calendar_words", reference=claim.reference, waiting_days=waiting_days))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add_component(_reminder(claim))
    calendar = Calendar()
    calendar.add("prodid", "-//Buyer Protection//Claims assistant//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _reminder(claim: KeptClaim) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _REMINDED_AT)
    alarm.add("description", text("utter_calendar_title", reference=claim.reference))
    return alarm

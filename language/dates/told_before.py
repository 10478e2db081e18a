"""Days told by the one before them in the message: "the next day", "that same evening", "a week later"."""

from __future__ import annotations

from typing import Final

from language.dates.amounts import amount
from language.dates.calendar_days import only
from language.dates.context import names_a_thing
from language.dates.distances import DAYS
from language.dates.scan import Meaning, Scan
from language.dates.times import part_of_day

#: By how many days each is later.
_LATER: Final = {"same": 0, "next": 1, "following": 1}
_AFTER: Final = ("after", "afterwards", "afterward", "later")
#: What may stand behind "a week after": with anything else the words behind it say after what.
_GOES_ON: Final = ("", "and", "but")

#: Words with which such a day can begin, amounts of time apart.
FIRST_WORDS: Final = ("the", "that", *_LATER)


def beside_the_told(scan: Scan, at: int) -> Meaning | None:
    """Such a day, as its distance from the one told before it; `on_the_told` says which day it is."""
    start = scan.skip(scan.skip(at, "the", "that"), "very")
    if scan.text(start) in _LATER and (scan.text(start + 1) == "day" or part_of_day(scan, start + 1)):
        end = start + 2
        return None if names_a_thing(scan, end) else _later(end, _LATER[scan.text(start)])
    if scan.text(start) == "day" and start > at and scan.text(start + 1) in _AFTER:
        end = scan.skip(start + 2, "that")
        return _later(end, 1) if end > start + 2 or _is_whole(scan, end) else None
    time = amount(scan, at)
    if time is None or scan.text(time.end) not in _AFTER or len(time.parts) > 1 or time.unit not in DAYS:
        return None
    count = time.parts[0][0]
    end = scan.skip(time.end + 1, "that")
    says_after_what = scan.text(time.end) == "after" and end == time.end + 1 and not _is_whole(scan, end)
    if count.least != count.most or says_after_what:
        return None
    return _later(end, count.likely * DAYS[time.unit])


def on_the_told(found: Meaning, before: Meaning | None) -> Meaning | None:
    """The day at its distance from the one told before, which may be one of several; None where there is none."""
    if found.kind != "beside_the_told":
        return found
    if before is None or not before.spans or any(span.first != span.last for span in before.spans):
        return None
    return found._replace(spans=tuple(only(span.first + found.value) for span in before.spans), kind="date")


def _later(end: int, days: int) -> Meaning:
    return Meaning(end, (), "beside_the_told", days)


def _is_whole(scan: Scan, end: int) -> bool:
    return scan.kind(end) != "number" and (scan.kind(end) == "mark" or scan.text(end) in _GOES_ON)

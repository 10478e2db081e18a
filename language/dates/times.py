"""Times of day, which say nothing about the day and are passed over."""

from __future__ import annotations

from language.dates.calendar_words import words
from language.dates.scan import Scan

_PARTS_OF_A_DAY = frozenset(
    words("morning afternoon evening night noon midnight lunchtime midday dawn teatime nighttime")
)
_ZONES = words("utc gmt z est edt cst cdt mst mdt pst pdt bst cet cest ist jst aest")
_HALVES = ("am", "pm", "oclock", "h", "hrs", "hours", "hour")


def after_time(scan: Scan, at: int) -> int:
    """The place after the time of day that stands there, or the place itself: "at 8 pm", ", late evening", "8:30"."""
    start = scan.skip(at, ",")
    start = scan.skip(start, "in", "at", "@", "around", "about", "early", "late", "during", "by", "mid")
    start = scan.skip(scan.skip(start, "the"), "early", "late", "mid")
    if scan.text(start) in _PARTS_OF_A_DAY:
        return start + 1
    after_clock = _clock(scan, start, said=start > at and scan.text(start - 1) in ("at", "@"))
    if after_clock is None:
        return at
    after_clock = scan.skip(after_clock, *_ZONES)
    part = scan.skip(scan.skip(after_clock, "in", "at"), "the")
    return part + 1 if scan.text(part) in _PARTS_OF_A_DAY else after_clock


def _clock(scan: Scan, at: int, said: bool) -> int | None:
    if scan.number(at, 2) is None:
        return None
    end, certain = at + 1, said
    while (
        scan.text(end) in (":", ".") and scan.glued(end) and scan.glued(end + 1) and scan.number(end + 1, 2) is not None
    ):
        end, certain = end + 2, certain or scan.text(end) == ":"
    if scan.text(end) in _HALVES:
        return end + 1
    if scan.text(end) in ("a", "p") and scan.text(end + 1) == "." and scan.text(end + 2) == "m":
        return scan.skip(end + 3, ".")
    return end if certain else None


def part_of_day(scan: Scan, at: int) -> bool:
    """Whether the word there is a part of a day."""
    return scan.text(at) in _PARTS_OF_A_DAY

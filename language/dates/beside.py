"""Two expressions beside each other that tell one day: "yesterday, 3 May", "last year in May", "Monday or Tuesday"."""

from __future__ import annotations

from language.dates.calendar_days import year_of
from language.dates.context import names_a_thing
from language.dates.day_numbers import bare_day
from language.dates.scan import Meaning, Scan
from language.dates.settling import agreed
from language.dates.times import after_time


def side_by_side(scan: Scan, at: int) -> Meaning | None:
    """Two words for one day: "yesterday, 3 May", "this Friday (3 May)", "last week on Monday"."""
    one = scan.expression(scan, at)
    if one is None:
        return None
    place = after_time(scan, one.end)
    start = scan.skip(place, ",", "(", "-")
    other = scan.expression(scan, scan.skip(scan.skip(start, "on", *(("in", "at") if _is_a_year(one) else ())), "a"))
    if other is None and one.kind in ("period", "month"):
        numbered = bare_day(scan, start)
        other = numbered if numbered and not names_a_thing(scan, numbered.end) else None
    if other is not None and _is_a_year(one) and other.floats and other.kind in ("date", "month", "period"):
        within = scan.expression(scan.seen_from(one.spans[0].last), scan.skip(start, "on", "in", "at"))
        return within or one
    unmarked_aside = start == place and one.kind == "date" and other is not None and other.kind == "relative"
    both = agreed(scan, one, other) if other and not unmarked_aside else None
    if both is None:
        return one
    bracketed = start > place and scan.text(start - 1) == "("
    return both.until(scan.skip(both.end, ")")) if bracketed else both


def _is_a_year(found: Meaning) -> bool:
    """Whether it is one whole year, of which the words after it tell the day: "last year in May"."""
    return found.kind == "period" and len(found.spans) == 1 and found.spans[0] == year_of(found.spans[0].first)


def either(scan: Scan, first: Meaning) -> Meaning | None:
    """Such as "Monday or Tuesday", "late May or early June": one of the two, not known which."""
    if scan.text(first.end) not in ("or", "/"):
        return None
    second = scan.expression(scan, scan.skip(first.end + 1, "maybe", "on", "perhaps"))
    if second is None or not first.spans or not second.spans:
        return None
    are_periods = [meaning.kind in ("period", "month") for meaning in (first, second)]
    if are_periods[1] and not are_periods[0]:
        return None
    return Meaning(
        second.end, tuple(dict.fromkeys((*first.spans, *second.spans))), "period" if all(are_periods) else "date"
    )

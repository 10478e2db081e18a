"""An address that opens without a token opens for one thing, one buyer and a short while."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from gateway.channels.calendar import with_calendar
from gateway.signed_paths import VIEWING, SignedPaths

NOW = datetime(2026, 3, 1, 22, 30, tzinfo=timezone.utc)
PATHS = SignedPaths("a secret of the tests, nobody else's")
PATH = "/widget/evidence/AAAAAAAAAAAAAAAAAAAAAA"


def query(signed: str) -> dict[str, str]:
    """The part of an address behind its question mark."""
    return dict(parse_qsl(signed.partition("?")[2]))


def test_it_opens_until_its_end_and_not_at_it() -> None:
    """Five minutes, for the path and the conversation that it was made for."""
    signed = query(PATHS.sign(PATH, "b-1", NOW, VIEWING))

    assert PATHS.opens(PATH, signed, "b-1", NOW)
    assert PATHS.opens(PATH, signed, "b-1", NOW + timedelta(seconds=299))
    assert not PATHS.opens(PATH, signed, "b-1", NOW + timedelta(minutes=5))
    assert not PATHS.opens(PATH, signed, "b-2", NOW)
    assert not PATHS.opens(PATH + "A", signed, "b-1", NOW)
    assert not SignedPaths("another secret").opens(PATH, signed, "b-1", NOW)


@given(st.dictionaries(st.sampled_from(["until", "signature", "part"]), st.text(max_size=60)))
def test_what_nobody_signed_opens_nothing(asked: dict[str, str]) -> None:
    """Whatever is asked with, and it never raises."""
    assert not PATHS.opens(PATH, asked, "b-1", NOW)


def test_the_calendar_file_of_an_assessment_is_signed_as_it_leaves() -> None:
    """The same for a day, so that a message that is told again is the same; nothing else is signed."""
    custom = {"kind": "assessment", "calendar": "/widget/calendar/GKW3-RF4C-C.ics"}
    signed = with_calendar(custom, "b-1", PATHS, NOW)

    assert PATHS.opens(custom["calendar"], query(signed["calendar"]), "b-1", NOW + timedelta(hours=24))
    assert not PATHS.opens(custom["calendar"], query(signed["calendar"]), "b-2", NOW)
    assert with_calendar(custom, "b-1", PATHS, NOW.replace(hour=3)) == signed
    for other in ("https://elsewhere.example/x.ics", "/widget/evidence/x", "", None, 7):
        assert with_calendar({"calendar": other}, "b-1", PATHS, NOW) == {"calendar": other}

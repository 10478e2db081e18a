"""Swearing is answered with help, and no log holds a word of it."""

from __future__ import annotations

import logging

import pytest

from tests.conversations.scenes import Scene

CURSES = ("this is fucking ridiculous", "you bastards, it came broken", "wtf", "yes damn it just fucking do it")


def test_no_log_holds_a_curse(
    begin, scenes: dict[str, Scene], run, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nor anything else that was written with it: at a question, at the summary and outside a claim."""
    caplog.set_level(logging.INFO)
    for slot in ("nothing", "paid_through_escrow", "consent"):
        replay = begin(slot)
        for curse in CURSES:
            assert run(replay.type(curse))

    written = caplog.text + "".join(capfd.readouterr())
    for word in ("fucking", "bastards", "wtf", "damn"):
        assert word not in written.lower()

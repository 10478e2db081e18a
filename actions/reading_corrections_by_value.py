"""Corrections that say a new value: of the fact that they name, that had the old value, or that was told last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from actions import words
from actions.last_told import last_told
from actions.reading import Reading
from actions.reading_corrections_by_name import ask_anew, told_of
from actions.replacing import CORRECTABLE, FREE_TEXT, names_what_was_told, read_new, shown, was_told
from actions.turn import Turn
from language.answers import is_plain_no, is_plain_yes
from language.correction_table import LAST
from language.corrections import Correction, said_against

#: What others said and did is no new value of anything but these.
_OF_OTHERS: Final = ("supplier_response", "carrier_status", "confiscation_cause")
_YES_NO: Final = ("paid_through_escrow", "refund_requested", "receipt_slip_signed", "fault_was_listed")


def read_by_value(correction: Correction, turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """The one fact with its new value; which one it is, where it could be several; empty where it fits none.

    A named fact whose new value cannot be used is asked anew.
    """
    readings = _readings(correction, turn, slots)
    if correction.names and not readings:
        return _named_without_value(correction, turn, slots)
    if len(readings) > 1:
        last = last_told(slots)
        told_last = {slot: reading for slot, reading in readings.items() if slot in last}
        readings = told_last if len(told_last) == 1 else readings
    if len(readings) > 1:
        return ask_anew(tuple(readings), slots, new=correction.new)
    return next(iter(readings.values()), Reading())


def _readings(correction: Correction, turn: Turn, slots: Mapping[str, Any]) -> dict[str, Reading]:
    """For each fact that can be meant, the reading of the new value."""
    if correction.old:
        return _in_the_place_of(correction, turn, slots)
    facts = _named(correction, slots) if correction.names else _not_named(correction, turn, slots)
    read = {slot: _read(slot, correction, turn, slots) for slot in facts}
    return {slot: reading for slot, reading in read.items() if not reading.is_empty}


def _named(correction: Correction, slots: Mapping[str, Any]) -> tuple[str, ...]:
    """The named facts that were told; one that was not is told by this, where the words leave no doubt."""
    told = told_of(correction, slots)
    return told or (correction.names if correction.is_sure and len(correction.names) == 1 else ())


def _in_the_place_of(correction: Correction, turn: Turn, slots: Mapping[str, Any]) -> dict[str, Reading]:
    """The facts that have the old value, among those that are named; else the named ones: they may have had another."""
    having = [
        slot
        for slot in correction.names or CORRECTABLE
        if was_told(slots, slot) and names_what_was_told(slot, correction.old, turn, slots)
    ]
    facts = having or told_of(correction, slots)
    read = {slot: _read(slot, correction, turn, slots) for slot in facts}
    found = {slot: reading for slot, reading in read.items() if not reading.is_empty}
    # "Broken" is what went wrong, even where the thing is called so.
    first = {slot: reading for slot, reading in found.items() if slot not in FREE_TEXT}
    return first or found


def _not_named(correction: Correction, turn: Turn, slots: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts told last that can have the new value, else all that can."""
    told = tuple(slot for slot in CORRECTABLE if was_told(slots, slot))
    last = [slot for slot in last_told(slots) if not _read(slot, correction, turn, slots).is_empty]
    return tuple(last) or told


def _read(slot: str, correction: Correction, turn: Turn, slots: Mapping[str, Any]) -> Reading:
    if correction.is_reported and slot not in _OF_OTHERS and slot not in correction.names:
        return Reading()
    if slot not in correction.names and not _may_be_meant(slot, correction):
        return Reading()
    if slot in _YES_NO and LAST in (said := said_against(correction.new)) and last_told(slots) == (slot,):
        return read_new(slot, "yes" if said[LAST] else "no", turn, slots)
    return read_new(slot, correction.new, turn, slots, replaces=correction.old)


def _may_be_meant(slot: str, correction: Correction) -> bool:
    """Whether a value can be that of a fact that is not named.

    "An imitation, not genuine" says what came, not what the listing said.
    """
    if slot == "listing_said":
        return is_plain_yes(correction.new) or is_plain_no(correction.new)
    return slot not in FREE_TEXT or correction.swaps_things


def _named_without_value(correction: Correction, turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """The named fact's new value is none, or the one that it has."""
    facts = told_of(correction, slots)
    if len(facts) != 1 or correction.kind == "stated":
        return ask_anew(facts, slots, new=correction.new) if facts and correction.kind != "stated" else Reading()
    if names_what_was_told(facts[0], correction.new, turn, slots):
        label = words.text(f"utter_label_{facts[0]}")
        return Reading(changes={"correcting": None}).say(
            "utter_left_as_it_was", label=label, old=shown(facts[0], slots.get(facts[0]))
        )
    return ask_anew(facts, slots)

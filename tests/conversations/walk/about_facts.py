"""What must hold of facts: told ones are kept, others do not appear, what is read back is what stands in the claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from actions import words
from actions.claim_slots import TOLD_FACTS
from tests.conversations.walk.moment import Moment, Walk
from tests.conversations.walk.step import frozen

_IN_OWN_WORDS: Final = ("item", "statement", "wish")
#: Answers that go when the one changes that they were given to a question about.
_HANGS_ON: Final = {
    "complaint": ("claim_type",),
    "listing_said": ("claim_type", "complaint"),
    "fault_was_listed": ("claim_type", "listing_said"),
    "confiscation_cause": ("carrier_status",),
    "refund_requested_on": ("refund_requested",),
    "supplier_response": ("refund_requested",),
    "cannot_tell": (),
}
_LINE: Final = re.compile(r"^- (?P<label>[^:]+): (?P<value>.*)$", re.MULTILINE)
_LETTERS: Final = re.compile(r"[^0-9a-z]")


def what_was_told_is_kept_until_it_is_put_right(moment: Moment, walk: Walk) -> Iterator[str]:
    """A fact of a kept claim changes only where this very message tells the new one, and goes only to be asked anew."""
    for row in moment.before["claims"]:
        after = moment.claim(row["claim_id"])
        if after is None:
            yield f"the claim {row['reference']} is gone"
            continue
        old, new = row["facts"], after["facts"]
        changed = {name for name in {*old, *new} - {"cannot_tell"} if new.get(name) != old.get(name)}
        for name in sorted(changed & set(old)):
            chosen = moment.was_asked == "correcting" and frozen(new.get(name)) in _told_of(walk, row).get(name, set())
            if name in new and not chosen and not _told_now(moment, name, new[name]):
                yield f"{name} changed from {old[name]!r} to {new[name]!r}, and the message does not tell that"
            if name not in new and not _may_go(moment, name, changed, after):
                yield f"{name} = {old[name]!r} is gone, and is not asked again"
        for name in ("order_id", *_IN_OWN_WORDS):
            other_order = name == "item" and not after[name] and row["order_id"] != after["order_id"]
            if (
                row[name]
                and row[name] != after[name]
                and not other_order
                and not _written_now(moment, name, after[name], walk)
            ):
                yield f"{name} changed from {row[name]!r} to {after[name]!r}, and the message does not tell that"


def nothing_stands_in_a_claim_that_nobody_told(moment: Moment, walk: Walk) -> Iterator[str]:
    """Every declared fact was told about this claim, or before there was one; verified ones are the shop's."""
    for row in moment.rows["claims"]:
        before = moment.claim_before(row["claim_id"]) or {"facts": {}, **dict.fromkeys(("order_id", *_IN_OWN_WORDS))}
        told = _told_of(walk, row)
        for name, value in row["facts"].items():
            if name == "cannot_tell":
                new = set(value) - set(before["facts"].get(name, ()))
                if not new <= told.get(name, set()):
                    yield f"{sorted(new)} is said to be unknown, and nobody said so"
            elif before["facts"].get(name) != value and frozen(value) not in told.get(name, set()):
                yield f"{name} = {value!r} stands in the claim, and nobody told it"
        for name in ("order_id", *_IN_OWN_WORDS):
            if row[name] and row[name] != before[name] and not _was_written(row, name, walk):
                yield f"{name} = {row[name]!r} stands in the claim, and nobody wrote it"


def what_is_read_back_is_what_is_kept(moment: Moment, walk: Walk) -> Iterator[str]:
    """A fact that the buyer hears as noted or changed has this value in the conversation and in the claim."""
    for reply in moment.replies:
        heard: list[tuple[str, str]] = []
        if reply["response"] == "utter_noted":
            heard = _LINE.findall(reply["text"])
        elif reply["response"] == "utter_corrected":
            quoted = re.findall(r"\"([^\"]*)\"", reply["text"])
            heard = [(quoted[0], quoted[2])] if len(quoted) == 3 else []
        for label, value in heard:
            kept = _kept_words(moment, label)
            if value not in kept:
                yield f"{label} is read back as {value!r}, and what is kept is {sorted(kept)}"


def slots_and_database_say_the_same(moment: Moment, walk: Walk) -> Iterator[str]:
    """While a claim is open, what the conversation remembers is what is kept."""
    claim = moment.claim(moment.slots.get("claim_id"))
    if not moment.question or claim is None or claim["state"] != "draft" or moment.question == "resume_draft":
        return
    for name in TOLD_FACTS:
        in_slots, kept = frozen(moment.slots.get(name)), frozen(claim["facts"].get(name))
        if in_slots != kept and not (name == "refund_requested" and kept is True):
            yield f"{name} is {in_slots!r} in the conversation and {kept!r} in the claim"


def an_answer_is_kept_or_asked_again(moment: Moment, walk: Walk) -> Iterator[str]:
    """Who answers the open question is understood, or hears it again: no answer is passed over."""
    slot = moment.was_asked
    told = moment.tells.get(slot or "")
    if not slot or not told or moment.question == slot or moment.step.move not in ("answer", "press"):
        return
    claim = moment.claim((moment.earlier.slots if moment.earlier else {}).get("claim_id"))
    if claim is None:
        return
    stands = claim["facts"].get(slot) if slot in TOLD_FACTS else claim.get(slot)
    verified = any(
        row["claim_id"] == claim["claim_id"] and row["fact"] == slot for row in moment.rows["verified_facts"]
    )
    if frozen(stands) not in told and not verified:
        yield f"{slot} was answered with {told}, what is kept is {stands!r}, and {moment.question} is asked next"


def _told_now(moment: Moment, name: str, value: Any) -> bool:
    return any(frozen(value) in {frozen(each) for each in facts.get(name, ())} for facts in (moment.tells, moment.may))


def _may_go(moment: Moment, name: str, changed: set[str], claim: dict[str, Any]) -> bool:
    """It is asked again now, or soon in a claim just taken up; the buyer cannot tell; what it hangs on has changed."""
    asked_anew = moment.question in (name, *_HANGS_ON.get(name, ()))
    untold = name in {*moment.tells.get("cannot_tell", ()), *moment.may.get("cannot_tell", ())}
    soon = "utter_resumed" in moment.responses and name in claim["assessment"]["missing"]
    label = words.text(f"utter_label_{name}") if name != "cannot_tell" else ""
    said = any(reply["response"] == "utter_dropped" and label in reply["text"] for reply in moment.replies)
    return (
        asked_anew
        or soon
        or untold
        or (said and "claim_type" in changed)
        or any(parent in changed for parent in _HANGS_ON.get(name, ()))
    )


def _told_of(walk: Walk, row: dict[str, Any]) -> dict[str, set[Any]]:
    told: dict[str, set[Any]] = {}
    for claim_id in (None, row["claim_id"]):
        for name, values in walk.told.get((row["buyer_id"], claim_id), {}).items():
            told.setdefault(name, set()).update(values)
    return told


def _bare(text: str) -> str:
    return _LETTERS.sub("", text.casefold())


def _was_written(row: dict[str, Any], name: str, walk: Walk) -> bool:
    buyer = row["buyer_id"]
    written = [_bare(text) for text in walk.typed.get(buyer, ())]
    from_buttons = {frozen(each) for values in _told_of(walk, row).values() for each in values}
    return row[name] in from_buttons or any(_bare(row[name]) in text for text in written) or _is_shops(row, name, walk)


def _is_shops(row: dict[str, Any], name: str, walk: Walk) -> bool:
    """The thing of an order that the shop's record has: walks keep these apart by buyer."""
    return (
        name == "item"
        and row["order_id"] in walk.buyers[row["buyer_id"]].orders
        and row[name] in walk.buyers[row["buyer_id"]].own_words()
    )


def _written_now(moment: Moment, name: str, value: str, walk: Walk) -> bool:
    text = str(moment.step.turn.get("buyer", ""))
    told = {frozen(each) for each in (*moment.tells.get(name, ()), *moment.may.get(name, ()))}
    if value:
        return _bare(value) in _bare(text) or value in told
    return value in told or (name in _IN_OWN_WORDS and moment.question == name)


def _kept_words(moment: Moment, label: str) -> set[str]:
    """The words for the value of what is called so, in the conversation and in the claim."""
    claim = moment.claim(moment.slots.get("claim_id")) or {"facts": {}}
    kept = set()
    for name in (*TOLD_FACTS, "order_id", *_IN_OWN_WORDS):
        if words.text(f"utter_label_{name}") == label:
            for value in (claim["facts"].get(name), claim.get(name), moment.slots.get(name)):
                if value is not None:
                    kept.add(words.value_of(name, value) if name in TOLD_FACTS else str(value))
                    kept |= {words.text("utter_value_whole_order")} if name == "item" and value == "" else set()
            if moment.slots.get("suspected") == f"{name}_{value}":
                kept.add("?")
    return kept

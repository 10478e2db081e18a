"""What a date is the date of, from the words near it; and whether it lies ahead.

The words of the date's own part of the sentence count first, those before it, then those after it.
A date of which the message says that something did not happen has no role.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from language.dates.calendar_words import words
from language.dates.scan import Scan

Role = Literal["ordered", "refund_requested", "delivered", "due"]

_ENDS_OF_SENTENCES = frozenset(".!?;")
_BREAKS = (
    _ENDS_OF_SENTENCES
    | frozenset(",()")
    | {"and", "but", "then", "so", "because", "while", "though", "although", "yet", "which", "n", "&", "plus"}
)

_ORDERED = frozenset(
    words("ordered ordring orderd odered bought buy purchased purchase paid placed placing buying purchasing")
)
_DELIVERED = frozenset(
    words("arrived arrive came delivered recieved received receive recived landed collected turned showed signed got")
)
_ASKED = frozenset(
    words(
        "ask asked asking requested request requesting demanded demand applied claimed submitted filed made "
        "sent opened raised started initiated wanted"
    )
)
_MONEY = frozenset(words("refund refunds refunded money reimbursement reimburse"))
_DUE = frozenset(
    words(
        "due supposed should expected estimated promised deadline scheduled guaranteed eta would will ll "
        "shall planned latest meant window deliver"
    )
)
_OF_NO_PARCEL = frozenset(
    words(
        "refund refunds refunded money reply replies answer answers message messages mail email emails "
        "response notification code label voucher call letter respond pay pays ship ships shipped decide decides "
        "dispatch"
    )
)
_PARCELS = frozenset(
    words("it them parcel package item items order goods delivery product box thing stuff shipment one")
)
_NOT = frozenset(
    words(
        "not never no nothing nobody without havent hasnt hadnt didnt dont doesnt wasnt isnt werent wont cant "
        "couldnt wouldnt aint"
    )
)
_OTHERS = frozenset(words("seller supplier shop store vendor he she they"))
_PAST = frozenset(words("was were had have has been did didnt hasnt havent would"))
_WILL = frozenset(words("will ll shall"))
#: Before a date that begins its part of the sentence stand so many words at most: "and on the".
_FEW = 3
#: What may stand between "order" and its date.
_LINKS = ("from", "of", "dated", "date", "was", "is", ":", "-")


def role_of(scan: Scan, start: int, end: int, floor: int, ceiling: int) -> Role | None:
    """The role of the date from start to end, between the date before it (floor) and the one after it (ceiling)."""
    left = _part_before(scan, start, floor)
    # "On 5 May, I asked": what stands behind a comma is said of a date that begins its part of the sentence.
    right = _part_after(scan, scan.skip(end, ",") if len(left) <= _FEW else end, ceiling)
    found = _role(left, right, nearest_last=True) or _role(right, left, nearest_last=False)
    if found or right:
        return found
    return _role(_sentence_before(scan, start, floor), [], nearest_last=True)


def lies_ahead(scan: Scan, start: int, floor: int, role: Role | None) -> bool:
    """Whether the date may be one to come: a deadline that is not told as past."""
    words = _part_before(scan, start, floor)
    if _WILL.isdisjoint(words) and any(word in _PAST and follower != "to" for word, follower in pairwise([*words, ""])):
        return False
    before = scan.text(start - 2) if scan.text(start - 1) == "the" else scan.text(start - 1)
    return role == "due" or (role in (None, "delivered") and before in ("by", "until"))


def is_denied(scan: Scan, start: int) -> bool:
    """Whether the word right before a date denies it: "not on Friday". "Not until Friday" does not."""
    at = start - 1
    while scan.text(at) in ("on", "the", "in", "at"):
        at -= 1
    return scan.text(at) in ("not", "isnt", "wasnt")


def _part_before(scan: Scan, start: int, floor: int) -> list[str]:
    at = start
    while at > floor and not _breaks(scan, at - 1):
        at -= 1
    return [scan.text(place) for place in range(at, start)]


def _sentence_before(scan: Scan, start: int, floor: int) -> list[str]:
    at = start
    while at > floor and scan.text(at - 1) not in _ENDS_OF_SENTENCES:
        at -= 1
    return [scan.text(place) for place in range(at, start)]


def _breaks(scan: Scan, at: int) -> bool:
    """Whether a part of the sentence ends there; the comma of an amount ends none."""
    return scan.text(at) in _BREAKS and not (
        scan.text(at) == "," and scan.kind(at + 1) == "number" and scan.glued(at + 1)
    )


def _part_after(scan: Scan, end: int, ceiling: int) -> list[str]:
    at = end
    while at < ceiling and not _breaks(scan, at):
        at += 1
    return [scan.text(place) for place in range(end, at)]


def _role(near: list[str], far: list[str], nearest_last: bool) -> Role | None:
    """The role that the words near a date give it; `far` are those of the same part on its other side."""
    words = near[::-1] if nearest_last else near
    both = {*near, *far}
    if (
        nearest_last
        and next((word for word in words if word not in _LINKS), "") in ("order", "orders")
        and words[0] in _LINKS
    ):
        return "ordered"
    if any(word in _DUE for word in words):
        return None if both & _OF_NO_PARCEL else "due"
    for place, word in enumerate(words):
        happened = _happened(words, place, nearest_last)
        if word in _ORDERED and not (word == "paid" and both & _MONEY):
            return "ordered" if happened else None
        if word in _ASKED and both & _MONEY:
            return "refund_requested" if happened and not _by_others(words, place, nearest_last) else None
        if word in _DELIVERED and not both & _OF_NO_PARCEL and (word != "got" or both & _PARCELS):
            return "delivered" if happened else None
    return None


def _happened(words: list[str], place: int, reverse: bool) -> bool:
    """Whether nothing before the verb denies it; "not until Friday" says that it happened on Friday."""
    if reverse and words and words[0] in ("until", "before"):
        return True
    before = words[place + 1 :] if reverse else words[:place]
    return not any(word in _NOT for word in before)


def _by_others(words: list[str], place: int, reverse: bool) -> bool:
    """Whether it was the supplier who asked."""
    before = words[place + 1 : place + 3] if reverse else words[max(place - 2, 0) : place]
    return any(word in _OTHERS for word in before)

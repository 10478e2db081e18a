"""What must not be kept is taken out of a message before anything is stored or logged (P-01 to P-03).

Numbers of payment cards with expiry and code, one-time codes, passwords, bank accounts, passports.
Numbers of orders stay.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from gateway.redaction.accounts import ibans, named_accounts
from gateway.redaction.card_numbers import (
    CARD_REMOVED,
    Known,
    after_card_message,
    beside_cards,
    card_numbers,
    orders_known,
)
from gateway.redaction.said_secrets import said_secrets
from gateway.redaction.seen_text import Seen
from gateway.redaction.split_numbers import Split, split_number

#: Rounds until nothing more is found; what is found in one can say what the rest is.
_MOST_ROUNDS: Final = 4


@dataclass(frozen=True)
class Redacted:
    """What may be kept: `text` with placeholders such as `[card number removed]`.

    `removed`: the kinds of what was removed, each once: `card_number`, `security_code`, `one_time_code`, `password`,
    `bank_account`, `passport`. `tail_of_before`: the first half of a card's number, exactly as it stands in the message
    before, when this message has the second; else empty.
    """

    text: str
    removed: tuple[str, ...] = ()
    tail_of_before: str = ""


def redact(
    text: str, *, own_orders: Collection[str] = (), answers_order_question: bool = False, before: str = ""
) -> Redacted:
    """A message without what must not be kept; the same again changes nothing more.

    `text` is cleaned. `own_orders`: numbers of orders that are known to be the buyer's, which stay whole.
    `answers_order_question`: the buyer was asked for an order's number and this is the answer; a number then stays
    unless the words say that it is a card's. `before`: the buyer's message before this one, as it is kept.
    Takes time in proportion to the text.
    """
    known = Known(
        orders=orders_known(Seen(order).plain for order in own_orders),
        is_asked_for=answers_order_question,
        before=Seen(before).plain,
        follows_card=before.rstrip().endswith(CARD_REMOVED),
    )
    split = split_number(text, before, known)
    removed: list[str] = []
    for round_ in range(_MOST_ROUNDS):
        text, kinds, cards = _once(text, known, split if round_ == 0 else None)
        removed += kinds
        if not kinds:
            break
        known = replace(known, cards=known.cards | cards)
    return Redacted(text, tuple(dict.fromkeys(removed)), split.tail if split else "")


def _once(text: str, known: Known, split: Split | None) -> tuple[str, list[str], frozenset[str]]:
    seen = Seen(text)
    seen.remove(ibans(seen.plain))
    if split is not None:
        seen.remove([split.head])
    found = list(card_numbers(seen.plain, known))
    seen.remove(removal for removal, _ in found)
    cards = [removal for removal in seen.removals if removal.placeholder == CARD_REMOVED]
    seen.remove(beside_cards(seen.plain, cards))
    if known.follows_card:
        seen.remove(after_card_message(seen.plain))
    seen.remove(said_secrets(seen.plain))
    seen.remove(named_accounts(seen.plain))
    return seen.left(), seen.kinds(), frozenset(digits for _, digits in found)

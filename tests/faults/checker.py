"""Compares what buyers did and heard with what the database holds at the end; whatever was injected, this must hold.

Each rule is a small function that yields a line for each thing that is wrong; `check` collects them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from gateway.conversations import conversation_of
from tests.faults.history import History
from tests.faults.kept import Kept, Row

#: What ends a message without a turn that Rasa remembers.
_NOT_RUN: Final = frozenset({"utter_turn_given_up"})
#: Messages that nobody names: of files, which tests of files look at, and of a conversation that staff handed back.
_NOBODYS: Final = ("evidence:", "handed_back:")
_CLOSED: Final = frozenset({"decided", "withdrawn"})

Rule = Callable[[History, Kept], Iterator[str]]


def check(history: History, kept: Kept) -> list[str]:
    """What is wrong, one line each; nothing where all is well."""
    return [f"{rule.__name__}: {wrong}" for rule in RULES for wrong in rule(history, kept)]


def every_accepted_message_is_kept_once(history: History, kept: Kept) -> Iterator[str]:
    """A message that was answered or taken has one row; one that was refused has none; nobody else wrote any."""
    rows = Counter((row["channel"], row["native_id"]) for row in kept.inbox)
    invoked = {_native(entry) for entry in history.of("invoke")}
    taken = {_native(entry) for entry in [*history.of("ok"), *history.of("pending")]}
    refused = {_native(entry) for entry in history.of("fail")} - taken
    unsure = {_native(entry) for entry in history.of("unknown")}
    for native in sorted(taken):
        if rows[native] != 1:
            yield f"{native} was taken and has {rows[native]} rows"
    for native in sorted(refused - unsure):
        if rows[native]:
            yield f"{native} was refused and has a row"
    for native, count in sorted(rows.items()):
        if count > 1:
            yield f"{native} has {count} rows"
        if native[0] == "widget" and native not in invoked and not native[1].startswith(_NOBODYS):
            yield f"{native} has a row and was never sent"


def every_message_has_its_one_answer(_: History, kept: Kept) -> Iterator[str]:
    """One final set of replies, from position 0 on, for each message or for the one that it was joined to."""
    finals = _by_message(row for row in kept.outbox if row["is_final"])
    numbers = {row["id"] for row in kept.inbox}
    for row in kept.inbox:
        said = finals.get(row["id"], [])
        if row["answered_at"] is None:
            yield f"m{row['id']} has no answer"
        elif row["answered_by"] is not None:
            if said or row["answered_by"] not in finals:
                yield f"m{row['id']} was joined to m{row['answered_by']} and its replies are not there alone"
        elif sorted(each["position"] for each in said) != list(range(len(said))) or not said:
            yield f"m{row['id']} has not exactly one set of replies: {sorted(each['position'] for each in said)}"
    for message in finals.keys() - numbers - {None}:
        yield f"m{message} was answered and never came"


def at_most_one_line_before_the_answer(_: History, kept: Kept) -> Iterator[str]:
    """A message that had to wait says so once, before its answer."""
    waiting = _by_message(row for row in kept.outbox if not row["is_final"])
    finals = _by_message(row for row in kept.outbox if row["is_final"])
    for message, rows in waiting.items():
        if len(rows) > 1:
            yield f"m{message} was said to wait {len(rows)} times"
        if any(final["id"] < rows[0]["id"] for final in finals.get(message, [])):
            yield f"m{message} was said to wait after its answer"


def what_was_heard_is_what_is_kept(history: History, kept: Kept) -> Iterator[str]:
    """The answer to a message is its final set of replies, whole, and the same each time that it is asked for."""
    by_native = {(row["channel"], row["native_id"]): row for row in kept.inbox}
    finals = _by_message(row for row in kept.outbox if row["is_final"])
    for entry in history.of("ok"):
        row = by_native.get(_native(entry))
        if row is None:
            continue  # said by the first rule
        expected = [(each["id"], each["text"]) for each in finals.get(row["answered_by"] or row["id"], [])]
        heard = [(each["id"], each["text"]) for each in entry.heard]
        if heard != expected:
            yield f"m{row['id']}: {len(heard)} messages were heard, and {len(expected)} others are kept"


def nobody_hears_what_was_said_to_another(history: History, kept: Kept) -> Iterator[str]:
    """Whatever reaches a buyer is a row of the buyer's own conversation."""
    owner = {row["id"]: row["conversation"] for row in [*kept.inbox, *kept.outbox]}
    for entry in history.entries:
        conversation = conversation_of(entry.buyer)
        for each in entry.heard:
            if owner.get(each["id"]) != conversation:
                yield f"{entry.buyer} heard message {each['id']}, which is not theirs"
    own = {row["id"]: row["conversation"] for row in kept.inbox}
    for row in kept.outbox:
        if row["inbox_id"] is not None and own.get(row["inbox_id"]) != row["conversation"]:
            yield f"message {row['id']} answers another conversation's m{row['inbox_id']}"


def nothing_is_called_opened_without_its_row(history: History, kept: Kept) -> Iterator[str]:
    """Who hears of a dispute hears the reference of one that is kept, and is theirs."""
    owner = {row["reference"]: conversation_of(row["buyer_id"]) for row in kept.disputes}
    heard = [(conversation_of(entry.buyer), each) for entry in history.entries for each in entry.heard]
    said = [(row["conversation"], row) for row in kept.outbox]
    for conversation, each in [*heard, *said]:
        custom = each.get("custom") or {}
        if custom.get("kind") == "dispute" and owner.get(custom.get("reference")) != conversation:
            yield f"message {each['id']} tells of a dispute that is not there"


def one_open_dispute_for_one_thing(_: History, kept: Kept) -> Iterator[str]:
    """By buyer, order, item and type; and each was opened once."""
    open_now = [row for row in kept.disputes if row["status"] not in _CLOSED]
    things = Counter((row["buyer_id"], row["order_id"], row["item"], row["claim_type"]) for row in open_now)
    for thing, count in things.items():
        if count > 1:
            yield f"{count} open disputes for {thing[0]} and one thing"
    openings = Counter(row["reference"] for row in kept.dispute_events if row["from_status"] == "")
    for row in kept.disputes:
        if openings[row["reference"]] != 1:
            yield f"a dispute was opened {openings[row['reference']]} times"


def every_turn_is_remembered_once(_: History, kept: Kept) -> Iterator[str]:
    """Rasa's conversation holds the id of each message that was run, once, and no others, such as one for staff."""
    finals = _by_message(row for row in kept.outbox if row["is_final"])
    expected: dict[str, list[str]] = defaultdict(list)
    for row in kept.inbox:
        not_run = any(each["response"] in _NOT_RUN for each in finals.get(row["id"], []))
        if (
            row["answered_at"] is not None
            and row["answered_by"] is None
            and not not_run
            and row["id"] not in kept.with_staff
        ):
            expected[row["conversation"]].append(f"m{row['id']}")
    waiting = {f"m{row['id']}" for row in kept.inbox if row["answered_at"] is None}
    for conversation in sorted({*expected, *kept.turns}):
        if not conversation.startswith("b-") or conversation in kept.restored:
            continue
        counts = Counter(kept.turns.get(conversation, []))
        for turn in expected[conversation]:
            if counts[turn] != 1:
                yield f"{turn} was answered and is remembered {counts[turn]} times"
        for turn in counts.keys() - set(expected[conversation]) - waiting:
            yield f"{turn} is remembered and was not run for this conversation"


def turns_and_replies_are_in_order(_: History, kept: Kept) -> Iterator[str]:
    """Messages of a conversation are run in the order in which they came, and their replies follow in that order."""
    for conversation, turns in kept.turns.items():
        numbers = [int(turn[1:]) for turn in turns if turn[1:].isdigit()]
        if conversation.startswith("b-") and numbers != sorted(numbers):
            yield "turns of a conversation were not run in the order in which they came"
    last: dict[str, int] = defaultdict(int)
    for row in sorted(kept.outbox, key=lambda each: int(each["id"])):
        if row["inbox_id"] is None or not row["is_final"]:
            continue
        if row["id"] <= row["inbox_id"]:
            yield f"message {row['id']} is older than what it answers"
        if row["inbox_id"] < last[row["conversation"]]:
            yield f"message {row['id']} answers what came before something that was answered already"
        last[row["conversation"]] = row["inbox_id"]


def what_is_told_is_told_once_and_in_order(history: History, kept: Kept) -> Iterator[str]:
    """The history of a conversation shows every message in and out, once each, by number."""
    rows: dict[str, list[int]] = defaultdict(list)
    # That staff handed a conversation back is a message to the assistant, which nobody wrote or is shown.
    shown = [row for row in kept.inbox if not row["native_id"].startswith("handed_back:")]
    for row in [*shown, *kept.outbox]:
        rows[row["conversation"]].append(row["id"])
    for entry in history.of("told"):
        heard = [each["id"] for each in entry.heard]
        if heard != sorted(set(heard)):
            yield f"{entry.buyer} was told something twice, or not in order"
        if heard:
            inside = {number for number in rows[conversation_of(entry.buyer)] if number <= heard[-1]}
            if missed := inside - set(heard):
                yield f"{entry.buyer} was not told {sorted(missed)}"


RULES: Final[tuple[Rule, ...]] = (
    every_accepted_message_is_kept_once,
    every_message_has_its_one_answer,
    at_most_one_line_before_the_answer,
    what_was_heard_is_what_is_kept,
    nobody_hears_what_was_said_to_another,
    nothing_is_called_opened_without_its_row,
    one_open_dispute_for_one_thing,
    every_turn_is_remembered_once,
    turns_and_replies_are_in_order,
    what_is_told_is_told_once_and_in_order,
)


def _native(entry: Any) -> tuple[str, str]:
    return ("widget", f"{conversation_of(entry.buyer)}:{entry.name}")


def _by_message(rows: Iterable[Row]) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["inbox_id"]].append(row)
    return found

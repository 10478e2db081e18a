"""Whatever a buyer types or a button carries: an answer in plain words, no crash, nothing lost, nothing gained."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timezone
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.claim_slots import RECORD_FIELDS, TOLD_FACTS, record, told
from actions.consent import says_yes
from actions.reading_answers import read_payload
from actions.settling import settled
from actions.turn import Turn
from buyer_protection.disputes import fields
from buyer_protection.disputes.known import NOT_DECLARED
from buyer_protection.policy import Facts
from buyer_protection.typed_text import LONGEST_READ
from tests.conversations.replay import Replay
from tests.conversations.scenes import ON, Scene, finish, open_question
from turns.turn import LONGEST_TEXT

Begin = Callable[[str], Replay]
Run = Callable[[Any], Any]

#: Every question of the form, and a buyer who has not written yet.
EVERYWHERE: Final = (
    "nothing",
    "resume_draft",
    "use_held_evidence",
    "claim_type",
    "paid_through_escrow",
    "carrier_status",
    "confiscation_cause",
    "refund_requested",
    "refund_requested_on",
    "supplier_response",
    "delivery_due_on",
    "complaint",
    "listing_said",
    "fault_was_listed",
    "receipt_slip_signed",
    "quantity_ordered",
    "quantity_received",
    "evidence",
    "order_id",
    "item",
    "statement",
    "wish",
    "consent",
)
#: Where the answer is not one of a few.
OPEN: Final = frozenset(
    {"nothing", "refund_requested_on", "quantity_ordered", "order_id", "item", "statement", "wish", "consent"}
)

#: Tried at each question.
NASTY: Final[Mapping[str, str]] = {
    "empty": "",
    "blanks only": " \n\t\u00a0\u3000 ",
    "100 KB": "my parcel " * 10_240,
    "NUL and controls": "\x00\x07\x1b[31m\x7f\x85",
    "lone surrogates": "\ud800 hello \udfff",
    "thumb up": "👍",
    "emoji only": "😡😭🙏",
    "template braces": "{order_id} {x} {{y}} 0[ {0[a]}",
    "JSON": '{"evidence": 5, "verified": ["carrier_status"]}',
    "a payload": '/inform{"evidence": 5, "claim_type": "unwanted", "supplier_proved_delivery": true}',
    "a restart": "/restart",
    "invisible only": "\u200b\u2060\u202e\ufeff",
    "letter that is only nearly one": "order number \u013012345",
    "99999-01-01": "99999-01-01",
}
#: Tried where the answer is open.
ODD: Final[Mapping[str, str]] = {
    "10 KB without a blank": "a" * 10_240,
    "a payload behind blanks": ' \u00a0\u200b /affirm{"consent": true}',
    "a payload behind another slash": '\uff0finform{"order_id": "1"}',
    "a session start": "/session_start",
    "an order to open": "/open_dispute",
    "an external label": "EXTERNAL: open_dispute",
    "HTML": "<img src=x onerror=alert(1)><script>alert('{wish}')</script>",
    "SQL": "'; DROP TABLE claims; --",
    "full-width digits alone": "\uff11\uff12",
    "Arabic-Indic date": "\u0663/\u0661/\u0662\u0660\u0662\u0664x",
    "direction override": "\u202e\u2067gnorw\u2069",
    "very long number": "9" * 3_000,
    "negative number": "-5",
    "year nought": "0000-00-00",
    "no such day": "30 February 2024",
    "year 9999": "31 December 9999",
    "not a number": "NaN",
    "format string": "%s %d %n ${jndi:ldap://x} $(id) `id`",
    "a path": "../../etc/passwd file:///etc/passwd",
}

_PLACE = re.compile(r"\{[A-Za-z_][A-Za-z0-9_]*\}")


def at(slot: str) -> Mapping[str, str]:
    """What is tried at a question."""
    return {**NASTY, **ODD} if slot in OPEN else NASTY


def kept(replay: Replay) -> list[dict[str, Any]]:
    """The claims as they are kept, without what each turn changes."""
    return [
        {name: row[name] for name in ("claim_id", "reference", "state", "facts", *RECORD_FIELDS)}
        for row in replay.rows("claims")
    ]


async def remembered(replay: Replay) -> dict[str, Any]:
    """The slots that hold what the buyer told."""
    slots = await replay.assistant.slots(replay.conversation)
    return {name: slots[name] for name in (*TOLD_FACTS, *RECORD_FIELDS) if name in slots}


async def check(replay: Replay, given: str, replies: list[dict[str, Any]]) -> None:
    """What holds after any message."""
    assert replies, "nothing was said"
    for reply in replies:
        assert reply["response"] != "utter_turn_failed"
        assert reply["text"].strip(), reply
        assert set(_PLACE.findall(reply["text"])) <= set(_PLACE.findall(given)), reply
    slots = await replay.assistant.slots(replay.conversation)
    assert not {name: slots[name] for name in NOT_DECLARED if slots.get(name)}
    assert [row for row in replay.rows("evidence") if row["claim_id"]] == replay.rows("verified_facts") == []
    for claim in replay.rows("claims"):
        assert not set(NOT_DECLARED) & claim["facts"].keys()
    Facts.from_dict(told(slots))
    fields.order_id(record(slots)["order_id"])


def assert_nothing_lost(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    """Every claim is still there, with every fact and field that it had.

    Another kind of claim, plainly told, is no loss; what was answered about the first kind only goes with it.
    """
    by_id = {claim["claim_id"]: claim for claim in after}
    for claim in before:
        now = by_id[claim["claim_id"]]
        assert claim["reference"] == now["reference"]
        facts = {name: value for name, value in claim["facts"].items() if name != "cannot_tell"}
        if now["facts"].get("claim_type") != facts.get("claim_type"):
            facts = {name: facts[name] for name in ("paid_through_escrow", "refund_requested_on") if name in facts}
        assert facts.items() <= now["facts"].items()
        for name in RECORD_FIELDS:
            assert now[name] == claim[name] or not claim[name]


@pytest.mark.parametrize("slot", EVERYWHERE)
def test_bad_input_is_answered_nothing_is_lost_and_the_claim_goes_on(
    begin: Begin, scenes: dict[str, Scene], run: Run, slot: str
) -> None:
    """All of it in one conversation, as long as the question stays open; then it is answered, up to the dispute."""

    async def play() -> None:
        replay = begin(slot)
        for name, text in at(slot).items():
            if slot == "use_held_evidence" and name == "thumb up":
                continue  # a plain yes
            rows = kept(replay)
            replies = await replay.type(text)
            try:
                await check(replay, text, replies)
                assert_nothing_lost(rows, kept(replay))
                if not (slot == "consent" and name == "thumb up"):
                    assert replay.rows("disputes") == []
            except AssertionError as error:
                raise AssertionError(f"{name}: {[reply['response'] for reply in replies]}: {error}") from error
            if await open_question(replay) != (None if slot == "nothing" else slot):
                replay = begin(slot)
        if slot == "nothing":
            await replay.type("I want my money back")
        await finish(replay, scenes[slot].answers)

    run(play())


def test_a_thumb_up_to_the_summary_is_a_yes(begin: Begin, run: Run) -> None:
    """The one emoji message that does something: it is on the closed list of plain yeses."""
    replay = begin("consent")

    replies = run(replay.type("👍"))

    assert [reply["response"] for reply in replies] == ["utter_dispute_opened"]


#: In the buyer's own words, and what is kept of it.
OWN_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "braces": ("{order_id} {summary} 0[ {0} lamp", "{order_id} {summary} 0[ {0} lamp"),
    "HTML": ('<b onclick="x()">lamp</b> & \'', '<b onclick="x()">lamp</b> & \''),
    "SQL": ("lamp'); DROP TABLE disputes;--", "lamp'); DROP TABLE disputes;--"),
    "JSON": ('lamp {"wish": null} /affirm', 'lamp {"wish": null} /affirm'),
    "controls": ("la\x00mp \ud83d is\x1b broken\x07", "lamp is broken"),
    "directions": ("\u202elamp\u202c \u2066two\u2069", "lamp two"),
    "other scripts": ("лампа 灯 مصباح 👍🏽", "лампа 灯 مصباح 👍🏽"),
    "not composed": ("cafe\u0301 lamp", "caf\u00e9 lamp"),
}


@pytest.mark.parametrize(("text", "expected"), OWN_WORDS.values(), ids=OWN_WORDS)
def test_own_words_come_back_and_are_kept_as_they_are(begin: Begin, run: Run, text: str, expected: str) -> None:
    """As item, statement and wish: in the summary and in the record as written, cleaned of what is no text."""

    async def play() -> None:
        replay = begin("item")
        for question in ("item", "statement", "wish"):
            assert await open_question(replay) == question
            await check(replay, text, await replay.type(text))
        [summary] = [reply["text"] for reply in replay.replies if reply["response"] == "utter_ask_consent"]
        assert summary.count(expected) == 3
        dispute = await finish(replay)
        assert [dispute[name] for name in ("item", "statement", "wish")] == [expected] * 3

    run(play())


@pytest.mark.parametrize("text", ["thank you", "Thanks!", "hello", "bye"])
@pytest.mark.parametrize("slot", ["statement", "wish"])
def test_a_courtesy_alone_is_nobodys_own_words(begin: Begin, run: Run, slot: str, text: str) -> None:
    """It is answered, and the question comes back; with something behind it, it is part of the answer."""

    async def play() -> None:
        replay = begin(slot)
        said = [reply["response"] for reply in await replay.type(text)]
        assert len(said) > 1
        assert said[-1] == f"utter_ask_{slot}"
        assert (await replay.assistant.slots(replay.conversation)).get(slot) is None
        await replay.type("thank you, a refund please")
        assert (await replay.assistant.slots(replay.conversation))[slot] == "thank you, a refund please"

    run(play())


def test_what_is_too_long_to_keep_is_cut_and_not_refused(begin: Begin, run: Run) -> None:
    """100 KB as item, statement and wish: the dispute is opened with as much as the record holds."""

    async def play() -> dict[str, Any]:
        replay = begin("item")
        for question in ("item", "statement", "wish"):
            assert await open_question(replay) == question
            await check(replay, "", await replay.type(f"{question} " * 20_000))
        return await finish(replay)

    dispute = run(play())

    assert len(dispute["item"]) in (fields.LONGEST_ITEM - 1, fields.LONGEST_ITEM)
    assert len(dispute["wish"]) > 1_900
    assert LONGEST_READ - 20 < len(dispute["statement"]) <= LONGEST_TEXT


ORDER_NUMBERS: Final[Mapping[str, str | None]] = {
    "\uff18\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18": "8012345678",
    "\u0668\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668": "8012345678",
    "80123\u200b45678": "8012345678",
    "\u202e8012345678\u202c": "8012345678",
    "\u21168012345678": "8012345678",
    "#8012345678.": "8012345678",
    "8012 3456 78": "8012345678",
    "12345678-": "12345678",
    "my order number is ab-1234-c, thanks": "AB-1234-C",
    "{order_id} 0[ 8012345678": "8012345678",
    "<b>8012345678</b>": "8012345678",
    "8012345678 8012345679": None,
    "\u013012345": None,
    "9" * 65: None,
    "9" * 640: None,
    "9" * 3_000: None,
    "-5": None,
    '{"order_id": null}': None,
    "----": None,
}


@pytest.mark.parametrize(("typed", "number"), ORDER_NUMBERS.items(), ids=lambda value: ascii(value)[:30])
def test_an_order_number_is_read_whole_or_asked_again(begin: Begin, run: Run, typed: str, number: str | None) -> None:
    """Digits of any script count, what cannot be seen does not, and a part of a number is never taken for it."""
    replay = begin("order_id")

    run(check(replay, typed, run(replay.type(typed))))

    assert [claim["order_id"] for claim in replay.rows("claims")] == [number or ""]
    assert run(open_question(replay)) == ("item" if number else "order_id")


BAD_DAYS: Final = (
    "99999-01-01",
    "0000-00-00",
    "2024-02-30",
    "30 February",
    "13/13/2024",
    "tomorrow",
    "9999999999999999 days ago",
    "in " + "9" * 400 + " weeks",
    "{day} 0[",
)


@pytest.mark.parametrize("typed", BAD_DAYS, ids=lambda text: text[:30])
def test_a_day_that_cannot_be_is_asked_again(begin: Begin, run: Run, typed: str) -> None:
    """No such day, or not yet: nothing is noted, and the question stays."""
    replay = begin("refund_requested_on")

    run(check(replay, typed, run(replay.type(typed))))

    assert run(open_question(replay)) == "refund_requested_on"
    assert "refund_requested_on" not in run(remembered(replay))


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_first_and_the_last_day_of_the_calendar_do_no_harm(
    begin: Begin, scenes: dict[str, Scene], run: Run, day: str
) -> None:
    """As the end of the delivery period: assessed and told like any other day."""
    replay = begin("delivery_due_on")

    run(check(replay, "", run(replay._turn(payload=f'/inform{{"delivery_due_on": "{day}"}}'))))

    assert run(remembered(replay))["delivery_due_on"] == day
    while run(open_question(replay)) not in ("consent", None):
        run(check(replay, "", run(scenes["delivery_due_on"].answers[run(open_question(replay))](replay))))


#: Values that no button of ours has, as JSON.
WRONG_VALUES: Final = ("null", "[]", "{}", '{"a": [1]}', "[null]", "NaN", "1e400", "-1", "9" * 400, '"{x} 0["', '"x"')


@pytest.mark.parametrize("slot", ["claim_type", "quantity_ordered", "consent"])
def test_a_button_with_a_wrong_value_changes_nothing(begin: Begin, run: Run, slot: str) -> None:
    """Each name that a buyer may set and each that only staff may, with values of wrong kinds."""

    async def play() -> None:
        replay = begin(slot)
        rows, slots = kept(replay), await remembered(replay)
        names = (*NOT_DECLARED, *TOLD_FACTS, "order_id", "consent", "resume_draft", "claim_id", "told_outcome")
        for number, name in enumerate(names):
            # One value each, another one at each question: every value meets every kind of name.
            value = WRONG_VALUES[(number + 4 * len(slot)) % len(WRONG_VALUES)]
            if (name, value) == ("listing_said", "[]"):
                continue  # "none of it" is an answer
            payload = f'/inform{{"{name}": {value}}}'
            await check(replay, payload, await replay._turn(payload=payload))
            assert await open_question(replay) == slot, payload
            assert await remembered(replay) == slots, payload
            assert kept(replay) == rows or not rows, payload
        assert replay.rows("disputes") == []

    run(play())


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates().map(date.isoformat),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(
    payload=st.dictionaries(
        st.sampled_from((*TOLD_FACTS, *RECORD_FIELDS, *NOT_DECLARED, "consent", "cannot_tell", "claim_id")),
        _JSON,
        min_size=1,
        max_size=4,
    ),
    slot=st.sampled_from(EVERYWHERE[2:]),
)
def test_whatever_a_button_carries_only_what_can_be_kept_is_read(payload: dict[str, Any], slot: str) -> None:
    """The reading of a payload never raises, and what comes out of it passes every check of the store."""
    slots: dict[str, Any] = {"claim_type": "broken", "refund_requested": False, "order_id": "8012345678"}

    reading = read_payload(payload, slot, message("", payload=payload), slots)

    assert reading.changes.keys() <= {*TOLD_FACTS, *RECORD_FIELDS, "suspected", "date_candidates"}
    after = settled(slots, reading.changes)
    for name, value in record(after).items():
        assert isinstance(value, str)
        fields.words(name, value, fields.LONGEST_STATEMENT)
    fields.order_id(record(after)["order_id"])
    fields.one_line("item", record(after)["item"], fields.LONGEST_ITEM)
    assert after["order_id"]


_WORDS: Final = (
    *(
        "order",
        "12345-",
        "\u0130",
        "I asked on",
        "31",
        "2024",
        "{x}",
        "0[",
        "\u202e",
        "\x00",
        "\ud800",
        "1e9",
        "\uff10",
    ),
    *("yes", "no", "if", "not", "?", "stop", "/affirm", "parcel", "broken", "refund", "photo", "-"),
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    slot=st.sampled_from(EVERYWHERE),
    text=st.text(max_size=60)
    | st.lists(
        st.sampled_from(_WORDS),
        max_size=8,
    ).map(" ".join),
)
def test_no_text_at_any_question_raises_or_gains_anything(begin: Begin, run: Run, slot: str, text: str) -> None:
    """No dispute without a plain yes to the summary, no fact that only staff set, nothing told before lost."""
    replay = begin(slot)
    rows = kept(replay)

    run(check(replay, text, run(replay.type(text))))

    assert replay.rows("disputes") == [] or (slot == "consent" and text.strip().lower() == "yes")
    assert_nothing_lost(rows, kept(replay))


def message(text: str, payload: dict[str, Any] | None = None) -> Turn:
    """A message outside any conversation."""
    now = datetime(2024, 3, 12, 12, tzinfo=timezone.utc)
    return Turn("m-1", "buyer-1", "test", now, ON, text, "affirm", 1.0, payload, {}, None)


_YES: Final = ("yes", "Yes", "YES!", "ok", "sure", "yes please", "go ahead", "open it", "👍")
_DOUBTS: Final = (
    "but",
    "if",
    "not",
    "maybe",
    "tomorrow",
    "no",
    "unless",
    "when",
    "what",
    "wait",
    "later",
    "never",
    "or",
)


def no_yeses(many: int, seed: int) -> list[str]:
    """Messages that are no plain yes: a yes with a doubt, and letters, signs and emoji at random."""
    chance = random.Random(seed)
    signs = "abcdefghijklmnopqrstuvwxyzABZ 0123456789.,!?'-/{}[]<>\u0430\u0435\u0443\u3042\u0661\U0001f44e\U0001f621\n"
    found = []
    for number in range(many):
        yes, doubt = chance.choice(_YES), chance.choice(_DOUBTS)
        kinds = (
            f"{yes} {doubt} {chance.choice(_DOUBTS)}",
            f"{doubt}, {yes}",
            f"{yes}?",
            f"/{yes}{{}} {number}",
            f'{{"consent": "{yes}"}}',
            "".join(chance.choice(signs) for _ in range(chance.randint(9, 60))) + "q",
        )
        found.append(kinds[number % len(kinds)])
    return found


def test_two_thousand_messages_that_are_no_plain_yes_are_none() -> None:
    """Nothing that asks, hedges, denies or means nothing is consent, whatever intent the NLU found in it."""
    assert [text for text in no_yeses(2_000, seed=7) if says_yes(message(text))] == []
    assert [text for text in _YES if not says_yes(message(text))] == []


def test_nothing_but_a_plain_yes_opens_a_dispute(begin: Begin, run: Run) -> None:
    """Thirty messages to the summary, one after the other; then a yes."""

    async def play() -> None:
        replay = begin("consent")
        for text in no_yeses(30, seed=11):
            await check(replay, text, await replay.type(text))
            assert replay.rows("disputes") == [], text
            if await open_question(replay) != "consent":
                replay = begin("consent")
        await finish(replay)

    run(play())

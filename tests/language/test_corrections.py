"""What buyers write to put right what they told, and what only looks like it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from language.choices import chosen, none_of_them
from language.correction_finder import puts_right
from language.correction_table import table
from language.corrections import correction, facts_named, leaves_it, said_against
from language.templates import TemplateError, even_marks, template

ROOT = Path(__file__).parent.parent.parent
DATES = ("refund_requested_on", "delivery_due_on")
COUNTS = ("quantity_ordered", "quantity_received")

BY_NAME = [
    ("change the date", DATES),
    ("I want to change how many I got", ("quantity_received",)),
    ("the order number is wrong", ("order_id",)),
    ("Can I change the order number?", ("order_id",)),
    ("could you please correct the order id", ("order_id",)),
    ("sorry, I gave you the wrong order number", ("order_id",)),
    ("I got the date wrong", DATES),
    ("oh no, I made a mistake with the number of pieces I ordered", ("quantity_ordered",)),
    ("the quantity is wrong", COUNTS),
    ("the date of my refund request isn't right", ("refund_requested_on",)),
    ("that's the wrong delivery date", ("delivery_due_on",)),
    ("the delivery date needs to be changed", ("delivery_due_on",)),
    ("I'd like to change what the seller answered", ("supplier_response",)),
    ("please change my wish", ("wish",)),
    ("I want to change what I wrote", ("statement",)),
    ("change the payment method", ("payment_method",)),
    ("I need to correct how I paid", ("paid_through_escrow", "payment_method")),
    ("I want to change what went wrong", ("claim_type",)),
    ("edit the type of claim please", ("claim_type",)),
    ("what the tracking says is wrong", ("carrier_status",)),
    ("I didn't mean that order", ("order_id",)),
    ("Hi, one thing: the order number I gave you is wrong.", ("order_id",)),
    ("I want to change my last answer", ("last",)),
    ("I want to change something", ("any",)),
    ("wait, I made a mistake", ("any",)),
    ("something is wrong in the summary", ("any",)),
    ("go back", ("last",)),
    ("Oops, wrong button!", ("last",)),
    ("sorry, that was wrong", ("last",)),
]

BY_VALUE = [
    ("not the 3rd, the 13th", (), "the 3rd", "the 13th"),
    ("not 50, I meant 55", (), "50", "55"),
    ("I meant 55", (), "", "55"),
    ("no, I meant 55, not 50", (), "50", "55"),
    ("not fake, just broken", (), "fake", "broken"),
    ("it's not fake, it's broken", (), "fake", "broken"),
    ("no, I did ask him", (), "", "I did ask him"),
    ("the order number is 8012345679, not 8012345678", ("order_id",), "8012345678", "8012345679"),
    ("the order number is wrong, it should be 8012345679", ("order_id",), "", "8012345679"),
    ("Wait, the order number is wrong. It's 8012345679.", ("order_id",), "", "8012345679"),
    ("order number: 8012345679", ("order_id",), "", "8012345679"),
    ("I ordered 20, not 2", (), "2", "I ordered 20"),
    ("20 not 2", (), "2", "20"),
    ("sorry, it was 8 March", (), "", "8 March"),
    ("sorry, it was March 8, 2024", (), "", "March 8, 2024"),
    ("the date is wrong, it was 8 March", DATES, "", "8 March"),
    ("Can you change the date to 5 March?", DATES, "", "5 March"),
    ("change the delivery date from 3 April to 5 April", ("delivery_due_on",), "3 April", "5 April"),
    ("the seller's answer was refused, not agreed", ("supplier_response",), "agreed", "refused"),
    ("it should be 30 February", (), "", "30 February"),
    ("I said 50 but I meant 55", (), "50", "55"),
    ("2 should be 20", (), "2", "20"),
    ("change 2 to 20", (), "2", "20"),
    ("make that 55", (), "", "55"),
    ("that was wrong, I paid at the checkout", (), "", "I paid at the checkout"),
    ("actually 12/3", (), "", "12/3"),
    ("the 13th instead of the 3rd", (), "the 3rd", "the 13th"),
]

STORIES = [
    "I wanted to change the order and he refused",
    "my seller changed the order number",
    "they changed the date of delivery twice",
    "I asked him to change the color and he sent the same",
    "he promised to correct the order but nothing happened",
    "the wrong item came",
    "wrong item",
    "wrong quantity",
    "the tracking number is wrong",
    "the tracking number he gave me was wrong",
    "the address on the label is wrong",
    "I changed my mind",
    "the color is wrong",
    "the size is not right",
    "the seller made a mistake with my order and refuses to fix it",
    "he made a mistake",
    "it came on the wrong day",
    "how do I know that the order number is right?",
    "is it 10 days, not 7?",
    "what if the date is wrong?",
    "the date is wrong on the invoice that the seller sent, so customs kept the parcel",
    "I will not change anything until they answer me",
    "the description said new and I got a used one",
    "I meant well and they laughed at me for it because they never wanted to pay me back at all",
    "yes",
    "no",
    "no thanks",
    "",
    "???",
]


@pytest.mark.parametrize(("text", "names"), BY_NAME, ids=[text for text, _ in BY_NAME])
def test_a_fact_is_to_be_changed_by_its_name(text: str, names: tuple[str, ...]) -> None:
    """The fact that is named, or those that the name can stand for, and no value."""
    found = correction(text)

    assert found is not None
    assert found.is_sure
    assert (found.names, found.new, found.old) == (names, "", "")


@pytest.mark.parametrize(("text", "names", "old", "new"), BY_VALUE, ids=[row[0] for row in BY_VALUE])
def test_a_value_is_put_in_the_place_of_another(text: str, names: tuple[str, ...], old: str, new: str) -> None:
    """The new one as it was written, and the old one where it is said."""
    found = correction(text)

    assert found is not None
    assert (found.names, found.old, found.new) == (names, old, new)


@pytest.mark.parametrize("text", STORIES)
def test_a_story_is_no_correction(text: str) -> None:
    """Something was changed, wrong or meant otherwise, but nothing that was told to us is taken back."""
    assert correction(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "he said it was broken, not fake",
        "the seller told me to wait, not to complain",
        "they claim it is used, not new",
        "sorry, she said 5 March",
    ],
)
def test_what_others_said_is_marked_as_such(text: str) -> None:
    """Only of what others answer and record it can be a new value."""
    found = correction(text)

    assert found is not None
    assert found.is_reported


def test_a_mark_alone_is_not_sure() -> None:
    """ "Sorry, 55" may answer the open question; "I meant 55" cannot."""
    sorry, meant = correction("sorry, 55"), correction("sorry, I meant 55")

    assert sorry is not None
    assert meant is not None
    assert (sorry.is_sure, meant.is_sure) == (False, True)


def _taught() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in entry.get("examples", "").splitlines():
                text = re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})", r"\1", line.lstrip("- ").strip())
                if entry.get("intent") and text:
                    yield entry["intent"], text
    for line in (ROOT / "tests" / "language" / "labelled" / "complaints.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["intent"], row["text"]


def test_no_labelled_message_is_taken_from_its_intent() -> None:
    """The component overrules none that is taught or labelled as something else, but for those it is told to leave."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    left = next(step["unless"] for step in pipeline if step["name"].endswith("PuttingRight"))

    taken = [(intent, text) for intent, text in _taught() if intent not in left and puts_right(text)]

    assert taken == []


@pytest.mark.parametrize(
    "text", ["change the date", "I meant 55", "not the 3rd, the 13th", "no, I did ask him", "go back"]
)
def test_a_correction_is_known_whatever_it_was_taken_for(text: str) -> None:
    """Also where no question is open."""
    assert puts_right(text)


@pytest.mark.parametrize(
    "text",
    [
        "I want a person, not a bot",
        "sorry, I need help",
        "I mean it",
        "I meant to say thank you",
        "no, it is still not here",
        "not happy, angry",
        "I would rather have a refund than a voucher",
    ],
)
def test_what_has_no_value_of_a_fact_keeps_its_intent(text: str) -> None:
    """It may be put like a correction, but there is nothing that it could put right."""
    assert not puts_right(text)


@pytest.mark.parametrize(
    "text",
    ["never mind", "Leave it.", "ok, leave it as it is", "no, keep it", "forget it please", "it was right after all"],
)
def test_a_correction_is_left(text: str) -> None:
    """What was told stays."""
    assert leaves_it(text)


@pytest.mark.parametrize("text", ["55", "leave it at the neighbour", "I never minded", "keep the parcel", "5 March"])
def test_an_answer_is_not_left(text: str) -> None:
    """Only the whole message counts."""
    assert not leaves_it(text)


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("I did ask him", "refund_requested", True),
        ("I haven't asked yet", "refund_requested", False),
        ("I did sign", "receipt_slip_signed", True),
        ("I never signed anything", "receipt_slip_signed", False),
        ("I did pay at the checkout", "paid_through_escrow", True),
        ("I did!", "last", True),
        ("I meant no", "last", False),
    ],
)
def test_yes_or_no_is_said_against_what_was_told(text: str, slot: str, value: bool) -> None:
    """Of one fact, or of whatever was answered last."""
    assert said_against(text).get(slot) is value


def test_a_fact_is_chosen_by_its_name_alone() -> None:
    """As an answer to the question which one is meant."""
    assert facts_named("the order number, please") == ("order_id",)
    assert facts_named("the date of my refund request") == ("refund_requested_on",)
    assert facts_named("the order number is 5") == ()


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("the first one", "2024-03-12"),
        ("the second", "2024-12-03"),
        ("2nd", "2024-12-03"),
        ("not the former", "2024-12-03"),
        ("no, the latter", "2024-12-03"),
        ("the earlier one please", "2024-03-12"),
        ("later", "2024-12-03"),
        ("option 2", "2024-12-03"),
        ("1", "2024-03-12"),
        ("3", None),
        ("the last one", "2024-12-03"),
        ("the third one", None),
        ("on the first of March", None),
        ("the first time I asked was in May", None),
    ],
)
def test_one_of_two_days_is_chosen_by_its_place(text: str, choice: str | None) -> None:
    """Among those on offer, and only where nothing else is said."""
    assert chosen(text, ["2024-03-12", "2024-12-03"]) == choice


def test_none_of_the_choices_can_be_meant() -> None:
    """Then nothing is chosen."""
    assert none_of_them("neither of them")
    assert chosen("neither of them", ["a", "b"]) is None
    assert chosen("not the first", ["a", "b", "c"]) is None


@given(old=st.integers(0, 10**9), new=st.integers(0, 10**9))
@settings(deadline=None)
def test_numbers_come_out_as_they_were_written(old: int, new: int) -> None:
    """Whatever they are, in each of the ways to say it."""
    for text in (
        f"not {old}, I meant {new}",
        f"{new}, not {old}",
        f"I meant {new}, not {old}",
        f"sorry, {new} not {old}",
    ):
        found = correction(text)
        assert found is not None
        assert (found.old, found.new) == (str(old), str(new)), text


@settings(deadline=None)
@given(slots=st.sampled_from(sorted(table().called)), text=st.sampled_from(["change the {}", "the {} is wrong"]))
def test_nothing_but_a_name_is_taken_for_one(slots: str, text: str) -> None:
    """The keys of the table are no names themselves, but for those that are."""
    found = correction(text.format(f"zz {slots} zz"))

    assert found is None


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=200)
def test_any_text_is_read_or_left(text: str) -> None:
    """Nothing raises, and what is found stands in the message."""
    found = correction(text)
    words = even_marks(text).casefold()

    leaves_it(text), said_against(text), facts_named(text)
    if found is not None and found.new:
        assert found.new.split()[0].strip(",").casefold() in words


@pytest.mark.parametrize("text", ["(a|b", "a)", "a | b", "@nobody", "", "[]"])
def test_a_template_that_cannot_be_read_says_so(text: str) -> None:
    """Whoever edits the table hears which one it is."""
    with pytest.raises(TemplateError):
        template(text, {}, {})


def test_a_message_of_a_thousand_words_is_a_story() -> None:
    """It takes no time either."""
    assert correction("the date is wrong " * 300) is None

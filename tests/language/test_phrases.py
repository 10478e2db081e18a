# ruff: noqa: RUF001 - typed as buyers type it: curly apostrophes, wide letters and figures
"""The small language of the word tables, and what of a message is stated."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from language import facts, moves, topics
from language.phrase_table import NOTHING, matches, phrases
from language.phrases import PhraseError, phrase
from language.spelling import Speller
from language.statements import rest, said, statements
from language.wording import even


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("sent back", "it was Sent back!"),
        ("lost|missing", "it is missing"),
        ("(sent back|lost) by", "sent back by them"),
        ("[really] broken", "broken"),
        ("[really] broken", "really broken"),
        ("deliver*", "a delivery"),
        ("says ... delivered", "says it was already delivered"),
        ("got <n> of <n>", "got 3 of 20"),
        ("@seller lied", "the shop lied"),
        ("didn't come", "it did not come"),
        ("did not come", "it didn’t come"),
        ("second hand", "second-hand"),
        ("paid , but", "I paid, but"),
    ],
)
def test_a_phrase_is_found_where_it_stands(written: str, text: str) -> None:
    assert matches(phrases({"value": [written]}), even(text))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("lost", "lostness"),
        ("says ... delivered", "says it was not delivered"),
        ("says ... delivered", "says so, delivered"),
        ("says ... delivered", "says a b c d e f delivered"),
        ("got <n>", "got 3 days"),
        ("got <n>", "got $3"),
        ("got <n>", "got 3rd"),
        ("sent back", "sent it back"),
    ],
)
def test_a_phrase_is_not_found_in_other_words(written: str, text: str) -> None:
    assert not matches(phrases({"value": [written]}), even(text))


@pytest.mark.parametrize(
    "written", ["", "=", "(a", "a)", "[a", "()", "[a]", "...", "@nobody lied", "|", "a | | b", "(a|)"]
)
def test_a_phrase_that_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(PhraseError):
        phrase(written)


def test_no_phrase_is_missed_for_the_words_that_it_needs() -> None:
    """Looked for one by one in what people write, the phrases of the largest tables are found where the table says."""
    folder = Path(__file__).resolve().parents[2] / "data" / "nlu"
    blocks = [block for path in folder.glob("*.yml") for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]]
    messages = [even(line[2:]) for block in blocks for line in block["examples"].splitlines()][::3]
    found = 0
    for table in (moves._phrases(), topics._phrases(), *(fact.phrases for fact in facts._table().values())):
        for words in messages:
            there = [(entry, place.span()) for entry in table for place in entry.pattern.finditer(words)]
            assert [(entry, place.span()) for entry, place in table.found_in(words)] == there, words
            found += len(there)
    assert found > 500


def test_a_longer_phrase_hides_a_shorter_one_of_another_value() -> None:
    table = phrases({"delivered": ["delivered"], "elsewhere": ["delivered to my neighbour"]})
    assert {match.value for match in matches(table, even("delivered to my neighbour"))} == {"elsewhere"}


def test_a_phrase_that_says_nothing_hides_what_stands_inside_it() -> None:
    table = phrases({"used": ["used"], NOTHING: ["used to"]})
    assert not matches(table, even("I used to live there"))


@pytest.mark.parametrize(
    "text",
    [
        "it is not broken",
        "never broken",
        "if it is broken",
        "it might be broken",
        "I hope nothing is broken",
        "neither of them is broken",
    ],
)
def test_what_is_denied_or_supposed_is_not_said(text: str) -> None:
    assert not said(phrases({"broken": ["broken"]}), even(text))


@pytest.mark.parametrize(
    "text", ["it is broken", "not late but broken", "no, it is broken", "I did not wait, it is broken"]
)
def test_a_not_in_another_part_of_the_sentence_does_not_count(text: str) -> None:
    assert said(phrases({"broken": ["broken"]}), even(text))


@pytest.mark.parametrize(
    "text",
    [
        "was it delivered?",
        "was it delivered",
        "what is escrow",
        "how do I pay",
        "delivered, right?",
        "and can you help me",
    ],
)
def test_a_question_states_nothing(text: str) -> None:
    assert statements(even(text)) == ""


def test_what_stands_before_a_question_is_stated() -> None:
    assert statements(even("it is broken, when do I get my money?")).strip(" .") == "it is broken"
    assert statements(even("it is broken. Can you help?")).strip(" .") == "it is broken"
    assert statements(even("it is broken, and can you help?")).strip(" .") == "it is broken"


def test_what_no_phrase_covers_is_the_rest() -> None:
    words = even("my old phone is broken, really")
    assert rest(words, matches(phrases({"broken": ["is broken"]}), words)) == ["my", "old", "phone", "really"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("delievered", "delivered"), ("tracknig", "tracking"), ("mastercrad", "mastercard"), ("recieved", "received")],
)
def test_a_misspelt_word_of_a_table_is_put_right(typed: str, meant: str) -> None:
    assert Speller(["delivered", "tracking", "mastercard", "received"]).right(even(typed)) == f"{meant} "


@pytest.mark.parametrize(
    "word",
    [
        "shopping",
        "customer",
        "training",
        "contact",
        "filed",
        "white",
        "stock",
        "older",
        "tried",
        "lists",
        "sent",
        "shoes",
        "mixing",
        "disgusting",
        "repair",
    ],
)
def test_a_real_word_is_never_put_right(word: str) -> None:
    vocabulary = [
        "shipping",
        "customs",
        "tracking",
        "contract",
        "failed",
        "write",
        "stuck",
        "order",
        "tired",
        "listed",
        "send",
        "shows",
        "missing",
        "discussing",
        "repaid",
    ]
    assert Speller(vocabulary).right(f"{word} ") == f"{word} "


def test_a_word_between_two_of_the_table_is_left_as_it_is() -> None:
    assert Speller(["planter", "planted"]).right("plantex ") in ("planter ", "planted ")
    assert Speller(["bolder", "folder", "badder", "border"]).right("bodder ") == "bodder "


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_made_even(text: str) -> None:
    words = even(text)
    assert words == "" or words.endswith(" ")
    assert "  " not in words
    assert statements(words) == "" or statements(words).endswith(" ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ＶＩＳＡ", "visa "),
        ("I can’t\u200b pay", "i can not pay "),
        ("٢٠ pcs", "20 pieces "),
        ("1,000", "1000 "),
        ("Stop!!! Why?!", "stop . why ? "),
        ("50%", "50 percent "),
        ("no it's here", "no , it is here "),
    ],
)
def test_wording_is_made_even(text: str, words: str) -> None:
    assert even(text) == words

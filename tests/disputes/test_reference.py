"""References: said on the telephone, typed by hand, and never mistaken for another."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyer_protection.disputes.reference import ALPHABET, new_reference, read_reference

CHARACTERS = st.text(alphabet=ALPHABET, min_size=8, max_size=8)


def made_of(characters: str) -> str:
    """The reference whose drawn characters are these."""
    drawn = iter(characters)
    return new_reference(lambda _: next(drawn))


@given(CHARACTERS)
def test_a_single_wrong_character_is_always_noticed(characters: str) -> None:
    """At each place, each other character makes it no reference."""
    plain = made_of(characters).replace("-", "")

    for place, right in enumerate(plain):
        for wrong in ALPHABET.replace(right, ""):
            assert read_reference(plain[:place] + wrong + plain[place + 1 :]) is None


@given(CHARACTERS)
def test_two_characters_that_changed_places_are_always_noticed(characters: str) -> None:
    """Neighbours, and any other two, the check character among them."""
    plain = made_of(characters).replace("-", "")

    for one in range(len(plain)):
        for other in range(one + 1, len(plain)):
            if plain[one] != plain[other]:
                swapped = list(plain)
                swapped[one], swapped[other] = swapped[other], swapped[one]
                assert read_reference("".join(swapped)) is None


def test_no_character_looks_like_another_and_none_spells_words() -> None:
    """No nought or O, no one, I or L, no two or Z, no five or S, no eight or B, no U or V, and no vowels."""
    assert set(ALPHABET).isdisjoint("0OQ1IL2Z5S8BUVNAEIOU")
    assert len(set(ALPHABET)) == 19


@pytest.mark.parametrize(
    "typed",
    [
        "C7KF-3M9P-K",
        "c7kf3m9pk",
        " c7kf 3m9p k ",
        "C7KF\N{EN DASH}3M9P\N{EN DASH}K",
        "".join(chr(ord(letter) + 0xFEE0) for letter in "C7KF-3M9P-K"),  # full width
        "C7KF.3M9P.K",
        "What about C7KF-3M9P-K, please?",
        "it is c7kf 3m9p k. thanks",
        "C7KF-3M9P-K or c7kf3m9pk, the same",
    ],
)
def test_a_reference_is_read_however_it_is_typed(typed: str) -> None:
    """Blanks, dashes, small and full-width letters, and words around it do not matter."""
    assert read_reference(typed) == "C7KF-3M9P-K"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "C7KF-3M9P",
        "C7KF-3M9P-M",
        "C7KF-3M9P-KK",
        "my order is 4477-3366-9",
        "CKF-3M9P-K",
        "\N{LATIN SMALL LETTER LONG S}7KF-3M9P-K",
    ],
)
def test_what_is_no_reference_is_not_read_as_one(typed: str) -> None:
    """Too short, too long, or with a check character that is wrong."""
    assert read_reference(typed) is None


def test_two_references_in_one_text_are_not_guessed_between() -> None:
    """Whoever asks must say which one is meant."""
    assert read_reference("C7KF-3M9P-K and PPPJ-GCH7-M") is None


@given(st.text(max_size=300))
def test_any_text_is_read_without_trouble(text: str) -> None:
    """What is read is a reference as it is written, which reads as itself."""
    found = read_reference(text)

    assert found is None or read_reference(found) == found


def test_references_are_drawn_from_the_whole_alphabet() -> None:
    """Each character comes up at each place."""
    drawn = [new_reference(Random(seed).choice) for seed in range(500)]

    for place in (0, 1, 2, 3, 5, 6, 7, 8, 10):
        assert {reference[place] for reference in drawn} == set(ALPHABET)

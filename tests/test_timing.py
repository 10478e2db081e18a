"""What tests say of the growth of a time can fail, and a machine that stalls does not make it fail."""

from __future__ import annotations

import re
import time
from functools import cache

import pytest

from tests.timing import assert_time_grows_with_the_text

TEXT = "a" * 8000


def test_a_time_that_grows_with_the_text_is_taken() -> None:
    """Also where the machine stalls each time that the whole text is read."""

    def read(text: str) -> None:
        time.sleep(0.05 if len(text) > len(TEXT) / 2 else 0)
        re.findall("a|b", text)

    assert_time_grows_with_the_text(read, TEXT)


def test_a_time_that_grows_with_the_square_of_the_text_is_found() -> None:
    """As a pattern takes it that looks for an end from each letter anew."""
    with pytest.raises(AssertionError, match="a quarter of them"):
        assert_time_grows_with_the_text(lambda text: re.search("a*b", text), TEXT)


def test_a_reading_that_remembers_its_texts_is_found_too() -> None:
    """No text is read twice."""
    with pytest.raises(AssertionError, match="a quarter of them"):
        assert_time_grows_with_the_text(cache(lambda text: re.search("a*b", text)), TEXT)

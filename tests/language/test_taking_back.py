"""A wish to have a file deleted is one only where the whole message is."""

from __future__ import annotations

import pytest

from language.taking_back import asks_to_delete_a_file


@pytest.mark.parametrize(
    "text",
    [
        "delete that photo",
        "Please delete the last file.",
        "remove my last picture",
        "oops, remove that photo please",
        "Can you delete the video I sent?",
        "could you please erase that one",
        "I want to delete the wrong picture",
        "take back the last photo that I sent",
        "get rid of that screenshot",
    ],
)
def test_a_wish(text: str) -> None:
    """In the words of a hurried buyer, with or without a please."""
    assert asks_to_delete_a_file(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "photo",
        "delete",
        "delete my account",
        "the seller told me to delete the photo",
        "don't delete that photo",
        "do not delete the photo",
        "why did you delete my photo?",
        "delete that photo and open the dispute",
        "he removed the picture from the listing",
        "remove the seller",
        "delete " * 2_000 + "photo",
    ],
)
def test_no_wish(text: str) -> None:
    """What tells of deleting, asks about it, forbids it or wants more than that deletes nothing."""
    assert not asks_to_delete_a_file(text)

"""A wish to have a file deleted that was sent: said in so many words, and nothing else beside."""

from __future__ import annotations

import re
from typing import Final

_WISH: Final = re.compile(
    r"(?:(?:please|sorry|oops|no|wait)[,!. ]+)*"
    r"(?:(?:can|could|would) you (?:please )?|i (?:want|would like|need) to |i'd like to |let me )?"
    r"(?:please )?(?:delete|remove|erase|discard|take back|take away|get rid of) "
    r"(?:the|that|this|my|all)? ?(?:last |wrong |first |second )?"
    r"(?:one|photo|foto|picture|pic|image|video|clip|file|document|pdf|upload|screenshot|attachment)s?"
    r"(?: (?:i|that i) (?:just )?(?:sent|uploaded|attached|gave you))?(?: (?:again|please|now|back))*",
    re.IGNORECASE,
)


def asks_to_delete_a_file(text: str) -> bool:
    """Whether the whole text is a wish to take back a file; one that tells of somebody's photos is not."""
    return _WISH.fullmatch(" ".join(text.split()).strip(" .!?")) is not None

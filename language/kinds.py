"""Which kind of claim a message names: in the place of another ("not fake, just broken"), or alone ("it is broken")."""

from __future__ import annotations

import re
from typing import Final

from language.answers import answer
from language.corrections import as_meant, correction

#: Not to want a thing goes with any kind of claim.
_GOES_WITH_ALL: Final = "unwanted"
#: What answers many a question names no kind by itself.
_SAYS_TOO_LITTLE: Final = re.compile(
    r".*\b(?:still|nothing|one)\b.*|\W*(?:used|different|lost)\W*|\W*(?:yes|yeah|yep|yup|ok|okay)\b.*|.*\?\W*",
    re.IGNORECASE,
)


def kind_instead(text: str) -> str | None:
    """The kind that is told where another is denied; None where a message does not do both."""
    said = correction(text)
    if not said or not said.old or not said.new:
        return None
    denied, told = answer("claim_type", said.old), answer("claim_type", said.new)
    return str(told.value) if denied and told else None


def kind_named(text: str) -> str | None:
    """The kind that a whole message names, behind a "no" or an "I meant that" too; None where it says more or less."""
    meant = as_meant(text)
    if _SAYS_TOO_LITTLE.fullmatch(meant) or _SAYS_TOO_LITTLE.fullmatch(text):
        return None
    found = answer("claim_type", meant)
    return str(found.value) if found and found.whole and found.value != _GOES_WITH_ALL else None

"""Which kind of claim a message puts in the place of another: "not fake, just broken"."""

from __future__ import annotations

from language.answers import answer
from language.corrections import correction


def kind_instead(text: str) -> str | None:
    """The kind that is told where another is denied; None where a message does not do both."""
    said = correction(text)
    if not said or not said.old or not said.new:
        return None
    denied, told = answer("claim_type", said.old), answer("claim_type", said.new)
    return str(told.value) if denied and told else None

"""Evidence in words and in codes: what to show for each kind of claim, how it is sent here, what came (EVID-1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from actions import words
from actions.turn import Turn
from buyer_protection.disputes import KeptClaim
from buyer_protection.evidence import Receipt

#: Photos or videos that a claim about goods that came cannot do without.
NEEDED: Final = 1

#: What a picker of files shows; what is accepted is decided by content.
ACCEPT: Final = ("image/*", "video/*", "application/pdf")

#: What would help beside what the question asks for, by kind of claim; each code has words of its own.
HELPS: Final[dict[str, tuple[str, ...]]] = {
    "not_as_described": ("whole", "label"),
    "counterfeit": ("label", "box"),
    "broken": ("video", "box", "label"),
    "missing_parts": ("label", "box"),
}

#: As many names of files as are read out.
_NAMES: Final = 5


def as_custom(kind: str, claim: KeptClaim) -> dict[str, Any]:
    """The machine-readable side of a message about a claim's evidence: what counts, what is needed, what would help."""
    return {
        "kind": kind,
        "slot": "evidence",
        "input": "evidence",
        "reference": claim.reference,
        "accepted": claim.facts.evidence or 0,
        "needed": NEEDED,
        "helps": list(HELPS.get(claim.facts.claim_type or "", ())),
        "accept": list(ACCEPT),
    }


def how_to_send(turn: Turn, reference: str) -> str:
    """How a file is sent on the buyer's channel."""
    by_channel = f"utter_send_evidence_{turn.channel}"
    return words.text(by_channel if words.exists(by_channel) else "utter_send_evidence", reference=reference)


def what_came(files: Sequence[Receipt]) -> str:
    """How many of each kind, such as "2 photos, 1 video"."""
    kinds = Counter(file.kind for file in files)
    return ", ".join(
        words.text(f"utter_evidence_{kind}" if count == 1 else f"utter_evidence_{kind}s", count=count)
        for kind, count in kinds.items()
    )


def would_help(claim_type: str) -> str:
    """What would help beside the first file, one after the other."""
    return ", ".join(words.text(f"utter_evidence_help_{code}") for code in HELPS[claim_type])


def names(files: Sequence[Receipt]) -> str:
    """What the files were called, the first few of them."""
    shown = ", ".join(file.original_name for file in files[:_NAMES])
    return shown if len(files) <= _NAMES else f"{shown}, …"

"""What was asked for cannot be done: a code for whoever words it, never a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from buyer_protection.policy import Assessment

UNKNOWN_CLAIM: Final = "unknown_claim"
UNKNOWN_REFERENCE: Final = "unknown_reference"
INCOMPLETE_RECORD: Final = "incomplete_record"
ALREADY_DECIDED: Final = "already_decided"
WITHDRAWN: Final = "withdrawn"
NOT_LINKED: Final = "not_linked"
MOVE_NOT_ALLOWED: Final = "move_not_allowed"
CLOSED: Final = "closed"
TAKEN: Final = "taken"
NOT_TAKEN: Final = "not_taken"


@dataclass(frozen=True)
class Refused:
    """Why not.

    `code` is an outcome of the policy that is not `eligible`, or one of the codes of this module.
    `reference` and `status` are those of the dispute that stands in the way; of a conversation that somebody else has,
    `status` is who.
    `missing` names the fields of an incomplete record.
    """

    code: str
    reference: str = ""
    status: str = ""
    missing: tuple[str, ...] = ()
    earliest_dispute_on: date | None = None
    assessment: Assessment | None = None


class UnknownClaim(LookupError):
    """There is no such claim of this buyer; another's is said to be unknown too, so that ids tell nothing."""

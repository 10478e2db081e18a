"""The policy: facts in, assessment out.

Pure standard library; the specification is the published text, clause by clause.
"""

from buyer_protection.policy.answer import assess
from buyer_protection.policy.assessment import (
    ELIGIBLE,
    EVIDENCE_NEEDED,
    MORE_INFORMATION_NEEDED,
    NOT_ELIGIBLE,
    OUTCOMES,
    REFUND_REQUEST_NEEDED,
    WAIT,
    Assessment,
)
from buyer_protection.policy.change import Change, what_would_change
from buyer_protection.policy.clauses import CLAUSES, ONLY_IN_WORDS, SILENCES
from buyer_protection.policy.edition import (
    Edition,
    EditionError,
    edition_from_dict,
    edition_on,
    load_editions,
    shipped_editions,
)
from buyer_protection.policy.explanation import Reason, why
from buyer_protection.policy.facts import Facts
from buyer_protection.policy.questions import decides
from buyer_protection.policy.values import FactError, payment_methods

__all__ = [
    "CLAUSES",
    "ELIGIBLE",
    "EVIDENCE_NEEDED",
    "MORE_INFORMATION_NEEDED",
    "NOT_ELIGIBLE",
    "ONLY_IN_WORDS",
    "OUTCOMES",
    "REFUND_REQUEST_NEEDED",
    "SILENCES",
    "WAIT",
    "Assessment",
    "Change",
    "Edition",
    "EditionError",
    "FactError",
    "Facts",
    "Reason",
    "assess",
    "decides",
    "edition_from_dict",
    "edition_on",
    "load_editions",
    "payment_methods",
    "shipped_editions",
    "what_would_change",
    "why",
]

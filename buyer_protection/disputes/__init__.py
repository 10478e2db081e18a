"""Claims and disputes: what a buyer told, kept from the first turn, and the record opened with the platform.

Every function takes an engine from `connect` first and the rest by name; each is one transaction and can be done again.
"""

from buyer_protection.disputes.buyers import UNLINKED, is_unlinked
from buyer_protection.disputes.claims import all_claims, drop_claim, find_claim, keep_claim, unfinished_claims
from buyer_protection.disputes.database import DatabaseError, connect, migrate
from buyer_protection.disputes.fields import FieldError
from buyer_protection.disputes.handing_over import hand_over
from buyer_protection.disputes.handoff_events import HandoffEvent, handoff_events_of, unanswered
from buyer_protection.disputes.handoffs import (
    Handoff,
    ask_for_person,
    close_handoff,
    find_handoff,
    handoff_of,
    open_handoffs,
)
from buyer_protection.disputes.keeping import DRAFT, DROPPED, SUBMITTED, KeptClaim
from buyer_protection.disputes.moves import ask, decide, review, withdraw
from buyer_protection.disputes.notes import (
    EDITED_MESSAGE,
    FILES,
    STATEMENT,
    Note,
    notes_of,
    record_note,
    tie_notes,
    untied_notes,
)
from buyer_protection.disputes.opening import Opened, open_dispute
from buyer_protection.disputes.order_records import ORDER_RECORD, vouch
from buyer_protection.disputes.records import Dispute, Event, all_disputes, disputes_of, events_of, find_dispute
from buyer_protection.disputes.reference import read_reference
from buyer_protection.disputes.refusal import Refused, UnknownClaim
from buyer_protection.disputes.reminders import CANCELLED, DECLINED, HELD, SAID, SET
from buyer_protection.disputes.statements import take_statement
from buyer_protection.disputes.status import DECISIONS, FINAL, MOVES, STATUSES, is_open
from buyer_protection.disputes.verifying import verify
from buyer_protection.disputes.wanted_reminders import (
    Reminder,
    all_reminders,
    heard,
    reminder_of,
    want_reminders,
)

__all__ = [
    "CANCELLED",
    "DECISIONS",
    "DECLINED",
    "DRAFT",
    "DROPPED",
    "EDITED_MESSAGE",
    "FILES",
    "FINAL",
    "HELD",
    "MOVES",
    "ORDER_RECORD",
    "SAID",
    "SET",
    "STATEMENT",
    "STATUSES",
    "SUBMITTED",
    "UNLINKED",
    "DatabaseError",
    "Dispute",
    "Event",
    "FieldError",
    "Handoff",
    "HandoffEvent",
    "KeptClaim",
    "Note",
    "Opened",
    "Refused",
    "Reminder",
    "UnknownClaim",
    "all_claims",
    "all_disputes",
    "all_reminders",
    "ask",
    "ask_for_person",
    "close_handoff",
    "connect",
    "decide",
    "disputes_of",
    "drop_claim",
    "events_of",
    "find_claim",
    "find_dispute",
    "find_handoff",
    "hand_over",
    "handoff_events_of",
    "handoff_of",
    "heard",
    "is_open",
    "is_unlinked",
    "keep_claim",
    "migrate",
    "notes_of",
    "open_dispute",
    "open_handoffs",
    "read_reference",
    "record_note",
    "reminder_of",
    "review",
    "take_statement",
    "tie_notes",
    "unanswered",
    "unfinished_claims",
    "untied_notes",
    "verify",
    "vouch",
    "want_reminders",
    "withdraw",
]

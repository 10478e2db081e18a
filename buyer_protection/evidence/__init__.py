"""Evidence: photos and videos, looked at by content, kept under names of ours, counted only when accepted (EVID-1)."""

from buyer_protection.evidence.adopting import adopt, remove
from buyer_protection.evidence.handing_in import attach, hand_in
from buyer_protection.evidence.limits import Limits
from buyer_protection.evidence.receipts import Receipt, evidence_of, evidence_of_buyer, held
from buyer_protection.evidence.rescanning import rescan
from buyer_protection.evidence.scanning import Scanner
from buyer_protection.evidence.spool import sweep_spool
from buyer_protection.evidence.store import Store, StoreAway
from buyer_protection.evidence.sweeping import Checked, check
from buyer_protection.evidence.viewing import Access, Viewing, accesses_of, for_viewing, note_access

__all__ = [
    "Access",
    "Checked",
    "Limits",
    "Receipt",
    "Scanner",
    "Store",
    "StoreAway",
    "Viewing",
    "accesses_of",
    "adopt",
    "attach",
    "check",
    "evidence_of",
    "evidence_of_buyer",
    "for_viewing",
    "hand_in",
    "held",
    "note_access",
    "remove",
    "rescan",
    "sweep_spool",
]

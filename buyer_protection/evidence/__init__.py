"""Evidence: photos and videos, looked at by content, kept under names of ours, counted only when accepted (EVID-1)."""

from buyer_protection.evidence.attaching import attach
from buyer_protection.evidence.receipts import Receipt, evidence_of

__all__ = ["Receipt", "attach", "evidence_of"]

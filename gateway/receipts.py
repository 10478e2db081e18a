"""What a page is told of a file that was accepted, and what a conversation keeps of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from buyer_protection.evidence.scanning import LOCKED
from gateway.channels.channel import FILE, Incoming
from gateway.conversations import conversation_of
from gateway.signed_paths import VIEWING, SignedPaths

EVIDENCE: Final = "/widget/evidence"
#: What is kept and cannot be looked at: there is no harmless copy of it.
_WITHOUT_COPY: Final = "document"


def with_address(receipt: Mapping[str, Any], buyer_id: str, paths: SignedPaths, now: datetime) -> dict[str, Any]:
    """A receipt (as `Receipt.to_dict` gives it) with `url`, where its buyer can look at it for five minutes.

    None where there is nothing to look at.
    """
    path = f"{EVIDENCE}/{receipt['id']}"
    is_seen = receipt["kind"] != _WITHOUT_COPY and receipt.get("scan") not in LOCKED
    url = paths.sign(path, conversation_of(buyer_id), now, VIEWING) if is_seen else None
    return {**receipt, "url": url}


def kept_of(receipt: Mapping[str, Any]) -> dict[str, Any]:
    """What a message's row says of a file that was accepted."""
    return {
        "evidence_id": receipt["id"],
        **{name: receipt[name] for name in ("name", "kind", "media_type", "size", "sha256", "counts", "scan")},
    }


def message_of(receipt: Mapping[str, Any], buyer_id: str, vouched: Mapping[str, Any]) -> Incoming:
    """The message that a page's file is: it is answered as any other, once."""
    return Incoming(
        channel="widget",
        native_id=f"evidence:{receipt['id']}",
        buyer_id=buyer_id,
        conversation=conversation_of(buyer_id),
        kind=FILE,
        files=(kept_of(receipt),),
        # Files that come while another one is answered are answered together.
        album="evidence",
        vouched=vouched,
    )

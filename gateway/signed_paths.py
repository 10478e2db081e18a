"""Addresses that open for a short while, for one buyer and one thing, without a token: pictures need them.

`/widget/evidence/ID?until=1700000000&signature=...` is signed for the path and for whose conversation it was made;
who changes a character of it, or comes late, finds nothing there.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

#: How long what was handed in can be looked at.
VIEWING: Final = timedelta(minutes=5)
#: How long, from the day on which it was said, a calendar file can be fetched: a page may stay open for a while.
CALENDAR: Final = timedelta(days=2)

_PURPOSE: Final = b"buyer-protection path 1"
_UNTIL: Final = re.compile(r"[1-9][0-9]{0,11}")


class SignedPaths:
    """Signs and checks paths with a secret that all gateways share."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)

    def sign(self, path: str, conversation: str, now: datetime, lives: timedelta) -> str:
        """The path with what makes it open until `now + lives` for the buyer of a conversation."""
        until = int((now + lives).timestamp())
        return f"{path}?until={until}&signature={self._signature(path, conversation, until)}"

    def opens(self, path: str, query: Mapping[str, str], conversation: str, now: datetime) -> bool:
        """Whether a query is one that was signed for this path and conversation, and has not ended."""
        if query.keys() != {"until", "signature"} or not _UNTIL.fullmatch(query["until"]):
            return False
        until = int(query["until"])
        expected = self._signature(path, conversation, until).encode()
        is_ours = hmac.compare_digest(expected, query["signature"].encode("utf-8", "surrogatepass"))
        return is_ours and now.timestamp() < until

    def _signature(self, path: str, conversation: str, until: int) -> str:
        signed = f"{path}\0{conversation}\0{until}".encode("utf-8", "surrogatepass")
        return urlsafe_b64encode(hmac.digest(self._key, signed, hashlib.sha256)).rstrip(b"=").decode()

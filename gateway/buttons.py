"""Buttons go out as opaque tokens: whoever presses one says which button it was, and cannot say anything else.

A token names a row of the outbox and a place among its buttons, and is signed for one conversation. Whether that row
is still the one to be answered is for whoever reads it to say.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Final

PREFIX: Final = "btn:"
#: Bytes; the least that a channel allows for (Telegram's `callback_data`).
LONGEST: Final = 64
LARGEST_ID: Final = 2**63 - 1
LARGEST_INDEX: Final = 999

_TOKEN: Final = re.compile(r"btn:([0-9a-z]{1,13})\.([0-9a-z]{1,2})\.[A-Za-z0-9_-]{22}")
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_MAC_BYTES: Final = 16
#: The same secret signs other things too; none of them is ever a button.
_PURPOSE: Final = b"buyer-protection button 1"


@dataclass(frozen=True)
class Pressed:
    """A button that was ours: the row of the outbox that it went out with, and its place there, from 0."""

    outbox_id: int
    index: int


class Buttons:
    """Signs and reads the tokens of buttons with a secret that all gateways share."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)

    def token(self, conversation: str, outbox_id: int, index: int) -> str:
        """The token of a button, at most 64 bytes; the same each time.

        Raises ValueError for a row or a place that cannot be.
        """
        if not 0 <= outbox_id <= LARGEST_ID or not 0 <= index <= LARGEST_INDEX:
            raise ValueError("a row's id and a place among its buttons are expected")
        mac = hmac.digest(
            self._key, f"{conversation}\0{outbox_id}.{index}".encode("utf-8", "surrogatepass"), hashlib.sha256
        )
        signature = urlsafe_b64encode(mac[:_MAC_BYTES]).rstrip(b"=").decode()
        return f"{PREFIX}{_in_letters(outbox_id)}.{_in_letters(index)}.{signature}"

    def read(self, conversation: str, token: str) -> Pressed | None:
        """Which button was pressed, or None: not ours, changed, or of another conversation. Never raises."""
        found = _TOKEN.fullmatch(token)
        if not found:
            return None
        pressed = Pressed(int(found[1], 36), int(found[2], 36))
        if pressed.outbox_id > LARGEST_ID or pressed.index > LARGEST_INDEX:
            return None
        # The whole token is compared, so that each button has one spelling only.
        expected = self.token(conversation, pressed.outbox_id, pressed.index)
        return pressed if hmac.compare_digest(expected, token) else None


def _in_letters(number: int) -> str:
    """A number in base 36, which `int(text, 36)` reads."""
    letters = ""
    while number or not letters:
        number, rest = divmod(number, 36)
        letters = _DIGITS[rest] + letters
    return letters

"""What a token of a buyer's page must say, for whoever makes one and whoever checks it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import jwt

#: The `aud` of the token: it was made for this assistant and nothing else.
AUDIENCE: Final = "buyer-protection-widget"
#: How far ahead `exp` may be: whoever steals a token has little time for it.
LIFETIME: Final = timedelta(minutes=15)


def mint(buyer_id: str, secret: str, now: datetime, *, time_zone: str = "") -> str:
    """A token (HS256) with which a page may speak for a buyer, good for 15 minutes from `now` (aware)."""
    claims = {"sub": buyer_id, "aud": AUDIENCE, "exp": now + LIFETIME, **({"tz": time_zone} if time_zone else {})}
    return jwt.encode(claims, secret, algorithm="HS256")

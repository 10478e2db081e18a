"""What a token of a buyer's page must say, for whoever makes one and whoever checks it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import jwt

#: The `aud` of the token: it was made for this assistant and nothing else.
AUDIENCE: Final = "buyer-protection-widget"
#: How far ahead `exp` may be: whoever steals a token has little time for it.
LIFETIME: Final = timedelta(minutes=15)


def mint(buyer_id: str, secret: str, now: datetime, *, time_zone: str = "", order_id: str = "") -> str:
    """A token (HS256) with which a page may speak for a buyer, good for 15 minutes from `now` (aware).

    `order_id`: the order that the buyer asks about; which facts it brings is looked up where orders are kept.
    """
    said = {"tz": time_zone, "order_id": order_id}
    claims = {
        "sub": buyer_id,
        "aud": AUDIENCE,
        "exp": now + LIFETIME,
        **{name: what for name, what in said.items() if what},
    }
    return jwt.encode(claims, secret, algorithm="HS256")

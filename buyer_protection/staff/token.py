"""`token BUYER`: what lets a buyer's page in, for development and tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import jwt
import typer

from buyer_protection.disputes import fields
from buyer_protection.settings import minting_secret, settings
from buyer_protection.staff import desk

AUDIENCE: Final = "buyer-protection-widget"
LIFETIME: Final = timedelta(minutes=15)


def token(buyer: str = typer.Argument(..., help="The buyer's id.")) -> None:
    """A token with which a buyer's page may speak for the buyer, good for 15 minutes."""
    claims = {
        "sub": fields.identifier("BUYER", buyer),
        "aud": AUDIENCE,
        "exp": desk.now() + LIFETIME,
    }
    print(jwt.encode(claims, minting_secret(settings()), algorithm="HS256"))

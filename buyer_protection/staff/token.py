"""`token BUYER`: what lets a buyer's page in, for development and tests."""

from __future__ import annotations

import typer

from buyer_protection.disputes import fields
from buyer_protection.settings import minting_secret, settings
from buyer_protection.staff import desk
from buyer_protection.tokens import mint


def token(buyer: str = typer.Argument(..., help="The buyer's id.")) -> None:
    """A token with which a buyer's page may speak for the buyer, good for 15 minutes."""
    print(mint(fields.identifier("BUYER", buyer), minting_secret(settings()), desk.now()))

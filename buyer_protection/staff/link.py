"""`link BUYER`: what lets somebody on a messaging channel show that they are this buyer."""

from __future__ import annotations

import typer

from buyer_protection import link_codes
from buyer_protection.disputes import fields
from buyer_protection.settings import minting_secret, settings
from buyer_protection.staff import desk


def link(buyer: str = typer.Argument(..., help="The buyer's id.")) -> None:
    """A code that links a Telegram account to the buyer, once, within ten minutes: they send the line to the bot."""
    buyer_id = fields.identifier("BUYER", buyer)
    minted = link_codes.mint(
        desk.engine(), minting_secret(settings(), "gateway_secret"), buyer_id=buyer_id, now=desk.now()
    )
    print(f"/start {minted.code}")

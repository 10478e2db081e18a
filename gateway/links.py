"""Who somebody on a messaging channel is: nobody we know, until they show a buyer's one-time code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection import link_codes
from buyer_protection.disputes import UNLINKED, hand_over, unfinished_claims
from buyer_protection.disputes.transactions import reading, writing
from buyer_protection.link_codes import LinkCode
from buyer_protection.settings import Settings, gateway_secret
from gateway.conversations import conversation_of
from gateway.tables import links, used_codes

WRONG, USED, EXPIRED = "wrong", "used", "expired"
#: The three are told apart for the person who holds the code: what to do is the same, and nothing secret is said.
REASONS: Final = (WRONG, USED, EXPIRED)


class CodeRefused(Exception):
    """A code that links nobody; `reason` is one of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Speaker:
    """Who speaks on a channel: a buyer, or somebody whom nobody has linked, under an id that no account has."""

    buyer_id: str
    is_linked: bool

    @property
    def conversation(self) -> str:
        """The conversation that belongs to them."""
        return conversation_of(self.buyer_id)


def mint(known: Settings, engine: Engine, buyer_id: str, now: datetime) -> LinkCode:
    """A new code for a buyer, good once, for ten minutes from `now` (aware). Raises FieldError or SettingsError."""
    return link_codes.mint(engine, gateway_secret(known), buyer_id=buyer_id, now=now)


def redeem(engine: Engine, secret: str, *, channel: str, user: str, code: str, now: datetime) -> str:
    """Links a channel's user to the buyer of a code, and answers the buyer's id; what they told before goes with them.

    The same user may show the same code again and nothing more happens; for anybody else it is used up. A user who
    was linked to another buyer is linked to this one. Raises CodeRefused.
    """
    problem = link_codes.what_is_wrong(secret, code, now)
    if problem == WRONG:
        raise CodeRefused(WRONG)

    def link(connection: Connection) -> str:
        buyer_id = link_codes.buyer_of(connection, code)
        known = _linked(connection, channel, user)
        used = sa.select(sa.literal(1)).where(used_codes.c.code == link_codes.digest(code))
        if connection.execute(used).first() is not None:
            if buyer_id is None or buyer_id != known:
                raise CodeRefused(USED)
            return buyer_id
        if problem or buyer_id is None:
            raise CodeRefused(problem or EXPIRED)
        connection.execute(sa.insert(used_codes).values(code=link_codes.digest(code), used_at=now))
        connection.execute(sa.delete(links).where(*_of(channel, user)))
        row = {"channel": channel, "user": user, "buyer_id": buyer_id, "linked_at": now}
        connection.execute(sa.insert(links).values(row))
        return buyer_id

    buyer_id = writing(engine, link)
    hand_over(engine, from_buyer=unlinked_id(channel, user), to_buyer=buyer_id, now=now)
    return buyer_id


def unlink(engine: Engine, *, channel: str, user: str) -> bool:
    """Takes a link away; whether there was one. What the buyer told stays theirs."""
    gone = sa.delete(links).where(*_of(channel, user))
    return writing(engine, lambda connection: bool(connection.execute(gone).rowcount))


def speaker(engine: Engine, *, channel: str, user: str, now: datetime) -> Speaker:
    """Who a channel's user is now.

    What they told while a turn of theirs was still under way when they were linked is handed over here.
    """
    unlinked = unlinked_id(channel, user)
    buyer_id = reading(engine, lambda connection: _linked(connection, channel, user))
    if buyer_id is None:
        return Speaker(unlinked, is_linked=False)
    if unfinished_claims(engine, buyer_id=unlinked, now=now):
        hand_over(engine, from_buyer=unlinked, to_buyer=buyer_id, now=now)
    return Speaker(buyer_id, is_linked=True)


def is_theirs(connection: Connection, *, channel: str, user: str, buyer_id: str) -> bool:
    """Whether a channel's user speaks for a buyer now: linked to them, or nobody's and known by this very id."""
    known = _linked(connection, channel, user)
    return (known or unlinked_id(channel, user)) == buyer_id


def unlinked_id(channel: str, user: str) -> str:
    """The id under which somebody speaks whom nobody has linked."""
    return f"{UNLINKED}{channel}:{user}"


def _linked(connection: Connection, channel: str, user: str) -> str | None:
    query = sa.select(links.c.buyer_id).where(*_of(channel, user))
    buyer_id: str | None = connection.execute(query).scalar_one_or_none()
    return buyer_id


def _of(channel: str, user: str) -> tuple[sa.sql.ColumnElement, ...]:
    return (links.c.channel == channel, links.c.user == user)

"""Who speaks: the buyer that a signed token names, and nobody else.

The shop's server signs a token for the buyer who is logged in there; the page sends it with each request. How it must
be signed follows from our own key, never from what the token says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from math import isfinite
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import jwt
from jwt.exceptions import InvalidSubjectError
from starlette.datastructures import Headers

from buyer_protection.disputes import fields, is_unlinked
from buyer_protection.settings import Settings, widget_secret
from buyer_protection.tokens import AUDIENCE, LIFETIME
from gateway.conversations import conversation_of
from gateway.errors import Unauthorized
from gateway.token_key import TokenKey, public_key

T = TypeVar("T")

#: The shop's clock may be ahead of ours by this much.
LEEWAY: Final = timedelta(seconds=30)
LONGEST_TOKEN: Final = 8 * 1024
LONGEST_NAME: Final = 100

_BEARER: Final = re.compile(r"bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)", re.IGNORECASE)
_LOCALE: Final = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
_ZONE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,63}")
_REASONS: Final[Mapping[type[jwt.PyJWTError], str]] = {
    jwt.InvalidSignatureError: "signature",
    jwt.InvalidAlgorithmError: "algorithm",
    jwt.MissingRequiredClaimError: "claim_missing",
    jwt.InvalidAudienceError: "audience",
    InvalidSubjectError: "subject",
}


@dataclass(frozen=True)
class Buyer:
    """Who speaks, until `expires_at`. What the shop did not say of them, or said so that it cannot be, is empty."""

    buyer_id: str
    conversation: str
    expires_at: datetime
    order_id: str = ""
    name: str = ""
    time_zone: str = ""
    locale: str = ""


class Identity:
    """Checks tokens by the key of the settings; raises `SettingsError` where there is none that can be used."""

    def __init__(self, known: Settings, now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)) -> None:
        pem = known.widget_public_key
        self._key = public_key(pem) if pem.strip() else TokenKey(widget_secret(known), "HS256")
        self._now = now

    def of(self, authorization: str | None) -> Buyer:
        """The buyer that the header `Authorization` names. Raises `Unauthorized`, whatever is wrong with it."""
        claims = self._signed(_token(authorization))
        expires_at = _expiry(claims, self._now().timestamp())
        try:
            buyer_id = fields.identifier("sub", claims["sub"])
        except fields.FieldError:
            raise Unauthorized("subject") from None
        if is_unlinked(buyer_id):  # somebody on a messaging channel: no shop can name them
            raise Unauthorized("subject")
        return Buyer(
            buyer_id,
            conversation_of(buyer_id),
            expires_at,
            order_id=_or_empty(fields.order_id, claims.get("order_id")),
            name=_or_empty(lambda name: fields.one_line("name", name, LONGEST_NAME), claims.get("name")),
            time_zone=_or_empty(_time_zone, claims.get("tz")),
            locale=_or_empty(_locale, claims.get("locale")),
        )

    def _signed(self, token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key.key,
                algorithms=[self._key.algorithm],
                audience=AUDIENCE,
                # The times are checked here below, by a clock that comes in as an argument.
                options={
                    "require": ["sub", "exp", "aud"],
                    "strict_aud": True,
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except jwt.PyJWTError as error:
            raise Unauthorized(_REASONS.get(type(error), "malformed")) from None
        except (ValueError, TypeError, RecursionError):
            raise Unauthorized("malformed") from None
        return claims


def authorization_of(headers: Headers) -> str | None:
    """The header `Authorization` of a request; two of them are one that no token is read from."""
    return ", ".join(headers.getlist("authorization")) or None


def _token(authorization: str | None) -> str:
    if not authorization:
        raise Unauthorized("no_token")
    if len(authorization) > LONGEST_TOKEN:
        raise Unauthorized("too_large")
    found = _BEARER.fullmatch(authorization)
    if not found:
        raise Unauthorized("not_bearer")
    return found[1]


def _expiry(claims: Mapping[str, Any], now: float) -> datetime:
    """When the token ends. `nbf` and `iat` have leeway and so has the furthest end; the end itself needs none."""
    expires, leeway = _seconds(claims["exp"]), LEEWAY.total_seconds()
    if expires <= now:
        raise Unauthorized("expired")
    if expires > now + LIFETIME.total_seconds() + leeway:
        raise Unauthorized("lives_too_long")
    for claim in ("nbf", "iat"):
        if claim in claims and _seconds(claims[claim]) > now + leeway:
            raise Unauthorized("not_yet")
    return datetime.fromtimestamp(expires, timezone.utc)


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e12 or not isfinite(value):
        raise Unauthorized("time")
    return float(value)


def _or_empty(read: Callable[[T], str], value: T | None) -> str:
    """What a claim says that nothing depends on; a bad one is no reason to send a buyer away."""
    try:
        return "" if value is None else read(value)
    except fields.FieldError:
        return ""


def _time_zone(value: object) -> str:
    try:
        return ZoneInfo(value).key if isinstance(value, str) and _ZONE.fullmatch(value) else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""


def _locale(value: object) -> str:
    return value if isinstance(value, str) and _LOCALE.fullmatch(value) else ""

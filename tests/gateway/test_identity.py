"""Who may speak (I-14 to I-16): a token that is in order names one buyer; every other one is sent away alike."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_curve_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as new_rsa_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from starlette.datastructures import Headers

from buyer_protection.settings import Settings, SettingsError
from buyer_protection.staff.cli import run
from gateway.conversations import conversation_of
from gateway.errors import Unauthorized
from gateway.identity import Buyer, Identity, authorization_of

NOW = datetime(2026, 3, 4, 12, 0, 0, tzinfo=timezone.utc)
SECRET = "a-secret-of-the-shop-and-of-us-only"
OTHER_SECRET = "a-secret-of-somebody-else-altogether"
Claims = dict[str, Any]


def identity(**known: str) -> Identity:
    """By the shared secret, unless a public key is given, at one point in time."""
    given: dict[str, Any] = {"widget_secret": SECRET, **known}
    return Identity(Settings(**given), now=lambda: NOW)


def claims(**changed: Any) -> Claims:
    """What a good token says; `None` leaves a claim out."""
    good = {"sub": "buyer-1", "aud": "buyer-protection-widget", "exp": at(minutes=10)}
    return {name: value for name, value in {**good, **changed}.items() if value is not None}


def at(**later: float) -> float:
    """Seconds since 1970, some time from now."""
    return (NOW + timedelta(**later)).timestamp()


def bearer(said: Claims, key: Any = SECRET, algorithm: str | None = "HS256", **header: Any) -> str:
    """The header with a token; PyJWT refuses to sign some claims that a forger would."""
    return f"Bearer {jwt.api_jws.encode(json.dumps(said).encode(), key, algorithm, headers=header or None)}"


def by_hand(said: str, header: str, signature: bytes | None = None, key: bytes = SECRET.encode()) -> str:
    """A token whose parts no library would write."""
    first = ".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in (header, said))
    if signature is None:
        signature = hmac.digest(key, first.encode(), hashlib.sha256)
    return f"Bearer {first}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


@lru_cache(maxsize=1)
def rsa() -> Any:
    """The shop's RSA key."""
    return new_rsa_key(65537, 2048)


def pem(key: Any) -> str:
    """The public half as it stands in a setting."""
    text: bytes = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return text.decode()


def private_pem(key: Any) -> str:
    """The half that must never be here."""
    text: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return text.decode()


def test_a_good_token_names_the_buyer_and_the_conversation_follows() -> None:
    """The id of the conversation comes from the subject, and from nothing else."""
    buyer = identity().of(bearer(claims()))

    assert buyer == Buyer("buyer-1", conversation_of("buyer-1"), NOW + timedelta(minutes=10))
    assert buyer.conversation == "b-" + hashlib.sha256(b"buyer-1").hexdigest()[:40]


def test_what_the_shop_says_of_the_buyer_is_taken_over() -> None:
    """Order, name, time zone and locale, when they can be."""
    buyer = identity().of(
        bearer(claims(order_id="A-1001", name=" Ann  Example", tz="Europe/Berlin", locale="de-DE", iat=at(), nbf=at()))
    )

    assert (buyer.order_id, buyer.name, buyer.time_zone, buyer.locale) == (
        "A-1001",
        "Ann Example",
        "Europe/Berlin",
        "de-DE",
    )


@pytest.mark.parametrize(
    "bad", [7, True, [], {}, "", "\0", "a\nb", "../../etc/passwd", "x" * 1_000, "<b>", "America"], ids=repr
)
def test_what_cannot_be_said_of_a_buyer_is_dropped_and_the_buyer_let_in(bad: object) -> None:
    """Nothing depends on these claims, so none of them is a reason to send somebody away."""
    buyer = identity().of(bearer(claims(order_id=bad, name=bad, tz=bad, locale=bad)))

    assert buyer.buyer_id == "buyer-1"
    assert "\n" not in buyer.name
    assert "\0" not in buyer.name
    assert len(buyer.name) <= 100
    assert (buyer.order_id, buyer.time_zone) in [("", ""), ("America", "")]
    assert buyer.locale in ("", "America")


#: What is wrong with each token, the header, and the reason that only the log is told.
DEFECTS: dict[str, tuple[Callable[[], str | None], str]] = {
    "no header": (lambda: None, "no_token"),
    "an empty header": (lambda: "", "no_token"),
    "no token after the scheme": (lambda: "Bearer ", "not_bearer"),
    "a token without the scheme": (lambda: bearer(claims()).removeprefix("Bearer "), "not_bearer"),
    "the scheme Basic": (lambda: "Basic YnV5ZXItMTpwYXNzd29yZA==", "not_bearer"),
    "the scheme Basic with a good token": (lambda: bearer(claims()).replace("Bearer", "Basic"), "not_bearer"),
    "garbage": (lambda: "Bearer garbage", "not_bearer"),
    "garbage in three parts": (lambda: "Bearer gar.ba.ge", "malformed"),
    "two tokens": (lambda: f"{bearer(claims())} {bearer(claims()).split()[1]}", "not_bearer"),
    "two headers": (lambda: f"{bearer(claims())}, {bearer(claims(sub='buyer-2'))}", "not_bearer"),
    "a line break at its end": (lambda: bearer(claims()) + "\n", "not_bearer"),
    "a letter that no token has": (lambda: "Bearer \u00e9.\ud800.x", "not_bearer"),
    "more than 8 KB": (lambda: bearer(claims(name="x" * 8_192)), "too_large"),
    "deeply nested claims": (lambda: by_hand("[" * 5_000, '{"alg":"HS256","typ":"JWT"}'), "malformed"),
    "a deeply nested header": (lambda: by_hand("{}", "[" * 5_000), "malformed"),
    "claims that are a list": (lambda: by_hand("[]", '{"alg":"HS256"}'), "malformed"),
    "claims that are no UTF-8": (lambda: by_hand("\x80", '{"alg":"HS256"}').replace("woA", "gIA"), "signature"),
    "alg none": (lambda: bearer(claims(), key="", algorithm="none"), "algorithm"),
    "alg None, spelt otherwise": (lambda: by_hand(json.dumps(claims()), '{"alg":"nOnE"}', b""), "algorithm"),
    "no alg": (lambda: by_hand(json.dumps(claims()), "{}"), "algorithm"),
    "alg as a list": (lambda: by_hand(json.dumps(claims()), '{"alg":["HS256"]}'), "algorithm"),
    "another HMAC": (lambda: bearer(claims(), key=SECRET * 2, algorithm="HS512"), "algorithm"),
    "signed by RSA": (lambda: bearer(claims(), key=rsa(), algorithm="RS256"), "algorithm"),
    "signed with another secret": (lambda: bearer(claims(), key=OTHER_SECRET), "signature"),
    "a signature cut off": (lambda: bearer(claims()).rpartition(".")[0] + ".", "signature"),
    "another's claims under the signature": (
        lambda: ".".join(
            (bearer(claims()).split(".")[0], bearer(claims(sub="x")).split(".")[1], bearer(claims()).split(".")[2])
        ),
        "signature",
    ),
    "a key named in the header": (
        lambda: bearer(claims(), key=OTHER_SECRET, jwk={"kty": "oct", "k": "eA"}, kid="../../dev/null"),
        "signature",
    ),
    "a header that must be understood": (lambda: bearer(claims(), crit=["made-up"]), "malformed"),
    "expired": (lambda: bearer(claims(exp=at(seconds=-1))), "expired"),
    "expired this instant": (lambda: bearer(claims(exp=at())), "expired"),
    "no exp": (lambda: bearer(claims(exp=None)), "claim_missing"),
    "an exp that is a text": (lambda: bearer(claims(exp=str(at(minutes=5)))), "time"),
    "an exp that is true": (lambda: bearer(claims(exp=True)), "time"),
    "an endless exp": (lambda: bearer(claims(exp=float("inf"))), "time"),
    "an exp that is no number": (lambda: bearer(claims(exp=float("nan"))), "time"),
    "a huge exp": (lambda: bearer(claims(exp=10**400)), "time"),
    "good for more than 15 minutes": (lambda: bearer(claims(exp=at(minutes=15, seconds=31))), "lives_too_long"),
    "no aud": (lambda: bearer(claims(aud=None)), "claim_missing"),
    "another aud": (lambda: bearer(claims(aud="another-widget")), "audience"),
    "a list as aud": (lambda: bearer(claims(aud=["buyer-protection-widget"])), "audience"),
    "no sub": (lambda: bearer(claims(sub=None)), "claim_missing"),
    "a number as sub": (lambda: bearer(claims(sub=1)), "subject"),
    "an object as sub": (lambda: bearer(claims(sub={"id": "buyer-1"})), "subject"),
    "an empty sub": (lambda: bearer(claims(sub="")), "subject"),
    "a sub with a zero byte": (lambda: bearer(claims(sub="buyer-1\0")), "subject"),
    "a sub with a line break": (lambda: bearer(claims(sub="buyer-1\n")), "subject"),
    "a sub with half a letter": (lambda: bearer(claims(sub="\ud800")), "subject"),
    "a sub that is too long": (lambda: bearer(claims(sub="b" * 129)), "subject"),
    "a sub that belongs to a channel": (lambda: bearer(claims(sub="unlinked:telegram:7")), "subject"),
    "good only later": (lambda: bearer(claims(nbf=at(minutes=1))), "not_yet"),
    "made in the future": (lambda: bearer(claims(iat=at(minutes=1))), "not_yet"),
    "an nbf that is a text": (lambda: bearer(claims(nbf="now")), "time"),
}


@pytest.mark.parametrize(("header", "reason"), DEFECTS.values(), ids=DEFECTS)
def test_a_token_with_a_defect_is_sent_away_like_every_other(header: Callable[[], str | None], reason: str) -> None:
    """Outside it is one error with one sentence; only the log learns the reason."""
    with pytest.raises(Unauthorized) as refused:
        identity().of(header())

    assert refused.value.reason == reason
    assert refused.value.__cause__ is None
    plain = Unauthorized("another")
    assert (refused.value.status, refused.value.code, refused.value.message, refused.value.headers) == (
        plain.status,
        plain.code,
        plain.message,
        plain.headers,
    )


def test_a_shop_whose_clock_is_a_little_ahead_is_understood() -> None:
    """By up to half a minute, in `exp`, `nbf` and `iat`."""
    buyer = identity().of(
        bearer(claims(exp=at(minutes=15, seconds=30), nbf=at(seconds=30), iat=at(seconds=30))),
    )

    assert buyer.expires_at == NOW + timedelta(minutes=15, seconds=30)


def test_the_scheme_is_understood_in_any_letters() -> None:
    """As HTTP wants it."""
    assert identity().of(bearer(claims()).replace("Bearer", "bEARER ")).buyer_id == "buyer-1"


def test_two_headers_are_not_one_of_them() -> None:
    """Whichever of them were taken, somebody before us may have looked at the other."""
    good = bearer(claims())
    twice = Headers(raw=[(b"authorization", good.encode()), (b"authorization", good.encode())])

    with pytest.raises(Unauthorized):
        identity().of(authorization_of(twice))

    assert identity().of(authorization_of(Headers({"Authorization": good}))).buyer_id == "buyer-1"
    assert authorization_of(Headers({})) is None


@pytest.mark.parametrize(("make", "algorithm"), [(rsa, "RS256"), (Ed25519PrivateKey.generate, "EdDSA")])
@pytest.mark.parametrize("in_one_line", [False, True])
def test_a_public_key_checks_tokens_of_its_own_algorithm_and_no_others(
    make: Callable[[], Any], algorithm: str, in_one_line: bool
) -> None:
    """The algorithm follows from our key. The shared secret is good for nothing then, and need not be there."""
    key = make()
    setting = pem(key).strip().replace("\n", "\\n") if in_one_line else pem(key)
    known = identity(widget_public_key=setting, widget_secret="")

    assert known.of(bearer(claims(), key, algorithm)).buyer_id == "buyer-1"
    forged = [
        bearer(claims()),
        bearer(claims(), key="", algorithm="none"),
        # The public key is no secret: who signs with its text by HMAC must not get in.
        by_hand(json.dumps(claims()), '{"alg":"HS256"}', key=pem(key).encode()),
        by_hand(json.dumps(claims()), '{"alg":"HS256"}', key=pem(key).strip().encode()),
        by_hand(json.dumps(claims()), f'{{"alg":"{algorithm}"}}', key=pem(key).encode()),
        bearer(claims(), Ed25519PrivateKey.generate(), "EdDSA"),
        bearer(claims(), rsa(), "PS256"),
        bearer(claims(), rsa(), "RS512"),
        bearer(claims(), new_curve_key(SECP256R1()), "ES256"),
    ]
    for token in forged:
        with pytest.raises(Unauthorized):
            known.of(token)


@pytest.mark.parametrize(
    "make",
    [
        lambda: "no key",
        lambda: pem(new_rsa_key(65537, 1024)),
        lambda: pem(new_curve_key(SECP256R1())),
        lambda: private_pem(rsa()),
    ],
    ids=["no key", "a short RSA key", "a key of another kind", "a private key"],
)
def test_a_key_that_cannot_be_used_is_a_refusal_to_start(make: Callable[[], str]) -> None:
    """By the variable's name, without the key."""
    with pytest.raises(SettingsError, match=r"^BUYER_PROTECTION_WIDGET_PUBLIC_KEY: [^\n]+$") as refused:
        identity(widget_public_key=make())

    assert "-----" not in str(refused.value)


def test_no_key_at_all_is_a_refusal_to_start() -> None:
    """Nobody could be let in, or everybody."""
    with pytest.raises(SettingsError, match=r"^BUYER_PROTECTION_WIDGET_SECRET: "):
        Identity(Settings(env="production", widget_secret=SecretStr("")))


def test_neither_the_secret_nor_the_token_shows(caplog: pytest.LogCaptureFixture) -> None:
    """Not in what is printed of the parts, not in an error (A-14)."""
    known = identity()
    planted = bearer(claims(sub="planted word"))
    with pytest.raises(Unauthorized) as refused:
        known.of(planted)

    shown = f"{known!r} {vars(known)!r} {refused.value!r} {refused.value} {refused.value.message} {caplog.text}"
    assert SECRET not in shown
    assert "planted" not in shown
    assert planted.split(".")[1] not in shown


@given(st.one_of(st.none(), st.text(), st.from_regex(r"Bearer [\w-]*\.[\w-]*\.[\w-]*", fullmatch=True)))
def test_no_header_makes_it_fail_in_another_way(header: str | None) -> None:
    """It names a buyer or raises `Unauthorized`; nobody hits a good one by chance."""
    with pytest.raises(Unauthorized):
        identity().of(header)


@given(st.dictionaries(st.sampled_from(["sub", "aud", "exp", "nbf", "iat", "jti", "tz"]), st.none() | st.integers()))
def test_no_signed_claims_make_it_fail_in_another_way(changed: Claims) -> None:
    """A shop may sign nonsense by mistake."""
    header = by_hand(json.dumps({**claims(), **changed}), '{"alg":"HS256"}')
    try:
        assert identity().of(header).buyer_id == "buyer-1"
    except Unauthorized:
        assert changed


def test_the_token_of_the_command_line_is_let_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One audience and one lifetime, for whoever makes tokens and whoever checks them."""
    monkeypatch.setenv("BUYER_PROTECTION_WIDGET_SECRET", SECRET)
    assert run(["token", "buyer-7"]) == 0

    assert Identity(Settings()).of(f"Bearer {capsys.readouterr().out.split()[-1]}").buyer_id == "buyer-7"

"""I-01, I-02, I-14 to I-18, I-20, I-21, I-25, I-31: who speaks is who the token names, and nobody is disturbed."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
import jwt
import pytest
import yaml

from buyer_protection.disputes import connect, unfinished_claims
from buyer_protection.settings import home
from buyer_protection.tokens import AUDIENCE, LIFETIME, mint
from tests.faults.buyers import UNTIL_CONSENT, Buyer
from tests.faults.places import ORIGIN, Place, on_one
from tests.faults.sending import PART, TUS, Sending
from tests.faults.stage import SECRET
from tests.gateway.photographs import photo

PATHS = (("POST", "/widget/messages"), ("GET", "/widget/messages"), ("GET", "/widget/events"), ("POST", "/widget/link"))
#: Halves of characters, nothing, and what ends a line or a text.
BAD_PARTS = ("a\u0000b", "\ud800", "\udfff", "a\nb", "", " ", "a" * 129, "\u202e")


def now() -> datetime:
    """The time of the shop, which is ours."""
    return datetime.now(timezone.utc)


def pids(place: Place) -> list[int]:
    """Who runs."""
    return [process.pid for process in place.stage.processes.values()]


def bearer(**claims: Any) -> dict[str, str]:
    """The header with a token that says this, well signed."""
    said = {"sub": "somebody", "aud": AUDIENCE, "exp": now() + LIFETIME, **claims}
    token = jwt.encode({name: value for name, value in said.items() if value is not None}, SECRET, algorithm="HS256")
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("part", BAD_PARTS, ids=ascii)
def test_i01_i02_an_id_that_cannot_be_stored_is_refused_and_stops_nobody(place: Place, part: str) -> None:
    """In a token it is no buyer, as a message's id it is a bad request; the next buyer is answered by the same pids."""
    before = pids(place)
    buyer = place.buyer()
    body = {"text": "hello", "id": "x"}
    subject = httpx.post(buyer.url(), json=body, headers=bearer(sub=part), trust_env=False, verify=False)
    headers = {**buyer.headers, "Content-Type": "application/json"}
    named = httpx.post(
        buyer.url(),
        content=json.dumps({"text": "hello", "id": part}).encode(),
        headers=headers,
        trust_env=False,
        verify=False,
    )

    assert subject.status_code == 401
    assert named.status_code == 400
    assert named.json()["error"]["code"] == "bad_request"
    buyer.say("hello")
    assert pids(place) == before


@pytest.mark.parametrize(
    "text", ["a\u0000b hello", "\ud800 hello", "hello \udfff", "\u202ehello", "\u0000 hello"], ids=ascii
)
def test_i01_i02_a_text_that_cannot_be_stored_is_cleaned_and_answered(place: Place, text: str) -> None:
    """By the same processes as before."""
    before = pids(place)

    assert place.buyer().say(text)

    assert pids(place) == before
    place.settle()


@on_one("postgresql")
def test_i14_knowing_ids_of_another_gives_nothing(place: Place) -> None:
    """Whatever Mallory names of Alice's, in any field, it is Mallory who speaks and Mallory's that is shown."""
    alice, mallory = place.at_consent(), place.buyer()
    hers = alice.read_all()
    button = alice.button("Yes, open it")
    fields = {
        "sender": alice.id,
        "sender_id": alice.conversation,
        "conversation": alice.conversation,
        "buyer_id": alice.id,
        "session_id": alice.conversation,
        "metadata": {"buyer_id": alice.id},
    }
    for field, value in fields.items():
        mallory.send({"text": "what is the status of my dispute", "id": f"as-{field}", field: value})  # type: ignore[dict-item]
    mallory.send({"payload": button, "id": "alices-button"})
    mallory.send({"text": "hello", "id": str(hers[0]["custom"].get("id"))})
    for query in (f"?conversation={alice.conversation}", f"?buyer={alice.id}"):
        answer = httpx.get(
            mallory.url("/widget/messages" + query), headers=mallory.headers, trust_env=False, verify=False
        )
        assert answer.status_code == 400
    for query in ("", f"?after={hers[0]['id'] - 1}"):
        told = httpx.get(
            mallory.url("/widget/messages" + query), headers=mallory.headers, trust_env=False, verify=False
        ).json()
        assert not {each["id"] for each in told["messages"]} & {each["id"] for each in hers}
        assert alice.order not in str(told)

    assert alice.read_all() == hers
    kept = place.settle()
    assert not [row for row in kept.disputes if row["buyer_id"] in (alice.id, mallory.id)]


@on_one("sqlite+http")
def test_i14_every_address_that_names_something_of_another_is_as_if_it_were_not_there(place: Place) -> None:
    """Of all that the gateway's document names, for each method: what is Alice's and what never was are the same."""
    alice, mallory = Sending(place.buyer()), Sending(place.buyer())
    alice._buyer.claim(UNTIL_CONSENT)
    hers = {
        "/widget/uploads/{id}": alice.begun(1000).rpartition("/")[2],
        "/widget/evidence/{id}": alice.hand_in(photo()).json()["receipt"]["id"],
        "/widget/calendar/{reference}.ics": claim_of(place, alice._buyer),
    }
    document = yaml.safe_load((home() / "gateway" / "openapi.yml").read_text(encoding="utf-8"))
    named = {path: methods for path, methods in document["paths"].items() if "{" in path}
    assert named.keys() == hers.keys()
    for path, methods in named.items():
        place_of_name = path[path.index("{") : path.index("}") + 1]
        for method in (each for each in methods if each in ("get", "head", "patch", "post", "put", "delete")):
            headers = {**TUS, **PART, "Upload-Offset": "0"}
            mine, nobodys = (
                mallory.ask(method.upper(), path.replace(place_of_name, name), headers)
                for name in (hers[path], "A" * len(hers[path]))
            )
            assert (mine.status_code, nobodys.status_code) == (404, 404), (method, path)
            if method != "head":
                assert mine.json()["error"]["message"] == nobodys.json()["error"]["message"]

    assert [each["id"] for each in alice.receipts()] == [hers["/widget/evidence/{id}"]]
    assert alice.offset(f"/widget/uploads/{hers['/widget/uploads/{id}']}") == 0
    place.settle()


def claim_of(place: Place, buyer: Buyer) -> str:
    """The reference of a buyer's claim."""
    engine = connect(place.stage.url)
    (claim,) = unfinished_claims(engine, buyer_id=buyer.id, now=now())
    engine.dispose()
    return claim.reference


@on_one("sqlite+http")
@pytest.mark.parametrize(("method", "path"), PATHS)
def test_i15_without_a_token_there_is_nobody(place: Place, method: str, path: str) -> None:
    """No conversation that all share: 401, and nothing about what exists."""
    url = f"http://127.0.0.1:{place.stage.ports[0]}{path}"
    answer = httpx.request(method, url, json={"text": "hello", "id": "nobody"}, trust_env=False, verify=False)

    assert answer.status_code == 401
    assert set(answer.json()) == {"error"}
    assert answer.json()["error"]["code"] == "unauthorized"


DEFECTS: dict[str, dict[str, str]] = {}


def defects(buyer: Buyer) -> dict[str, str]:
    """What is wrong with a token, and the header that has it."""
    good = buyer.headers["Authorization"]
    claims = {"sub": buyer.id, "aud": AUDIENCE, "exp": now() + LIFETIME}
    head, body, signature = good.removeprefix("Bearer ").split(".")

    def signed(key: str = SECRET, **other: Any) -> str:
        said = {name: value for name, value in {**claims, **other}.items() if value is not None}
        return "Bearer " + jwt.encode(said, key, algorithm="HS256")

    return {
        "no signature": f"Bearer {head}.{body}.",
        "another's signature": signed("x" * 40),
        "changed": f"Bearer {head}.{body[:-2]}AA.{signature}",
        "alg none": "Bearer " + jwt.encode(claims, "", algorithm="none"),
        "expired": signed(exp=now() - timedelta(seconds=1)),
        "no end": signed(exp=None),
        "lives too long": signed(exp=now() + timedelta(hours=1)),
        "for nobody": signed(aud=None),
        "for another": signed(aud="another"),
        "of nobody": signed(sub=None),
        "of a pseudo-buyer": signed(sub="unlinked:telegram:1"),
        "of 300 characters (I-25)": signed(sub="a" * 300),
        "not yet": signed(nbf=now() + timedelta(minutes=5)),
        "basic": "Basic " + good.removeprefix("Bearer "),
        "twice": f"{good}, {good}",
        "garbage": "Bearer garbage",
        "huge": "Bearer " + "a" * 20_000,
    }


@on_one("postgresql")
def test_i16_i25_a_token_with_any_defect_is_no_token(place: Place) -> None:
    """All answers are the same but for the trace, and nothing is kept."""
    buyer = place.buyer()
    seen = set()
    for name, header in defects(buyer).items():
        for method, path in PATHS:
            url = buyer.url(path)
            body = {"text": "hello", "id": "defect"}
            answer = httpx.request(
                method, url, json=body, headers={"Authorization": header}, trust_env=False, verify=False
            )
            assert answer.status_code in (401, 431), (name, path)
            if answer.status_code == 401:
                error = answer.json()["error"]
                seen.add((error["code"], error["message"], answer.headers["WWW-Authenticate"]))

    assert len(seen) == 1
    assert not [row for row in place.settle().inbox if row["buyer_id"] == buyer.id]


@on_one("sqlite+http")
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", ORIGIN + ".evil.example", ORIGIN.replace("s:", ":")]
)
def test_i17_a_page_that_is_not_on_the_list_cannot_speak_for_a_buyer(place: Place, origin: str) -> None:
    """Not even with a good token; it is not reflected, and no credentials are allowed to ride along."""
    buyer = place.buyer()
    for method in ("POST", "OPTIONS"):
        headers = {**buyer.headers, "Origin": origin, "Access-Control-Request-Method": "POST"}
        answer = httpx.request(
            method, buyer.url(), json={"text": "hello", "id": "x"}, headers=headers, trust_env=False, verify=False
        )
        assert answer.status_code == 403
        assert answer.json()["error"]["code"] == "origin_refused"
        assert not [name for name in answer.headers if name.startswith("access-control-allow")]


@on_one("postgresql")
def test_i17_the_shops_page_may_speak(place: Place) -> None:
    """And is told so before it does."""
    buyer = place.buyer()
    asked = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    allowed = httpx.request("OPTIONS", buyer.url(), headers=asked, trust_env=False, verify=False)

    assert allowed.status_code == 200
    assert allowed.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Access-Control-Allow-Credentials" not in allowed.headers


@on_one("postgresql")
def test_i18_a_page_that_is_loaded_again_shows_the_answer(place: Place) -> None:
    """It was lost on no connection, because it was on none."""
    buyer = place.buyer()
    answer = buyer.say("hello")
    again = Buyer(place.stage, place.history, buyer.id)

    assert again.read_all()[-len(answer) :] == answer
    place.settle()


@on_one("sqlite+http")
def test_i20_i21_what_a_page_says_of_itself_is_not_believed(place: Place) -> None:
    """Metadata and the name of a channel are not read: neither Rasa's conversation nor the inbox knows them."""
    buyer = place.buyer()
    lies = {
        "metadata": {"buyer_id": "another", "role": "admin-lie"},
        "input_channel": "slack-lie",
        "channel": "slack-lie",
    }
    buyer.send({"text": "hello", "id": "lies", **lies})  # type: ignore[dict-item]

    kept = place.settle()
    row = next(row for row in kept.inbox if row["buyer_id"] == buyer.id)
    assert row["channel"] == "widget"
    assert "lie" not in str(row["metadata"])
    assert not any("-lie" in data for data in kept.events_of(buyer.conversation))


@on_one("sqlite+http")
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "text/json"]
)
def test_i31_a_body_that_is_not_called_json_is_not_read(place: Place, kind: str) -> None:
    """What any page may send without asking first is refused."""
    buyer = place.buyer()
    headers = {**buyer.headers, "Content-Type": kind}
    answer = httpx.post(
        buyer.url(), content=b'{"text": "hello", "id": "x"}', headers=headers, trust_env=False, verify=False
    )

    assert answer.status_code == 415
    assert answer.json()["error"]["code"] == "not_json"


@on_one("postgresql")
def test_i16_a_token_is_good_until_it_ends_also_in_a_stream(place: Place) -> None:
    """The stream ends with the token, and a new request with it is refused."""
    buyer = place.buyer()
    buyer.say("hello")
    short = mint(buyer.id, SECRET, now() - LIFETIME + timedelta(seconds=3))
    headers = {"Authorization": f"Bearer {short}"}
    with httpx.stream(
        "GET", buyer.url("/widget/events"), headers=headers, timeout=10, trust_env=False, verify=False
    ) as stream:
        assert stream.status_code == 200
        said = "".join(stream.iter_text())

    assert "event: message" in said
    assert httpx.get(buyer.url(), headers=headers, trust_env=False, verify=False).status_code == 401

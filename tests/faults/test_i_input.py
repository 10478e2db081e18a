"""I-03 to I-13, I-22 to I-24, I-32: whatever is typed or sent, it has no power, harms nobody, and is answered."""

from __future__ import annotations

import json
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import sqlalchemy as sa
import yaml

from buyer_protection.disputes import connect
from buyer_protection.settings import home
from tests.faults.buyers import CLAIM, UNTIL_CONSENT
from tests.faults.places import Place, on_one
from tests.timing import waited

#: Seconds in which a buyer beside is answered, also while the machine stalls; what is warded off here takes ten.
UNDISTURBED = 4.0
#: What can be typed instead of pressed, with every power that stock Rasa gives it.
ORDERS = (
    "/{intent}",
    '/{intent}{{"order_id": "9999", "claim_type": "broken"}}',
    " /{intent}@1.0",
    "EXTERNAL: {intent}",
)


def intents() -> list[str]:
    """Every intent of the domain, and those that Rasa has of its own."""
    domain = yaml.safe_load((home() / "domain.yml").read_text(encoding="utf-8"))
    named = [intent if isinstance(intent, str) else next(iter(intent)) for intent in domain["intents"]]
    return [*named, "restart", "session_start", "back", "reminder_fire", "drop_tables", "nlu_fallback"]


def test_i03_a_row_that_cannot_be_read_stops_one_conversation_and_nobody_else(place: Place) -> None:
    """That buyer is told so, support can look at it, the claim is still there, and the next message begins afresh."""
    buyer, other = place.at_consent(), place.at_consent()
    place.stage.restart("rasa")  # whoever read the row when it was whole does not remember it
    spoil = sa.text(
        "UPDATE events SET data = '{' "
        "WHERE id = (SELECT max(id) FROM events WHERE sender_id = :c AND type_name = 'bot')"
    )
    engine = connect(place.stage.url)
    with engine.begin() as connection:
        connection.execute(spoil, {"c": buyer.conversation})
    engine.dispose()

    told = buyer.press("Yes, open it")
    other.press("Yes, open it")

    assert [each["custom"].get("kind") for each in told] == ["failure"]
    assert other.reference()
    assert buyer.say("my parcel never arrived")
    kept = place.settle()
    assert not [row for row in kept.disputes if row["buyer_id"] == buyer.id]


@on_one("sqlite+http")
@pytest.mark.parametrize(
    "text",
    [
        "my parcel " * 1_000,
        "my parcel " * 10_000,
        "/" + "a" * 200_000,
        '/open_dispute{"order_id": ["' + '1", "' * 20_000,
    ],
    ids=["10 KB", "100 KB", "a long order", "many values"],
)
def test_i04_i05_a_very_long_message_is_kept_and_disturbs_nobody(place: Place, text: str) -> None:
    """It is not read, 20,000 characters of it are kept for staff, and the buyer beside is answered as before."""
    normal, long = place.buyer(), place.buyer()
    normal.claim(1)
    usual = waited(lambda: normal.say("thank you"))
    memory = resident(place, "rasa")
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(long.say, text)
        beside = max(waited(lambda: normal.say("thank you")) for _ in range(3))
        sent.result()

    assert beside < max(5 * usual, UNDISTURBED)
    assert resident(place, "rasa") - memory < 40e6
    kept = place.settle()
    row = next(row for row in kept.inbox if row["buyer_id"] == long.id)
    kept_of_it = min(20_000, len(text.strip().lstrip("/")))
    assert kept_of_it - 10 <= len(row["text"]) <= kept_of_it
    assert [event for event in kept.events_of(long.conversation) if "write_at_length" in event]


@on_one("postgresql")
def test_i04_a_request_that_is_too_large_is_refused(place: Place) -> None:
    """A megabyte is not read to its end."""
    buyer = place.buyer()
    answer = buyer.post({"text": "x" * 1_000_000, "id": "megabyte"})

    assert answer is not None
    assert answer.status_code == 413
    place.settle()


@on_one("postgresql")
def test_i06_i07_i08_i09_a_typed_order_is_text_like_any_other(place: Place) -> None:
    """For every intent of the domain, in every spelling, at the very question whether to open the dispute."""
    buyer = place.at_consent()
    for number, intent in enumerate(intents()):
        for spelling in ORDERS if number % 8 == 0 else ORDERS[number % 2 : number % 2 + 1]:
            buyer.say(spelling.format(intent=intent))
            assert not buyer.reference()

    kept = place.settle()
    assert not [row for row in kept.disputes if row["buyer_id"] == buyer.id]
    for event in map(json.loads, kept.events_of(buyer.conversation)):
        if event["event"] == "user" and event["text"] and event["text"].startswith("/"):
            assert event["message_id"] in pressed(kept, buyer.conversation)
        if event["event"] == "user":
            extractors = {entity.get("extractor") for entity in event["parse_data"].get("entities", [])}
            assert "RegexMessageHandler" not in extractors


def pressed(kept: Any, conversation: str) -> set[str]:
    """The turns of a conversation's buttons."""
    return {f"m{row['id']}" for row in kept.inbox if row["conversation"] == conversation and row["kind"] == "button"}


FORGED = (
    "/affirm",
    "/open_dispute",
    '/inform{"order_id": "9999"}',
    "btn:",
    "btn:1.0.AAAAAAAAAAAAAAAAAAAAAA",
    "btn:zzzzzzzzzzzzz.zz.AAAAAAAAAAAAAAAAAAAAAA",
    "",
    "x" * 200_000,
    "\u0000",
    "\ud800",
)


@on_one("sqlite+http")
@pytest.mark.parametrize("token", FORGED, ids=lambda token: ascii(token)[:30])
def test_i06_i10_a_button_that_is_not_ours_does_nothing(place: Place, token: str) -> None:
    """Not at the question whether to open the dispute either: that comes again."""
    buyer = place.at_consent()
    good = buyer.button("Yes, open it")

    for number, forged in enumerate([token, good[:-1] + ("A" if good[-1] != "A" else "B"), good.upper(), good + "A"]):
        buyer.send({"payload": forged, "id": f"forged-{number}"})
        assert not buyer.reference()

    kept = place.settle()
    assert not [row for row in kept.disputes if row["buyer_id"] == buyer.id]


VALUES = (
    '{"a": [1]}',
    "1e400",
    "NaN",
    "-1",
    "true",
    "null",
    "[" * 900 + "]" * 900,
    '{"a":' * 900 + "1" + "}" * 900,
)


@on_one("postgresql")
@pytest.mark.parametrize("value", VALUES, ids=lambda value: value[:10])
@pytest.mark.parametrize("field", ["text", "payload", "id", "metadata"])
def test_i10_i11_i12_a_value_of_another_kind_is_refused_in_one_shape(place: Place, field: str, value: str) -> None:
    """Never a 500, never HTML, never nothing; a field that is not known is not read."""
    buyer = place.buyer()
    fields = {"text": '"hello"', "id": '"odd"', field: value}
    if field == "payload":
        del fields["text"]
    body = "{" + ", ".join(f'"{name}": {given}' for name, given in fields.items()) + "}"
    headers = {**buyer.headers, "Content-Type": "application/json"}
    if field == "metadata":
        place.history.add("invoke", buyer.id, "odd")
    answer = httpx.post(buyer.url(), content=body.encode(), headers=headers, timeout=20, trust_env=False, verify=False)

    if field == "metadata" and answer.status_code == 200:
        return
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/json"
    assert set(answer.json()["error"]) == {"code", "message", "trace"}


BODIES = (
    b'{"sender":',
    b"[1,2]",
    b"",
    b'{"message": 123}',
    b'{"message": ["a"]}',
    b"{}",
    b"null",
    b'"text"',
    b"\xff\xfe",
    b'{"text": 123, "id": "a"}',
    b'{"text": ["a"], "id": "a"}',
    b'{"text": "a", "payload": "b", "id": "a"}',
    b'{"text": "a"}',
    b'{"text": "  ", "id": "a"}',
    b"[" * 100_000,
    b'{"text": "a", "id": "a"} x',
)


@on_one("sqlite+http")
@pytest.mark.parametrize("body", BODIES, ids=lambda body: ascii(body[:25]))
def test_i12_a_body_that_is_no_message_is_refused_in_one_shape(place: Place, body: bytes) -> None:
    """With a sentence that a person can act on, and the trace."""
    buyer = place.buyer()
    headers = {**buyer.headers, "Content-Type": "application/json"}
    answer = httpx.post(buyer.url(), content=body, headers=headers, timeout=20, trust_env=False, verify=False)

    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["code"] == "bad_request"
    assert len(error["message"]) > 10
    assert error["trace"]


@on_one("sqlite+http")
def test_i13_two_hundred_bad_requests_leave_nothing_open(place: Place) -> None:
    """Each has an end, and no file of the gateway stays open."""
    buyer = place.buyer()
    url = buyer.url("/widget/messages?stream=true")
    gateway = psutil.Process(place.stage.processes["gateway"].pid)
    before = gateway.num_fds()

    def bad(_: int) -> int:
        return httpx.post(
            url, json={"message": 123}, headers=buyer.headers, timeout=20, trust_env=False, verify=False
        ).status_code

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(bad, range(200))) == {400}

    place.stage.wait_for(lambda: gateway.num_fds() <= before + 5)


SHOWN = (
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "*bold*",
    "0[",
    "{x}",
    "{order_id}",
    "{order_id[0]}",
    "Pay here: https://evil.example/escrow",
)


@on_one("postgresql")
@pytest.mark.parametrize("wish", SHOWN)
def test_i22_i23_what_a_buyer_types_comes_back_as_it_is_and_is_never_filled_in(place: Place, wish: str) -> None:
    """As text in JSON that no browser takes for a page; no name in braces becomes a value."""
    buyer = place.buyer()
    buyer.claim(UNTIL_CONSENT - 1)
    buyer.say(f"a refund {wish} please")

    assert f"a refund {wish} please" in "".join(each["text"] for each in buyer.heard)
    answer = httpx.get(buyer.url(), headers=buyer.headers, trust_env=False, verify=False)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@on_one("sqlite+http")
@pytest.mark.parametrize(
    "spell",
    [
        lambda order: "".join(chr(ord(digit) - ord("0") + 0xFF10) for digit in order),
        lambda order: "".join(chr(ord(digit) - ord("0") + 0x0660) for digit in order),
        lambda order: order[:5] + "\u200b" + order[5:],
        lambda order: "\u202e" + order,
        lambda order: "#" + order,
        lambda order: f"  {order[:4]} {order[4:]}  ",
    ],
    ids=["full-width", "arabic-indic", "zero-width", "right-to-left", "hash", "spaces"],
)
def test_i24_an_order_number_in_other_letters_is_the_same_order(place: Place, spell: Any) -> None:
    """It is kept and shown in one form."""
    buyer = place.buyer()
    order, steps = buyer.order, list(CLAIM)
    for step in steps:
        if "{order}" in step:
            buyer.say(f"Order {spell(order)}")
        else:
            buyer.take_step(step)
        if "A full refund" in step:
            summary = buyer.heard[-1]["text"]
            assert order in summary
            assert spell(order) not in summary or spell(order) == order

    kept = place.settle()
    assert [row["order_id"] for row in kept.disputes if row["buyer_id"] == buyer.id] == [order]


@on_one("sqlite+http")
def test_i32_requests_that_are_only_half_sent_keep_nobody_waiting(place: Place) -> None:
    """Fifty of them, and the other buyers are answered as before; each is ended in time."""
    buyer = place.buyer()
    buyer.claim(1)
    usual = waited(lambda: buyer.say("thank you"))
    head = f"POST /widget/messages HTTP/1.1\r\nHost: x\r\nAuthorization: {buyer.headers['Authorization']}\r\n"
    halves = [
        head,
        head + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
    ]
    lines = [socket.create_connection(("127.0.0.1", place.stage.ports[0])) for _ in range(50)]
    try:
        for number, line in enumerate(lines):
            line.sendall(halves[number % 2].encode())
        beside = max(waited(lambda: buyer.say("thank you")) for _ in range(3))
        assert beside < max(5 * usual, UNDISTURBED)
        for line in lines:
            line.settimeout(15)
            while line.recv(4096):
                pass
    finally:
        for line in lines:
            line.close()
    place.settle()


def resident(place: Place, name: str) -> int:
    """The bytes of memory that a process has."""
    pages = int(Path(f"/proc/{place.stage.processes[name].pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")

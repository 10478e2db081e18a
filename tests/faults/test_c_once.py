"""C rows: pressed twice, delivered twice, sent from two places, left in the middle: it is done once and answered."""

from __future__ import annotations

import random
import secrets
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from tests.faults.buyers import CLAIM, UNTIL_CONSENT, Buyer
from tests.faults.kept import Kept
from tests.faults.places import IS_LONG, KINDS, Place, grouped, on_one

LEAVES = 20
CLICKS = (2, 5, 50)


def disputes_of(buyer: Buyer, kept: Kept) -> list[str]:
    """The references of a buyer's disputes."""
    return [row["reference"] for row in kept.disputes if row["buyer_id"] == buyer.id]


RAISES = ("actions.started", "disputes.before_commit", "disputes.committed", "actions.done")


def raises_on(kind: str) -> tuple[str, ...]:
    """On SQLite each step; on PostgreSQL those beside the commit, in the short form."""
    return RAISES if IS_LONG or kind.startswith("sqlite") else RAISES[1:3]


@pytest.mark.parametrize(
    ("place", "step"),
    [grouped(kind, step) for kind in KINDS for step in raises_on(kind)],
    indirect=["place"],
    scope="session",
)
def test_c02_an_action_that_raises_claims_nothing_and_is_done_once(place: Place, step: str) -> None:
    """Wherever it raises, the buyer hears of the one dispute that is there."""
    buyer = place.at_consent()
    name = "actions" if "actions" in place.stage.processes else "rasa"
    place.stage.arm(name, step, "raise")

    buyer.press("Yes, open it")

    assert place.stage.processes[name].has_hit(step)
    assert disputes_of(buyer, place.settle()) == [buyer.reference()]


def test_c04_processes_that_are_asked_to_end_finish_what_they_are_in(place: Place) -> None:
    """Each is asked to end in turn while buyers make claims, and ends by itself in time."""
    with ThreadPoolExecutor(3) as pool:
        buyers = [place.buyer() for _ in range(3)]
        claims = [pool.submit(buyer.claim) for buyer in buyers]
        for name in place.stage.processes:
            process = place.stage.processes[name].part._process
            assert process is not None
            began = time.monotonic()
            place.stage.kill(name, signal.SIGTERM)
            process.wait(20)
            assert time.monotonic() - began < 15
            assert process.returncode in (0, -signal.SIGTERM)
            place.stage.wait_until_ready()
        for claim in claims:
            claim.result()

    kept = place.settle()
    assert all(disputes_of(buyer, kept) == [buyer.reference()] for buyer in buyers)


def test_c05_who_leaves_at_any_instant_finds_the_answer_when_they_come_back(place: Place) -> None:
    """The turn is run to its end, and the history shows it."""
    generator = random.Random(5)
    buyers = [place.at_consent() for _ in range(LEAVES)]
    for buyer in buyers:
        yes = {"payload": buyer.button("Yes, open it"), "id": "yes"}
        seconds = generator.uniform(0.0, 0.12)
        leave(buyer, yes, seconds)
    kept = place.settle()

    for buyer in buyers:
        told = buyer.read_all()
        was_kept = any(each["custom"].get("id") == "yes" for each in told)
        opened = [each["custom"]["reference"] for each in told if each["custom"].get("kind") == "dispute"]
        assert opened == disputes_of(buyer, kept)
        assert len(opened) == int(was_kept)


def leave(buyer: Buyer, body: dict[str, str], after: float) -> None:
    """Posts a message and closes the connection so many seconds later, whatever was answered by then."""
    buyer.history.add("invoke", buyer.id, body["id"])
    request = httpx.Request("POST", buyer.url(), json=body, headers=buyer.headers)
    head = f"POST /widget/messages HTTP/1.1\r\nHost: {request.url.netloc.decode()}\r\n"
    fields = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items() if name != "host")
    with socket.create_connection(("127.0.0.1", request.url.port or 0)) as line:
        line.sendall((head + fields + "\r\n").encode() + request.read())
        time.sleep(after)
    buyer.history.add("unknown", buyer.id, body["id"])


def test_c08_every_message_delivered_twice_is_answered_the_same_and_done_once(place: Place) -> None:
    """At once, and later, and out of order."""
    buyer, again = place.buyer(), None
    sent: list[dict[str, str]] = []
    with ThreadPoolExecutor(2) as pool:
        for step in CLAIM:
            how, _, what = step.partition(" ")
            what = what.format(order=buyer.order)
            name = secrets.token_hex(8)
            body = {"text": what} if how == "type" else {"payload": buyer.button(what)}
            sent.append({**body, "id": name})
            again = Buyer(place.stage, place.history, buyer.id)
            both = list(pool.map(lambda each, body=sent[-1]: each.send(body), (buyer, again)))
            assert both[0] == both[1]
    assert again is not None
    assert buyer.reference()

    for body in random.Random(8).sample(sent, len(sent)):
        again.send(body)

    kept = place.settle()
    assert len([row for row in kept.inbox if row["conversation"] == buyer.conversation]) == len(CLAIM)
    assert disputes_of(buyer, kept) == [buyer.reference()]


@on_one("postgresql")
def test_c10_messages_that_had_to_wait_are_answered_in_the_order_in_which_they_came(place: Place) -> None:
    """None is dropped, none overtakes another, and the claim goes on where it was."""
    buyer = place.buyer()
    buyer.claim(2)
    texts = ["hello", "what is escrow", "thank you", "hello again", "how long does it take", "thanks"]
    with place.stage.held_down("rasa"), ThreadPoolExecutor(len(texts)) as pool:
        posts = []
        for number, text in enumerate(texts):
            page = Buyer(place.stage, place.history, buyer.id)
            posts.append(pool.submit(page.post, {"text": text, "id": f"waits-{number}"}))
            time.sleep(0.1)
        answers = [post.result() for post in posts]
    assert all(answer is not None and answer.status_code == 202 for answer in answers)

    place.stage.wait_until_ready()
    for number, text in enumerate(texts):
        buyer.send({"text": text, "id": f"waits-{number}"})

    kept = place.settle()
    came = [row["text"] for row in kept.inbox if row["conversation"] == buyer.conversation]
    assert came[-len(texts) :] == texts


@pytest.mark.parametrize("clicks", CLICKS)
def test_c13_many_clicks_on_open_dispute_open_one(place: Place, clicks: int) -> None:
    """Each click is answered, and none of them but the first opens anything."""
    buyer = place.at_consent()
    token = buyer.button("Yes, open it")
    pages = [Buyer(place.stage, place.history, buyer.id) for _ in range(clicks)]
    start = Barrier(clicks)

    def click(page: Buyer) -> list[dict[str, object]]:
        start.wait()
        return page.send({"payload": token, "id": secrets.token_hex(8)})

    with ThreadPoolExecutor(clicks) as pool:
        answers = list(pool.map(click, pages))

    opened = disputes_of(buyer, place.settle())
    assert len(opened) == 1
    for answer in answers:
        assert any(opened[0] in str(each["text"]) for each in answer)


def test_c14_the_same_claim_from_a_phone_and_a_laptop_is_one_dispute(place: Place) -> None:
    """Both press at one instant; a second claim for the order, made afterwards, is told of the first."""
    phone = place.at_consent()
    laptop = Buyer(place.stage, place.history, phone.id)
    token = phone.button("Yes, open it")
    start = Barrier(2)

    def press(page: Buyer) -> None:
        start.wait()
        page.send({"payload": token, "id": secrets.token_hex(8)})

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, (phone, laptop)))
    opened = disputes_of(phone, place.settle())
    assert len(opened) == 1

    laptop.order = phone.order
    for step in CLAIM[:UNTIL_CONSENT]:
        laptop.take_step(step)
        if opened[0] in laptop.words():
            break
    assert disputes_of(laptop, place.settle()) == opened

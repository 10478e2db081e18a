"""C-06, C-07, C-11, C-14, E-16: two gateways and two Rasa processes on one database are one assistant."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest

from tests.faults.buyers import Buyer
from tests.faults.places import IS_LONG, Place, place_on
from tests.faults.sending import Sending
from tests.gateway.photographs import photo

#: On each of the two databases.
DOUBLE_POSTS = 200 if IS_LONG else 20
#: Pairs that are posted side by side.
AT_ONCE = 4


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(kind, marks=pytest.mark.xdist_group(f"faults-replicas-{kind}"))
        for kind in ("sqlite", "postgresql")
    ],
)
def replicas(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Two of each, on one database; a conversation has one Rasa process, and the other when that one is gone."""
    folder = tmp_path_factory.mktemp("replicas")
    with place_on(request.param, folder, gateways=2, rasas=2) as place:
        yield place


def test_c06_double_posts_to_two_gateways_open_one_dispute_each(replicas: Place) -> None:
    """Half of the pairs are one message delivered twice, half are two clicks; no turn is lost and none doubled."""

    def pair(number: int) -> None:
        first = replicas.at_consent()
        second = Buyer(replicas.stage, replicas.history, first.id, gateway=1)
        names = [secrets.token_hex(8)] * 2 if number % 2 else [secrets.token_hex(8), secrets.token_hex(8)]
        token, start = first.button("Yes, open it"), Barrier(2)

        def press(page: Buyer, name: str) -> list[dict[str, object]]:
            start.wait()
            return page.send({"payload": token, "id": name})

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(press, (first, second), names))
        for answer in answers:
            assert any(first.reference() in str(each["text"]) for each in answer) or second.reference()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(pair, range(DOUBLE_POSTS)))

    kept = replicas.settle()
    assert len(kept.disputes) == DOUBLE_POSTS


def test_e16_three_files_of_one_buyer_come_at_once_over_all_gateways(replicas: Place) -> None:
    """Two at one and one at the other; the fourth is refused at both. A place of a gateway that dies is free soon."""
    buyer, content = replicas.buyer(), photo()
    page, other = Sending(buyer), Sending(Buyer(replicas.stage, replicas.history, buyer.id, gateway=1))
    paths = [page.begun(len(content)) for _ in range(4)]
    with ExitStack() as open_ones:
        for where, path in zip((page, page, other), paths, strict=False):
            open_ones.enter_context(where.cut(path, 0, content[:100], says=len(content)))
        replicas.wait_for_files(buyer, 3)
        refused = [where.patch(paths[3], 0, content) for where in (page, other)]
        assert [(each.status_code, each.json()["error"]["code"]) for each in refused] == [(429, "too_many_uploads")] * 2

        replicas.stage.kill("gateway-2")
        end = time.monotonic() + 9  # a lease holds five seconds, a silent connection ten
        while (answer := page.patch(paths[3], 0, content)).status_code == 429 and time.monotonic() < end:
            time.sleep(0.3)
    assert answer.status_code == 200, answer.text
    replicas.stage.wait_until_ready()


def test_c07_one_turn_of_a_conversation_at_a_time_whoever_takes_it(replicas: Place) -> None:
    """Twenty messages to both gateways at once are twenty turns, one after another, and each is answered in time."""
    buyer = replicas.buyer()
    pages = [Buyer(replicas.stage, replicas.history, buyer.id, gateway=number % 2) for number in range(20)]
    began = time.monotonic()

    with ThreadPoolExecutor(len(pages)) as pool:
        list(pool.map(lambda page: page.say("hello"), pages))

    assert time.monotonic() - began < 30
    kept = replicas.settle()
    assert len(kept.turns[buyer.conversation]) == len(pages)


def test_c11_who_dies_with_a_turn_is_replaced_within_seconds(replicas: Place) -> None:
    """The other gateway runs the turn once the lease of the dead one has ended: five seconds later."""
    buyer = replicas.at_consent()
    page = Buyer(replicas.stage, replicas.history, buyer.id, gateway=1)
    token = buyer.button("Yes, open it")
    replicas.stage.arm("gateway", "gateway.before_turn")
    began = time.monotonic()

    buyer.post({"payload": token, "id": "dies"})
    with replicas.stage.held_down("gateway"):
        page.send({"payload": token, "id": "dies"})
        took = time.monotonic() - began

    assert replicas.stage.processes["gateway"].has_hit("gateway.before_turn")
    assert page.reference()
    assert took < 15
    replicas.settle()


def test_c12_a_rasa_process_that_is_gone_is_replaced_by_the_other(replicas: Place) -> None:
    """Conversations go on where they were, on the process that is left, without a word about it."""
    buyers = [replicas.at_consent() for _ in range(4)]
    with replicas.stage.held_down("rasa"):
        for buyer in buyers:
            buyer.press("Yes, open it")
            assert buyer.reference()

    replicas.settle()

"""R-13, R-14, R-16, R-24: parts are slow, replaced, or killed while the database gets its new shape."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from buyer_protection.disputes import migrate
from buyer_protection.settings import home
from tests.disputes.databases import empty_database, migrated_database
from tests.faults.places import IS_LONG, Place, place_on
from tests.faults.proxy import Proxy
from tests.faults.stage import Stage, project, project_in
from tests.turns.conftest import free_port
from turns.model import archive_for, fingerprint, fitting, hash_beside

MIGRATION_KILLS = 20 if IS_LONG else 4

own_stage = pytest.mark.xdist_group("faults-own-stages")


def test_r13_an_answer_that_came_while_nobody_looked_is_in_the_history_and_the_stream(place: Place) -> None:
    """The stream begins after the last message that the page has, and says whether something is still worked on."""
    buyer = place.buyer()
    first = buyer.say("hello")
    buyer.say("what is escrow")

    told = {}
    headers = {**buyer.headers, "Last-Event-ID": str(first[-1]["id"])}
    with httpx.stream(
        "GET", buyer.url("/widget/events"), headers=headers, timeout=10, trust_env=False, verify=False
    ) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: ") and "working" in line:
                break
            if line.startswith("data: "):
                message = json.loads(line.removeprefix("data: "))
                told[message["id"]] = message["text"]
    assert told == {each["id"]: each["text"] for each in buyer.read_all() if each["id"] > first[-1]["id"]}
    place.settle()


@pytest.fixture(
    params=[
        pytest.param("sqlite", marks=own_stage),
        *([pytest.param("postgresql", marks=own_stage)] if IS_LONG else []),
    ]
)
def wired(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, Proxy, Proxy]]:
    """A place with wires between the gateway and Rasa, and between Rasa and the action server."""
    actions, rasa = free_port(), free_port()
    with (
        migrated_database(request.param, tmp_path) as url,
        Proxy(rasa) as to_rasa,
        Proxy(actions) as to_actions,
        Stage(
            tmp_path,
            url,
            actions="http",
            actions_port=actions,
            rasa_port=rasa,
            rasa_known={"actions_port": to_actions.port},
            gateway_known={"rasa_urls": f"http://127.0.0.1:{to_rasa.port}"},
        ) as stage,
    ):
        yield Place(request.param, stage), to_rasa, to_actions


def test_r16_c01_slow_and_broken_wires_cost_time_and_nothing_else(wired: tuple[Place, Proxy, Proxy]) -> None:
    """Late, dripping, silent, reset and dropped in the middle of an answer: one dispute each, told when it is there."""
    place, to_rasa, to_actions = wired
    faults = {
        "actions answer late": lambda: to_actions.delay(0.6),
        "actions drip": lambda: to_actions.slow(4000),
        "actions are silent": to_actions.half_open,
        "actions drop their answer": lambda: to_actions.drop_after(60),
        "actions are cut off": to_actions.cut,
        "rasa answers late": lambda: to_rasa.delay(1.0),
        "rasa is silent": to_rasa.half_open,
        "rasa drops its answer": lambda: to_rasa.drop_after(60),
        "rasa is cut off": to_rasa.cut,
        "rasa is reset": to_rasa.reset,
    }
    buyers = {name: place.at_consent() for name in faults}
    for name, fail in faults.items():
        buyer = buyers[name]
        yes = {"payload": buyer.button("Yes, open it"), "id": "yes"}
        fail()
        began = time.monotonic()
        answer = buyer.post(yes)
        assert answer is not None
        assert answer.status_code in (200, 202), name
        assert time.monotonic() - began < 15
        to_actions.mend()
        to_rasa.mend()
        buyer.send(yes)
        assert buyer.reference(), name
    place.settle()


def another_model(folder: Path) -> Path:
    """A project whose content differs in one comment, with the same model under another name and id."""
    other = folder / "other"
    other.mkdir()
    for name in ("config.yml", "domain.yml", "data", "language", "endpoints.yml", "credentials.yml"):
        source = project() / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, other / name)
    with (other / "domain.yml").open("a", encoding="utf-8") as domain:
        domain.write("# tomorrow's\n")
    inside = folder / "inside"
    with tarfile.open(fitting(project())) as archive:
        archive.extractall(inside)
    about = inside / "metadata.json"
    told = json.loads(about.read_text(encoding="utf-8"))
    about.write_text(json.dumps({**told, "model_id": "f" * 32}), encoding="utf-8")
    (other / "models").mkdir()
    today = fingerprint(other)
    target = archive_for(today, other / "models")
    with tarfile.open(target, "w:gz") as archive:
        for path in inside.iterdir():
            archive.add(path, path.name)
    hash_beside(target).write_text(today, encoding="ascii")
    return other


@own_stage
@pytest.mark.parametrize("kind", ["sqlite", *(["postgresql"] if IS_LONG else [])])
def test_r14_a_model_is_replaced_under_live_conversations(kind: str, tmp_path: Path) -> None:
    """Today's and tomorrow's take turns with the same conversations, side by side and one without the other."""
    projects = {0: project_in(tmp_path / "today"), 1: another_model(tmp_path)}
    with place_on(kind, tmp_path, rasas=2, projects=projects) as place:
        with ThreadPoolExecutor(4) as pool:
            buyers = list(pool.map(lambda _: place.at_consent(), range(4)))
        with place.stage.held_down("rasa"):
            for buyer in buyers[:2]:
                buyer.press("Yes, open it")
            buyers[2].say("what is escrow")
            assert place.stage.ready() == (200, [])
        place.stage.wait_until_ready()
        with place.stage.held_down("rasa-2"):
            for buyer in buyers[:2]:
                buyer.say("thank you")
            buyers[2].say("yes, open it")
            buyers[3].press("Yes, open it")

        kept = place.settle()
        assert {row["buyer_id"] for row in kept.disputes} >= {buyer.id for buyer in (*buyers[:2], buyers[3])}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_r24_a_migration_that_is_killed_can_be_run_again(kind: str, tmp_path: Path) -> None:
    """At any instant: the next run brings the database to its newest shape."""
    generator = random.Random(24)
    script = (
        "import sys; from buyer_protection.disputes import migrate; print('begin', flush=True); migrate(sys.argv[1])"
    )
    for number in range(MIGRATION_KILLS):
        folder = tmp_path / str(number)
        folder.mkdir()
        with empty_database(kind, folder) as url:
            process = subprocess.Popen([sys.executable, "-c", script, url], cwd=home(), stdout=subprocess.PIPE)
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(generator.uniform(0.2, 1.4))
            process.kill()
            process.wait()

            migrate(url)
            migrate(url)

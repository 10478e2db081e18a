"""Actions in this process and actions behind HTTP make the same conversations, and neither can reach into Rasa's."""

from __future__ import annotations

import asyncio
import itertools
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, web
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic
from sanic.request import Request

from actions.server import create_app
from tests.conversations.replay import Replay
from tests.conversations.stage import assistant, fresh_database
from tests.conversations.transcript import Transcript
from tests.turns.conftest import Run, TinyServer, free_port, press, responses, say
from tests.turns.test_fast import play, sample
from tests.turns.tiny import behaviour
from turns import actions_over_http
from turns.actions_in_process import ActionsInProcess
from turns.actions_over_http import ActionsOverHttp
from turns.assistant import Assistant

SECRET = "a secret of both ways"
HOW_MANY = 8


class InThread:
    """An application of Sanic's on loopback, in a thread of this process, so that it sees this process's settings."""

    def __init__(self, app: Sanic) -> None:
        self.port = free_port()
        self.connections: set[Any] = set()
        self._loop = asyncio.new_event_loop()
        self._is_up = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(app,), daemon=True)
        self._thread.start()
        assert self._is_up.wait(20)

    def _serve(self, app: Sanic) -> None:
        async def note(request: Request) -> None:
            self.connections.add(request.transport.get_extra_info("peername"))

        async def start() -> None:
            app.register_middleware(note, "request")
            server = await app.create_server("127.0.0.1", self.port, return_asyncio_server=True, access_log=False)
            await server.startup()
            await server.start_serving()
            self._is_up.set()

        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(start())
        self._loop.run_forever()

    def stop(self) -> None:
        """Ends it at once."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


def endpoint(server: InThread) -> ActionsOverHttp:
    """The way to it."""
    return ActionsOverHttp(f"http://127.0.0.1:{server.port}/webhook", headers={"X-Buyer-Protection-Secret": SECRET})


@pytest.fixture
def real_actions() -> Iterator[InThread]:
    """The real action server."""
    server = InThread(create_app(SECRET, assistant().agent.action_endpoint.executor))
    yield server
    server.stop()


def test_conversations_are_the_same_both_ways(
    real_actions: InThread, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Event for event; over HTTP on connections that are kept."""
    monkeypatch.setenv("BUYER_PROTECTION_ENV", "development")
    monkeypatch.setenv("BUYER_PROTECTION_DATABASE_URL", "")
    agent = assistant().agent
    in_process, over_http = agent.action_endpoint, endpoint(real_actions)

    async def both_ways(transcript: Transcript, folder: Path) -> list[Any]:
        recorded = []
        for number, way in enumerate((in_process, over_http)):
            own = folder / str(number)
            own.mkdir(parents=True)
            agent.action_endpoint = agent.processor.action_endpoint = way
            ids = itertools.count(10_000 * number)
            with monkeypatch.context() as known:
                known.setattr(uuid, "uuid4", lambda ids=ids: uuid.UUID(int=next(ids) % 10_000))
                url = fresh_database(own)
                replay = Replay(Assistant(agent), url, own, transcript.on, transcript.zone)
                agent.tracker_store.store.pop(replay.conversation, None)
                recorded.append(await play(replay, transcript))
        return recorded

    async def all_of_them() -> None:
        for number, transcript in enumerate(sample()[:HOW_MANY]):
            in_this, over_there = await both_ways(transcript, tmp_path / str(number))
            assert in_this == over_there, transcript.title
        await over_http.close()

    try:
        asyncio.run(all_of_them())
    finally:
        agent.action_endpoint = agent.processor.action_endpoint = in_process
    assert len(real_actions.connections) <= 2


def test_an_action_in_this_process_cannot_change_the_conversation(tiny_model: Path, run: Run[Any]) -> None:
    """Whatever it does to what it was given, only the events that it returns count."""
    executor: ActionExecutor = behaviour.executor()
    works = executor.actions["validate_box_form"]

    def vandal(dispatcher: Any, tracker: Any, domain: Any) -> Any:
        tracker.slots["mood"] = "vandalised"
        tracker.slots.clear()
        tracker.latest_message["metadata"]["buyer_id"] = "another"
        tracker.latest_message["text"] = "vandalised"
        tracker.events.clear()
        tracker.slots["colour"] = None
        domain["slots"] = {}
        return []

    executor.actions["validate_box_form"] = vandal
    assistant = Assistant.load(tiny_model, actions=ActionsInProcess(executor=executor))
    run(assistant.handle(say("hello", "1")))
    run(assistant.handle(say("box", "2")))
    executor.actions["validate_box_form"] = works

    assert responses(run(assistant.handle(press('/say_colour{"colour": "red"}', "3")))) == ["utter_box_is_closed"]
    events = run(assistant.events("c"))
    assert run(assistant.slots("c"))["mood"] == "calm"
    assert {event["metadata"]["buyer_id"] for event in events if event["event"] == "user"} == {"somebody"}
    assert "vandalised" not in str(events)


def test_an_answer_that_is_too_large_is_not_read(run: Run[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's memory is filled by an action that went wrong."""
    monkeypatch.setattr(actions_over_http, "LARGEST_ANSWER", 1000)

    async def answer(request: web.Request) -> web.Response:
        length = (await request.json())["length"]
        return web.json_response({"events": [], "responses": [{"text": "x" * length}]})

    async def ask() -> None:
        app, port = web.Application(), free_port()
        app.router.add_post("/webhook", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        way = ActionsOverHttp(f"http://127.0.0.1:{port}/webhook")
        assert (await way.request(json={"length": 900}))["responses"]
        with pytest.raises(ValueError, match="too large"):
            await way.request(json={"length": 100_000})
        assert (await way.request(json={"length": 900}))["responses"]
        await way.close()
        await runner.cleanup()

    run(ask())


@pytest.mark.xdist_group("tiny-server")
def test_a_server_that_was_started_anew_is_reached(tiny_server: TinyServer, tiny_model: Path, run: Run[Any]) -> None:
    """A connection that was kept to the old one is not what the next turn fails on for ever."""
    assistant = Assistant.load(tiny_model, actions=tiny_server.endpoint)
    assert "utter_hello" in responses(run(assistant.handle(say("hello", "1", "anew"))))
    way = assistant.agent.action_endpoint
    assert run(way.is_there())

    tiny_server.stop()
    with pytest.raises((ClientError, OSError)):
        run(way.is_there())
    tiny_server.start()

    assert responses(run(assistant.handle(say("hello", "2", "anew")))) == ["utter_hello"]
    run(way.close())

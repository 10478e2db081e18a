"""Places in a conversation that tests begin from: each is played once through the assistant and then copied.

A scene is named for the slot whose question is open. A copy has a conversation and a database of its own, so what a
test does in one is not seen in another.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from actions.asked_so_often import WAY_ON, open_slot
from tests.conversations.replay import Replay
from tests.conversations.stage import assistant, fresh_database

ON: Final = date(2024, 3, 12)

Answer = Callable[[Replay], Awaitable[list[dict[str, Any]]]]


def typed(text: str) -> Answer:
    """The buyer types this."""
    return lambda replay: replay.type(text)


def pressed(title: str) -> Answer:
    """The buyer presses this button."""
    return lambda replay: replay.press(title)


def sent(payload: str) -> Answer:
    """A button with this payload is pressed, whether or not one is shown."""
    return lambda replay: replay._turn(payload=payload)


def handed_in(*names: str) -> Answer:
    """The buyer sends these files."""
    return lambda replay: replay.hand_in(*names)


#: An answer to each question that leads to a dispute in the end, whatever the kind of claim.
ANSWERS: Final[dict[str, Answer]] = {
    "resume_draft": sent("/deny"),
    "claim_type": pressed("It never came"),
    "paid_through_escrow": pressed("Yes"),
    "payment_method": sent('/inform{"payment_method": "other"}'),
    "carrier_status": pressed("On its way, or no news"),
    "refund_requested": pressed("Yes"),
    "refund_requested_on": typed("I asked on 1 March"),
    "supplier_response": pressed("No answer"),
    "delivery_due_on": typed("20 February 2024"),
    "confiscation_cause": sent('/inform{"confiscation_cause": "supplier"}'),
    "complaint": sent('/inform{"complaint": "different"}'),
    "listing_said": pressed("No"),
    "fault_was_listed": pressed("No, another fault"),
    "receipt_slip_signed": pressed("Yes"),
    "quantity_ordered": typed("20"),
    "quantity_received": typed("5"),
    "evidence": handed_in("photo.png"),
    "use_held_evidence": pressed("Yes, use it"),
    "order_id": typed("Order 8012345678"),
    "item": typed("the blue lamp"),
    "statement": typed("I waited for weeks and it is nowhere to be seen"),
    "wish": pressed("A full refund"),
    "consent": typed("yes"),
}

_NO_KIND = typed("I want my money back")


async def _photo_first(replay: Replay) -> list[dict[str, Any]]:
    await replay.hand_in("early.png")
    return await _NO_KIND(replay)


#: How the buyer begins, and what is answered differently on the way, so that together all questions are asked.
_STORIES: Final[tuple[tuple[Answer, dict[str, Answer]], ...]] = (
    (_NO_KIND, {}),
    (_NO_KIND, {"claim_type": pressed("It is broken or does not work"), "listing_said": pressed("Yes")}),
    (_NO_KIND, {"claim_type": sent('/inform{"claim_type": "not_as_described"}')}),
    (_NO_KIND, {"claim_type": sent('/inform{"claim_type": "missing_parts"}')}),
    (_NO_KIND, {"carrier_status": sent('/inform{"carrier_status": "confiscated"}')}),
    (_photo_first, {"claim_type": pressed("It is a fake")}),
)


@dataclass(frozen=True)
class Scene:
    """A place in a conversation, to be copied: what is in the database, what Rasa remembers, what was said last."""

    slot: str
    database: Path
    tracker: str | None
    replies: list[dict[str, Any]]
    answers: dict[str, Answer]

    def begin(self, folder: Path) -> Replay:
        """A conversation that stands here, with its own database in the folder; the actions use it from now on."""
        replay = _empty(folder)
        shutil.copy(self.database, replay.folder / "conversation.db")
        replay.replies = list(self.replies)
        if self.tracker is not None:
            assistant().agent.tracker_store.store[replay.conversation] = self.tracker
        return replay


async def open_question(replay: Replay) -> str | None:
    """The slot that is asked for now, also where it was asked too often and a way on is offered."""
    return open_slot(await replay.assistant.slots(replay.conversation))


async def answer(replay: Replay, answers: dict[str, Answer] = ANSWERS) -> list[dict[str, Any]]:
    """The buyer answers the open question as it is meant."""
    slot = await open_question(replay)
    assert slot in answers, f"no question is open that could be answered: {slot}"
    if (await replay.assistant.slots(replay.conversation)).get("requested_slot") == WAY_ON:
        await replay.press("Ask me again")
    return await answers[slot](replay)


async def finish(replay: Replay, answers: dict[str, Answer] = ANSWERS) -> dict[str, Any]:
    """The buyer answers every question; the dispute's row. Fails where the conversation does not get there."""
    said: list[str] = []
    for _ in range(24):
        if replay.rows("disputes"):
            break
        replies = await answer(replay, answers)
        said += [reply["response"] for reply in replies]
        assert "utter_turn_failed" not in said, said
    rows = replay.rows("disputes")
    assert len(rows) == 1, said
    return rows[0]


async def all_scenes(folder: Path) -> dict[str, Scene]:
    """One scene for each question of the claim form, and `nothing` for a buyer who has not written yet."""
    scenes: dict[str, Scene] = {}
    for opening, otherwise in _STORIES:
        answers = {**ANSWERS, **otherwise}
        replay = _empty(folder)
        if "nothing" not in scenes:
            scenes["nothing"] = _here("nothing", replay, answers)
        await opening(replay)
        while not replay.rows("disputes"):
            slot = await open_question(replay)
            assert slot, replay.said
            if slot not in scenes:
                scenes[slot] = _here(slot, replay, answers)
            await answer(replay, answers)
            assert await open_question(replay) != slot, replay.said
    scenes["resume_draft"] = await _offered_again(scenes["order_id"], folder)
    return scenes


async def _offered_again(kept: Scene, folder: Path) -> Scene:
    """The same buyer in a new conversation, while a claim of the same kind is kept."""
    replay = kept.begin(folder)
    replay.conversation = f"c-{uuid.uuid4().hex}"
    await replay.type("my parcel never came, please help")
    assert await open_question(replay) == "resume_draft", replay.said
    return _here("resume_draft", replay, kept.answers)


def _empty(folder: Path) -> Replay:
    """A conversation in which nothing was said, with a database in a new folder inside this one."""
    own = Path(tempfile.mkdtemp(dir=folder))
    return Replay(assistant(), fresh_database(own), own, ON)


def _here(slot: str, replay: Replay, answers: dict[str, Answer]) -> Scene:
    copy = Path(tempfile.mkdtemp()) / "scene.db"
    with sqlite3.connect(replay.folder / "conversation.db") as source, sqlite3.connect(copy) as target:
        source.backup(target)
    tracker = assistant().agent.tracker_store.store.get(replay.conversation)
    return Scene(slot, copy, tracker, list(replay.replies), answers)

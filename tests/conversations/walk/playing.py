"""Plays steps through the real assistant, and looks at everything after each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from tests.conversations.replay import BUYER, Replay, at_length
from tests.conversations.stage import assistant, fresh_database
from tests.conversations.walk.meaning import meant
from tests.conversations.walk.moment import Moment, Rows, Walk, remembered, rows_of
from tests.conversations.walk.step import Facts, Step, frozen
from tests.conversations.walk.values import Values

OTHER_BUYER = "buyer-2"


class DoesNotFit(Exception):
    """A step cannot be made here: its button is not shown, or its question is not open."""


class Play:
    """A walk under way, in a folder and a database of its own."""

    def __init__(self, seed: int, folder: Path, on: date) -> None:
        url = fresh_database(folder)
        self.replay = Replay(assistant(), url, folder, on)
        self._database = url.removeprefix("sqlite:///")
        buyers = {name: Values(name, Random(f"{seed} {name}")) for name in (BUYER, OTHER_BUYER)}
        self.walk = Walk(seed, on.isoformat(), self.replay.engine, buyers)
        self.rows: Rows = rows_of(self._database)
        self.slots: dict[str, Any] = {}

    async def do(self, step: Step) -> Moment | None:
        """Make a step; what is seen then, or None where the buyer heard nothing because nobody wrote."""
        turn = dict(step.turn)
        prepared = {name: turn.pop(name) for name in ("on", "other", "elsewhere", "orders", "staff") if name in turn}
        if prepared:
            await self.replay.play(prepared)
        self._look()
        if step.answers is not None and self.slots.get("requested_slot") != step.answers:
            raise DoesNotFit
        if not turn:
            return None
        payload = turn.get("sent") or (self._payload(turn["press"]) if "press" in turn else None)
        tells, may = meant(step, payload, self.slots)
        before = self.rows
        earlier = self.walk.earlier_in(self.replay.conversation)
        replies = await self.replay.play(turn) or []
        actions = self._look()
        moment = Moment(
            number=len(self.walk.moments) + 1,
            step=step,
            buyer=self.replay.buyer,
            conversation=self.replay.conversation,
            channel=self.replay.channel,
            now=self.replay.now,
            payload=payload,
            tells=tells,
            may=may,
            replies=replies,
            slots=self.slots,
            actions=actions,
            before=before,
            rows=self.rows,
            earlier=earlier,
        )
        self._remember(moment, turn)
        self.walk.moments.append(moment)
        return moment

    def _payload(self, title: str) -> str:
        for reply in self.replay.replies:
            for button in reply.get("buttons") or ():
                if button["title"] == title:
                    return str(button["payload"])
        raise DoesNotFit

    def _look(self) -> int:
        tracker = assistant().agent.tracker_store.store.get(self.replay.conversation)
        self.slots, actions = remembered(tracker)
        self.rows = rows_of(self._database)
        return actions

    def _remember(self, moment: Moment, turn: dict[str, Any]) -> None:
        """What was told goes to the claim that the conversation is about now, and waits where there is none yet."""
        told = self.walk.told
        claim_id = moment.slots.get("claim_id")
        before = moment.earlier.slots.get("claim_id") if moment.earlier else None
        # A dispute that was opened, or a stop, leaves the conversation without a claim: the turn was about the old one.
        for key in {(moment.buyer, claim_id or before)}:
            for facts in (moment.tells, moment.may):
                _add(told.setdefault(key, {}), facts)
        text = at_length(turn["long"]) if "long" in turn else turn.get("buyer")
        if text:
            self.walk.typed.setdefault(moment.buyer, []).append(text)


def _add(told: dict[str, set[Any]], facts: Facts) -> None:
    for name, values in facts.items():
        told.setdefault(name, set()).update(frozen(value) for value in values)


async def played(seed: int, folder: Path, on: date, steps: Iterable[Step]) -> Walk:
    """The walk that these steps make. Raises DoesNotFit where one of them cannot be made."""
    play = Play(seed, folder, on)
    for step in steps:
        await play.do(step)
    return play.walk

"""The walker: a seeded buyer, or two, who do what real ones do, in any order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.conversations.replay import BUYER
from tests.conversations.walk import moves, moves_around
from tests.conversations.walk.moment import Moment, Walk
from tests.conversations.walk.playing import OTHER_BUYER, DoesNotFit, Play
from tests.conversations.walk.step import Step
from tests.conversations.walk.view import View, facts_of

Move = Callable[[View], Step | None]

#: How often each move is made while a question is open, and while none is.
INSIDE: Final[Mapping[Move, float]] = {
    moves.press_on: 22, moves.press: 12, moves.answer: 26, moves.answer_and_ask: 3, moves.correct: 6,
    moves.correct_by_name: 1.5, moves.correct_in_vain: 1, moves.refuse: 3, moves.say_yes: 2, moves.say_no: 1.5,
    moves.nearly_yes: 1.5, moves.begin: 1, moves.tell_story: 1, moves_around.ask_aside: 7, moves_around.ask_again: 1,
    moves_around.be_angry: 1.5, moves_around.write_rubbish: 3, moves_around.write_much: 0.7, moves_around.go_on: 0.5,
    moves_around.stop: 1, moves_around.start_over: 0.5, moves_around.come_back: 1.5,
    moves_around.come_from_elsewhere: 0.7, moves_around.hand_in: 0.4, moves_around.press_old: 0.7,
    moves_around.edit: 0.5,
}  # fmt: skip
OUTSIDE: Final[Mapping[Move, float]] = {
    moves.press_on: 3, moves.press: 3, moves.begin: 10, moves.tell_story: 10, moves.correct: 2,
    moves.correct_by_name: 0.7, moves.correct_in_vain: 0.5, moves.refuse: 0.7, moves.say_yes: 1, moves.say_no: 1,
    moves.nearly_yes: 0.7, moves_around.ask_aside: 5, moves_around.ask_again: 0.5, moves_around.be_angry: 1,
    moves_around.write_rubbish: 1.5, moves_around.write_much: 0.5, moves_around.say_hello: 1, moves_around.go_on: 6,
    moves_around.stop: 0.5, moves_around.start_over: 0.4, moves_around.come_back: 6,
    moves_around.come_from_elsewhere: 1, moves_around.hand_in: 0.3, moves_around.press_old: 0.5,
    moves_around.edit: 0.3, moves_around.staff_acts: 4,
}  # fmt: skip
#: What a question that needs it is answered with more often.
AT_QUESTION: Final[Mapping[str, Mapping[Move, float]]] = {
    "evidence": {moves_around.hand_in: 25},
    "consent": {moves.say_yes: 20, moves.nearly_yes: 6, moves.correct: 12},
}
#: Walks differ in how long they are and in what their buyers like to do.
LENGTHS: Final = (6, 10, 14, 18, 24)
_FAVOURED: Final = 4
#: So many buyers want to get through, and are most often led on by what they are asked.
_IN_EARNEST: Final = 0.4
_LEADS_ON: Final = (moves.press_on, moves.answer)
_OTHER_WRITES: Final = 0.08
_WITH_ORDERS: Final = 0.25
_FIRST_DAY: Final = date(2024, 3, 12)


class Walker:
    """Makes one walk: the same seed walks the same way through the same assistant."""

    def __init__(
        self, seed: int, folder: Path, likes: Mapping[Move, float] | None = None, length: int | None = None
    ) -> None:
        """`likes` takes the place of the weights of some moves, `length` of the turns that the seed says."""
        self.rng = Random(seed)
        self.likes = likes or {}
        self.play = Play(seed, folder, _FIRST_DAY)
        self.length = self.rng.choice(LENGTHS) if length is None else length
        self.favourite = self.rng.choice(list(INSIDE))
        self.in_earnest = self.rng.random() < _IN_EARNEST
        #: What is done before the first turn.
        self.prepared = [Step({"orders": self._orders()}, "orders")] if self.rng.random() < _WITH_ORDERS else []

    async def go(self, check: Callable[[Moment, Walk], list[str]]) -> list[str]:
        """Walk to the end, or to the first turn after which `check` finds something; what it found."""
        for step in self.prepared:
            await self.play.do(step)
        other_has_written = False
        while len(self.play.walk.moments) < self.length:
            switch = self.rng.random() < _OTHER_WRITES or (other_has_written and self.rng.random() < 0.3)
            step = self._next(switch)
            try:
                moment = await self.play.do(step)
            except DoesNotFit:
                continue
            other_has_written = self.play.replay.buyer == OTHER_BUYER
            found = check(moment, self.play.walk) if moment else []
            if found:
                return found
        return []

    def _next(self, switch: bool) -> Step:
        view = self._view(switch)
        weights = dict(INSIDE if view.question else OUTSIDE)
        weights |= {move: weight for move, weight in self.likes.items() if move in weights}
        weights |= AT_QUESTION.get(view.question or "", {})
        for move in (self.favourite, *(_LEADS_ON if self.in_earnest else ())):
            if move in weights:
                weights[move] *= _FAVOURED
        while True:
            move = self.rng.choices(list(weights), list(weights.values()))[0]
            step = move(view)
            if step is not None:
                break
        if switch:
            return Step({"other": self._other(), **step.turn}, step.move, step.tells, step.may, step.answers)
        return step

    def _other(self) -> str:
        return OTHER_BUYER if self.play.replay.buyer == BUYER else BUYER

    def _view(self, switch: bool) -> View:
        replay, walk = self.play.replay, self.play.walk
        buyer = self._other() if switch else replay.buyer
        moment = next(
            (each for each in reversed(walk.moments) if each.buyer == buyer and each.channel == replay.channel), None
        )
        rows = self.play.rows
        claim = moment.claim(moment.slots.get("claim_id")) if moment else None
        buttons = (
            [button["title"] for reply in moment.replies for button in reply.get("buttons") or ()] if moment else []
        )
        return View(
            rng=self.rng,
            values=walk.buyers[buyer],
            today=replay.now.date(),
            question=moment.question if moment else None,
            buttons=buttons,
            facts=facts_of(claim),
            order_id=claim["order_id"] if claim else "",
            drafts=[row for row in rows["claims"] if row["buyer_id"] == buyer and row["state"] == "draft"],
            disputes=[row for row in rows["disputes"] if row["buyer_id"] == buyer],
            has_begun=moment is not None,
            channel=replay.channel,
        )

    def _orders(self) -> list[dict[str, Any]]:
        """What the shop knows of one order of each buyer."""
        found = []
        for buyer, values in self.play.walk.buyers.items():
            order: dict[str, Any] = {"order_id": values.orders[0], "buyer_id": buyer}
            order["items"] = [{"name": values.item().text, "quantity": 1}]
            if self.rng.random() < 0.6:
                order["paid_through_escrow"] = True
            if self.rng.random() < 0.4:
                order["carrier_status"] = self.rng.choice(("in_transit", "lost", "not_shipped"))
            if self.rng.random() < 0.3:
                order["delivery_due_on"] = "2024-03-01"
            found.append(order)
        return found

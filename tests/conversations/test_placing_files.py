"""What a file is for is asked where no claim is open; whatever happens in between, it goes nowhere by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from buyer_protection.disputes import find_claim, unfinished_claims
from buyer_protection.evidence import held, remove
from tests.conversations.replay import Replay
from tests.conversations.test_evidence import said

Begin = Callable[[str], Replay]
Run = Callable[[Any], Any]


async def asked_what_for(begin: Begin, *names: str) -> Replay:
    """A buyer with a kept claim that is not open now, who sent files."""
    replay = begin("evidence")
    await replay.type("stop")
    assert said(await replay.hand_in(*names)) == ["utter_evidence_for_which"]
    assert len(held(replay.engine, buyer_id=replay.buyer)) == len(names)
    return replay


def test_only_the_files_of_that_message_are_placed(begin: Begin, run: Run) -> None:
    """Those that were sent before and put to nothing stay so."""

    async def play() -> Replay:
        replay = await asked_what_for(begin, "bag.png")
        await replay.press("Something else")
        await replay.hand_in("lamp.png", "box.png")
        assert said(await replay.press("Claim …"))[0] == "utter_evidence_kept_with_claim"
        return replay

    replay = run(play())
    assert [file.original_name for file in held(replay.engine, buyer_id=replay.buyer)] == ["bag.png"]
    (draft,) = unfinished_claims(replay.engine, buyer_id=replay.buyer, now=replay.now)
    assert draft.facts.evidence == 2


def test_a_file_that_was_taken_back_meanwhile_is_placed_nowhere(begin: Begin, run: Run) -> None:
    """That is said, and where the buyer is."""

    async def play() -> list[str]:
        replay = await asked_what_for(begin, "lamp.png")
        (file,) = held(replay.engine, buyer_id=replay.buyer)
        remove(replay.engine, replay.store, buyer_id=replay.buyer, evidence_id=file.evidence_id, now=replay.now)
        return said(await replay.press("Claim …"))

    assert run(play())[0] == "utter_evidence_gone_meanwhile"


def test_a_full_claim_takes_no_more_and_the_rest_stays_held(begin: Begin, run: Run) -> None:
    """What fits is added, and both are said."""

    async def play() -> tuple[Replay, list[str]]:
        replay = begin("evidence")
        await replay.hand_in(*(f"{number}.png" for number in range(9)))
        await replay.type("stop")
        await replay.hand_in("lamp.png", "box.png")
        return replay, said(await replay.press("Claim …"))

    replay, replies = run(play())
    assert replies[:2] == ["utter_evidence_kept_with_claim", "utter_evidence_not_placed"]
    assert [file.original_name for file in held(replay.engine, buyer_id=replay.buyer)] == ["box.png"]


def test_another_buyers_claim_is_none(begin: Begin, run: Run) -> None:
    """Also if somebody could make such a button."""

    async def play() -> None:
        replay = await asked_what_for(begin, "lamp.png")
        (draft,) = unfinished_claims(replay.engine, buyer_id=replay.buyer, now=replay.now)
        replay.write_as("buyer-2")
        await replay.hand_in("mine.png")
        (mine,) = held(replay.engine, buyer_id="buyer-2")
        values = {"claim_reference": draft.reference, "evidence_ids": [mine.evidence_id]}
        assert said(await replay.send(f"/place_files{json.dumps(values)}"))[0] == "utter_evidence_stays_held"
        assert held(replay.engine, buyer_id="buyer-2") == [mine]
        claim = find_claim(replay.engine, claim_id=draft.claim_id, now=replay.now)
        assert claim is not None
        assert claim.facts.evidence in (None, 0)

    run(play())

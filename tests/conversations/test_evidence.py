"""Files in the conversation: what is accepted counts at once, what came too early waits, and any can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest

from buyer_protection import disputes
from buyer_protection.evidence import Receipt, evidence_of_buyer, held, remove
from buyer_protection.policy import edition_on
from buyer_protection.policy.vocabulary import RECEIVED
from tests.conversations.replay import Replay
from tests.conversations.scenes import ANSWERS, Scene, answer, finish, open_question, sent
from tests.conversations.test_bad_input import EVERYWHERE

Begin = Callable[[str], Replay]
Run = Callable[[Any], Any]

THANKS: Final = {
    "utter_evidence_held",
    "utter_evidence_kept_with_claim",
    "utter_evidence_accepted",
    "utter_evidence_accepted_more",
}
_ASK_FOR_FILES: Final = ("nothing", "evidence", "use_held_evidence")
#: What the conversation may remember otherwise after files came.
_CHANGES: Final = {
    "asked",
    "evidence",
    "reference",
    "outcome",
    "told_outcome",
    "consent_asked",
    "session_started_metadata",
}


def files(replay: Replay) -> list[Receipt]:
    """All files of this buyer."""
    return evidence_of_buyer(replay.engine, buyer_id=replay.buyer)


def said(replies: list[dict[str, Any]]) -> list[str]:
    """The names of the replies."""
    return [reply["response"] for reply in replies]


async def told(replay: Replay) -> dict[str, Any]:
    """What the conversation remembers of what the buyer told."""
    slots = await replay.assistant.slots(replay.conversation)
    return {name: value for name, value in slots.items() if name not in _CHANGES}


@pytest.mark.parametrize("slot", [slot for slot in EVERYWHERE if slot not in _ASK_FOR_FILES])
def test_files_at_any_other_question_are_thanked_for_and_the_question_comes_back(
    begin: Begin, scenes: dict[str, Scene], run: Run, slot: str
) -> None:
    """Twice: no answer is read into them, no consent, nothing lost, and the claim goes on to its end with them."""

    async def play() -> None:
        replay = begin(slot)
        before, asked = await told(replay), said(replay.replies)[-1]
        for number in range(2):
            first, *rest = said(await replay.hand_in(f"one-{number}.png", f"two-{number}.png"))
            assert first in THANKS
            assert rest == [asked]
            assert replay.rows("disputes") == []
            assert await open_question(replay) == slot
            assert await told(replay) == before
        await finish(replay, scenes[slot].answers)
        assert {file.original_name for file in files(replay)} >= {"one-0.png", "two-0.png", "one-1.png", "two-1.png"}

    run(play())


def test_a_photo_that_is_asked_for_counts_without_another_word(begin: Begin, run: Run) -> None:
    """One thanks, the new assessment, and the next question, all in the turn of the photo."""
    replay = begin("evidence")

    replies = run(replay.hand_in("lamp.png"))

    assert said(replies)[0] == "utter_evidence_accepted"
    assert "utter_assessment_eligible" in said(replies)
    assert run(open_question(replay)) == "order_id"
    [claim] = replay.rows("claims")
    assert claim["outcome"] == "eligible"


def test_a_photo_in_place_of_an_answer_about_earlier_ones_counts_and_those_are_asked_about_later(
    begin: Begin, run: Run
) -> None:
    """Nothing that was sent before is forgotten: before the summary it is offered again."""

    async def play() -> Replay:
        replay = begin("use_held_evidence")
        assert said(await replay.hand_in("logo.png"))[0] == "utter_evidence_accepted"
        while await open_question(replay) != "use_held_evidence":
            assert [bool(file.reference) for file in files(replay)] == [False, True]
            await answer(replay)
        await replay.press("No, it is about something else")
        assert await open_question(replay) == "consent"
        return replay

    assert [bool(file.reference) for file in files(run(play()))] == [False, True]


def test_what_came_with_one_message_is_not_said_of_another(begin: Begin, run: Run) -> None:
    """The second file was there before the first one's turn; the same file twice in one message is one."""

    async def play() -> None:
        replay = begin("evidence")
        bill, lamp = await replay.keep_file("bill.pdf"), await replay.keep_file("lamp.png")
        assert said(await replay.tell_files(bill))[0] == "utter_evidence_only_documents"
        first, *_ = await replay.tell_files(lamp)
        assert "accepted: 1 photo." in first["text"]
        first, *_ = await replay.tell_files(lamp, lamp)
        assert "accepted: 1 photo." in first["text"]
        assert first["custom"]["count"] == 1

    run(play())


def test_done_without_a_file_says_that_none_has_arrived(begin: Begin, run: Run) -> None:
    """Nothing is lost, and the question stands."""
    replay = begin("evidence")

    replies = run(replay.type("done"))

    assert said(replies)[0] == "utter_evidence_not_here_yet"
    assert run(open_question(replay)) == "evidence"


def test_the_question_for_evidence_says_what_counts_what_is_needed_and_what_would_help(begin: Begin, run: Run) -> None:
    """In the machine-readable part, and after the first file in words."""
    replay = begin("evidence")
    custom = replay.replies[-1]["custom"]
    [claim] = replay.rows("claims")

    assert custom == {
        "kind": "question",
        "slot": "evidence",
        "input": "evidence",
        "reference": claim["reference"],
        "accepted": 0,
        "needed": 1,
        "helps": custom["helps"],
        "accept": ["image/*", "video/*", "application/pdf"],
    }
    assert "label" in custom["helps"]
    thanks = run(replay.hand_in("lamp.png"))[0]
    assert (thanks["custom"]["accepted"], thanks["custom"]["helps"]) == (1, custom["helps"])
    assert "1 of 1" in thanks["text"]
    assert "a photo of the label" in thanks["text"]


@pytest.mark.parametrize("claim_type", RECEIVED)
def test_each_kind_of_claim_about_goods_has_its_own_guide(begin: Begin, run: Run, claim_type: str) -> None:
    """What to show, how to send it, and to cover what nobody needs to see."""

    async def play() -> dict[str, Any]:
        replay = begin("claim_type")
        answers = {**ANSWERS, "claim_type": sent(f'/inform{{"claim_type": "{claim_type}"}}')}
        while await open_question(replay) != "evidence":
            await answer(replay, answers)
        return replay.replies[-1]

    question = run(play())

    assert question["response"] == f"utter_evidence_guide_{claim_type}"
    assert "right here in this chat" in question["text"]
    assert "passport" in question["text"]
    assert "cannot take" not in question["text"]


@pytest.mark.parametrize(("channel", "words"), [("widget", "paper clip"), ("telegram", "right here in this chat")])
def test_how_a_file_is_sent_is_said_for_the_channel(begin: Begin, run: Run, channel: str, words: str) -> None:
    """A page has a paper clip, a messenger has not."""
    replay = begin("evidence")
    replay.channel = channel

    replies = run(replay.type("no idea"))

    assert words in replies[-1]["text"]


def test_files_before_a_claim_are_offered_when_it_needs_them_and_adopted_after_a_yes(begin: Begin, run: Run) -> None:
    """E-17: they are named, and belong to no claim before the yes."""

    async def play() -> Replay:
        replay = begin("nothing")
        assert said(await replay.hand_in("lamp.png"))[-2:] == ["utter_evidence_held", "utter_tell_in_short"]
        await replay.type("the lamp arrived broken, the glass is in pieces")
        while await open_question(replay) != "use_held_evidence":
            assert len(held(replay.engine, buyer_id=replay.buyer)) == 1
            await answer(replay)
        assert "lamp.png" in replay.replies[-1]["text"]
        replies = await replay.type("yes please")
        assert said(replies)[0] == "utter_evidence_accepted"
        assert await open_question(replay) == "order_id"
        return replay

    replay = run(play())
    [file] = files(replay)
    assert file.reference == replay.rows("claims")[0]["reference"]


def test_a_yes_that_is_not_plain_adopts_nothing(begin: Begin, run: Run) -> None:
    """E-17: a message beside the question leaves it open."""

    async def play() -> Replay:
        replay = begin("nothing")
        await replay.hand_in("lamp.png")
        await replay.type("the lamp arrived broken, the glass is in pieces")
        while await open_question(replay) != "use_held_evidence":
            await answer(replay)
        for text in ("maybe", "hm, the one with the shoes", "why do you ask?", "yes but not this one"):
            await replay.type(text)
            assert await open_question(replay) == "use_held_evidence"
        await replay.type("no")
        assert await open_question(replay) == "evidence"
        return replay

    assert [file.reference for file in files(run(play()))] == [""]


def test_a_file_for_an_open_dispute_is_added_to_it_once_the_buyer_says_so(begin: Begin, run: Run) -> None:
    """Staff see it there; the buyer hears where it went."""
    replay = begin("consent")
    run(replay.press("Yes, open it"))
    [dispute] = replay.rows("disputes")
    assert said(run(replay.hand_in("tracking.png"))) == ["utter_evidence_for_which"]
    assert [file.reference for file in files(replay)] == [""]

    replies = run(replay.press(f"Dispute {dispute['reference']}…"))

    assert said(replies)[0] == "utter_evidence_added_to_dispute"
    assert dispute["reference"] in replies[0]["text"]
    assert [file.reference for file in files(replay)] == [dispute["reference"]]


@pytest.mark.parametrize("ending", ["decided", "withdrawn"])
def test_a_file_for_a_dispute_that_is_over_is_explained_and_not_lost(begin: Begin, run: Run, ending: str) -> None:
    """E-17: it is held, and offered to the next claim."""

    async def play() -> Replay:
        replay = begin("consent")
        await replay.press("Yes, open it")
        [dispute] = replay.rows("disputes")
        reference = dispute["reference"]
        if ending == "decided":
            replay.staff({"review": "both have answered", "decide": "favour_of_supplier"})
        else:
            done = disputes.withdraw(
                replay.engine, reference=reference, buyer_id=replay.buyer, turn_id="t", now=replay.now
            )
            assert isinstance(done, disputes.Dispute)
        replies = await replay.hand_in("vase.png")
        assert said(replies) == ["utter_evidence_dispute_over", f"utter_dispute_status_{ending}"]
        await replay.type("my vase is broken, it was smashed in the box")
        while await open_question(replay) != "use_held_evidence":
            await answer(replay)
        await replay.press("Yes, use it")
        return replay

    assert [bool(file.reference) for file in files(run(play()))] == [True]


def test_a_document_is_kept_and_the_question_for_a_photo_stays(begin: Begin, run: Run) -> None:
    """A PDF does not count (EVID-1)."""
    replay = begin("evidence")

    replies = run(replay.hand_in("receipt.pdf"))

    assert said(replies)[0] == "utter_evidence_only_documents"
    assert run(open_question(replay)) == "evidence"


def test_a_file_taken_back_on_the_page_makes_the_yes_to_an_older_summary_no_consent(begin: Begin, run: Run) -> None:
    """Between the summary and the yes: nothing is opened, the photo is asked for again, and then it goes on."""

    async def play() -> dict[str, Any]:
        replay = begin("evidence")
        await replay.hand_in("lamp.png")
        while await open_question(replay) != "consent":
            await answer(replay)
        [file] = files(replay)
        remove(replay.engine, replay.store, buyer_id=replay.buyer, evidence_id=file.evidence_id, now=replay.now)
        replies = await replay.type("yes")
        assert said(replies)[0] == "utter_evidence_taken_back"
        assert await open_question(replay) == "evidence"
        assert replay.rows("disputes") == []
        return await finish(replay)

    assert run(play())["status"] == "opened"


def test_opening_looks_for_the_evidence_itself(begin: Begin, run: Run) -> None:
    """Whoever asks: without a file that counts there is no dispute about goods that came (EVID-1)."""

    async def play() -> Replay:
        replay = begin("evidence")
        await replay.hand_in("lamp.png")
        while await open_question(replay) != "consent":
            await answer(replay)
        return replay

    replay = run(play())
    [file], [claim] = files(replay), replay.rows("claims")
    remove(replay.engine, replay.store, buyer_id=replay.buyer, evidence_id=file.evidence_id, now=replay.now)

    answered = disputes.open_dispute(
        replay.engine, claim_id=claim["claim_id"], buyer_id=replay.buyer, turn_id="t", now=replay.now
    )

    assert isinstance(answered, disputes.Refused)
    assert answered.code == "evidence_needed"


def test_a_photo_of_a_passport_is_deleted_at_a_word_until_the_dispute_is_opened(begin: Begin, run: Run) -> None:
    """E-18: the guide warns, the file can be taken back in the chat, and what a dispute rests on stays."""

    async def play() -> Replay:
        replay = begin("evidence")
        await replay.hand_in("passport.png")
        replies = await replay.type("Please delete that photo!")
        assert said(replies)[0] == "utter_evidence_removed"
        assert "passport.png" in replies[0]["text"]
        assert await open_question(replay) == "evidence"
        assert files(replay) == []
        await replay.hand_in("lamp.png")
        await finish(replay)
        assert said(await replay.type("delete that photo")) == ["utter_evidence_stays"]
        return replay

    assert [file.original_name for file in files(run(play()))] == ["lamp.png"]


def test_nothing_is_deleted_where_somebody_tells_of_deleting(begin: Begin, run: Run) -> None:
    """Only a wish and nothing else is one."""
    replay = begin("evidence")
    run(replay.hand_in("lamp.png"))

    run(replay.type("the seller told me to delete the photo of the damage from my review"))

    assert len(files(replay)) == 1


def test_the_assessment_counts_the_days_down_and_names_its_calendar_file(begin: Begin, run: Run) -> None:
    """While there is something to wait for, and no longer (WAIT-1)."""

    async def play() -> list[dict[str, Any]]:
        replay = begin("refund_requested_on")
        await replay.type("I asked on 8 March")
        answers = {**ANSWERS, "refund_requested_on": ANSWERS["wish"]}
        while await open_question(replay):
            await answer(replay, answers)
        waiting = replay.replies[-1]["custom"]
        replay.move_clock("2024-03-18")
        return [waiting, *(reply["custom"] for reply in await replay.type("go on with my claim"))]

    waiting, *now = run(play())

    assert (waiting["outcome"], waiting["earliest_dispute_on"], waiting["days_left"]) == ("wait", "2024-03-18", 6)
    assert waiting["waiting_days"] == edition_on(date(2024, 3, 8)).waiting_days, "a page draws how much of them is over"
    assert waiting["calendar"] == f"/widget/calendar/{waiting['reference']}.ics"
    [eligible] = [custom for custom in now if (custom or {}).get("kind") == "assessment"]
    assert (eligible["days_left"], "calendar" in eligible) == (0, False)

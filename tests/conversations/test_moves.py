"""What a message does to a conversation takes the place of its meaning there, and only there."""

from __future__ import annotations

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.trackers import DialogueStateTracker

from tests.conversations.stage import assistant
from turns.agent import Silent

BY_ITSELF_AND_IN_A_CONVERSATION = {
    "tell me a joke": ("out_of_scope", "small_talk"),
    "how are you?": ("greet", "small_talk"),
    "refund": ("request_refund", "name_a_subject"),
    "the lamp came broken": ("report_broken", "report_broken"),
}


@pytest.mark.parametrize("text", BY_ITSELF_AND_IN_A_CONVERSATION)
def test_a_move_is_made_in_a_conversation_and_a_message_by_itself_keeps_its_meaning(text: str, run) -> None:
    """Whoever only has a message read gets what it means."""
    processor = assistant().agent.processor

    async def read() -> tuple[str, str]:
        alone = await processor.parse_message(UserMessage(text, Silent(""), ""))
        within = await processor.parse_message(UserMessage(text, Silent(""), ""), DialogueStateTracker("somebody", []))
        return alone["intent"]["name"], within["intent"]["name"]

    assert run(read()) == BY_ITSELF_AND_IN_A_CONVERSATION[text]

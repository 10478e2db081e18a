"""What comes between: a reload, a gateway that dies, no network, a second page."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.faults.stage import Stage
from tests.widget.chat import ANSWERED_WITHIN, Chat
from tests.widget.journeys import Journey, pressed, typed

BROKEN = Journey(typed("I want my money back"), {"claim_type": pressed("It is broken or does not work")})


def test_after_a_reload_the_conversation_goes_on_where_it_was(chat: Chat) -> None:
    """Everything that was said is there again, once and in order, and the open question can be answered."""
    BROKEN.go(chat.open(), until="refund_requested")
    before = chat.messages.all_inner_texts()

    chat.page.reload()
    chat.open()

    expect(chat.messages).to_have_count(len(before))
    assert [first_line(text) for text in chat.messages.all_inner_texts()] == [first_line(text) for text in before]
    chat.press("Yes")
    assert chat.open_question() == "refund_requested_on"


def test_a_message_that_a_dead_gateway_never_took_is_sent_again_by_itself(chat: Chat, stage: Stage) -> None:
    """The gateway is killed and comes back: what was typed meanwhile is answered, once, without the buyer's doing."""
    BROKEN.go(chat.open(), until="listing_said")

    with chat.answered():
        with stage.held_down("gateway"):
            chat.input.fill("No")
            chat.input.press("Enter")
            expect(chat.part("sending-state").last).to_be_visible(timeout=ANSWERED_WITHIN)
        stage.wait_until_ready()

    assert [each["text"] for each in chat.told() if each["from"] == "buyer"].count("No") == 1
    assert chat.open_question() == "refund_requested"


def test_what_is_typed_without_a_network_is_sent_when_it_is_back(chat: Chat) -> None:
    """The page says that it is offline and keeps what is typed in order; it is answered once the network is back."""
    BROKEN.go(chat.open(), until="listing_said")

    chat.page.context.set_offline(True)
    expect(chat.part("status")).to_be_visible()
    chat.input.fill("No")
    chat.input.press("Enter")
    expect(chat.messages.last).to_contain_text("No")
    with chat.answered():
        chat.page.context.set_offline(False)

    expect(chat.part("status")).to_be_hidden()
    assert chat.open_question() == "refund_requested"


def test_what_waits_in_two_tabs_is_sent_from_both(chat: Chat) -> None:
    """Both are closed before the network is back; what was written in either comes, and comes once."""
    context, address = chat.page.context, chat.page.url
    chat.open()
    chat.type("hello")
    other = Chat(context.new_page(), chat.buyer, chat.gateway)
    other.page.goto(address)
    expect(other.open().messages.first).to_be_visible()
    context.set_offline(True)
    for tab, words in ((chat, "written in the first"), (other, "written in the second")):
        tab.input.fill(words)
        tab.input.press("Enter")
        expect(tab.part("sending-state")).to_be_visible()
    chat.page.close()
    other.page.close()
    context.set_offline(False)

    again = Chat(context.new_page(), chat.buyer, chat.gateway)
    again.page.goto(address)
    again.open()
    for words in ("written in the first", "written in the second"):
        expect(again.panel).to_contain_text(words, timeout=ANSWERED_WITHIN)
    expect(again.part("sending-state")).to_have_count(0, timeout=ANSWERED_WITHIN)
    again.settle()

    said = [each["text"] for each in again.told() if each["from"] == "buyer"]
    assert sorted(said[1:]) == ["written in the first", "written in the second"]


def test_a_second_page_shows_the_same_conversation_as_it_happens(opened: Callable[..., Chat]) -> None:
    """What is said on one page appears on the other without a reload; the question can be answered on either."""
    first = opened().open()
    second = opened(first.buyer, device="phone").open()

    first.type("the lamp arrived broken, the glass is in pieces")
    expect(second.panel).to_contain_text("the lamp arrived broken", timeout=ANSWERED_WITHIN)
    second.press("Yes")

    expect(first.messages).to_have_count(second.messages.count(), timeout=ANSWERED_WITHIN)
    assert first.open_question() == second.open_question() == "listing_said"


def first_line(text: str) -> str:
    """A message without its time."""
    return text.strip().partition("\n")[0]

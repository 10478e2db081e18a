"""On a page that allows nothing inline: what is said is text, whatever it looks like."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.widget.chat import Chat

HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) <script>alert(1)</script> *bold*"


def test_i22_what_looks_like_code_is_shown_as_it_was_typed(opened: Callable[..., Chat]) -> None:
    """No element and no link comes out of a text, neither at once nor after a reload, and nothing runs."""
    chat = opened().open()
    dialogs: list[str] = []
    chat.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    chat.type(HOSTILE)
    expect(chat.messages.filter(has_text=HOSTILE)).to_have_count(1)
    chat.page.reload()
    chat.open()

    expect(chat.messages.filter(has_text=HOSTILE)).to_have_count(1)
    assert chat.panel.locator("img, script, a[href^='javascript']").count() == 0
    assert dialogs == []


def test_the_token_is_asked_for_anew_without_the_buyer_noticing(chat: Chat) -> None:
    """The gateway refuses a token that has had its time; the page is asked for another and the message goes through."""
    chat.page.evaluate(
        """() => {
          const widget = document.querySelector('buyer-protection-chat');
          const fresh = widget.getToken;
          window.stale = true;
          widget.getToken = async () => window.stale ? (window.stale = false, 'no.longer.good') : fresh();
        }"""
    )
    chat.open()

    chat.type("the lamp arrived broken, the glass is in pieces")

    expect(chat.panel).to_contain_text("pay at its own checkout")

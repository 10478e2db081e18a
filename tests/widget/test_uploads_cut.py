"""Uploads that something comes between: each goes on where it was and is handed in once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from buyer_protection.tokens import mint
from tests.faults.stage import SECRET, Stage
from tests.widget.chat import ANSWERED_WITHIN, Chat
from tests.widget.network import Network
from tests.widget.uploading import (
    begins_an_upload,
    choose,
    cut_in_the_middle,
    files_told,
    goes_on_with_one,
    large_photo,
    requests,
    row,
)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo that takes some seconds on a slow network."""
    return large_photo(tmp_path_factory.mktemp("large") / "sofa.jpg")


@contextmanager
def goes_on(chat: Chat, path: Path) -> Iterator[None]:
    """Inside, an upload that is under way is cut; at the end it has gone on from where it was, and is told once."""
    with requests(chat, begins_an_upload) as begun, requests(chat, goes_on_with_one) as parts:
        yield
        expect(chat.part("receipt").filter(has_text=path.name)).to_have_count(1, timeout=ANSWERED_WITHIN)
        chat.settle()
    assert begun == [], "it was begun anew"
    assert int(parts[0].headers["upload-offset"]) > 0
    assert files_told(chat) == [path.name]
    expect(chat.part("upload")).to_have_count(0)
    expect(chat.part("receipt")).to_have_count(1)


def test_an_upload_that_a_reload_cuts_goes_on(chat: Chat, large: Path) -> None:
    """The page is loaded anew in the middle of a file; nobody chooses it again, and nobody even opens the widget."""
    network = Network(chat.page)
    network.is_slow()
    cut_in_the_middle(chat.open(), large)

    with goes_on(chat, large):
        chat.page.reload()
        network.is_fast()
    expect(chat.panel).to_be_hidden()


def test_an_upload_that_a_dying_gateway_cuts_goes_on(chat: Chat, stage: Stage, large: Path) -> None:
    """The gateway is killed in the middle of a file and comes back; the row says meanwhile that it waits."""
    network = Network(chat.page)
    network.is_slow()
    cut_in_the_middle(chat.open(), large)

    with goes_on(chat, large):
        with stage.held_down("gateway"):
            expect(row(chat, large)).to_contain_text("waiting", timeout=ANSWERED_WITHIN)
            network.is_fast()
        stage.wait_until_ready()


def test_an_upload_that_the_network_cuts_goes_on(chat: Chat, large: Path) -> None:
    """A train goes through a tunnel."""
    network = Network(chat.page)
    network.is_slow()
    cut_in_the_middle(chat.open(), large)

    with goes_on(chat, large):
        network.is_away()
        expect(row(chat, large)).to_contain_text("waiting")
        expect(chat.part("status")).to_be_visible()
        network.is_fast()
    expect(chat.part("status")).to_be_hidden()


def test_a_cancelled_upload_is_gone_everywhere(chat: Chat, large: Path, a_photo: Path) -> None:
    """Its row and its bytes go, the focus stays in the widget, no reload brings it back, and the next one comes."""
    network = Network(chat.page)
    network.is_slow()
    with requests(chat, goes_on_with_one) as parts:
        cut_in_the_middle(chat.open(), large)
    cancel = chat.panel.get_by_role("button", name=f"Cancel {large.name}")
    cancel.focus()
    with chat.page.expect_response(lambda answer: answer.request.method == "DELETE"):
        cancel.click()
    network.is_fast()

    expect(row(chat, large)).to_have_count(0)
    assert chat.panel.evaluate("panel => panel.contains(panel.getRootNode().activeElement)")
    assert _head(chat, parts[0].url) == 404
    chat.page.reload()
    chat.open()
    chat.hand_in(a_photo)
    assert files_told(chat) == [a_photo.name]


def test_an_upload_that_the_gateway_has_no_more_is_begun_anew(chat: Chat, large: Path) -> None:
    """What it had of the file was taken away in the middle: the page has the file, so nobody needs to choose again."""
    network = Network(chat.page)
    network.is_slow()
    with requests(chat, goes_on_with_one) as parts:
        cut_in_the_middle(chat.open(), large)

    with requests(chat, begins_an_upload) as begun, chat.handed_in(1):
        httpx.delete(parts[0].url, headers=_headers(chat), trust_env=False, verify=False).raise_for_status()
        network.is_fast()

    assert len(begun) == 1

    assert files_told(chat) == [large.name]


def test_nothing_of_whoever_signs_out_stays_on_the_page(opened: Callable[..., Chat], large: Path) -> None:
    """Neither a message that waits nor a file under way; both are sent when the same buyer is there again."""
    chat = opened()
    network = Network(chat.page)
    network.is_slow()
    cut_in_the_middle(chat.open(), large)
    network.is_away()
    chat.input.fill("a question of my own")
    chat.input.press("Enter")
    expect(chat.messages.last).to_contain_text("a question of my own")

    chat.element.evaluate("widget => widget.signOut()")
    expect(chat.panel).to_be_hidden()
    network.is_fast()
    # Whoever comes next: the page has a token of theirs.
    chat.element.evaluate("widget => { widget.getToken = async () => { throw new Error('nobody') } }")
    chat.open()
    expect(chat.part("status")).to_contain_text("not signed in", timeout=ANSWERED_WITHIN)
    expect(chat.messages).to_have_count(0)
    expect(chat.panel).not_to_contain_text(re.compile(f"question of my own|{large.name}"))

    with chat.handed_in(1):
        chat.page.reload()
        chat.open()
    told = [each["text"] for each in chat.told() if each["from"] == "buyer"]
    assert told.count("a question of my own") == 1
    assert files_told(chat) == [large.name]


def test_a_file_that_is_chosen_without_a_network_is_handed_in_later(chat: Chat, a_photo: Path) -> None:
    """It waits beside the words that say so."""
    chat.open()
    expect(chat.part("status")).to_be_hidden()
    network = Network(chat.page)
    network.is_away()
    choose(chat, a_photo)
    expect(row(chat, a_photo)).to_contain_text("waiting")

    with chat.handed_in(1):
        network.is_fast()

    assert files_told(chat) == [a_photo.name]


def _headers(chat: Chat) -> dict[str, str]:
    token = mint(chat.buyer, SECRET, datetime.now(timezone.utc))
    return {"Authorization": f"Bearer {token}", "Tus-Resumable": "1.0.0"}


def _head(chat: Chat, url: str) -> int:
    return httpx.head(url, headers=_headers(chat), trust_env=False, verify=False).status_code

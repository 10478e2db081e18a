"""The browser and the page that the other tests stand on: what they would notice, and whom they speak for."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.faults.stage import SECRET, fresh_buyer
from tests.widget.owners_page import OwnersSite, owners_site
from tests.widget.watched import Watched


@pytest.fixture
def alone() -> Iterator[OwnersSite]:
    """A site whose gateway is not there."""
    with owners_site() as site:
        site.embeds("http://127.0.0.1:9", SECRET)
        yield site


def test_a_breach_of_the_pages_policy_is_heard(browser: Browser, alone: OwnersSite) -> None:
    """What the page's policy forbids is blocked and noticed, so that a test without complaints says something."""
    context = browser.new_context()
    watched = Watched(context)
    page = context.new_page()
    page.goto(alone.page_of(fresh_buyer()))
    expect(page.get_by_role("heading", name="Your orders")).to_be_visible()

    with page.expect_console_message(lambda message: "policy violated" in message.text):
        page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'http://a.test/'}))")
    page.evaluate("try { document.body.innerHTML = '<b>no</b>' } catch (refused) { window.refused = refused.name }")

    assert page.evaluate("window.refused") == "TypeError"
    assert any("img-src" in line for line in watched.violations)
    assert any("require-trusted-types-for" in line or "TrustedHTML" in line for line in watched.violations)
    context.close()


def test_the_site_mints_a_token_for_whoever_is_signed_in(alone: OwnersSite) -> None:
    """The page's owner signs tokens on the server; the page only asks for one."""
    answer = httpx.get(f"{alone.origin}/token", params={"buyer": "somebody"}, trust_env=False, verify=False)

    assert answer.status_code == 200
    assert answer.text.count(".") == 2

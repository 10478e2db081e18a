"""The widget as a page loads it, and the shop that is made up for whoever develops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import jwt
import pytest
from starlette.testclient import TestClient

from buyer_protection.disputes.database import migrate
from gateway.app import create_app
from gateway.one_answer import NotOneAnswer, one_answer
from tests.gateway.served import SECRETS

SITE = "https://shop.example"
ENTRY = "/assets/widget/buyer-protection.js"


@contextmanager
def _gateway(monkeypatch: pytest.MonkeyPatch, folder: Path, env: str) -> Iterator[TestClient]:
    """The application without what runs turns, which these answers do not need."""
    values = {**SECRETS, "env": env, "origins": SITE, "database_url": f"sqlite:///{folder / 'x.db'}"}
    for name, value in values.items():
        monkeypatch.setenv(f"BUYER_PROTECTION_{name.upper()}", value)
    migrate(values["database_url"])
    yield TestClient(create_app(), raise_server_exceptions=False)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TestClient]:
    """A development gateway."""
    with _gateway(monkeypatch, tmp_path, "development") as made:
        yield made


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TestClient]:
    """A gateway as buyers meet it."""
    with _gateway(monkeypatch, tmp_path, "production") as made:
        yield made


def test_the_widget_is_one_compressed_answer(production: TestClient) -> None:
    """A script, which a browser takes for nothing else."""
    answer = production.get(ENTRY)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-encoding"] == "gzip"
    assert "customElements.define(" in answer.text


def test_what_did_not_change_is_not_sent_again(production: TestClient) -> None:
    """The page asks each time, and gets a short answer."""
    etag = production.get(ENTRY).headers["etag"]

    again = production.get(ENTRY, headers={"If-None-Match": f"W/{etag}"})

    assert (again.status_code, again.content) == (304, b"")


def test_pages_that_may_speak_may_load_it_and_others_may_not(production: TestClient) -> None:
    """By the same list as for messages."""
    allowed = production.get(ENTRY, headers={"Origin": SITE})
    refused = production.get(ENTRY, headers={"Origin": "https://else.example"})

    assert allowed.headers["access-control-allow-origin"] == SITE
    assert refused.status_code == 403


@pytest.mark.parametrize(
    "path", ["words/de.js", "words/..%2f..%2fpyproject.js", "words/..%2fstyle.js", "README.md", "../app.py", ""]
)
def test_nothing_else_lies_there(production: TestClient, path: str) -> None:
    """Only the widget and its words."""
    assert production.get(f"/assets/widget/{path}").status_code == 404


def test_the_shop_runs_no_script_but_files_of_its_own(client: TestClient) -> None:
    """Its policy is the strictest that a shop can have."""
    answer = client.get("/")

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert "<style" not in answer.text
    assert " style=" not in answer.text
    assert answer.text.count("<script") == answer.text.count('<script type="module" src="/')


def test_the_shop_mints_tokens_for_its_made_up_buyers_and_their_orders(client: TestClient) -> None:
    """A token about an order of theirs carries its number."""
    order = client.get("/shop/orders").json()["orders"][0]["order_id"]

    claims = _claims(client.get("/shop/token", params={"order": order}))

    assert (claims["sub"], claims["order_id"]) == ("demo-buyer", order)


@pytest.mark.parametrize("query", [{"order": "8012345678"}, {"buyer": "some-buyer"}, {"buyer": "demo-\u00e9"}])
def test_the_shop_speaks_for_nobody_else(client: TestClient, query: dict[str, str]) -> None:
    """Neither for a real buyer nor about an order that its buyer does not have."""
    assert client.get("/shop/token", params=query).status_code == 404


@pytest.mark.parametrize("path", ["/", "/shop/token", "/shop/orders", "/shop/shop.js"])
def test_there_is_no_shop_in_production(production: TestClient, path: str) -> None:
    """The same answer as for any path that is not there."""
    assert production.get(path).json()["error"]["code"] == "not_found"


def test_the_shop_swallows_nothing_that_is_not_its_own(client: TestClient) -> None:
    """A method that a path does not know is still said to be that."""
    assert client.delete("/widget/messages").status_code == 405
    assert client.get("/nothing").status_code == 404


def test_modules_that_need_each_other_are_refused(tmp_path: Path) -> None:
    """They could not be put into an order."""
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nexport const a = 1;\n')
    (tmp_path / "b.js").write_text('import { a } from "./a.js";\nexport const b = 1;\n')

    with pytest.raises(NotOneAnswer, match="needs itself"):
        one_answer(tmp_path, "a")


def test_an_export_of_another_kind_is_refused(tmp_path: Path) -> None:
    """It would be lost without a word."""
    (tmp_path / "a.js").write_text("const a = 1;\nexport default a;\n")

    with pytest.raises(NotOneAnswer, match=r"a\.js"):
        one_answer(tmp_path, "a")


def _claims(answer: httpx.Response) -> dict[str, str]:
    claims: dict[str, str] = jwt.decode(
        answer.json()["token"], SECRETS["widget_secret"], algorithms=["HS256"], audience="buyer-protection-widget"
    )
    return claims


def test_spaces_that_say_something_stay(tmp_path: Path) -> None:
    """What is quoted, what is looked for, and what a style means is carried over to the letter."""
    kept = (
        'say("a ; b = c" + `x = ${ y } ; z`)',
        "/^(\\w*): ?(.*) = $/",
        "header :focus { gap: 1em }",
        "a in { b: 1 }",
    )
    lines = ("export const a = [ 1 , 2 ] ;", *kept, "if (a && b) { c += 1 ; }")
    (tmp_path / "a.js").write_text("\n".join(lines))

    told = one_answer(tmp_path, "a").splitlines()

    assert told[1] == "const a=[ 1,2 ];"
    assert told[2:4] == list(kept[:2])
    assert told[4:6] == ["header :focus{gap:1em}", "a in{b:1}"]
    assert told[6] == "if (a&&b){c+=1;}"

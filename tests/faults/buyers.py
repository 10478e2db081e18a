"""Buyers of a test: they write over HTTP as a page does, try again as a page does, and write down what they hear."""

from __future__ import annotations

import json
import secrets
import time
from datetime import datetime, timezone
from typing import Any, Final

import httpx

from buyer_protection.tokens import mint
from gateway.conversations import conversation_of
from tests.faults.history import History
from tests.faults.stage import SECRET, Stage, fresh_buyer

#: Seconds that a buyer waits for a final answer, unless told otherwise.
PATIENCE: Final = 90.0
_AGAIN_AFTER: Final = 0.25

#: A claim that ends in a dispute: what is typed, and what is pressed, by the title of the button.
CLAIM: Final = (
    "type My parcel never arrived, I have been waiting for two months now",
    "press Yes",
    "press On its way, or no news",
    "press Yes",
    "type I asked 20 days ago",
    "press No answer",
    "press Skip",
    "type Order {order}",
    "press The whole order",
    "press A full refund",
    "press Yes, open it",
)
#: How many of these steps stand before the one that opens the dispute.
UNTIL_CONSENT: Final = len(CLAIM) - 1
#: Another claim, from the first word to the question for a photo.
UNTIL_PHOTO: Final = (
    "type The lamp arrived broken, the glass is in pieces",
    "press Yes",
    "press No",
    "press Yes",
    "type I asked 20 days ago",
    "press No answer",
    "press No",
)


class NotAnswered(AssertionError):
    """A message had no final answer in time."""


class Buyer:
    """One buyer with one page, at one gateway at a time."""

    def __init__(self, stage: Stage, history: History, name: str = "", gateway: int = 0) -> None:
        self.id = name or fresh_buyer()
        self.stage, self.history, self.gateway = stage, history, gateway
        self.order = "".join(secrets.choice("123456789") for _ in range(10))
        #: The messages of the last answer.
        self.heard: list[dict[str, Any]] = []
        #: Seconds after which a message without a final answer fails the test.
        self.patience = PATIENCE
        # Nothing is verified on loopback; reading the certificates of the machine for it takes longer than a turn.
        self._http = httpx.Client(trust_env=False, verify=False, timeout=20.0)

    @property
    def conversation(self) -> str:
        """Whose conversation it is, as the gateway calls it."""
        return conversation_of(self.id)

    @property
    def headers(self) -> dict[str, str]:
        """What a page sends with each request."""
        return {"Authorization": f"Bearer {mint(self.id, SECRET, datetime.now(timezone.utc))}"}

    def url(self, path: str = "/widget/messages") -> str:
        """An address at the buyer's gateway."""
        return f"http://127.0.0.1:{self.stage.ports[self.gateway]}{path}"

    def say(self, text: str, name: str = "") -> list[dict[str, Any]]:
        """Types something, and tries again with the same id until it is answered for good."""
        return self.send({"text": text, "id": name or _new_name()})

    def press(self, title: str, name: str = "") -> list[dict[str, Any]]:
        """Presses a button of the last answer."""
        return self.send({"payload": self.button(title), "id": name or _new_name()})

    def button(self, title: str) -> str:
        """The token of a button of the last answer, by its title."""
        shown = {button["title"]: button["payload"] for each in self.heard for button in each["buttons"]}
        assert title in shown, f"no button {title!r}: {self.words()}"
        return str(shown[title])

    def send(self, body: dict[str, str]) -> list[dict[str, Any]]:
        """Posts a message until it is answered for good; raises NotAnswered."""
        end = time.monotonic() + self.patience
        code = ""
        while time.monotonic() < end:
            answer = self.post(body)
            code = "no connection" if answer is None else str(answer.status_code)
            if answer is not None and answer.status_code == httpx.codes.OK:
                self.heard = answer.json()["messages"]
                return self.heard
            assert answer is None or answer.status_code >= 500 or answer.status_code == 202, answer.text
            time.sleep(_AGAIN_AFTER)
        raise NotAnswered(f"{body['id']} of {self.id}: {code}")

    def post(self, body: dict[str, str], timeout: float | None = None) -> httpx.Response | None:
        """Posts a message once and writes down what came of it; None if the connection broke."""
        name = body["id"]
        self.history.add("invoke", self.id, name)
        try:
            given = {} if timeout is None else {"timeout": timeout}
            headers = {**self.headers, "Content-Type": "application/json"}
            answer = self._http.post(self.url(), content=json.dumps(body).encode(), headers=headers, **given)
        except httpx.HTTPError as error:
            self.history.add("unknown", self.id, name, code=type(error).__name__)
            return None
        if answer.status_code in (200, 202):
            kind = "ok" if answer.status_code == 200 else "pending"
            self.history.add(kind, self.id, name, answer.json()["messages"])
        elif answer.status_code < 500:
            self.history.add("fail", self.id, name, code=answer.json()["error"]["code"])
        else:
            self.history.add("unknown", self.id, name, code=str(answer.status_code))
        return answer

    def read_all(self) -> list[dict[str, Any]]:
        """Everything that was told in the conversation, read page by page, and written down."""
        told: list[dict[str, Any]] = []
        while True:
            after = told[-1]["id"] if told else 0
            answer = self._http.get(self.url(f"/widget/messages?after={after}"), headers=self.headers)
            assert answer.status_code == httpx.codes.OK, answer.text
            page = answer.json()["messages"]
            if not page:
                break
            told += page
        self.history.add("told", self.id, "", told)
        return told

    def take_step(self, step: str) -> list[dict[str, Any]]:
        """Does one step of a claim."""
        how, _, what = step.partition(" ")
        what = what.format(order=self.order)
        return self.say(what) if how == "type" else self.press(what)

    def claim(self, steps: int = len(CLAIM)) -> list[dict[str, Any]]:
        """Goes through a claim from its beginning, so many steps."""
        for step in CLAIM[:steps]:
            self.take_step(step)
        return self.heard

    def words(self) -> str:
        """The last answer as text."""
        return json.dumps([(each["text"][:80], each["custom"].get("kind")) for each in self.heard])

    def reference(self) -> str:
        """The dispute that the last answer tells of; empty if it tells of none."""
        found = [each["custom"]["reference"] for each in self.heard if each["custom"].get("kind") == "dispute"]
        return str(found[0]) if found else ""

    def close(self) -> None:
        """Leaves."""
        self._http.close()


def _new_name() -> str:
    return secrets.token_hex(8)

"""A turn that failed says so: no failed action is swallowed.

Rasa logs a failed action and goes on, so that the next line of a rule can claim a success that did not happen. Here
whatever comes out of an action, but for a rejection that rules decide about, ends the turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection, RemoteAction

from buyer_protection.failpoints import reach
from buyer_protection.logs import in_code


class TurnFailed(BaseException):
    """The turn cannot be completed; nothing of it may be saved or said.

    Not an Exception, because Rasa catches every Exception of an action in several places and goes on.
    `action` names what failed, `reason` says how in code: neither holds anything of a message.
    """

    def __init__(self, action: str, reason: str) -> None:
        super().__init__(f"{action}: {reason}")
        self.action = action
        self.reason = reason


class Guarded(Action):
    """An action of Rasa's whose failure ends the turn."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def name(self) -> str:
        """The name of the guarded action."""
        return str(self._action.name())

    async def run(self, *args: Any, **kwargs: Any) -> Any:
        """The events of the guarded action. Raises TurnFailed."""
        with failing(self.name()):
            return await self._action.run(*args, **kwargs)

    def event_for_successful_execution(self, prediction: Any) -> Any:
        """The event that records the guarded action."""
        return self._action.event_for_successful_execution(prediction)


@contextmanager
def failing(action: str) -> Iterator[None]:
    """Turns any error inside into TurnFailed, but for a rejection, which another rule may answer."""
    try:
        yield
    except ActionExecutionRejection:
        raise
    except Exception as error:
        raise TurnFailed(action, in_code(error)) from None


def guard_remote_actions() -> None:
    """Makes every failed call of a custom action end the turn, also those that a form or slot mappings make inside."""
    run = RemoteAction.run
    if getattr(run, "is_guarded", False):
        return

    async def guarded(self: RemoteAction, *args: Any, **kwargs: Any) -> Any:
        with failing(self.name()):
            reach("rasa.before_action")
            events = await run(self, *args, **kwargs)
            reach("rasa.after_action")
            return events

    guarded.is_guarded = True  # type: ignore[attr-defined]
    RemoteAction.run = guarded

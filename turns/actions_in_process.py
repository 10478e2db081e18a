"""Custom actions in this process, as if behind HTTP: for tests and for the staff's shell."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from rasa.core.actions.action import RemoteAction  # noqa: F401  (loads Rasa before rasa_sdk patches its logging)
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from turns.actions_over_http import ANSWER_WITHIN, checked


class ActionsInProcess(EndpointConfig):
    """An action endpoint that hands each call to the actions of a package, copied there and back."""

    def __init__(self, package: str = "actions", *, executor: ActionExecutor | None = None) -> None:
        """Loads the package. Raises ImportError if one of its modules cannot be imported."""
        super().__init__(url="in-process")
        self.executor = executor or _executor(package)

    async def request(self, method: str = "post", subpath: str | None = None, **kwargs: Any) -> Any:
        """The answer of an action to a call. Raises what an action endpoint raises."""
        call = json.loads(json.dumps(kwargs["json"]))
        try:
            answer = await asyncio.wait_for(self.executor.run(call), ANSWER_WITHIN)
        except ActionExecutionRejection as rejection:
            body = {"error": rejection.message, "action_name": rejection.action_name}
            raise ClientResponseError(400, "rejected", json.dumps(body)) from rejection
        except ActionNotFoundException as missing:
            raise ClientResponseError(404, "no such action", "") from missing
        return checked(json.loads(json.dumps(answer)))


def _executor(package: str) -> ActionExecutor:
    executor = ActionExecutor()
    try:
        executor.register_package(package)
    except SystemExit:  # what rasa_sdk does about a module that it cannot import
        raise ImportError(f"a module of the package {package} cannot be imported") from None
    return executor

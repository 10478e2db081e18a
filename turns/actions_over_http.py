"""Custom actions behind the action server: a call that is answered soon and whole, or has failed."""

from __future__ import annotations

from typing import Any, Final

from aiohttp import ClientTimeout
from rasa.utils.endpoints import EndpointConfig

#: Seconds; Rasa waits five minutes.
ANSWER_WITHIN: Final = 8.0


class ActionsOverHttp(EndpointConfig):
    """The action server at a URL, with the headers that open it."""

    @classmethod
    def of(cls, endpoint: EndpointConfig) -> ActionsOverHttp:
        """The same endpoint, waiting no longer than it should."""
        return cls(endpoint.url, headers=endpoint.headers, **endpoint.kwargs)

    async def request(self, method: str = "post", subpath: str | None = None, **kwargs: Any) -> Any:
        """The answer of the action server. Raises on refusal, an error status, no answer in time, or no sense in it."""
        kwargs["timeout"] = ClientTimeout(total=ANSWER_WITHIN)
        return checked(await super().request(method, subpath, **kwargs))


def checked(answer: Any) -> dict[str, Any]:
    """The answer if it is one: Rasa takes an empty object for an action that did its work. Raises ValueError."""
    if not isinstance(answer, dict) or not {"events", "responses"} <= answer.keys():
        raise ValueError("not the answer of an action")
    return answer

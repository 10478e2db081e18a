"""Custom actions behind the action server: a call that is answered soon and whole, or has failed."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final
from urllib.parse import urljoin

from aiohttp import ClientSession, ClientTimeout, TCPConnector
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

#: Seconds; Rasa waits five minutes.
ANSWER_WITHIN: Final = 8.0
#: Bytes of an answer; the longest that an action gives fits many times.
LARGEST_ANSWER: Final = 1024 * 1024
#: Seconds that an idle connection is kept: less than the server does, so that it is never found closed.
KEEP_IDLE: Final = 4.0


class ActionsOverHttp(EndpointConfig):
    """The action server at a URL, with the headers that open it, over connections that are kept."""

    _kept: ClientSession | None = None
    _kept_in: asyncio.AbstractEventLoop | None = None

    @classmethod
    def of(cls, endpoint: EndpointConfig) -> ActionsOverHttp:
        """The same endpoint, waiting no longer than it should."""
        return cls(endpoint.url, headers=endpoint.headers, **endpoint.kwargs)

    async def request(self, method: str = "post", subpath: str | None = None, **kwargs: Any) -> Any:
        """The answer of the action server to a call (`json`).

        Raises on refusal, an error status, no answer in time, or no sense in it. Whether the action did
        its work is then not known.
        """
        headers = {"Content-Type": "application/json", **self.headers}
        body = json.dumps(kwargs["json"]).encode()
        within = ClientTimeout(total=ANSWER_WITHIN)
        async with self._connections().request(method, self.url, data=body, headers=headers, timeout=within) as answer:
            said = bytearray()
            async for piece in answer.content.iter_any():
                said += piece
                if len(said) > LARGEST_ANSWER:
                    answer.close()
                    raise ValueError("an answer that is too large")
            if answer.status >= 400:
                raise ClientResponseError(answer.status, answer.reason, said.decode(errors="replace"))
            return checked(json.loads(said))

    async def is_there(self) -> bool:
        """Whether the server answers at all. Raises what a request raises."""
        async with self._connections().get(urljoin(self.url, "/health")) as answer:
            return bool(answer.status == 200)

    async def close(self) -> None:
        """Gives the connections back; the next call opens new ones."""
        if self._kept is not None:
            await self._kept.close()
            self._kept = None

    def _connections(self) -> ClientSession:
        loop = asyncio.get_running_loop()
        if self._kept is None or self._kept.closed or self._kept_in is not loop:
            self._kept = ClientSession(connector=TCPConnector(keepalive_timeout=KEEP_IDLE, limit=0), trust_env=False)
            self._kept_in = loop
        return self._kept


def checked(answer: Any) -> dict[str, Any]:
    """The answer if it is one: Rasa takes an empty object for an action that did its work. Raises ValueError."""
    if not isinstance(answer, dict) or not {"events", "responses"} <= answer.keys():
        raise ValueError("not the answer of an action")
    return answer

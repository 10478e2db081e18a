"""Telegram's Bot API: one call, one file. The bot's token is part of each address, so no address is ever shown."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

import httpx

from buyer_protection.settings import Settings
from gateway.attachments import LOST, TOO_LARGE, FileAway, FileGone
from gateway.channels.telegram_limits import LARGEST_FILE

#: Seconds that a call may take, and a connection.
CALL_WITHIN: Final = 10.0
CONNECT_WITHIN: Final = 4.0
_FILE_PATH: Final = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*")
_CHUNK: Final = 256 * 1024


class TelegramError(Exception):
    """A call that was refused: `status` as HTTP has it, `retry_after` in seconds if Telegram asks for a pause.

    What Telegram says about it is not kept, because it may quote what was sent.
    """

    def __init__(self, status: int, retry_after: float | None = None) -> None:
        super().__init__(f"status_{status}")
        self.status = status
        self.retry_after = retry_after


class TelegramAway(Exception):
    """No answer; `may_have_arrived` if the call may have been done all the same."""

    def __init__(self, *, may_have_arrived: bool) -> None:
        super().__init__("away")
        self.may_have_arrived = may_have_arrived


class TelegramApi:
    """The API of one bot, over kept connections, to the host of the settings and to no other."""

    def __init__(self, known: Settings) -> None:
        token = known.telegram_token.get_secret_value()
        self._root = known.telegram_api_url.rstrip("/")
        self._calls, self._files = f"{self._root}/bot{token}/", f"{self._root}/file/bot{token}/"
        #: The bot's own number, which is no secret: it stands before the colon.
        self.bot = token.partition(":")[0]
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(CALL_WITHIN, connect=CONNECT_WITHIN),
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=20),
            follow_redirects=False,
            trust_env=False,
        )

    def __repr__(self) -> str:
        return f"TelegramApi({self.bot})"

    async def close(self) -> None:
        """Ends the kept connections."""
        await self._client.aclose()

    async def call(self, method: str, *, within: float = CALL_WITHIN, **parameters: Any) -> Any:
        """The result of a method. Raises TelegramError or TelegramAway."""
        timeout = httpx.Timeout(within, connect=CONNECT_WITHIN)
        try:
            response = await self._client.post(self._calls + method, json=parameters, timeout=timeout)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            raise TelegramAway(may_have_arrived=False) from None
        except httpx.HTTPError:
            raise TelegramAway(may_have_arrived=True) from None
        body = _object(response)
        if response.status_code == httpx.codes.OK and body.get("ok") is True:
            return body.get("result")
        if response.status_code >= 500 or response.status_code < 300:
            # Whatever stands between us and Telegram may fail after Telegram has done it.
            raise TelegramAway(may_have_arrived=True)
        raise TelegramError(response.status_code, _retry_after(body))

    async def read(self, native_id: str) -> AsyncIterator[bytes]:
        """The bytes of a file that was sent to the bot. Raises FileGone or FileAway."""
        address = self._files + await self._path_of(native_id)
        try:
            async with self._client.stream("GET", address, headers={"Accept-Encoding": "identity"}) as response:
                if response.status_code != httpx.codes.OK:
                    raise FileAway if _may_pass(response.status_code) else FileGone(LOST)
                if int(response.headers.get("Content-Length", "0") or 0) > LARGEST_FILE:
                    raise FileGone(TOO_LARGE)
                async for chunk in response.aiter_raw(_CHUNK):
                    yield chunk
        except (httpx.HTTPError, ValueError):
            raise FileAway from None

    async def _path_of(self, native_id: str) -> str:
        try:
            file = await self.call("getFile", file_id=native_id)
        except TelegramAway:
            raise FileAway from None
        except TelegramError as error:
            raise (FileAway if _may_pass(error.status) else FileGone(LOST)) from None
        path = file.get("file_path") if isinstance(file, Mapping) else None
        if not isinstance(path, str) or not _FILE_PATH.fullmatch(path):
            raise FileGone(LOST)
        return path


def _may_pass(status: int) -> bool:
    """Whether it makes sense to ask again: the other side is busy, broken, or does not know our token for now."""
    return status in (401, 404, 429) or status >= 500


def _object(response: httpx.Response) -> Mapping[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, Mapping) else {}


def _retry_after(body: Mapping[str, Any]) -> float | None:
    parameters = body.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, Mapping) else None
    return float(seconds) if isinstance(seconds, (int, float)) and not isinstance(seconds, bool) else None

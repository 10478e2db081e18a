"""The buyer's network, as slow as a train's or not there at all, through the browser's own switch."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

#: Bytes in a second at which an upload of a photo takes long enough to be cut in the middle.
SLOW: Final = 200_000
_AS_IT_IS: Final = -1


class Network:
    """The network of one page."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")

    def is_slow(self) -> None:
        """Uploads get nowhere fast."""
        self._become(upload=SLOW)

    def is_fast(self) -> None:
        """As it is on this machine."""
        self._become()

    def is_away(self) -> None:
        """No network: what was under way ends, and the browser says that it is offline."""
        self._become(offline=True)

    def _become(self, *, upload: int = _AS_IT_IS, offline: bool = False) -> None:
        conditions = {"offline": offline, "latency": 0, "downloadThroughput": _AS_IT_IS, "uploadThroughput": upload}
        self._session.send("Network.emulateNetworkConditions", conditions)

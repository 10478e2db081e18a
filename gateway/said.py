"""What was said a moment ago in this process, so that who waits for it need not ask the database."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from gateway.outbox import Reply

_MOST: Final = 1000


class Said:
    """The newest replies, by the message that they answer."""

    def __init__(self) -> None:
        self._replies: OrderedDict[int, list[Reply]] = OrderedDict()

    def remember(self, replies: list[Reply]) -> None:
        """Remembers what was said to one message, once it is written."""
        if replies and replies[0].inbox_id is not None:
            self._replies[replies[0].inbox_id] = replies
            while len(self._replies) > _MOST:
                self._replies.popitem(last=False)

    def to(self, message_id: int) -> tuple[list[Reply], bool] | None:
        """What was said to a message, and whether that is final; None if that is not known here."""
        replies = self._replies.get(message_id)
        return (replies, replies[0].is_final) if replies else None

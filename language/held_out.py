"""Which training messages nothing learns from: on them it is found out how sure of itself a reading may be."""

from __future__ import annotations

import zlib
from typing import Final

from rasa.shared.nlu.constants import METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

#: One in so many kinds of wording is held out; this one has the hardest, told "in passing" and with "mixed feelings".
_ONE_IN: Final = 5
_WHICH: Final = 2


def is_held_out(message: Message) -> bool:
    """Whether a training message is held out, with its whole kind of wording (the `situation` of data/nlu).

    A message that is like those that were learnt is read too surely. Where a file names no kinds, it goes by the text.
    """
    situation = ((message.get(METADATA) or {}).get(METADATA_INTENT) or {}).get("situation", "plain")
    key = message.get(TEXT) if situation == "plain" else situation
    return zlib.crc32(key.encode("utf-8")) % _ONE_IN == _WHICH

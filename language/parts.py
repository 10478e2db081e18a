"""A message that tells one thing and asks another, taken apart: each part is read by the pipeline like a message."""

from __future__ import annotations

from typing import Final

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.tokens import Doc

from language.english import asks
from language.stopping import stop_and_more

_PARTS: Final = "parts"

#: The questions of one message that are read, and the words below which a sentence says too little alone.
_AT_MOST: Final = 2
_FEWEST_WORDS: Final = 2
#: Of a longer message only the whole is read: its parts would take as long again.
_LONGEST: Final = 100


def set_parts(message: Message, doc: Doc) -> None:
    """Give a message its parts: what it tells (all sentences that do not ask) and each sentence that asks.

    None where it only tells, or only asks one thing, or has more than a hundred tokens. One that stops and goes on to
    something else has those two.
    """
    if len(doc) > _LONGEST:
        return
    if stops := stop_and_more(doc.text):
        message.set(_PARTS, [Message({TEXT: text}) for text in stops])
        return
    asking = [sentence for sentence in doc.sents if asks(sentence)]
    if not asking or len(asking) == len(list(doc.sents)) == 1:
        return
    asking = [sentence for sentence in asking if sum(token.is_alpha for token in sentence) >= _FEWEST_WORDS][:_AT_MOST]
    told = "".join(sentence.text_with_ws for sentence in doc.sents if sentence not in asking).strip(" ,;\n")
    texts = [told, *(sentence.text.strip() for sentence in asking)]
    message.set(_PARTS, [Message({TEXT: text}) for text in texts])


def parts_of(message: Message) -> list[Message]:
    """What it tells (perhaps an empty text), then what it asks; none where it was not taken apart."""
    found: list[Message] = message.get(_PARTS) or []
    return found


def with_parts(messages: list[Message]) -> list[Message]:
    """The messages, each followed by its parts."""
    return [each for message in messages for each in (message, *parts_of(message))]

"""Tokens of a message, and those of its sentences that ask for something beside what the others tell."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.tokens import Doc

from language import english, parts
from language.english import blank_english
from language.wording import table_path

__all__ = ["NORM", "SpacyTokens", "blank_english"]

#: The name under which a token carries its normal form ("n't" is "not").
NORM: Final = "norm"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyTokens(Tokenizer):  # type: ignore[misc]
    """Splits a message into spaCy's tokens, each with its place in the text and its normal form as `norm`.

    Of a message longer than `longest` characters only the beginning is read.
    When serving, a message that tells and asks gets its parts (`language.parts`), with tokens of their own.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that Rasa's tokenizers share, and `longest`."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
            "longest": 4000,
        }

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed."""
        return ["spacy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Another spaCy splits otherwise, and so does another pipeline of ours: both mean another training."""
        files = (Path(english.__file__), Path(parts.__file__), table_path("asking.yml"))
        code = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
        return f"{spacy.__version__} {code}"

    def process(self, messages: list[Message]) -> list[Message]:
        """Add tokens, and the parts of messages that tell and ask."""
        for message in messages:
            doc = english.read((message.get(TEXT) or "")[: self._config["longest"]])
            parts.set_parts(message, doc)
            message.set(TOKENS_NAMES[TEXT], _tokens(doc))
            super().process(parts.parts_of(message))
        return messages

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute of a message; none for an empty text."""
        return _tokens(english.tokens((message.get(attribute) or "")[: self._config["longest"]]))


def _tokens(doc: Doc) -> list[Token]:
    return [Token(token.text, token.idx, data={NORM: token.norm_.lower()}) for token in doc if not token.is_space]

"""Tokens from a spaCy pipeline that is built here, so that no trained model has to be downloaded."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language

#: Lone surrogates, which JSON can carry and spaCy cannot encode; replaced one for one, so that places stay right.
_HALF_CHARACTERS: Final = re.compile("[\ud800-\udfff]")

#: The name under which a token carries its normal form ("n't" is "not").
NORM: Final = "norm"


@lru_cache(maxsize=1)
def blank_english() -> Language:
    """spaCy's English tokenizer with its table of normal forms, and nothing that needs training."""
    return spacy.blank("en")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyTokens(Tokenizer):  # type: ignore[misc]
    """Splits a message into spaCy's tokens, each with its place in the text and its normal form as `norm`.

    Of a message longer than `longest` characters only the beginning is read.
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
        """Another spaCy splits otherwise, so it means another training."""
        return str(spacy.__version__)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute of a message; none for an empty text."""
        text = _HALF_CHARACTERS.sub("\ufffd", (message.get(attribute) or "")[: self._config["longest"]])
        return [
            Token(token.text, token.idx, data={NORM: token.norm_.lower()})
            for token in blank_english().make_doc(text)
            if not token.is_space
        ]

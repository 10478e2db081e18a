"""The spaCy pipeline that reads buyers' English: built here from parts of our own, so no trained model is downloaded.

Its parts: spaCy's English tokenizer, `asking_openers` (a matcher for the words that begin a question or a request) and
`buyer_sentences` (where sentences begin, also where buyers write none of the marks).
"""

import re  # no postponed annotations here: spaCy reads the types of its factories
from functools import lru_cache
from itertools import product
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from language.wording import read_table

#: Lone surrogates, which JSON can carry and spaCy cannot encode; replaced one for one, so that places stay right.
_HALF_CHARACTERS: Final = re.compile("[\ud800-\udfff]")

#: A run without a gap that is longer than this is no word. spaCy peels marks off both of its ends, one by one, which
#: for a thousand quotation marks takes a third of a second.
_LONGEST_RUN: Final = 100
_NO_WORD: Final = re.compile(rf"\S{{{_LONGEST_RUN + 1},}}")

_OPENERS: Final = "asking"
_ENDING: Final = ".!?\u2026"


@lru_cache(maxsize=1)
def blank_english() -> Language:
    """The pipeline, made once."""
    english = spacy.blank("en")
    english.add_pipe("asking_openers")
    english.add_pipe("buyer_sentences")
    return english


def read(text: str) -> Doc:
    """A text as tokens, sentences and openers; a text of any kind can be read."""
    return blank_english()(_readable(text))


def tokens(text: str) -> Doc:
    """A text as tokens only, the same as those of `read`."""
    return blank_english().make_doc(_readable(text))


def _readable(text: str) -> str:
    """The text with every place where it was; what spaCy cannot read, or not quickly, is blank."""
    return _NO_WORD.sub(_cut, _HALF_CHARACTERS.sub("\ufffd", text))


def _cut(found: re.Match[str]) -> str:
    return found[0][:_LONGEST_RUN] + " " * (len(found[0]) - _LONGEST_RUN)


def asks(sentence: Span) -> bool:
    """Whether a sentence is a question or a request: it has a question mark, or begins as one."""
    return "?" in sentence.text or any(
        opener.start - sentence.start <= 1 for opener in sentence.doc.spans[_OPENERS] if opener.start >= sentence.start
    )


@Language.factory("asking_openers")
def _asking_openers(nlp: Language, name: str) -> Any:
    # Four hundred phrases written out are found in a hundredth of the time that thirty patterns with choices take.
    matcher = PhraseMatcher(nlp.vocab, attr="NORM")
    for opener in read_table("asking.yml")["openers"]:
        wordings = product(*(word.split("|") for word in opener.split()))
        matcher.add(opener, [Doc(nlp.vocab, words=list(words)) for words in wordings])

    def find(doc: Doc) -> Doc:
        doc.spans[_OPENERS] = matcher(doc, as_spans=True)
        return doc

    return find


@Language.factory("buyer_sentences")
def _buyer_sentences(nlp: Language, name: str) -> Any:
    before = frozenset(read_table("asking.yml")["joined_by"])

    def split(doc: Doc) -> Doc:
        openers = {span.start for span in doc.spans[_OPENERS]}
        words = [token.text for token in doc]
        for place in range(1, len(words)):
            begins = _begins(doc, words, place, openers, before)
            # What is not said counts as no; one has to be said. For each that is, spaCy looks at the whole text.
            if begins or place == 1:
                doc[place].is_sent_start = begins
        return doc

    return split


def _begins(doc: Doc, words: list[str], place: int, openers: set[int], joined_by: frozenset[str]) -> bool:
    if _ends_one(words[place]):
        return False
    last = words[place - 1]
    if _ends_one(last) or "\n" in last:
        return True
    # "it is broken and how long does it take": the joining word begins the question.
    if place + 1 in openers and doc[place].norm_ in joined_by:
        return True
    return place in openers and doc[place - 1].norm_ in {",", ";", ":", "-", "\u2013", "("}


def _ends_one(text: str) -> bool:
    """Whether a token is nothing but marks that end a sentence."""
    return text[0] in _ENDING and not text.strip(_ENDING)

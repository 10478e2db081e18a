"""The spaCy pipeline that reads buyers' English: built here from parts of our own, so no trained model is downloaded.

Its parts: spaCy's English tokenizer, `asking_openers` (a matcher for the words that begin a question or a request) and
`buyer_sentences` (where sentences begin, also where buyers write none of the marks).
"""

import re  # no postponed annotations here: spaCy reads the types of its factories
from functools import lru_cache
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from language.wording import read_table

#: Lone surrogates, which JSON can carry and spaCy cannot encode; replaced one for one, so that places stay right.
_HALF_CHARACTERS: Final = re.compile("[\ud800-\udfff]")

#: A run without a gap that is longer than this is no word. spaCy peels marks off both of its ends, one by one, which
#: for a thousand quotation marks takes a third of a second.
_LONGEST_RUN: Final = 100
_NO_WORD: Final = re.compile(rf"\S{{{_LONGEST_RUN + 1},}}")

_OPENERS: Final = "asking"
_ENDS: Final = frozenset({".", "!", "?", "...", "..", "\u2026", "!!", "??", "?!", "!?"})
_MARKS: Final = re.compile(r"^[.!?\u2026]+$")


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
    table = read_table("asking.yml")
    matcher = Matcher(nlp.vocab)
    for number, opener in enumerate(table["openers"]):
        pattern = [{"NORM": {"IN": word.split("|")}} for word in opener.split()]
        matcher.add(f"opener_{number}", [pattern])

    def find(doc: Doc) -> Doc:
        doc.spans[_OPENERS] = matcher(doc, as_spans=True)
        return doc

    return find


@Language.factory("buyer_sentences")
def _buyer_sentences(nlp: Language, name: str) -> Any:
    before = frozenset(read_table("asking.yml")["joined_by"])

    def split(doc: Doc) -> Doc:
        openers = {span.start for span in doc.spans[_OPENERS]}
        for token in doc:
            token.is_sent_start = token.i == 0 or _begins(doc, token.i, openers, before)
        return doc

    return split


def _begins(doc: Doc, place: int, openers: set[int], joined_by: frozenset[str]) -> bool:
    last = doc[place - 1]
    if _MARKS.match(doc[place].text):
        return False
    if _MARKS.match(last.text) or "\n" in last.text:
        return True
    # "it is broken and how long does it take": the joining word begins the question.
    if doc[place].norm_ in joined_by and place + 1 in openers:
        return True
    return place in openers and last.norm_ in {",", ";", ":", "-", "\u2013", "("}

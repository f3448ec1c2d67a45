"""Subjects of a sentence by its form alone: a pronoun, a name or a noun with its article, and the verb behind it."""

from __future__ import annotations

import re

from ..lexicon.forms import lemmas, parts_of_speech
from ..lexicon.words import FINITE
from .chars import Chars

# whose past is like the infinitive
SAME_FORMS = frozenset("beat bet cast cost cut forecast hit hurt let put quit read set shut spread".split())
_SUBJECT = (
    r"(?P<who>[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e|I|(?:[Tt]he |[Aa]n? |[Hh]is |[Hh]er )?"
    r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,4}|(?:[Tt]he|[Hh]is|[Hh]er) [a-z-]+) "
    r"(?:(?:also|then|later|has|had|have|\w+ly) )?(?P<verb>[a-z]+)\b"
)
_FIRST = re.compile(rf"(?:[A-Z][\w’'-]* [^,.;:\n\"“”]{{1,80}}, )?{_SUBJECT}")  # Following his speech, | he gave
_NEXT = re.compile(rf",[”\"]? {_SUBJECT}")
_OTHER = re.compile(r", (?:who|which|whose|but|and)\b")
_PRONOUN = re.compile(r"\b(?P<who>[Hh]e|[Ss]he|[Tt]hey) (?:(?:also|then|later|further|has|had|have) )*\Z")
_NOUN = re.compile(r" (?P<who>(?:the|an?|its|his|her|their) [^,.;:\n\"“”]{2,60}|(?:[a-z-]+ ){0,2}[a-z]+s)(?=\.?\s*(?:\n|\Z)|\. )")
_FAR = 40  # characters before a verb in which its pronoun stands


def is_past(word: str) -> bool:
    """Whether a word may be a verb in the past, or a participle of it: *left*, *called*, *hit*."""
    return word.islower() and (
        word in SAME_FORMS or (not word.endswith(("s", "ing")) and any(base != word for base in lemmas(word)))
    )


def subject_first(text: str, begin: int, end: int) -> Chars | None:
    """The subject with which a sentence begins, perhaps behind words set off, of whatever goes on without another up to a
    position: *After it he gave her the drum, | saying*.
    """
    m = _FIRST.match(text, begin, end)
    return m.span("who") if m is not None and _is_verb(m["verb"]) and _OTHER.search(text, m.end(), end) is None else None


def subject_next(text: str, at: int) -> Chars | None:
    """The subject behind a comma at a position: *Insisting that she had paid | , Veld left the court*."""
    m = _NEXT.match(text, at)
    return m.span("who") if m is not None and _is_verb(m["verb"]) else None


def pronoun_before(text: str, at: int) -> Chars | None:
    """The pronoun right before a verb at a position: *he also | claimed*."""
    m = _PRONOUN.search(text, max(0, at - _FAR), at)
    return m.span("who") if m is not None else None


def noun_behind(text: str, at: int) -> Chars | None:
    """The noun phrase behind a verb that ends at a position, up to the end of its sentence: *claimed | the port authority.*"""
    m = _NOUN.match(text, at)
    return m.span("who") if m is not None and not any(w in FINITE for w in m["who"].split()) else None


def _is_verb(word: str) -> bool:
    """Whether a word may be the verb of a main clause."""
    return is_past(word) or word in FINITE or (word.endswith("s") and "VERB" in parts_of_speech(word))

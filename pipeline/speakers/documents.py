"""Who wrote the document that an article quotes: *the report* speaks for the body that is told to have written it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..lexicon.tables import nouns
from ..naming.cast import Cast, Name
from ..naming.mentions import Mention, author_of
from ..text.chars import Chars
from .discourse import Discourse, Referent

_DOCUMENT = "|".join(sorted(nouns("document")))
_SAID_IN = re.compile(
    rf"\b[Ii]n (?:(?:an?|its|his|her|their) (?:[\w-]+ ){{0,3}}(?:{_DOCUMENT})|"
    r"the (?:[\w-]+ )?(?:letter|statement|release|memo))\b"
)
# the Orla Institute published a report, has asked 3,000 adults
_MADE = re.compile(
    r",?(?: (?:has|have|had|also|recently|on|last|this|[A-Z]\w*day|week|month|year),?)*"
    r"(?: (?:(?:publish|releas|issu|unveil|present|conduct|commission|wr[oi]t|launch)\w*|carried out|put out|brought out)"
    rf" (?:[\w,’'-]+ ){{0,6}}?(?:{_DOCUMENT})\b"
    r"| (?:survey|poll|interview|question|ask)ed (?:[\w-]+ ){0,3}?\d)"
)
_REPORTED = re.compile(r"\breport(?:ed|s|ing)?\b")
_PRESS = re.compile(r"\b(?:newspaper|daily|weekly|channel|news agency|broadcaster|magazine|tabloid|news site|website|portal)\b")
_NOUN = re.compile(rf"\b(?:{_DOCUMENT})\b", re.IGNORECASE)
_LAWS = frozenset(
    "law act bill constitution treaty charter agreement ruling verdict indictment lawsuit fir".split()
)  # of nobody who was named
_OF_COURT = frozenset("affidavit complaint filing order petition warrant judgment judgement decree".split())
_FAR = 4000  # characters within which *the report* looks back
_AROUND = 60  # characters around a name within which it may be told that it wrote something


class Documents:
    """The documents of one article and their authors, as it is read; positions must not go back."""

    def __init__(self, text: str, cast: Cast) -> None:
        self.text = text
        self.cast = cast
        self._last: tuple[int, Name] | None = None  # who is told last to have written, or to have spoken so, and where
        self._nouns: set[str] = set()  # what that one wrote is called
        self._of: dict[str, tuple[int, Name]] = {}  # the same by what it is called: the study's is not the order's
        self._read = 0  # up to where names have been asked

    def said(self, name: Name, lo: int, hi: int) -> None:
        """Somebody has spoken; what is *said in a statement*, around the mention and its verb, makes them its author."""
        told = _REPORTED.search(self.text, lo, hi) is not None  # the Tarvo Post reported, and then: the report
        reported = told and (name.kind == "media" or _PRESS.search(self.text, lo, hi) is not None)
        said = None if name.kind == "government" else _SAID_IN.search(self.text, max(0, lo - _AROUND), hi + _AROUND)
        if reported or said is not None:
            self._told(lo, name, said.span() if said is not None else (max(0, lo - _AROUND), lo + 3 * _AROUND))

    def author(self, position: int, noun: str) -> Name | None:
        """Who wrote the document of that noun that was spoken of last before a position; None if nobody can tell."""
        for p in reversed(self.cast.printed_in(max(self._read - _AROUND, position - _FAR), position)):
            by = author_of(self.text, max(0, p.titled - _AROUND), p.end, [p])  # a report by Veld
            made = p.kind not in ("person", "government") and _MADE.match(self.text, p.end, min(position, p.end + 2 * _AROUND))
            if by is not None or made or author_of(self.text, p.start, min(position, p.end + _AROUND), [p]) is not None:
                self._told(p.start, self.cast.of(p), (max(0, p.start - _AROUND), p.start + 3 * _AROUND))
                break
        self._read = position
        told = self._of.get(noun) or (self._last if self._may_be(noun) else None)
        if told is None or position - told[0] >= _FAR:
            return None
        self._of[noun] = position, told[1]
        return told[1]

    def _may_be(self, noun: str) -> bool:
        """Whether the document told of last may be called by a noun: an order is no affidavit."""
        return noun not in _LAWS and not (noun in _OF_COURT and self._nouns)

    def _told(self, at: int, name: Name, called: Chars) -> None:
        """Somebody is told to have written what is called so in a stretch."""
        if self._last is not None and at <= self._last[0]:
            return
        self._last = at, name
        self._nouns = {m.group().lower() for m in _NOUN.finditer(self.text, *called)}
        for noun in self._nouns:
            self._of[noun] = at, name


def owner_of(
    m: Mention, discourse: Discourse, position: int, resolve: Callable[[Mention, int], tuple[Referent, Any] | None]
) -> Referent | None:
    """Whose a document is: *its website*, *her memoir*, *the firm's annual report*; None where nobody can tell.

    Args:
        m: the document, by a phrase that names its owner.
        discourse: who is spoken of.
        position: where the phrase stands.
        resolve: what tells whom a noun phrase stands for.
    """
    if m.determiner != "'s":
        found = discourse.antecedent(m.determiner, position)
        return found.referent if found is not None and found.clear else None
    words = re.sub(r"[’']s?$", "", m.owner)
    owner = Mention("nominal", head=words.split(" ")[-1].lower(), determiner="the", phrase=words, whole=words)
    resolved = resolve(owner, position)
    return resolved[0] if resolved is not None else None

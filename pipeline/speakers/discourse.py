"""Who is spoken of, and whom a pronoun means: salience after Lappin & Leass (1994), fading with every sentence.

Whoever speaks or is a subject is more salient than who is named in passing; words inside quotation marks do not count, and a
place is nobody until it speaks.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..lexicon.forms import singular
from ..lexicon.tables import nouns
from ..naming.cast import Name
from ..naming.mentions import Mention, same_rank
from ..naming.offices import is_of_other_field
from ..text.chars import Chars, stands_in
from ..text.view import ArticleView
from .gender import AGAINST, fitness

SPEAKER, SUBJECT, OTHER, POSSESSIVE = 2.4, 1.8, 0.9, 0.6
GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_DOCUMENTS = nouns("document")
_DECAY = 0.55  # a sentence
_PARAGRAPH = 0.9  # besides, a new paragraph
_BEFORE = 0.3  # what earlier mentions add to a new one
_LEAST = 0.02
_MANY = 100  # referents that are kept at most: a list of names makes no discourse
_BODY_LEAST = 0.6  # what *it* and *they* need: they often mean nobody
_CLEAR = 1.1  # how much more salient than the next one an antecedent is
NUMBERS = {"two": 2, "three": 3, "four": 4, "both": 2}
_OF_SO_MANY = {"pair": 2, "couple": 2, "duo": 2, "twins": 2, "trio": 3}
_FAR = 4000  # characters within which *the sisters* looks back
_LATELY = 8  # of those named together that are looked at
_WORDS = 600  # characters of the words in which several are named that are kept
_CLOSED = re.compile(r"[.!?…][\"”’»)]*\Z")


@dataclass(eq=False)
class Referent:
    """Somebody or something spoken of: a name of the article, or somebody whom it leaves unnamed."""

    name: Name | None = None
    head: str = ""
    phrase: str = ""  # the noun phrase that brought in somebody without a name
    gender: str | None = None
    plural: bool = False
    person: bool = True
    salience: float = 0.0
    at: int = 0  # where it was spoken of last, not only as an owner
    led: int = -1  # where it was a subject last
    spoke: int = -1  # where it spoke last
    new: bool = False  # somebody whom the article has brought in as one of several: a baker, one of the mothers
    sure: float = 1.0  # how surely the mention by which it was spoken of last means it
    members: tuple[Name, ...] = ()  # who are spoken of together: Ann Veld and Bo Lund

    @property
    def known_gender(self) -> str | None:
        """The gender that the article tells."""
        return self.name.gender if self.name is not None else self.gender


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Whom a pronoun means, how salient that one is, and how salient the next one who may be meant."""

    referent: Referent
    salience: float
    next: float

    @property
    def clear(self) -> bool:
        """Whether nobody else is nearly as likely."""
        return self.salience >= _CLEAR * self.next


class Discourse:
    """Who is spoken of, up to a position; positions must not go back."""

    def __init__(self, page: ArticleView, quoted: Sequence[Chars]) -> None:
        self.position = 0
        self._referents: dict[int, Referent] = {}
        self._together: dict[frozenset[int], Referent] = {}
        self._salient: list[Referent] = []
        self._breaks = _breaks(page, quoted)
        self._next = 0

    def of_name(self, name: Name) -> Referent:
        """The referent of a name."""
        r = self._referents.get(id(name))
        if r is None:
            r = self._referents[id(name)] = Referent(name, person=name.kind == "person", plural=name.kind == "group")
        return r

    def of_names(self, names: Sequence[Name], words: str) -> Referent:
        """The referent of several names that stand side by side, in whatever order, with the words in which they stand."""
        key = frozenset(map(id, names))
        r = self._together[key] = self._together.pop(key, Referent(plural=True, members=tuple(names)))
        r.phrase = f"{r.phrase} {words}".lower()[-_WORDS:]
        return r

    def speak_together(self, speakers: Sequence[Referent | None], words: str, position: int) -> None:
        """Several speak at once, if they are several, and each has a name."""
        names = list(dict.fromkeys(r.name for r in speakers if r is not None and r.name is not None))
        if len(names) == len(speakers) > 1:
            self.mention(self.of_names(names, words), position, SPEAKER)

    def called_together(self, m: Mention, position: int) -> Referent | None:
        """Those named side by side for whom a plural stands: *the sisters*, after *Ann Veld and her sister Bo*; *the pair*."""
        told, head = m.phrase.lower().split(), m.head
        number = NUMBERS.get(told[0]) if told else None
        definite = m.determiner in ("the", "both") or (m.determiner == "" and told[:1] == ["both"])
        if not self._together or not definite or len(told) > 1 + (number is not None) or m.whole not in ("", m.phrase):
            return None
        one, since = singular(head), self.unnamed(head)
        lo = max(position - _FAR, since.at if since is not None else 0)
        near = [r for r in itertools.islice(reversed(self._together.values()), _LATELY) if lo <= r.at <= position]
        number = number or NUMBERS.get(m.determiner) or _OF_SO_MANY.get(head)
        if number is not None and (head in NUMBERS or head in _OF_SO_MANY or not head):
            return next((r for r in near if len(r.members) == number), None)
        fits = (r for r in near if number in (None, len(r.members)) and all(n.kind == "person" for n in r.members))
        return next((r for r in fits if is_called(one, r)), None) if one != head else None

    def salience(self, name: Name) -> float:
        """How salient a name is where the reading stands."""
        r = self._referents.get(id(name))
        return r.salience if r is not None and r in self._salient else 0.0

    def place(self, name: Name) -> int:
        """Where a name was spoken of last, by whatever words; 0 if it was not."""
        r = self._referents.get(id(name))
        return r.at if r is not None and r in self._salient else 0

    @cached_property
    def breaks(self) -> tuple[list[int], list[int]]:
        """Where sentences, and where paragraphs, begin after one that ends outside quotations."""
        return [at for at, _ in self._breaks], [at for at, opens in self._breaks if opens]

    def nameless(self) -> list[Referent]:
        """Those without a name who are salient where the reading stands."""
        return [r for r in self._salient if r.name is None and not r.members]

    def named(self) -> list[Name]:
        """The names that are salient where the reading stands."""
        return [r.name for r in self._salient if r.name is not None]

    def mention(self, r: Referent, position: int, weight: float) -> None:
        """Somebody is spoken of at a position; it speaks there if the weight is a speaker's."""
        self.advance(position)
        if r not in self._salient:
            r.salience = 0.0
            self._salient.append(r)
            if len(self._salient) > _MANY:
                self._salient = sorted(self._salient, key=lambda r: -r.at)[: _MANY // 2]
                self._salient.append(r)
        r.salience = max(r.salience, weight + _BEFORE * r.salience)
        if weight > POSSESSIVE:
            r.at = position
        if weight >= SUBJECT:
            r.led = position
        if weight >= SPEAKER:
            r.spoke = position

    def unnamed(self, head: str, phrase: str = "") -> Referent | None:
        """The last one without a name who was called by a noun, and whom a phrase may mean: not *the shadow minister*, if it is
        *the prime minister*.
        """
        found = [r for r in self._salient if r.name is None and r.head == head and not _is_other(phrase, r.phrase)]
        return max(found, key=lambda r: r.at, default=None)

    def last(self, position: int, gender: str | None, answers: bool) -> Referent | None:
        """The person spoken of last, or the subject of the sentence in which it was; if this is an answer, not the one who spoke
        last.
        """
        self.advance(position)
        people = (r for r in self._salient if r.person and not r.plural)
        found = [r for r in people if gender is None or fitness(r.name, r.known_gender, gender) > AGAINST]
        found = list(_others(found) if answers else found)
        newest = max(found, key=lambda r: r.at, default=None)
        if newest is None or newest.led == newest.at:
            return newest
        begun = self.breaks[0]
        begin = begun[k - 1] if (k := bisect_right(begun, newest.at)) else 0
        return max((r for r in found if r.led >= begin), key=lambda r: r.led, default=newest)

    def antecedent(self, pronoun: str, position: int, answers: bool = False, barred: Collection[Name] = ()) -> Antecedent | None:
        """Whom a pronoun means; who answers is not the one who spoke last, and who is ``barred`` is not meant."""
        gender = GENDER.get(pronoun)
        if gender is not None:
            ranked = [(w, r) for w, r in self._ranked(position, gender, person=True, plural=False) if r.name not in barred]
            allowed = _others([r for _, r in ranked]) if answers else None
            ranked = [(w, r) for w, r in ranked if allowed is None or r in allowed]
        elif pronoun in ("it", "its"):
            ranked = [(w, r) for w, r in self._ranked(position, None, person=False, plural=None) if not is_many(r.name)]
        elif pronoun in ("they", "their", "them"):
            groups = self._ranked(position, None, person=True, plural=True)
            bodies = [(w, r) for w, r in self._ranked(position, None, person=False, plural=None) if not is_written(r.name)]
            ranked = sorted([*groups, *((0.7 * w, r) for w, r in bodies)], key=lambda pair: -pair[0])
        else:
            return None
        if not ranked or (gender is None and ranked[0][0] < _BODY_LEAST):
            return None
        return Antecedent(ranked[0][1], ranked[0][0], ranked[1][0] if len(ranked) > 1 else 0.0)

    def advance(self, position: int) -> None:
        """Let what was said before fade up to a position."""
        self.position = position
        factor = 1.0
        while self._next < len(self._breaks) and self._breaks[self._next][0] <= position:
            factor *= _DECAY * (_PARAGRAPH if self._breaks[self._next][1] else 1.0)
            self._next += 1
        if factor < 1.0:
            for r in self._salient:
                r.salience *= factor
            self._salient = [r for r in self._salient if r.salience > _LEAST]

    def _ranked(self, position: int, gender: str | None, person: bool, plural: bool | None) -> list[tuple[float, Referent]]:
        """Who may be meant, the most salient first."""
        self.advance(position)
        found = []
        for r in self._salient:
            if r.person != person or (plural is not None and r.plural != plural):
                continue
            fit = 1.0 if gender is None else fitness(r.name, r.known_gender, gender)
            if fit:
                found.append((fit * r.salience, r, fit > AGAINST))
        fitting = any(fits for *_, fits in found)
        return sorted(((w, r) for w, r, fits in found if fits or not fitting), key=lambda pair: -pair[0])


def is_written(name: Name | None) -> bool:
    """Whether a name is what somebody wrote, which *they* is not: *UN Resolution*."""
    return name is not None and name.kind == "organisation" and name.parts[-1] in _DOCUMENTS


def is_called(noun: str, r: Referent) -> bool:
    """Whether those who are named together are called by a noun: *her sister*, *economists*, or each has it for a role."""
    if noun in _OF_SO_MANY:
        return True
    beside = re.search(rf"\b{re.escape(noun)}(?:s|es)?\b", r.phrase) is not None and noun != ""
    return beside or all(noun in n.role_heads for n in r.members)


def is_many(name: Name | None) -> bool:
    """Whether a body is called by a noun for several, which *it* is not: *the armed forces*."""
    last = name.full.split(" ")[-1] if name is not None else ""
    return last.islower() and singular(last) != last


def _is_other(phrase: str, told: str) -> bool:
    """Whether two noun phrases of one head are for offices of different fields or ranks."""
    return bool(phrase and told) and (is_of_other_field(phrase, [told]) or not same_rank(phrase, told))


def _others(found: Sequence[Referent]) -> Sequence[Referent]:
    """All but the one who spoke last, if there are others."""
    last = max(found, key=lambda r: r.spoke, default=None)
    return [r for r in found if r is not last] if last is not None and last.spoke >= 0 and len(found) > 1 else found


def _breaks(page: ArticleView, quoted: Sequence[Chars]) -> list[tuple[int, bool]]:
    """Where sentences begin after one that ends outside quotations, and whether a paragraph begins too."""
    within = [(s, e - 1) for s, e in quoted]
    found: list[tuple[int, bool]] = []
    end = None
    for p in page.paragraphs:
        for n, (s, e) in enumerate(page.sentences(p)):
            if end is not None and not stands_in(within, end):
                found.append((s, n == 0))
            stop = _CLOSED.search(page.text, max(s, e - 8), e)
            end = stop.start() if stop is not None else e
    return found

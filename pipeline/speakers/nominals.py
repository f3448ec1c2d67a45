"""What speaks for a name that a noun phrase may stand for: *the Ghanaian striker*, *the ministry*, *the report*."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from ..lexicon.forms import singular
from ..lexicon.governments import nations_in
from ..lexicon.nouns import BODIES, BODY_LIKE, NO_TRADES, PERSON_LIKE, PLURALS, gender_of, is_person_noun, spelt_out
from ..lexicon.tables import nouns
from ..lexicon.words import ANONYMOUS, TITLES
from ..naming.cast import Name
from ..naming.mentions import Mention
from ..naming.offices import ADDRESSES
from ..naming.roles import proper_words
from .gender import AGAINST, GENERIC, fitness
from .noun_phrases import INDEFINITE, LEAST_FIT
from .resolver import Case

_DOCUMENTS = nouns("document")
ANYBODY = GENERIC | NO_TRADES
_CHAIRS = frozenset("chair chairman chairwoman chairperson".split())  # of a committee, who may have any office besides
_OWNED = ("'s", "his", "her", "their", "its")
_PARTIES = frozenset("defendant accused suspect plaintiff victim witness".split())  # who are none of the court's
_OF_COURT = frozenset("judge justice magistrate prosecutor lawyer attorney barrister solicitor".split())
_BESIDE = 60  # characters around a name within which a noun may tell what it is
_LOOKED_AT = 4  # of a name's mentions, its first and its last


def class_of(m: Mention) -> str:
    """What a noun is for: ``person``, ``body``, ``document`` or ``thing``."""
    head = singular(m.head)
    if m.head in _DOCUMENTS or head in _DOCUMENTS:
        return "document"
    if is_person_noun(head) or m.head in PLURALS:
        return "person"
    return "body" if head in BODIES or head in BODY_LIKE else "thing"


def is_told_person(n: Name) -> bool:
    """Whether the article tells that a name is somebody's: by gender, title or role."""
    return bool(n.gender or n.role or any(is_person_noun(h) for h in n.role_heads))


def other_office(m: Mention, n: Name) -> Literal["rank", "trade"] | None:
    """Whether a person is told to have an office, and none that the noun may stand for; then what the noun is: a *rank* itself
    (*the bishop* of a president), or a *trade* (*the driver*). *The woman* and *the official* may be anybody.
    """
    told = {h for h in n.role_heads if h in TITLES or is_person_noun(h)} - ADDRESSES - ANYBODY - _CHAIRS
    head = spelt_out(singular(m.head))
    if n.kind != "person" or not told or head in ANYBODY or not is_person_noun(head):
        return None
    if any(head == h or head in PERSON_LIKE.get(h, ()) or h in PERSON_LIKE.get(head, ()) for h in told):
        return None
    return "rank" if (head in TITLES and not told.isdisjoint(TITLES)) or (head in _PARTIES and told & _OF_COURT) else "trade"


class Nominal:
    """A noun phrase as a mention."""

    NONE = (0.0,) * 17
    PLAIN = (0.0,) * 10

    def __init__(self, case: Case) -> None:
        self.case = case
        self.m = m = case.read
        self.head = spelt_out(singular(m.head))
        self.like = PERSON_LIKE.get(self.head, frozenset()) | BODY_LIKE.get(self.head, frozenset())
        self.others = {w.lower() for w in m.phrase.split()[:-1]}
        self.proper = {w.lower() for w in proper_words(m.whole or m.phrase)}
        self.nations = nations_in(m.phrase)
        self.gender = gender_of(m.head)
        self.near = re.compile(rf"\b{re.escape(self.head)}s?\b", re.IGNORECASE)

    @cached_property
    def plural(self) -> bool:
        """Whether it stands for several."""
        return self.m.head in PLURALS or singular(self.m.head) != self.m.head

    @cached_property
    def _determiner(self) -> tuple[bool, bool, bool, bool]:
        d = self.m.determiner.lower()
        return d in ("the", "this", "that"), d in _OWNED, d in INDEFINITE, not d

    def form(self) -> list[float]:
        """What is told of the phrase itself."""
        m = self.m
        phrase = m.phrase.split()
        return [
            *map(float, self._determiner), float(self.plural), float(m.head in ANONYMOUS), float(len(phrase)),
            float(bool(self.proper)), float(bool(self.nations)), float(len(m.whole) > len(m.phrase) + 1),
        ]  # fmt: skip

    def fits(self, n: Name) -> list[float]:
        """What speaks for a name: how much the phrase has in common with what the article calls it."""
        owned = n.role_words | {w.lower() for w in n.parts}
        known = n.nations
        fit = self.case.article.nouns.fit(self.m, n) if n.kind == "person" else 0.0
        the, possessed, indefinite, bare = self._determiner
        out = [
            self.head in n.role_heads, not self.like.isdisjoint(n.role_heads), self.head in n.parts or self.m.head in n.parts,
            not self.like.isdisjoint(owned), len(self.others & owned) / max(1, len(self.others)),
            len(self.proper & owned) / max(1, len(self.proper)), bool(self.proper) and self.proper <= owned,
            self._stands_for(n), bool(self.nations & known), bool(self.nations) and bool(known) and not self.nations & known,
            max(fit, 0.0) / 3, self._beside(n),
            fitness(n, n.gender, self.gender) if self.gender is not None and n.kind == "person" else 0.0,
            the, possessed, indefinite or self.plural, bare,
        ]  # fmt: skip
        return [float(v) for v in out]

    def clashes(self, n: Name) -> bool:
        """Whether somebody has such a role, and not this one: *the mayor* is no deputy mayor, nor the mayor of another town."""
        like = self.head in n.role_heads or not self.like.isdisjoint(n.role_heads)
        return like and n.kind == "person" and self.case.article.nouns.fit(self.m, n) < LEAST_FIT

    def unlike(self, n: Name) -> bool:
        """Whether a noun is for one sex, and somebody of the other: *the mother of three* is no man."""
        return self.gender is not None and n.kind == "person" and fitness(n, n.gender, self.gender) <= AGAINST

    def _stands_for(self, n: Name) -> bool:
        """Whether the phrase has the name's initials: *the TGA*."""
        initials = "".join(w[0] for w in n.full.split() if w[0].isupper())
        return len(initials) > 1 and initials in self.m.phrase.split()

    def _beside(self, n: Name) -> bool:
        """Whether the noun stands beside the name before."""
        text, at = self.case.article.text, self.case.span[0]
        places = [p for p in n.mentions if p[0] < at]
        return any(
            self.near.search(text, max(0, s - _BESIDE), min(e + _BESIDE, at)) is not None
            for s, e in (*places[:1], *places[-_LOOKED_AT + 1 :])
        )

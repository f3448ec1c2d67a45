"""Who may be meant by a pronoun, or have said a quotation without a source, and what speaks for each.

The candidates are names of the article, and nobody of these. What is told of a candidate is what the literature on coreference
and quote attribution found to matter: where it stood last, how salient it is, who has been speaking, gender and kind.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Sequence
from math import log1p

import numpy as np
import numpy.typing as npt

from ..lexicon.given_names import hinted_gender
from ..naming.cast import Name
from ..schemas.quotes import SpeakerKind
from ..text.chars import stands_in
from .credit import OPENING_MARKS, Speaker
from .discourse import GENDER, is_many, is_written
from .gender import AGAINST, OF_SOMEBODY, fitness
from .grammar import NOBODY, PLAIN, Clauses
from .nominals import Nominal, class_of
from .resolver import Case, Resolver

Floats = npt.NDArray[np.float32]
MOST = 24  # candidates that are weighed
_BACK, _AHEAD = 6000, 250  # characters before and after a mention within which names are candidates
_PEOPLE = 12  # people of the article who are candidates wherever they stand, those named first
_HEADLINE = 300  # characters at the head of an article in which it tells whom it is about
_FAR = 40  # sentences, or twice as many paragraphs, that stand for any distance
_KINDS = ("person", "organisation", "media", "government", "group")
_PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she", "they": "they", "them": "they",
    "their": "they", "it": "it", "its": "it",
}  # fmt: skip
_TYPES = ("he", "she", "they", "it", "other", "none", "person", "body", "document", "thing")
_ONE_OF_KINDS = {kind: tuple(kind == k for k in _KINDS) for kind in (*_KINDS, "unnamed")}
_OF_NOBODY = len(_TYPES) + 9 + len(Nominal.PLAIN)  # columns
_OF_KINDS = (("person",), ("organisation", "media"), ("government", "group"))
_RULES = (
    "pronoun", "pronoun: several before", "pronoun: somebody unnamed", "running speaker", "person before", "anonymous noun",
    "nobody of that role", "common noun", "title", "body", "description",
)  # fmt: skip
_DEPENDS = re.compile(r"\b(?:of|in|to|for|with|by|from|at|on|about|against|than)(?: the)? \Z")
_AT_PLACE = re.compile(
    r"\b(?:of|in|to|for|from|at|near|outside|across|around|through|[^\W\d_a-z]\w+,)(?: the| northern| southern| eastern"
    r"| western| central)? \Z"
)
_LOOKED_AT = 4  # of a name's mentions, the last
_JUST_SAID = 60  # characters behind a quotation in which its attribution stands
_OWNS = re.compile(r"[’']s?\b")


def candidates(case: Case, decided: Speaker) -> list[Name]:
    """The names that may be meant, :data:`MOST` at most: those near and salient, and the one that the rules chose.

    Who cannot be meant is none: a thing by *he*, a person by *it*, and whose gender is told, or hinted by a full name, to be
    another than the pronoun's.
    """
    article, at = case.article, case.span[0]
    article.discourse.advance(at)
    cast, salience = article.cast, article.discourse.salience
    near = map(cast.of, cast.printed_in(max(0, at - _BACK), at + _AHEAD))
    found = {id(n): n for n in (*near, *article.discourse.named(), *cast.people[:_PEOPLE])}
    chosen = cast.by_name(decided.name) if decided.name is not None else None
    if chosen is not None:
        found[id(chosen)] = chosen
    if case.form == "noun":  # the Tarvo mayor is not Tarvo
        for p in cast.printed_in(*case.span):
            if (own := cast.of(p)) is not chosen:
                found.pop(id(own), None)
    told = [n for n in found.values() if n.kind != "person" or n.sure or n is chosen or article.turns[n.full]]
    if case.form == "pronoun":  # nor is one meant who is named only far behind it
        told = [n for n in told if n is chosen or not n.mentions or n.mentions[0][0] < at + _AHEAD]
    names = _fitting(case, decided, told)
    if len(names) > MOST:
        names.sort(key=lambda n: -(_last(n, at) + 1e6 * salience(n) + 1e9 * (n is chosen)))
    return names[:MOST]


def _fitting(case: Case, decided: Speaker, names: list[Name]) -> list[Name]:
    """Those whom a pronoun may mean by their kind and gender, and a noun by their role: *the TWB president* is no other's."""
    if case.form == "noun":
        nominal = Nominal(case)
        chosen = decided.name  # names that only follow are not meant by a noun
        return [
            n
            for n in names
            if not nominal.clashes(n) and not nominal.unlike(n) and (n.full == chosen or n.before(case.span[0]) is not None)
        ]
    if case.form == "none":  # who is named in words does not say them: "Veld was my friend."
        quoted = [(b, e) for b, e in case.a.content if case.article.text[b] in OPENING_MARKS]
        return [n for n in names if n.kind != "person" or not any(_is_named_in(n, b, e) for b, e in quoted)]
    head = case.read.head if case.form == "pronoun" else ""
    if head in ("it", "its"):
        return [n for n in names if n.kind != "person" and not is_many(n) and not (n.full != decided.name and _is_place(case, n))]
    gender = GENDER.get(head)
    if gender is None:
        return [n for n in names if head not in ("they", "them", "their") or not is_written(n)]
    people = (n for n in names if n.kind == "person" and n not in case.barred and not _is_read_in_part(case, n))
    fitting = [n for n in people if fitness(n, n.gender, gender) > AGAINST]
    spoke = next((n for n in fitting if _spoke_of(case, n, gender)), None)
    known = spoke is not None and any(n.gender == gender for n in fitting)
    return [n for n in fitting if n is not spoke] if known else fitting


def _is_read_in_part(case: Case, n: Name) -> bool:
    """Whether a name that only follows stands before a mention within another: *Harbour Veld*, where *Veld* is read below."""
    at = case.span[0]
    return n.before(at) is None and case.article.text.find(n.full, max(0, at - _BACK), at) >= 0


def _spoke_of(case: Case, n: Name, gender: str) -> bool:
    """Whether somebody of whom no gender is known has just said something of another: *"He is careful," Veld said. He*."""
    article, at = case.article, case.span[0]
    if n.gender is not None or hinted_gender(n.full) is not None or article.spoken[-1:] != [n.full]:
        return False
    k = bisect_left(article.quoted, (at, at)) - 1
    said = article.quoted[k] if k >= 0 else (0, 0)
    m = OF_SOMEBODY.match(article.text, said[0])
    return m is not None and GENDER.get(m[1].lower()) == gender and 0 <= at - said[1] < _JUST_SAID


def _is_named_in(n: Name, begin: int, end: int) -> bool:
    return bisect_left(n.mentions, (end, 0)) > bisect_left(n.mentions, (begin, 0))


def _is_place(case: Case, n: Name) -> bool:
    """Whether a government's name has been but a place so far: *a senator from Sindh*."""
    if n.kind != "government":
        return False
    begun = bisect_left(n.mentions, (case.span[0], 0))
    text = case.article.text
    return all(_AT_PLACE.search(text, max(0, s - 30), s) is not None for s, _ in n.mentions[max(0, begun - _LOOKED_AT) : begun])


def evidence(case: Case, decided: Speaker, names: Sequence[Name]) -> Floats:
    """What speaks for each name, and in the last row for nobody of them.

    Args:
        case: the mention.
        decided: what the rules say of it.
        names: the candidates, one at least.

    Returns:
        A row of numbers a candidate, [names + 1, columns].
    """
    shared = _Shared(case, names)
    told = [shared.told(n) for n in names]
    clauses = Clauses(case, names) if case.form == "pronoun" else None
    own = len(told[0]) + _OF_NOBODY
    chosen = [_decided(decided, n) for n in (*names, None)]
    clause = own + len(chosen[0])
    rows = np.zeros((len(names) + 1, clause + len(PLAIN) + len(NOBODY)), np.float32)
    rows[:-1, : len(told[0])] = told
    rows[-1, :own] = shared.nobody(own)
    rows[:, own:clause] = chosen
    if clauses is not None:
        rows[:-1, clause : clause + len(PLAIN)] = [clauses.told(n) for n in names]
        rows[-1, clause + len(PLAIN) :] = clauses.nobody()
    return rows


def _decided(speaker: Speaker, n: Name | None) -> list[float]:
    chosen = speaker.name == n.full if n is not None else speaker.name is None
    return [1.0, *(float(speaker.rule == r) for r in _RULES)] if chosen else [0.0] * (1 + len(_RULES))


def _last(n: Name, at: int) -> int:
    before = n.before(at)
    return before if before is not None else -1


@functools.cache
def _typed(of: str, kind: SpeakerKind) -> tuple[float, ...]:
    """What a mention stands for, for candidates of a kind."""
    return tuple(float(t == of and kind in kinds) for t in _TYPES for kinds in _OF_KINDS)


class _Shared:
    """What is the same for all candidates of a mention."""

    def __init__(self, case: Case, names: Sequence[Name]) -> None:
        self.case = case
        self.article: Resolver = case.article
        self.at = case.span[0]
        self.nominal = Nominal(case) if case.form == "noun" else None
        self.type = class_of(case.read) if self.nominal is not None else _PRONOUNS.get(case.read.head, "other")
        self.type = "none" if case.form == "none" else self.type
        self.gender = GENDER.get(case.read.head) if case.form == "pronoun" else None
        discourse = self.article.discourse
        self.sentences, self.paragraphs = discourse.breaks
        self.sentence = bisect_left(self.sentences, self.at + 1)
        self.paragraph = bisect_left(self.paragraphs, self.at + 1)
        self.salience = {id(n): discourse.salience(n) for n in names}
        self.last = {id(n): _last(n, self.at) for n in names}
        self.places = {id(n): self._place(n) for n in names}
        self.within = {id(self.article.cast.of(p)) for b, e in case.a.content for p in self.article.cast.printed_in(b, e)}
        self.most = {False: 1e-6, True: 1e-6}
        for n in names:
            self.most[n.kind == "person"] = max(self.most[n.kind == "person"], self.salience[id(n)])
        order = sorted(names, key=lambda n: -self.salience[id(n)])
        self.rank = {id(n): k for k, n in enumerate(order)}
        self.near = sum(n.kind == "person" and self._since(self.places[id(n)]) <= 1 for n in names)

    def _place(self, n: Name) -> int:
        """Where somebody was spoken of last; negative if nowhere before."""
        last = self.last[id(n)]
        return max(self.article.discourse.place(n), last) if last >= 0 else -1

    def _since(self, place: int) -> int:
        """How many sentences ago that is."""
        return self.sentence - bisect_left(self.sentences, place + 1) if place >= 0 else _FAR

    def told(self, n: Name) -> list[float]:
        """What is told of a candidate; the columns behind are for nobody."""
        at, article = self.at, self.article
        last, place = self.last[id(n)], self.places[id(n)]
        sentences = self._since(place)
        seen = last >= 0
        paragraphs = self.paragraph - bisect_left(self.paragraphs, place + 1) if seen else _FAR // 2
        k, ahead = bisect_left(n.mentions, (at, 0)), bisect_left(n.mentions, (self.case.span[1], 0))
        follows = n.mentions[ahead][0] - self.case.span[1] if ahead < len(n.mentions) else _BACK
        salience, rank, spoken = self.salience[id(n)], self.rank[id(n)], article.spoken
        person = n.kind == "person"
        before = article.text[max(0, last - 14) : last] if seen else ""
        spoke_last = bool(spoken) and spoken[-1] == n.full
        out = [
            log1p(sentences), log1p(paragraphs), log1p(max(0, at - place)) / 9 if seen else 1.2, not seen, follows < 150,
            follows < 40, log1p(k), log1p(len(n.mentions)), log1p(article.turns.get(n.full, 0)),
            spoke_last, len(spoken) > 1 and spoken[-2] == n.full, n.full in spoken[-4:],
            min(salience, 3.0), salience / self.most[person], 1 / (1 + rank), rank == 0,
            sentences == 0, sentences == 1, sentences == 2, paragraphs == 0, paragraphs == 1,
            bool(n.mentions) and n.mentions[0][0] < _HEADLINE, n.sure, self.case.answers and spoke_last,
            seen and last in article.cast.subjects, id(n) in self.within, seen and stands_in(article.quoted, last),
            before[-1:] == " " and _DEPENDS.search(before) is not None,
            seen and _OWNS.match(article.text, n.mentions[k - 1][1]) is not None,
            person and sentences <= 1 and self.near == 1, person and sentences <= 1 and self.near > 1,
            *_ONE_OF_KINDS[n.kind],
            self.gender is not None and n.gender == self.gender,
            fitness(n, n.gender, self.gender) if self.gender is not None else 0.0,
            *(self.nominal.fits(n) if self.nominal is not None else Nominal.NONE),
        ]  # fmt: skip
        return [*out, *_typed(self.type, n.kind)]

    def nobody(self, columns: int) -> list[float]:
        """What is told of nobody: the mention itself."""
        spoken = self.article.spoken
        unnamed = [r for r in self.article.discourse.nameless() if self.gender is None or r.gender in (None, self.gender)]
        best = max((r.salience for r in unnamed), default=0.0)
        latest = max((r.at for r in unnamed), default=-1)
        since = self.sentence - bisect_left(self.sentences, latest + 1) if latest >= 0 else _FAR
        tail = [
            *(t == self.type for t in _TYPES), 1.0, min(best, 3.0), best / self.most[True], bool(spoken) and spoken[-1] is None,
            log1p(since), since == 0, since == 1, self.near == 0, self.near > 1,
            *(self.nominal.form() if self.nominal is not None else Nominal.PLAIN),
        ]  # fmt: skip
        return [0.0] * (columns - len(tail)) + [float(v) for v in tail]

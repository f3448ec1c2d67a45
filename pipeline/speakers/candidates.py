"""Who may be meant by a pronoun, a noun phrase or a quotation without a source, and what speaks for each.

The candidates are names of the article, and nobody of these. What is told of a candidate is what the literature on coreference
and quote attribution found to matter: where it stood last, how salient it is, who has been speaking, gender, roles and kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from math import log1p

import numpy as np
import numpy.typing as npt

from ..lexicon.forms import singular
from ..lexicon.given_names import hinted_gender
from ..lexicon.governments import country_of, nations_in
from ..lexicon.nouns import BODIES, BODY_LIKE, PERSON_LIKE, PLURALS, gender_of, is_person_noun, spelt_out
from ..lexicon.tables import nouns
from ..lexicon.words import ANONYMOUS
from ..naming.cast import Name
from ..text.chars import stands_in
from .discourse import GENDER, Referent
from .resolver import Case, Resolver, Speaker

Floats = npt.NDArray[np.float32]
MOST = 24  # candidates that are weighed
_BACK, _AHEAD = 6000, 250  # characters before and after a mention within which names are candidates
_PEOPLE = 12  # people of the article who are candidates wherever they stand, those named first
_HEADLINE = 300  # characters at the head of an article in which it tells whom it is about
_KINDS = ("person", "organisation", "media", "government", "group")
_TYPES = (
    "he", "she", "they", "it", "pronoun", "anonymous", "person", "persons", "body", "thing", "things", "document",
    "none",
)  # fmt: skip
_PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she", "they": "they", "them": "they",
    "their": "they", "it": "it", "its": "it",
}  # fmt: skip
_DETERMINERS = ("the", "this", "that", "", "a", "an", "his", "her", "their", "its", "'s")
_RULES = (
    "pronoun", "pronoun: several before", "pronoun: somebody unnamed", "title", "body", "anonymous noun", "nobody of that role",
    "common noun", "description", "government", "running speaker",
)  # fmt: skip
_DOCUMENTS = nouns("document")
_WORD = re.compile(r"[^\W\d_]+")
_DEPENDS = re.compile(r"\b(?:of|in|to|for|with|by|from|at|on|about|against|than)(?: the)? \Z")
_OWNS = re.compile(r"[’']s?\b")


def type_of(case: Case) -> str:
    """The type of a mention: one of :data:`_TYPES`."""
    m = case.read if case.form != "none" else None
    if m is None:
        return "none"
    if m.form == "pronoun":
        return _PRONOUNS.get(m.head, "pronoun")
    head, one = m.head, singular(m.head)
    if one in _DOCUMENTS or head in _DOCUMENTS:
        return "document"
    if head in ANONYMOUS:
        return "anonymous"
    if is_person_noun(head) or country_of(head):
        return "person"
    if head in PLURALS or (one != head and is_person_noun(one)):
        return "persons"
    if head in BODIES or head in BODY_LIKE:
        return "body"
    return "thing" if one == head else "things"


def candidates(case: Case) -> list[Name]:
    """The names that may be meant, the nearest and most salient first; :data:`MOST` at most."""
    article, at = case.article, case.span[0]
    article.discourse.advance(at)
    cast, salience = article.cast, article.discourse.salience
    found: dict[int, Name] = {}
    for p in cast.printed_in(max(0, at - _BACK), (case.span[1] if case.form != "none" else at) + _AHEAD):
        n = cast.of(p)
        found[id(n)] = n
    for n in (*article.discourse.named(), *cast.people[:_PEOPLE]):
        found[id(n)] = n
    names = list(found.values())
    if len(names) > MOST:
        inside = {id(cast.of(p)) for p in cast.printed_in(*case.span)} if case.form != "none" else set()
        names.sort(key=lambda n: -(_last(n, at) + 1e6 * salience(n) + 1e9 * (id(n) in inside)))
    return names[:MOST]


def evidence(case: Case, decided: Speaker, names: Sequence[Name]) -> Floats:
    """What speaks for each name, and in the last row for nobody of them.

    Args:
        case: the mention.
        decided: what the rules say of it.
        names: the candidates.

    Returns:
        A row of numbers a candidate, [names + 1, columns].
    """
    kind = type_of(case)
    shared = _Shared(case, kind, names)
    rows = [[*shared.told(n), *_decided(decided, n)] for n in names]
    rows.append([*shared.nobody(len(rows[0]) - len(_RULES) - 1 if rows else 0), *_decided(decided, None)])
    if len(rows) == 1:
        return np.zeros((1, 0), np.float32)
    return np.asarray(rows, np.float32)


def _decided(speaker: Speaker, n: Name | None) -> list[float]:
    chosen = speaker.name == n.full if n is not None else speaker.name is None
    return [float(chosen), *(float(chosen and speaker.rule == r) for r in _RULES)]


def _last(n: Name, at: int) -> int:
    before = n.before(at)
    return before if before is not None else -1


class _Shared:
    """What is the same for all candidates of a mention."""

    def __init__(self, case: Case, kind: str, names: Sequence[Name]) -> None:
        self.case = case
        self.kind = kind
        self.article: Resolver = case.article
        self.at = case.span[0]
        self.m = case.read if kind != "none" else None
        discourse = self.article.discourse
        self.sentences, self.paragraphs = discourse.breaks
        self.sentence = bisect_left(self.sentences, self.at + 1)
        self.paragraph = bisect_left(self.paragraphs, self.at + 1)
        self.salience = {id(n): discourse.salience(n) for n in names}
        self.most = {False: 1e-6, True: 1e-6}
        for n in names:
            self.most[n.kind == "person"] = max(self.most[n.kind == "person"], self.salience[id(n)])
        order = sorted(names, key=lambda n: -self.salience[id(n)])
        self.rank = {id(n): k for k, n in enumerate(order)}
        self.spoken = self.article.spoken
        head = self.m.head if self.m is not None else ""
        self.head, self.one = head, singular(head) if head else ""
        self.gender = (GENDER.get(head) if self.m.form == "pronoun" else gender_of(head)) if self.m is not None else None
        phrase = self.m.phrase if self.m is not None and self.m.form != "pronoun" else ""
        self.nations = nations_in(phrase) if phrase else set()
        self.words = {w.lower() for w in _WORD.findall(phrase)}
        self.spelt, self.like = spelt_out(head), PERSON_LIKE.get(spelt_out(head), frozenset())
        self.body_like = BODY_LIKE.get(self.one, frozenset())
        self.content = case.a.content
        self.compatible = 0
        self.within: dict[int, list[float]] = {}
        if self.m is not None and self.m.form != "pronoun":
            for p in self.article.cast.printed_in(*case.span):
                before, after = self.article.text[case.span[0] : p.titled], self.article.text[p.end : case.span[1]]
                owns = bool(_OWNS.match(after))
                self.within[id(self.article.cast.of(p))] = [
                    1.0, not before.strip(), not after.strip(" )’'s"), owns, not owns and after[:2].strip().islower(),
                    bool(_DEPENDS.search(f"{before} ".replace("  ", " "))), "," in before, kind == "document",
                    kind == "document" and owns, kind == "document" and bool(_DEPENDS.search(before)),
                    kind == "person" and p.kind == "person",
                ]  # fmt: skip

    def told(self, n: Name) -> list[float]:
        """What is told of a candidate."""
        at, article = self.at, self.article
        last = _last(n, at)
        seen = last >= 0
        place = max(article.discourse.place(n), last, 0)
        ds = self.sentence - bisect_left(self.sentences, place + 1) if seen else 40
        dp = self.paragraph - bisect_left(self.paragraphs, place + 1) if seen else 20
        k = bisect_left(n.mentions, (at, 0))
        ahead = bisect_left(n.mentions, (self.case.span[1], 0))
        next_ = n.mentions[ahead][0] - self.case.span[1] if ahead < len(n.mentions) else 9999
        s = self.salience[id(n)]
        spoken = self.spoken
        person = n.kind == "person"
        rank = self.rank[id(n)]
        within = any(bisect_left(n.mentions, (e, 0)) > bisect_left(n.mentions, (b, 0)) for b, e in self.content)
        before = article.text[max(0, last - 14) : last] if seen else ""
        end = n.mentions[k - 1][1] if k else 0
        out = [
            log1p(ds), log1p(dp), log1p(max(0, at - place)) / 9 if seen else 1.2, not seen, next_ < 150, next_ < 40,
            log1p(k), log1p(len(n.mentions)), log1p(article.turns.get(n.full, 0)),
            bool(spoken) and spoken[-1] == n.full, len(spoken) > 1 and spoken[-2] == n.full, n.full in spoken[-4:],
            min(s, 3.0), s / max(self.most[person], 1e-6), 1 / (1 + rank), rank == 0,
            ds == 0, ds == 1, ds == 2, dp == 0, dp == 1, bool(n.mentions) and n.mentions[0][0] < _HEADLINE, n.sure,
            self.case.answers and bool(spoken) and spoken[-1] == n.full, seen and last in article.cast.subjects, within,
            seen and stands_in(article.quoted, last), bool(_DEPENDS.search(before)), bool(_OWNS.match(article.text, end)),
            *(n.kind == k for k in _KINDS),
        ]  # fmt: skip
        g, known = self.gender, n.gender
        hint = hinted_gender(n.full) if person and known is None else None
        if g is None:
            out += [False] * 5
        else:
            told = known is not None
            out += [
                known == g,
                told and known != g,
                not told and hint == g,
                hint is not None and hint != g,
                not told and hint is None,
            ]
        if g is None or (known in (None, g) and hint in (None, g)):
            self.compatible += person and ds <= 2
        out += self.within.get(id(n), [0.0] * 11)
        out += self._as_noun(n) if self.m is not None and self.m.form != "pronoun" else [0.0] * 12
        for t in _TYPES:
            own = t == self.kind
            out += [own and person, own and n.kind in ("organisation", "media"), own and n.kind in ("government", "group")]
        out += [0.0] * (len(_DETERMINERS) + len(_TYPES) + 12)
        return [float(v) for v in out]

    def _as_noun(self, n: Name) -> list[float]:
        m = self.m
        assert m is not None
        own = set(n.parts)
        like = any(other in self.like for other in n.role_heads)
        return [
            self.spelt in n.role_heads, like, min(3, len(self.words & n.role_words)), min(3, len(self.words & own)),
            bool(self.nations & n.nations), bool(self.nations) and bool(n.roles) and not self.nations & n.nations,
            self.head in own or self.one in own, bool((own | n.role_words) & self.body_like),
            self.article.nouns.fit(m, n) if n.kind == "person" else 0.0,
            self.article.called.get(self.head) == n.full, self.head in n.role_words,
            bool(m.owner) and n.full in m.owner,
        ]  # fmt: skip

    def nobody(self, columns: int) -> list[float]:
        """What is told of nobody: the mention itself."""
        m, spoken = self.m, self.spoken
        unnamed = [r for r in self.article.discourse.unnamed_all() if self.gender is None or r.gender in (None, self.gender)]
        best = max((r.salience for r in unnamed), default=0.0)
        own = self.article.discourse.unnamed(self.head) if self.head else None
        latest = max((r.at for r in unnamed), default=-1)
        since = self.sentence - bisect_left(self.sentences, latest + 1) if latest >= 0 else 40
        tail = [
            *((m.determiner if m is not None else None) == d for d in _DETERMINERS), *(t == self.kind for t in _TYPES),
            1.0, min(best, 3.0), best / max(self.most[True], 1e-6), own is not None, bool(spoken) and spoken[-1] is None,
            bool(m is not None and m.owner), min(self.compatible, 4), self.article.called.get(self.head, "") is None,
            log1p(since), since == 0, since == 1, len(self.within),
        ]  # fmt: skip
        return [0.0] * (columns - len(tail)) + [float(v) for v in tail]


def referent_of(case: Case) -> Referent:
    """Somebody unnamed for whom a mention stands."""
    m = case.read
    return case.article.nouns.someone(m.head, gender_of(m.head), person=is_person_noun(singular(m.head)))

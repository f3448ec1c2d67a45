"""Where a pronoun and the names before it stand in their sentences: subject, object or owner, in one clause or in another.

No parser is asked: a clause ends at its marks and at the words that open the next one, and what a name is in its clause is told
by the words beside it. Two forms decide (*Lund and her son*; *Veld chose to follow him*, who is not Veld); the rest is evidence
for the linker.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from ..lexicon.given_names import hinted_gender
from ..lexicon.nouns import is_person_noun
from ..lexicon.words import ADVERBS, COORDINATORS, DETERMINERS, PREPOSITIONS, PRONOUNS, RELATIVES, SUBORDINATORS
from ..naming.cast import Cast, Name
from ..text.chars import Chars, stands_in
from ..text.view import ArticleView
from .gender import AGAINST, PRONOUN_GENDER, fitness

if TYPE_CHECKING:
    from .resolver import Case

Role = Literal["subject", "object", "owner"]
Place = Literal["subject", "object", "dependent", "owner", "listed"]
_OBJECTS = ("him", "them", "hers")
_OWNERS = ("his", "its", "their")
_FAR = 500  # characters before a pronoun in which its clauses are told apart
_BEHIND = 160  # characters behind it in which somebody may be named again
_NEAR = 60  # characters before an object in which the subject of its clause is looked for
_LEAD = 40  # characters before a name that tell what it is
_MOST = 5  # clauses between that are told apart
_NO_VERB = PREPOSITIONS | COORDINATORS | SUBORDINATORS | RELATIVES | PRONOUNS | DETERMINERS | {"him", "them", "me", "us", "not"}
_PARTICLES = frozenset("out up down off away back home again together apart alive dead along aside too either anyway".split())
_NO_NOUN = (_NO_VERB | ADVERBS | _PARTICLES) - frozenset("first further long only then".split())  # her first novel
_LOCATIVE = frozenset("with behind around before near about beside above below past alongside".split())
_OPENERS = (SUBORDINATORS | COORDINATORS | RELATIVES) - {"as", "since", "so", "yet"} | {"whose", "whom"}
_UNBOUND = _OPENERS | DETERMINERS | {"him", "them", "me", "us", "it", "you", "he", "she", "they", "i", "we"}
_CLAUSE = re.compile(rf"[.;:!?—–()\"“”]|``|''|,|\b(?:{'|'.join(sorted(_OPENERS))})\b", re.IGNORECASE)
_WORD = re.compile(r" ([\w’'-]+)")
_VERB = re.compile(r" ([a-z][\w’'-]*)")
_LAST = re.compile(r"(?<![\w’'-])([\w’'-]+),? \Z")
_OWNS = re.compile(r"[’'](?:s\b|(?=[ ,]))")
_LISTED = re.compile(r" (?:and|or)(?: both)? \Z")
_WITH_OWN = re.compile(r"(?: \([^()]{1,40}\))?,? (?:and|or|with) \Z")
_AND_OWN = re.compile(r"(?: \([^()]{1,40}\))? (?:and|or) \Z")
_RELATIVE = re.compile(r",? (?:who|whose|whom)\b")
_ASIDE = re.compile(r"(?: \([^()]{1,60}\)|, [^,.;:()\"“”]{1,60},)?")
_ADVERB = re.compile(rf" (?:{'|'.join(sorted(ADVERBS))}|[a-z]+ly)(?= )")
_GENDERED = re.compile(r"\b(?:he|him|his|she|hers?)\b", re.IGNORECASE)
_MARKS = re.compile(r"``|''|[\"“”]")
_OPENED = re.compile(r"\([^()\n]{0,60}\Z")
_BARE = re.compile(r"[\"“'‘`(\[]*")
_FRONTED = re.compile(rf"(?:{'|'.join(sorted(w.capitalize() for w in SUBORDINATORS | PREPOSITIONS))}) ")
_INTRODUCED = re.compile(
    rf"\W*(?:{'|'.join(sorted(SUBORDINATORS | PREPOSITIONS | {'prior', 'due', 'thanks', 'upon'}))})\b", re.IGNORECASE
)
_AFTER_COMMA = re.compile(r", (?:the )?(?:[\w’'-]+ ){0,3}\Z")
_GOES_ON = re.compile(  # Veld was away, | but in a message she
    r"(?:, |; | )(?:but|and|yet|so|though|although|because|while|as|since|when|before|after|until) (?:[a-z]+ [^,.;:\n]{1,40} )?\Z"
)
_SMALL = re.compile(r"\b[a-z]+\b")
_BOUND = re.compile(r"(?: [a-z][a-z’'-]*){1,5} ")
_NO_SUBJECT = re.compile(r"\b(?:whom?|which|and|or|of|from|by|with|for|to|at|in|on|than|as) \Z")
PLAIN = (0.0,) * 42  # what is told where there is no pronoun
NOBODY = (0.0,) * 6


def role_of(text: str, span: Chars) -> Role:
    """What a pronoun is in its clause; *her* is an owner before a noun."""
    word = text[slice(*span)].lower()
    if word == "her":
        after = _WORD.match(text, span[1])
        return "owner" if after is not None and after[1] not in _NO_NOUN and not after[1].endswith("ly") else "object"
    return "object" if word in _OBJECTS else "owner" if word in _OWNERS else "subject"


def named_beside(page: ArticleView, cast: Cast, span: Chars) -> Name | None:
    """Who is named right before *and* and what is that one's: *Lund and her son*."""
    gender = PRONOUN_GENDER.get(page.text[slice(*span)].lower())
    m = _AND_OWN.search(page.text, max(0, span[0] - _NEAR), span[0])
    if gender is None or m is None or role_of(page.text, span) != "owner":
        return None
    found = [p for p in cast.printed_in(max(0, m.start() - _NEAR), m.start()) if p.end == m.start()]
    name = cast.of(found[0]) if found else None
    if name is None or name.kind != "person" or not name.sure:
        return None
    return name if fitness(name, name.gender, gender) > AGAINST else None


def subject_of_all(page: ArticleView, cast: Cast, quoted: Sequence[Chars], span: Chars) -> Name | None:
    """The one person of a sentence, its subject, whom *he* or *she* means as the subject of a clause that goes on from it:
    *Veld did not take calls, but in a message he wrote*.
    """
    gender = PRONOUN_GENDER.get(word := page.text[slice(*span)])
    sentence = page.sentence_at(page.paragraph_at(span[0]), span[0]) if gender is not None and word in ("he", "she") else None
    if gender is None or sentence is None or span[0] - sentence[0] > _FAR:
        return None
    named = cast.printed_in(sentence[0], span[0])
    first = named[0] if named and named[0].titled == sentence[0] and named[0].start in cast.subjects else None
    if first is None or cast.of(first).kind != "person" or any(stands_in(quoted, p.start) for p in named):
        return None
    name = cast.of(first)
    if any(n.kind == "person" and n is not name for n in map(cast.of, named)) or fitness(name, name.gender, gender) <= AGAINST:
        return None
    between = page.text[first.end : span[0]]
    if _GOES_ON.search(between) is None or any(is_person_noun(w) for w in _SMALL.findall(between)):
        return None
    return name


def subject_before(page: ArticleView, cast: Cast, span: Chars) -> list[Name]:
    """The subject of the clause of a pronoun that is its object, and so another: *Veld chose to follow him*.

    Whoever looks behind her, or has a bag with her, may be herself.
    """
    text = page.text
    if text[slice(*span)].lower() not in ("him", "her") or role_of(text, span) != "object":
        return []
    named = [p for p in cast.printed_in(max(0, span[0] - _NEAR), span[0]) if p.end < span[0]]
    if not named or cast.of(named[-1]).kind != "person" or _BOUND.fullmatch(text, named[-1].end, span[0]) is None:
        return []
    words = text[named[-1].end : span[0]].split()
    if words[-1] in _LOCATIVE or any(w in _UNBOUND for w in words):
        return []
    lead = text[max(0, named[-1].titled - 12) : named[-1].titled]
    return [] if _NO_SUBJECT.search(lead) is not None else [cast.of(named[-1])]


class Clauses:
    """The clauses of a pronoun's sentence, and who is named in it and in the one before."""

    def __init__(self, case: Case, names: Sequence[Name]) -> None:
        article, (self.at, end) = case.article, case.span
        page, self.text, self.subjects = article.page, article.text, article.cast.subjects
        paragraph = page.paragraph_at(self.at)
        self.role = role_of(self.text, case.span)
        self.gender = PRONOUN_GENDER.get(case.read.head)
        sentence = page.sentence_at(paragraph, self.at) or case.span
        self.begin = max(sentence[0], self.at - _FAR)
        before = page.sentence_before(self.begin) or (self.begin, self.begin)
        ends = list(_CLAUSE.finditer(self.text, self.begin, self.at))
        self.ends = [m.start() for m in ends]
        lo = max(before[0], self.at - 2 * _FAR)
        same = (m for m in _GENDERED.finditer(self.text, lo, self.at) if PRONOUN_GENDER[m.group().lower()] == self.gender)
        self.others = [m.start() for m in same]
        self.opens = _BARE.fullmatch(self.text, self.begin, self.at) is not None
        self.leads = bool(ends) and len(self.text[ends[-1].start() + 1 : self.at].split()) < 3
        opener = _FRONTED.match(self.text, self.begin) if not self.opens else None
        self.fronted = opener is not None and self.text.find(",", self.begin, self.at) < 0
        last = self.ends[-1] + 1 if ends else self.begin
        subordinate = bool(ends) and ends[-1].group().lower() in SUBORDINATORS
        introduced = subordinate or _INTRODUCED.match(self.text, last, self.at) is not None
        marks = [m.start() for m in _MARKS.finditer(self.text, max(paragraph.start, self.at - 2 * _FAR), self.at)]
        self.quote = marks[-1] if len(marks) % 2 else -1
        stop = min(sentence[1], end + _BEHIND)
        people = [n for n in names if n.kind == "person"]
        places = [(place[0], n) for n in people if (place := self._last(n)) is not None]
        self.rank = {id(n): k for k, (_, n) in enumerate(sorted(places, key=lambda p: -p[0]))}
        self.first = self._first(people, self.begin, self.at)[1]
        self.first_before = self._first(people, *before)[1]
        at, follows = self._first(people, end, stop)
        subject = _AFTER_COMMA.search(self.text, max(end, at - 30), at) is not None
        self.follows = follows if introduced and subject else None
        self.behind = {id(n) for n in people if bisect_left(n.mentions, (end, 0)) < bisect_left(n.mentions, (stop, 0))}

    def _last(self, n: Name) -> Chars | None:
        k = bisect_left(n.mentions, (self.at, 0))
        return n.mentions[k - 1] if k else None

    @staticmethod
    def _first(people: Sequence[Name], lo: int, hi: int) -> tuple[int, Name | None]:
        """Who is named first in a stretch, and where."""
        at, first = hi, None
        for n in people:
            k = bisect_left(n.mentions, (lo, 0))
            if k < len(n.mentions) and n.mentions[k][0] < at:
                at, first = n.mentions[k][0], n
        return at, first

    def _place(self, start: int, end: int) -> Place:
        """What a name is in its clause."""
        text = self.text
        if _OWNS.match(text, end):
            return "owner"
        lead = text[max(0, start - _LEAD) : start]
        if _LISTED.search(lead):
            return "listed"
        word = _LAST.search(lead)
        if word is not None and word[1].lower() in PREPOSITIONS:
            return "dependent"
        for aside in (_ASIDE, _ADVERB):
            skipped = aside.match(text, end)
            end = skipped.end() if skipped is not None else end
        verb = _VERB.match(text, end)
        verbal = verb is not None and verb[1] not in _NO_VERB and not verb[1].endswith("ing")
        governed = word is not None and word[1].islower() and word[1] not in _OPENERS and word[1] not in DETERMINERS
        return "subject" if start in self.subjects or (verbal and not governed) else "object"

    def told(self, n: Name) -> tuple[float, ...]:
        """What the places of a pronoun and of the last mention of a name tell."""
        last, named_again = self._last(n), self._named_again(n)
        if last is None or n.kind != "person":
            return (*PLAIN[: -len(named_again)], *named_again)
        (start, end), role, text = last, self.role, self.text
        place = self._place(start, end)
        subject = place == "subject"
        here = start >= self.begin
        parts = len(self.ends) - bisect_left(self.ends, end) if here else 0
        clause, next_clause = here and parts == 0, here and parts == 1
        rank = self.rank[id(n)]
        between = bisect_left(self.others, end) < len(self.others)  # another pronoun of that gender
        chained = here and between and bisect_left(self.others, self.begin) < len(self.others)
        like = {"subject": subject, "object": place in ("object", "dependent"), "owner": place == "owner"}[role]
        first, first_before = n is self.first, n is self.first_before
        is_subject, is_owner, is_object = role == "subject", role == "owner", role == "object"
        out = (
            _OPENED.search(text, max(0, start - 60), start) is not None,
            subject, place == "object", place == "dependent", place == "owner", place == "listed", like,
            clause, clause and subject and is_object, clause and is_owner, clause and subject and is_owner,
            here and is_owner and _WITH_OWN.fullmatch(text, end, self.at) is not None,
            here and parts <= 2 and not is_object and _RELATIVE.match(text, end) is not None,
            rank == 0, rank == 1, rank >= 2, rank == 0 and here, min(parts, _MOST) / _MOST, next_clause,
            first, first_before, first_before and self.opens, rank == 0 and self.opens, first and is_subject,
            rank == 0 and is_subject and here, rank == 0 and is_owner, rank == 0 and is_object,
            subject and is_subject and not here, not between, chained, 0 <= start < self.quote, 0 <= self.quote < start,
            rank == 0 and next_clause and is_subject, not subject and next_clause and is_subject, rank == 0 and self.leads,
        )  # fmt: skip
        return (*map(float, out), *named_again)

    def _named_again(self, n: Name) -> tuple[float, ...]:
        """Whether somebody is named behind a pronoun in its sentence, and what a given name hints at that nothing else tells."""
        behind, follows, alone = id(n) in self.behind, n is self.follows, " " not in n.full
        hint = hinted_gender(n.full) if n.kind == "person" and self.gender is not None and n.gender is None else None
        same = hint is not None and hint == self.gender
        return tuple(
            map(
                float,
                (
                    behind and self.fronted, behind and not self.fronted, follows, follows and self.role == "owner",
                    same and not alone, same and alone, hint is not None and not same and alone,
                ),
            )
        )  # fmt: skip

    def nobody(self) -> tuple[float, ...]:
        """What they tell of nobody."""
        roles = (self.role == role for role in ("subject", "object", "owner"))
        return tuple(map(float, (*roles, self.opens, self.quote >= 0, bool(self.others))))

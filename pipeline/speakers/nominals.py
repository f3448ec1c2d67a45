"""What speaks for a name that a noun phrase may stand for: *the Ghanaian striker*, *the ministry*, *the report*; and whether
anything does that a noun for a person (*the driver*) is for somebody whom the article names.

An article that names one person may let others speak without a name. A noun is a name's if its trade is told of the person, or
told to be done (*Veld drives the number 9 bus*), or if it can only call anew who has spoken; it is another's if the person has
another trade, is spoken of in the words, or was told to have to do with whoever is called so (*the driver hit Veld*).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import Literal

from ..lexicon.deeds import tells
from ..lexicon.forms import singular
from ..lexicon.given_names import hinted_gender
from ..lexicon.governments import nations_in
from ..lexicon.nouns import BODIES, BODY_LIKE, NO_TRADES, PERSON_LIKE, PLURALS, by_age, gender_of, is_person_noun, spelt_out
from ..lexicon.tables import nouns
from ..lexicon.words import ANONYMOUS, DETERMINERS, PREPOSITIONS, TITLES
from ..naming.cast import Name
from ..naming.mentions import Mention
from ..naming.names import PrintedName
from ..naming.offices import ADDRESSES
from ..naming.roles import proper_words
from ..schemas.quotes import SpeakerRule
from ..sieve import Rule
from ..text.chars import Chars, stands_in
from .bodies import other_type
from .credit import OPENING_MARKS
from .discourse import GENDER, Referent
from .gender import AGAINST, GENERIC, fitness
from .noun_phrases import INDEFINITE, LEAST_FIT, SAME_ROLE, Phrase
from .resolver import Case

ONE_OFFICE = frozenset(  # of which there is one in a place
    "ambassador chair chairman chairwoman chancellor chief coach commander commissioner director envoy governor head manager "
    "mayor minister premier president secretary".split()
)
_ANYBODYS = ANONYMOUS | {"officer", "head", "director", "chief", "manager"}  # of whom a place has many
_MARKS = "(),.’'"
_DOCUMENTS, _ADHERENTS = nouns("document"), nouns("adherent")
ANYBODY = GENERIC | NO_TRADES
_CHAIRS = frozenset("chair chairman chairwoman chairperson".split())  # of a committee, who may have any office besides
_OWNED = ("'s", "his", "her", "their", "its")
_PARTIES = frozenset("defendant accused suspect plaintiff victim witness".split())  # who are none of the court's
_OF_COURT = frozenset("judge justice magistrate prosecutor lawyer attorney barrister solicitor".split())
_HOUSES = frozenset("assembly commons council house lok majority minority opposition parliament rajya sabha senate".split())
_BESIDE = 60  # characters around a name within which a noun may tell what it is
_LOOKED_AT = 4  # of a name's mentions, its first and its last
_KIN, _EPITHETS, _ANY_OFFICE, _ANY_TRADE = nouns("kin"), nouns("epithet"), nouns("any_office"), nouns("any_trade")
_ON_DUTY, _WORKPLACES = nouns("on_duty"), nouns("workplace") | {"government"}
_CLAUSE = 200  # characters of a sentence that are looked at
_OWNERS = ("his", "her", "their", "its")
_PLACES = 3  # of a name's mentions, the first and the last
_BACK = 6000  # characters before a mention within which the noun may have been used
_SURE = 0.9  # how well a pronoun fits one of whom it speaks
_WORD = re.compile(r"[a-z]+")
_GOES_ON = re.compile(r"(?:He|She|His|Her)\b")
_OF_ONE = re.compile(r"\b(?:he|she|him|her(?=[.,;!?]))\b", re.IGNORECASE)
_OF_MANY = re.compile(r"of (?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\Z")
_IS = re.compile(
    r"\A[^,.;:]{0,40}\b(?:is|was|be|been|becomes?|became|remains|named|called|as|like)(?: also| once| then)? (?:[\w-]+ ){0,2}\Z"
    r"|(?:,|\()(?: \d+,)? ?(?:[\w-]+ ){0,2}\Z|\A ?\Z"
)
_OF_SOMEBODY = re.compile(
    r" of (?:an?|one) |(?:mother|father|parent|brother|sister|son|daughter|wife|husband|widow|widower|niece|nephew) of "
)
_UNNAMED = frozenset("source insider spokesman spokeswoman spokesperson official officer aide diplomat".split())  # who stay so
_BELOW = 500  # characters below a heading in which it is told whose its office is
_NEXT = 3  # of those who speak there
_NAMES = re.compile(r",? ?(?:(?:who is|named|called|known as) )?(?:[A-Z]\w+\.? )?")


def class_of(m: Mention) -> str:
    """What a noun is for: ``person``, ``body``, ``document`` or ``thing``."""
    head = singular(m.head)
    if m.head in _DOCUMENTS or head in _DOCUMENTS:
        return "document"
    if is_person_noun(head) or m.head in PLURALS or head in _ADHERENTS:
        return "person"
    return "body" if head in BODIES or head in BODY_LIKE else "thing"


def is_told_person(n: Name) -> bool:
    """Whether the article tells that a name is somebody's: by gender, title or role."""
    return bool(n.gender or n.role or any(is_person_noun(h) for h in n.role_heads))


def other_office(m: Mention, n: Name) -> Literal["rank", "trade"] | None:
    """Whether a person is told to have an office, and none that the noun may stand for; then what the noun is: a *rank* itself
    (*the bishop* of a president), or a *trade* (*the driver*). *The woman* and *the official* may be anybody.
    """
    told = {h for h in n.role_heads if is_person_noun(h)} - ADDRESSES - ANYBODY - _CHAIRS
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
        self.shorts = {w for w in m.phrase.split() if w.isupper()}
        self.gender = gender_of(m.head)

    @cached_property
    def near(self) -> re.Pattern[str]:
        """The noun, of one or several."""
        return re.compile(rf"\b{re.escape(self.head)}s?\b", re.IGNORECASE)

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
        owned = n.role_words.union(n.parts)
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
        return out

    def clashes(self, n: Name) -> bool:
        """Whether somebody has such a role, and not this one: *the mayor* is no deputy mayor, nor the mayor of another town."""
        like = self.head in n.role_heads or not self.like.isdisjoint(n.role_heads)
        return like and n.kind == "person" and not self._in_house(n) and self.case.article.nouns.fit(self.m, n) < LEAST_FIT

    def _in_house(self, n: Name) -> bool:
        """Whether a noun is for a party's politician, and somebody is told to lead but a house or one side of it: *the Tarvan
        People's Party leader*, of the leader of the opposition.
        """
        told = {w.lower() for role in n.role_heads.get(self.head, ()) for w in proper_words(f"- {role}")} - {self.head}
        return self.head == "leader" and bool(self.proper) and told <= _HOUSES and self.head in n.role_heads

    def unlike(self, n: Name) -> bool:
        """Whether a noun is for one sex, and somebody of the other: *the mother of three* is no man."""
        return self.gender is not None and n.kind == "person" and fitness(n, n.gender, self.gender) <= AGAINST

    def _stands_for(self, n: Name) -> bool:
        """Whether the phrase has the name's initials: *the TGA*."""
        if not self.shorts:
            return False
        initials = "".join(w[0] for w in n.full.split() if w[0].isupper())
        return len(initials) > 1 and initials in self.shorts

    def _beside(self, n: Name) -> bool:
        """Whether the noun stands beside the name before."""
        text, at, low = self.case.article.text, self.case.span[0], self.head.lower()
        places = n.mentions[: bisect_left(n.mentions, (at, 0))]
        around = ((max(0, s - _BESIDE), min(e + _BESIDE, at)) for s, e in (*places[:1], *places[-_LOOKED_AT + 1 :]))
        return any(low in text[lo:hi].lower() and self.near.search(text, lo, hi) is not None for lo, hi in around)


def is_another(case: Case, n: Name) -> bool:
    """Whether a noun for a person, of whom the rules know no name, is for another than somebody named."""
    m = case.read
    head = spelt_out(singular(m.head))
    if by_age(m.head):
        return False
    nominal = Nominal(case)
    called = case.article.nouns.fit(m, n) >= LEAST_FIT
    named = bool(nominal.nations & n.nations) or _is_of(case, n)
    does = _does(case, n, head)
    if other_office(m, n) == "rank" or (other_office(m, n) == "trade" and not does):
        return True
    owned = m.determiner in _OWNERS and m.phrase[:1].islower()  # not His Highness
    if owned or (m.determiner == "'s" and not named):
        return True  # her specialist, Tarvo's coroner
    if head in _KIN and (of := m.whole.find(" of ")) >= 0 and not _OF_MANY.search(m.whole, of):
        return True  # the father of one of them
    if (head not in _KIN and not does and _speak_of(case, n)) or _is_apart(case, n, head):
        return True
    if called or named or does:
        return False
    told = n.role_heads.keys() - ANYBODY
    if not told.isdisjoint(TITLES) and head in _EPITHETS | _ANY_TRADE:
        return True  # the passenger is hardly Inspector Lund, nor the billionaire Justice Veld
    if case.article.turns[n.full] or head in _EPITHETS:
        at_work = head in _ON_DUTY or not _WORKPLACES.isdisjoint(m.phrase.lower().split()[:-1])
        return at_work and not told  # of the inspector, and the government lawyer, the office is told
    if head in GENERIC:
        return m.phrase.lower() == head
    return head not in _ANY_OFFICE or TITLES.isdisjoint(n.role_heads)


def _is_of(case: Case, n: Name) -> bool:
    """Whether the phrase names what somebody is of: *the Greens leader*."""
    proper = {w.lower() for w in proper_words(f"- {case.read.owner} {case.read.whole}")}
    return bool(proper) and proper <= {w.strip("(),.’'").lower() for role in n.roles for w in role.split()} | set(n.parts)


def _does(case: Case, n: Name, head: str) -> bool:
    """Whether somebody is told to do what the noun is for, or to be it: *Veld drives the number 9 bus*, *works as a driver*."""
    article = case.article
    known = n.mentions[: bisect_left(n.mentions, (case.span[0], 0))]
    for place, end in dict.fromkeys((*known[:_PLACES], *known[-_PLACES:])):
        sentence = article.page.sentence_at(article.page.paragraph_at(place), place)
        if sentence is None or stands_in(article.quoted, place):
            continue
        if tells(head, _words(case, end, sentence[1])):
            return True
        behind = article.page.sentence_at(article.page.paragraph_at(sentence[1]), sentence[1] + 1)
        goes_on = behind is not None and behind != sentence and _GOES_ON.match(article.text, behind[0]) is not None
        if goes_on and behind is not None and tells(head, _words(case, *behind)):
            return True
    return False


def _words(case: Case, lo: int, hi: int) -> list[str]:
    """The paper's own words of a stretch before the mention, in small letters."""
    text, quoted = case.article.text, case.article.quoted
    found = _WORD.finditer(text, lo, min(hi, case.span[0], lo + _CLAUSE))
    return [m.group() for m in found if not stands_in(quoted, m.start())]


def _speak_of(case: Case, n: Name) -> bool:
    """Whether the words speak of somebody: *"He was very calm," the officer said*, in an article on one man."""
    start = case.a.content[0][0]
    if case.article.text[start] not in OPENING_MARKS or not case.article.text[start + 1 : start + 2].isupper():
        return False  # she said she was tired, and of “his dark side”
    m = _OF_ONE.search(case.article.text, start, case.a.content[0][1])
    gender = GENDER.get(m.group().lower()) if m is not None else None
    if m is None or gender is None or fitness(n, n.gender, gender) < _SURE:
        return False
    if any(case.article.cast.of(p).kind == "person" for p in case.article.cast.printed_in(start, m.start())):
        return False
    meant = case.article.discourse.antecedent(m.group().lower(), start)
    return meant is not None and meant.referent.name is n


def _is_apart(case: Case, n: Name, head: str) -> bool:
    """Whether somebody stands beside whoever is called so, as another, in a clause: *the driver hit Veld*."""
    article, at = case.article, case.span[0]
    if (head, n.full) in article.apart:
        return True
    uses = [m for m in _used(head).finditer(article.text, max(0, at - _BACK), at) if not stands_in(article.quoted, m.start())]
    for use in uses:
        sentence = article.page.sentence_at(article.page.paragraph_at(use.start()), use.start())
        if sentence is None:
            continue
        near = _named_in(n, max(sentence[0], use.start() - _CLAUSE), min(sentence[1], use.end() + _CLAUSE))
        if any(_is_beside(article.text, use.span(), p) for p in near):
            article.apart.add((head, n.full))
            return True
    return False


def _used(head: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Oo]ne|[Aa]nother) (?:[\w-]+ ){{0,3}}?(?i:{re.escape(head)})\b")


def _named_in(n: Name, lo: int, hi: int) -> list[Chars]:
    return n.mentions[bisect_left(n.mentions, (lo, 0)) : bisect_left(n.mentions, (hi, 0))]


def _is_beside(text: str, use: Chars, name: Chars) -> bool:
    if use[1] <= name[0]:
        return _NAMES.fullmatch(text, use[1], name[0]) is None and "," not in text[use[1] : name[0]]
    between = text[name[1] : use[0]]
    return name[1] <= use[0] and _IS.search(between) is None and "," not in between


def is_of_somebody(text: str, span: Chars) -> bool:
    """Whether a noun phrase tells whom somebody belongs to who has no name: *the mother of a boy*."""
    return _OF_SOMEBODY.search(text, span[0], min(span[1], span[0] + _CLAUSE) + len(" of a ")) is not None


def is_untold(case: Case, p: PrintedName) -> bool:
    """Whether somebody who is named for the first time speaks without a word on who that is, as the lead has just told it: *A
    former guard told ... "I froze," said Ann Veld, 31.*
    """
    m, name = case.read, case.article.cast.of(p)
    if m.head in _UNNAMED or (m.head in ANONYMOUS and " " not in m.whole) or name.role is not None or other_office(m, name):
        return False
    gender = gender_of(m.head)
    if gender is not None and (name.gender or hinted_gender(name.full)) not in (None, gender):
        return False
    return any(a.source == (p.start, p.end) and a.role is None for a in case.article.attributions)


def named_below(case: Case) -> Name | None:
    """Who has the office that a heading names, of those who speak right below; or the only one who has it in the article, below
    its headline. A body is the one that speaks first.
    """
    article, m = case.article, case.read
    paragraph = article.page.paragraph_at(case.span[0])
    if paragraph.kind not in ("headline", "subhead"):
        return None
    k = bisect_left(article.sources, (paragraph.end, 0))
    speak = [s for s in article.sources[k : k + _NEXT] if s[0] < paragraph.end + _BELOW]
    below = [(s, p) for s in speak for p in article.cast.printed_in(*s)]
    if is_person_noun(m.head):
        held = [n for _, n in article.nouns.described(m, LEAST_FIT) if n.kind == "person"]  # no brand of the maker of Velda soap
        same = [n for n in held if article.nouns.fit(m, n) >= SAME_ROLE] if paragraph.kind == "headline" else []
        return next((n for _, p in below if (n := article.cast.of(p)) in held), None) or (same[0] if len(same) == 1 else None)
    if class_of(m) != "body" or not below:
        return None
    span, p = below[0]
    name = article.cast.of(p)
    leads = article.text[span[0] : p.titled].lower() in ("", "the ")  # not: the maker of Velda soap
    return name if leads and name.kind == "organisation" and not other_type(m.head, name) else None


def is_told(c: Case, name: Name) -> bool:
    """Whether a noun phrase has the noun of what is told of somebody and a further word of it, or is an office, which is told of
    the one named, or of nobody.
    """
    m, fits = c.read, c.article.nouns.fit(c.read, name) >= LEAST_FIT
    lands = nations_in(m.owner)
    if lands and name.nations and not lands & name.nations:
        return False
    if m.head in ONE_OFFICE and m.head not in _ANYBODYS:
        return fits or not name.role_heads
    own = {w.strip(_MARKS) for w in f"{m.owner} {m.whole}".split()}
    told = {w.lower().strip(_MARKS) for role in name.roles for w in role.split()} - {m.head} - PREPOSITIONS - DETERMINERS
    return fits and any(w.lower() in told and (w[:1].isupper() or m.head not in _ANYBODYS) for w in own)


# for noun phrases, those that speak and those that the paper only mentions
NOUN_RULES: tuple[Rule[SpeakerRule, Phrase, Referent], ...] = (
    Rule("government", Phrase.is_government, Phrase.its_government),
    Rule("body", Phrase.is_document, Phrase.author),
    Rule("body", Phrase.is_lone_body, Phrase.as_called),
    Rule("anonymous noun", Phrase.is_several, Phrase.several),
    Rule("anonymous noun", Phrase.is_any_one, Phrase.any_one),
    Rule("anonymous noun", Phrase.is_this_body, Phrase.thing),
    Rule("anonymous noun", Phrase.is_told_by_clause, Phrase.any_one),
    Rule("title", Phrase.is_body_again, Phrase.named_body),
    Rule("body", Phrase.is_body_again, Phrase.called_body),
    Rule("title", Phrase.is_body_again, Phrase.untold_body),
    Rule("body", Phrase.is_specific_body, Phrase.own_words),
    Rule("title", Phrase.is_person, Phrase.of_role),
    Rule("anonymous noun", Phrase.is_person, Phrase.unnamed_again),
    Rule("description", Phrase.is_person, Phrase.spoken_of),
    Rule("nobody of that role", Phrase.is_person, Phrase.nobody),
    Rule("anonymous noun", Phrase.is_anonymous, Phrase.several),
    Rule("title", Phrase.is_the_thing, Phrase.headed_body),
    Rule("title", Phrase.is_the_thing, Phrase.only_one),
    Rule("anonymous noun", Phrase.is_thing, Phrase.thing),
)

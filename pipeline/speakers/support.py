"""Whether anything in an article tells that a noun for a person (*the driver*) is for somebody whom it names.

An article that names one person may let others speak without a name. A noun is a name's if its trade is told of the person, or
told to be done (*Veld drives the number 9 bus*), or if it can only call anew who has spoken; it is another's if the person has
another trade, is spoken of in the words, or was told to have to do with whoever is called so (*the driver hit Veld*).
"""

from __future__ import annotations

import re
from bisect import bisect_left

from ..lexicon.deeds import tells
from ..lexicon.forms import singular
from ..lexicon.nouns import by_age, spelt_out
from ..lexicon.tables import nouns
from ..lexicon.words import TITLES
from ..naming.cast import Name
from ..naming.roles import proper_words
from ..text.chars import Chars, stands_in
from .discourse import GENDER
from .gender import GENERIC, fitness
from .nominals import ANYBODY, Nominal, other_office
from .noun_phrases import LEAST_FIT
from .resolver import OPENING_MARKS, Case

_KIN, _EPITHETS, _ANY_OFFICE, _ANY_TRADE = nouns("kin"), nouns("epithet"), nouns("any_office"), nouns("any_trade")
_ON_DUTY, _WORKPLACES = nouns("on_duty"), nouns("workplace") | {"government"}
_CLAUSE = 200  # characters of a sentence that are looked at
_OWNED = ("his", "her", "their", "its")
_LOOKED_AT = 3  # of a name's mentions, the first and the last
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
_NAMES = re.compile(r",? ?(?:(?:who is|named|called|known as) )?(?:[A-Z]\w+\.? )?")


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
    owned = m.determiner in _OWNED and m.phrase[:1].islower()  # not His Highness
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
    for place, end in dict.fromkeys((*known[:_LOOKED_AT], *known[-_LOOKED_AT:])):
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

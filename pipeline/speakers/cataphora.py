"""Pronouns that stand before the name they mean: *After his term, Veld left*; *As she told the hall, Ann Veld will sell*; those
that cannot mean a name behind them; and offices before the names of who holds them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ..lexicon.nouns import is_person_noun
from ..lexicon.tables import words
from ..lexicon.words import FINITE, TITLES
from ..naming.cast import Cast, Name
from ..text.chars import Chars, stands_in
from ..text.view import ArticleView
from .gender import AGAINST, PRONOUN_GENDER, fitness

_SUBORDINATORS = words("subordinator")
_OPENERS = words("preposition") | _SUBORDINATORS
_SUBJECTS = ("he", "she", "they")
_WORD = re.compile(r"[\"“'‘]?([A-Z][a-z]+) ")
_COMMA = re.compile(r"[^.;:!?()\"“”\n—]*?, (?:the )?")
_SUBJECT = re.compile(r" (?!(?:and|or|et|of|in|on|at|for|to)\b)[a-z]")  # what follows a subject: no list, no apposition
_COORDINATED = re.compile(r"[;:—–]|,? \b(?:and|but|or|so|yet|for|while|whereas)\b")
_SOON = 500  # characters between an office and who holds it
_IN_WHICH = re.compile(r"(?:(?P<who>, who [^,.;:!?()\"“”\n]{3,80} (?:when|after|because|if|as))|\b(?:in|during) which) \Z")
_GIVEN_BY = re.compile(r"\b(?:with|from|by) (?:the |an? )?(?:[a-z][\w’'-]* ){0,3}\Z")
_NEAR = 60  # characters between a preposition and a name
_FAR = 120  # characters between pronoun and name
_OFFICE = re.compile(r"\bthe ((?:[\w-]+ ){0,3}[\w-]+)")
_FEW = 3  # holders of one office


def named_after(page: ArticleView, cast: Cast, pronoun: str, position: int) -> Name | None:
    """Whom a pronoun in a phrase or clause that opens a sentence means: the subject right behind its comma, if it fits.

    Args:
        page: the article.
        cast: its names.
        pronoun: in small letters.
        position: where it stands.
    """
    gender = PRONOUN_GENDER.get(pronoun)
    sentence = page.sentence_at(page.paragraph_at(position), position)
    if gender is None or sentence is None or sentence[0] == position:
        return None
    opener = _WORD.match(page.text, sentence[0])
    if opener is None or opener[1].lower() not in _OPENERS:
        return None
    end = min(sentence[1], position + _FAR)
    if "," in page.text[sentence[0] : position] or any(
        cast.of(p).kind == "person" for p in cast.printed_in(sentence[0], position)
    ):
        return None
    comma = _COMMA.match(page.text, position, end)
    if comma is None:
        return None
    named = cast.printed_in(comma.end(), end)
    name = cast.of(named[0]) if named and named[0].titled <= comma.end() else None
    if name is None or name.kind != "person" or not name.sure or not _SUBJECT.match(page.text, named[0].end):
        return None
    return name if fitness(name, name.gender, gender) > AGAINST else None


def in_which(page: ArticleView, cast: Cast, quoted: Sequence[Chars], pronoun: str, position: int) -> Name | None:
    """Whom a pronoun means in a clause that depends on a noun or a name before: *an interview with Veld in which he*, *Veld's
    letter in which he*, *Veld, who wept when he*; None where somebody else may have done it.

    Args:
        page: the article.
        cast: its names.
        quoted: the quotations, in text order.
        pronoun: in small letters.
        position: where it stands.
    """
    gender = PRONOUN_GENDER.get(pronoun)
    depends = _IN_WHICH.search(page.text, max(0, position - _FAR), position) if gender is not None else None
    sentence = page.sentence_at(page.paragraph_at(position), position) if depends is not None else None
    if gender is None or depends is None or sentence is None or depends.start() < sentence[0]:
        return None
    people = [p for p in cast.printed_in(sentence[0], depends.end()) if cast.of(p).kind == "person"]
    p = people[-1] if people else None
    if p is None or stands_in(quoted, p.start) or fitness(cast.of(p), cast.of(p).gender, gender) <= AGAINST:
        return None
    if depends["who"]:
        return cast.of(p) if p.end == depends.start() else None
    given = _GIVEN_BY.search(page.text, max(sentence[0], p.titled - _NEAR), p.titled) is not None
    return cast.of(p) if given or page.text.startswith(("’s ", "'s "), p.end) else None


def named_behind(page: ArticleView, cast: Cast, quoted: Sequence[Chars], span: Chars) -> list[Name]:
    """The people who are named behind a pronoun in its sentence, or called by their office (*he asked them to back the mayor*),
    outside quotations: a subject is not named again there.

    What is somebody's may stand before the name (*in her youth, Veld ...*), and so may a clause that depends on the sentence
    (*when she left, Veld ...*).

    Args:
        page: the article.
        cast: its names.
        quoted: the quotations, in text order.
        span: the pronoun.
    """
    sentence = page.sentence_at(page.paragraph_at(span[0]), span[0])
    if sentence is None or page.text[slice(*span)].lower() not in _SUBJECTS:
        return []
    end = min(sentence[1], span[1] + _FAR)
    if any(w in _SUBORDINATORS for w in page.text[max(sentence[0], span[0] - _FAR) : span[0]].lower().split()):
        comma = page.text.find(",", span[1], end)
        end = comma if comma >= 0 else end
    joint = _COORDINATED.search(page.text, span[1], end)  # he will meet Lund, but Veld has things to say
    end = joint.start() if joint is not None else end
    behind = (p for p in cast.printed_in(span[1], end) if not stands_in(quoted, p.start))
    offices = (m for m in _OFFICE.finditer(page.text, span[1], end) if not stands_in(quoted, m.start()))
    held = (_holder(cast, m[1].split()) for m in offices)
    return [*(cast.of(p) for p in behind if cast.of(p).kind == "person"), *(n for n in held if n is not None)]


def _holder(cast: Cast, words: Sequence[str]) -> Name | None:
    """The one person who holds the office with which a noun phrase ends before its verb or the end of a clause."""
    for k in range(1, len(words) + 1):
        office = " ".join(words[:k]).lower()
        held = [n for n in cast.described_by([words[k - 1].lower()], _FEW) if office in (r.lower() for r in n.roles)]
        if held:
            goes_on = k == len(words) or words[k].lower() in FINITE
            return held[0] if len(held) == 1 and goes_on and office.split()[-1] in TITLES else None
    return None


def holder_named(cast: Cast, quoted: Sequence[Chars], said: Sequence[Chars], office: Chars) -> Name | None:
    """Who holds an office that the article names without a name, where the next to speak is somebody named for the first time, of
    whom nothing is told: *the acting minister came to Osk. "We want peace," Sefu Adan said.*

    Args:
        cast: the names of the article.
        quoted: its quotations, in text order; who is named in them is not meant.
        said: the mentions of those who speak, in text order.
        office: from the place where the article names the office to where the name must stand at the latest.
    """
    named = [p for p in cast.printed_in(*office) if not stands_in(quoted, p.start) and p.kind == "person"]
    n = cast.of(named[0]) if named else None
    if n is None or any(cast.of(p) is not n for p in named) or n.mentions[0][0] != named[0].start or " " not in named[0].name:
        return None
    told = n.role is not None or any(is_person_noun(head) or head in TITLES for head in n.role_heads)
    k = bisect_left(said, (named[0].titled, 0))
    speaks = k < len(said) and said[k][0] == named[0].titled and named[0].start - office[0] < _SOON
    return n if speaks and not told else None

"""Pronouns that stand before the name they mean: *After his term, Veld left*; *As she told the hall, Ann Veld will sell*; and
those that cannot mean a name behind them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon.tables import words
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
_FAR = 120  # characters between pronoun and name


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


def named_behind(page: ArticleView, cast: Cast, quoted: Sequence[Chars], span: Chars) -> list[Name]:
    """The people who are named behind a pronoun in its sentence, outside quotations: a subject is not named again there.

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
    return [cast.of(p) for p in behind if cast.of(p).kind == "person"]

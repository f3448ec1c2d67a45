"""Whom a short form of a name stands for, of several people or bodies that have it: *Kim*, where there are two."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from ..lexicon.given_names import hinted_gender
from ..lexicon.tables import nouns
from .name_forms import parts_of

if TYPE_CHECKING:
    from .cast import Name

_LATELY = 1000  # characters after which somebody has not just been introduced any more
_BESIDE = 32  # characters within which two are named side by side
_NEARER = 3  # how many times nearer than any other one must be printed who is meant for that alone
_KIN = "|".join(sorted(nouns("kin")))
_KIN_OF = re.compile(  # Ann Veld, daughter of the shipping tycoon Bo Veld
    rf"\b(?:(?:{_KIN})s?|children) (?:of|to) (?:[\w’'-]+ ){{0,6}}\Z"
)
_KIN_REACH = 80  # characters in which that stands before a name


def choose(
    found: Sequence[Name],
    form: str,
    position: int,
    subjects: Set[int] = frozenset(),
    presented: Set[int] = frozenset(),
    text: str = "",
) -> tuple[Name, list[Name]]:
    """Of several that a form may stand for: those of that surname first; then one who has just been introduced as a subject, or
    has been presented last with an office; then the one whom the article calls so, or has named most often so far. Who was but
    introduced to tell whose child or spouse another is, is not called by the surname.

    Returns:
        The name, and where others of that surname are nearly as likely, all who may be meant.
    """
    short = parts_of(form)[-1]
    own = [n for n in found if short in (n.parts[-1], n.surname)]
    if not any(short == n.surname != n.parts[-1] for n in own):  # Park Helena, where Park Mi-sun has the surname first
        found = own or found
    if len(found) > 1 and " " not in form:
        told = [n for n in found if n.mentions and not _is_kin(text, n.mentions[0][0])]
        found = [n for n in told if n.mentions[0][0] < position] or found
    if len(found) == 1:
        return found[0], []

    def seen(n: Name) -> tuple[int, int]:
        k = bisect_right(n.surnames, position)
        return n.surnames[k - 1] if k else -1, len(n.mentions)

    last = max(found, key=seen)
    at = seen(last)[0]
    if last.forms[form]:
        return last, []
    if at in presented or (at in subjects and position - at < _LATELY):
        beside = [n for n in found if 0 <= at - seen(n)[0] < _BESIDE and {at, seen(n)[0]} <= presented]
        return last, beside if len(beside) > 1 else []
    called = [n for n in found if n.forms[form]]  # Ann Veld is Veld, whoever Bo Veld's father was
    if called:
        return max(called, key=seen), []
    name = max(found, key=lambda n: (bisect_right(n.surnames, position), seen(n)))
    near = [n for n in found if seen(n)[0] >= 0 and position - seen(n)[0] < _NEARER * (position - seen(name)[0])]
    return name, near if len(near) > 1 and name.kind == "person" and " " not in form else []


def _is_kin(text: str, at: int) -> bool:
    """Whether a name is there but to tell whose child or spouse somebody is."""
    return _KIN_OF.search(text, max(0, at - _KIN_REACH), at) is not None


def of_gender(found: Sequence[Name], gender: str) -> list[Name]:
    """Those who may be of a gender: who are told to be, else by their given name, else of whom nothing is known."""
    told = {id(n): n.gender or (hinted_gender(n.full) if n.kind == "person" and " " in n.full else None) for n in found}
    return [n for n in found if told[id(n)] == gender] or [n for n in found if told[id(n)] is None]

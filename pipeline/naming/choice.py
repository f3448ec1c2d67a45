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
    from .cast import Cast, Name
    from .names import PrintedName

_LATELY = 1000  # characters after which somebody has not just been introduced any more
_BESIDE = 32  # characters within which two are named side by side
_NEARER = 3  # how many times nearer than any other one must be printed who is meant for that alone
_KIN = "|".join(sorted(nouns("kin")))
_KIN_OF = re.compile(  # Ann Veld, daughter of the shipping tycoon Bo Veld
    rf"\b(?:(?:{_KIN})s?|children) (?:of|to) (?:[\w’'-]+ ){{0,6}}\Z"
)
_KIN_REACH = 80  # characters in which that stands before a name
_LED = re.compile(  # In her letter, Veld wrote
    r"\b(?:In|On|At|After|Before|During|With|For|From) (his|her) [^.!?;:\n\"“”]{1,60}, \Z"
)
_SAID = re.compile(r" (?:said|says|wrote|writes|insisted|insists|told [\w ]{2,30}) (?:that )?(he|she)\b")  # Veld said she
_KIN_BESIDE = re.compile(rf"\b(?:{_KIN})s?,? \Z")  # his wife, Ann Veld
_GENDER = {"his": "m", "her": "f", "he": "m", "she": "f"}
_FAMILY = 4  # people who are called by their surname together
_MAIN = 4  # times that somebody has been called by the surname whom another does not take it from for long
_JUST = 300  # characters in which who has been named goes on being spoken of
_PARAGRAPH = 600  # characters of a paragraph that are looked at


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
    if own and " " not in form and not any(n.mentions and n.mentions[0][0] < position for n in own):
        own = [n for n in found if n.mentions and n.mentions[0][0] < position and short in n.parts[1:]] or own
    own += [n for n in found if n not in own and n.forms[form]]  # Ana Veld Tarn is Veld, though Bo Veld comes to speak
    if not any(short == n.surname != n.parts[-1] for n in own):  # Park Helena, where Park Mi-sun has the surname first
        found = own or found
    if len(found) > 1 and " " not in form:
        told = [n for n in found if n.mentions and not _is_kin(text, n.mentions[0][0])]
        found = [n for n in told if n.mentions[0][0] < position] or found
        found = _in_paragraph(found, form, position, text)
    if len(found) == 1:
        return found[0], []

    def seen(n: Name) -> tuple[int, int]:
        k = bisect_right(n.surnames, position)
        return n.surnames[k - 1] if k else -1, len(n.mentions)

    last = max(found, key=seen)
    at = seen(last)[0]
    if last.forms[form]:
        return last, []
    main = [n for n in found if n.forms[form] >= _MAIN]
    if len(main) == 1 and position - at > _JUST:
        return main[0], []
    if at in presented or (at in subjects and position - at < _LATELY):
        beside = [n for n in found if 0 <= at - seen(n)[0] < _BESIDE and {at, seen(n)[0]} <= presented]
        return last, beside if len(beside) > 1 else []
    called = [n for n in found if n.forms[form]]  # Ann Veld is Veld, whoever Bo Veld's father was
    if called:
        return max(called, key=seen), []
    name = max(found, key=lambda n: (bisect_right(n.surnames, position), seen(n)))
    near = [n for n in found if seen(n)[0] >= 0 and position - seen(n)[0] < _NEARER * (position - seen(name)[0])]
    return name, near if len(near) > 1 and name.kind == "person" and " " not in form else []


def _in_paragraph(found: Sequence[Name], form: str, position: int, text: str) -> Sequence[Name]:
    """Of those whom a surname may mean, who fits a pronoun beside it (*In her letter, Veld wrote*, *Veld said she*), else the
    only one whom the paragraph has named, in full and for their own sake: *Coach Ann Veld quit. Veld wrote*.
    """
    if len(found) < 2:
        return found
    pronoun = _LED.search(text, max(0, position - _KIN_REACH), position) or _SAID.match(text, position + len(form))
    fits = [n for n in found if pronoun is None or _gender(n) in (None, _GENDER[pronoun[1]])]
    if 0 < len(fits) < len(found):
        return fits
    start = max(text.rfind("\n", 0, position) + 1, position - _PARAGRAPH)
    inside = [(n, lo, hi) for n in found for lo, hi in n.mentions if start <= lo < position]
    if not inside or any(n is not inside[0][0] for n, _, _ in inside):
        return found
    name, lo, hi = inside[0]
    quoted = any(text.count(mark, start, lo) % 2 for mark in '"“')
    own = " " in text[lo:hi] and not quoted and _KIN_BESIDE.search(text, max(0, lo - _KIN_REACH), lo) is None
    return [name] if own else found


def _is_kin(text: str, at: int) -> bool:
    """Whether a name is there but to tell whose child or spouse somebody is."""
    return _KIN_OF.search(text, max(0, at - _KIN_REACH), at) is not None


def _gender(n: Name) -> str | None:
    return n.gender or (hinted_gender(n.full) if n.kind == "person" and " " in n.full else None)


def of_gender(found: Sequence[Name], gender: str) -> list[Name]:
    """The people who may be of a gender: who are told to be, else by their given name, else of whom nothing is known."""
    told = {id(n): _gender(n) for n in found}
    return [n for n in found if told[id(n)] == gender] or [n for n in found if told[id(n)] is None and n.kind == "person"]


def family_of(cast: Cast, text: str, p: PrintedName) -> list[Name]:
    """The people named before who are called by their surname together: *the Velds*; empty where these are many, or one."""
    if " " in p.name or not p.name.endswith("s") or text[max(0, p.start - 4) : p.start].lower() != "the ":
        return []
    stems = {p.name[:-1], p.name.removesuffix("es")}
    known = [n for stem in stems for n in cast.with_part(stem.lower()) if n.surname == stem.lower() and " " in n.full]
    have = sorted((n for n in known if n.before(p.start) is not None), key=lambda n: n.mentions[0])
    return have if 1 < len(have) <= _FAMILY else []

"""What else an article calls those whom it names: abbreviations in brackets, and *better known as*."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ..lexicon.governments import government_of
from .entities import acronyms_of, beside
from .names import PrintedName

_ALIAS = re.compile(
    r",? (?:(?:who is|who was|was|is) )?"
    r"(?:(?:better|also|popularly|commonly|widely|otherwise|professionally) known|known(?: \w+)?) (?:as|by) [\"“‘']?"
    r"|,? \(?(?:a\.?k\.?a\.?|alias) [\"“‘']?"
)


def other_names(text: str, printed: Sequence[PrintedName]) -> dict[str, str]:
    """Other names, with what they stand for: *Tarvo Trade Unions (Tatu)*, *Ann Veld, better known as Kaya Moon*.

    Args:
        text: the article.
        printed: its names, in text order.
    """
    found = acronyms_of(text)
    counts = Counter(p.name for p in printed)
    bodies = {p.name for p in printed if p.kind in ("organisation", "media")}
    for p in printed:
        short = beside(text, p.end) if p.name in bodies and " " in p.name else None
        like = (
            short is not None and short[0] in initials_of(p.name) and (short.isupper() or (short in bodies and counts[short] > 1))
        )
        if short is not None and like and government_of(short) is None:
            found.setdefault(short, p.name)
    for one, other in pairwise(printed):
        if one.kind == other.kind and _ALIAS.fullmatch(text, one.end, other.titled) is not None:
            for form in (other.name, other.name.split(" ")[-1]):
                found.setdefault(form, one.name)
    return found


def initials_of(name: str) -> str:
    """The initials of the words of a name that have a capital."""
    return "".join(w[0] for w in re.findall(r"\w[\w’']*", name) if w[0].isupper())

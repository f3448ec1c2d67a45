"""Several who speak together: *Ann Veld, 34, and her husband Bo Rees*, each a mention of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon.nouns import is_person_noun
from ..text.chars import Chars
from .authors import BY_AUTHOR
from .mentions import LOOSE, PREPOSITION, is_led
from .names import PrintedName

_LISTED = re.compile(r"(?:the )?[^\W\d_a-z][^,]*(?:, |,? and [^\W\d_a-z])")
_APPOSITION = re.compile(r"(?:the|his|her|its|their|a|an) (?:[a-z][\w-]* ){0,3}[a-z][\w-]*, ")
_PLURAL = re.compile(r"[A-Z]?[a-z-]+s")
_PLURALS = re.compile(r"(?:[a-z-]+ ){0,2}[a-z-]+s(?: (?:there|here|alike|in .*|of .*|at .*|from .*))?")
_TOLD = re.compile(  # what stands between a name and *and*: Ann Veld, 34, | Ann Veld of Norvik Bank | Ann Veld, the mayor,
    r"(?:,? \(?(?:aged )?\d{1,3}\)?)?(?: (?:of|from|at) (?:the )?[A-Z][\w’'& -]*)?"
    r"(?:, (?:the|an?|his|her|its) [^,“”\"]{2,60})?,?"
)
_ROLE = re.compile(r"(?:(?:the|his|her|their|its) )?(?:[a-z][\w’-]* ){0,4}(?P<noun>[a-z][\w-]*),? ")


def coordinated(text: str, span: Chars, printed: Sequence[PrintedName]) -> list[Chars]:
    """*Ann Veld, Bo Rees and Cy Orr* → all; *the Ministry of Trade and Labour* and *Tallow & Finch* stay one."""
    start, end = span
    for m in re.finditer(r",? (?:and|n?or|as well as) |, ", text[start:end]):
        lo, hi = start + m.start(), start + m.end()
        if any(p.start < lo and hi < p.end for p in printed):
            continue
        left, right = text[start:lo], text[hi:end]
        if any(hi < p.titled and p.end == end and p.titles and text[p.titled - 2 : p.titled] == ", " for p in printed):
            continue  # Public Works and Housing, Eng. Ann Veld
        before = _before(text, lo, printed) if m.group() != ", " else next((p for p in printed if p.end == lo), None)
        if before is not None and before.kind is None:
            before = None
        after = _after(text, hi, printed)
        listed = m.group() != ", " or _LISTED.match(right)
        if before and not left.lower().startswith("the ") and _is_one_body(text, (lo, end), printed):
            continue  # Tarvo Traders and Porters Association chair Ann Veld
        by = BY_AUTHOR.match(left) or LOOSE.match(left)
        led = (
            before is not None
            and PREPOSITION.search(text, start + (by.end() if by is not None else 0), before.titled) is not None
        )
        if before and after and listed and not led and (before.end == lo or before.kind == after.kind == "person"):
            return [(start, lo), *coordinated(text, (hi, end), [p for p in printed if p.start >= hi])]
        if "and" in m.group() and _PLURAL.fullmatch(left) and _PLURALS.fullmatch(right):
            return [(start, lo), (hi, end)]
    return [span]


def _before(text: str, lo: int, printed: Sequence[PrintedName]) -> PrintedName | None:
    """Whose name stands before *and*, with nothing but what is told of them between."""
    near = next((p for p in printed if p.end == lo), None)
    if near is not None and near.kind == "person":
        return near
    people = (p for p in printed if p.end <= lo and p.kind == "person")
    return next((p for p in people if _TOLD.fullmatch(text, p.end, lo) is not None), near)


def _after(text: str, hi: int, printed: Sequence[PrintedName]) -> PrintedName | None:
    """Whose name stands behind *and*, with nothing but what they are between."""
    for p in printed:
        if hi <= p.start:
            role = _ROLE.fullmatch(text, hi, p.titled) if p.kind == "person" else None
            told = role is not None and is_person_noun(role["noun"])
            return p if told or p.titled <= hi + 4 or _APPOSITION.fullmatch(text, hi, p.titled) else None
    return None


def _is_one_body(text: str, span: Chars, printed: Sequence[PrintedName]) -> bool:
    """Whether from *and* on a stretch goes on with a body's name and ends in somebody of that body."""
    body = next((p for p in reversed(printed) if p.end == span[0]), None)
    last = printed[-1]
    if body is None or body.kind == "person" or last.kind != "person" or last.end != span[1]:
        return False
    return is_led(text, body, last)

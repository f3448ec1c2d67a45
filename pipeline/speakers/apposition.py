"""The name in apposition to a mention, *the captain, Dafydd Orme*, and what a relative clause belongs to."""

from __future__ import annotations

import re

from ..naming.cast import Cast, Name
from ..naming.names import PrintedName
from ..text.chars import Chars

_NOT_APPOSED = (
    r"(?!(?:who|which|whose|that|including|led|like|such|among|with|not|and|or|from|but|as|to|why|how|when|if|in|on|at|for|by)\b)"
)
_LABOURS = r"(?:[^\W\d_a-z]\w* ){0,2}[^\W\d_a-z]\w*[’']s"  # the chair, Labour's Ann Veld
_BODY = r"(?:[^\W\d_a-z][\w’'-]* ){1,4}(?=[a-z]+ [^\W\d_a-z])"  # one delegate, Labour Party chairwoman Ann Veld
_WORD_BEFORE = rf"(?:(?:named|identified|known)(?: by \w+)? as|{_NOT_APPOSED}[a-z][\w’'-]*|\d+-year-old|{_LABOURS}) "
_SHORT = re.compile(r" \([A-Z][\w&./-]{1,14}\)(?=, )")  # the chair of the Tarvo Farmers' Union (TFU), Ann Veld
_APPOSED = re.compile(rf"(?:[,—–(] ?|: )?(?:(?:the|a|an|his|her) )?(?:{_BODY})?(?:{_WORD_BEFORE}){{0,5}}")
_GOVERNED = re.compile(r"\b(?:of|by|for|with|to|from) (?:the )?\Z")  # the decree, carrying the signature of Ann Veld
_COMPLEMENT = re.compile(r"\b(?:of|for|in|at|from)\b")
_APPOSITION_END = re.compile(r",? (?:\d|who|a |an |the |\()| (?:of|from|in) |, [A-Z]{2,4}\b(?:, [A-Z]{2,4}\b)*\Z")  # Ann Veld, SC
_OF_PLACE = re.compile(r"(?:, [^.;:\n\"“”]{1,80})?(?:,| of| from| in| at|,? R-| D-) ?(?:the )?")
_BESIDE = re.compile(r",? ?(?:\([^)]*\),? ?)?")
_CLAUSE_OF = re.compile(r"(?:, [^.,;:\n\"“”]{1,60})?,? ?|, \d+, ?| \([^)]*\),? ?")
_AT_BODY = re.compile(r"(?:, \d+)?, (?:an?|the|its|[a-z]+) [^.,;:\n\"“”]{2,100} (?:of|at|for|with|from|in) (?:the )?")
_PHRASE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[\w’'-]+[’']s?) (?:[\w’'-]+ ){1,5},? ?\Z")


def apposed(text: str, cast: Cast, span: Chars, role: Chars | None) -> PrintedName | None:
    """The name in apposition to a mention: *the captain, Dafydd Orme*."""
    short = _SHORT.match(text, span[1]) if role is None else None
    lo = role[0] if role else short.end() if short is not None else span[1]
    m = _APPOSED.match(text, lo)
    at = m.end() if m is not None and (role or m.group()[:1] in (",", "—", "–", "(", ":")) else -1
    for p in cast.printed_in(lo, lo + 80):
        if text[p.end : p.end + 2] in ("’s", "'s") or _GOVERNED.search(text, lo, p.titled):
            continue  # the chair, Labour's Ann Veld
        if text[p.titled - 1] in '"“‘':
            break  # said a baker, "Veld is right"
        person = p.kind == "person" or (p.kind is None and " " in p.name)
        first = p.titled == lo or text[lo : p.titled] == "the "
        if lo <= p.titled <= at + 1 and (person or (role is not None and first)):
            tail = text[p.end : role[1] if role else p.end]
            last = _behind_a_list(text, cast, span, role, p) if role else None
            if last is not None:
                return last
            if not re.search(r"\w", tail) or _APPOSITION_END.match(tail):
                return p
            if person or not text[p.end + 1 : p.end + 2].islower():
                return None
    inside = [p for p in cast.printed_in(*span) if p.kind == "person" and "," in text[span[0] : p.start]]
    return inside[-1] if inside and role is None else None


def _behind_a_list(text: str, cast: Cast, span: Chars, role: Chars, first: PrintedName) -> PrintedName | None:
    """The person named behind what belongs to the noun: *the chair of one of the clubs, Tallow Rovers, Ann Veld*."""
    last = next((p for p in reversed(cast.printed_in(*role)) if p.kind == "person" and p.end == role[1]), None)
    if last is None or last is first or text[last.titled - 2 : last.titled] != ", " or _COMPLEMENT.search(text, *span) is None:
        return None
    return last


def clause_head(text: str, cast: Cast, pronoun: str, position: int) -> Name | Chars | None:
    """What a relative clause belongs to, a name or the span of a noun phrase: *Ann Veld, a baker, who said*.

    Args:
        text: of the article.
        cast: its names.
        pronoun: *who*, *which*, in small letters.
        position: where it stands.
    """
    end = position
    for p in reversed(cast.printed_in(position - 120, position)):
        between = _CLAUSE_OF if end == position else _OF_PLACE
        if not between.fullmatch(text, p.end, end):
            continue
        name = cast.of(p)
        if name.kind == "government" and pronoun != "which":
            if not _BESIDE.fullmatch(text, p.end, position):
                break
            end = p.start  # Ann Veld of Norway, who
            continue
        if pronoun != "which" and (name.kind == "organisation" or " " not in name.full):  # Ann Veld, the coach of Tarvo, who
            name = _at_body(text, cast, p) or name
        return name
    before = text[max(0, position - 80) : position].rstrip(" ,")
    m = _PHRASE.search(before + " ") if end == position else None
    start = max(0, position - 80) + m.start() if m is not None else 0
    return (start, start + len(m.group().rstrip())) if m is not None else None


def _at_body(text: str, cast: Cast, body: PrintedName) -> Name | None:
    """The person whose role names a body: *Ann Veld, a professor of law at the University of Tarvo, who said*."""
    people = (p for p in reversed(cast.printed_in(body.start - 160, body.start)) if cast.of(p).kind == "person")
    last = next(people, None)
    return cast.of(last) if last is not None and _AT_BODY.fullmatch(text, last.end, body.start) else None

"""What the words right before a name tell of its bearer, in more than a title: *the head of the water department Ann Veld*; *a
driver, identified only as Bo*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon.nouns import BODIES, BODY_LIKE, is_person_noun
from ..lexicon.tables import words
from ..lexicon.words import CAPITALS_TITLES
from ..text.seek import Seeker
from .roles import is_role

_FIELDS = words("field") | {"affairs", "police", "relations", "studies"}
_HEAD = re.compile(
    r"(?<![\w’'-])(?:(?P<the>[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[\w’'-]+[’']s) )?(?P<own>(?:[\w’'-]+ ){0,4}?)(?P<head>[A-Za-z][\w-]+)"
    r"(?P<general> [Gg]eneral)? (?:of|for|at|in|on) (?P<of>(?:(?:the|its) )?(?:[\w’'&-]+,? ){0,6}?[\w’'&-]+)"
    r"(?P<short> \([A-Z][\w&./-]{1,14}\))? \Z"
)
_POINT = r",.;:!?()\"“”‘«»\n—–"
_PRE_APPOSITION = re.compile(
    r"(?<![\w’'-])((?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[\w’'-]+[’']s?) "
    rf"[^{_POINT}]{{2,70}})(?: \([A-Z][\w&./-]{{1,14}}\))?, \Z"
)
_LONG_OFFICE = re.compile(  # the minister of labour, trade and industry, Ann Veld
    r"((?:[Tt]he|[Ii]ts) (?:[\w-]+ ){0,3}(?:[Mm]inister|[Ss]ecretary|[Cc]ommissioner|[Dd]irector|[Hh]ead) (?:of|for) (?:the )?"
    r"[\w’'-]+(?:(?:,|,? and(?: the)?) [\w’'-]+(?: [\w’'-]+)?){2,6}), \Z"
)
_AT = frozenset(("of", "for", "at", "in", "on"))
_NOUN_AT_END = re.compile(r"[A-Za-z][\w-]+\Z")
_WHOSE = r"(?:his|her|their)"
_AS = r"(?: only| simply)?"
_CALLED = Seeker(
    r"(?:,? and |,? (?:who|which) (?:is|was|has been) |,? was |,? )"
    rf"(?:surnamed|(?:named|identified|introduced){_AS}(?: by [\w ]{{1,30}}?)?{_AS}(?: as)?|known{_AS} (?:as|by)"
    rf"|(?:who )?(?:only )?(?:gave|giving|used|using){_AS} {_WHOSE}(?: \w+){{0,2}} name{_AS} as"
    rf"|who (?:goes|went) by(?: (?:the|{_WHOSE})(?: \w+)? name(?: of)?)?"
    r"|who (?:asked|wanted|wished|requested|preferred|chose) to be (?:identified|named|known|called|referred to)"
    rf"{_AS} (?:as|by [\w ]{{1,30}},|(?:as|by|under|with) (?:the|an?|{_WHOSE}) (?:[a-z]+ )?"
    r"(?:pseudonym|name|nickname|alias)(?: of)?)"
    rf"|who (?:identified|introduced|named|called|referred to|spoke of|signed) (?:him|her|them)self{_AS}(?: as| by)?"
    r"(?: the (?:pseudonym|name|alias)(?: of)?)?"
    r"|(?:who spoke )?under the (?:pseudonym|name|alias)(?: of)?) \Z"
)
BRACKETS = re.compile(r" \((?:[Rr](?:e?td|et|etired|et[’']d))\.?\) \Z")  # behind a rank or an office
# Prosecuting, Ann Veld said; Ann Veld, for the defence, said
_CROWN = r"(?:prosecuting|(?:appearing )?for the (?:prosecution|crown|state))"
_DEFENCE = (
    r"(?:(?:defending|mitigating|in mitigation)|(?:appearing )?(?:for|on behalf of) the (?:defence|defense|defendant|accused))"
)
_SIDES = (
    ("prosecutor", "prosecuting lawyer", rf"{_CROWN}"),
    ("defence lawyer", "defending barrister", rf"{_DEFENCE}"),
)
_LEADS_SIDE = tuple(
    (
        roles,
        re.compile(rf"(?:\A|[.\n\"”] ?){side}, \Z", re.IGNORECASE),
        re.compile(rf", {side}(?:,| told| said| added)", re.IGNORECASE),
    )
    for *roles, side in _SIDES
)
_NOUN = re.compile(r"(?<![\w’'-])(?:[Tt]he|[Aa]n?|[Oo]ne) (?:[\w’'-]+ ){1,7}?\Z")
_SIDE = 40  # characters around a name within which it is told for whom its bearer speaks in court
_BACK = 160  # characters before a name that are looked at


def called_before(text: str, at: int) -> tuple[int, int] | None:
    """The noun phrase for somebody whom the words before a name give that name: *a driver, identified only as Bo*.

    Args:
        text: the article.
        at: where the name begins, with its titles.
    """
    m = _CALLED.search(text, max(0, at - _BACK), at)
    if m is None:
        return None
    noun = _NOUN.search(text[max(0, m.start() - 80) : m.start()] + " ")
    if noun is None:
        return None
    start = max(0, m.start() - 80) + noun.start()
    return start, m.start()


def apposition_before(text: str, titled: int) -> int | None:
    """Where the noun phrase before a name and its comma begins: of several the first that is for somebody."""
    long = _LONG_OFFICE.search(text, max(0, titled - 150), titled)
    if long is not None:
        return long.start(1)
    first = m = _PRE_APPOSITION.search(text, max(0, titled - 90), titled)
    while m is not None and not is_role(m.group(1)):  # the prize was given by the mayor, Ann Veld
        m = _PRE_APPOSITION.search(text, m.start(1) + 1, titled)
    found = m or first
    return found.start(1) if found is not None else None


def office_leading(text: str, at: int) -> str:
    """The office that stands right before a name with the body or the field that it is of, in small letters; empty where there is
    none: *Tarvo superintendent of police (SP) Ann Veld*, but not *a lawyer for the singer Ann Veld*.
    """
    before = text[max(0, at - _BACK) : at]
    if not _tells_office(before.split()):
        return ""
    before = before[max(before.rfind(c) for c in '\n.;:!?"“”—–') + 1 :].lstrip()
    m = _HEAD.search(before)
    if m is None:
        return ""
    low, last = m["head"].lower(), m["of"].split()[-1].lower()
    if not _is_head(low) or "’" in last or "'" in last:
        return ""
    words_of = [w.strip(",").lower() for w in m["of"].split()]
    if any(is_person_noun(w) or w in CAPITALS_TITLES for w in words_of):
        return ""
    plural = last.endswith("s") and not last.endswith("ss")
    if m["short"] is None and not (last in BODIES or last in BODY_LIKE or last in _FIELDS or plural):
        return ""
    return m.group().removeprefix(f"{m['the']} " if m["the"] else "").strip()


def _tells_office(words: Sequence[str]) -> bool:
    """Whether a noun for somebody stands before a preposition: what most words before a name do not have."""
    nouns = (_NOUN_AT_END.search(words[k - 1]) for k, word in enumerate(words) if k and word in _AT)
    return any(m is not None and (m.group().lower() == "general" or _is_head(m.group().lower())) for m in nouns)


def _is_head(noun: str) -> bool:
    return is_person_noun(noun)


def side_in_court(text: str, at: int, end: int) -> list[str]:
    """What somebody is whose name stands beside the side that they speak for in court: *Prosecuting, Ann Veld said*, *Ann Veld,
    for the defence, said*.

    Args:
        text: the article.
        at: where the name begins, with its titles.
        end: where it ends.
    """
    if text[end : end + 2] != ", " and text[max(0, at - 2) : at] != ", ":
        return []
    lo = max(0, at - _SIDE)
    found = (
        roles for roles, before, behind in _LEADS_SIDE if before.search(text, lo, at) or behind.match(text, end, end + _SIDE)
    )
    return next(found, [])

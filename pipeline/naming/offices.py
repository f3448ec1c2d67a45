"""Offices that stand before a name with what they are of: *the Minister of State for the Environment Dr Ann Veld*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..lexicon.given_names import hinted_gender
from ..lexicon.nouns import RELATIONS, is_person_noun
from ..lexicon.tables import titles, words
from ..lexicon.words import ANONYMOUS, CAPITALS_TITLES, LEADING_TITLES, STOPPED_TITLES, TITLES

if TYPE_CHECKING:
    from .names import PrintedName

ADDRESSES = titles("address")
_RANKS = TITLES | CAPITALS_TITLES | LEADING_TITLES | STOPPED_TITLES
_SERVICE = ADDRESSES | titles("abbreviation") | frozenset("colonel brigadier admiral captain major marshal".split())
_OF_THE_STATE = frozenset(
    "accountant advocate auditor inspector postmaster procurator prosecutor registrar solicitor surgeon".split()
)
_HEAD = re.compile(r"(?<![\w’'-])((?:[A-Z][\w’'-]* ){0,3})([A-Za-z][\w-]*) (?:of|for|at|in) (?=(?:the )?[A-Z(])")
_PLACE = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][\w’'.&-]*|\([A-Z][\w/]*\)|(?:of|for|at|in|on|to|and|the|&)\b)")
_FIELD_OF = re.compile(
    r"(?<![\w’'-])([A-Z][\w-]+)(?: of State)? (?:of|for) (?:the )?(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*(?:,(?: and)?| and| &) )*\Z"
)
_AND_FIELD = re.compile(  # Deputy Youth and | Sports Minister Ann Veld
    r"(?<![\w’'-])(?P<rank>(?:Deputy|Assistant|Vice) )?(?P<fields>[A-Z][\w’'-]+(?:,? [A-Z][\w’'-]+){0,3}),? (?:and|&) \Z"
)
_FIELDS, PARTIES, _FORMER = words("field"), words("party"), words("former")
_AS_CALLED = {  # what else a field is called
    "commerce": "trade", "defense": "defence", "electricity": "energy", "farm": "agriculture", "home": "interior",
    "homeland": "interior", "law": "justice", "oil": "energy", "petroleum": "energy", "power": "energy", "railway": "railways",
    "roads": "transport", "sports": "sport", "tech": "technology", "transportation": "transport", "treasury": "finance",
    "women": "gender", "mines": "mining", "democrat": "democratic", "greens": "green", "labor": "labour", "conservative": "tory",
}  # fmt: skip
_TOLD_BY = {  # offices that tell their fields by other words
    re.compile(r"\bsecretary of state\b(?! for\b)"): "foreign",
    re.compile(r"\b(?:lieutenant|lt\.?) gov(?:ernor\b|\b)"): "lieutenant",
    re.compile(r"\b(?:premier|chancellor)\b"): "prime",
    re.compile(  # of a state, not of a party or a firm
        r"\A(?:(?:us|u\.s\.|[a-z]+(?:n|sh|ch|se|i)) )?president\b|"
        r"\b(?:king|queen|chief executive|ceo|(?<!lieutenant )(?<!lt )(?<!lt\. )gov(?:ernor)?)\b"
    ): "head",
    re.compile(r"\b(?:chief executive|ceo)\b"): "chief executive",
}
_WORD = re.compile(r"[\w’']+")
_FIELD = "justice"  # a title that is the field of an office
_REACH = 120  # characters before a name within which its office is looked for
_SMALL = frozenset("of for at in on to and the &".split())
_OFFICE_BEFORE = re.compile(r"(?:\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?) (?:[\w-]+ ){0,2}|\A|[.\n] ?)([A-Z][\w-]*), \Z")
_SHORT_OF_OFFICE = re.compile(r" \([A-Z]{2,6}\),? ")
_LEAD = 40  # characters before a field in which the office stands
_OF_PLACE = re.compile(r"([A-Z]{2,5}) (?:of|at|for|in) (?=[A-Z])")


def office_told(text: str, start: int, titles: str) -> str:
    """The office before a name with what it is of; empty where there is none.

    Args:
        text: the article.
        start: where the name begins, behind its titles.
        titles: the titles.
    """
    at = start - len(titles) - bool(titles)
    return office_before(text[max(0, at - _REACH) : start]) or _with_fields(text, at, titles)


def office_before(words: str) -> str:
    """The office that the words up to a name end with, and what it is of, without titles; empty where they are another's.

    A form of address (*Dr*) stands before the holder's own name; a rank may be a part of somebody else's office, whose lawyer,
    wife or spokesman this is: *the lawyer for Tarvo Senator Ann Veld*.
    """
    words = words[words.rfind("\n") + 1 :]
    for m in _HEAD.finditer(words):
        modifiers, head = m.groups()
        rest = words[m.end() :].split()
        if not is_office(head) or not all(_PLACE.fullmatch(w) for w in rest):
            continue
        own: list[str] = []
        while rest and rest[-1].lower().strip(".,") in _RANKS:
            own.insert(0, rest.pop().lower().strip(".,"))
        if not rest and own == [_FIELD] and own.pop():
            rest = [_FIELD.capitalize()]  # the Minister of Justice Ann Veld
        if not rest or rest[-1] in _SMALL or any(w.endswith(".") for w in rest):
            return ""  # the chair of Senator Ann Veld's campaign, or a sentence before
        if own and not ADDRESSES.intersection(own) and (head.lower() not in _RANKS or head.lower() in RELATIONS | ANONYMOUS):
            return ""
        return f"{modifiers.removeprefix('The ')}{head} {words[m.end(2) + 1 : m.end()]}{' '.join(rest)}"
    return ""


def _with_fields(text: str, at: int, titles: str) -> str:
    """An office of a field with the fields before an *and*: *Deputy Youth and Sports Minister*, who is no minister; not where
    what stands there is another office, or somebody: *Mayor Lund and Sports Minister*.
    """
    office = " " in titles and not is_office(titles.split()[0]) and any(is_office(w) for w in titles.split()[1:])
    m = _AND_FIELD.search(text, max(0, at - _REACH), at) if office else None
    fields = _WORD.findall(m["fields"]) if m is not None else []
    if m is None or any(w.lower() in _RANKS for w in fields) or not (m["rank"] or fields[-1].lower() in _FIELDS):
        return ""
    return f"{m.group()}{titles}"


def office_of(text: str, at: int, end: int) -> int | None:
    """Where an office begins of which the words from a position on are the field: *Minister of Finance and | Planning | Veld*."""
    m = _FIELD_OF.search(text, max(0, at - 80), at)
    field = not any(w.lower().strip(".,") in _RANKS for w in text[at:end].split())
    return m.start() if m is not None and field and m[1].lower() in TITLES else None


def without_field(text: str, start: int, titles: str) -> str:
    """The titles before a name, without one that is but the field of an office before: *Minister of | Justice | Ann Veld*."""
    at = start - len(titles) - 1
    return "" if titles.lower() == _FIELD and _FIELD_OF.search(text, max(0, at - 80), at) is not None else titles


def is_office(noun: str) -> bool:
    """Whether a noun is for somebody with an office: *Under-Secretary-General*, *judge*."""
    low = noun.lower()
    bare = low.removeprefix("under-").removeprefix("deputy-").removeprefix("vice-").removeprefix("ex-")
    return bare in _RANKS or is_person_noun(bare)


def ends_in_office(words: Sequence[str]) -> bool:
    """Whether capitalised words before a surname are an office: *Town Clerk*, but not *Ada Baker*."""
    return len(words) > 1 and is_office(words[-1]) and all(hinted_gender(w) is None for w in words)


def is_of_other_field(phrase: str, roles: Iterable[str]) -> bool:
    """Whether a noun phrase is for an office of another field than each that somebody is told to have, or for another party's:
    *the foreign secretary* is no health secretary, nor *the Labour MP* a Tory. Who was something before may be anything now.
    """
    asked = [_fields(phrase), _parties(phrase)]
    if not any(asked) or _was(phrase):
        return False
    held = [r for r in roles if not _was(r)]
    told: list[set[str]] = [set().union(*map(_fields, held)), set().union(*map(_parties, held))]
    return any(here and there and not here & there for here, there in zip(asked, told, strict=True))


def _was(role: str) -> bool:
    return not _FORMER.isdisjoint(re.split(r"[\s-]+", role.lower()))


def _fields(role: str) -> set[str]:
    """What an office is for: *secretary of state for health* → health."""
    low = role.lower()
    found = {_AS_CALLED.get(w, w) for w in _WORD.findall(low) if w in _FIELDS}
    return found | {field for told, field in _TOLD_BY.items() if told.search(low) is not None}


def _parties(role: str) -> set[str]:
    """Whose member somebody is told to be."""
    return {_AS_CALLED.get(w, w) for w in _WORD.findall(role.lower()) if w in PARTIES}


def is_in_capitals(phrase: str) -> bool:
    """Whether a phrase ends with an office that is one only in capitals, or begins with one of somewhere: *Health CS*, *OC of
    Tarvo Police Station*.
    """
    of = _OF_PLACE.match(phrase)
    last = phrase.split(" ")[-1] if of is None else of[1]
    return last.isupper() and last.lower() in CAPITALS_TITLES


def before_rank(role: str) -> str:
    """What stands before the ranks and forms of address with which a role ends: *Defence Minister Lt Gen* → *Defence Minister*;
    empty where none does.
    """
    words = role.split()
    kept = len(words)
    while kept and ((low := words[kept - 1].lower().strip(".,")) in _SERVICE or (low == "general" and _is_soldier(words[:kept]))):
        kept -= 1
    return " ".join(words[:kept]) if kept < len(words) and is_office(words[kept - 1]) else ""


def _is_soldier(words: Sequence[str]) -> bool:
    """Whether *general* is a rank of the army: not *attorney general*, *inspector general*."""
    before = words[-2].lower().strip(".,") if len(words) > 1 else ""
    return before not in _OF_THE_STATE and not is_person_noun(f"{before}-general")


def without_address(role: str) -> str:
    """A role without the forms of address behind it: *Tarvo secretary Dr* → *Tarvo secretary*."""
    words = role.split()
    kept = len(words)
    while kept and words[kept - 1][0].isupper() and words[kept - 1].lower().strip(".,") in ADDRESSES:
        kept -= 1
    return " ".join(words[:kept]) if kept else role


def without_fields(text: str, printed: Sequence[PrintedName]) -> list[PrintedName]:
    """Names but those that only tell an office or its field before who has it: *its Head, Corporate Affairs, Ann Veld*, *Deputy
    Superintendent of Police (DSP) Ann Veld*.
    """
    dropped: set[int] = set()
    for k, holder in enumerate(printed):
        if holder.kind != "person" or " " not in holder.name:
            continue
        for field in printed[max(0, k - 2) : k]:
            between = text[field.end : holder.titled]
            if field.kind == "person":
                continue
            if _SHORT_OF_OFFICE.fullmatch(between) and any(is_person_noun(w.lower()) for w in field.name.split()):
                dropped.add(field.start)
            office = _OFFICE_BEFORE.search(text, max(0, field.start - _LEAD), field.start) if between == ", " else None
            if office is not None and is_person_noun(office[1].lower()):
                dropped |= {field.start, office.start(1)}
    return [p for p in printed if p.start not in dropped]

"""What else an article calls those whom it names: abbreviations in brackets, and *better known as*."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ..lexicon.given_names import hinted_gender
from ..lexicon.governments import government_of
from ..lexicon.nouns import is_person_noun
from .entities import acronyms_of, beside, nickname_in
from .name_forms import in_order, is_close, sounds
from .names import PrintedName

_UNIONS = {"UN": "United Nations", "EU": "European Union", "AU": "African Union"}
_SHORT = re.compile(r"[A-Z]{2,}[A-Za-z]{0,8}")
_CLOSES = (",", ".", ";", ":", ")", "”", "—", " ")
_OWN_MARKS = ("’s", "'s")
_MARKED = re.compile(  # of what belongs to Dunnock none of this is said
    r"[’']s(?= (?:(?:has|have|had|will|would|could|did|does|declined|refused|plans|expects|hopes|employs|operates|runs|sells) "
    r"|(?:said|says|reported|announced|insisted|told|confirmed|admitted) (?:that|it|its|they|the|an?|in|on|customers|[A-Z\d£$€]"
    r"|[a-z]+ (?:that|it|the))))"
)
_OFFICE_SHORT = re.compile(
    r"(?<![\w’'-])(?P<office>[A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|of|the|for|and)){1,6}) \((?P<short>[A-Z]{2,6})\),? "
    r"(?:(?:of|in|for) [A-Z]\w+, )?"
)
_LONG = 5  # letters of words that may be the same in another spelling
_ALIAS = re.compile(
    r"(?:, an? (?:[\w’-]+ ){1,5}?|(?:,| [–—-]|[—–])? ?\(?(?:(?:who is|who was|was|is|more|often) )?)"
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
    full = {word for p in printed if p.kind == "person" and " " in p.name for word in p.name.split(" ")}  # of others too
    for p in printed:
        short = beside(text, p.end) if p.name in bodies and " " in p.name else None
        like = short is not None and _is_like(short, p.name, counts[short] if short in bodies else 0)
        own = short is not None and sorted(short) == sorted(initials_of(p.name))
        if short is not None and like and (own or government_of(short) is None):
            found.setdefault(short, p.name)
        if p.kind == "person" and (nick := nickname_in(text[p.start : p.end])) is not None and nick not in full:
            for form in (nick, nick.split(" ")[-1]):
                found.setdefault(form, p.name)
    holders = {p.titled: p.name for p in printed if p.kind == "person" and " " in p.name}
    for m in _OFFICE_SHORT.finditer(text):
        office = m["office"].split(" ")
        if (
            m.end() in holders
            and initials_of(m["office"]).endswith(m["short"])
            and any(is_person_noun(w.lower()) for w in office)
        ):
            found[m["short"]] = holders[m.end()]  # the Town Chief Executive (TCE), Mr Bo Veld
    for one, other in pairwise(printed):
        if (pair := _apposed(text, one, other)) is not None:
            found.setdefault(*pair)
        if one.kind == other.kind and _ALIAS.fullmatch(text, one.end, other.titled) is not None:
            for form in (other.name, other.name.split(" ")[-1]):
                found.setdefault(form, one.name)
    return {**found, **_written_out(counts, found), **_misprinted(text, printed)}


def with_own_mark(text: str, printed: Sequence[PrintedName]) -> list[PrintedName]:
    """The names, those of shops and firms that end in a mark with it: *Dunnock's said that it would close*, where *Dunnock* is
    never printed without.
    """
    ends = {p.end: p.name for p in printed}
    called = {ends[m.start()] for m in _MARKED.finditer(text) if m.start() in ends}
    called -= {p.name for p in printed if not text.startswith(_OWN_MARKS, p.end)} if called else set()
    if not called:
        return list(printed)
    return [
        replace(p, name=f"{p.name}{text[p.end : p.end + 2]}", end=p.end + 2, kind="organisation") if p.name in called else p
        for p in printed
    ]


def _is_like(short: str, name: str, named: int) -> bool:
    """Whether what stands in brackets behind a body's name is another for it; ``named`` is how often that is named elsewhere."""
    first = short[0].upper() in initials_of(name).upper()
    spelt = in_order(short, name)
    return first and (short.isupper() or named > 1 or (named == 1 and spelt)) and (short[0].isupper() or spelt)


def _apposed(text: str, one: PrintedName, other: PrintedName) -> tuple[str, str] | None:
    """*CONSAVE, the National Council for Savings,*; *the Tarvan Institute of Rivers, or TIR,*: the short form, and the name."""
    bodies = one.kind == other.kind == "organisation" and text[other.end : other.end + 1] in _CLOSES
    between = text[one.end : other.start]
    short, name = (one.name, other.name) if between == ", the " else (other.name, one.name)
    if not bodies or between not in (", the ", ", or ", ", or the ") or not _SHORT.fullmatch(short) or " " not in name:
        return None
    return (short, name) if in_order(short, name) else None


def _written_out(names: Iterable[str], short: Mapping[str, str]) -> dict[str, str]:
    """Names that begin with an abbreviation, with those of the article that have it written out: *UN Rivers Programme*."""
    out: dict[str, str] = {}
    known = set(names)
    for name in known:
        first, _, rest = name.partition(" ")
        whole = short.get(first) or _UNIONS.get(first.replace(".", "")) or (government_of(first) if first.isupper() else None)
        if rest and whole is not None and f"{whole} {rest}" in known:
            out[name] = f"{whole} {rest}"
    return out


def _misprinted(text: str, printed: Sequence[PrintedName]) -> dict[str, str]:
    """People's full names whose last word is a letter away from that of one named before, or sounds the same, with that one; and
    those whose given name is but spelt in another way (*Mohamed*). A woman's surname in -a beside a man's without is none, nor
    are two that are named side by side.
    """
    pairs = pairwise(printed)
    beside_each_other = {frozenset((a.name, b.name)) for a, b in pairs if text[a.end : b.titled].strip(" ,") in ("and", "&", "")}
    counts = Counter(p.name for p in printed)
    out: dict[str, str] = {}
    first: dict[str, str] = {}
    spelt: dict[tuple[str, str], str] = {}
    for p in printed:
        given, _, last = p.name.rpartition(" ")
        if not given or (p.kind != "person" and (given in first or hinted_gender(p.name) is None)):
            continue
        other = first.setdefault(given, last)
        like = is_close(other.lower(), last.lower()) or (len(last) >= _LONG and sounds(other.lower()) == sounds(last.lower()))
        apart = frozenset((f"{given} {other}", p.name)) in beside_each_other
        if other != last and {f"{other}a", f"{last}a"}.isdisjoint((other, last)) and like and not apart:
            out[p.name] = f"{given} {other}"
            continue
        own = spelt.setdefault((sounds(given.lower()), last), given)
        same = own.rstrip("h")[-1] == given.rstrip("h")[-1] and hinted_gender(own) in (
            None,
            hinted_gender(given) or hinted_gender(own),
        )
        before = f"{own} {last}"
        apart = frozenset((before, p.name)) in beside_each_other
        if own != given and same and not apart and p.kind == "person" and len(given) >= _LONG:  # not Andre, Andrea
            rare, usual = (before, p.name) if counts[p.name] > counts[before] else (p.name, before)
            out[rare] = usual
    return out


def initials_of(name: str) -> str:
    """The initials of the words of a name that have a capital."""
    return "".join(w[0] for w in re.findall(r"\w[\w’']*", name) if w[0].isupper())

"""Which body of the article *the banking regulator* or *the disciplinary watchdog* is: the one whose name tells that field."""

from __future__ import annotations

from ..lexicon.governments import country_of, government_of, nations_in
from ..lexicon.nouns import BODY_LIKE
from ..lexicon.tables import words
from .cast import Cast, Name
from .mentions import Mention

HEADS = frozenset(("regulator", "watchdog"))  # what no body is called: the banking regulator
_TYPES = BODY_LIKE["regulator"] | BODY_LIKE["watchdog"] | frozenset("board council inspectorate bureau ombudsman".split())
_BANKS = frozenset(("central", "reserve", "monetary"))  # banks that watch others
_MONEY = ("bank", "financ", "monetar", "credit")
TELLS_NOTHING = words("tells_no_body")
_MANY = 200  # bodies that are looked at
_LEAST = 5  # letters that words of one field begin with: electoral, election
_ENDS = frozenset(("s", "ing", "al", "ation", "ion", "ary", "er", "ers", "ry", "ies", "ment"))


def overseer(cast: Cast, m: Mention, position: int) -> Name | None:
    """The one body of the article, named before or behind, whose name tells the field of which a phrase makes it the overseer.

    Args:
        cast: the names of the article.
        m: the phrase.
        position: where it stands.
    """
    if m.head not in HEADS:
        return None
    field = [w for w in m.phrase.lower().split()[:-1] if w not in TELLS_NOTHING and country_of(w) is None and w != "state"]
    if not field:
        return None
    lands = {land for land in (government_of(m.owner_name),) if land is not None} | nations_in(f"{m.owner} {m.phrase}")
    found = [n for n in cast.bodies[:_MANY] if _watches(n, field) and _may_be_of(n, lands)]
    before = [n for n in found if n.before(position) is not None] if len(found) > 1 else found
    if len(before) != 1:
        return None
    cast.describe(before[0], m.phrase)
    return before[0]


def _watches(n: Name, field: list[str]) -> bool:
    """Whether a body's name tells that it watches over a field."""
    own = n.parts
    bank = "bank" in own and not _BANKS.isdisjoint(own)
    if bank:
        return any(w.startswith(_MONEY) for w in field)
    return not _TYPES.isdisjoint(own) and all(any(_is_akin(w, part) for part in own) for w in field)


def _may_be_of(n: Name, lands: set[str]) -> bool:
    """Whether a body's name does not tell another country."""
    own = nations_in(n.full)
    return not lands or not own or not lands.isdisjoint(own)


def _is_akin(one: str, other: str) -> bool:
    """Whether two words in small letters are of one family: *banking*, *bank*; *disciplinary*, *discipline*."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and (short == long or (len(short) > 2 and long[len(short) :] in _ENDS)):
        return True
    return short[:_LEAST] == long[:_LEAST] and len(short) >= _LEAST and abs(len(one) - len(other)) <= _LEAST

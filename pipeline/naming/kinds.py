"""The kind of every form of a name in an article: person, organisation, government."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set

from ..lexicon.given_names import hinted_gender
from ..lexicon.governments import government_of
from ..lexicon.tables import phrases
from ..lexicon.words import PARTICLE
from ..schemas.quotes import SpeakerKind
from ..text.seek import Seeker
from .name_forms import key_of
from .names import PrintedName

_CALLED = Seeker(r"\b(?:call|calls|calling|called|name|names) (?:themselves|itself) (?:the )?\Z")
_ITS = re.compile(
    r",? (?:has |have |had )?(?:also )?(?:said|says|announced|reported|expects|expected|plans|denied|confirmed|insisted|added|"
    r"warned) (?:that )?(?:it|its)\b"
)
_IT_SAID = re.compile(
    r" [a-z][^.!?\n\"“”]{2,80}[.!?]\s{1,2}(?:[\"“][^\"“”\n]{2,300}[\"”] it (?:said|says|added|wrote)|It (?:said|says|added))\b"
)
_BODY = phrases("body")
_MODIFIER = r"(?!(?:of|in|at|for|the|an?|to|and|or|by|on|with|from)\b)[\w-]+(?:[’']s)?"
_SELLS = re.compile(r", which")
_IS_BODY = re.compile(  # Zephyra, the country's flag carrier; Norvik is a maker of turbines
    r"(?:,| is| was| remains|, (?:which|who) (?:is|was)) "
    rf"(?:(?:an?|its|[^\W\d]\w*[’']s) (?:{_MODIFIER} ){{0,3}}|the (?:{_MODIFIER} ){{1,3}})"
    rf"(?:{_BODY}|maker|app|platform)(?=[,.;:)—–]|"
    r" (?:that|which|with|in|of|for|based|founded|owned|run|led|on|from)\b)",
    re.IGNORECASE,
)
_THING, _BODY_CALLED = (
    Seeker(rf"\b(?:{noun})(?: called| named)? [\"“'‘]?\Z", re.IGNORECASE) for noun in (phrases("thing"), _BODY)
)
_SOMEBODYS = re.compile(  # the club Veld founded
    r" (?:(?:has|had|once|first) )?(?:co-?)?(?:found|own|help|lead|work|join|manag|start|creat|serv|captain|play|control|chair|"
    r"left|leaves|led|ran|runs|heads|headed|set|built|had|has|was|is|wants|quit|represent|support)"
)
_OF_TEAM = re.compile(
    r"\b([A-Z]\w+s) (?:head )?(?:boss|bowlers?|captain|coach|defender|fans|forward|gaffer|goalkeeper|keeper|manager|midfielder|"
    r"owner|players?|skipper|striker|supporters|winger)\b"
)
_HOUSES = frozenset("zoo aquarium hospital clinic infirmary museum gallery university college institute library theatre".split())
_DATELINE = re.compile(r"(?:, [^\n,—–]{2,20}){0,2}(?: \([^()\n]{2,20}\))? ?(?:[—–] |- | -- )")
_OF_PERSON = re.compile(r", who\b|,? (?:said|says)(?: that)? (?:he|she|his|her)\b")
_ADDRESSES = frozenset("mr mrs ms miss mx".split())
_NO_PERSON = 3  # votes of what tells that a name is nobody's, against one for each place where the network takes it for a person
_PARTICLES = re.compile(rf" {PARTICLE} ")


def kinds_of(text: str, printed: Sequence[PrintedName]) -> dict[str, SpeakerKind]:
    """The kind that the network and the words beside it give a form most often; a seat of government is one unless it is a
    person's name.
    """
    votes: dict[str, Counter[SpeakerKind]] = {}
    surnames_of = {p.name.split(" ")[-1] for p in printed if p.kind == "person" and " " in p.name}
    for p in printed:
        own = votes.setdefault(key_of(p.name), Counter())
        if p.kind is not None:
            own[p.kind] += 1
        own.update(_told(text, p, surnames_of))
        if (
            p.kind == "organisation"
            and p.name.isupper()
            and text[p.start - 1 : p.start] in ("", "\n")
            and _DATELINE.match(text, p.end)
        ):
            own["government"] += 2  # a place: TARVO - The lake
        if _CALLED.search(text, max(0, p.start - 30), p.start):
            own["organisation"] += 100
    kinds = {form: c.most_common(1)[0][0] for form, c in votes.items() if c}
    surnames = {form for form, kind in kinds.items() if kind == "person"}
    last = {form.split(" ")[-1] for form, kind in kinds.items() if kind == "person" and " " in form}
    for form, kind in kinds.items():  # Glenda Holland, whom the article calls Holland
        if kind == "organisation" and form.count(" ") == 1 and hinted_gender(form) is not None and form.split(" ")[1] in surnames:
            kinds[form] = "person"
    teams = {m[1].lower() for m in _OF_TEAM.finditer(text)}
    for form, kind in kinds.items():  # Welby Tuskers, of whom somebody is the Tuskers coach
        if kind == "person" and " " in form and form.split(" ")[-1] in teams and hinted_gender(form) is None:
            kinds[form] = "organisation"
    people = {part for form, kind in kinds.items() if kind == "person" and " " in form for part in form.split(" ")}
    for p in printed:  # VELD: of Ann Veld
        if p.name.isupper() and text[p.end : p.end + 1] == ":" and p.kind != "person" and key_of(p.name) in last:
            kinds[key_of(p.name)] = "person"
    for form, kind in kinds.items():
        if kind == "organisation" and _PARTICLES.search(form) and any(form.endswith(f" {tail}") for tail in surnames):
            kinds[form] = "person"  # Luz de la Cruz, whom the article calls De la Cruz
        elif kind != "government" and form not in people and government_of(form) is not None and hinted_gender(form) is None:
            kinds[form] = "government"
    return kinds


def eponyms_in(text: str, printed: Sequence[PrintedName]) -> set[str]:
    """The surnames that an article prints of people with *Mr* or *Ms* alone, and bare of a body named after them: *Veld* of
    *Veld Rail Inc.*, whose chair is *Mr. Veld*.
    """
    bodies = {p.name.split(" ")[0] for p in printed if p.kind == "organisation" and " " in p.name}
    addressed = {p.name for p in printed if p.kind == "person" and p.titles.rstrip(".").lower() in _ADDRESSES}
    found = bodies & addressed
    return found - {p.name for p in printed if p.name in found and not p.titles and _OF_PERSON.match(text, p.end) is not None}


def kind_at(p: PrintedName, kind: SpeakerKind, eponyms: Set[str]) -> SpeakerKind:
    """The kind of a name where it stands, given that of its form: of two *Veld* is the body, *Mr. Veld* the person."""
    if p.name in eponyms:
        return "person" if p.titles else "organisation"
    return kind


def _told(text: str, p: PrintedName, surnames: Set[str]) -> Counter[SpeakerKind]:
    """Votes of the words beside a name for what it is, where the network takes it for a person's or a place's."""
    own: Counter[SpeakerKind] = Counter()
    if _may_be_body(p) and p.name not in surnames:
        if _BODY_CALLED.search(text, max(0, p.start - 40), p.start) and _SOMEBODYS.match(text, p.end) is None:
            own["organisation"] += _NO_PERSON  # the airline Zephyra
        if _IS_BODY.match(text, p.end):
            own["organisation"] += _NO_PERSON
    if p.kind == "government" and " " in p.name and p.name.rsplit(" ", 1)[1].lower() in _HOUSES:
        own["organisation"] += _NO_PERSON  # Halvorsen Zoo
    if p.kind in ("person", None) and " " not in p.name and not p.titles and _THING.search(text, max(0, p.start - 40), p.start):
        own["organisation"] += _NO_PERSON  # the app Zappa; but the ferry Morwen is a place, and no company
    if p.kind == "person" and " " not in p.name and not p.titles:
        sure = 1 if p.name in surnames else 2 if hinted_gender(p.name) else _NO_PERSON  # Veld said it was late
        if _SELLS.match(text, p.end):
            own["organisation"] += _NO_PERSON  # Norvik, which sells fish
        if _ITS.match(text, p.end):
            own["organisation"] += sure  # Norvik said it would
        if _IT_SAID.match(text, p.end):
            own["organisation"] += 1 if hinted_gender(p.name) else _NO_PERSON  # Norvik denied it. "...," it said.
        if p.name.endswith("s") and text[max(0, p.start - 4) : p.start].lower() == "the ":
            own["group"] += 2  # a family: the Velds
    return own


def _may_be_body(p: PrintedName) -> bool:
    """Whether a name may be a body's, though the network takes it for a person's or a place's."""
    if p.titles or p.kind not in ("person", "government", "organisation", None) or p.name.count(" ") > 2:
        return False
    known = government_of(p.name) is not None or (" " in p.name and hinted_gender(p.name) is not None)
    return not known and (p.kind != "government" or " " not in p.name)

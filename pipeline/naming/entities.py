"""Entities of an article, mended where the form of the text tells more than the network: before names are made of them."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..lexicon.cues import cue_verb
from ..lexicon.forms import COMPLEMENTS, is_noun
from ..lexicon.given_names import hinted_gender
from ..lexicon.nouns import BODIES, is_person_noun
from ..lexicon.tables import nouns, words
from ..lexicon.words import DAYS, FINITE, OF_PLACE, PARTICLE, TITLES
from ..text.chars import Chars, stands_in
from ..text.seek import Seeker
from ..text.view import Entity, EntityKind
from .name_forms import in_order
from .runs import alone, bodies_of_members, is_trade, nicknamed, unbroken
from .states import states_in

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_SHORT = r"([A-Z][A-Za-z/]{0,6}[A-Z][a-z]{0,2})"
_ACRONYM = re.compile(rf"(?<![\w’'.-])([A-Z][\w’'.-]*(?: [\w’'.-]+){{0,8}}) ?\({_SHORT}\)")
_ACRONYM_OF_NOUN = re.compile(r"(?<![\w’'.-])((?:[a-z][\w-]* ){1,7}[a-z][\w-]*) ?\(([A-Z]{2,8})\)")
_BRACKETED = re.compile(rf"(?<=[\w’'.]) ?\({_SHORT}\)")
_BESIDE = re.compile(  # (CONAR, for its Spanish name); (Partido Norvik, PN)
    r"(?:[’']s?)? ?\((?:[^(),;]{2,60}, |or |known as )?([A-Za-z][\w/]{1,9})"
    r"(?:,? (?:for|by|in|as) (?:its|the|their|[A-Z])[^()]{2,40})?\)"
)
_WORD = re.compile(r"\S+ ?")
_OWNER_MARK = re.compile(r"[’'´`]s?\Z")
_OWNER = re.compile(rf"{_UPPER}[^,]*?[’']s (?={_UPPER})")
_PARTICLES = re.compile(rf" (?:(?:(?![ey]\b){PARTICLE} ){{1,2}}|(?:d|dell|dall|l)[’'])")  # Piero | dell’ | Acqua
_LEGAL = words("legal_form")
_FIRM = _LEGAL - frozenset(("ag", "co", "nv", "sa", "spa", "limited"))  # which are no surnames
_GLUED = re.compile(r"\([A-Z]\w{0,2}\)")  # a party's wing: CPI(M)
_FACTION = re.compile(r" \(([A-Z]{1,4})\)")
_PARTY = frozenset("party congress sena dal front league alliance movement union council".split())
_IN_WORDS = frozenset("party front league alliance movement union council".split())
_LABEL_REST = re.compile(r"(?: [A-Z][A-Z'’-]+)+(?=:)")  # TOR HALD: in a transcript
_NICK_OPENED = re.compile(r" [“‘\"'][^“”‘’\"']+\Z")
_NICK_CLOSED = re.compile(r" [“‘\"'][^“”‘’\"']+[”’\"']\Z")
_NICK_CLOSES = tuple("”’\"'")
_LETTERS_BEHIND = re.compile(r"(?<= [A-Z]\.)(?:[A-Z]\.)+|(?<= [A-Z])\.(?:[A-Z]\.)+")
_IN_PLACE = re.compile(rf"\bin ({_UPPER}[\w’'-]*)")
_JUNIOR = re.compile(r",? (?:(?:Jr|Sr)\.|I{2,3}\b|IV\b)")
_ADHERENTS = nouns("adherent")
_BASED = re.compile(rf"{_UPPER}[\w.’'-]*-(?:based|born|raised|trained|educated) (?={_UPPER})")
NO_NAME_PART = r"(?!(?:based|born|raised|trained|educated|led|backed|owned|run)\b)"  # behind a hyphen: Oslen-based Odell
_SUM = re.compile(r"[A-Z][a-z]{0,2}\d[\d.,]*-?(?:m|bn|mn|million|billion|trillion)\b")  # owes Tallow R300-million
_LOW_TAIL = re.compile(rf"({_UPPER}[\w’'-]*) [a-z]{{3,}}\Z")
_BEFORE_NAME = re.compile(rf"[a-z]+ {_UPPER}")  # the federal | Rivers Department
_LOW_LEAD = re.compile(rf"(?:(?!{PARTICLE}\b)[a-z][a-z-]{{3,}} )+(?={_UPPER})")
_GIVEN = re.compile(rf"\b(\w+\.?) (?!(?:Elect|Designate|Emeritus)\b)({_UPPER}[a-zß-ÿ]+) \Z")
_TWO_WORDS = tuple(title for title in TITLES if " " in title)
_LONGEST_TITLE = 8  # letters of the first word of one of two
_TITLE_OF_TWO = re.compile(rf"(?:{'|'.join(sorted(' '.join(w.capitalize() for w in t.split()) for t in _TWO_WORDS))}) {_UPPER}")
_MORE_OF_BODY = re.compile(  # the Society for the Care of Animals, cut at of; the Union of Mine | and Smelter Workers
    rf" (?:(?:to|of|for) (?:the )?(?P<last>{_UPPER}[\w-]*(?: {_UPPER}[\w-]*)*)|(?:(?:and|&) )?(?:{_UPPER}[\w-]* )*"
    rf"(?P<plural>(?:Workers|Employees|Resources|Fisheries|Affairs|Services|Studies|Sciences|Industries|Communications|Producers|"
    rf"Growers|Farmers|Traders|Women|Children|Animals)\b))"
)
_ON_FIELDS = frozenset("commission committee council panel forum conference office centre center taskforce".split())
_ON = re.compile(
    rf" on (?:the )?(?!(?i:{'|'.join(sorted(DAYS))})\b){_UPPER}[\w-]*(?:(?:,? (?:of|and|for|in)(?: the)?)? {_UPPER}[\w-]*)*"
)
_TRADE = re.compile(rf"({_UPPER}[a-z]+) (?={_UPPER}[\w’'-]+ (?:{PARTICLE} )?{_UPPER})")
_AND_COMPANY = re.compile(rf" & {_UPPER}\w+\b")
_PAIR = re.compile(rf"(?<![\w’'.-]){_UPPER}[\w’-]+ & {_UPPER}\w+")  # Tallow & Co, of which the network has seen nothing
_EDGE = r"[\s\"“”‘«»()\[\]&,*†]"
_NO_HEAD = re.compile(rf"\A(?:{_EDGE}|(?:of|and|or|for|in|at|on|to|by|with|from) )+")  # what no name begins with
_NO_TAIL = re.compile(rf"(?:{_EDGE}| (?:of|and|or|the|a|an|for|in|at|on|to|by|with|from)\b| [‘'])+\Z")  # or ends in
_TAILS = nouns("no_company") - frozenset("united church society nations".split())
_FIELD = re.compile(r"[a-z][\w’'-]*")
_NICKNAME = re.compile(
    rf" (?:\(({_UPPER}[\w’'-]*)\)|[“\"‘']({_UPPER}[\w’'-]*(?: {_UPPER}[\w’'-]*)?)[”\"’']) (?={_UPPER}|{PARTICLE} )"
)
_OFFICES = "|".join(sorted(OF_PLACE))
_OF_PLACE = Seeker(
    rf"(?<![\w’'-])(?:(?:Crown|Grand) )?(?i:{_OFFICES}) of (?:the )?"
    rf"({_UPPER}[\w’'-]*)(?:(?: and| de| la|,(?= [\w’'-]+ and))? {_UPPER}[\w-]*)*"
)
_OFFICE = re.compile(rf"(?:(?:Crown|Grand) )?(?i:{_OFFICES}) of ")


def mended(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """The entities in text order: without marks at their edges, with what the article abbreviates and whoever is called by
    office and place (*the Bishop of Brant*); people side by side, names around a nickname, and both sides of *&* are one.
    """
    found = _edged(text, sorted(unbroken(text, entities), key=lambda e: e.start))
    found = _with_namesakes(text, [_whole(text, e) for e in found])
    people = {e.end: e.start for e in found if e.kind == "PERSON" and hinted_gender(text[e.start : e.end]) is not None}
    found = _over(found, [(lo, hi) for lo, hi in _abbreviated(text) if people.get(hi, -1) < lo], "ORG")  # not Ann Veld (AV)
    found = _over(found, list(_holders(text, found)), "PERSON")
    found = _over(found, [s for s in states_in(text) if not any(_holds(e, s) for e in _at(found, s))], "LOC")
    found = _over(found, nicknamed(text, found), "PERSON")
    pairs = [m.span() for m in _PAIR.finditer(text)] if " & " in text else []
    found = _over(found, [s for s in pairs if not _at(found, s)], "ORG")
    found = _over(found, [s for s in bodies_of_members(text) if not any(_holds(e, s) for e in _at(found, s))], "ORG")
    return list(alone(text, _joined(text, found)))


def _at(entities: Sequence[Entity], span: Chars) -> Sequence[Entity]:
    """Those of the entities, of which none overlaps another, that a stretch overlaps."""
    lo = bisect_right(entities, span[0], key=lambda e: e.end)
    return entities[lo : bisect_left(entities, span[1], lo=lo, key=lambda e: e.start)]


def _holds(e: Entity, span: Chars) -> bool:
    """Whether an entity is more than a stretch within it."""
    return e.start <= span[0] and span[1] <= e.end and span[1] - span[0] < e.end - e.start


def _with_namesakes(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """The entities; who was named in full before, with a country's name for a surname, is no country: *Carla Spain*, *Spain*."""
    places = {text[e.start : e.end] for e in entities if e.kind == "LOC"}
    if not any(e.kind == "PERSON" and text[e.start : e.end].split(" ")[-1] in places for e in entities):
        return list(entities)
    places -= {m[1] for m in _IN_PLACE.finditer(text)} if places else set()
    first: dict[str, int] = {}
    for e in entities if places else ():
        given, _, surname = text[e.start : e.end].rpartition(" ")
        if e.kind == "PERSON" and surname in places and given and hinted_gender(text[e.start : e.end]) is not None:
            first.setdefault(surname, e.start)
    return [
        replace(e, kind="PERSON") if e.kind == "LOC" and first.get(text[e.start : e.end], e.start) < e.start else e
        for e in entities
    ]


def _over(entities: Sequence[Entity], spans: Sequence[Chars], kind: EntityKind) -> list[Entity]:
    """Entities of a kind at spans, and the others but those that they overlap."""
    if not spans:
        return list(entities)
    others = [e for e in entities if not any(stands_in(spans, at) for at in (e.start, e.end - 1))]
    return sorted([*others, *(Entity(lo, hi, kind, 1.0) for lo, hi in spans)], key=lambda e: e.start)


def acronyms_of(text: str) -> dict[str, str]:
    """Abbreviations that the article introduces in brackets, with what they stand for."""
    if not _BRACKETED.search(text):
        return {}
    small = {m.group(2): _initialled(m.group(1), m.group(2)) for m in _before_brackets(_ACRONYM_OF_NOUN, text)}
    found = {m.group(2): _OWNER_MARK.sub("", _clip_acronym(m.group(1), m.group(2))) for m in _before_brackets(_ACRONYM, text)}
    return {short: name for short, name in {**small, **found}.items() if name and not is_office(name)}


def _before_brackets(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern for words and the short form in brackets behind them, nine words at most."""
    at = 0
    for brackets in _BRACKETED.finditer(text):
        words = text[at : brackets.start()].rsplit(" ", 9)
        begin = at + len(words[0]) + 1 if len(words) > 9 else at
        if (m := pattern.search(text, begin, brackets.end())) is not None:
            yield m
        at = brackets.end()


def beside(text: str, end: int) -> str | None:
    """What stands in brackets behind a name, if it may be another name for the same: *Cosatu*."""
    m = _BESIDE.match(text, end)
    return m.group(1) if m is not None else None


def without_nickname(name: str) -> str:
    """*Gerardo “Chuy” Galvez* → *Gerardo Galvez*."""
    return _NICKNAME.sub(" ", name)


def is_firm(words: str) -> bool:
    """Whether capitalised words behind a name end in a firm's legal form: *Kilns Inc*."""
    return words.split(" ")[-1].lower().rstrip(".") in _FIRM


def is_sum(words: str) -> bool:
    """Whether words begin with a sum of money: *R300-million*."""
    return _SUM.match(words) is not None


def nickname_in(name: str) -> str | None:
    """*Chuy*, of *Gerardo “Chuy” Galvez*."""
    m = _NICKNAME.search(name)
    return (m.group(1) or m.group(2)) if m is not None else None


@functools.lru_cache(maxsize=1 << 12)
def is_of_place(name: str) -> bool:
    """Whether a name is an office with its place: *Bishop of Brant*."""
    return _OFFICE.match(name) is not None


def is_common(text: str, start: int, word: str) -> bool:
    """Whether a word with a capital is but a noun behind *the*: *the Kingdom*, *the Opposition*."""
    return text[max(0, start - 4) : start].lower() == "the " and is_noun(word.lower())


def _edged(text: str, entities: Sequence[Entity]) -> list[Entity]:
    out: list[Entity] = []
    for e in entities:
        words = text[e.start : e.end]
        start = e.start + (0 if words[:1].isupper() else len(words) - len(_NO_HEAD.sub("", words)))
        if text[start - 1 : start] == "-" and text[start].islower():
            start += len(words) - len(_WORD.sub("", words, count=1))  # the Tarvo-based Green Group
        last = words[words.rfind(" ") + 1 :]
        end = e.end if last.isalnum() and last[:1].isupper() else e.end - len(words) + len(_NO_TAIL.sub("", words))
        owner = _OWNER.match(text, start, end) if e.kind == "PERSON" else None
        start = owner.end() if owner is not None else start  # Labour's Ann Veld
        if e.kind == "PERSON" and (lead := _LOW_LEAD.match(text, start, end)) is not None:
            start = lead.end()  # baker Tam Odell
        if e.kind == "PERSON" and (based := _BASED.match(text, start, end)) is not None:
            start = based.end()  # Oslen-based Odell
        if e.kind == "PERSON" and (tail := _LOW_TAIL.search(text, start, end)) is not None:
            end = tail.end(1)  # Odell-Lund | dwelt on it
        given = _GIVEN.search(text, max(0, start - 60), start) if e.kind == "PERSON" and text[start - 1 : start] == " " else None
        title = text[max(0, given.start() - 8) : given.end(1)].lower().rstrip(".") if given is not None else ""
        if given is not None and (is_office(title) or title.endswith(_TWO_WORDS)) and not is_office(given.group(2)):
            start = given.start(2)  # Minister Sri Wulandari Prasetyo, Tan Sri Lim Kok Wing
        if e.kind == "PERSON" and (trade := _TRADE.match(text, start, end)) is not None:
            work = trade.group(1).lower()
            start = trade.end() if is_trade(work) else start  # Baker Ann Veld wept
        kind = e.kind
        if kind == "PERSON" and text[start:end].rstrip(".").split(" ")[-1].lower() in _FIRM:
            kind = "ORG"  # PT Tallow Raya Tbk
        if kind == "PERSON" and _is_called_body(text[start:end]):
            kind = "ORG"
        if (more := _AND_COMPANY.match(text, end)) is not None and (kind == "ORG" or " " not in text[start:end]):
            end, kind = more.end(), "ORG"  # Tallow & Co
        if kind == "ORG" and text.startswith(".", end) and text[start:end].split(" ")[-1].lower() in _LEGAL:
            end += 1
        if e.kind == "PERSON" and (younger := _JUNIOR.match(text, end)) is not None:
            end = younger.end()
        if e.kind == "PERSON" and (rest := _LABEL_REST.match(text, end)) is not None and text[start:end].isupper():
            end = rest.end()
        if e.kind == "PERSON" and _NICK_OPENED.search(text, start, end) is not None and text[end : end + 1] in _NICK_CLOSES:
            end += 1  # Gerardo “Chuy” | Galvez
        if kind == "ORG" and (letters := _LETTERS_BEHIND.match(text, end)) is not None:
            end = letters.end()  # Tallow A.|D.
        glued = _GLUED.match(text, end)
        end = glued.end() if glued is not None else end
        cut = text[end : end + 1] == ")" and "(" in text[start:end] and ")" not in text[start:end]
        end += int(cut)  # JD(S)
        end = _with_faction(text, start, end) if kind == "ORG" else end
        adherent = text[start:end].split(" ")[-1].lower() in _ADHERENTS and text[start - 4 : start].lower() == "the "  # Democrat
        if e.kind == "PERSON" and _TITLE_OF_TWO.match(text, start) is not None and e.end - start < _LONGEST_TITLE:
            continue  # Tan, in Tan Sri Lim Kok Wing
        pair = _TITLE_OF_TWO.match(text, text.rfind(" ", max(0, start - _LONGEST_TITLE), max(0, start - 1)) + 1)
        if pair is not None and start < pair.end() - 1 < end:
            start = pair.end() - 1  # Tan | Sri Lim
        end = _with_field(text, start, end, kind)
        if out and start < out[-1].end:
            continue  # the SP of the NCP (SP)
        adjective = kind == "ORG" and text[start:end].islower() and _BEFORE_NAME.fullmatch(text, start, end + 2) is not None
        if start < end and not adjective and not (kind == "PERSON" and (text[start:end].islower() or adherent)):
            same = (e.start, e.end, e.kind) == (start, end, kind)
            out.append(e if same else replace(e, start=start, end=end, kind=kind))
    return out


def _is_called_body(name: str) -> bool:
    """Whether a name that the network takes for somebody's ends in a noun for bodies, no surname: *Tarvo Hockey League*."""
    first, _, last = name.rpartition(" ")
    return bool(first) and last.lower() in _TAILS and hinted_gender(name) is None


def _with_field(text: str, start: int, end: int, kind: EntityKind) -> int:
    """Where a body's name ends whose field was read in part: *Union of Mine | and Smelter Workers*, *of Cruelty | to Animals*."""
    words = text[start:end].split(" ")
    if kind == "ORG" and words[-1].lower() in _ON_FIELDS and (on := _ON.match(text, end)) is not None:
        return on.end()  # the Commission | on the Status of Women
    if kind != "ORG" or not any(w in ("of", "for") for w in words[1:]):
        return end
    m = _MORE_OF_BODY.match(text, end)
    return end if m is None or (m["last"] is not None and " to" not in m.group()[:3]) else m.end()


def _with_faction(text: str, start: int, end: int) -> int:
    """Where a party's name ends with the letters of its faction, which is another party: *NCP (SP)*, *Shiv Sena (UBT)*; not with
    those that abbreviate it, if in another language's order: *Tarvo People's Party (PPT)*.
    """
    m, name = _FACTION.match(text, end), text[start:end]
    if m is None or not ((name.isupper() and " " not in name) or name.split(" ")[-1].lower() in _PARTY):
        return end
    abbreviates = len(m[1]) > 1 and (in_order(m[1], name) or sorted(m[1]) == sorted(w[0] for w in name.split(" ")))
    of_words = name.split(" ")[-1].lower() in _IN_WORDS and len(m[1]) > 2  # the Coastal Party (PC), in whatever language
    return end if abbreviates or of_words else m.end()


def speaks(printed: str) -> bool:
    """Whether capitals end in a verb: *LUND SPOKE*."""
    words = printed.lower().split(" ")
    verb = cue_verb(words[-1])
    return printed.isupper() and len(words) > 1 and (words[-1] in FINITE or (verb is not None and verb.lemma != words[-1]))


def _whole(text: str, e: Entity) -> Entity:
    """A name without the verb behind it, a body with all its fields: *LUND SPOKE*, *the ministry of roads, ports and rail*."""
    if e.kind == "PERSON" and speaks(text[e.start : e.end]):
        return replace(e, end=text.rindex(" ", e.start, e.end))
    fields = COMPLEMENTS.match(text, e.start) if e.kind == "ORG" else None
    last = _FIELD.match(text, fields.end()) if fields is not None and e.end < fields.end() else None
    return replace(e, end=last.end()) if last is not None else e


def _abbreviated(text: str) -> Iterator[Chars]:
    """What stands before an abbreviation in brackets, which is a name: *Doctors of the World (DOW)*; most articles have none."""
    for m in _before_brackets(_ACRONYM, text):
        name = _clip_acronym(m.group(1), m.group(2))
        if name and not is_office(name):
            yield m.end(1) - len(name), m.end(1) - len(name) + len(_OWNER_MARK.sub("", name))


def _holders(text: str, entities: Sequence[Entity]) -> Iterator[Chars]:
    """*The Bishop of Brant* and others who are called by office and place, if no name follows: not *Bishop of Brant Bo Lund*."""
    people = [e.start for e in entities if e.kind == "PERSON"]
    for m in _OF_PLACE.finditer(text):
        named = bisect_left(people, m.start(1) + 1)
        if any(e.start < m.start() < e.end for e in entities if e.kind == "PERSON"):
            continue  # Ada Obi of the Association
        if m.group()[0].isupper() and not (named < len(people) and people[named] < m.end() + 2):
            yield m.span()


def _joined(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """People who stand side by side, with a nickname or nothing but a space between, are one; so are both sides of *&*."""
    out: list[Entity] = []
    for e in entities:
        if not out:
            out.append(e)
            continue
        last = out[-1]
        if last.kind == "PERSON" and (nick := _NICKNAME.match(text, last.end)) and e.end < nick.end():
            continue  # Mo, in Mohammed (Mo) Veld
        between = text[last.end : e.start]
        owns = _OWNER_MARK.search(text, last.start, last.end) and not _NICK_CLOSED.search(text, last.start, last.end)
        space = (len(between) == 1 and between.isspace() and not owns) or _PARTICLES.fullmatch(between) is not None
        same = (e.kind == "PERSON" and space) or _is_nickname(text, last, e)
        nation = e.kind == "NORP" and text[e.start : e.end].lower() not in _ADHERENTS
        native = space and nation and " " not in text[last.start : last.end]  # Leila Danish
        seated = last.kind == "ORG" and between == " of " and _is_seated(text, last, e)  # the Supreme Court of Tarvo
        if seated or (last.kind == "PERSON" and (same or native)):
            out[-1] = replace(last, end=e.end)
        elif between == " & " and " " not in text[e.start : e.end]:
            out[-1] = replace(last, end=e.end, kind="ORG")
        else:
            out.append(e)
    return out


def _is_seated(text: str, body: Entity, place: Entity) -> bool:
    """Whether a body's name goes on with its place: *Supreme Court of Tarvo*, but not *Tallow Ltd of Tarvo*."""
    word = place.kind == "LOC" or (place.kind == "PERSON" and " " not in text[place.start : place.end])
    return word and text[body.start : body.end].split(" ")[-1].lower() in BODIES


def _is_nickname(text: str, one: Entity, other: Entity) -> bool:
    """Whether a nickname stands between two people, or begins the other one: *Venkat (*, *Venko) Ramanath*."""
    m = _NICKNAME.match(text, one.end)
    if m is None or not other.start <= m.end() <= other.end:
        return False
    nick = m.group(1) or m.group(2)
    alone = other.kind == "PERSON" or " " not in text[one.start : one.end]  # Saša, in Aleksandar (Saša) Mitić, whoever that is
    return alone and not nick.isupper() and (bool(m.group(2)) or nick.lower() not in TITLES | DAYS)


def _clip_acronym(name: str, acronym: str) -> str:
    """*Independent medical charity Doctors of the World (DOW)* → the words whose initials make the acronym; empty
    where none do.
    """
    words = name.split(" ")
    for k in range(len(words) - 1, -1, -1):
        if words[k][0] == acronym[0] and _makes(words[k:], acronym):
            return " ".join(words[k:])
    return _initialled(name, acronym)


def is_office(name: str) -> bool:
    """Whether the last word is for a person: *chief executive officer (CEO)*."""
    last = name.split(" ")[-1].lower()
    return is_person_noun(last)


def _makes(words: Sequence[str], acronym: str) -> bool:
    """Whether the initials of words make an acronym; those in small letters may be left out."""
    capitals = [c for c in acronym if c.isupper()]
    n = 0
    for w in words:
        if n < len(capitals) and w[0].upper() == capitals[n]:
            n += 1
        elif w[0].isupper():
            return False
    return n == len(capitals)


def _initialled(words: str, acronym: str) -> str:
    """The last words whose initials make an acronym: *the new special investigation team*, *SIT* → the last three."""
    last = words.split(" ")[-len(acronym) :]
    return " ".join(last) if "".join(w[:1] for w in last).upper() == acronym else ""

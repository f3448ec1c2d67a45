"""What a mention is: a name, a noun phrase or a pronoun; and what heads it."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..lexicon.forms import MODIFIERS, parts_of_speech, singular
from ..lexicon.governments import country_of, government_of
from ..lexicon.nouns import BODIES, BODY_LIKE, is_person_noun, written_out
from ..lexicon.tables import nouns, words
from ..lexicon.words import ANAPHORS, CAPITALS_TITLES, DETERMINERS, PREPOSITIONS, PRONOUNS, RELATIVES, TITLES
from ..text.chars import Chars
from .authors import author_behind, is_called_document, opens_document, told_authors
from .entities import is_office
from .names import PrintedName
from .offices import is_in_capitals, office_before

MentionForm = Literal["name", "nominal", "pronoun"]
_DOCUMENTS = nouns("document")
_ADHERENTS = nouns("adherent")
_ADHERENT = re.compile(rf" (?:{'|'.join(sorted(noun.capitalize() for noun in _ADHERENTS))})\Z")
_CALLED = re.compile(rf"(?: [a-z][\w-]*){{0,2}} (?:{'|'.join(sorted(nouns('called')))})")
_OFFICE_BEHIND = re.compile(r"(?: [A-Z][\w-]*)* ([A-Z][\w-]*)\b")
_POSTPOSED = frozenset(("designate", "elect", "emeritus"))
_PUT_OUT = frozenset(  # the report released
    "released published issued posted uploaded shared seen obtained signed submitted prepared compiled conducted sent written "
    "circulated".split()
)
_LIKE_PRONOUNS = ("WHO", "US")  # a body, a country
_UNIONS = ("UN", "U.N.", "EU", "AU")  # of whose many agencies none is itself
_DEPUTY, _FORMER = words("deputy"), words("former")
_POSSESSIVES = words("possessive")
_OWNERS = (*_POSSESSIVES, "'s")
_DESCRIPTIVE = re.compile(
    r"\b(?:former|retired|ousted|outgoing|convicted|veteran|late|[\w-]+-old|\w+-born|exiled|disgraced|newly|one-time|self-\w+|"
    r"embattled|acting|ex-\w+|\w+-of-[\w-]+)\b"
)
_OF_CHILDREN = re.compile(r" of (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\Z")
_KIN, _WORKPLACES, _ANY_OFFICE, _EPITHETS = nouns("kin"), nouns("workplace"), nouns("any_office"), nouns("epithet")
_POLICE = frozenset("inspector sergeant constable detective superintendent policeman policewoman commissioner".split())
LOOSE = re.compile(
    r"(?:by|of|from|to|for|with|in|that|what) |"
    r"(?:compiled|published|released|conducted|organi[sz]ed|prepared|issued|commissioned|gathered|collected|provided) by ",
    re.IGNORECASE,
)
_LOOSE_END = re.compile(r"(?: (?:by|of|from|to|for|with|in|on|at|who|that|also|then|himself|herself))+\Z")
_OF_ARMY = re.compile(r"(?:brigadier|brig|lieutenant|lt|major|maj)-(?=general\b|gen\b|colonel\b|col\b)")
_OF_NAVY = re.compile(r"\bvice[ -](?=admiral|marshal)", re.IGNORECASE)  # who is no deputy
_OLD = re.compile(r"\b(\d{1,3})(?: |-)years?(?: |-)old\b")
_STYLE = re.compile(  # His Highness the Amir
    r"(?:(?:His|Her|Their) (?:[A-Z]\w+ )?(?:Highness|Excellency|Majesty|Eminence|Holiness|Honou?r|Grace|Worship)"
    r"|H\.?R?\.?[HE]\.?),? (?=[Tt]he [A-Z])"
)
_PREPOSITIONS = "of|for|in|at|from|to|with|by|on|near|against|behind|inside|about|between|among|under|close to"
_ENDS_IN_PREPOSITION = re.compile(rf"\b(?:{_PREPOSITIONS})(?: the| a| an)?$")
_ACTING = re.compile(r"(?P<who>(?:[\w’'-]+ ){0,4}[\w-]+) [a-z]{2,}ing (?:(?:the|a|an) )?(?:[A-Z]|\Z)")
PREPOSITION = re.compile(r"\b(?:of|for|in|at|from|with|by|on|near|against|like|such as|including)\b")
_PLURAL_BEFORE = re.compile(r"[\w’' -]*?[a-z]s (?:of|for|in|at|from|with|by|on|near|like|such as|including)\b")
_CLAUSE = re.compile(  # the clerk who hired Ann Veld, but: the clerk who gave her name as Ann
    r",? (?:who|whom|whose|which|that)\b"
    r"(?P<calls>.*\b(?:called|named|known|name|\w+self|\w+selves)(?: (?:only|just|simply|as|is|was))*\Z)?"
)
_GROUP_AT = re.compile(r"\w+s (?:in|at|from|near|across) ")
_OWNER = re.compile(r"[’']s? +(?=\w)")
_MODIFIES = re.compile(r"(?:[’']s?|-(?:based|led|backed|run|born)\b)(?=.*\w)")
_BESIDE = re.compile(  # what may stand between a name and what goes on: Tallow Inc. chair, Tarvo 'A' bowler, Tarvo U-19 captain
    r"\.?(?: ?\([^()]{1,40}\)| ['‘\"“]?[A-C]['’\"”]?(?= [a-z])| (?:[Uu]nder-?|U-?)\d\d\b| XI\b|[”\"’'](?= [a-z]))?"
)
_FOLLOWS = re.compile(r" ([a-zà-ÿ]\w*)")
_GOES_ON = frozenset(_PREPOSITIONS.split("|")) | words("after_name")
_SAME_NAME = re.compile(r"[)”\"]?\.?(?: (?:\([^()]{1,40}\)|[“\"][\w ]{1,40}[”\"]))?(?: (?!(?:of|for|and|in|at)\b)[\w-]+\.?)* ")
_HOLDS = re.compile(r"(?: [\w-]+){0,4} ([\w-]+), ")  # Tallow Rail chief executive, Ann Veld
_DETERMINER = re.compile(
    r"(the|this|that|these|those|a|an|another|any|each|every|one|some|several|two|three|four|five|many|most|"
    r"his|her|its|their|our|my|no) (?!of )",
    re.IGNORECASE,
)
_OWNS_OFFICE = re.compile(r"(?:[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Mm]y|[Ii]ts|[Aa]n?|[Aa]nother|[Oo]ne) (?:[a-z][\w-]* )*\Z")
_BRANCH = re.compile(  # the local chapter of the rivers charity Tallow
    r"(?:[\w’'-]+ ){0,3}(?:chapter|branch|arm|wing|unit|division|affiliate|office) of (?:the )?(?:[a-z][\w-]* ){0,3}(?=[A-Z])"
)
_ONE_OF = re.compile(
    r"(?:[Oo]ne|[Aa]nother) of (?:them\b|(?:the|these|those|his|her|their|its|our)\b (\w.*))|[Ss]ome(?:one|body)\b"
    r"|(?:[Oo]ne|[Aa]nother)(?= (?:\w+ing|\w{4,}ed) (?:an?|the|his|her|by|in|for|at|on|to|with|nearby|outside)\b)"
    r"|(?:[Oo]ne|[Aa]nother|[Tt]he other|(?:[Tt]he|[Aa]) (?:first|second|third|fourth))"
    r"(?=\Z|,| (?:who|whose|in|with|from|near|at|on|outside|close)\b)"
)
_FOCUS = re.compile(r"(?:[Jj]ust|[Oo]nly|[Aa]t least|[Ee]ven|[Yy]et) (?=(?:one|an?|another|the|some|my|his|her|our|their|its)\b)")
_OWNED = re.compile(r"(?:the )?([^,]*?\w(?<!['‘’][A-C])[’']s?) (?=\w)", re.IGNORECASE)  # no Tarvo 'A' bowler
_OWNER_MARK, _LINKED = re.compile(r"[’']s?\Z"), re.compile(rf"\b(?:{_PREPOSITIONS}|who)\b")
_COMPLEMENT = re.compile(
    r",(?!\d)| (?:of|for|in|at|from|to|with|by|on|near|close|inside|outside|behind|who|which|whose|that|familiar|reached|known|"
    r"called|named|identified|surnamed|about|not|authorised|authorized|briefed|speaking|there|here)\b"
)  # fmt: skip


@dataclass(frozen=True)
class Mention:
    """A mention taken apart.

    Attributes:
        form: what it is.
        name: the name that heads it.
        lead: words before that name (titles, *the novelist*).
        head: the noun that heads it, in small letters.
        determiner: *the*, *a*, *his*; *'s* after an owner; empty without.
        owner: who owns the head (*Okonjo’s* wife), as printed.
        phrase: the noun phrase without its determiner and what follows the head.
        whole: the noun phrase without its determiner.
    """

    form: MentionForm
    name: PrintedName | None = None
    lead: str = ""
    head: str = ""
    determiner: str = ""
    owner: str = ""
    phrase: str = ""
    whole: str = ""

    @property
    def owner_name(self) -> str:
        """The owner without its article and mark: *the firm's* → *firm*."""
        return re.sub(r"^[Tt]he |[’']s?$", "", self.owner)


def read_mention(text: str, span: Chars, printed: Sequence[PrintedName], behind: Sequence[PrintedName] = ()) -> Mention:
    """Take a mention apart; ``printed`` are the names that stand within it, ``behind`` those that follow it closely."""
    start, end = span
    loose = LOOSE.match(text, start, end)
    start = loose.end() if loose and loose.end() < end else start
    style = _STYLE.match(text, start, end)
    start = style.end() if style is not None else start
    words = _LOOSE_END.sub("", text[start:end])
    end = start + len(words)
    if words.lower() in ANAPHORS | _POSSESSIVES | RELATIVES and words not in _LIKE_PRONOUNS:
        return Mention("pronoun", head=words.lower())
    somebody = bool(printed) and printed[0].titled == start and is_called_document(printed[0])
    wrote = None if somebody else author_of(text, start, end, printed) or _author_behind(text, start, end, behind)
    if wrote is not None:
        return Mention("name", wrote)
    p = _heading(text, start, end, [p for p in printed if p.kind is not None] or printed)
    if p is None:
        return _noun_phrase(words)
    last = p.name.split(" ")[-1].lower()
    if last in _DOCUMENTS and p.name.isupper():
        return Mention("nominal", head=last, determiner="the", phrase=last, whole=last)  # the FIR
    the = words[:4].lower() == "the "
    body = " of " in p.name and p.name.split(" of ")[0].split(" ")[-1].lower() in BODIES  # the Ministry of Justice
    body = body or (last == "guard" and " " in p.name)  # the Coast Guard
    titled = is_person_noun(last) and p.kind not in ("person", "government", "media") and not body
    capitals = p.kind != "government" and is_in_capitals(p.name)  # Washington DC
    office = last in TITLES or capitals
    if (
        last in _ADHERENTS
        and not p.name.isupper()
        and p.kind != "person"
        and p.end == end
        and _DETERMINER.match(words) is not None
    ):
        return _noun_phrase(words)  # the Tory, the Lib Dem
    alone = (last in TITLES or capitals) and p.kind is None and " " not in p.name and p.end == end
    if alone and _OWNS_OFFICE.match(text, start, p.start) is not None:
        return _noun_phrase(words)  # her local MP
    bare = capitals and " " in p.name  # Tarvo MLA, for whoever that is
    if (titled and (the or " " in p.name)) or bare or (the and office and " " not in p.name):
        phrase = text[start + 4 : p.end] if the and text[start + 4 : p.start].islower() else p.name  # the former Prosecutor
        return Mention("nominal", head=head_of(p.name), determiner="the", phrase=phrase, whole=phrase)
    lead = text[start : p.titled].strip()
    lead = lead[: clause.start()] if (clause := _CLAUSE.search(lead)) is not None else lead
    if loose and p.titles and lead.islower() and " " not in lead:
        lead = ""  # in reaction Minister Veld
    owner = _OWNER.search(lead + " ") if PREPOSITION.search(lead) is None else None  # the chair of the Farmers' Union Ann Veld
    rest = " ".join(filter(None, (lead[owner.end() :] if owner else lead, p.titles)))
    return Mention("name", p, rest, owner=lead if lead.endswith(("’", "'", "’s", "'s")) and not p.titles else "")


def _heading(text: str, start: int, end: int, printed: Sequence[PrintedName]) -> PrintedName | None:
    """The name that heads a mention; None if a common noun does (*the Assad regime*, *a spokesman for Ann Veld*)."""
    people = [p for p in printed if p.kind == "person"]
    if len(people) == 1 and people[0] is printed[-1] and _is_holder(text, start, end, people[0]):
        return printed[-1]
    for n, p in enumerate(printed):
        lead, tail = _lead(text, start, p, printed[:n]), text[p.end : end]
        if n and lead.endswith("(") and tail.startswith(")") and p.kind != "person":
            continue  # the Tarvo Trade Union (TTU) deputy chair Ann Veld
        if (
            _ENDS_IN_PREPOSITION.search(lead)
            or "," in MODIFIERS.sub("", lead, count=1)
            or _actor(f"{lead} ")
            or ((clause := _CLAUSE.search(lead)) is not None and not clause["calls"])
            or (p.start == start and _GROUP_AT.match(p.name))
        ):
            return None  # farmers in Tarvo, but Doctors of the World
        if PREPOSITION.search(lead) and (p.kind != "person" or _DETERMINER.match(lead) or _PLURAL_BEFORE.match(lead)):
            return None  # analysts at the firm Veld Rail, but Secretary of State Ann Veld
        person = next((o for o in printed[n + 1 :] if o.kind == "person"), None)
        beside = _BESIDE.match(tail)
        tail = tail[beside.end() :] if beside is not None else tail
        if _MODIFIES.match(tail):
            if not _OWNER.match(tail) and n + 1 == len(printed):
                return None  # Tarvo-based activists
            continue  # Tarvo's Ann Veld, the Tarvo-based activist Ann Veld
        if _ADHERENT.match(tail) is not None:
            return None  # the Tarvo Republican
        if _CALLED.fullmatch(tail) is not None and p.kind not in ("person", "government") and p.name not in _UNIONS:
            return p  # the Tarvo Herald newspaper
        office = _OFFICE_BEHIND.match(tail)
        held = office is not None and (office.group(1).lower() in TITLES or is_in_capitals(office.group(1)))
        if person is None and p.kind != "person" and held:
            return None  # the UN Special Envoy, the Tarvo People's Party (TPP) MP
        last = printed[-1]
        if _CALLED.fullmatch(text, p.end, last.start - 1) is not None and last.end == end:
            continue  # the UN refugee agency UNHCR
        follows = _FOLLOWS.match(tail)
        if follows is not None and follows.group(1) not in _GOES_ON:
            if person is None:
                return None  # the Assad regime
            continue  # NUE president Ann Veld
        if person is not None and p.kind != "person" and _SAME_NAME.fullmatch(text, p.end, person.start):
            continue  # US Treasury Secretary Ann Veld
        if person is not None and person.titles and p.kind != "person" and text[person.titled - 2 : person.titled] == ", ":
            continue  # Public Works and Housing, Eng. Ann Veld
        holds = _HOLDS.fullmatch(text, p.end, person.titled) if person is not None and p.kind != "person" else None
        if holds is not None and is_office(holds.group(1)):
            continue
        if person is not None and person is last and person.end == end and p.kind != "person" and is_led(text, p, person):
            continue  # Tarvo-Brant legislator Ann Veld
        return p
    return None


def is_led(text: str, body: PrintedName, person: PrintedName) -> bool:
    """Whether nothing but an office stands between a body, or a place, and the full name of who holds it, which ends the mention:
    *Tallow Bank and Trust President Ann Veld*, *the Tarvo Fish Union (TFU) deputy head and coast envoy Ann Veld*.
    """
    between = text[body.end : person.start].rstrip()
    office = between.split(" ")[-1].lower()
    return " " in person.name and is_office(office) and not re.search(rf",|\b(?:{_PREPOSITIONS})\b", between)


def _actor(words: str) -> str | None:
    """Those who do something to a name: *lawyers representing the*, *a group backing*; None where nobody does."""
    m = _ACTING.match(words)
    who = m["who"].split(" ")[-1].lower() if m is not None else ""
    acts = who.endswith("s") or is_person_noun(who) or who in BODIES or who in BODY_LIKE
    return m["who"] if m is not None and acts else None


def _lead(text: str, start: int, p: PrintedName, before: Sequence[PrintedName]) -> str:
    """The words before a name and its titles; names of several words among them, as *Bank of Japan*, count as one."""
    end = p.titled
    for other in before:
        end = max(end, other.end + 1) if other.start < end < other.end else end  # of Japan Governor Ann Veld
    lead = text[start:end].strip()
    for other in before:
        lead = lead.replace(other.name, "N") if PREPOSITION.search(other.name) else lead
    return lead


def author_of(text: str, start: int, end: int, printed: Sequence[PrintedName], narrow: bool = False) -> PrintedName | None:
    """Who wrote a document that a stretch of text names: *a World Bank report*, *Veld's letter*, *a survey by Tallow*;
    ``narrow``: one that reports nothing there, of which only that is looked for which is always written.
    """
    for (lo, hi), kinds in told_authors(text, start, end, narrow):
        branch = _BRANCH.match(text, lo, hi)
        lo = branch.end() if branch is not None else lo
        p = _heading(text, lo, hi, [p for p in printed if lo <= p.start < hi])
        if kinds is None or (p is not None and p.kind in kinds):
            return p if p is not None and p.kind != "government" else None
    for p in [p for p in printed if not PREPOSITION.search(text[start : p.titled])]:
        if p.kind != "government" and opens_document(text, p, end, narrow):
            return p
    return None


def _author_behind(text: str, start: int, end: int, behind: Sequence[PrintedName]) -> PrintedName | None:
    """Who wrote a document, where that is told right behind what was read for its name: *a study carried* out by Tallow."""
    at = author_behind(text, start, end) if behind else None
    return next((p for p in behind if at in (p.start, p.titled) and p.kind != "government"), None)


def _is_holder(text: str, start: int, end: int, p: PrintedName) -> bool:
    """Whether a person's name ends a mention behind an office and where it is held: *superintendent of Tarvo Police Ann Veld*,
    but not *lawyer for the singer Ann Veld*.
    """
    lead = text[start : p.start].rstrip()
    if p.kind != "person" or " " not in p.name or "," in MODIFIERS.sub("", lead, count=1) or re.search(r"\w", text[p.end : end]):
        return False
    if office_before(lead):
        return True
    where = list(re.finditer(r"\b(?:of|for|in|at|from|to|with|on)\b", lead))
    words = lead[where[-1].end() :].split() if where else []
    if not words or words[-1].endswith(("’s", "'s", "s’", "s'")):
        return False
    if not (words[-1][0].isupper() or words[0][0].isupper() or words[-1].endswith("s") or words[-1] in BODIES):
        return False  # but: a specialist in labour affairs Ann Veld, the head of the water department Ann Veld
    lows = [w.lower().strip("().,") for w in words]
    head = _noun_phrase(lead).head
    return (is_person_noun(head) or head in CAPITALS_TITLES) and not is_person_noun(lows[-1])


def _noun_phrase(words: str) -> Mention:
    words = _FOCUS.sub("", _OLD.sub(r"\1-year-old", _actor(words) or words))
    if (one := _ONE_OF.match(words)) is not None:  # one of the mothers, who is a mother; one, who is somebody
        rest = one.group(1) or "person"
        return Mention("nominal", head=singular(head_of(rest)), determiner="one", phrase=_bare(rest), whole=rest)
    determiner, owner, rest = "", "", words
    own, m = _OWNED.match(words), _DETERMINER.match(words)
    if own is not None and (_LINKED.search(own.group(1)) is None or government_of(_OWNER_MARK.sub("", own.group(1))) is not None):
        determiner, owner, rest = "'s", own.group(1), words[own.end() :]
    elif m is not None:
        determiner, rest = m.group(1).lower(), words[m.end() :]
    listed = MODIFIERS.match(rest)
    at = listed.end() if listed is not None else 0  # the noun behind the list heads it
    phrase = rest[:at] + _bare(rest[at:])
    return Mention("nominal", head=head_of(rest[at:]), determiner=determiner, owner=owner, phrase=phrase, whole=rest)


@functools.lru_cache(maxsize=1 << 10)
def _bare(phrase: str) -> str:
    """A noun phrase without what depends on its head: *retired bus driver*, of *retired bus driver from Tarvo*, and *lawyer*, of
    *lawyer representing the family*.
    """
    bare = _COMPLEMENT.split(phrase)[0].strip()
    words = bare.split()
    for k, word in enumerate(words[1:], 1):
        if not word.endswith(("ing", "ed")) or "VERB" not in parts_of_speech(word):
            continue
        noun = singular(words[k - 1].lower())
        behind = words[k + 1].lower() if k + 1 < len(words) else ""
        small = behind in DETERMINERS | PREPOSITIONS | PRONOUNS or behind == "nearby" or "ADV" in parts_of_speech(behind)
        ends = not behind or small or (singular(behind) != behind and is_person_noun(singular(behind)))
        if ends and (is_person_noun(noun) or noun in BODIES or noun in BODY_LIKE):
            return " ".join(words[:k])
    return bare


@functools.lru_cache(maxsize=1 << 10)
def head_of(phrase: str) -> str:
    """The head of a noun phrase, in small letters: *a retired bus driver from Tarvo* → *driver*."""
    words = _bare(phrase).split()
    words = words[:-1] if len(words) > 1 and words[-1] in _POSTPOSED | _PUT_OUT else words
    last = words[-1].lower().strip("\"'“”’‘.") if words else ""
    last = _OF_ARMY.sub("", last)
    office = f"{words[-2].lower()}-{last}" if len(words) > 1 and last == "general" else ""
    return office if is_person_noun(office) and _OF_ARMY.match(office) is None else last  # the attorney general is no general


def nation_of(m: Mention) -> str | None:
    """The country of somebody who is called by it: *the Dane*, *the South African*."""
    return country_of(" ".join(m.phrase.split()[-2:])) or country_of(m.head)


def is_described(m: Mention) -> bool:
    """Whether a noun phrase calls somebody anew by what may be told of them: *the 38-year-old*, *the Dane*, *the former mayor*,
    *the mother of two*, *the billionaire*.
    """
    told = m.head.endswith("-old") or m.head in _EPITHETS or nation_of(m) is not None or _DESCRIPTIVE.search(m.phrase) is not None
    return told or (m.head in _KIN and _OF_CHILDREN.search(m.whole) is not None)


def same_post(m: Mention, role: str) -> bool:
    """Whether a noun phrase may be for who has a role: of the same rank, and by no other noun for one at work elsewhere."""
    if role[0].isupper() and " " not in role and m.head in _KIN and m.determiner in _OWNERS:
        return False  # her father is not Father Luis
    told, given = _words_of(m.phrase), _words_of(role)
    at = told & _WORKPLACES if m.head not in given | _ANY_OFFICE else set()  # but the central bank chief is its director
    if at and not at & given and not (at == {"police"} and given & _POLICE):
        return False  # the hotel manager is no coach
    return same_rank(m.phrase, role)


def same_rank(phrase: str, role: str) -> bool:
    """Whether a noun phrase is not for a deputy, or one who was it, where a role is for the holder, or the other way round."""
    if {phrase.split(" ")[0].lower(), role.split(" ")[0].lower()} > {"his", "her"}:
        return False  # his friend is not hers
    told, given = _words_of(phrase), _words_of(role)
    return told & _DEPUTY == given & _DEPUTY and bool(told & _FORMER) == bool(given & _FORMER)


@functools.lru_cache(maxsize=1 << 10)
def _words_of(phrase: str) -> frozenset[str]:
    return frozenset(w.lower().rstrip("-") for w in re.split(r"[\s-]+", _OF_NAVY.sub("", written_out(phrase))))


def may_be_of_one(m: Mention, p: PrintedName) -> bool:
    """Whether a noun phrase may be of the one person, or the one body, whose name stands beside it."""
    definite = m.determiner in ("the", "'s", "his", "her", "its")
    if p.kind not in ("person", None):
        return definite and not m.head.endswith("s")
    one = is_person_noun(m.head) or m.head == "one" or (m.head in CAPITALS_TITLES and m.phrase[-1:].isupper())
    return one or (definite and m.whole == m.phrase)

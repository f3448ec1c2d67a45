"""What a figure counts: the noun phrase after a number, its head and the unit that follows from it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lexicon.nouns import is_person_noun
from ..lexicon.words import COORDINATORS, FINITE, PREPOSITIONS, RELATIVES, SUBORDINATORS
from ..text.chars import Chars

PEOPLE = frozenset(
    """
person people civilian child man woman soldier troop resident refugee worker victim voter student patient migrant protester
boy girl fighter officer passenger employee member demonstrator journalist doctor rebel militant hostage prisoner inmate
survivor adult teenager villager supporter respondent other police newborn baby infant mother father nurse teacher guest
farmer pupil tourist commuter driver citizen detainee evacuee immigrant inhabitant participant policeman policewoman
serviceman fisherman gunman peacekeeper aid-worker medic paramedic firefighter miner sailor pilot crew-member crewman lawmaker
senator delegate candidate minister deputy congressman representative judge lawyer believer worshipper pilgrim spectator fan
athlete player follower user customer subscriber viewer reader visitor holder owner tenant homeowner taxpayer consumer donor
volunteer activist campaigner politician diplomat official staffer aide adviser expert scientist researcher engineer
technician graduate scholar applicant recruit conscript reservist veteran personnel staff guard insurgent jihadist terrorist
extremist suspect criminal convict juror witness individual human guy lady gentleman kid youth youngster toddler sibling
brother sister daughter son grandchild cousin parent relative friend neighbour neighbor couple widow orphan pensioner senior
retiree passer-by bystander pedestrian cyclist motorist rider climber hiker swimmer crew jew muslim christian hindu sikh
buddhist palestinian israeli syrian american briton russian ukrainian iraqi afghan iranian german indian pakistani african
european mexican chinese rohingya kurd houthi republican democrat woman-and-child trader vendor shopkeeper trainee settler
asylum-seeker returnee nominee dignitary chef life newlywed newcomer
""".split()
)
_UNCHANGED = """
sheep deer fish aircraft spacecraft personnel staff cattle headquarters series species police crossroads means swine poultry
rohingya chinese japanese vietnamese offspring taka percent infantry livestock data media dead wounded injured homeless
missing
"""
_CHANGED = """
people=person children=child grandchildren=grandchild schoolchildren=schoolchild men=man women=woman lives=life feet=foot
wives=wife knives=knife wolves=wolf leaves=leaf loaves=loaf halves=half shelves=shelf thieves=thief teeth=tooth mice=mouse
geese=goose oxen=ox others=other troops=troop centuries=century crises=crisis analyses=analysis bases=base diagnoses=diagnosis
criteria=criterion phenomena=phenomenon bacteria=bacterium cacti=cactus fungi=fungus alumni=alumnus stimuli=stimulus buses=bus
viruses=virus campuses=campus bonuses=bonus censuses=census cookies=cookie movies=movie calories=calorie ties=tie lies=lie
pies=pie zombies=zombie selfies=selfie rookies=rookie shoes=shoe caches=cache axes=axe gases=gas
"""
_IRREGULAR = {w: w for w in _UNCHANGED.split()} | dict(pair.split("=") for pair in _CHANGED.split())
# nouns for people that as often are for things where they are counted
_THINGS_TOO = frozenset(
    "seed star chair head private general forward major minor principal model guide voice face speaker source lead "
    "cast count figure anchor domestic royal boxer tanner miller mole counsel drover".split()
)
_STATES = frozenset("dead wounded injured homeless missing".split())  # 12 dead: who, and what befell them, in one word
_STOPS = (
    PREPOSITIONS | COORDINATORS | SUBORDINATORS | RELATIVES
    | (FINITE - {"plans", "needs", "looks", "likes", "wants", "supports", "helps", "shows", "means", "left"})
    | frozenset(
        "the a an each ago later not to there here it he she they we you his her its their our my this that these those "
        "up down off out away back apart today yesterday tomorrow monday tuesday wednesday thursday friday saturday "
        "sunday january february march april june july august september october november december straight running behind "
        "ahead i'm didn't don't won't can't cannot died killed wounded injured arrested displaced were fled attended "
        "voted signed gathered turned live lived suffered received followed survived remained worked visited joined "
        "participated responded agreed opposed fell rose grew sank broke stood lay drove flew fought sold bought"
        " caught them us me him much many already".split()
    )
)  # fmt: skip
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten twelve several dozens hundreds thousands some many".split()
)
_ADVERBS = frozenset(
    "more further additional new others else old few early apiece altogether respectively nationwide worldwide overall".split()
)
# a noun in -s that another noun may follow: *human rights groups*, *sports cars*
_MODIFYING_PLURALS = frozenset(
    "rights teachers sales women news police sports arms drugs systems services communications games elections "
    "operations savings economics politics physics mathematics athletics united states nations relations affairs "
    "customs special-forces forces goods human-rights veterans farmers workers children men girls boys gas bus class "
    "business press glass grass cross mass access process princess witness illness wilderness congress senators".split()
)
_NEXT = re.compile(r"[”\"’]?\s+(\(?)[“‘\"]?(?=[^\W\d_])((?:[A-Z]\.){2,}|[^\W\d_](?:[\w’'&-]*\w)?)")
_FIRST = re.compile(r"[ \xa0]?-?(?=[^\W\d_])((?:[A-Z]\.){2,}|[^\W\d_](?:[\w’'&-]*\w)?)")
_POSSESSIVE = re.compile(r"[’']s?$")
_MASS = re.compile(rf"(?:(?!(?:{'|'.join(sorted(_STOPS - {'not'}))})\b)[a-z][a-z-]+(?: |\b)){{1,4}}")
_OF = re.compile(
    r" of (?:all |both )?(?:the |its |their |our |his |her |these |those |my |your |such )?(?:country['’]s |nation['’]s )?"
    r"(?:(?:\d[\d,.]*(?: (?:million|billion|thousand|hundred))?|two|three|four|five|six|seven|eight|nine|ten|twelve) )?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted noun phrase: its words as printed, their end, the head's singular."""

    text: str
    end: int
    lemma: str
    plural: bool

    @property
    def unit(self) -> str:
        """The unit that it counts in: *person* for people of any sort."""
        head = self.lemma.split("-")[-1]
        person = head in PEOPLE or head in _STATES or (is_person_noun(head) and head not in _THINGS_TOO)
        return "person" if person else self.lemma


def singular(noun: str) -> str:
    """The singular of a noun, by rule and a short list of irregular ones."""
    low = noun.lower().replace("’", "'")
    tail = re.split(r"[- ]", low)[-1]
    if tail in _IRREGULAR:
        return low[: len(low) - len(tail)] + _IRREGULAR[tail]
    if tail.endswith("men") and len(tail) > 4:
        return low[:-3] + "man"
    if tail.endswith("ies") and len(tail) > 4:
        return low[:-3] + "y"
    if tail.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return low[:-2]
    return low[:-1] if tail.endswith("s") and not tail.endswith(("ss", "us", "is")) else low


def is_plural(low: str) -> bool:
    """Whether a word in small letters may be a plural noun."""
    tail = low.split("-")[-1]
    return (
        (tail in _IRREGULAR and tail not in ("percent", "means", "media"))
        or (tail.endswith("men") and len(tail) > 4 and tail not in ("specimen", "regimen", "abdomen", "acumen", "omen", "yemen"))
        or (
            tail.endswith("s")
            and tail not in ("gas", "bias", "atlas", "canvas", "lens", "christmas")
            and len(tail) > 2
            and not tail.endswith(("ss", "us", "is", "’s", "'s"))
        )
    )


def after_of(text: str, at: int, limit: int) -> int | None:
    """Offset after *of the* (*hundreds of*, *two of his*), where the whole begins; None without it."""
    m = _OF.match(text, at, limit)
    return m.end() if m else None


def part_phrase(text: str, at: int, limit: int) -> Counted | None:
    """What a share is a share of: a plural (*half of the seats*), or a mass (*18 per cent of capacity*), but no name."""
    found = noun_phrase(text, at, limit, glued=True)
    m = _MASS.match(text, at, limit) if found is None else None
    if m is None:
        return found
    words = m.group().split()
    while len(words) > 1 and (words[-1] in _STOPS or words[-1].endswith(("ed", "ly"))):
        words.pop()
    end = at + len(" ".join(words))
    return None if words[0] in _STOPS or text[at:end] != " ".join(words) else Counted(text[at:end], end, words[-1], False)


def noun_phrase(text: str, at: int, limit: int, one: bool = False, glued: bool = False) -> Counted | None:
    """The noun phrase that begins at ``at``: words up to its head, the first plural noun that no other noun follows.

    Args:
        text: the article.
        at: after a number (``glued``: after a hyphen or *of*, where a word begins at once).
        limit: where the paragraph ends.
        one: whether the number is one, and the head a singular.
        glued: whether the first word may begin right at ``at``.
    """
    words: list[tuple[str, int, int]] = []
    position = at
    while len(words) < 6:
        m = (_FIRST if glued and not words else _NEXT).match(text, position, limit)
        if m is None or (m.lastindex == 2 and m.group(1)):
            break
        word = m.group(m.lastindex or 0)
        low = word.lower()
        if low in ("and", "or") and len(words) == 1 and not is_plural(words[0][0].lower()) and not one:
            joined = _NEXT.match(text, m.end(), limit)
            if joined and joined.group(2).lower() not in _STOPS | _NUMBER_WORDS and not joined.group(1):
                words.append((word, m.start(m.lastindex or 0), m.end()))
                position = m.end()
                continue
        if low in _STOPS or (low in _ADVERBS and words) or low.endswith(("n’t", "n't", "’re", "'re", "’ve", "'ve", "’ll", "’d")):
            break
        if (
            words
            and low.endswith("ly")
            and low not in ("family", "elderly", "early", "daily", "weekly", "monthly", "friendly", "assembly", "supply")
        ):
            break
        if words and is_plural(words[-1][0].lower()) and low.endswith("ed") and "-" not in low:
            break
        words.append((word, m.start(m.lastindex or 0), m.end()))
        position = m.end()
        if one:
            continue
        if is_plural(low):
            following = _NEXT.match(text, position, limit)
            then = following.group(2).lower() if following else ""
            if text[position : position + 2] in ("’ ", "' ") and then:
                continue  # 12 soldiers’ families
            if not (
                then
                and then not in _STOPS
                and then != "ages"
                and is_plural(then)
                and (low in _MODIFYING_PLURALS or low in _UNCHANGED.split() or low.endswith("ss"))
            ):
                break
    if one:
        return _single(text, words)
    while words and not is_plural(words[-1][0].lower()):
        words.pop()
    while (
        words
        and words[0][0].lower() in ("more", "further", "other", "additional", "new", "extra", "different")
        and len(words) > 1
    ):
        words.pop(0)
    if not words or _POSSESSIVE.search(words[-1][0]) or len(words) > 5:
        return None
    if words[0][0].lower() == "more" and len(words) == 1:
        return None
    start, end = _whole_marks(text, words[0][1], words[-1][2])
    return Counted(text[start:end], end, singular(words[-1][0]), True)


def _whole_marks(text: str, start: int, end: int) -> Chars:
    """The phrase with both of the quotation marks of which it holds one: *the “disappeared” people*."""
    if (
        re.search(r"[“\"]", text[start:end])
        and text[end : end + 1] in ("”", '"')
        and text.count('"', start, end) % 2 == text[start:end].count('"') % 2
    ):
        return start, end + (text[start:end].count('"') % 2 or text[start:end].count("“") > text[start:end].count("”"))
    if re.search(r"[”\"]", text[start:end]) and text[start - 1 : start] in ("“", '"'):
        return start - 1, end
    return start, end


def _single(text: str, words: list[tuple[str, int, int]]) -> Counted | None:
    """The noun phrase of one thing: its first words up to a noun; people's nouns and known ones first."""
    for n, (word, _, end) in enumerate(words):
        low = word.lower()
        if low in PEOPLE or (low in _THINGS and word == low):
            following = words[n + 1][0].lower() if n + 1 < len(words) else ""
            if following in PEOPLE or following in _THINGS:
                continue
            return Counted(text[words[0][1] : end], end, low, False)
    return None


# what is counted one by one in the news; other nouns after *one* are refused
_THINGS = frozenset(
    "house home building school hospital vehicle car bus truck ship boat plane helicopter aircraft ambulance bomb "
    "missile rocket drone death injury casualty fatality case arrest shot attack explosion bullet village town city "
    "country state seat vote percent bank company flight train tank bridge body church mosque".split()
)

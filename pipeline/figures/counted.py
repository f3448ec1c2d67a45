"""What a figure counts: the noun phrase after a number, its head and the unit that follows from it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lexicon.forms import is_verb_only, singular
from ..lexicon.governments import is_people
from ..lexicon.nouns import is_person_noun
from ..lexicon.tables import nouns, words
from ..lexicon.words import COORDINATORS, FINITE, MONTHS, PREPOSITIONS, RELATIVES, SUBORDINATORS, WEEKDAYS
from ..text.chars import Chars

PEOPLE = nouns("counted_person")
_INVARIABLE = nouns("invariable")
_NO_PLURALS = nouns("no_plural")
# nouns for people that as often are for things where they are counted
_THINGS_TOO = nouns("often_thing")
_STATES = nouns("state")  # 12 dead: who, and what befell them, in one word
# what no counted phrase goes on with
COUNTING_END = (
    PREPOSITIONS | COORDINATORS | SUBORDINATORS | RELATIVES | (FINITE - words("finite_or_noun")) | words("counting_end")
    | {name.lower() for name in (*MONTHS, *WEEKDAYS)} - {"may"}
)  # fmt: skip
_NUMBER_WORDS = words("number")
_ADVERBS = words("counting_adverb")
_NO_ADVERBS = words("no_adverb")  # in -ly
# a noun in -s that another noun may follow: *human rights groups*, *sports cars*
_MODIFYING_PLURALS = nouns("modifying_plural")
# what is counted one by one in the news; other nouns after *one* are refused
_THINGS = nouns("thing")
_NEXT = re.compile(r"[”\"’']?\s+(\(?)[“‘\"']?(?=[^\W\d_])((?:[A-Z]\.){2,}|(?:Jr|Sr|St|Mt)\.(?= )|[^\W\d_](?:[\w’'&-]*\w)?)")
# adjectives that are verbs too (*150 live shows*), where a plural follows
_ADJECTIVES = re.compile(r"(?:live|open|straight)\Z")
_LISTED = re.compile(r",\s+(?=[a-z]+(?:-[a-z]+)?(?:\s+[a-z-]+)?s\b(?!\s+(?:say|said|was|were|are|have|had|told|of)\b))")
# plurals in -is: *Israelis, taxis, rabbis*; not *crisis*, *tennis*
_PLURAL_IS = re.compile(
    r"(?:[a-z]+(?:li|di|qi|ti|ni|bi|zi|xi|ki|ji|wi|ai|shi|ri|mi|hi)s)\Z(?<!sis)(?<!itis)(?<!nnis)(?<!basis)(?<!polis)(?<!iris)"
    r"(?<!debris)(?<!paris)(?<!pelvis)(?<!penis)(?<!\baxis)(?<!praxis)(?<!adonis)(?<!memphis)(?<!tunis)(?<!clovis)(?<!harris)(?<!morris)"
    r"(?<!norris)(?<!ellis)(?<!willis)(?<!phyllis)(?<!curtis)(?<!otis)(?<!mantis)(?<!cannabis)(?<!trellis)(?<!this)(?<!ibis)"
)
_ACRONYMS = re.compile(r"[A-Z]{2,}s")  # TEUs
_NATIONALS = re.compile(r"[A-Z][a-z]+(?:[aei]ans|ese|[a-z]is|ards|ans)\Z")
_OF_WHOSE = r"(?:(?:the )?(?:[\w-]+ ){0,4}[\w-]+(?:[’']s|s[’']) (?=\d|(?:two|three|four|five|six|seven|eight|nine|ten|twelve) ))?"
_FIRST = re.compile(r"[ \xa0]?-?(?=[^\W\d_])((?:[A-Z]\.){2,}|[^\W\d_](?:[\w’'&-]*\w)?)")
# *the number of gig workers is 717,686*, *the number of cases rose from 108,000*
_NUMBER_OF = re.compile(
    r"\b(?:numbers?|count|tally|total) of (?:the )?(?P<what>(?:[^.;:\d]|\b(?:19|20)\d\d\b|\b\d[\d.]{0,5}(?= ?(?:%"
    r"|per ?cent))){3,90})(?:: ?)?$",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\b(?P<noun>[A-Za-z]{3,}) numbers\b[^.;:\d]{1,60}$")  # passenger numbers are capped at 260
# Haj pilgrims numbered 1,833,164; Of the listed firms, 24 closed
_NUMBERED = re.compile(
    r"(?:\A|[\s(“\"])(?P<what>(?:[\w’'-]+ )?[A-Za-z][a-z-]+s) (?:numbered|numbering|totall?ed|totall?ing) (?:only |just )?\Z"
)
_OF_WHAT = re.compile(
    r"(?:\A|[.;:\n”] ?)(?:Out o|O)f (?:all |the |its |their ){1,2}(?P<what>[a-zA-Z][^.,;:\d]{2,40}), (?:only |just )?\Z"
)
_OF_THE_DEAD = re.compile(
    r"\b[Oo]f the (?:dead|deceased|injured|wounded|victims|survivors|accused|detained|arrested|detainees),? (?:only |about )?\Z"
)
# attendance was 40,000
_OF_PEOPLE = re.compile(
    r"\b(?:attendances?|headcount|workforce|membership|enrol+ment|ridership|readership|viewership|staff|crowds?|audience)"
    r"(?: (?:[a-z]+|[A-Z]\w+|\d{4})){0,5} (?:was|were|is|are|of|to|at|from|reached|hit|totalled|exceeded|topped|averaged|numbered"
    r"|about|around|nearly|almost|over|than|by|some|just|only) \Z"
    r"|\b(?:employ(?:s|ed|ing)?|laid off|hired|recruited|seats|seating) (?:(?:about|around|some|over|just|only|up to) )?\Z",
    re.IGNORECASE,
)
_PEOPLES = re.compile(r" people(?=[’']s\b)")
_PEOPLE_NAMED = re.compile(r" (?P<who>[A-Z][a-z]{4,})(?= (?:were|are|have|had|live|lived|died|fled)\b)")
_POPULATION = re.compile(r"(?: [A-Za-z][a-z-]+)?(?: [a-z-]+)? population\b")
_NO_NOUN = re.compile(r"(?:[^e]ed|ing|ly)\Z(?<!\bbed)(?<!shed)(?<!building)")
_ONE_NOUN = re.compile(
    rf" (?P<what>[a-z][a-z-]*(?: [a-z][a-z-]*){{0,2}}?)(?=[.,;:)”]|$| [a-z]+(?:ing|ed)\b"
    rf"| (?:{'|'.join(sorted(w for w in COUNTING_END if w.isalpha()))})\b)"
)
# four of the 12 wounded, two of the dead
_BEFALLEN = re.compile(
    r" of (?:the|those|these) (?:(?:\d[\d,]*|[a-z]+(?:-[a-z]+)?) )??(?P<who>wounded|injured|deceased|dead|missing|arrested"
    r"|detained|accused|killed)\b(?! [a-z]+s\b(?<! was)(?<! has)(?<! is))"
)
_ACCUSED = re.compile(
    r" (?P<who>(?:(?:prime|main|key|named|other|more) )?accused)(?=[,.;:)]|$| (?:were|are|have|had|who|in|from|including"
    r"|and|under|to"
    r"|by|on|at|but|persons)\b)"
)
_SHARE = re.compile(
    r",? or (?:(?:about|around|almost|nearly|roughly|some|just|more than|less than|over|under) ){0,2}\d[\d.]{0,6} ?"
    r"(?:%|per ?cent\b),? of (?:the |all |its |their |these |those )?"
)
_AGAIN = re.compile(r" \(\d[\d,.]*\d\) (?=[a-z])")  # over 2.4 million (2,413,906) readers
_POSSESSIVE = re.compile(r"[’']s?$")
_MASS = re.compile(
    rf"(?:(?!(?:{'|'.join(sorted(COUNTING_END - {'not'}))})\b)[a-z][a-z-]*[a-z](?![-\w])(?:[’']s)?(?: |\b)){{1,4}}"
)
_OF = re.compile(
    r"(?: \(\d[\d,]*\))? of (?:all |both )?(?:the |its |their |our |his |her |these |those |my |your |such )?"
    r"(?:country['’]s |nation['’]s )?"
    + _OF_WHOSE
    + r"(?:(?:top |last |first |remaining |other )?(?:\d[\d,.]*(?: (?:million|billion|thousand|hundred))?|two|three|four|five"
    r"|six|seven|eight|nine|ten|twelve) )?",
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
        last = self.text.split(" ")[-1]
        if self.lemma == "population" or (self.plural and (_NATIONALS.search(last) or (last[:1].isupper() and is_people(last)))):
            return "person"
        person = head in PEOPLE or head in _STATES or (is_person_noun(head) and head not in _THINGS_TOO)
        return "person" if person else self.lemma


def is_plural(low: str) -> bool:
    """Whether a word in small letters may be a plural noun."""
    tail = low.split("-")[-1]
    if tail in _INVARIABLE:
        return tail not in ("percent", "media")
    if not tail.endswith("s"):
        return singular(low) != low
    if tail.endswith("is"):
        return _PLURAL_IS.match(tail) is not None
    return len(tail) > 2 and tail not in _NO_PLURALS and not tail.endswith(("ss", "us", "’s", "'s"))


def after_of(text: str, at: int, limit: int) -> int | None:
    """Offset after *of the* (*hundreds of*, *two of his*), where the whole begins; None without it."""
    m = _OF.match(text, at, limit)
    return m.end() if m else None


_BRACKETS_OF = re.compile(r"\) of (?:the |these |those |all |its |their )?(?:\d[\d,]* )?(?=[a-z])")
_WHOSE = re.compile(r"(?:the )?(?:[a-z][\w-]* ){0,2}[a-z][\w-]*(?:[’']s|s[’']) (?=[a-z])")
# what a level says is told by a verb: *a reading of 100 separates growth from decline*, *anything above 50 signals growth*
_LEVEL_OF = re.compile(
    r"\b(?:(?:an?|the|any|every|each) (?:[\w-]+ ){0,2}?(?:readings?|scores?|levels?|value|index|rating|grade|magnitude|ratio"
    r"|result|threshold|population)(?: of)?|anything|everything|those|figures)(?: (?:of|above|below|over|under))?"
    r"(?: (?:about|around|nearly|almost|just))?\s\Z",
    re.IGNORECASE,
)
_TOLD = re.compile(r" (?!(?:points|marks|runs|degrees|percent|people)\b)[a-z]+s (?=(?!of\b)[a-z]|[A-Z])")


def tells_level(text: str, lo: int, starts: tuple[int, int], at: int, limit: int) -> bool:
    """Whether the word in *-s* behind a number is the verb of what it is the level of, and no noun that it counts.

    Args:
        text: the article.
        lo: where what may belong to the number begins.
        starts: where the number begins, with and without its hedge.
        at: where the word may begin.
        limit: where the paragraph ends.
    """
    m = _TOLD.match(text, at, limit)
    if m is None or not any(_LEVEL_OF.search(text, max(lo, start - 50), start) for start in starts):
        return False
    following = text[m.end() : m.end() + 12].split(" ")[0].rstrip(".,;:")
    return following in ("a", "an", "the", "that", "its", "no", "how", "what", "very", "more") or following not in COUNTING_END


def part_phrase(text: str, at: int, limit: int) -> Counted | None:
    """What a share is a share of: a plural (*half of the seats*), or a mass (*18 per cent of capacity*), but no name."""
    whose = _WHOSE.match(text, at, limit)
    if whose is not None:
        return part_phrase(text, whose.end(), limit)  # 65 per cent of the sector’s emissions
    found = noun_phrase(text, at, limit, glued=True)
    m = _MASS.match(text, at, limit) if found is None else None
    if m is None:
        return found
    words = m.group().split()
    while len(words) > 1 and (words[-1] in COUNTING_END or words[-1].endswith(("ed", "ly"))):
        words.pop()
    end = at + len(" ".join(words))
    return (
        None
        if words[0] in COUNTING_END
        or words[-1].endswith("ed")
        or words[-1].endswith(("’s", "'s"))
        or text[at:end] != " ".join(words)
        else Counted(text[at:end], end, words[-1], False)
    )


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
            other = joined.group(2).lower() if joined else ""
            verb = other.endswith("s") and is_verb_only(other)  # workforce and contributes
            if joined and other not in COUNTING_END | _NUMBER_WORDS and not joined.group(1) and not verb:
                words.append((word, m.start(m.lastindex or 0), m.end()))
                position = m.end()
                continue
        adjective = (
            not words
            and _ADJECTIVES.match(low)
            and (noun := _NEXT.match(text, m.end(), limit)) is not None
            and is_plural(noun.group(2))
        )
        if (
            (low in COUNTING_END and not adjective)
            or (low in _NUMBER_WORDS and not words and low != "one")
            or (low in _ADVERBS and words)
            or low.endswith(("n’t", "n't", "’re", "'re", "’ve", "'ve", "’ll", "’d"))
        ):
            break
        if words and low.endswith("ly") and low not in _NO_ADVERBS:
            break
        if words and is_plural(words[-1][0].lower()) and low.endswith("ed") and "-" not in low:
            break
        words.append((word, m.start(m.lastindex or 0), m.end()))
        position = m.end()
        if one:
            continue
        listed = _LISTED.match(text, position, limit) if not is_plural(low) and word == low and low not in _STATES else None
        if listed is not None:
            position = listed.end() - 1  # 45,000 direct, well-paid jobs
        if is_plural(low) or _ACRONYMS.fullmatch(word):
            following = _NEXT.match(text, position, limit)
            then = following.group(2).lower() if following else ""
            if text[position : position + 2] in ("’ ", "' ") and then:
                continue  # 12 soldiers’ families
            if low.endswith("ese") and then and then not in COUNTING_END and ("-" in then or not then.endswith("ed")):
                continue  # three Chinese trade associations
            if not (
                then
                and then not in COUNTING_END
                and then != "ages"
                and is_plural(then)
                and (low in _MODIFYING_PLURALS or low in _INVARIABLE or low.endswith("ss"))
            ):
                break
    if one:
        return _single(text, words)
    while words and not is_plural(words[-1][0].lower()) and not _ACRONYMS.fullmatch(words[-1][0]):
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
    return Counted(text[start:end], end, _lemma_of(words[-1][0]), True)


def _lemma_of(word: str) -> str:
    """The singular of a plural noun as printed; an acronym keeps its capitals: *FIRs*, *NGOs*."""
    stem = word.removesuffix("s")
    acronym = stem != word and len(stem) > 1 and stem.isupper() and not is_person_noun(stem.lower())
    return stem if acronym else singular(word.lower().replace("’", "'"))


def _whole_marks(text: str, start: int, end: int) -> Chars:
    """The phrase with both of the quotation marks of which it holds one: *the “disappeared” people*."""
    if (
        re.search(r"[“\"]", text[start:end])
        and text[end : end + 1] in ("”", '"')
        and text.count('"', start, end) % 2 == text[start:end].count('"') % 2
    ):
        return start, end + (text[start:end].count('"') % 2 or text[start:end].count("“") > text[start:end].count("”"))
    if re.search(r"[”\"]|' ", text[start:end]) and text[start - 1 : start] in ("“", '"', "'"):
        return start - 1, end
    return start, end


def noun_before(text: str, lo: int, at: int) -> str | None:
    """The unit of a number whose noun stands before it: *the number of gig workers is 717,686*."""
    m = _NUMBER_OF.search(text, lo, at)
    if _OF_THE_DEAD.search(text, max(lo, at - 40), at) or _OF_PEOPLE.search(text, max(lo, at - 60), at):
        return "person"
    counted = noun_phrase(text, m.start("what"), at, glued=True) if m is not None else None
    if counted is None:
        told = _NUMBERED.search(text, max(lo, at - 60), at) or _OF_WHAT.search(text, max(lo, at - 60), at)
        counted = noun_phrase(text, told.start("what"), at, glued=True) if told is not None else None
    numbers = _NUMBERS.search(text, lo, at) if counted is None else None
    if numbers is not None and numbers["noun"].lower() not in COUNTING_END:
        return Counted(numbers["noun"], 0, numbers["noun"].lower(), False).unit
    return counted.unit if counted is not None else None


def crowd_phrase(text: str, at: int, limit: int, digits: bool) -> Counted | None:
    """What is counted by another word than a plural right behind: *13 million people’s farms*, *300 Maasai fled*, *a 12 million
    population*, *Eighteen, or 75 per cent of the developers, sold*.
    """
    peoples = _PEOPLES.match(text, at, limit)
    if peoples is not None:
        return Counted("people", peoples.end(), "person", True)
    named = _PEOPLE_NAMED.match(text, at, limit) if digits else None
    if named is not None:
        return Counted(named["who"], named.end(), "person", True)
    population = _POPULATION.match(text, at, limit)
    if population is not None:
        return Counted(population.group().strip(), population.end(), "population", False)
    befallen = _BEFALLEN.match(text, at, limit) or _ACCUSED.match(text, at, limit)
    if befallen is not None:
        return Counted(befallen["who"], befallen.end(), "person", True)
    share = (
        _SHARE.match(text, at, limit)
        or _BRACKETS_OF.match(text, at, limit)
        or (_AGAIN.match(text, at, limit) if digits else None)
    )
    return noun_phrase(text, share.end(), limit, glued=True) if share is not None else None


def one_noun(text: str, at: int, limit: int) -> Counted | None:
    """The noun phrase of *at least one deed was*, *more than one nearby farm,*: the words up to what ends a phrase."""
    m = _ONE_NOUN.match(text, at, limit)
    words = m["what"].split(" ") if m is not None else []
    if m is None or any(w in COUNTING_END or w in _ADVERBS for w in words) or _NO_NOUN.search(words[-1]):
        return None
    return Counted(m["what"], m.end("what"), words[-1], False)


def _single(text: str, words: list[tuple[str, int, int]]) -> Counted | None:
    """The noun phrase of one thing: its first words up to a noun for people or a known one."""
    for n, (word, _, end) in enumerate(words):
        low = word.lower()
        if low in PEOPLE or (low in _THINGS and word == low):
            following = words[n + 1][0].lower() if n + 1 < len(words) else ""
            if following in PEOPLE or following in _THINGS:
                continue
            return Counted(text[words[0][1] : end], end, low, False)
    return None

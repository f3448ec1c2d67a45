"""What a number counts, measures or values: the kind of the figure, its unit and its counted phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lexicon.forms import singular
from ..lexicon.tables import words
from ..schemas.figures import FigureKind
from .counted import Counted, after_of, crowd_phrase, is_plural, noun_phrase, one_noun, part_phrase, tells_level
from .figure import NumberPhrase
from .money import ONE_LETTER, currency_of_sign, money_at
from .units import PERCENT, TIMES, magnitude_at, measure_at

_COMPOUND = re.compile(r"-(?P<noun>[a-z]+)(?:-(?P<next>[a-z]+))?")
_NO_COMPOUND = words("no_compound")
_STRONG = re.compile(r"[- ]strong\b")
_FOLD = re.compile(r"[- ]?fold\b")
_TIMES = re.compile(r" (?:of )?times\b")

_EXTENDED = re.compile(  # two more years, three straight days
    r"(?: more| full| whole| straight| consecutive| long| short| additional| further| extra| working| calendar| solid"
    r"| successive)"
    r"(?= (?:more |full )?(?:years?|months?|weeks?|days?|hours?|minutes?|nights?|decades?|seconds?|quarters?|miles?|km)\b)"
)
_SUPERLATIVE = re.compile(r" (?:[a-z]+est|place|half|homes?|leg|innings|division|best|largest)\b")
_ACADEMIC = re.compile(r"s? (?:from|in|of (?!heat|frost|warming)|programs?|programmes?|holders?|to which)")
_HALF_A = re.compile(
    r" an? (?:(?P<unit>hour|day|century|decade|year|mile|minute|second|week|month)\b|(?P<point>percentage point|per cent"
    r"|percent|point)\b)"
)
_POINT = re.compile(r"[ -](?:of a |a )?(?P<age>percentage )?points?\b")
_HALF_THE = re.compile(r" (?:the|its|their|his|her|our|my|your|all|that|those|these)\b ")
_HALF_AS = re.compile(r" as (?:many|much|likely|big|large|high|long|old)\b")
_BY_HALF = re.compile(r"\b(?:by|in|to|than|nearly|almost|over|about|only|roughly|around)\s+$", re.IGNORECASE)
_WHICH_HALF = re.compile(
    r"(?:first|second|other|latter|one|the|each|either|and a|and|a|better|bottom|top|my|his|her|upper|lower|wrong) $",
    re.IGNORECASE,
)
_HALF_WHAT = re.compile(r"-| (?:time|hour|brother|sister|way|term|marathon|dozen|asleep|dead|empty|full|naked|a)\b")
_BY_A_THIRD = re.compile(r"\b(?:by|to|than|up|down|only|just|about|nearly|for|over|accounts? for|cut)\s+$", re.IGNORECASE)
_A_THIRD_WHAT = re.compile(r" (?:of a|time|term|party|man|woman|person|wave|quarter)|-")
_AFTER_A_THIRD = re.compile(
    r"[,.;:)”\"]|$| (?:more|less|fewer|higher|lower|larger|smaller|bigger|faster|as|in|from|to|on|since|over|by|this|last"
    r"|compared|agreed?|said|say|were|was"
    r"|are|is|have|had|the|did|do|believed?|thinks?|thought|support\w*|favor\w*|oppos\w*|want\w*|voted|live|lived|at|for|with"
    r"|and|or|but|after|between)\b"
)
_THAN = re.compile(r" (?:more|less|fewer|[a-z]{3,}er)(?: [a-z]+)? than\b")  # a third bigger than
_ORDINAL = re.compile(r"an? (?:third|\w+th)")
_OF_A_CENT = re.compile(r" of (?:1|one|a) (?:per cent|percentage point|percent)\b")
_WHICH_QUARTER = re.compile(r"\b(?:the|first|second|third|fourth|last|next|this|each|every|past) $", re.IGNORECASE)
_GLYPH = re.compile(r"[½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|-?\d+/")
_COMPARED = re.compile(
    r" (?:as|more|less|(?!(?:over|under|after|ever|other|later|whenever|earlier|per|together)\b)[a-z]{3,}er|(?:the|its|their|that"
    r"|his) (?:\w+ )?(?:size|number|amount|rates?"
    r"|average|figures?|price|cost|levels?|length|speed|value|total|weight|height|area|population|volume|capacity|limit|salary"
    r"|budget|sum|share|pay))\b"
)
_MODEL = re.compile(r" [A-Z]{0,3}-?\d{2,4}s?(?:-\d+)?(?= [A-Za-z])(?! (?:per|million|billion|thousand|hundred|years?|days?)\b)")
_AT_LEAST = re.compile(r"(?:at least|more than) ", re.IGNORECASE)
# 59 off 70 balls, an unbeaten 104, 163 all out
_RUNS = re.compile(
    r" (?:off|from) (?:just |only )?\d+ balls\b| not out\b| all out\b|,? (?:with|which included|including) [\w-]+ (?:fours"
    r"|sixes|boundaries)"
)
_UNBEATEN = re.compile(r"\b(?:unbeaten|unbroken) $")
_SIZED = re.compile(r" \d[\d.,]*(?=[a-zA-Zµ]|-[a-z])")
_SINGULAR = re.compile(
    r" (?P<noun>page|member|seat|bed|room|bedroom|storey|story|man|woman|person|nation|country|game|match|point|goal|team|car"
    r"|vehicle|state|party|item|question|acre|lane|passenger|unit|piece|song|episode|run|wicket|vote|ship|aircraft)"
    r"(?= (?!(?:and|or|in|on|at|of|for|to|from|is|was|were|are|has|had|as|that|who|which|with|by|per|but|the|a|against"
    r"|between|after|before|during|over|under|than|when|where|while|since|will|would|can)\b)"
    r"[a-z]{3,})"
)
_ONE_OF = re.compile(r"(?:\b(?:an?|the|its|their|his|her|this|each|two|three|four|\d+)|[’']s) \Z", re.IGNORECASE)
_LISTED = re.compile(r"(?:(?:^|[.;,\n] ?|\) ?)(?=[A-Z])|\A[;,] (?:and )?)(?P<what>[\w’' -]{3,41}): $")
_BEFALLEN = re.compile(r"(?i:killed|dead|injured|wounded|missing|displaced|arrested|detained|evacuated|hurt|infected|rescued)\b")
# houses in *Destroyed houses: 146*, *Houses burned: 40*
_DOLLARS = re.compile(r" ?(?:USD|CAD|AUD|NZD|HKD|SGD|TWD|MXN|BBD|JMD|TTD|BSD|BZD|FJD|GYD|NAD)\b")
_PLURAL_LISTED = re.compile(r"\b(?!(?:news|us)\b)(?P<noun>[\w’'-]+)(?: (?:[a-z]+ed|lost|found|built|hit|sunk|shut|sold))?$", re.I)
_CROWD = re.compile(r"\b(?:crowds?|throngs?|audience|congregation|famil(?:y|ies)|households?) of $", re.IGNORECASE)
_OF_WHOLE = re.compile(r" of (?:(?:the|its|their|these|those|his|her|our|all|my|your)\b|\d{1,3} [a-z]{3,})")
_ENDINGS = ("ed", "th", "st", "nd", "rd", "ly")


@dataclass(frozen=True, slots=True)
class What:
    """What a number says: kind, unit and counted phrase, and where the figure ends."""

    kind: FigureKind
    unit: str | None
    counted: Counted | None
    end: int


def any_number(n: NumberPhrase) -> bool:
    """Whatever the number is."""
    return True


def has_sign(n: NumberPhrase) -> bool:
    """*$15*; *SDG 15* is a goal of the United Nations, *R2S* a name."""
    sign = n.before.currency
    goal = sign == "SDG" and n.number.scale == 1 and (n.number.value or 0) <= 17
    return bool(sign) and not goal and not (sign in ONE_LETTER and n.text[n.at : n.at + 1].isalpha())


def is_ratio(n: NumberPhrase) -> bool:
    """*Two in five*."""
    return n.number.form == "ratio"


def is_fraction(n: NumberPhrase) -> bool:
    """*A third*, *3/4*."""
    return n.number.form == "fraction"


def is_half(n: NumberPhrase) -> bool:
    """*Half*."""
    return is_fraction(n) and n.raw == "half"


def is_glyph(n: NumberPhrase) -> bool:
    """*¾*, *3/4*."""
    return is_fraction(n) and _GLYPH.match(n.raw) is not None


def is_spelled_fraction(n: NumberPhrase) -> bool:
    """*A third*, *two-thirds*."""
    return is_fraction(n) and n.raw != "half" and _GLYPH.match(n.raw) is None


def is_whole(n: NumberPhrase) -> bool:
    """No fraction."""
    return n.number.form != "fraction"


def is_compound(n: NumberPhrase) -> bool:
    """*Three-bedroom*."""
    return is_whole(n) and _COMPOUND.match(n.text, n.at, n.hi) is not None


def stands_free(n: NumberPhrase) -> bool:
    """No letter or hyphen follows right behind."""
    behind, next_one = n.text[n.at : n.at + 1], n.text[n.at + 1 : n.at + 2]
    return is_whole(n) and not is_compound(n) and not behind.isalpha() and not (behind in "-–—/’'" and next_one.isalnum())


def money_by_sign(n: NumberPhrase) -> What:
    """*$15*, *US$10 million dollars*."""
    code = currency_of_sign(n.before.currency or "", n.dollar)
    named = money_at(n.text, (n.last.start, n.last.end), n.hi, True, n.dollar)  # US$10 million dollars
    if named and n.before.currency == "$" and _DOLLARS.match(n.text, n.at, n.hi):
        code = named[0]  # $40 CAD
    end = named[1] if named and (named[0] in (code, "USD") or code == "USD") else n.at
    return What("money", code, None, end)


def ratio(n: NumberPhrase) -> What:
    """*Two in five voters*."""
    of = after_of(n.text, n.at, n.hi)
    return _share(noun_phrase(n.text, of or n.at, n.hi, glued=of is not None), n.at)


def percent(n: NumberPhrase) -> What | None:
    """*12 per cent of the voters*, *three percentage points*."""
    m = PERCENT.match(n.text, n.at, n.hi)
    if m is None:
        return None
    of = after_of(n.text, m.end(), n.hi)
    counted = part_phrase(n.text, of, n.hi) if of is not None else None
    return What("percent", "percentage point" if "point" in m.group().lower() else "percent", counted, m.end())


def money_by_name(n: NumberPhrase) -> What | None:
    """*15 dollars*, *millions of euros*."""
    form = n.number.form
    money = money_at(n.text, (n.number.start, n.at), n.hi, form == "vague" or n.last.scale > 1, n.dollar)
    if money is None and form in ("vague", "spelled") and (of := after_of(n.text, n.at, n.hi)) is not None:
        money = money_at(n.text, (n.number.start, of - 1), n.hi, True, n.dollar)  # millions of dollars
    return What("money", money[0], None, money[1]) if money is not None else None


def strong(n: NumberPhrase) -> What | None:
    """*The 5,000-strong union*."""
    m = _STRONG.match(n.text, n.at, n.hi)
    if m is None:
        return None
    counted = noun_phrase(n.text, m.end(), n.hi)
    return What("count", counted.unit if counted else "person", counted, m.end())


def fold(n: NumberPhrase) -> What | None:
    """*Threefold*."""
    m = _FOLD.match(n.text, n.at, n.hi)
    return What("ratio", "fold", None, m.end()) if m else None


def measure(n: NumberPhrase) -> What | None:
    """*Three days*, *tens of thousands of tonnes*, *two more years*."""
    text, at = n.text, n.at
    of = after_of(text, at, n.hi) if n.number.form in ("vague", "spelled", "fraction") else None
    if of is not None and text[of - 4 : of] != "the ":
        at = of - (1 - 3 * text.startswith("an ", of) - 2 * text.startswith("a ", of))  # tens of tonnes, a third of a mile
    extended = _EXTENDED.match(text, at, n.hi)
    found = measure_at(text, extended.end() if extended else at, n.hi)
    found = found or magnitude_at(text, n.lo, (n.last.start, n.last.end), at, n.hi)
    if found is None:
        return None
    unit, end = found
    if unit == "degree" and _ACADEMIC.match(text, end):
        return None
    if unit in TIMES and at == n.at and _ORDINAL.fullmatch(n.raw):
        return None  # burning for a third day
    if (unit == "bit" and n.number.value == 1) or (unit == "second" and _SUPERLATIVE.match(text, end)):
        return None  # not one bit, two second fastest times
    return What("duration" if unit in TIMES else "measure", unit, None, end)


def of_a_cent(n: NumberPhrase) -> What | None:
    """*Half of 1 per cent*."""
    m = _OF_A_CENT.match(n.text, n.at, n.hi)
    return What("percent", "percentage point" if "point" in m.group() else "percent", None, m.end()) if m else None


def half_an_hour(n: NumberPhrase) -> What | None:
    """*Half an hour*, *half a mile*."""
    m = _HALF_A.match(n.text, n.at, n.hi)
    return What("measure" if m["unit"] == "mile" else "duration", m["unit"], None, m.end()) if m and m["unit"] else None


def half_a_point(n: NumberPhrase) -> What | None:
    """*Half a percentage point*."""
    m = _HALF_A.match(n.text, n.at, n.hi)
    if m is None:
        return None
    unit = "percent" if "cent" in m["point"] and "age" not in m["point"] else "percentage point"
    return What("percent", unit, None, m.end())


def part_of_a_point(n: NumberPhrase) -> What | None:
    """*A quarter point*, *three-quarters of a percentage point*: of per cent, as rates go."""
    m = _POINT.match(n.text, n.at, n.hi)
    told = m is not None and (m["age"] or n.raw.endswith(("quarter", "quarters", "half", "tenth", "tenths", "eighth", "eighths")))
    return What("percent", "percentage point", None, m.end()) if m is not None and told else None


def half(n: NumberPhrase) -> What | None:
    """*Half of the seats*, *more than half*, *by half*; not *the first half*, *half-brother*."""
    text, at = n.text, n.at
    of, the = after_of(text, at, n.hi), _HALF_THE.match(text, at, n.hi)
    by = n.hedged or _BY_HALF.search(n.lead(12)) is not None
    if of is None and the is None and not by and not _HALF_AS.match(text, at, n.hi):
        return None
    if _HALF_WHAT.match(text, at, n.hi) or (not n.hedged and _WHICH_HALF.search(n.lead(12))):
        return None
    start = of if of is not None else the.end() if the is not None else None
    return _share(part_phrase(text, start, n.hi) if start is not None else None, at)


def part_and_noun(n: NumberPhrase) -> What | None:
    """*1½ seats*."""
    following = noun_phrase(n.text, n.at, n.hi)
    counts = after_of(n.text, n.at, n.hi) is None and not n.hedged and following is not None
    return What("count", following.unit, following, n.at) if counts and following is not None else None


def part(n: NumberPhrase) -> What | None:
    """*¾ of the voters*."""
    of = after_of(n.text, n.at, n.hi)
    counted = part_phrase(n.text, of, n.hi) if of is not None else None
    return _share(counted, n.at) if of is not None or n.hedged else None


def spelled_part(n: NumberPhrase) -> What | None:
    """*A third of the voters*, *two-thirds majority*; *a third man*, *the first quarter* are no figures."""
    text, raw, at = n.text, n.raw, n.at
    of = after_of(text, at, n.hi)
    if raw.startswith(("a ", "an ")) and not _is_a_part(n, of):
        return None
    if raw.endswith(("quarter", "quarters")) and (
        _WHICH_QUARTER.search(n.lead(22))
        or (of is None and not n.hedged and "-" not in raw and not (_BY_A_THIRD.search(n.lead(22)) or _THAN.match(text, at)))
    ):
        return None
    counted = part_phrase(text, of, n.hi) if of is not None else None
    if of is None and raw.endswith("s"):
        following = noun_phrase(text, at, n.hi)
        counted = following if following and not following.text.lower().startswith("major") else None
    return _share(counted, at)


def _is_a_part(n: NumberPhrase, of: int | None) -> bool:
    """Whether *a third* is a part, and not the one after the second."""
    if of is None and not _AFTER_A_THIRD.match(n.text, n.at, n.hi):
        return False  # a third man
    if of is None and not n.hedged and not _BY_A_THIRD.search(n.lead(22)) and not _THAN.match(n.text, n.at, n.hi):
        return False
    return not _A_THIRD_WHAT.match(n.text, n.at)


def times(n: NumberPhrase) -> What | None:
    """*Three times*, *three times as many*."""
    m = _TIMES.match(n.text, n.at, n.hi)
    by = _COMPARED.match(n.text, m.end(), n.hi) if m is not None else None
    if m is None or (by is None and m.group().startswith(" of")):
        return None
    compared = by is not None or n.text[max(n.lo, n.start - 3) : n.start] == "by "
    return What("ratio" if compared else "count", "time", None, m.end())


def compound(n: NumberPhrase) -> What | None:
    """*A three-bedroom house*; not *a three-way race*, *2020-style*."""
    m, number = _COMPOUND.match(n.text, n.at, n.hi), n.number
    if m is None:
        return None
    noun = m["noun"]
    years = number.form == "digits" and "," not in n.raw and (number.value or 0) > 999
    if noun in _NO_COMPOUND or number.value == 0 or number.form == "vague" or noun.endswith(_ENDINGS) or years:
        return None
    counted = Counted(noun, m.end("noun"), noun, False)
    return What("count", counted.unit, counted, counted.end)


def counting(n: NumberPhrase) -> What | None:
    """*Twelve cars*, *two of the cars*, *one man*."""
    text, number, at = n.text, n.number, n.at
    one = number.value == 1 and not n.ranged
    of = after_of(text, at, n.hi)
    of_month = of is not None and number.form == "digits" and number.scale == 1 and not _OF_WHOLE.match(text, at)
    if of_month or tells_level(text, n.lo, (n.start, number.start), at, n.hi):
        return None  # 12 of December
    counted = noun_phrase(text, of if of is not None else at, n.hi, one=one and of is None, glued=of is not None)
    if counted is None and one and (number.form == "digits" or n.lead(6).endswith(" and ")):
        counted = noun_phrase(text, at, n.hi)
    if counted is None and one and of is None and number.form == "spelled" and _AT_LEAST.match(text, n.before.start):
        counted = one_noun(text, at, n.hi)
    if counted is None and number.form == "vague" and text.startswith(", ", at):
        counted = noun_phrase(text, at + 1, n.hi)  # several, elderly speakers
    special = crowd_phrase(text, at, n.hi, number.form == "digits")
    counted = special if special is not None and (counted is None or special.lemma == "person") else counted
    if counted is None and of is not None and number.form == "vague":
        counted = noun_phrase(text, of, n.hi, one=True, glued=True)
    return What("count", counted.unit, counted, at) if counted else None


def is_runs(n: NumberPhrase) -> bool:
    """*59 off 70 balls*, *an unbeaten 104*: runs, as cricket has them."""
    plain = n.number.form == "digits" and n.number.scale == 1 and not n.ranged and 0 <= (n.number.value or 0) < 1000
    return plain and (_RUNS.match(n.text, n.at, n.hi) is not None or _UNBEATEN.search(n.lead(12)) is not None)


def bare(n: NumberPhrase) -> What:
    """*Twelve were killed*, *a crowd of 300*: it counts nothing that one can see right behind it."""
    listed = _LISTED.search(n.lead(48))
    if listed is not None:
        befallen = _BEFALLEN.match(listed["what"]) is not None
        named = None if befallen else _PLURAL_LISTED.search(listed["what"])
        if named is not None and is_plural(named["noun"].lower()):
            end = n.before.start - len(n.lead(48)) + listed.start("what") + named.end("noun")
            counted = Counted(named["noun"], end, singular(named["noun"].lower()), True)
            return What("count", counted.unit, counted, n.at)
        return What("count", "person" if befallen else None, None, n.at)
    return What("count", "run" if is_runs(n) else "person" if _CROWD.search(n.lead(24)) else None, None, n.at)


def member_of(n: NumberPhrase) -> What | None:
    """*An 11 member pact*, *a 12 page paper*: what is counted is a singular, and another noun has it."""
    m = _SINGULAR.match(n.text, n.at, n.hi)
    if m is None or n.number.value in (None, 0, 1) or n.number.form not in ("digits", "spelled"):
        return None
    if not _ONE_OF.search(n.lead(30)) and noun_phrase(n.text, n.at, n.hi) is not None:
        return None  # six match points, three state elections
    counted = Counted(m["noun"], m.end("noun"), m["noun"], False)
    return What("count", counted.unit if m["noun"] in ("man", "woman") else m["noun"], counted, n.at)


def models(n: NumberPhrase) -> What | None:
    """*Two 737 Max models*, *two 40-foot containers*: digits behind the number name or measure what it counts."""
    m = _MODEL.match(n.text, n.at, n.hi) if n.number.form == "spelled" else None
    sized = (
        _SIZED.match(n.text, n.at, n.hi)
        if m is None and n.number.form in ("spelled", "digits", "vague") and n.number.scale == 1
        else None
    )
    size = measure_at(n.text, sized.end(), n.hi) if sized is not None else None
    if size is not None:
        counted = noun_phrase(n.text, size[1], n.hi)
        return What("count", counted.unit, Counted(counted.text, counted.end, counted.lemma, True), n.at) if counted else None
    counted = noun_phrase(n.text, m.end(), n.hi) if m is not None else None
    if counted is None:
        return None
    last = counted.text.split()[-1]
    return What("count", counted.unit, Counted(last, counted.end, counted.lemma, True), n.at)


def _share(counted: Counted | None, end: int) -> What:
    return What("ratio", counted.unit if counted else None, counted, end)

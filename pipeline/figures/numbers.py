"""Numbers in running text: digits, number words, scales, fractions and vague plurals, with their values.

``find_numbers`` finds what is written as a number; whether it is a figure (and not a date, an ordinal or part of a
name) is decided elsewhere. Digits that cannot be read in one way are kept, never corrected.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ..lexicon.numerals import GLYPHS, PLURALS, SCALES, cardinal, part_of, scale_of, values
from .counted import noun_phrase
from .figure import Number
from .money import ONE_LETTER, glued_letters, money_at
from .units import AND_A_HALF, PERCENT, TIMES, measure_at

_UNITS = "|".join(values("unit"))
_TEENS = "|".join(values("teen"))
_TENS = "|".join(values("ten"))
_BIG = "|".join(values("big"))
_HUGE = "|".join(f"{word}s?" for word, value in values("big").items() if value > 1000)  # a million and more, lakhs, crores
_HUGES = "|".join(word for word, value in PLURALS.items() if value > 1000)
_MANY = rf"(?:tens|dozens|scores|hundreds|thousands|{_HUGES})"
_SMALL = rf"(?:(?:{_TENS})(?: ?- ?| +)(?:{_UNITS})|{_TENS}|{_TEENS}|{_UNITS}|zero|nought|naught)"
_JOINT = r"(?: ?- ?|,? +and +|, +| +)"
_NO_ARTICLE = rf"\b(?:hundred|thousand)\b(?= and (?:{_SMALL})\b)|(?-i:\bHundred|\bThousand)\b(?= (?:people|men|women))"
# no number has more words than these repeats allow; without bounds each word of a long run would be read again for every other
_SPELLED = (
    rf"(?:(?:(?:{_SMALL}|an?)(?:[ -]+(?:{_BIG})\b){{1,6}}|{_NO_ARTICLE})"
    rf"(?:{_JOINT}{_SMALL}\b(?:[ -]+(?:{_BIG})\b){{0,6}}){{0,20}}|{_SMALL})"
    rf"(?:\s+point(?:\s+(?:{_SMALL})){{1,20}}(?:\s+(?:{_BIG}))?)?"
)
_ZILLIONS = r"(?:[bgk]a)?(?:z|squ|j)illions?"  # no number at all
_SPACE = r"[\u2009\u202f\xa0]"
# a run of digits as printed, whatever its separators; its reading is decided in _digits
_RUN = (
    r"\d{1,3}(?:[’']\d{3})+(?![\d’'])(?:\.\d+)?|"
    + rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?![\d])(?:\.\d+)?|\d{{1,3}}(?: \d{{3}})+(?!,?\d)(?:\.\d+)?|\d(?:[\d,.]*\d)?|\.\d+"
)
_SCALE_WORD = rf"(?!hundreds\b)(?:{_BIG})s?\b"
_OF_RUPEES = r"[ \xa0]?(?-i:[cC]r|L|arab|kharab)\b"  # ₹50 cr, Rs 10L, Rs 3 arab: of rupees alone
_SCALE = (
    rf"(?:(?:-plus|\+)?[ \xa0-]?(?:(?:(?:lakh|lac|thousand|hundred|million|billion) )?{_SCALE_WORD}"
    r"|(?:bn|mn|mln|bln|trn|tln|mrd|mld|mio|bil|tril)\b)|[ \xa0]dozens?\b"
    r"|[ \xa0]?k\b|(?:m|M|mm|MM|mil|b(?![,;]? ?\d+[x×]\d)|t|T|tn)(?![\w’'])|[ \xa0](?:m|tn)(?=[ ,.;)]))"
)
_SHARE = (
    r"(?:half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twelfths?|twentieths?|hundredths?)"
)
_NUMERATOR = rf"(?:an?|{_UNITS}|{_TEENS}|{_TENS}|\d{{1,2}})"
# letters of a currency that its digits are glued to; one that also opens names (*N95*) needs thousands or a scale behind it
_LETTERS = (
    rf"(?<=\b[A-Z]{{3}})|(?<=\bR)|{glued_letters()}|(?<=\bS/)|(?<=\bS/\.)|(?<=\$(?:US|NZ|HK|AU|CA))|(?<=\$[ACS])"
    r"|(?<=\b(?:from|cost|paid) N)(?=\d{2})|(?<=\b(?:at|of|to) N)(?=\d{3})|(?<=\bfor N)(?=\d{3})|(?<=\b[NK])(?=\d[\d.]* per\b)"
    rf"|(?<=\b[{''.join(sorted(ONE_LETTER))}])(?=\d[\d,.]*\d,\d{{3}}\b|\d{{1,3}},\d{{3}}\b"
    r"|\d[\d.]*(?: ?(?:bn|mn|m|b|tn|million|billion|trillion)\b))"
)
_AFTER_ONE = "|".join(rf"(?<=\b{unit}-)" for unit in values("unit"))  # four-five signatories
_PLUS = r"[+](?=\d[\d.,]*(?:\s?%| (?:per cent|percent|points?|pts)\b)|\d{1,3}(?:,\d{3})+\b)"
# 67 thousand 338, 1 million 200 thousand
_REST = r"(?P<small>(?<=[ -]thousand) \d{3}\b(?![.,]\d)|(?<=[ -]million) \d{1,3} thousand\b)"
_CARDINAL = (
    rf"(?P<digits>(?:(?<![\w.,/#@])|{_LETTERS})(?:(?<![^\W\d_][–-])|(?<=\bsub-)|(?<=\bnow-)|(?<=\bthen-)|(?<=\d-to-))(?P<sign>(?:(?<=[\s(])"
    rf"|(?<=^))(?:[-−](?=[\d.])|{_PLUS})|\b(?<!plus or )(?:minus|negative)[ -])?(?P<run>{_RUN})"
    rf"(?P<scale>{_SCALE}|{_OF_RUPEES})?{_REST}?)"
    rf"|(?P<spelled>(?:(?<![\w-])|(?<=\bsub-)|{_AFTER_ONE})(?P<below>(?:(?<!plus or )minus"
    rf"|negative) )?(?P<words>{_SPELLED})(?!(?!fold\b)\w|-(?:first|second|third"
    rf"|fourth|fifth|sixth|seventh|eighth|ninth)s?\b))"
)
_ONLY_CARDINAL = re.compile(_CARDINAL, re.IGNORECASE)
_NUMBER = re.compile(
    rf"(?P<vague>\b(?:(?:many |several )?{_MANY}[ -]of[ -](?:thousands?|{_HUGE})\b|(?!scores)(?<!\d ){_MANY}"
    rf"|scores(?= of\b| more\b| were\b| have\b| are\b)|(?:several|a few) (?!scores){_MANY}"
    rf"|(?:several|a few|few|many|a couple(?: of)?) (?:dozen|{_BIG})|(?:(?:a|several) )?{_ZILLIONS}|several"
    rf"|a few(?! (?:more|days)? ?ago)|a handful(?= of\b)|countless"
    rf"|multi-?(?:million|billion)(?=-?[ -]?(?:dollar|pound|euro)))\b)"
    # half a million, a quarter of a million, two thirds of a million, three-quarter billion, half a dozen
    rf"|(?P<share>\b(?:(?P<part>half|quarter|{_NUMERATOR}[- ]{_SHARE})(?: of)?(?:[ -]an?)?[ -]+"
    rf"(?P<partof>dozen|{_BIG})\b))"
    # one in five, 1 out of 10, four of every ten
    rf"|(?P<ratio>\b(?<!\d[–—-])(?P<left>{_SMALL}|\d+)(?:[ -](?:in|out of)(?: every)?[ -]| (?:of|for) every )"
    rf"(?P<right>(?:an? )?(?:{_SPELLED}|hundred|\d[\d,]*\d|\d)s?\b)(?![.:]\d))"
    # outnumbered by two to one, a two-to-one majority
    rf"|(?P<odds>\b(?P<many>{_SMALL}|\d{{1,3}})(?: to |-to-)(?:one|1)\b(?! ?(?:{_BIG}|per|%|\d)"
    rf"|[.,]\d))"
    # two and a half million, 2 1/2, 1½, a million and a half
    rf"|(?P<mixed>\b(?:(?P<whole>{_SPELLED}"
    rf"|\d+)(?P<bigger> (?:{_SCALE_WORD}))?[ -]and[ -](?P<rest>{_NUMERATOR}(?:[ -]{_SHARE})|half(?! (?:of|the|its|all|as)\b))\b"
    rf"|(?P<wholedigits>\d+)(?:(?: +|-)(?P<over>\d/\d{{1,2}})(?![\d/])"
    rf"| ?(?P<glyph>[{''.join(GLYPHS)}])))(?P<mixedscale>{_SCALE})?)"
    rf"|(?P<fraction>\b(?P<count>{_NUMERATOR}) ?[- ] ?(?P<name>{_SHARE})\b|(?<![\d/])(?P<slash>-?\d{{1,2}}/\d{{1,2}})(?![\d/])"
    rf"|(?P<lone>[{''.join(GLYPHS)}])|\b(?P<half>half)\b)"
    rf"|(?P<dozen>\b(?:(?:an?|{_SMALL}|half[ -]a)[ -])?(?:dozens?)\b"
    rf"|\b(?:a|two|three|four|five|six) score(?= (?:of(?! [\d$€£])|years|men"
    rf"|women"
    rf"|people|more)\b)|\ban? (?:couple|pair)(?= of\b)|\bcouple(?= of (?:days|nights|weeks|months|years|hours|minutes)\b)"
    rf"|\ba couple(?= (?:more |dozen )?[a-z-]+s\b))"
    rf"|(?P<article>\ban?(?= (?:full |whole )?(?:second|minute|hour|day|week|fortnight|month|year|decade|century|mile"
    rf"|kilomet(?:re|er)|met(?:re|er)|tonne|ton)\b))"
    rf"|(?P<broken>(?<![\w.,/])\d{{1,3}}(?:,\d{{3}})*(?:, | ,)0\d\d(?![\d,]))"
    rf"|{_CARDINAL}",
    re.IGNORECASE,
)
# where a number may begin
_TOKEN = re.compile(rf"[\d{''.join(GLYPHS)}]|(?P<word>[^\W\d_]+)")
_RUPEES_ONLY = re.compile(_OF_RUPEES)
_RUPEES_BEFORE = re.compile(r"(?:Rs\.?|₹|₨|INR|PKR)[ \xa0]?$")
_SCORES_OF = re.compile(
    r" (?:of|more)\b| (?:were|are|have been) (?:(?:also|feared|left) )?(?:injured|hurt|killed|wounded|arrested|detained|displaced"
    r"|missing|trapped|evacuated|rescued|homeless|dead)\b"
)
_OPENERS = frozenset(
    (
        f"{_UNITS}|{_TEENS}|{_TENS}|zero|nought|naught|half|quarter|dozen|couple|several|few|many|countless|minus|negative"
        f"|multi|hundred|thousand"
        f"|multimillion|multibillion|{'|'.join(PLURALS)}"
    ).split("|")
)
_AFTER_ARTICLE = re.compile(
    rf"[ -]+(?:{_BIG}|{_ZILLIONS}|dozen|score|couple|pair|few|handful|{_SHARE}|second|minute|hour|day|week|fortnight|month|year"
    rf"|decade"
    r"|century|mile|kilomet|met|ton|full|whole)",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"(?!(?:[kcm]?m|mi|ft)[23]\b)[A-Za-z]+\d")
_ODDS = re.compile(
    r"\b(?:by|ratio of|margin of|odds of|outnumber\w*|about|nearly|almost|more than|roughly|over)\s+(?:\w+ )?$", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:the|this|that|which|each|every|no|any|another|not a|an? \w+) $", re.IGNORECASE)
_BOUNDED = re.compile(
    r"\b(?:more than|less than|at least|at most|almost|nearly|over|under|up to|about|within|fewer than|roughly|around) $",
    re.IGNORECASE,
)
_LETTER_DOT = re.compile(r"[^\W\d_]\.|/\.")  # Rs.500
_YEAR_AND = re.compile(r" [a-z]+" + AND_A_HALF.pattern)
_WESTERN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d{1,2}")
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_SPELL = re.compile(r" (?:seconds|minutes|hours|weeks|months|years|overs|balls|innings)\b")  # 6 in 50 overs
_COMMA = re.compile(r"\d{1,3},\d{1,2}")
_COMMA_MONEY = re.compile(r"[ \xa0]?€(?!\d)")
_LIST = re.compile(r"\d{1,3}(?:,\d{1,2}){2,}|\d{1,2}(?:,\d{1,3}){3,}")
_METRES = re.compile(r"(?<=\d)[ \xa0]?(?P<unit>mm?|t)\Z")
_IN_METRES = re.compile(
    r"[ -](?:[a-z]+ )?(?:waves?|swells?|seas|walls?|fences?|tides?|surges?|flames?|towers?|masts?|hurdles?|poles?|drifts"
    r"|cliffs?|trenches|cables?|pipes?|boats?|yachts?|vessels?|ships?|trees?|drops?|cranes?)\b"
)
_COSTS = re.compile(r"\b(?:costs?|worth|paid|pays?|fined|owe[sd]?|(?:sold|bought) for)(?: (?:about|around|some|over|only))? $")
# the number of voters rose from 106m to 128.6m
_MILLIONS_OF = re.compile(
    r"\b(?:(?:number|total|tally|count) of \w+|populations?|users|subscribers|customers|audiences?|viewers|voters|passengers"
    r"|visitors|arrivals|downloads|sales|revenues?|profits?|turnover|income|loss(?:es)?|budget|debts?|exports|imports"
    r"|deficit|surplus|spending|investments?|earnings|shipments|output of \w+)\b(?:[^.;:\n]|\.(?=\d)){0,70}?\b(?:to|from|at|of"
    r"|was|were|is|reached|reaching|hit|by|than|over|nearly|about|around|least|almost|totalled|and|or) \Z"
)
_MORE = re.compile(r" (?:more|fewer|less)\b")
_MILLION = re.compile(r"\dm (?!(?:high|tall|deep|long|wide|above|below|from|away|of|to|and|or|in|at|on|by)\b)[A-Za-z]")
_LONG = re.compile(r",? (?:tall|high|deep|long|wide|above|below|from the|away|off|apart|underground|race|final|sprint|hurdles)\b")
_OF_ITS = re.compile(r" of (?:its|the|their|our|his|her|them|those|these|us|whom|which)\b")


def find_numbers(text: str, start: int, end: int) -> list[Number]:
    """Return the numbers of ``text[start:end]`` in text order."""
    return list(_read_all(text, start, end))


def _read_all(text: str, start: int, end: int) -> Iterator[Number]:
    at = start
    for token in _TOKEN.finditer(text, start, end):
        opens = _opens_number(token["word"]) if token["word"] is not None else True  # of most words not, told without the grammar
        if opens is False or (opens is None and _AFTER_ARTICLE.match(text, token.end()) is None):
            continue
        begin = token.start()
        if begin < at:
            continue
        signed = begin > at and text[begin - 1] in "-−+." and not _LETTER_DOT.fullmatch(text, max(at, begin - 2), begin)
        m = (_NUMBER.match(text, begin - 1, end) if signed else None) or _NUMBER.match(text, begin, end)
        if m is None:
            continue
        number = _read(m)
        if number is None and m["digits"] is None and m["spelled"] is None:  # no ratio (10,000 in 3 years), but a number
            again = _ONLY_CARDINAL.match(text, m.start(), end)
            m, number = (again, _read_cardinal(again)) if again else (m, None)
        if number is not None:
            yield number
        at = number.end if number is not None else m.end()


@functools.lru_cache(maxsize=1 << 14)
def _opens_number(word: str) -> bool | None:
    """Whether a word may open a number; None for an article, which may do so before some nouns."""
    low = word.lower()
    return None if low in ("a", "an") else low in _OPENERS or low.endswith(("fold", "illion", "illions"))


def _read(m: re.Match[str]) -> Number | None:
    for form, read in _READERS.items():
        if m[form] is not None:
            return read(m)
    return _read_cardinal(m)


def _read_cardinal(m: re.Match[str]) -> Number | None:
    return _digits(m) if m["digits"] is not None else _spelled(m)


def _vague(m: re.Match[str]) -> Number | None:
    """*Hundreds of thousands*: from 200 000 to under 1 000 000; *several hundred*: from 200, without an upper bound."""
    words = re.split(r"[ -]+", m.group().lower())
    if words[-1].rstrip("s") not in SCALES and re.fullmatch(_ZILLIONS, words[-1]):
        return Number(*m.span(), form="vague")
    if words == ["scores"] and m.group()[0] == "s" and not _SCORES_OF.match(m.string, m.end()):
        return None  # the scores are out
    low: float | None = None
    high: float | None = None
    if words[0] == "multi" or words[0].startswith("multi"):
        low = 2 * (1e6 if "million" in m.group().lower() else 1e9)
    elif "of" in words and words[words.index("of") - 1] in PLURALS:
        times, unit = PLURALS[words[words.index("of") - 1]], PLURALS[words[-1].rstrip("s") + "s"]
        low, high = 2 * times * unit, (10 * times if times in (10, 100) else 100.0) * unit
    elif words[-1] in SCALES:
        unit = SCALES[words[-1]]
        low, high = 2 * unit, None if words[0] in ("many", "several") else 10 * unit
        if "couple" in words:
            return Number(*m.span(), value=2 * unit, form="spelled", scale=unit)
    elif words[-1] in PLURALS:
        unit = PLURALS[words[-1]]
        low, high = 2 * unit, 10 * unit if unit in (10, 100) else None
    return Number(*m.span(), low=low, high=high, form="vague")


def _share(m: re.Match[str]) -> Number | None:
    part = part_of(m["part"].lower())
    unit = SCALES[m["partof"].lower()]
    return None if part is None else Number(*m.span(), value=part * unit, form="spelled", scale=unit)


def _ratio(m: re.Match[str]) -> Number | None:
    a, b = (cardinal(re.sub(r"^an? ", "one ", m[side].lower().rstrip("s"))) for side in ("left", "right"))
    year = re.fullmatch(r"(?:1[5-9]|20)\d\d", m["right"]) is not None or _SPELL.match(m.string, m.end()) is not None
    return Number(*m.span(), value=a / b, form="ratio") if a and b and a < b and not year else None


def _odds(m: re.Match[str]) -> Number | None:
    told = "-" in m.group() or _ODDS.search(m.string, max(0, m.start() - 20), m.start())
    value = cardinal(m["many"].lower()) if told else None
    return Number(*m.span(), value=value, form="ratio") if value is not None else None


def _mixed(m: re.Match[str]) -> Number | None:
    scale = scale_of(m["mixedscale"])
    if m["glyph"]:
        value: float | None = int(m["wholedigits"]) + GLYPHS[m["glyph"]]
    elif m["over"]:
        part = part_of(m["over"])
        value = None if part is None or part >= 1 else int(m["wholedigits"]) + part
    else:
        whole, part = cardinal(re.sub(r"^an? ", "one ", m["whole"].lower())), part_of(m["rest"].lower())
        if whole is None or part is None:
            return None
        last = SCALES.get(re.split(r"[ -]", m["whole"].lower())[-1], 1.0) if not m["bigger"] else scale_of(m["bigger"])
        if m["bigger"]:
            whole *= last
        # a million and a half is 1 500 000, a billion and a half million what it says; a hundred and a half is 100.5
        if last >= 1e6:
            return Number(*m.span(), value=whole + part * (scale if scale > 1 else last), form="spelled")
        value = whole + part
    return None if value is None else Number(*m.span(), value=value * scale, form="spelled", scale=scale)


def _fraction(m: re.Match[str]) -> Number | None:
    if m["lone"]:
        value: float | None = GLYPHS[m["lone"]]
    elif m["half"]:
        value = 0.5
    else:
        value = part_of(m["slash"] or f"{m['count']} {m['name']}".lower())
        if m.group().lower() == "five-eighth":
            return None  # who plays beside the centre
        if m["slash"] is None and (m["name"] or "").lower() == "quarters" and value not in (0.75, None):
            return None  # two quarters, of a year
    return None if value is None else Number(*m.span(), value=value, form="fraction")


def _dozen(m: re.Match[str]) -> Number | None:
    words = re.split(r"[ -]+", m.group().lower())
    size = {"dozen": 12, "dozens": 12, "score": 20, "couple": 2, "pair": 2}[words[-1]]
    before = " ".join(words[:-1])
    many = 0.5 if before == "half a" else 1.0 if before in ("", "a", "an") else cardinal(before)
    return None if many is None else Number(*m.span(), value=size * many, form="spelled", scale=float(size))


def _article(m: re.Match[str]) -> Number | None:
    """*More than a year*, *a year and a half*: one; without these an article."""
    told = _BOUNDED.search(m.string, max(0, m.start() - 16), m.start()) or _YEAR_AND.match(m.string, m.end())
    return Number(*m.span(), value=1.0, form="spelled") if told else None


def _broken(m: re.Match[str]) -> Number:
    """*61, 000*: one number or two."""
    head, tail = re.split(r", | ,", m["broken"].rsplit(",", 1)[0])[0], re.sub(r"\D", "", m["broken"])
    return Number(*m.span(), form="malformed", readings=tuple(sorted({float(head.replace(",", "")), float(tail)})))


def _digits(m: re.Match[str]) -> Number | None:
    run, end, scale = m["run"], m.end(), 1.0
    if m["scale"] is None or _RUPEES_ONLY.fullmatch(m["scale"]) is None or _of_rupees(m):
        scale = scale_of(m["scale"])
    else:
        end = m.end("run")
    if _IDENTIFIER.match(m.string, end):
        return None  # 24703m212, 1.3e6
    closed = re.sub(rf"(?<=\d)(?:{_SPACE}|[ ’'])(?=\d)", "", run)
    if _WESTERN.fullmatch(closed) or _INDIAN.fullmatch(closed):
        closed = closed.replace(",", "")
    elif _DOTTED.fullmatch(closed) or (_COMMA.fullmatch(closed) and _is_decimal(m, end, scale)):
        closed = closed.replace(".", "").replace(",", ".")
    elif not _PLAIN.fullmatch(closed):
        if _LIST.fullmatch(closed) or closed.count(".") > 1:
            return None  # 22,24,26; 192.168.1.2
        return Number(*m.span(), form="malformed", readings=tuple(sorted({r * scale for r in _readings(run)})))
    small, _, its_scale = (m["small"] or "0").strip().partition(" ")
    value = float(Decimal(closed) * Decimal(str(scale))) + float(small) * scale_of(its_scale)
    if m["sign"] and m["sign"] != "+":
        value = -value
    return Number(m.start(), end, value=value, form="digits", scale=scale)


def _is_decimal(m: re.Match[str], end: int, scale: float) -> bool:
    """Whether a comma parts decimals, as in much of the world: *63,4 per cent*, *2,6 billion*, *12,5 km*."""
    measured = measure_at(m.string, end, min(len(m.string), end + 24))
    told = scale >= 1e6 or (measured is not None and measured[0] not in TIMES)
    return told or PERCENT.match(m.string, end) is not None or _COMMA_MONEY.match(m.string, end) is not None


def _of_rupees(m: re.Match[str]) -> bool:
    """Whether rupees are what is counted in *cr*, *L* or *arab*."""
    text = m.string
    return _RUPEES_BEFORE.search(text, max(0, m.start() - 6), m.start()) is not None or text.startswith(" rupee", m.end("scale"))


def _spelled(m: re.Match[str]) -> Number | None:
    words, start = m["words"], m.start("words")
    if words.lower() == "one" and _PRONOUN.search(m.string, max(0, start - 20), start):
        return None  # the one who
    tokens = list(re.finditer(r"[A-Za-z]+", words))
    for n in range(len(tokens), 0, -1):
        part = words[: tokens[n - 1].end()]
        if tokens[n - 1].group().lower() in ("and", "a", "an", "point"):
            continue
        value = cardinal(re.sub(r"^an? ", "one ", part.lower()))
        if value is None:
            continue
        scale = SCALES.get(tokens[n - 1].group().lower(), 1.0)
        begin = m.start() if m["below"] else start
        return Number(begin, start + len(part), value=-value if m["below"] else value, form="spelled", scale=scale)
    return None


def _readings(raw: str) -> set[float]:
    """What misplaced separators may stand for: none of them, a decimal one, a digit lost or one too many."""
    head, _, tail = raw.rpartition(",")
    whole = re.sub(r"\D", "", head)
    out = {float(re.sub(r"\D", "", raw.partition(".")[0]))}
    if tail.isdigit() and len(tail) < 3 and whole:
        out |= {float(f"{whole}.{tail}"), float(whole + tail.ljust(3, "0"))}
    elif tail.isdigit() and whole:
        out.add(float(whole))
    return out


_READERS = {
    "vague": _vague, "share": _share, "ratio": _ratio,
    "odds": _odds, "mixed": _mixed, "fraction": _fraction, "dozen": _dozen,
    "article": _article, "broken": _broken,
}  # fmt: skip


def in_metres(text: str, number: Number, hi: int) -> Number:
    """*300m away* are metres and *100t* tonnes; *5m tickets* are millions, as are those of *voters rose to 12m, 2m more than*."""
    m = _METRES.search(text, number.start, number.end) if number.form == "digits" else None
    if m is None or number.value is None:
        return number
    metres = replace(number, end=m.start(), value=number.value / number.scale, scale=1.0)
    if m["unit"] == "m":
        before = text[max(0, number.start - 110) : number.start]
        of_its = _OF_ITS.match(text, number.end, hi) is not None and not before.endswith("within ")
        if of_its or _COSTS.search(before[-24:]) or (_MORE.match(text, number.end) and _MILLION.search(before[-80:])):
            return number  # 40m of its users, paid 2.5m for it
        if _IN_METRES.match(text, number.end, hi):
            return metres
        if _MILLIONS_OF.search(before) and not _LONG.match(text, number.end):
            return number
    counts = money_at(text, (number.start, number.end), hi, True) is not None or noun_phrase(text, number.end, hi) is not None
    return number if counts and m["unit"] != "mm" else metres

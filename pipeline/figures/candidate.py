"""From a number to a figure: the range that it opens, what it counts, how it is bounded, or that it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ..lexicon.numerals import SCALES
from ..sieve import Rule, first
from ..text.paragraphs import Paragraph
from . import kinds, people, refusals
from .counted import COUNTING_END, is_plural, noun_phrase
from .events import CHANGES, direction_of
from .figure import FigureRule, FoundFigure, Number, NumberPhrase, RefusalRule
from .hedges import bounds, is_no_bound, read_after, read_before
from .money import CURRENCY_BEFORE, currency_of_sign, money_at
from .negatives import is_date, is_name, is_year
from .numbers import in_metres
from .refusals import Candidate, is_told
from .units import PERCENT, measure_at, rate_at, told_behind

_SIGN = rf"(?:(?P<sign>{CURRENCY_BEFORE})[ \xa0]?)?"
_BETWEEN = re.compile(
    rf"\b(?P<open>(?:(?:any|some)(?:where|thing) )?between|(?P<from>(?:(?P<where>(?:any|some)(?:where|thing)) )?from))\s+"
    rf"{_SIGN}$",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"(?P<unit>\s?(?:%|per cent|percent|[a-zµ°A-Z]{1,3}))??(?P<joint>\s?[–—-]\s?|-? to |-? or |-to-| and )"
    rf"(?:(?:about|around|as many as|perhaps|maybe|even|up to|almost|nearly) )?{_SIGN}"
)
_LISTED = re.compile(
    r"-?(?:,? (?P<word>and|or|to)|(?P<comma>,)) (?:(?:about|around|at least|almost|nearly|more than|over|some|another|only|up to"
    r"|as many as) )?"
)
# two council and three mayoral elections
_PARALLEL = re.compile(r"(?: (?P<first>[\w’'-]+))(?: (?P<second>[\w’'-]+))?(?:,? and|,) ")
_RANGING = re.compile(
    r"\b(?:rang\w+|runs?|running|priced?|costs?|costing|sells?|selling|anywhere|somewhere|var(?:y|ies|ied|ying)|last\w*"
    r"|estimat\w+|ag(?:es|ed)|span\w*)(?: in age)?,? $",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_CHANGED = re.compile(
    rf"\b(?:{CHANGES})(?: \w+ly)?(?: by)?(?: (?:a further|another|an? (?:extra|additional)|about|around|nearly|almost|some"
    r"|just|only|more than|at least))? $",
    re.IGNORECASE,
)
_GREW = re.compile(rf"\b(?:{CHANGES}|increases?|rises?|growth|decreases?|drops?)\b[^.\n]*\($", re.IGNORECASE)
_FOLD = re.compile(r"[- ]?fold\b")
_PAST = re.compile(r" (?:ago|earlier|before|later|previously|after|on|prior)\b")
_PLUS_SCALE = re.compile(r"\d(?:-plus|\+)[ \xa0-]")
_THOUSANDS = re.compile(r"\d{1,3}\.(?:000|\d{3})")
_MEAN = re.compile(r"\b(?:average|averag\w+|mean|median|rate|ratio|per)\b", re.IGNORECASE)
_OF_WHAT = re.compile(r" of [a-z-]+(?: [a-z-]+)?(?= (?:per|an?) )")
_SYMBOL = re.compile(r" \([^()\d\s]{1,3}[²³23]?\)")  # cubic metres (m³) per second
_FROM = re.compile(r"\b[Ff]rom $")
_PLAIN = 10_000  # below which nobody says *900 to 1.2 million* without a scale
# what may stand between numbers of which the last alone has the scale
_SCALED_LIST = re.compile(rf"(?P<joint>,|,? (?:and|or)| to) (?:(?:about|around|nearly|almost|some|just|perhaps|only) )?{_SIGN}")
_FROM_LEVEL = re.compile(rf"\bfrom (?:(?:about|around|nearly|almost|some|just|only) )?{_SIGN}$")
_SIGNED = re.compile(rf"{CURRENCY_BEFORE}[ \xa0]?$")
_LARGE = frozenset(SCALES.values()) - {12, 100}
_SCALED = 1000  # below which a number may lack its scale
_ALIKE = 30  # how many times one of them may be another
_SHARED = 8  # numbers at most that share what the last of them counts, or its scale
_OTHER_CLAUSE = re.compile(r",? (?:and|while|but) ")
_NO_RATE = frozenset("share person unit child vote".split())


# the rules that make a number a figure, in the order in which they are asked; *shared* comes after them (read_figure)
RULES: tuple[Rule[FigureRule, NumberPhrase, kinds.What], ...] = (
    Rule("sign", kinds.has_sign, kinds.money_by_sign),
    Rule("ratio", kinds.is_ratio, kinds.ratio),
    Rule("percent", kinds.any_number, kinds.percent),
    Rule("currency", kinds.any_number, kinds.money_by_name),
    Rule("unit", kinds.any_number, people.years_old),
    Rule("age", people.is_years, people.or_older),
    Rule("age", kinds.any_number, people.younger_than),
    Rule("age", people.is_years, people.age_group),
    Rule("counted", kinds.stands_free, people.of_an_age),
    Rule("age", people.is_years, people.aged),
    Rule("apposition", people.is_years, people.apposed_age),
    Rule("age", people.is_years, people.is_so_old),
    Rule("counted", kinds.any_number, kinds.strong),
    Rule("counted", kinds.any_number, kinds.models),
    Rule("unit", kinds.any_number, kinds.fold),
    Rule("unit", kinds.any_number, kinds.measure),
    Rule("percent", kinds.is_fraction, kinds.of_a_cent),
    Rule("unit", kinds.is_half, kinds.half_an_hour),
    Rule("percent", kinds.is_half, kinds.half_a_point),
    Rule("percent", kinds.is_fraction, kinds.part_of_a_point),
    Rule("fraction", kinds.is_half, kinds.half),
    Rule("counted", kinds.is_glyph, kinds.part_and_noun),
    Rule("fraction", kinds.is_glyph, kinds.part),
    Rule("fraction", kinds.is_spelled_fraction, kinds.spelled_part),
    Rule("times", kinds.is_whole, kinds.times),
    Rule("compound", kinds.is_compound, kinds.compound),
    Rule("counted", kinds.stands_free, people.group_of),
    Rule("counted", kinds.stands_free, kinds.member_of),
    Rule("counted", kinds.stands_free, kinds.counting),
    Rule("bare", kinds.stands_free, kinds.bare),
)
# the rules that leave a number alone for all that
REFUSALS: tuple[Rule[RefusalRule, Candidate, bool], ...] = (
    Rule("date", refusals.is_dated, refusals.left_alone),
    Rule("glued", refusals.is_glued, refusals.left_alone),
    Rule("name", refusals.is_in_name, refusals.left_alone),
    Rule("year", refusals.is_of_year, refusals.left_alone),
    Rule("score", refusals.is_result, refusals.left_alone),
    Rule("pronoun", refusals.is_pronoun, refusals.left_alone),
    Rule("no count", refusals.counts_nothing, refusals.left_alone),
)


def read_figure(
    text: str,
    p: Paragraph,
    numbers: Sequence[Number],
    n: int,
    headline: bool = False,
    dollar: str = "USD",
    taken: int = 0,
    sharing: int = 0,
) -> FoundFigure | None:
    """The figure that the ``n``-th number of a paragraph makes; None if it makes none.

    Args:
        text: the article.
        p: the paragraph.
        numbers: its numbers.
        n: which of them.
        headline: all words of the line begin with capitals.
        dollar: the currency that a bare dollar sign stands for.
        taken: where the figure before ends.
        sharing: how many numbers before it may count what it does.
    """
    printed = _printed(text, p, numbers, n, headline, dollar, max(p.start, taken))
    figure = _figure(p, printed)
    # *five* in *five and ten people* counts what the next number does
    if n + 1 == len(numbers) or sharing == _SHARED or (figure is not None and figure.rule != "bare"):
        return figure
    if figure is not None and _OTHER_CLAUSE.match(text, numbers[n].end) and is_told(printed):
        return figure  # the toll reached 38,000, and 90,000 people were hurt
    if not _may_share(printed, numbers[n + 1 : n + 3]):
        return figure
    next_one = read_figure(text, p, numbers, n + 1, headline, dollar, numbers[n].end, sharing + 1)
    if (
        next_one is not None
        and text[numbers[n].end : numbers[n].end + 1] == " "
        and not _LISTED.fullmatch(text, numbers[n].end, numbers[n + 1].start)
    ):
        several = " " in (next_one.counted or "") or (next_one.rule == "shared" and next_one.counted is not None)
        return _parallel(p, printed, next_one) if several else figure
    if next_one is None or next_one.rule in ("bare", "apposition", "sign", "compound") or next_one.modifier == "vague":
        return figure
    return _sharing(p, printed, next_one)


def _printed(text: str, p: Paragraph, numbers: Sequence[Number], n: int, headline: bool, dollar: str, lo: int) -> NumberPhrase:
    number, before = numbers[n], read_before(text, lo, numbers[n].start)
    if before.currency is None:
        number = in_metres(text, number, p.end)
    number = _with_digits(text, number, numbers[n + 1 : n + 2])
    number = _with_scale(text, number, numbers[n + 1 : n + 1 + _SHARED], lo, p.end, headline)
    last, ends, start = number, (0.0, 0.0), before.start
    if n + 1 < len(numbers):
        second = numbers[n + 1] if before.currency is not None else in_metres(text, numbers[n + 1], p.end)
        opened = _range(text, number, second, lo, before.currency, p.end)
        if opened is not None:
            last, ends, start = second, opened[0], opened[1] if opened[1] is not None else start
    after = read_after(text, last.end, p.end)
    later, at = after if after else (None, last.end)
    if later is None and _PLUS_SCALE.search(text, number.start, number.end):
        later = "at_least"  # 600-plus billion
    return NumberPhrase(text, lo, p.end, number, last, ends, before, start, at, later, headline, dollar)


def _range(
    text: str, number: Number, second: Number, lo: int, currency: str | None, hi: int
) -> tuple[tuple[float, float], int | None] | None:
    """The ends of *between 10 and 15*, *10–15 per cent*, *two or three*, and where *between* stands."""
    m = _JOINT.fullmatch(text, number.end, second.start)
    if m is None or number.value is None or second.value is None or "ratio" in (number.form, second.form):
        return None
    joint = m["joint"].strip(" -") or "-"  # *7- or 8-inch*
    opening = _BETWEEN.search(text, max(lo, number.start - 24), number.start)
    if joint == "and" and (opening is None or opening["from"]):
        return None
    changed = joint == "to" and opening is not None and opening["from"] and not opening["where"]
    if changed and opening is not None and not _RANGING.search(text, max(lo, opening.start() - 80), opening.start()):
        return None  # rose from 10 to 15: two figures
    if joint == "to" and _in_brackets(text, number, second):
        return None
    if joint == "to" and opening is None and _tells_change_and_level(text, m, number, second, (lo, hi)):
        return None  # fell $1 million to $20 million: two figures
    if m["unit"] and not text.startswith(m["unit"].strip(), second.end + (text[second.end : second.end + 1] == " ")):
        return None  # up 20 per cent to 45 million
    if (joint in "-–—" and _YEAR.fullmatch(text, number.start, number.end)) or (m["sign"] and not currency):
        return None
    if m["sign"] and currency and m["sign"][-1] != currency[-1] and currency_of_sign(m["sign"]) != currency_of_sign(currency):
        return None  # US$5 to HK$40
    named = money_at(text, (second.start, second.end), hi, second.scale > 1) if currency and not m["sign"] else None
    if named is not None and currency and named[0] != currency_of_sign(currency):
        return None  # $5 to 40 euros
    low = number.value
    if opening is None and number.scale == 1 and second.value / second.scale <= low < _PLAIN and second.scale > 1:
        return None  # in 2019 to 147 trillion, 28 to 2 million: no ends of one range
    if "—" in m["joint"] and m["joint"] != "—" and m.group().rstrip() != m["joint"].rstrip():
        return None  # the shortest of the lot — up to 5.5 metres
    if number.scale == 1 and second.scale > 1 and low < min(1000, second.value / second.scale):
        low *= second.scale  # five to ten million
    if low >= second.value or (joint == "or" and not _are_neighbours(low, second.value)):
        return None
    return (low, second.value), opening.start() if opening is not None else None


def _in_brackets(text: str, number: Number, second: Number) -> bool:
    """*Cases grew most in Orsa (870 to 1,583)*: from what to what, where the sentence tells a change."""
    alone = text[number.start - 1 : number.start] == "(" and text[second.end : second.end + 1] == ")"
    return alone and _GREW.search(text, max(0, number.start - 250), number.start) is not None


def _tells_change_and_level(text: str, joint: re.Match[str], number: Number, second: Number, within: tuple[int, int]) -> bool:
    """*Fell $1 million to $20 million*, *rose by 12 to 45*; but *fell by 10 to 15 per cent* has one range."""
    lo, hi = within
    start = read_before(text, lo, number.start).start
    if not _CHANGED.search(text, max(lo, start - 60), start) and not _CHANGED.search(text, max(lo, start - 60), number.start):
        return False
    if joint["sign"]:
        close = (second.value or 0) < 2 * (number.value or 0)  # lost $3 to $4 million: one range
        return number.scale == 1 or not close or text[number.end - 1].isalpha()
    if joint["unit"] or _FOLD.match(text, second.end, hi):
        return text[lo:start].endswith("by ") and start == number.start  # rose by about 1 per cent to 2 per cent
    unit = PERCENT.match(text, second.end, hi) or measure_at(text, second.end, hi) or noun_phrase(text, second.end, hi)
    return unit is None and money_at(text, (second.start, second.end), hi, second.scale > 1) is None


def _with_scale(text: str, number: Number, later: Sequence[Number], lo: int, hi: int, headline: bool) -> Number:
    """A number with the scale that the last of a list alone has: *3.2 and 4.5 million units*, *from $1.2 to $1.5 billion*."""
    value = number.value
    if number.scale != 1 or number.form not in ("digits", "spelled") or value is None or not 0 < value < _SCALED or not later:
        return number
    end, joint, last, scale = number.end, None, 0.0, 1.0
    for other in later:
        joint = _SCALED_LIST.fullmatch(text, end, other.start)
        if joint is None or other.value is None or other.scale not in (1.0, *_LARGE):
            return number
        last, scale = other.value / other.scale, other.scale
        if scale != 1:
            break
        end = other.end
    if joint is None or scale == 1 or joint["joint"] == "," or not last or not 1 / _ALIKE <= value / last <= _ALIKE:
        return number
    signed, to = _SIGNED.search(text, max(lo, number.start - 8), number.start) is not None, joint["joint"] == " to"
    whole = (value == int(value)) != (last == int(last))  # 12 and 1.5 million: one whole, one not
    apart = end == number.end and not to and (not joint["sign"] or value > 5 * last) and (whole or joint["joint"][0] == ",")
    apart = apart or (to and not signed and not _FROM_LEVEL.search(text, max(lo, number.start - 30), number.start))
    if apart or (joint["sign"] and not signed):
        return number
    named = not signed and is_name(text, number, lo, hi, headline)
    if named or in_metres(text, other, hi).scale == 1 or is_date(text, number, number.end, lo, hi):
        return number
    return replace(number, value=float(Decimal(str(value)) * Decimal(str(scale))), scale=scale)


def _with_digits(text: str, number: Number, later: Sequence[Number]) -> Number:
    """*Three (3)*, *3 (three)*: the number once more in digits or words is part of it."""
    alike = later and number.value is not None and later[0].value == number.value and later[0].form != number.form
    again = alike and text[number.end : later[0].start] in (" (", "(") and text[later[0].end : later[0].end + 1] == ")"
    return replace(number, end=later[0].end + 1) if again else number


def _are_neighbours(low: float, high: float) -> bool:
    """Whether *five or six*, *two or three hundred* are one guess, and not a choice."""
    unit = 10 ** (len(str(int(high))) - 1) if high >= 10 else 1
    return high <= 3 * low and high - low <= max(2, unit, 0.5 * low)


def _figure(p: Paragraph, n: NumberPhrase) -> FoundFigure | None:
    found = first(RULES, n)
    if found is None:
        return None
    rule, what = found
    if first(REFUSALS, Candidate(n, rule, what)) is not None:
        return None
    figure = FoundFigure(p.index, n.start, what.end, (n.number.start, n.last.end), "exact", what.kind, rule, unit=what.unit)
    counted = what.counted
    if _counts_by_dot(n, what):
        thousands = replace(n.number, value=(n.number.value or 0) * 1000)
        n = replace(n, number=thousands, last=thousands)
    if counted is not None:
        figure.counted, figure.counted_lemma = counted.text, counted.lemma
        figure.counted_span = (counted.end - len(counted.text), counted.end)
    figure.whole_end = max(figure.end, counted.end if counted else 0)
    _add_rate(n, what, figure)
    figure.direction = direction_of(n, figure.whole_end)
    return _bounded(n, figure)


def _counts_by_dot(n: NumberPhrase, what: kinds.What) -> bool:
    """*1.000 persons*: nobody counts people by parts, so that the dot groups thousands; *averaged 2.125 children* has one."""
    of_people = what.kind == "count" and what.counted is not None and what.unit == "person" and not n.ranged
    return (
        of_people
        and _THOUSANDS.fullmatch(n.raw) is not None
        and _MEAN.search(n.text, max(n.lo, n.number.start - 50), n.number.start) is None
    )


def _add_rate(n: NumberPhrase, what: kinds.What, figure: FoundFigure) -> None:
    """The *per* of a rate: $15 an hour, 12 cases per 100,000 people."""
    may_be = what.kind not in ("age", "ratio", "duration") or figure.rule == "times"
    symbol = _SYMBOL.match(n.text, figure.whole_end, n.hi) if what.kind == "measure" else None
    rate = rate_at(n.text, symbol.end() if symbol else figure.whole_end, n.hi) if may_be else None
    of = _OF_WHAT.match(n.text, figure.whole_end, n.hi) if rate is None and may_be else None
    if of is not None:
        rate = rate_at(n.text, of.end(), n.hi)  # 30 tons of cane per hectare
    if (
        rate is None
        or _PAST.match(n.text, rate[1], n.hi)
        or figure.unit is None
        or (what.kind == "percent" and rate[0] in _NO_RATE)
    ):
        return
    figure.unit, figure.whole_end = f"{figure.unit} per {rate[0]}", rate[1]
    if what.counted is None and of is None:
        figure.end = rate[1]


def _bounded(n: NumberPhrase, figure: FoundFigure) -> FoundFigure:
    """Modifier, value, low and high."""
    number, modifier = n.number, n.before.modifier
    if n.hedged and is_no_bound(n.text, n.lo, n.before.start, figure.end, figure.kind, figure.rule == "compound"):
        modifier, figure.start = "exact", n.text.rfind(n.before.currency or "", n.lo, number.start)
    later = (n.later, n.at) if n.later else read_after(n.text, figure.end, n.hi) or read_after(n.text, figure.whole_end, n.hi)
    if later is not None and modifier == "exact" and not n.ranged:
        modifier, end = later
        figure.end = max(figure.end, end)
        figure.whole_end = max(figure.whole_end, figure.end)
    if number.form == "malformed":
        figure.malformed, figure.readings, figure.modifier = True, number.readings, modifier
    elif number.form == "vague":
        figure.modifier, figure.low, figure.high = "vague", number.low, number.high
        figure.start = figure.start if modifier not in ("exact", "approximate") else number.start
    elif n.ranged:
        figure.modifier, (figure.low, figure.high) = "range", n.range
    else:
        value = number.value
        if value is not None and (told := told_behind(n.text, figure.end, n.hi, value, figure.unit)) is not None:
            value, figure.end, figure.whole_end = told[0], told[1], max(told[1], figure.whole_end)
        figure.modifier, figure.value = modifier, value
        figure.low, figure.high = bounds(modifier, value)
    return figure


def _may_share(n: NumberPhrase, later: Sequence[Number]) -> bool:
    """Whether a number may count what the next one does: *five and ten people*, *from 10 to 15 cars*."""
    text, number = n.text, n.number
    m = _LISTED.fullmatch(text, number.end, later[0].start)
    if m is None:
        return not n.ranged and number.form in ("digits", "spelled") and number.scale == 1 and _is_parallel(n, later[0])
    if n.ranged or number.form not in ("digits", "spelled") or (number.form == "spelled" and number.value == 1):
        return False
    if is_date(text, number, number.end, n.lo, n.hi) or is_year(text, number, False, False):
        return False
    if is_name(text, number, n.lo, n.hi, n.headline) or text[number.start - 1 : number.start].isalnum():
        return False
    if m["word"] == "to":
        return _FROM.search(text, max(n.lo, n.before.start - 5), n.before.start) is not None
    if m["word"] == "or":
        return m.group() == " or "
    return m["comma"] is None or (len(later) > 1 and _LISTED.fullmatch(text, later[0].end, later[1].start) is not None)


def _is_parallel(n: NumberPhrase, second: Number) -> bool:
    """*Two council and three mayoral elections*: adjectives between two numbers, and the noun behind the second."""
    m = _PARALLEL.fullmatch(n.text, n.number.end, second.start)
    words = [w for w in (m["first"], m["second"]) if w] if m is not None else []
    return bool(words) and not any(is_plural(w.lower()) or w.lower() in COUNTING_END or w.endswith("ed") for w in words)


def _parallel(p: Paragraph, n: NumberPhrase, other: FoundFigure) -> FoundFigure:
    """The figure that counts what another does, but of another sort: *2,500 direct and 4,000 indirect jobs* counts jobs."""
    figure = _sharing(p, n, other)
    head = (other.counted or "").split(" ")[-1]
    if other.counted_span is not None:
        figure.counted, figure.counted_span = head, (other.counted_span[1] - len(head), other.counted_span[1])
    return figure


def _sharing(p: Paragraph, n: NumberPhrase, other: FoundFigure) -> FoundFigure:
    """The figure that counts what another does."""
    number = n.number
    figure = FoundFigure(p.index, n.start, number.end, (number.start, number.end), "exact", other.kind, "shared", unit=other.unit)
    figure.counted, figure.counted_lemma, figure.counted_span = other.counted, other.counted_lemma, other.counted_span
    figure.whole_end = figure.end
    return _bounded(n, figure)

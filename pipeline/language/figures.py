"""Figures: numeric claims with their bounds, what they count, what befell it, and according to whom.

A first version in rules over the numbers of ``numbers``: hedges before a number, units and nouns after it, events,
places and times in its clause. Dates, years, times, ordinals and digits in names are no figures. Modifiers, values
and bounds follow the table in the project's documentation of the ``figures`` table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from schemas.figures import Event, FigureKind, Modifier

from .chars import Chars
from .figure_words import (
    AGE_AFTER,
    AGE_BEFORE,
    BEFORE,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    DATE_AFTER,
    DATE_BEFORE,
    EVENT,
    HEDGE,
    INCLUDING,
    IRREGULAR,
    MEASURES,
    MONTH,
    NO_NOUN,
    PEOPLE,
    PERCENT,
    PLACE,
    TIME,
    TIME_AFTER,
    UNSPECIFIED,
    WHEN,
    WORD,
    YEAR_BEFORE,
)
from .lexicon import COORDINATORS, PREPOSITIONS, RELATIVES, SUBORDINATORS
from .numbers import Number, find_numbers
from .paragraphs import Paragraph
from .sentences import clause_span, sentence_spans


@dataclass
class Figure:
    """A figure as found: spans in characters of the article, values as the ``figures`` table defines them."""

    paragraph: int
    start: int
    end: int
    modifier: Modifier
    kind: FigureKind
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    counted: str | None = None
    counted_lemma: str | None = None
    event: Event | None = None
    place: str | None = None
    time_text: str | None = None
    part_of: Figure | None = None
    readings: tuple[float, ...] = ()
    unspecified: bool = False
    sentence: Chars = (0, 0)
    number: Number = field(default_factory=lambda: Number(0, 0))


def find_figures(text: str, paragraphs: Sequence[Paragraph]) -> list[Figure]:
    """Return the figures of an article in text order, boilerplate left out."""
    out: list[Figure] = []
    for p in paragraphs:
        if p.kind == "boilerplate":
            continue
        sentences = sentence_spans(text, p.start, p.end)
        numbers = find_numbers(text, p.start, p.end)
        skip = 0
        for n, number in enumerate(numbers):
            if number.start < skip:
                continue
            following = numbers[n + 1] if n + 1 < len(numbers) else None
            figure = _figure(text, p, number, following)
            if figure is None:
                continue
            skip = figure.end
            figure.sentence = next(s for s in sentences if s[0] <= figure.start < s[1] or s is sentences[-1])
            _add_context(text, figure, out)
            out.append(figure)
    return out


def _figure(text: str, p: Paragraph, number: Number, following: Number | None) -> Figure | None:
    before = BEFORE.search(text, max(p.start, number.start - 40), number.start)
    hedge, currency = (before["hedge"], before["currency"]) if before else (None, None)
    start = number.start
    if before and (hedge or currency):
        start = before.start("hedge" if hedge else "currency")
    second = _range_end(text, number, following, p)
    between = re.compile(r"between [£$€]?$", re.IGNORECASE).search(text, max(p.start, number.start - 9), number.start)
    if second is not None and between:
        start = between.start()
    last = second or number
    kind, unit, counted, end = _what(text, last, p.end, currency)
    if kind is None or (not currency and kind == "count" and _is_no_figure(text, number, last, p, counted)):
        return None
    if kind in ("duration", "age", "percent", "measure") and _is_date(text, number, p):
        return None
    if hedge and hedge.lower() == "some" and number.form == "vague":
        hedge = None
    figure = Figure(p.index, start, end, "exact", kind, unit=unit, number=number)
    figure.counted = counted
    figure.counted_lemma = singular(counted.split()[-1]) if counted else None
    if number.form == "malformed":
        figure.readings = number.readings
        figure.modifier = _modifier(hedge)
        return figure
    if number.form == "vague":
        figure.modifier, figure.low, figure.high = "vague", number.low, number.high
        return figure
    if second is not None and number.value is not None and second.value is not None:
        low, high = number.value, second.value
        if number.value < 1000 <= second.value and not re.search(r"[a-z]", text[number.start : number.end].lower()):
            scale = re.search(r"(thousand|million|billion|trillion|bn|m|k)\b", text[second.start : second.end].lower())
            low *= second.value / float(re.sub(r"[^\d.]", "", text[second.start : second.end]) or 1) if scale else 1
        figure.modifier, figure.low, figure.high = "range", low, high
        return figure
    return _bounded(figure, _modifier(hedge), number.value)


def _modifier(hedge: str | None) -> Modifier:
    if hedge is None:
        return "exact"
    m = HEDGE.match(hedge)
    return cast(Modifier, m.lastgroup or "exact") if m else "exact"


def _bounded(figure: Figure, modifier: Modifier, value: float | None) -> Figure:
    """Value, low and high by the contract's table of modifiers."""
    low = value if modifier in ("exact", "at_least", "more_than") else None
    high = value if modifier in ("exact", "at_most", "less_than", "nearly") else None
    return replace(figure, modifier=modifier, value=value, low=low, high=high)


def _range_end(text: str, number: Number, following: Number | None, p: Paragraph) -> Number | None:
    """The second number of *between 10 and 15*, *10–15*, *10 to 15*."""
    if following is None or number.value is None or following.value is None or following.value <= number.value:
        return None
    between = text[number.end : following.start]
    before = text[max(p.start, number.start - 10) : number.start].lower()
    if re.fullmatch(r" and [£$€]?", between) and before.rstrip(" £$€").endswith("between"):
        return following
    return following if re.fullmatch(r"\s?[–-]\s?[£$€]?| to [£$€]?", between) else None


def _what(text: str, number: Number, limit: int, currency: str | None) -> tuple[FigureKind | None, str | None, str | None, int]:
    """Kind, unit, counted phrase and end of the figure, from the words after the number."""
    if number.form == "ratio" or number.form == "fraction":
        of = re.compile(r" of (?:all |the |its |their |our )?").match(text, number.end, limit)
        counted, _ = _noun_phrase(text, of.end() if of else number.end, limit)
        return "ratio", _unit_of(counted), counted, number.end
    if currency:
        return "money", CURRENCY_SIGNS.get(currency.strip().lower(), currency.strip().upper()), None, number.end
    m = PERCENT.match(text, number.end, limit)
    if m:
        of = re.compile(r" of (?:all |the |its |their |our )?").match(text, m.end(), limit)
        counted = _noun_phrase(text, of.end(), limit)[0] if of else None
        return "percent", "percentage point" if "point" in m.group().lower() else "percent", counted, m.end()
    m = AGE_AFTER.match(text, number.end, limit)
    if m:
        return "age", "month" if "month" in m.group().lower() else "year", None, m.end()
    if AGE_BEFORE.search(text, max(0, number.start - 30), number.start):
        return "age", "year", None, number.end
    m = WORD.match(text, number.end, limit)
    strong = re.compile(r"-strong\b").match(text, number.end, limit)
    if strong:
        counted, _ = _noun_phrase(text, strong.end(), limit)
        return "count", _unit_of(counted) or "person", counted, strong.end()
    if m:
        word = singular(m.group(1).rstrip("’'").lower())
        if word in TIME:
            return "duration", word, None, m.end(1) - len(m.group(1)) + len(m.group(1).rstrip("’'"))
        if word in MEASURES and not re.match(r"s?\s+of ice", text[m.end() : m.end() + 8]):
            return "measure", MEASURES[word], None, m.end()
        if word in CURRENCY_WORDS and m.group(1)[-1] != "-":
            return "money", CURRENCY_WORDS[word], None, m.end()
    of = re.compile(r" of (?:the |its |their |our |his |her )?").match(text, number.end, limit)
    counted, _ = _noun_phrase(text, of.end() if of else number.end, limit)
    if counted is not None and singular(counted) in CURRENCY_WORDS:
        return "money", CURRENCY_WORDS[singular(counted)], None, number.end  # millions of dollars
    if counted is not None and number.value != 1 and not _is_plural(counted.split()[-1].lower()):
        counted = None  # two turned away, a 999 caller
    return "count", _unit_of(counted), counted, number.end


def _noun_phrase(text: str, start: int, limit: int) -> tuple[str | None, int]:
    """The noun phrase that begins at ``start``: adjectives and names up to a plural or the last noun-like word."""
    words: list[re.Match[str]] = []
    position = start
    while len(words) < 5:
        m = (
            re.compile(r"\s+([A-Za-z][\w’'-]*)").match(text, position, limit)
            if words or start != position or text[start : start + 1].isspace()
            else re.compile(r"([A-Za-z][\w’'-]*)").match(text, position, limit)
        )
        if not m:
            break
        low = m.group(1).lower()
        if (
            low in PREPOSITIONS
            or low in COORDINATORS
            or low in SUBORDINATORS
            or low in RELATIVES
            or low in NO_NOUN
            or low in ("the", "a", "an", "each", "years", "ago", "later", "not", "to")
        ):
            break
        if words and ((low.endswith("ed") and not low.endswith("-led")) or low.endswith("ly")):
            break
        words.append(m)
        position = m.end()
        if _is_plural(low):
            following = re.compile(r"\s+([a-z]\w*s)\b").match(text, position, limit)
            if not (following and low in ("rights", "teachers", "sales", "women", "news", "police")):
                break
    while words and (
        (re.search(r"(?:ly|ed)$", words[-1].group(1)) and len(words[-1].group(1)) > 4)
        or words[-1].group(1).lower() in ("more", "other", "further", "new")
    ):
        words.pop()
    if not words or words[-1].group(1).endswith(("'s", "’s")):
        return None, start
    return text[words[0].start(1) : words[-1].end(1)], words[-1].end(1)


def _is_plural(low: str) -> bool:
    return low in IRREGULAR or (low.endswith("s") and not low.endswith(("ss", "us", "is", "’s", "'s")))


def singular(noun: str) -> str:
    """The singular of a noun, by rule and a short list of irregular ones."""
    low = noun.lower()
    if low in IRREGULAR:
        return IRREGULAR[low]
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes")):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is")) else low


def _unit_of(counted: str | None) -> str | None:
    if counted is None:
        return None
    lemma = singular(counted.split()[-1])
    return "person" if lemma in PEOPLE else lemma


def _is_date(text: str, number: Number, p: Paragraph) -> bool:
    return DATE_BEFORE.search(text, max(p.start, number.start - 16), number.start) is not None


def _is_no_figure(text: str, number: Number, last: Number, p: Paragraph, counted: str | None) -> bool:
    """Whether a bare number is a date, a time, an ordinal, part of a name, or a pronoun."""
    raw = text[number.start : number.end]
    before = text[max(p.start, number.start - 24) : number.start]
    after = text[last.end : min(last.end + 24, p.end)]
    if _is_date(text, number, p) or (number.form == "digits" and (TIME_AFTER.match(after) or re.match(DATE_AFTER, after))):
        return True
    if re.fullmatch(r"\d{4}", raw) and 1000 <= int(raw) <= 2100 and _reads_as_year(before, counted):
        return True
    if (re.search(r"\b(?:[Aa]n?|[Tt]he) $", before) and number.form == "digits" and counted is None) or re.search(
        r"\d[–-]$", before
    ):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", raw) and counted is not None and counted.endswith("levels"):
        return True
    if (
        re.search(r"(?:#|\bNo\.? |[A-Za-z]\d*-?)$", before)
        or re.match(r"[A-Za-z]", after)
        or (re.match(r"\s?[–-]\s?\d", after) and counted is None)
    ):
        return True
    if number.form == "spelled":
        low = raw.lower()
        if low in ("one", "zero") or (raw[0].isupper() and before.strip() and before.rstrip()[-1:] not in ".!?:\"“'‘"):
            return True
        if counted is None:
            return not re.search(r"\b(?:kill|wound|injur|detain|arrest)(?:ed|ing|s)\s+(?:\w+\s+)?$", before) and low in (
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
            )
    if (
        number.form == "digits"
        and re.search(r"[A-Z][\w’]*\s$", before)
        and counted is None
        and number.value is not None
        and number.value < 1000
    ):
        return not re.search(r"(?:^|[.!?]\s+)(?:[A-Z]\w*)\s$", before)
    if number.form == "vague" and counted is None:
        return raw.lower() == "several"
    if number.form == "digits" and counted is None and HEDGE.search(before) is None:
        killed = re.search(r"\b(?:kill|wound|injur|detain|arrest)(?:ed|ing|s)\s+(?:\w+\s+)?$", before) or re.match(
            r"\s+(?:were|was|are|have|had|has|people|of|more|dead|killed|injured|wounded|missing)\b", after
        )
        big = (number.value is not None and number.value >= 1000 and "," in raw) or re.search(r"[a-z]", raw)
        return not (killed or big)
    return False


def _reads_as_year(before: str, counted: str | None) -> bool:
    in_date = YEAR_BEFORE.search(before) or re.search(rf"{MONTH}(?: \d{{1,2}},?)? $", before)
    return bool(in_date) or counted is None or not _is_plural(counted.split()[-1].lower())


def _add_context(text: str, figure: Figure, earlier: list[Figure]) -> None:
    """Event, place, time and the whole it is part of, from the figure's clause, else its sentence."""
    clause = clause_span(text, figure.sentence, figure.start)
    if figure.kind in ("count", "ratio", "percent"):
        figure.event = _nearest_event(text, figure, clause) or (
            _nearest_event(text, figure, figure.sentence) if INCLUDING.search(text, figure.sentence[0], figure.start) else None
        )
    for pattern, attribute in ((PLACE, "place"), (WHEN, "time_text")):
        m = pattern.search(text, *clause) or pattern.search(text, *figure.sentence)
        if m:
            setattr(figure, attribute, re.sub(r"[’']s?$", "", m.group(1)) if attribute == "place" else m.group())
    figure.unspecified = UNSPECIFIED.search(text, *figure.sentence) is not None
    whole = earlier[-1] if earlier and earlier[-1].sentence == figure.sentence and earlier[-1].kind == "count" else None
    if whole is not None and figure.kind == "count" and INCLUDING.search(text, whole.end, figure.number.start):
        figure.part_of = whole
        figure.event = figure.event or whole.event
    if (
        figure.unit is None
        and figure.kind == "count"
        and figure.event in ("killed", "injured", "displaced", "detained", "evacuated", "infected")
    ):
        figure.unit = "person"


def _nearest_event(text: str, figure: Figure, span: Chars) -> Event | None:
    best: tuple[int, Event] | None = None
    for m in EVENT.finditer(text, *span):
        distance = m.start() - figure.end if m.start() >= figure.end else figure.start - m.end() + 10
        if m.start() < figure.end and m.end() > figure.start:
            distance = 0
        if best is None or distance < best[0]:
            best = (max(distance, 0), cast(Event, m.lastgroup))
    return best[1] if best else None

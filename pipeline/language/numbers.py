"""Numbers in running text: digits, number words, scales, fractions and vague plurals, with their values.

``find_numbers`` finds what is written as a number; whether it is a figure (and not a date, an ordinal or part of a
name) is decided in ``figures``. Digits that cannot be read in one way are kept, never corrected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from text_to_num import text2num

_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9,
    "bln": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "trn": 1e12, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
_PLURALS = {
    "hundreds": 1e2,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
    "trillions": 1e12,
    "dozens": 12.0,
    "scores": 20.0,
}
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALL = rf"(?:(?:{_TENS})(?:[- ](?:{_UNITS}))?|{_TEENS}|{_UNITS}|zero)"
_SPELLED = (
    rf"(?:(?:{_SMALL}|a)(?:[- ](?:hundred|thousand|million|billion|trillion))+|{_SMALL})(?:(?:,? and"
    rf"|,)? (?:{_SMALL})(?:[- ](?:hundred|thousand|million|billion|trillion))*)*"
)
_DIGITS = r"\d{1,3}(?:[,\u2009\u202f\xa0]\d{3})+(?:\.\d+)?|\d+\.\d+|\d+"
_SCALE = (
    r"(?:[ \xa0-](?:hundred|thousand|million|billion|trillion|lakh|crore|bn|mn|tn|m)\b|(?:k|m|mn|mln|bn"
    r"|bln|b|tn|trn|million|billion|trillion)\b)"
)
_FRACTIONS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1, "eighth": 0.125, "sixth": 1 / 6}
_FRACTION = r"half|thirds?|quarters?|fifths?|tenths?|eighths?|sixths?"

_NUMBER = re.compile(
    rf"(?P<malformed>\b\d{{1,3}}(?:,\d{{3}})*,\d{{1,2}}(?![\d,]|\.\d)|\b\d{{1,3}}, 000\b|\b\d{{4,}},\d{{1,3}}\b)"
    rf"|(?P<vague>\b(?:(?:many |several )?(?:(?:tens|hundreds|dozens|scores) of (?:thousands|millions"
    rf"|billions)|(?:hundreds|thousands|millions|billions|trillions|dozens|scores)(?= of\b| \w)|hundreds"
    rf"|thousands|millions|dozens)\b|(?:several|a few|many) (?:hundred|thousand|million|billion|dozen)\b"
    rf"|several\b))"
    rf"|(?P<ofscale>\b(?:half a|a quarter of a|three-quarters of a) (?P<ofname>million|billion|trillion|dozen|century|decade)\b)"
    rf"|(?P<ratio>\b(?:{_UNITS}|ten|\d+)(?: (?:in|out of)(?: every)? | of every )(?:{_UNITS}|ten|twenty|hundred|\d+)\b)"
    rf"|(?P<fraction>\b(?:a|one|two|three|four)[- ](?:{_FRACTION})(?= of\b)|\bhalf(?= (?:of|the|its|their)\b))"
    rf"|(?P<dozen>\b(?:(?:a|one|two|three|four|five|six|half a)[- ])?(?:dozen|score)\b(?! of (?:years ago))"
    rf"|\ba (?:couple|pair)(?= of\b))"
    rf"|(?P<digits>(?<![\w.,/])(?<![^\W\d][–-])(?:{_DIGITS})(?P<scale>{_SCALE})?)"
    rf"|(?P<spelled>(?<![\w-])(?:{_SPELLED})(?![\w-]*\w*th\b))(?![\w])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Number:
    """A number as written: span, value, or bounds if vague, or possible readings if malformed."""

    start: int
    end: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    form: str = "digits"
    readings: tuple[float, ...] = ()


def find_numbers(text: str, start: int, end: int) -> list[Number]:
    """Return the numbers of ``text[start:end]`` in text order."""
    out = []
    for m in _NUMBER.finditer(text, start, end):
        number = _read(m)
        if number is not None:
            out.append(number)
    return out


def _read(m: re.Match[str]) -> Number | None:
    form = m.lastgroup if m.lastgroup not in ("scale", "ofname") else ("digits" if m["digits"] else "ofscale")
    raw, low = m.group(), m.group().lower()
    if form == "malformed":
        return Number(*m.span(), form=form, readings=_readings(raw))
    if form == "vague":
        bounds = _vague_bounds(low)
        return Number(*m.span(), low=bounds[0], high=bounds[1], form=form)
    if form == "ofscale":
        share = 0.5 if low.startswith("half") else 0.25 if low.startswith("a quarter") else 0.75
        unit = {"dozen": 12.0, "century": 100.0, "decade": 10.0}.get(m["ofname"].lower()) or _SCALES[m["ofname"].lower()]
        return Number(*m.span(), value=share * unit, form=form)
    if form == "ratio":
        left, right = re.split(r" (?:in|out of)(?: every)? | of every ", low)
        a, b = _plain(left), _plain(right)
        return Number(*m.span(), value=a / b, form=form) if a and b and a <= b else None
    if form == "fraction":
        words = re.split(r"[- ]", low)
        share = _FRACTIONS[words[-1].rstrip("s") if words[-1] != "half" else "half"]
        times = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}.get(words[0], 1)
        return Number(*m.span(), value=share * times, form=form)
    if form == "dozen":
        head = re.split(r"[- ]", low)[-1]
        size = {"dozen": 12, "score": 20, "couple": 2, "pair": 2}[head]
        before = low[: -len(head)].strip(" -")
        many = 0.5 if before == "half a" else 1.0 if before in ("", "a", "one") else _plain(before) or 1.0
        if head == "score" and not before:
            return None
        return Number(*m.span(), value=size * many, form=form)
    if form == "digits":
        digits = Decimal(re.sub(r"[,\u2009\u202f\xa0]", "", raw.removesuffix(m["scale"] or "")))
        scale = (m["scale"] or "").strip(" \xa0-").lower()
        return Number(*m.span(), value=float(digits * int(_SCALES.get(scale, 1))), form="digits")
    spelled = _plain(re.sub(r"^an? ", "one ", low))
    return None if spelled is None else Number(*m.span(), value=spelled, form="spelled")


def _plain(words: str) -> float | None:
    """The value of digits or of a spelled cardinal."""
    if words.isdigit():
        return float(words)
    words = words.replace(",", "")
    head, _, rest = words.partition("trillion")
    if rest or head != words:  # text2num stops at billions
        high = _plain(head.strip(" -")) if head.strip(" -") else 1.0
        low = _plain(rest.strip().removeprefix("and ")) if rest.strip() else 0.0
        return None if high is None or low is None else high * 1e12 + low
    try:
        return float(text2num(words, "en"))
    except ValueError:
        return None


def _readings(raw: str) -> tuple[float, ...]:
    digits = re.sub(r"\D", "", raw)
    head, _, tail = raw.rpartition(",")
    out = {float(digits)}
    if tail != tail.strip():
        out.add(float(re.sub(r"\D", "", head)))  # 61, 000
    elif len(tail) < 3:
        out.add(float(re.sub(r"\D", "", head) + "." + tail))
        out.add(float(re.sub(r"\D", "", head) + tail.ljust(3, "0")))
    return tuple(sorted(out))


def _vague_bounds(low: str) -> tuple[float | None, float | None]:
    """*hundreds of thousands*: from 200 000 to under 1 000 000; *several hundred*: from 200, no upper bound."""
    words = low.split()
    if words[-1] in _SCALES or words[-1] == "dozen":
        unit = 12.0 if words[-1] == "dozen" else _SCALES[words[-1]]
        return 2 * unit, None if words[0] in ("many", "several") else 10 * unit
    if "of" in words:
        times = {"tens": 10.0, "hundreds": 100.0, "dozens": 12.0, "scores": 20.0}[words[words.index("of") - 1]]
        unit = _PLURALS[words[-1]]
        return 2 * times * unit, (10 * times if times in (10, 100) else 100.0) * unit
    if words[-1] in _PLURALS:
        unit = _PLURALS[words[-1]]
        return 2 * unit, 10 * unit if unit == 100 else None
    return None, None  # several

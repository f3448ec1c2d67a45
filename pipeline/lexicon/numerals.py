"""Values of number words: cardinals, scales, fractions and their signs.

Spelled cardinals are valued by text2num, which refuses rather than guesses.
"""

from __future__ import annotations

import re
from decimal import Decimal

from text_to_num import text2num

from .rows import NumberClass, NumberRow
from .tables import table


def values(of: NumberClass) -> dict[str, float]:
    """The words of a class with their values, in the order of the table."""
    return {row.word: row.value for row in table(NumberRow) if of in row.classes}


SCALES = values("scale")
PLURALS = values("plural")
FRACTIONS = values("fraction")
GLYPHS = values("glyph")

_TENS = frozenset(values("ten"))
_KNOWN = ("hundred", "thousand", "million", "billion")  # by text2num
_NOT_KNOWN = sorted(values("big").keys() - set(_KNOWN), key=lambda word: -SCALES[word])


def scale_of(word: str | None) -> float:
    """What a scale word or several multiply by, 1 for none: *million*, *-plus billion*, *lakh crore*."""
    value = 1.0
    for w in re.split(r"[ \xa0-]+", re.sub(r"^(?:-plus|\+)", "", word or "").strip(" \xa0-").lower()):  # lakh crore
        value *= SCALES[w if w in SCALES else w[:-1]] if w else 1.0
    return value


def part_of(words: str) -> float | None:
    """The value of *half*, *three quarters*, *a fifth*, *1/4*."""
    if "/" in words:
        over, under = words.split("/")
        return int(over) / int(under) if int(under) else None
    pieces = re.split(r"[ -]+", words)
    name = pieces[-1] if pieces[-1] in FRACTIONS else pieces[-1].rstrip("s")
    if name not in FRACTIONS:
        return None
    times = 1.0 if len(pieces) == 1 or pieces[0] in ("a", "an") else cardinal(" ".join(pieces[:-1]))
    return None if times is None else times / FRACTIONS[name]


def cardinal(words: str) -> float | None:
    """The value of digits or of a spelled cardinal."""
    words = words.replace(",", "")
    if words.isdigit():
        return float(words)
    words = re.sub(r"\bn[oa]ught\b", "zero", re.sub(r"[\s-]+", " ", words)).strip()
    words = re.sub(r"^(?=(?:hundred|thousand) and )", "one ", words)
    head, point, digits = words.partition(" point ")
    if point:
        last = digits.split(" ")[-1]
        if last in SCALES:
            small = cardinal(words.removesuffix(" " + last))
            return None if small is None else float(Decimal(str(small)) * Decimal(str(SCALES[last])))
        whole, rest = cardinal(head), [cardinal(d) for d in digits.split(" ")]
        tail = digits.split(" ")
        if whole is None:
            return None
        if len(tail) == 2 and tail[0] in _TENS:
            rest = [cardinal(digits)]  # point seventy-one
        return None if None in rest else float(f"{whole:.0f}.{''.join(f'{d:.0f}' for d in rest if d is not None)}")
    for name in _NOT_KNOWN:
        head, found, rest_of = words.rpartition(name)
        if found:
            high = cardinal(head.strip()) if head.strip() else 1.0
            low = cardinal(rest_of.strip().removeprefix("and ")) if rest_of.strip() else 0.0
            return None if high is None or low is None else high * SCALES[name] + low
    if words in _KNOWN:
        return SCALES[words]
    try:
        return float(text2num(words, "en"))
    except ValueError:
        head, _, last = words.rpartition(" ")
        times = cardinal(head) if head.endswith(_KNOWN) and last in SCALES else None
        return None if times is None else times * SCALES[last]  # a thousand million, two million million

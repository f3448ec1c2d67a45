"""A date that stands among words, or is told in another language: *By Ann Veld, 5 de outubro de 2026 às 22h30*.

Names of months come from the Common Locale Data Repository; one that stands for two months (*listopada*) tells none.
"""

from __future__ import annotations

import functools
import re
import unicodedata

# of the press that prints English pages beside its own, and of the pages that it takes over
_LANGUAGES = (
    "af am ar az bg bn bs ca cs cy da de el es et eu fa fi fil fr ga gu he hi hr ht hu hy id is it ka kk km kn ko ky lo lt lv mk "
    "ml mn mr ms my nb ne nl pa pl ps pt ro ru si sk sl sq sr sr_Latn sv sw ta te th tr uk ur uz vi zu"
).split()
_JOINED = {"he": "ב"}  # *in*, written together with the month
_ENGLISH = "january february march april may june july august september october november december".split()
_OF = r"(?:\s*(?:of|de|del|d['’]|da|di|ng|na)\b)?[\s.,]*"
_YEAR = r"(\d{4})(?!\d)"
_BUDDHIST = 543  # years that Thailand counts more
_TIME = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:[:h.]|\s?h\s?)(\d{2})(?::(\d{2}))?(?!\d|\.\d)(?:\s?([ap])\.?\s?m\b\.?)?", re.IGNORECASE
)
_HOUR = re.compile(r"(?<![\d:.])(\d{1,2})\s?([ap])\.?\s?m\b", re.IGNORECASE)
_ZONE = re.compile(r"\(?\b((?:GMT|UTC)\s*[+−-]\s*\d{1,2}(?::?\d{2})?|[A-Z]{2,5}|Z)\)?(?![\w.])|(?<=\d)\s?([+-]\d{2}:?\d{2})\b")
# halves of a day, and hours, as other scripts write them
_HALVES = dict.fromkeys("오전 午前 上午 ص π.μ. π.μ πμ".split(), "am") | dict.fromkeys(
    "오후 午後 下午 م μ.μ. μ.μ μμ".split(), "pm"
)
_HALF = "|".join(map(re.escape, sorted(_HALVES, key=len, reverse=True)))
_CLOCK = re.compile(
    rf"(?:({_HALF})\s*)?(?<![\d:.])(\d{{1,2}})(?:\s?[時时点點시]\s?(?:(\d{{1,2}})\s?[分분])?|:(\d{{2}}(?::\d{{2}})?))"
    rf"(?:\s?({_HALF})(?!\w))?"
)
_WEEKDAY = re.compile(
    r"\([月火水木金土日월화수목금토]\)|[月火水木金土日]曜日?|[월화수목금토일]요일|(?:周|星期)[一二三四五六日天]"
)
_NUMBERS = re.compile(r"(?<![\d./-])(?:\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{4}([/.-])\d{1,2}\2\d{1,2})(?![\d/-])")


def date_within(words: str, zones: frozenset[str]) -> str | None:
    """The one date that stands among words, with the time and the zone beside it, as ``parse_published`` reads it.

    Args:
        words: of an element that holds a date and little else.
        zones: names of zones, in capitals.

    Returns:
        None: there is no date with its year, or more than one.
    """
    words = plain_clock("".join(str(unicodedata.decimal(c, c)) for c in words))
    found = {(m.start(), m.end()): date for m, date in _dates(words)}
    if len(set(found.values())) != 1:
        return None
    (start, end), date = next(iter(found.items()))
    before, rest = words[:start], words[end:]
    time = _TIME.search(rest) or _TIME.search(before)
    if time is not None:
        half = f" {time[4]}m" if time[4] else ""
        date += f" {time[1]}:{time[2]}{':' + time[3] if time[3] else ''}{half}"
    elif (hour := _HOUR.search(rest) or _HOUR.search(before)) is not None:
        date += f" {hour[1]}:00 {hour[2]}m"
    else:
        return date
    for m in _ZONE.finditer(rest):
        zone = (m[1] or m[2]).upper()
        if m[2] or zone in zones or zone[:3] in ("GMT", "UTC"):
            return f"{date} {zone}"
    return date


def plain_clock(words: str) -> str:
    """Words with the time of a day as English prints it, where East Asia, Arabic or Greek prints it: *오후 9:15* is *9:15 pm*."""
    return words if words.isascii() else _CLOCK.sub(_as_printed, _WEEKDAY.sub(" ", words.replace("МСК", "MSK")))


def _as_printed(found: re.Match[str]) -> str:
    half = _HALVES.get(found[1] or found[5] or "")
    if half is None and found[4]:
        return found[0]
    hour = int(found[2])
    return f" {hour}:{found[3] or found[4] or '00':0>2}{f' {half}' if half and 1 <= hour <= 12 else ''}"


def _dates(words: str) -> list[tuple[re.Match[str], str]]:
    """The dates among words, each with its own form of it: year first where a month is named, as printed where none is."""
    found = [(m, m[0]) for m in _NUMBERS.finditer(words)]
    if not re.search(r"\d{4}", words):
        return found
    for pattern, order in _patterns():
        for m in pattern.finditer(words):
            day, month, year = (m[n] for n in order)
            number = _months().get(_key(month))
            if number and 1 <= int(day) <= 31:
                thai = int(year) > 2400 and "\u0e00" <= month[0] <= "\u0e7f"
                found.append((m, f"{int(year) - _BUDDHIST * thai:04}-{number:02}-{int(day):02}"))
    return found


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[int, int, int]], ...]:
    """Forms of a date with a named month, each with the groups of its day, month and year."""
    month = (
        r"([^\W\d_][^\W\d_'’\u0300-\u036f\u0900-\u0dff\u0e00-\u0e7f]*(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e00-\u0e7f.])*)"
    )
    day = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|-?an)?\.?"
    return (
        (re.compile(rf"{day}{_OF}{month}{_OF}{_YEAR}", re.IGNORECASE), (1, 2, 3)),
        (re.compile(rf"(?<![^\W\d_]){month}[\s.-]*{day}(?!\d|:)[\s,.-]*{_YEAR}", re.IGNORECASE), (2, 1, 3)),
        (re.compile(rf"{_YEAR}(?:\.|\s?m\.|e?ko)?\s*{month}\s*(\d{{1,2}})(?!\d|:)", re.IGNORECASE), (3, 2, 1)),
    )


def _key(month: str) -> str:
    return month.casefold().rstrip(".").replace("\u0307", "")


@functools.cache
def _months() -> dict[str, int]:
    """Months by their names and abbreviations, but for names of several."""
    from babel import Locale, UnknownLocaleError

    told: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        try:
            months = Locale.parse(language).months
        except UnknownLocaleError:
            continue
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, bare in months[use][width].items():
                    for name in (bare, *(before + bare for before in _JOINED.get(language, ""))):
                        if not name[:1].isdigit():
                            told.setdefault(_key(name), set()).add(number)
    found = {name: min(numbers) for name, numbers in told.items() if len(numbers) == 1 and len(name) > 1}
    for number, name in enumerate(_ENGLISH, 1):
        found |= {name: number, name[:3]: number}
    return found | {"sept": 9}

"""Times of publication as people and programs write them: ISO 8601, mail headers, epochs, day and month in either order."""

from __future__ import annotations

import functools
import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dateutil import parser as dateparser

from .date_words import date_within, plain_clock
from .records import Refused

Order = Literal["dmy", "mdy"]

_LONGEST = 200  # characters; no date is as long, and reading one takes ever longer
# Zones by the names that the press prints, hours east of Greenwich. A name of several zones stands for that of most people.
_HOURS: dict[str, float] = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "WAT": 1, "CET": 1, "MEZ": 1, "MET": 1, "CEST": 2,
    "MESZ": 2, "MEST": 2, "CAT": 2, "SAST": 2, "EET": 2, "EEST": 3, "EAT": 3, "MSK": 3, "TRT": 3, "AST": -4, "ADT": -3,
    "IRST": 3.5, "GST": 4, "PKT": 5, "IST": 5.5, "SLST": 5.5, "NPT": 5.75, "BDT": 6, "MMT": 6.5, "ICT": 7, "WIB": 7, "WITA": 8,
    "WIT": 9, "SGT": 8, "HKT": 8, "PHT": 8, "PHST": 8, "MYT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "ACDT": 10.5,
    "AEST": 10, "AEDT": 11, "PGT": 10, "FJT": 12, "NZST": 12, "NZDT": 13, "NST": -3.5, "NDT": -2.5, "EST": -5, "EDT": -4,
    "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "BRT": -3, "ART": -3,
    "CLT": -4, "COT": -5, "PET": -5,
}  # fmt: skip
_SEASONAL = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
_ZONES = frozenset((*_HOURS, *_SEASONAL))
_BY_COUNTRY = {
    ("IST", "IE"): "Europe/Dublin",
    ("IST", "IL"): "Asia/Jerusalem",
    ("BST", "BD"): "Asia/Dhaka",
    ("CST", "CN"): "Asia/Shanghai",
}
_NOTHING = frozenset("none null nan nat n/a na undefined unknown - -- 0 0.0 false".split())
_GMT = re.compile(r"\(?\b(?:GMT|UTC|UT)\s*([+\-−])\s*(\d{1,2})(?::?(\d{2}))?\)?", re.IGNORECASE)
_REGION = re.compile(r"[\[(]?\b((?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z_/]{3,40})[\])]?")
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_SAID_BEFORE = re.compile(
    r"^\W*(?:(?:first\s+)?(?:published|posted|created|issued)|publi(?:cation|shed)\s+date|date)\b(?:\s+(?:on|at))?\s*:?\s*",
    re.IGNORECASE,
)
_GENERIC = frozenset("ai cc co fm gg io ly me to tv ws".split())  # countries whose domains anybody takes
_LOST_PLUS = re.compile(r"(?<=T\d{2}:\d{2}:\d{2}) (?=\d{2}:?\d{2}$)")  # of a zone, where an address was decoded
_CJK = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_TWICE = re.compile(r"(?<=\d)([+-]\d{2}:?\d{2})Z$")  # a zone, and that of Greenwich behind it
_DOTTED = re.compile(
    r"(?:\b|(?<=T))(\d{1,2})\.(\d{2})(?=\s?[ap]m\b|\s[A-Z]{3,4}\b)|(?<=\d{4}[ ,])\s*(\d{1,2})\.(\d{2})(?![\d.])", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"[|•·–—]|\bUhr\b|\((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\)|\([A-Z][\w ]{5,}\)$"
)  # marks between day and time; the name of a zone after its offset
_IN_BRACKETS = re.compile(r"\(([A-Z]{2,5})\)$")
_NAMED_TOO = re.compile(r"(?<=\d)(\s?[+-]\d{2}:?\d{2})\s[A-Z]{2,5}$")  # the name of a zone behind its hours, as Go prints it
_WHOLE = re.compile(r"(?<!\d)(?:\d{4}([/.-])\d{1,2}\1\d{1,2}|\d{1,2}([/.-])\d{1,2}\2\d{4})(?!\d)")
_DAY_ZONED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})")  # a day of XML Schema
_MINUS = re.compile(r"(?<=\d)\s?−(?=\d{2}:?\d{2}$)")  # of a zone, as it is set in print
_HALF = re.compile(r"(?<=\d)\s*([ap])\.\s?m\.?(?!\w)", re.IGNORECASE)
_NET = re.compile(r"^/?Date\((-?\d+)(?:[+-]\d{4})?\)/?$")  # as .NET writes an epoch
_EPOCH = re.compile(r"-?\d{9,19}(?:\.\d+)?")
_EXTENDED = re.compile(r"\d{4}-?\d{2}-?\d{2}(?!\d)|\d{14}$|\d{4}-W\d{2}-\d$")  # how ISO 8601 begins a day of a month
_ZONED = re.compile(r"(?:\d\s?(?:Z|[+-]\d{2}:?\d{2}(?:\[.*\])?)|[A-Z]{2,5})\)?$")
_EPOCH_BEGINS = datetime(1970, 1, 1, tzinfo=UTC)


def parse_published(value: str, order: Order | None = None, country: str | None = None) -> tuple[datetime, date]:
    """Read a time of publication: the moment in UTC (no zone means UTC) and the day as printed.

    Args:
        value: as written; an epoch counts seconds, milliseconds, microseconds or nanoseconds by its length.
        order: in which the source writes day and month, as ``order_of`` tells it; where it matters and is unknown, there is none.
        country: of the source, ISO 3166 code, for names of zones that several countries use.

    Raises:
        Refused: not a date with a year, month and day, or none that the calendar and the clocks have.
    """
    if len(value) > _LONGEST:
        raise _no_date(value)
    value = _TWICE.sub(r"\1", _NET.sub(r"\1", plain_clock(_MINUS.sub("-", value.strip()))))
    if len({m[0] for m in _WHOLE.finditer(value)}) > 1:  # a span of days, the second of which is no zone
        raise _no_date(value)
    moment = _epoch(value) or _iso(value) or _printed_or_named(value, order, country)
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC), moment.date()
    except (OverflowError, ValueError):  # ValueError: a zone a day or more from UTC
        raise Refused("bad_field", f"published_at: {value[:80]!r} is out of range") from None


def told_time(value: str, order: Order | None = None, country: str | None = None) -> tuple[datetime, date] | None:
    """As ``parse_published``; None for what stands for no time: *N/A*, *0000-00-00*, and the first moment of computers' clocks.

    Raises:
        Refused: not a date.
    """
    if tells_nothing(value):
        return None
    moment, day = parse_published(value, order, country)
    return None if moment == _EPOCH_BEGINS else (moment, day)


def time_within(words: str, order: Order | None = None, country: str | None = None) -> tuple[datetime, date] | None:
    """As ``told_time``, of the one date that stands among words, in English or another language; None: there is none, or two."""
    found = date_within(words, _ZONES)
    return None if found is None else told_time(found, order, country)


def tells_nothing(value: str) -> bool:
    """Whether a value stands for none: *N/A*, *null*, *0000-00-00*."""
    bare = value.strip().casefold()
    return bare in _NOTHING or not bare.strip("0-:. tz")


def precision(value: str) -> int:
    """How much a date tells: 0 the day, 1 the time of it, 2 its zone too."""
    if ":" not in value and "T" not in value and not _EPOCH.fullmatch(value.strip()):
        return 0
    return 2 if _EPOCH.fullmatch(value.strip()) or _ZONED.search(value.strip()) else 1


def order_of(*hints: str | None) -> tuple[Order | None, str | None]:
    """The order of day and month, and the country, of a source.

    Args:
        hints: language tags (*en-GB*) and addresses, the surest first.
    """
    for hint in hints:
        country = _country(hint) if hint else None
        if country:
            return _order(country), country
    return None, None


def _country(hint: str) -> str | None:
    if "://" in hint:
        try:
            label = (urlsplit(hint).hostname or "").rpartition(".")[2].upper()
        except ValueError:
            return None
        label = "GB" if label == "UK" else "" if label.lower() in _GENERIC else label
    else:
        tag = re.match(r"[A-Za-z]{2,3}[-_](?:[A-Za-z]{4}[-_])?([A-Za-z]{2})(?![A-Za-z])", hint.strip())
        label = tag[1].upper() if tag else ""
    return label if label in _countries() else None


@functools.cache
def _countries() -> frozenset[str]:
    from babel import Locale

    codes = map(str, Locale("en").territories)
    return frozenset(c for c in codes if len(c) == 2 and c not in ("EU", "ZZ"))


@functools.cache
def _order(country: str) -> Order | None:
    """In which order a country writes day and month, as the Common Locale Data Repository has it; None where none is told."""
    from babel import Locale, UnknownLocaleError

    for tag in (f"en_{country}", f"und_{country}"):
        try:
            formats = Locale.parse(tag).date_formats
            pattern, printed = str(formats["short"].pattern), str(formats["medium"].pattern)
        except (UnknownLocaleError, ValueError, KeyError):
            continue
        if pattern.startswith("y"):
            return "dmy" if printed.startswith("d") else None  # where the year stands last all the same
        return "dmy" if pattern.index("d") < pattern.index("M") else "mdy"
    return None


def _no_date(value: str) -> Refused:
    return Refused("bad_field", f"published_at: {value[:80]!r} is not a date (use ISO 8601)")


def _epoch(value: str) -> datetime | None:
    if not _EPOCH.fullmatch(value) or (len(value) == 14 and value[:2] in ("19", "20")):
        return None
    number = float(value)
    for scale in (1, 10**3, 10**6, 10**9):
        if abs(number) < 10**11 * scale:
            try:
                return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=round(number * 10**6 / scale))
            except OverflowError:
                break
    raise _no_date(value)


def _iso(value: str) -> datetime | None:
    if not _EXTENDED.match(value):
        return None
    if (day := _DAY_ZONED.fullmatch(value)) is not None:
        value = day[1]
    try:
        if len(value) == 14 and value.isdigit():
            return datetime.strptime(value, "%Y%m%d%H%M%S")
        return datetime.fromisoformat(value)
    except (ValueError, OverflowError):
        return None


def _printed_or_named(value: str, order: Order | None, country: str | None) -> datetime:
    """As ``_printed``; also a date whose month another language names."""
    try:
        return _printed(value, order, country)
    except Refused:
        named = date_within(value, _ZONES)
        if named is None or not _EXTENDED.match(named) or _EXTENDED.match(value):
            raise
        return _printed(named, order, country)


def _printed(value: str, order: Order | None, country: str | None) -> datetime:
    zone: tzinfo | None = None
    text = _DOTTED.sub(lambda m: f" {m[1] or m[3]}:{m[2] or m[4]}", _SAID_BEFORE.sub("", _HALF.sub(r" \1m", value)))
    text = _CJK.sub(r"\1-\2-\3", re.sub(r"^the\s+", "", text, flags=re.IGNORECASE))
    text = _NAMED_TOO.sub(r"\1", _IN_BRACKETS.sub(r"\1", text))
    text = _BETWEEN.sub(" ", _LOST_PLUS.sub("+", text))
    if named := _REGION.search(text):
        text = text[: named.start()] + text[named.end() :]
        try:
            zone = ZoneInfo(named[1])
        except (OSError, ValueError):
            raise _no_date(value) from None
    # *GMT+2* is east of Greenwich, though POSIX, and with it the library, has it the other way round
    text = _GMT.sub(lambda m: f" {'+' if m[1] == '+' else '-'}{int(m[2]):02}:{m[3] or '00'}", text)
    first = _numbers(text)
    if first is not None and order is None:
        raise Refused("bad_field", f"published_at: {value[:80]!r} tells day and month in an order that its source does not")

    def named_zone(name: str | None, offset: int | None) -> tzinfo | int | None:
        if offset is not None:
            return offset
        return _zone(name, country) if name else None

    try:
        # two defaults that differ everywhere show which parts the value itself gives
        dmy = order == "dmy" if first is not None else "." in text and _NUMBERS.search(text) is not None
        read = [
            dateparser.parse(text, default=default, dayfirst=dmy, tzinfos=named_zone)
            for default in (datetime(2000, 1, 1), datetime(2001, 2, 2))
        ]
    except Exception:  # the library has errors of many kinds for what is no date
        raise _no_date(value) from None
    if read[0].date() != read[1].date():
        raise _no_date(value)
    return read[0] if read[0].tzinfo or zone is None else read[0].replace(tzinfo=zone)


def _numbers(text: str) -> str | None:
    """A date of three numbers of which no other than the source can tell the day: *05/10/2026*, and neither *05.10.2026*."""
    found = _NUMBERS.search(text)
    if found is None or found[2] == "." or found[1] == found[3] or int(found[1]) > 12 or int(found[3]) > 12:
        return None
    return found[0]


def _zone(name: str, country: str | None) -> tzinfo | None:
    name = name.upper()
    region = _BY_COUNTRY.get((name, country or "")) or _SEASONAL.get(name)
    if region:
        return ZoneInfo(region)
    hours = _HOURS.get(name)
    return None if hours is None else timezone(timedelta(hours=hours), name)

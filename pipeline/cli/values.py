"""What flags may be given: numbers, times and days as they are typed, names of plug-ins."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from ..places import SCHEMES, StorageError, place_of
from ..plugins import EXPORTERS


class Names:
    """The names of a registry, looked up where they are needed: for most commands they are not."""

    def __init__(self, names: Callable[[], list[str]]) -> None:
        self.names = names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def __contains__(self, name: str) -> bool:
        return name in self.names()


def _formats() -> list[str]:
    from ..sources.formats import format_names

    return format_names()


FORMATS = Names(_formats)
EXPORTS = Names(EXPORTERS.names)


def seconds(text: str) -> float:
    """A time such as 30s, 15m, 1h or 2d, in seconds."""
    units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    number, unit = (text[:-1], text[-1:]) if text[-1:] in units else (text, "s")
    try:
        told = timedelta(**{units[unit]: float(number)}).total_seconds()
    except (ValueError, OverflowError):
        told = -1.0
    if not 0 <= told < 10**9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as 30s, 15m, 1h or 2d")
    return told


def count(text: str) -> int:
    """A number from 1 up."""
    if not text.isdecimal() or not 0 < int(text) < 10**9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 up")
    return int(text)


def port(text: str) -> int:
    """A port of this machine, or 0."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 65535")
    return int(text)


def share(text: str) -> float:
    """A number from 0 to 1."""
    try:
        told = float(text)
    except ValueError:
        told = -1.0
    if not 0 <= told <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return told


def day(text: str) -> date:
    """A day such as 2026-10-01."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-10-01") from None


def place(text: str) -> Path:
    """An output folder: a path, or an address of an object store."""
    if "://" in text and text.partition("://")[0] not in SCHEMES:
        known = ", ".join(f"{scheme}://" for scheme in SCHEMES)
        raise argparse.ArgumentTypeError(f"{text}: a local folder is needed, or an address that begins with {known}")
    try:
        return place_of(text)
    except StorageError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def names(text: str) -> tuple[str, ...]:
    """Names with commas between them, such as a,b,c."""
    told = tuple(name.strip() for name in text.split(","))
    if not all(told):
        raise argparse.ArgumentTypeError(f"{text!r} is not a list of names such as speaker_name,text")
    return told

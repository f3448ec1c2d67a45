"""Given names: the gender that they hint at, which a hint never decides alone, and what short ones stand for."""

from __future__ import annotations

import functools

from .rows import GivenNameRow
from .tables import table


@functools.cache
def _table() -> dict[str, GivenNameRow]:
    return {row.name: row for row in table(GivenNameRow)}


def hinted_gender(name: str) -> str | None:
    """What a given name hints at, which decides nothing alone."""
    row = _table().get(name.split(" ")[0].lower())
    return row.gender if row is not None else None


def formal_names(given: str) -> frozenset[str]:
    """The given names that a short one may stand for: *joe* → joseph; empty for others."""
    row = _table().get(given)
    return frozenset(row.short_for) if row is not None else frozenset()

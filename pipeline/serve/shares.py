"""Shares over time and between outlets: how much is quoted, how, of whom, and of women and men where the articles tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..report.overview import TYPES
from .record import Record, Row

GENDERS = ("female", "male", "other")
MOST_OUTLETS, MOST_PEOPLE = 25, 12


@dataclass(frozen=True)
class Within:
    """The quotes that are counted: of an outlet, and of a time; what is None limits nothing."""

    outlet: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def where(self) -> tuple[str, list[Any]]:
        """A condition of SQL, and its values."""
        parts = [
            (condition, value)
            for condition, value in (
                ("publisher = ?", self.outlet),
                ("published_date >= ?", self.since),
                ("published_date <= ?", self.until),
            )
            if value is not None
        ]
        return " AND ".join(p for p, _ in parts) or "true", [v for _, v in parts]


def by_type(record: Record, within: Within) -> dict[date, dict[str, int]]:
    """Quotes by day and type, without those that have no date."""
    return _by_day(record, within, "type", TYPES)


def by_gender(record: Record, within: Within) -> dict[date, dict[str, int]]:
    """Quotes of people by day and gender, where the articles tell it."""
    return _by_day(record, within, "speaker_gender", GENDERS)


def _by_day(record: Record, within: Within, column: str, parts: tuple[str, ...]) -> dict[date, dict[str, int]]:
    where, values = within.where
    out: dict[date, dict[str, int]] = {}
    for row in record.ask(
        f"SELECT published_date AS day, {column} AS part, count(*) AS n FROM current_quotes "
        f"WHERE {where} AND published_date IS NOT NULL AND {column} IS NOT NULL GROUP BY ALL ORDER BY day",
        *values,
    ):
        out.setdefault(row["day"], dict.fromkeys(parts, 0))[row["part"]] = row["n"]
    return out


def outlets_beside(record: Record, within: Within, most: int = MOST_OUTLETS) -> list[Row]:
    """Outlets side by side, those with most quotes first: quotes, articles, named ones, and how they came, whose they are."""
    where, values = within.where
    return record.ask(
        "SELECT publisher, count(*) AS quotes, count(DISTINCT doc_id) AS documents, count(DISTINCT speaker_id) AS speakers, "
        "count(*) FILTER (speaker_status = 'named') AS named, "
        + ", ".join(f"count(*) FILTER (type = '{t}') AS {t}" for t in TYPES)
        + ", "
        + ", ".join(f"count(*) FILTER (speaker_gender = '{g}') AS {g}" for g in GENDERS)
        + f" FROM current_quotes WHERE {where} GROUP BY publisher ORDER BY quotes DESC, publisher LIMIT ?",
        *values,
        most,
    )


@dataclass(frozen=True)
class Matrix:
    """How often each outlet quotes each person or body: those most quoted, in the outlets that quote most."""

    people: list[Row]
    outlets: list[str | None]
    counts: Mapping[tuple[str, str | None], int]


def quoted_by(record: Record, within: Within, outlets: list[str | None], most: int = MOST_PEOPLE) -> Matrix:
    """Who is quoted by whom.

    Args:
        record: the record.
        within: which quotes.
        outlets: the outlets that are told one by one.
        most: people and bodies.
    """
    where, values = within.where
    people = record.ask(
        f"SELECT person_id, any_value(person_name) AS name, count(*) AS quotes FROM voices WHERE {where} "
        "AND person_id IS NOT NULL GROUP BY person_id ORDER BY quotes DESC, name LIMIT ?",
        *values,
        most,
    )
    rows = record.ask(
        f"SELECT person_id, publisher, count(*) AS n FROM voices WHERE {where} "
        "AND list_contains(?::VARCHAR[], person_id) GROUP BY ALL",
        *values,
        [p["person_id"] for p in people],
    )
    return Matrix(people, outlets, {(r["person_id"], r["publisher"]): r["n"] for r in rows if r["publisher"] in outlets})


def outlet_names(record: Record, most: int = 1000) -> list[str]:
    """The outlets that are quoted from, those with most quotes first."""
    counted = "SELECT publisher, count(*) AS n FROM current_quotes WHERE publisher IS NOT NULL GROUP BY publisher"
    return [r["publisher"] for r in record.ask(f"{counted} ORDER BY n DESC, publisher LIMIT ?", most)]


def totals(record: Record) -> Row:
    """How many articles and figures there are, and the first and the last day (newest versions)."""
    (documents,) = record.ask(
        "SELECT count(*) AS documents, min(published_date) AS first_day, max(published_date) AS last_day, "
        "count(*) - count(published_date) AS undated FROM documents ANTI JOIN superseded USING (doc_id)"
    )
    (figures,) = record.ask("SELECT count(*) AS figures FROM current_figures")
    return {**documents, **figures}

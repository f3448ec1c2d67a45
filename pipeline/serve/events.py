"""What befell whom, where: figures of an event side by side, as each claimant gives them, over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..report.claims import Group, side_by_side
from .record import Record, Row

MOST_EVENTS, MOST_FIGURES = 200, 2_000
_COLUMNS = """doc_id, figure_id, start_char, text, value, low, high, modifier, kind, unit, counted, counted_lemma, event, place,
  time_text, part_of, malformed, claimant_name, claimant_mention, claimant_status, confidence, excerpt, title, publisher,
  published_date, published_at"""
_TOLD = "event IS NOT NULL AND event <> 'other' AND NOT malformed"


@dataclass(frozen=True)
class Happened:
    """Which figures are wanted; what is None filters nothing, and ``place`` is a part of its name, whatever its case."""

    event: str | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def where(self) -> tuple[str, list[object]]:
        """A condition of SQL, and its values."""
        told = (
            ("event = ?", self.event),
            ("contains(lower(place), lower(?))", self.place),
            ("published_date >= ?", self.since),
            ("published_date <= ?", self.until),
        )
        parts = [(condition, value) for condition, value in told if value is not None]
        return " AND ".join([_TOLD, *(p for p, _ in parts)]), [v for _, v in parts]


def events(record: Record, happened: Happened, most: int = MOST_EVENTS) -> list[Row]:
    """Events at a place of which there are several claims: those with most claimants first, with the least and the most given."""
    where, values = happened.where
    return record.ask(
        "SELECT event, coalesce(unit, counted_lemma) AS counts, any_value(place) AS place, count(*) AS claims, "
        "count(DISTINCT doc_id) AS documents, count(DISTINCT coalesce(claimant_name, claimant_mention)) AS claimants, "
        "min(coalesce(low, value, high)) AS least, max(coalesce(high, value, low)) AS most, min(published_date) AS first_day, "
        f"max(published_date) AS last_day FROM current_figures WHERE {where} AND place IS NOT NULL AND part_of IS NULL "
        "GROUP BY event, counts, lower(place) ORDER BY claimants DESC, claims DESC, event, place LIMIT ?",
        *values,
        most,
    )


def figures(record: Record, happened: Happened, most: int = MOST_FIGURES) -> list[Row]:
    """The figures, the latest first."""
    where, values = happened.where
    return record.ask(
        f"SELECT {_COLUMNS} FROM current_figures WHERE {where} ORDER BY published_date DESC NULLS LAST, figure_id LIMIT ?",
        *values,
        most,
    )


def claims(rows: list[Row], most: int = 20) -> list[Group]:
    """Figures in groups of claims on one event, unit and place, as the report shows them."""
    articles: dict[str, Row] = {}
    for row in rows:
        told = {
            "doc_id": row["doc_id"],
            "title": row["title"],
            "text": row["excerpt"],
            "day": row["published_date"],
            "figures": [],
        }
        articles.setdefault(row["doc_id"], told)["figures"].append(row)
    return side_by_side(articles.values(), most)

"""Who is quoted: people and bodies over all articles, and one of them closely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..report.overview import TYPES
from .index import Index
from .record import Record, Row
from .search import speakers_of

MOST = 100
_RANKED = """
SELECT person_id, any_value(person_name) AS name, any_value(speaker_kind) AS kind, count(*) AS quotes,
       count(*) FILTER (type = 'direct') AS direct, count(*) FILTER (type = 'mixed') AS mixed,
       count(*) FILTER (type = 'indirect') AS indirect, count(DISTINCT doc_id) AS documents
FROM voices WHERE person_id IS NOT NULL
  AND (? IS NULL OR contains(lower(person_name), lower(?)) OR contains(lower(speaker_name), lower(?)))
GROUP BY person_id ORDER BY quotes DESC, name LIMIT ?"""
_OWN = "FROM current_quotes WHERE list_contains(?::VARCHAR[], speaker_id)"


@dataclass(frozen=True)
class Voice:
    """A person or body over all articles.

    Attributes:
        person_id: the id.
        name: the fullest name.
        kind: person, organisation ...
        gender: as the articles' own words tell it, where they do and agree.
        names: how articles call them, each with its number of quotes.
        roles: roles printed with the names, with their numbers of quotes.
        outlets: who quotes them, and how often, by type.
        days: quotes by day.
        types: quotes by type.
        external_id: the id from the user's own alias file.
        documents: how many articles quote them.
        undated: how many quotes have no date.
    """

    person_id: str
    name: str
    kind: str | None
    gender: str | None
    names: dict[str, int]
    roles: dict[str, int]
    outlets: dict[str, dict[str, int]]
    days: dict[date, int]
    types: dict[str, int]
    external_id: str | None
    documents: int
    undated: int

    @property
    def quotes(self) -> int:
        """How many quotes are theirs."""
        return sum(self.types.values())


def most_quoted(record: Record, name: str | None = None, most: int = MOST) -> list[Row]:
    """People and bodies, those with most quotes first, whose name holds what is asked for."""
    return record.ask(_RANKED, name, name, name, most)


def names_of(record: Record, ids: list[str]) -> list[str]:
    """How documents call those with these ids of speakers."""
    rows = record.ask("SELECT DISTINCT name FROM document_speakers WHERE list_contains(?::VARCHAR[], speaker_id)", ids)
    return sorted(r["name"] for r in rows)


def one_speaker(record: Record, index: Index, person: str) -> Voice | None:
    """A person or body; None if nothing is quoted under this id."""
    ids = speakers_of(index, person)
    rows = record.ask(
        "SELECT speaker_name, speaker_role, speaker_kind, speaker_gender, publisher, published_date, type, count(*) AS n "
        f"{_OWN} GROUP BY ALL ORDER BY n DESC, speaker_name, speaker_role, publisher, published_date, type",
        ids,
    )
    if not rows:
        return None
    (documents,) = record.ask(f"SELECT count(DISTINCT doc_id) AS n {_OWN}", ids)
    known = record.ask("SELECT name, external_id FROM people WHERE person_id = ? ORDER BY external_id NULLS LAST LIMIT 1", person)
    genders = {r["speaker_gender"] for r in rows} - {None}
    days = _counted(rows, "published_date")
    outlets: dict[str, dict[str, int]] = {}
    for row in rows:
        own = outlets.setdefault(row["publisher"] or "", dict.fromkeys(TYPES, 0))
        own[row["type"]] += row["n"]
    types = _counted(rows, "type")
    return Voice(
        person_id=person,
        name=known[0]["name"] if known else rows[0]["speaker_name"],
        kind=rows[0]["speaker_kind"],
        gender=genders.pop() if len(genders) == 1 else None,
        names=_counted(rows, "speaker_name"),
        roles=_counted(rows, "speaker_role"),
        outlets=dict(sorted(outlets.items(), key=lambda o: (-sum(o[1].values()), o[0]))),
        days=days,
        types={t: types[t] for t in TYPES if t in types},
        external_id=known[0]["external_id"] if known else None,
        documents=documents["n"],
        undated=sum(r["n"] for r in rows) - sum(days.values()),
    )


def _counted(rows: list[Row], column: str) -> dict[Any, int]:
    """How often each value stands, where it is told; the most frequent first."""
    out: dict[Any, int] = {}
    for row in rows:
        if row[column] is not None:
            out[row[column]] = out.get(row[column], 0) + row["n"]
    return dict(sorted(out.items(), key=lambda item: -item[1]))

"""The record at a glance: what all rows of all tables amount to, counted in one pass over each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from ..schemas import APPEARANCES, DOCUMENTS, FIGURES, PEOPLE, QUOTES, REJECTS
from .scan import Tables, among, batches

TYPES = ("direct", "mixed", "indirect")
_MOST_SPEAKERS = 100_000  # counted at once; beyond twice as many the rarest are let go of
_DAYS, _MONTHS = 62, 36  # longest stretches that are drawn by day and by month


@dataclass
class SpeakerTally:
    """A person or body over all articles: how their quotes came, and when."""

    person_id: str
    name: str
    kind: str | None
    types: Counter[str] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)

    @property
    def quotes(self) -> int:
        """How many quotes are theirs."""
        return sum(self.types.values())

    @property
    def parts(self) -> dict[str, int]:
        """How many came how, in the order of TYPES."""
        return {t: self.types[t] for t in TYPES if self.types[t]}


@dataclass
class Overview:
    """What the tables hold, newest versions only; counts by value, the most frequent first."""

    documents: int
    relations: dict[str, int]
    languages: dict[str, int]
    publishers: dict[str, int]
    undated: int
    types: dict[str, int]
    statuses: dict[str, int]
    kinds: dict[str, int]
    events: dict[str, int]
    rejects: dict[str, int]
    days: dict[date, int]
    speakers: list[SpeakerTally]


def make_overview(tables: Tables, old: Collection[str], most: int = 25) -> Overview:
    """Count the rows of tables.

    Args:
        tables: the tables.
        old: ids of documents whose rows are left out.
        most: speakers that are told by name.
    """
    where = ~among("doc_id", old) if old else None
    documents = _tally(tables[DOCUMENTS.name], ["language", "publisher", "published_date"], where)
    quotes = _tally(tables[QUOTES.name], ["type", "speaker_status", "published_date"], where)
    figures = _tally(tables[FIGURES.name], ["kind", "event"], where)
    return Overview(
        documents=documents["language"].total(),
        relations=_ranked(_tally(tables[APPEARANCES.name], ["relation"])["relation"]),
        languages=_ranked(documents["language"]),
        publishers=_ranked(documents["publisher"]),
        undated=documents["published_date"][None],
        types={t: quotes["type"][t] for t in TYPES if quotes["type"][t]},
        statuses=_ranked(quotes["speaker_status"]),
        kinds=_ranked(figures["kind"]),
        events=_ranked(figures["event"]),
        rejects=_ranked(_tally(tables[REJECTS.name], ["reason"])["reason"]),
        days={day: n for day, n in quotes["published_date"].items() if day is not None},
        speakers=_speakers(tables, where, most),
    )


def people_of(tables: Tables, speakers: Collection[str]) -> dict[str, tuple[str, str]]:
    """The id and the fullest name of the person or body behind each ``speaker_id``."""
    out: dict[str, tuple[str, str]] = {}
    for batch in batches(tables[PEOPLE.name], ["speaker_id", "person_id", "name"], among("speaker_id", speakers)):
        for speaker, person, name in zip(*(c.to_pylist() for c in batch.columns), strict=True):
            out[speaker] = person, name
    return out


def by_time(days: Mapping[date, int], like: Mapping[date, int] | None = None) -> list[tuple[str, int]]:
    """Counts by day, month or year, by how long a time they cover, without a gap: labels and counts.

    Args:
        days: counts by day.
        like: the days whose time is covered, if not the same.
    """
    covered = like if like is not None else days
    if not covered:
        return []
    first, last = min(covered), max(covered)
    if (last - first).days < _DAYS:
        form = "%Y-%m-%d"
        labels = [date.fromordinal(n).isoformat() for n in range(first.toordinal(), last.toordinal() + 1)]
    elif (months := range(first.year * 12 + first.month - 1, last.year * 12 + last.month)) and len(months) <= _MONTHS:
        form = "%Y-%m"
        labels = [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in months]
    else:
        form = "%Y"
        labels = [f"{year:04d}" for year in range(first.year, last.year + 1)]
    counts: Counter[str] = Counter()
    for day, n in days.items():
        counts[day.strftime(form).rjust(len(labels[0]), "0")] += n
    return [(label, counts[label]) for label in labels]


def _speakers(tables: Tables, where: pc.Expression | None, most: int) -> list[SpeakerTally]:
    counts: Counter[tuple[str, str]] = Counter()
    named = pc.field("speaker_id").is_valid() & (where if where is not None else pc.scalar(True))
    for batch in batches(tables[QUOTES.name], ["speaker_id", "type"], named):
        for row in _grouped(batch, ["speaker_id", "type"]):
            counts[row["speaker_id"], row["type"]] += row["count_all"]
        if len(counts) > 2 * _MOST_SPEAKERS:
            counts = Counter(dict(counts.most_common(_MOST_SPEAKERS)))
    people = people_of(tables, {speaker for speaker, _ in counts})
    persons: dict[str, SpeakerTally] = {}
    names = defaultdict(set)
    for (speaker, kind), n in counts.items():
        if speaker in people:
            person, name = people[speaker]
            persons.setdefault(person, SpeakerTally(person, name, None)).types[kind] += n
            names[person].add(speaker)
    ranked = sorted(persons.values(), key=lambda p: (-p.quotes, p.name))[:most]
    theirs = {speaker: p for p in ranked for speaker in names[p.person_id]}
    columns = ["speaker_id", "speaker_kind", "published_date"]
    for batch in batches(tables[QUOTES.name], columns, named & among("speaker_id", theirs)):
        for row in _grouped(batch, columns):
            found = theirs[row["speaker_id"]]
            found.kind = found.kind or row["speaker_kind"]
            if row["published_date"] is not None:
                found.days[row["published_date"]] += row["count_all"]
    return ranked


def _tally(dataset: ds.Dataset, columns: list[str], where: pc.Expression | None = None) -> dict[str, Counter[Any]]:
    """How often each value stands in each column."""
    out: dict[str, Counter[Any]] = {c: Counter() for c in columns}
    for batch in batches(dataset, columns, where):
        for name in columns:
            for value in pc.value_counts(batch[name]).to_pylist():
                out[name][value["values"]] += value["counts"]
    return out


def _grouped(batch: pa.RecordBatch, columns: list[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pa.Table.from_batches([batch]).group_by(columns).aggregate([([], "count_all")]).to_pylist()
    return rows


def _ranked(counts: Counter[Any]) -> dict[str, int]:
    """Without what is not told, the most frequent first."""
    return {str(k): n for k, n in sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))) if k is not None}

"""What a run did, for the table at its end and for ``--json``."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..schemas import APPEARANCES, DOCUMENTS, FIGURES, PEOPLE, QUOTES, REJECTS
from ..store.manifest import Manifest
from ..store.parts import open_parquet
from ..store.state import read_state

if TYPE_CHECKING:
    from ..sources.web.feeds import Fetched

MOST_NAMES = 100_000  # counted at once; beyond them the rarest are let go of
_log = logging.getLogger(__name__)

COUNTED = ("read", "known", "documents", "appearances", "quotes", "figures", "rejects")


class Stages:
    """The seconds that the stages of a run have taken so far, by their names."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time that passes meanwhile."""
        begun = time.monotonic()
        try:
            yield
        finally:
            taken = time.monotonic() - begun
            self.seconds[name] = round(self.seconds.get(name, 0.0) + taken, 3)
            _log.info("%s took %.1f s", name, taken, extra={"stage": name, "seconds": round(taken, 3)})


@dataclass
class Summary:
    """What a run did; ``finished`` are runs that had been stopped and were finished first, ``feeds`` what was fetched.

    ``appearances`` are counted by relation, ``stages`` are the seconds that each took, ``skipped`` what of archives is no page by
    why, ``noted`` the documents of which something was left out or mended, ``unmatched`` the rows of the metadata that stand for
    nothing that was read, ``unmatched_aliases`` those of the given file that nobody is called by, ``lag`` the records of
    topics that wait (None: no topic, or its brokers do not tell), ``window`` the number of a stream's own, ``lateness`` the
    seconds from the publication of new articles to when they were taken, as *median* and *most* (none where none has a date).
    """

    run_id: str | None
    output: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    rejects: dict[str, int] = field(default_factory=dict)
    quotes: dict[str, int] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)
    speakers: list[tuple[str, int]] = field(default_factory=list)
    languages: dict[str, int] = field(default_factory=dict)
    appearances: dict[str, int] = field(default_factory=dict)
    stages: dict[str, float] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    undated: int = 0
    noted: int = 0
    unmatched: list[str] = field(default_factory=list)
    unmatched_aliases: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    left_out: int = 0
    left_for_later: int = 0
    lag: int | None = None
    window: int | None = None
    lateness: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    finished: list[Summary] = field(default_factory=list)
    feeds: Fetched | None = None

    @property
    def reject_ratio(self) -> float:
        """Share of the records taken that were rejected, over this run and those finished with it."""
        every = [self.counts, *(s.counts for s in self.finished)]
        taken = sum(c["appearances"] + c["rejects"] for c in every)
        return sum(c["rejects"] for c in every) / taken if taken else 0.0


def summarise(output: Path, manifest: Manifest, left_out: int, seconds: float) -> Summary:
    """Sum up a published run from the files that it published."""

    own = manifest.run_id if manifest.kind == "retry" else None  # whose files hold rows of earlier runs, too

    def paths(table: str) -> list[Path]:
        return [output / f.path for f in manifest.files if f.table == table and f.rows]

    def tally(table: str, column: str) -> dict[str, int]:
        return _tally(paths(table), column, own)

    people = [output / f.path for f in read_state(output).files.get(PEOPLE.name, [])]
    return Summary(
        run_id=manifest.run_id,
        output=str(output),
        counts=manifest.counts,
        rejects=tally(REJECTS.name, "reason"),
        quotes=tally(QUOTES.name, "type"),
        figures=tally(FIGURES.name, "kind"),
        speakers=_most_quoted(_utterances(paths(QUOTES.name), own), people),
        languages=tally(DOCUMENTS.name, "language"),
        undated=tally(DOCUMENTS.name, "published_at").get("None", 0),
        noted=_noted(paths(DOCUMENTS.name)),
        appearances=tally(APPEARANCES.name, "relation"),
        stages={name: seconds for name, seconds in manifest.seconds.items() if name not in ("total", "people")},
        left_out=left_out,
        window=manifest.window,
        lateness=_lateness(paths(DOCUMENTS.name)) if own is None else {},
        seconds=seconds,
    )


def _lateness(paths: Sequence[Path]) -> dict[str, float]:
    """Seconds from publication to the run that took an article; dates in the future are none."""
    spans = [np.empty(0, np.int64)]
    for batch in _batches(paths, ["ingested_at", "published_at"]):
        micros = pc.subtract(batch["ingested_at"], batch["published_at"]).drop_null().cast(pa.int64())
        spans.append(np.maximum(micros.to_numpy(zero_copy_only=False), 0))
    every = np.concatenate(spans) / 1e6
    return {"median": round(float(np.median(every)), 3), "most": round(float(every.max()), 3)} if len(every) else {}


def _noted(paths: Sequence[Path]) -> int:
    batches = (b for b in _batches(paths, ["notes"]) if b.num_columns)  # files of earlier versions have none
    return sum(batch.num_rows - batch["notes"].null_count for batch in batches)


def _most_quoted(quotes: dict[str, int], people: Sequence[Path]) -> list[tuple[str, int]]:
    """Those most quoted, whatever names they were quoted under."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    quoted = pa.array(quotes, pa.string())
    for batch in _batches(people, ["speaker_id", "person_id", "name"]):
        for row in batch.filter(pc.is_in(batch["speaker_id"], quoted)).to_pylist():
            counts[row["person_id"]] += quotes[row["speaker_id"]]
            names[row["person_id"]] = row["name"]
    return [(names[i], n) for i, n in sorted(counts.items(), key=lambda item: (-item[1], names[item[0]]))[:10]]


def _utterances(paths: Sequence[Path], run_id: str | None = None) -> dict[str, int]:
    """How many utterances are each speaker's: a wording counts once, however many reprints and versions hold it."""
    counts: Counter[str] = Counter()
    seen = np.empty(0, np.uint64)
    for batch in _batches(paths, ["speaker_id", "text_key"] if run_id is None else ["speaker_id", "text_key", "run_id"]):
        if run_id is not None:
            batch = batch.filter(pc.equal(batch["run_id"], run_id))
        named = batch.filter(pc.is_valid(batch["speaker_id"]))
        both = pc.binary_join_element_wise(named["speaker_id"], named["text_key"], " ").to_pylist()
        keys = np.array([int.from_bytes(hashlib.blake2b(b.encode(), digest_size=8).digest()) for b in both], np.uint64)
        distinct, first = np.unique(keys, return_index=True)
        fresh = first[~np.isin(distinct, seen, assume_unique=True)]
        counts.update(named["speaker_id"].take(pa.array(fresh)).to_pylist())
        seen = np.union1d(seen, distinct)  # eight bytes an utterance
        if len(counts) > 2 * MOST_NAMES:
            counts = Counter(dict(counts.most_common(MOST_NAMES)))
    return dict(counts)


def _tally(paths: Sequence[Path], column: str, run_id: str | None = None) -> dict[str, int]:
    """How often each value stands in a column, the most frequent first; in the rows of a run, or in all."""
    counts: Counter[str] = Counter()
    for batch in _batches(paths, [column] if run_id is None else [column, "run_id"]):
        if run_id is not None:
            batch = batch.filter(pc.equal(batch["run_id"], run_id))
        for value in pc.value_counts(batch[column]).to_pylist():
            counts[str(value["values"])] += value["counts"]
        if len(counts) > 2 * MOST_NAMES:
            counts = Counter(dict(counts.most_common(MOST_NAMES)))
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _batches(paths: Sequence[Path], columns: list[str]) -> Iterator[pa.RecordBatch]:
    for path in paths:
        with open_parquet(path) as file:
            yield from file.iter_batches(columns=columns)

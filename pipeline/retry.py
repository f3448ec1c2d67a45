"""Taking rejects up again: their files are read once more, and a reject that has become an article is retired."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas import DOCUMENTS, REJECTS
from schemas.ids import reject_id

from .config import Config
from .engine import UsageError
from .plan import make_reading
from .run import Change, Progress, Told, run
from .sources.formats import Reading, is_feed, read_records
from .sources.identity import article_ids
from .sources.records import Refusal
from .store.known import Known, file_of
from .store.manifest import RUNS, Input
from .store.merge import AMPLE, LeaveOut, merge_parts
from .store.parts import Part, dataset_of
from .store.staging import Staging
from .store.state import State, read_state, taken_inputs
from .summary import Summary
from .transforms.files import open_raw

_COLUMNS = ["reject_id", "uri", "record", "stage", "payload_sha256"]


@dataclass(frozen=True)
class Retried:
    """What became of the rejects, each counted once.

    Attributes:
        retired: those that are articles now.
        refused_again: those that are not; they stay as they are.
        out_of_reach: those whose file is gone, or holds their record no longer; they stay, too.
        summary: of the run; None if no file was read.
    """

    retired: int
    refused_again: int
    out_of_reach: int
    summary: Summary | None


def retry_rejects(
    output: Path, config: Config, progress: Progress | None = None, *, wait: bool = False, told: Told | None = None
) -> Retried:
    """Read the files of all rejects again, publish what is an article now, and retire its rejects, in one transaction.

    Args:
        output: an output folder.
        config: settings, such as the format or the fields that were missing before.
        progress: as for ``run``.
        wait: wait for another run on the same output to end.
        told: called with lines on what is waited for or rolled back.

    Raises:
        UsageError: the folder is no output folder, or another run is writing to it.
        RunError: a graph failed; nothing was published.
    """
    if not (output / RUNS).is_dir():
        raise UsageError(f"{output} holds no finished run; give the folder that 'onrecord run' wrote to")
    rejects = _rejects(output, read_state(output))
    again = sorted({r["file"] for r in rejects if _reachable(r["file"])})
    if not again:
        return Retried(0, 0, len(rejects), None)
    retire = _Retire(make_reading(config)[0])
    summary = run(again, output, config, progress, wait=wait, told=told, retire=retire)
    ends = Counter(retire.ends.values())
    return Retried(ends["retired"], ends["refused"], ends["gone"], summary)


@dataclass
class _Retire:
    """Decides, when a run that has read files again is about to publish, which of their rejects have become articles.

    Attributes:
        reading: how the files are read.
        ends: what became of each reject: ``retired``, ``refused`` or ``gone``, by its id.
    """

    reading: Reading
    ends: dict[str, str] = field(default_factory=dict)

    def __call__(self, staging: Staging, inputs: Sequence[Input], parts: Mapping[str, Sequence[Part]]) -> Change:
        """See ``run.Retire``."""
        state, folder = read_state(staging.output), staging.fresh("retired")
        taken = {i.key for i in taken_inputs(staging.output, [i.uri for i in inputs])}
        changed = {i.uri: i.key not in taken for i in inputs}
        rejects = _rejects(staging.output, state)
        up = [r for r in rejects if r["file"] in changed]
        by_file: dict[str, list[dict[str, Any]]] = {}
        for reject in up:
            by_file.setdefault(reject["file"], []).append(reject)
        read = {uri: _Read.of(uri, own, self.reading) for uri, own in by_file.items()}
        wanted = {c for r in read.values() for c in (r.first, *r.articles.values()) if c is not None}
        wanted |= {r["payload_sha256"] for r in up if r["stage"] == "extract"}
        staged = {DOCUMENTS.name: [staging.folder / p.name for p in parts.get(DOCUMENTS.name, ())]}
        documents = set(Known.of(staging.output, state, staged).contents(wanted))
        for r in rejects:
            if r["file"] in changed:
                self.ends[r["reject_id"]] = _end(r, read[r["file"]], documents, changed[r["file"]])
            else:
                self.ends.setdefault(r["reject_id"], "gone")
        gone = [r["reject_id"] for r in up if self.ends[r["reject_id"]] == "retired"]
        return _change(staging, state, folder, parts.get(REJECTS.name, ()), gone, {u for u, c in changed.items() if c})


@dataclass
class _Read:
    """What reading a file again tells of its rejects.

    Attributes:
        refused: the ids of those that are met again.
        articles: digest of the text by number of the record, of records that have a reject.
        first: that of the first article.
        alone: whether that is all that the file holds.
    """

    refused: set[str] = field(default_factory=set)
    articles: dict[int, str] = field(default_factory=dict)
    first: str | None = None
    alone: bool = False

    @classmethod
    def of(cls, uri: str, rejects: Sequence[Mapping[str, Any]], reading: Reading) -> _Read:
        """Read the file; what it holds beside the records of these rejects is passed over."""
        out, numbers, ids = cls(), {r["record"] for r in rejects}, {r["reject_id"] for r in rejects}
        with open_raw(uri) as stream:
            for record in read_records(stream, uri, os.path.basename(uri), reading):
                if isinstance(record, Refusal):
                    out.refused |= {reject_id(file_of(record.uri), record.payload_sha256)} & ids
                    continue
                content = article_ids(record)[2]
                out.refused |= {reject_id(record.uri, content)} & ids  # at least by the extraction
                out.first, out.alone = out.first or content, record.record is None
                if record.record is not None and record.record in numbers:
                    out.articles[record.record] = content
        return out

    def article_at(self, record: int | None) -> str | None:
        """The digest of the article that a record refused before is now; a record may be the file, or may have been."""
        return self.first if record is None or self.alone else self.articles.get(record)


def _end(reject: Mapping[str, Any], read: _Read, documents: set[str], changed: bool) -> str:
    """What became of a reject whose file was read again; in a file that has not changed its record is still there."""
    extracted, again = reject["stage"] == "extract", reject["reject_id"] in read.refused
    article = reject["payload_sha256"] if extracted else None if again else read.article_at(reject["record"])
    if article in documents:
        return "retired"
    return "refused" if again or not changed else "gone"


def _change(staging: Staging, state: State, folder: Path, own: Sequence[Part], gone: Sequence[str], changed: set[str]) -> Change:
    """The table without the rejects that are retired, and without what the run refused in files that have not changed.

    That was published, or refused for another reason, when the file was taken, and stays as it was.
    """

    def without(path: Path, ids: Sequence[str]) -> tuple[Part, int]:
        """The file without some rows, and how many these were."""
        values = pa.array(sorted(ids), pa.string())
        dataset = dataset_of(REJECTS.name, [path])
        rows = dataset.count_rows(filter=pc.field("reject_id").isin(values)) if ids else 0
        if not rows:
            return Part(REJECTS.name, "", 0, 0), 0
        part = merge_parts([path], REJECTS.name, folder, LeaveOut("reject_id", values), room=AMPLE)
        return Part(part.table, f"{folder.name}/{part.name}", part.rows, part.bytes), rows

    kept, dropped = [], 0
    for part in own:
        path = staging.folder / part.name
        table = dataset_of(REJECTS.name, [path]).to_table(["reject_id", "uri"])
        new, rows = without(path, [r["reject_id"] for r in table.to_pylist() if file_of(r["uri"]) not in changed])
        kept.append(new if rows else part)
        dropped += rows
    carried: dict[tuple[str, str], list[Part]] = {}
    replaces = []
    for file in state.files.get(REJECTS.name, []):
        new, rows = without(staging.output / file.path, gone)
        if rows:
            carried.setdefault((REJECTS.name, file.day), []).append(new)
            replaces.append(file.path)
    counts = {
        "rejects": -dropped,
        "known": dropped,
        "retired": len(gone),
        "carried": sum(p.rows for parts in carried.values() for p in parts),
    }
    return Change("retry", {REJECTS.name: kept}, carried, replaces, counts)


def _rejects(output: Path, state: State) -> list[dict[str, Any]]:
    table = dataset_of(REJECTS.name, state.paths(output, REJECTS.name)).to_table(_COLUMNS)
    return [row | {"file": file_of(row["uri"])} for row in table.to_pylist()]


def _reachable(uri: str) -> bool:
    if "://" in uri:
        return not is_feed(uri)  # the address of a page: its feed brings it again
    return os.path.isfile(uri) and os.access(uri, os.R_OK)

"""Reading known articles again with today's version; their rows are replaced in one transaction."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .. import __version__
from ..durable import make_folder
from ..reading import model_version
from ..reading.version import rules_version
from ..schemas import DOCUMENT_SPEAKERS, DOCUMENTS, FIGURES, PARAGRAPHS, QUOTES, SCHEMA_VERSION
from ..schemas.ids import hash_id
from ..store.manifest import Manifest
from ..store.merge import LeaveOut, merge_parts
from ..store.parts import Part, as_declared, check_rows
from ..store.publish import publish
from ..store.staging import Staging
from ..store.state import State, read_state
from ..transforms import RowGroup, RunStamp
from ..transforms.reload import outdated
from .config import Config
from .engine import Engine, RunError
from .ingest import SHARE_CHARS, Progress
from .people import PeopleMaker

EXTRACTED = (DOCUMENTS.name, PARAGRAPHS.name, DOCUMENT_SPEAKERS.name, QUOTES.name, FIGURES.name)  # tables that are replaced
_VERSIONS = pa.schema([DOCUMENTS.arrow.field(name) for name in ("model_version", "rules_version")])
Batch = tuple[str, int, list[tuple[str, int]]]  # a day, how many of its documents, and where: row groups (path, number)


@dataclass(frozen=True)
class Reprocessing:
    """What is read again: documents ingested on or after a day, or on some days, those of another version or every one."""

    output: Path
    config: Config
    since: date | None = None
    every: bool = False
    days: frozenset[str] | None = None


def reprocess_id(job: Reprocessing, sequence: int) -> str:
    """The run's id: the same for an attempt that goes on with one that was stopped."""
    versions = __version__, model_version(job.config.model), rules_version(), SCHEMA_VERSION
    return f"{sequence:06d}-{hash_id('reprocess', sequence, job.since, job.every, *sorted(job.days or ()), *versions)[:12]}"


def reprocess(
    job: Reprocessing, base: Manifest, progress: Progress | None = None, told: Callable[[str], None] = lambda line: None
) -> Manifest | None:
    """Read known articles again and replace their rows; returns the manifest, or None if there was nothing to do.

    Batches that a stopped attempt had done are kept. A document that fails keeps its earlier rows.

    Args:
        job: what to read again, in an output folder whose lock is held.
        base: the manifest but for what is published and replaced.
        progress: as for ``run``.
        told: called with lines on which articles are out of date, and how many.

    Raises:
        RunError: a graph failed; nothing was changed.
    """
    clock = time.monotonic()
    state = read_state(job.output)
    staging = Staging(job.output, base.run_id)
    batches: list[Batch] = _planned(staging) or _plan(job, state, told)
    if not batches:
        return None
    make_folder(staging.folder)
    staging.write_plan(json.dumps(batches))
    parts: dict[tuple[str, str], list[Part]] = {}
    notes = staging.fresh("progress")
    stamp = RunStamp(base.run_id, base.started_at, job.config.model)
    done = 0
    try:
        with progress(notes, len(batches)) if progress is not None else nullcontext(), Engine(job.config) as engine:
            for day, _, groups in batches:
                for part in _batch(job, engine, staging, f"batch-{done:05d}", groups, stamp, notes):
                    if part.table in EXTRACTED:
                        parts.setdefault((part.table, day), []).append(part)
                done += 1
        counts = {t: sum(p.rows for (n, _), ps in parts.items() if n == t for p in ps) for t in EXTRACTED}
        counts["read_again"] = counts.pop("documents")
        replaces, failed = _carry_over(job.output, state, staging, parts, batches)
        manifest = base.model_copy(
            update={
                "replaces": replaces,
                "counts": counts | {"failed": failed},
                "config": job.config.model_dump(mode="json"),
                "seconds": {"total": round(time.monotonic() - clock, 3)},
            }
        )
        return publish(staging, parts, manifest, file_bytes=job.config.file_mb << 20, people=PeopleMaker(job.output, job.config))
    except BaseException as error:
        if done or staging.decided():
            error.add_note("what is done of it is kept, and the same command goes on from there")
        else:
            staging.drop()
        raise


def _planned(staging: Staging) -> list[Batch]:
    """What a stopped attempt was about to do; one whose plan is torn is dropped."""
    try:
        return json.loads(staging.read_plan() or "[]")
    except ValueError:
        staging.drop()
        return []


def _plan(job: Reprocessing, state: State, told: Callable[[str], None]) -> list[Batch]:
    """The row groups that hold documents to read again, in batches of one day each."""
    batches: list[Batch] = []
    version = model_version(job.config.model)
    read_by: Counter[tuple[str, str | None]] = Counter()
    for file in sorted(state.files.get(DOCUMENTS.name, []), key=lambda f: (f.day, f.path)):
        day = file.day
        if (job.since is not None and day < job.since.isoformat()) or (job.days is not None and day not in job.days):
            continue
        with pq.ParquetFile(job.output / file.path) as parquet:
            for number in range(parquet.num_row_groups):
                group = as_declared(parquet.read_row_group(number, columns=_VERSIONS.names), _VERSIONS)
                old = group.filter(outdated(group, version))
                read_by.update(zip(*(old[name].to_pylist() for name in _VERSIONS.names), strict=True))
                wanted = group.num_rows if job.every else old.num_rows
                if not wanted:
                    continue
                if batches and batches[-1][0] == day and batches[-1][1] + wanted <= job.config.micro_batch:
                    batches[-1] = (day, batches[-1][1] + wanted, [*batches[-1][2], (file.path, number)])
                else:
                    batches.append((day, wanted, [(file.path, number)]))
    for (model, rules), count in read_by.most_common():
        by_model = f"model {model}, not {version}" if model != version else ""
        by_rules = f"rules {rules or 'that have no version'}, not {rules_version()}" if rules != rules_version() else ""
        told(f"{count:,} articles are out of date: read by {' and by '.join(filter(None, (by_model, by_rules)))}")
    return batches


def _batch(
    job: Reprocessing,
    engine: Engine,
    staging: Staging,
    name: str,
    groups: Sequence[tuple[str, int]],
    stamp: RunStamp,
    notes: Path,
) -> tuple[Part, ...]:
    from .graph import Sizes, build_extract_again, read_parts

    done = staging.done(name)
    if done is None or not staging.is_whole(name):
        folder = staging.fresh(name).resolve()
        again = [RowGroup(str(job.output.resolve() / path), number) for path, number in groups]
        sizes = Sizes(job.config.batch_documents, job.config.part_mb << 20, job.config.article_seconds)
        build = partial(build_extract_again, folder=folder, stamp=stamp, every=job.every, sizes=sizes, progress=notes.resolve())
        weights = [_weight(group) for group in again]
        parts = read_parts(engine.run_shares(build, again, weights, SHARE_CHARS, folder))
        check_rows(folder, parts)
        done = staging.finish(name, folder, parts, {})
    return done.parts


def _weight(group: RowGroup) -> int:
    """Characters in the documents of a row group."""
    with pq.ParquetFile(group.path) as file:
        return pc.sum(file.read_row_group(group.number, columns=["char_count"])["char_count"]).as_py() or 0


def _carry_over(
    output: Path, state: State, staging: Staging, parts: dict[tuple[str, str], list[Part]], batches: Sequence[Batch]
) -> tuple[list[str], int]:
    """Add to ``parts`` the rows of documents that were not read again; returns the files replaced and the failures.

    Raises:
        RunError: documents were lost or won.
    """
    folder = staging.fresh("carried")
    replaces: list[str] = []
    failed = 0
    for day in sorted({day for day, _, _ in batches}):
        before = {t: [f for f in state.files.get(t, []) if f.day == day] for t in EXTRACTED}
        known = sum(f.rows for f in before[DOCUMENTS.name])
        again = [_ids(staging.folder / p.name) for p in parts.get((DOCUMENTS.name, day), [])]
        read_again = LeaveOut("doc_id", pa.concat_arrays(again) if again else pa.array([], pa.string()))
        for table, files in before.items():
            replaces += [f.path for f in files]
            if files and known != len(read_again.values):
                part = merge_parts([output / f.path for f in files], table, folder, read_again)
                parts.setdefault((table, day), []).append(Part(table, f"{folder.name}/{part.name}", part.rows, part.bytes))
        after = sum(p.rows for p in parts.get((DOCUMENTS.name, day), []))
        if after != known:
            raise RunError(f"{after} documents of {day} instead of {known}; nothing was changed")
        failed += sum(wanted for d, wanted, _ in batches if d == day) - len(read_again.values)
    return replaces, failed


def _ids(path: Path) -> pa.Array:
    with pq.ParquetFile(path) as file:
        return file.read(["doc_id"])["doc_id"].combine_chunks()

"""Reading known articles again with today's version; their rows are replaced in one transaction."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from .. import __version__
from ..places import place_of
from ..printable import counted
from ..reading import model_version
from ..reading.version import rules_version
from ..schemas import DOCUMENT_SPEAKERS, DOCUMENTS, FIGURES, PARAGRAPHS, QUOTES, SCHEMA_VERSION
from ..schemas.ids import hash_id
from ..sources.formats import Reading
from ..store.corrected.commit import carried as corrections_carried
from ..store.manifest import Manifest, PublishedFile, committed
from ..store.merge import LeaveOut, merge_parts
from ..store.parts import as_declared, dataset_of, open_parquet, part_path
from ..store.publish import publish
from ..store.state import State, read_state
from ..store.work import Work
from ..transforms import RowGroup, RunStamp
from ..transforms.read import outdated
from .config import Config
from .engine import RunError, local_workers, run_graph
from .ingest import MIB, Progress, done_before, published_all_the_same, told_progress
from .people import PeopleMaker

EXTRACTED = (DOCUMENTS.name, PARAGRAPHS.name, DOCUMENT_SPEAKERS.name, QUOTES.name, FIGURES.name)  # tables that are replaced
_VERSIONS = pa.schema([DOCUMENTS.arrow.field(name) for name in ("model_version", "rules_version", "char_count")])


@dataclass(frozen=True)
class Reprocessing:
    """What is read again: documents ingested on or after a day, or on some days, those of another version or every one."""

    output: Path
    config: Config
    since: date | None = None
    every: bool = False
    days: frozenset[str] | None = None


@dataclass(frozen=True)
class _Planned:
    """The row groups with documents to read again, how many these are, by day, and their characters."""

    groups: list[RowGroup]
    wanted: dict[str, int]
    chars: int


def reprocess_id(job: Reprocessing, sequence: int) -> str:
    """The run's id: the same for an attempt that goes on with one that was stopped."""
    versions = __version__, model_version(job.config.model), rules_version(), SCHEMA_VERSION
    return f"{sequence:06d}-{hash_id('reprocess', sequence, job.since, job.every, *sorted(job.days or ()), *versions)[:12]}"


def reprocess(
    job: Reprocessing, base: Manifest, progress: Progress | None = None, told: Callable[[str], None] = lambda line: None
) -> Manifest | None:
    """Read known articles again and replace their rows; returns the manifest, or None if there was nothing to do.

    What a stopped attempt had done is kept. A document that fails keeps its earlier rows.

    Args:
        job: what to read again, in an output folder that is open.
        base: the manifest but for what is published and replaced.
        progress: as for ``run``.
        told: called with lines on which articles are out of date, and how many.

    Raises:
        RunError: a graph failed; nothing was changed.
    """
    from .graph import EXTRACT, Sizes, build_again, run_steps

    began = time.time()
    plan = _plan(job, read_state(job.output), told)
    if not plan.groups:
        return None
    work, config = Work(job.output, base.run_id), job.config
    goes_on = work.read_plan() is not None
    work.write_plan("{}")
    done = done_before(work)
    stamp = RunStamp(base.run_id, base.started_at, config.model)
    try:
        with told_progress(config, progress, len(plan.groups)) as notes:
            limits = Sizes(config.batch_documents, int(config.part_mb * MIB), config.article_seconds)
            steps = run_steps(str(job.output), Reading(), stamp, limits, done, notes, job.every)
            earlier = [f for f in done.files if isinstance(f, PublishedFile)]
            with local_workers(config, plan.chars, {EXTRACT: steps.extract}) as workers:
                commit = partial(_commit, str(job.output), config, base, plan, earlier, began)
                run_graph(partial(build_again, groups=plan.groups, steps=steps, workers=workers, commit=commit), config)
    except BaseException as error:
        if not published_all_the_same(work, error):
            raise
    work.drop_all() if goes_on else work.drop()
    return committed(job.output, base.run_id)


def _plan(job: Reprocessing, state: State, told: Callable[[str], None]) -> _Planned:
    """The row groups that hold documents to read again."""
    plan = _Planned([], {}, 0)
    version = model_version(job.config.model)
    read_by: Counter[tuple[str, str | None]] = Counter()
    wanted: Counter[str] = Counter()
    chars = 0
    for file in sorted(state.files.get(DOCUMENTS.name, []), key=lambda f: (f.day, f.path)):
        day = file.day
        if (job.since is not None and day < job.since.isoformat()) or (job.days is not None and day not in job.days):
            continue
        with open_parquet(job.output / file.path) as parquet:
            for number in range(parquet.num_row_groups):
                group = as_declared(parquet.read_row_group(number, columns=_there(parquet)), _VERSIONS)
                old = group.filter(outdated(group, version))
                read_by.update(zip(old["model_version"].to_pylist(), old["rules_version"].to_pylist(), strict=True))
                own = group if job.every else old
                if own.num_rows:
                    plan.groups.append(RowGroup(str(job.output / file.path), number, day))
                    wanted[day] += own.num_rows
                    chars += pc.sum(own["char_count"]).as_py() or 0
    for (model, rules), count in read_by.most_common():
        by_model = f"model {model}, not {version}" if model != version else ""
        by_rules = f"rules {rules or 'that have no version'}, not {rules_version()}" if rules != rules_version() else ""
        out = f"{counted(count, 'articles')} {'is' if count == 1 else 'are'} out of date"
        told(f"{out}: read by {' and by '.join(filter(None, (by_model, by_rules)))}")
    return _Planned(plan.groups, dict(wanted), chars)


def _there(parquet: object) -> list[str]:
    names = set(parquet.schema_arrow.names)  # type: ignore[attr-defined]
    return [n for n in _VERSIONS.names if n in names]


def _commit(
    output: str,
    config: Config,
    base: Manifest,
    plan: _Planned,
    earlier: Sequence[PublishedFile],
    began: float,
    written: Sequence[PublishedFile],
) -> None:
    """Publish what was read again, with the rows of documents that were not; given again, it changes nothing."""
    place = place_of(output)
    files = [f for f in (*earlier, *written) if f.table in EXTRACTED]
    counts = {t: sum(f.rows for f in files if f.table == t) for t in EXTRACTED}
    counts["read_again"] = counts.pop("documents")
    carried, replaces, failed = _carry_over(place, base.run_id, files, plan.wanted)
    record = base.model_copy(
        update={
            "replaces": replaces,
            "counts": counts | {"failed": failed},
            "config": config.model_dump(mode="json"),
            "seconds": {"total": round(time.time() - began, 3)},
        }
    )
    also = partial(corrections_carried, place, base.run_id, files)
    publish(place, record, [*files, *carried], people=PeopleMaker(place, config), also=also)


def _carry_over(
    output: Path, run_id: str, files: Sequence[PublishedFile], wanted: dict[str, int]
) -> tuple[list[PublishedFile], list[str], int]:
    """Files with the rows of documents that were not read again, the files replaced, and how many failed.

    Raises:
        RunError: documents were lost or won.
    """
    state, carried, replaces, failed = read_state(output), list[PublishedFile](), list[str](), 0
    for day in sorted(wanted):
        before = {t: [f for f in state.files.get(t, []) if f.day == day] for t in EXTRACTED}
        known = sum(f.rows for f in before[DOCUMENTS.name])
        own = [output / f.path for f in files if f.table == DOCUMENTS.name and f.day == day]
        ids = (
            dataset_of(DOCUMENTS.name, own).to_table(["doc_id"])["doc_id"].combine_chunks() if own else pa.array([], pa.string())
        )
        read_again = LeaveOut("doc_id", ids)
        for table, there in before.items():
            replaces += [f.path for f in there]
            if there and known != len(ids):
                path = part_path(table, day, run_id, len(carried))
                carried.append(merge_parts([output / f.path for f in there], table, output, path, read_again))
        after = len(ids) + sum(f.rows for f in carried if f.table == DOCUMENTS.name and f.day == day)
        if after != known:
            raise RunError(f"{counted(after, 'documents')} of {day} instead of {known}; nothing was changed")
        failed += wanted[day] - len(ids)
    return carried, replaces, failed

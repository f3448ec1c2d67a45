"""Repair: damaged manifests are rebuilt from what else is known, and damaged files are taken out with what depended on them.

Nothing that may hold data is deleted: it is set aside under ``DIR/_damaged``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from ...durable import make_folder, remove_for_good, sync_folder
from ...schemas import (
    APPEARANCES,
    DOCUMENT_SPEAKERS,
    DOCUMENTS,
    FIGURES,
    PARAGRAPHS,
    PEOPLE,
    QUOTES,
    REJECTS,
    TABLES,
)
from ..manifest import (
    DAMAGED,
    RUNS,
    SIGNATURES,
    STAGING,
    Manifest,
    PublishedFile,
    check_writable,
    manifest_paths,
    read_manifests,
    readable_manifests,
    sequence_of,
    write_manifest,
)
from ..merge import AMPLE, LeaveOut, merge_parts
from ..names import FOLDER as NAMES_FOLDER
from ..parts import Part, dataset_of
from ..publish import MakePeople, publish
from ..seal import digest_of
from ..staging import Staging
from ..state import CHECKPOINTS, State, parse_state, read_state
from ..tables import write_views
from .check import (
    ALIASES,
    FEEDS,
    UNREADABLE,
    checkpoint_problems,
    feed_problems,
    file_problem,
    kept_problems,
    manifest_problems,
    page_problem,
    replaced_problems,
    staging_problems,
)
from .verify import stray_files

_DEPEND = (
    PARAGRAPHS.name,
    DOCUMENT_SPEAKERS.name,
    QUOTES.name,
    FIGURES.name,
    APPEARANCES.name,
)  # tables whose rows are of a document
_BROUGHT = (DOCUMENTS.name, APPEARANCES.name, REJECTS.name)  # tables whose rows reading the inputs again brings back
_PART = re.compile(r"part-(\d{6,}-[0-9a-f]{12})-\d+\.parquet")
# what tells whether two files of a table hold a row in common
_COMMON = {REJECTS.name: ["reject_id"], PEOPLE.name: ["speaker_id"], APPEARANCES.name: ["doc_id", "uri", "run_id"]}

Told = Callable[[str], None]


@dataclass(frozen=True)
class Aside:
    """Where damaged files of an output folder are put."""

    output: Path
    name: str

    @classmethod
    def of(cls, output: Path) -> Aside:
        """A place of its own for a repair that begins now."""
        return cls(output, f"{datetime.now(UTC):%Y%m%dT%H%M%S}")

    def put(self, path: Path, copy: bool = False) -> None:
        """Move a file there, or copy it."""
        target = self.output / DAMAGED / self.name / path.relative_to(self.output)
        make_folder(target.parent)
        if copy:
            shutil.copy2(path, target)
        else:
            os.replace(path, target)
            sync_folder(path.parent)
        sync_folder(target.parent)


def mend_manifests(output: Path, aside: Aside, told: Told, version: str) -> None:
    """Set damaged manifests and checkpoints aside, and write manifests anew from the files of their runs.

    The inputs of a manifest that was rebuilt are not known any more: they are new again. The lock is held.

    Args:
        output: the output folder.
        aside: where what is damaged goes.
        told: called with a line on each.
        version: of the pipeline, for the manifests that are written.

    Raises:
        NewerRecord: a newer version wrote to the folder.
    """
    for version_there in (_checkpoint(output).schema_version, *(m.schema_version for m in readable_manifests(output))):
        check_writable(version_there)
    for name in (*TABLES, RUNS, f"{RUNS}/{CHECKPOINTS}", STAGING):
        if (output / name).is_file():
            aside.put(output / name)
            told(f"{name}: a file in place of a folder, set aside")
    make_folder(output / RUNS)
    checkpoint = _checkpoint(output)
    bad = [path for path, _ in manifest_problems(output) if path.parent.name == RUNS]
    forgotten = {path.stem: _forgotten_in(path) for path in bad}
    for path in bad:
        aside.put(path)
        told(f"{RUNS}/{path.name}: set aside")
    there = {sequence_of(p.stem) for p in manifest_paths(output)}
    lost = {sequence_of(p.stem): p.stem for p in bad}
    files = {sequence_of(run_id): run_id for run_id in _run_ids(output)}
    last = max([*there, *lost, checkpoint.sequence], default=0) or max(files, default=0)
    while last + 1 in files:  # the newest manifest may be missing
        last += 1
    for number in range(1, last + 1):
        if number not in there:
            run_id = lost.get(number) or files.get(number) or f"{number:06d}-{'0' * 12}"
            manifest = _rebuilt(output, run_id, number, checkpoint, version)
            kept = forgotten.get(run_id)
            write_manifest(output, manifest.model_copy(update={"forgotten": [*manifest.forgotten, *(kept or ())]}))
            told(f"{RUNS}/{run_id}.json: rebuilt from {len(manifest.files)} files; the inputs of that run are new again")
            if not kept and number > checkpoint.sequence:
                told(f"{RUNS}/{run_id}.json: if it was a takedown, give 'onrecord forget' again")
    broken = [path for path, _ in checkpoint_problems(output)]
    if broken:  # the manifests hold all that a checkpoint sums up
        for path in sorted((output / RUNS / CHECKPOINTS).glob("[!.]*")):
            aside.put(path)
        told(f"{RUNS}/{CHECKPOINTS}: set aside; the manifests tell the same")


def _checkpoint(output: Path) -> State:
    """The newest checkpoint that can be read; an empty state without one."""
    for path in sorted((output / RUNS / CHECKPOINTS).glob("[0-9]*.json"), reverse=True):
        try:
            return parse_state(path.read_bytes())
        except (ValueError, OSError):
            continue
    return State()


def _run_ids(output: Path) -> set[str]:
    """The ids of runs, from the names of their files."""
    names = (path.name for table in TABLES for path in (output / table).rglob("part-*.parquet"))
    return {found[1] for found in map(_PART.fullmatch, names) if found}


def _forgotten_in(path: Path) -> list[str]:
    """The hashes of what is not to come back, as far as a damaged manifest tells them."""
    try:
        found = json.loads(path.read_bytes())["forgotten"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [h for h in found if isinstance(h, str)] if isinstance(found, list) else []


def _rebuilt(output: Path, run_id: str, number: int, checkpoint: State, version: str) -> Manifest:
    """The manifest of a run, from its files and from what they have in common with those of earlier runs."""
    others = [m for m in readable_manifests(output) if m.sequence != number]
    replaced = {path for m in others for path in m.replaces}
    files = list(_own_files(output, run_id))  # those replaced since, too: they stand for earlier ones all the same
    earlier = [f for m in others if m.sequence < number for f in m.files if f.path not in replaced]
    if number <= checkpoint.sequence:
        counted = {f.path for fs in checkpoint.files.values() for f in fs}
        told = {f.path: f.digest for fs in checkpoint.files.values() for f in fs}
        files = [f.model_copy(update={"digest": told.get(f.path, f.digest)}) for f in files]
        replaces = [f.path for f in earlier if f.path not in counted]
    else:
        replaces = [f.path for f in earlier if any(_in_common(output, f, own) for own in files if own.table == f.table)]
    now = datetime.now(UTC)
    forgotten = checkpoint.forgotten if number == checkpoint.sequence else []
    return Manifest(
        run_id=run_id, kind="repair", sequence=number, started_at=now, finished_at=now, keep_until=now, pipeline_version=version,
        model_version="", files=files, replaces=replaces, counts={}, forgotten=forgotten,
    )  # fmt: skip


def _own_files(output: Path, run_id: str) -> Iterator[PublishedFile]:
    for table in TABLES:
        for path in sorted((output / table).rglob(f"part-{run_id}-*.parquet")):
            try:
                found = pq.read_metadata(path)
            except UNREADABLE:
                continue
            yield PublishedFile(
                table=table,
                path=str(path.relative_to(output)),
                rows=found.num_rows,
                bytes=path.stat().st_size,
                version=(found.metadata or {}).get(b"schema_version", b"").decode("utf-8", "replace"),
                digest=digest_of(path),
            )


def _in_common(output: Path, one: PublishedFile, other: PublishedFile) -> bool:
    """Whether two files of a table hold a row in common, so that the later one stands for the earlier."""
    columns = _COMMON.get(one.table, ["doc_id"])
    try:
        tables = [pq.read_table(output / f.path, columns=columns, partitioning=None) for f in (one, other)]
    except UNREADABLE:
        return False
    return tables[0].join(tables[1], columns, join_type="inner").num_rows > 0


def broken_files(output: Path, state: State) -> dict[PublishedFile, str]:
    """The published files that are not as they were written, every byte of them checked, and what is wrong with each."""
    found = ((f, file_problem(output, f, deep=True)) for files in state.files.values() for f in files)
    return {f: problem for f, problem in found if problem}


def take_out(output: Path, base: Manifest, broken: Iterable[PublishedFile], people: MakePeople, file_bytes: int) -> Manifest:
    """Publish the tables without damaged files and without the rows of documents that were lost with them.

    Args:
        output: an output folder whose lock is held.
        base: id, versions and times of the run.
        broken: the damaged files.
        people: makes the new generation of ``people``.
        file_bytes: size of published files.

    Returns:
        The manifest; its ``reread`` are the inputs that may hold what was lost.
    """
    state, staging = read_state(output), Staging(output, base.run_id)
    gone = {f.path: f for f in broken}
    folder = staging.fresh("without")
    staged: dict[tuple[str, str], list[Part]] = {}
    replaces = list(gone)
    with staging.dropped_on_failure():
        if any(f.table == DOCUMENTS.name for f in gone.values()):
            whole = [output / f.path for f in state.files.get(DOCUMENTS.name, []) if f.path not in gone]
            left = dataset_of(DOCUMENTS.name, whole).to_table(["doc_id"])["doc_id"].combine_chunks()
            for file in (f for t in _DEPEND for f in state.files.get(t, []) if f.path not in gone):
                of = dataset_of(file.table, [output / file.path]).to_table(["doc_id"])["doc_id"].combine_chunks()
                lost = pc.unique(of.filter(pc.invert(pc.is_in(of, left))))
                if len(lost):
                    part = merge_parts([output / file.path], file.table, folder, LeaveOut("doc_id", lost), room=AMPLE)
                    staged.setdefault((file.table, file.day), []).append(
                        Part(file.table, f"{folder.name}/{part.name}", part.rows, part.bytes)
                    )
                    replaces.append(file.path)
        reread = _inputs_of(output, [f for f in gone.values() if f.table in _BROUGHT])
        record = base.model_copy(update={"replaces": replaces, "reread": reread, "counts": {"taken_out": len(gone)}})
        return publish(staging, staged, record, file_bytes=file_bytes, grace=timedelta(hours=1), people=people)


def _inputs_of(output: Path, files: Sequence[PublishedFile]) -> list[str]:
    """The inputs that may hold the rows of some files: those of the run that published each, or all before a merge."""
    runs: Mapping[str, Manifest] = {f.path: m for m in read_manifests(output) for f in m.files}
    found: set[str] = set()
    for manifest in (runs[f.path] for f in files if f.path in runs):
        first = manifest.sequence if manifest.kind in ("run", "retry") else 1
        found |= {i.uri for m in read_manifests(output, first - 1) if m.sequence <= manifest.sequence for i in m.inputs}
    return sorted(found)


def mend_beside(output: Path, aside: Aside, told: Told) -> None:
    """Set aside what belongs to no run, and remove caches that are damaged; they are made anew when they are next asked for."""
    for name in list(stray_files(output, read_state(output))):
        aside.put(output / name)
        told(f"{name}: set aside; it is in no manifest")
    for path, _ in list(replaced_problems(output, read_state(output))):
        aside.put(output / path)
        told(f"{path}: set aside; it is damaged, and counts no more")
    for problem in feed_problems(output):
        aside.put(output / FEEDS)
        told(f"{problem}; set aside, feeds are fetched anew")
    for kept in sorted((output / SIGNATURES).glob("*.parquet")):
        if page_problem(kept, kept.name):
            remove_for_good([kept])
            told(f"{SIGNATURES}/{kept.name}: removed; the next run makes it anew")


def mend_kept(output: Path, aside: Aside, told: Told) -> None:
    """Remove what is kept beside the tables and damaged, or set it aside; it is made anew from the tables."""
    for problem in list(kept_problems(output)):
        if problem.startswith(f"{NAMES_FOLDER}/"):
            drop_names(output)
            told(f"{problem}; removed, and made anew by the next run")
        elif problem.startswith(ALIASES):
            if (output / ALIASES).exists():  # a file, or what stands in its place
                aside.put(output / ALIASES)
            drop_names(output)
            told(f"{problem}; set aside")
        elif problem.startswith("views.sql"):
            if (output / "views.sql").is_dir():
                aside.put(output / "views.sql")
            write_views(output)
            told("views.sql: made anew")
    for problem in staging_problems(output):
        told(f"{problem}; what the run had staged is set aside")
        aside.put(output / STAGING / problem.split("/")[1])


def drop_names(output: Path) -> None:
    """Let what is known of names be made anew."""
    remove_for_good([output / NAMES_FOLDER])

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
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.compute as pc

from ...durable import make_folder, sync_folder
from ...places import find, is_remote
from ...printable import counted
from ...schemas import (
    APPEARANCES,
    CORRECTIONS,
    DOCUMENT_SPEAKERS,
    DOCUMENTS,
    FIGURES,
    PARAGRAPHS,
    PEOPLE,
    QUOTES,
    REJECTS,
    TABLES,
)
from ...storage import remove_at, remove_files
from ..corrected.copies import copy_problems
from ..delta.check import delta_problems, is_readable
from ..delta.mark import LOG
from ..delta.register import register
from ..delta.table import DeltaFailed
from ..index import Keys, Sign, rebuild
from ..manifest import (
    DAMAGED,
    RUNS,
    Manifest,
    PublishedFile,
    check_writable,
    manifest_path,
    manifest_paths,
    read_manifests,
    readable_manifests,
    sequence_of,
    write_manifest,
)
from ..merge import LeaveOut, merge_parts
from ..parts import PUBLISHED, dataset_of, open_parquet, part_path
from ..publish import MakePeople, publish
from ..seal import digest_of
from ..segments import FOLDER as INDEX
from ..segments import IndexFile
from ..state import CHECKPOINTS, State, checkpoint_paths, parse_state, read_state, taken_inputs
from ..tables import write_views
from ..work import WORK, under_way
from .check import (
    FEEDS,
    UNREADABLE,
    checkpoint_problems,
    derived_problems,
    feed_problems,
    file_problem,
    manifest_problems,
    replaced_problems,
    views_problem,
    work_problems,
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
_PART = re.compile(r"part-(\d{6,}-[0-9a-f]{12})-\d+(?:-[0-9a-f]{12})?\.parquet")
# what tells whether two files of a table hold a row in common
_COMMON = {
    CORRECTIONS.name: ["correction_id"],
    REJECTS.name: ["reject_id"],
    PEOPLE.name: ["speaker_id"],
    APPEARANCES.name: ["doc_id", "uri", "run_id"],
}

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
        if is_remote(path):
            for found in [path, *(path / f.name for f in find(path))]:
                if found.is_file():
                    (target / found.relative_to(path)).write_bytes(found.read_bytes())
            if not copy:
                remove_at([path])
            return
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
    for name in (*PUBLISHED, RUNS, f"{RUNS}/{CHECKPOINTS}", WORK):
        if (output / name).is_file():
            aside.put(output / name)
            told(f"{name}: a file in place of a folder, set aside")
    checkpoint = _checkpoint(output)
    bad = [path for path, _ in manifest_problems(output) if path.parent.name == RUNS]
    forgotten = {sequence_of(path.stem): _forgotten_in(path) for path in bad}
    lost = {sequence_of(path.stem): _run_id_in(path) for path in bad}
    for path in bad:
        aside.put(path)
        told(f"{RUNS}/{path.name}: set aside")
    there = {sequence_of(p.stem) for p in manifest_paths(output)}
    named = {m.run_id for m in readable_manifests(output)} | {
        w.run_id for w in under_way(output)
    }  # these have not been published
    files = sorted((sequence_of(run_id), run_id) for run_id in _run_ids(output) - named)
    numbers = {number for number, _ in files}
    last = max([*there, *lost, checkpoint.sequence], default=0) or max(numbers, default=0)
    while last + 1 in numbers:  # the newest manifest may be missing
        last += 1
    for number in range(1, last + 1):
        if number not in there:
            found = next((run_id for planned, run_id in files if planned == number), None)
            run_id = lost.get(number) or found or f"{number:06d}-{'0' * 12}"
            manifest = _rebuilt(output, run_id, number, checkpoint, version)
            kept = forgotten.get(number)
            write_manifest(output, manifest.model_copy(update={"forgotten": [*manifest.forgotten, *(kept or ())]}))
            name = manifest_path(output, number).name
            told(f"{RUNS}/{name}: rebuilt from {counted(len(manifest.files), 'files')}; the inputs of that run are new again")
            if not kept and number > checkpoint.sequence:
                told(f"{RUNS}/{name}: if it was a takedown, give 'onrecord forget' again")
    broken = [path for path, _ in checkpoint_problems(output)]
    if broken:  # the manifests hold all that a checkpoint sums up
        for path in sorted((output / RUNS / CHECKPOINTS).glob("[!.]*")):
            aside.put(path)
        told(f"{RUNS}/{CHECKPOINTS}: set aside; the manifests tell the same")


def _checkpoint(output: Path) -> State:
    """The newest checkpoint that can be read; an empty state without one."""
    for path in reversed(checkpoint_paths(output)):
        try:
            return parse_state(path.read_bytes())
        except (ValueError, OSError):
            continue
    return State()


def _run_ids(output: Path) -> set[str]:
    """The ids of runs, from the names of their files."""
    names = (f.name.rpartition("/")[2] for table in TABLES for f in find(output / table))
    return {found[1] for found in map(_PART.fullmatch, names) if found}


def _run_id_in(path: Path) -> str | None:
    """The id of the run of a damaged manifest, as far as it tells it, or its name does."""
    try:
        found = json.loads(path.read_bytes())["run_id"]
    except (OSError, ValueError, KeyError, TypeError):
        found = path.stem
    return found if isinstance(found, str) and re.fullmatch(r"\d{6,}-[0-9a-f]{12}", found) else None


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
                found = open_parquet(path).metadata
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
        tables = [open_parquet(output / f.path).read(columns) for f in (one, other)]
    except UNREADABLE:
        return False
    return tables[0].join(tables[1], columns, join_type="inner").num_rows > 0


def broken_files(output: Path, state: State) -> dict[PublishedFile, str]:
    """The published files that are not as they were written, every byte of them checked, and what is wrong with each."""
    found = ((f, file_problem(output, f, deep=True)) for files in state.files.values() for f in files)
    return {f: problem for f, problem in found if problem}


def take_out(
    output: Path, base: Manifest, broken: Iterable[PublishedFile], people: MakePeople, sign: Sign, keys: Keys
) -> Manifest:
    """Publish the tables without damaged files and without the rows of documents that were lost with them.

    Args:
        output: an output folder that is open.
        base: id, versions and times of the run.
        broken: the damaged files.
        people: makes the new generation of ``people``.
        sign: makes signatures, for the index.
        keys: gives their keys.

    Returns:
        The manifest; its ``reread`` are the inputs that may hold what was lost.
    """
    state = read_state(output)
    gone = {f.path: f for f in broken}
    files: list[PublishedFile] = []
    replaces = list(gone)
    if any(f.table == DOCUMENTS.name for f in gone.values()):
        whole = [output / f.path for f in state.files.get(DOCUMENTS.name, []) if f.path not in gone]
        left = dataset_of(DOCUMENTS.name, whole).to_table(["doc_id"])["doc_id"].combine_chunks()
        for file in (f for t in _DEPEND for f in state.files.get(t, []) if f.path not in gone):
            of = dataset_of(file.table, [output / file.path]).to_table(["doc_id"])["doc_id"].combine_chunks()
            lost = pc.unique(of.filter(pc.invert(pc.is_in(of, left))))
            if len(lost):
                path = part_path(file.table, file.day, base.run_id, len(files))
                files.append(merge_parts([output / file.path], file.table, output, path, LeaveOut("doc_id", lost)))
                replaces.append(file.path)
    reread = _inputs_of(output, [f for f in gone.values() if f.table in _BROUGHT])

    def index(now: State) -> list[IndexFile]:
        after = now.model_copy(deep=True)
        after.add(base.model_copy(update={"files": files, "replaces": replaces}))
        again = set(reread)
        return rebuild(output, base.run_id, after, sign, keys, [i for i in taken_inputs(output) if i.uri not in again])

    record = base.model_copy(update={"replaces": replaces, "reread": reread, "counts": {"taken_out": len(gone)}})
    return publish(output, record, files, people=people, index=index)


def _inputs_of(output: Path, files: Sequence[PublishedFile]) -> list[str]:
    """The inputs that may hold the rows of some files: those of the run that published each, or all before a merge."""
    runs: Mapping[str, Manifest] = {f.path: m for m in read_manifests(output) for f in m.files}
    found: set[str] = set()
    for manifest in (runs[f.path] for f in files if f.path in runs):
        first = manifest.sequence if manifest.kind in ("run", "retry") else 1
        found |= {i.uri for m in read_manifests(output, first - 1) if m.sequence <= manifest.sequence for i in m.inputs}
        ranges = (m.offsets for m in read_manifests(output, first - 1) if m.sequence <= manifest.sequence)
        found |= {f"{partition}/{offset.start}" for every in ranges for partition, offset in every.items()}
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


def mend_kept(output: Path, aside: Aside, told: Told) -> None:
    """Set aside what stopped runs have left torn, and make the views anew."""
    if (problem := views_problem(output)) is not None:
        if (output / "views.sql").is_dir():
            aside.put(output / "views.sql")
        write_views(output)
        told(f"{problem.partition(':')[0]}: made anew")
    for run_id, problem in work_problems(output):
        told(f"{problem}; what the run had kept is set aside")
        aside.put(output / WORK / run_id)


def mend_delta(output: Path, aside: Aside, told: Told) -> None:
    """Bring the Delta logs up to the manifests; one that cannot be read, or is of another table, is set aside and begun anew."""
    state = read_state(output)
    problems = list(delta_problems(output, state))
    for name, problem in problems:
        if name is not None and (output / name / LOG).exists() and not is_readable(output, name):
            aside.put(output / name / LOG)
            told(f"{problem}; set aside, and begun anew")
        else:
            told(f"{problem}; mended")
    if problems:
        try:
            register(output, state)
        except DeltaFailed as error:
            told(f"the Delta logs could not be mended: {error}")


def mend_derived(output: Path, base: Manifest, people: MakePeople, sign: Sign, keys: Keys, told: Told) -> bool:
    """Make names, index and corrected copies anew, if missing or damaged, in a transaction; returns whether they were."""
    state = read_state(output)
    problems = [*derived_problems(output), *copy_problems(output, state)]
    if state.sequence and state.index is None:
        problems.append(f"{INDEX}: missing")
    if not problems:
        return False
    for problem in problems:
        told(f"{problem}; made anew")
    damaged = state.names.file if state.names is not None else None
    remove_files([output / damaged] if damaged is not None and any(p.startswith(damaged) for p in problems) else [])
    publish(output, base, [], people=people, index=lambda now: rebuild(output, base.run_id, now, sign, keys))
    return True

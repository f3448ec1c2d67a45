"""Publishing: the files of a run become part of the record by one manifest, whose number no other run can take.

Files have their final names from the start; until a manifest names them nobody reads them. What is derived from the tables
(the people, names, the index) is made on top of the record as it is when the number is taken: where another run was first,
it is made again, unless the two have something in common.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from ..durable import make_folder
from ..places import StorageError, is_remote
from ..schemas import APPEARANCES, DOCUMENTS, PEOPLE, REJECTS, SCHEMA_VERSION, TABLES
from ..storage import remove_files
from .corrected.copies import make_copies
from .delta.register import keep_registered
from .known import contents_of
from .lock import StoreError, locked
from .manifest import (
    RUNS,
    KeptNames,
    Manifest,
    PublishedFile,
    check_writable,
    committed,
    manifest_paths,
    read_manifests,
    take_number,
)
from .parts import PUBLISHED, dataset_of, part_path, write_part
from .segments import IndexFile
from .state import State, read_state, write_checkpoint
from .tables import write_views
from .work import is_stale, under_way

GRACE = timedelta(hours=1)
ABANDONED = 24 * 3600.0  # seconds after which a run that has not written is taken for dead, where no lock can tell
MOST_TRIES = 1000  # of taking a number
_TAKES = {"run", "retry"}  # kinds of runs that bring new articles

Reindex = Callable[[State], list[IndexFile]]


@dataclass(frozen=True)
class Also:
    """What a run publishes besides, made on top of a state: files, paths that they replace, and counts."""

    files: Sequence[PublishedFile] = ()
    replaces: Sequence[str] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


class GaveWay(RuntimeError):
    """Another run has published what this one was about to, or has replaced what it was made from; nothing was published."""


class MakePeople(Protocol):
    """What makes a generation of ``people``."""

    def make(
        self, state: State, new: Sequence[PublishedFile], gone: Iterable[str], run_id: str, day: str
    ) -> tuple[PublishedFile, KeptNames]:
        """Write a generation of ``people``, and the names that it was made of.

        Args:
            state: the record on which the run is published.
            new: files that the run adds.
            gone: paths of those that it replaces.
            run_id: the run.
            day: of the partition.
        """
        ...


@contextmanager
def open_store(output: Path, wait: bool = False, told: Callable[[str], None] | None = None, make: bool = False) -> Iterator[None]:
    """An output folder to write to, with what stopped commands have left brought in order.

    On this machine one command at a time works on a folder, so that none does what another is at; that commits are whole does
    not depend on it.

    Args:
        output: the folder.
        wait: wait for a run that is writing to end.
        told: called with a line on what is waited for or mended.
        make: make the folder if it is missing.

    Raises:
        StoreLocked: another run is writing.
        StoreError: the folder is missing, is no output folder, or cannot be written.
        NewerRecord: a newer version wrote to it.
    """
    try:
        if make and not is_remote(output):
            make_folder(output)
        elif not make and not (output / RUNS).is_dir():
            raise StoreError(f"{output} holds no finished run; 'onrecord run INPUT --output {output}' makes one")
    except FileExistsError:
        raise StoreError(f"cannot write to {output}: it is a file; choose another --output") from None
    except (StoreError, StorageError) as error:
        raise StoreError(str(error)) from None
    except OSError as error:
        raise StoreError(f"cannot write to {output}: {error.strerror}; choose another --output") from None
    with nullcontext() if is_remote(output) else locked(output, wait, told):
        try:
            state = read_state(output)
            check_writable(state.schema_version)
            if not is_remote(output):
                for path in _temporary(output):
                    path.unlink(missing_ok=True)
            for work in under_way(output):
                if is_remote(output) and is_stale(work, ABANDONED) and committed(output, work.run_id) is None:
                    work.drop_all()
            follow(output, state)  # the last command may not have come to it, and the folder may have been moved
        except PermissionError as error:
            raise StoreError(f"cannot write to {output}: {error.strerror}; choose another folder") from None
        except StorageError as error:
            raise StoreError(str(error)) from None
        sweep(output, state)
        yield


def _temporary(output: Path) -> Iterator[Path]:
    """Files that were being written when a command was stopped."""
    for folder in (output, *(p for p in output.iterdir() if p.is_dir())):
        for pattern in (".*.tmp", ".*.part"):
            yield from folder.glob(pattern) if folder == output else folder.rglob(pattern)


def sweep(output: Path, state: State | None = None, at_once: bool = False) -> int:
    """Remove the replaced files whose time of grace is over, or all ``at_once``; returns how many there may have been."""
    now = datetime.now(UTC)
    replaced = (state or read_state(output)).replaced
    return remove_files(output / p for p, until in replaced.items() if at_once or until <= now)


def publish(
    output: Path,
    manifest: Manifest,
    files: Sequence[PublishedFile],
    *,
    people: MakePeople | None = None,
    index: Reindex | None = None,
    also: Callable[[State], Also] | None = None,
    grace: timedelta = GRACE,
) -> Manifest:
    """Publish the files of a run: take the next number for its manifest.

    A run that has published already (by an attempt that did not hear of it) is left as it is.

    Args:
        output: the record.
        manifest: all but ``files``, ``names``, ``index``, ``keep_until`` and what is added to ``replaces`` here; its
            ``sequence`` is the number that follows the state from which the run was made.
        files: what the run has written.
        people: makes a new generation of ``people``; None leaves the one that is there.
        index: gives the segments of the index on top of a state; None leaves those that are there.
        also: gives what is published besides on top of a state.
        grace: how long replaced files stay on disk; none removes them, and all that were replaced before, at once.

    Raises:
        GaveWay: another run has published something that it has in common with this one.
    """
    base, made = manifest.sequence - 1, list[Path]()
    for _ in range(MOST_TRIES):
        if (done := committed(output, manifest.run_id)) is not None:
            return finish(output, done, grace)
        state = read_state(output)
        _check_apart(output, manifest, files, base)
        remove_files(made)  # what was made on top of a record that is not the newest any more
        told = _on_top(output, state, manifest, files, people, index, also, grace, made)
        if take_number(output, told):
            return finish(output, told, grace)
    raise GaveWay(f"{MOST_TRIES} other runs were first; run again")


def _on_top(
    output: Path,
    state: State,
    manifest: Manifest,
    files: Sequence[PublishedFile],
    people: MakePeople | None,
    index: Reindex | None,
    also: Callable[[State], Also] | None,
    grace: timedelta,
    made: list[Path],
) -> Manifest:
    """The manifest of a run as the next one after a state; what is written for it is added to ``made``."""
    day, run_id = f"{manifest.started_at:%Y-%m-%d}", manifest.run_id
    own, replaces = [f for f in files if f.rows], list(manifest.replaces)
    update: dict[str, object] = {}
    seconds, counts = dict(manifest.seconds), dict(manifest.counts)
    if also is not None:
        besides = also(state)
        made += [output / f.path for f in besides.files]
        own += [f for f in besides.files if f.rows]
        replaces += besides.replaces
        counts |= besides.counts
    if people is not None:
        clock = time.monotonic()
        part, names = people.make(state, own, replaces, run_id, day)
        seconds["people"] = round(time.monotonic() - clock, 3)
        own.append(part)
        replaces += [f.path for f in state.files.get(PEOPLE.name, [])]
        before = state.names
        earlier = {before.file if before is not None else None, state.aliases[0] if state.aliases is not None else None}
        now_kept = {names.file, names.aliases_file}
        replaces += sorted(p for p in earlier - now_kept if p is not None)
        made += [output / part.path, *(output / p for p in now_kept - earlier if p is not None)]
        update["names"] = names
    if index is not None:
        segments = index(state)
        replaces += sorted({f.path for f in state.index or ()} - {f.path for f in segments})
        update["index"] = segments
    for name, declared in TABLES.items():
        left = {f.path for f in state.files.get(name, [])} - set(replaces)
        if not left and not any(f.table == name for f in own):
            empty = write_part(output, part_path(name, day, run_id), name, declared.arrow.empty_table())
            made.append(output / empty.path)
            own.append(empty)
    right = state if manifest.kind != "repair" else None  # or every copy is looked at
    copies, replaced = make_copies(output, right, _without(state, own, replaces), run_id)
    made += [output / f.path for f in copies]
    own += copies
    replaces += replaced
    now = datetime.now(UTC)
    order = list(PUBLISHED)
    update |= {
        "sequence": state.sequence + 1,
        "files": sorted(own, key=lambda f: (order.index(f.table), f.path)),
        "replaces": replaces,
        "finished_at": now,
        "keep_until": now + grace,
        "seconds": seconds,
        "counts": counts,
        "schema_version": SCHEMA_VERSION,
    }
    return manifest.model_copy(update=update)


def _without(state: State, new: Sequence[PublishedFile], gone: Collection[str]) -> State:
    """The files of a state with new ones, and without those that are gone."""
    gone = set(gone)
    files = {table: [f for f in files if f.path not in gone] for table, files in state.files.items()}
    for file in new:
        files.setdefault(file.table, []).append(file)
    return State(files=files)


def finish(output: Path, manifest: Manifest, grace: timedelta) -> Manifest:
    """Bring up to date what follows from manifests, and remove replaced files that nobody shall find any more; whoever comes next
    does it where this is cut off.
    """
    with suppress(OSError):  # the disk may be full: what it keeps saves work later, and this run is published
        state = read_state(output)
        follow(output, state)
        if grace <= timedelta(0):
            sweep(output, state, at_once=True)
        write_checkpoint(output)
    return manifest


def follow(output: Path, state: State) -> None:
    """Bring up to date what other programs read of a record: its Delta logs, and ``views.sql``."""
    if state.sequence:
        keep_registered(output, state)  # before files go that a Delta log names
        write_views(output, state)


def _check_apart(output: Path, manifest: Manifest, files: Sequence[PublishedFile], base: int) -> None:
    """Check that a run has nothing in common with those that were published since the state that it was made from."""
    for other in read_manifests(output, base) if len(manifest_paths(output, base)) else ():
        who = f"run {other.run_id} was published meanwhile"
        if {i.uri for i in manifest.inputs} & {i.uri for i in other.inputs}:
            raise GaveWay(f"{who} and has taken the same inputs; nothing was published, run again for what is left")
        if manifest.window is not None and other.window is not None:
            raise GaveWay(f"{who} as window {other.window}; nothing was published")
        if set(manifest.offsets) & set(other.offsets):
            raise GaveWay(f"{who} and has read the same topic; nothing was published, run again for what is left")
        if set(manifest.replaces) & set(other.replaces):
            raise GaveWay(f"{who} and replaces the same files; nothing was changed, give the command again")
        if {"forget", "repair", "retry"} & {manifest.kind, other.kind} and (manifest.replaces or other.replaces):
            raise GaveWay(f"{who} and has changed what this one was made from; nothing was published, give the command again")
        if {manifest.kind, other.kind} == {"correct", "reprocess"}:
            raise GaveWay(f"{who} and has read anew what was to be corrected; nothing was changed, give the command again")
        for table, column in ((DOCUMENTS, "content_sha256"), (DOCUMENTS, "article_id"), (REJECTS, "reject_id")):
            if _in_common(output, files, other.files, table.name, column):
                raise GaveWay(f"{who} and holds the same articles; nothing was published, run again")
        new = _contents(output, files) if manifest.kind in _TAKES else set[str]()
        if new and other.kind in _TAKES and not new.isdisjoint(_contents(output, other.files)):
            raise GaveWay(f"{who} and holds the same texts; nothing was published, run again")
        gone = set(other.forgotten)
        for table, column in ((DOCUMENTS, "content_sha256"), (DOCUMENTS, "article_id"), (APPEARANCES, "article_id")):
            if gone and gone & {*_column(output, files, table.name, column).to_pylist(), *new}:
                raise GaveWay(f"{who} and takes down an article that this one holds; nothing was published, run again")


def _contents(output: Path, files: Sequence[PublishedFile]) -> set[str]:
    """The keys of the contents of the documents that files hold."""
    paths, columns = [output / f.path for f in files if f.table == DOCUMENTS.name and f.rows], ["text", "content_sha256"]
    batches = dataset_of(DOCUMENTS.name, paths).to_batches(columns, batch_size=1024) if paths else ()
    return {key for batch in batches for key in contents_of(batch)}


def _in_common(output: Path, own: Sequence[PublishedFile], others: Sequence[PublishedFile], table: str, column: str) -> bool:
    one = _column(output, own, table, column)
    return bool(len(one)) and bool(pc.any(pc.is_in(one, _column(output, others, table, column))).as_py())


def _column(output: Path, files: Sequence[PublishedFile], table: str, column: str) -> pa.Array:
    paths = [output / f.path for f in files if f.table == table and f.rows]
    return dataset_of(table, paths).to_table([column])[column].combine_chunks() if paths else pa.array([], pa.string())

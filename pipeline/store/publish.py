"""Publishing: what a run staged becomes files of a healthy size, decided in one step and then carried out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from ..durable import make_folder, remove_for_good
from ..schemas import DOCUMENT_SPEAKERS, PEOPLE, SCHEMA_VERSION, TABLES
from .lock import StoreError, locked
from .manifest import RUNS, STAGING, Manifest, PublishedFile, StoreDamaged, check_writable
from .merge import merge_parts
from .parts import Part, in_groups, write_part
from .seal import digest_of
from .staging import NOTHING, PUBLISH, Beside, Staging, unfinished
from .state import read_state, write_checkpoint
from .tables import write_views

GRACE = timedelta(hours=1)

# parts of a run by table and day of the partition
Staged = Mapping[tuple[str, str], Sequence[Part]]


class MakePeople(Protocol):
    """What makes a generation of ``people``."""

    def make(self, files: Mapping[str, Path], run_id: str, folder: Path, target: str) -> Part:
        """A part of ``people`` in ``folder``.

        Args:
            files: where each file of ``document_speakers`` lies, by the path at which it is or will be published.
            run_id: the run.
            folder: a folder to write in.
            target: the path at which the part will be published.
        """
        ...

    def beside(self) -> Beside:
        """What is published with the part, and what it takes the place of."""
        ...


@contextmanager
def open_store(
    output: Path, wait: bool = False, told: Callable[[str], None] | None = None, make: bool = False
) -> Iterator[list[Manifest]]:
    """Hold the lock of an output folder whose last run is whole: a run that was decided is carried out first.

    Yields the manifests of the runs carried out.

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
        if make:
            make_folder(output)
        elif not (output / RUNS).is_dir():
            raise StoreError(f"{output} holds no finished run; 'onrecord run INPUT --output {output}' makes one")
    except FileExistsError:
        raise StoreError(f"cannot write to {output}: it is a file; choose another --output") from None
    except StoreError:
        raise
    except OSError as error:
        raise StoreError(f"cannot write to {output}: {error.strerror}; choose another --output") from None
    with locked(output, wait, told):
        carried_out = []
        try:
            make_folder(output / STAGING)
            check_writable(read_state(output).schema_version)
            for staging in unfinished(output):
                if staging.half_published():
                    raise StoreDamaged(f"{STAGING}/{staging.run_id}: {PUBLISH} cannot be read, and files of it are published")
                if staging.decided():
                    carried_out.append(staging.carry_out())
                    if told is not None:
                        told(f"run {staging.run_id} had been stopped while it was publishing; it is published now")
            for path in (*_temporary(output), *(output / STAGING).glob(".*")):
                path.unlink(missing_ok=True)
            if read_state(output).sequence:
                write_views(output)  # the folder may have been moved
        except PermissionError as error:
            raise StoreError(f"cannot write to {output}: {error.strerror}; choose another folder") from None
        sweep(output)
        yield carried_out


def _temporary(output: Path) -> Iterator[Path]:
    """Files that were being written when a command was stopped."""
    for folder in (output, *(p for p in output.glob("_*") if p.is_dir() and p.name != STAGING)):
        for pattern in (".*.tmp", ".*.part"):
            yield from folder.glob(pattern) if folder == output else folder.rglob(pattern)


def sweep(output: Path, at_once: bool = False) -> int:
    """Remove the replaced files whose time of grace is over, or all ``at_once``; returns how many."""
    now = datetime.now(UTC)
    return remove_for_good(output / p for p, until in read_state(output).replaced.items() if at_once or until <= now)


def publish(
    staging: Staging,
    staged: Staged,
    manifest: Manifest,
    *,
    file_bytes: int,
    grace: timedelta = GRACE,
    people: MakePeople | None,
    beside: Beside = NOTHING,
) -> Manifest:
    """Publish the parts of a run in one transaction.

    Args:
        staging: the run's folder.
        staged: its parts.
        manifest: all but ``files``, ``keep_until`` and the replaced generation of ``people``, which are added here.
        file_bytes: parts are merged into files of about this size.
        grace: how long replaced files stay on disk; none removes them, and all that were replaced before, at once.
        people: makes a new generation of ``people``; None leaves the one that is there.
        beside: what else is published, and what goes with it.

    Raises:
        StoreDamaged: a merged file does not hold the rows of its parts.
    """
    decide(staging, staged, manifest, file_bytes=file_bytes, grace=grace, people=people, beside=beside)
    done = staging.carry_out()
    with suppress(OSError):  # the disk may be full: what it keeps saves work later, and this run is published
        write_checkpoint(staging.output)
    return done


def decide(
    staging: Staging,
    staged: Staged,
    manifest: Manifest,
    *,
    file_bytes: int,
    grace: timedelta = GRACE,
    people: MakePeople | None,
    beside: Beside = NOTHING,
) -> None:
    """The first half of ``publish``: merge the parts and write down what is to be done; nothing is published yet."""
    output, state = staging.output, read_state(staging.output)
    folder = staging.fresh("merged")
    today = f"{manifest.started_at:%Y-%m-%d}"
    files: dict[tuple[str, str], list[tuple[str, Part]]] = {}
    for (table, day), parts in staged.items():
        filled = sorted((p for p in parts if p.rows), key=lambda p: p.name)
        files[table, day] = [_merged(staging, folder, table, group) for group in in_groups(filled, file_bytes)]
    replaces, seconds = list(manifest.replaces), dict(manifest.seconds)
    if people is not None:
        gone = set(replaces)
        sources = {f.path: output / f.path for f in state.files.get(DOCUMENT_SPEAKERS.name, []) if f.path not in gone}
        staged_now, _ = _named({k: v for k, v in files.items() if k[0] == DOCUMENT_SPEAKERS.name}, manifest.run_id)
        sources |= {path: staging.folder / name for name, path in staged_now}
        clock = time.monotonic()
        part = people.make(sources, manifest.run_id, folder, _path(PEOPLE.name, today, manifest.run_id, 0))
        seconds["people"] = round(time.monotonic() - clock, 3)
        files[PEOPLE.name, today] = [(f"{folder.name}/{part.name}", part)]
        replaces += [f.path for f in state.files.get(PEOPLE.name, [])]
        beside += people.beside()
    for table, declared in TABLES.items():
        left = {f.path for f in state.files.get(table, [])} - set(replaces)
        if not left and not any(t == table and ps for (t, _), ps in files.items()):
            part = write_part(folder, table, declared.arrow.empty_table())
            files[table, today] = [(f"{folder.name}/{part.name}", part)]
    moves, published = _named(files, manifest.run_id)
    sources_of = {path: staging.folder / name for name, path in moves}
    published = [f.model_copy(update={"digest": digest_of(sources_of[f.path])}) for f in published]
    now = datetime.now(UTC)
    told = {"files": published, "replaces": replaces, "finished_at": now, "keep_until": now + grace, "seconds": seconds}
    told["schema_version"] = SCHEMA_VERSION  # a takedown may have been begun by an earlier version
    remove = [*beside.remove, *([*state.replaced, *replaces] if grace <= timedelta(0) else ())]
    staging.decide([*moves, *beside.moves], manifest.model_copy(update=told), remove)


def _merged(staging: Staging, folder: Path, table: str, group: Sequence[Part]) -> tuple[str, Part]:
    if len(group) == 1:
        return group[0].name, group[0]
    part = merge_parts([staging.folder / p.name for p in group], table, folder)
    if part.rows != sum(p.rows for p in group):
        raise StoreDamaged(f"{part.rows} rows of {table} merged from {sum(p.rows for p in group)}; nothing was published")
    return f"{folder.name}/{part.name}", part


def _named(
    files: Mapping[tuple[str, str], Sequence[tuple[str, Part]]], run_id: str
) -> tuple[list[tuple[str, str]], list[PublishedFile]]:
    """Where each staged file goes, in the order of publication: a row never refers to one that comes after it."""
    moves, published = [], []
    for name in TABLES:
        for (table, day), parts in sorted(files.items()):
            for n, (staged, part) in enumerate(parts if table == name else ()):
                path = _path(name, day, run_id, n)
                moves.append((staged, path))
                version = TABLES[name].version
                published.append(PublishedFile(table=name, path=path, rows=part.rows, bytes=part.bytes, version=version))
    return moves, published


def _path(table: str, day: str, run_id: str, number: int) -> str:
    return f"{table}/ingest_date={day}/part-{run_id}-{number:05d}.parquet"

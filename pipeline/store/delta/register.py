"""Bringing the Delta logs up to the manifests: after a commit, and where an earlier one died before it came to that.

The log of each table gets one version a run, with the run's number as its transaction (``txn``, application *onrecord*): the
files that count and the log does not name are added, those that it names and that count no more are removed. So it does not
matter what a log has missed, or how often it is brought up. Manifests say what is published; that a log cannot be written
never fails a run.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from ...durable import make_folder, sync_folder
from ...places import is_remote
from ...schemas import TABLES
from ...storage import remove_files
from ..manifest import PublishedFile, read_manifests
from ..parts import PUBLISHED, table_of
from ..state import State, read_state
from .mark import LOG, commit_path, is_registered, read_mark, write_mark
from .table import (
    DAY,
    DeltaFailed,
    address,
    delta_schema,
    described,
    in_folder,
    misfitting,
    misread,
    named_files,
    open_delta,
    options,
    told,
)

if TYPE_CHECKING:
    from deltalake import DeltaTable

APPLICATION = "onrecord"
CHECKPOINT_EVERY = 20  # versions; a reader reads the last checkpoint and the versions after it
MOST_TRIES = 100  # of writing a version that others write too
_REMOTE_AT_ONCE = 8

_log = logging.getLogger(__name__)


def keep_registered(output: Path, state: State) -> None:
    """Bring the Delta logs of a record up to its state, if they are not; a warning where that cannot be done.

    Args:
        output: the record.
        state: its newest state.
    """
    if not state.sequence or is_registered(output, state.sequence):
        return
    if (part := misread(output)) is not None:
        _tell_misread(output, part)
        return
    try:
        register(output, state)
    except DeltaFailed as error:
        _log.warning("the record is published, its Delta logs are not up to date: %s; the next command tries again", error)


@lru_cache(maxsize=64)  # told once in a process
def _tell_misread(output: Path, part: str) -> None:
    _log.warning("%s: no Delta logs are kept below a folder with %s in its name, which deltalake misreads", output, part)


def register(output: Path, state: State) -> None:
    """Bring the Delta logs of a record up to its state.

    Raises:
        DeltaFailed: one could not be read or written; the others are brought up.
    """
    with told():
        known = _versions_known(output)
        one = partial(_attempted, output, state, known)
        with ThreadPoolExecutor(_REMOTE_AT_ONCE if is_remote(output) else 1) as pool:
            names = [name for name in PUBLISHED if name in TABLES or name in state.files or name in known]
            done = dict(zip(names, pool.map(one, names), strict=True))
    for name, found in done.items():
        if isinstance(found, DeltaFailed):
            raise DeltaFailed(f"{name}: {found}")
    with told():
        write_mark(output, state.sequence, {name: v for name, v in done.items() if isinstance(v, int)})


def _versions_known(output: Path) -> dict[str, int]:
    """The versions of the logs that were synced; of others a loss of power may have left a part."""
    try:
        mark = read_mark(output)
    except ValueError:
        return {}
    return mark.versions if mark is not None else {}


def _attempted(output: Path, state: State, known: dict[str, int], name: str) -> int | DeltaFailed:
    try:
        with told():
            if not is_remote(output):
                _drop_torn(output, name, known.get(name, -1))
            version = _brought_up(output, state, name)
            if not is_remote(output):
                _sync(output, name, known.get(name, -1), version)
            return version
    except DeltaFailed as error:
        return error


def _brought_up(output: Path, state: State, name: str) -> int:
    """Bring the log of a table up to a state, or to a newer one that it has come to meanwhile; returns its version."""
    from deltalake.exceptions import DeltaError, TableNotFoundError

    for _ in range(MOST_TRIES):
        try:
            table = open_delta(output, name)
        except TableNotFoundError:
            try:
                return _create(output, state, name)
            except DeltaError as error:
                if not _has_log(output, name):
                    raise error
            continue  # another was first
        done = table.transaction_version(APPLICATION)
        if done is not None and done > state.sequence:
            state = read_state(output)  # others have published; if not, the log is of another time than the manifests
        if _write_difference(output, state, name, table, done):
            return int(table.version())
    raise DeltaFailed(f"{MOST_TRIES} others wrote to {LOG} first")


def _has_log(output: Path, name: str) -> bool:
    from deltalake import DeltaTable

    return DeltaTable.is_deltatable(address(output, name), options(output))


def _create(output: Path, state: State, name: str) -> int:
    from deltalake.transaction import create_table_with_add_actions

    if not is_remote(output):
        make_folder(output / name)
    create_table_with_add_actions(
        address(output, name),
        delta_schema(table_of(name)),
        [_added(file, True) for file in state.files.get(name, [])],
        mode="error",
        partition_by=[DAY],
        name=name,
        description=table_of(name).meaning,
        storage_options=options(output),
        **_properties(output, state),
    )
    return 0


def _write_difference(output: Path, state: State, name: str, table: DeltaTable, done: int | None) -> bool:
    """Add to the log what it lacks of a state; returns whether nothing is left to do, with ``table`` at its newest version."""
    from deltalake.exceptions import CommitFailedError
    from deltalake.transaction import RemoveAction

    try:
        if lacking := misfitting(table, name):
            declared = {f.name: f for f in delta_schema(table_of(name)).fields}
            if any(f.name in lacking for f in table.schema().fields):
                raise DeltaFailed(f"{LOG} has another schema; run 'onrecord repair {output}'")
            table.alter.add_columns([declared[column] for column in lacking], commit_properties=_once())
            return False
        there, wanted = named_files(table), {in_folder(f): f for f in state.files.get(name, [])}
        gone = [path for path in there if path not in wanted]
        new = [file for path, file in wanted.items() if path not in there or there[path] != described(file)]
        if done == state.sequence and not gone and not new:
            return True
        changed = not _only_merged(output, done, state.sequence)
        now = int(time.time() * 1000)
        removed = [
            RemoveAction(path, changed, now, size=there[path]["size"], partition_values={DAY: there[path]["day"]})
            for path in gone
        ]
        actions: Sequence[Any] = [*(_added(file, changed) for file in new), *removed]
        table.create_write_transaction(list(actions), "append", delta_schema(table_of(name)), [DAY], **_properties(output, state))
    except CommitFailedError:
        return False  # another was first
    table.update_incremental()
    if table.version() % CHECKPOINT_EVERY == 0:
        table.create_checkpoint()
    return True


def _only_merged(output: Path, done: int | None, sequence: int) -> bool:
    """Whether the runs that a log has missed have left all rows as they were."""
    return done is not None and done < sequence and all(m.kind == "compact" for m in read_manifests(output, done))


def _added(file: PublishedFile, changed: bool) -> Any:
    """Statistics are of counts alone: least and greatest values would keep words of an article that is forgotten."""
    from deltalake.transaction import AddAction

    return AddAction(
        path=in_folder(file),
        size=file.bytes,
        partition_values={DAY: file.day},
        modification_time=int(time.time() * 1000),
        data_change=changed,
        stats=json.dumps({"numRecords": file.rows}),
    )


def _properties(output: Path, state: State) -> dict[str, Any]:
    from deltalake.transaction import CommitProperties, PostCommitHookProperties, Transaction

    runs = [f"{m.kind} {m.run_id}" for m in read_manifests(output, state.sequence - 1)][:1]
    return {
        "commit_properties": CommitProperties(
            custom_metadata={"userMetadata": runs[0]} if runs else None,
            max_commit_retries=0,  # what is to be written depends on what is there
            app_transactions=[Transaction(APPLICATION, state.sequence)],
        ),
        "post_commithook_properties": PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False),
    }


def _once() -> Any:
    from deltalake.transaction import CommitProperties

    return CommitProperties(max_commit_retries=0)


def _drop_torn(output: Path, name: str, known: int) -> None:
    """Remove what a loss of power has left of versions that were never synced: nobody has been told of them."""
    version, torn, gone = known + 1, False, list[Path]()
    while (commit := commit_path(output, name, version)).exists():
        torn = torn or not _is_whole(commit)
        gone += [commit] if torn else []
        checkpoint = commit.with_name(f"{version:020d}.checkpoint.parquet")
        if checkpoint.exists() and (torn or not _opens(checkpoint)):
            gone += [checkpoint, commit.with_name("_last_checkpoint")]  # it says the same as the versions up to it
        version += 1
    remove_files(gone)


def _is_whole(commit: Path) -> bool:
    try:
        lines = commit.read_bytes().splitlines()
        return bool(lines) and all(isinstance(json.loads(line), dict) for line in lines)
    except ValueError:
        return False


def _opens(parquet: Path) -> bool:
    try:
        pq.read_metadata(parquet)
    except (ValueError, OSError):
        return False
    return True


def _sync(output: Path, name: str, known: int, version: int) -> None:
    """Make the versions after a known one last."""
    folder = output / name / LOG
    own = [commit_path(output, name, v) for v in range(known + 1, version + 1)]
    checkpoints = [p.with_name(f"{p.stem}.checkpoint.parquet") for p in own]
    for path in (*own, *checkpoints, folder / "_last_checkpoint"):
        if path.exists():
            with open(path, "rb") as stream:
                os.fsync(stream.fileno())
    sync_folder(folder)
    sync_folder(folder.parent)

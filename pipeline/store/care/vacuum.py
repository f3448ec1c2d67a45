"""Removing what no manifest names: files of runs that were killed or gave way, and of readers that have moved on."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from ...places import find
from ...storage import remove_files
from ..delta.mark import is_of_log
from ..manifest import committed
from ..names import FOLDER as NAMES
from ..parts import PUBLISHED
from ..publish import sweep
from ..segments import FOLDER as INDEX
from ..state import State, read_state
from ..work import is_stale, under_way

GRACE = timedelta(hours=24)


@dataclass(frozen=True)
class Vacuumed:
    """How many files were removed, and their bytes; with ``dry_run`` those that would be."""

    files: int
    bytes: int


def named_by(state: State) -> set[str]:
    """The files that manifests name: those that count, and those that are replaced and stay for readers a while."""
    named = {f.path for files in state.files.values() for f in files} | set(state.replaced) | {f.path for f in state.index or ()}
    named |= {state.names.file} if state.names is not None else set()
    return named | ({state.aliases[0]} if state.aliases is not None else set())


def vacuum(output: Path, older: timedelta = GRACE, dry_run: bool = False) -> Vacuumed:
    """Remove the files of tables, names and index that no manifest names and that were written some time ago.

    A run that has not been committed for so long is taken for dead, and what it has kept goes too.

    Args:
        output: an output folder that is open.
        older: how long ago; shorter than the longest run, and files of one under way may go.
        dry_run: only count.
    """
    state, before = read_state(output), time.time() - older.total_seconds()
    gone, size = list[Path](), 0
    named = named_by(state)
    for work in under_way(output):
        dead = is_stale(work, older.total_seconds())
        for found in find(work.folder):
            if dead:
                gone.append(work.folder / found.name)
                size += found.size
    for folder in (*PUBLISHED, NAMES, INDEX):
        for found in find(output / folder):
            path = f"{folder}/{found.name}"
            if path not in named and found.modified <= before and not is_of_log(found.name):
                gone.append(output / path)
                size += found.size
    if not dry_run:
        remove_files(gone)
        for work in under_way(output):
            if is_stale(work, older.total_seconds()) or committed(output, work.run_id) is not None:
                work.drop()
        sweep(output, state)
    return Vacuumed(len(gone), size)

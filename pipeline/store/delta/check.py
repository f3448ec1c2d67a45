"""Whether the Delta logs say what the manifests say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...printable import counted
from ...schemas import SCHEMA_VERSION
from ..manifest import read_manifests, writable
from ..parts import PUBLISHED
from ..state import State, checkpoint_paths, parse_state
from .mark import LOG, MARK, Mark, read_mark
from .table import DAY, DeltaFailed, described, in_folder, misfitting, misread, named_files, open_delta, told, works_here


def delta_problems(output: Path, state: State) -> Iterator[tuple[str | None, str]]:
    """The tables whose Delta log does not say what the manifests say, and what is wrong; None for the mark of all.

    Logs that a run has not come to bring up are held against the manifests that they were last brought up to: they are behind,
    and not wrong. A record whose logs no run has written yet has none.
    """
    try:
        mark = read_mark(output)
    except (ValueError, OSError):
        yield None, f"{MARK}: not as it was written; the next command that writes makes it anew"
        return
    if mark is None or misread(output) is not None or not works_here() or not writable(state.schema_version):
        return
    if mark.sequence > state.sequence:
        yield None, f"{MARK}: the Delta logs tell of runs up to {mark.sequence}, those after {state.sequence} are in no manifest"
        return
    then = state if mark.sequence == state.sequence else _state_at(output, mark.sequence)
    for name in mark.versions:
        if name in PUBLISHED and (problem := _problem(output, then, mark, name, behind=mark.sequence < state.sequence)):
            yield name, f"{name}/{LOG}: {problem}"


def is_readable(output: Path, name: str) -> bool:
    """Whether a table's log can be read, and brought up to what manifests say; one that cannot is to be begun anew."""
    try:
        with told():
            table = open_delta(output, name)
            named_files(table)
            columns = {f.name for f in table.schema().fields}
            return not columns & set(misfitting(table, name)) and table.metadata().partition_columns == [DAY]
    except DeltaFailed:
        return False


def _problem(output: Path, state: State, mark: Mark, name: str, behind: bool) -> str | None:
    try:
        with told():
            table = open_delta(output, name, mark.versions[name] if behind else None)
            there = named_files(table)
            if mark.schema_version == SCHEMA_VERSION and (columns := misfitting(table, name)):
                return f"not the schema of {name}: {', '.join(columns)}"
            if table.metadata().partition_columns != [DAY]:
                return f"not partitioned by {DAY}"
    except DeltaFailed as error:
        return f"cannot be read ({error})"
    wanted = {in_folder(f): described(f) for f in state.files.get(name, [])}
    if missing := sorted(wanted.keys() - there.keys()):
        return f"does not name {len(missing)} of the table's files, such as {missing[0]}"
    if strange := sorted(there.keys() - wanted.keys()):
        return f"names {counted(len(strange), 'files')} that no manifest names, or not any more, such as {strange[0]}"
    if otherwise := sorted(path for path in wanted if there[path] != wanted[path]):
        return f"tells size, rows or day of {counted(len(otherwise), 'files')} otherwise, such as of {otherwise[0]}"
    return None


def _state_at(output: Path, sequence: int) -> State:
    """What runs up to a number amounted to."""
    state = State()
    for path in reversed(checkpoint_paths(output)):
        found = parse_state(path.read_bytes())
        if found.sequence <= sequence:
            state = found
            break
    for manifest in read_manifests(output, state.sequence):
        if manifest.sequence > sequence:
            break
        state.add(manifest)
    return state

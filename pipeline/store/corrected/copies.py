"""Tables as they are with what people have corrected, as files of their own: for readers of Delta, which has no views.

Each file of such a table has a copy. Where no correction alters its rows, it is the same file under a second name, which takes no
space; so a large record does not pay for a few corrections. Rows that are there by corrections alone lie in files of their own. A
run publishes copies by its own manifest, so that they are never behind; a record without corrections has none.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ...corrections.apply import COPIES, CORRECTED, Fixes, Row, added_rows, counting, fixed_rows, fold, touched
from ...printable import counted
from ...schemas import CORRECTIONS, DOCUMENT_SPEAKERS, PEOPLE
from ...storage import name_again
from ..manifest import PublishedFile
from ..merge import put_in
from ..parts import dataset_of, part_path, rows_to_table, write_part
from ..state import State

_GROWING = (DOCUMENT_SPEAKERS.name, PEOPLE.name)  # tables to which corrections add rows
_ADDED = ""  # what a file is of whose rows are there by corrections alone


@dataclass(frozen=True)
class Copy:
    """A copy that is to be there: of which file, None for rows of a day that corrections alone bring; and its own rows.

    ``rows`` are those in place of rows with certain ``ids``; with neither the copy is the same file. ``count``: of all its rows.
    """

    of: PublishedFile | None
    day: str
    count: int
    ids: Sequence[str] = ()
    rows: Sequence[Row] = ()

    @property
    def path(self) -> str:
        """The path of the file that it is of, as its copy tells it."""
        return _ADDED if self.of is None else self.of.path

    @cached_property
    def fixes(self) -> str | None:
        """The digest of what is its own."""
        if not self.ids and not self.rows:
            return None
        told = json.dumps([list(self.ids), list(self.rows)], default=str, sort_keys=True)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True)
class Difference:
    """What the copies of a table lack: those to be made, and the paths of those that count no more."""

    made: list[Copy] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def has_copies(state: State) -> bool:
    """Whether a record has copies, or is to have them; once it has, it keeps them."""
    return any(f.rows for f in _files(state, CORRECTIONS.name)) or any(_files(state, name) for name in COPIES)


def make_copies(output: Path, before: State | None, after: State, run_id: str) -> tuple[list[PublishedFile], list[str]]:
    """Write the copies that a record comes to lack by a run.

    Args:
        output: the record.
        before: its state before the run, whose copies are as they are to be; None where they may not be.
        after: the same with the files of the run, and without those that it replaces.
        run_id: the run.

    Returns:
        What was written, and the paths of the copies that are replaced.
    """
    files, replaces = list[PublishedFile](), list[str]()
    if not has_copies(after):
        return files, replaces
    fixes = _fixes(output, after)
    known = before if before is not None and _files(before, CORRECTIONS.name) == _files(after, CORRECTIONS.name) else State()
    for copy, name in zip(COPIES, CORRECTED, strict=True):
        kept = _files(known, name) if set(_files(known, name)) <= set(_files(after, name)) else ()
        found = _difference(output, after, name, copy, fixes, kept)
        for wanted in found.made:
            files.append(_written(output, wanted, copy, part_path(copy, wanted.day, run_id, len(files))))
        replaces += found.gone
    return files, replaces


def copy_problems(output: Path, state: State) -> Iterator[str]:
    """What is wrong with the copies of a record; a repair makes them anew."""
    if not has_copies(state):
        return
    fixes = _fixes(output, state)
    for copy, name in zip(COPIES, CORRECTED, strict=True):
        found = _difference(output, state, name, copy, fixes)
        if found.made:
            yield f"{copy}: lacks {counted(len(found.made), 'files')} of what corrections make of {name}"
        if found.gone:
            yield f"{copy}: has {counted(len(found.gone), 'files')} that are no part of that, such as {found.gone[0]}"


def _files(state: State, name: str) -> list[PublishedFile]:
    return state.files.get(name, [])


def _fixes(output: Path, state: State) -> Fixes:
    files = [f for f in _files(state, CORRECTIONS.name) if f.rows]
    rows = [
        dataset_of(f.table, [output / f.path]).to_table().append_column("ingest_date", pa.array([f.day] * f.rows)) for f in files
    ]
    return fold(counting(pa.concat_tables(rows)) if rows else [])


def _difference(output: Path, state: State, name: str, copy: str, fixes: Fixes, kept: Sequence[PublishedFile] = ()) -> Difference:
    """What the copies of a table lack.

    Args:
        output: the record.
        state: as it is to be.
        name: the table.
        copy: what its copy is called.
        fixes: what was corrected.
        kept: files whose copies, and corrections, are as they were; they are not looked at unless they have none.
    """
    files, there = _files(state, name), defaultdict[str, list[PublishedFile]](list)
    for file in _files(state, copy):
        there[file.of or _ADDED].append(file)
    ids = touched(name, fixes)
    as_before = {f.path for f in kept if f.path in there}
    if len(as_before) < len(kept):
        as_before = set()
    rows = {f.path: _touched_rows(output, f, ids) for f in files if f.path not in as_before}
    if as_before and name in _GROWING and any(rows.values()):  # what else these names have decides on what is added
        as_before = set()
        rows = {f.path: rows[f.path] if f.path in rows else _touched_rows(output, f, ids) for f in files}
    wanted = [_of_file(name, f, rows[f.path], fixes) for f in files if f.path not in as_before]
    if as_before:
        as_before.add(_ADDED)
    elif name in _GROWING:
        wanted += _of_none(name, [r for own in rows.values() for r in own], fixes)
    out = Difference()
    for one in wanted:
        same = next((f for f in there[one.path] if (f.fixes, f.day, f.rows) == (one.fixes, one.day, one.count)), None)
        if same is None:
            out.made.append(one)
        else:
            there[one.path].remove(same)
    out.gone.extend(f.path for path, left in there.items() if path not in as_before for f in left)
    return out


def _touched_rows(output: Path, file: PublishedFile, ids: Sequence[str]) -> list[Row]:
    """The rows of a file that corrections may alter, in their order."""
    if not ids or not file.rows:
        return []
    own = pc.field(CORRECTED[file.table]).isin(pa.array(ids, pa.string()))
    rows: list[Row] = dataset_of(file.table, [output / file.path]).to_table(filter=own).to_pylist()
    return rows


def _of_file(name: str, file: PublishedFile, rows: list[Row], fixes: Fixes) -> Copy:
    made = fixed_rows(name, rows, fixes)
    if made == rows:
        return Copy(file, file.day, file.rows)
    return Copy(file, file.day, file.rows - len(rows) + len(made), sorted({r[CORRECTED[name]] for r in rows}), made)


def _of_none(name: str, rows: list[Row], fixes: Fixes) -> Iterator[Copy]:
    days: dict[str, list[Row]] = defaultdict(list)
    for row in added_rows(name, rows, fixes):
        days[row.pop("ingest_date")].append(row)
    return (Copy(None, day, len(days[day]), rows=sorted(days[day], key=repr)) for day in sorted(days))


def _written(output: Path, wanted: Copy, copy: str, path: str) -> PublishedFile:
    of = wanted.of
    if of is not None and wanted.fixes is None:
        name_again(output / of.path, output / path)
        return of.model_copy(update={"table": copy, "path": path, "of": of.path})
    rows = rows_to_table(copy, list(wanted.rows))
    if of is None:
        file = write_part(output, path, copy, rows)
    else:
        ids = pa.array(wanted.ids, pa.string())
        file = put_in(output / of.path, CORRECTED[of.table], ids, rows, copy, output, path)
    if file.rows != wanted.count:
        raise RuntimeError(
            f"{path}: {counted(file.rows, 'rows')} instead of {wanted.count}, with corrections; nothing was changed"
        )
    return file.model_copy(update={"of": wanted.path, "fixes": wanted.fixes})

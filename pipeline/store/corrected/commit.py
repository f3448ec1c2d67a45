"""Corrections become part of a record, are taken back, and find their rows again where articles were read anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow.compute as pc

from ...corrections.apply import CORRECTED, Row, fold, fold_in
from ...corrections.asked import CorrectionError, Wanted, check
from ...corrections.making import KINDS, Stamp, make_rows, people_row
from ...corrections.matching import matched_again
from ...corrections.pairs import names_of
from ...printable import counted
from ...schemas import CORRECTIONS, DOCUMENTS, FIGURES, QUOTES
from ...schemas.ids import ID_LENGTH, normalised_name, speaker_id
from ..manifest import Manifest, PublishedFile
from ..parts import dataset_of, part_path, rows_to_table, write_part
from ..publish import Also, MakePeople, publish
from ..state import State, read_state
from ..work import Work
from .rows import ids_beginning, known_speakers, names_of_speakers, read_corrections, read_documents

_TABLES = {"quote": QUOTES.name, "figure": FIGURES.name}
_LEAST = 4  # characters of an id that is given in part


@dataclass(frozen=True)
class Made:
    """A commit of corrections: its manifest, and the rows of ``corrections`` that it wrote."""

    manifest: Manifest
    rows: list[Row]


def correct(output: Path, base: Manifest, wanted: Sequence[Wanted], people: Callable[[], MakePeople]) -> Made:
    """Publish corrections: all of them, or none.

    Args:
        output: a record that is open.
        base: id, versions and times of the run.
        wanted: what is asked, in the order in which it counts.
        people: makes what makes a generation of ``people``, for names that are one or two.

    Raises:
        CorrectionError: one of them cannot be done.
    """
    state, checked = read_state(output), [check(asked) for asked in wanted]
    earlier = [r for r in read_corrections(output, state) if r["undone_at"] is None]
    ids = _resolved(output, state, checked)
    documents = read_documents(output, state, {row["doc_id"] for row in ids.values()})
    speakers = {
        speaker_id(kind, changes[column])
        for changes in (a.changes for a in checked)
        for column in ("speaker_name", "claimant_name")
        if column in changes
        for kind in KINDS
    }
    known = known_speakers(output, state, speakers)
    fixes, rows = fold(earlier), list[Row]()
    for n, asked in enumerate(checked):
        stamp = Stamp(_later(base.started_at, earlier, n), base.run_id)
        if asked.what == "person":
            made = [_pair(output, state, asked, [*earlier, *rows], stamp)]
        else:
            found = ids[asked.what, asked.id]
            row_id = found[CORRECTED[_TABLES[asked.what]]]
            made = make_rows(asked, row_id, documents[found["doc_id"]], fixes, known.__contains__, stamp)
            fold_in(fixes, made)
        rows += made
    path = part_path(CORRECTIONS.name, f"{base.started_at:%Y-%m-%d}", base.run_id)
    with Work(output, base.run_id).begun():
        file = write_part(output, path, CORRECTIONS.name, rows_to_table(CORRECTIONS.name, rows))
        record = base.model_copy(update={"counts": {"corrections": len({r["correction_id"] for r in rows})}})
        maker = people() if any(r["what"] == "person" for r in rows) else None
        return Made(publish(output, record, [file], people=maker), rows)


def undo(output: Path, base: Manifest, given: str, by: str, people: Callable[[], MakePeople]) -> Made:
    """Take a correction back, or all of a quote or figure.

    Args:
        output: a record that is open.
        base: id, versions and times of the run.
        given: the id of the correction, or of the quote or figure, or its first characters.
        by: who takes it back.
        people: as for ``correct``.

    Raises:
        CorrectionError: there is none of this id that counts.
    """
    state = read_state(output)
    every = read_corrections(output, state)
    ids = _undone(every, given.strip())

    def change(row: Row) -> Row:
        return row | {"undone_by": by, "undone_at": base.started_at} if _counts(row, ids) else row

    with Work(output, base.run_id).begun():
        files, replaces = _rewritten(output, state, base.run_id, change)
        record = base.model_copy(update={"replaces": replaces, "counts": {"undone": len(ids)}})
        rows = [r for r in every if _counts(r, ids)]
        maker = people() if any(r["what"] == "person" for r in rows) else None
        return Made(publish(output, record, files, people=maker), [change(r) for r in rows])


def carried(output: Path, run_id: str, written: Sequence[PublishedFile], state: State) -> Also:
    """The corrections of documents that were read anew, with the rows that they find there.

    Args:
        output: the record.
        run_id: the run that has read them.
        written: its files.
        state: the record on which it is published.
    """
    every = read_corrections(output, state)
    docs = {r["doc_id"] for r in every if r["doc_id"]}
    if not docs:
        return Also()
    wanted = pc.field("doc_id").isin(sorted(docs))

    def read(table: str, columns: list[str] | None = None) -> list[Row]:
        paths = [output / f.path for f in written if f.table == table and f.rows]
        rows: list[Row] = dataset_of(table, paths).to_table(columns, filter=wanted).to_pylist() if paths else []
        return rows

    anew = {r["doc_id"] for r in read(DOCUMENTS.name, ["doc_id"])}
    own = [r for r in every if r["doc_id"] in anew]
    if not own:
        return Also()
    again, lost = matched_again(own, read(QUOTES.name), read(FIGURES.name))
    now = {_key(before): after for before, after in zip(own, again, strict=True)}
    files, replaces = _rewritten(output, state, run_id, lambda row: now.get(_key(row), row))
    return Also(files, replaces, {"corrections_unmatched": len(lost)} if lost else {})


def _rewritten(output: Path, state: State, run_id: str, change: Callable[[Row], Row]) -> tuple[list[PublishedFile], list[str]]:
    """The files of corrections whose rows change, written anew, and the paths of those that they replace."""
    files, replaces = list[PublishedFile](), list[str]()
    for file in state.files.get(CORRECTIONS.name, []):
        rows = dataset_of(CORRECTIONS.name, [output / file.path]).to_table().to_pylist() if file.rows else []
        after = [change(row) for row in rows]
        if after != rows:
            path = part_path(CORRECTIONS.name, file.day, run_id, len(files))
            files.append(write_part(output, path, CORRECTIONS.name, rows_to_table(CORRECTIONS.name, after)))
            replaces.append(file.path)
    return files, replaces


def _key(row: Row) -> tuple[str | None, ...]:
    return tuple(row[c] for c in ("correction_id", "verdict", "what", "row_id", "column_name"))


def _counts(row: Row, ids: set[str]) -> bool:
    return row["correction_id"] in ids and row["undone_at"] is None


def _undone(every: Sequence[Row], given: str) -> set[str]:
    if len(given) < _LEAST:
        raise CorrectionError(f"--undo {given}: give at least {_LEAST} characters of its id; --list shows them")
    counting = [r for r in every if r["undone_at"] is None]
    own = {r["correction_id"] for r in counting if r["correction_id"].startswith(given)}
    if len(own) > 1:
        raise CorrectionError(f"--undo {given}: {counted(len(own), 'corrections')} begin so; give more of the id")
    of_row = {r["correction_id"] for r in counting if r["row_id"].startswith(given) or (r["other_id"] or "").startswith(given)}
    if found := own or of_row:
        return found
    for row in every:
        if row["correction_id"].startswith(given):
            raise CorrectionError(f"--undo {given}: {row['undone_by']} took it back on {row['undone_at']:%Y-%m-%d}")
    raise CorrectionError(f"--undo {given}: no correction has this id; --list shows all")


def _later(now: datetime, earlier: Sequence[Row], n: int) -> datetime:
    """The time of the n-th correction of a run: later than any before, whatever the clocks of machines say."""
    last = max((r["corrected_at"] for r in earlier), default=now)
    return max(now, last + timedelta(microseconds=1)) + timedelta(microseconds=n)


def _resolved(output: Path, state: State, wanted: Sequence[Wanted]) -> dict[tuple[str, str], Row]:
    """The quotes and figures that are meant: their ids, whole, and documents."""
    out: dict[tuple[str, str], Row] = {}
    for what, table in _TABLES.items():
        own = [a for a in wanted if a.what == what]
        for asked in own:
            if len(asked.id) < _LEAST or not set(asked.id) <= set("0123456789abcdef"):
                raise asked.refused(f"{what} {asked.id}: give its {what}_id, or at least {_LEAST} characters of it")

        found = ids_beginning(output, state, table, CORRECTED[table], sorted({a.id for a in own})) if own else {}
        for asked in own:
            rows = found[asked.id]
            if not rows:
                raise asked.refused(f"no {what} has the id {asked.id}; ids stand in {table}.{what}_id")
            if len(rows) > 1:
                raise asked.refused(f"{len(rows)} {table} have ids that begin with {asked.id}; give more of it")
            out[what, asked.id] = rows[0]
    return out


def _pair(output: Path, state: State, asked: Wanted, earlier: Sequence[Row], stamp: Stamp) -> Row:
    one, other = (_name(output, state, asked, given) for given in (asked.id, asked.other or ""))
    if one[0] == other[0]:
        raise asked.refused(f"{asked.id!r} and {asked.other!r} are one name; where it stands for two, correct the quotes")
    row = people_row(asked, one, other, stamp)
    names = names_of([*earlier, row])
    for a, others in names.apart.items():
        for b in others:
            if names.one(a, b):
                both = f"{names.called[a]} and {names.called[b]}"
                raise asked.refused(f"{both} cannot be one and two; take back what was said of them first (--list)")
    return row


def _name(output: Path, state: State, asked: Wanted, given: str) -> tuple[str, str]:
    """The id of a name that is given as such, or by its id, and how it is called."""
    given = given.strip()
    ids = [given] if len(given) == ID_LENGTH and set(given) <= set("0123456789abcdef") else []
    ids += [speaker_id(kind, given) for kind in KINDS] if normalised_name(given) else []
    known = known_speakers(output, state, ids)
    for id_ in ids:
        if id_ in known:
            return id_, names_of_speakers(output, state, [id_]).get(id_, given)
    raise asked.refused(f"nobody is called {given!r} in this record; names stand in document_speakers.name")

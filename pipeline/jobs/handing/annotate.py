"""Filling in what a record lacks: outlets, days, titles that are known apart, in one transaction; texts and ids stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ...schemas import APPEARANCES, DOCUMENTS, FIGURES, QUOTES
from ...schemas.ids import sha256_hex
from ...sources.readers.metadata import COLUMNS, Metadata, MetadataError, apply_metadata, is_host, parse_metadata
from ...sources.records import RawArticle, Refused
from ...storage import remove_at
from ...store.manifest import Manifest, PublishedFile
from ...store.merge import merge_parts
from ...store.parts import as_declared, open_parquet, part_path, table_of, write_part
from ...store.publish import GRACE, publish
from ...store.state import State, read_state
from ...store.work import Work
from ..engine import UsageError
from ..upkeep import begin

FILLED = (*COLUMNS, "published_date")  # columns of documents
_HELD = 16 << 20  # bytes of rows that are held at once
_ROWS = 4096  # read at once
_SEEN = {
    DOCUMENTS.name: ("doc_id", "uri", *FILLED),
    APPEARANCES.name: ("doc_id", "uri", "url", "publisher", "published_at"),
}
Values = dict[str, Any]


@dataclass
class Annotated:
    """What was filled in.

    Attributes:
        run_id: the run that did it; None if there was nothing to do.
        counts: changed rows by table.
        columns: documents by column that was filled in.
        unmatched: keys of the file that stand for nothing in the record.
        ambiguous: keys, paths alone, that stand for several files of the record; nothing was done with them.
        unknown_columns: columns of the file that stand for nothing.
        notes: what of the file could not be read, a line each.
    """

    run_id: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def annotate(
    output: Path, metadata: Path, replace: bool = False, *, wait: bool = False, told: Callable[[str], None] | None = None
) -> Annotated:
    """Fill in what documents, and the rows that repeat their columns, lack; given again, it changes nothing.

    Args:
        output: an output folder.
        metadata: as for ``run``: CSV or JSONL, by uri, address, or path; a path is as long as it has to be to be one file's.
        replace: also over what the record tells.
        wait: wait for another run on the same output to end.
        told: called with lines on what is waited for or mended.

    Raises:
        UsageError: the file cannot be used, the folder is no output folder, or another run is writing to it.
        RunError: another run has changed the record meanwhile.
    """
    try:
        data = metadata.read_bytes()
        given = parse_metadata(data, str(metadata))
    except OSError as error:
        raise UsageError(f"--metadata {metadata}: {error.strerror or error}") from None
    except MetadataError as error:
        raise UsageError(f"--metadata {error}") from None
    with begin(output, "annotate", wait, told) as base:
        state = read_state(output)
        asked = _Asked(given, _files_by_path(output, state, given), replace)
        documents = dict(asked.changes(_rows(output, state, DOCUMENTS.name), lambda row: row["doc_id"]))
        places = dict(asked.changes(_rows(output, state, APPEARANCES.name), lambda row: (row["doc_id"], row["uri"])))
        done = Annotated(
            unmatched=sorted(set(given) - asked.met - set(asked.ambiguous)),
            ambiguous=sorted(asked.ambiguous),
            unknown_columns=list(given.unknown),
            notes=sorted(asked.notes),
        )
        if documents or places:
            config = {"metadata": sha256_hex(data), "replace": replace}
            made = _publish(output, state, base.model_copy(update={"config": config}), documents, places)
            done.run_id, done.counts = made.run_id, made.counts
            done.columns = dict(Counter(c for values in documents.values() for c in values))
        return done


def _paths_of(uri: str) -> Iterator[str]:
    """What a record's uri may be called by: itself, and all that it ends in behind a slash."""
    yield uri
    rest = uri
    while "/" in rest:
        rest = rest.partition("/")[2]
        yield rest


def _files_by_path(output: Path, state: State, given: Metadata) -> dict[str, set[str]]:
    """The uris of the record that each key which is one, or a path within one, stands for."""
    found: dict[str, set[str]] = {}
    for table in _SEEN:
        for row in _rows(output, state, table, ("uri",)):
            for path in _paths_of(row["uri"]):
                if path in given:
                    found.setdefault(path, set()).add(row["uri"])
    return found


class _Asked:
    """What a metadata file tells of rows.

    Args:
        given: its rows.
        files: the uris that keys stand for.
        replace: whether what it tells counts over what the record tells.
    """

    def __init__(self, given: Metadata, files: Mapping[str, set[str]], replace: bool) -> None:
        self.met: set[str] = set()
        self.notes: set[str] = set()
        self.ambiguous = {key for key, uris in files.items() if key not in uris and len(uris) > 1}
        self._given = given
        self._replace = replace
        self._key_of = {uri: key for key, uris in files.items() if key not in self.ambiguous for uri in uris}
        self._key_of |= {uri: uri for uri in self._key_of if uri in given}

    def changes(self, rows: Iterator[Values], key_of: Callable[[Values], Any]) -> Iterator[tuple[Any, Values]]:
        """The values that change, of each row that changes."""
        for row in rows:
            key = self._key_of.get(row["uri"]) or (row["url"] if row["url"] in self._given else None)
            if key is None:
                continue
            self.met.add(key)
            new = {name: value for name, value in self._told(row, key).items() if name in row and row[name] != value}
            if new:
                yield key_of(row), new

    def _told(self, row: Values, key: str) -> Values:
        """What a row should hold, where the file tells it and it may be filled in."""
        told = self._given[key]
        names = [name for name in COLUMNS if name in told and (self._replace or lacks(row, name))]
        kept: dict[str, Any] = {name: row.get(name) for name in COLUMNS if name not in names}
        try:
            article = apply_metadata(RawArticle(uri=row["uri"], text="-", **kept), told)
        except Refused as error:
            self.notes.add(f"{key}: {error.detail}")
            return {}
        self.notes |= {f"{key}: {note}" for note in article.notes}
        values = {name: getattr(article, name) for name in names if getattr(article, name) is not None}
        if values.get("published_at") is not None:
            values["published_date"] = article.published_date
        return values


def lacks(row: Mapping[str, Any], column: str) -> bool:
    """Whether a row does not tell a column; a publisher that is a bare host's name is none."""
    value = row.get(column)
    return value is None or (column == "publisher" and is_host(value))


def _rows(output: Path, state: State, table: str, columns: tuple[str, ...] = ()) -> Iterator[Values]:
    """The rows of a table, with the columns that are looked at."""
    names = columns or _SEEN[table]
    for path in state.paths(output, table):
        with open_parquet(path) as file:
            for batch in file.iter_batches(_ROWS, columns=list(names)):
                yield from batch.to_pylist()


def _publish(
    output: Path, state: State, base: Manifest, documents: Mapping[str, Values], places: Mapping[tuple[str, str], Values]
) -> Manifest:
    """Publish every file that holds a row to change with these rows changed, in one transaction.

    The index stays: of what it keeps, only days may have changed, which decide no more than whose reprint a reprint is.
    """
    ids = pa.array(sorted(documents), pa.string())
    files, replaces, counts = list[PublishedFile](), list[str](), Counter[str]()
    with Work(output, base.run_id).begun():
        for table in (DOCUMENTS, QUOTES, FIGURES, APPEARANCES):
            of_place = table is APPEARANCES
            wanted = pa.array(sorted({doc for doc, _ in places}), pa.string()) if of_place else ids
            for file in state.files.get(table.name, []) if len(wanted) else []:
                changed = _changed(output, base.run_id, file, wanted, places if of_place else documents, of_place)
                if changed is not None:
                    path = part_path(table.name, file.day, base.run_id, len(files))
                    # the key by which rows are sorted may have changed
                    files.append(merge_parts(changed.parts, table.name, output, path))
                    remove_at(changed.parts)
                    replaces.append(file.path)
                    counts[table.name] += changed.rows
        manifest = base.model_copy(update={"replaces": replaces, "counts": dict(counts)})
        return publish(output, manifest, files, grace=GRACE)


@dataclass(frozen=True)
class _Changed:
    """A file in sorted parts, with changed rows, and how many these are."""

    parts: list[Path]
    rows: int


def _changed(
    output: Path, run_id: str, file: PublishedFile, wanted: pa.Array, values: Mapping[Any, Values], of_place: bool
) -> _Changed | None:
    """A file's rows with changes, in parts beside it that are sorted; None if it holds none to change."""
    keys = ["doc_id", "uri"] if of_place else ["doc_id"]
    with open_parquet(output / file.path) as parquet:
        every = parquet.read(keys)
        if not any((key in values) for key in _keys(every.filter(pc.is_in(every["doc_id"], wanted)), of_place)):
            return None
        parts, held, rows = list[Path](), list[pa.Table](), 0

        def write() -> None:
            path = part_path(file.table, file.day, run_id, 90_000 + len(parts))
            write_part(output, path, file.table, pa.concat_tables(held).combine_chunks())
            parts.append(output / path)
            held.clear()

        for batch in parquet.iter_batches(_ROWS):
            table = as_declared(pa.Table.from_batches([batch]), table_of(file.table).arrow)
            done, n = _filled(table, values, of_place)
            held.append(done)
            rows += n
            if sum(t.nbytes for t in held) > _HELD:
                write()
        if held:
            write()
    return _Changed(parts, rows)


def _keys(table: pa.Table, of_place: bool) -> list[Any]:
    docs: list[Any] = table["doc_id"].to_pylist()
    return list(zip(docs, table["uri"].to_pylist(), strict=True)) if of_place else docs


def _filled(table: pa.Table, values: Mapping[Any, Values], of_place: bool) -> tuple[pa.Table, int]:
    """Rows with what is to be filled in, and how many have changed."""
    new = [values.get(key) for key in _keys(table, of_place)]
    count = sum(v is not None for v in new)
    for name in FILLED if count else ():
        if name in table.schema.names and any(v is not None and name in v for v in new):
            kind = table.schema.field(name)
            told = pa.array([v[name] if v is not None and name in v else None for v in new], kind.type)
            given = pa.array([v is not None and name in v for v in new])
            column = pc.if_else(given, told, table[name].combine_chunks())
            table = table.set_column(table.schema.get_field_index(name), kind, column)
    return table, count

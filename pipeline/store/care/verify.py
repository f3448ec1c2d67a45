"""Checking an output folder: manifests, files, schemas, counts, ids, references and offsets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ...places import find
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
from ..corrected.copies import copy_problems
from ..delta.check import delta_problems
from ..delta.mark import is_of_log
from ..manifest import RUNS, StoreDamaged, manifest_paths, no_record, parse_manifest
from ..parts import PUBLISHED, as_declared, dataset_of, open_parquet
from ..state import State, read_state
from ..work import under_way
from .check import (
    checkpoint_problems,
    derived_problems,
    feed_problems,
    file_problem,
    replaced_problems,
    views_problem,
    work_problems,
)
from .shards import id_shards, in_shard
from .spans import check_document

DOCUMENTS_AT_ONCE = 1000
IDS_AT_ONCE = 1_000_000
SAME_DAY = (PARAGRAPHS.name, DOCUMENT_SPEAKERS.name, QUOTES.name, FIGURES.name)  # tables whose rows lie beside their document
# what tells a row from every other of its table; the first column leads the others
_UNIQUE: dict[str, list[tuple[str, ...]]] = {
    DOCUMENTS.name: [("doc_id",), ("content_sha256",), ("article_id", "version")],
    PARAGRAPHS.name: [("doc_id", "paragraph_index")],
    DOCUMENT_SPEAKERS.name: [("doc_id", "speaker_id")],
    QUOTES.name: [("quote_id",)],
    FIGURES.name: [("figure_id",)],
    REJECTS.name: [("reject_id",)],
    PEOPLE.name: [("speaker_id",)],
    CORRECTIONS.name: [("correction_id", "row_id", "verdict", "column_name")],
}
_REFERS = [
    (APPEARANCES.name, "doc_id", DOCUMENTS.name, "doc_id"),
    (DOCUMENT_SPEAKERS.name, "speaker_id", PEOPLE.name, "speaker_id"),
]


def verify(output: Path, deep: bool = False) -> Iterator[str]:
    """Yield a line for each thing that is wrong in an output folder; nothing if all is well.

    ``deep``: every byte of every file is checked too, by its digest and the checksums of its pages, and what is kept beside
    the tables.

    Memory does not grow with the folder: documents are checked some at a time, ids by shards.
    """
    yield from _check_manifests(output)
    yield from (problem for _, problem in checkpoint_problems(output))
    try:
        state = read_state(output)
    except StoreDamaged:
        return  # a manifest that cannot be read has been told of
    if deep:
        if (views := views_problem(output)) is not None:
            yield f"{views}; the next command that writes makes it anew"
        yield from derived_problems(output)
        yield from (problem for _, problem in work_problems(output))
        yield from feed_problems(output)
    yield from (problem for _, problem in delta_problems(output, state))
    broken = set()
    for files in state.files.values():
        for file in files:
            found = file_problem(output, file, deep)
            if found:
                broken.add(file.path)
                yield found
    if broken:
        state.files = {t: [f for f in fs if f.path not in broken] for t, fs in state.files.items()}
    else:
        yield from copy_problems(output, state)
    if deep:
        yield from (f"{found} (it is replaced; older lists name it)" for _, found in replaced_problems(output, state))
    yield from (f"{name}: in no manifest" for name in stray_files(output, state))
    for table, keys in _UNIQUE.items():
        for key in keys:
            yield from _repeated(output, state, table, key)
    for table, column, other, other_column in _REFERS:
        yield from _dangling(output, state, table, column, other, other_column)
    for day in sorted({f.day for fs in state.files.values() for f in fs}):
        yield from day_problems(output, state, day)


def count_rows(state: State) -> dict[str, int]:
    """Rows of each table, as the manifests tell."""
    return {t: sum(f.rows for f in state.files.get(t, [])) for t in TABLES}


def unfinished_runs(output: Path) -> list[str]:
    """Runs that were stopped, or are under way."""
    return [w.run_id for w in under_way(output)]


def _check_manifests(output: Path) -> Iterator[str]:
    seen: dict[int, str] = {}
    previous = 0
    for path in manifest_paths(output):
        try:
            manifest = parse_manifest(path.read_bytes())
        except (ValueError, OSError) as error:
            yield f"{RUNS}/{path.name}: {no_record(error)}"
            continue
        if manifest.sequence in seen:
            yield f"{RUNS}/{path.name}: the same number as {seen[manifest.sequence]}"
        if manifest.sequence != previous + 1:
            yield f"{RUNS}/{path.name}: run {previous + 1} is missing before it"
        seen[manifest.sequence] = path.name
        previous = manifest.sequence
        if manifest.kind in ("run", "retry") and "read" in manifest.counts:  # earlier versions retired in a run of its own
            counts = Counter(manifest.counts)
            if counts["read"] != counts["appearances"] + counts["rejects"] + counts["known"]:
                told = counted(counts["read"], "records")
                yield f"{RUNS}/{path.name}: {told} read, which are not its appearances, rejects and known ones"
            rows = Counter[str]()
            for file in manifest.files:
                rows[file.table] += file.rows
            for table in TABLES:
                there = counts[table] + (counts["carried"] if table == REJECTS.name else 0)
                if table != PEOPLE.name and rows[table] != there:
                    yield f"{RUNS}/{path.name}: {counted(there, 'rows')} of {table} counted, {rows[table]} published"


def stray_files(output: Path, state: State) -> Iterator[str]:
    """The data files that no manifest names, and no run that may be under way has written."""
    listed = {f.path for files in state.files.values() for f in files} | set(state.replaced)
    own = tuple(f"part-{work.run_id}-" for work in under_way(output))
    for table in PUBLISHED:
        for found in find(output / table):
            name = f"{table}/{found.name}"
            if (
                name.endswith(".parquet")
                and name not in listed
                and not is_of_log(found.name)
                and not (own and name.rpartition("/")[2].startswith(own))
            ):
                yield name


def _shards(state: State, *tables: str) -> list[str]:
    return id_shards(sum(f.rows for t in tables for f in state.files.get(t, [])), IDS_AT_ONCE)


def _column(output: Path, state: State, table: str, columns: Sequence[str], prefix: str) -> pa.Table:
    """Columns of the rows of a shard; the first column is the sharded one."""
    return dataset_of(table, state.paths(output, table)).to_table(list(columns), filter=in_shard(columns[0], prefix))


def _repeated(output: Path, state: State, table: str, key: tuple[str, ...]) -> Iterator[str]:
    for prefix in _shards(state, table):
        rows = _column(output, state, table, key, prefix)
        if not rows.num_rows:
            continue
        groups = rows.group_by(list(key)).aggregate([([], "count_all")])
        again = groups.filter(pc.greater(groups["count_all"], 1))
        if again.num_rows:
            example = ", ".join(str(again[c][0].as_py()) for c in key)
            yield f"{table}: {counted(again.num_rows, 'values')} of {' and '.join(key)} in several rows, such as {example}"


def _dangling(output: Path, state: State, table: str, column: str, other: str, key: str) -> Iterator[str]:
    for prefix in _shards(state, table, other):
        refers = pc.unique(_column(output, state, table, [column], prefix)[column])
        there = _column(output, state, other, [key], prefix)[key].combine_chunks()
        missing = refers.filter(pc.invert(pc.is_in(refers, there)))
        if len(missing):
            yield f"{table}: {counted(len(missing), 'values')} of {column} not in {other}, such as {missing[0].as_py()}"


def day_problems(output: Path, state: State, day: str) -> Iterator[str]:
    """What is wrong with the rows of a day, against the texts that they point into."""
    paths = {t: [output / f.path for f in state.files.get(t, []) if f.day == day] for t in TABLES}
    datasets = {t: dataset_of(t, paths[t]) for t in SAME_DAY if paths[t]}
    met: Counter[str] = Counter()
    problems: Counter[str] = Counter()
    first: dict[str, str] = {}
    for documents in _document_batches(paths[DOCUMENTS.name]):
        ids = pa.array([d["doc_id"] for d in documents], pa.string())
        rows: dict[str, dict[str, list[dict[str, Any]]]] = {t: {} for t in SAME_DAY}
        for table, dataset in datasets.items():
            for row in dataset.to_table(filter=pc.field("doc_id").isin(ids)).to_pylist():
                rows[table].setdefault(row["doc_id"], []).append(row)
                met[table] += 1
        for document in documents:
            own = {t: rows[t].get(document["doc_id"], []) for t in SAME_DAY}
            for problem in check_document(document, own, state.excerpts_only):
                problems[problem] += 1
                first.setdefault(problem, document["doc_id"])
    for problem, count in problems.items():
        yield f"{day}: {problem} in {counted(count, 'rows')}, such as in document {first[problem]}"
    for table in datasets:
        rows_there = sum(f.rows for f in state.files[table] if f.day == day)
        if rows_there != met[table]:
            yield f"{day}: {counted(rows_there - met[table], 'rows')} of {table} without a document of that day"


def _document_batches(paths: Sequence[Path]) -> Iterator[list[dict[str, Any]]]:
    for path in paths:
        with open_parquet(path) as file:
            for batch in file.iter_batches(batch_size=DOCUMENTS_AT_ONCE):
                yield as_declared(pa.Table.from_batches([batch]), DOCUMENTS.arrow).to_pylist()

"""The record that is served: what finished runs published, as datasets and as DuckDB views. Nothing else here reads its files."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from ..report.scan import Tables, superseded
from ..schemas import CORRECTIONS
from ..storage import fsspec_filesystem
from ..store.corrected.dataset import with_corrections
from ..store.tables import open_tables, views_text

Row = dict[str, Any]
_SETTINGS: dict[str, Any] = {
    "memory_limit": "160MB",
    "threads": 2,
    # nothing is fetched
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_MOST_KEPT = 256  # answers
# rows of the newest version of each article, and whose words they are over all articles
_CURRENT = """
CREATE VIEW current_figures AS SELECT f.* FROM figures f ANTI JOIN superseded USING (doc_id);
CREATE VIEW current_quotes AS SELECT q.* FROM quotes q ANTI JOIN superseded USING (doc_id);
CREATE VIEW voices AS
  SELECT q.*, coalesce(p.person_id, q.speaker_id) AS person_id, coalesce(p.name, q.speaker_name) AS person_name
  FROM current_quotes q LEFT JOIN people p ON p.speaker_id = q.speaker_id;
"""


@dataclass(frozen=True)
class Snapshot:
    """A record as it stood: its datasets, their files, the documents of which there is a newer version, and DuckDB over all.

    ``tables`` are as they were read, ``corrected`` and DuckDB's views with what people have corrected.
    """

    tables: Tables
    corrected: Tables
    files: frozenset[str]
    old: frozenset[str]
    db: duckdb.DuckDBPyConnection
    kept: dict[tuple[Any, ...], list[Row]] = field(default_factory=dict)


class Record:
    """A record, and what to ask of it; what runs publish meanwhile is seen after ``refresh``.

    Raises:
        FileNotFoundError: the folder holds no finished run.
        NewerRecord: a newer version of Onrecord wrote to it.
    """

    def __init__(self, folder: Path, scratch: Path) -> None:
        self.folder = folder
        self._scratch = scratch  # where DuckDB may write what its memory does not hold
        self._changing = threading.Lock()
        self.now = self._opened(open_tables(folder))

    def refresh(self) -> bool:
        """Look whether runs have published or replaced files; returns whether they have."""
        with self._changing:
            tables = open_tables(self.folder)
            if _files(tables.values()) == self.now.files:
                return False
            self.now = self._opened(tables)
            return True

    def ask(self, sql: str, *values: Any) -> list[Row]:
        """The rows of an answer; values stand where the question has a question mark. They are kept, and not to be changed."""
        try:
            return _answer(self.now, sql, values)
        except duckdb.IOException:  # a file was replaced, and is gone
            if not self.refresh():
                raise
            return _answer(self.now, sql, values)

    def _opened(self, tables: dict[str, Any]) -> Snapshot:
        db = duckdb.connect(config={**_SETTINGS, "temp_directory": str(self._scratch)})
        if (remote := fsspec_filesystem(self.folder)) is not None:
            db.register_filesystem(remote)
        db.execute(views_text(self.folder))
        old = frozenset(superseded(tables))
        db.execute("CREATE TABLE superseded AS SELECT unnest(?::VARCHAR[]) AS doc_id", [sorted(old)])
        if tables[CORRECTIONS.name].count_rows():  # few, and needed for every answer
            for fixes in ("quote_fixes", "figure_fixes"):
                db.execute(f"CREATE TABLE kept_{fixes} AS FROM {fixes}; CREATE OR REPLACE VIEW {fixes} AS FROM kept_{fixes}")
        db.execute(_CURRENT)
        return Snapshot(tables, with_corrections(tables), _files(tables.values()), old, db)


def _files(datasets: Iterable[Any]) -> frozenset[str]:
    return frozenset(path for dataset in datasets for path in dataset.files)


def _answer(at: Snapshot, sql: str, values: tuple[Any, ...]) -> list[Row]:
    asked = (sql, *(tuple(v) if isinstance(v, list) else v for v in values))
    rows = at.kept.get(asked)
    if rows is None:
        found = at.db.cursor().execute(sql, list(values))
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        if len(at.kept) >= _MOST_KEPT:
            at.kept.clear()
        at.kept[asked] = rows
    return rows

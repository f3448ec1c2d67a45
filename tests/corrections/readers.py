"""A record as every reader shows it: datasets, DuckDB over them, views, an export, the report, the served JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import DeltaTable

from onrecord import tables as open_tables
from onrecord.corrections.apply import CORRECTED

from ..report.test_page import blocks

Row = dict[str, Any]
Command = Callable[..., Any]


def by_datasets(folder: Path, table: str) -> list[Row]:
    dataset = open_tables(folder)[table]
    rows = dataset.to_table().to_pylist()
    assert dataset.count_rows() == len(rows)
    return rows


def views_of(folder: Path) -> duckdb.DuckDBPyConnection:
    db = duckdb.connect()
    db.execute((folder / "views.sql").read_text(encoding="utf-8"))
    return db


def by_views(db: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema) -> list[Row]:
    columns = ", ".join(f'"{name}"' for name in schema.names if name != "ingest_date")
    found = db.sql(f"SELECT {columns}, CAST(ingest_date AS VARCHAR) AS ingest_date FROM {table}").to_arrow_table()
    return found.cast(schema).to_pylist()


def by_duckdb_over_datasets(own: ds.Dataset) -> list[Row]:
    db = duckdb.connect()
    db.register("own", own)
    return db.sql("SELECT * FROM own").to_arrow_table().cast(own.schema).to_pylist()


def by_copies(folder: Path, table: str) -> list[str]:
    """The rows of the Delta table beside a table, which has what was corrected."""
    found = DeltaTable(folder / f"{table}_corrected").to_pyarrow_table().to_pylist()
    return sorted(repr(row | {"ingest_date": str(row["ingest_date"])}) for row in found)


def same_everywhere(folder: Path) -> None:
    """Datasets, views and Delta tables tell the same of each table, value for value."""
    views, tables = views_of(folder), open_tables(folder)
    for table in CORRECTED:
        assert by_copies(folder, table) == sorted(map(repr, by_datasets(folder, table))), table
    for table, dataset in tables.items():
        told = sorted(map(repr, by_datasets(folder, table)))
        assert sorted(map(repr, by_views(views, table, dataset.schema))) == told, table
        if table in ("quotes", "figures"):
            assert sorted(map(repr, by_duckdb_over_datasets(dataset))) == told, table


def exported(onrecord: Command, folder: Path, table: str) -> dict[str, Row]:
    """The rows of an export, by id."""
    done = onrecord("export", folder, "--table", table, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    return {row[f"{table[:-1]}_id"]: row for row in map(json.loads, done.stdout.splitlines())}


def reported(onrecord: Command, folder: Path, target: Path) -> tuple[str, dict[str, Row]]:
    """The page of a report, and the quotes of the articles in it, by the first characters of their ids."""
    done = onrecord("report", folder, "-o", target)
    assert done.returncode == 0, done.stderr
    page = target.read_text(encoding="utf-8")
    articles = blocks(page)
    quotes = {}
    for article in articles:
        for quote in article["quotes"]:
            words = " ".join(article["text"][slice(*span)] for span in quote["spans"])
            quotes[quote["id"]] = quote | {"text": words}
    return page, quotes


def served(folder: Path, cache: Path, monkeypatch: Any) -> Any:
    """A client of the pages, with the token, which corrects as ``onrecord serve`` does."""
    from fastapi.testclient import TestClient

    from onrecord.cli.serving import PageCorrector
    from onrecord.serve.app import make_app
    from onrecord.serve.site import Site

    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    app = make_app(Site(folder, corrector=PageCorrector(folder)), "a-token")
    headers = {"Authorization": "Bearer a-token"}
    return TestClient(app, base_url="http://127.0.0.1:8400", headers=headers, follow_redirects=False)

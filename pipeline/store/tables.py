"""Reading an output folder: the published tables as Arrow datasets and as DuckDB views."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds

from ..schemas import TABLES
from ..storage import arrow_filesystem, arrow_path, write_at
from .analyses import ANALYSES
from .state import State, read_state

PARTITION = pa.schema([pa.field("ingest_date", pa.string())])

_DAY = "regexp_extract(filename, 'ingest_date=([0-9-]+)/[^/]*$', 1)::DATE AS ingest_date"
_SQL_TYPES = {
    pa.string(): "VARCHAR", pa.binary(): "BLOB", pa.bool_(): "BOOLEAN", pa.int32(): "INTEGER", pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE", pa.date32(): "DATE", pa.timestamp("us", tz="UTC"): "TIMESTAMP WITH TIME ZONE",
}  # fmt: skip
_DERIVED = """
-- The newest version of each article.
CREATE OR REPLACE VIEW latest_documents AS
  SELECT * FROM documents QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1;

-- Each wording once, as first published, and in how many documents it stands.
CREATE OR REPLACE VIEW unique_quotes AS
  SELECT *, count(*) OVER (PARTITION BY text_key) AS times_printed
  FROM quotes QUALIFY row_number() OVER (PARTITION BY text_key ORDER BY published_at NULLS LAST, quote_id) = 1;

-- Each person or body over all articles.
CREATE OR REPLACE VIEW speakers AS
  SELECT p.person_id, any_value(p.name) AS name, any_value(s.kind) AS kind, count(DISTINCT s.doc_id) AS documents,
         sum(s.quote_count)::BIGINT AS quotes
  FROM people p JOIN document_speakers s USING (speaker_id) GROUP BY p.person_id;
"""


def open_tables(output: Path) -> dict[str, ds.Dataset]:
    """Return every table of an output folder as a dataset of exactly what finished runs published.

    Raises:
        FileNotFoundError: there is no finished run.
    """
    state = read_state(output)
    if not state.sequence:
        raise FileNotFoundError(f"{output} holds no finished run; 'onrecord run INPUT --output {output}' makes one")
    partitioning = ds.partitioning(PARTITION, flavor="hive")
    tables = {}
    for name, table in TABLES.items():
        schema = pa.schema([*table.arrow, *PARTITION], metadata=table.arrow.metadata)
        tables[name] = ds.dataset(
            [arrow_path(p) for p in state.paths(output, name)],
            schema=schema,
            format="parquet",
            partitioning=partitioning,
            partition_base_dir=arrow_path(output / name),
            filesystem=arrow_filesystem(output),
        )
    return tables


def write_views(output: Path, state: State | None = None) -> None:
    """Bring ``views.sql`` up to date."""
    target, text = output / "views.sql", views_text(output, state)
    try:
        if target.read_text(encoding="utf-8") == text:
            return
    except (OSError, ValueError):
        pass  # missing, or damaged
    write_at(target, text)


def views_text(output: Path, state: State | None = None) -> str:
    """What ``views.sql`` holds: DuckDB views over the files that finished runs published and none replaced.

    The day is taken from the name of a file's own folder: DuckDB's reading of partitions takes every ``key=value`` of a path
    for a column, also those of folders above the output, over columns of the same name. Files of other days are passed over.
    Files of one version have the same columns and are read together; what is null in older ones is named by a selection of
    typed nulls without a row, so that it is there even where every file is too old for it.
    """
    statements = ["-- DuckDB views of exactly what finished runs published; rewritten by every run."]
    state, folder, version_of = state or read_state(output), output.resolve(), attrgetter("version")
    for name, table in TABLES.items():
        every = (*table.arrow, pa.field("ingest_date", pa.date32()))
        columns = (f'CAST(NULL AS {_sql_type(f.type)}) AS "{f.name}"' for f in every)
        rows = [f"SELECT {', '.join(columns)} WHERE false"]
        for _, files in groupby(sorted(state.files.get(name, []), key=version_of), version_of):
            paths = ", ".join("'" + str(folder / f.path).replace("'", "''") + "'" for f in files)
            read = f"read_parquet([{paths}], hive_partitioning = false, filename = true)"
            rows.append(f"SELECT * EXCLUDE (filename), {_DAY} FROM {read}")
        union = "\n  UNION ALL BY NAME ".join(rows)
        statements.append(f"CREATE OR REPLACE VIEW {name} AS\n  {union};")
    return "\n".join(statements) + "\n" + _DERIVED + ANALYSES


def _sql_type(kind: pa.DataType) -> str:
    """The type of DuckDB that values of an Arrow type are read as."""
    if pa.types.is_list(kind):
        return f"{_sql_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        fields = ", ".join(f'"{f.name}" {_sql_type(f.type)}' for f in kind)
        return f"STRUCT({fields})"
    return _SQL_TYPES[kind]

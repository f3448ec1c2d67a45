"""Reading an output folder: the published tables as Arrow datasets and as DuckDB views."""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds

from ..corrections.apply import CORRECTED
from ..corrections.sql import AS_READ, corrected_views
from ..places import is_remote
from ..schemas import CORRECTIONS, DOCUMENTS, TABLES
from ..storage import arrow_filesystem, arrow_path, write_at
from .analyses import ANALYSES
from .state import State, read_state

PARTITION = pa.schema([pa.field("ingest_date", pa.string())])

_DAY = "regexp_extract(filename, 'ingest_date=([0-9-]+)/[^/]*$', 1)::DATE AS ingest_date"
_SQL_TYPES = {
    pa.string(): "VARCHAR", pa.binary(): "BLOB", pa.bool_(): "BOOLEAN", pa.int32(): "INTEGER", pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE", pa.date32(): "DATE", pa.timestamp("us", tz="UTC"): "TIMESTAMP WITH TIME ZONE",
}  # fmt: skip
_PLACE = re.compile(r"^CREATE OR REPLACE MACRO record_place\(\) AS .*, '((?:[^']|'')*)'\);$", re.MULTILINE)
_DERIVED = """
-- The newest version of each article.
CREATE OR REPLACE VIEW latest_documents AS
  SELECT * FROM documents QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1;

-- Each wording once, as first published, and how many articles printed it. Versions of an article are one; so is an article that
-- came over several channels: as nearly the same text of one outlet, or of a file that tells neither outlet nor address.
CREATE OR REPLACE VIEW unique_quotes AS
  SELECT q.*, count(DISTINCT coalesce(c.article, q.article_id)) OVER (PARTITION BY text_key) AS times_printed
  FROM quotes q LEFT JOIN (
    SELECT a.doc_id, any_value(o.article_id) AS article
    FROM appearances a JOIN documents d USING (doc_id) JOIN documents o ON o.doc_id = a.of_doc_id
    WHERE a.relation = 'near' AND (d.publisher = o.publisher OR coalesce(d.publisher, d.url) IS NULL
                                   OR coalesce(o.publisher, o.url) IS NULL)
    GROUP BY a.doc_id) c USING (doc_id)
  QUALIFY row_number() OVER (PARTITION BY text_key ORDER BY published_at NULLS LAST, quote_id) = 1;

-- Each person or body over all articles: quotes, and utterances, which are the quotes with each wording counted once.
CREATE OR REPLACE VIEW speakers AS
  SELECT s.*, coalesce(u.utterances, 0) AS utterances FROM (
    SELECT p.person_id, any_value(p.name) AS name, any_value(s.kind) AS kind, count(DISTINCT s.doc_id) AS documents,
           sum(s.quote_count)::BIGINT AS quotes
    FROM people p JOIN document_speakers s USING (speaker_id) GROUP BY p.person_id) s
  LEFT JOIN (SELECT person_id, count(DISTINCT text_key) AS utterances
             FROM quotes JOIN people USING (speaker_id) GROUP BY person_id) u USING (person_id);
"""


def open_tables(output: Path) -> dict[str, ds.Dataset]:
    """Return every table of an output folder as a dataset of exactly what finished runs published, as it was read.

    What people have corrected is applied by ``store.corrected.dataset``.

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


def derived_views() -> str:
    """The views that follow from the tables, as DuckDB's SQL: those of ``views.sql`` but for the tables themselves."""
    return _DERIVED + ANALYSES


def write_views(output: Path, state: State | None = None) -> None:
    """Bring ``views.sql`` up to date."""
    target, text = output / "views.sql", views_text(output, state)
    try:
        if target.read_text(encoding="utf-8") == text:
            return
    except (OSError, ValueError):
        pass  # missing, or damaged
    write_at(target, text)


def is_views_text(output: Path, text: str) -> bool:
    """Whether this is what ``views.sql`` is to hold; the folder may have been moved since it was written."""
    found = _PLACE.search(text)
    return found is not None and text == views_text(output, place=found[1].replace("''", "'"))


def views_text(output: Path, state: State | None = None, place: str | None = None) -> str:
    """What ``views.sql`` holds: DuckDB views over the files that finished runs published and none replaced.

    Files are named by their path in the record. Where this lies is asked of the variable ``record`` whenever a view is read.
    Without it, the views look at ``place``, where the record was last written to (None: ``output``). Where it is not there any
    more when they are defined, a folder of its name in the working folder is tried, and the working folder itself: a file of
    the record tells it. Names of files are used once, so they hold the same rows wherever they lie.

    The day is taken from the name of a file's own folder: DuckDB's reading of partitions takes every ``key=value`` of a path
    for a column, also those of folders above the output, over columns of the same name. Files of other days are passed over.
    Files of one version have the same columns and are read together; what is null in older ones is named by a selection of
    typed nulls without a row, so that it is there even where every file is too old for it.
    """
    state, version_of = state or read_state(output), attrgetter("version")
    statements = [_place_text(state, str(output.resolve()) if place is None else place, is_remote(output))]
    for name, table in TABLES.items():
        every = (*table.arrow, pa.field("ingest_date", pa.date32()))
        columns = (f'CAST(NULL AS {_sql_type(f.type)}) AS "{f.name}"' for f in every)
        rows = [f"SELECT {', '.join(columns)} WHERE false"]
        for _, files in groupby(sorted(state.files.get(name, []), key=version_of), version_of):
            paths = "\n".join(f.path for f in files)
            read = f"read_parquet(record_files('\n{paths}'), hive_partitioning = false, filename = true)"
            rows.append(f"SELECT * EXCLUDE (filename), {_DAY} FROM {read}")
        union = "\n  UNION ALL BY NAME ".join(rows)
        called = f"{name}{AS_READ}" if name in CORRECTED else name
        statements.append(f"CREATE OR REPLACE VIEW {called} AS\n  {union};")
    views = corrected_views(any(f.rows for f in state.files.get(CORRECTIONS.name, [])))
    return "\n".join(statements) + "\n" + views + derived_views()


_HEAD = """\
-- DuckDB views of exactly what finished runs published; rewritten by every run.
-- Does the folder lie elsewhere by now? SET VARIABLE record = '/where/it/lies';
{near}CREATE OR REPLACE MACRO record_place() AS coalesce(getvariable('record'), getvariable('record_near'), '{place}');
CREATE OR REPLACE MACRO record_files(names) AS
  string_split(replace(names, chr(10), chr(31) || rtrim(record_place(), '/') || '/'), chr(31))[2:];"""
_NEAR = """\
SET VARIABLE record_near = (
  SELECT near FROM (SELECT '{name}' AS near FROM glob('{name_pattern}/{one}') UNION ALL SELECT '.' FROM glob('{one}'))
  WHERE NOT EXISTS (SELECT 1 FROM glob('{place_pattern}/{one}')) LIMIT 1);
"""


def _place_text(state: State, place: str, remote: bool) -> str:
    """How views find the files of the record; as text, since a list of paths that are put together is read slowly."""
    one = next((f.path for f in reversed(state.files.get(DOCUMENTS.name, []))), "views.sql")
    place, name = (text.replace("'", "''") for text in (place, Path(place).name))
    near = _NEAR.format(name=name, name_pattern=_pattern(name), place_pattern=_pattern(place), one=one)
    return _HEAD.format(near="" if remote else near, place=place)


def _pattern(path: str) -> str:
    """A path as a pattern that it alone matches."""
    return re.sub(r"([*?\[])", r"[\1]", path)


def _sql_type(kind: pa.DataType) -> str:
    """The type of DuckDB that values of an Arrow type are read as."""
    if pa.types.is_list(kind):
        return f"{_sql_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        fields = ", ".join(f'"{f.name}" {_sql_type(f.type)}' for f in kind)
        return f"STRUCT({fields})"
    return _SQL_TYPES[kind]

"""DuckDB views of tables as they are with what people have corrected; ``corrections.apply`` says the same in Python."""

from __future__ import annotations

import pyarrow as pa

from ..schemas import FIGURES, QUOTES, Table
from .apply import CORRECTED, SPEAKER
from .asked import FIGURE_COLUMNS, QUOTE_COLUMNS

AS_READ = "_as_read"  # behind the names of the views of what was read
# columns that a correction may put right: those that can be asked for, and what follows from them
_QUOTE = [
    *QUOTE_COLUMNS.values(), "speaker_id", "speaker_status", "speaker_rule", "speaker_confidence", "text_key", "content_spans",
    "verbatim_spans", "paragraph_index", "paragraph_kind", "excerpt_start", "excerpt_end", "excerpt", "continues",
]  # fmt: skip
_FIGURE = [
    *FIGURE_COLUMNS.values(), "claimant_id", "claimant_status", "claimant_confidence", "malformed", "quote_id", "part_of",
]  # fmt: skip
_SPAN = "{'start_char': CAST(split_part(s, '-', 1) AS INTEGER), 'end_char': CAST(split_part(s, '-', 2) AS INTEGER)}"
_OF_DOCUMENTS = """
CREATE OR REPLACE VIEW documents AS
  SELECT d.* REPLACE (CAST(quote_count - coalesce(quotes, 0) AS INTEGER) AS quote_count,
                      CAST(figure_count - coalesce(figures, 0) AS INTEGER) AS figure_count)
  FROM documents_as_read d LEFT JOIN (
    SELECT doc_id, count(*) FILTER (what = 'quote') AS quotes, count(*) FILTER (what = 'figure') AS figures
    FROM (SELECT 'quote' AS what, fix_doc AS doc_id FROM quote_fixes WHERE gone
          UNION ALL SELECT 'figure', fix_doc FROM figure_fixes WHERE gone) GROUP BY doc_id) USING (doc_id);
CREATE OR REPLACE VIEW document_speakers AS
  WITH moved AS (
    SELECT doc_id, speaker_id, CAST(sum(n) AS INTEGER) AS n FROM (
      SELECT fix_doc AS doc_id, read_speaker_id AS speaker_id, -1 AS n FROM quote_fixes
      UNION ALL SELECT fix_doc, speaker_id, 1 FROM quote_fixes WHERE NOT gone)
    WHERE speaker_id IS NOT NULL GROUP BY doc_id, speaker_id HAVING sum(n) <> 0)
  SELECT s.* REPLACE (CAST(quote_count + coalesce(n, 0) AS INTEGER) AS quote_count)
  FROM document_speakers_as_read s LEFT JOIN moved USING (doc_id, speaker_id)
  UNION ALL BY NAME
  SELECT moved.speaker_id, moved.doc_id, max(speaker_name) AS name, max(speaker_kind) AS kind, max(speaker_role) AS role,
         CAST([] AS VARCHAR[]) AS aliases, 0 AS mention_count, max(n) AS quote_count, max(speaker_gender) AS gender,
         max(fix_run) AS run_id, max(fix_day) AS ingest_date
  FROM moved JOIN (SELECT * FROM quote_fixes WHERE NOT gone) f ON f.fix_doc = moved.doc_id AND f.speaker_id = moved.speaker_id
  ANTI JOIN document_speakers_as_read s ON s.doc_id = moved.doc_id AND s.speaker_id = moved.speaker_id
  GROUP BY moved.doc_id, moved.speaker_id;
CREATE OR REPLACE VIEW people AS
  SELECT * FROM people_as_read
  UNION ALL BY NAME
  SELECT speaker_id, speaker_id AS person_id, max(name) AS name, 'same_name' AS rule, max(fix_run) AS run_id,
         max(fix_day) AS ingest_date
  FROM (SELECT speaker_id, speaker_name AS name, fix_run, fix_day FROM quote_fixes WHERE NOT gone
        UNION ALL SELECT claimant_id, claimant_name, fix_run, fix_day FROM figure_fixes WHERE NOT gone) f
  ANTI JOIN people_as_read USING (speaker_id) WHERE speaker_id IS NOT NULL GROUP BY speaker_id;
"""


def corrected_views(any_made: bool) -> str:
    """The views of tables that corrections change, over those of what was read, which are called ``quotes_as_read`` and so on.

    Args:
        any_made: whether there are corrections; without any a view is the table.
    """
    head = "\n-- Tables as they are with what people have corrected (see corrections).\n"
    if not any_made:
        return head + "".join(f"CREATE OR REPLACE VIEW {t} AS SELECT * FROM {t}{AS_READ};\n" for t in CORRECTED)
    return head + _of_rows("quote", QUOTES, _QUOTE) + _of_rows("figure", FIGURES, _FIGURE) + _OF_DOCUMENTS


def _of_rows(what: str, table: Table, columns: list[str]) -> str:
    types = {f.name: f.type for f in table.arrow}
    fixes = ",\n".join(f"    max(right_value) FILTER (n = 1 AND column_name = '{c}') AS {c}" for c in columns)
    replaced = [f"CASE WHEN list_contains(f.told, '{c}') THEN {_value(c, types[c])} ELSE t.{c} END AS {c}" for c in columns]
    put = ",\n    ".join([*replaced, "f.changed AS corrected"])
    speaker = SPEAKER[what][0]
    return f"""CREATE OR REPLACE VIEW {what}_fixes AS
  SELECT row_id, max(doc_id) AS fix_doc, bool_or(verdict = 'none') AS gone, max(run_id) AS fix_run, max(ingest_date) AS fix_day,
    list(column_name) FILTER (n = 1 AND column_name IS NOT NULL) AS told,
    coalesce(list(column_name ORDER BY column_name)
      FILTER (n = 1 AND column_name IS NOT NULL AND right_value IS DISTINCT FROM read_value), []) AS changed,
    max(read_value) FILTER (n = 1 AND column_name = '{speaker}') AS read_{speaker},
{fixes}
  FROM (SELECT *, row_number() OVER (PARTITION BY row_id, column_name ORDER BY corrected_at DESC, correction_id DESC) AS n
        FROM corrections WHERE what = '{what}' AND matched AND undone_at IS NULL) GROUP BY row_id;
CREATE OR REPLACE VIEW {table.name} AS
  SELECT t.* REPLACE (
    {put})
  FROM {table.name}{AS_READ} t LEFT JOIN {what}_fixes f ON f.row_id = t.{CORRECTED[table.name]} WHERE NOT coalesce(f.gone, false);
"""


def _value(column: str, kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"[{_SPAN} FOR s IN string_split(f.{column}, ' ') IF s <> '']"
    if pa.types.is_floating(kind):
        return f"CAST(f.{column} AS DOUBLE)"
    if pa.types.is_integer(kind):
        return f"CAST(f.{column} AS INTEGER)"
    if pa.types.is_boolean(kind):
        return f"CAST(f.{column} AS BOOLEAN)"
    return f"f.{column}"

"""The peer of ``pipeline_overhead``: the same files, extractor and tables in one plain loop, without Beam and store."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord import __version__
from onrecord.reading import load, model_version
from onrecord.schemas import TABLES
from onrecord.sources.formats import Reading, read_records
from onrecord.sources.identity import article_ids
from onrecord.text.article import Article

_BATCH = 64
GIVEN = ("url", "title", "publisher", "published_at", "published_date")


def main(source: Path, target: Path) -> None:
    nlp = load()
    at = datetime.now(UTC)
    tables: dict[str, list[pa.Table]] = {name: [] for name in TABLES}
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    people: dict[str, str] = {}
    records = (
        r for p in sorted(source.glob("*.jsonl")) for r in read_records(io.BytesIO(p.read_bytes()), str(p), p.name, Reading())
    )
    batch = []
    for record in records:
        batch.append(record)
        if len(batch) == _BATCH:
            extract(nlp, batch, rows, people, at)
            convert(rows, tables)
            batch = []
    extract(nlp, batch, rows, people, at)
    for speaker_id, name in people.items():
        rows["people"].append(
            {"speaker_id": speaker_id, "person_id": speaker_id, "name": name, "rule": "same_name", "run_id": "bare"}
        )
    convert(rows, tables)
    target.mkdir(parents=True)
    for name, table in TABLES.items():
        whole = pa.concat_tables(tables[name]).sort_by([(c, "ascending") for c in table.sort_by])
        pq.write_table(whole, target / f"{name}.parquet", compression="zstd")
    print(json.dumps({"documents": sum(t.num_rows for t in tables["documents"])}))


def extract(nlp: Any, batch: list[Any], rows: dict[str, list[dict[str, Any]]], people: dict[str, str], at: datetime) -> None:
    with nlp.memory_zone():
        for record, doc in zip(batch, nlp.pipe(doc_of(nlp, r) for r in batch), strict=True):
            article_id, doc_id, content = article_ids(record)
            given = {n: getattr(record, n) for n in GIVEN}
            language = doc._.article.language
            rows["paragraphs"] += [
                {
                    "doc_id": doc_id, "paragraph_index": p.index, "kind": p.kind, "start_char": p.start, "end_char": p.end,
                    "text": record.text[p.start : p.end], "run_id": "bare",
                }
                for p in doc._.paragraphs
            ]  # fmt: skip
            rows["quotes"] += [q.model_dump() for q in doc._.quotes]
            rows["figures"] += [f.model_dump() for f in doc._.figures]
            rows["document_speakers"] += [s.model_dump() for s in doc._.speakers]
            people.update((s.speaker_id, s.name) for s in doc._.speakers)
            common = {**given, "article_id": article_id, "doc_id": doc_id, "uri": record.uri, "run_id": "bare"}
            rows["appearances"].append({**common, "relation": "new", "seen_at": at})
            rows["documents"].append(
                {
                    **common, "version": 1, "author": record.author, "language": language, "text": record.text,
                    "title_added": record.title_added, "content_sha256": content, "char_count": len(record.text),
                    "word_count": len(record.text.split()), "paragraph_count": len(doc._.paragraphs),
                    "quote_count": len(doc._.quotes), "figure_count": len(doc._.figures), "ingested_at": at,
                    "pipeline_version": __version__, "model_version": model_version(),
                }
            )  # fmt: skip


def doc_of(nlp: Any, record: Any) -> Any:
    article_id, doc_id, _ = article_ids(record)
    doc = nlp.make_doc(record.text)
    doc._.article = replace(
        Article.of_text(record.text), article_id=article_id, doc_id=doc_id, run_id="bare",
        language=record.language, **{n: getattr(record, n) for n in GIVEN},
    )  # fmt: skip
    return doc


def convert(rows: dict[str, list[dict[str, Any]]], tables: dict[str, list[pa.Table]]) -> None:
    for name, table in TABLES.items():
        tables[name].append(pa.Table.from_pylist(rows[name], schema=table.arrow))
        rows[name] = []


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

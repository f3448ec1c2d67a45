"""The transforms in a stranger's pipeline: articles in, rows out, and one clear line for what does not fit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apache_beam as beam
import pyarrow as pa
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.testing import test_stream
from apache_beam.testing.util import assert_that
from apache_beam.transforms.window import FixedWindows, TimestampedValue

import onrecord
from onrecord.jobs.config import Config
from onrecord.jobs.engine import pipeline_options

TEXT = "“We go,” said Ann Veld. More than 350 people fled."
ARTICLE = {
    "text": TEXT,
    "title": "The wall",
    "id": 7,
    "publisher": "The Tarvo Post",
    "published_at": datetime(2026, 3, 1, tzinfo=UTC),
    "language": "en",
    "section": "front page",
}


def test_texts_and_dicts_become_rows() -> None:
    with beam.Pipeline(options=pipeline_options(Config())) as p:
        articles = p | beam.Create([TEXT, ARTICLE])

        def quotes(rows: list[dict[str, Any]]) -> None:
            plain, told = sorted(rows, key=lambda r: r["publisher"] or "")
            assert (plain["text"], plain["speaker_name"], plain["cue_lemma"]) == ("We go,", "Ann Veld", "say")
            assert told["publisher"] == "The Tarvo Post" and told["published_at"] == ARTICLE["published_at"]
            assert plain.keys() == set(onrecord.schemas.QUOTES.arrow.names)
            (span,) = told["content_spans"]  # offsets count from the title, which stands before the text as in every record
            assert ("The wall\n\n" + TEXT)[span["start_char"] : span["end_char"]] == "We go,"

        def figures(rows: list[dict[str, Any]]) -> None:
            told = {(r["text"], r["value"], r["modifier"], r["unit"]) for r in rows}
            assert len(rows) == 2 and told == {("More than 350", 350, "more_than", "person")}

        def paragraphs(rows: list[dict[str, Any]]) -> None:
            assert sorted((r["kind"], r["text"]) for r in rows) == [("body", TEXT), ("body", TEXT), ("headline", "The wall")]

        assert_that(articles | onrecord.transforms.ExtractQuotes(), quotes, label="quotes")
        assert_that(articles | onrecord.transforms.ExtractFigures(), figures, label="figures")
        assert_that(articles | onrecord.transforms.SplitParagraphs(), paragraphs, label="paragraphs")


def test_articles_have_the_rows_that_a_run_publishes(sample_output: Path) -> None:
    published = {name: dataset.to_table().to_pylist() for name, dataset in onrecord.tables(sample_output).items()}
    keys = ("text", "title", "url", "publisher", "published_at", "language")
    articles = [{k: d[k] for k in keys} for d in published["documents"]]
    other = {"run_id", "uri", "ingested_at", "ingest_date", "title_added", "author", "published_date"}
    with beam.Pipeline(options=pipeline_options(Config())) as p:
        found = p | beam.Create(articles) | onrecord.transforms.ReadArticles()
        for name in ("documents", "paragraphs", "quotes", "figures", "document_speakers"):

            def check(rows: list[dict[str, Any]], of: Any = published[name]) -> None:
                assert rows
                told = [[{k: v for k, v in r.items() if k not in other} for r in of] for of in (rows, of)]
                assert sorted(told[0], key=repr) == sorted(told[1], key=repr)

            assert_that(found[name], check, label=name)


def test_what_cannot_be_read_is_a_reject_and_touches_no_other(caplog: pytest.LogCaptureFixture) -> None:
    broken = [{"text": "", "id": "a"}, {"text": "a\x00", "id": "b"}, {"text": " ", "id": "c"}]
    with beam.Pipeline(options=pipeline_options(Config())) as p:
        articles = p | beam.Create([*broken, TEXT])
        found = articles | onrecord.transforms.ReadArticles()

        def rejects(rows: list[dict[str, Any]]) -> None:
            assert {r["uri"]: r["reason"] for r in rows} == {"a": "empty", "b": "binary", "c": "empty"}

        def quotes(rows: list[dict[str, Any]]) -> None:
            assert [r["speaker_name"] for r in rows] == ["Ann Veld"]

        assert_that(found.rejects, rejects, label="rejects")
        assert_that(found.quotes, quotes, label="quotes")
        assert_that(articles | onrecord.transforms.ExtractQuotes(), quotes, label="quotes alone")
    assert "an article is refused (empty: the article has no text): a" in caplog.text


def test_a_stream_is_read_as_it_comes_and_rows_keep_its_windows() -> None:
    stream = (
        test_stream.TestStream()
        .advance_watermark_to(0)
        .add_elements([TimestampedValue(TEXT, 10)])
        .advance_watermark_to(70)
        .add_elements([TimestampedValue(TEXT.replace("Ann Veld", "Bo Lund"), 75)])
        .advance_watermark_to_infinity()
    )
    options = PipelineOptions(["--runner=BundleBasedDirectRunner", "--streaming"])
    with beam.Pipeline(options=options) as p:
        quotes = p | stream | beam.WindowInto(FixedWindows(60)) | onrecord.transforms.ExtractQuotes()
        told = quotes | beam.Map(lambda r, w=beam.DoFn.WindowParam: (r["speaker_name"], float(w.start)))

        def check(found: list[Any]) -> None:
            assert sorted(found) == [("Ann Veld", 0.0), ("Bo Lund", 60.0)]

        assert_that(told, check, use_global_window=True)


PARAGRAPH = {"doc_id": "d", "paragraph_index": 0, "kind": "body", "start_char": 0, "end_char": 4, "text": "Snow"}


@pytest.mark.parametrize(
    ("name", "element", "said"),
    [
        ("ExtractQuotes", 3, "ExtractQuotes takes texts, or dicts with the keys text, id, url, title, .*; not int"),
        ("ExtractQuotes", b"bytes", "ExtractQuotes takes texts.* not bytes"),
        ("ExtractQuotes", None, "ExtractQuotes takes texts.* not None"),
        ("ExtractFigures", {"body": TEXT}, "here text is None in a dict of body"),
        ("ExtractFigures", {"text": [TEXT]}, "here text is list"),
        ("SplitParagraphs", ("key", TEXT), "SplitParagraphs takes texts.* not tuple"),
        ("ExtractQuotes", PARAGRAPH, "ExtractQuotes takes articles, not rows of another transform; ReadArticles gives"),
        ("ReadArticles", {"documents": pa.table({"text": [TEXT]})}, "ReadArticles takes texts.* not a batch"),
        ("WriteTables", PARAGRAPH, "WriteTables takes batches, as ReadDocuments .* not dict"),
        ("ReadDocuments", "news/", "ReadDocuments takes the WorkItems that group_files makes of files, not str"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(tmp_path: Path, name: str, element: Any, said: str) -> None:
    transform = getattr(onrecord.transforms, name)
    with pytest.raises(TypeError, match=said), beam.Pipeline(options=pipeline_options(Config())) as p:
        _ = p | beam.Create([element]) | (transform(tmp_path) if name in ("WriteTables", "ReadDocuments") else transform())

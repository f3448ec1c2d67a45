"""The Beam transforms, each usable in any pipeline."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.testing.util import assert_that

from onrecord.jobs.config import Config
from onrecord.jobs.engine import pipeline_options
from onrecord.jobs.graph import Done, Sizes, build_again, build_run, run_steps
from onrecord.reading import steps
from onrecord.sources.formats import Reading
from onrecord.store.known import Known
from onrecord.text import view
from onrecord.transforms import (
    ExtractFigures,
    ExtractQuotes,
    ReadDocuments,
    RowGroup,
    RunStamp,
    SplitParagraphs,
    WorkItem,
    WriteTables,
    decide,
    group_files,
    list_inputs,
)
from onrecord.transforms.files import InputError

TEXT = "“We go,” said Ann Veld. More than 350 people fled."
_BROKEN = re.compile(
    r"ZeroDivisionError at onrecord/(?:text/view|reading/steps)\.py:\d+, from test_transforms\.py:\d+: on purpose$"
)


def options() -> PipelineOptions:
    return pipeline_options(Config())


def read(folder: Path, scratch: Path, **settings: Any) -> tuple[Any, ReadDocuments]:
    listing = list_inputs([str(folder)])
    scratch.mkdir(exist_ok=True)
    return beam.Create(group_files(listing.files, listing.sizes)), ReadDocuments(scratch, **settings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(TEXT)
    (news / "b.jsonl").write_text(json.dumps({"text": "It snowed."}) + "\n{oops\n" + json.dumps({"text": TEXT}) + "\n")
    return news


def test_all_of_them_in_another_pipeline(folder: Path, tmp_path: Path) -> None:
    staging = tmp_path / "staging"
    staging.mkdir()
    create, reading = read(folder, tmp_path / "scratch")
    with beam.Pipeline(options=options()) as p:
        batches = p | create | reading | SplitParagraphs() | ExtractQuotes() | ExtractFigures()
        parts = batches | WriteTables(staging)

        def check(found: list[Any]) -> None:
            tables = [f for f in found if hasattr(f, "table")]
            (segment,) = [f for f in found if not hasattr(f, "table")]
            rows = {part.table: part.rows for part in tables}
            assert rows == {
                "documents": 2, "appearances": 3, "paragraphs": 2, "quotes": 1, "document_speakers": 1, "figures": 1,
                "rejects": 1,
            }  # fmt: skip
            assert all((staging / f.path).stat().st_size == f.bytes for f in found)
            assert segment.rows == {"document": 2, "appearance": 3, "reject": 1, "input": 0}

        assert_that(parts, check)


def test_every_quote_reaches_the_figures_whole(tmp_path: Path) -> None:
    """Rows that pass from one transform to the next keep all of their spans: a naming verb asks for the quoted parts."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("Ann Veld described the 300 houses lost in the flood as “a shame for the whole town”.")
    (tmp_path / "staging").mkdir()
    create, reading = read(news, tmp_path / "scratch")
    with beam.Pipeline(options=options()) as p:
        parts = p | create | reading | SplitParagraphs() | ExtractQuotes() | ExtractFigures() | WriteTables(tmp_path / "staging")

        def check(found: list[Any]) -> None:
            rows = {part.table: part.rows for part in found if hasattr(part, "table")}
            assert rows["quotes"] == rows["figures"] == 1 and "rejects" not in rows

        assert_that(parts, check)


def test_read_documents_is_in_the_order_of_the_inputs(folder: Path, tmp_path: Path) -> None:
    create, reading = read(folder, tmp_path / "scratch")
    with beam.Pipeline(options=options()) as p:

        def check(batches: list[Any]) -> None:
            documents = [d for b in batches if "documents" in b for d in b["documents"].to_pylist()]
            by_text = {d["text"]: Path(d["uri"]).name for d in documents}
            assert by_text == {TEXT: "a.txt", "It snowed.": "b.jsonl#L1"}
            appearances = [a for b in batches if "appearances" in b for a in b["appearances"].to_pylist()]
            again = [a for a in appearances if a["relation"] == "same_content"]
            assert [Path(a["uri"]).name for a in again] == ["b.jsonl#L3"]
            assert {a["doc_id"] for a in appearances} == {d["doc_id"] for d in documents}

        assert_that(p | create | reading, check)


@pytest.mark.parametrize("stage", ["split_paragraphs", "article_figures"])
def test_an_article_that_breaks_us_is_a_reject_and_touches_no_other(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    room = view if stage == "split_paragraphs" else steps
    real = getattr(room, stage)

    def breaks(article: Any, *rest: Any) -> Any:
        if getattr(article, "text", article) == TEXT:
            raise ZeroDivisionError("on purpose")
        return real(article, *rest)

    monkeypatch.setattr(room, stage, breaks)
    create, reading = read(folder, tmp_path / "scratch")
    with beam.Pipeline(options=options()) as p:
        batches = p | create | reading | SplitParagraphs() | ExtractQuotes() | ExtractFigures()

        def check(found: list[Any]) -> None:
            rows = {
                name: [r for b in found if name in b for r in b[name].to_pylist()]
                for name in ("documents", "appearances", "rejects", "quotes")
            }
            assert [d["text"] for d in rows["documents"]] == ["It snowed."] and rows["quotes"] == []
            broken = [r for r in rows["rejects"] if r["reason"] == "internal_error"]
            assert sorted(Path(r["uri"]).name for r in broken) == ["a.txt", "b.jsonl#L3"]  # both its appearances
            assert all(r["payload"] == TEXT.encode() and _BROKEN.match(r["detail"]) for r in broken)
            assert len(rows["appearances"]) == 1

        assert_that(batches, check)


@pytest.mark.parametrize(
    "slow",
    [
        pytest.param("split_paragraphs", marks=pytest.mark.engine),
        pytest.param("resolve_speakers", marks=pytest.mark.engine),
        "article_figures",
        None,
    ],
)
def test_an_article_that_takes_too_long_is_a_reject_and_touches_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slow: str | None
) -> None:
    """In each step; without one, for the network too, which reads the articles of a batch together."""
    monkeypatch.setattr(decide, "SMALL_LOT", decide.LOT_CHARS)  # so that the three are one batch
    long = "The wall.\n\n" + "“We counted them twice,” said Ada Brenn. More than 300 people left town. " * 600
    if slow is not None:
        room = view if slow == "split_paragraphs" else steps
        long, real = "Slow. " + TEXT, getattr(room, slow)

        def waits(article: Any, *rest: Any) -> Any:
            while getattr(article, "text", article) == long:
                with suppress(Exception):
                    sum(range(1000))
            return real(article, *rest)

        monkeypatch.setattr(room, slow, waits)
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in (TEXT, long, "It snowed.")))
    create, reading = read(tmp_path / "a.jsonl", tmp_path / "scratch")
    with beam.Pipeline(options=options()) as p:
        batches = p | create | reading | SplitParagraphs(0.5) | ExtractQuotes(seconds=0.5) | ExtractFigures(0.5)

        def check(found: list[Any]) -> None:
            (batch,) = found
            assert batch["documents"]["text"].to_pylist() == [TEXT, "It snowed."]
            assert [r["reason"] for r in batch["rejects"].to_pylist()] == ["too_slow"]
            assert batch["rejects"]["payload"].to_pylist() == [long.encode()[: 64 << 10]]
            assert (batch["quotes"].num_rows, batch["figures"].num_rows) == (1, 1)

        assert_that(batches, check)


def test_listing(folder: Path) -> None:
    (folder / "picture.png").write_bytes(b"x")
    (folder / ".hidden.txt").write_text("x")
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "c[1].txt").write_text("x")
    listing = list_inputs([str(folder), str(folder / "a.txt")])
    assert [f.relative for f in listing.files] == ["a.txt", "b.jsonl", "deep/er/c[1].txt"]
    assert [Path(p).name for p in listing.left_out] == ["picture.png"]
    assert [f.relative for f in list_inputs([str(folder / "*.txt")]).files] == ["a.txt"]
    assert [f.relative for f in list_inputs([str(folder / "deep" / "er" / "c[1].txt")]).files] == ["c[1].txt"]
    assert len(list_inputs([str(folder)], format_given=True).files) == 4
    with pytest.raises(InputError, match="no input at"):
        list_inputs([str(folder / "none")])
    with pytest.raises(InputError, match="no readable file"):
        list_inputs([str(folder / "*.png")])


def test_small_files_are_grouped(folder: Path) -> None:
    files = list_inputs([str(folder)]).files
    assert [len(i.files) for i in group_files(files * 5, [10] * 10, most=4)] == [4, 4, 2]
    assert [len(i.files) for i in group_files(files, [10, 10], limit=15)] == [1, 1]


def test_direct_runner_is_pinned_to_the_engine_that_fetches_nothing_and_listens_nowhere() -> None:
    given = ["--direct_running_mode=multi_processing", "--direct_num_workers=4", "--runner=PrismRunner"]
    chosen = pipeline_options(Config(workers=2, runner_options=given)).get_all_options()
    assert (chosen["runner"], chosen["direct_running_mode"], chosen["direct_num_workers"]) == ("FnApiRunner", "in_memory", 1)


@pytest.mark.parametrize("again", [False, True])
def test_texts_never_pass_through_the_runner(tmp_path: Path, again: bool) -> None:
    """From loading to writing the graph is one fused stage: neither a Flatten nor a shuffle parts it."""
    root, nothing = beam.Pipeline(options=options()), lambda *told: None
    steps = run_steps(str(tmp_path), Reading(), RunStamp(), Sizes(), Done({}), None, True if again else None)
    if again:
        build_again(root, [RowGroup("a", 0, "2026-10-07")], steps, None, nothing)
    else:
        build_run(root, [WorkItem(())], Known(), RunStamp(), str(tmp_path), 64, steps, None, nothing)
    urns: dict[str, set[str]] = {}
    for transform in root.to_runner_api().components.transforms.values():
        urns.setdefault(transform.spec.urn, set()).add(transform.unique_name.split("/Reshuffle")[0].removesuffix("/GroupByKey"))
    assert urns.get("beam:transform:flatten:v1", set()) == (set() if again else {"DecideRecords/Decided"})
    grouped = {name.rpartition("/")[2] if "Decide" in name else name for name in urns["beam:transform:group_by_key:v1"]}
    decided = {"ByContent", "ByArticle", "ByReject", "BySpool", "OfSpool", "ByBands"}
    assert grouped == ({"Spread"} if again else {"SpreadInputs", "SpreadLots", *decided})

"""Whole runs in this process: what is new, what is known, what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord import __version__
from onrecord.jobs.config import Config, ConfigError, load_config
from onrecord.jobs.engine import RunError, UsageError
from onrecord.jobs.run import run
from onrecord.reading import steps
from onrecord.store.manifest import read_manifests
from onrecord.transforms import read

from .conftest import all_rows, rows
from .sources.pages import FUNDUS, NEWS_PLEASE, page, warc

TEXT = "“We go,” said Ann Veld. More than 350 people fled."


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records))
    return path


def go(source: object, output: Path, **settings: Any) -> Any:
    return run([str(source)], output, Config(**settings))


def test_a_second_run_adds_nothing(tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", {"text": TEXT}, {"text": "It rained."}, {"title": "no text"})
    first = go(source, tmp_path / "out")
    assert (first.counts["documents"], first.counts["rejects"], first.counts["read"]) == (2, 1, 3)
    before = all_rows(tmp_path / "out")
    second = go(source, tmp_path / "out")
    assert second.counts["read"] == 0 and second.run_id is None
    assert all_rows(tmp_path / "out") == before and len(list(read_manifests(tmp_path / "out"))) == 1


@pytest.mark.engine
def test_a_grown_file_adds_only_what_is_new(tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", {"text": TEXT}, {"title": "no text"})
    go(source, tmp_path / "out")
    write(source, {"text": TEXT}, {"title": "no text"}, {"text": "It rained."})
    summary = go(source, tmp_path / "out")
    assert {k: summary.counts[k] for k in ("read", "known", "documents", "appearances", "rejects")} == {
        "read": 3, "known": 2, "documents": 1, "appearances": 1, "rejects": 0,
    }  # fmt: skip
    assert len(rows(tmp_path / "out", "documents")) == 2 and len(rows(tmp_path / "out", "rejects")) == 1


@pytest.mark.engine
def test_a_file_with_nothing_new_is_not_read_a_third_time(tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", {"text": TEXT})
    go(source, tmp_path / "out")
    source.write_text(source.read_text() + "\n\n")
    assert go(source, tmp_path / "out").counts["known"] == 1
    assert go(source, tmp_path / "out").counts["read"] == 0
    assert [len(m.files) for m in read_manifests(tmp_path / "out")] == [9, 0]


@pytest.mark.engine
def test_the_same_content_elsewhere_is_an_appearance(tmp_path: Path) -> None:
    one = write(tmp_path / "a.jsonl", {"text": TEXT, "url": "https://one.example/a", "publisher": "One"})
    two = write(tmp_path / "b.jsonl", {"text": TEXT, "url": "https://two.example/b", "publisher": "Two"})
    go(one, tmp_path / "out")
    summary = go(two, tmp_path / "out")
    assert (summary.counts["documents"], summary.counts["appearances"]) == (0, 1)
    (document,) = rows(tmp_path / "out", "documents")
    found = {a["publisher"]: (a["relation"], a["doc_id"], a["of_doc_id"]) for a in rows(tmp_path / "out", "appearances")}
    assert found == {
        "One": ("new", document["doc_id"], None),
        "Two": ("same_content", document["doc_id"], document["doc_id"]),
    }
    assert len(rows(tmp_path / "out", "quotes")) == 1


def test_a_changed_text_under_the_same_address_is_a_version(tmp_path: Path) -> None:
    url = "https://one.example/a"
    source = write(tmp_path / "a.jsonl", {"text": TEXT, "url": url}, {"text": f"{TEXT} It rained.", "url": f"{url}#top"})
    go(source, tmp_path / "out")
    go(write(tmp_path / "b.jsonl", {"text": "All new.", "url": f"{url}?utm_source=x"}), tmp_path / "out")
    documents = sorted(rows(tmp_path / "out", "documents"), key=lambda d: d["version"])
    assert [d["version"] for d in documents] == [1, 2, 3] and len({d["article_id"] for d in documents}) == 1
    before = {a["doc_id"]: (a["relation"], a["of_doc_id"]) for a in rows(tmp_path / "out", "appearances")}
    ids = [d["doc_id"] for d in documents]
    assert [before[i] for i in ids] == [("new", None), ("version", ids[0]), ("version", ids[1])]


@pytest.mark.engine
def test_ids_do_not_depend_on_where_a_file_lies(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(TEXT)
        go(tmp_path / name, tmp_path / f"out-{name}")
    columns = {"documents": "doc_id", "quotes": "quote_id", "figures": "figure_id", "people": "person_id"}
    for table, column in columns.items():
        assert rows(tmp_path / "out-one", table, [column]) == rows(tmp_path / "out-two", table, [column]) != []


@pytest.mark.engine
def test_people_are_one_generation(tmp_path: Path) -> None:
    go(write(tmp_path / "a.jsonl", {"text": TEXT}), tmp_path / "out")
    go(write(tmp_path / "b.jsonl", {"text": f"{TEXT} “No,” said Bo Lund."}), tmp_path / "out")
    assert sorted(p["name"] for p in rows(tmp_path / "out", "people")) == ["Ann Veld", "Bo Lund"]
    assert len(list((tmp_path / "out" / "people").rglob("*.parquet"))) == 2  # the earlier one is kept a while for readers


def test_metadata_and_title(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(TEXT)
    (tmp_path / "m.csv").write_text("uri,title,published_at,publisher\na.txt,Town flees,2026-10-07,Tarvo Gazette\n")
    summary = go(tmp_path / "news", tmp_path / "out", metadata=tmp_path / "m.csv")
    assert summary.undated == 0
    (document,) = rows(tmp_path / "out", "documents")
    assert (document["title"], document["title_added"], document["text"]) == ("Town flees", True, f"Town flees\n\n{TEXT}")
    (quote,) = rows(tmp_path / "out", "quotes")
    assert (quote["publisher"], quote["title"], str(quote["published_date"])) == ("Tarvo Gazette", "Town flees", "2026-10-07")
    assert document["text"][quote["speaker_start"] : quote["speaker_end"]] == "Ann Veld"


def test_articles_in_other_languages_are_kept_without_quotes(tmp_path: Path) -> None:
    german = "„Wir brauchen Zeit“, sagte Bürgermeisterin Petra Vinter. Mehr als 300 Anwohner hatten sich am Montag beschwert."
    summary = go(write(tmp_path / "a.jsonl", {"text": german}, {"text": TEXT, "language": "fr"}), tmp_path / "out")
    assert summary.languages == {"de": 1, "fr": 1}
    assert (summary.counts["documents"], summary.counts["quotes"], summary.counts["figures"]) == (2, 0, 0)
    assert len(rows(tmp_path / "out", "paragraphs")) == 2


def test_the_output_may_lie_within_the_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert go(tmp_path, tmp_path / "out").counts["documents"] == 1
    assert go(tmp_path, tmp_path / "out").counts["read"] == 0


def test_a_failed_run_publishes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(tmp_path / "a.jsonl", {"text": TEXT})

    def broken(*_: object) -> object:
        raise OSError("the disk is gone")

    monkeypatch.setattr(read, "records_of", broken)
    with pytest.raises(RunError, match=r"the disk is gone.*nothing was published"):
        go(source, tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*.parquet")) and not list((tmp_path / "out" / "_work").glob("*"))
    monkeypatch.undo()
    assert go(source, tmp_path / "out").counts["documents"] == 1


def test_an_article_that_breaks_us_is_rejected_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = steps.article_figures
    monkeypatch.setattr(steps, "article_figures", lambda a, *rest: 1 / 0 if "350" in a.text else real(a, *rest))
    summary = go(write(tmp_path / "a.jsonl", {"text": TEXT}, {"text": "It rained."}), tmp_path / "out")
    assert (summary.counts["documents"], summary.rejects) == (1, {"internal_error": 1})


@pytest.mark.parametrize(
    ("inputs", "settings", "message"),
    [
        ("none", {}, "no input at"),
        ("a.jsonl", {"metadata": Path("none.csv")}, "--metadata none.csv: No such file"),
    ],
)
def test_wrong_usage(tmp_path: Path, inputs: str, settings: dict[str, Any], message: str) -> None:
    write(tmp_path / "a.jsonl", {"text": TEXT})
    with pytest.raises(UsageError, match=message):
        go(tmp_path / inputs, tmp_path / "out", **settings)


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("wrokers: 2", "unknown key 'wrokers'; the keys are format, fields, metadata"),
        ("workers: -1", "workers: Input should be greater than or equal to 0"),
        ("max_reject_ratio: 2", "max_reject_ratio: .*less than or equal to 1"),
        ("fields: {body: text}", "fields: unknown field 'body'; the fields are text, id"),
        ("runner: DaskRunner", "runner: Input should be 'DirectRunner', 'PortableRunner'"),
        ("workers: [2", "not YAML"),
        ("- workers", "expected keys and values"),
    ],
)
def test_wrong_config_is_told_in_one_line(tmp_path: Path, yaml: str, message: str) -> None:
    (tmp_path / "c.yaml").write_text(yaml)
    with pytest.raises(ConfigError, match=message) as told:
        load_config(tmp_path / "c.yaml", {})
    assert "\n" not in str(told.value) and "c.yaml" in str(told.value)


def test_flags_win_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("workers: 2\nmax_chars: 500\nmetadata: m.csv\n")
    config = load_config(tmp_path / "c.yaml", {"workers": 3, "format": None})
    assert (config.workers, config.max_chars, config.format, config.metadata) == (3, 500, "auto", tmp_path / "m.csv")


@pytest.mark.parametrize("name", ["local", "scheduled", "prism", "flink", "dataflow"])
def test_shipped_configs_are_valid(name: str) -> None:
    assert load_config(Path("configs") / f"{name}.yaml", {}).max_reject_ratio == (0.05 if name == "scheduled" else 1.0)


def test_local_config_documents_every_key_with_its_default() -> None:
    text = Path("configs/local.yaml").read_text()
    assert load_config(Path("configs/local.yaml"), {}) == Config()
    for key in Config.model_fields.keys() - {"micro_batch"}:  # of earlier versions, without effect
        above = text.split(f"\n{key}:")[0].splitlines()[-1]
        assert above.startswith("#"), f"{key} has no comment"


def test_importing_the_package_and_its_command_is_cheap() -> None:
    import subprocess
    import sys

    heavy = ("spacy", "apache_beam", "pyarrow")
    code = f"import sys, onrecord, onrecord.cli.app; print([m for m in {heavy} if m in sys.modules], onrecord.__version__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"[] {__version__}"


@pytest.mark.engine
def test_a_folder_of_every_format(onrecord: Any, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "page.html").write_bytes(page(77))
    (news / "crawl.warc.gz").write_bytes(warc(5))
    (news / "please.json").write_text(json.dumps(NEWS_PLEASE, indent=2))
    (news / "fundus.json").write_text(json.dumps({"Courier": [FUNDUS]}))
    pq.write_table(pa.table({"text": ["“It rained,” said Bo Lund."]}), news / "rows.parquet")
    (news / "plain.txt").write_text("“It snowed,” said Ann Rees.")
    for _ in range(2):  # the second time nothing is new
        assert onrecord("run", news, "--output", tmp_path / "out").returncode == 0
        documents = rows(tmp_path / "out", "documents")
        assert len(documents) == 10 and all(d["quote_count"] for d in documents)
        assert rows(tmp_path / "out", "rejects") == []
    assert onrecord("verify", tmp_path / "out").returncode == 0
    url = "https://courier.example/2"
    (crawled,) = (d for d in documents if d["url"] == url)
    assert crawled["title"] == "Wall 2 gives way" and "#R" in crawled["uri"]
    assert onrecord("forget", tmp_path / "out", "--uri", crawled["uri"]).returncode == 0
    assert url not in {d["url"] for d in rows(tmp_path / "out", "documents")}

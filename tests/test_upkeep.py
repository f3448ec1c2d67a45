"""Keeping a store: compact, reprocess, forget, verify; what readers see meanwhile."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from onrecord import tables as open_tables
from onrecord.jobs.config import Config
from onrecord.jobs.engine import RunError, UsageError
from onrecord.jobs.run import run
from onrecord.jobs.upkeep import compact, forget
from onrecord.jobs.upkeep import reprocess as read_again
from onrecord.reading import BUNDLED, model_folder, model_version, steps
from onrecord.store.care.verify import verify
from onrecord.store.manifest import Manifest, manifest_text, parse_manifest, read_manifests
from onrecord.store.state import read_state

from .conftest import all_rows, rows
from .stops import SMALL, stop_writing

HOUR = timedelta(hours=1)


def text_of(n: int) -> str:
    return f"“We go on {n} roads,” said Ann Veld. More than {n + 350} people fled."


def many_runs(folder: Path, count: int = 4) -> Path:
    """An output folder of several small runs."""
    for n in range(count):
        lines = [{"text": text_of(10 * n + i), "url": f"https://news.example/{n}/{i}"} for i in range(3)]
        (folder / f"{n}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines) + f'{{"bad": {n}}}\n')
        run([str(folder / f"{n}.jsonl")], folder / "out", Config())
    return folder / "out"


@pytest.fixture(scope="module")
def of_one_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder of one run, to be copied."""
    return many_runs(tmp_path_factory.mktemp("one"), 1)


def files(output: Path, table: str) -> list[str]:
    return [f.path for f in read_state(output).files[table]]


def on_disk(output: Path) -> int:
    return len(list(output.glob("[!_]*/*/*.parquet")))


@pytest.mark.engine
def test_compaction_changes_files_and_no_row(tmp_path: Path) -> None:
    output = many_runs(tmp_path)
    before, views = all_rows(output), (output / "views.sql").read_text()
    assert len(files(output, "quotes")) == 4
    old = on_disk(output)
    manifest = compact(output, Config(), HOUR)
    assert manifest is not None and manifest.kind == "compact"
    assert manifest.counts == {"files_before": 28, "files_after": 7}
    assert all(len(files(output, t)) == 1 for t in before)
    assert all_rows(output) == before and list(verify(output)) == []
    assert on_disk(output) == old + 7 and (output / "views.sql").read_text() != views  # the merged files stay a while
    (quotes,) = files(output, "quotes")
    ids = pq.read_table(output / quotes)["quote_id"].to_pylist()
    assert ids == sorted(ids) and len(ids) == 12
    assert compact(output, Config(), HOUR) is None
    assert compact(output, Config(), timedelta(0)) is None and on_disk(output) == 9
    summary = run([str(tmp_path / "0.jsonl")], output, Config())
    assert summary.run_id is None  # inputs are known from the checkpoint


@pytest.mark.engine
def test_compaction_keeps_to_the_day(tmp_path: Path) -> None:
    output = many_runs(tmp_path, 2)
    path = files(output, "quotes")[0]
    manifests = sorted((output / "_runs").glob("*.json"))
    for name in {f.path for m in read_manifests(output) for f in m.files if m.sequence == 1}:
        other = output / name.replace("ingest_date=", "ingest_date=1999-")
        other.parent.mkdir(exist_ok=True)
        (output / name).rename(other)
    told = parse_manifest(manifests[0].read_bytes()).model_dump_json().replace("ingest_date=", "ingest_date=1999-")
    manifests[0].write_text(manifest_text(Manifest.model_validate_json(told)))
    assert compact(output, Config(), HOUR) is None and path not in files(output, "quotes")


def test_large_files_are_left_alone_and_small_ones_fill_up(tmp_path: Path) -> None:
    from onrecord.store.care.compact import plan_compaction
    from onrecord.store.manifest import PublishedFile
    from onrecord.store.state import State

    def state(*sizes: int) -> State:
        made = [PublishedFile(table="quotes", path=f"quotes/ingest_date=d/{n}", rows=1, bytes=s) for n, s in enumerate(sizes)]
        return State(files={"quotes": made})

    def planned(*sizes: int) -> list[list[int]]:
        return [[f.bytes for f in g] for g in plan_compaction(state(*sizes), 100).get(("quotes", "d"), [])]

    assert planned(60, 10, 20, 100) == [[10, 20]]
    assert planned(40, 40, 40, 40, 40) == [[40, 40], [40, 40]]
    assert planned(60, 10) == planned() == []


def another_version(tmp_path: Path) -> str:
    """The folder of the same weights under the name of another version."""
    folder = tmp_path / "next"
    folder.mkdir()
    for file in model_folder(BUNDLED).iterdir():
        (folder / file.name).symlink_to(file)
    settings = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    (folder / "model.json").unlink()
    (folder / "model.json").write_text(json.dumps(settings | {"version": "next"}), encoding="utf-8")
    return str(folder)


@pytest.mark.engine
def test_reprocessing_replaces_rows_and_keeps_identity(tmp_path: Path) -> None:
    output = many_runs(tmp_path, 2)
    model = another_version(tmp_path)
    assert read_again(output, Config()) is None
    before = {name: rows(output, name) for name in open_tables(output)}
    manifest = read_again(output, Config(batch_documents=2, model=model))
    assert manifest is not None and manifest.counts["read_again"] == 6 and manifest.counts["failed"] == 0
    after = {name: rows(output, name) for name in open_tables(output)}
    for name in before:
        for row in before[name]:
            if "model_version" in row:
                row["model_version"] = "next"
        assert sorted(before[name], key=repr) == sorted(after[name], key=repr), name
    assert list(verify(output)) == []
    times = open_tables(output)["documents"].to_table()["ingested_at"].to_pylist()
    assert max(times) < manifest.started_at  # when an article came in does not change
    assert read_again(output, Config(model=model)) is None and manifest.model_version == "next"


@pytest.mark.engine
def test_reprocessing_since_a_day_and_one_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = many_runs(tmp_path, 2)
    config = Config(model=another_version(tmp_path))
    assert read_again(output, config, since=date(2999, 1, 1)) is None
    real = steps.article_figures
    monkeypatch.setattr(steps, "article_figures", lambda a, *rest: 1 / 0 if "361" in a.text else real(a, *rest))
    manifest = read_again(output, config, since=date(1999, 1, 1))
    assert manifest is not None and (manifest.counts["read_again"], manifest.counts["failed"]) == (5, 1)
    versions = {d["text"]: d["model_version"] for d in rows(output, "documents")}
    assert sorted(versions.values()) == [model_version()] + ["next"] * 5 and versions[text_of(11)] == model_version()
    assert [len(rows(output, t)) for t in ("figures", "quotes", "rejects")] == [12, 6, 2]
    assert list(verify(output)) == []


@pytest.mark.engine
def test_reprocessing_keeps_the_rows_of_a_document_that_takes_too_long(tmp_path: Path) -> None:
    long = "The wall.\n\n" + "“We counted them twice,” said Ada Brenn. More than 300 people left town. " * 600
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in (text_of(1), long)))
    run([str(tmp_path / "a.jsonl")], tmp_path / "out", Config())
    before = all_rows(tmp_path / "out")
    manifest = read_again(tmp_path / "out", Config(model=another_version(tmp_path), article_seconds=0.5))
    assert manifest is not None and (manifest.counts["read_again"], manifest.counts["failed"]) == (1, 1)
    versions = {d["text"]: d["model_version"] for d in rows(tmp_path / "out", "documents")}
    assert versions == {text_of(1): "next", long: model_version()}
    assert {t: len(r) for t, r in all_rows(tmp_path / "out").items()} == {t: len(r) for t, r in before.items()}


@pytest.mark.engine
def test_reprocessing_that_fails_changes_nothing_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = many_runs(tmp_path, 2)
    before = all_rows(output)
    config = Config(model=another_version(tmp_path), **SMALL)
    with monkeypatch.context() as patch, pytest.raises(RunError, match="the disk is gone") as told:
        stop_writing(patch, 1, OSError("the disk is gone"))
        read_again(output, config)
    assert told.value.__notes__ == ["what is done of it is kept, and the same command goes on from there"]
    assert all_rows(output) == before
    left = {p.name for p in output.glob("quotes/*/part-000003-*")}
    manifest = read_again(output, config)
    assert manifest is not None and left and left <= {Path(f.path).name for f in manifest.files}  # not written again
    assert list(verify(output)) == []


@pytest.mark.engine
@pytest.mark.parametrize("address", ["https://news.example/1/1", "https://m.news.example/1/1?utm_source=x", "URI", "RELATIVE"])
def test_forgotten_articles_are_gone_everywhere_and_stay_out(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = many_runs(tmp_path, 2)
    changed = {"text": f"{text_of(11)} It rained.", "url": "https://news.example/1/1"}
    elsewhere = {"text": text_of(11), "url": "https://other.example/x"}
    (tmp_path / "more.jsonl").write_text(json.dumps(changed) + "\n" + json.dumps(elsewhere) + "\n")
    run([str(tmp_path / "more.jsonl")], output, Config())
    compact(output, Config(), HOUR)  # older files still hold the article too
    monkeypatch.chdir(tmp_path)
    given = {"URI": f"{tmp_path}/1.jsonl#L2", "RELATIVE": "1.jsonl#L2"}.get(address, address)
    manifest = forget(output, given, Config(), timedelta(0))
    assert manifest.counts["documents"] == 2 and manifest.counts["appearances"] == 3
    held = b"".join(p.read_bytes() for p in output.rglob("*") if p.is_file())
    assert manifest.forgotten and b"on 11 roads" not in held
    for table in pq_tables(output):
        assert "on 11 roads" not in str(table.to_pylist())
    assert list(verify(output)) == []
    texts = {d["text"] for d in rows(output, "documents")}
    assert len(texts) == 5
    (tmp_path / "1.jsonl").write_text((tmp_path / "1.jsonl").read_text() + "\n")
    (tmp_path / "again.jsonl").write_text(json.dumps(elsewhere | {"url": "https://third.example/"}) + "\n")
    summary = run([str(tmp_path / "1.jsonl"), str(tmp_path / "again.jsonl")], output, Config())
    assert summary.counts["documents"] == 0 and summary.counts["known"] == 5
    compact(output, Config(), timedelta(0))  # and it stays so through a checkpoint
    (tmp_path / "again.jsonl").write_text(json.dumps(elsewhere | {"url": "https://fourth.example/"}) + "\n")
    assert run([str(tmp_path / "again.jsonl")], output, Config()).counts["documents"] == 0


def pq_tables(output: Path) -> list[Any]:
    return [pq.read_table(p) for p in output.rglob("*.parquet")]


@pytest.mark.engine
def test_a_reject_can_be_forgotten(tmp_path: Path) -> None:
    output = many_runs(tmp_path, 2)
    manifest = forget(output, f"{tmp_path}/1.jsonl#L4", Config(), timedelta(0))
    assert manifest.counts == {"rejects": 1} and len(rows(output, "rejects")) == 1 and list(verify(output)) == []
    (tmp_path / "1.jsonl").write_text((tmp_path / "1.jsonl").read_text() + "{oops\n")
    run([str(tmp_path / "1.jsonl")], output, Config())  # the file has changed, and is read again
    assert {r["record"] for r in rows(output, "rejects")} == {4, 5} and len(rows(output, "rejects")) == 2


def test_what_is_not_there_cannot_be_forgotten(of_one_run: Path, tmp_path: Path) -> None:
    output = Path(shutil.copytree(of_one_run, tmp_path / "out"))
    with pytest.raises(UsageError, match=r"no article with uri or url https://news\.example/none"):
        forget(output, "https://news.example/none", Config(), HOUR)
    assert len(list(read_manifests(output))) == 1 and not list((output / "_work").iterdir())


def spoil(output: Path, table: str, column: str, value: Any) -> None:
    """Change the first value of a column in a published file, and the manifest with it."""
    (name,) = files(output, table)
    data = pq.read_table(output / name)
    rows_there = data.to_pylist()
    rows_there[0][column] = value
    pq.write_table(type(data).from_pylist(rows_there, schema=data.schema), output / name, compression="zstd")
    (path,) = (output / "_runs").glob("*.json")
    manifest = parse_manifest(path.read_bytes())
    changed = [f.model_copy(update={"bytes": (output / f.path).stat().st_size}) for f in manifest.files]
    path.write_text(manifest.model_copy(update={"files": changed}).model_dump_json())


@pytest.mark.parametrize(
    ("table", "column", "value", "told"),
    [
        ("documents", "text", "other", "content_sha256 is not that of the text"),
        ("documents", "char_count", 1, "char_count is wrong"),
        ("documents", "doc_id", "x", "doc_id is not the hash"),
        ("paragraphs", "start_char", 3, "paragraphs: the text does not stand at its offsets"),
        ("quotes", "content_spans", [{"start_char": 0, "end_char": 4}], "the text does not stand at content_spans"),
        ("quotes", "speaker_start", 0, "speaker_mention does not stand at its offsets"),
        ("quotes", "cue_end", 0, "cue_text does not stand at its offsets"),
        ("quotes", "doc_id", "x", "of quotes without a document"),
        ("quotes", "speaker_id", "x", "speaker_id is no speaker of the document"),
        ("quotes", "model_version", "x", "of another model_version"),
        ("figures", "end_char", 3, "figures: the text does not stand at its offsets"),
        ("figures", "excerpt", "x", "figures: the excerpt does not stand"),
        ("appearances", "doc_id", "x", "of doc_id not in documents"),
        ("people", "speaker_id", "x", "of speaker_id not in people"),
    ],
)
def test_verify_tells_what_is_wrong(of_one_run: Path, tmp_path: Path, table: str, column: str, value: Any, told: str) -> None:
    output = Path(shutil.copytree(of_one_run, tmp_path / "out"))
    assert list(verify(output)) == []
    spoil(output, table, column, value)
    assert any(told in problem for problem in verify(output)), list(verify(output))


@pytest.mark.engine
def test_verify_tells_of_files_and_manifests(tmp_path: Path) -> None:
    output = many_runs(tmp_path, 2)
    first, second = files(output, "quotes")
    (output / first).rename(output / first.replace("part-", "part-x"))
    (output / second).write_bytes((output / second).read_bytes() + b"x")
    problems = list(verify(output))
    assert f"{first}: missing" in problems and any(p.startswith(f"{second}: ") and "bytes, not" in p for p in problems)
    assert f"{first.replace('part-', 'part-x')}: in no manifest" in problems
    sorted((output / "_runs").glob("*.json"))[0].unlink()
    assert any("run 1 is missing before it" in p for p in verify(output))
    sorted((output / "_runs").glob("*.json"))[0].write_text("{")
    assert any("cannot be read (not JSON" in p for p in verify(output))


def test_repeated_ids_are_told_of(of_one_run: Path, tmp_path: Path) -> None:
    output = Path(shutil.copytree(of_one_run, tmp_path / "out"))
    quotes = pq.read_table(output / files(output, "quotes")[0])["quote_id"].to_pylist()
    spoil(output, "quotes", "quote_id", quotes[1])
    assert any(f"1 value of quote_id in several rows, such as {quotes[1]}" in p for p in verify(output))

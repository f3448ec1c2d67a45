"""Repair: whatever is damaged, the record is whole again, and the next run brings back what was lost."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli.app import main
from onrecord.jobs.config import Config
from onrecord.jobs.repair import repair, would_repair
from onrecord.jobs.run import run
from onrecord.jobs.upkeep import compact, forget
from onrecord.store.care.verify import verify
from onrecord.store.known import Known
from onrecord.store.manifest import read_manifests
from onrecord.store.state import read_state, taken_inputs, write_checkpoint

from .conftest import all_rows
from .damaged import TABLES, WAYS, flip, garbage, make_copy, make_inputs, make_record  # noqa: F401 - fixtures

pytestmark = pytest.mark.engine


def rows_of(output: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows; how an appearance is related to its document is told anew where it was lost."""
    rows = all_rows(output)
    anew = {"relation", "of_doc_id", "version"}
    rows["appearances"] = [{k: v for k, v in r.items() if k not in anew} for r in rows["appearances"]]
    return {t: sorted(found, key=repr) for t, found in rows.items()}


def file_of(output: Path, table: str) -> Path:
    return next(output / f.path for f in read_state(output).files[table] if f.rows)


def snapshot(output: Path) -> dict[str, bytes]:
    return {str(p.relative_to(output)): p.read_bytes() for p in sorted(output.rglob("*")) if p.is_file()}


def whole_again(output: Path, inputs: Path, before: dict[str, Any]) -> list[str]:
    """Repair, and let the next run bring back what was lost; returns what repair said."""
    done = repair(output, Config())
    assert done.left == [] and done.healed and would_repair(output) == []
    run([str(inputs)], output, Config())
    assert rows_of(output) == before and would_repair(output) == []
    assert run([str(inputs)], output, Config()).run_id is None
    return done.healed


@pytest.mark.parametrize("way", ["missing", "flipped", "cut"])
@pytest.mark.parametrize("table", TABLES)
def test_a_file_of_any_table(inputs: Path, copy: Path, table: str, way: str) -> None:
    before, path = rows_of(copy), file_of(copy, table)
    WAYS[way](path)
    healed = whole_again(copy, inputs, before)
    assert any(path.name in line for line in healed)
    again = any(" new again" in line for line in healed)
    assert again == (table in ("documents", "appearances", "rejects"))
    assert way == "missing" or [*copy.glob(f"_damaged/*/{table}/*/{path.name}")]


def test_articles_are_read_again_only_of_that_day_and_ids_stay(copy: Path) -> None:
    before = all_rows(copy)
    flip(file_of(copy, "figures"))
    healed = repair(copy, Config()).healed
    assert all_rows(copy) == before and any("6 articles read again" in line for line in healed)
    assert not any("today's reading" in line for line in healed)
    assert [m.kind for m in read_manifests(copy)][-2:] == ["repair", "reprocess"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("pattern", ["_runs/000001.json", "_runs/000002.json", "_runs/checkpoints/*"])
def test_a_manifest_or_checkpoint(inputs: Path, copy: Path, pattern: str, way: str) -> None:
    before = rows_of(copy)
    path = sorted(copy.glob(pattern))[-1]
    WAYS[way](path)
    done = repair(copy, Config())
    assert done.left == [] and (done.healed or ("checkpoints" in pattern and way == "missing"))  # the manifests tell the same
    assert rows_of(copy) == before  # nothing is lost, nothing stands twice
    run([str(inputs)], copy, Config())
    assert rows_of(copy) == before and would_repair(copy) == []


@pytest.mark.parametrize("way", ["missing", "garbage"])
def test_a_manifest_in_the_middle(copy: Path, tmp_path: Path, way: str) -> None:
    """Its people were replaced since, and had replaced those of before."""
    shutil.rmtree(copy / "_runs" / "checkpoints")
    (tmp_path / "9.jsonl").write_text(json.dumps({"text": "“No boat came,” said Ola Brint."}))
    run([str(tmp_path / "9.jsonl")], copy, Config())
    before = rows_of(copy)
    WAYS[way](sorted(copy.glob("_runs/0*.json"))[1])
    assert repair(copy, Config()).left == [] and rows_of(copy) == before and would_repair(copy) == []


def test_all_manifests(inputs: Path, copy: Path) -> None:
    before = rows_of(copy)
    shutil.rmtree(copy / "_runs")
    whole_again(copy, inputs, before)


@pytest.mark.parametrize("way", ["missing", "garbage"])
@pytest.mark.parametrize("grace", [0, 1])
def test_the_manifest_of_a_merge(inputs: Path, copy: Path, grace: int, way: str) -> None:
    before = rows_of(copy)
    assert compact(copy, Config(), timedelta(hours=grace)) is not None
    shutil.rmtree(copy / "_runs" / "checkpoints")
    WAYS[way](sorted(copy.glob("_runs/0*.json"))[-1])
    assert repair(copy, Config()).left == [] and rows_of(copy) == before
    run([str(inputs)], copy, Config())
    assert rows_of(copy) == before and would_repair(copy) == []


def test_what_was_forgotten_stays_away(inputs: Path, copy: Path) -> None:
    """The hashes in the damaged manifest of a takedown are kept; where they are gone, it is said."""
    forget(copy, "https://news.example/0/0", Config(), timedelta(0))
    before = rows_of(copy)
    path = sorted(copy.glob("_runs/0*.json"))[-1]
    path.write_text(path.read_text().replace('"kind": "forget"', '"kind": "foreget"'))
    whole_again(copy, inputs, before)
    garbage(sorted(copy.glob("_runs/0*.json"))[2])
    assert any("if it was a takedown" in line for line in repair(copy, Config()).healed)


def test_lost_documents_of_a_merge_ask_for_all_inputs(inputs: Path, copy: Path) -> None:
    compact(copy, Config(), timedelta(hours=1))
    file_of(copy, "documents").unlink()
    repair(copy, Config())
    names = [str(inputs / f"{n}.jsonl") for n in range(2)]
    assert all_rows(copy)["quotes"] == [] and not list(Known.of(copy, read_state(copy)).inputs(names))
    write_checkpoint(copy, every=1)
    assert not list(Known.of(copy, read_state(copy)).inputs(names)) and not list(taken_inputs(copy))
    assert would_repair(copy) == []


def test_inputs_that_are_gone_are_told(inputs: Path, copy: Path, tmp_path: Path) -> None:
    lines = [json.dumps({"text": "“No boat came,” said Ola Brint.", "url": "https://news.example/9"})]
    (tmp_path / "9.jsonl").write_text("\n".join(lines))
    run([str(tmp_path / "9.jsonl")], copy, Config())
    (tmp_path / "9.jsonl").unlink()
    (copy / read_state(copy).files["documents"][-1].path).unlink()
    (left,) = repair(copy, Config()).left
    assert "9.jsonl" in left and "lost" in left and would_repair(copy) == []


@pytest.mark.parametrize("way", ["missing", "flipped", "garbage"])
@pytest.mark.parametrize("pattern", ["views.sql", "_index/*.seg", "_names/*.parquet", "_names/*.csv"])
def test_what_lies_beside(copy: Path, pattern: str, way: str) -> None:
    WAYS[way](sorted(copy.glob(pattern))[-1])
    before = {t: rows for t, rows in rows_of(copy).items() if t != "people"}
    done = repair(copy, Config())
    assert done.left == [] and any(pattern.split("*")[0] in line for line in done.healed)
    assert would_repair(copy) == [] and {t: rows for t, rows in rows_of(copy).items() if t != "people"} == before


def test_strays_and_state_of_others_are_set_aside(copy: Path) -> None:
    quotes = file_of(copy, "quotes")
    shutil.copy(quotes, quotes.with_name("part-000009-0123456789ab-00000.parquet"))
    (copy / "_feeds").mkdir()
    (copy / "_feeds" / "state.json").write_text("{oops")
    (copy / ".views.sql.77.tmp").write_text("half")
    (copy / "_writer.json").write_text("oops")
    before = rows_of(copy)
    assert len(would_repair(copy)) == 2
    done = repair(copy, Config())
    assert done.left == [] and rows_of(copy) == before and would_repair(copy) == []
    assert [*copy.glob("_damaged/*/quotes/*/part-000009-*")] and [*copy.glob("_damaged/*/_feeds/state.json")]
    assert not (copy / ".views.sql.77.tmp").exists()


@pytest.mark.parametrize("name", ["quotes", "_work", "_runs/checkpoints"])
def test_a_file_in_place_of_a_folder(inputs: Path, copy: Path, name: str) -> None:
    before = rows_of(copy)
    shutil.rmtree(copy / name)
    (copy / name).write_text("oops")
    done = repair(copy, Config())
    assert done.left == [] and rows_of(copy) == before and would_repair(copy) == []


@pytest.mark.parametrize("way", ["flipped", "garbage", "a folder"])
def test_the_torn_plan_of_a_stopped_run(copy: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    before = rows_of(copy)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("onrecord.store.work.Work.drop_all", interrupt)
        patch.setattr("onrecord.store.care.compact.publish", interrupt)
        compact(copy, Config(), timedelta(hours=1))
    (folder,) = (copy / "_work").iterdir()
    (folder / "plan.json").write_text('{"form": 3}')
    WAYS[way](folder / "plan.json")
    would = would_repair(copy)
    done = repair(copy, Config())
    assert done.left == [] and (way == "flipped" or (would and any("plan.json" in line for line in done.healed)))
    assert rows_of(copy) == before and would_repair(copy) == [] and not [*(copy / "_work").iterdir()]


def test_stopped_between_its_steps(inputs: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was taken out is known to be missing, also where no count tells of it."""
    from onrecord.jobs import repair as job

    before = rows_of(copy)
    file_of(copy, "document_speakers").unlink()
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(job, "_read_again", interrupt)
        repair(copy, Config())
    assert would_repair(copy) != []
    assert repair(copy, Config()).left == [] and rows_of(copy) == before and would_repair(copy) == []


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_command(copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(copy)
    assert main(["repair", str(copy)]) == 0
    assert capsys.readouterr().out == f"{copy}: nothing to repair\n" and snapshot(copy) == before
    flip(file_of(copy, "people"))
    before = snapshot(copy)
    assert main(["repair", str(copy), "--dry-run", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["healed"] == [] and "people/" in found["left"][0] and snapshot(copy) == before
    assert main(["repair", str(copy), "--wait"]) == 0
    assert "taken out" in capsys.readouterr().out
    assert main(["repair", str(tmp_path / "none")]) == 2
    assert "holds no finished run" in capsys.readouterr().err


def test_what_was_set_aside_goes_with_a_forgotten_article(copy: Path) -> None:
    flip(file_of(copy, "paragraphs"))
    assert repair(copy, Config()).left == [] and [*copy.glob("_damaged/*/paragraphs/*/*")]
    assert main(["forget", str(copy), "--uri", "https://news.example/1/0"]) == 0
    assert not (copy / "_damaged").exists() and list(verify(copy)) == []


def test_a_damaged_file_that_counts_no_more(copy: Path) -> None:
    old = file_of(copy, "quotes")
    compact(copy, Config(), timedelta(hours=1))
    before = rows_of(copy)
    flip(old)
    assert would_repair(copy) != []
    assert any(old.name in line for line in repair(copy, Config()).healed)
    assert rows_of(copy) == before and would_repair(copy) == [] and not old.exists()

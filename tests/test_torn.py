"""What a disk lost or tore of a stopped run is done again; nothing fails for ever."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.jobs import graph, upkeep
from onrecord.jobs import run as running
from onrecord.jobs.config import Config
from onrecord.jobs.engine import Engine, RunError
from onrecord.store.care.verify import verify

from .conftest import all_rows

SETTINGS = Config(micro_batch=5)  # two batches

pytestmark = pytest.mark.fault


def write_inputs(folder: Path) -> Path:
    folder.mkdir()
    for n in range(2):
        lines = [f"“We saw {n}{i} boats,” said Ann Veld. More than {n}{i}0 people fled." for i in range(2, 6)]
        (folder / f"{n}.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in lines) + "{oops\n")
    return folder


def stop_at(patch: pytest.MonkeyPatch, call: int) -> None:
    """Let the given call of the graphs that spool and extract fail."""
    real, calls = Engine.run_shares, []

    def run_shares(engine: Engine, build: Any, *args: Any) -> Any:
        if build.func in (graph.build_spool, graph.build_extract, graph.build_extract_again):
            calls.append(1)
            if len(calls) == call:
                raise RunError("the power is gone")
        return real(engine, build, *args)

    patch.setattr(Engine, "run_shares", run_shares)


def staged(output: Path, pattern: str) -> Path:
    return sorted((output / "_staging").glob(pattern))[-1]


def halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_inputs(tmp_path_factory.mktemp("torn") / "in")


@pytest.fixture(scope="module")
def clean(inputs: Path) -> dict[str, Any]:
    running.run([str(inputs)], inputs.parent / "clean", SETTINGS)
    return all_rows(inputs.parent / "clean")


@pytest.fixture
def stopped(inputs: Path, tmp_path: Path) -> Path:
    """The output folder of a run that has spooled its round and done the first of two batches."""
    template = inputs.parent / "stopped"
    if not template.exists():
        with pytest.MonkeyPatch.context() as patch, pytest.raises(RunError):
            stop_at(patch, 3)
            running.run([str(inputs)], template, SETTINGS)
    shutil.copytree(template, tmp_path / "out")
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("pattern", "tear"),
    [
        ("*/spool-*/documents-*.arrow", halved),
        ("*/spool-*/documents-*.arrow", Path.unlink),
        ("*/spool-*.json", zeros),
        ("*/batch-*/quotes-*.parquet", halved),
        ("*/batch-*.json", zeros),
        ("*/plan.json", halved),
    ],
)
def test_what_is_torn_is_done_again(
    clean: dict[str, Any], inputs: Path, stopped: Path, pattern: str, tear: Callable[[Path], Any]
) -> None:
    tear(staged(stopped, pattern))
    told: list[str] = []
    summary = running.run([str(inputs)], stopped, SETTINGS, told=told.append)
    assert all_rows(stopped) == clean and list(verify(stopped)) == []
    assert ("rolled back" if "plan" in pattern else "going on with") in told[0]
    assert len(summary.finished) == ("plan" not in pattern) and not list((stopped / "_staging").iterdir())


def test_a_torn_spool_whose_file_has_changed_is_left_to_a_later_run(clean: dict[str, Any], inputs: Path, stopped: Path) -> None:
    halved(staged(stopped, "*/spool-*/documents-*.arrow"))
    changed = inputs / "0.jsonl"
    before = changed.read_text()
    changed.write_text(before + json.dumps({"text": "“It rained,” said Bo Lund."}) + "\n")
    running.run([str(inputs)], stopped, SETTINGS)
    changed.write_text(before)
    assert len(all_rows(stopped)["documents"]) == 1 + len(clean["documents"]) and list(verify(stopped)) == []


def test_a_torn_decision_is_rolled_back(
    clean: dict[str, Any], inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    with monkeypatch.context() as patch, pytest.raises(OSError, match="no power"):
        patch.setattr("onrecord.store.staging.Staging.carry_out", lambda staging: (_ for _ in ()).throw(OSError("no power")))
        running.run([str(inputs)], output, SETTINGS)
    zeros(staged(output, "*/publish.json"))
    running.run([str(inputs)], output, SETTINGS)
    assert all_rows(output) == clean and list(verify(output)) == []


@pytest.mark.parametrize("pattern", ["*/batch-*/quotes-*.parquet", "*/plan.json"])
def test_torn_reprocessing_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str) -> None:
    output = tmp_path / "out"
    running.run([str(write_inputs(tmp_path / "in"))], output, Config())
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps({"text": "“It rained,” said Bo Lund. It rained for 20 days."}) + "\n")
    running.run([str(more)], output, Config())
    before = all_rows(output)
    with monkeypatch.context() as patch, pytest.raises(RunError):
        stop_at(patch, 2)
        upkeep.reprocess(output, SETTINGS, every=True)
    zeros(staged(output, pattern))
    manifest = upkeep.reprocess(output, SETTINGS, every=True)
    assert manifest is not None and manifest.counts["read_again"] == 9
    assert all_rows(output) == before and list(verify(output)) == []


def test_torn_caches_are_made_anew(clean: dict[str, Any], tmp_path: Path) -> None:
    inputs, output = write_inputs(tmp_path / "in"), tmp_path / "out"
    long = " ".join(f"The harbour of Tarvo has {n} piers and {n + 9} cranes." for n in range(10, 60))
    for n in range(3):
        (inputs / "2.jsonl").write_text(json.dumps({"text": f"{long} “{n} boats,” said Ann Veld."}) + "\n")
        running.run([str(inputs)], output, SETTINGS)
        for path in (*output.glob("_names/*.parquet"), *output.glob("_signatures/*.parquet")):
            (halved if n else zeros)(path)
    assert list(output.glob("_signatures/*.parquet")) and list(output.glob("_names/*.parquet"))
    assert len(all_rows(output)["documents"]) == 3 + len(clean["documents"]) and list(verify(output)) == []

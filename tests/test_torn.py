"""What a disk lost or tore of a stopped run is done again; nothing fails for ever."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from onrecord.jobs import run as running
from onrecord.jobs import upkeep
from onrecord.jobs.config import Config
from onrecord.jobs.engine import RunError
from onrecord.store.care.vacuum import vacuum
from onrecord.store.care.verify import verify

from .conftest import all_rows
from .stops import SMALL, stop_writing

SETTINGS = Config(**SMALL)

pytestmark = pytest.mark.fault


def write_inputs(folder: Path) -> Path:
    folder.mkdir()
    for n in range(2):
        lines = [f"“We saw {n}{i} boats,” said Ann Veld. More than {n}{i}0 people fled." for i in range(2, 6)]
        (folder / f"{n}.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in lines) + "{oops\n")
    return folder


def kept(output: Path, pattern: str) -> Path:
    return sorted(output.glob(pattern))[-1]


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
    """The output folder of a run that has read all and written the first of its lots."""
    template = inputs.parent / "stopped"
    if not template.exists():
        with pytest.MonkeyPatch.context() as patch, pytest.raises(RunError):
            stop_writing(patch, 2, OSError("the power is gone"))
            running.run([str(inputs)], template, SETTINGS)
    shutil.copytree(template, tmp_path / "out")
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("pattern", "tear"),
    [
        ("_work/*/documents-*.arrow", halved),
        ("_work/*/documents-*.arrow", Path.unlink),
        ("_work/*/read-*.json", zeros),
        ("quotes/*/*.parquet", halved),
        ("_index/*.seg", zeros),
        ("_work/*/written-*.json", zeros),
        ("_work/*/plan.json", halved),
    ],
)
def test_what_is_torn_is_done_again(
    clean: dict[str, Any], inputs: Path, stopped: Path, pattern: str, tear: Callable[[Path], Any]
) -> None:
    tear(kept(stopped, pattern))
    told: list[str] = []
    summary = running.run([str(inputs)], stopped, SETTINGS, told=told.append)
    assert all_rows(stopped) == clean and list(verify(stopped)) == []
    assert ("rolled back" if "plan" in pattern else "going on with") in told[0]
    assert len(summary.finished) == ("plan" not in pattern) and not list((stopped / "_work").iterdir())
    vacuum(stopped, timedelta(0))
    assert list(verify(stopped, deep=True)) == []


@pytest.mark.parametrize("pattern", ["quotes/*/part-000003-*.parquet", "_work/*/plan.json"])
def test_torn_reprocessing_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str) -> None:
    output = tmp_path / "out"
    running.run([str(write_inputs(tmp_path / "in"))], output, Config())
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps({"text": "“It rained,” said Bo Lund. It rained for 20 days."}) + "\n")
    running.run([str(more)], output, Config())
    before = all_rows(output)
    with monkeypatch.context() as patch, pytest.raises(RunError):
        stop_writing(patch, 1, OSError("the power is gone"))
        upkeep.reprocess(output, SETTINGS, every=True)
    zeros(kept(output, pattern))
    manifest = upkeep.reprocess(output, SETTINGS, every=True)
    assert manifest is not None and manifest.counts["read_again"] == 9
    assert all_rows(output) == before and list(verify(output)) == []


def test_torn_caches_are_made_anew(clean: dict[str, Any], tmp_path: Path) -> None:
    inputs, output = write_inputs(tmp_path / "in"), tmp_path / "out"
    long = " ".join(f"The harbour of Tarvo has {n} piers and {n + 9} cranes." for n in range(10, 60))
    for n in range(3):
        (inputs / "2.jsonl").write_text(json.dumps({"text": f"{long} “{n} boats,” said Ann Veld."}) + "\n")
        running.run([str(inputs)], output, SETTINGS)
        for path in (*output.glob("_names/*.parquet"), *output.glob("_index/*.seg")):
            (halved if n else zeros)(path)
    assert list(output.glob("_index/*.seg")) and list(output.glob("_names/*.parquet"))
    assert len(all_rows(output)["documents"]) == 3 + len(clean["documents"]) and list(verify(output)) == []

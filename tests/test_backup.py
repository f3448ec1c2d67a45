"""The order of copying that the documentation tells is right while runs go on, and its lock is the record's own."""

from __future__ import annotations

import fcntl
import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from onrecord.jobs.config import Config
from onrecord.jobs.engine import UsageError
from onrecord.jobs.run import run
from onrecord.jobs.upkeep import compact
from onrecord.store.care.verify import verify
from onrecord.store.lock import LOCK


def go(folder: Path, number: int) -> None:
    (folder / f"{number}.jsonl").write_text(json.dumps({"text": f"“We saw {number} boats,” said Ann Veld of Tarvo."}) + "\n")
    run([str(folder / f"{number}.jsonl")], folder / "out", Config())


@pytest.mark.engine
def test_manifests_first_then_the_rest_while_runs_and_merges_go_on(tmp_path: Path) -> None:
    go(tmp_path, 1)
    go(tmp_path, 2)
    output, backup = tmp_path / "out", tmp_path / "backup"
    shutil.copytree(output / "_runs", backup / "_runs")
    go(tmp_path, 3)
    assert compact(output, Config(), timedelta(hours=1)) is not None
    for path in output.iterdir():
        if path.name not in ("_runs", "_work", "_lock", "_writer.json"):
            (shutil.copytree if path.is_dir() else shutil.copy)(path, backup / path.name)
    newer = [p for p in verify(backup, deep=True) if not p.endswith("in no manifest") and not p.startswith("views.sql")]
    assert newer == []
    assert run([str(tmp_path / "3.jsonl")], backup, Config()).counts["documents"] == 1


@pytest.mark.engine
def test_the_lock_is_an_ordinary_flock(tmp_path: Path) -> None:
    go(tmp_path, 1)
    with open(tmp_path / "out" / LOCK, "a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(UsageError):
            go(tmp_path, 2)
    go(tmp_path, 2)

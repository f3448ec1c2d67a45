"""Manifests, checkpoints, the lock, and the order of publication."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.store.lock import StoreError, StoreLocked, locked
from onrecord.store.manifest import RUNS, Input, Manifest, PublishedFile, read_manifests, sequence_of, write_manifest
from onrecord.store.publish import decide, open_store, sweep
from onrecord.store.staging import Staging
from onrecord.store.state import CHECKPOINTS, read_state, taken_inputs, write_checkpoint

AT = datetime(2026, 10, 7, tzinfo=UTC)


def manifest(number: int, replaces: list[str] | None = None, files: int = 1) -> Manifest:
    return Manifest(
        run_id=f"{number:06d}-{'ab' * 6}",
        sequence=number,
        started_at=AT,
        finished_at=AT,
        pipeline_version="1",
        model_version="1",
        schema_version="1",
        inputs=[Input(uri=f"in/{number}", size=number, digest="d", modified=5)],
        files=[PublishedFile(table="quotes", path=f"quotes/{number}-{n}", rows=1, bytes=1) for n in range(files)],
        replaces=replaces or [],
        keep_until=AT + timedelta(hours=1),
        counts={},
    )


def test_state_is_the_same_with_and_without_checkpoints(tmp_path: Path) -> None:
    for number in range(1, 8):
        write_manifest(tmp_path, manifest(number, [f"quotes/{number - 2}-0"] if number in (4, 7) else []))
        (tmp_path / "quotes").mkdir(exist_ok=True)
        (tmp_path / "quotes" / f"{number}-0").touch()
        before = read_state(tmp_path)
        uris = [f"in/{n}" for n in range(9)]
        taken = taken_inputs(tmp_path, uris)
        if number % 2 == 0:
            assert write_checkpoint(tmp_path, every=2)
        after = read_state(tmp_path)
        assert (after.files, after.replaced, after.sequence) == (before.files, before.replaced, before.sequence)
        assert sorted(taken_inputs(tmp_path, uris), key=repr) == sorted(taken, key=repr) and len(taken) == number
    assert not write_checkpoint(tmp_path, every=2)  # only one run since the last
    assert [f.path for f in read_state(tmp_path).files["quotes"]] == [f"quotes/{n}-0" for n in (1, 3, 4, 6, 7)]
    assert [i.uri for i in taken_inputs(tmp_path, ["in/3"])] == ["in/3"]


def test_checkpoints_spare_reading_old_manifests_and_stay_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.store import state

    monkeypatch.setattr(state, "MOST_INPUT_FILES", 3)
    for number in range(1, 11):
        write_manifest(tmp_path, manifest(number))
        write_checkpoint(tmp_path, every=1)
        (tmp_path / RUNS / f"{manifest(number).run_id}.json").write_text("not read any more")
    assert read_state(tmp_path).sequence == 10
    assert len(taken_inputs(tmp_path, [f"in/{n}" for n in range(20)])) == 10
    left = [p.name for p in (tmp_path / RUNS / CHECKPOINTS).iterdir()]
    assert len([n for n in left if n.endswith(".json")]) == 2 and len([n for n in left if n.endswith(".parquet")]) <= 3


def test_runs_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for number in (2, 999_999, 1_000_000, 1):
        write_manifest(tmp_path, manifest(number))
    (tmp_path / RUNS / ".000003-x.json.tmp").write_text("{")
    assert [m.sequence for m in read_manifests(tmp_path)] == [1, 2, 999_999, 1_000_000]
    assert [sequence_of(n) for n in ("000012-ab", "notes", "12", "x-1")] == [12, 0, 0, 0]


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with locked(tmp_path):
        told: list[str] = []
        holder = subprocess.run([sys.executable, "-c", HOLD.replace("PLACE", str(tmp_path))], capture_output=True, text=True)
        assert "StoreLocked: another run is writing" in holder.stderr and f"process {os.getpid()} on" in holder.stderr
        assert "give --wait" in holder.stderr and told == []
    with locked(tmp_path):
        pass
    assert not (tmp_path / "_writer.json").exists()


HOLD = """
import pathlib, time
from onrecord.store.lock import locked
with locked(pathlib.Path("PLACE")):
    print("held", flush=True)
    time.sleep(100)
"""


def test_the_lock_of_a_dead_process_is_none(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD.replace("PLACE", str(tmp_path))], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    with pytest.raises(StoreLocked, match=f"process {holder.pid} on"), locked(tmp_path):
        pass
    holder.kill()
    holder.wait()
    assert (tmp_path / "_writer.json").exists()  # left behind, and no matter
    with locked(tmp_path):
        pass


def test_waiting_ends_with_the_other_run(tmp_path: Path) -> None:
    code = HOLD.replace("PLACE", str(tmp_path)).replace("sleep(100)", "sleep(1)")
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    told: list[str] = []
    begun = time.monotonic()
    with locked(tmp_path, wait=True, told=told.append):
        assert time.monotonic() - begun > 0.5
    assert len(told) == 1 and told[0].startswith(f"waiting: another run is writing to {tmp_path} (process {holder.pid}")
    holder.wait()


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="it is a file"), open_store(tmp_path / "file", make=True):
        pass
    with pytest.raises(StoreError, match="no finished run"), open_store(tmp_path / "none"):
        pass


@pytest.mark.parametrize("renamed", range(0, 9))
def test_a_decided_run_is_carried_out_from_wherever_it_was_cut_off(tmp_path: Path, renamed: int) -> None:
    (tmp_path / RUNS).mkdir()
    staging = Staging(tmp_path, manifest(1).run_id)
    decide(staging, {}, manifest(1, files=0), file_bytes=1, people=None)
    assert staging.decided() and read_state(tmp_path).sequence == 0
    moves = json.loads((staging.folder / "publish.json").read_text())["moves"]
    assert [m[1].split("/")[0] for m in moves] == [
        "documents", "appearances", "paragraphs", "document_speakers", "quotes", "figures", "rejects", "people",
    ]  # fmt: skip
    for source, target in moves[:renamed]:
        (tmp_path / target).parent.mkdir(parents=True, exist_ok=True)
        (staging.folder / source).rename(tmp_path / target)
    told: list[str] = []
    with open_store(tmp_path, told=told.append):
        assert read_state(tmp_path).sequence == 1 and not staging.folder.exists()
    assert "is published now" in told[0] and (tmp_path / "views.sql").exists()
    assert len(list(tmp_path.glob("*/*/*.parquet"))) == 8


@pytest.mark.parametrize("after", range(0, 10))
def test_a_run_counts_only_once_all_its_files_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    (tmp_path / RUNS).mkdir()
    staging = Staging(tmp_path, manifest(1).run_id)
    decide(staging, {}, manifest(1, files=0), file_bytes=1, people=None)
    calls, real = [], os.replace

    def replace(source: object, target: object) -> None:
        if len(calls) == after:
            raise OSError(5, "Input/output error")
        calls.append(target)
        real(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(OSError, match="Input/output"):
        staging.carry_out()
    there = len(list(tmp_path.glob("*/*/*.parquet")))
    assert there == min(after, 8)
    assert read_state(tmp_path).sequence == (1 if after == 9 else 0)  # eight files, then the manifest, then the views


def test_replaced_files_stay_for_a_while(tmp_path: Path) -> None:
    write_manifest(tmp_path, manifest(1))
    write_manifest(
        tmp_path, manifest(2, ["quotes/1-0"]).model_copy(update={"keep_until": datetime.now(UTC) + timedelta(hours=1)})
    )
    (tmp_path / "quotes").mkdir()
    for name in ("1-0", "2-0"):
        (tmp_path / "quotes" / name).touch()
    assert sweep(tmp_path) == 0 and (tmp_path / "quotes" / "1-0").exists()
    assert sweep(tmp_path, at_once=True) == 1
    assert [p.name for p in (tmp_path / "quotes").iterdir()] == ["2-0"]

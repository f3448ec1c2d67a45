"""Manifests, checkpoints, the lock, and the order of publication."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from onrecord.durable import remove_for_good
from onrecord.schemas.ids import hash_id, sha256_hex
from onrecord.store.lock import StoreError, StoreLocked, locked
from onrecord.store.manifest import RUNS, Input, Manifest, PublishedFile, read_manifests, sequence_of, write_manifest
from onrecord.store.parts import part_path, rows_to_table, write_part
from onrecord.store.publish import GaveWay, open_store, publish, sweep
from onrecord.store.segments import IndexFile
from onrecord.store.state import CHECKPOINTS, State, read_state, taken_inputs, write_checkpoint

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
        if number % 2 == 0:
            assert write_checkpoint(tmp_path, every=2)
        after = read_state(tmp_path)
        assert (after.files, after.replaced, after.sequence) == (before.files, before.replaced, before.sequence)
        assert [i.uri for i in taken_inputs(tmp_path)] == [f"in/{n}" for n in range(1, number + 1)]
    assert not write_checkpoint(tmp_path, every=2)  # only one run since the last
    assert [f.path for f in read_state(tmp_path).files["quotes"]] == [f"quotes/{n}-0" for n in (1, 3, 4, 6, 7)]


def test_checkpoints_spare_reading_old_manifests_and_stay_few(tmp_path: Path) -> None:
    for number in range(1, 11):
        write_manifest(tmp_path, manifest(number))
        write_checkpoint(tmp_path, every=1)
        (tmp_path / RUNS / f"{number:06d}.json").write_text("not read any more")
    assert read_state(tmp_path).sequence == 10
    assert len(list((tmp_path / RUNS / CHECKPOINTS).iterdir())) == 2


def test_runs_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for number in (2, 999_999, 1_000_000, 1):
        write_manifest(tmp_path, manifest(number))
    (tmp_path / RUNS / ".000003-x.json.tmp").write_text("{")
    assert [m.sequence for m in read_manifests(tmp_path)] == [1, 2, 999_999, 1_000_000]
    assert [sequence_of(n) for n in ("000012-ab", "notes", "12", "x-1")] == [12, 0, 12, 0]


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
from onrecord.durable import remove_for_good
from onrecord.schemas.ids import hash_id, sha256_hex
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


def written(output: Path, run_id: str, text: str) -> PublishedFile:
    """A file of a run with a reject, told apart by a text."""
    reject = {"reject_id": hash_id(text), "uri": text, "stage": "read", "reason": "empty", "detail": text, "rejected_at": AT}
    rows = rows_to_table("rejects", [reject | {"payload_sha256": sha256_hex(text.encode()), "run_id": run_id}])
    return write_part(output, part_path("rejects", "2026-10-07", run_id), "rejects", rows)


def of_run(name: str, base: int, **told: Any) -> Manifest:
    """A manifest as a run has it that was made from the state ``base``."""
    empty = manifest(1 + base, files=0).model_copy(update={"run_id": f"{1 + base:06d}-{hash_id(name)[:12]}", "inputs": []})
    return empty.model_copy(update=told)


def test_of_two_runs_from_one_state_both_are_published_one_after_the_other(tmp_path: Path) -> None:
    for name in ("one", "other"):
        run = of_run(name, 0)
        done = publish(tmp_path, run, [written(tmp_path, run.run_id, name)])
        assert done.sequence == {"one": 1, "other": 2}[name]
        assert publish(tmp_path, run, []) == done  # an attempt that has not heard of it
    assert [m.run_id for m in read_manifests(tmp_path)] == [of_run(n, 0).run_id for n in ("one", "other")]
    assert [f.rows for f in read_state(tmp_path).files["rejects"]] == [1, 1]


@pytest.mark.parametrize(
    ("told", "text", "why"),
    [
        ({"inputs": [Input(uri="a", size=1, digest="d")]}, "x", "has taken the same inputs"),
        ({"replaces": ["quotes/q"]}, "x", "replaces the same files"),
        ({"kind": "repair", "replaces": ["quotes/r"]}, "x", "has changed what this one was made from"),
        ({}, "one", "holds the same articles"),
    ],
)
def test_a_run_gives_way_where_another_did_the_same_meanwhile(tmp_path: Path, told: dict[str, Any], text: str, why: str) -> None:
    first = of_run("one", 0, inputs=[Input(uri="a", size=1, digest="d")], replaces=["quotes/q"])
    publish(tmp_path, first, [written(tmp_path, first.run_id, "one")])
    other = of_run("other", 0, **told)
    with pytest.raises(GaveWay, match=f"^run {first.run_id} was published meanwhile and {why}; nothing was"):
        publish(tmp_path, other, [written(tmp_path, other.run_id, text)])
    assert read_state(tmp_path).sequence == 1
    publish(tmp_path, of_run("other", 1, **told), [])  # made from what is there now, it may


def test_what_is_made_on_top_is_made_again_where_another_run_was_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.store import publish as publishing

    real, seen = publishing.take_number, list[int]()

    def take(output: Path, own: Manifest) -> bool:
        if own.run_id == of_run("other", 0).run_id and len(seen) == 1:
            assert real(output, of_run("one", 0))  # at the last moment
        return real(output, own)

    def index(state: State) -> list[IndexFile]:
        seen.append(state.sequence)
        return [*(state.index or ()), IndexFile(path=f"_index/{len(seen)}", rows={}, bytes=0, digest="")]

    monkeypatch.setattr(publishing, "take_number", take)
    done = publish(tmp_path, of_run("other", 0), [], index=index)
    assert (done.sequence, seen) == (2, [0, 1]) and [f.path for f in done.index or ()] == ["_index/2"]
    left = {p.relative_to(tmp_path).as_posix() for p in tmp_path.glob("*/*/*.parquet")}
    assert left == {f.path for files in read_state(tmp_path).files.values() for f in files}


@pytest.mark.engine
def test_many_writers_at_once(tmp_path: Path) -> None:
    """Each number is taken once, whatever the hurry."""
    with ThreadPoolExecutor(4) as writers:
        done = list(writers.map(lambda n: publish(tmp_path, of_run(f"run {n}", 0), []), range(16)))
    assert sorted(m.sequence for m in done) == list(range(1, 17)) == [m.sequence for m in read_manifests(tmp_path)]


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


def test_a_folder_that_several_remove_at_once_is_gone(tmp_path: Path) -> None:
    """As workers of a stream do, who clear away the same window."""
    for turn in range(10):
        folder = tmp_path / str(turn)
        folder.mkdir()
        for n in range(200):
            (folder / f"written-{n}.json").touch()
        with ThreadPoolExecutor(4) as threads:
            counts = list(threads.map(lambda f: remove_for_good([f]), [folder] * 4))
        assert not folder.exists() and max(counts) == 1

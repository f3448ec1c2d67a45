"""Damage is found and told in one line by every command: files lost, torn, flipped by a bit; manifests, checkpoints, caches."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from deltalake import DeltaTable

from onrecord.cli.app import main
from onrecord.store.care.verify import verify
from onrecord.store.delta.check import delta_problems
from onrecord.store.delta.mark import LOG
from onrecord.store.state import read_state

from .damaged import WAYS, make_copy, make_inputs, make_record  # noqa: F401 - fixtures

pytestmark = pytest.mark.engine


def first(output: Path, pattern: str) -> Path:
    return sorted(output.glob(pattern))[0]


@pytest.mark.parametrize(
    "pattern",
    [
        "_runs/000001.json",
        "documents",
        *(pytest.param(p, marks=pytest.mark.engine) for p in ("_runs/checkpoints/0*.json", "quotes", "people")),
    ],
)
@pytest.mark.parametrize("way", ["cut", *(pytest.param(w, marks=pytest.mark.engine) for w in ("garbage", "a folder", "missing"))])
def test_commands_tell_it_in_one_line(
    inputs: Path, copy: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], pattern: str, way: str
) -> None:
    if (pattern, way) == ("_runs/checkpoints/0*.json", "missing"):
        pytest.skip("the manifests tell the same")
    WAYS[way](first(copy, pattern) if "/" in pattern else copy / read_state(copy).files[pattern][0].path)
    out = str(tmp_path / "damaged")
    for argv in (
        ["run", str(inputs), "-o", out], ["compact", out], ["reprocess", out, "--all"], ["retry-rejects", out],
        ["forget", out, "--uri", "https://news.example/0/0"], ["report", out, "-o", str(tmp_path / "r.html")],
        ["export", out, "--table", "quotes", "--format", "csv"], ["verify", out], ["verify", out, "--deep"],
    ):  # fmt: skip
        shutil.copytree(copy, out)
        capfd.readouterr()
        status = main(argv)
        told = capfd.readouterr()
        assert status == 1 or (status == 0 and argv[0] != "verify"), argv  # a command that needs nothing of it, or replaces it
        assert "Traceback" not in told.err and "internal error" not in told.err
        if status and argv[0] != "verify":
            (line,) = [line for line in told.err.splitlines() if line.startswith("onrecord: ")]
            assert f"onrecord repair {out}" in line
        shutil.rmtree(out)


@pytest.mark.parametrize("name", ["views.sql", "_names/*.csv", "_names/*.parquet", "_index/*.seg"])
def test_a_folder_in_place_of_a_file_is_told_and_mended(
    inputs: Path, copy: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    path = sorted(copy.glob(name))[-1]
    path.unlink()
    path.mkdir()
    assert main(["run", str(inputs), "-o", str(copy)]) in (0, 1)
    assert "internal error" not in capfd.readouterr().err
    assert main(["verify", str(copy), "--deep"]) == (not name.startswith("_index"))  # which the run has made anew
    assert main(["repair", str(copy)]) == 0 and main(["verify", str(copy), "--deep"]) == 0
    assert main(["run", str(inputs), "-o", str(copy)]) == 0


def test_a_file_in_place_of_the_folder_of_a_table(inputs: Path, copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(copy / "quotes")
    (copy / "quotes").write_text("")
    assert main(["run", str(inputs), "-o", str(copy)]) in (0, 1)
    assert main(["compact", str(copy)]) in (0, 1)
    assert main(["verify", str(copy)]) == 1
    assert "internal error" not in capfd.readouterr().err


def flips(output: Path, seed: int, count: int) -> list[str]:
    """Random flips of a bit in any file that holds data or state, one at a time; those that nobody tells of."""
    rng = random.Random(seed)
    passed = {"_lock", "_writer.json", *(Path(p).name for p in read_state(output).replaced)}  # they count no more
    every = (p for p in sorted(output.rglob("*")) if p.is_file() and p.stat().st_size)
    files = [p for p in every if p.name not in passed and LOG not in p.parts]  # for these see below
    silent = []
    for _ in range(count):
        path = rng.choice(files)
        data = path.read_bytes()
        at, bit = rng.randrange(len(data)), rng.randrange(8)
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
        if not list(verify(output, deep=True)):
            silent.append(f"{path.relative_to(output)}: bit {bit} of byte {at} of {len(data)}")
        path.write_bytes(data)
    return silent


def test_no_flipped_bit_is_silent(copy: Path) -> None:
    assert flips(copy, 7, 60) == []


def test_a_flipped_bit_of_a_delta_log_is_told_or_changes_no_row(copy: Path) -> None:
    """Delta has no checksums; much of a log is told for information alone, such as what wrote it."""
    rng, state = random.Random(3), read_state(copy)
    logs = sorted((copy / "quotes" / LOG).glob("*.json"))
    published = sorted(map(repr, DeltaTable(copy / "quotes").to_pyarrow_table().to_pylist()))
    told = 0
    for _ in range(80):
        log = rng.choice(logs)
        data = log.read_bytes()
        at = rng.randrange(len(data))
        log.write_bytes(data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :])
        if list(delta_problems(copy, state)):
            told += 1
        else:
            assert sorted(map(repr, DeltaTable(copy / "quotes").to_pyarrow_table().to_pylist())) == published
        log.write_bytes(data)
    assert told > 20

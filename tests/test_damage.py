"""Damage is found and told in one line by every command: files lost, torn, flipped by a bit; manifests, checkpoints, caches."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main
from pipeline.config import Config
from pipeline.run import run
from pipeline.store.state import read_state, write_checkpoint
from pipeline.store.tables import write_views
from pipeline.store.verify import verify

from .conftest import all_rows

TABLES = ("documents", "appearances", "paragraphs", "quotes", "figures", "document_speakers", "people", "rejects")


def write_inputs(folder: Path) -> Path:
    folder.mkdir()
    for n in range(2):
        texts = [f"“We saw {n}{i} boats,” said Ann Veld of Tarvo. More than {n}{i}0 people fled." for i in range(3, 6)]
        lines = [json.dumps({"text": t, "url": f"https://news.example/{n}/{i}"}) for i, t in enumerate(texts)]
        (folder / f"{n}.jsonl").write_text("\n".join([*lines, f"{{oops {n}"]) + "\n")
    return folder


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_inputs(tmp_path_factory.mktemp("damage") / "in")


@pytest.fixture(scope="module")
def record(inputs: Path) -> Path:
    """A record of two runs with aliases, a checkpoint and a further run of nothing new."""
    output = inputs.parent / "out"
    (inputs.parent / "own.csv").write_text("alias,name\nVeld,Ann Veld\n")
    run([str(inputs / "0.jsonl")], output, Config(aliases=inputs.parent / "own.csv"))
    write_checkpoint(output, every=1)
    run([str(inputs / "1.jsonl")], output, Config())
    assert list(verify(output, deep=True)) == []
    return output


@pytest.fixture
def copy(record: Path, tmp_path: Path) -> Path:
    output = Path(shutil.copytree(record, tmp_path / "out"))
    write_views(output)  # which name the folder
    return output


def first(output: Path, pattern: str) -> Path:
    return sorted(output.glob(pattern))[0]


def flip(path: Path, at: float = 0.5, bit: int = 3) -> None:
    data = bytearray(path.read_bytes())
    data[int(len(data) * at)] ^= 1 << bit
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(300))


def become_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


WAYS: dict[str, Callable[[Path], Any]] = {
    "missing": Path.unlink, "cut": cut, "flipped": flip, "empty": empty, "garbage": garbage, "a folder": become_folder,
}  # fmt: skip


def rows_of(output: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows, but for how an appearance is related to its document, which is told anew where it was lost."""
    rows = all_rows(output)
    changing = {"relation", "of_doc_id", "version"}
    rows["appearances"] = [{k: v for k, v in r.items() if k not in changing} for r in rows["appearances"]]
    return {t: sorted(rs, key=repr) for t, rs in rows.items()}


@pytest.mark.parametrize(
    "pattern",
    ["_runs/000001-*.json", "_runs/checkpoints/0*.json", "documents", "quotes", "people"],
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
        assert "Traceback" not in told.err
        if status and argv[0] != "verify":
            (line,) = [line for line in told.err.splitlines() if line.startswith("onrecord: ")]
            assert f"onrecord repair {out}" in line
        shutil.rmtree(out)


def test_a_file_in_place_of_the_folder_of_a_table(inputs: Path, copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(copy / "quotes")
    (copy / "quotes").write_text("")
    assert main(["run", str(inputs), "-o", str(copy)]) in (0, 1)
    assert main(["compact", str(copy)]) in (0, 1)
    assert main(["verify", str(copy)]) == 1
    assert "Traceback" not in capfd.readouterr().err


def flips(output: Path, seed: int, count: int) -> list[str]:
    """Random flips of a bit in any file that holds data or state, one at a time; those that nobody tells of."""
    rng = random.Random(seed)
    passed = {"_lock", "_writer.json", *(Path(p).name for p in read_state(output).replaced)}  # they count no more
    files = [p for p in sorted(output.rglob("*")) if p.is_file() and p.stat().st_size and p.name not in passed]
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


@pytest.mark.engine
def test_no_flipped_bit_is_silent(copy: Path) -> None:
    assert flips(copy, 7, 60) == []

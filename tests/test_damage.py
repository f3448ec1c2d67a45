"""Damage is found, told in one line, and mended: files lost, torn, flipped by a bit; manifests, checkpoints and caches."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main
from pipeline.config import Config
from pipeline.repair import repair
from pipeline.run import run
from pipeline.store.state import read_state, write_checkpoint
from pipeline.store.tables import write_views
from pipeline.store.verify import verify
from pipeline.upkeep import compact

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


@pytest.mark.engine
@pytest.mark.parametrize("way", ["missing", "flipped"])
@pytest.mark.parametrize("table", TABLES)
def test_a_file_of_any_table_is_healed(record: Path, inputs: Path, copy: Path, table: str, way: str) -> None:
    before = rows_of(copy)
    path = next(copy / f.path for f in read_state(copy).files[table] if f.rows)
    WAYS[way](path)
    assert any(path.name in problem for problem in verify(copy, deep=True))
    done = repair(copy, Config())
    assert done.left == [] and any(path.name in line for line in done.healed)
    run([str(inputs)], copy, Config())
    assert rows_of(copy) == before and list(verify(copy, deep=True)) == []
    assert repair(copy, Config()).healed == []


@pytest.mark.engine
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("pattern", ["_runs/000001-*.json", "_runs/000002-*.json", "_runs/checkpoints/0*.json"])
def test_a_manifest_is_rebuilt(record: Path, inputs: Path, copy: Path, pattern: str, way: str) -> None:
    before = all_rows(copy)
    path = first(copy, pattern)
    last = pattern.startswith("_runs/000002") and way == "missing"  # nobody knows that there was such a run
    WAYS[way](path)
    done = repair(copy, Config())
    assert done.left == [] and (done.healed or "checkpoints" in pattern)
    assert last or rows_of(copy) == rows_of(record)
    run([str(inputs)], copy, Config())
    assert all_rows(copy) == before and list(verify(copy, deep=True)) == []


@pytest.mark.engine
@pytest.mark.parametrize("grace", [0, 1])
def test_the_manifest_of_a_merge_is_rebuilt(record: Path, inputs: Path, copy: Path, grace: int) -> None:
    """The files that it replaced are told by what they hold: nothing is counted twice."""
    before = all_rows(copy)
    assert compact(copy, Config(), timedelta(hours=grace)) is not None
    shutil.rmtree(copy / "_runs" / "checkpoints")
    garbage(sorted(copy.glob("_runs/0*.json"))[-1])
    assert repair(copy, Config()).left == []
    assert all_rows(copy) == before
    run([str(inputs)], copy, Config())
    assert all_rows(copy) == before and list(verify(copy, deep=True)) == []


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


def test_nothing_to_repair(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["repair", str(copy)]) == 0
    assert capsys.readouterr().out.endswith(": nothing to repair\n")
    flip(first(copy, "figures/*/*.parquet"))
    before = sorted(p for p in copy.rglob("*") if p.is_file())
    assert main(["repair", str(copy), "--dry-run"]) == 1
    assert "figures/" in capsys.readouterr().out and sorted(p for p in copy.rglob("*") if p.is_file()) == before


def test_what_is_not_known_is_set_aside(copy: Path) -> None:
    stray = first(copy, "quotes/*/*.parquet")
    shutil.copy(stray, stray.with_name("part-000009-0123456789ab-00000.parquet"))
    cut(first(copy, "_names/*.parquet"))
    (copy / "views.sql").write_text("oops")
    done = repair(copy, Config())
    assert done.left == [] and len(list(copy.glob("_damaged/*/quotes/*/part-000009-*.parquet"))) == 1


def test_what_was_set_aside_goes_with_a_forgotten_article(copy: Path) -> None:
    flip(copy / read_state(copy).files["documents"][0].path)
    assert repair(copy, Config()).left == [] and list((copy / "_damaged").rglob("*.parquet"))
    assert main(["forget", str(copy), "--uri", "https://news.example/1/0"]) == 0
    assert not (copy / "_damaged").exists()

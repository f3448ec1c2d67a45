"""A small record to damage, and the ways in which a file may be."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.store.care.verify import verify
from onrecord.store.state import write_checkpoint
from onrecord.store.tables import write_views

TABLES = ("documents", "appearances", "paragraphs", "quotes", "figures", "document_speakers", "people", "rejects")


@pytest.fixture(scope="module", name="inputs")
def make_inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repair") / "in"
    folder.mkdir()
    for n in range(2):
        texts = [f"“We saw {n}{i} boats,” said Ann Veld of Tarvo. More than {n}{i}0 people fled." for i in range(3, 6)]
        lines = [json.dumps({"text": t, "url": f"https://news.example/{n}/{i}"}) for i, t in enumerate(texts)]
        (folder / f"{n}.jsonl").write_text("\n".join([*lines, f"{{oops {n}"]) + "\n")
    return folder


@pytest.fixture(scope="module", name="record")
def make_record(inputs: Path) -> Path:
    """A record of two runs with aliases, and a checkpoint of the first."""
    output, own = inputs.parent / "out", inputs.parent / "own.csv"
    own.write_text("alias,name\nVeld,Ann Veld\n")
    run([str(inputs / "0.jsonl")], output, Config(aliases=own))
    write_checkpoint(output, every=1)
    run([str(inputs / "1.jsonl")], output, Config())
    assert list(verify(output, deep=True)) == []
    return output


@pytest.fixture(name="copy")
def make_copy(record: Path, tmp_path: Path) -> Path:
    output = Path(shutil.copytree(record, tmp_path / "out"))
    write_views(output)  # which name the folder
    return output


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 8
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garbage(path: Path) -> None:
    path.write_bytes(bytes(range(255, 0, -1)))


def become_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


WAYS: dict[str, Callable[[Path], Any]] = {
    "missing": Path.unlink, "flipped": flip, "cut": cut, "empty": lambda p: p.write_bytes(b""), "garbage": garbage,
    "a folder": become_folder,
}  # fmt: skip

"""What a command says fits what happened: nothing new, nothing there, one or many; and it asks before what is final."""

from __future__ import annotations

import ast
import json
import os
import pty
import re
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

import onrecord
from onrecord import tables
from onrecord.cli.commands import _round_line
from onrecord.cli.terminal import summary_text
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.jobs.summary import Summary
from onrecord.jobs.watch import Round, watch
from onrecord.printable import counted

from .conftest import SAMPLES

Command = Callable[..., subprocess.CompletedProcess[str]]
PLACES = ("harbour", "market", "mill", "bridge", "school", "tower", "station", "garden", "theatre", "quarry")
TEXT = "“We go on,” said Ann Veld. " + " ".join(
    f"The road by the {p} was mended in year {n} of the town." for n, p in enumerate(PLACES)
)


@pytest.mark.parametrize(
    ("number", "things", "words"),
    [
        (1, "documents", "1 document"), (0, "documents", "0 documents"), (2000, "quotes", "2,000 quotes"),
        (1, "people", "1 person"), (2, "people", "2 people"), (1, "further versions", "1 further version"),
        (1, "document_speakers", "1 document_speaker"),
    ],
)  # fmt: skip
def test_one_and_many(number: int, things: str, words: str) -> None:
    assert counted(number, things) == words


THINGS = ["articles", "columns", "corrections", "documents", "feeds", "figures", "files", "inputs", "names", "pages", "people"]
THINGS += ["quotes", "records", "rejects", "rows", "runs", "values", "words"]


def test_no_message_says_that_there_are_1_articles() -> None:
    """A number that a message tells before things stands in a call of ``counted``, unless it is a bound that does not vary."""
    bare, after_a_value = [], re.compile(rf"\}} ({'|'.join(THINGS)})\b")
    for path in Path(onrecord.__file__).parent.rglob("*.py"):
        if after_a_value.search(source := path.read_text(encoding="utf-8")) is None:
            continue
        for text in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)):
            for value, after in pairwise(text.values):
                if isinstance(value, ast.FormattedValue) and isinstance(after, ast.Constant):
                    told = re.match(rf" ({'|'.join(THINGS)})\b(?!/)", str(after.value))
                    if told and not ast.unparse(value.value).isupper():
                        bare.append(f"{path.name}:{text.lineno}: {ast.unparse(value.value)}{told[0]}")
    assert bare == []


def lines(path: Path, *articles: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(a) + "\n" for a in articles))
    return path


NONE = {"read": 3, "known": 0, "documents": 0, "appearances": 0, "quotes": 0, "figures": 0, "rejects": 0}


@pytest.mark.parametrize(
    ("counts", "relations", "first"),
    [
        ({"appearances": 3}, {"same_content": 3}, "Nothing new: every record was known already."),
        ({"rejects": 3}, {}, "Nothing new: every record was rejected."),
        ({"appearances": 1, "rejects": 2}, {"same_content": 1}, "Nothing new: every record was known already or was rejected."),
        ({"documents": 3, "appearances": 3}, {"near": 3}, "Nothing new but reprints: "),
        ({"documents": 2, "appearances": 3}, {"near": 1, "new": 1}, "documents    2 new (1 reprint among them), 1 duplicate, 0"),
        ({"documents": 2, "appearances": 2}, {"version": 2}, "documents    2 new (2 further versions among them), 0 duplicate"),
    ],
)
def test_the_summary_says_what_is_new(counts: dict[str, int], relations: dict[str, int], first: str) -> None:
    told = summary_text(Summary("000001-x", "out", NONE | counts, appearances=relations))
    assert " ".join(told.split()).startswith(" ".join(first.split())) and ("quotes" in told) == ("documents" in counts)


@pytest.mark.engine
def test_that_nothing_is_new_is_said(onrecord: Command, tmp_path: Path) -> None:
    output = tmp_path / "out"
    first = onrecord("run", lines(tmp_path / "a.jsonl", {"text": TEXT, "url": "https://a.example/1"}), "--output", output)
    assert "1 new, 0 duplicate, 0 rejected" in first.stdout and "of 1 document;" in first.stdout
    reprint = lines(tmp_path / "b.jsonl", {"text": f"{TEXT} It rained.", "url": "https://b.example/1"})
    done = onrecord("run", reprint, "--output", output)
    assert done.stdout.startswith("Nothing new but reprints:") and "1 new (1 reprint among them), 0 duplicate" in done.stdout
    done = onrecord("run", lines(tmp_path / "c.jsonl", {"text": TEXT, "url": "https://c.example/1"}), "--output", output)
    assert done.stdout.startswith("Nothing new: every record was known already.\n") and "quotes" not in done.stdout
    done = onrecord("run", lines(tmp_path / "d.jsonl", {"title": "no text"}), "--output", output)
    assert done.stdout.startswith("Nothing new: every record was rejected.\n") and "1 missing_text" in done.stdout
    both = lines(tmp_path / "e.jsonl", {"text": TEXT, "url": "https://e.example/1"}, {"title": "none"})
    assert "was known already or was rejected" in " ".join(onrecord("run", both, "--output", output).stdout.split())


def test_watch_says_that_nothing_is_there(tmp_path: Path) -> None:
    stop, rounds = threading.Event(), list[Round]()

    def report(done: Round) -> None:
        rounds.append(done)
        stop.set()

    watch([str(tmp_path / "typo")], tmp_path / "out", Config(), 0.0, stop, report)
    assert f"round 1: nothing is there yet: no input at {tmp_path}/typo (" in _round_line(rounds[0])


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, "article 1 of 3; --number 2 shows the next"),
        pytest.param(3, "article 3 of 3", marks=pytest.mark.engine),
        pytest.param(0, "article 1 of 101 or more; --number 2 shows the next", marks=pytest.mark.engine),
    ],
)
def test_show_says_how_many_articles_there_are(onrecord: Command, tmp_path: Path, number: int, told: str) -> None:
    many = lines(tmp_path / "many.jsonl", *({"text": f"It rained {n} times."} for n in range(150)))
    file = SAMPLES / "14-agency.jsonl" if number else many
    assert onrecord("show", file, "--number", number or 1).stderr == f"onrecord: {file}: {told}\n"


@pytest.mark.engine
@pytest.mark.parametrize(("answer", "flags", "left"), [("n", [], 1), ("", [], 1), ("y", [], 0), (None, ["--yes"], 0)])
def test_forget_asks_at_a_terminal(tmp_path: Path, answer: str | None, flags: list[str], left: int) -> None:
    output, uri = tmp_path / "out", "https://a.example/1"
    other = {"text": "“It snowed,” said Bo Lund.", "url": "https://b.example/2"}
    run([str(lines(tmp_path / "a.jsonl", {"text": TEXT, "url": uri}, other))], output, Config())
    command = [sys.executable, "-m", "onrecord", "forget", str(output), "--uri", uri, *flags]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    told, answered, deadline = "", answer is None, time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.2)[0]:
            try:
                told += os.read(ours, 4096).decode()
            except OSError:
                break
        if not answered and "[y/N]" in told:
            os.write(ours, f"{answer}\n".encode())
            answered = True
    assert process.wait(30) == (1 if left else 0), told
    assert ("Would forget: " in told and "Speakers of no other article: Ann Veld" in told) == (answer is not None)
    assert ("nothing was forgotten" in told) == bool(left)
    assert tables(output)["documents"].count_rows() == 1 + left

"""A quote or figure by its id: in its place, highlighted, cited; what is not there, or not unique, is said in one line."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from onrecord import tables as open_tables
from onrecord.report.passage import find_passage, show_passage

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def quote(sample_output: Path) -> dict[str, Any]:
    rows = open_tables(sample_output)["quotes"].to_table().to_pylist()
    return next(q for q in rows if q["text"].startswith("Nobody who has built anything"))


def test_a_quote_stands_in_its_place_with_its_citation(sample_output: Path, quote: dict[str, Any], onrecord: Command) -> None:
    for start in (quote["quote_id"], quote["quote_id"][:16].upper()):
        done = onrecord("find", sample_output, "--quote", start)
        told = " ".join(done.stdout.split())
        assert done.returncode == 0 and "direct Petra Vinter, Mayor [:]" in told and "840 million crowns exact" in told
        assert "Seventeen years of roadworks" not in told  # two paragraphs before
        assert done.stdout.splitlines()[-1] == (
            "Halden Post, “What readers say about the new tram”, 2026-09-24, https://post.example/tram, paragraph 7, "
            f"characters 378–422, quote {quote['quote_id']}"
        )
    wide = onrecord("find", sample_output, "--quote", quote["quote_id"], "--around", 3).stdout
    assert "Seventeen years of roadworks" in " ".join(wide.split())


def test_what_was_asked_for_stands_out(sample_output: Path, quote: dict[str, Any]) -> None:
    out = io.StringIO()
    found = find_passage(open_tables(sample_output), quote["quote_id"])
    show_passage(found, Console(file=out, force_terminal=True, color_system="standard", width=120))
    assert "\x1b[1;7;32mNobody who has built anything" in out.getvalue() and "\x1b[1;32mWere you surprised" in out.getvalue()


def test_a_figure_and_json(sample_output: Path, onrecord: Command) -> None:
    rows = open_tables(sample_output)["figures"].to_table().to_pylist()
    figure = next(f for f in rows if f["text"] == "at least 27")
    told = json.loads(onrecord("find", sample_output, "--quote", figure["figure_id"], "--json", "--around", 0).stdout)
    (paragraph,) = told["paragraphs"]
    assert told["table"] == "figures" and told["row"]["value"] == 27 and "at least 27 others" in paragraph["text"]
    assert told["citation"].endswith(f"figure {figure['figure_id']}") and "Halden Post, “Bridge that fell" in told["citation"]


@pytest.mark.parametrize(
    ("start", "line"),
    [
        ("ffff0000ffff0000", "no quote or figure with an id that begins with ffff0000ffff0000"),
        ("x1", "'x1' is no id: "), ("", "'' is no id"),
        ("6", " ids begin with 6: "),
    ],
)  # fmt: skip
def test_what_is_not_found_is_said_in_one_line(sample_output: Path, start: str, line: str, onrecord: Command) -> None:
    done = onrecord("find", sample_output, "--quote", start)
    assert done.returncode == 2 and line in done.stderr and len(done.stderr.splitlines()) == 1 and done.stdout == ""

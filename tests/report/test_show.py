"""One article in the terminal: in colours there, plain elsewhere, as JSON for programs."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from onrecord.report.terminal import show_article

from ..conftest import SAMPLES
from ..sources.pages import SAID, page

Command = Callable[..., subprocess.CompletedProcess[str]]
TEXT = "Storm ends\r\n\r\n“It rained for 12 hours,” said Ann Rees.\r\n\r\nAt least 40 people were injured, the council said.\r\n"


def test_show(onrecord: Command) -> None:
    done = onrecord("show", SAMPLES / "01-harbour-wall.txt")
    assert (
        done.returncode == 0
        and "direct Ilse Tarn" in done.stdout
        and "more than 300 person, evacuated" in " ".join(done.stdout.split())
    )


def test_what_would_steer_a_terminal_is_shown(onrecord: Command, tmp_path: Path) -> None:
    text = "“It \x1b[31mrained\x1b]0;owned\x07\u202e,” said Ann \x1b[2JRees. Some 40 \x9b2J people fled [bold]home[/bold].\n"
    (tmp_path / "x.txt").write_text(text)
    for done in (onrecord("show", tmp_path / "x.txt"), onrecord("run", tmp_path / "x.txt", "--output", tmp_path / "out")):
        assert done.returncode == 0 and not set(done.stdout) & set("\x1b\x07\x9b\u202e")
    shown = onrecord("show", tmp_path / "x.txt").stdout
    assert "␛[31mrained" in shown and "[bold]home[/bold]" in shown


def test_show_refuses_what_is_no_text(onrecord: Command, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"\x00" * 50)
    done = onrecord("show", tmp_path / "x.txt")
    assert done.returncode == 2 and "(binary)" in done.stderr


def printed(nlp: Any, text: str, **console: Any) -> str:
    out = io.StringIO()
    show_article(nlp(text), Console(file=out, **console))
    return out.getvalue()


def test_a_terminal_has_colours_and_anything_else_has_none(nlp: Any) -> None:
    coloured = printed(nlp, TEXT, force_terminal=True, color_system="standard", width=90)
    assert "\x1b[1;32mIt rained for " in coloured and "\x1b[1;33m" in coloured
    plain = printed(nlp, TEXT, width=90)
    assert "\x1b" not in plain and "␍" not in plain and all(line == line.rstrip() for line in plain.splitlines())
    lines = [" ".join(line.split()) for line in plain.splitlines()]
    assert "“It rained for 12 hours,” said Ann Rees. direct Ann Rees [said]" in lines


def test_paragraphs_are_wrapped_to_the_width(nlp: Any) -> None:
    assert all(len(line) <= 60 for line in printed(nlp, TEXT * 3, width=60).splitlines())


def test_every_format_is_shown(onrecord: Command, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page(7))
    shown = " ".join(onrecord("show", tmp_path / "a.html").stdout.split())
    assert "Brenn Courier · 2026-10-05" in shown and SAID[:20] in shown
    done = onrecord("show", SAMPLES / "14-agency.jsonl", "--number", 2)
    assert done.returncode == 0 and "Flood warning lifted" in done.stdout
    assert "Flood warning lifted" not in onrecord("show", SAMPLES / "14-agency.jsonl").stdout
    assert "Ann Rees" in onrecord("show", "-", stdin=TEXT.encode()).stdout


def test_what_cannot_be_shown_is_said_in_one_line(onrecord: Command, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("\n")
    for args, line in [
        ((SAMPLES / "14-agency.jsonl", "--number", 9), "--number 9: "), ((tmp_path,), "Is a directory"),
        ((tmp_path / "none.jsonl",), "holds no article"), ((SAMPLES / "07-drought.txt", "--number", "0"), "'0' is not a number"),
    ]:  # fmt: skip
        done = onrecord("show", *args)
        assert done.returncode == 2 and line in done.stderr and len(done.stderr.splitlines()) == 1, done.stderr


def test_an_article_in_another_language_is_shown_as_it_is(onrecord: Command) -> None:
    done = onrecord("show", SAMPLES / "12-auf-deutsch.txt")
    assert (
        done.returncode == 0
        and "language de" in done.stderr
        and "Petra Vinter" in done.stdout
        and "direct " not in done.stdout[:-60]
    )


def test_json_is_what_the_tables_would_hold(onrecord: Command, nlp: Any) -> None:
    told = json.loads(onrecord("show", SAMPLES / "01-harbour-wall.txt", "--json").stdout)
    doc = nlp((SAMPLES / "01-harbour-wall.txt").read_text(encoding="utf-8"))
    assert [q["text"] for q in told["quotes"]] == [q.text for q in doc._.quotes]
    assert [f["text"] for f in told["figures"]] == [f.text for f in doc._.figures] and told["speakers"]
    for row in told["figures"]:
        assert told["text"][row["start_char"] : row["end_char"]] == row["text"]

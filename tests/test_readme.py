"""What the README promises: its queries run and give what it prints, its Python works, its flags exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from onrecord.jobs.config import Config
from onrecord.jobs.engine import pipeline_options

README = Path("README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
QUERIES = [(sql, BLOCKS[n + 1][1] if n + 1 < len(BLOCKS) else "") for n, (kind, sql) in enumerate(BLOCKS) if kind == "sql"]


def cells(printed: str) -> list[list[str]]:
    return [[c.strip() for c in line.strip("│").split("│")] for line in printed.splitlines() if line.startswith("│")]


def test_there_are_three_queries() -> None:
    assert len(QUERIES) == 3


@pytest.mark.parametrize("n", range(3))
def test_query_gives_what_is_printed(sample_output: Path, n: int) -> None:
    sql, printed = QUERIES[n]
    con = duckdb.connect()
    con.execute((sample_output / "views.sql").read_text())
    result = con.execute(sql)
    names = [d[0] for d in result.description or []]
    found = [["NULL" if v is None else str(v) for v in row] for row in result.fetchall()]
    assert found
    if printed.startswith("┌"):
        assert cells(printed) == [names, *found]


def test_summary_is_what_a_run_prints(sample_output: Path, tmp_path: Path, onrecord: Any) -> None:
    done = onrecord("run", "tests/samples", "--output", tmp_path / "out", env={"COLUMNS": "300", "PATH": "/usr/bin:/bin"})
    printed = next(text for kind, text in BLOCKS if kind == "" and text.startswith("documents"))
    told = [" ".join(line.split()) for line in done.stdout.splitlines()]
    for line in printed.splitlines():
        words = " ".join(line.split()).removesuffix(" ...")
        assert any(t.startswith(words) for t in told), words


def test_python_example_works() -> None:
    code = next(text for kind, text in BLOCKS if kind == "python")
    names: dict[str, Any] = {}
    exec(code, names)
    assert eval("doc._.quotes[0].speaker_name", names) == "Ilse Tarn"
    assert eval("doc._.figures[0].modifier", names) == "more_than"


def test_beam_example_works(capfd: pytest.CaptureFixture[str]) -> None:
    code = next(text for kind, text in BLOCKS if kind == "python" and "beam.Pipeline()" in text)
    names: dict[str, Any] = {"options": pipeline_options(Config())}  # the engine that fetches nothing
    exec(code.replace("beam.Pipeline()", "beam.Pipeline(options=options)"), names)
    assert "Ilse Tarn We will not wait," in capfd.readouterr().out
    assert all(getattr(names["tables"], name) for name in ("quotes", "figures", "rejects"))


def test_commands_and_flags_exist(onrecord: Any) -> None:
    named = set(
        re.findall(
            r"onrecord (run|watch|verify|compact|reprocess|forget|retry-rejects|show|report|export|schema|evaluate)\b", README
        )
    )
    assert len(named) == 12
    helps = "".join(onrecord(name, "--help").stdout for name in named)
    for flag in set(re.findall(r"(?<![-\w])--[a-z]+", README.split("## Train it yourself")[0])) - {"--now"}:  # systemctl's
        assert flag in helps, flag


@pytest.mark.parametrize("kind", ["yaml", "ini", "cron"])
def test_schedules_name_commands_that_parse(kind: str) -> None:
    from onrecord.cli.app import make_parser

    blocks = [text for found, text in BLOCKS if found == kind]
    assert blocks
    commands = re.findall(r"/onrecord ((?:run|compact) [^\n>]*)", "".join(blocks))
    if kind == "yaml":
        (job,) = (yaml.safe_load(text) for text in blocks)
        container = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]
        assert container["args"][0] == "onrecord"
        commands = [" ".join(container["args"][1:])]
    assert commands
    for command in commands:
        make_parser().parse_args(command.split())

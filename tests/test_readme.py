"""What README and documentation promise: queries give what is printed, Python works, commands parse, links lead somewhere."""

from __future__ import annotations

import re
import shlex
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from apache_beam.options.pipeline_options import PipelineOptions

from onrecord.cli.app import make_parser

from .conftest import SAMPLES
from .documents import ROOT, Block, blocks, written

QUERIES = blocks("sql")
PYTHON_PAGES = sorted({b.page for b in blocks("python")})
SHELL = [(b.page, line.strip()) for b in blocks("sh") for line in b.text.replace("\\\n", " ").splitlines()]


def cells(printed: str) -> list[list[str]]:
    return [[c.strip() for c in line.strip("│").split("│")] for line in printed.splitlines() if line.startswith("│")]


def test_readme_is_one_page() -> None:
    lines = written()["README.md"].splitlines()
    assert len(lines) <= 120
    assert lines.count(".venv/bin/python -m pytest -n auto") == 1  # .ci/run reads it
    assert lines.count("./run_local.sh") == 1


@pytest.mark.parametrize("query", QUERIES, ids=lambda b: f"{b.page}-{b.number}")
def test_query_gives_what_is_printed(sample_output: Path, query: Block) -> None:
    con = duckdb.connect()
    con.execute((sample_output / "views.sql").read_text())
    result = con.execute(query.text)
    names = [d[0] for d in result.description or []]
    found = [["NULL" if v is None else str(v) for v in row] for row in result.fetchall()]
    assert found or re.search("FROM (rejects|corrections)", query.text)  # of the samples none is bad, and none corrected
    if query.following.startswith("┌"):
        assert cells(query.following) == [names, *found]


@pytest.mark.parametrize("query", [q for q in QUERIES if q.following.startswith("┌")], ids=lambda b: f"{b.page}-{b.number}")
def test_what_is_printed_has_one_order(sample_output: Path, query: Block) -> None:
    """Whatever order the tables are read in: two papers with as many quotations stand by their names."""
    con = duckdb.connect()
    con.execute((sample_output / "views.sql").read_text())
    tables = [name for (name,) in con.execute("SELECT table_name FROM information_schema.tables").fetchall()]
    found = []
    for schema, by in (("down", "DESC"), ("up", "ASC")):
        con.execute(f"CREATE SCHEMA {schema}")
        for table in tables:
            con.execute(f"CREATE TABLE {schema}.{table} AS SELECT * FROM main.{table} ORDER BY ALL {by}")
        con.execute(f"USE {schema}")
        found.append(con.execute(query.text).fetchall())
    assert found[0] == found[1]


def test_there_are_queries_with_answers() -> None:
    assert sum(q.following.startswith("┌") for q in QUERIES) >= 3


def test_summary_is_what_a_run_prints(sample_output: Path, tmp_path: Path, onrecord: Any) -> None:
    told = ("--metadata", "tests/samples/_metadata.csv")  # as run_local.sh gives it
    done = onrecord("run", "tests/samples", "--output", tmp_path / "out", *told, env={"COLUMNS": "300", "PATH": "/usr/bin:/bin"})
    (printed,) = (b.text for b in blocks("") if b.text.startswith("documents"))
    told = [" ".join(line.split()) for line in done.stdout.splitlines()]
    for line in printed.splitlines():
        words = " ".join(line.split()).removesuffix(" ...")
        assert any(t.startswith(words) for t in told), words


@pytest.mark.parametrize("page", PYTHON_PAGES)
def test_python_of_a_page_works(page: str, sample_output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its blocks run one after the other, where ``out`` is a record and ``news`` a folder of articles."""
    (tmp_path / "out").symlink_to(sample_output)
    (tmp_path / "news").symlink_to(SAMPLES)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in blocks("python"):
        lacking = [name for name in ("pandas", "polars") if name in block.text and find_spec(name) is None]  # of the extra 'dev'
        if block.page == page and not lacking:
            exec(compile(block.text, f"{page}, block {block.number}", "exec"), names)
            _check_told(block.text, names)


def test_readers_need_no_onrecord() -> None:
    """What the page on reading shows for each reader works without it."""
    page = written()["docs/read-tables.md"]
    for reader in ("DuckDB", "Polars", "pandas", "pyarrow", "Spark"):
        section = page.split(f"\n## {reader}\n")[1].split("\n## ")[0]
        assert "```py" in section and "import onrecord" not in section, reader


@pytest.mark.parametrize("block", blocks("py"), ids=lambda b: f"{b.page}-{b.number}")
def test_python_that_needs_more_is_python(block: Block) -> None:
    """What is called *py* is not run: it needs Spark, or stands in a module of the package."""
    compile(block.text, block.page, "exec")


def _check_told(code: str, names: dict[str, Any]) -> None:
    """What stands in a comment behind an expression is what it gives."""
    for line in code.splitlines():
        expression, _, told = line.partition("  # ")
        if re.match(r"doc\._\.", expression):
            assert repr(eval(expression, names)) == told, line
        if expression.startswith("print(") and told:
            assert " ".join(map(str, eval(f"[{expression[6:-1]}]", names))) == told, line


def test_expressions_are_checked() -> None:
    with pytest.raises(AssertionError):
        _check_told("doc._.x  # 'other'", {"doc": type("D", (), {"_": type("E", (), {"x": "one"})})})


COMMANDS = [
    (page, re.split(r" [|>&]| 2>", words)[0])
    for page, line in SHELL
    for words in re.findall(r"(?:^|[|&;] *|/)onrecord ([a-z].*)", line)
]


@pytest.mark.parametrize(("page", "command"), COMMANDS, ids=lambda x: str(x))
def test_command_parses(page: str, command: str) -> None:
    make_parser().parse_args(shlex.split(command, comments=True))


def test_every_command_is_shown_and_every_flag_exists(onrecord: Any) -> None:
    told = "\n".join(written().values())
    names = ("run", "watch", "stream", "verify", "compact", "reprocess", "repair", "forget", "retry-rejects", "show", "report",
             "serve", "export", "schema", "evaluate", "find", "annotate", "sample", "correct", "gold")  # fmt: skip
    helps = "".join(onrecord(name, "--help").stdout for name in names)
    assert [name for name in names if f"onrecord {name}" not in told] == []
    spans = [span for span in re.findall(r"`([^`\n]+)`", told) if span.startswith(("--", "onrecord "))]
    flags = {flag for span in spans for flag in re.findall(r"(?<![-\w])--[a-z_-]+", span)}
    assert len(flags) > 10
    beams = {f"--{name}" for name in PipelineOptions().get_all_options()}  # what runner_options may hold
    assert sorted(flag for flag in flags - {"--version"} - beams if flag not in helps) == []


@pytest.mark.parametrize("kind", ["yaml", "ini", "cron"])
def test_schedules_name_commands_that_parse(kind: str) -> None:
    texts = [b.text for b in blocks(kind) if b.page == "docs/howto/schedule.md"]
    assert texts
    commands = re.findall(r"/onrecord ((?:run|compact) [^\n>]*)", "".join(texts))
    if kind == "yaml":
        (job,) = map(yaml.safe_load, texts)
        container = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]
        assert container["args"][0] == "onrecord"
        commands = [" ".join(container["args"][1:])]
    assert commands
    for command in commands:
        make_parser().parse_args(command.split())


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_links_lead_to_files(page: str) -> None:
    """Those within the documentation are checked when it is built."""
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", written()[page]):
        assert "://" in target or (ROOT / target).exists(), target


@pytest.mark.parametrize("page", [p for p in written() if p.startswith("docs/") or p == "CONTRIBUTING.md"])
def test_files_that_are_named_exist(page: str) -> None:
    named = re.findall(r"`((?:pipeline|schemas|tests|training|benchmarks|configs|docs|\.ci)/[\w./-]+)`", written()[page])
    assert [name for name in named if not (ROOT / name).exists()] == []

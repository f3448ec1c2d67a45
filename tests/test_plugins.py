"""Formats of other packages: installed beside ours, they are read and written like these, and told of where they fail."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord import plugins, tables
from onrecord.jobs.config import Config, ConfigError, load_config
from onrecord.plugins import EXPORTERS, READERS, PluginError
from onrecord.sources import formats
from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import RawArticle

from .conftest import complaints

Command = Callable[..., subprocess.CompletedProcess[str]]

# all that a stranger writes: lines of a title and a text, and rows as they print
READER = """
import os
from onrecord.sources.formats import Reader
from onrecord.sources.records import RawArticle, Refusal, Refused

class Toy(Reader):
    suffixes = (".toy",)

    def sniff(self, head):
        return head.startswith(b"#toy")

    def read(self, file, reading):
        for number, line in enumerate(file.stream, 1):
            title, bar, text = line.decode().strip().partition("|")
            uri = f"{file.uri}#L{number}"
            if title == "boom":
                raise ZeroDivisionError("on purpose")
            if title == "end":
                raise Refused("truncated", "the end is missing")
            if bar:
                yield RawArticle(uri, text, number, title=title, publisher=str(os.getpid()), **file.given)
            elif title != "#toy":
                yield Refusal.of(Refused("missing_text", "no bar"), uri, number, line)

class Lines:
    def write(self, out, columns, rows):
        for row in rows:
            out.write("|".join(str(row[c]) for c in columns).encode() + b"\\n")
"""
TEXT = "“We will wait,” said Ann Veld."


def install(site: Path, name: str, points: str, module: str | None = None) -> Path:
    """What installing a wheel leaves: a module, and the metadata with its entry points."""
    about = site / f"{name}-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(points)
    if module is not None:
        (site / f"{name}.py").write_text(module)
    return site


def forget() -> None:
    """Look anew for what is installed."""
    for cache in (plugins._registered, plugins._loaded, plugins._every, formats._by_suffix):
        cache.cache_clear()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of packages beside those that are installed."""
    forget()
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    yield tmp_path / "site"
    sys.modules.pop("toy_reader", None)
    forget()


@pytest.fixture
def toy(site: Path) -> Path:
    points = "[onrecord.readers]\ntoy = toy_reader:Toy\n[onrecord.exporters]\ntoy = toy_reader:Lines\n"
    return install(site, "toy_reader", points, READER)


@pytest.mark.engine
def test_a_strangers_format_is_read_and_written(toy: Path, onrecord: Command, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.toy").write_text(f"Wall|{TEXT}\nno text\n")
    (news / "b.txt").write_text(f"#toy\nMoor|{TEXT} It rained.\nend\n")  # told by its first bytes
    (news / "c.dat").write_text(f"Pier|{TEXT} It snowed.\nboom\n")  # told by nothing: left out
    done = onrecord("run", news, "--output", tmp_path / "out", "--json")
    assert done.returncode == 0 and complaints(done.stderr) == [], done.stderr
    assert json.loads(done.stdout)["left_out"] == 1
    done = onrecord("run", news / "c.dat", "--output", tmp_path / "out", "--format", "toy", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    documents = tables(tmp_path / "out")["documents"].to_table().to_pylist()
    assert {Path(d["uri"]).name: d["title"] for d in documents} == {"a.toy#L1": "Wall", "b.txt#L2": "Moor", "c.dat#L1": "Pier"}
    rejects = {Path(r["uri"]).name: r for r in tables(tmp_path / "out")["rejects"].to_table().to_pylist()}
    assert {(n, r["record"]): r["reason"] for n, r in rejects.items()} == {
        ("a.toy", 2): "missing_text", ("b.txt", 3): "truncated", ("c.dat", 2): "internal_error",
    }  # fmt: skip
    assert rejects["c.dat"]["detail"].startswith("ZeroDivisionError at onrecord/sources/formats.py:")
    assert rejects["c.dat"]["detail"].endswith(", from toy_reader.py:17: on purpose")
    done = onrecord("export", tmp_path / "out", "--table", "people", "--format", "toy")
    assert "Ann Veld" in done.stdout and "|" in done.stdout


def test_what_is_registered_is_documented() -> None:
    settings = (Path(__file__).parent.parent / "configs" / "local.yaml").read_text()
    told = settings[settings.index("# How inputs are read") : settings.index("format: auto")]
    assert [name for name in READERS.names() if f"{name} (" not in told] == []


def test_it_is_listed_like_ours(toy: Path, onrecord: Command, tmp_path: Path) -> None:
    assert {"csv", "feed", "html", "json", "jsonl", "parquet", "text", "toy", "warc"} <= {*READERS.names()}
    assert EXPORTERS.names() == ["csv", "jsonl", "parquet", "toy", "xlsx"]
    assert next(iter(READERS.every())) == "toy"  # what is a stranger's is asked first
    assert f"auto, {', '.join(READERS.names())}" in " ".join(onrecord("run", "--help").stdout.split())
    assert "--format F csv, jsonl, parquet, toy, xlsx" in " ".join(onrecord("export", "--help").stdout.split())
    assert Config(format="toy").format == "toy"
    (tmp_path / "c.yaml").write_text("format: tow\n")
    with pytest.raises(ConfigError, match=r"format: no such format; there are auto, csv, .*, toy, warc, xml \(given: 'tow'\)"):
        load_config(tmp_path / "c.yaml", {})
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.png").write_bytes(b"x")
    done = onrecord("run", tmp_path / "in", "--output", tmp_path / "out")
    assert (
        ".toy, .tsv, .txt, .txz, .vtt, .wacz, .warc, .warc.zst, .wet, .xhtml, .xml, .zip, each with .gz, .bz2, .xz or .zst too"
        in done.stderr
    )


@pytest.mark.parametrize(
    ("points", "module", "args", "message"),
    [
        ("[onrecord.readers]\nbad = bad_one:Bad\n", None, ["run"], "the format 'bad' of the package bad_one cannot be loaded"),
        ("[onrecord.readers]\nbad = bad_one:Bad\n", "1 / 0", ["show"], "cannot be loaded (ZeroDivisionError: division by zero)"),
        (
            "[onrecord.readers]\ntext = bad_one:Bad\n",
            "",
            ["run"],
            "the format 'text' is registered by bad_one and onrecord",
        ),
        ("[onrecord.exporters]\ncsv = bad_one:Bad\n", "", ["export"], "'csv' is registered by bad_one and onrecord"),
    ],
)
def test_one_that_cannot_be_used_is_told_in_a_line(
    site: Path, onrecord: Command, tmp_path: Path, points: str, module: str | None, args: list[str], message: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    out = tmp_path / "out"
    if args == ["export"]:
        assert onrecord("run", tmp_path / "a.txt", "--output", out, "-q").returncode == 0
    install(site, "bad_one", points, module)
    forget()
    rest = {
        "run": [tmp_path / "a.txt", "--output", out], "show": [tmp_path / "a.txt"],
        "export": [out, "--table", "quotes", "--format", "csv"],
    }  # fmt: skip
    done = onrecord(*args, *rest[args[0]])
    assert (done.returncode, done.stdout) == (2, "") and len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("onrecord: ") and message in done.stderr, done.stderr
    assert "text" in onrecord("run", "--help").stdout and onrecord("schema").returncode == 0  # what needs none of it works


ODD = """
from datetime import datetime, timedelta, timezone
from onrecord.sources.formats import Reader
from onrecord.sources.records import RawArticle, Refusal, Refused

class Odd(Reader):
    suffixes = (".odd",)

    def sniff(self, head):
        return head.decode("ascii").startswith("#odd")

    def read(self, file, reading):
        yield RawArticle(file.uri + "#L1", "It rained.", 1)
        yield eval(file.stream.read())
        yield RawArticle(file.uri + "#L3", "It snowed.", 3)
"""
OTHER_TYPE = "TypeError at onrecord/sources/records.py:"


@pytest.mark.parametrize(
    ("yielded", "reason", "told"),
    [
        ("None", "internal_error", OTHER_TYPE),
        ("{'uri': 'u', 'text': 'It hailed.'}", "internal_error", OTHER_TYPE),
        ("RawArticle", "internal_error", OTHER_TYPE),
        ("RawArticle('u', b'It hailed.')", "internal_error", OTHER_TYPE),
        ("RawArticle('u', 'It hailed.', 2, title=5)", "internal_error", OTHER_TYPE),
        ("RawArticle('u', 'It hailed.', 2, published_at='2026-01-01')", "internal_error", OTHER_TYPE),
        ("RawArticle('u', 'It hailed.', 2**70)", "internal_error", OTHER_TYPE),
        ("RawArticle('u', 'It hailed. \\ud800')", "undecodable", "lone surrogate"),
        ("RawArticle('u\\ud800', 'It hailed.')", "undecodable", "uri: lone surrogate"),
        ("RawArticle('u', 'It \\0 hailed.')", "binary", "NUL"),
        ("RawArticle('u', ' ')", "empty", "no text"),
        ("RawArticle('u', 'hail ' * 400)", "too_long", "2000 characters"),
        ("RawArticle('u', 'It hailed.', url='http://[::1')", "bad_field", "url: 'http://[::1' cannot be parsed"),
        (
            "RawArticle('u', 'x', published_at=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))))",
            "bad_field",
            "published_at: 0001-01-01",
        ),
    ],
)
def test_what_no_table_can_hold_is_one_reject(site: Path, yielded: str, reason: str, told: str) -> None:
    install(site, "toy_reader", "[onrecord.readers]\nodd = toy_reader:Odd\n", ODD)
    found = list(read_records(io.BytesIO(yielded.encode()), "a.odd", "a.odd", Reading(max_chars=1000)))
    assert [type(r) for r in found] == [RawArticle, type(found[1]), RawArticle]
    assert (found[1].uri, found[1].record, found[1].reason) == ("a.odd", 2, reason) and told in found[1].detail


@pytest.mark.parametrize(
    ("failing", "told"),
    [("exit(7)", "SystemExit"), ("Refusal.of(Refused('my_reason', ''), 'u', 2, b'')", "'my_reason' is no reason of rejects")],
)
def test_what_fails_within_a_reader_ends_its_file_alone(site: Path, failing: str, told: str) -> None:
    install(site, "toy_reader", "[onrecord.readers]\nodd = toy_reader:Odd\n", ODD)
    first, refused = read_records(io.BytesIO(failing.encode()), "a.odd", "a.odd", Reading())
    assert isinstance(first, RawArticle) and refused.reason == "internal_error" and told in refused.detail


def test_one_that_fails_to_sniff_leaves_files_to_others(site: Path, caplog: pytest.LogCaptureFixture) -> None:
    install(site, "toy_reader", "[onrecord.readers]\nodd = toy_reader:Odd\n", ODD)
    with caplog.at_level(logging.WARNING, "onrecord"):
        texts = [list(read_records(io.BytesIO("Es schneite ö".encode()), f"{n}.txt", "", Reading())) for n in "ab"]
    assert [t.text for (t,) in texts] == ["Es schneite ö"] * 2
    (warned,) = [r.getMessage() for r in caplog.records]  # once, and not of every file
    assert warned.startswith(
        "the format 'odd' cannot tell which files are its own: UnicodeDecodeError at onrecord/sources/formats.py:"
    )


@pytest.mark.parametrize(
    ("name", "made", "message"),
    [
        ("odd", "suffixes = '.odd'", "suffixes: Input should be a valid tuple"),
        ("odd", "suffixes = (1,)", "suffixes: Input should be a valid string"),
        ("odd", "sniff = None", "sniff: Input should be callable"),
        ("odd", "def __init__(self): exit(4)", "cannot be loaded (SystemExit: 4)"),
        ("auto", "", "registers onrecord.readers under 'auto', which cannot be"),
        ("a b", "", "registers onrecord.readers under 'a b', which cannot be"),
    ],
)
def test_one_that_is_made_wrongly_is_told_before_files_are_read(site: Path, name: str, made: str, message: str) -> None:
    module = f"{ODD}\nclass Made(Odd):\n    {made or 'pass'}\n"
    install(site, "toy_reader", f"[onrecord.readers]\n{name} = toy_reader:Made\n", module)
    with pytest.raises(PluginError) as told:
        READERS.every()
    assert message in str(told.value) and "\n" not in str(told.value)


@pytest.mark.engine
def test_worker_processes_know_it_and_hand_over_their_log(toy: Path, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for n in range(401):  # more than two pieces of work
        (news / f"{n:03}.toy").write_text("boom\n" if n in (7, 300) else f"{n}|{TEXT} It rained {n} days.\n")
    command = [
        "import sys; from onrecord.diagnostics import configure; configure(1, True)",  # before Beam is imported, which logs
        "from onrecord.jobs import engine; from onrecord.cli.app import main",
        "engine.WORTH, engine.CORES = 1, 2; sys.exit(main())",
    ]
    flags = ["run", news, "--output", tmp_path / "out", "--workers", "2", "-v", "--log-json"]
    path = os.pathsep.join([str(toy), os.environ.get("PYTHONPATH", ""), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", "; ".join(command), *map(str, flags)],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    documents = tables(tmp_path / "out")["documents"].to_table(["publisher"])["publisher"].to_pylist()
    assert len(documents) == 399 and len(set(documents)) == 2  # processes that have read
    log = [json.loads(line) for line in done.stderr.splitlines()]
    broken = [row for row in log if row["message"].endswith("breaks its reader")]
    assert sorted(Path(row["uri"]).name for row in broken) == ["007.toy", "300.toy"]
    assert all("toy_reader.py" in row["traceback"] and row["level"] == "info" for row in broken)

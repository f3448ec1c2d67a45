"""Extracts: what is asked for, in a form that spreadsheets and programs read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from onrecord import tables as open_tables
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.report.export import ExportError, Filters, write_rows
from onrecord.report.exporters.csv import may_run

NEWS = [
    {"text": "“We will wait,” said Ann Veld.", "published_at": "2026-10-01", "publisher": "Brenn Courier", "title": "=1+1"},
    {"text": "“We will go,” said Bo Lund. At least 12 people were killed in Tarvo.", "published_at": "2026-10-02T09:00Z"},
    {"text": "He said that it had rained.\n\n“Nobody was asked,” Ann Veld said.", "publisher": "Tarvo Post"},
]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    (folder / "a.jsonl").write_text("".join(json.dumps(a) + "\n" for a in NEWS) + "{broken\n")
    run([str(folder / "a.jsonl")], folder / "out", Config())
    return folder / "out"


def rows(output: Path, folder: Path, table: str = "quotes", **filters: Any) -> list[dict[str, Any]]:
    target = folder / "out.jsonl"
    count = write_rows(open_tables(output), table, "jsonl", target, Filters(**filters))
    found = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert len(found) == count
    return found


@pytest.mark.parametrize("table", ["documents", "appearances", "paragraphs", "quotes", "figures", "people", "rejects"])
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_every_row_of_every_table_comes_out(output: Path, tmp_path: Path, table: str, form: Any) -> None:
    target = tmp_path / "x"
    dataset = open_tables(output)[table]
    assert write_rows(open_tables(output), table, form, target, Filters()) == dataset.count_rows() > 0
    text = target.read_bytes().decode("utf-8-sig" if form == "csv" else "utf-8")
    found = list(csv.DictReader(io.StringIO(text, newline=""))) if form == "csv" else [json.loads(r) for r in text.splitlines()]
    names = {n for n in dataset.schema.names if n != "ingest_date"}
    joined = {"person_name", "person_id", "external_id"} if table in ("quotes", "figures") else set()
    assert len(found) == dataset.count_rows() and all(r.keys() == names | joined for r in found)
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize(
    ("filters", "texts"),
    [
        ({"speaker": "veld"}, {"We will wait,", "Nobody was asked,"}), ({"speaker": "lund"}, {"We will go,"}),
        ({"text": "WILL"}, {"We will wait,", "We will go,"}), ({"publisher": "courier"}, {"We will wait,"}),
        ({"since": date(2026, 10, 2)}, {"We will go,"}), ({"until": date(2026, 10, 1)}, {"We will wait,"}),
        ({"since": date(2026, 10, 1), "speaker": "Ann"}, {"We will wait,"}), ({"speaker": "nobody"}, set()),
        ({"speaker": "he"}, {"it had rained"}),
    ],
)  # fmt: skip
def test_filters(output: Path, tmp_path: Path, filters: dict[str, Any], texts: set[str]) -> None:
    assert {q["text"] for q in rows(output, tmp_path, **filters)} == texts


def test_confidence(output: Path, tmp_path: Path) -> None:
    every = rows(output, tmp_path)
    middle = sorted(q["confidence"] for q in every)[1]
    assert [q["confidence"] >= middle for q in rows(output, tmp_path, min_confidence=middle)] == [True] * (len(every) - 1)


def test_figures_by_event_and_by_the_words_around_them(output: Path, tmp_path: Path) -> None:
    assert [f["text"] for f in rows(output, tmp_path, "figures", event="killed", text="tarvo")] == ["At least 12"]
    assert rows(output, tmp_path, "figures", text="rained") == []


def test_a_filter_that_the_table_does_not_know_is_refused(output: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="--event: the table quotes does not tell it; figures do"):
        rows(output, tmp_path, event="killed")
    with pytest.raises(ExportError, match="--min-confidence: the table rejects does not tell it; quotes, figures, people do"):
        rows(output, tmp_path, "rejects", min_confidence=0.5)
    with pytest.raises(ExportError, match="--table nothing: the tables are documents, "):
        rows(output, tmp_path, "nothing")


def test_a_spreadsheet_runs_nothing(output: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    write_rows(open_tables(output), "documents", "csv", target, Filters())
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    titles = {r["title"] for r in csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8-sig"), newline=""))}
    assert "'=1+1" in titles
    assert "=1+1" in {r["title"] for r in rows(output, tmp_path, "documents")}  # JSON lines hold what the table holds


RUN = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "﹦1", "﬩1", "−1+A1", "|cmd",
    " =1", "\u00a0=1", "\ufeff=1", "\u200b=1", "\u2060+1", '"=1', "'=1", "''=1", "' \"=1", "'\tx", "\x00=1", "-",
    "+cmd|' /C calc'!A0", "-5-A1", "+5,0",
]  # fmt: skip
SAFE = ["-5", "+12", "-0.25", "rain", "5-4", "'tis", "a=b", "", "— he said", "“=” was all", "#=1", "1e5", "'", "A\t=1"]


@pytest.mark.parametrize("text", [*RUN, *SAFE])
def test_a_text_that_could_run_is_guarded_and_can_be_given_back(text: str, tmp_path: Path) -> None:
    table = ds.dataset(pa.table({"title": [text], "number": [-5.5], "payload": [b"\xf8\x00\x00"]}))
    target = tmp_path / "x.csv"
    write_rows({"documents": table}, "documents", "csv", target, Filters())
    (row,) = csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8-sig"), newline=""))
    cell = row["title"]
    assert cell == (f"'{text}" if text in RUN else text)
    assert (cell[1:] if cell.startswith("'") and may_run(cell[1:]) else cell) == text
    assert row["number"] == "-5.5" and row["payload"] == "'+AAA"  # base64 has a plus of its own
    write_rows({"documents": table}, "documents", "jsonl", target, Filters())
    assert json.loads(target.read_text(encoding="utf-8"))["title"] == text


def test_lists_and_bytes_are_readable_in_a_cell(output: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    write_rows(open_tables(output), "quotes", "csv", target, Filters(speaker="Lund"))
    (row,) = csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8-sig"), newline=""))
    assert json.loads(row["content_spans"]) == [{"start_char": 1, "end_char": 12}] and row["published_date"] == "2026-10-02"
    assert rows(output, tmp_path, "rejects")[0]["payload"] == "e2Jyb2tlbgo="


def test_the_command(output: Path, tmp_path: Path, onrecord: Callable[..., Any]) -> None:
    done = onrecord("export", output, "--table", "quotes", "--format", "jsonl", "--speaker", "lund", "--since", "2026-10-01")
    assert done.returncode == 0 and [json.loads(r)["text"] for r in done.stdout.splitlines()] == ["We will go,"]
    done = onrecord("export", output, "--table", "quotes", "--format", "csv", "-o", tmp_path / "q.csv")
    assert done.stdout == f"{tmp_path / 'q.csv'}: 4 quotes\n"
    done = onrecord("export", output, "--table", "quotes", "--format", "csv", "--speaker", "nobody")
    assert done.returncode == 0 and "no row of quotes" in done.stderr


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["--table", "quotes", "--format", "xls"], "invalid choice: 'xls'"),
        (["--table", "quotes", "--format", "csv", "--since", "May"], "'May' is not a day such as 2026-10-01"),
        (["--table", "quotes", "--format", "csv", "--min-confidence", "90"], "'90' is not a number from 0 to 1"),
        (["--table", "figures", "--format", "csv", "--event", "eaten"], "--event eaten: the events are killed, injured, "),
        (["--table", "quote", "--format", "csv"], "--table quote: the tables are"),
        (["--table", "quotes"], "give --format, or an --output that ends in its name; the formats are csv, jsonl, parquet, xlsx"),
        (["--table", "quotes", "-o", "q.doc"], "give --format"),
        (["--table", "quotes", "--format", "csv", "--columns", "text,who"], "--columns who: the columns are quote_id, "),
        (["--table", "quotes", "--format", "csv", "--columns", "text,,"], "is not a list of names such as speaker_name,text"),
        (["--table", "speakers", "--format", "csv", "--cite"], "--cite: rows that tell no article cannot be cited"),
        (["--table", "outlets", "--format", "csv", "--speaker", "x"], "--speaker: the table outlets does not tell it"),
    ],
)
def test_wrong_usage_is_said_in_one_line(output: Path, args: list[str], line: str, onrecord: Callable[..., Any]) -> None:
    done = onrecord("export", output, *args)
    assert done.returncode == 2 and line in done.stderr and len(done.stderr.splitlines()) == 1

"""The forms of an extract: the order of columns, people joined, citations, views, types, and nothing that runs."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from benchmarks.invented import write_record
from onrecord import tables as open_tables
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.report.asked import open_views, view_names
from onrecord.report.export import Filters, Shape, write_rows
from onrecord.report.exporters import xlsx
from onrecord.store.tables import derived_views

NEWS = [
    {"text": "“We will wait,” said Ann Veld, the minister.", "published_at": "2026-10-01", "publisher": "Brenn Courier",
     "title": "=1+1", "url": "https://courier.example/1"},
    {"text": "A. Veld is a minister.\n\n“We will go,” the minister, A. Veld, said. At least 12 people were killed in Tarvo."},
]  # fmt: skip
ALIASES = "alias,name,external_id\nA. Veld,Ann Veld,Q17\nAnn Veld,Ann Veld,Q17\n"
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    (folder / "a.jsonl").write_text("".join(json.dumps(a) + "\n" for a in NEWS))
    (folder / "aliases.csv").write_text(ALIASES)
    run([str(folder / "a.jsonl")], folder / "out", Config(aliases=folder / "aliases.csv"))
    return folder / "out"


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of an extract in any form."""
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    if path.suffix == ".xlsx":
        head, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
        return [dict(zip(head, row, strict=True)) for row in rows]
    if path.suffix == ".csv":
        return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_every_form_tells_the_same_in_the_order_expected(output: Path, tmp_path: Path, onrecord: Command, form: str) -> None:
    target = tmp_path / f"q.{form}"
    done = onrecord("export", output, "--table", "quotes", "-o", target, "--cite")
    assert done.stdout == f"{target}: 2 quotes\n" and done.stderr == ""
    found = sorted(read(target), key=lambda r: str(r["text"]))
    assert list(found[0])[:6] == ["speaker_name", "text", "title", "publisher", "published_date", "url"]
    assert list(found[0])[6:10] == ["citation", "person_name", "person_id", "external_id"] and "quote_id" in found[0]
    assert [r["speaker_name"] for r in found] == ["A. Veld", "Ann Veld"]
    assert [r["person_name"] for r in found] == ["Ann Veld"] * 2 and found[0]["person_id"] == found[1]["person_id"] != ""
    assert [r["external_id"] for r in found] == ["Q17"] * 2
    start = "Brenn Courier, “=1+1”, 2026-10-01, https://courier.example/1, paragraph 2, characters 7–20, quote "
    assert found[1]["citation"] == f"{start}{found[1]['quote_id']}"


def test_a_citation_leads_back_to_the_words(output: Path, tmp_path: Path) -> None:
    write_rows(open_tables(output), "figures", "jsonl", tmp_path / "f.jsonl", Filters(), Shape(("citation", "doc_id", "text")))
    (row,) = read(tmp_path / "f.jsonl")
    place = row["citation"].split("characters ")[1].split(",")[0]
    start, end = map(int, place.split("–"))
    texts = {d["doc_id"]: d["text"] for d in open_tables(output)["documents"].to_table().to_pylist()}
    assert texts[row["doc_id"]][start:end] == row["text"] == "At least 12"
    assert list(row) == ["citation", "doc_id", "text"] and row["citation"].startswith(
        "paragraph 2, characters "
    )  # no outlet is told


def test_types(output: Path, tmp_path: Path) -> None:
    for form in ("parquet", "xlsx"):
        write_rows(open_tables(output), "quotes", form, tmp_path / f"q.{form}", Filters(publisher="Brenn"))
    table = pq.read_table(tmp_path / "q.parquet")
    own = open_tables(output)["quotes"].schema
    assert all(table.schema.field(n).type == own.field(n).type for n in table.column_names if n in own.names)
    (row,) = read(tmp_path / "q.xlsx")
    assert row["published_date"] == datetime(2026, 10, 1) and isinstance(row["confidence"], float)
    assert row["published_at"] == datetime(2026, 10, 1) and isinstance(row["paragraph_index"], int)
    assert json.loads(row["content_spans"]) == table["content_spans"][0].as_py()
    sheet = openpyxl.load_workbook(tmp_path / "q.xlsx").active
    column = [c.value for c in sheet[1]].index("published_date") + 1
    assert sheet.cell(2, column).number_format == "yyyy-mm-dd" and sheet.freeze_panes == "A2"


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "{=1}", "http://a.example", "\x1b[0m", "0012"])
def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path, text: str) -> None:
    table = ds.dataset(pa.table({"title": [text], "number": [-5.5], "told": [True], "nothing": [float("nan")]}))
    write_rows({"documents": table}, "documents", "xlsx", tmp_path / "x.xlsx", Filters())
    (cells,) = openpyxl.load_workbook(tmp_path / "x.xlsx").active.iter_rows(min_row=2)
    told = {c.value if not isinstance(c.value, str) else c.data_type for c in cells[1:]}
    assert (cells[0].data_type, told) == ("s", {-5.5, True, "s"})
    assert cells[0].value.replace("_x001B_", "\x1b") == text


def test_a_workbook_goes_on_on_another_sheet_and_says_what_it_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    table = ds.dataset(
        pa.table({"name": list(range(7)), "published_date": [date(1066, 10, 14)] * 7, "text": ["a" * 40_000] + ["b"] * 6})
    )
    assert write_rows({"documents": table}, "documents", "xlsx", tmp_path / "x.xlsx", Filters()) == 7
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    rows = [list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book]
    assert [[r[0] for r in rs] for rs in rows] == [[0, 1, 2], [3, 4, 5], [6]] and all(s["A1"].value == "name" for s in book)
    assert rows[0][0][1] == "1066-10-14" and len(rows[0][0][2]) == xlsx.MOST_CHARS and "1 texts are longer" in caplog.text


@pytest.mark.parametrize("form", ["xlsx", *(pytest.param(f, marks=pytest.mark.engine) for f in ("csv", "jsonl", "parquet"))])
def test_standard_output(output: Path, tmp_path: Path, form: str) -> None:
    command = [sys.executable, "-m", "onrecord", "export", str(output), "--table", "people", "--format", form, "-o", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    (tmp_path / f"p.{form}").write_bytes(done.stdout)
    assert {r["name"] for r in read(tmp_path / f"p.{form}")} == {"Ann Veld"} and done.stderr == b""


def test_views(output: Path, tmp_path: Path, onrecord: Command) -> None:
    names = view_names(derived_views())
    assert {"speakers", "unique_quotes", "claims", "first_said", "who_quotes_whom", "latest_documents"} <= set(names)
    tables = open_tables(output)
    with open_views(tables, derived_views()) as views:
        for name in names:
            write_rows(tables, name, "jsonl", tmp_path / f"{name}.jsonl", Filters(), views=views)
    (speaker,) = read(tmp_path / "speakers.jsonl")
    assert (speaker["name"], speaker["documents"], speaker["quotes"]) == ("Ann Veld", 2, 2)
    assert list(read(tmp_path / "unique_quotes.jsonl")[0])[:3] == ["speaker_name", "text", "title"]
    done = onrecord("export", output, "--table", "unique_quotes", "--format", "csv", "--cite", "--publisher", "courier",
                    "--columns", "text,times_printed", env={"TZ": "Asia/Tokyo", "PATH": "/usr/bin:/bin"})  # fmt: skip
    (row,) = csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff")))
    assert row["text"] == "We will wait," and row["times_printed"] == "1" and "2026-10-01" in row["citation"]


@pytest.mark.engine
@pytest.mark.parametrize(
    ("table", "form"), [("quotes", "xlsx"), ("quotes", "parquet"), ("quotes", "csv"), ("unique_quotes", "jsonl")]
)
def test_memory_does_not_grow_with_the_record(tmp_path: Path, table: str, form: str) -> None:
    code = (
        "import resource, sys; from onrecord.cli.app import main; main(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)"
    )
    peaks = []
    for number in (2_000, 20_000):
        write_record(tmp_path / f"{number}", number)
        args = ["export", tmp_path / f"{number}", "--table", table, "--cite", "-o", tmp_path / f"x.{form}", "-q"]
        done = subprocess.run([sys.executable, "-c", code, *map(str, args)], capture_output=True, text=True, check=True)
        peaks.append(int(done.stderr))
    assert peaks[1] < peaks[0] + 150, peaks  # MiB

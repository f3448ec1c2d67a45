"""Tables grow: older records have null in newer columns, newer records are read as far as they are known, or refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord import tables as open_tables
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.jobs.upkeep import reprocess, upgrade
from onrecord.reading.version import rules_version
from onrecord.schemas import FIGURES, PARAGRAPHS, QUOTES, SCHEMA_VERSION, TABLES, Table
from onrecord.schemas.base import Row, since_of
from onrecord.schemas.versions import FIRST, added, parse_version
from onrecord.store.care.verify import verify
from onrecord.store.manifest import NewerRecord, read_manifests
from onrecord.store.parts import as_declared, misfit
from onrecord.store.seal import sealed, unsealed
from onrecord.store.state import read_state, write_checkpoint
from onrecord.store.tables import write_views
from onrecord.transforms.read import outdated

from .conftest import rows

RECORDS = Path(__file__).parent / "fixtures" / "records"
RELEASED = Path(__file__).parent / "fixtures" / "released_tables.json"
ROOT = Path(__file__).parent.parent
NEW = "“We came back to Halden,” said Oda Brenn. More than 40 people followed."
Command = Callable[..., Any]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record of the first version of the tables."""
    return Path(shutil.copytree(RECORDS / "people-unmerged", tmp_path / "record"))


def written_by(record: Path, schema_version: str, **changes: Any) -> None:
    """Let the newest run of a record be one of a version of the tables."""
    path = max((record / "_runs").glob("*.json"))
    manifest = unsealed(path.read_bytes()) | {"schema_version": schema_version} | changes
    path.write_text(sealed({k: v for k, v in manifest.items() if v is not None}))


def test_released_versions_stay_as_they_are() -> None:
    """A column that comes now belongs to the next version: files that are out say that they have those of theirs.

    At a release the tables are stored: ``python -m tests.test_schemas``.
    """
    released = json.loads(RELEASED.read_text(encoding="utf-8"))
    for version, stored in released.items():
        now = {name: _columns(t, version) for name, t in TABLES.items() if parse_version(t.since) <= parse_version(version)}
        assert now == stored, f"the tables of {version} are released: a new column is one of a later version"


def _columns(table: Table, version: str) -> dict[str, str]:
    return {field.name: str(field.type) + ("?" if field.nullable else "") for field in table.arrow_at(version)}


def test_versions_are_ordered_by_their_numbers() -> None:
    assert parse_version("1") == parse_version("1.0") < parse_version("1.9") < parse_version("1.10") < parse_version("2.0")
    for wrong in ("", "one", "1.x", "-1", "1.0.0"):
        with pytest.raises(ValueError, match="is no version"):
            parse_version(wrong)
    assert parse_version(SCHEMA_VERSION) == max(parse_version(t.version) for t in TABLES.values())


def test_columns_that_came_later_say_so_and_may_be_null() -> None:
    """A column that does not say since when it is there would be missed in records that are older than it."""
    for name, table in TABLES.items():
        first = next((RECORDS / "people" / name).rglob("*.parquet"), None)
        if first is None:
            assert table.since != FIRST
            continue
        of_old = pq.read_schema(first)
        assert {f.name for f in table.arrow if since_of(f) == FIRST} == set(of_old.names), name
        assert all(table.arrow.field(f.name).equals(f) for f in of_old), name
        assert all(f.nullable for f in table.arrow if since_of(f) != FIRST), name
        assert misfit(of_old, table) is None

    class Wrong(Row):
        number: int = added("1.9", "A number.")

    with pytest.raises(TypeError, match="column number came later: its type has to admit None"):
        _ = Table("wrong", Wrong, ("number",)).arrow


def test_files_have_the_columns_of_their_version() -> None:
    told = {b"schema_version": b"1.0"}
    now, old = QUOTES.arrow, QUOTES.arrow_at("1.0")
    assert misfit(now, QUOTES) is None and misfit(old.with_metadata(told), QUOTES) is None
    assert misfit(pa.schema(reversed(list(now)), now.metadata), QUOTES) is None  # by name, in any order
    without = now.remove(now.get_field_index("rules_version"))
    more = now.append(pa.field("mood", pa.string()))
    other = now.set(0, pa.field(now.names[0], pa.int64()))
    for schema in (without, more, other, old.remove(0).with_metadata(told)):
        assert misfit(schema, QUOTES) == "not the schema of quotes"
    assert misfit(more.with_metadata({"schema_version": "1.99"}), QUOTES) is None
    assert misfit(without.with_metadata({"schema_version": "1.99"}), QUOTES) == "not the schema of quotes"
    assert misfit(now.with_metadata({"schema_version": "2.0"}), QUOTES) == "schema_version is 2.0, not 1.x"
    assert misfit(now.with_metadata(None), QUOTES) == "schema_version is ''"
    row = as_declared(pa.table({"doc_id": ["d"], "mood": ["glad"]}), FIGURES.arrow).to_pylist()[0]
    assert list(row) == FIGURES.arrow.names and [n for n, v in row.items() if v is not None] == ["doc_id"]


@pytest.mark.engine
def test_older_files_are_null_in_newer_columns(record: Path) -> None:
    write_views(record)
    con = duckdb.connect()
    con.execute((record / "views.sql").read_text())

    def both(table: str) -> list[str | None]:
        """The rules_version of each row, as the datasets and as the views tell it."""
        told = [r["rules_version"] for r in open_tables(record)[table].to_table().to_pylist()]
        con.execute((record / "views.sql").read_text())
        assert sorted(map(str, told)) == sorted(str(v) for (v,) in con.execute(f"SELECT rules_version FROM {table}").fetchall())
        return told

    assert set(both("quotes")) == {None} and set(both("documents")) == {None}
    (record.parent / "new.txt").write_text(NEW)
    run([str(record.parent / "new.txt")], record, Config())
    for table in ("documents", "quotes", "figures"):
        assert {*both(table)} == {None, rules_version()}, table
    assert con.execute("SELECT count(*) FROM unique_quotes").fetchall() == [(34,)]
    assert [d[:2] for d in con.execute("DESCRIBE documents").fetchall()][-2:] == [("run_id", "VARCHAR"), ("ingest_date", "DATE")]
    assert con.execute("SELECT typeof(content_spans), typeof(published_at) FROM quotes LIMIT 1").fetchall() == [
        ("STRUCT(start_char INTEGER, end_char INTEGER)[]", "TIMESTAMP WITH TIME ZONE")
    ]
    newest = list(read_manifests(record))[-1]
    assert (newest.schema_version, newest.rules_version) == (SCHEMA_VERSION, rules_version())
    assert {f.version for f in newest.files if f.table == "quotes"} == {QUOTES.version} != {PARAGRAPHS.version}
    assert list(verify(record)) == []


def test_what_other_rules_or_another_model_have_read_is_out_of_date() -> None:
    read_by = {"model_version": ["m", "m", "m", "n"], "rules_version": [rules_version(), "0-of-old", None, rules_version()]}
    assert outdated(pa.table(read_by), "m").to_pylist() == [False, True, True, True]  # whichever code it was


def test_an_older_record_is_read_again_with_its_rules(record: Path) -> None:
    lines: list[str] = []
    manifest = reprocess(record, Config(), told=lines.append)
    assert manifest is not None and manifest.counts["read_again"] == 5 and manifest.rules_version == rules_version()
    brought, line = lines
    assert brought.startswith("the index of the record was missing")
    assert line.startswith("5 articles are out of date: read by ")
    assert line.endswith(f"rules that have no version, not {rules_version()}")  # and perhaps another model
    for table in ("documents", "quotes", "figures"):
        assert {r["rules_version"] for r in rows(record, table)} == {rules_version()}
    assert list(verify(record)) == [] and reprocess(record, Config(), told=lines.append) is None and len(lines) == 2


READ = [["verify"], ["verify", "--deep"], ["forget", "--dry-run"], ["export"], ["report"]]
WRITE = [["run"], ["repair"], ["compact"], ["reprocess"], ["retry-rejects"], ["forget"]]
WATCH = pytest.param(["watch"], False, marks=pytest.mark.engine, id="watch")  # has a process of its own


def given(command: list[str], record: Path) -> list[str]:
    """The command with what it needs."""
    name, *flags = command
    uri = rows(RECORDS / "people-unmerged", "documents")[0]["uri"]
    needs = {
        "run": [str(record.parent), "--output", str(record)],
        "watch": [str(record.parent), "--output", str(record)],
        "forget": [str(record), "--uri", uri],
        "export": [str(record), "--table", "quotes", "--format", "csv", "-o", str(record.parent / "q.csv")],
        "report": [str(record), "-o", str(record.parent / "r.html")],
    }
    return [name, *needs.get(name, [str(record)]), *flags]


@pytest.mark.parametrize(
    ("command", "checkpoint"),
    [
        *(pytest.param(c, False, id=" ".join(c)) for c in (*READ, *WRITE, ["repair", "--dry-run"])),
        *(pytest.param(c, True, id=f"{c[0]}, checkpoint") for c in (["verify"], ["run"], ["repair"], ["export"])),
        WATCH,
    ],
)
def test_a_newer_major_version_is_refused(command: list[str], checkpoint: bool, record: Path, onrecord: Command) -> None:
    if checkpoint:
        write_checkpoint(record, every=1)
        path = max((record / "_runs" / "checkpoints").glob("*.json"))
        path.write_text(sealed({"schema_version": "2.0", "whatever": unsealed(path.read_bytes())}))
    else:
        written_by(record, "2.0", files=None, counts=None)  # of a form that is not known here
    before = {p: p.read_bytes() for p in record.rglob("*") if p.is_file()}
    done = onrecord(*given(command, record))
    assert done.returncode == 2, done.stderr
    assert done.stderr == (
        "onrecord: the record was written by a newer version of Onrecord (schema_version 2.0; this one reads up to 1.x); "
        "update onrecord\n"
    )
    assert {p: p.read_bytes() for p in record.rglob("*") if p.is_file() and p.name != "_lock"} == before


@pytest.mark.parametrize("version", [1, ["1.0"], "", "1.0.3"])
def test_a_version_that_is_none_is_damage(version: Any, record: Path, onrecord: Command) -> None:
    written_by(record, version)
    done = onrecord("verify", record)
    assert done.returncode == 1 and "cannot be read (" in done.stdout and done.stderr == ""


@pytest.mark.parametrize("command", [*READ, *WRITE], ids=" ".join)
def test_a_newer_minor_version_is_read_and_not_written_to(command: list[str], record: Path, onrecord: Command) -> None:
    written_by(record, "1.99", mood="glad")
    before = {p: p.read_bytes() for p in record.rglob("*") if p.is_file()}
    done = onrecord(*given(command, record))
    if command in READ:
        # what is kept beside the tables is made anew by the next command that writes
        assert done.returncode == 0 or all(line.startswith("_names") for line in done.stdout.splitlines()[:-1]), done.stdout
        assert done.stderr == ""
    else:
        assert done.returncode == 2 and done.stderr == (
            "onrecord: the record was written by a newer version of Onrecord (schema_version 1.99; this one writes "
            f"{SCHEMA_VERSION}, and would drop what is new); update onrecord\n"
        )
    assert {p: p.read_bytes() for p in record.rglob("*") if p.is_file() and p.name != "_lock"} == before


def test_a_run_that_an_earlier_version_had_decided_is_published(record: Path) -> None:
    staging = record / "_staging" / "000002-0123456789ab"
    staging.mkdir(parents=True)
    earlier = unsealed(max((record / "_runs").glob("*.json")).read_bytes())
    (moved,) = [f for f in earlier["files"] if f["table"] == "rejects"]
    target = moved["path"].replace("000001", "000002")
    shutil.copy(record / moved["path"], staging / "rejects.parquet")
    manifest = earlier | {"run_id": staging.name, "sequence": 2, "files": [moved | {"path": target}], "inputs": []}
    (staging / "publish.json").write_text(sealed({"moves": [["rejects.parquet", target]], "manifest": manifest}))
    told: list[str] = []
    assert upgrade(record, Config(), told=told.append) is not None
    assert told[0] == f"run {staging.name} had been stopped while it was publishing; it is published now"
    assert [m.kind for m in read_manifests(record)] == ["run", "run", "upgrade"] and (record / target).exists()
    assert not (record / "_staging").exists()


def test_a_run_decided_by_a_newer_version_is_left_to_it(record: Path) -> None:
    staging = record / "_staging" / "000002-0123456789ab"
    staging.mkdir(parents=True)
    manifest = unsealed(max((record / "_runs").glob("*.json")).read_bytes()) | {"schema_version": "1.99", "sequence": 2}
    (staging / "publish.json").write_text(sealed({"moves": [], "manifest": manifest}))
    with pytest.raises(NewerRecord, match=r"1\.99"):
        run([str(record.parent)], record, Config())
    assert (staging / "publish.json").exists() and read_state(record).sequence == 1


GROWN = {
    "quotes.py": ("    continues: str | None", '    mood: str | None = added("1.90", "How it was said.")\n'),
    "figures.py": ("    malformed: bool", '    digits: list[int] | None = added("1.90", "Its digits.")\n'),
    "documents.py": ("    title_added: bool", '    desk: str | None = added("1.91", "The desk.")\n'),
}  # fmt: skip
TABLE = '''"""Notes."""

from pydantic import Field

from .base import Row, Table


class Note(Row):
    """A note on an article."""

    doc_id: str = Field(description="The document.")
    note: str = Field(description="What is noted.")


NOTES = Table("notes", Note, ("doc_id", "note"), since="1.92")
'''
# every command over the record of argv[1], with the tables of the copy
EVERY = '''
import sys
from pathlib import Path
import duckdb
import onrecord
from onrecord.cli.app import main
from onrecord.schemas import SCHEMA_VERSION
from onrecord.store.manifest import read_manifests

record, here = Path(sys.argv[1]), Path(sys.argv[2])
old = len(list(read_manifests(record)))

def does(*args, status=0):
    found = main([str(a) for a in args])
    assert found == status, (args, found)

def told():
    """The new columns as datasets and views tell them, by table; all is well otherwise."""
    tables = onrecord.tables(record)
    con = duckdb.connect()
    con.execute((record / "views.sql").read_text())
    for table, column in (("quotes", "mood"), ("figures", "digits"), ("documents", "desk")):
        values = tables[table].to_table()[column].to_pylist()
        assert values and set(values) == {None}, (table, values)
        assert con.execute(f"SELECT {column} FROM {table}").fetchall() == [(None,)] * len(values), table
    assert con.execute("SELECT * FROM notes").fetchall() == [] == tables["notes"].to_table().to_pylist()
    return {t: d.count_rows() for t, d in tables.items()}

assert SCHEMA_VERSION == "1.92"
assert set(onrecord.tables(record)["quotes"].to_table()["mood"].to_pylist()) == {None}
does("verify", record)
does("report", record, "-o", here / "before.html")
does("export", record, "--table", "quotes", "--format", "csv", "-o", here / "before.csv")
does("export", record, "--table", "notes", "--format", "csv", "-o", here / "notes.csv")
assert "mood" in (here / "before.csv").read_text(encoding="utf-8-sig").splitlines()[0]
does("repair", record)  # nothing is damaged: views are made anew, of old files alone
before = told()
does("retry-rejects", record)
does("run", here / "new.txt", "--output", record)
grown = told()
assert grown["documents"] == before["documents"] + 1 and grown["quotes"] > before["quotes"]
does("compact", record, "--grace", "0s")
assert told() == grown
uri = onrecord.tables(record)["documents"].to_table()["uri"].to_pylist()[0]
does("forget", record, "--uri", uri, "--dry-run")
does("forget", record, "--uri", uri)
assert told()["documents"] == grown["documents"] - 1
does("reprocess", record, "--all")
quotes = Path(onrecord.tables(record)["quotes"].files[0])
quotes.write_bytes(quotes.read_bytes()[:-9])
does("repair", record)
told()
does("verify", record, "--deep")
does("report", record, "-o", here / "after.html")
does("schema", "quotes")
does("show", here / "new.txt")
runs = list(read_manifests(record))[old:]
assert len(runs) >= 5 and {m.schema_version for m in runs} == {"1.92"}
'''


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to import onrecord from, whose tables have grown: three columns, each a change of one file, and a table."""
    package = tmp_path_factory.mktemp("grown") / "onrecord"
    package.mkdir()
    for path in (ROOT / "pipeline").iterdir():
        if path.name not in ("schemas", "__pycache__"):
            (package / path.name).symlink_to(path)
    shutil.copytree(ROOT / "schemas", package / "schemas")
    for name, (before, column) in GROWN.items():
        file = package / "schemas" / name
        text = (
            file.read_text()
            .replace(before, column + before, 1)
            .replace("\nfrom pydantic", "\nfrom .versions import added\nfrom pydantic", 1)
        )
        assert column in text
        file.write_text(text)
    (package / "schemas" / "notes.py").write_text(TABLE)
    init = package / "schemas" / "__init__.py"
    text = init.read_text().replace("PEOPLE, CORRECTIONS)", "PEOPLE, CORRECTIONS, NOTES)")
    init.write_text(text.replace("from .quotes", "from .notes import NOTES\nfrom .quotes", 1))
    return package.parent


@pytest.mark.engine
@pytest.mark.parametrize("name", ["people-unmerged", "people"])
def test_every_command_works_over_an_older_record(name: str, grown: Path, tmp_path: Path, onrecord: Command) -> None:
    record = Path(shutil.copytree(RECORDS / name, tmp_path / "record"))
    (tmp_path / "new.txt").write_text(NEW)
    command = [sys.executable, "-c", EVERY, record, tmp_path]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(grown)}, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "mood" in done.stdout and "Since 1.90; null in older files." in done.stdout
    # and this version reads what that one wrote, as far as it knows it, and leaves it as it is
    assert list(verify(record, deep=True)) == []
    assert "mood" not in open_tables(record)["quotes"].schema.names and open_tables(record)["quotes"].count_rows()
    for command in READ:
        uri = rows(record, "documents")[0]["uri"]
        args = given(command, record)
        assert onrecord(*(uri if a.startswith("/") and "forget" in args and a == args[3] else a for a in args)).returncode == 0
    assert onrecord("compact", record).returncode == 2


if __name__ == "__main__":
    known = json.loads(RELEASED.read_text(encoding="utf-8")) if RELEASED.exists() else {}
    known[SCHEMA_VERSION] = {name: _columns(t, SCHEMA_VERSION) for name, t in TABLES.items()}
    RELEASED.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")

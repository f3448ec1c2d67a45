"""The views for analyses count what the tables hold, of newest versions alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.invented import write_record
from onrecord import tables as open_tables

Row = dict[str, Any]
Ask = Callable[[str], list[Row]]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of two runs; the second holds a new version of an article of the first, and one wording of it again."""
    folder = tmp_path_factory.mktemp("analyses") / "out"
    write_record(folder, 320, runs=2)
    first, second = (next((folder / "documents").rglob(f"part-{n:06d}-*")) for n in (1, 2))
    rows = pq.read_table(second).to_pylist()
    rows[0] |= {"article_id": pq.read_table(first)["article_id"][0].as_py(), "version": 2}
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(second)), second)
    early, late = (next((folder / "quotes").rglob(f"part-{n:06d}-*")) for n in (1, 2))
    quotes, again = pq.read_table(late).to_pylist(), pq.read_table(early).to_pylist()[100]
    quotes[0] |= {"text_key": again["text_key"], "text": again["text"]}
    pq.write_table(pa.Table.from_pylist(quotes, schema=pq.read_schema(late)), late)
    return folder


@pytest.fixture(scope="module")
def ask(output: Path) -> Ask:
    db = duckdb.connect()
    db.execute((output / "views.sql").read_text())

    def rows(sql: str) -> list[Row]:
        found = db.execute(sql)
        names = [d[0] for d in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    return rows


@pytest.fixture(scope="module")
def newest(output: Path) -> dict[str, list[Row]]:
    """Quotes and figures of newest versions, as the tables have them."""
    tables = open_tables(output)
    documents = tables["documents"].to_table().to_pylist()
    last = {d["article_id"]: d["version"] for d in sorted(documents, key=lambda d: d["version"])}
    kept = {d["doc_id"] for d in documents if d["version"] == last[d["article_id"]]}
    assert len(kept) == len(documents) - 1
    return {t: [r for r in tables[t].to_table().to_pylist() if r["doc_id"] in kept] for t in ("quotes", "figures")}


def test_newest_versions(ask: Ask, newest: dict[str, list[Row]]) -> None:
    for table, id_ in (("quotes", "quote_id"), ("figures", "figure_id")):
        assert {r[id_] for r in ask(f"SELECT {id_} FROM latest_{table}")} == {r[id_] for r in newest[table]}


def test_months(ask: Ask, newest: dict[str, list[Row]]) -> None:
    months = Counter(q["published_date"].replace(day=1) for q in newest["quotes"])
    direct = Counter(q["published_date"].replace(day=1) for q in newest["quotes"] if q["type"] == "direct")
    rows = ask("SELECT * FROM quotes_by_month")
    assert {r["month"]: (r["quotes"], r["direct"]) for r in rows} == {m: (n, direct[m]) for m, n in months.items()}
    assert all(r["direct"] + r["mixed"] + r["indirect"] == r["quotes"] and r["documents"] <= r["quotes"] for r in rows)


def test_outlets(ask: Ask, newest: dict[str, list[Row]]) -> None:
    counts, speakers = Counter(q["publisher"] for q in newest["quotes"]), defaultdict(set)
    for q in newest["quotes"]:
        speakers[q["publisher"]].add(q["speaker_id"])
    rows = ask("SELECT * FROM outlets")
    assert {r["publisher"]: (r["quotes"], r["speakers"]) for r in rows} == {p: (n, len(speakers[p])) for p, n in counts.items()}
    assert sum(r["documents"] for r in rows) == len({q["doc_id"] for q in newest["quotes"]})


def test_who_quotes_whom(ask: Ask, output: Path, newest: dict[str, list[Row]]) -> None:
    people = {p["speaker_id"]: p for p in open_tables(output)["people"].to_table().to_pylist()}
    counts: Counter[tuple[str, str]] = Counter()
    days: dict[tuple[str, str], list[date]] = defaultdict(list)
    for q in newest["quotes"]:
        key = q["publisher"], people[q["speaker_id"]]["name"]
        counts[key] += 1
        days[key].append(q["published_date"])
    rows = ask("SELECT * FROM who_quotes_whom")
    told = {(r["publisher"], r["name"]): (r["quotes"], r["first_day"], r["last_day"]) for r in rows}
    assert told == {key: (n, min(days[key]), max(days[key])) for key, n in counts.items()}


def test_gender(ask: Ask, newest: dict[str, list[Row]]) -> None:
    rows = ask("SELECT * FROM gender_share")
    genders = Counter(q["speaker_gender"] for q in newest["quotes"])
    assert (sum(r["women"] for r in rows), sum(r["men"] for r in rows)) == (genders["female"], genders["male"])
    for r in rows:
        assert r["women"] + r["men"] + r["others"] > 0
        assert r["share_of_women"] == pytest.approx(r["women"] / (r["women"] + r["men"]), abs=5e-4)


def test_claims(ask: Ask, newest: dict[str, list[Row]]) -> None:
    groups = defaultdict(list)
    for f in newest["figures"]:
        groups[f["event"], f["place"]].append(f["value"])
    rows = ask("SELECT * FROM claims")
    assert len(rows) == len(newest["figures"])
    for r in rows:
        values = groups[r["event"], r["place"]]
        assert (r["claims"], r["least"], r["most"]) == (len(values), min(values), max(values))


def test_first_said(ask: Ask, newest: dict[str, list[Row]]) -> None:
    wordings = defaultdict(list)
    for q in newest["quotes"]:
        wordings[q["text_key"]].append(q)
    rows = ask("SELECT * FROM first_said")
    assert len(rows) == len(wordings) < len(newest["quotes"])
    for r in rows:
        every = sorted(wordings[r["text_key"]], key=lambda q: (q["published_at"], q["quote_id"]))
        told = (r["quote_id"], r["first_day"], r["last_day"], r["documents"])
        assert told == (
            every[0]["quote_id"],
            every[0]["published_date"],
            every[-1]["published_date"],
            len({q["doc_id"] for q in every}),
        )
    assert max(r["documents"] for r in rows) == 2

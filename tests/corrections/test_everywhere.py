"""A correction of each kind, made by the command, by a file and in the page, is seen by every reader, lasts, and is undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord import tables as open_tables
from onrecord.store.care.verify import verify

from ..conftest import all_rows
from .kinds import KINDS, flags, is_shown, lines, people_of, row_of, sent
from .readers import by_datasets, exported, reported, same_everywhere, served

Row = dict[str, Any]
Command = Callable[..., Any]


def all_are_seen(onrecord: Command, folder: Path, page: Any, target: Path) -> None:
    """Every kind of correction is seen by every reader."""
    same_everywhere(folder)
    html, quotes = reported(onrecord, folder, target)
    for kind in KINDS:
        if kind.what == "person":
            continue
        id_ = row_of(folder, kind)[f"{kind.what}_id"]
        shown = {r[f"{kind.what}_id"]: r for r in by_datasets(folder, f"{kind.what}s")}
        assert is_shown(kind, shown.get(id_)), kind.name
        assert is_shown(kind, exported(onrecord, folder, f"{kind.what}s").get(id_)), kind.name
        article = page.get(f"/api/articles/{row_of(folder, kind)['doc_id']}").json()
        assert is_shown(kind, {r[f"{kind.what}_id"]: r for r in article[f"{kind.what}s"]}.get(id_)), kind.name
        if kind.what == "quote":
            answer = page.get(f"/api/quotes/{id_}")
            found = answer.json() if answer.status_code == 200 else None
            assert is_shown(kind, found and found | {"speaker_name": found["speaker"], "speaker_role": found["role"]}), kind.name
            told = quotes.get(id_[:12])
            assert is_shown(kind, told and told | {"speaker_name": told.get("name"), "speaker_role": told.get("role")}), kind.name
    people = people_of(folder)
    assert people["Otto Lund"] == people["Ann Velden"] != people["Ann R. Velden"]
    assert page.get(f"/api/speakers/{people['Otto Lund']}").json()["names"] == {"Otto Lund": 1, "Ann Velden": 1}
    assert page.get("/api/quotes?by=Tarn").json()["count"] == 4  # one more
    assert page.get("/api/events?event=trapped").json() == [] == page.get("/api/figures?event=killed").json()
    assert [f["value"] for f in page.get("/api/figures?event=injured").json()] == [50.0]
    assert "Ann Velden" in html  # the fuller name of the two that are one


def by_command(onrecord: Command, folder: Path, page: Any, tmp_path: Path) -> None:
    for kind in KINDS:
        done = onrecord("correct", folder, "--by", "M. Kern", "--why", "they said so", *flags(folder, kind))
        assert done.returncode == 0, done.stderr


def by_file(onrecord: Command, folder: Path, page: Any, tmp_path: Path) -> None:
    rows = [line for kind in KINDS for line in lines(folder, kind)]
    (tmp_path / "c.csv").write_text("\n".join(["what,id,column,value,by,why", *rows]), encoding="utf-8")
    done = onrecord("correct", folder, "--file", tmp_path / "c.csv")
    assert done.returncode == 0, done.stderr


def by_page(onrecord: Command, folder: Path, page: Any, tmp_path: Path) -> None:
    for kind in KINDS:
        answer = page.post("/api/corrections", json=sent(folder, kind))
        assert answer.status_code == 200, answer.text


@pytest.mark.engine
@pytest.mark.timeout(900)
@pytest.mark.parametrize("way", [by_command, by_file, by_page], ids=lambda w: w.__name__)
def test_every_kind_every_reader(
    way: Callable[..., None], record: Path, onrecord: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, read = all_rows(record), {n: d.to_table() for n, d in open_tables(record, as_read=True).items()}
    before_people = people_of(record)
    assert before_people["Ann R. Velden"] == before_people["Ann Velden"] != before_people["Otto Lund"]
    page = served(record, tmp_path / "cache", monkeypatch)
    way(onrecord, record, page, tmp_path)
    page.app.state.site.refresh()
    all_are_seen(onrecord, record, page, tmp_path / "r.html")
    told = page.get("/api/corrections").json()
    assert {t["by"] for t in told} == {"M. Kern"} and len(told) == len(KINDS) and all(t["at"] for t in told)
    after = open_tables(record, as_read=True)
    for table in ("documents", "document_speakers", "quotes", "figures"):  # what was read stays
        assert after[table].to_table().equals(read[table]), table
    assert list(verify(record, deep=True)) == []

    corrected = all_rows(record)
    assert onrecord("reprocess", record, "--all").returncode == 0
    assert onrecord("compact", record, "--grace", "0s").returncode == 0
    page.app.state.site.refresh()
    all_are_seen(onrecord, record, page, tmp_path / "r.html")
    assert all_rows(record) == corrected and list(verify(record, deep=True)) == []

    for n, kind in enumerate(KINDS):
        id_ = next(t["id"] for t in told if kind_of(record, t) == kind.name)
        if way is by_page:
            assert page.post(f"/api/corrections/{id_}/undo", json={"by": "Ada Quist"}).status_code == 200
        else:
            assert onrecord("correct", record, "--undo", id_[:12], "--by", "Ada Quist").returncode == 0
        if n == 5:
            same_everywhere(record)
    shown = all_rows(record)
    assert {t["undone_by"] for t in page.get("/api/corrections").json()} <= {"Ada Quist", None}
    assert {n: r for n, r in shown.items() if n != "corrections"} == {n: r for n, r in before.items() if n != "corrections"}
    same_everywhere(record)
    page.app.state.site.refresh()
    assert page.get("/api/quotes?most=100").json()["count"] == len(before["quotes"])
    assert people_of(record) == before_people and list(verify(record)) == []


def kind_of(record: Path, told: Row) -> str:
    for kind in KINDS:
        if kind.what == "person":
            if told["verdict"] == kind.verdict:
                return kind.name
        elif told["row_id"] == row_of(record, kind)[f"{kind.what}_id"]:
            return kind.name
    raise AssertionError(told)


def test_a_file_of_every_kind(record: Path, onrecord: Command, tmp_path: Path) -> None:
    """As above, in one commit, and by datasets and views."""
    by_file(onrecord, record, None, tmp_path)
    same_everywhere(record)
    for kind in KINDS:
        if kind.what != "person":
            shown = {r[f"{kind.what}_id"]: r for r in by_datasets(record, f"{kind.what}s")}
            assert is_shown(kind, shown.get(row_of(record, kind)[f"{kind.what}_id"])), kind.name
    people = people_of(record)
    assert people["Otto Lund"] == people["Ann Velden"] != people["Ann R. Velden"]

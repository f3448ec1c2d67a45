"""Correcting by the JSON and in the pages: for who has the token alone, seen at once, taken back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord import tables as open_tables

from ..corrections.conftest import ferry_record as ferry_record
from ..corrections.readers import served

pytestmark = pytest.mark.engine

Row = dict[str, Any]


@pytest.fixture(scope="module")
def folder(ferry_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(ferry_record, tmp_path_factory.mktemp("served") / "out"))


@pytest.fixture(scope="module")
def page(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        yield served(folder, tmp_path_factory.mktemp("cache"), patch)


def quote(folder: Path, words: str) -> Row:
    (row,) = [q for q in open_tables(folder, as_read=True)["quotes"].to_table().to_pylist() if words in q["text"]]
    return row


def test_seen_at_once_and_taken_back(page: Any, folder: Path) -> None:
    id_ = quote(folder, "he was relieved")["quote_id"]
    body = {"quote": id_, "changes": {"speaker": "Ilse Tarn", "words": "relieved"}, "why": "she said it"}
    answer = page.post("/api/corrections", json=body)
    assert answer.status_code == 200, answer.text
    (told,) = answer.json()["corrections"]
    assert {c["column"]: c["right"] for c in told["changes"]}["speaker_name"] == "Ilse Tarn" and told["why"] == "she said it"
    shown = page.get(f"/api/quotes/{id_}").json()
    assert (shown["speaker"], shown["text"]) == ("Ilse Tarn", "relieved")
    assert page.get("/api/quotes?q=relieved&by=Tarn").json()["count"] == 1 == page.get("/api/quotes?q=relieved").json()["count"]
    assert page.get("/api/quotes?q=%22he+was+relieved%22").json()["count"] == 0
    article = page.get(f"/article/{shown['doc_id']}").text
    assert "put right by a person" in page.get("/?q=relieved").text
    assert "→ <bdi>Ilse Tarn</bdi>" in article and f'data-id="{told["id"]}">Take back' in article
    assert page.post(f"/api/corrections/{told['id']}/undo", json={}).status_code == 200
    assert page.get(f"/api/quotes/{id_}").json()["speaker"] == "Otto Lund"
    assert page.get("/api/quotes?q=%22he+was+relieved%22").json()["count"] == 1
    assert "Take back" not in page.get(f"/article/{shown['doc_id']}").text
    assert "by a person" not in page.get("/?q=relieved").text


def test_what_is_refused(page: Any, folder: Path) -> None:
    id_ = quote(folder, "he was relieved")["quote_id"]
    for body, why in (
        ({"quote": id_, "figure": id_, "verdict": "none"}, "give one of quote, figure and person"),
        ({"verdict": "none"}, "give one of quote, figure and person"),
        ({"quote": "f" * 32, "verdict": "none"}, f"no quote has the id {'f' * 32}; ids stand in quotes.quote_id"),
        ({"quote": id_, "changes": {"type": "loud"}}, "type 'loud': one of direct, mixed, indirect"),
        ({"quote": id_, "changes": {"value": "12"}},
         "value: of a quote, speaker, role, kind, gender, type, words, act, cue_class, cue_polarity can be corrected"),
        ({"person": ["Ilse Tarn", "Nobody"], "verdict": "one"}, "nobody is called 'Nobody' in this record; "
         "names stand in document_speakers.name"),
    ):  # fmt: skip
        answer = page.post("/api/corrections", json=body)
        assert (answer.status_code, answer.json()) == (400, {"detail": why})
    assert page.post("/api/corrections", json={"quote": id_, "verdict": "maybe"}).status_code == 422
    assert page.post("/api/corrections/ffffffff/undo", json={}).status_code == 400
    assert [t for t in page.get("/api/corrections").json() if t["undone_at"] is None] == []


def test_nobody_corrects_without_the_token(page: Any, folder: Path) -> None:
    from fastapi.testclient import TestClient

    id_ = quote(folder, "We can afford it")["quote_id"]
    body = {"quote": id_, "verdict": "none"}
    stranger = TestClient(page.app, base_url="http://127.0.0.1:8400")
    for headers in ({}, {"Authorization": "Bearer a-tokem"}, {"Cookie": "onrecord=a-tokem"}):
        assert stranger.get("/api/corrections", headers=headers).status_code == 403
        assert stranger.post("/api/corrections", json=body, headers=headers).status_code == 403
        assert stranger.post(f"/api/corrections/{id_}/undo", json={}, headers=headers).status_code == 403
    other = page.post("/api/corrections", json=body, headers={"Origin": "http://evil.example"})
    assert other.status_code == 403 and page.get(f"/api/quotes/{id_}").status_code == 200


def test_a_record_that_can_be_read_only(samples: Any, sample_output: Path) -> None:
    own = open_tables(sample_output)["quotes"].to_table().to_pylist()[0]
    answer = samples.post("/api/corrections", json={"quote": own["quote_id"], "verdict": "accept"})
    assert (answer.status_code, answer.json()["detail"]) == (400, "this record can be read only")
    assert "dialog" not in samples.get(f"/article/{own['doc_id']}").text


def test_names(page: Any, folder: Path) -> None:
    person = page.get("/api/speakers?name=Lund").json()[0]["person_id"]
    answer = page.post("/api/corrections", json={"person": ["Otto Lund", "A. Velden"], "verdict": "one"}).json()
    assert page.get(f"/api/speakers/{answer['person_id']}").json()["names"] == {"Otto Lund": 2, "A. Velden": 1}
    shown = page.get(f"/speaker/{answer['person_id']}").text
    assert 'data-other="A. Velden"' in shown or 'data-other="Otto Lund"' in shown
    assert page.post(f"/api/corrections/{answer['corrections'][0]['id']}/undo", json={}).json()["person_id"] == person


def test_the_index_made_anew_is_the_same(page: Any, folder: Path) -> None:
    """Corrections come into an index that is there, and into one that is made; a later run changes neither."""
    for words, body in (
        ("It was a long week", {"changes": {"speaker": "Ilse Tarn"}}),
        ("the plan reckless", {"verdict": "none"}),
    ):
        assert page.post("/api/corrections", json={"quote": quote(folder, words)["quote_id"], **body}).status_code == 200
    site = page.app.state.site
    before = page.get("/api/quotes?most=100").json()
    site.index.path.unlink()
    site.refresh()
    assert page.get("/api/quotes?most=100").json()["count"] == before["count"]
    assert {q["quote_id"]: q["speaker"] for q in page.get("/api/quotes?most=100").json()["quotes"]} == {
        q["quote_id"]: q["speaker"] for q in before["quotes"]
    }

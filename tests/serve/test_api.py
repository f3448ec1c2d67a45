"""What the JSON answers is what the tables hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onrecord import tables as open_tables

Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows(invented_output: Path) -> list[Row]:
    """The quotes of the invented record."""
    return open_tables(invented_output)["quotes"].to_table().to_pylist()


def found(client: Any, **asked: object) -> list[str]:
    """The ids of all quotes that are found, page by page."""
    ids: list[str] = []
    after: int | None = None
    while True:
        answer = client.get("/api/quotes", params={**asked, "most": 100, **({"after": after} if after is not None else {})})
        assert answer.status_code == 200, answer.text
        told = answer.json()
        ids += [q["quote_id"] for q in told["quotes"]]
        after = told["next"]
        if after is None:
            assert told["count"] == len(ids) == len(set(ids))
            return ids


ASKED: list[tuple[Row, Callable[[Row], bool]]] = [
    ({}, lambda q: True),
    ({"q": "will"}, lambda q: "will" in q["text"].split()),
    ({"q": "WILL Not"}, lambda q: {"will", "not"} <= set(q["text"].split())),
    ({"q": '"of the"'}, lambda q: " of the " in f" {q['text']} "),
    ({"q": '"of the'}, lambda q: " of the " in f" {q['text']} "),
    ({"q": "bab*"}, lambda q: bool(re.search(r"\bbab", q["text"]))),
    ({"q": "— …"}, lambda q: True),
    ({"type": "direct", "q": "of"}, lambda q: q["type"] == "direct" and "of" in q["text"].split()),
    ({"pub": "courier"}, lambda q: q["publisher"].endswith("Courier")),
    ({"kind": "organisation"}, lambda q: False),
    ({"kind": "person", "act": "speech", "conf": 0.77}, lambda q: q["confidence"] >= 0.77),
    ({"conf": 0.9}, lambda q: q["confidence"] >= 0.9),
    ({"from": "2024-03-01"}, lambda q: q["published_date"] >= date(2024, 3, 1)),
    ({"to": "2024-03-01"}, lambda q: q["published_date"] <= date(2024, 3, 1)),
    (
        {"from": "2023-01-01", "to": "2023-12-31", "q": "the"},
        lambda q: q["published_date"].year == 2023 and "the" in q["text"].split(),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "keep"), ASKED, ids=[str(a) for a, _ in ASKED])
def test_search_finds_what_the_table_holds(invented: Any, rows: list[Row], asked: Row, keep: Callable[[Row], bool]) -> None:
    wanted = {q["quote_id"]: q["published_date"] for q in rows if keep(q)}
    ids = found(invented, **asked)
    assert set(ids) == set(wanted)
    days = [wanted[i] for i in ids]
    assert days == sorted(days, reverse=True)
    assert found(invented, **asked, sort="oldest")[:1] == ids[-1:]


def test_speakers_are_found_by_name_and_person(invented: Any, rows: list[Row]) -> None:
    counts = Counter(q["speaker_name"] for q in rows)
    name, n = next((name, n) for name, n in counts.most_common() if f"{name[0]}. {name.split()[-1]}" not in counts)
    (first, *_) = invented.get("/api/speakers", params={"name": name}).json()
    assert (first["name"], first["quotes"]) == (name, n)
    wanted = {q["quote_id"] for q in rows if q["speaker_name"] == name}
    assert set(found(invented, by=f'"{name}"')) == set(found(invented, person=first["person_id"])) == wanted
    one = invented.get(f"/api/speakers/{first['person_id']}").json()
    assert one["quotes"] == n == sum(sum(parts.values()) for parts in one["outlets"].values()) == sum(one["days"].values())


def test_people_are_found_under_their_other_names(invented: Any, invented_output: Path, rows: list[Row]) -> None:
    people = open_tables(invented_output)["people"].to_table().to_pylist()
    names = {p["speaker_id"]: p for p in people}
    short = next(q["speaker_name"] for q in rows if q["speaker_name"] != names[q["speaker_id"]]["name"])
    (full,) = {names[q["speaker_id"]]["name"] for q in rows if q["speaker_name"] == short}
    wanted = {q["quote_id"] for q in rows if q["speaker_name"] in (short, full)}
    assert set(found(invented, by=f'"{full}"')) == wanted
    (person,) = {p["person_id"] for p in people if p["name"] == full}
    assert set(found(invented, person=person)) == wanted
    assert set(invented.get(f"/api/speakers/{person}").json()["names"]) == {short, full} & {q["speaker_name"] for q in rows}


def test_one_quote_and_its_article(samples: Any, sample_output: Path) -> None:
    tables = open_tables(sample_output)
    wanted = tables["quotes"].to_table().to_pylist()[0]
    one = samples.get(f"/api/quotes/{wanted['quote_id']}").json()
    assert (one["text"], one["type"], one["doc_id"]) == (wanted["text"], wanted["type"], wanted["doc_id"])
    article = samples.get(f"/api/articles/{wanted['doc_id']}").json()
    assert wanted["quote_id"] in {q["quote_id"] for q in article["quotes"]}
    for q in article["quotes"]:
        assert " ".join(article["text"][s["start_char"] : s["end_char"]] for s in q["content_spans"]) == q["text"]
    assert len(article["paragraphs"]) == article["paragraph_count"] and len(article["figures"]) == article["figure_count"]


@pytest.mark.parametrize("path", ["/api/quotes/", "/api/articles/", "/api/speakers/"])
def test_what_is_not_there(samples: Any, path: str) -> None:
    assert samples.get(path + "0" * 32).status_code == 404
    assert samples.get(f"{path}x'%20OR%201").status_code == 422


@pytest.mark.parametrize("asked", ["type=x", "from=monday", "conf=2", "most=0", "after=-1", "most=5000", "sort=x"])
def test_what_cannot_be_asked(samples: Any, asked: str) -> None:
    answer = samples.get(f"/api/quotes?{asked}")
    assert answer.status_code == 422 and answer.json()["detail"]


@pytest.mark.parametrize(
    "words", ['"', '""', "AND", "a OR", "text:", "NEAR(x", "(", "*", "-", "^x", "'; DROP TABLE quote", "\x00", "{x"]
)
def test_words_are_never_commands(samples: Any, words: str) -> None:
    for key in ("q", "by", "pub"):
        assert samples.get("/api/quotes", params={key: words}).status_code == 200


@pytest.mark.parametrize("view", ["quotes_by_month", "outlets", "who_quotes_whom", "gender_share", "claims", "first_said"])
def test_views(samples: Any, view: str) -> None:
    rows = samples.get(f"/api/views/{view}").json()
    assert rows and samples.get(f"/api/views/{view}?most=1&skip=1").json() == rows[1:2]


def test_shares_and_events(invented: Any, invented_output: Path, rows: list[Row]) -> None:
    told = invented.get("/api/shares").json()
    assert sum(sum(day.values()) for day in told["by_type"].values()) == len(rows)
    assert sum(sum(day.values()) for day in told["by_gender"].values()) == sum(q["speaker_gender"] is not None for q in rows)
    one = told["outlets"][0]
    own = [q for q in rows if q["publisher"] == one["publisher"]]
    assert one["quotes"] == len(own) and one["direct"] == sum(q["type"] == "direct" for q in own)
    figures = open_tables(invented_output)["figures"].to_table().to_pylist()
    event = invented.get("/api/events").json()[0]
    asked = {"event": event["event"], "place": event["place"]}
    beside = [f for f in invented.get("/api/figures", params=asked).json() if f["place"] == event["place"]]
    assert event["claims"] == len(beside) == sum(all(f[k] == v for k, v in asked.items()) for f in figures)
    assert (event["least"], event["most"]) == (min(f["value"] for f in beside), max(f["value"] for f in beside))


@pytest.mark.engine
def test_a_text_is_read(samples: Any) -> None:
    told = samples.post("/read", json={"text": "“We will not wait,” said Ilse Tarn. More than 300 people were evacuated."}).json()
    assert [(q["text"], q["speaker_name"]) for q in told["quotes"]] == [("We will not wait,", "Ilse Tarn")]
    assert [(f["modifier"], f["value"]) for f in told["figures"]] == [("more_than", 300.0)]
    for text in ("", "x" * 100_001):
        assert samples.post("/read", json={"text": text}).status_code == 422


def test_openapi_describes_all_of_it(samples: Any) -> None:
    paths = samples.get("/api/openapi.json").json()["paths"]
    assert {
        "/api/quotes",
        "/api/quotes/{quote_id}",
        "/api/articles/{doc_id}",
        "/api/speakers",
        "/api/views/{view}",
        "/read",
    } <= set(paths)
    assert all(method["description"] for path in paths.values() for method in path.values())
    for page in ("/docs", "/redoc"):
        assert samples.get(page).status_code == 404  # they ask other hosts

"""An article that is printed under several titles is one hit of a search, which tells where else it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.jobs.config import Config
from onrecord.jobs.run import run

pytestmark = pytest.mark.engine

BODY = """The lighthouse on Skerry Point will be dark from the first of May, the coast office said on Tuesday.

“Ships have had better lamps than ours for years,” said Oda Renholt, who has kept the light since her father died.

The tower was built after the wreck of the Constance, in which nineteen people drowned within sight of the village.

Fishermen have collected signatures against the plan. “We will not steer by a telephone,” said Peder Aune, one of them.
"""
ELSEWHERE = "The harbour of Lenn has a new crane.\n\n“Ships have had better lamps than ours for years,” said Ida Moe.\n"


@pytest.fixture(scope="module")
def reprinted(tmp_path_factory: pytest.TempPathFactory, opened: Callable[[Path], Any]) -> Any:
    """A client of a record in which three outlets print one article, and another quotes the same words."""
    folder = tmp_path_factory.mktemp("reprints")
    titles = [("Lamp out at Skerry Point", "Tarvo Post"), ("Lighthouse to close", "Lenn Times"), ("A dark coast", "Velm Daily")]
    rows = [
        {"url": f"https://{n}.example/a", "title": title, "publisher": outlet, "text": BODY, "published_at": f"2026-10-0{n + 1}"}
        for n, (title, outlet) in enumerate(titles)
    ]
    rows.append({"url": "https://e.example/b", "title": "A crane", "publisher": "Lenn Times", "text": ELSEWHERE})
    for n, row in enumerate(rows):  # the first is known when the others come
        (folder / f"{n}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
        run([str(folder / f"{n}.jsonl")], folder / "out", Config())
    return opened(folder / "out")


def test_one_hit_with_its_appearances(reprinted: Any) -> None:
    told = reprinted.get("/api/quotes", params={"q": "better lamps"}).json()
    assert told["count"] == 2  # and the one that another article quotes
    printed = {q["title"]: sorted(o["title"] for o in q["also"]) for q in told["quotes"]}
    assert printed == {"Lamp out at Skerry Point": ["A dark coast", "Lighthouse to close"], "A crane": []}
    (first,) = (q for q in told["quotes"] if q["also"])
    assert {o["outlet"] for o in first["also"]} == {"Lenn Times", "Velm Daily"} and first["published_date"] == "2026-10-01"
    for other in first["also"]:
        assert reprinted.get(f"/api/quotes/{other['quote_id']}").json()["doc_id"] == other["doc_id"]


def test_an_outlet_is_searched_by_its_own_print(reprinted: Any) -> None:
    (hit,) = reprinted.get("/api/quotes", params={"q": "telephone", "pub": "Velm Daily"}).json()["quotes"]
    assert (hit["title"], hit["also"]) == ("A dark coast", [])


def test_the_page_tells_it(reprinted: Any) -> None:
    page = reprinted.get("/", params={"q": "telephone"}).text
    assert '<p id="count" role="status">1 quote</p>' in page and page.count("<blockquote") == 1
    also = page.split("Also printed: ")[1].split("</p>")[0]
    assert also.count("<a href=") == 2 and "Lighthouse to close" in also and "Velm Daily" in also

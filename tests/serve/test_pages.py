"""The pages, as text: each is whole, nothing of an article is markup, and what cannot be shown says so."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from onrecord.report.claims import ReportedClaim
from onrecord.report.passage import find_passage
from onrecord.serve.plots import conflict, over_time, stacks

from ..report.hostile import ATTACKS

_VOID = {"meta", "link", "input", "img", "br", "hr", "base"}


class Whole(HTMLParser):
    """The tags of a page: each that is opened is closed, in turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> at {self.getpos()}"


def pages(client: Any) -> list[str]:
    """Addresses of a page of each kind."""
    quote = client.get("/api/quotes?by=tarn").json()["quotes"][0] if client.get("/api/quotes?by=tarn").json()["quotes"] else None
    quote = quote or client.get("/api/quotes").json()["quotes"][0]
    own = [f"/article/{quote['doc_id']}", f"/speaker/{quote['person_id']}", f"/?person={quote['person_id']}"]
    return [
        "/",
        "/?q=the&sort=oldest",
        "/speakers",
        "/speakers?name=ar",
        "/shares",
        "/claims",
        "/claims?event=killed",
        "/text",
        *own,
    ]


@pytest.mark.parametrize("record", ["samples", "invented", "hostile"])
def test_pages_are_whole(request: pytest.FixtureRequest, record: str) -> None:
    client = request.getfixturevalue(record)
    for address in pages(client):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = Whole(answer.text)
        titles = re.findall(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
        assert len(titles) == 1 and titles[0].strip()
        for tag, attributes in page.tags:
            assert not any(name.startswith("on") or name == "style" for name in attributes), (address, tag, attributes)
            if tag in ("link", "script", "form", "a"):
                target = attributes.get("href") or attributes.get("src") or attributes.get("action") or "/"
                assert target.startswith(("/", "#", "data:,")), (address, target)


def test_nothing_of_an_article_is_markup(hostile: Any) -> None:
    seen = ""
    for address in [
        *pages(hostile),
        "/shares?pub=" + ATTACKS[0],
        "/?q=" + ATTACKS[0],
        "/?pub=" + ATTACKS[2],
        "/claims?place=" + ATTACKS[3],
    ]:
        html = hostile.get(address).text
        seen += html
        page = Whole(html)
        scripts = [a for tag, a in page.tags if tag == "script"]
        assert len(scripts) in (0, 3) and all("src" in a or a.get("type") == "application/json" for a in scripts)
        assert {tag for tag, _ in page.tags} & {"img", "style", "iframe", "object"} == set()
        assert not any(c in html for c in "\x1b\x07\x9b\u202e\u2066")
    assert "window.hit" in seen  # the attacks are shown


def test_an_article_is_given_to_the_script_whole(hostile: Any) -> None:
    for quote in hostile.get("/api/quotes").json()["quotes"][:8]:
        html = hostile.get(f"/article/{quote['doc_id']}").text
        (data,) = re.findall(r'<script type="application/json" id="article">([^<]*)</script>', html)
        article = json.loads(data)
        own = next(q for q in article["quotes"] if q["id"] == quote["quote_id"])
        assert own["cite"] == find_passage(hostile.app.state.site.record.now.corrected, quote["quote_id"]).citation
        units = article["text"].encode("utf-16-le")
        said = " ".join(units[2 * a : 2 * b].decode("utf-16-le") for a, b in own["spans"])
        assert len(said) == len(quote["text"])


def test_a_quote_leads_to_its_place(samples: Any) -> None:
    quote = samples.get("/api/quotes").json()["quotes"][0]
    answer = samples.get(f"/quote/{quote['quote_id']}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/article/{quote['doc_id']}#quote={quote['quote_id']}")


def test_next_page(invented: Any) -> None:
    first = invented.get("/?q=the").text
    (address,) = re.findall(r'id="more" href="([^"]*)"', first)
    second = invented.get(address.replace("&amp;", "&")).text
    ids = [set(re.findall(r"#quote=(\w+)", html)) for html in (first, second)]
    assert len(ids[0]) == len(ids[1]) == 50 and not ids[0] & ids[1]


@pytest.mark.parametrize(
    "address", ["/?from=soon", "/?type=loud", "/?conf=high", "/?after=x", "/claims?event=won", "/shares?to=x"]
)
def test_what_cannot_be_asked_says_so(samples: Any, address: str) -> None:
    answer = samples.get(address)
    assert answer.status_code == 400 and '<p class="notice">' in answer.text
    Whole(answer.text)


@pytest.mark.parametrize("address", ["/article/x", "/quote/x", "/speaker/x", "/nothing", "/assets/secret", "/assets/..%2fapp.py"])
def test_what_is_not_there_says_so(samples: Any, address: str) -> None:
    answer = samples.get(address)
    assert answer.status_code == 404 and "<h1>Not Found</h1>" in answer.text


@pytest.mark.engine
def test_a_text_is_read(samples: Any) -> None:
    html = samples.post("/text", data={"text": "“We will not wait,” said Ilse Tarn.\r\n\r\nAt least 12 people were killed."}).text
    assert "1 quote, 1 figure" in html and "Ilse Tarn" in html
    Whole(html)
    assert samples.post("/text", data={"text": " "}).status_code == 400
    assert samples.post("/text", data={"text": "x" * 100_001}).status_code == 400


# ------------------------------------------------------------------ plots


def test_parts_stand_upon_one_another() -> None:
    time = over_time({date(2026, 10, n): {"direct": n, "mixed": 0, "indirect": 4 - n} for n in (1, 2, 4)})
    assert [label for label, _ in time.columns] == [f"2026-10-0{n}" for n in (1, 2, 3, 4)]
    assert (time.most, time.total("direct"), time.total("mixed")) == (4, 7, 0)
    for shares in (False, True):
        boxes = stacks(time, 100, shares)
        for label in ("2026-10-01", "2026-10-02"):
            own = [b for _, b in boxes if b.label == label]
            assert sum(b.height for b in own) == pytest.approx(100) and own[0].y + own[0].height == 100
            assert own[1].y + own[1].height == pytest.approx(own[0].y)
    assert over_time({}).columns == [] and stacks(over_time({}), 100) == []


def _claim(day: int, modifier: str, value: float | None, low: float | None, high: float | None) -> ReportedClaim:
    told = ReportedClaim(
        "n", "people", "person", "the mayor", "named", "", date(2026, 10, day), "d", "t", False, modifier, low, high, value
    )
    told.point, told.begin = value, low  # where they stand among others is of no account here
    return told


def test_claims_over_time_keep_their_bounds() -> None:
    plot = conflict([_claim(1, "at_least", 10, 10, None), _claim(3, "range", None, 20, 40), _claim(5, "exact", 40, 40, 40)], 100)
    assert plot is not None and not plot.logarithmic
    least, between, exact = plot.strokes
    assert least.x < between.x < exact.x and [x for x, _ in plot.days] == [least.x, exact.x]
    assert least.open_top and least.point is not None and least.top is not None and least.top < least.point == least.bottom
    assert between.point is None and between.top is not None and between.bottom is not None
    assert between.top == exact.point and between.top < between.bottom < least.point
    assert [label for _, label in plot.values] == ["40", "20", "10"]
    together = conflict([_claim(1, "exact", n, n, n) for n in (3, 4, 5)] + [_claim(2, "exact", 9, 9, 9)], 100)
    assert together is not None and len({s.x for s in together.strokes}) == 4
    wide = conflict([_claim(1, "exact", 3, 3, 3), _claim(2, "exact", 4000, 4000, 4000)], 100)
    assert wide is not None and wide.logarithmic
    assert conflict([_claim(1, "exact", 3, 3, 3)], 100) is None and conflict([_claim(1, "exact", 3, 3, 3)] * 2, 100) is None

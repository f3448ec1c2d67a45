"""The report page: what it counts, what it holds, and that offsets count as JavaScript counts; the page itself is text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import tables as open_tables
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.report.articles import ID, Units, load_articles, packed, web_address
from onrecord.report.charts import columns, stacked
from onrecord.report.overview import by_time, make_overview
from onrecord.report.page import write_report
from onrecord.report.scan import choose, superseded

from .hostile import write_hostile


def blocks(html: str) -> list[dict[str, Any]]:
    """The articles that a page holds."""
    found = re.findall(r'<script type="text/plain" class="articles">([^<]*)</script>', html)
    return [a for block in found for a in json.loads(zlib.decompress(base64.b64decode(block)))]


class Tags(HTMLParser):
    """The tags of a page, counted, and all of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.fixture(scope="module")
def hostile_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    run([str(write_hostile(folder))], folder / "out", Config())
    return folder / "out"


@pytest.fixture(scope="module", params=["samples", "hostile"])
def output(request: pytest.FixtureRequest, sample_output: Path) -> Path:
    found: Path = sample_output if request.param == "samples" else request.getfixturevalue("hostile_output")
    return found


def test_every_span_of_the_page_is_that_of_the_tables(output: Path, tmp_path: Path) -> None:
    write_report(open_tables(output), tmp_path / "r.html", "Record")
    articles = {a["id"]: a for a in blocks((tmp_path / "r.html").read_text(encoding="utf-8"))}
    documents = open_tables(output)["documents"].to_table().to_pylist()
    assert articles.keys() == {d["doc_id"][:ID] for d in documents}
    quotes = {q["quote_id"][:ID]: q for q in open_tables(output)["quotes"].to_table().to_pylist()}
    seen = 0
    for article in articles.values():
        units = article["text"].encode("utf-16-le")

        def said(span: list[int], units: bytes = units) -> str:
            return units[2 * span[0] : 2 * span[1]].decode("utf-16-le")

        for q in article["quotes"]:
            row = quotes[q["id"]]
            shown = " ".join(said(s) for s in q["spans"])
            assert len(shown) == len(row["text"]) and sum(a != b for a, b in zip(shown, row["text"], strict=True)) <= 12
            assert said(q["cue"]) == row["cue_text"] if row["cue_text"] else "cue" not in q
            assert said(q["ment"]) == row["speaker_mention"] if row["speaker_mention"] else "ment" not in q
            seen += 1
    assert seen == len(quotes) > 0


def test_only_what_steers_a_reader_is_changed_in_texts(hostile_output: Path) -> None:
    tables = open_tables(hostile_output)
    ids = choose(tables, set(), 100, 10**6).doc_ids
    texts = [a["text"] for a in json.loads(f"[{','.join(_unpacked(tables, ids))}]")]
    own = {d["doc_id"]: d["text"] for d in tables["documents"].to_table(columns=["doc_id", "text"]).to_pylist()}
    for shown, doc in zip(texts, ids, strict=True):
        changed = {a for a, b in zip(own[doc], shown, strict=True) if a != b}
        assert all(ord(c) < 0xA0 or c in "\u202e\u202c\u2066\u2069" for c in changed)
    assert not any(c in text for text in texts for c in "\x1b\x07\x9b\u202e\u2066")


def _unpacked(tables: Any, ids: list[str]) -> list[str]:
    found, count = packed(load_articles(tables, ids), 10**7)
    assert count == len(ids)
    return [zlib.decompress(base64.b64decode(b)).decode()[1:-1] for b in found]


def test_nothing_of_an_article_is_markup(hostile_output: Path, tmp_path: Path) -> None:
    write_report(open_tables(hostile_output), tmp_path / "r.html", "<script>alert(1)</script>")
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    found = Tags()
    found.feed(html)
    assert found.tags["script"] == 1 + html.count('class="articles"')
    assert not found.tags.keys() & {"img", "iframe", "object", "embed", "link", "base"} and "62710561" not in html
    assert not any(name.startswith("on") or name in ("style", "src", "srcset") for name, _ in found.attributes)
    assert all(value.startswith("#") for name, value in found.attributes if name in ("href", "action", "xlink:href"))
    assert not any(c in html for c in "\x1b\x07\x9b\u202e\u202c\u2066\u2069")


def test_the_policy_allows_this_style_and_this_script_alone(sample_output: Path, tmp_path: Path) -> None:
    write_report(open_tables(sample_output), tmp_path / "r.html", "Record")
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    for kind in ("style", "script"):
        (text,) = re.findall(rf"<{kind}>(.*?)</{kind}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src &#39;sha256-{digest}&#39;;" in policy[1]
    assert policy[1].startswith("default-src &#39;none&#39;;") and "unsafe" not in policy[1]
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", html)  # nothing from anywhere


def test_the_overview_counts_what_the_tables_hold(sample_output: Path) -> None:
    tables = open_tables(sample_output)
    o = make_overview(tables, set())
    assert o.documents == tables["documents"].count_rows() == 16
    assert sum(o.types.values()) == sum(o.statuses.values()) == tables["quotes"].count_rows()
    assert sum(o.kinds.values()) == tables["figures"].count_rows()
    assert o.relations == {"new": 16, "same_content": 1} and o.languages == {"en": 15, "de": 1} and o.rejects == {}
    assert (o.speakers[0].name, o.speakers[0].kind) == ("Aino Salmi", "person")
    assert o.speakers[0].quotes == max(s.quotes for s in o.speakers) == 5
    assert o.undated == 0 and {date(2026, 10, 5), date(2026, 10, 6)} < set(o.days)


@pytest.mark.engine
def test_a_page_holds_the_newest_versions_and_the_latest_articles(tmp_path: Path) -> None:
    news = [
        {"url": f"https://n.example/{n}", "published_at": f"2026-10-{n:02}", "text": f"“It is {n},” said Ann Veld."}
        for n in range(1, 8)
    ]
    news.append({"url": "https://n.example/undated", "text": "“It is late,” said Bo Lund."})
    for k, rows in enumerate([news, [news[2] | {"text": "“It is not 3,” said Ann Veld."}]]):
        (tmp_path / f"{k}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
        run([str(tmp_path / f"{k}.jsonl")], tmp_path / "out", Config())
    tables = open_tables(tmp_path / "out")
    old = superseded(tables)
    assert len(old) == 1 and make_overview(tables, old).documents == 8
    done = write_report(tables, tmp_path / "r.html", "Record", most=5)
    assert (done.articles, done.of) == (5, 8)
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert [a["day"] for a in blocks(html)] == [f"2026-10-{n:02}" for n in (7, 6, 5, 4, 3)]
    assert "“It is not 3,” said Ann Veld." in [a["text"] for a in blocks(html)]
    assert "5 of 8 articles" in html
    every = blocks(_written(tables, tmp_path))
    assert "day" not in every[-1] and len(every) == 8  # without a date last


def _written(tables: Any, folder: Path) -> str:
    write_report(tables, folder / "all.html", "Record")
    return (folder / "all.html").read_text(encoding="utf-8")


def test_what_does_not_fit_is_left_out(sample_output: Path) -> None:
    tables = open_tables(sample_output)
    articles = load_articles(tables, choose(tables, set(), 100, 10**6).doc_ids)
    whole, count = packed(articles, 10**7)
    assert count == 16
    for room in (sum(map(len, whole)) - 1, 4000, 300, 0):
        found, count = packed(articles, room)
        assert sum(map(len, found)) <= room and count < 16
    assert choose(tables, set(), 100, 2000).of == 16 and 0 < len(choose(tables, set(), 100, 2000).doc_ids) < 16


@given(st.text(), st.data())
def test_offsets_count_as_javascript_counts(text: str, data: Any) -> None:
    n = data.draw(st.integers(0, len(text)))
    assert Units(text).at(n) == len(text[:n].encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://a.example/x", True), ("HTTP://a.example", True), ("javascript:alert(1)", False), ("data:text/html,x", False),
        ("//a.example", False), ("https:", False), ("http://[::1", False), (None, False), ("file:///etc/passwd", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_links(url: str | None, fits: bool) -> None:
    assert web_address(url) == (url if fits else None)


@pytest.mark.parametrize(("span", "label", "count"), [(0, 10, 1), (61, 10, 62), (62, 7, 3), (900, 7, 30), (1400, 4, 5)])
def test_times_are_days_months_or_years_without_a_gap(span: int, label: int, count: int) -> None:
    first = date(2022, 1, 5)
    found = by_time({first: 2, first + timedelta(days=span): 3})
    assert {len(name) for name, _ in found} == {label} and abs(len(found) - count) <= 1
    assert sum(n for _, n in found) == (5 if span else 3)
    assert by_time({}) == []


@given(st.dictionaries(st.dates(), st.integers(1, 99), min_size=1, max_size=20))
def test_no_time_is_lost(days: dict[date, int]) -> None:
    found = by_time(days)
    assert sum(n for _, n in found) == sum(days.values())
    for box in columns(found, 50):
        assert box.x >= 0 and box.x + box.width <= 100.01 and box.y >= 0 and box.y + box.height <= 50.01


def test_bars_stand_behind_each_other() -> None:
    assert [(b.x, b.width) for b in stacked({"direct": 2, "mixed": 1}, 4, 14)] == [(0.0, 50.0), (50.0, 25.0)]


# ------------------------------------------------------------------ the command


def test_report_says_what_it_wrote(sample_output: Path, tmp_path: Path, onrecord: Callable[..., Any]) -> None:
    done = onrecord("report", sample_output, "-o", tmp_path / "r.html", "--title", "Week 40", "--json")
    assert done.returncode == 0 and done.stderr == ""
    told = json.loads(done.stdout)
    assert (told["articles"], told["of"], told["bytes"]) == (16, 16, (tmp_path / "r.html").stat().st_size)
    assert "<h1><bdi>Week 40</bdi></h1>" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["r.html"]


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["nowhere", "-o", "r.html"], "nowhere holds no finished run"),
        (["{out}", "-o", "{tmp}"], "is a folder; name a file"),
        (["{out}", "-o", "{tmp}/no/r.html"], "No such file or directory"),
        (["{out}", "-o", "r.html", "--articles", "0"], "'0' is not a number from 1 up"),
    ],
)
def test_report_refuses_in_one_line(
    args: list[str], line: str, sample_output: Path, tmp_path: Path, onrecord: Callable[..., Any]
) -> None:
    done = onrecord("report", *(a.format(out=sample_output, tmp=tmp_path) for a in args))
    assert done.returncode in (1, 2) and line in done.stderr and len(done.stderr.splitlines()) == 1


def test_an_empty_record_has_a_page(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    run([str(tmp_path / "empty.txt")], tmp_path / "out", Config())
    done = write_report(open_tables(tmp_path / "out"), tmp_path / "r.html", "Record")
    assert (done.articles, done.of) == (0, 0)
    assert "Rejects by reason" in (tmp_path / "r.html").read_text(encoding="utf-8")

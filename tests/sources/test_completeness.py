"""Completeness of what is read from pages, as the benchmark measures it, on pages that were made for this project."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from benchmarks.pages import main, ours, pages, score, trafilatura
from onrecord.sources.readers.html import read_html
from onrecord.sources.records import RawArticle

PARAGRAPHS = (
    "“We have no wall and no money left for one,” said Ann Veld, who has led the town of Brenn since 2019.",
    "The work will cost £2.4 million and take 14 months, according to the county engineer, who came with a plan.",
    "More than 300 people came to the meeting, many of them fishermen whose boats have been tied up since the storm.",
    "The council agreed on Monday to rebuild the wall, and to ask the county for the rest of the money by the autumn.",
)
FIXTURES = Path(__file__).parent.parent / "fixtures"
FOLDER = FIXTURES / "pages"


@pytest.mark.parametrize("folder", ["pages", "layouts"])
def test_pages_are_read_whole_and_no_worse_than_by_trafilatura(folder: str) -> None:
    of = list(pages(FIXTURES / folder))
    mine, other = score(ours, of), score(trafilatura, of)
    assert len(of) > 20 and mine.nothing == 0
    assert mine.recall >= max(0.985, other.recall) and mine.precision >= max(0.92, other.precision)


def test_collections_are_read_as_they_are_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right = json.loads((FOLDER / "tweet.json").read_bytes())["paragraphs"]
    data = (FOLDER / "tweet.html").read_bytes()
    fundus, passages = tmp_path / "fundus" / "us", tmp_path / "passages" / "cache"
    for folder in (fundus, passages, tmp_path / "none"):
        folder.mkdir(parents=True)
    (fundus / "Courier_2026_10_05.html.gz").write_bytes(gzip.compress(data))
    versions = {
        name: {"body": {"sections": [{"headline": [], "paragraphs": of}]}}
        for name, of in (("V1", ["An older page."]), ("V2", right))
    }
    (fundus / "Courier.json").write_text(json.dumps(versions), encoding="utf-8")
    (fundus / "meta.info").write_text(json.dumps({"Courier_2026_10_05.html.gz": {"url": "https://courier.example/1"}}))
    (passages / "a.html").write_bytes(data)
    told = {"https://courier.example/1": {"file": "a.html", "with": [right[0][:40]], "without": ["Subscribe"]}}
    (passages.parent / "evaldata.py").write_text(f"EVAL_PAGES = {told!r}\n", encoding="utf-8")
    for folder in (fundus.parent, passages.parent):
        (page,) = pages(folder)
        assert page.url == "https://courier.example/1" and score(ours, [page]).recall == 1.0
    assert [p.right for p in pages(fundus.parent)] == [right]
    with pytest.raises(SystemExit, match=r"clone https://github\.com/flairNLP/fundus"):
        main([str(tmp_path / "none")])


def test_the_benchmark_prints_a_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("tweet.html", "tweet.json"):
        shutil.copy(FOLDER / name, tmp_path)
    main([str(tmp_path)])
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "1 pages" and [line.split()[0] for line in printed[2:]] == ["onrecord", "trafilatura", "newspaper4k"]


@pytest.mark.parametrize("box", ["div", "section", "span", "center", "td", "body", "font", "article"])
@pytest.mark.parametrize("lead", ["{}", "{}<br><br>", "<h2>Sub</h2>{}", "<em>Brenn</em> {}", "{}<!-- ad -->"])
def test_a_first_paragraph_without_marks_is_kept(box: str, lead: str) -> None:
    inner = lead.format("The first of the words stand here, without any marks.") + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    opened, closed = {"td": ("<table><tr><td>", "</td></tr></table>"), "body": ("", "")}.get(box, (f"<{box}>", f"</{box}>"))
    found = read_html(f"<html><body><h1>Wall</h1>{opened}{inner}{closed}</body></html>".encode(), "a.html", None, {}, 10**6)
    assert isinstance(found, RawArticle), found
    at = [found.text.find(p) for p in ("The first of the words stand here, without any marks.", *PARAGRAPHS)]
    assert -1 not in at and at == sorted(at)


@pytest.mark.parametrize("line", ["By Tomas Reed, of the Courier, on Monday the 5th of October", "Share it with others"])
def test_a_line_of_the_page_before_the_first_paragraph_is_left_out_as_before(line: str) -> None:
    html = f"<html><body><h1>Wall</h1><div>{line}{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</div></body></html>"
    found = read_html(html.encode(), "a.html", None, {}, 10**6)
    assert isinstance(found, RawArticle) and line not in found.text


def test_a_card_that_leads_to_another_article_is_none_of_this() -> None:
    card = (
        "<div class='kg-bookmark-card'><a href='/x'><div>Fees rise in May</div><div>All of the fees of it go up.</div></a></div>"
    )
    body = card.join(f"<p>{p}</p>" for p in PARAGRAPHS)
    html = f"<html><body><h1>Wall</h1><article>{body}</article></body></html>"
    found = read_html(html.encode(), "a.html", None, {}, 10**6)
    assert isinstance(found, RawArticle) and "fees" not in found.text.lower()


def test_a_live_blog_that_stands_in_its_data_alone() -> None:
    told = {
        "@type": "LiveBlogPosting",
        "headline": "Wall gives way in Brenn",
        "liveBlogUpdate": [{"@type": "BlogPosting", "articleBody": p} for p in PARAGRAPHS],
    }
    script = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    html = f"<html><head><title>Wall gives way in Brenn</title>{script}</head><body><p>Loading live updates</p></body></html>"
    found = read_html(html.encode(), "a.html", None, {}, 10**6)
    assert isinstance(found, RawArticle) and all(p in found.text for p in PARAGRAPHS)

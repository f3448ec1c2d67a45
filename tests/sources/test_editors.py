"""Articles as editors of content systems keep them: blocks and their pieces, answers of interfaces, and heads of texts."""

from __future__ import annotations

import io
import json
from collections import Counter
from datetime import date
from typing import Any

import pytest

from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import RawArticle, Record, Refusal

FIRST = "The council of Brenn will rebuild the wall, it said on Monday."
SECOND = "“We have no money,” said Ilse Tarn, the mayor."
TEXT = f"{FIRST}\n\n{SECOND}"
PIECES = ("“We have ", "no", " money,” said ", "Ilse Tarn", ", the mayor.")


def read(data: bytes | str, name: str, passed: Counter[str] | None = None, **reading: Any) -> list[Record]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_records(io.BytesIO(data), name, name, Reading(skipped=Counter() if passed is None else passed, **reading)))


def blocks(key: str, kind: str, piece: str, inner: str = "children", words: str = "text") -> list[dict[str, Any]]:
    """Two paragraphs, the second of several pieces, one of them a link."""
    pieces = [{key: piece, words: words_of} for words_of in PIECES]
    return [{key: kind, inner: [{key: piece, words: FIRST}]}, {key: kind, inner: pieces}]


LINKED = blocks("type", "paragraph", "text", "content")
LINKED[1]["content"][3] = {
    "type": "link",
    "attrs": {"href": "https://x.example"},
    "content": [{"type": "text", "text": PIECES[3]}],
}
BODIES: dict[str, Any] = {
    "ProseMirror": {"type": "doc", "content": blocks("type", "paragraph", "text", "content")},
    "with a link": {"type": "doc", "content": LINKED},
    "Contentful": {"nodeType": "document", "content": blocks("nodeType", "paragraph", "text", "content", "value")},
    "Sanity": blocks("_type", "block", "span"),
    "Slate": [
        {"type": "paragraph", "children": [{"text": FIRST}]},
        {"type": "paragraph", "children": [{"text": p, "bold": n == 1} for n, p in enumerate(PIECES)]},
    ],
    "Strapi": blocks("type", "paragraph", "text"),
    "Editor.js": {"time": 1, "blocks": [{"type": "paragraph", "data": {"text": t}} for t in (FIRST, SECOND)]},
    "Draft.js": {
        "blocks": [{"key": k, "text": t, "type": "unstyled"} for k, t in (("a", FIRST), ("b", SECOND))],
        "entityMap": {},
    },
}


@pytest.mark.parametrize("called", ["body", "content"])
@pytest.mark.parametrize("editor", BODIES)
def test_pieces_of_a_paragraph_are_one_and_blocks_are_paragraphs(editor: str, called: str) -> None:
    (found,) = read(json.dumps({"title": "Wall", called: BODIES[editor]}), "a.jsonl")
    assert isinstance(found, RawArticle) and found.text == f"Wall\n\n{TEXT}"


@pytest.mark.parametrize(
    "whole",
    [
        {"data": {"articles": {"edges": [{"node": {"title": "Wall", "body": TEXT}, "cursor": "x"}]}}},
        {"data": {"posts": {"nodes": [{"title": "Wall", "content": f"<p>{FIRST}</p><p>{SECOND}</p>"}]}}},
        {"props": {"pageProps": {"article": {"title": "Wall", "body": TEXT}}}},
        {"title": "Wall", "sections": [{"heading": None, "text": FIRST}, {"heading": None, "text": SECOND}]},
    ],
)
def test_answers_of_interfaces(whole: Any) -> None:
    (found,) = read(json.dumps(whole), "a.json")
    assert isinstance(found, RawArticle) and (found.title, found.text) == ("Wall", f"Wall\n\n{TEXT}")


def test_actions_of_a_bulk_request_are_no_articles_and_counted() -> None:
    lines = [
        {"index": {"_index": "news", "_id": "1"}},
        {"text": TEXT},
        {"create": {"_index": "news"}},
        {"text": f"{TEXT} Again."},
    ]
    passed: Counter[str] = Counter()
    found = read("\n".join(map(json.dumps, lines)), "a.ndjson", passed)
    assert [type(r) for r in found] == [RawArticle] * 2 and passed == {"action of a bulk request": 2}
    (odd,) = read(json.dumps({"index": {"of": "prices"}}), "a.ndjson")
    assert isinstance(odd, Refusal)


@pytest.mark.parametrize("root", ["opml version='2.0'", "TEI", "svg", "kml"])
@pytest.mark.parametrize("name", ["a", "a.txt", "a.opml"])
def test_other_xml_is_refused_by_name_whatever_it_is_called(root: str, name: str) -> None:
    (found,) = read(f"<?xml version='1.0'?>\n<{root}><body>{FIRST}</body></{root.split()[0]}>", name)
    assert isinstance(found, Refusal) and found.reason == "unsupported" and f"<{root.split()[0].lower()}>" in found.detail


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("5 octobre 2026", date(2026, 10, 5)),
        ("5 de outubro de 2026 às 22h30", date(2026, 10, 5)),
        ("Senin, 05 Okt 2026 22:30 WIB", date(2026, 10, 5)),
        ("5. lokakuuta 2026", date(2026, 10, 5)),
        ("5 ต.ค. 2569", date(2026, 10, 5)),
        ("5. listopada 2026", None),
        ("octobre 2026", None),
    ],
)
def test_a_month_by_its_name_in_another_language(value: str, day: date | None) -> None:
    (found,) = read(json.dumps({"text": TEXT, "date": value}), "a.jsonl")
    assert isinstance(found, RawArticle) and found.published_date == day and bool(found.notes) == (day is None)


HEADS = {
    "yaml": "---\ntitle: Wall\nauthor: Ann Veld\ndate: 2026-10-05\n---\n",
    "list": '---\ntitle: "Wall"\nauthors:\n  - Ann Veld\ndate: 2026-10-05 22:30:00 +0200\ntags: [a, b]\n---\n\n',
    "toml": '+++\ntitle = "Wall"\nauthor = "Ann Veld"\ndate = 2026-10-05T22:30:00Z\n+++\n',
    "windows": "---\r\ntitle: Wall\r\nby: Ann Veld\r\npublished: 5 October 2026\r\n---\r\n\r\n",
}


@pytest.mark.parametrize("head", HEADS)
def test_fields_at_the_head_of_a_text(head: str) -> None:
    (found,) = read(HEADS[head] + TEXT, "a.txt")
    assert isinstance(found, RawArticle) and found.text == f"Wall\n\n{TEXT}"
    assert (found.title, found.author, found.published_date) == ("Wall", "Ann Veld", date(2026, 10, 5))
    (given,) = read(HEADS[head] + TEXT, "a.txt", metadata={"a.txt": {"title": "Another"}})
    assert isinstance(given, RawArticle) and given.title == "Another"


@pytest.mark.parametrize(
    "text", [f"---\n{TEXT}\n---\n{TEXT}", f"---\nnote: x\n---\n{TEXT}", "---\ntitle: [\n---\nIt rained all day.", f"+++\n{TEXT}"]
)
def test_a_text_between_rules_is_a_text(text: str) -> None:
    (found,) = read(text, "a.txt")
    assert isinstance(found, RawArticle) and found.text == text

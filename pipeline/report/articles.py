"""Articles for the page: each with its rows, as compact JSON whose offsets count as JavaScript counts.

Python counts code points, JavaScript UTF-16 units: a character beyond U+FFFF is one of the former and two of the latter.
"""

from __future__ import annotations

import base64
import json
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from ..printable import printable, readable
from ..schemas import DOCUMENTS, FIGURES, PARAGRAPHS, QUOTES
from .overview import people_of
from .scan import Tables, among, batches, day_of

Row = dict[str, Any]
ID = 12  # characters of an id that tell it from all others in a page; digests do not compress
_BLOCK = 400_000  # characters of JSON that are compressed together
DOCUMENT_COLUMNS = ["doc_id", "url", "title", "author", "publisher", "published_at", "published_date", "language", "text"]
ROW_COLUMNS = {
    PARAGRAPHS.name: ["doc_id", "paragraph_index", "kind", "start_char", "end_char"],
    QUOTES.name: [
        "doc_id", "quote_id", "type", "act", "content_spans", "cue_start", "cue_end", "cue_class", "cue_polarity",
        "speaker_start", "speaker_end", "speaker_status", "speaker_id", "speaker_name", "speaker_role",
        "speaker_kind", "speaker_rule", "confidence", "speaker_confidence", "continues",
        "corrected",
    ],
    FIGURES.name: [
        "doc_id", "figure_id", "start_char", "end_char", "text", "value", "low", "high", "modifier", "kind", "unit", "counted",
        "counted_lemma", "event", "place", "time_text", "part_of", "malformed", "claimant_name", "claimant_mention",
        "claimant_status", "confidence", "corrected",
    ],
}  # fmt: skip
_ORDER = {
    PARAGRAPHS.name: lambda r: r["paragraph_index"],
    QUOTES.name: lambda r: (r["content_spans"][0]["start_char"], r["cue_start"] or 0),
    FIGURES.name: lambda r: r["start_char"],
}


def load_articles(tables: Tables, doc_ids: Sequence[str]) -> list[Row]:
    """Documents in the order asked for, each with its ``paragraphs``, ``quotes`` and ``figures`` in text order."""
    wanted = among("doc_id", doc_ids)
    found: dict[str, Row] = {}
    for batch in batches(tables[DOCUMENTS.name], DOCUMENT_COLUMNS, wanted, 256):
        for row in batch.to_pylist():
            found[row["doc_id"]] = row | {name: [] for name in ROW_COLUMNS}
    for name, columns in ROW_COLUMNS.items():
        for batch in batches(tables[name], columns, wanted, 4096):
            for row in batch.to_pylist():
                found[row["doc_id"]][name].append(row)
    articles = [found[i] for i in doc_ids]
    people = people_of(tables, {q["speaker_id"] for a in articles for q in a["quotes"] if q["speaker_id"]})
    for article in articles:
        complete(article, people)
    return articles


def complete(article: Row, people: Mapping[str, tuple[str, str]]) -> None:
    """Put the rows of an article in text order and add its ``day`` and, to each quote, the ``person``: id and fullest name.

    Args:
        article: a document with its ``paragraphs``, ``quotes`` and ``figures``.
        people: the person behind each ``speaker_id``, as ``people_of`` gives it.
    """
    for name, order in _ORDER.items():
        article[name].sort(key=order)
    article["day"] = day_of(article)
    for quote in article["quotes"]:
        own = (quote["speaker_id"], quote["speaker_name"])
        quote["person"] = people.get(quote["speaker_id"], own) if quote["speaker_id"] else None


def packed(articles: Iterable[Row], most_bytes: int) -> tuple[list[str], int]:
    """Blocks of articles, zlib within base64, and how many articles they hold: all that fit.

    Args:
        articles: as ``load_articles`` gives them.
        most_bytes: what the blocks may weigh in all.
    """
    blocks: list[str] = []
    weight = count = 0
    for group in _groups(json.dumps(compact(a), ensure_ascii=False, separators=(",", ":")) for a in articles):
        wanted, block = len(group), _block(group)
        while group and weight + len(block) > most_bytes:
            group = group[: len(group) // 2]
            block = _block(group)
        if group:
            blocks.append(block)
            weight, count = weight + len(block), count + len(group)
        if len(group) < wanted:
            break
    return blocks, count


def _block(group: Sequence[str]) -> str:
    return base64.b64encode(zlib.compress(f"[{','.join(group)}]".encode(), 9)).decode("ascii")


def _groups(texts: Iterable[str]) -> Iterator[list[str]]:
    group: list[str] = []
    weight = 0
    for text in texts:
        if group and weight + len(text) > _BLOCK:
            yield group
            group, weight = [], 0
        group.append(text)
        weight += len(text)
    if group:
        yield group


class Units:
    """Offsets in UTF-16 units of a text in which offsets are code points."""

    def __init__(self, text: str) -> None:
        self._wide = [n for n, c in enumerate(text) if c > "\uffff"] if not text.isascii() else []

    def at(self, offset: int) -> int:
        """The offset as JavaScript counts it."""
        return offset + bisect_left(self._wide, offset)


def web_address(url: str | None) -> str | None:
    """An address if it may stand in a link: of the web, and nothing that a browser would run."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname else None
    except ValueError:
        return None


def title_of(article: Mapping[str, Any]) -> str:
    """The headline, or what else an article is known by."""
    return printable(" ".join((article["title"] or article["text"][:80]).split()))


def compact(a: Row, id_length: int = ID) -> Row:
    """What a page needs of an article, without what is null; the keys are those that ``marks.js`` and ``report.js`` read."""
    at = Units(a["text"]).at
    speakers: dict[str, int] = {}
    people: list[Row] = []
    for q in a["quotes"]:
        if q["person"] and q["person"][0] not in speakers:
            speakers[q["person"][0]] = len(people)
            people.append({"id": q["person"][0][:id_length], "name": _shown(q["person"][1]), "kind": q["speaker_kind"]})
    index = {f["figure_id"]: n for n, f in enumerate(a["figures"])}
    return _without_nulls(
        id=a["doc_id"][:id_length],
        title=title_of(a),
        by=_shown(a["author"]),
        pub=_shown(a["publisher"]),
        day=a["day"].isoformat() if a["day"] else None,
        url=web_address(a["url"]),
        lang=a["language"],
        text=readable(a["text"]),  # of the same length
        paras=[[at(p["start_char"]), at(p["end_char"]), p["kind"]] for p in a["paragraphs"]],
        people=people,
        quotes=[
            _without_nulls(
                id=q["quote_id"][:id_length],
                type=q["type"],
                act=q["act"],
                spans=[[at(s["start_char"]), at(s["end_char"])] for s in q["content_spans"]],
                cue=[at(q["cue_start"]), at(q["cue_end"])] if q["cue_end"] is not None else None,
                cls=q["cue_class"],
                pol=q["cue_polarity"] if q["cue_polarity"] != "affirmed" else None,
                ment=[at(q["speaker_start"]), at(q["speaker_end"])] if q["speaker_end"] is not None else None,
                status=q["speaker_status"],
                who=speakers[q["person"][0]] if q["person"] else None,
                name=_shown(q["speaker_name"]),
                role=_shown(q["speaker_role"]),
                rule=q["speaker_rule"],
                conf=_rounded(q["confidence"]),
                sconf=_rounded(q["speaker_confidence"]),
                cont=q["continues"] and q["continues"][:id_length],
                put=q["corrected"],
            )
            for q in a["quotes"]
        ],
        figs=[
            _without_nulls(
                span=[at(f["start_char"]), at(f["end_char"])],
                mod=f["modifier"],
                val=f["value"],
                low=f["low"],
                high=f["high"],
                kind=f["kind"],
                unit=f["unit"],
                of=_shown(f["counted"]),
                event=f["event"],
                place=_shown(f["place"]),
                time=_shown(f["time_text"]),
                by=_shown(f["claimant_name"] or f["claimant_mention"]),
                status=f["claimant_status"],
                part=index.get(f["part_of"]),
                bad=f["malformed"] or None,
                conf=_rounded(f["confidence"]),
                put=f["corrected"],
            )
            for f in a["figures"]
        ],
    )


def _without_nulls(**values: Any) -> Row:
    return {k: v for k, v in values.items() if v is not None}


def _shown(text: str | None) -> str | None:
    return printable(" ".join(text.split())) if text else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)

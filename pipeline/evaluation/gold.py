"""Gold from what people have corrected and accepted: in the form that ``evaluate`` and training read."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..schemas import DOCUMENTS, QUOTES, Quote
from .records import same_name
from .report import attributions_of

_AT_ONCE = 200  # documents


def write_gold(
    tables: Mapping[str, Any], corrections: Iterable[Mapping[str, Any]], target: Path, complete: bool = False
) -> dict[str, int]:
    """Write a line for each article of which people have corrected or accepted quotes.

    Args:
        tables: the tables of the record, with what people have corrected.
        corrections: rows of its table ``corrections``.
        target: the file, gzipped where its name says so.
        complete: only articles of which every quote was corrected or accepted.

    Returns:
        How many ``documents`` there are, quotes that were ``judged``, and quotes that stand there ``as_read``.

    Raises:
        OSError: it cannot be written.
    """
    judged: dict[str, set[str]] = {}
    for row in corrections:
        if row["what"] == "quote" and row["undone_at"] is None and row["matched"]:
            judged.setdefault(row["doc_id"], set()).add(row["row_id"])
    counts = Counter[str](documents=0, judged=0, as_read=0)
    opener: Any = gzip.open if target.suffix == ".gz" else open
    with opener(target, "wt", encoding="utf-8") as out:
        for record in _records(tables, judged):
            theirs = [a for a in record["attributions"] if a["judged"]]
            if complete and len(theirs) < len(record["attributions"]):
                continue
            counts.update(documents=1, judged=len(theirs), as_read=len(record["attributions"]) - len(theirs))
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return dict(counts)


def _records(tables: Mapping[str, Any], judged: Mapping[str, set[str]]) -> Iterator[dict[str, Any]]:
    docs = sorted(judged)
    for lo in range(0, len(docs), _AT_ONCE):
        own = pc.field("doc_id").isin(pa.array(docs[lo : lo + _AT_ONCE], pa.string()))
        quotes: dict[str, list[Quote]] = {}
        for row in tables[QUOTES.name].to_table(QUOTES.arrow.names, filter=own).to_pylist():
            quotes.setdefault(row["doc_id"], []).append(Quote.model_validate(row))
        for document in tables[DOCUMENTS.name].to_table(["doc_id", "text"], filter=own).sort_by("doc_id").to_pylist():
            rows = sorted(quotes.get(document["doc_id"], []), key=lambda q: (q.content_spans[0].start_char, q.cue_start or 0))
            yield document | {"attributions": list(_attributions(document["text"], rows, judged[document["doc_id"]]))}


def _attributions(text: str, quotes: Sequence[Quote], judged: set[str]) -> Iterator[dict[str, Any]]:
    """The attributions of an article; rows that go on from one another are one, and judged where all of them are."""
    roots: dict[str, list[Quote]] = {}
    root: dict[str, str] = {}
    for q in quotes:
        root[q.quote_id] = root.get(q.continues, q.continues) if q.continues else q.quote_id
        roots.setdefault(root[q.quote_id], []).append(q)
    for rows, spans in zip(roots.values(), attributions_of(list(quotes)), strict=True):
        first = rows[0]
        if "speaker_name" in (first.corrected or ()):
            spans["source"] = _source(text, first)
        told = all(q.quote_id in judged for q in rows)
        others = [c.name for c in first.co_speakers if c.name]
        yield {
            **spans,
            "speaker": ";".join([first.speaker_name, *others]) if first.speaker_name else None,
            "status": first.speaker_status if first.speaker_status in ("named", "none") else "unnamed",
            "act": first.act,
            "debatable": not told,
            "judged": told,
        }


def _source(text: str, quote: Quote) -> list[list[int]]:
    """Where the right speaker is printed: as it was read, unless another name stands there."""
    read = [[quote.speaker_start, quote.speaker_end]] if quote.speaker_start is not None else []
    name, mention = quote.speaker_name, quote.speaker_mention
    if name is None or (mention is not None and (quote.speaker_mention_kind != "name" or same_name(mention, name))):
        return read if name is not None or quote.speaker_status != "none" else []  # type: ignore[return-value]
    within = range(quote.excerpt_start, quote.excerpt_end)
    content = [(s.start_char, s.end_char) for s in quote.content_spans]
    for form in (name, name.split()[-1]):
        for found in re.finditer(rf"\b{re.escape(form)}\b", text):
            if found.start() in within and not any(s <= found.start() < e for s, e in content):
                return [[found.start(), found.end()]]
    return []

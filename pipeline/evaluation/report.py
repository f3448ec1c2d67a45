"""Running the extractor over a gold file and reporting the measures."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..printable import counted
from ..schemas import Quote
from .measures import KINDS, count_document, measures
from .records import count_records, record_measures


def evaluate_file(gold: Path, docs: Path | None, predictions: Path | None, as_json: bool, model: str = "bundled") -> str:
    """Evaluate the extractor on a gold file and return the report.

    Args:
        gold: JSONL, also gzipped, with ``doc_id``, ``text`` and ``attributions`` in each line.
        docs: file of the document ids to score; all without it.
        predictions: where to write the predictions, in the gold's form.
        as_json: report as one JSON object.
        model: the attribution model: ``bundled``, or the folder of other weights.

    Raises:
        ModelError: the folder holds no such model.
        OSError: a file cannot be read or written.
        ValueError: the gold file is not of that form.
    """
    total: Counter[str] = Counter()
    documents = 0
    lines = []
    for record, quotes in _quoted(gold, docs, None, model):
        predicted = attributions_of(quotes)
        total += count_document(record["text"], record["attributions"], predicted)
        documents += 1
        lines.append(json.dumps({"doc_id": record["doc_id"], "attributions": predicted}, ensure_ascii=False))
    if predictions is not None:
        opener = gzip.open if predictions.suffix == ".gz" else open
        with opener(predictions, "wt", encoding="utf-8") as out:
            out.write("".join(line + "\n" for line in lines))
    result = measures(total) | {"documents": documents}
    return json.dumps(result, indent=1) if as_json else format_measures(result)


def evaluate_names(
    gold: Path,
    docs: Path | None,
    texts: Path | None,
    floor: float = 0.0,
    errors: bool = False,
    as_json: bool = False,
    model: str = "bundled",
) -> str:
    """Evaluate records, the words under the name, on a gold file that tells names, and return the report.

    Args:
        gold: JSONL as for ``evaluate_file``, with ``speaker``, ``status``, ``act`` and ``debatable`` in each attribution.
        docs: file of the document ids to score; all without it.
        texts: JSONL, also gzipped, with ``doc_id`` and ``text``, where the gold file holds no texts.
        floor: rows of a lower confidence are left out.
        errors: report what is wrong too, a line each.
        as_json: report as one JSON object.
        model: as for ``evaluate_file``.

    Raises:
        ModelError, OSError, ValueError: as for ``evaluate_file``.
    """
    total: Counter[str] = Counter()
    documents = 0
    lines = []
    for record, quotes in _quoted(gold, docs, texts, model):
        try:
            counts, faults = count_records(record["text"], record["attributions"], quotes, floor)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{gold}, {record['doc_id']}: its attributions tell no names ({error!r})") from None
        total += counts
        documents += 1
        lines += [f"{record['doc_id']}\t" + "\t".join("" if v is None else str(v) for v in fault) for fault in faults]
    result = record_measures(total) | {"documents": documents}
    if as_json:
        return json.dumps(result, indent=1)
    return "\n".join([*(lines if errors else []), format_records(result)])


def _quoted(gold: Path, docs: Path | None, texts: Path | None, model: str) -> Iterator[tuple[dict[str, Any], list[Quote]]]:
    """The chosen records of a gold file, with the quotes that are read in them."""
    from .. import load

    chosen = set(docs.read_text(encoding="utf-8").split()) if docs is not None else None
    records = (r for r in read_gold(gold, texts) if chosen is None or r["doc_id"] in chosen)
    for doc, record in load(model).pipe(((r["text"], r) for r in records), as_tuples=True):
        yield record, doc._.quotes


def format_records(result: dict[str, Any]) -> str:
    """The measures of records in percent, as lines of text."""
    c = Counter(result["counts"])
    lines = [f"{counted(result['documents'], 'documents')}; gold {c['gold']}; predicted {c['predicted']}"]
    for name, told in (
        ("records", f"F1 {100 * result['f1']:.1f} ({c['records']} with words and name right)"),
        ("found", f"{100 * result['found']:.1f} ({c['found']})"),
        ("words right", f"{100 * result['words_right']:.1f} of those found"),
        ("names right", f"{100 * result['names_right']:.1f} of those found"),
        ("direct", f"{100 * result['direct']:.1f} of {c['gold_direct']} with words and name right"),
        ("names wrong", f"{100 * result['names_wrong']:.1f} of {c['names_given']} given"),
        ("spurious", f"{100 * result['spurious']:.1f} of the predicted"),
    ):
        lines.append(f"{name:14}{told}")
    return "\n".join(lines)


def read_gold(path: Path, texts: Path | None = None) -> Iterator[dict[str, Any]]:
    """The records of a gold file; their texts from another where one is given.

    Raises:
        ValueError: a line is not a JSON object with ``doc_id``, ``text`` and ``attributions``, or there is no text of a document.
    """
    if texts is None:
        yield from _read(path, ("doc_id", "text", "attributions"))
        return
    by_id = {r["doc_id"]: r["text"] for r in _read(texts, ("doc_id", "text"))}
    for record in _read(path, ("doc_id", "attributions")):
        if record["doc_id"] not in by_id:
            raise ValueError(f"{texts}: no text of {record['doc_id']}")
        yield {**record, "text": by_id[record["doc_id"]]}


def _read(path: Path, keys: Sequence[str]) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for n, line in enumerate(lines, 1):
            if line.strip():
                try:
                    record = json.loads(line)
                    yield {k: record[k] for k in keys}
                except (json.JSONDecodeError, KeyError, TypeError) as error:
                    raise ValueError(f"{path}, line {n}: not a gold record ({error})") from None


def attributions_of(quotes: list[Quote]) -> list[dict[str, list[list[int]]]]:
    """Rows of ``quotes`` in the gold's form; rows linked by ``continues`` are one attribution."""
    out: dict[str, dict[str, list[list[int]]]] = {}
    root: dict[str, str] = {}
    for q in quotes:
        root[q.quote_id] = root.get(q.continues, q.continues) if q.continues else q.quote_id
        spans = [[s.start_char, s.end_char] for s in q.content_spans]
        cue = [[q.cue_start, q.cue_end]] if q.cue_start is not None and q.cue_end is not None else []
        whole = out.get(root[q.quote_id])
        if whole is not None:
            whole["content"].extend(spans)
            whole["cue"] = whole["cue"] or cue
            continue
        source = [[q.speaker_start, q.speaker_end]] if q.speaker_start is not None and q.speaker_end is not None else []
        out[root[q.quote_id]] = {"source": source, "cue": cue, "content": spans}
    return list(out.values())


def format_measures(result: dict[str, Any]) -> str:
    """The measures in percent, as lines of text."""
    c = result["counts"]
    by_kind = {side: ", ".join(f"{c[f'{side}_{k}']} {k}" for k in KINDS) for side in ("gold", "pred")}
    lines = [
        f"{counted(result['documents'], 'documents')}; gold {c['gold']} ({by_kind['gold']}); "
        f"predicted {c['pred']} ({by_kind['pred']}); "
        f"matched {c['matched']}",
        f"{'':26}{'P':>7}{'R':>7}{'F1':>7}",
    ]
    for name in ("content_tokens", "quoted_tokens", "relaxed", "exact", "joint", "fragments", "fragments_joint"):
        lines.append(_line(name, result[name]))
    lines.append(_source_line("source on matched", result["source_on_matched"]))
    for kind in KINDS:
        for name, values in result[kind].items():
            if name != "source_on_matched":
                lines.append(_line(f"{kind} {name}", values))
        lines.append(_source_line(f"{kind} source", result[kind]["source_on_matched"]))
    return "\n".join(lines)


def _line(name: str, values: dict[str, float]) -> str:
    return f"{name.replace('_', ' '):26}" + "".join(f"{100 * values[k]:7.1f}" for k in ("p", "r", "f"))


def _source_line(name: str, values: dict[str, float]) -> str:
    return f"{name:26}  " + ", ".join(f"{k.replace('_', ' ')} {100 * v:.1f}" for k, v in values.items())

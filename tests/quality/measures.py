"""What the floors are floors of: how much of what was written down as right is read so."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord.figures import FoundFigure, find_figures
from onrecord.schemas import Figure as FigureRow
from onrecord.schemas import Quote
from onrecord.text.view import ArticleView

from ..gold import read_passages
from ..gold.judging import judged

Case = dict[str, Any]
SPEC = Path(__file__).parents[1] / "language/figures_spec.jsonl"
OWN = Path(__file__).parent / "cases"
AGREE = {"direct": 0.95, "mixed": 0.95, "indirect": 0.8}  # token F1 from which the words of a quote are those of the case


def read_cases(path: Path) -> list[Case]:
    """Cases of a file, a JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def gold_shares(nlp: Any) -> dict[str, float]:
    """Of the quotes of the gold passages that are for measuring: percent found, and of those found right and not wrong."""
    passages = list(read_passages("test"))
    docs = nlp.pipe([p.text for p in passages])
    seen = Counter(v for p, doc in zip(passages, docs, strict=True) for _, _, v in judged(p, doc._.quotes))
    found = seen.total() - seen["missed"]
    shares = {"found": found / seen.total(), "right": seen["right"] / found, "not wrong": 1 - seen["wrong"] / found}
    return {name: 100 * share for name, share in shares.items()}


def specified(text: str, wanted: Sequence[Case]) -> tuple[list[str], list[Case]]:
    """What is read of a sentence of the figure specification: the words of each figure, and what it says of what is wanted."""
    found = find_figures(ArticleView.of_text(text))
    words = [text[f.start : f.end] for f in found]
    return words, [_told(f, w, found, text) for f, w in zip(found, wanted, strict=False)]


def _told(figure: FoundFigure, wanted: Case, found: list[FoundFigure], text: str) -> Case:
    special = {
        "text": text[figure.start : figure.end],
        "part_of": found.index(figure.part_of) if figure.part_of is not None else None,
        "readings": list(figure.readings),
    }
    return {key: special.get(key, getattr(figure, key, None)) for key in wanted}


def wrong_in_specification() -> tuple[int, list[str]]:
    """How many sentences of the figure specification are read as it says, and those that are not."""
    cases = read_cases(SPEC)
    wrong = [c["text"] for c in cases if not _as_specified(c)]
    return len(cases) - len(wrong), wrong


def _as_specified(case: Case) -> bool:
    words, told = specified(case["text"], case["figures"])
    return words == [w["text"] for w in case["figures"]] and all(_same(t, w) for t, w in zip(told, case["figures"], strict=True))


def wrong_quotes(cases: Sequence[Case], nlp: Any) -> list[str]:
    """Ids of the cases whose quotes are not those expected: words and the speaker's name."""
    docs = nlp.pipe([c["text"] for c in cases])
    return [c["id"] for c, doc in zip(cases, docs, strict=True) if not _quotes_agree(c["expected"], doc._.quotes)]


def wrong_figures(cases: Sequence[Case], nlp: Any) -> list[str]:
    """Ids of the cases whose figures are not exactly those expected."""
    docs = nlp.pipe([c["text"] for c in cases])
    return [c["id"] for c, doc in zip(cases, docs, strict=True) if not _figures_agree(c["expected"], doc._.figures)]


def _quotes_agree(expected: Sequence[Case], rows: Sequence[Quote]) -> bool:
    return len(rows) == len(expected) and all(_is_quote(e, row) for e, row in zip(expected, rows, strict=True))


def _is_quote(expected: Case, row: Quote) -> bool:
    wanted, got = Counter(expected["content"].split()), Counter(row.text.split())
    f1 = 2 * (wanted & got).total() / (wanted.total() + got.total())
    return f1 >= AGREE[expected["type"]] and row.speaker_name == expected["speaker_name"]


def _figures_agree(expected: Sequence[Case], rows: Sequence[FigureRow]) -> bool:
    told = [{key: getattr(row, key) for key in e} for e, row in zip(expected, rows, strict=False)]
    return len(rows) == len(expected) and all(_same(t, e) for t, e in zip(told, expected, strict=True))


def _same(told: Case, wanted: Case) -> bool:
    """Equal, numbers but for what floating point loses."""
    return told.keys() == wanted.keys() and all(_close(told[key], value) for key, value in wanted.items())


def _close(told: Any, wanted: Any) -> bool:
    if isinstance(wanted, float) and isinstance(told, int | float):
        return abs(told - wanted) <= 1e-6 * max(1.0, abs(wanted))
    return bool(told == wanted)

"""What the rules make of the sample articles and of the cases of the figure specification: a digest for each, stored beside.

Rows that change must have another ``rules_version``, or articles that were read before could not be told from those read after.

Example:
    python -m tests.golden_rows     stores the digests of today's rows
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from onrecord import load
from onrecord.figures import find_figures
from onrecord.reading import model_version
from onrecord.reading.rows import figure_rows
from onrecord.reading.version import rules_version
from onrecord.sources.formats import Reading, read_records
from onrecord.text.detect import detect_language, is_english
from onrecord.text.view import ArticleView

HERE = Path(__file__).parent
STORED = HERE / "golden_rows.json"
SAMPLES = HERE / "samples"
SPECIFICATION = HERE / "language" / "figures_spec.jsonl"
RAISE = "raise RULES in pipeline/reading/version.py and "
# the network's own numbers differ in their last digits from processor to processor
_LEFT_OUT = {"confidence", "speaker_confidence", "claimant_confidence", "model_version", "rules_version", "run_id"}


def today(nlp: Any) -> dict[str, Any]:
    """The versions, and a digest of the rows of each article and each case, by what it is called."""
    rows = dict([*_articles(nlp), *_cases()])
    return {"model_version": model_version(), "rules_version": rules_version(), "rows": rows}


def what_to_do(stored: dict[str, Any], now: dict[str, Any]) -> str | None:
    """What to do about rows that are not those stored, in one line; None if they are."""
    before, after = stored["rows"], now["rows"]
    changed = [name for name in before | after if before.get(name) != after.get(name)]
    if not changed:
        return None
    same = all(stored[name] == now[name] for name in ("model_version", "rules_version"))
    old_ones = any(name in before and name in after for name in changed)
    told = f"{len(changed)} rows changed, such as {changed[0]!r}: "
    return told + (RAISE if same and old_ones else "") + "run 'python -m tests.golden_rows' to store them"


def _articles(nlp: Any) -> Iterator[tuple[str, str]]:
    for path in sorted(p for p in SAMPLES.iterdir() if p.is_file() and not p.name.startswith("_")):
        with path.open("rb") as stream:
            records = [r for r in read_records(stream, path.name, path.name, Reading("auto")) if hasattr(r, "text")]
        for number, record in enumerate(records, 1):
            if is_english(record.language or detect_language(record.text)):
                doc = nlp(record.text)
                paragraphs = [(p.kind, p.start, p.end) for p in doc._.paragraphs]
                yield f"{path.name}, {number}", _digest(paragraphs, doc._.quotes, doc._.figures, doc._.speakers)


def _cases() -> Iterator[tuple[str, str]]:
    for line in SPECIFICATION.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        page = ArticleView.of_text(text)
        yield text, _digest([], figure_rows(page, find_figures(page), []))


def _digest(paragraphs: Sequence[Any], *tables: Sequence[BaseModel]) -> str:
    """Of what rows tell: a column that tells nothing yet changes none."""
    rows = [[row.model_dump(mode="json", exclude=_LEFT_OUT, exclude_none=True) for row in rows] for rows in tables]
    return hashlib.sha256(json.dumps([paragraphs, *rows], sort_keys=True).encode()).hexdigest()[:12]


def main() -> None:
    """Store today's rows, unless they changed under an unchanged version."""
    now = today(load())
    told = what_to_do(json.loads(STORED.read_text(encoding="utf-8")), now) if STORED.exists() else None
    if told is not None and RAISE in told:
        raise SystemExit(told)
    STORED.write_text(json.dumps(now, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Who gives the figures of gold attributions: claimants named and mentioned, against the gold's sources.

    python -m benchmarks.claimants --gold GOLD.jsonl[.gz] [--docs IDS.txt] [--errors]

The gold has the form of ``onrecord evaluate``. Every gold attribution with a source and one of our figures in its content
counts: it is met where the claimant's mention of such a figure shares a word with the source. Claimants that we name are
right where their mention shares a word with the source of a gold attribution that holds the figure.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

from onrecord import load
from onrecord.schemas import Figure, Quote
from tests.gold.wilson import interval


def main() -> None:
    """Print shares with 95 % Wilson intervals."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks.claimants", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--docs", type=Path, help="ids of the documents to use, one a line")
    parser.add_argument("--errors", action="store_true", help="print what is missed or wrong")
    args = parser.parse_args()
    opened = gzip.open if args.gold.suffix == ".gz" else open
    with opened(args.gold, "rt", encoding="utf-8") as lines:
        docs = [json.loads(line) for line in lines]
    if args.docs:
        wanted = set(args.docs.read_text(encoding="utf-8").split())
        docs = [d for d in docs if d["doc_id"] in wanted]
    nlp = load()
    figures = held = met = missing = named = right = outside = 0
    for gold, doc in zip(docs, nlp.pipe([d["text"] for d in docs]), strict=True):
        text, quotes = gold["text"], {q.quote_id: q for q in doc._.quotes}
        figures += len(doc._.figures)
        attributions = [a for a in gold["attributions"] if a["source"]]
        for a in attributions:
            own = [f for f in doc._.figures if _holds(a, f)]
            if not own:
                continue
            held += 1
            hit = any(_overlaps(a, _mention(f, quotes)) for f in own)
            met += hit
            missing += not any(_mention(f, quotes) for f in own)
            if args.errors and not hit:
                said = _words(text, a["content"])[:160]
                print(f"missed {_words(text, a['source'])!r} but {own[0].claimant_mention!r}: {own[0].text!r} in {said!r}")
        for f in doc._.figures:
            if f.claimant_name is None:
                continue
            holding = [a for a in attributions if _holds(a, f)]
            named += bool(holding)
            outside += not holding
            hit = any(_overlaps(a, _mention(f, quotes)) for a in holding)
            right += hit
            if args.errors and not hit:
                sources = [_words(text, a["source"]) for a in holding]
                verdict = "wrong" if holding else "outside"
                print(f"{verdict} {f.claimant_name!r} ({f.claimant_mention!r}) but {sources}: {f.text!r} in {f.excerpt[:200]!r}")
    print(f"{len(docs)} documents, {figures} figures")
    print(f"gold attributions with a figure  {held}: met {_share(met, held)}; no claimant given {missing}")
    print(f"claimants named within them      {named}: right {_share(right, named)}")
    everyone = named + outside
    print(f"claimants named, all             {everyone}: right {_share(right, everyone)}; {outside} in no gold attribution")


def _holds(a: dict[str, Any], f: Figure) -> bool:
    return any(s < f.end_char and f.start_char < e and s <= f.start_char + len(f.text) // 2 < e for s, e in a["content"])


def _mention(f: Figure, quotes: dict[str, Quote]) -> tuple[int, int] | None:
    quote = quotes.get(f.quote_id or "")
    if quote is None or f.claimant_mention is None or quote.speaker_start is None or quote.speaker_end is None:
        return None
    return quote.speaker_start, quote.speaker_end


def _overlaps(a: dict[str, Any], mention: tuple[int, int] | None) -> bool:
    return mention is not None and any(s < mention[1] and mention[0] < e for s, e in a["source"])


def _words(text: str, spans: list[list[int]]) -> str:
    return " … ".join(text[s:e] for s, e in spans).replace("\n", " ")


def _share(part: int, whole: int) -> str:
    low, high = interval(part, whole)
    return f"{part} = {part / max(1, whole):.1%} ({low:.1%}-{high:.1%})"


if __name__ == "__main__":
    main()

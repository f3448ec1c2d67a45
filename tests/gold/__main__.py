"""Measure how many quotes of the gold passages get the right name, by stratum.

Example:
    python -m tests.gold --split dev --errors
"""

from __future__ import annotations

import argparse
from collections import Counter

from onrecord import load
from onrecord.schemas import Quote
from onrecord.schemas.ids import normalised_name

from . import STRATA, GoldQuote, read_passages
from .wilson import interval


def main() -> None:
    """Print counts, shares and 95 % Wilson intervals."""
    parser = argparse.ArgumentParser("python -m tests.gold", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    args = parser.parse_args()
    nlp = load()
    passages = list(read_passages(args.split))
    seen: Counter[tuple[str, str]] = Counter()
    for passage, doc in zip(passages, nlp.pipe([p.text for p in passages]), strict=True):
        for gold in passage.quotes:
            row = _row(gold, doc._.quotes)
            verdict = "missed" if row is None else judge(gold, row)
            seen[gold.stratum, verdict] += 1
            if args.errors and verdict != "right":
                said = passage.text[slice(*gold.content[0])]
                got = row and (
                    row.speaker_mention,
                    row.speaker_name,
                    row.speaker_status,
                    row.speaker_rule,
                    [c.name for c in row.co_speakers],
                )
                print(
                    f"{verdict:7} {passage.id} {gold.number} {gold.stratum}: {gold.names or '-'} but {got}\n        {said[:90]}"
                )
    print(f"{'':13}{'quotes':>7}{'found':>7}{'right':>7}{'wrong':>7}{'null':>7}   right of found")
    for stratum in (*STRATA, "all"):
        by = Counter({v: n for (s, v), n in seen.items() if s == stratum} if stratum != "all" else _sum(seen))
        found = by.total() - by["missed"]
        low, high = interval(by["right"], found)
        share = f"{by['right'] / max(1, found):7.1%} ({low:.1%}-{high:.1%})"
        print(f"{stratum:13}{by.total():7}{found:7}{by['right']:7}{by['wrong']:7}{by['null']:7}   {share}")


def judge(gold: GoldQuote, row: Quote) -> str:
    """*right*, *wrong* (another name, or a name where there is none) or *null* (no name, or not told as unnamed)."""
    names = {_key(n) for n in (row.speaker_name, *(c.name for c in row.co_speakers)) if n}
    if not gold.names:
        return "wrong" if names else "right" if row.speaker_status in ("unnamed", "none") else "null"
    if names == {_key(n) for n in gold.names}:
        return "right"
    return "wrong" if names else "null"


def _row(gold: GoldQuote, rows: list[Quote]) -> Quote | None:
    """The row whose content shares most with the gold's, if it shares half of the shorter one."""

    def shared(row: Quote) -> int:
        return sum(max(0, min(e, s.end_char) - max(b, s.start_char)) for b, e in gold.content for s in row.content_spans)

    best = max(rows, key=shared, default=None)
    if best is None or 2 * shared(best) < min(
        sum(e - b for b, e in gold.content), sum(s.end_char - s.start_char for s in best.content_spans)
    ):
        return None
    return best


def _key(name: str) -> str:
    return normalised_name(name).removeprefix("the ").replace("'", "’")


def _sum(seen: Counter[tuple[str, str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for (_, verdict), n in seen.items():
        total[verdict] += n
    return total


if __name__ == "__main__":
    main()

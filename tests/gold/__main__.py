"""Measure how many quotes of the gold passages get the right name, by stratum.

Example:
    python -m tests.gold --split dev --errors
"""

from __future__ import annotations

import argparse
from collections import Counter

from onrecord import load

from . import STRATA, read_passages
from .judging import judged
from .wilson import interval


def main() -> None:
    """Print counts, shares and 95 % Wilson intervals."""
    parser = argparse.ArgumentParser("python -m tests.gold", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    args = parser.parse_args()
    passages = list(read_passages(args.split))
    seen: Counter[tuple[str, str]] = Counter()
    for passage, doc in zip(passages, load().pipe([p.text for p in passages]), strict=True):
        for gold, row, verdict in judged(passage, doc._.quotes):
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


def _sum(seen: Counter[tuple[str, str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for (_, verdict), n in seen.items():
        total[verdict] += n
    return total


if __name__ == "__main__":
    main()

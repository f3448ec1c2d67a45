"""Whom an ambiguous pronoun means, on GAP (Webster et al. 2018): passages with a pronoun and two names that it may mean.

    python -m benchmarks.gap FILE [--limit N] [--wrong N]

FILE is one of GAP's (``gap-development.tsv``, gzipped or not). The network finds the names of a passage, and the resolver says
whom the pronoun means, or leaves it undecided. Where it means one of the two names, the resolver is right if it says that one,
and wrong if it says the other or anybody else. Where it means neither, it is wrong if it says one of the two.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from onrecord.naming.cast import Name
from onrecord.reading.steps import Findings, make_steps, read_articles
from onrecord.speakers.resolve import resolve_pronoun
from onrecord.text.article import Article
from onrecord.text.chars import Chars
from tests.gold.wilson import interval

_AT_ONCE = 64  # passages that the network reads together
Verdict = Literal["right", "wrong", "undecided"]


@dataclass(frozen=True)
class Passage:
    """A passage of GAP: its text, the pronoun, the two names, and which of them is meant (None: neither)."""

    id: str
    text: str
    pronoun: Chars
    names: tuple[Chars, Chars]
    meant: int | None


def read_gap(path: Path) -> list[Passage]:
    """The passages of a file of GAP."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as lines:
        return [_passage(row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _passage(row: dict[str, str]) -> Passage:
    def span(column: str) -> Chars:
        start = int(row[f"{column}-offset"])
        return start, start + len(row[column])

    meant = [n for n, column in enumerate(("A-coref", "B-coref")) if row[column].upper() == "TRUE"]
    return Passage(row["ID"], row["Text"], span("Pronoun"), (span("A"), span("B")), meant[0] if meant else None)


def judge(passage: Passage, said: Name | None) -> Verdict:
    """What the resolver's answer is worth."""
    if said is None:
        return "undecided"
    answers = [any(s < hi and lo < e for s, e in said.mentions) for lo, hi in passage.names]
    if passage.meant is None:
        return "wrong" if any(answers) else "right"
    return "right" if answers[passage.meant] else "wrong"


def resolve(passages: list[Passage]) -> list[Name | None]:
    """The resolver's answers."""
    steps = make_steps("paragraphs", "attributions")
    answers: list[Name | None] = []
    for k in range(0, len(passages), _AT_ONCE):
        own = passages[k : k + _AT_ONCE]
        found = [Findings.of(replace(Article.of_text(p.text), language="en")) for p in own]
        read_articles(found, steps)
        answers += [resolve_pronoun(f.view, f.view.entities, p.pronoun) for f, p in zip(found, own, strict=True)]
    return answers


def report(passages: list[Passage], answers: list[Name | None]) -> str:
    """Shares with 95 % Wilson intervals."""
    lines = []
    verdicts = [(p, judge(p, said)) for p, said in zip(passages, answers, strict=True)]
    for title, own in (
        ("all passages", [v for _, v in verdicts]),
        ("that mean one of the names", [v for p, v in verdicts if p.meant is not None]),
        ("that mean neither", [v for p, v in verdicts if p.meant is None]),
        ("he", [v for p, v in verdicts if p.text[slice(*p.pronoun)].lower() in ("he", "his", "him")]),
        ("she", [v for p, v in verdicts if p.text[slice(*p.pronoun)].lower() in ("she", "her", "hers")]),
    ):
        counts = Counter(own)
        decided = counts["right"] + counts["wrong"]
        lines.append(
            f"{title:27} {len(own):5}: decided {_share(decided, len(own))}; right of those {_share(counts['right'], decided)}; "
            f"right {counts['right']}, wrong {counts['wrong']}, undecided {counts['undecided']}"
        )
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    low, high = interval(part, whole)
    return f"{part / max(1, whole):.1%} ({low:.1%}-{high:.1%})"


def main() -> None:
    """Print how many pronouns are resolved rightly, and some that are not."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks.gap", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--limit", type=int, metavar="N", help="the first N passages alone")
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="print so many that are wrong or undecided")
    args = parser.parse_args()
    passages = read_gap(args.file)[: args.limit]
    answers = resolve(passages)
    missed = [(p, said) for p, said in zip(passages, answers, strict=True) if judge(p, said) != "right"]
    for p, said in missed[: args.wrong]:
        (a, b), (lo, hi) = ([p.text[slice(*name)] for name in p.names], p.pronoun)
        gold = "neither" if p.meant is None else (a, b)[p.meant]
        answer = said.full if said is not None else None
        print(f"{p.id}: {gold!r} of {a!r}, {b!r}, but {answer!r}: {p.text[:lo]}[{p.text[lo:hi]}]{p.text[hi:]}\n")
    print(report(passages, answers))


if __name__ == "__main__":
    main()

"""How often each rule decides, in its order: for speakers, noun phrases, figures and refusals of figures.

    python -m benchmarks.rules FILE...

A file is a text (one article), or JSONL, also gzipped, with the field ``text`` in each line, such as the gold of ``onrecord
evaluate``. *noun phrases* are those that the paper only mentions, and those before *who*; those that speak count as
speakers, each of several who speak together once. A number is refused after a rule has made it a figure, so that the figures
of an article are the difference.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from onrecord import load
from onrecord.figures import candidate
from onrecord.sieve import Rule
from onrecord.speakers import resolve

Steps = Counter[tuple[str, str, str]]  # by the rule's name, and those of the functions by which it applies and decides
LISTS = {
    "speakers": (resolve, "SPEAKER_RULES"),
    "noun phrases": (resolve, "NOUN_RULES"),
    "figures": (candidate, "RULES"),
    "refusals": (candidate, "REFUSALS"),
}


def main() -> None:
    """Print a table for each list of rules."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks.rules", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    args = parser.parse_args()
    for what, steps in counted(load(), texts(args.files)).items():
        print(f"\n{what:28}{'applies':22}{'decides':22}{steps.total():7}")
        for (name, applies, decides), n in steps.items():
            print(f"{name:28}{applies:22}{decides:22}{n:7}  {n / max(1, steps.total()):6.1%}")


def counted(nlp: Any, articles: Iterable[str]) -> dict[str, Steps]:
    """How often each rule of each list decides on the articles, in the lists' order; 0 for those that never do."""
    out: dict[str, Steps] = {}
    with ExitStack() as changed:
        for what, (module, name) in LISTS.items():
            out[what] = Counter()
            changed.enter_context(patch.object(module, name, _counting(getattr(module, name), out[what])))
        for _ in nlp.pipe(articles):
            pass
    return out


def _counting(rules: Sequence[Rule[Any, Any, Any]], steps: Steps) -> tuple[Rule[Any, Any, Any], ...]:
    """The same rules, which count what they decide."""

    def counting(rule: Rule[Any, Any, Any]) -> Rule[Any, Any, Any]:
        step = rule.name, rule.applies.__name__, rule.decide.__name__
        steps[step] += 0

        def decide(case: Any) -> Any:
            decision = rule.decide(case)
            steps[step] += decision is not None
            return decision

        return replace(rule, decide=decide)

    return tuple(map(counting, rules))


def texts(files: Iterable[Path]) -> Iterator[str]:
    """The articles of files."""
    for file in files:
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        if ".jsonl" in file.suffixes:
            yield from (json.loads(line)["text"] for line in data.splitlines() if line.strip())
        else:
            yield data.decode(errors="replace")


if __name__ == "__main__":
    main()

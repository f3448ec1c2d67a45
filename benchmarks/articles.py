"""Articles for benchmarks: paragraphs of the sample articles recombined, with fresh names and numbers.

No two articles are equal, so that nothing is skipped as known. The same seed gives the same articles.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "tests" / "samples"
LONG, SHORT = (8, 14), (2, 2)  # paragraphs: about 300 words, about 60
_SYLLABLES = (
    "ba be bo da de do fa ga go ha ka ke ki la le lo ma me mi mo na ne no pa pe ra re ri ro sa se so ta te to va ve vi".split()
)
_KEPT = frozenset("The He She It They We I In On At But And A An According Asked Nobody More Almost Nearly About One".split())
_NAME = re.compile(r"(?<![.!?…“\"‘'«„`] )(?<!^)\b[A-Z][a-z]{2,}\b")


def paragraphs() -> list[str]:
    """Body paragraphs of the samples that are UTF-8 with blank lines between paragraphs."""
    found = []
    for path in sorted(SAMPLES.glob("*.txt")):
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        if "auf-deutsch" not in path.name and "\n\n" in text and "\r" not in text:
            found += [" ".join(p.split()) for p in text.split("\n\n")[1:] if len(p.split()) > 8]
    return found


def make_article(rng: random.Random, body: list[str], number: int, length: tuple[int, int] = LONG) -> dict[str, str]:
    """One article: a headline and a number of paragraphs between two bounds."""
    names: dict[str, str] = {}

    def renamed(m: re.Match[str]) -> str:
        if m.group() in _KEPT:
            return m.group()
        return names.setdefault(m.group(), "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 3))).capitalize())

    def renumbered(m: re.Match[str]) -> str:
        return str(rng.randint(11, 989))

    chosen = rng.sample(body, rng.randint(*length))
    text = "\n\n".join(re.sub(r"(?<![\d,.])\d{2,3}(?![\d,.])", renumbered, _NAME.sub(renamed, p)) for p in chosen)
    title = f"{''.join(rng.choices(_SYLLABLES, k=3)).capitalize()} council votes on plan {number}"
    day = f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    return {"id": f"b-{number}", "title": title, "text": text, "published_at": day, "publisher": "Bench Gazette"}


def write_articles(
    folder: Path, count: int, seed: int = 7, per_file: int = 500, start: int = 0, length: tuple[int, int] = LONG
) -> int:
    """Write ``count`` articles as JSONL files, numbered from ``start``; returns the number of words."""
    rng = random.Random(seed * 1_000_003 + start)
    body = paragraphs()
    folder.mkdir(parents=True, exist_ok=True)
    words = 0
    for lo in range(start, start + count, per_file):
        with open(folder / f"articles-{lo:07}.jsonl", "w", encoding="utf-8") as out:
            for number in range(lo, min(lo + per_file, start + count)):
                article = make_article(rng, body, number, length)
                words += len(article["text"].split())
                out.write(json.dumps(article, ensure_ascii=False) + "\n")
    return words


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    args = parser.parse_args()
    print(f"{write_articles(args.folder, args.count):,} words")

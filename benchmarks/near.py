"""Are reprints told? Made-up articles and lightly edited copies of some, read by whole runs; and the same on one's own texts.

A reprint has another title and address, loses up to half of its paragraphs, gains an agency line, and a word or two is
changed in each paragraph that is left. Articles are recombined from a few paragraphs with other names, numbers and a third of
the longer words, so that many that are no reprints have sentences in common, as news of the same event has.

    python -m benchmarks.near --articles 1700 --reprints 300
    python -m benchmarks.near --texts FOLDER --reprints 300
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from pathlib import Path

import pyarrow.compute as pc

from onrecord import tables as open_tables
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.sources.nearness import THRESHOLD
from tests.gold.wilson import interval

from .articles import make_article, paragraphs

_AGENCIES = ("KAVA NEWS AGENCY", "Northern Wire", "By our correspondents and agencies")


def make_reprint(rng: random.Random, article: dict[str, str]) -> dict[str, str]:
    """A copy that an editor has shortened and touched."""
    body = [p for p in article["text"].split("\n\n") if p.strip()]
    kept = sorted(rng.sample(range(len(body)), rng.randint(max(1, (len(body) + 1) // 2), len(body))))
    edited = []
    for n in kept:
        words = body[n].split()
        for _ in range(rng.randint(0, 2)):
            words[rng.randrange(len(words))] = rng.choice(["also", "then", "nearly", "again", "local"])
        edited.append(" ".join(words))
    agency = rng.choice(_AGENCIES)
    text = "\n\n".join([f"({agency}) — {edited[0]}", *edited[1:], f"© {agency} 2026. All rights reserved."])
    return {
        "id": f"reprint-{article['id']}",
        "title": f"What we know: {article['title'].split()[-1]} and more",
        "text": text,
        "published_at": "2026-12-30",
        "publisher": "Elsewhere Post",
    }


def make_original(rng: random.Random, body: list[str], number: int) -> dict[str, str]:
    """An article with words of its own."""
    words: dict[str, str] = {}

    def reworded(m: re.Match[str]) -> str:
        word = m.group()
        if word not in words:
            letters = [rng.choice("aeiou") if c in "aeiou" else c for c in word]
            words[word] = "".join(letters) if rng.random() < 1 / 3 else word
        return words[word]

    article = make_article(rng, body, number)
    return article | {"text": re.sub(r"\b[a-z]{5,}\b", reworded, article["text"])}


def own_texts(folder: Path) -> list[dict[str, str]]:
    """Articles from the plain text files of a folder."""
    found = []
    for n, path in enumerate(sorted(folder.rglob("*.txt"))):
        text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
        if len(text.split()) > 80:
            found.append({"id": f"t-{n}", "title": path.stem, "text": text, "published_at": "2026-01-02"})
    return found


def main() -> None:
    """Write the articles, read them in one run and in two, and print precision and recall."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1700)
    parser.add_argument("--reprints", type=int, default=300)
    parser.add_argument("--texts", type=Path, help="a folder of .txt articles instead of made-up ones")
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    body = paragraphs()
    articles = own_texts(args.texts) if args.texts else [make_original(rng, body, n) for n in range(args.articles)]
    reprints = [make_reprint(rng, a) for a in rng.sample(articles, args.reprints)]
    with tempfile.TemporaryDirectory() as folder:
        for name, runs in (("one run", [articles + reprints]), ("two runs", [articles, reprints])):
            output = Path(folder) / name.replace(" ", "-")
            for n, rows in enumerate(runs):
                source = Path(folder) / f"{output.name}-{n}.jsonl"
                source.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
                run([str(source)], output, Config())
            _report(name, output, articles, reprints)


def _report(name: str, output: Path, articles: list[dict[str, str]], reprints: list[dict[str, str]]) -> None:
    documents = open_tables(output)["documents"].to_table(columns=["doc_id", "title"])
    ids = dict(zip(documents["title"].to_pylist(), documents["doc_id"].to_pylist(), strict=True))
    titles = {a["id"]: a["title"] for a in articles}
    gold = {ids[r["title"]]: ids[titles[r["id"].removeprefix("reprint-")]] for r in reprints}
    near = open_tables(output)["appearances"].to_table(filter=pc.field("relation") == "near")
    told = dict(zip(near["doc_id"].to_pylist(), near["of_doc_id"].to_pylist(), strict=True))
    right = sum(gold.get(doc) == of for doc, of in told.items())
    for label, count, of in (("precision", right, len(told)), ("recall", right, len(gold))):
        low, high = interval(count, of)
        print(f"{name}, from {THRESHOLD:.0%} in common: {label} {count}/{of} = {count / of:.1%} ({low:.1%}-{high:.1%})")


if __name__ == "__main__":
    main()

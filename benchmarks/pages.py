"""Completeness of articles read from pages: recall and precision by paragraph, side by side with trafilatura and newspaper4k.

    python -m benchmarks.pages FOLDER

``FOLDER`` holds pages (``NAME.html`` or ``NAME.html.gz``) and beside each ``NAME.json`` with what is right: ``paragraphs``, a
list, or an article as fundus writes it (``body``), and ``url`` if it is known. Any collection can be put so. A paragraph is found
where its letters and digits stand in a row in what was read; titles, posts of networks and lines of the page count for nobody.
newspaper4k is run where it is installed.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.sources.readers.html import read_html
from onrecord.sources.readers.json_names import text_of
from onrecord.sources.records import RawArticle
from onrecord.text.paragraphs import split_paragraphs

_APART = ("boilerplate", "embed", "headline")


class Page(NamedTuple):
    """A page, its address, and its paragraphs as somebody has told them."""

    name: str
    data: bytes
    url: str | None
    right: list[str]


class Score(NamedTuple):
    """Of one extractor: shares of the right paragraphs found, of those it gave that are right, and pages with nothing."""

    recall: float
    precision: float
    nothing: int


def pages(folder: Path) -> Iterator[Page]:
    """The pages of a folder that have something beside them to compare with."""
    for path in sorted(p for p in folder.iterdir() if p.name.endswith((".html", ".html.gz"))):
        beside = folder / f"{path.name.partition('.html')[0]}.json"
        if beside.exists():
            told = json.loads(beside.read_text(encoding="utf-8"))
            told = told.get("V1", told)
            right = told.get("paragraphs") or text_of(told["body"], "body").split("\n\n")
            data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            yield Page(path.name, data, told.get("url"), right)


def ours(page: Page) -> list[str]:
    """The paragraphs that this package reads."""
    found = read_html(page.data, page.name, None, {"url": page.url} if page.url else {}, 10**7)
    if not isinstance(found, RawArticle):
        return []
    return [found.text[p.start : p.end] for p in split_paragraphs(found.text, found.title) if p.kind not in _APART]


def trafilatura(page: Page) -> list[str]:
    """Those of trafilatura as it is."""
    import trafilatura as library

    return (library.extract(page.data, url=page.url, include_comments=False) or "").split("\n")


def newspaper(page: Page) -> list[str]:
    """Those of newspaper4k."""
    import newspaper as library

    article = library.Article(page.url or "https://page.example/")
    article.download(input_html=page.data.decode("utf-8", "replace"))
    article.parse()
    return str(article.text).split("\n")


def score(found: Callable[[Page], list[str]], of: list[Page]) -> Score:
    """How one extractor does on pages; each page counts the same."""
    recalls, precisions, nothing = [], [], 0
    for page in of:
        given = [key for line in found(page) if (key := _key(line))]
        right = [key for line in page.right if (key := _key(line))]
        all_given, all_right = " ".join(given).replace(" ", ""), "".join(right)
        nothing += not given
        recalls.append(sum(key in all_given for key in right) / len(right))
        precisions.append(sum(key in all_right for key in given) / len(given) if given else 0.0)
    return Score(sum(recalls) / len(of), sum(precisions) / len(of), nothing)


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def main(arguments: Any = None) -> None:
    """Print a line for each extractor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    of = list(pages(parser.parse_args(arguments).folder))
    print(f"{len(of)} pages\n{'':14}{'recall':>8}{'precision':>11}{'nothing':>9}")
    for name, found in (("onrecord", ours), ("trafilatura", trafilatura), ("newspaper4k", newspaper)):
        try:
            result = score(found, of)
        except ImportError:
            print(f"{name:14}not installed")
            continue
        print(f"{name:14}{result.recall:8.3f}{result.precision:11.3f}{result.nothing:9}")


if __name__ == "__main__":
    main()

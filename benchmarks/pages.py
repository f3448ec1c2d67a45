"""Completeness of articles read from pages: recall and precision by paragraph, side by side with trafilatura and newspaper4k.

    python -m benchmarks.pages FOLDER

``FOLDER``, or what lies below it, holds pages (``NAME.html`` or ``NAME.html.gz``) and beside each ``NAME.json`` with what is
right: ``paragraphs``, a list, or an article as fundus writes it (``body``), and ``url`` if it is known. Any collection can be put
so. Two are read as they are published:

- fundus' test pages: clone https://github.com/flairNLP/fundus, and give its tests/resources/parser/test_data
- trafilatura's: clone https://github.com/adbar/trafilatura, and give its tests; they tell passages, and not all of an article

A paragraph is found where its letters and digits stand in a row in what was read; titles, posts of networks and lines of the page
count for nobody. newspaper4k is run where it is installed (pip install newspaper4k).
"""

from __future__ import annotations

import argparse
import ast
import gzip
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.sources.pages.encoding import page_text
from onrecord.sources.readers.html import read_html
from onrecord.sources.readers.json_names import text_of
from onrecord.sources.records import RawArticle
from onrecord.text.paragraphs import split_paragraphs

_APART = ("boilerplate", "embed", "headline")


_DATED = re.compile(r"_\d{4}_\d\d_\d\d$")  # of the name of a page of fundus, whose answer goes without
_PASSAGES = "evaldata.py"  # of trafilatura


class Page(NamedTuple):
    """A page, its address, and its paragraphs as somebody has told them; or passages of it, and some that are none."""

    name: str
    data: bytes
    url: str | None
    right: list[str]
    wrong: list[str] | None = None


class Score(NamedTuple):
    """Of one extractor: shares of the right paragraphs found, of those it gave that are right, and pages with nothing."""

    recall: float
    precision: float
    nothing: int


def pages(folder: Path) -> Iterator[Page]:
    """The pages of a folder that have something beside them to compare with."""
    found = sorted(p for p in folder.rglob("*.html*") if p.name.endswith((".html", ".html.gz")))
    for path in found:
        name = path.name.partition(".html")[0]
        beside = next((p for n in (name, _DATED.sub("", name)) if (p := path.with_name(f"{n}.json")).exists()), None)
        if beside is not None:
            told, data = json.loads(beside.read_text(encoding="utf-8")), _data(path)
            answers = told.values() if {*map(type, told.values())} == {dict} and "body" not in told else [told]
            rights = [a.get("paragraphs") or text_of(a["body"], "body").split("\n\n") for a in answers]
            right = max(rights, key=lambda r: _share(r, data))  # of several parsers of fundus, that of the page's time
            if _share(right, data) > 0.5:
                yield Page(path.name, data, told.get("url") or _url(path), right)
    by_name = {p.name: p for p in found}
    for source in sorted(folder.rglob(_PASSAGES)):
        parts = ast.parse(source.read_text(encoding="utf-8")).body
        values = (p.value for p in parts if isinstance(p, ast.Assign) and isinstance(p.value, ast.Dict) and p.value.keys)
        for url, told in ((u, t) for value in values for u, t in ast.literal_eval(value).items()):
            if isinstance(told, dict) and told.get("file") in by_name and told.get("with"):
                yield Page(told["file"], _data(by_name[told["file"]]), url, told["with"], told.get("without") or [])


def _data(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def _url(path: Path) -> str | None:
    """The address of a page of fundus, by the list in its folder."""
    listed = path.with_name("meta.info")
    told = json.loads(listed.read_text(encoding="utf-8")) if listed.exists() else {}
    return told.get(path.name, {}).get("url")


def _share(right: list[str], data: bytes) -> float:
    """The share of paragraphs that stand in a page, wherever."""
    from lxml import html

    words = _key(html.document_fromstring(page_text(data, None)).text_content())
    return sum(_key(p) in words for p in right) / max(1, len(right))


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
        hits = sum(key in all_given for key in right)
        recalls.append(hits / len(right))
        if page.wrong is None:
            precisions.append(sum(key in all_right for key in given) / len(given) if given else 0.0)
        else:
            wrong = sum(_key(passage) in all_given for passage in page.wrong)
            precisions.append(hits / (hits + wrong) if hits else 0.0)
    return Score(sum(recalls) / len(of), sum(precisions) / len(of), nothing)


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def main(arguments: Any = None) -> None:
    """Print a line for each extractor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    of = list(pages(folder)) if folder.is_dir() else []
    if not of:
        sys.exit(f"no page with an answer beside it in {folder}\n\n{__doc__}")
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

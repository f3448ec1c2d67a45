"""What a page tells of itself for machines: blocks of JSON-LD (schema.org)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_BLOCKS = 50
_DEEPEST = 6
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Reportage|LiveBlogPosting|Report)$")
_WRAPPING = re.compile(r"^\s*(?:<!--|(?://\s*|/\*\s*)?<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://\s*|/\*\s*)?\]\]>(?:\s*\*/)?)\s*$")
_GAP = re.compile(r"[\s;,]*")
_LAST_COMMA = re.compile(r",(\s*[}\]])")
_ESCAPE = re.compile(r'\\([^"\\/bfnrtu])')
_LISTS = frozenset({"CollectionPage", "SearchResultsPage"})


class Structured:
    """The nodes of a page's JSON-LD; what cannot be read is none."""

    def __init__(self, tree: Any) -> None:
        self.articles: list[dict[str, Any]] = []
        self.kinds: set[str] = set()
        for data in blocks(tree):
            for node in _nodes(data, 0):
                kinds = node.get("@type")
                named = [k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)]
                self.kinds.update(named)
                if any(_ARTICLE.search(k) for k in named):
                    self.articles.append(node)

    @property
    def is_list(self) -> bool:
        """Whether the page says that it is a list of articles, and none itself."""
        return bool(self.kinds & _LISTS) and len(self.articles) != 1

    def bodies(self) -> list[str]:
        """The texts of the articles that it holds, longest first."""
        found = [node["articleBody"] for node in self.articles if isinstance(node.get("articleBody"), str)]
        return sorted(found, key=len, reverse=True)


def blocks(tree: Any) -> Iterator[Any]:
    """The values of a page's blocks of JSON-LD, also where they are not written as JSON must be."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:_BLOCKS]:
        yield from read_script(script.text or "")


def read_script(script: str) -> list[Any]:
    """The values of a script of JSON: one as a rule; none where nobody can read it."""
    bare = _WRAPPING.sub("", script).strip().rstrip(";")
    for mend in (lambda s: s, html.unescape, _mended):
        try:
            return _values(mend(bare))
        except (ValueError, RecursionError):
            continue
    return []


def _values(script: str) -> list[Any]:
    values: list[Any] = []
    at = 0
    decoder = json.JSONDecoder(strict=False)
    while at < len(script) and len(values) < _BLOCKS:
        value, at = decoder.raw_decode(script, at)
        values.append(value)
        at = _GAP.match(script, at).end()  # type: ignore[union-attr]
    return values


def _mended(script: str) -> str:
    """With what JSON forbids and pages write: a comma at the end, a backslash before any character."""
    return _LAST_COMMA.sub(r"\1", _ESCAPE.sub(r"\1", html.unescape(script) if '"' not in script else script))


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for value in data:
            yield from _nodes(value, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item"):
            yield from _nodes(data.get(key), depth + 1)

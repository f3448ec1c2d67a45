"""What a page tells of itself for machines: blocks of JSON-LD (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_BLOCKS = 50
_DEEPEST = 6
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Reportage|LiveBlogPosting|Report)$")
_LISTS = frozenset({"CollectionPage", "SearchResultsPage"})


class Structured:
    """The nodes of a page's JSON-LD; what cannot be read is none."""

    def __init__(self, tree: Any) -> None:
        self.articles: list[dict[str, Any]] = []
        self.kinds: set[str] = set()
        for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:_BLOCKS]:
            for node in _nodes(_read(script.text or ""), 0):
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


def _read(script: str) -> Any:
    try:
        return json.loads(script.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


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

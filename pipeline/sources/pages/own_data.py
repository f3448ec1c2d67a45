"""The body of an article that a page holds only in its data: those of its program (Next, Nuxt, Arc and others), JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ..readers.json_names import found, text_of, told
from ..records import Refused
from .structured import read_script

_SCRIPTS = 40
_LONGEST = 4 << 20  # characters of a script that is looked through
_NODES = 20_000
_DEEPEST = 12
_WITHIN = 3  # values within one another of a list of Nuxt
_MOST_ITEMS = 200
_LEAST = 40  # words of a body
_ASSIGNED = re.compile(r"(?:^|[;\s])[A-Za-z_$][\w$.]{0,60}(?:\[[\"'][\w$.-]{1,40}[\"']\])?\s*=\s*(?=[{\[])")
_PARSED = re.compile(r"JSON\.parse\(\s*(?=\")")
_MOST = 8  # values of a script that are tried


def body_in_data(tree: Any, least: int = 0) -> list[str]:
    """The paragraphs of the article of a page's title, as the data of the page hold them; none where they hold no such.

    Args:
        tree: the page, as lxml has it, with its scripts.
        least: words below which it is none.
    """
    titles = _titles(tree)
    best: list[str] = []
    if not titles:
        return best
    nodes = (node for data in _data(tree) for node in _nodes(data, 0))
    for _, node in zip(range(_NODES), nodes, strict=False):
        if not _is_titled(node, titles):
            continue
        try:
            body = found(node, "text", None)
            text = text_of(body[1], body[0]) if body else _updates(node)
        except Refused:
            continue
        lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
        if _words(lines) >= max(_LEAST, least, _words(best) + 1):
            best = lines
    return best


def _data(tree: Any) -> Iterator[Any]:
    for script in tree.xpath("//script[not(@src)]")[:_SCRIPTS]:
        text = script.text or ""
        if len(text) > _LONGEST or len(text) < 6 * _LEAST:
            continue
        if "json" in (script.get("type") or ""):
            for value in read_script(text):
                yield from (_whole(value, one) for one in value) if script.get("id") == "__NUXT_DATA__" else [value]
            continue
        starts = [*((m.end(), False) for m in _ASSIGNED.finditer(text)), *((m.end(), True) for m in _PARSED.finditer(text))]
        for start, within in starts[:_MOST]:
            try:
                value = json.JSONDecoder(strict=False).raw_decode(text, start)[0]
                yield json.loads(value) if within else value
            except (ValueError, TypeError, RecursionError):
                continue


def _whole(values: Any, value: Any, depth: int = 0) -> Any:
    """A value of Nuxt, which writes all of them into one list, and into each where the others stand in it."""
    if isinstance(value, dict | list) and depth < _WITHIN and isinstance(values, list):

        def at(n: Any) -> Any:
            return _whole(values, values[n], depth + 1) if type(n) is int and 0 <= n < len(values) else n

        return {k: at(n) for k, n in value.items()} if isinstance(value, dict) else [at(n) for n in value[:_MOST_ITEMS]]
    return value


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if isinstance(inner, dict | list):
            yield from _nodes(inner, depth + 1)


def _updates(node: dict[str, Any]) -> str:
    """The texts of a live blog (schema.org)."""
    updates = node.get("liveBlogUpdate")
    bodies = (one.get("articleBody") for one in updates if isinstance(one, dict)) if isinstance(updates, list) else ()
    return "\n\n".join(text_of(body, "articleBody") for body in bodies if isinstance(body, str))


def _titles(tree: Any) -> list[str]:
    printed = [*tree.xpath("//meta[@property='og:title']/@content")[:1], tree.xpath("string(//title)")]
    return [key for key in map(_key, printed) if key]


def _is_titled(node: dict[str, Any], titles: list[str]) -> bool:
    """Whether an object has the title of the page, behind which the name of the site may stand there."""
    try:
        title = found(node, "title", None)
        key = _key(told(title[1], "title", title[0]) or "") if title else ""
    except Refused:
        return False
    return len(key) > 7 and any(t.startswith(key) or t.endswith(key) for t in titles)


def _words(lines: list[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())

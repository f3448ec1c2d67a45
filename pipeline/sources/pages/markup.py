"""Markup to plain text: paragraphs of a fragment of HTML or XML, a blank line between them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from .tree import mark_quotations, prepare

_MARKUP = re.compile(
    r"<(?:p|br|div|h[1-6]|ul|ol|li|blockquote|hl2|hedline|body\.content)(?:\s[^<>]*)?/?>|</(?:a|p|em|strong|i|b|span)>",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote section article header footer table tr figure figcaption pre "
    "hl1 hl2 hedline body.content block nitf-table hr aside main body".split()
)
_LEFT_OUT = frozenset(
    "script style template noscript svg head del s strike media media.reference object iframe form button nav".split()
)


def is_markup(text: str) -> bool:
    """Whether a text is written in HTML: elements of paragraphs, lines or lists stand in it."""
    return "<" in text and _MARKUP.search(text) is not None


def plain_text(markup: str) -> str:
    """The text of a fragment of HTML: a blank line between paragraphs, a line break where the fragment has one.

    A fragment that no parser takes is the text that it is.
    """
    from lxml import etree
    from lxml import html as parser

    try:
        tree = parser.fragment_fromstring(markup, create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return html.unescape(re.sub(r"<[^<>]*>", " ", markup))
    prepare(tree)
    return text_of_tree(tree)


def text_of_tree(tree: Any) -> str:
    """The text of an element, paragraphs parted by blank lines."""
    mark_quotations(tree)
    out: list[str] = [""]
    for piece in _pieces(tree):
        if piece is None:
            if out[-1].strip():
                out.append("")
        else:
            out[-1] += piece
    return "\n\n".join(filter(None, map(_tidy, out)))


def _tidy(paragraph: str) -> str:
    lines = (" ".join(line.split()) for line in paragraph.split("\x1e"))
    return "\n".join(filter(None, lines))


def _pieces(tree: Any) -> Iterator[str | None]:
    """Text, a mark for each break of line, None where a paragraph begins or ends."""
    depth = 0
    skipped = 0
    from lxml import etree

    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = _name(element)
        if event == "start":
            depth += 1
            if name in _LEFT_OUT or skipped:
                skipped += 1
                continue
            if name == "br":
                yield "\x1e"
            elif name in _BLOCKS:
                yield None
            if element.text:
                yield element.text
        else:
            if event == "end":
                depth -= 1
                if skipped:
                    skipped -= 1
                elif name in _BLOCKS:
                    yield None
            if not skipped and element.tail and depth > 0:
                yield element.tail


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""

"""XML: which of the formats of news a file is of, told by its root element; others are refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from ..formats import Reader, Reading, Source
from ..records import Record, Refused
from .whole import all_of

_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<\?[^>]*>\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>\s*)*<([\w:.-]+)",
    re.DOTALL,
)
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s")
_NEWS = {"nitf": "NITF", "newsmessage": "NewsML-G2", "newsitem": "NewsML-G2", "packageitem": "NewsML-G2", "newsml": "NewsML 1"}
_FEEDS = frozenset(("rss", "feed", "rdf"))
_SITEMAPS = frozenset(("urlset", "sitemapindex"))


class Xml(Reader):
    """``xml``: articles of agencies, NITF and NewsML, and feeds that were saved, RSS and Atom."""

    suffixes: ClassVar[tuple[str, ...]] = (".xml", ".rss", ".atom", ".rdf", ".nitf", ".newsml")

    def sniff(self, head: bytes) -> bool:
        root = _root(head)
        return root in {*_NEWS, *_FEEDS, *_SITEMAPS} or (_DECLARED.match(head) is not None and root not in ("", "html"))

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        data = all_of(file)
        root = _root(data[:65536])
        if root in _FEEDS:
            from .saved_feed import read_feed

            yield from read_feed(data, file, reading)
        elif root in _NEWS:
            from .agency import read_agency

            yield from read_agency(parsed(data), file, reading)
        elif root in _SITEMAPS:
            raise Refused("unsupported", "a sitemap holds addresses and no articles; give its own address to onrecord run")
        elif root == "html":
            from ..readers.html import read_html

            yield read_html(data, file.uri, None, file.given, reading.max_chars)
        else:
            what = f"XML with the root element <{root}>" if root else "not XML"
            raise Refused("unsupported", f"{what}; NITF, NewsML, RSS and Atom are read")


def parsed(data: bytes) -> Any:
    """The root element of XML; nothing outside of it is loaded, and entities of its own are left alone.

    Raises:
        Refused: ``bad_archive``: no parser takes it.
    """
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except (etree.LxmlError, ValueError) as error:
        raise Refused("bad_archive", f"not readable as XML: {error}") from None
    if root is None:
        raise Refused("bad_archive", "not readable as XML")
    return root


def elements(root: Any, *path: str) -> list[Any]:
    """The elements below one that lie on a path of names, whatever their namespaces; the first may lie at any depth."""
    return list(root.xpath(".//" + "/".join(f"*[local-name()='{name}']" for name in path)))


def texts(root: Any, *path: str) -> list[str]:
    """The words of such elements, those that have any."""
    found = (" ".join("".join(e.itertext()).split()) for e in elements(root, *path))
    return [words for words in found if words]


def first(values: list[Any]) -> Any:
    """The first of some values that is any; None of none."""
    return next((v for v in values if v is not None and v != ""), None)


def _root(data: bytes) -> str:
    found = _ROOT.match(data)
    return found[1].decode("ascii", "replace").rpartition(":")[2].lower() if found else ""

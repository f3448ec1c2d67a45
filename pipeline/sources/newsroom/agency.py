"""Articles of news agencies: NITF, and NewsML in both of its generations, of the IPTC."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..formats import Reading, Source
from ..limit import TooSlow
from ..pages.markup import is_markup, plain_text, text_of_tree
from ..records import Record, Refusal, Refused
from .whole import article
from .xml import elements, first, texts

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_agency(root: Any, file: Source, reading: Reading) -> Iterator[Record]:
    """The articles of a message: of the one item of NITF or NewsML, or of each of several."""
    items = [e for e in root.iter("{*}newsItem", "{*}NewsItem") if e is not root]
    items = [root] if root.tag.rpartition("}")[2].lower() in ("newsitem", "nitf") or not items else items
    parts = [(part, item) for item in items for part in _parts(item)]
    for n, (item, whole) in enumerate(parts, 1):
        number = n if len(parts) > 1 else None
        try:
            nitf = item if _name(item) == "nitf" else first(elements(item, "nitf"))
            told, text, own_id = _of_item(item) if nitf is None or nitf is not item else ({}, "", None)
            if whole is not item:
                told = _of_item(whole)[0] | {k: v for k, v in told.items() if v}
            if nitf is not None:
                inner, text, inner_id = _of_nitf(nitf)
                told, own_id = inner | {k: v for k, v in told.items() if v}, own_id or inner_id
            if (status := _status(item) or _status(whole)) is not None:
                raise Refused("not_an_article", f"an item that its agency has {status}")
            if not text.strip():
                raise Refused("missing_text", "an item without a text of its own, such as a picture")
            yield article(text, told, file, reading, number, own_id)
        except (Refused, TooSlow) as error:
            yield Refusal.of(error, file.uri, number, _source(item))


def _of_nitf(nitf: Any) -> tuple[dict[str, str | None], str, str | None]:
    heads = texts(nitf, "hedline", "hl1") or texts(nitf, "hedline") or texts(nitf, "head", "title")
    published = first(
        [e.get("norm") for e in elements(nitf, "date.issue")]
        + [e.get("norm") for e in elements(nitf, "date.release")]
        + [e.get("date.publication") for e in elements(nitf, "pubdata")]
        + [e.get("norm") for e in elements(nitf, "dateline", "story.date")]
    )
    source = first([e.get("name") for e in elements(nitf, "pubdata")]) or first(texts(nitf, "doc.copyright", "holder"))
    holder = first([e.get("holder") for e in elements(nitf, "doc.copyright")])
    body = first(elements(nitf, "body.content"))
    text = text_of_tree(body) if body is not None else ""
    dateline = first(texts(nitf, "dateline"))
    if text and dateline and not text.startswith(dateline[:20]):
        text = f"{dateline} {text}" if dateline.endswith(("-", "–", "—")) else f"{dateline} — {text}"
    told = {
        "title": first(heads), "publisher": source or holder,
        "author": _by(first(texts(nitf, "byline", "person") or texts(nitf, "byline"))),
        "published_at": published, "language": nitf.get(_XML_LANG),
    }  # fmt: skip
    return told, text, first([e.get("id-string") for e in elements(nitf, "doc-id")])


def _of_item(item: Any) -> tuple[dict[str, str | None], str, str | None]:
    provider = first(elements(item, "provider") or elements(item, "Provider", "Party"))
    name = (
        provider if provider is None else first([*texts(provider, "name"), provider.get("literal"), provider.get("FormalName")])
    )
    dates = [texts(item, *p) for p in (("embargoed",), ("contentMeta", "contentCreated"), ("firstCreated",), ("versionCreated",))]
    dates = [*dates[1:], texts(item, "FirstCreated"), texts(item, "DateAndTime")]
    told = {
        "title": first(texts(item, "contentMeta", "headline") or texts(item, "headline") or texts(item, "HeadLine")),
        "author": _by(first(texts(item, "contentMeta", "by") or texts(item, "creator", "name") or texts(item, "ByLine"))),
        "publisher": name,
        "published_at": first([found[0] for found in dates if found]),
        "language": first([e.get("tag") for e in elements(item, "contentMeta", "language")]) or item.get(_XML_LANG),
    }
    found = elements(item, "inlineXML") or elements(item, "inlineData") or elements(item, "DataContent")
    found = [e for e in found if not e.get("encoding") and _name(e.getparent()) != "encoding"]  # pictures in letters and digits
    return told, max(map(_text_of, found), key=len, default=""), item.get("guid")  # of several forms the longest


_WITHDRAWN = re.compile(r"(?:^|[:/])(cancell?ed|withheld|killed|deleted)$", re.IGNORECASE)


def _status(item: Any) -> str | None:
    """Whether an agency has taken an item back, or holds it back: *canceled*; None: it is to be used."""
    told = [e.get("qcode") for e in elements(item, "itemMeta", "pubStatus")] + [
        e.get("FormalName") for e in elements(item, "NewsManagement", "Status")
    ]
    told += [e.get("management-status") for e in elements(item, "docdata")]
    return next((m[1].lower() for value in told if value and (m := _WITHDRAWN.search(value))), None)


def _text_of(body: Any) -> str:
    inner = first(elements(body, "body"))
    if inner is None and not len(body):
        words = "".join(body.itertext())
        return plain_text(words) if is_markup(words) else words.strip()
    return text_of_tree(inner if inner is not None else body)


def _parts(item: Any) -> list[Any]:
    """The components of an item of the first NewsML that have a text and a headline each, if there are several; else itself."""
    found = [c for c in elements(item, "NewsComponent") if elements(c, "DataContent") and not elements(c, "NewsComponent")]
    found = [c for c in found if c.getparent().get("EquivalentsList") != "yes"]
    headed = [c for c in found if elements(c, "HeadLine") and any(_text_of(d).strip() for d in elements(c, "DataContent"))]
    return headed if len(headed) > 1 else [item]


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _by(name: str | None) -> str | None:
    return name[3:] if name and name[:3].lower() == "by " else name


def _source(item: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(item))

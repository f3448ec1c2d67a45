"""Paragraphs that pages do not mark as such: in tables that lay a page out, in spans, within a link, in a lead by its class."""

from __future__ import annotations

import re
from typing import Any

_LEAD = re.compile(
    r"(?:^|[\s_-])(?:teaser|lead|lede|intro(?:duction)?|standfirst|dek|deck|excerpt|summary|sub-?(?:title|head(?:line)?)|"
    r"chapeau|ingress|abstract)(?=$|[\s_-])",
    re.IGNORECASE,
)
# names of what is a lead where it stands right under the heading, and something else elsewhere
_UNDER_HEADING = re.compile(
    rf"{_LEAD.pattern}|(?:^|[\s_-])(?:stand|strap(?:line)?|synopsis|desc(?:p|r)?|description|kurztext|sumario|bajada|entradilla|occhiello)"
    r"(?=$|[\s_-])",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"image|img|photo|pic|media|video|gallery|caption|author|bio|product|event|site|letter|related|promo", re.I
)
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*$")
_TOLD = "//meta[@name='description' or @property='og:description']/@content"
_LONG = 30  # letters of the shortest description by which a lead is told
_FEWEST = 3  # words of the shortest lead
_WORDS = 8  # of the shortest paragraph that is told by its words
_CELLS = 2  # paragraphs of a cell by which a table lays out a page
_LINES, _MUCH = 4, 600  # breaks of line and characters of one, where it has no paragraphs


def show_blocks(tree: Any) -> None:
    """Make paragraphs of what a page shows as such, in its tree as lxml has it."""
    for cell in tree.xpath(f"//td[count(p) >= {_CELLS} or (count(br) >= {_LINES} and string-length() > {_MUCH})]"):
        for element in (cell, *cell.iterancestors("tr", "tbody", "table")):
            element.tag = "div"
            element.attrib.clear()
    for box in {span.getparent() for span in tree.xpath("//body//span[@class]")}:
        spans = [e for e in box if e.tag == "span" and not (e.tail or "").strip()]
        if len(spans) >= 3 and len(spans) == len(box) and not (box.text or "").strip() and all(map(_is_paragraph, spans)):
            for span in spans:
                span.tag = "p"
    for paragraph in tree.xpath("//p[count(*) = 1 and count(a[@href]) = 1]"):
        if _is_paragraph(paragraph) and not "".join(paragraph.xpath("text()")).strip():
            paragraph[0].drop_tag()
    for element in tree.xpath("//body//p[@class] | //body//div[@class and not(div) and not(.//h2) and not(.//h3)]"):
        if _LEAD.search(element.get("class")) and _is_paragraph(element) and not any(map(_is_headline, element.iter("a"))):
            element.attrib.clear()
            element.set("class", "lead")  # the library takes what is called a teaser for one


def lead_of(tree: Any) -> str | None:
    """The lead of an article that stands before its body, under its heading; None: it has none, or one within its body."""
    told = {key for text in tree.xpath(_TOLD) if len(key := _key(text)) >= _LONG}
    for element in tree.xpath("(//h1)[1]/following::*[self::p or self::div or self::h2 or self::h3][position() <= 20]"):
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        words = _text(element)
        if len(words.split()) > 80 or not (
            (_UNDER_HEADING.search(named) and not _OF_ANOTHER.search(named) and _SENTENCE.search(words)) or _key(words) in told
        ):
            continue
        if len(words.split()) >= _FEWEST:
            blocks = element.xpath("ancestor::aside or ancestor::footer or ancestor::nav or ancestor::li or .//a[@href] or .//h2")
            return None if blocks else _text(element)
    return None


def _is_paragraph(element: Any) -> bool:
    words = _text(element)
    return len(words.split()) >= _WORDS and _SENTENCE.search(words) is not None


def _is_headline(link: Any) -> bool:
    return len(_text(link).split()) > 3


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())

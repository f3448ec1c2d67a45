"""Words before a colon at the head of a paragraph that nobody says anything by: a place of the news, a heading.

*ISLAMABAD: The minister said …*, as papers of South Asia and the Gulf print it, *Note: …*. Whether a word in capitals is a place
or somebody who speaks, the paragraph tells: a sentence that has a cue of its own needs no label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..text.chars import Chars, overlaps
from ..text.paragraphs import Paragraph
from ..text.view import ArticleView, Entity
from .lines import Line, is_heading

_UPPER = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ.’'-]+"
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*"
_DATED = r"(?:, ?[^:\n\"“”]{1,25}| ?\([^)\n]{2,30}\))*"
_CITY = re.compile(rf"({_UPPER}(?:[ /]{{1,2}}{_UPPER}){{0,4}}){_DATED} ?(:)\s+(?=\S)")
_PLACE = re.compile(rf"({_WORD}(?:[ /]{{1,2}}{_WORD}){{0,4}}){_DATED} ?:\s+(?=\S)")
_HEADING = re.compile(r"([^\W\d_][\w’' ]{1,20}?) ?:\s+(?=\S)")
_OPENING = 3  # paragraphs of the body in which a word in capitals is a place, though nobody knows it


def city_colon(page: ArticleView) -> int | None:
    """Where the colon stands behind a place in capitals at the head of an article; None if it may be a label."""
    body = [p for p in page.read if p.kind == "body"]
    m = _CITY.match(page.text, body[0].start, body[0].end) if body else None
    if m is None or _is_quotation(page, body[0], m.end()) or any(_CITY.match(page.text, p.start, p.end) for p in body[1:]):
        return None
    return m.start(2)


def read_datelines(page: ArticleView, places: Sequence[Entity], lines: Sequence[Line], cues: Iterable[Chars]) -> list[Chars]:
    """Return the datelines and headings, colon included, in text order.

    Args:
        page: the article.
        places: the names of places that were found in it.
        lines: the lines whose form tells who speaks; where there are turns, a word in capitals is who speaks.
        cues: the cues that were found in it.
    """
    cues, first = list(cues), city_colon(page)
    turns = {page.paragraph_at(line.content[0][0]).index for line in lines}
    body = [p for p in page.read if p.kind == "body"][:_OPENING]
    out: list[Chars] = []
    for p in page.read:
        heading = _HEADING.match(page.text, p.start, p.end)
        if heading is not None and is_heading(heading.group(1)):
            out.append((p.start, heading.end()))
            continue
        city = _CITY.match(page.text, p.start, p.end) if p in body else None
        m = city or _PLACE.match(page.text, p.start, p.end)
        if m is None or p.index in turns:
            continue
        known = any(e.kind == "LOC" and overlaps((e.start, e.end), m.span(1)) for e in places)
        own = any(m.end() <= lo < p.end for lo, _ in cues)
        if (own and (known or city is not None)) or (city is not None and (known or city.start(2) == first)):
            out.append((p.start, m.end()))
    return out


def _is_quotation(page: ArticleView, p: Paragraph, start: int) -> bool:
    """Whether what a paragraph holds from a position on is a quotation."""
    return any(q.start == start and page.wordless(q.end, p.end) for q in page.quoted(p))

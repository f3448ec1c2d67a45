"""Words before a colon at the head of a paragraph that nobody says anything by: a place of the news, a heading.

*ISLAMABAD: The minister said …*, as papers of South Asia and the Gulf print it, *Note: …*. Whether a word in capitals is a place
or somebody who speaks, the paragraph tells: a sentence that has a cue of its own needs no label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..text.chars import Chars
from ..text.paragraphs import Paragraph, dateline_end
from ..text.view import ArticleView, Entity
from .lines import Line, is_heading

_UPPER = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ.’'-]+"
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*"
_DATED = r"(?:, ?[^:,(\n\"“”]{1,25}| ?\([^)\n]{2,30}\)){0,3}"
_CITY = re.compile(rf"({_UPPER}(?:[ /]{{1,2}}{_UPPER}){{0,4}}){_DATED} ?(:)\s*(?=[^\W\d_a-zß-öø-ÿ]|[\"“‘'])")
_PLACE = re.compile(rf"({_WORD}(?:[ /]{{1,2}}{_WORD}){{0,4}}){_DATED} ?:\s+(?=\S)")
_HYPHENED = re.compile(rf"{_WORD}(?: {_WORD}){{0,2}}[-–—]\s+(?=[^\W\d_a-zß-öø-ÿ\"“‘])")  # Tarvo- The mayor
_HEADING = re.compile(r"([^\W\d_][\w’' ]{1,20}?) ?:\s+(?=\S)")
_OPENING = 3  # paragraphs of the body in which a word in capitals is a place, though nobody knows it


def city_colon(page: ArticleView) -> int | None:
    """Where the colon stands behind a place in capitals at the head of an article; None if it may be a label."""
    body = [p for p in page.read if p.kind == "body"]
    found = [(p, m) for p in body if (m := _CITY.match(page.text, p.start, p.end)) is not None]
    if len(found) != 1 or found[0][0] not in body[:_OPENING]:  # several are turns
        return None
    p, m = found[0]
    if _is_quotation(page, p, m.end()):
        return None
    return m.start(2)


def read_datelines(page: ArticleView, places: Iterable[Entity], lines: Iterable[Line], cues: Iterable[Chars]) -> dict[int, int]:
    """Return where datelines and headings end, behind colon or dash, by the index of the paragraph that they open.

    Args:
        page: the article.
        places: the names that were found in it.
        lines: the lines whose form tells who speaks; where there are turns, a word in capitals is who speaks.
        cues: the cues that were found in it.
    """
    turns = {page.paragraph_at(line.content[0][0]).index for line in lines}
    known = {page.paragraph_at(e.start).start: e.start for e in sorted(places, key=lambda e: -e.start) if e.kind == "LOC"}
    last_cue = {page.paragraph_at(lo).index: lo for lo, _ in sorted(cues)}
    body = [p for p in page.read if p.kind == "body"][:_OPENING]
    first = city_colon(page)
    out: dict[int, int] = {}
    for p in page.read:
        heading = _HEADING.match(page.text, p.start, p.end)
        if heading is not None and is_heading(heading.group(1)):
            out[p.index] = heading.end()
            continue
        if (dashed := dateline_end(page.text, p)) > p.start:
            out[p.index] = dashed
            continue
        hyphened = _HYPHENED.match(page.text, p.start, p.end) if p in body and p.start in known else None
        if hyphened is not None and known[p.start] == p.start:
            out[p.index] = hyphened.end()
            continue
        city = _CITY.match(page.text, p.start, p.end) if p in body else None
        m = city or _PLACE.match(page.text, p.start, p.end)
        if m is None or p.index in turns:
            continue
        is_place = p.start in known and known[p.start] < m.end(1)
        own = last_cue.get(p.index, -1) >= m.end()
        if (own and (is_place or city is not None)) or (city is not None and (is_place or city.start(2) == first)):
            out[p.index] = m.end()
    return out


def _is_quotation(page: ArticleView, p: Paragraph, start: int) -> bool:
    """Whether what a paragraph holds from a position on is a quotation."""
    return any(q.start == start and page.wordless(q.end, p.end) for q in page.quoted(p))

"""Figures of an article: numbers that count, measure or value something, with their bounds and what they say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ..text.chars import Chars, stands_in
from ..text.paragraphs import Paragraph
from ..text.view import ArticleView
from .candidate import elided, read_figure
from .context import add_context
from .figure import FoundFigure, Number
from .money import dollar_of
from .negatives import web_spans
from .numbers import find_numbers

_MODEL = re.compile(r" [A-Z]{0,3}-?\d{2,4}\b")
_SENTENCE_END = re.compile(r"[.?!]\s")
_TITLE_WORD = re.compile(r"\b[A-Z][a-z]")


def article_figures(page: ArticleView) -> list[FoundFigure]:
    """Return the figures of an article, with the names in it told apart by the network and its publisher's dollar."""
    spans = sorted((e.start, e.end, e.kind) for e in page.entities)
    names = [(s, e) for s, e, kind in spans if kind in ("PERSON", "ORG")]
    places = [(s, e) for s, e, kind in spans if kind == "LOC"]
    return find_figures(page, names, places, dollar_of(page.article.url))


def find_figures(
    page: ArticleView, names: Sequence[Chars] = (), places: Sequence[Chars] = (), dollar: str = "USD"
) -> list[FoundFigure]:
    """Return the figures of an article in text order, boilerplate left out.

    Args:
        page: the article.
        names: spans of names of people and bodies, in text order; a number within one is no figure.
        places: spans of names of places, in text order.
        dollar: the currency that a bare dollar sign stands for.
    """
    out: list[FoundFigure] = []
    text = page.text
    for p in page.read:
        numbers = find_numbers(text, p.start, p.end)
        if not numbers:
            continue
        found = _of_paragraph(text, p, numbers, names, dollar)
        sentences = page.sentences(p) if found else []
        by_sentence: dict[Chars, list[FoundFigure]] = {}
        for figure in found:
            figure.sentence = sentences[max(bisect_right(sentences, figure.start, key=lambda s: s[0]) - 1, 0)]
            by_sentence.setdefault(figure.sentence, []).append(figure)
        for own in by_sentence.values():
            add_context(text, own, places)
        for figure in found:  # one may stand where a sentence that has no end is cut
            figure.sentence = figure.sentence[0], max(figure.sentence[1], figure.end)
        out += found
    return out


def _of_paragraph(text: str, p: Paragraph, numbers: Sequence[Number], names: Sequence[Chars], dollar: str) -> list[FoundFigure]:
    web = web_spans(text, p.start, p.end)
    headline = p.kind in ("headline", "subhead") and 2 * len(_TITLE_WORD.findall(text, p.start, p.end)) > len(
        text[p.start : p.end].split()
    )
    found: list[FoundFigure] = []
    taken = p.start
    for n, number in enumerate(numbers):
        if number.start < taken or stands_in(web, number.start) or _stands_in_name(names, number):
            continue
        figure = read_figure(text, p, numbers, n, headline, dollar, taken)
        if figure is None and found:
            figure = elided(text, found[-1], number, p.end)
        if figure is not None:
            _take_unit(text, figure, found)
            taken = figure.whole_end if figure.whole_end > figure.end and _holds_number(text, figure) else taken
            taken = max(taken, figure.whole_end if " per " in (figure.unit or "") else figure.end)
            found.append(figure)
    return found


def _holds_number(text: str, figure: FoundFigure) -> bool:
    """Whether a number behind the figure names what it counts: *two 737 jets*."""
    return figure.rule == "counted" and figure.counted_span is not None and _MODEL.match(text, figure.end) is not None


def _take_unit(text: str, figure: FoundFigure, found: Sequence[FoundFigure]) -> None:
    """*80 houses and 20 others*: the others are what was counted before them."""
    if figure.counted not in ("others", "other") or not found or found[-1].kind != "count" or found[-1].counted is None:
        return
    if not _SENTENCE_END.search(text, found[-1].end, figure.start):
        figure.unit = found[-1].unit


def _stands_in_name(names: Sequence[Chars], number: Number) -> bool:
    """Whether a name holds the number and more than it."""
    k = bisect_right(names, number.start, key=lambda s: s[0]) - 1
    return k >= 0 and number.end <= names[k][1] and names[k] != (number.start, number.end)

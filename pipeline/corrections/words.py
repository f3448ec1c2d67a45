"""Right words: where they stand in the article, and what of a quote follows from that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..schemas.ids import text_key
from ..text.article import Article
from ..text.chars import Chars
from ..text.paragraphs import Paragraph
from ..text.printed import sharing, type_of, verbatim, without_marks
from ..text.view import ArticleView
from .values import spans_text

_NEAR = 3  # paragraphs before and behind, in which words are looked for first
_MOST_PIECES = 8
_APART = 400  # characters that lie between two pieces, at most
_ALIKE = (("'", "['’‘`]"), ('"', '["“”„]'), ("-", "[-–—]"))  # keyboards have one of these
_LEFT_OUT = ("...", "…", "|")


def view_of(document: dict[str, Any], paragraphs: Sequence[dict[str, Any]]) -> ArticleView:
    """The view of a document, with its paragraphs as they were read."""
    told = (Paragraph(p["paragraph_index"], p["kind"], p["start_char"], p["end_char"]) for p in paragraphs)
    article = Article(document["text"], document["doc_id"], document["article_id"], document["title"])
    return ArticleView(article, sorted(told, key=lambda p: p.start))


def find_words(page: ArticleView, words: str, near: int) -> list[Chars] | None:
    """Where words stand, in one stretch or in several that follow one another; None: not in this article.

    White space, quotation marks and dashes need not be those that are printed; ``...`` may stand for what is left out.

    Args:
        page: the article.
        words: the words.
        near: an offset in whose neighbourhood they are looked for first.
    """
    tokens = words.split()
    at = page.paragraph_at(near).index
    close = page.paragraphs[max(0, at - _NEAR)].start, page.paragraphs[min(len(page.paragraphs) - 1, at + _NEAR)].end
    kept = [t for t in tokens if t not in _LEFT_OUT]
    for lo, hi in (close, (0, len(page.text))):
        whole = [m.span() for m in _pattern(tokens).finditer(page.text, lo, hi)] if tokens else []
        if whole:
            return [min(whole, key=lambda span: abs(span[0] - near))]
        pieces = _pieces(page.text, kept, lo, hi, _MOST_PIECES) if kept else None
        if pieces is not None:
            return pieces
    return None


def _pattern(tokens: Sequence[str]) -> re.Pattern[str]:
    text = r"\s+".join(map(re.escape, tokens))
    for typed, printed in _ALIKE:
        text = text.replace(re.escape(typed), printed)
    return re.compile(text, re.IGNORECASE)


def _pieces(text: str, tokens: Sequence[str], lo: int, hi: int, most: int) -> list[Chars] | None:
    """The fewest stretches, one behind the other, that hold all tokens."""
    for n in range(len(tokens), 0, -1):
        rest = tokens[n:]
        if rest and most < 2:
            break
        found = _pattern(tokens[:n]).search(text, lo, hi)
        if found is None:
            continue
        if not rest:
            return [found.span()]
        others = _pieces(text, rest, found.end(), min(hi, found.end() + _APART), most - 1)
        if others is not None:
            return [found.span(), *others]
        return None  # a shorter beginning leaves more for the rest
    return None


def quote_of(page: ArticleView, found: Sequence[Chars], excerpt: Chars) -> dict[str, str | None]:
    """The columns of a quote whose words stand there, as text.

    Args:
        page: the article.
        found: the stretches of the words.
        excerpt: the sentences of the quote as it was read; they are widened to hold the words.
    """
    lo, hi = found[0][0], found[-1][1]
    quoted = [q for p in page.paragraphs_in(lo, hi) for q in sharing(page.quoted(p), lo, hi)]
    content = [c for span in found if (c := without_marks(page.text, span, quoted))[0] < c[1]]
    printed = verbatim(page.text, content, quoted)
    text = " ".join(page.text[s:e] for s, e in content)
    paragraph = page.paragraph_at(content[0][0])
    first, last = page.sentence_at(paragraph, lo), page.sentence_at(page.paragraph_at(hi - 1), hi - 1)
    begin, end = min(excerpt[0], (first or (lo, hi))[0]), max(excerpt[1], (last or (lo, hi))[1])
    return {
        "text": text,
        "text_key": text_key(text),
        "content_spans": spans_text(content),
        "verbatim_spans": spans_text(printed),
        "type": type_of(page.text, content, quoted) if printed else "indirect",
        "paragraph_index": str(paragraph.index),
        "paragraph_kind": paragraph.kind,
        "excerpt_start": str(begin),
        "excerpt_end": str(end),
        "excerpt": page.text[begin:end],
    }

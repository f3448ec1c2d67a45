"""Items and sentences: a paragraph as the rules see it, each quotation one item among the words around it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import ADVERBS, COORDINATORS, CUES, DAYS, DETERMINERS, PREPOSITIONS, PRONOUNS, SUBORDINATORS
from .marks import Quoted, find_quoted
from .paragraphs import Paragraph

_OPENS_SENTENCE = DETERMINERS | PRONOUNS | COORDINATORS | SUBORDINATORS | PREPOSITIONS | ADVERBS


@dataclass(slots=True)
class Item:
    """A word, a punctuation mark or a whole quotation, with its offsets in the text."""

    start: int
    end: int
    text: str
    low: str
    quoted: Quoted | None = None

    @property
    def is_name(self) -> bool:
        """A word that starts with a capital letter (quotations are none)."""
        return self.quoted is None and self.text[:1].isupper()

    @property
    def is_word(self) -> bool:
        """A word or number, neither punctuation nor quotation."""
        return self.quoted is None and any(c.isalnum() for c in self.text)


@dataclass(slots=True)
class Unit:
    """A paragraph cut into sentences of items."""

    paragraph: Paragraph
    sentences: list[list[Item]]

    @property
    def quotations(self) -> list[Item]:
        """The quotations of the paragraph, in text order."""
        return [i for s in self.sentences for i in s if i.quoted]


def make_unit(text: str, paragraph: Paragraph, tokens: Sequence[tuple[int, str]]) -> Unit:
    """Cut a paragraph into sentences.

    Args:
        text: the article.
        paragraph: the paragraph of it.
        tokens: (offset, form) of every token of the article, in text order.
    """
    items: list[Item] = []
    quoted = find_quoted(text, paragraph.start, paragraph.end)
    edges = [(q.start, q) for q in quoted]
    k = 0
    i = bisect_left(tokens, (paragraph.start, ""))
    if i > 0 and tokens[i - 1][0] + len(tokens[i - 1][1]) > paragraph.start:
        i -= 1
    while i < len(tokens) and tokens[i][0] < paragraph.end:
        start, form = tokens[i]
        i += 1
        end = min(start + len(form), paragraph.end)
        start = max(start, paragraph.start)
        while start < end:
            if k < len(edges) and edges[k][0] < end:
                q = edges[k][1]
                if start < q.start:
                    _add(items, text, start, q.start)
                items.append(Item(q.start, q.end, text[q.start : q.end], "", q))
                k += 1
                start = q.end
            elif items and items[-1].end > start:
                start = items[-1].end  # within the quotation before
            else:
                _add(items, text, start, end)
                break
    return Unit(paragraph, _sentences(items))


def _add(items: list[Item], text: str, start: int, end: int) -> None:
    form = text[start:end]
    if form[-1:] == "." and end - start > 1 and (form[0].isdigit() or text[start - 1 : start].isdigit()):
        _add(items, text, start, end - 1)  # £15m. ends a sentence
        start, form = end - 1, "."
    if form.strip():
        items.append(Item(start, end, form, form.lower().replace("’", "'")))


def _sentences(items: list[Item]) -> list[list[Item]]:
    out: list[list[Item]] = []
    current: list[Item] = []
    for k, item in enumerate(items):
        current.append(item)
        if k + 1 < len(items) and _ends(items, k):
            out.append(current)
            current = []
    if current:
        out.append(current)
    return out


def _ends(items: list[Item], k: int) -> bool:
    """Whether a sentence ends between items k and k + 1."""
    item, following = items[k], items[k + 1]
    if item.quoted:
        inner = item.text.rstrip("\"'”’»` )")
        if following.quoted:
            return inner[-1:] in ".!?…"
        if inner[-1:] not in (".", "!", "?", "…") or not (following.text[0].isupper() or following.text[0] in "[("):
            return False
        return not reporting_tail(items, k + 1, strict=inner[-1] == ".")
    if item.low in (".", "!", "?", "…", "..", "...", "?!"):
        return bool(following.quoted) or (not following.text[0].islower() and following.is_word) or following.text[0] in "([—–-"
    if item.low.endswith(".") and len(item.low) > 2 and following.is_name and following.low in _OPENS_SENTENCE:
        return following.low not in DAYS
    return False


def reporting_tail(items: Sequence[Item], k: int, strict: bool) -> bool:
    """Whether the items from k on are the attribution of the quotation before: *Smith asked.*"""
    for n in range(k, min(k + 8, len(items))):
        item = items[n]
        if item.quoted or not item.is_word or item.low in ("nobody", "no"):
            return False
        if item.low in CUES and n > k:
            after = items[n + 1] if n + 1 < len(items) else None
            if after is None or after.low in (".", ","):
                return True
            return not strict and (after.low in PREPOSITIONS or after.low in DAYS or after.low == ":")
        if not (item.is_name or item.low in PRONOUNS or item.low in ADVERBS or item.low in DETERMINERS) and n > k + 2:
            return False
    return False

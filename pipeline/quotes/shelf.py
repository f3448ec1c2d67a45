"""Utterances under way, found again by where they stand, and which of them are kept where one stands in the words of another."""

from __future__ import annotations

from collections.abc import Sequence

from ..lexicon.words import FINITE
from ..text.chars import Chars, common_chars, count_chars, overlaps, without_all
from ..text.view import ArticleView
from .cues import read_cue
from .utterances import Utterance, trimmed

_BLOCK = 256  # characters that are looked up together
_INNER = 0.6  # confidence from which a report within another is written


class Shelf:
    """Utterances by where their words and cues stand: in which paragraphs, and in which blocks of characters."""

    def __init__(self, page: ArticleView) -> None:
        self.page = page
        self._by_paragraph: dict[int, dict[Utterance, int]] = {}  # in the order in which they came
        self._by_block: dict[int, dict[Utterance, None]] = {}

    def add(self, u: Utterance) -> None:
        """Put an utterance where it belongs, also where it belongs after a change."""
        for lo, hi in [*u.content, *([u.cue] if u.cue is not None else [])]:
            for p in self.page.paragraphs_in(lo, hi):
                own = self._by_paragraph.setdefault(p.index, {})
                own.setdefault(u, len(own))
            for block in range(lo // _BLOCK, (hi - 1) // _BLOCK + 1):
                self._by_block.setdefault(block, {})[u] = None

    def near(self, spans: Sequence[Chars]) -> list[Utterance]:
        """The utterances with words or a cue that share a character with spans, and others close to these in the same paragraphs;
        those that lost all words are gone.
        """
        found: list[Utterance] = []
        for lo, hi in spans:
            close = {u: None for b in range(lo // _BLOCK, (hi - 1) // _BLOCK + 1) for u in self._by_block.get(b, ())}
            for p in self.page.paragraphs_in(lo, hi):
                own = self._by_paragraph.get(p.index, {})
                found += sorted((u for u in close if u in own), key=own.__getitem__)
        return [u for u in dict.fromkeys(found) if u.content]

    def all(self) -> list[Utterance]:
        """All utterances, by paragraph."""
        return [u for u in dict.fromkeys(u for _, own in sorted(self._by_paragraph.items()) for u in own) if u.content]


def outermost(page: ArticleView, said: Sequence[Utterance]) -> list[Utterance]:
    """Without the attributions that stand inside the content of another; of two for the same words the surer one."""
    kept: list[Utterance] = []
    for u in sorted(said, key=lambda u: -u.sure):
        lo, hi, size = u.content[0][0], u.content[-1][1], count_chars(u.content)
        near = [o for o in kept if o.content[0][0] < hi and lo < o.content[-1][1]]
        rivals = [o for o in near if common_chars(o.content, u.content) > 0.5 * min(count_chars(o.content), size)]
        claimed = [o for o in rivals if common_chars(o.content, u.content) > 0.8 * size and not _tells_of(u, o)]
        if any(_hides(o, u) for o in rivals) or any(not _nearer(page, u, o) for o in claimed):
            continue
        for o in claimed:
            o.content = without_all(o.content, u.content)
        hidden = [id(o) for o in near if _hides(u, o)]
        kept = [o for o in kept if id(o) not in hidden] if hidden else kept
        kept.append(u)
    return kept


def _tells_of(outer: Utterance, inner: Utterance) -> bool:
    """Whether the words before a cue hold another with its source: *Ann Veld said that all was well, the bureau reported*."""
    assert outer.cue is not None and inner.cue is not None
    within = inner.source is not None and any(s <= inner.source[0] and inner.source[1] <= e for s, e in outer.content)
    return within and inner.cue < outer.cue and _hides(outer, inner)


def _nearer(page: ArticleView, u: Utterance, o: Utterance) -> bool:
    """Whether words that two claim stand nearer to the cue of the first, and the other has words of its own left.

    *"We go," she said. "Now." Nobody answered*: behind a full stop in marks another sentence begins.
    """
    assert u.cue is not None and o.cue is not None
    if count_chars(without_all(o.content, u.content)) < 3:
        return False
    lo, hi = u.content[0][0], u.content[-1][1]
    if u.cue[0] >= hi and any(q.end == hi and page.text[q.inner_end - 1] == "." for q in page.quotations_in(u.content)):
        return False
    return max(lo - u.cue[1], u.cue[0] - hi) < max(lo - o.cue[1], o.cue[0] - hi)


def _hides(outer: Utterance, inner: Utterance) -> bool:
    """Whether cue and content of an attribution stand in the content of another."""
    assert inner.cue is not None
    return any(s <= inner.cue[0] and inner.cue[1] <= e for s, e in outer.content) and (
        common_chars(outer.content, inner.content) > 0.8 * count_chars(inner.content)
    )


def told_within(page: ArticleView, said: Shelf, inner: Sequence[tuple[Utterance, list[Chars]]]) -> list[Utterance]:
    """The reports within what another reports that are plain: *the court said that Veld had denied the theft*. What somebody
    tells in a quotation is a part of it.

    Args:
        page: the article.
        said: the attributions that are written.
        inner: those that were left out, with their words.
    """
    out = []
    for u, content in inner:
        if u.cue is None or u.source is None or u.sure < _INNER or page.quotations_in([u.cue]):
            continue
        lo, hi = min(u.cue[0], u.source[0]), max(u.cue[1], u.source[1])
        own = read_cue(page.text, u.cue, u.source, bool(page.quotations_in(content)))
        if own.act != "speech" or own.polarity != "affirmed" or own.cue_class == "agree":
            continue
        outer = next(
            (
                (o, span)
                for o in said.near([u.cue])
                for span in o.content
                if o.cue is not None and o.source is not None and not page.wordless(*o.cue) and span[0] <= lo and hi <= span[1]
            ),
            None,
        )
        if outer is None or outer[0].source == u.source:
            continue
        participle = page.text[u.cue[1] - 3 : u.cue[1]] == "ing" and u.source[1] + 1 == u.cue[0]
        if participle and any(w in FINITE for s, e in content for w in page.text[s:e].split()):
            continue  # Veld said residents urging them to act were right
        u.content = trimmed(page, [(max(s, outer[1][0]), min(e, outer[1][1])) for s, e in content if overlaps((s, e), outer[1])])
        if u.content:
            u.within = True
            out.append(u)
    return out

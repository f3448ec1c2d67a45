"""Articles in, attributions and named entities out: the network over the windows of many articles."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..lexicon.cues import is_telling
from ..text.sentences import abbreviated
from ..text.view import ArticleView, Entity
from .attribution import Attribution, find_attributions
from .model import Model
from .windows import pack, read_pieces

_CHARS_AT_ONCE = 500_000  # of articles whose windows are made together


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """What the network and the quotation marks say of an article."""

    attributions: list[Attribution]
    entities: list[Entity]


class AttributionReader:
    """Reads articles with the weights of a folder; windows of many articles are decoded together, which changes no row.

    Args:
        folder: of the weights.
        floor: confidence from which an attribution is written, if another than the weights come with.
    """

    def __init__(self, folder: Path, floor: float | None = None) -> None:
        self.model = Model(folder)
        self.floor = self.model.settings.decoding.floor if floor is None else floor

    def read(self, articles: Iterable[ArticleView]) -> Iterator[ReadArticle]:
        """Read articles, in order."""
        batch: list[ArticleView] = []
        chars = 0
        for page in articles:
            if batch and chars + len(page.text) > _CHARS_AT_ONCE:
                yield from self._read(batch)
                batch, chars = [], 0
            batch.append(page)
            chars += len(page.text)
        yield from self._read(batch)

    def _read(self, articles: Sequence[ArticleView]) -> Iterator[ReadArticle]:
        settings = self.model.settings
        decoding = settings.decoding.model_copy(update={"floor": self.floor})
        windows = [list(pack(read_pieces(self.model.tokenizer, page))) for page in articles]
        readings = self.model.read(itertools.chain.from_iterable(windows))
        for page, own in zip(articles, windows, strict=True):
            read = list(itertools.islice(readings, len(own)))
            found = find_attributions(page, read, decoding, settings.calibration)
            yield ReadArticle(found, [part for r in read for e in r.entities for part in _within_sentences(page, e)])


def _within_sentences(page: ArticleView, e: Entity) -> Iterator[Entity]:
    """A name without the full stop that ends its sentence, or as two where it goes on in the next: *said Naomi. Peter left*."""
    own = page.sentence_at(page.paragraph_at(e.start), e.start)
    stop = own[1] if own is not None and e.start < own[1] < e.end else e.end
    hi = stop - 1 if page.text[stop - 1] == "." and not abbreviated(page.text, e.start, stop - 1) else stop
    last = page.text.rfind(" ", e.start, hi)
    if e.kind == "PERSON" and last > 0 and is_telling(page.text[last + 1 : hi]):
        hi = last  # Ann Veld bellows
    if e.start < hi:
        yield replace(e, end=hi) if hi < e.end else e
    while stop < e.end and page.text[stop].isspace():
        stop += 1
    if stop < e.end:
        yield from _within_sentences(page, replace(e, start=stop))

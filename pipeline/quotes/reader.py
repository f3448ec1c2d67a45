"""Articles in, attributions and named entities out: the network over the windows of many articles."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..text.paragraphs import Paragraph
from .attribution import Attribution, find_attributions
from .model import Entity, Model
from .windows import pack, read_pieces

_CHARS_AT_ONCE = 500_000  # of articles whose windows are made together


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """What the network and the quotation marks say of an article."""

    attributions: list[Attribution]
    entities: list[Entity]


class Reader:
    """Reads articles with the weights of a folder; windows of many articles are decoded together, which changes no row."""

    def __init__(self, folder: Path) -> None:
        self.model = Model(folder)

    @property
    def version(self) -> str:
        """Version of the weights."""
        return self.model.settings.version

    def read(self, articles: Iterable[tuple[str, Sequence[Paragraph]]]) -> Iterator[ReadArticle]:
        """Read texts with their paragraphs, in order."""
        batch: list[tuple[str, Sequence[Paragraph]]] = []
        chars = 0
        for text, paragraphs in articles:
            if batch and chars + len(text) > _CHARS_AT_ONCE:
                yield from self._read(batch)
                batch, chars = [], 0
            batch.append((text, paragraphs))
            chars += len(text)
        yield from self._read(batch)

    def _read(self, articles: Sequence[tuple[str, Sequence[Paragraph]]]) -> Iterator[ReadArticle]:
        settings = self.model.settings
        windows = [list(pack(read_pieces(self.model.tokenizer, text, paragraphs))) for text, paragraphs in articles]
        readings = self.model.read(itertools.chain.from_iterable(windows))
        for (text, paragraphs), own in zip(articles, windows, strict=True):
            read = list(itertools.islice(readings, len(own)))
            found = find_attributions(text, paragraphs, read, settings.decoding, settings.calibration)
            yield ReadArticle(found, [e for r in read for e in r.entities])

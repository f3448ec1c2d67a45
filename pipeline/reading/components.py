"""The language room as spaCy components; results are extension attributes of ``Doc``.

``doc._.article`` may be set before the pipeline runs, and ``doc._.paragraphs`` too; what is missing is derived
from the text.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from ..figures import article_figures
from ..quotes.reader import Reader
from ..speakers.resolve import resolve_speakers
from ..text.article import Article
from ..text.paragraphs import headline_of, split_paragraphs
from . import model_folder
from .rows import figure_rows, quote_rows, speaker_rows
from .version import rules_version

for _name in ("article", "paragraphs", "attributions"):
    Doc.set_extension(_name, default=None, force=True)
for _name in ("quotes", "figures", "speakers", "entities"):
    Doc.set_extension(_name, default=[], force=True)


@Language.component("onrecord_paragraphs")
def paragraphs(doc: Doc) -> Doc:
    """Set ``doc._.paragraphs`` (and ``doc._.article`` where nobody has)."""
    if doc._.article is None:
        doc._.article = Article.of_text(doc.text)
    if doc._.paragraphs is None:
        article = doc._.article
        doc._.paragraphs = split_paragraphs(article.text, article.title or headline_of(article.text))
    return doc


class AttributionReader:
    """The component ``attribution``: what is said, by which cue, by which mention, and the named entities.

    Sets ``doc._.attributions`` and ``doc._.entities``.
    """

    def __init__(self, folder: Path) -> None:
        self.reader = Reader(folder)

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64, **_: Any) -> Iterator[Doc]:
        """Read docs in order, ``batch_size`` at once."""
        docs = iter(stream)
        while batch := list(itertools.islice(docs, batch_size)):
            found = self.reader.read([(doc._.article.text, doc._.paragraphs) for doc in batch])
            for doc, read in zip(batch, found, strict=True):
                doc._.article = replace(doc._.article, model_version=self.reader.version, rules_version=rules_version())
                doc._.attributions, doc._.entities = read.attributions, read.entities
                yield doc


@Language.factory("attribution", default_config={"model": "bundled"}, assigns=["doc._.attributions", "doc._.entities"])
def attribution(nlp: Language, name: str, model: str) -> AttributionReader:
    """The component that reads attributions; ``model`` is ``bundled`` or the folder of other weights of this form."""
    return AttributionReader(model_folder(model))


@Language.component("onrecord_speakers")
def speakers(doc: Doc) -> Doc:
    """Set ``doc._.quotes`` and ``doc._.speakers`` from the attributions."""
    article = doc._.article
    resolved, named = resolve_speakers(article.text, doc._.attributions, doc._.entities)
    doc._.quotes = quote_rows(article, doc._.paragraphs, doc._.attributions, resolved)
    doc._.speakers = speaker_rows(article, named)
    return doc


@Language.component("onrecord_figures")
def figures(doc: Doc) -> Doc:
    """Set ``doc._.figures``; a figure within a quote is its speaker's claim."""
    article = doc._.article
    found = article_figures(article, doc._.paragraphs, doc._.entities)
    doc._.figures = figure_rows(article, doc._.paragraphs, found, doc._.quotes)
    return doc

"""The language room as spaCy components; results are extension attributes of ``Doc``.

``doc._.article`` may be set before the pipeline runs, and ``doc._.paragraphs`` too; what is missing is derived
from the text.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from .article import Article
from .attribution import find_attributions
from .figures import find_figures
from .paragraphs import headline_of, split_paragraphs
from .rows import figure_rows, quote_rows, speaker_rows
from .speakers import resolve_speakers
from .units import make_unit

for _name in ("article", "paragraphs", "attributions"):
    Doc.set_extension(_name, default=None, force=True)
for _name in ("quotes", "figures", "speakers"):
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


@Language.component("onrecord_attribution")
def attribution(doc: Doc) -> Doc:
    """Set ``doc._.attributions``: what is said, by which cue, by which mention."""
    text = doc._.article.text
    tokens = [(t.idx, t.text) for t in doc if not t.is_space]
    units = [make_unit(text, p, tokens) for p in doc._.paragraphs if p.kind != "boilerplate"]
    doc._.attributions = find_attributions(units)
    return doc


@Language.component("onrecord_speakers")
def speakers(doc: Doc) -> Doc:
    """Set ``doc._.quotes`` and ``doc._.speakers`` from the attributions."""
    article = doc._.article
    resolved, named = resolve_speakers(article.text, doc._.attributions)
    doc._.quotes = quote_rows(article, doc._.paragraphs, doc._.attributions, resolved)
    doc._.speakers = speaker_rows(article, named)
    return doc


@Language.component("onrecord_figures")
def figures(doc: Doc) -> Doc:
    """Set ``doc._.figures``; a figure within a quote is its speaker's claim."""
    article, found = doc._.article, find_figures(doc._.article.text, doc._.paragraphs)
    doc._.figures = figure_rows(article, doc._.paragraphs, found, doc._.quotes)
    return doc

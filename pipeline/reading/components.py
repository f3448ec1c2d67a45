"""The steps as one spaCy component, ``onrecord``; what is found are extension attributes of ``Doc``.

A doc keeps plain values alone, so that it can be sent to another process, pickled and written (``nlp.pipe(..., n_process=2)``,
``DocBin(store_user_data=True)``, ``doc.to_bytes()``); the attributes build rows from them when they are asked for.

``doc._.article`` may be set before the pipeline runs; otherwise the article is known by its text alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from pydantic import TypeAdapter
from spacy.language import Language
from spacy.tokens import Doc

from ..schemas import DocumentSpeaker, Figure, Quote
from ..schemas.base import Row
from ..text.article import Article
from ..text.paragraphs import Paragraph
from ..text.view import Entity
from .steps import Findings, make_steps, read_articles

_AT_ONCE = 64  # docs that are read together at most
_ROWS: dict[str, type[Row]] = {"quotes": Quote, "figures": Figure, "speakers": DocumentSpeaker}
_ARTICLE = TypeAdapter(Article)


def _article(doc: Doc) -> Article | None:
    told = doc._.onrecord.get("article")
    return None if told is None else _ARTICLE.validate_python({**told, "text": doc.text})


def _tell(doc: Doc, article: Article) -> None:
    doc._.onrecord = {**doc._.onrecord, "article": _ARTICLE.dump_python(article, mode="json", exclude={"text"})}


def _paragraphs(doc: Doc) -> list[Paragraph]:
    return [Paragraph(*p) for p in doc._.onrecord.get("paragraphs", ())]


def _entities(doc: Doc) -> list[Entity]:
    return [Entity(*e) for e in doc._.onrecord.get("entities", ())]


def _rows(doc: Doc, name: str) -> list[Row]:
    return [_ROWS[name].model_validate(row) for row in doc._.onrecord.get(name, ())]


Doc.set_extension("onrecord", default={}, force=True)  # plain values: what the other attributes are built from
Doc.set_extension("article", getter=_article, setter=_tell, force=True)
Doc.set_extension("paragraphs", getter=_paragraphs, force=True)
Doc.set_extension("entities", getter=_entities, force=True)
for _name in _ROWS:
    Doc.set_extension(_name, getter=partial(_rows, name=_name), force=True)


class Component:
    """All steps. Sets ``doc._.article``, ``paragraphs``, ``entities``, ``quotes``, ``speakers`` and ``figures``."""

    def __init__(self, model: str) -> None:
        self.steps = make_steps(model=model)

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _AT_ONCE, **_: Any) -> Iterator[Doc]:
        """Read docs in order, ``batch_size`` at once."""
        docs = iter(stream)
        while batch := list(itertools.islice(docs, min(batch_size, _AT_ONCE))):
            articles = [Findings.of(doc._.article or Article.of_text(doc.text)) for doc in batch]
            read_articles(articles, self.steps)
            for doc, found in zip(batch, articles, strict=True):
                _keep(doc, found)
                yield doc


def _keep(doc: Doc, found: Findings) -> None:
    """Put what is found into a doc, as plain values."""
    rows: dict[str, Sequence[Row]] = {"quotes": found.quotes, "figures": found.figures, "speakers": found.speakers}
    doc._.article = found.view.article
    doc._.onrecord = {
        **doc._.onrecord,
        "paragraphs": [(p.index, p.kind, p.start, p.end) for p in found.view.paragraphs],
        "entities": [(e.start, e.end, e.kind, e.probability) for e in found.view.entities],
        **{name: [r.model_dump(mode="json") for r in own] for name, own in rows.items()},
    }


@Language.factory(
    "onrecord",
    default_config={"model": "bundled"},
    assigns=[f"doc._.{name}" for name in ("article", "paragraphs", "entities", *_ROWS)],
)
def onrecord(nlp: Language, name: str, model: str) -> Component:
    """The component; ``model`` is ``bundled`` or the folder of other weights of this form."""
    return Component(model)

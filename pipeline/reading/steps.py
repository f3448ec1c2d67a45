"""The steps by which an article is read, in their order: the one list that every way of reading is made from.

A step takes what is found in an article so far and adds to it. Beam transforms, the spaCy component, training and benchmarks
run the steps of ``STEPS`` and wire none by hand.
"""

from __future__ import annotations

import functools
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from ..figures import article_figures
from ..quotes.attribution import Attribution
from ..quotes.reader import AttributionReader
from ..schemas import DocumentSpeaker, Figure, Quote
from ..speakers.resolve import resolve_speakers
from ..text.article import Article
from ..text.detect import detect_language
from ..text.paragraphs import Paragraph
from ..text.view import ArticleView
from .rows import figure_rows, quote_rows, speaker_rows
from .version import rules_version
from .weights import ALL, BUNDLED, model_folder, model_version


@dataclass
class Findings:
    """An article and what the steps have found in it so far."""

    view: ArticleView
    attributions: list[Attribution] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    speakers: list[DocumentSpeaker] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    @classmethod
    def of(cls, article: Article, paragraphs: Sequence[Paragraph] | None = None) -> Findings:
        """An article of which nothing is found yet, but its paragraphs where they are given."""
        return cls(ArticleView(article, paragraphs))


class Step(ABC):
    """A step of reading.

    Args:
        model: the attribution model: ``bundled``, or the folder of other weights of its form; ``+all`` behind it leaves out no
            attribution, however unsure.
    """

    name: ClassVar[str]
    english: ClassVar[bool] = True  # articles in other languages pass untouched

    def __init__(self, model: str = BUNDLED) -> None:
        self.model = model

    def __call__(self, articles: Sequence[Findings]) -> None:
        """Read articles; those read together are not read otherwise than each alone."""
        self.read([a for a in articles if a.view.english] if self.english else articles)

    @abstractmethod
    def read(self, articles: Iterable[Findings]) -> None:
        """Add to the findings of articles that this step is for."""


class Paragraphs(Step):
    """Paragraphs, and the language of an article of which nobody has told it."""

    name = "paragraphs"
    english = False

    def read(self, articles: Iterable[Findings]) -> None:
        for found in articles:
            view = found.view
            if view.article.language is None:
                view.article = replace(view.article, language=detect_language(view.text))
            _ = view.paragraphs


class Attributions(Step):
    """What is said, by which cue, by which mention, and the named entities: the network over the windows of all articles.

    Raises:
        ModelError: the folder holds no such model.
    """

    name = "attributions"

    def __init__(self, model: str = BUNDLED) -> None:
        super().__init__(model)
        self.reader = _loaded(model)
        self.version = model_version(model)

    def read(self, articles: Iterable[Findings]) -> None:
        articles = list(articles)
        for found, own in zip(articles, self.reader.read(a.view for a in articles), strict=True):
            article = found.view.article
            found.view.article = replace(article, model_version=self.version, rules_version=rules_version())
            found.view.entities, found.attributions = own.entities, own.attributions


def _loaded(model: str) -> AttributionReader:
    """What reads by a model: loaded once in a process, however many steps, threads and rounds of ``watch`` ask for it."""
    with _LOADING:
        return _load(model)


@functools.lru_cache(maxsize=1)
def _load(model: str) -> AttributionReader:
    return AttributionReader(model_folder(model), 0.0 if model.endswith(ALL) else None)


_LOADING = threading.Lock()


class Speakers(Step):
    """Whom each attribution's mention stands for: the rows of ``quotes`` and ``document_speakers``."""

    name = "speakers"

    def read(self, articles: Iterable[Findings]) -> None:
        for found in articles:
            resolved, named = resolve_speakers(found.view, found.attributions)
            found.quotes = quote_rows(found.view, found.attributions, resolved)
            found.speakers = speaker_rows(found.view.article, named)


class Figures(Step):
    """The rows of ``figures``; a figure within a quote is its speaker's claim."""

    name = "figures"

    def read(self, articles: Iterable[Findings]) -> None:
        for found in articles:
            found.figures = figure_rows(found.view, article_figures(found.view), found.quotes)


STEPS: tuple[type[Step], ...] = (Paragraphs, Attributions, Speakers, Figures)


def make_steps(*names: str, model: str = BUNDLED) -> list[Step]:
    """The steps of these names, or all, in the order in which they are done.

    Raises:
        ModelError: the folder holds no such model.
    """
    return [step(model) for step in STEPS if not names or step.name in names]


def read_articles(articles: Sequence[Findings], steps: Iterable[Step]) -> None:
    """Take articles through steps, each of them together."""
    for step in steps:
        step(articles)

"""The composites: what a user's own pipeline takes from us, and how Beam carries out steps that know nothing of it.

A user's collection holds batches, which pass from transform to transform, or articles, which become rows.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import apache_beam as beam
from apache_beam.transforms.window import GlobalWindow
from apache_beam.utils.windowed_value import WindowedValue

from ..articles import TABLES_OF_ARTICLE, article_reader
from ..articles.given import take
from ..places import place_of
from ..reading import BUNDLED
from ..schemas import APPEARANCES, DOCUMENTS, FIGURES, PARAGRAPHS, QUOTES, REJECTS
from ..sources.formats import Reading
from ..sources.limit import ARTICLE_SECONDS
from ..sources.readers.json_rows import FIELDS
from ..store.known import Known
from ..store.manifest import PublishedFile
from ..store.parts import rows_to_table
from ..store.segments import IndexFile
from ..store.work import Work
from .batches import Batch, RunStamp, called, is_batch
from .decide import Contents, Keyed, Lot, RefusedOnce, Versions, identify, lots_of
from .extract import FiguresStep, QuotesStep, SplitStep
from .files import WorkItem
from .near import compare, keys_of
from .read import LoadRecords, SpoolRecords
from .steps import Tagged, WorkStep
from .write import WriteFiles

_log = logging.getLogger(__name__)
_EXPECTED = f"texts, or dicts with the keys {', '.join(FIELDS)}; all but text may be missing"
_TABLES = tuple(t.name for t in TABLES_OF_ARTICLE)


class Carry(beam.DoFn):
    """A step of ours, carried out by a runner."""

    def __init__(self, step: WorkStep) -> None:
        self.step = step

    def setup(self) -> None:
        self.step.setup()

    def start_bundle(self) -> None:
        self.step.start_bundle()

    def process(self, element: Any) -> Iterator[Any]:
        yield from map(_as_beam_has_it, self.step.process(element))

    def finish_bundle(self) -> Iterator[Any]:
        window: Any = GlobalWindow()
        for found in self.step.finish_bundle():
            tagged = isinstance(found, Tagged)
            placed = WindowedValue(found.value if tagged else found, window.max_timestamp(), [window])
            yield beam.pvalue.TaggedOutput(found.tag, placed) if tagged else placed

    def teardown(self) -> None:
        self.step.teardown()


def _as_beam_has_it(found: Any) -> Any:
    return beam.pvalue.TaggedOutput(found.tag, found.value) if isinstance(found, Tagged) else found


def _identified(spool: Any) -> Iterator[Any]:
    return map(_as_beam_has_it, identify(spool))


class _WithinSeconds(beam.PTransform):
    """A transform that gives each article so much processor time."""

    def __init__(self, seconds: float = ARTICLE_SECONDS) -> None:
        super().__init__()
        self.seconds = seconds


class SplitParagraphs(_WithinSeconds):
    """Batches with ``documents`` gain ``paragraphs``; an article (a text, or a dict) becomes its rows of ``paragraphs``.

    Args:
        seconds: of processor time that an article may take here.
    """

    def expand(self, elements: beam.PCollection[Any]) -> beam.PCollection[Any]:
        return elements | "Split" >> beam.ParDo(TakingArticles("SplitParagraphs", PARAGRAPHS.name, SplitStep(self.seconds)))


class ExtractQuotes(_WithinSeconds):
    """Batches with ``paragraphs`` gain ``quotes``, ``document_speakers`` and ``entities``; articles not in English have none.

    ``entities`` are the names that the network read, for the figures; no table of them is published. An article (a text, or a
    dict) becomes its rows of ``quotes``.

    Args:
        model: the attribution model: ``bundled``, or the folder of other weights on every worker.
        seconds: of processor time that an article may take here.
    """

    def __init__(self, model: str = BUNDLED, seconds: float = ARTICLE_SECONDS) -> None:
        super().__init__(seconds)
        self.model = model

    def expand(self, elements: beam.PCollection[Any]) -> beam.PCollection[Any]:
        step, before = QuotesStep(self.seconds, self.model), [SplitStep(self.seconds)]
        return elements | "Quotes" >> beam.ParDo(TakingArticles("ExtractQuotes", QUOTES.name, step, before))


class ExtractFigures(_WithinSeconds):
    """Batches with ``quotes`` and ``entities`` gain ``figures``; articles not in English have none.

    An article (a text, or a dict) becomes its rows of ``figures``; its quotes are read by the bundled model.

    Args:
        seconds: of processor time that an article may take here.
    """

    def expand(self, elements: beam.PCollection[Any]) -> beam.PCollection[Any]:
        step, before = FiguresStep(self.seconds), [SplitStep(self.seconds), QuotesStep(self.seconds)]
        return elements | "Figures" >> beam.ParDo(TakingArticles("ExtractFigures", FIGURES.name, step, before))


class ReadArticles(beam.PTransform):
    """Articles (texts, or dicts) to the rows of all their tables, one collection a table: ``(articles | ReadArticles()).quotes``.

    ``documents``, ``paragraphs``, ``quotes``, ``figures`` and ``document_speakers`` hold what is read, ``rejects`` the articles
    that cannot be. Each article is read once, by itself; nothing is compared with others.

    Args:
        model: the attribution model: ``bundled``, or the folder of other weights on every worker.
        seconds: of processor time that an article may take in each step.
    """

    def __init__(self, model: str = BUNDLED, seconds: float = ARTICLE_SECONDS) -> None:
        super().__init__()
        self.model = model
        self.seconds = seconds

    def expand(self, articles: beam.PCollection[Any]) -> beam.DoOutputsTuple:
        return articles | "Read" >> beam.ParDo(_ReadArticles(self.model, self.seconds)).with_outputs(*_TABLES)


class _ReadArticles(beam.DoFn):
    def __init__(self, model: str, seconds: float) -> None:
        self.model = model
        self.reading = Reading(article_seconds=seconds)

    def setup(self) -> None:
        self.reader = article_reader(self.model)

    def process(self, element: Any) -> Iterator[beam.pvalue.TaggedOutput]:
        given = fields_of(element, "ReadArticles")
        (row,) = self.reader.read([(None, given)], RunStamp(model=self.model), self.reading).to_pylist()
        if row["reason"] is None:
            yield beam.pvalue.TaggedOutput(DOCUMENTS.name, {name: row[name] for name in DOCUMENTS.arrow.names})
        for name in _TABLES[1:]:
            yield from (beam.pvalue.TaggedOutput(name, of_table) for of_table in row[name])


class ReadDocuments(beam.PTransform):
    """``WorkItem``s of input files to batches with ``documents``, ``appearances`` and ``rejects``.

    Args:
        scratch: an empty folder that every worker can write, for spool files: a path, or an address of an object store.
        reading: format, names of JSON fields, longest article, metadata.
        known: what has been published already; nothing by default.
        stamp: the run that the rows belong to.
    """

    def __init__(
        self,
        scratch: str | Path,
        reading: Reading | None = None,
        known: Known | None = None,
        stamp: RunStamp | None = None,
    ) -> None:
        super().__init__()
        self.stamp = stamp or RunStamp()
        self.work = Work(place_of(scratch), self.stamp.run_id)
        self.reading = reading or Reading()
        self.known = known or Known()

    def expand(self, items: beam.PCollection[WorkItem]) -> beam.PCollection[Batch]:
        spool = SpoolRecords(self.work, self.reading, self.stamp)
        spools = items | "Spread" >> beam.Reshuffle() | "Spool" >> beam.ParDo(Carry(spool)).with_outputs("notes", main="spools")
        return (
            spools.spools
            | "DecideRecords" >> DecideRecords(self.known, self.stamp, str(self.work.folder))
            | "SpreadAgain" >> beam.Reshuffle()
            | "LoadRecords" >> beam.ParDo(Carry(LoadRecords()))
        )


class DecideRecords(beam.PTransform):
    """``Spool`` files to ``Lot``s of what of them is to be extracted.

    Args:
        known: what has been published.
        stamp: the run.
        folder: a folder that every worker can write, for signatures.
        documents: most documents of a lot, which are extracted together.
    """

    def __init__(self, known: Known, stamp: RunStamp, folder: str, documents: int = 64) -> None:
        super().__init__()
        self.documents = documents
        self.known = known
        self.stamp = stamp
        self.folder = folder

    def expand(self, spools: beam.PCollection[Any]) -> beam.PCollection[Lot]:
        ids = spools | "Identify" >> beam.FlatMap(_identified).with_outputs(DOCUMENTS.name, REJECTS.name)
        contents = (
            ids[DOCUMENTS.name]
            | "ByContent" >> beam.GroupByKey()
            | "Contents"
            >> beam.ParDo(Carry(Contents(self.known, self.stamp))).with_outputs("leaders", "signed", main="appearances")
        )
        versions = contents.leaders | "ByArticle" >> beam.GroupByKey() | "Versions" >> _keyed(Versions(self.known))
        near = contents.signed | "FindNear" >> FindNear(self.known, self.folder)
        refused = ids[REJECTS.name] | "ByReject" >> beam.GroupByKey() | "Refused" >> _keyed(RefusedOnce(self.known))
        return (
            (contents.appearances, versions, near, refused)
            | "Decided" >> beam.Flatten()
            | "BySpool" >> beam.GroupByKey()
            | "Lots" >> beam.FlatMap(lots_of, self.stamp, self.documents)
        )


def _keyed(step: WorkStep) -> beam.PTransform:
    return beam.ParDo(Carry(step)).with_output_types(Keyed)


class FindNear(beam.PTransform):
    """Spool files, with rows (packed) whose content is met first there, to tables (packed) of what they are near, by spool file.

    A table holds the ``doc_id`` of each article that is near another, that of the first published that it is near among those
    compared, when that was published, and how near; the least of all tables is the one.

    Args:
        known: what has been published.
        folder: a folder that every worker can write, for signatures.
    """

    def __init__(self, known: Known, folder: str) -> None:
        super().__init__()
        self.known = known
        self.folder = folder

    def expand(self, rows: beam.PCollection[tuple[str, bytes]]) -> beam.PCollection[tuple[str, bytes]]:
        return (
            rows
            | "OfSpool" >> beam.GroupByKey()
            | "Keys" >> beam.FlatMap(keys_of, self.folder)
            | "ByBands" >> beam.GroupByKey()
            | "Compare" >> beam.FlatMap(compare, self.known)
        )


class WriteTables(beam.PTransform):
    """Batches to descriptors of the files that bundles wrote: ``PublishedFile`` of tables, ``IndexFile`` of the index.

    Files lie under ``output`` with their final names, and belong to the record once a manifest names them.

    Args:
        output: a folder that every worker can write: a path, or an address of an object store.
        stamp: the run.
        part_bytes: Arrow bytes gathered before files are written; bounds a worker's memory.
        progress: a folder in which workers note what they have done, for a driver on the same machine.
    """

    def __init__(
        self, output: str | Path, stamp: RunStamp | None = None, part_bytes: int = 16 << 20, progress: str | Path | None = None
    ) -> None:
        super().__init__()
        self.step = WriteFiles(Work(place_of(output), (stamp or RunStamp()).run_id), stamp or RunStamp(), part_bytes, progress)

    def expand(self, batches: beam.PCollection[Batch]) -> beam.PCollection[PublishedFile | IndexFile]:
        return batches | "Files" >> beam.ParDo(Carry(self.step))


def read_article(element: Any, steps: Iterable[WorkStep], taker: str, model: str = BUNDLED) -> Batch:
    """The tables of one article, read as a line of a JSON lines file is; ``rejects`` alone where it is refused.

    Args:
        element: the article.
        steps: what a batch with ``documents`` goes through, in order, set up.
        taker: the transform that was given it, for errors.
        model: the attribution model of the steps.

    Raises:
        TypeError: it is neither a text nor a dict with one.
    """
    batch = _batch_of(fields_of(element, taker), RunStamp(model=model))
    if DOCUMENTS.name in batch:
        for step in steps:
            (batch,) = step.process(batch)
    return batch


class TakingArticles(beam.DoFn):
    """A step that takes articles too: a batch goes through the step alone and stays one; an article becomes its rows.

    An article that is refused has none; the log says why.

    Args:
        taker: the transform, for errors.
        table: whose rows it yields for an article.
        step: the transform's own step.
        before: the steps that an article goes through first; they are set up when the first one comes.
    """

    def __init__(self, taker: str, table: str, step: WorkStep, before: Sequence[WorkStep] = ()) -> None:
        self.taker = taker
        self.table = table
        self.step = step
        self.before = before

    def setup(self) -> None:
        self.step.setup()
        self.ready = False

    def process(self, element: Any) -> Iterator[Batch | dict[str, Any]]:
        if is_batch(element):
            yield from self.step.process(element)
            return
        if not self.ready:
            for step in self.before:
                step.setup()
            self.ready = True
        batch = read_article(element, (*self.before, self.step), self.taker)
        if REJECTS.name in batch:
            for reject in batch[REJECTS.name].to_pylist():
                _log.warning("an article is refused (%s: %s): %s", reject["reason"], reject["detail"], reject["uri"])
        if self.table in batch:
            yield from batch[self.table].to_pylist()


def fields_of(element: Any, taker: str) -> dict[str, Any]:
    """An article as fields of JSON."""
    if isinstance(element, str):
        return {"text": element}
    if not isinstance(element, Mapping) or is_batch(element):
        raise TypeError(f"{taker} takes {_EXPECTED}; not {called(element)}")
    if "paragraph_index" in element:
        raise TypeError(f"{taker} takes articles, not rows of another transform; ReadArticles gives the rows of all tables")
    if not isinstance(element.get("text"), str):
        keys = ", ".join(map(str, element))
        raise TypeError(f"{taker} takes {_EXPECTED}; here text is {called(element.get('text'))} in a dict of {keys or 'nothing'}")
    return {k: v.isoformat() if isinstance(v, date | datetime) else v for k, v in element.items()}


def _batch_of(fields: Mapping[str, Any], stamp: RunStamp) -> Batch:
    """A batch of one document; or of one reject, where the article is refused."""
    table, row = take(fields, None, stamp, Reading())
    if table == REJECTS.name:
        return {table: rows_to_table(table, [row])}
    appearance = {name: row[name] for name in ("doc_id", "article_id", "uri", "url", "publisher", "published_at", "run_id")}
    appearance |= {"relation": "new", "seen_at": stamp.at}
    return {
        table: rows_to_table(table, [row]),
        APPEARANCES.name: rows_to_table(APPEARANCES.name, [appearance]),
    }

"""What stands in a user's collection: batches, which pass from transform to transform, or articles, which become rows."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import apache_beam as beam
import pyarrow as pa

from ..articles.given import take
from ..reading import BUNDLED
from ..schemas import APPEARANCES, DOCUMENTS, REJECTS
from ..sources.formats import Reading
from ..sources.readers.json_rows import FIELDS
from ..store.parts import rows_to_table
from .batches import Batch, RunStamp

_log = logging.getLogger(__name__)
_EXPECTED = f"texts, or dicts with the keys {', '.join(FIELDS)}; all but text may be missing"


def is_batch(element: Any) -> bool:
    """Whether this is a batch: Arrow tables by table name."""
    return isinstance(element, dict) and bool(element) and all(isinstance(table, pa.Table) for table in element.values())


def check_batch(element: Any, taker: str) -> None:
    """Refuse what is no batch.

    Raises:
        TypeError: it is something else; names ``taker``, the transform that was given it.
    """
    if not is_batch(element):
        raise TypeError(f"{taker} takes batches, as ReadDocuments and what follows it yield them, not {_called(element)}")


def read_article(element: Any, steps: Iterable[beam.DoFn], taker: str, model: str = BUNDLED) -> Batch:
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

    def __init__(self, taker: str, table: str, step: beam.DoFn, before: Sequence[beam.DoFn] = ()) -> None:
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
        raise TypeError(f"{taker} takes {_EXPECTED}; not {_called(element)}")
    if "paragraph_index" in element:
        raise TypeError(f"{taker} takes articles, not rows of another transform; ReadArticles gives the rows of all tables")
    if not isinstance(element.get("text"), str):
        keys = ", ".join(map(str, element))
        raise TypeError(
            f"{taker} takes {_EXPECTED}; here text is {_called(element.get('text'))} in a dict of {keys or 'nothing'}"
        )
    return {k: v.isoformat() if isinstance(v, date | datetime) else v for k, v in element.items()}


def _called(element: Any) -> str:
    """What an error calls it."""
    if element is None or is_batch(element):
        return "None" if element is None else "a batch"
    return f"{type(element).__module__}.{type(element).__qualname__}".removeprefix("builtins.")


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

"""Onrecord on Apache Spark, for DataFrames at rest and streams alike: ``read`` articles, and take their ``tables``.

The rows, and their ids, are those that ``onrecord run`` publishes. Every executor needs this package installed
(``onrecord[spark]``); the model is loaded once for each Python worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from .articles import COLUMNS, NESTED, TABLES_OF_ARTICLE, Reading, RunStamp, read_slices
from .reading import BUNDLED
from .schemas import DOCUMENTS, REJECTS

__all__ = ["SCHEMA", "distinct_articles", "read", "tables", "write_delta"]

SCHEMA: StructType = from_arrow_schema(NESTED)


def read(
    df: DataFrame,
    text: str = "text",
    *,
    fields: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    model: str = BUNDLED,
    max_chars: int = Reading.max_chars,
    seconds: float = Reading.article_seconds,
    run_id: str = RunStamp.run_id,
    at: datetime | None = None,
) -> DataFrame:
    """Return the articles of a DataFrame, each read: a row of ``SCHEMA`` for every row, in the same partition and order.

    It has the columns of ``documents``; ``paragraphs``, ``quotes``, ``figures``, ``document_speakers`` and ``rejects`` as arrays
    of the rows of these tables; and ``reason`` and ``detail`` of an article that is refused, which fails no task. Reading an
    article takes about a tenth of a second of a core, so that there should be several partitions for each.

    Args:
        df: articles, at rest or a stream.
        text: the column of the text.
        fields: what the columns are called that are not called ``id``, ``url``, ``title``, ``author``, ``publisher``,
            ``published_at``, ``language`` or ``uri``: ``{"published_at": "date"}``. Dots lead into structs.
        keep: further columns of ``df`` that the result has too.
        model: the attribution model: ``bundled``, or a folder of other weights on every executor.
        max_chars: of the longest article that is taken.
        seconds: of processor time that an article may take in each step.
        run_id: what the rows have in that column.
        at: what they have in ``ingested_at``; if not given, the time of this call, or of a stream, of the reading itself.

    Raises:
        ValueError: ``fields`` names a column that is not read, or ``keep`` one that the result has already.
    """
    own = {name: name for name in COLUMNS if name in df.columns} | {"text": text} | dict(fields or {})
    unknown = sorted(own.keys() - {*COLUMNS})
    taken = sorted({*keep} & {*NESTED.names})
    if unknown:
        raise ValueError(f"fields: {', '.join(unknown)} is not read; what is read is {', '.join(COLUMNS)}")
    if taken:
        raise ValueError(f"keep: the result has a column {', '.join(taken)} of its own; rename yours")
    chosen = df.select(*(F.col(source).alias(name) for name, source in own.items()), *keep)
    moment = datetime.now(UTC) if at is None and not df.isStreaming else at
    reading = Reading(max_chars=max_chars, article_seconds=seconds)

    def read_all(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            stamp = RunStamp(run_id, moment or datetime.now(UTC), model)
            row = 0
            for part in read_slices(batch, stamp, reading):
                for name in keep:
                    part = part.append_column(name, batch[name].slice(row, part.num_rows))
                yield part
                row += part.num_rows

    return chosen.mapInArrow(read_all, StructType([*SCHEMA.fields, *(chosen.schema[name] for name in keep)]))


def tables(nested: DataFrame) -> dict[str, DataFrame]:
    """Return the tables of what ``read`` returned, by name, with the columns of the data model.

    Each of them reads the articles anew when it is asked for, unless ``nested`` is persisted, or was written and read back.
    """
    out = {DOCUMENTS.name: nested.where(F.col("reason").isNull()).select(*DOCUMENTS.arrow.names)}
    for table in TABLES_OF_ARTICLE:
        if table is not DOCUMENTS:
            out[table.name] = nested.select(F.explode(table.name).alias("row")).select("row.*")
    return out


def distinct_articles(nested: DataFrame, time: str | None = None, delay: str = "1 day", by: str = "article_id") -> DataFrame:
    """Return each article once, the first that came; of what is refused, each once.

    Args:
        nested: what ``read`` returned.
        time: of a stream, the column that tells when an article came; ``read`` keeps it by ``keep``.
        delay: how long an article is known again after it came. Spark drops what comes later than others by more than that,
            without a trace: so ``time`` should be that of arrival, and not that of publication.
        by: ``article_id``: an address, or own id, counts once; ``doc_id``: every text that it ever had does.

    Raises:
        ValueError: a stream without ``time``.
    """
    key: Column = F.coalesce(F.col(by), F.col(REJECTS.name)[0]["reject_id"])
    keyed = nested.withColumn("_key", key)
    if not nested.isStreaming:
        return keyed.dropDuplicates(["_key"]).drop("_key")
    if time is None:
        raise ValueError("distinct_articles needs the time of a stream's articles: time='timestamp', kept by read(keep=[...])")
    return keyed.withWatermark(time, delay).dropDuplicatesWithinWatermark(["_key"]).drop("_key")


def write_delta(path: str, app_id: str) -> Callable[[DataFrame, int], None]:
    """Return a function that appends what was read to Delta tables, ``PATH/quotes`` and so on: for ``foreachBatch``.

    A batch that is written again, after a driver was lost in the middle of it, is written where it was not and nowhere twice:
    its number is Delta's transaction version. For a DataFrame at rest, ``write_delta(path, app_id)(nested, 0)``.

    Args:
        path: the folder of the tables; one driver at a time writes there, unless its store settles who was first.
        app_id: whose batches are counted; a new one for a stream with a new checkpoint, since it counts from 0 again.
    """

    def write(nested: DataFrame, number: int) -> None:
        nested.persist()
        try:
            # Delta passes over a batch that it knows without looking at it; but a stream's state is that of what was looked at
            nested.count()
            for name, rows in tables(nested).items():
                once = {"txnAppId": app_id, "txnVersion": str(number)}
                rows.write.format("delta").mode("append").options(**once).save(f"{path}/{name}")
        finally:
            nested.unpersist()

    return write

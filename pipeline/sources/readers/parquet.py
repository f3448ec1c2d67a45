"""Parquet: an article a row, its columns named as the fields of JSON lines are."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.parquet as pq

from ..containers import copied
from ..formats import Reader, Reading, Source
from ..limit import TooSlow
from ..pages.encoding import page_text
from ..records import Record, Refusal, Refused
from .decoding import decode
from .field_names import NAMES, WITHIN, own_name
from .html import is_page
from .json_rows import article_of

_BATCH = 64  # rows held at once
_FOOTER = 64 << 20  # most bytes of metadata that a file may declare
_DAMAGED = (pa.ArrowException, OSError, ValueError, OverflowError)


class Parquet(Reader):
    """``parquet``: an article a row."""

    suffixes: ClassVar[tuple[str, ...]] = (".parquet",)

    def sniff(self, head: bytes) -> bool:
        return head.startswith(b"PAR1")

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        return read_parquet(file, reading)


def read_parquet(source: Source, reading: Reading) -> Iterator[Record]:
    """Read the articles of a Parquet file, a record a row.

    Args:
        source: the file; a stream that cannot seek is copied to a temporary file first. A record's own uri is ``<uri>#L<row>``,
            rows counted from 1.
        reading: how it is read.
    """
    uri, fields = source.uri, reading.fields
    columns = {*itertools.chain(*NAMES.values()), *WITHIN, *fields.values(), *(f.partition(".")[0] for f in fields.values())}
    with tempfile.TemporaryFile() as copy:
        try:
            stream = source.stream if source.stream.seekable() else copied(source.stream, copy)
            limits = {"thrift_string_size_limit": _FOOTER, "thrift_container_size_limit": _FOOTER}
            file = pq.ParquetFile(stream, page_checksum_verification=True, **limits)
            names = [c for c in file.schema_arrow.names if c in columns or own_name(c) in columns]
            texts = {fields["text"].partition(".")[0], fields["text"]} if "text" in fields else {*NAMES["text"], *WITHIN}
            if not texts & {*names, *map(own_name, names)}:
                raise Refused("missing_text", f"no column {fields.get('text', 'text')!r}; map it with fields in the config")
        except Refused as error:
            yield Refusal.of(error, uri, None, b"")
            return
        except _DAMAGED as error:
            yield Refusal.of(_damage(error, "not readable as Parquet"), uri, 1, b"")
            return
        first = 1
        for group in range(file.num_row_groups):
            for number, row in _rows(file, group, first, names):
                if isinstance(row, Refused):
                    yield Refusal.of(row, uri, number, b"")
                    continue
                try:
                    yield article_of(told_row(row), f"{uri}#L{number}", number, reading)
                except (Refused, TooSlow) as error:
                    yield Refusal.of(error, uri, number, repr(row).encode("utf-8", "replace"))
            first += file.metadata.row_group(group).num_rows


def _rows(file: pq.ParquetFile, group: int, first: int, names: list[str]) -> Iterator[tuple[int, dict[str, Any] | Refused]]:
    """Numbers and values of the rows of a row group, which begins at row ``first``; of its rows behind damage, one refusal."""
    number = first
    try:
        for batch in file.iter_batches(_BATCH, row_groups=[group], columns=names):
            for row in row_values(batch):
                yield number, row
                number += 1
    except _DAMAGED as error:
        last = first + file.metadata.row_group(group).num_rows - 1
        yield number, _damage(error, f"rows {number} to {last} cannot be read")


def row_values(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """The rows of a batch; in place of a value that Python has no form for stands the refusal of its row."""
    try:
        yield from batch.to_pylist()
    except Exception:  # of many kinds: text that is not UTF-8, years beyond 9999, zones that nobody knows
        columns = list(zip(batch.schema.names, batch.columns, strict=True))
        for n in range(batch.num_rows):
            yield {name: _value(name, column[n]) for name, column in columns}


def _value(name: str, scalar: pa.Scalar) -> Any:
    try:
        if pa.types.is_timestamp(scalar.type) and scalar.type.unit == "ns":
            scalar = scalar.cast(pa.timestamp("us", scalar.type.tz), safe=False)  # Python has no nanoseconds
        return scalar.as_py()
    except UnicodeDecodeError as error:
        return Refused("undecodable", f"{name}: not UTF-8 (byte {error.start})")
    except Exception as error:
        return Refused("bad_field", f"{name}: a {scalar.type} that cannot be read: {error}")


def _damage(error: BaseException, what: str) -> Refused:
    if isinstance(error, OSError) and error.errno:
        raise error  # the file cannot be read, which is not its content's fault
    return Refused("bad_archive", f"{what}: {' '.join(str(error).split())[:200]}")


def told_row(row: dict[str, Any]) -> dict[str, Any]:
    """Times as text, as the other formats have them, and text that is kept as bytes; missing values left out."""
    return {k: _as_text(v) for k, v in row.items() if v is not None}


def _as_text(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if not isinstance(value, bytes):
        return value
    try:
        return page_text(value) if is_page(value[:2000].decode("latin-1")) else decode(value)
    except Refused as error:
        return error

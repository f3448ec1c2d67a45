"""Parquet: an article a row, its columns named as the fields of JSON lines are."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from .json_rows import FIELDS, article_of
from .limit import TooSlow
from .records import Record, Refusal, Refused

_BATCH = 64  # rows held at once
_FOOTER = 64 << 20  # most bytes of metadata that a file may declare


def read_parquet(
    stream: IO[bytes],
    uri: str,
    fields: Mapping[str, str],
    metadata: Mapping[str, Mapping[str, str]],
    max_chars: int,
) -> Iterator[Record]:
    """Read the articles of a Parquet file, a record a row.

    Args:
        stream: the bytes of the file; one that cannot seek is copied to a temporary file first.
        uri: where the file is; a record's own uri is ``<uri>#L<row>``, rows counted from 1.
        fields: for each of ``FIELDS``, the column that holds it, where it is called otherwise.
        metadata: columns given apart, by record uri, url or id.
        max_chars: longest text accepted.
    """
    number = 0
    with tempfile.TemporaryFile() as copy:
        try:
            source = stream if stream.seekable() else _copied(stream, copy)
            file = pq.ParquetFile(source, thrift_string_size_limit=_FOOTER, thrift_container_size_limit=_FOOTER)
            names = [c for c in (fields.get(f, f) for f in FIELDS) if c in file.schema_arrow.names]
            if fields.get("text", "text") not in names:
                raise Refused("missing_text", f"no column {fields.get('text', 'text')!r}; map it with fields in the config")
            for batch in file.iter_batches(_BATCH, columns=names):
                for row in batch.to_pylist():
                    number += 1
                    try:
                        yield article_of(_plain(row), f"{uri}#L{number}", number, fields, metadata, max_chars)
                    except (Refused, TooSlow) as error:
                        yield Refusal.of(error, uri, number, repr(row)[:4096].encode("utf-8", "replace"))
        except Refused as error:
            yield Refusal.of(error, uri, None, b"")
        except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
            detail = f"not readable as Parquet: {' '.join(str(error).split())[:200]}"
            yield Refusal.of(Refused("bad_archive", detail), uri, number + 1, b"")


def _copied(stream: IO[bytes], copy: IO[bytes]) -> IO[bytes]:
    while data := stream.read(1 << 20):
        copy.write(data)
    copy.seek(0)
    return copy


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Times as text, as the other formats have them; missing values left out."""
    return {k: v.isoformat() if isinstance(v, datetime | date) else v for k, v in row.items() if v is not None}

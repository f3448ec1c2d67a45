"""Refusals: of files that cannot be read, and the ids by which a refusal is known when it is met again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from ..schemas import DOCUMENTS, REJECTS
from ..schemas.ids import hash_id
from ..sources.formats import Reading, read_records
from ..sources.kafka.address import is_topic
from ..sources.kafka.read import read_range
from ..sources.lateness import in_time
from ..sources.paths import path_of
from ..sources.records import Record, Refusal, Refused
from .files import InputFile, open_raw
from .folders import UNREADABLE, cause
from .spools import read_spool

_MOST_HASHES = 100_000  # that are made to find records by their own ids


def refusal_of(file: InputFile, reason: str, detail: str) -> Refusal:
    """The refusal of a whole file of which only the name could be read: the bytes of its path are all there is of it."""
    return Refusal.of(Refused(reason, detail), file.name, None, os.fsencode(path_of(file.name)))


def records_of(file: InputFile, reading: Reading) -> Iterator[Record]:
    """The records of an input file. What ends the reading of it is a refusal, and never the end of anything else."""
    if file.refused is not None:
        yield refusal_of(file, *file.refused)
        return
    if is_topic(file.uri):
        assert file.end is not None
        yield from read_range(file.uri, file.start, file.end, reading)
        return
    place, changed = 0, datetime.fromtimestamp(file.modified / 1e9, UTC) if file.modified is not None else None
    try:
        with open_raw(file.uri) as stream:
            for record in read_records(stream, file.name, file.relative, reading, (file.start, file.end)):
                yield in_time(record, changed, reading.late)
                place = record.record or place + 1
    except OSError as error:
        if place:
            detail = f"cannot be read on: {cause(error)}"
            yield Refusal.of(Refused(UNREADABLE, detail), file.name, place + 1, b"")
        else:
            yield refusal_of(file, UNREADABLE, cause(error))


def matched_keys(spools: Iterable[str], files: Iterable[InputFile], metadata: Mapping[str, object]) -> set[str]:
    """The keys of the metadata that stand for a file, or for a record of it, by its uri, its address or its own id."""
    found = {key for file in files for key in (file.name, file.relative) if key in metadata}
    for spool in spools if len(found) < len(metadata) else ():
        if os.path.basename(spool).startswith(DOCUMENTS.name):
            rows = read_spool(spool, ["uri", "url", "article_id", "publisher"]).to_pylist()
            found |= {key for row in rows for key in (row["uri"], row["url"]) if key in metadata}
            ids = {row["article_id"] for row in rows}
            publishers = {row["publisher"] for row in rows}
            if len(publishers) * len(metadata) < _MOST_HASHES:
                left = filter(str.isprintable, metadata.keys() - found)
                found |= {key for key in left if any(hash_id("id", name, key) in ids for name in publishers)}
    return found


def unread_files(spools: Iterable[str]) -> set[str]:
    """The uris of the files that could not be read, from the spool files of refusals: a later run has to try them again."""
    names: set[str] = set()
    for spool in spools:
        if os.path.basename(spool).startswith(REJECTS.name):
            names |= {r["uri"] for r in read_spool(spool, ["uri", "reason"]).to_pylist() if r["reason"] == UNREADABLE}
    return names

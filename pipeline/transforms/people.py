"""People: names of all articles, brought together within blocks of names that may be one."""

from __future__ import annotations

import heapq
import uuid
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import apache_beam as beam
import pyarrow as pa
import pyarrow.parquet as pq

from schemas import PEOPLE

from ..language.governments import nations_in
from ..language.joining import Alias, Known, block_of, join_block
from ..store.parts import Part, rows_to_table, write_part

_ROWS = 20_000  # of a file, read at once
_HELD = 50_000  # names that a worker holds before it writes them down
# Most values kept of a set, the first in order: the same whatever way the articles are divided.
_MOST = {"roles": 32, "aliases": 64, "company": 256, "states": 64, "apart": 256}
_COLUMNS = ["doc_id", "speaker_id", "name", "kind", "role", "aliases"]
_NAMES = pa.schema(
    [
        ("block", pa.string()),
        ("id", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),
        ("documents", pa.int64()),
        ("roles", pa.list_(pa.string())),
        ("aliases", pa.list_(pa.string())),
        ("company", pa.list_(pa.string())),
        ("states", pa.list_(pa.string())),
        ("apart", pa.map_(pa.string(), pa.int64())),
    ]
)


class JoinPeople(beam.PTransform):
    """Files of ``document_speakers`` to ``Part`` descriptors of ``people``, each name once.

    What is told of each name is written down in shards of blocks, so that neither a worker nor the shuffle ever holds all names;
    a document's rows lie in one file.

    Args:
        folder: a folder that every worker can write.
        run_id: the run that the rows belong to.
        aliases: the newsroom's own, by normalised name.
        shards: number of shards; as many names as fall to one are held at once.
    """

    def __init__(self, folder: str | Path, run_id: str, aliases: Mapping[str, Alias], shards: int = 1) -> None:
        super().__init__()
        self.folder = Path(folder)
        self.run_id = run_id
        self.aliases = aliases
        self.shards = shards

    def expand(self, files: beam.PCollection[str]) -> beam.PCollection[Part]:
        return (
            files
            | "Spread" >> beam.Reshuffle()
            | "Collect" >> beam.ParDo(_Collect(self.folder, self.shards))
            | "Together" >> beam.GroupByKey()
            | "Join" >> beam.ParDo(_Join(self.folder, self.run_id, self.aliases))
        )


class _Collect(beam.DoFn):
    """What a file tells of each name, written to a file for each shard."""

    def __init__(self, folder: Path, shards: int) -> None:
        self.folder = folder
        self.shards = shards

    def process(self, path: str) -> Iterator[tuple[int, str]]:
        names = _Names()
        for rows in _documents(path):
            names.add(rows)
            if len(names) > _HELD:
                yield from self._written(names)
                names = _Names()
        yield from self._written(names)

    def _written(self, names: _Names) -> Iterator[tuple[int, str]]:
        by_shard: dict[int, list[dict[str, Any]]] = {}
        for row in names.rows():
            by_shard.setdefault(zlib.crc32(row["block"].encode()) % self.shards, []).append(row)
        for shard, rows in by_shard.items():
            target = self.folder / f"names-{uuid.uuid4().hex}.parquet"
            pq.write_table(pa.Table.from_pylist(rows, schema=_NAMES), target, compression="zstd")
            yield shard, target.name


class _Join(beam.DoFn):
    """The names of a shard as rows of ``people``."""

    def __init__(self, folder: Path, run_id: str, aliases: Mapping[str, Alias]) -> None:
        self.folder = folder
        self.run_id = run_id
        self.aliases = aliases

    def process(self, element: tuple[int, Iterable[str]]) -> Iterator[Part]:
        names = _Names()
        for file in sorted(element[1]):
            for batch in pq.ParquetFile(self.folder / file).iter_batches(batch_size=_ROWS):
                for row in batch.to_pylist():
                    names.merge(row)
        blocks: dict[str, list[Known]] = {}
        for name in names.by_id.values():
            blocks.setdefault(names.block[name.id], []).append(name)
        rows = (
            {
                "speaker_id": j.id,
                "person_id": j.person_id,
                "name": j.name,
                "rule": j.rule,
                "external_id": j.external_id,
                "run_id": self.run_id,
            }
            for own in blocks.values()
            for j in join_block(own, self.aliases)
        )
        yield write_part(self.folder, PEOPLE.name, rows_to_table(PEOPLE.name, list(rows)))


class _Names:
    """What is known of each name."""

    def __init__(self) -> None:
        self.by_id: dict[str, Known] = {}
        self.block: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self.by_id)

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take the speakers of a document."""
        blocks = [block_of(r["kind"], r["name"]) for r in rows]
        states = [_states(r) for r in rows]
        for r, block in zip(rows, blocks, strict=True):
            known = self._known(r["speaker_id"], r["name"], r["kind"], block)
            known.documents += 1
            known.aliases.update(r["aliases"])
            known.states.update(*states)
            if r["role"]:
                known.roles.add(r["role"])
            for other, beside in zip(rows, blocks, strict=True):
                if other is not r:
                    if other["kind"] != "government":
                        known.company.add(other["speaker_id"])
                    if beside == block:
                        known.apart[other["speaker_id"]] += 1

    def merge(self, row: Mapping[str, Any]) -> None:
        """Take what a worker has written down of a name."""
        known = self._known(row["id"], row["name"], row["kind"], row["block"])
        known.documents += row["documents"]
        known.apart.update(dict(row["apart"]))
        for column in ("roles", "aliases", "company", "states"):
            getattr(known, column).update(row[column])
        _bound(known)

    def rows(self) -> Iterator[dict[str, Any]]:
        """All that is known, as rows to write down."""
        for known in self.by_id.values():
            _bound(known)
            sets = {c: sorted(getattr(known, c)) for c in ("roles", "aliases", "company", "states")}
            apart = sorted(known.apart.items())
            yield {
                "block": self.block[known.id],
                "id": known.id,
                "name": known.name,
                "kind": known.kind,
                "documents": known.documents,
                "apart": apart,
            } | sets

    def _known(self, id_: str, name: str, kind: str, block: str) -> Known:
        known = self.by_id.get(id_)
        if known is None:
            self.block[id_] = block
            known = self.by_id[id_] = Known(id_, name, kind)
        known.name = min(known.name, name, key=lambda n: (n.isupper(), n))  # of its spellings one, whatever the order of files
        return known


def _bound(known: Known) -> None:
    for column in ("roles", "aliases", "company", "states"):
        have = getattr(known, column)
        if len(have) > _MOST[column]:
            setattr(known, column, set(heapq.nsmallest(_MOST[column], have)))
    if len(known.apart) > _MOST["apart"]:
        known.apart = Counter({k: known.apart[k] for k in heapq.nsmallest(_MOST["apart"], known.apart)})


def _states(row: Mapping[str, Any]) -> set[str]:
    """The states that a speaker is, or that its name and role tell: *Syria*, *the Syrian president*."""
    return ({row["name"]} if row["kind"] == "government" else nations_in(row["name"])) | nations_in(row["role"] or "")


def _documents(path: str) -> Iterator[list[dict[str, Any]]]:
    """The rows of each document of a file, which stand together."""
    held: list[dict[str, Any]] = []
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_ROWS, columns=_COLUMNS, use_threads=False):
            for row in batch.to_pylist():
                if held and held[0]["doc_id"] != row["doc_id"]:
                    yield held
                    held = []
                held.append(row)
    if held:
        yield held

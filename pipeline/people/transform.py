"""People: names of all articles, brought together within blocks of names that may be one."""

from __future__ import annotations

import heapq
import sys
import uuid
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from ..lexicon.governments import nations_in
from ..schemas import PEOPLE
from ..store.manifest import PublishedFile
from ..store.names import NAMES
from ..store.parts import dataset_of, open_parquet, rows_to_table, write_part
from .joining import Alias, NameRecord, block_of, join_block

_ROWS = 20_000  # of a file, read at once
_HELD = 10_000  # names that a worker holds before it writes them down
_LOT = 10_000  # rows that are written together
_BUCKETS = 4096  # into which blocks fall; a shard is a range of them
# Most values kept of a set, the first in order: the same whatever way the articles are divided.
_MOST = {"roles": 32, "aliases": 64, "company": 128, "states": 64, "apart": 128}
_SETS = ("roles", "aliases", "company", "states")
_COLUMNS = ["doc_id", "speaker_id", "name", "kind", "role", "aliases"]


def join_people(
    files: Sequence[Path],
    folder: Path,
    run_id: str,
    aliases: Mapping[str, Alias],
    shards: int = 1,
    known: Path | None = None,
    every: bool = False,
    apart: Mapping[str, Set[str]] | None = None,
) -> list[PublishedFile]:
    """Write files of ``people`` and ``names`` for the blocks that files of ``document_speakers`` touch.

    What is told of each name is written down in shards of blocks, so that no more is ever held than the names of one; a
    document's rows lie in one file.

    Args:
        files: files of ``document_speakers``.
        folder: an empty folder, for what is written.
        run_id: the run that the rows belong to.
        aliases: as for ``join_block``.
        shards: number of shards; as many names as fall to one are held at once.
        known: file of ``names`` with what earlier files tell.
        every: decide every block of ``known`` again, not only those that the files touch.
        apart: as for ``join_block``.

    Returns:
        The files, by their names in the folder.
    """
    told: dict[int, list[Path]] = {shard: [] for shard in range(shards)} if every else {}
    for path in files:
        for shard, part in _collected(path, folder, shards):
            told.setdefault(shard, []).append(part)
    join = _Join(folder, run_id, aliases, shards, known, every, apart)
    return [part for shard, parts in sorted(told.items()) for part in join.shard(shard, parts)]


def _collected(path: Path, folder: Path, shards: int) -> Iterator[tuple[int, Path]]:
    """What a file tells of each name, written to a file for each shard."""
    names = _Names()
    for rows in _documents(path):
        names.add(rows)
        if len(names) > _HELD:
            yield from _by_shard(names, folder, shards)
            names = _Names()
    yield from _by_shard(names, folder, shards)


def _by_shard(names: _Names, folder: Path, shards: int) -> Iterator[tuple[int, Path]]:
    by_shard: dict[int, list[dict[str, Any]]] = {}
    for row in names.rows(""):
        by_shard.setdefault(row["bucket"] * shards // _BUCKETS, []).append(row)
    for shard, rows in by_shard.items():
        yield shard, folder / write_part(folder, _fresh(NAMES.name), NAMES.name, rows_to_table(NAMES.name, rows)).path


def _fresh(name: str) -> str:
    return f"{name}-{uuid.uuid4().hex}.parquet"


class _Join:
    """The names of a shard as rows of ``people``, and what is known of them now."""

    def __init__(
        self,
        folder: Path,
        run_id: str,
        aliases: Mapping[str, Alias],
        shards: int,
        known: Path | None,
        every: bool,
        apart: Mapping[str, Set[str]] | None = None,
    ) -> None:
        self.folder = folder
        self.run_id = run_id
        self.aliases = aliases
        self.shards = shards
        self.known = known
        self.every = every
        self.apart = apart

    def shard(self, shard: int, files: Sequence[Path]) -> Iterator[PublishedFile]:
        names = _Names()
        for file in sorted(files):
            for batch in open_parquet(file).iter_batches(batch_size=_ROWS, use_threads=False):
                names.merge(batch.to_pylist())
        if self.known is not None:
            wanted = self._in_shard(shard)
            if not self.every:
                buckets, blocks = {_bucket(b) for b in names.block.values()}, set(names.block.values())
                wanted &= pa.compute.field("bucket").isin(sorted(buckets)) & pa.compute.field("block").isin(sorted(blocks))
            for batch in dataset_of(NAMES.name, [self.known]).to_batches(filter=wanted, use_threads=False):
                names.merge(batch.to_pylist())
        blocks_of: dict[str, list[NameRecord]] = {}
        for name in names.by_id.values():
            _bound(name)
            blocks_of.setdefault(names.block[name.id], []).append(name)
        people = (
            {
                "speaker_id": j.id,
                "person_id": j.person_id,
                "name": j.name,
                "rule": j.rule,
                "external_id": j.external_id,
                "run_id": self.run_id,
            }
            for own in blocks_of.values()
            for j in join_block(own, self.aliases, self.apart)
        )
        yield from _written(self.folder, PEOPLE.name, people)
        yield from _written(self.folder, NAMES.name, names.rows(self.run_id))

    def _in_shard(self, shard: int) -> pa.compute.Expression:
        bucket = pa.compute.field("bucket")
        return (bucket >= -(-shard * _BUCKETS // self.shards)) & (bucket < -(-(shard + 1) * _BUCKETS // self.shards))


def _written(folder: Path, name: str, rows: Iterator[dict[str, Any]]) -> Iterator[PublishedFile]:
    while lot := list(islice(rows, _LOT)):
        yield write_part(folder, _fresh(name), name, rows_to_table(name, lot))


class _Names:
    """What is known of each name."""

    def __init__(self) -> None:
        self.by_id: dict[str, NameRecord] = {}
        self.block: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self.by_id)

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take the speakers of a document."""
        known = [self._known(r["speaker_id"], r["name"], r["kind"]) for r in rows]
        blocks = [self.block[k.id] for k in known]
        states = set().union(*map(_states, rows))
        bodies = {k.id for k in known if k.kind != "government"}
        beside = Counter(blocks) if len(set(blocks)) < len(blocks) else {}
        for r, name, block in zip(rows, known, blocks, strict=True):
            name.documents += 1
            _tell(name, "states", states)
            _tell(name, "company", bodies - {name.id})
            _tell(name, "aliases", {*r["aliases"]})
            _tell(name, "roles", {r["role"]} if r["role"] else set())
            if beside and beside[block] > 1:
                for o, b in zip(known, blocks, strict=True):
                    if b == block and o is not name:
                        name.apart[o.id] = name.apart.get(o.id, 0) + 1

    def merge(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take what was written down of names."""
        for row in rows:
            known = self._known(row["id"], row["name"], row["kind"], row["block"])
            known.documents += row["documents"]
            for b in row["apart"]:
                known.apart[b["id"]] = known.apart.get(b["id"], 0) + b["articles"]
            for column in _SETS:
                _tell(known, column, set(map(sys.intern, row[column])))  # they recur

    def rows(self, run_id: str) -> Iterator[dict[str, Any]]:
        """All that is known, as rows to write down."""
        for known in self.by_id.values():
            _bound(known)
            block = self.block[known.id]
            yield {
                "bucket": _bucket(block),
                "block": block,
                "id": known.id,
                "name": known.name,
                "kind": known.kind,
                "documents": known.documents,
                **{c: sorted(getattr(known, c)) for c in _SETS},
                "apart": [{"id": i, "articles": n} for i, n in sorted(known.apart.items())],
                "run_id": run_id,
            }

    def _known(self, id_: str, name: str, kind: str, block: str | None = None) -> NameRecord:
        known = self.by_id.get(id_)
        if known is None:
            self.block[id_] = block or block_of(kind, name)
            known = self.by_id[id_] = NameRecord(id_, name, kind)
        elif name != known.name:  # of its spellings one, whatever the order of files
            known.name = min(known.name, name, key=lambda n: (n.isupper(), n))
        return known


def _bucket(block: str) -> int:
    return zlib.crc32(block.encode()) % _BUCKETS


def _tell(known: NameRecord, column: str, values: Set[str]) -> None:
    """Add to a set, of which few names have more than one value; more than are kept are let go of now and then."""
    have = getattr(known, column)
    if not values <= have:
        both = have | values
        setattr(known, column, both if len(both) <= 2 * _MOST[column] else _least(both, column))


def _least(values: Set[str], column: str) -> Set[str]:
    return values if len(values) <= _MOST[column] else frozenset(heapq.nsmallest(_MOST[column], values))


def _bound(known: NameRecord) -> None:
    for column in _SETS:
        setattr(known, column, _least(getattr(known, column), column))
    if len(known.apart) > _MOST["apart"]:
        known.apart = {k: known.apart[k] for k in heapq.nsmallest(_MOST["apart"], known.apart)}


def _states(row: Mapping[str, Any]) -> set[str]:
    """The states that a speaker is, or that its name and role tell: *Syria*, *the Syrian president*."""
    own = {row["name"]} if row["kind"] == "government" else nations_in(row["name"])
    return {*own, *nations_in(row["role"] or "")}


def _documents(path: Path) -> Iterator[list[dict[str, Any]]]:
    """The rows of each document of a file, which stand together."""
    held: list[dict[str, Any]] = []
    with open_parquet(path) as file:
        for batch in file.iter_batches(batch_size=_ROWS, columns=_COLUMNS, use_threads=False):
            for row in batch.to_pylist():
                if held and held[0]["doc_id"] != row["doc_id"]:
                    yield held
                    held = []
                held.append(row)
    if held:
        yield held

"""Reprints: which new articles are near an earlier one, told by the bands of their signatures as keys.

Only keys and places pass through the shuffle; signatures lie in files, and are read again for the pairs that share a key.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import apache_beam as beam
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from schemas import APPEARANCES, REJECTS

from ..sources.nearness import BANDS, THRESHOLD, WIDTH, bands, containment, signature
from .decide import ORDER, Near

_MOST = 16  # articles under a key that a new one is compared with, the earliest
_AT_ONCE = 8  # bands whose pairs are merged together
_FILE = 32  # bits for the row of a published article; its file stands above them
_PUBLISHED = -(1 << 62)  # places of published articles begin here, before all new ones
_SCHEMA = pa.schema(
    [
        ("order", pa.int64()),
        ("doc_id", pa.string()),
        ("article_id", pa.string()),
        ("published_at", APPEARANCES.arrow.field("published_at").type),
        ("signature", pa.list_(pa.uint32(), WIDTH)),
    ]
)


_KEYED = np.dtype([("key", np.uint64), ("place", np.int64)])
_COLUMNS = ["doc_id", "article_id", "published_at", "text"]


class _Chosen(NamedTuple):
    """The rows of a spool file whose content is met first there."""

    spool: str
    rows: tuple[int, ...]


class _Found(NamedTuple):
    doc_id: str
    article_id: str
    published: tuple[bool, float]  # without a date last
    signature: Any


class FindNear(beam.PTransform):
    """Tuples of spool files to one dictionary: ``doc_id`` of an article to that of the first it is near, and how near.

    Args:
        known: document files of earlier runs and batches.
        cache: a folder for their signatures, which are made where they are missing.
    """

    def __init__(self, known: Sequence[str], cache: Path) -> None:
        super().__init__()
        self.known = tuple(known)
        self.cache = cache

    def expand(self, spools: beam.PCollection[tuple[str, ...]]) -> beam.PCollection[Near]:
        chosen = spools | "FirstOfEach" >> beam.FlatMap(_first_of_each)
        fresh = chosen | "SpreadSpools" >> beam.Reshuffle() | "Signatures" >> beam.FlatMap(_fresh)
        # Parted from the steps that its side input comes from, or Beam would fuse it with them and wait for ever.
        apart = spools | "SpreadPublished" >> beam.Reshuffle()
        published = apart | "Published" >> beam.FlatMap(_met, self.known, self.cache, beam.pvalue.AsIter(fresh))
        return (
            (fresh, published)
            | "Both" >> beam.Flatten()
            | "ByBand" >> beam.GroupByKey()
            | "Pairs" >> beam.Map(_pairs)
            | "Together" >> beam.GroupByKey()
            | "Compare" >> beam.Map(_compare, self.known, self.cache, beam.pvalue.AsIter(chosen))
        )


def cached(cache: Path, path: str) -> Path:
    """Where the signatures of a document file are kept."""
    return cache / f"{hashlib.sha256(os.path.abspath(path).encode()).hexdigest()[:24]}.parquet"


def drop_stale(cache: Path, known: Iterable[str]) -> None:
    """Remove the signatures of document files that are no more."""
    kept = {cached(cache, path).name for path in known}
    for path in cache.glob("*.parquet"):
        if path.name not in kept:
            path.unlink(missing_ok=True)


def _first_of_each(spools: Sequence[str]) -> Iterator[_Chosen]:
    """The rows that hold a content first, in the order of the inputs; the others become appearances of those."""
    every: list[tuple[int, str, str, int]] = []
    for spool in spools:
        if not Path(spool).name.startswith(REJECTS.name):
            table = _spooled(spool, ["content_sha256"])
            pairs = zip(table[ORDER.name].to_pylist(), table["content_sha256"].to_pylist(), strict=True)
            every += [(order, content, spool, n) for n, (order, content) in enumerate(pairs)]
    seen: set[str] = set()
    rows: dict[str, list[int]] = {}
    for _, content, spool, n in sorted(every):
        if content not in seen:
            seen.add(content)
            rows.setdefault(spool, []).append(n)
    for spool, numbers in rows.items():
        yield _Chosen(spool, tuple(sorted(numbers)))


def _spooled(spool: str, columns: Sequence[str]) -> pa.Table:
    with pa.memory_map(spool) as source:
        names = pa.ipc.open_file(source).schema.names
        fields = pa.ipc.IpcReadOptions(included_fields=[names.index(c) for c in (*columns, ORDER.name)])
        return pa.ipc.open_file(source, options=fields).read_all()


def _fresh(chosen: _Chosen) -> Iterator[tuple[int, bytes]]:
    """Keys and places of the articles of a spool file by band; their signatures are written beside it."""
    signatures = _signed(_spooled(chosen.spool, _COLUMNS).take(pa.array(chosen.rows)).to_pylist())
    _write(_beside(chosen.spool), signatures)
    yield from _by_band(bands(_numbers(signatures)), signatures["order"].to_numpy())


def _by_band(keys: Any, places: Any, wanted: Sequence[Any] | None = None) -> Iterator[tuple[int, bytes]]:
    """Keys with their places, packed: an element for each key would cost the runner many times their size."""
    for band in range(keys.shape[1]):
        packed = np.empty(len(keys), _KEYED)
        packed["key"], packed["place"] = keys[:, band], places
        if wanted is not None:
            packed = packed[np.isin(packed["key"], wanted[band])]
        if len(packed):
            yield band, packed.tobytes()


def _met(_: Any, known: Sequence[str], cache: Path, fresh: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Keys of published articles that new ones have too, with their places."""
    packed: list[list[Any]] = [[np.empty(0, np.uint64)] for _ in range(BANDS)]
    for band, keys in fresh:
        packed[band].append(np.frombuffer(keys, _KEYED)["key"])
    wanted = [np.unique(np.concatenate(keys)) for keys in packed]
    if not any(map(len, wanted)):
        return
    for number, path in enumerate(known):
        signatures = _numbers(_signatures(cache, path))
        places = _PUBLISHED + (number << _FILE) + np.arange(len(signatures))
        yield from _by_band(bands(signatures), places, wanted)


def _signatures(cache: Path, path: str) -> pa.Table:
    """The signatures of a document file, made and kept if they are missing."""
    target = cached(cache, path)
    if not target.exists():
        with pq.ParquetFile(path) as file:
            batches = file.iter_batches(256, columns=_COLUMNS)
            _write(target, _signed(row | {ORDER.name: 0} for batch in batches for row in batch.to_pylist()))
    return pq.read_table(target)


def _signed(articles: Iterable[dict[str, Any]]) -> pa.Table:
    """The signatures of those articles that are long enough to have one."""
    rows = ((article, signature(article["text"])) for article in articles)
    return pa.Table.from_pylist([article | {"signature": made} for article, made in rows if made is not None], _SCHEMA)


def _write(target: Path, table: pa.Table) -> None:
    target.parent.mkdir(exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}")
    pq.write_table(table, part)
    os.replace(part, target)


def _beside(spool: str) -> Path:
    return Path(f"{spool}.signatures")


def _numbers(table: pa.Table) -> Any:
    return table["signature"].combine_chunks().flatten().to_numpy().reshape(-1, WIDTH)


def _pairs(element: tuple[int, Iterable[bytes]]) -> tuple[None, bytes]:
    """The new articles of a band, each with those before it under the same key."""
    table = np.unique(np.concatenate([np.frombuffer(part, _KEYED) for part in element[1]]))  # by key, then by place
    starts = np.flatnonzero(np.r_[True, table["key"][1:] != table["key"][:-1]])
    ends = np.r_[starts[1:], len(table)]
    found = []
    for start, end in zip(starts[ends - starts > 1].tolist(), ends[ends - starts > 1].tolist(), strict=True):
        places = table["place"][start:end].tolist()
        for n, place in enumerate(places):
            if place >= 0:
                found += [(place, other) for other in places[: min(n, _MOST)]]
    return None, np.array(found, np.int64).tobytes()


def _compare(
    element: tuple[None, Iterable[bytes]],
    known: Sequence[str],
    cache: Path,
    chosen: Iterable[_Chosen],
) -> Near:
    """Compare the pairs by their signatures: each article with the first published of those that it is near."""
    every = _merged(element[1])
    needed = set(np.unique(every).tolist())
    found: dict[int, _Found] = {}
    for spool in sorted(c.spool for c in chosen):
        table = pq.read_table(_beside(spool))
        _take(found, table, table["order"].to_pylist(), needed)
    for number, path in enumerate(known):
        base = _PUBLISHED + (number << _FILE)
        if any(base <= place < base + (1 << _FILE) for place in needed):
            table = _signatures(cache, path)
            _take(found, table, [base + n for n in range(table.num_rows)], needed)
    out: Near = {}
    for pairs in np.split(every, np.flatnonzero(every[1:, 0] != every[:-1, 0]) + 1) if len(every) else ():
        own = found[int(pairs[0, 0])]
        others = (found[place] for place in pairs[:, 1].tolist())
        before = [other for other in others if other.article_id != own.article_id]  # a further version is no reprint
        if before:
            shares = containment(own.signature, np.stack([b.signature for b in before])).round(3).tolist()
            near = [(b.published, b.doc_id, share) for b, share in zip(before, shares, strict=True) if share >= THRESHOLD]
            if near:
                out[own.doc_id] = min(near)[1:]
    return out


def _merged(parts: Iterable[bytes]) -> Any:
    """The pairs of all bands, each once and sorted; merged a few bands at a time, for most pairs stand in many of them."""
    every, rest = np.empty((0, 2), np.int64), iter(parts)
    while some := list(islice(rest, _AT_ONCE)):
        both = np.concatenate([every, *(np.frombuffer(part, np.int64).reshape(-1, 2) for part in some)])
        both = both[np.lexsort((both[:, 1], both[:, 0]))]
        every = both[np.r_[True, (both[1:] != both[:-1]).any(axis=1)]] if len(both) else both
    return every


def _take(found: dict[int, _Found], table: pa.Table, places: Sequence[int], needed: set[int]) -> None:
    signatures = _numbers(table)
    for n, place in enumerate(places):
        if place in needed:
            row = table.slice(n, 1).to_pylist()[0]
            at = row["published_at"]
            published = (at is None, at.timestamp() if at else 0.0)
            found[place] = _Found(row["doc_id"], row["article_id"], published, signatures[n])

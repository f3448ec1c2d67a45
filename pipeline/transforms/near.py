"""Reprints: which new articles are near an earlier one, told by the bands of their signatures as keys.

Only keys and what is near pass through the shuffle; signatures lie in files, and are compared where keys meet.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import apache_beam as beam
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..durable import make_folder, whole
from ..schemas import APPEARANCES, REJECTS
from ..sources.nearness import BANDS, THRESHOLD, WIDTH, bands, containment, signature
from .decide import ORDER, Near

MOST = 16  # articles under a key that a new one is compared with, the earliest
_TOGETHER = 8  # bands that are compared in one step, which divide their number
_AT_ONCE = 4096  # pairs whose signatures are held together
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


_NEAR = np.dtype([("row", np.int32), ("rank", np.int32), ("share", np.float64)])
_COLUMNS = ["doc_id", "article_id", "published_at", "text"]

# the first of the bands; a file of signatures, and the keys in these bands of its rows
_Keys = tuple[int, tuple[str, bytes]]


class _Chosen(NamedTuple):
    """The rows of a spool file whose content is met first there."""

    spool: str
    rows: tuple[int, ...]


class FindNear(beam.PTransform):
    """A tuple of spool files to one dictionary: ``doc_id`` of an article to that of the first it is near, and how near.

    There is no dictionary where nothing is near.

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
        keys = fresh
        if self.known:
            # Parted from the steps that its side input comes from, or Beam would fuse it with them and wait for ever.
            apart = spools | "SpreadPublished" >> beam.Reshuffle()
            published = apart | "Published" >> beam.FlatMap(_met, self.known, self.cache, beam.pvalue.AsIter(fresh))
            keys = (fresh, published) | "Both" >> beam.Flatten()
        return (
            keys
            | "ByBands" >> beam.GroupByKey()
            | "Compare" >> beam.FlatMap(_compare)
            | "Together" >> beam.GroupByKey()
            | "FirstPublished" >> beam.MapTuple(_first_published)
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


def _fresh(chosen: _Chosen) -> Iterator[_Keys]:
    """Keys of the articles of a spool file; their signatures are written beside it."""
    yield from _keyed(
        f"{chosen.spool}.signatures",
        _signed(_spooled(chosen.spool, _COLUMNS).take(pa.array(chosen.rows)).to_pylist()),
    )


def _keyed(path: str, signatures: pa.Table) -> Iterator[_Keys]:
    """Packed, without places: what the runner holds is many times the size of what it is given."""
    if len(signatures):
        _write(Path(path), signatures)
        keys = bands(_numbers(signatures)).T
        for first in range(0, BANDS, _TOGETHER):
            yield first, (path, keys[first : first + _TOGETHER].tobytes())


def _unpacked(keys: bytes) -> Any:
    """Keys by band."""
    return np.frombuffer(keys, np.uint32).reshape(_TOGETHER, -1)


def _met(spools: Sequence[str], known: Sequence[str], cache: Path, fresh: Iterable[_Keys]) -> Iterator[_Keys]:
    """Keys of published articles that have a key in common with new ones; their signatures are put together.

    Of those under a key the earliest only, so that what is held is bounded by the batch and not by the record.
    """
    given: list[list[Any]] = [[np.empty(0, np.uint32)] for _ in range(BANDS)]
    for first, (_, packed) in fresh:
        for band, own in enumerate(_unpacked(packed), first):
            given[band].append(own)
    wanted = [np.unique(np.concatenate(keys)) for keys in given]
    met = [np.zeros(len(keys), np.int64) for keys in wanted]
    kept = [_SCHEMA.empty_table()]
    for number, path in enumerate(known if any(map(len, wanted)) else ()):
        table = _signatures(cache, path)
        keys = bands(_numbers(table))
        needed = np.zeros(len(keys), bool)
        for band in range(BANDS):
            at = np.searchsorted(wanted[band], keys[:, band])
            rows = np.flatnonzero(wanted[band].take(at, mode="clip") == keys[:, band])
            rows = rows[np.argsort(at[rows], kind="stable")]
            at = at[rows]
            needed[rows[met[band][at] + _nth(at) < MOST]] = True
            np.add.at(met[band], at, 1)
        places = _PUBLISHED + (number << _FILE) + np.flatnonzero(needed)
        kept.append(table.filter(pa.array(needed)).set_column(0, "order", pa.array(places)))
    yield from _keyed(f"{min(spools)}.met", pa.concat_tables(kept))


def _nth(ordered: Any) -> Any:
    """For each value how many equal ones stand before it, equal ones side by side."""
    counted = np.arange(len(ordered))
    starts = np.diff(ordered, prepend=ordered[:1] + 1) != 0
    return counted - np.maximum.accumulate(np.where(starts, counted, 0))


def _signatures(cache: Path, path: str) -> pa.Table:
    """The signatures of a document file, made and kept if they are missing."""
    target = cached(cache, path)
    try:
        return pq.read_table(target, page_checksum_verification=True)
    except (OSError, pa.ArrowInvalid):  # missing, torn, or not as it was written
        with pq.ParquetFile(path) as file:
            batches = file.iter_batches(256, columns=_COLUMNS)
            _write(target, _signed(row | {ORDER.name: 0} for batch in batches for row in batch.to_pylist()))
    return pq.read_table(target)


def _signed(articles: Iterable[dict[str, Any]]) -> pa.Table:
    """The signatures of those articles that are long enough to have one."""
    rows = ((article, signature(article["text"])) for article in articles)
    return pa.Table.from_pylist([article | {"signature": made} for article, made in rows if made is not None], _SCHEMA)


def _write(target: Path, table: pa.Table) -> None:
    make_folder(target.parent)
    with whole(target) as out:
        pq.write_table(table, out, write_page_checksum=True)


def _numbers(table: pa.Table) -> Any:
    return table["signature"].combine_chunks().flatten().to_numpy().reshape(-1, WIDTH)


class _Articles:
    """The articles of some files of signatures."""

    def __init__(self, files: Sequence[str]) -> None:
        table = pa.concat_tables([pq.read_table(file) for file in files])
        self.doc_ids = table["doc_id"]
        self.places = table["order"].to_numpy()
        self.articles = table["article_id"].combine_chunks().dictionary_encode().indices.to_numpy()
        self.signatures = _numbers(table)
        # undated ones come last
        self.by_date = pc.sort_indices(table, [("published_at", "ascending"), ("doc_id", "ascending")]).to_numpy()
        self.ranks = np.empty(len(table), np.int32)
        self.ranks[self.by_date] = np.arange(len(table))


def _compare(element: tuple[int, Iterable[tuple[str, bytes]]]) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """Compare the articles that share a key in some bands: each new one with the first published of those that it is near.

    The pairs go by the rows of the files that they come with.
    """
    packed = dict(element[1])
    files = tuple(sorted(packed))
    every = np.concatenate([_unpacked(packed[file]) for file in files], axis=1)
    shared = [keys for keys in every if len(np.unique(keys)) < len(keys)]
    if not shared:
        return
    articles = _Articles(files)
    pairs = np.unique(np.concatenate([_pairs(keys, articles.places) for keys in shared]))
    new, old = pairs // len(articles.places), pairs % len(articles.places)
    others = articles.articles[new] != articles.articles[old]  # a further version is no reprint
    new, old = new[others], old[others]
    share = np.empty(len(new))
    for start in range(0, len(new), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        share[part] = containment(articles.signatures[new[part]], articles.signatures[old[part]]).round(3)
    near = share >= THRESHOLD
    if near.any():
        found = np.empty(near.sum(), _NEAR)
        found["row"], found["rank"], found["share"] = new[near], articles.ranks[old[near]], share[near]
        yield files, _least(found).tobytes()


def _pairs(keys: Any, places: Any) -> Any:
    """New articles with the earliest before them under the same key: the row of the one times all rows, and of the other.

    One band, five articles, two of them published earlier (their places are negative)::

        row                      0   1   2   3   4
        place                   -9  -8   0   1   2
        key                      a   b   a   b   a
        by key, then place       a: 0 2 4    b: 1 3
        the nth under its key       0 1 2       0 1
        pairs (new, before it)   (2,0) (4,0) (4,2) (3,1)

    A pair is one number, so that those which meet in several bands are told by ``np.unique``.
    """
    order = np.lexsort((places, keys))
    nth = _nth(keys[order])
    before = np.where(places[order] >= 0, np.minimum(nth, MOST), 0)
    new = np.repeat(np.arange(len(order)), before)
    return order[new] * len(order) + order[new - nth[new] + _nth(new)]


def _least(found: Any) -> Any:
    """The pair with the first published, for each article."""
    found = np.sort(found, order=["row", "rank"])
    return found[np.diff(found["row"], prepend=-1) != 0]


def _first_published(files: Sequence[str], parts: Iterable[bytes]) -> Near:
    """What is near over all bands."""
    articles = _Articles(files)
    found = _least(np.concatenate([np.frombuffer(part, _NEAR) for part in parts]))
    doc_ids = articles.doc_ids.take(pa.array(found["row"])).to_pylist()
    first = articles.doc_ids.take(pa.array(articles.by_date[found["rank"]])).to_pylist()
    return {doc_id: (of, share) for doc_id, of, share in zip(doc_ids, first, found["share"].tolist(), strict=True)}

"""Reprints: which new articles are near an earlier one, told by the bands of their signatures as keys.

Only keys and what is near pass through the shuffle. Signatures of new articles lie in files and are compared where keys meet;
those of published ones lie in the index, of which each step looks only into its own bands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..sources.nearness import BANDS, THRESHOLD, WIDTH, bands, containment
from ..store.known import Known
from ..store.segments import NONE, Segment, hexes, raw
from .spools import ORDER, packed, read_spool, unpacked, write_spool

MOST = 16  # articles under a key that a new one is compared with, the earliest
_TOGETHER = 8  # bands that are compared in one step, which divide their number
_AT_ONCE = 4096  # pairs whose signatures are held together
_LAST = np.iinfo(np.int64).max  # undated ones come last
_COLUMNS = ("doc_id", "article_id", "published_at", "signature", ORDER.name)
_FOUND = pa.schema(
    [("doc_id", pa.string()), ("of_published", pa.int64()), ("of_doc_id", pa.string()), ("similarity", pa.float64())]
)

# the first of the bands; a spool file, its signatures, and the keys in these bands of its rows
_Keys = tuple[int, tuple[str, str, bytes]]


def keys_of(element: tuple[str, Iterable[bytes]], folder: str) -> Iterator[_Keys]:
    """The keys of the articles of a spool file that are long enough to have any; their signatures are written down.

    Packed: what the runner holds is many times the size of what it is given.
    """
    spool, parts = element
    chosen = pa.concat_tables(map(unpacked, parts)).sort_by("row")
    table = read_spool(spool, _COLUMNS).take(chosen["row"])
    table = table.filter(pc.is_valid(table["signature"]))
    if not table.num_rows:
        return
    path = f"{folder}/{spool.rpartition('/')[2]}.signatures"
    write_spool(path, table)
    keys = bands(_numbers(table)).T
    for first in range(0, BANDS, _TOGETHER):
        yield first, (spool, path, keys[first : first + _TOGETHER].tobytes())


def _numbers(table: pa.Table) -> Any:
    return table["signature"].combine_chunks().flatten().to_numpy().reshape(-1, WIDTH)


def _unpacked(keys: bytes) -> Any:
    """Keys by band."""
    return np.frombuffer(keys, np.uint32).reshape(_TOGETHER, -1)


class _Articles:
    """The new articles of some files of signatures."""

    def __init__(self, files: Sequence[str]) -> None:
        table = pa.concat_tables(map(read_spool, files))
        self.doc_ids = table["doc_id"].to_pylist()
        self.places = table[ORDER.name].to_numpy()
        self.articles = raw(table["article_id"].to_pylist(), 16)
        self.signatures = _numbers(table)
        moments = pc.fill_null(table["published_at"].cast(pa.int64()), _LAST)
        self.published = moments.to_numpy()


def compare(element: tuple[int, Iterable[tuple[str, str, bytes]]], known: Known) -> Iterator[tuple[str, bytes]]:
    """Compare new articles with those before them that share a key in some bands; each is near the first published of them."""
    first, given = element
    entries = sorted(given)
    files = [file for _, file, _ in entries]
    every = np.concatenate([_unpacked(keys) for _, _, keys in entries], axis=1)
    segments = [s for s in known.open() if s.signed]
    shared = [keys for keys in every if len(np.unique(keys)) < len(keys)]
    met = [(s, _met(s, first, every)) for s in segments]
    if not shared and not any(len(pairs) for _, pairs in met):
        return
    articles = _Articles(files)
    found: dict[int, tuple[int, str, float]] = {}
    if shared:
        pairs = np.unique(np.concatenate([_pairs(keys, articles.places) for keys in shared]))
        new, old = pairs // len(articles.places), pairs % len(articles.places)
        others = articles.articles[new] != articles.articles[old]  # a further version is no reprint
        new, old = new[others], old[others]
        for n, o, share in _near(articles, new, articles.signatures, old):
            _take(found, n, (int(articles.published[o]), articles.doc_ids[o], share))
    for segment, pairs in met:
        _with_published(articles, segment, pairs, found)
    sizes = [_unpacked(keys).shape[1] for _, _, keys in entries]
    spool_of = np.repeat(np.arange(len(entries)), sizes)
    by_spool: dict[str, list[dict[str, Any]]] = {}
    for n, (at, doc_id, share) in found.items():
        row = {"doc_id": articles.doc_ids[n], "of_published": at, "of_doc_id": doc_id, "similarity": share}
        by_spool.setdefault(entries[int(spool_of[n])][0], []).append(row)
    for spool, rows in by_spool.items():
        yield spool, packed(pa.Table.from_pylist(rows, _FOUND))


def _met(segment: Segment, first: int, every: Any) -> Any:
    """Pairs of a new article and a signature of a segment that have a key in common, each once.

    Of those under a key the earliest only, so that what is held is bounded by the input and not by the record.
    """
    pairs = [np.empty((0, 2), np.int64)]
    for asked, rows in segment.near(first, every):
        if len(asked):
            few = _nth(asked) < MOST
            pairs.append(np.stack([asked[few], rows[few].astype(np.int64)], axis=1))
    return np.unique(np.concatenate(pairs), axis=0)


def _with_published(articles: _Articles, segment: Segment, pairs: Any, found: dict[int, tuple[int, str, float]]) -> None:
    """Add what is near of the published articles of a segment."""
    if not len(pairs):
        return
    rows, at = np.unique(pairs[:, 1], return_inverse=True)
    documents = segment.take("signed_row", rows)
    others = segment.take("article", documents)[at] != articles.articles[pairs[:, 0]]
    new, at = pairs[:, 0][others], at[others]
    doc_ids, published = hexes(segment.take("doc_id", documents)), segment.take("published_at", documents)
    for n, o, share in _near(articles, new, segment.take("signature", rows), at):
        moment = int(published[o])
        _take(found, n, (_LAST if moment == NONE else moment, doc_ids[o], share))


def _near(articles: _Articles, new: Any, signatures: Any, old: Any) -> Iterator[tuple[int, int, float]]:
    for start in range(0, len(new), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        share = containment(articles.signatures[new[part]], signatures[old[part]]).round(3)
        for n in np.flatnonzero(share >= THRESHOLD):
            yield int(new[part][n]), int(old[part][n]), float(share[n])


def _take(found: dict[int, tuple[int, str, float]], new: int, other: tuple[int, str, float]) -> None:
    found[new] = min(found.get(new, other), other)


def _pairs(keys: Any, places: Any) -> Any:
    """New articles with the earliest before them under the same key: the row of the one times all rows, and of the other.

    One band, five articles::

        row                      0   1   2   3   4
        place                    1   2   3   4   5
        key                      a   b   a   b   a
        by key, then place       a: 0 2 4    b: 1 3
        the nth under its key       0 1 2       0 1
        pairs (new, before it)   (2,0) (4,0) (4,2) (3,1)

    A pair is one number, so that those which meet in several bands are told by ``np.unique``.
    """
    order = np.lexsort((places, keys))
    nth = _nth(keys[order])
    before = np.minimum(nth, MOST)
    new = np.repeat(np.arange(len(order)), before)
    return order[new] * len(order) + order[new - nth[new] + _nth(new)]


def _nth(ordered: Any) -> Any:
    """For each value how many equal ones stand before it, equal ones side by side."""
    counted = np.arange(len(ordered))
    starts = np.diff(ordered, prepend=ordered[:1] + 1) != 0
    return counted - np.maximum.accumulate(np.where(starts, counted, 0))

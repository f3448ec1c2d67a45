"""The index of a record: what is looked up in it by key, in sorted immutable segments that are merged in levels.

A log-structured merge index (O'Neil et al. 1996). Each run adds small segments; where eight of one size have come together,
they become one of the next. A segment is one file of arrays: documents and signatures in the order in which they came, and
for each kind of key a sorted array with the rows that have it. Arrays lie one after the other, so that a worker reads those
that it needs, from a disk by mapping them, from an object store by ranges.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from ..places import is_remote, place_of, read_range
from ..storage import whole_at

FOLDER = "_index"
KEYS = {"content": 32, "article": 16, "appearance": 16, "reject": 16, "input": 16}  # bytes of each kind of key
LEVEL = 8  # segments of one size that become one
_SMALLEST = 256 << 10  # bytes below which all segments are of one size
_HEAD = 8192  # bytes in which a segment tells what it holds
_ALIGN = 64
_START = b"onrecord index 1\n"
Array = npt.NDArray[Any]
Rows = tuple[Array, Array]  # numbers of the keys that were asked for, and the rows that have them

# what is kept of a row of each kind, beside its key: a document, an appearance, a reject, an input
FIELDS: dict[str, dict[str, np.dtype[Any]]] = {
    "document": {
        "content": np.dtype("V32"),
        "article": np.dtype("V16"),
        "doc_id": np.dtype("V16"),
        "version": np.dtype("<i4"),
        "published_at": np.dtype("<i8"),
    },
    "appearance": {"appearance": np.dtype("V16")},
    "reject": {"reject": np.dtype("V16")},
    "input": {
        "input": np.dtype("V16"),
        "size": np.dtype("<i8"),
        "modified": np.dtype("<i8"),
        "digest": np.dtype("S80"),
    },
}
OF = {"content": "document", "article": "document", "appearance": "appearance", "reject": "reject", "input": "input"}
NONE = np.iinfo(np.int64).min  # a moment that is not told


class IndexFile(BaseModel):
    """A segment as a manifest names it: its path in the record, rows of each kind, size, and the SHA-256 of its content."""

    model_config = ConfigDict(frozen=True)

    path: str
    rows: dict[str, int]
    bytes: int
    digest: str


class Segment:
    """An open segment: its arrays by name, each read when it is asked for."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._map = None if is_remote(place) else np.memmap(place, mode="r")
        head = bytes(self._map[:_HEAD]) if self._map is not None else read_range(place, 0, _HEAD)
        if not head.startswith(_START):
            raise ValueError(f"{place}: no segment of an index")
        told = json.loads(head.removeprefix(_START).rstrip(b"\0"))
        self._arrays: dict[str, tuple[int, str, list[int]]] = told["arrays"]
        self._read: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        if name not in self._read:
            at, kind, shape = self._arrays[name]
            dtype = np.dtype(kind)
            size = int(np.prod(shape)) * dtype.itemsize
            data: Any = self._map[at : at + size] if self._map is not None else read_range(self.place, at, size) if size else b""
            self._read[name] = np.frombuffer(data, dtype).reshape(shape)
        return self._read[name]

    def take(self, name: str, rows: Array) -> Array:
        """Some rows of an array; from an object store these alone are read, where they are few."""
        at, kind, shape = self._arrays[name]
        if self._map is not None or name in self._read or len(rows) * 8 > shape[0]:
            return self[name][rows]
        size = np.dtype(kind).itemsize * int(np.prod(shape[1:]))
        parts = [read_range(self.place, at + int(row) * size, size) for row in rows]
        return np.frombuffer(b"".join(parts), np.dtype(kind)).reshape(len(rows), *shape[1:])

    def count(self, kind: str) -> int:
        """How many rows there are of a kind."""
        return self._arrays[next(iter(FIELDS[kind]))][2][0]

    @property
    def signed(self) -> int:
        """How many documents have a signature."""
        return self._arrays["signed_row"][2][0]

    def find(self, key: str, wanted: Array) -> Rows:
        """The rows that have some keys of a kind, by the keys as raw bytes (``V32`` or ``V16``)."""
        asked, rows = _lookup(self[f"{key}_key"], self[f"{key}_row"], first_bytes(wanted))
        if not len(rows):
            return asked, rows
        same = self.take(key, rows) == wanted[asked]
        return asked[same], rows[same]

    def near(self, band: int, wanted: Array) -> Rows:
        """The signatures that have some keys in a band."""
        return _lookup(self[f"band{band:02d}_key"], self[f"band{band:02d}_row"], wanted)


def _lookup(keys: Array, rows: Array, wanted: Array) -> Rows:
    low = np.searchsorted(keys, wanted, "left")
    counts = np.searchsorted(keys, wanted, "right") - low
    asked = np.repeat(np.arange(len(wanted)), counts)
    within = np.arange(len(asked)) - np.repeat(np.cumsum(counts) - counts, counts)
    return asked, np.asarray(rows)[np.repeat(low, counts) + within]


def first_bytes(keys: Array) -> Array:
    """The number that the first eight bytes of each key make, by which keys are sorted."""
    width = keys.dtype.itemsize
    return np.frombuffer(keys.tobytes(), ">u8").reshape(-1, width // 8)[:, 0].astype("<u8")


def raw(hexed: Iterable[str], width: int) -> Array:
    """Keys given as hexadecimal digits, as raw bytes of a width."""
    return np.frombuffer(b"".join(bytes.fromhex(h) for h in hexed), f"V{width}")


def hexes(keys: Array) -> list[str]:
    """The hexadecimal digits of keys given as raw bytes."""
    width = keys.dtype.itemsize
    data = keys.tobytes().hex()
    return [data[lo : lo + 2 * width] for lo in range(0, len(data), 2 * width)]


def hashed(*texts: str) -> bytes:
    """The key of an appearance or an input: the first 16 bytes of a SHA-256."""
    return hashlib.sha256("\x1f".join(texts).encode("utf-8", "surrogatepass")).digest()[:16]


@lru_cache(maxsize=64)
def _opened(place: str) -> Segment:
    return Segment(place_of(place))


def open_segments(places: Iterable[str]) -> list[Segment]:
    """Segments by their places; they never change, and are kept open."""
    return [_opened(place) for place in places]


def is_there(output: Path, file: IndexFile) -> bool:
    """Whether a segment is where it should be, as large as it should be, and one by its head."""
    place = output / file.path
    try:
        return place.stat().st_size == file.bytes and read_range(place, 0, _HEAD).startswith(_START)
    except OSError:
        return False


def write_segment(
    output: Path,
    name: str,
    rows: Mapping[str, Mapping[str, Array]],
    signed: Array,
    signatures: Array,
    keys: Callable[[Array], Array],
) -> IndexFile:
    """Write a new segment.

    Args:
        output: the record.
        name: of the file.
        rows: fields of documents, appearances, rejects and inputs; a kind may be missing.
        signed: rows of the documents that have a signature.
        signatures: of these.
        keys: gives the keys of signatures by band.
    """
    arrays: list[tuple[str, Array]] = []
    for kind, fields in FIELDS.items():
        given = rows.get(kind, {})
        arrays += [(n, np.ascontiguousarray(given.get(n, np.empty(0, d)), d)) for n, d in fields.items()]
    there = dict(arrays)
    for key in KEYS:
        arrays += _sorted(key, first_bytes(there[key]), np.arange(len(there[key])))
    arrays += [("signed_row", np.ascontiguousarray(signed, "<u4")), ("signature", np.ascontiguousarray(signatures, "<u4"))]
    by_band = keys(np.ascontiguousarray(signatures, np.uint32))
    for band in range(by_band.shape[1]):
        arrays += _sorted(f"band{band:02d}", by_band[:, band], np.arange(len(by_band)))
    layout = {n: (a.dtype.str, list(a.shape)) for n, a in arrays}
    return _write(output, name, layout, ((n, [a]) for n, a in arrays))


def merge_segments(
    output: Path, name: str, segments: Sequence[Segment], leave: Mapping[str, Collection[str]] | None = None
) -> IndexFile:
    """Write some segments as one, in their order, without some documents and rejects.

    Array by array: what is held at once is the keys of a kind, not the segments.

    Args:
        output: the record.
        name: of the file.
        segments: which, the earliest first.
        leave: ids (hexadecimal) of ``document`` and ``reject`` rows that stay out, and keys of ``appearance`` rows.
    """
    kept: dict[str, list[Array]] = {kind: [_kept(s, kind, (leave or {}).get(kind, ())) for s in segments] for kind in FIELDS}
    new_row = {kind: _renumbered(masks) for kind, masks in kept.items()}
    signed = [kept["document"][n][s["signed_row"]] for n, s in enumerate(segments)]
    new_signed = _renumbered(signed)
    bands = sorted(n for n in segments[0]._arrays if n.startswith("band") and n.endswith("_key"))
    count = {kind: sum(int(m.sum()) for m in masks) for kind, masks in kept.items()}
    total = sum(int(m.sum()) for m in signed)
    layout: dict[str, tuple[str, list[int]]] = {}
    for kind, fields in FIELDS.items():
        layout |= {n: (d.str, [count[kind]]) for n, d in fields.items()}
    for key in KEYS:
        layout |= {f"{key}_key": ("<u8", [count[OF[key]]]), f"{key}_row": ("<u4", [count[OF[key]]])}
    layout |= {"signed_row": ("<u4", [total]), "signature": ("<u4", [total, *segments[0]["signature"].shape[1:]])}
    for band in bands:
        layout |= {band: ("<u4", [total]), band.replace("_key", "_row"): ("<u4", [total])}

    def arrays() -> Iterator[tuple[str, Iterable[Array]]]:
        for kind, fields in FIELDS.items():
            for field in fields:
                yield field, (s[field][kept[kind][n]] for n, s in enumerate(segments))
        for key in KEYS:
            kind = OF[key]
            yield from _remerged(key, segments, kept[kind], new_row[kind])
        yield "signed_row", (new_row["document"][n][s["signed_row"][signed[n]]] for n, s in enumerate(segments))
        yield "signature", (s["signature"][signed[n]] for n, s in enumerate(segments))
        for band in bands:
            yield from _remerged(band.removesuffix("_key"), segments, signed, new_signed)

    return _write(output, name, layout, arrays())


def _kept(segment: Segment, kind: str, leave: Collection[str]) -> Array:
    kept = np.ones(segment.count(kind), bool)
    if leave and len(kept):
        own = segment["doc_id" if kind == "document" else kind]
        kept &= ~np.isin(first_bytes(own), first_bytes(raw(sorted(leave), own.dtype.itemsize)))
    return kept


def _renumbered(masks: Sequence[Array]) -> list[Array]:
    """For each row that is kept its number among those of all."""
    before, out = 0, []
    for mask in masks:
        out.append((np.cumsum(mask) - 1 + before).astype("<u4"))
        before += int(mask.sum())
    return out


def _remerged(
    key: str, segments: Sequence[Segment], kept: Sequence[Array], number: Sequence[Array]
) -> Iterator[tuple[str, list[Array]]]:
    keys, rows = [], []
    for n, segment in enumerate(segments):
        own = segment[f"{key}_row"]
        stay = kept[n][own]
        keys.append(segment[f"{key}_key"][stay])
        rows.append(number[n][own[stay]])
    for name, array in _sorted(key, np.concatenate(keys), np.concatenate(rows)):
        yield name, [array]


def _sorted(key: str, keys: Array, rows: Array) -> list[tuple[str, Array]]:
    order = np.argsort(keys, kind="stable")
    return [(f"{key}_key", keys[order]), (f"{key}_row", np.ascontiguousarray(rows[order], "<u4"))]


def _write(
    output: Path, name: str, layout: Mapping[str, tuple[str, list[int]]], arrays: Iterable[tuple[str, Iterable[Array]]]
) -> IndexFile:
    at, places = _HEAD, dict[str, tuple[int, str, list[int]]]()
    for array, (kind, shape) in layout.items():
        places[array] = (at, kind, shape)
        at += -(-int(np.prod(shape)) * np.dtype(kind).itemsize // _ALIGN) * _ALIGN
    head = _START + json.dumps({"arrays": places}, separators=(",", ":")).encode()
    digest, path = hashlib.sha256(), f"{FOLDER}/{name}"
    with whole_at(output / path) as out:

        def put(data: bytes) -> None:
            out.write(data)
            digest.update(data)

        put(head.ljust(_HEAD, b"\0"))
        done = _HEAD
        for array, parts in arrays:
            assert done == places[array][0], array
            for part in parts:
                data = np.ascontiguousarray(part).tobytes()
                put(data)
                done += len(data)
            put(b"\0" * (-done % _ALIGN))
            done += -done % _ALIGN
    rows = {kind: layout[next(iter(fields))][1][0] for kind, fields in FIELDS.items()}
    return IndexFile(path=path, rows=rows, bytes=done, digest=digest.hexdigest())


def to_merge(files: Sequence[IndexFile]) -> list[IndexFile]:
    """The segments that are to become one, if there are enough of a size; the smallest size first."""
    levels: dict[int, list[IndexFile]] = {}
    for file in files:
        levels.setdefault(_level(file), []).append(file)
    return next((levels[n] for n in sorted(levels) if len(levels[n]) >= LEVEL), [])


def _level(file: IndexFile) -> int:
    level, size = 0, _SMALLEST
    while file.bytes > size:
        level, size = level + 1, size * LEVEL
    return level

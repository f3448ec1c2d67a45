"""The index of a record: what is looked up in it by key, in sorted immutable segments that are merged in levels.

A log-structured merge index (O'Neil et al. 1996). Each run adds small segments; where eight of one size have come together,
they become one of the next. A segment is one file of arrays: documents and signatures in the order in which they came, and
for each kind of key a sorted array with the rows that have it. Arrays lie one after the other, so that a worker reads those
that it needs, and of sorted keys, which are spread evenly, the part alone in which those that it looks for must lie.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from ..places import is_remote, place_of, read_range, read_ranges
from ..storage import whole_at

FOLDER = "_index"
KEYS = {"content": 32, "article": 16, "appearance": 16, "reject": 16, "input": 16}  # bytes of each kind of key
_CHUNK = 1 << 16  # rows that are copied together
_WINDOW = 1 << 20  # keys that are read together to look for some, and
_MOST = 1 << 22  # that are held at once
_GAP = 32  # rows between two that are read with them
_HEAD = 8192  # bytes in which a segment tells what it holds
_ALIGN = 64
_START = b"onrecord index %d\n"
FORM = 2  # of a segment as it is written now
_FORMS = {1, FORM}  # in the first, before 0.3, the key of a content was the digest of its text
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
    """An open segment, of which only what is asked for is read."""

    def __init__(self, place: Path) -> None:
        self.place = place
        head = read_range(place, 0, _HEAD)
        form = _form_of(head)
        if form is None:
            raise ValueError(f"{place}: no segment of an index")
        self.form = form
        told = json.loads(head.removeprefix(_START % form).rstrip(b"\0"))
        self._arrays: dict[str, tuple[int, str, list[int]]] = told["arrays"]

    def __getitem__(self, name: str) -> Array:
        return self.sections(name, [(0, self.length(name))])[0]

    def length(self, name: str) -> int:
        """How many rows an array has."""
        return self.shape(name)[0]

    def shape(self, name: str) -> list[int]:
        """The shape of an array."""
        return self._arrays[name][2]

    def sections(self, name: str, bounds: Sequence[tuple[int, int]]) -> list[Array]:
        """Parts of an array, each by its first row and the row behind its last."""
        at, kind, shape = self._arrays[name]
        dtype = np.dtype(kind)
        size = int(np.prod(shape[1:])) * dtype.itemsize
        found = read_ranges(self.place, [(at + low * size, (high - low) * size) for low, high in bounds])
        return [np.frombuffer(data, dtype).reshape(-1, *shape[1:]) for data in found]

    def chunks(self, name: str, kept: Array) -> Iterator[Array]:
        """The rows of an array that are kept, some at a time."""
        for low in range(0, len(kept), _CHUNK):
            part = kept[low : low + _CHUNK]
            yield self.sections(name, [(low, low + len(part))])[0][part]

    def take(self, name: str, rows: Array) -> Array:
        """Some rows of an array; rows that lie near one another are read together."""
        if not len(rows):
            return np.empty((0, *self.shape(name)[1:]), np.dtype(self._arrays[name][1]))
        wanted, which = np.unique(rows, return_inverse=True)
        groups = list(_near_ones(wanted.astype(np.int64), _GAP))
        bounds = [(int(own[0]), int(own[-1]) + 1) for own in groups]
        found = self.sections(name, bounds)
        return np.concatenate([part[own - low] for own, (low, _), part in zip(groups, bounds, found, strict=True)])[which]

    def count(self, kind: str) -> int:
        """How many rows there are of a kind."""
        return self.length(next(iter(FIELDS[kind])))

    @property
    def signed(self) -> int:
        """How many documents have a signature."""
        return self.length("signed_row")

    def find(self, key: str, wanted: Array) -> Rows:
        """The rows that have some keys of a kind, by the keys as raw bytes (``V32`` or ``V16``)."""
        asked, rows = self._lookup(key, first_bytes(wanted))
        if not len(rows):
            return asked, rows
        same = self.take(key, rows) == wanted[asked]
        return asked[same], rows[same]

    def near(self, first: int, wanted: Sequence[Array]) -> list[Rows]:
        """The signatures that have some keys, band by band from the ``first`` on."""
        names = [f"band{first + n:02d}" for n in range(len(wanted))]
        if not is_remote(self.place):
            return list(map(self._lookup, names, wanted))
        with ThreadPoolExecutor(len(names)) as pool:  # each waits for the store
            return list(pool.map(self._lookup, names, wanted))

    def _lookup(self, name: str, wanted: Array) -> Rows:
        """Which of some keys there are, and the rows that have them; the keys in order, rows of one key as they were written.

        Keys are parts of digests, so they are spread evenly: among ``n`` the place of one is known but for some ``sqrt(n)``.
        Where they are not, the window in which one is looked for grows until it is found.
        """
        count = self.length(f"{name}_key")
        keys = wanted[order := np.argsort(wanted, kind="stable")]
        guess = (keys / 2.0 ** (8 * keys.dtype.itemsize) * count).astype(np.int64)
        spare = 64 + 2 * math.isqrt(count)
        asked, places, start = [np.empty(0, np.int64)], [np.empty(0, np.int64)], 0
        for low, high, window, many in self._windows(f"{name}_key", guess, spare) if count else ():
            mine = slice(start, start + many)
            low, window = self._widened(f"{name}_key", low, high, window, keys[mine][0], keys[mine][-1])
            start = mine.stop
            begin = np.searchsorted(window, keys[mine], "left")
            if not (window[np.minimum(begin, len(window) - 1)] == keys[mine]).any():
                continue  # as nearly always
            counts = np.searchsorted(window, keys[mine], "right") - begin
            asked.append(np.repeat(order[mine], counts))
            places.append(low + np.repeat(begin - np.cumsum(counts) + counts, counts) + np.arange(counts.sum()))
        rows = self.take(f"{name}_row", np.concatenate(places))
        again = np.argsort(met := np.concatenate(asked), kind="stable")
        return met[again], rows[again]

    def _windows(self, name: str, guess: Array, spare: int) -> Iterator[tuple[int, int, Array, int]]:
        """Parts of an array around ascending places, with their bounds and how many places lie in each."""
        count, held = self.length(name), list[tuple[int, int, int]]()
        for own in _near_ones(guess, 2 * spare, _WINDOW):
            held.append((max(0, int(own[0]) - spare), min(count, int(own[-1]) + 1 + spare), len(own)))
            if sum(high - low for low, high, _ in held) >= _MOST:
                yield from self._read(name, held)
                held = []
        yield from self._read(name, held)

    def _read(self, name: str, held: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, Array, int]]:
        windows = self.sections(name, [(low, high) for low, high, _ in held])
        yield from ((low, high, window, many) for (low, high, many), window in zip(held, windows, strict=True))

    def _widened(self, name: str, low: int, high: int, window: Array, first: Any, last: Any) -> tuple[int, Array]:
        """A window that holds all keys from ``first`` to ``last``, and where it begins."""
        count = self.length(name)
        while (low > 0 and (not len(window) or window[0] >= first)) or (high < count and window[-1] <= last):
            more = 4 * (high - low) + 64
            low = max(0, low - more) if not len(window) or window[0] >= first else low
            high = min(count, high + more) if not len(window) or window[-1] <= last else high
            window = self.sections(name, [(low, high)])[0]
        return low, window


def _near_ones(places: Array, gap: int, most: int | None = None) -> Iterator[Array]:
    """Ascending places in groups: those with no ``gap`` between them, none wider than ``most``."""
    cuts = np.flatnonzero(np.diff(places) > gap) + 1
    for part in np.split(places, cuts) if len(places) else ():
        while most is not None and part[-1] - part[0] > most:
            fitting = int(np.searchsorted(part, part[0] + most, "right"))
            yield part[:fitting]
            part = part[fitting:]
        yield part


def first_bytes(keys: Array) -> Array:
    """The number that the first eight bytes of each key make, by which keys are sorted."""
    return np.frombuffer(keys.tobytes(), ">u8").reshape(-1, keys.dtype.itemsize // 8)[:, 0].astype("<u8")


def raw(hexed: Iterable[str], width: int) -> Array:
    """Keys given as hexadecimal digits, as raw bytes of a width."""
    return np.frombuffer(b"".join(bytes.fromhex(h) for h in hexed), f"V{width}")


def hexes(keys: Array) -> list[str]:
    """The hexadecimal digits of keys given as raw bytes."""
    data, width = keys.tobytes().hex(), 2 * keys.dtype.itemsize
    return [data[lo : lo + width] for lo in range(0, len(data), width)]


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
    return form_of(output, file) is not None


def form_of(output: Path, file: IndexFile) -> int | None:
    """The form of a segment by its head; None if it is not where it should be, or not as large as it should be."""
    place = output / file.path
    try:
        return _form_of(read_range(place, 0, _HEAD)) if place.stat().st_size == file.bytes else None
    except OSError:
        return None


def _form_of(head: bytes) -> int | None:
    return next((form for form in _FORMS if head.startswith(_START % form)), None)


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
    return _write(output, name, FORM, layout, ((n, [a]) for n, a in arrays))


def merge_segments(
    output: Path, name: str, segments: Sequence[Segment], leave: Mapping[str, Collection[str]] | None = None
) -> IndexFile:
    """Write some segments as one, in their order, without some documents and rejects.

    Array by array: what is held at once is the keys of a kind, not the segments.

    Args:
        output: the record.
        name: of the file.
        segments: which, the earliest first; all of one form.
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
    layout |= {"signed_row": ("<u4", [total]), "signature": ("<u4", [total, *segments[0].shape("signature")[1:]])}
    for band in bands:
        layout |= {band: ("<u4", [total]), band.replace("_key", "_row"): ("<u4", [total])}

    def arrays() -> Iterator[tuple[str, Iterable[Array]]]:
        for kind, fields in FIELDS.items():
            for field in fields:
                yield field, (part for n, s in enumerate(segments) for part in s.chunks(field, kept[kind][n]))
        for key in KEYS:
            kind = OF[key]
            yield from _remerged(key, segments, kept[kind], new_row[kind])
        yield "signed_row", (new_row["document"][n][s["signed_row"][signed[n]]] for n, s in enumerate(segments))
        yield "signature", (part for n, s in enumerate(segments) for part in s.chunks("signature", signed[n]))
        for band in bands:
            yield from _remerged(band.removesuffix("_key"), segments, signed, new_signed)

    (form,) = {s.form for s in segments}
    return _write(output, name, form, layout, arrays())


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
    output: Path,
    name: str,
    form: int,
    layout: Mapping[str, tuple[str, list[int]]],
    arrays: Iterable[tuple[str, Iterable[Array]]],
) -> IndexFile:
    at, places = _HEAD, dict[str, tuple[int, str, list[int]]]()
    for array, (kind, shape) in layout.items():
        places[array] = (at, kind, shape)
        at += -(-int(np.prod(shape)) * np.dtype(kind).itemsize // _ALIGN) * _ALIGN
    head = _START % form + json.dumps({"arrays": places}, separators=(",", ":")).encode()
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

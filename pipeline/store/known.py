"""What a record knows already: contents, versions, appearances, rejects and inputs, looked up by key in its index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ..schemas import APPEARANCES, DOCUMENTS, REJECTS
from ..schemas.ids import content_key
from .manifest import Input
from .segments import KEYS, NONE, Segment, hashed, hexes, open_segments, raw
from .state import State
from .withheld import is_withheld

SIGNATURES = "signatures"  # of the documents of a batch, beside its tables
_RECORD = re.compile(r"#!/.*\Z|#[LR]\d+\Z", re.DOTALL)


@dataclass(frozen=True)
class Known:
    """The segments in which ids are looked up, and the hashes of what must not come back; fixed when a run begins.

    ``again``: texts that were refused for an error of ours are tried once more. ``withheld``: some texts are not there.
    """

    segments: tuple[str, ...] = ()
    forgotten: frozenset[str] = frozenset()
    again: bool = False
    withheld: bool = False

    @classmethod
    def of(cls, output: Path, state: State, again: bool = False) -> Known:
        """What the runs that make up a state published under ``output``."""
        return cls(tuple(str(output / f.path) for f in state.index or ()), frozenset(state.forgotten), again, state.excerpts_only)

    def open(self) -> list[Segment]:
        """The segments, the earliest first."""
        return open_segments(self.segments)

    def contents(self, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """``doc_id`` of the documents of each of these contents that is published, by their ``content_key``.

        It is one but where a version before 0.3 has told texts apart that differ in white space alone.
        """
        found: dict[str, tuple[str, ...]] = {}
        for segment, contents, rows in self._found("content", keys):
            for content, doc_id in zip(contents, hexes(segment.take("doc_id", rows)), strict=True):
                found[content] = (*found.get(content, ()), doc_id)
        return found

    def versions(self, article_ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        """Highest version and its ``doc_id`` for each of these articles that is published."""
        latest: dict[str, tuple[int, str]] = {}
        for segment, articles, rows in self._found("article", article_ids):
            told = zip(segment.take("version", rows).tolist(), hexes(segment.take("doc_id", rows)), strict=True)
            for article_id, version in zip(articles, told, strict=True):
                latest[article_id] = max(latest.get(article_id, version), version)
        return latest

    def appeared(self, pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of these pairs of a file and a ``doc_id`` of which there is an appearance."""
        by_key = {hashed(*pair).hex(): pair for pair in pairs}
        return {by_key[key] for _, keys, _ in self._found("appearance", by_key) for key in keys}

    def rejected(self, reject_ids: Iterable[str]) -> set[str]:
        """Those of these rejects that are published."""
        return {reject for _, rejects, _ in self._found("reject", reject_ids) for reject in rejects}

    def inputs(self, uris: Iterable[str]) -> Iterator[Input]:
        """The inputs with one of these uris that runs have taken, as often as they have."""
        by_key = {hashed(uri).hex(): uri for uri in uris}
        for segment, keys, rows in self._found("input", by_key):
            told = (segment.take(name, rows).tolist() for name in ("size", "modified", "digest"))
            for key, size, modified, digest in zip(keys, *told, strict=True):
                at = None if modified == NONE else modified
                yield Input.model_construct(uri=by_key[key], size=size, digest=digest.decode(), modified=at)

    def unchanged(self, uris: Sequence[str], sizes: Sequence[int], modified: Sequence[int | None]) -> npt.NDArray[np.bool_]:
        """For each of these files whether it was taken as large as it is, and as it was last changed (nanoseconds)."""
        out = np.zeros(len(uris), bool)
        if not self.segments or not len(uris):
            return out
        keys = _joined(map(hashed, uris))
        now = np.array(sizes, np.int64), np.array([NONE if m is None else m for m in modified], np.int64)
        for segment in self.open():
            numbers, rows = segment.find("input", keys)
            if len(rows):
                same = (segment.take("size", rows) == now[0][numbers]) & (segment.take("modified", rows) == now[1][numbers])
                out[numbers[same]] = True
        return out & (now[1] != NONE)

    def _found(self, key: str, wanted: Iterable[str]) -> Iterator[tuple[Segment, list[str], Any]]:
        """Each segment that has some of the keys, these keys, and the rows that have them."""
        asked = sorted(set(wanted)) if self.segments else []
        keys = raw(asked, KEYS[key])
        for segment in self.open() if asked else ():
            numbers, rows = segment.find(key, keys)
            if len(rows):
                yield segment, [asked[n] for n in numbers.tolist()], rows


def file_of(uri: str) -> str:
    """The file that a record's uri names: *news.jsonl#L7* → *news.jsonl*, *week.zip#!/a.txt* → *week.zip*."""
    return _RECORD.sub("", uri)


def rows_of(tables: dict[str, pa.Table]) -> dict[str, dict[str, Any]]:
    """What a segment holds of rows of documents, appearances and rejects, by kind and field."""
    rows: dict[str, dict[str, Any]] = {}
    if (documents := tables.get(DOCUMENTS.name)) is not None:
        moments = pc.fill_null(documents["published_at"].cast(pa.int64()), NONE)
        rows["document"] = {
            "content": raw(contents_of(documents), 32),
            "article": raw(documents["article_id"].to_pylist(), 16),
            "doc_id": raw(documents["doc_id"].to_pylist(), 16),
            "version": documents["version"].to_numpy(),
            "published_at": moments.to_numpy(),
        }
    if (appearances := tables.get(APPEARANCES.name)) is not None:
        pairs = zip(appearances["uri"].to_pylist(), appearances["doc_id"].to_pylist(), strict=True)
        rows["appearance"] = {"appearance": _joined(hashed(file_of(uri), doc_id) for uri, doc_id in pairs)}
    if (rejects := tables.get(REJECTS.name)) is not None:
        rows["reject"] = {"reject": raw(rejects["reject_id"].to_pylist(), 16)}
    return rows


def contents_of(documents: pa.Table) -> list[str]:
    """``content_key`` of documents; the digest instead where the text is withheld."""
    rows = zip(documents["text"].to_pylist(), documents["content_sha256"].to_pylist(), strict=True)
    return [digest if is_withheld(text, digest) else content_key(text) for text, digest in rows]


def rows_of_inputs(inputs: Iterable[Input]) -> dict[str, dict[str, Any]]:
    """What a segment holds of inputs."""
    every = list(inputs)
    fields = {
        "input": _joined(hashed(i.uri) for i in every),
        "size": np.array([i.size for i in every], "<i8"),
        "modified": np.array([NONE if i.modified is None else i.modified for i in every], "<i8"),
        "digest": np.array([i.digest.encode() for i in every], "S80"),
    }
    return {"input": fields}


def _joined(keys: Iterable[bytes]) -> Any:
    return np.frombuffer(b"".join(keys), "V16")

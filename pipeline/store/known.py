"""What an output folder knows already: contents, versions, appearances and rejects.

Lookups are semi-joins: published files are scanned for the ids asked for, so that no process holds all ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..schemas import APPEARANCES, DOCUMENTS, REJECTS, Table
from .merge import LeaveOut, merge_parts
from .parts import Part, dataset_of
from .state import State, read_state

_RECORD = re.compile(r"#!/.*\Z|#[LR]\d+\Z", re.DOTALL)
_FLAT = {"batch_size": 1 << 15, "batch_readahead": 4, "fragment_readahead": 2}  # of a scan, however large the tables


@dataclass(frozen=True)
class Known:
    """The files in which ids are looked up, and the hashes of what must not come back; fixed when a batch begins.

    ``appearances`` are those of finished runs only; ``documents`` and ``rejects`` also those of earlier batches of
    the same run, so that the rows of a run do not depend on where it was cut into batches. ``again``: texts that were
    refused for an error of ours are tried once more.
    """

    documents: tuple[str, ...] = ()
    appearances: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()
    forgotten: frozenset[str] = frozenset()
    again: bool = False

    @classmethod
    def of(
        cls, output: Path, state: State | None = None, staged: Mapping[str, Sequence[Path]] | None = None, again: bool = False
    ) -> Known:
        """What finished runs published under ``output``, and what the run under way has staged so far."""
        state = state or read_state(output)

        def files(table: str) -> list[str]:
            return [str(output / f.path) for f in state.files.get(table, []) if f.rows]

        extra = {t: [str(p) for p in ps] for t, ps in (staged or {}).items()}
        return cls(
            documents=(*files(DOCUMENTS.name), *extra.get(DOCUMENTS.name, ())),
            appearances=tuple(files(APPEARANCES.name)),
            rejects=(*files(REJECTS.name), *extra.get(REJECTS.name, ())),
            forgotten=frozenset(state.forgotten),
            again=again,
        )

    def contents(self, hashes: Iterable[str]) -> dict[str, str]:
        """``doc_id`` of the first document for each of these contents that is published."""
        found = self._rows(self.documents, DOCUMENTS, "content_sha256", ["doc_id"], hashes)
        return {r["content_sha256"]: r["doc_id"] for r in found}

    def versions(self, article_ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        """Highest version and its ``doc_id`` for each of these articles that is published."""
        found = self._rows(self.documents, DOCUMENTS, "article_id", ["version", "doc_id"], article_ids)
        return {r["article_id"]: (r["version"], r["doc_id"]) for r in sorted(found, key=lambda r: r["version"])}

    def appeared(self, doc_ids: Iterable[str]) -> set[tuple[str, str]]:
        """(file, doc_id) of the appearances of these documents; the file is the uri without its record."""
        found = self._rows(self.appearances, APPEARANCES, "doc_id", ["uri"], doc_ids)
        return {(file_of(r["uri"]), r["doc_id"]) for r in found}

    def rejected(self, reject_ids: Iterable[str]) -> set[str]:
        """Those of these rejects that are published."""
        return {r["reject_id"] for r in self._rows(self.rejects, REJECTS, "reject_id", [], reject_ids)}

    @staticmethod
    def _rows(
        paths: tuple[str, ...], table: Table, key: str, columns: Sequence[str], wanted: Iterable[str]
    ) -> list[dict[str, Any]]:
        values = wanted if isinstance(wanted, pa.Array) else pa.array(sorted(set(wanted)), pa.string())
        if not paths or not len(values):
            return []
        scanner = dataset_of(table.name, paths).scanner(columns=[key, *columns], filter=pc.field(key).isin(values), **_FLAT)
        return scanner.to_table().to_pylist()


def without_known_rejects(folder: Path, parts: Sequence[Part], known: Known) -> tuple[list[Part], int]:
    """The parts in a folder without rejects that are known, and how many these were: errors of ours, met again."""
    out, left = [], 0
    for part in parts:
        if part.table == REJECTS.name:
            ids = dataset_of(REJECTS.name, [str(folder / part.name)]).to_table(["reject_id"])["reject_id"].combine_chunks()
            met = pa.array(sorted(known.rejected(ids)), pa.string())
            kept = merge_parts([folder / part.name], REJECTS.name, folder, LeaveOut("reject_id", met)) if len(met) else part
            left += part.rows - kept.rows
            part = kept
        if part.rows:
            out.append(part)
    return out, left


def file_of(uri: str) -> str:
    """The file that a record's uri names: *news.jsonl#L7* → *news.jsonl*, *week.zip#!/a.txt* → *week.zip*."""
    return _RECORD.sub("", uri)

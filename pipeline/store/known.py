"""What an output folder knows already: input files, contents, versions and rejects.

Lookups are semi-joins: published files are scanned for the ids asked for, so that no process holds all ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from .manifest import Input, current_files, read_manifests


@dataclass(frozen=True)
class Known:
    """The published files in which ids are looked up, fixed when the run was planned."""

    documents: tuple[str, ...] = ()
    appearances: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()

    @classmethod
    def of(cls, output: Path) -> Known:
        """What finished runs published under ``output``."""
        current = current_files(output)
        return cls(*(tuple(str(output / f.path) for f in current.get(t, [])) for t in ("documents", "appearances", "rejects")))

    def contents(self, hashes: Iterable[str]) -> dict[str, str]:
        """``doc_id`` of the first document for each of these contents that is published."""
        found = self._rows(self.documents, ["content_sha256", "doc_id", "ingested_at"], "content_sha256", hashes)
        return {r["content_sha256"]: r["doc_id"] for r in sorted(found, key=lambda r: r["ingested_at"], reverse=True)}

    def versions(self, article_ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        """Highest version and its ``doc_id`` for each of these articles that is published."""
        found = self._rows(self.documents, ["article_id", "version", "doc_id"], "article_id", article_ids)
        return {r["article_id"]: (r["version"], r["doc_id"]) for r in sorted(found, key=lambda r: r["version"])}

    def appeared(self, doc_ids: Iterable[str]) -> set[tuple[str, str]]:
        """(file, doc_id) of the appearances of these documents; the file is the uri without its record."""
        return {(file_of(r["uri"]), r["doc_id"]) for r in self._rows(self.appearances, ["uri", "doc_id"], "doc_id", doc_ids)}

    def rejected(self, reject_ids: Iterable[str]) -> set[str]:
        """Those of these rejects that are published."""
        return {r["reject_id"] for r in self._rows(self.rejects, ["reject_id"], "reject_id", reject_ids)}

    @staticmethod
    def _rows(paths: tuple[str, ...], columns: list[str], key: str, wanted: Iterable[str]) -> list[dict[str, Any]]:
        if not paths:
            return []
        values = wanted if isinstance(wanted, pa.Array) else pa.array(sorted(set(wanted)), pa.string())
        scanner = ds.dataset(list(paths), format="parquet").scanner(columns=columns, filter=pc.field(key).isin(values))
        return scanner.to_table().to_pylist()


@dataclass
class KnownInputs:
    """Input files that finished runs have taken."""

    taken: set[Input] = field(default_factory=set)

    @classmethod
    def of(cls, output: Path) -> KnownInputs:
        """The inputs listed in the manifests under ``output``."""
        return cls({i for m in read_manifests(output) for i in m.inputs})


def file_of(uri: str) -> str:
    """The file that a record's uri names: *news.jsonl#L7* → *news.jsonl*."""
    return uri.rsplit("#L", 1)[0]

"""Takedowns: an article leaves every table, and is not taken in again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from schemas import APPEARANCES, DOCUMENTS, REJECTS, TABLES

from .known import file_of
from .manifest import Manifest
from .merge import AMPLE, LeaveOut, merge_parts
from .parts import Part, dataset_of
from .publish import MakePeople, publish
from .staging import Staging
from .state import State, read_state


@dataclass(frozen=True)
class Found:
    """What belongs to an article: its documents (all versions), their articles and contents, and its rejects."""

    doc_ids: pa.Array
    article_ids: pa.Array
    contents: pa.Array
    reject_ids: pa.Array


def find_article(output: Path, uris: Sequence[str], article_ids: Sequence[str]) -> Found:
    """Find the documents and rejects that have one of these uris or urls, or one of these article ids.

    All versions of the articles found, and all who carried the same content, are part of it.
    """
    state = read_state(output)
    names, ids = pa.array(uris, pa.string()), pa.array(article_ids, pa.string())
    by_name = pc.field("uri").isin(names) | pc.field("url").isin(names) | pc.field("article_id").isin(ids)
    carried = _rows(output, state, APPEARANCES.name, ["doc_id"], by_name)
    columns = ["doc_id", "article_id", "content_sha256"]
    met = _rows(output, state, DOCUMENTS.name, columns, by_name | pc.field("doc_id").isin(carried["doc_id"].combine_chunks()))
    versions = pc.field("article_id").isin(pc.unique(met["article_id"]))
    every = _rows(output, state, DOCUMENTS.name, columns, versions)
    files = pa.array([file_of(u) for u in uris], pa.string())
    places = pa.concat_arrays([names, files])
    refused = _rows(output, state, REJECTS.name, ["reject_id", "uri", "record"], pc.field("uri").isin(places))
    named = set(uris)
    own = [r["reject_id"] for r in refused.to_pylist() if named & {r["uri"], *(f"{r['uri']}#{k}{r['record']}" for k in "LR")}]
    return Found(
        doc_ids=every["doc_id"].combine_chunks(),
        article_ids=pc.unique(every["article_id"]),
        contents=every["content_sha256"].combine_chunks(),
        reject_ids=pa.array(own, pa.string()),
    )


def forget(output: Path, manifest: Manifest, found: Found, file_bytes: int, grace: timedelta, people: MakePeople) -> Manifest:
    """Publish every file that holds rows of an article without them, in one transaction.

    Args:
        output: an output folder whose lock is held.
        manifest: id, versions and times of the run.
        found: what to forget; its ids and hashes go into the manifest, so that it is not taken in again.
        file_bytes: size of published files.
        grace: how long files with the article stay on disk; none removes them, and all that were replaced before, at once.
        people: makes the new generation of ``people``.
    """
    state, staging = read_state(output), Staging(output, manifest.run_id)
    folder = staging.fresh("without")
    staged: dict[tuple[str, str], list[Part]] = {}
    replaces: list[str] = []
    counts: dict[str, int] = {}
    with staging.dropped_on_failure():
        for name in TABLES:
            if name == "people":
                continue  # derived: a new generation is made
            gone = LeaveOut("reject_id", found.reject_ids) if name == REJECTS.name else LeaveOut("doc_id", found.doc_ids)
            for file in state.files.get(name, []) if len(gone.values) else []:
                path = output / file.path
                holds = pc.field(gone.column).isin(gone.values)
                rows = dataset_of(name, [path]).count_rows(filter=holds) if file.rows else 0
                if not rows:
                    continue
                part = merge_parts([path], name, folder, gone, room=AMPLE)
                staged.setdefault((name, file.day), []).append(Part(name, f"{folder.name}/{part.name}", part.rows, part.bytes))
                replaces.append(file.path)
                counts[name] = counts.get(name, 0) + rows
        record = manifest.model_copy(
            update={
                "replaces": replaces,
                "counts": counts,
                "forgotten": sorted({*found.article_ids.to_pylist(), *found.contents.to_pylist()}),
            }
        )
        return publish(staging, staged, record, file_bytes=file_bytes, grace=grace, people=people)


def _rows(output: Path, state: State, table: str, columns: Sequence[str], condition: pc.Expression) -> pa.Table:
    return dataset_of(table, state.paths(output, table)).to_table(list(columns), filter=condition)

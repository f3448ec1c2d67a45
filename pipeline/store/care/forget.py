"""Takedowns: an article leaves every table, and is not taken in again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ...schemas import APPEARANCES, CORRECTIONS, DOCUMENT_SPEAKERS, DOCUMENTS, REJECTS, TABLES
from ..index import without
from ..known import contents_of, file_of
from ..manifest import Manifest, PublishedFile, hashed_uri
from ..merge import LeaveOut, merge_parts
from ..parts import dataset_of, part_path
from ..publish import MakePeople, publish
from ..segments import IndexFile
from ..state import State, read_state


@dataclass(frozen=True)
class Traces:
    """What belongs to an article: its documents (all versions), their articles and contents (digests), and its rejects.

    ``addresses`` are uris and urls under which it was met, ``paths`` input files that held nothing else, ``speakers`` the
    ids and names of those who speak in no other article, ``correction_ids`` what was corrected of it and of these names.
    """

    doc_ids: pa.Array
    article_ids: pa.Array
    contents: pa.Array
    reject_ids: pa.Array
    addresses: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()
    speakers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    keys: frozenset[str] = frozenset()  # ``content_key`` of its texts
    correction_ids: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))

    def __bool__(self) -> bool:
        """Whether there is anything to forget."""
        return bool(len(self.doc_ids) or len(self.reject_ids))


def find_article(output: Path, uris: Sequence[str], article_ids: Sequence[str]) -> Traces:
    """Find the documents and rejects that have one of these uris or urls, or one of these article ids.

    All versions of the articles found, and all who carried the same content, are part of it; so are rejects that hold
    its text or name its address.
    """
    state = read_state(output)
    names, ids = pa.array(uris, pa.string()), pa.array(article_ids, pa.string())
    by_name = pc.field("uri").isin(names) | pc.field("url").isin(names) | pc.field("article_id").isin(ids)
    carried = _rows(output, state, APPEARANCES.name, ["doc_id"], by_name)
    columns = ["doc_id", "article_id", "content_sha256"]
    met = _rows(output, state, DOCUMENTS.name, columns, by_name | pc.field("doc_id").isin(carried["doc_id"].combine_chunks()))
    versions = pc.field("article_id").isin(pc.unique(met["article_id"]))
    every = _rows(output, state, DOCUMENTS.name, [*columns, "uri", "url", "title", "text"], versions)
    doc_ids, contents = every["doc_id"].combine_chunks(), every["content_sha256"].combine_chunks()
    places = _rows(output, state, APPEARANCES.name, ["uri", "url"], pc.field("doc_id").isin(doc_ids))
    urls = {url for table in (every, places) for url in table["url"].to_pylist() if url}
    met_at = {uri for table in (every, places) for uri in table["uri"].to_pylist()}
    rejects = _rejects(output, state, {*uris, *urls, *met_at}, contents)
    met_at |= {uri for r in rejects for uri in _uris_of(r)}
    speakers = _only_there(output, state, doc_ids)
    of_names = pa.array(sorted(speakers), pa.string())
    about = pc.field("doc_id").isin(doc_ids) | pc.field("row_id").isin(of_names) | pc.field("other_id").isin(of_names)
    return Traces(
        doc_ids=doc_ids,
        article_ids=pc.unique(every["article_id"]),
        contents=contents,
        reject_ids=pa.array([r["reject_id"] for r in rejects], pa.string()),
        addresses=frozenset(urls | met_at),
        titles=frozenset(t for t in every["title"].to_pylist() if t),
        paths=_own_paths(output, state, {file_of(u) for u in met_at}, doc_ids, [r["reject_id"] for r in rejects]),
        speakers=speakers,
        keys=frozenset(contents_of(every)),
        correction_ids=pc.unique(_rows(output, state, CORRECTIONS.name, ["correction_id"], about)["correction_id"]),
    )


def _rejects(output: Path, state: State, names: Collection[str], contents: pa.Array) -> list[dict[str, Any]]:
    """Rejects at one of these addresses, of one of these texts, or whose record names one of these addresses."""
    files = pa.array([*names, *(file_of(n) for n in names)], pa.string())
    condition = pc.field("uri").isin(files) | pc.field("payload_sha256").isin(contents)
    web = [n for n in names if "://" in n]
    for name in web:
        condition |= pc.match_substring(pc.field("detail"), name) | pc.match_substring(pc.field("payload"), name)
    named = re.compile("|".join(rf"{re.escape(n)}(?![\w/&=?%-])" for n in web) or r"(?!)")
    columns = ["reject_id", "uri", "record", "detail", "payload", "payload_sha256"]
    known = set(contents.to_pylist())
    return [
        r
        for r in _rows(output, state, REJECTS.name, columns, condition).to_pylist()
        if not {*names}.isdisjoint(_uris_of(r))
        or r["payload_sha256"] in known
        or named.search(f"{r['detail']}\n{bytes(r['payload'] or b'').decode('utf-8', 'replace')}")
    ]


def _uris_of(reject: Mapping[str, Any]) -> set[str]:
    return {reject["uri"]} if reject["record"] is None else {f"{reject['uri']}#{k}{reject['record']}" for k in "LR"}


def _own_paths(output: Path, state: State, files: set[str], doc_ids: pa.Array, reject_ids: Sequence[str]) -> frozenset[str]:
    """Those of these files that hold nothing else."""
    others: set[str] = set()
    for table, key, own in ((APPEARANCES, "doc_id", doc_ids), (REJECTS, "reject_id", pa.array(reject_ids, pa.string()))):
        rest = dataset_of(table.name, state.paths(output, table.name)).scanner(["uri"], filter=~pc.field(key).isin(own))
        for batch in rest.to_batches():
            others |= set(pc.unique(pc.replace_substring_regex(batch["uri"], r"#[LR]\d+$", "")).to_pylist()) & files
    return frozenset(files - others)


def _only_there(output: Path, state: State, doc_ids: pa.Array) -> dict[str, frozenset[str]]:
    """Who speaks in these documents and in no other, by ``speaker_id``: all forms of the name."""
    speakers = DOCUMENT_SPEAKERS.name
    own = _rows(output, state, speakers, ["speaker_id", "name", "aliases"], pc.field("doc_id").isin(doc_ids))
    ids = pc.unique(own["speaker_id"])
    others = pc.field("speaker_id").isin(ids) & ~pc.field("doc_id").isin(doc_ids)
    stay = set(_rows(output, state, speakers, ["speaker_id"], others)["speaker_id"].to_pylist())
    leaving: dict[str, set[str]] = {}
    for row in own.to_pylist():
        if row["speaker_id"] not in stay:
            leaving.setdefault(row["speaker_id"], set()).update([row["name"], *(row["aliases"] or ())])
    return {speaker: frozenset(forms) for speaker, forms in leaving.items()}


def rows_held(output: Path, found: Traces) -> tuple[dict[str, int], list[PublishedFile]]:
    """How many rows of each table go, and the files that hold them."""
    state, counts, files = read_state(output), Counter[str](), []
    for name in TABLES:
        gone = _of_table(name, found)
        if gone.column not in TABLES[name].arrow.names:
            continue  # of no article, as people, of which a new generation is made
        for file in state.files.get(name, []) if len(gone.values) else []:
            holds = pc.field(gone.column).isin(gone.values)
            rows = dataset_of(name, [output / file.path]).count_rows(filter=holds) if file.rows else 0
            if rows:
                counts[name] += rows
                files.append(file)
    return dict(counts), files


def _of_table(name: str, found: Traces) -> LeaveOut:
    if name == CORRECTIONS.name:
        return LeaveOut("correction_id", found.correction_ids)
    return LeaveOut("reject_id", found.reject_ids) if name == REJECTS.name else LeaveOut("doc_id", found.doc_ids)


def forget(
    output: Path, manifest: Manifest, found: Traces, grace: timedelta, people: MakePeople, whole: Sequence[PublishedFile] = ()
) -> Manifest:
    """Publish every file that holds rows of an article without them, in one transaction.

    Args:
        output: an output folder that is open.
        manifest: id, versions and times of the run.
        found: what to forget; its ids and hashes go into the manifest, so that it is not taken in again.
        grace: how long files with the article stay on disk; none removes them, and all that were replaced before, at once.
        people: makes the new generation of ``people``.
        whole: files that the run adds as they are.
    """
    files = list(whole)
    counts, holding = rows_held(output, found)
    for file in holding:
        path = part_path(file.table, file.day, manifest.run_id, len(files))
        files.append(merge_parts([output / file.path], file.table, output, path, _of_table(file.table, found)))
    hashes = {*found.article_ids.to_pylist(), *found.contents.to_pylist(), *map(hashed_uri, found.addresses)}
    hashes |= {*found.reject_ids.to_pylist(), *found.keys}
    record = manifest.model_copy(
        update={
            "replaces": [f.path for f in holding],
            "counts": counts,
            "forgotten": sorted({*hashes, *manifest.forgotten}),
        }
    )
    doc_ids, rejects = found.doc_ids.to_pylist(), found.reject_ids.to_pylist()

    def index(state: State) -> list[IndexFile]:
        pairs = [(file_of(uri), doc_id) for doc_id in doc_ids for uri in found.addresses]
        return without(output, manifest.run_id, state.index or [], doc_ids, rejects, pairs)

    return publish(output, record, files, people=people, index=index, grace=grace)


def _rows(output: Path, state: State, table: str, columns: Sequence[str], condition: pc.Expression) -> pa.Table:
    return dataset_of(table, state.paths(output, table)).to_table(list(columns), filter=condition)

"""Taking rejects up again: their files are read once more, and a reject that has become an article is retired."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..articles.rows import refusal_id
from ..places import is_remote, place_of
from ..schemas import APPEARANCES, DOCUMENTS, REJECTS
from ..schemas.ids import content_key, reject_id
from ..sources.formats import AUTO, FETCHED, Reading, is_feed, of_addresses
from ..sources.identity import article_ids
from ..sources.kafka.address import is_topic
from ..sources.paths import path_of
from ..sources.records import Refusal
from ..store.known import Known, contents_of, file_of
from ..store.lock import StoreError
from ..store.manifest import RUNS, Input, PublishedFile, check_writable, committed
from ..store.merge import LeaveOut, merge_parts
from ..store.parts import dataset_of, part_path
from ..store.publish import open_store
from ..store.state import State, read_state
from ..transforms.files import InputError, InputFile, list_inputs
from ..transforms.refusals import records_of
from .config import Config
from .engine import UsageError
from .ingest import Change, Job, Progress
from .plan import make_reading
from .run import Told, fetcher_of, run
from .summary import Summary

_COLUMNS = ["reject_id", "uri", "record", "stage", "payload_sha256"]


@dataclass(frozen=True)
class Retried:
    """What became of the rejects, each counted once.

    Attributes:
        retired: those that are articles now.
        refused_again: those that are not; they stay as they are.
        out_of_reach: those whose file is gone, or holds their record no longer; they stay, too.
        summary: of the run; None if no file was read.
    """

    retired: int
    refused_again: int
    out_of_reach: int
    summary: Summary | None


def retry_rejects(
    output: Path, config: Config, progress: Progress | None = None, *, wait: bool = False, told: Told | None = None
) -> Retried:
    """Read the files of all rejects again, publish what is an article now, and retire its rejects, in one transaction.

    Pages of feeds that were refused are fetched once more.

    Args:
        output: an output folder.
        config: settings, such as the format or the fields that were missing before.
        progress: as for ``run``.
        wait: wait for another run on the same output to end.
        told: called with lines on what is waited for or rolled back.

    Raises:
        UsageError: the folder is no output folder, or another run is writing to it.
        RunError: a graph failed; nothing was published.
        NewerRecord: a newer version wrote to the folder.
    """
    if not (output / RUNS).is_dir():
        raise UsageError(f"{output} holds no finished run; give the folder that 'onrecord run' wrote to")
    check_writable(read_state(output).schema_version)
    if of_addresses(config.format):
        config = config.model_copy(update={"format": AUTO})  # what is read here are files
    rejects = _rejects(output, read_state(output))
    pages = _unfetched(output)
    fetched = _fetched_again(pages, output, config, wait, told) if pages else {}
    again = {path for path in (path_of(r["file"]) for r in rejects) if _reachable(path, config)}
    again |= {file_of(uri) for uri in fetched.values()}
    if not again:
        return Retried(0, len(pages), len(rejects) - len(pages), None)
    retire = _Retire(config, make_reading(config)[0], frozenset(pages), dict(fetched))
    summary = run(sorted(again), output, config, progress, wait=wait, told=told, retire=retire)
    done = committed(output, summary.run_id) if summary.run_id is not None else None
    ends = done.counts if done is not None else {}
    retired, refused, out_of_reach = (ends.get(f"rejects_{end}", 0) for end in ("retired", "refused", "gone"))
    return Retried(retired, refused, out_of_reach, summary)


@dataclass(frozen=True)
class _Retire:
    """Decides, when a run that has read files again is about to publish, which of their rejects have become articles.

    Attributes:
        config: settings.
        reading: how the files are read.
        pages: the rejects that are pages of feeds, which were asked for once more.
        fetched: of those that came, the uris of their records.
    """

    config: Config
    reading: Reading
    pages: Collection[str]
    fetched: Mapping[str, str]

    def __call__(self, job: Job, state: State, inputs: Sequence[Input], files: Sequence[PublishedFile]) -> Change:
        """See ``ingest.Retire``."""
        output = job.place
        known = Known.of(output, state)
        taken = {i.key for i in known.inputs(i.uri for i in inputs)}
        changed = {i.uri: i.key not in taken for i in inputs}
        rejects = _rejects(output, state)
        up = [r for r in rejects if r["file"] in changed]
        by_file: dict[str, list[dict[str, Any]]] = {}
        for reject in up:
            by_file.setdefault(reject["file"], []).append(reject)
        read = {uri: _Read.of(_listed([path_of(uri)], self.config), own, self.reading) for uri, own in by_file.items()}
        wanted = {c for r in read.values() for c in (r.first, *r.articles.values(), *r.keys.values()) if c is not None}
        failed = {r["payload_sha256"] for r in up if r["stage"] == "extract"}
        appearances = [output / f.path for f in files if f.table == APPEARANCES.name]
        came = set(dataset_of(APPEARANCES.name, appearances).to_table(["uri"])["uri"].to_pylist()) if self.fetched else set()
        own = [output / f.path for f in files if f.table == DOCUMENTS.name]
        before = state.paths(output, DOCUMENTS.name)
        new = dataset_of(DOCUMENTS.name, own).to_table(["text", "content_sha256"]) if own else None
        documents = set(known.contents(wanted)) | (wanted & set(contents_of(new) if new is not None else ()))
        documents |= _digests([*before, *own], failed) if failed else set()
        ends: dict[str, str] = {}
        for r in rejects:
            if r["file"] in changed:
                ends[r["reject_id"]] = _end(r, read[r["file"]], documents, changed[r["file"]])
            elif r["reject_id"] in self.pages:
                ends[r["reject_id"]] = "retired" if self.fetched.get(r["reject_id"]) in came else "refused"
            elif any(uri.startswith(f"{r['file']}/") for uri in changed):  # a folder, whose files have been read
                ends.setdefault(r["reject_id"], "retired")
            else:  # a file that was met and not read is refused still
                ends.setdefault(r["reject_id"], "refused" if _reachable(path_of(r["file"]), self.config) else "gone")
        gone = [r["reject_id"] for r in rejects if ends[r["reject_id"]] == "retired"]
        change = _change(job, state, files, gone, {u for u, c in changed.items() if c})
        told = {f"rejects_{end}": count for end, count in Counter(ends.values()).items()}
        return replace(change, counts=change.counts | told)


@dataclass
class _Read:
    """What reading a file again tells of its rejects.

    Attributes:
        refused: the ids of those that are met again.
        articles: ``content_key`` of the text by number of the record, of records that have a reject.
        keys: the same of each text that was refused for an error of ours, by its digest.
        first: that of the first article.
        alone: whether that is all that the file holds.
    """

    refused: set[str] = field(default_factory=set)
    articles: dict[int, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    first: str | None = None
    alone: bool = False

    @classmethod
    def of(cls, files: Sequence[InputFile], rejects: Sequence[Mapping[str, Any]], reading: Reading) -> _Read:
        """Read a file; what it holds beside the records of these rejects is passed over."""
        out, numbers, ids = cls(), {r["record"] for r in rejects}, {r["reject_id"] for r in rejects}
        failed = {r["payload_sha256"] for r in rejects if r["stage"] == "extract"}
        for file in files:
            for record in records_of(file, reading):
                if isinstance(record, Refusal):
                    out.refused |= {refusal_id(record)} & ids
                    continue
                digest, content = article_ids(record)[2], content_key(record.text)
                out.refused |= {reject_id(record.uri, digest)} & ids  # at least by the extraction
                out.keys |= {digest: content} if digest in failed else {}
                out.first, out.alone = out.first or content, record.record is None
                if record.record is not None and record.record in numbers:
                    out.articles[record.record] = content
        return out

    def article_at(self, record: int | None) -> str | None:
        """The content of the article that a record refused before is now; a record may be the file, or may have been."""
        return self.first if record is None or self.alone else self.articles.get(record)


def _digests(files: Sequence[Path], among: Collection[str]) -> set[str]:
    """Those of some digests of texts that are published in these files."""
    wanted = pc.field("content_sha256").isin(pa.array(sorted(among), pa.string()))
    return set(dataset_of(DOCUMENTS.name, files).to_table(["content_sha256"], filter=wanted)["content_sha256"].to_pylist())


def _end(reject: Mapping[str, Any], read: _Read, documents: set[str], changed: bool) -> str:
    """What became of a reject whose file was read again; in a file that has not changed its record is still there."""
    extracted, again = reject["stage"] == "extract", reject["reject_id"] in read.refused
    digest = reject["payload_sha256"]
    article = read.keys.get(digest) if extracted else None if again else read.article_at(reject["record"])
    if article in documents or (extracted and digest in documents):
        return "retired"
    return "refused" if again or not changed else "gone"


def _change(job: Job, state: State, files: Sequence[PublishedFile], gone: list[str], changed: set[str]) -> Change:
    """The table without the rejects that are retired, and without what the run refused in files that have not changed.

    That was published, or refused for another reason, when the file was taken, and stays as it was.
    """
    output, made = job.place, list[PublishedFile]()

    def without(file: PublishedFile, ids: Sequence[str]) -> PublishedFile:
        """The file without some rows; itself where it has none of them."""
        values, path = pa.array(sorted(ids), pa.string()), output / file.path
        if not ids or not dataset_of(REJECTS.name, [path]).count_rows(filter=pc.field("reject_id").isin(values)):
            return file
        new = part_path(REJECTS.name, file.day, job.plan.run_id, len(made))
        made.append(merge_parts([path], REJECTS.name, output, new, LeaveOut("reject_id", values)))
        return made[-1]

    kept, dropped = [], 0
    for file in files:
        if file.table == REJECTS.name:
            rows = dataset_of(REJECTS.name, [output / file.path]).to_table(["reject_id", "uri"]).to_pylist()
            new = without(file, [r["reject_id"] for r in rows if file_of(r["uri"]) not in changed])
            dropped += file.rows - new.rows
            file = new
        kept.append(file)
    carried, replaces = [], []
    for file in state.files.get(REJECTS.name, []):
        new = without(file, gone)
        if new is not file:
            carried.append(new)
            replaces.append(file.path)
    counts = {"rejects": -dropped, "known": dropped, "retired": len(gone), "carried": sum(f.rows for f in carried)}
    return Change("retry", [*kept, *carried], replaces, gone, counts)


def _rejects(output: Path, state: State) -> list[dict[str, Any]]:
    table = dataset_of(REJECTS.name, state.paths(output, REJECTS.name)).to_table(_COLUMNS)
    return [row | {"file": file_of(row["uri"])} for row in table.to_pylist()]


def _unfetched(output: Path) -> dict[str, str]:
    """The rejects that are pages of feeds that were not fetched, and their addresses."""
    columns, reasons = ["reject_id", "uri", "payload"], pc.field("reason").isin(["forbidden", "fetch_failed"])
    table = dataset_of(REJECTS.name, read_state(output).paths(output, REJECTS.name)).to_table(columns, filter=reasons)
    return {
        row["reject_id"]: row["payload"].partition(b"\n")[0].decode("utf-8", "replace")
        for row in table.to_pylist()
        if row["uri"].split("/")[-2:-1] == [FETCHED] and not place_of(file_of(row["uri"])).exists()
    }


def _fetched_again(pages: Mapping[str, str], output: Path, config: Config, wait: bool, told: Told | None) -> dict[str, str]:
    """Fetch pages that were refused; returns the uris of the records of those that came, by reject."""
    from ..sources.web.feeds import fetch_again

    try:
        with open_store(output, wait, told):
            return fetch_again(pages, output, fetcher_of(config))
    except StoreError as error:
        raise UsageError(str(error)) from None


def _reachable(path: str, config: Config) -> bool:
    """Whether what a reject is of can be read anew; a link out of its folder, which a run may have refused, is not."""
    if is_remote(place := place_of(path)):
        return place.is_file()
    if is_topic(path):
        return False  # a record of a topic is sent again, or stays what it is
    if "://" in path:
        return not path.startswith("stdin:") and not is_feed(path)  # the address of a page: its feed brings it again
    own, target = os.path.realpath(os.path.dirname(path)), os.path.realpath(path)
    if os.path.islink(path) and not config.follow_links and os.path.dirname(target) != own:
        return False
    try:
        readable = os.path.isfile(path) and os.access(path, os.R_OK)
        return readable or (os.path.isdir(path) and bool(_listed([path], config)))
    except UsageError:
        return False


def _listed(paths: Sequence[str], config: Config) -> tuple[InputFile, ...]:
    """The files that stand for these paths, as a run lists them."""
    try:
        return list_inputs(paths, config.format != AUTO, config.follow_links).files
    except InputError as error:
        raise UsageError(str(error)) from None

"""Taking rejects up again: their files are read once more, and a reject that has become an article is retired."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas import APPEARANCES, DOCUMENTS, REJECTS

from .config import Config
from .engine import UsageError
from .people import PeopleMaker
from .plan import make_reading
from .run import Progress, Told, fetcher_of, run
from .sources.formats import FETCHED, Reading
from .sources.paths import path_of
from .sources.records import Refusal
from .store import forget as takedown
from .store.known import file_of
from .store.lock import StoreError
from .store.parts import dataset_of
from .store.publish import open_store
from .store.state import read_state
from .summary import Summary
from .transforms.files import InputError, InputFile, list_inputs
from .transforms.refusals import records_of, refusal_id
from .upkeep import begin


@dataclass(frozen=True)
class Retried:
    """What became of the rejects: those that are articles now, those refused again, and those whose file is gone."""

    retired: int
    refused_again: int
    out_of_reach: int
    summary: Summary | None


def retry_rejects(
    output: Path, config: Config, progress: Progress | None = None, *, wait: bool = False, told: Told | None = None
) -> Retried:
    """Read the files of all rejects again, publish what is an article now, and retire its rejects.

    Pages of feeds that were refused are fetched once more. Two transactions: a run over the files, then the table
    ``rejects`` without what was retired. Stopped between the two, the same command goes on.

    Args:
        output: an output folder.
        config: settings, such as the format or the fields that were missing before.
        progress: as for ``run``.
        wait: wait for another run on the same output to end.
        told: called with lines on what is waited for or rolled back.

    Raises:
        UsageError: the folder is no output folder, or another run is writing to it.
        RunError: a graph failed; nothing was published.
    """
    if not (output / "_runs").is_dir():
        raise UsageError(f"{output} holds no finished run; give the folder that 'onrecord run' wrote to")
    if config.format == "feed":
        config = config.model_copy(update={"format": "auto"})  # what is read here are files
    rejects = _rejects(output)
    pages = _unfetched(output)
    fetched = _fetched_again(pages, output, config, wait, told) if pages else {}
    files = {r["uri"]: _reachable(path_of(r["uri"]), config) for r in rejects}
    again = sorted(path_of(uri) for uri, reachable in files.items() if reachable)
    out_of_reach = sum(not files[r["uri"]] and r["reject_id"] not in pages for r in rejects)
    archives = {file_of(uri) for uri in fetched.values()}
    if not again and not archives:
        return Retried(0, len(pages), out_of_reach, None)
    summary = run([*again, *sorted(archives)], output, config, progress, wait=wait, told=told, again=True)
    taken_up = [r for r in rejects if files[r["uri"]]]
    reading, _ = make_reading(config)
    refused = _refused(_listed(again, config), reading)
    known = _documents(output, {r["payload_sha256"] for r in taken_up if r["stage"] == "extract"})
    gone = [r["reject_id"] for r in taken_up if _is_article(r, known, refused)]
    came = _appeared(output, fetched.values())
    gone += [reject for reject, uri in fetched.items() if uri in came]
    if gone:
        none = pa.array([], pa.string())
        found = takedown.Found(none, none, none, pa.array(gone, pa.string()))
        with begin(output, "retry", wait, told) as base:
            takedown.forget(output, base, found, config.file_mb << 20, timedelta(hours=1), PeopleMaker(output, config))
    return Retried(len(gone), len(taken_up) + len(pages) - len(gone), out_of_reach, summary)


def _rejects(output: Path) -> list[dict[str, Any]]:
    columns = ["reject_id", "uri", "stage", "payload_sha256"]
    table = dataset_of(REJECTS.name, read_state(output).paths(output, REJECTS.name)).to_table(columns)
    return [row | {"uri": file_of(row["uri"])} for row in table.to_pylist()]


def _is_article(reject: dict[str, Any], known: set[str], refused: set[str]) -> bool:
    """Whether the record of a reject is an article now: it was extracted, or read and not refused."""
    return reject["payload_sha256"] in known if reject["stage"] == "extract" else reject["reject_id"] not in refused


def _unfetched(output: Path) -> dict[str, str]:
    """The rejects that are pages of feeds that were not fetched, and their addresses."""
    columns, reasons = ["reject_id", "uri", "payload"], pc.field("reason").isin(["forbidden", "fetch_failed"])
    table = dataset_of(REJECTS.name, read_state(output).paths(output, REJECTS.name)).to_table(columns, filter=reasons)
    return {
        row["reject_id"]: row["payload"].partition(b"\n")[0].decode("utf-8", "replace")
        for row in table.to_pylist()
        if Path(row["uri"]).parent.name == FETCHED and not os.path.exists(row["uri"])
    }


def _fetched_again(pages: Mapping[str, str], output: Path, config: Config, wait: bool, told: Told | None) -> dict[str, str]:
    """Fetch pages that were refused; returns the uris of the records of those that came, by reject."""
    from .sources.feeds import fetch_again

    try:
        with open_store(output, wait, told):
            return fetch_again(pages, output, fetcher_of(config))
    except StoreError as error:
        raise UsageError(str(error)) from None


def _appeared(output: Path, uris: Collection[str]) -> set[str]:
    """Which of these records were taken."""
    if not uris:
        return set()
    paths, wanted = read_state(output).paths(output, APPEARANCES.name), pc.field("uri").isin(pa.array(uris, pa.string()))
    return set(dataset_of(APPEARANCES.name, paths).to_table(["uri"], filter=wanted)["uri"].to_pylist())


def _reachable(path: str, config: Config) -> bool:
    """Whether what a reject is of can be read anew; a link out of its folder, which a run may have refused, is not."""
    if "://" in path:
        return not path.startswith("stdin:")
    own, target = os.path.realpath(os.path.dirname(path)), os.path.realpath(path)
    if os.path.islink(path) and not config.follow_links and os.path.dirname(target) != own:
        return False
    try:
        return os.path.isfile(path) or (os.path.isdir(path) and bool(_listed([path], config)))
    except UsageError:
        return False


def _listed(paths: Sequence[str], config: Config) -> tuple[InputFile, ...]:
    """The files that stand for these paths, as a run lists them."""
    try:
        return list_inputs(paths, config.format not in ("auto", "feed"), config.follow_links).files
    except InputError as error:
        raise UsageError(str(error)) from None


def _refused(files: Sequence[InputFile], reading: Reading) -> set[str]:
    """The ids of the records that are refused where they are read."""
    ids = set()
    for file in files:
        ids |= {refusal_id(record) for record in records_of(file, reading) if isinstance(record, Refusal)}
    return ids


def _documents(output: Path, contents: Iterable[str]) -> set[str]:
    """Which of these contents are documents."""
    wanted = pa.array(sorted(contents), pa.string())
    if not len(wanted):
        return set()
    paths = read_state(output).paths(output, DOCUMENTS.name)
    table = dataset_of(DOCUMENTS.name, paths).to_table(["content_sha256"], filter=pc.field("content_sha256").isin(wanted))
    return set(table["content_sha256"].to_pylist())

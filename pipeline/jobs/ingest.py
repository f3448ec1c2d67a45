"""A planned run carried through: one graph reads, decides, extracts and writes, and its last step reconciles and commits."""

from __future__ import annotations

import logging
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .. import __version__
from ..places import place_of
from ..printable import counted
from ..reading import load_ahead as network_ahead
from ..reading.version import rules_version
from ..schemas import APPEARANCES, DOCUMENT_SPEAKERS, PEOPLE, REJECTS
from ..sources.formats import FETCHED, Reading
from ..sources.nearness import bands
from ..storage import remove_files
from ..store.index import merged, write_inputs
from ..store.known import Known
from ..store.manifest import Input, Kind, Manifest, PublishedFile, committed
from ..store.merge import LeaveOut, merge_parts
from ..store.parts import dataset_of, part_path
from ..store.publish import publish
from ..store.seal import digest_of
from ..store.segments import IndexFile
from ..store.state import State, read_state
from ..store.work import Work
from ..text.detect import load_ahead as languages_ahead
from .config import Config
from .engine import LOCAL, RunError, RunLost, is_small, local_workers, run_graph, run_small, workers_for
from .people import PeopleMaker, aliases_changed
from .plan import Plan
from .summary import COUNTED, Summary, summarise

if TYPE_CHECKING:
    from .graph import Done, File

MIB = 1 << 20
_log = logging.getLogger(__name__)
Progress = Callable[[Path, int], Any]  # given the folder of workers' notes and the number of input files


@dataclass(frozen=True)
class Change:
    """What a run publishes beside, or instead of, what it has extracted.

    Attributes:
        kind: of the run.
        files: that stand for those that the run has made.
        replaces: files of earlier runs that these stand for, too.
        gone: ids of rejects that are retired.
        counts: added to those of the run.
    """

    kind: Kind
    files: list[PublishedFile]
    replaces: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


# given the run, the state, the inputs and the files of a run that has extracted all
Retire = Callable[["Job", State, Sequence[Input], Sequence[PublishedFile]], Change]


@dataclass(frozen=True)
class Job:
    """What the last step of a run has to know, wherever it is carried out.

    ``lots`` and ``files`` are what an attempt that was stopped has done.
    """

    plan: Plan
    output: str
    config: Config
    model_version: str
    began: float
    lots: frozenset[str]
    files: tuple[PublishedFile | IndexFile, ...]
    retire: Retire | None = None

    @property
    def place(self) -> Path:
        """The record."""
        return place_of(self.output)


def ingest(
    plan: Plan,
    output: Path,
    config: Config,
    reading: Reading,
    state: State,
    progress: Progress | None,
    retire: Retire | None = None,
    goes_on: bool = False,
) -> Summary:
    """Do what is left to do of a planned run, which may go on with an attempt that was stopped, and publish it.

    Raises:
        RunError: the graph failed, or another run has published what this one was about to.
    """
    began, work, sizes = time.time(), Work(output, plan.run_id), [f.taken_as.size for f in plan.files]
    if config.runner == LOCAL and workers_for(config, sum(sizes)) == 1:
        languages_ahead()  # while the rules are, and Beam if there is a graph
        network_ahead(config.model)
    from ..transforms import RunStamp, group_files
    from ..transforms.read import ReadNotes, read_back
    from .graph import EXTRACT, READ, Sizes, build_run, run_here, run_steps

    stamp = RunStamp(plan.run_id, plan.started_at, config.model)
    done = done_before(work)
    items = group_files([f.file for f in plan.files], sizes)
    known = Known.of(output, state, plan.again)
    job = Job(plan, str(output), config, stamp.model_version, began, done.lots, done.files, retire)
    try:
        with told_progress(config, progress, len(plan.files)) as notes:
            limits = Sizes(plan.documents, int(config.part_mb * MIB), config.article_seconds)
            steps = run_steps(str(output), reading, stamp, limits, done, notes)
            given: dict[str, Any] = {"items": items, "known": known, "stamp": stamp, "folder": str(work.folder), "steps": steps}
            given |= {"documents": limits.documents, "commit": partial(commit_run, job)}
            if is_small(config, sum(sizes)):
                run_small(partial(run_here, **given))
            else:
                with local_workers(config, sum(sizes), {READ: steps.read, EXTRACT: steps.extract}) as workers:
                    run_graph(partial(build_run, **given, workers=workers), config)
    except BaseException as error:
        if not published_all_the_same(work, error):
            raise
    manifest = committed(output, plan.run_id)
    if manifest is None:
        raise RunError("the graph ended without publishing; run again with -v for the log")
    summary = summarise(output, manifest, plan.left_out, time.time() - began)
    told: list[ReadNotes] = [read_back(r["done"])[1] for r in work.receipts(READ)]
    summary.unmatched = sorted(set(reading.metadata) - {key for notes in told for key in notes.matched})
    summary.unknown_columns = list(getattr(reading.metadata, "unknown", ()))
    summary.skipped = dict(sum((Counter(notes.skipped) for notes in told), Counter[str]()).most_common())
    summary.stages = {**summary.stages, "publish": round(time.time() - max(began, *_moments(work, began)), 3)}
    for name, seconds in summary.stages.items():
        _log.info("%s took %.1f s", name, seconds, extra={"stage": name, "seconds": seconds})
    remove_fetched(output, [i.uri for i in manifest.inputs])
    if goes_on or plan.again:
        work.drop_all()  # also what an attempt that was stopped had written without a receipt, and rejects that are known
    else:
        work.drop()
    return summary


@contextmanager
def told_progress(config: Config, progress: Progress | None, files: int) -> Iterator[Path | None]:
    """A folder for the notes of workers of this machine, while their progress is shown; None where nobody looks."""
    if progress is None or config.runner != LOCAL:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder, progress(Path(folder), files) or nullcontext():
        yield Path(folder)


def published_all_the_same(work: Work, error: BaseException) -> bool:
    """Whether a run has published although its graph failed: its engine may have ended after the last step.

    Otherwise what it has written is kept, if anything of it need not be done again, and the error says so.
    """
    from ..transforms.write import WRITTEN

    if isinstance(error, RunError) and committed(work.output, work.run_id) is not None:
        _log.warning("the run was published, and then its engine failed: %s", error)
        return True
    if isinstance(error, RunLost):
        error.add_note("the same command tells what has become of it, and goes on from what is done")
        return False  # its workers may write still
    if any(True for _ in work.receipts(WRITTEN)):
        error.add_note("what is done of it is kept, and the same command goes on from there")
    else:
        work.drop_all()
    return False


def done_before(work: Work) -> Done:
    """What an attempt that was stopped has done and what of that is whole still."""
    from ..transforms.read import READ
    from ..transforms.write import WRITTEN
    from .graph import Done

    items: dict[str, Any] = {}
    for receipt in work.receipts(READ):
        if all(_is_whole(place_of(s["path"]), s["digest"]) for s in receipt["done"]["spools"]):
            items |= dict.fromkeys(receipt["keys"], receipt["done"])
    lots: set[str] = set()
    files: list[File] = []
    for receipt in work.receipts(WRITTEN):
        told = receipt["done"]
        own: list[File] = [PublishedFile(**f) for f in told["files"]]
        own += [IndexFile(**told["index"])] if told["index"] else []
        # a worker that was lost may have written what another has written again
        if lots.isdisjoint(receipt["keys"]) and all(_is_whole(work.output / f.path, f.digest) for f in own):
            lots |= set(receipt["keys"])
            files += own
    return Done(items, frozenset(lots), tuple(files))


def _is_whole(place: Path, digest: str | None) -> bool:
    try:
        return digest_of(place) == digest
    except OSError:
        return False


def commit_run(job: Job, notes: Sequence[Any], lots: Sequence[tuple[str, int]], written: Sequence[File]) -> None:
    """Reconcile what a graph has done, and publish it; given again, it changes nothing.

    Raises:
        RunError: the counts do not agree.
        GaveWay: another run has published something that it has in common with this one.
    """
    output, plan = job.place, job.plan
    by_lot = dict(lots)
    if not job.lots <= by_lot.keys():
        Work(output, plan.run_id).drop()
        raise RunError("inputs have changed since the run was stopped; run again")
    every = [*job.files, *written]
    files = [f for f in every if isinstance(f, PublishedFile)]
    segments = [f for f in every if isinstance(f, IndexFile)]
    state = read_state(output)
    counts = Counter(dict.fromkeys(COUNTED, 0))
    for file in files:
        counts[file.table] += file.rows
    taken = sum(by_lot.values())
    if counts[APPEARANCES.name] + counts[REJECTS.name] != taken:
        raise RunError(
            f"{counted(taken, 'records')} to be written, but there are {counted(counts[APPEARANCES.name], 'appearances')} and "
            f"{counted(counts[REJECTS.name], 'rejects')}"
        )
    if plan.again:
        files, refused_again = _without_known_rejects(output, files, Known.of(output, state), plan.run_id)
        counts[REJECTS.name] -= refused_again
        taken -= refused_again
    counts["read"] = sum(n.read for n in notes)
    counts["known"] = counts["read"] - taken
    if plan.lost:
        counts["lost"] = plan.lost
    unread = {uri for n in notes for uri in n.unread} | {f.file.name for f in plan.files if f.file.refused}
    inputs = [f.taken_as for f in plan.files if f.file.name not in unread and f.file.name not in plan.offsets]
    # those that could not be read are tried again by a later run; of topics ``offsets`` tell
    change = Change("run", files) if job.retire is None else job.retire(job, state, inputs, files)
    told = {n: counts[n] + change.counts.get(n, 0) for n in (*counts, *change.counts)}
    if told["read"] != told["appearances"] + told["rejects"] + told["known"]:
        raise RunError(
            f"{counted(told['read'], 'records')} read, but {counted(told['appearances'], 'appearances')}, "
            f"{counted(told['rejects'], 'rejects')} and {told['known']} known"
        )
    manifest = Manifest(
        run_id=plan.run_id,
        kind=change.kind,
        sequence=plan.sequence,
        started_at=plan.started_at,
        finished_at=datetime.now(UTC),
        pipeline_version=__version__,
        model_version=job.model_version,
        rules_version=rules_version(),
        inputs=inputs,
        offsets=plan.offsets,
        window=plan.window,
        files=[],
        replaces=change.replaces,
        counts=told,
        config=job.config.model_dump(mode="json"),
        seconds={"total": round(time.time() - job.began, 3), **_stages(Work(output, plan.run_id), job.began)},
    )
    taken_in = write_inputs(output, plan.run_id, inputs, bands)
    new = [*segments, *([taken_in] if taken_in is not None else [])]
    speakers = any(f.table == DOCUMENT_SPEAKERS.name and f.rows for f in change.files) or not state.files.get(PEOPLE.name)
    people = PeopleMaker(output, job.config) if speakers or aliases_changed(output, state, job.config) else None
    publish(output, manifest, change.files, people=people, index=partial(_indexed, output, plan.run_id, new, change.gone))


def _moments(work: Work, began: float) -> tuple[float, float, float]:
    """When the last input was read, the first lot begun and the last written, by the clocks of the workers."""
    from ..transforms.read import READ
    from ..transforms.write import WRITTEN

    written = list(work.receipts(WRITTEN))
    read = max((r["at"] for r in work.receipts(READ)), default=began)
    return read, min((r["done"]["since"] for r in written), default=read), max((r["at"] for r in written), default=read)


def _stages(work: Work, began: float) -> dict[str, float]:
    """The seconds that the stages of a run have taken, as its receipts tell."""
    read, first, last = _moments(work, began)
    taken = {"read": read - began, "decide": first - read, "extract": last - first}
    return {name: round(max(0.0, seconds), 3) for name, seconds in taken.items()}


def _indexed(output: Path, run_id: str, new: Sequence[IndexFile], gone: Sequence[str], state: State) -> list[IndexFile]:
    from ..store.index import without

    before = without(output, run_id, state.index or [], (), gone) if gone else list(state.index or ())
    return merged(output, run_id, [*before, *new])


def _without_known_rejects(
    output: Path, files: Sequence[PublishedFile], known: Known, run_id: str
) -> tuple[list[PublishedFile], int]:
    """The files without rejects that are known, and how many these were: errors of ours, met again."""
    out, left = list[PublishedFile](), 0
    for file in files:
        if file.table == REJECTS.name:
            ids = dataset_of(REJECTS.name, [output / file.path]).to_table(["reject_id"])["reject_id"].to_pylist()
            met = pa.array(sorted(known.rejected(ids)), pa.string())
            if len(met):
                path = part_path(REJECTS.name, file.day, run_id, len(files) + len(out))
                kept = merge_parts([output / file.path], REJECTS.name, output, path, LeaveOut("reject_id", met))
                left += file.rows - kept.rows
                file = kept
        out.append(file)
    return out, left


def remove_fetched(output: Path, uris: Sequence[str]) -> None:
    """Remove the archives of what was fetched, once the record holds what they held."""
    folder = output.resolve() / FETCHED
    remove_files(folder / Path(uri).name for uri in uris if uri.rpartition("/")[0] == str(folder))

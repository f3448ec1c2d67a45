"""One bounded run: plan, extract in micro-batches, reconcile the counts, publish."""

from __future__ import annotations

import functools
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schemas import SCHEMA_VERSION

from . import __version__
from .config import Config
from .engine import RunError, UsageError, run_graph
from .people import PeopleMaker, aliases_changed, publish_people
from .plan import Leave, Plan, make_plan, make_reading
from .sources.formats import FETCHED, Reading, is_feed
from .store.known import Known, without_known_rejects
from .store.lock import StoreDamaged, StoreError
from .store.manifest import STAGING, Input, Kind, Manifest
from .store.parts import Part
from .store.publish import open_store, publish
from .store.staging import Done, Staging, unfinished
from .store.state import read_state
from .summary import COUNTED, Summary, summarise

if TYPE_CHECKING:
    from .sources.fetch import Fetcher, Manners

STDIN = "-"
SIGNATURES = "_signatures"  # the folder of an output with what reprints are told by; made anew where it is missing
SMALL = 16 << 20  # bytes of input that are read faster than workers start

Progress = Callable[[Path, int], Any]  # given the folder of workers' notes and the number of input files
Told = Callable[[str], None]


def run(
    inputs: Sequence[str],
    output: Path,
    config: Config,
    progress: Progress | None = None,
    *,
    wait: bool = False,
    told: Told | None = None,
    leave: Leave | None = None,
    retire: Retire | None = None,
) -> Summary:
    """Read what is new in the inputs and publish its tables under ``output``.

    A run of the same inputs that was stopped is finished first, from the last batch that it had done.

    Args:
        inputs: files, folders, globs, remote URIs, or ``-`` for standard input.
        output: the output folder, made if missing.
        config: settings.
        progress: called with the folder of workers' notes; a context manager that is open while graphs run.
        wait: wait for another run on the same output to end.
        told: called with lines on what is waited for, gone on with or dropped.
        leave: tells input files that are left for a later run.
        retire: files are read too that earlier runs have taken; known articles stay as they are, and what this decides on
            rejects is published with the rest.

    Raises:
        UsageError: an input is missing, the output cannot be written, or the metadata cannot be used.
        RunError: a graph failed or its counts do not agree; nothing was published.
    """
    clock, again = time.monotonic(), retire is not None
    PeopleMaker(output, config)  # refuses aliases that cannot be used before any work is done
    try:
        with open_store(output, wait, told, make=True) as carried_out, _Stdin(output, inputs) as given:
            reading, metadata_sha256 = make_reading(config)
            given = _fetched(given, output, config, told)
            if not given:
                return Summary(None, str(output), seconds=time.monotonic() - clock)

            def plan_now() -> Plan:
                now = datetime.now(UTC)
                return make_plan(given, output, config, metadata_sha256, _Stdin.path_in(output), now, leave, again)

            plan = plan_now()
            finished = [summarise(output, m, 0, 0.0) for m in carried_out if m.kind == "run"]
            for staging in unfinished(output):
                earlier = _earlier_plan(staging)
                if earlier is not None and plan.goes_on_with(earlier):
                    if told is not None:
                        told(f"going on with run {earlier.run_id}, which was stopped")
                    finished.append(_Run(earlier, staging, config, reading, progress, retire).publish())
                    again = False  # what was to be read again has been
                    plan = plan_now()
                else:
                    drop_unfinished(staging, told)
            if plan.files:
                summary = _Run(_begun(plan, output), Staging(output, plan.run_id), config, reading, progress, retire).publish()
            else:
                if aliases_changed(output, config) and read_state(output).sequence:
                    publish_people(output, config, told)
                summary = Summary(None, str(output), left_out=plan.left_out)
            for taken in plan.files:
                if Path(taken.file.uri).parent == output.resolve() / FETCHED:
                    Path(taken.file.uri).unlink(missing_ok=True)  # published: the record holds what it held
            summary.finished, summary.left_for_later = finished, plan.left_for_later
            summary.seconds = time.monotonic() - clock
            return summary
    except StoreError as error:
        raise UsageError(str(error)) from None
    except StoreDamaged as error:
        raise RunError(str(error)) from None


def _fetched(given: Sequence[str], output: Path, config: Config, told: Told | None) -> list[str]:
    """The inputs with the archives of what is new in feeds in place of their addresses.

    Raises:
        UsageError: the inputs are said to be feeds, and one is no address.
    """
    feeds = [i for i in given if is_feed(i)]
    if config.format == "feed" and len(feeds) < len(given):
        other = next(i for i in given if not is_feed(i))
        raise UsageError(f"{other} is no address of a feed; with --format feed every input begins with http:// or https://")
    if not feeds:
        return list(given)
    from .sources.feeds import archives, fetch_feeds
    from .sources.fetch import Manners

    manners = Manners(frozenset(config.allow_hosts), config.pause, config.timeout)
    fetch_feeds(feeds, output, _fetcher(manners), told or (lambda line: None))
    return [*(i for i in given if not is_feed(i)), *(str(p.resolve()) for p in archives(output))]


@functools.cache
def _fetcher(manners: Manners) -> Fetcher:
    """One for each way to fetch: what it remembers of hosts outlives a round of ``watch``."""
    from .sources.fetch import Fetcher

    return Fetcher(manners)


def drop_unfinished(staging: Staging, told: Told | None) -> None:
    """Roll back a run that was stopped before it published anything."""
    if told is not None and staging.read_plan() is not None:
        told(f"run {staging.run_id} was stopped and is rolled back; nothing of it had been published")
    staging.drop()


class _Stdin:
    """Standard input as a file in staging, where a file can be read twice and by any worker."""

    def __init__(self, output: Path, inputs: Sequence[str]) -> None:
        self.inputs = list(inputs)
        self.path = self.path_in(output)

    @staticmethod
    def path_in(output: Path) -> Path:
        return output.resolve() / STAGING / ".stdin"

    def __enter__(self) -> list[str]:
        if STDIN in self.inputs:
            with open(self.path, "wb") as spool:
                shutil.copyfileobj(sys.stdin.buffer, spool)
        return [str(self.path) if i == STDIN else i for i in self.inputs]

    def __exit__(self, *_: object) -> None:
        self.path.unlink(missing_ok=True)


def _begun(plan: Plan, output: Path) -> Plan:
    """The plan, written down in a staging folder; standard input is kept with it."""
    staging = Staging(output, plan.run_id)
    staging.drop()
    staging.folder.mkdir(parents=True)
    for planned in plan.files:
        if planned.file.called:
            kept = staging.folder.resolve() / "stdin"
            os.replace(planned.file.uri, kept)
            planned.file = planned.file._replace(uri=str(kept))
    staging.write_plan(plan.model_dump_json())
    return plan


def _earlier_plan(staging: Staging) -> Plan | None:
    """The plan of a run that was stopped, without what can no longer be read as planned."""
    text = staging.read_plan()
    if text is None:
        return None
    try:
        plan = Plan.model_validate_json(text)
    except ValueError:
        return None  # of another version
    for planned in plan.files:
        if planned.file.called:
            planned.file = planned.file._replace(uri=str(staging.folder.resolve() / "stdin"))
    rounds = 0
    while staging.done(_spool_name(rounds)) is not None:
        rounds += 1
    return plan.without_changed_files(rounds)


def _spool_name(number: int) -> str:
    return f"spool-{number:05d}"


@dataclass(frozen=True)
class Change:
    """What a run publishes beside, or instead of, what it has extracted.

    Attributes:
        kind: of the run.
        parts: parts that stand for those that the run has made, by table.
        carried: parts with rows of earlier runs, by table and day.
        replaces: the files that these came from.
        counts: added to those of the run.
    """

    kind: Kind = "run"
    parts: dict[str, list[Part]] = field(default_factory=dict)
    carried: dict[tuple[str, str], list[Part]] = field(default_factory=dict)
    replaces: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


# given the staging folder, the inputs and the parts of a run that has extracted all
Retire = Callable[[Staging, Sequence[Input], Mapping[str, Sequence[Part]]], Change]


class _Run:
    """A run under way: rounds of input files, each read into spool files and extracted in batches of records."""

    def __init__(
        self,
        plan: Plan,
        staging: Staging,
        config: Config,
        reading: Reading,
        progress: Progress | None,
        retire: Retire | None = None,
    ) -> None:
        from .transforms import RunStamp

        self.plan = plan
        self.staging = staging
        self.config = config
        self.progress = progress
        self.retire = retire
        self.clock = time.monotonic()
        self.reading = reading
        self.stamp = RunStamp(plan.run_id, plan.started_at, config.model)
        self.state = read_state(staging.output)
        self.parts: dict[str, list[Part]] = {}
        self.counts = Counter(dict.fromkeys(COUNTED, 0))
        self.batches = 0

    def publish(self) -> Summary:
        """Do what is left to do and publish it all."""
        try:
            self._extract()
            manifest = self._publish()
        except BaseException as error:
            if self.staging.decided():
                self.staging.note_decided(error)
            elif self.batches:
                self.staging.clear("merged")  # the disk may be full
                error.add_note(f"{self.batches} batches of it are kept, and the same command goes on from there")
            else:
                self.staging.drop()  # nothing to go on from
            raise
        return summarise(self.staging.output, manifest, self.plan.left_out, time.monotonic() - self.clock)

    def _extract(self) -> None:
        notes = self.staging.fresh("progress")
        with self.progress(notes, len(self.plan.files)) if self.progress is not None else nullcontext():
            for number in sorted({f.round for f in self.plan.files}):
                spooled = self.staging.done(_spool_name(number)) or self._spool(number)
                self.counts["read"] += spooled.notes["read"]
                for names in spooled.notes["batches"]:
                    batch = self._batch(names, notes)
                    self.batches += 1
                    self.counts["known"] += batch.notes["known"]
                    for part in batch.parts:
                        self.counts[part.table] += part.rows
                        self.parts.setdefault(part.table, []).append(part)
                self.staging.clear(_spool_name(number))

    def _spool(self, number: int) -> Done:
        """Read a round of input files into spool files, and cut these into batches."""
        from .graph import build_spool, read_spools
        from .transforms import group_files
        from .transforms.read import SPOOL_ROWS

        files = [f for f in self.plan.files if f.round == number]
        sizes = [f.taken_as.size for f in files]
        work = group_files([f.file for f in files], sizes)
        folder = self.staging.fresh(_spool_name(number)).resolve()
        # reading little is done before workers have started
        config = self.config.model_copy(update={"workers": 1}) if sum(sizes) < SMALL else self.config
        rows = min(SPOOL_ROWS, self.config.micro_batch)
        counters = run_graph(lambda root: build_spool(root, work, folder, self.reading, self.stamp, rows), config)
        batches: list[list[str]] = []
        rows = self.config.micro_batch
        for spool in read_spools(folder):
            if rows >= self.config.micro_batch:
                batches.append([])
                rows = 0
            batches[-1].append(f"{folder.name}/{Path(spool.path).name}")
            rows += spool.rows
        return self.staging.finish(_spool_name(number), folder, [], {"read": counters["records_read"], "batches": batches})

    def _batch(self, names: Sequence[str], notes: Path) -> Done:
        """Extract a batch of records, unless it is done already."""
        from .graph import Sizes, build_extract, read_parts
        from .transforms.near import drop_stale

        name = f"batch-{self.batches:05d}"
        done = self.staging.done(name)
        if done is not None:
            return done
        folder = self.staging.fresh(name).resolve()
        place = self.staging.folder.resolve()
        spools = [str(place / n) for n in names]
        staged = {t: [place / p.name for p in ps] for t, ps in self.parts.items()}
        known = Known.of(self.staging.output.resolve(), self.state, staged, self.plan.again)
        sizes = Sizes(self.config.batch_documents, self.config.part_mb << 20)
        signatures = self.staging.output.resolve() / SIGNATURES
        drop_stale(signatures, known.documents)
        counters = run_graph(
            lambda root: build_extract(root, spools, folder, known, self.stamp, sizes, notes.resolve(), signatures), self.config
        )
        parts, skipped = read_parts(folder), counters["records_known"]
        if self.plan.again:
            parts, refused_again = without_known_rejects(folder, parts, known)
            skipped += refused_again
        return self.staging.finish(name, folder, parts, {"known": skipped})

    def _publish(self) -> Manifest:
        inputs = [f.taken_as for f in self.plan.files]
        change = Change() if self.retire is None else self.retire(self.staging, inputs, self.parts)
        self.parts |= change.parts
        counts = {n: self.counts[n] + change.counts.get(n, 0) for n in (*self.counts, *change.counts)}
        if counts["read"] != counts["appearances"] + counts["rejects"] + counts["known"]:
            raise RunError(
                f"{counts['read']} records read, but {counts['appearances']} appearances, {counts['rejects']} rejects and "
                f"{counts['known']} known ones; nothing was published"
            )
        now = datetime.now(UTC)
        manifest = Manifest(
            run_id=self.plan.run_id,
            kind=change.kind,
            sequence=self.plan.sequence,
            started_at=self.plan.started_at,
            finished_at=now,
            pipeline_version=__version__,
            model_version=self.stamp.model_version,
            schema_version=SCHEMA_VERSION,
            inputs=inputs,
            files=[],
            replaces=change.replaces,
            counts=counts,
            config=self.config.model_dump(mode="json"),
            seconds={"total": round(time.monotonic() - self.clock, 3)},
        )
        day = f"{self.plan.started_at:%Y-%m-%d}"
        staged = {(table, day): parts for table, parts in self.parts.items()}
        for place, carried in change.carried.items():
            staged[place] = [*staged.get(place, []), *carried]
        speakers = bool(self.parts.get("document_speakers")) or not self.state.files.get("people")
        speakers = speakers or aliases_changed(self.staging.output, self.config)
        people = PeopleMaker(self.staging.output, self.config) if speakers else None
        return publish(self.staging, staged, manifest, file_bytes=self.config.file_mb << 20, people=people)

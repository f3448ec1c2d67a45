"""A planned run carried through: rounds of files are spooled, batches of records extracted, counts reconciled, all published."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from .. import __version__
from ..reading.version import rules_version
from ..schemas import APPEARANCES, DOCUMENT_SPEAKERS, PEOPLE, REJECTS
from ..sources.formats import FETCHED, Reading
from ..store.known import Known, without_known_rejects
from ..store.manifest import SIGNATURES, Input, Kind, Manifest
from ..store.parts import Part, check_rows
from ..store.publish import publish
from ..store.staging import Beside, Done, Staging
from ..store.state import read_state
from .config import Config
from .engine import Engine, RunError
from .people import PeopleMaker, aliases_changed
from .plan import Plan
from .summary import COUNTED, Stages, Summary, summarise

SMALL = 8 << 20  # bytes of input that are read faster than a worker starts
SHARE_CHARS = 100_000  # of text that are extracted about as fast as a worker starts

Progress = Callable[[Path, int], Any]  # given the folder of workers' notes and the number of input files


def rounds_done(staging: Staging) -> int:
    """How many rounds of a stopped run need not be read again; what is torn in it, and all that came after, is undone."""
    rounds = batches = 0
    while (spooled := staging.done(_spool_name(rounds))) is not None:
        names = [_batch_name(batches + n) for n in range(len(spooled.notes["batches"]))]
        torn = [name for name in names if not staging.is_whole(name)]
        if torn and not staging.is_whole(_spool_name(rounds)):
            break
        for name in torn:  # its records are there still
            staging.undo(name)
        rounds, batches = rounds + 1, batches + len(names)
    else:
        return rounds
    for name in staging.noted():
        if name >= (_batch_name(batches) if name.startswith(_batch_name(0)[:6]) else _spool_name(rounds)):
            staging.undo(name)
    return rounds


def _spool_name(number: int) -> str:
    return f"spool-{number:05d}"


def _batch_name(number: int) -> str:
    return f"batch-{number:05d}"


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


class Ingestion:
    """A run under way: rounds of input files, each read into spool files and extracted in batches of records."""

    def __init__(
        self,
        plan: Plan,
        staging: Staging,
        config: Config,
        reading: Reading,
        engine: Engine,
        progress: Progress | None,
        retire: Retire | None = None,
    ) -> None:
        from ..transforms import RunStamp

        self.plan = plan
        self.staging = staging
        self.config = config
        self.engine = engine
        self.progress = progress
        self.retire = retire
        self.clock = time.monotonic()
        self.stages = Stages()
        self.reading = reading
        self.stamp = RunStamp(plan.run_id, plan.started_at, config.model)
        self.state = read_state(staging.output)
        self.parts: dict[str, list[Part]] = {}
        self.counts = Counter(dict.fromkeys(COUNTED, 0))
        self.skipped: Counter[str] = Counter()
        self.batches = 0
        self.matched: set[str] = set()  # keys of the metadata
        self.unread = {f.file.name for f in plan.files if f.file.refused}  # not taken: a later run tries them again

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
        summary = summarise(self.staging.output, manifest, self.plan.left_out, time.monotonic() - self.clock)
        summary.unmatched = sorted(set(self.reading.metadata) - self.matched)
        summary.unknown_columns = list(getattr(self.reading.metadata, "unknown", ()))
        summary.skipped = dict(self.skipped.most_common())
        summary.stages = self.stages.seconds  # that of publishing, too, which the manifest cannot tell
        return summary

    def _extract(self) -> None:
        notes = self.staging.fresh("progress")
        with self.progress(notes, len(self.plan.files)) if self.progress is not None else nullcontext():
            for number in sorted({f.round for f in self.plan.files}):
                spooled = self.staging.done(_spool_name(number)) or self._spool(number)
                taken = 0
                self.unread.update(spooled.notes["unread"])
                self.matched.update(spooled.notes.get("matched", ()))
                self.skipped.update(spooled.notes.get("skipped", {}))
                for names in spooled.notes["batches"]:
                    batch = self._batch(names, notes)
                    self.batches += 1
                    taken += batch.notes["taken"] - batch.notes["refused_again"]
                    for part in batch.parts:
                        self.counts[part.table] += part.rows
                        self.parts.setdefault(part.table, []).append(part)
                self.counts["read"] += spooled.notes["read"]
                self.counts["known"] += spooled.notes["read"] - taken
                self.staging.clear(_spool_name(number))

    def _spool(self, number: int) -> Done:
        """Read a round of input files into spool files, and cut these into batches."""
        from ..transforms import group_files
        from ..transforms.read import SPOOL_ROWS, skipped_in
        from ..transforms.refusals import matched_keys, unread_files
        from .graph import build_spool, read_spools

        files = [f for f in self.plan.files if f.round == number]
        sizes = {f.file.order: f.taken_as.size for f in files}
        work = group_files([f.file for f in files], list(sizes.values()))
        weights = [sum((f.end or sizes[f.order]) - f.start for f in item.files) for item in work]
        folder = self.staging.fresh(_spool_name(number)).resolve()
        most = self.config.micro_batch
        build = partial(build_spool, folder=folder, reading=self.reading, stamp=self.stamp, rows=min(SPOOL_ROWS, most))
        with self.stages.stage("read"):
            spools = read_spools(self.engine.run_shares(build, work, weights, SMALL, folder))
        batches: list[list[str]] = []
        rows = most
        for spool in spools:
            if rows >= most:
                batches.append([])
                rows = 0
            batches[-1].append(f"{folder.name}/{Path(spool.path).name}")
            rows += spool.rows
        unread = sorted(unread_files(s.path for s in spools))
        notes = {"read": sum(s.rows for s in spools), "batches": batches, "unread": unread, "skipped": skipped_in(folder)}
        if self.reading.metadata:
            matched = matched_keys((s.path for s in spools), [f.file for f in files], self.reading.metadata)
            notes["matched"] = sorted(matched)
        return self.staging.finish(_spool_name(number), folder, [], notes)

    def _batch(self, names: Sequence[str], notes: Path) -> Done:
        """Decide and extract a batch of records, unless it is done already."""
        from ..transforms.near import drop_stale
        from .graph import Sizes, build_decide, build_extract, read_decisions, read_parts

        name = _batch_name(self.batches)
        done = self.staging.done(name)
        if done is not None:
            return done
        folder = self.staging.fresh(name).resolve()
        place = self.staging.folder.resolve()
        spools = tuple(str(place / n) for n in names)
        staged = {t: [place / p.name for p in ps] for t, ps in self.parts.items()}
        known = Known.of(self.staging.output.resolve(), self.state, staged, self.plan.again)
        signatures = self.staging.output.resolve() / SIGNATURES
        drop_stale(signatures, known.documents)
        decided = self.staging.fresh(f"decided-{self.batches:05d}").resolve()
        decide = partial(build_decide, folder=decided, known=known, stamp=self.stamp, signatures=signatures)
        with self.stages.stage("decide"):
            decisions = read_decisions(self.engine.run_shares(decide, [spools], [1], 1, decided))
        parts: list[Part] = []
        if decisions:
            sizes = Sizes(self.config.batch_documents, self.config.part_mb << 20, self.config.article_seconds)
            extract = partial(build_extract, folder=folder, stamp=self.stamp, sizes=sizes, progress=notes.resolve())
            weights = [d.weight for d in decisions]
            with self.stages.stage("extract"):
                parts = read_parts(self.engine.run_shares(extract, decisions, weights, SHARE_CHARS, folder))
        check_rows(folder, parts)
        taken, written = sum(d.rows for d in decisions), Counter({APPEARANCES.name: 0})
        for part in parts:
            written[part.table] += part.rows
        if written[APPEARANCES.name] + written[REJECTS.name] != taken:
            raise RunError(
                f"{taken} records were to be written, but there are {written[APPEARANCES.name]} appearances and "
                f"{written[REJECTS.name]} rejects; nothing was published"
            )
        self.staging.clear(f"decided-{self.batches:05d}")
        skipped = 0
        if self.plan.again:
            parts, skipped = without_known_rejects(folder, parts, known)
        return self.staging.finish(name, folder, parts, {"taken": taken, "refused_again": skipped})

    def _publish(self) -> Manifest:
        inputs = [f.taken_as for f in self.plan.files if f.file.name not in self.unread]
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
            rules_version=rules_version(),
            inputs=inputs,
            files=[],
            replaces=change.replaces,
            counts=counts,
            config=self.config.model_dump(mode="json"),
            seconds={"total": round(time.monotonic() - self.clock, 3)} | self.stages.seconds,
        )
        day = f"{self.plan.started_at:%Y-%m-%d}"
        staged = {(table, day): parts for table, parts in self.parts.items()}
        for place, carried in change.carried.items():
            staged[place] = [*staged.get(place, []), *carried]
        speakers = bool(self.parts.get(DOCUMENT_SPEAKERS.name)) or not self.state.files.get(PEOPLE.name)
        speakers = speakers or aliases_changed(self.staging.output, self.config)
        people = PeopleMaker(self.staging.output, self.config) if speakers else None
        # what was fetched goes once the record holds what it held
        read = [f.file for f in self.plan.files if self._fetched(f.file.uri) and f.file.name not in self.unread]
        fetched = [f"{FETCHED}/{Path(file.uri).name}" for file in read]
        beside = Beside(remove=tuple(fetched))
        with self.stages.stage("publish"):
            return publish(self.staging, staged, manifest, file_bytes=self.config.file_mb << 20, people=people, beside=beside)

    def _fetched(self, uri: str) -> bool:
        return Path(uri).parent == self.staging.output.resolve() / FETCHED

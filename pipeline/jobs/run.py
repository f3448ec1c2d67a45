"""One bounded run: what was stopped is finished, feeds are fetched, what is new is planned and ingested."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..durable import make_folder, sync_file
from ..sources.formats import is_feed, of_addresses
from ..store.care.check import damage_told
from ..store.lock import StoreError
from ..store.manifest import STAGING, StoreDamaged
from ..store.publish import open_store
from ..store.staging import Staging, unfinished
from ..store.state import read_state
from .config import Config
from .engine import Engine, RunError, UsageError
from .ingest import Ingestion, Progress, Retire, rounds_done
from .people import PeopleMaker, aliases_changed, publish_people
from .plan import Leave, Plan, make_plan, make_reading
from .summary import Stages, Summary, summarise
from .takedown import finish_takedowns

if TYPE_CHECKING:
    from ..sources.web.feeds import Fetched
    from ..sources.web.fetch import Fetcher, Manners

STDIN = "-"

_NEVER = threading.Event()

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
    stop: threading.Event | None = None,
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
        stop: ends the run while feeds are fetched; what was fetched is read by the next one.
        retire: files are read too that earlier runs have taken; known articles stay as they are, and what this decides on
            rejects is published with the rest.

    Raises:
        UsageError: an input is missing, the output cannot be written, or the metadata cannot be used.
        RunError: a graph failed or its counts do not agree; nothing was published.
    """
    clock, again, stages = time.monotonic(), retire is not None, Stages()
    try:
        PeopleMaker(output, config)  # refuses aliases that cannot be used before any work is done
        with (
            damage_told(output, (UsageError,)),
            open_store(output, wait, told, make=True) as carried_out,
            _Stdin(output, inputs) as given,
            Engine(config) as engine,
        ):
            finish_takedowns(output, told)
            reading, metadata_sha256 = make_reading(config)
            with stages.stage("fetch") if any(map(is_feed, given)) else nullcontext():
                given, fetched = _fetched(given, output, config, told, stop)
            if not given:
                return Summary(None, str(output), seconds=time.monotonic() - clock, feeds=fetched, stages=stages.seconds)

            def plan_now() -> Plan:
                now = datetime.now(UTC)
                with stages.stage("plan"):
                    return make_plan(given, output, config, metadata_sha256, _Stdin.path_in(output), now, leave, again)

            plan = plan_now()
            finished = [summarise(output, m, 0, 0.0) for m in carried_out if m.kind == "run"]
            for staging in unfinished(output):
                earlier = _earlier_plan(staging)
                if earlier is not None and plan.goes_on_with(earlier):
                    if told is not None:
                        told(f"going on with run {earlier.run_id}, which was stopped")
                    finished.append(Ingestion(earlier, staging, config, reading, engine, progress, retire).publish())
                    again = False  # what was to be read again has been
                    plan = plan_now()
                else:
                    drop_unfinished(staging, told)
            if plan.files:
                staging = Staging(output, plan.run_id)
                begun = _begun(plan, output)
                summary = Ingestion(begun, staging, config, reading, engine, progress, retire).publish()
            else:
                if aliases_changed(output, config) and read_state(output).sequence:
                    publish_people(output, config, told)
                summary = Summary(None, str(output), left_out=plan.left_out)
            summary.finished, summary.left_for_later, summary.feeds = finished, plan.left_for_later, fetched
            summary.stages = stages.seconds | summary.stages
            summary.seconds = time.monotonic() - clock
            return summary
    except StoreError as error:
        raise UsageError(str(error)) from None
    except StoreDamaged as error:
        raise RunError(str(error)) from None


def _fetched(
    given: Sequence[str], output: Path, config: Config, told: Told | None, stop: threading.Event | None
) -> tuple[list[str], Fetched | None]:
    """The inputs with the archives of what is new in feeds in place of their addresses; none where the end was asked for.

    Raises:
        UsageError: the inputs are said to be feeds, and one is no address.
    """
    feeds = [i for i in given if is_feed(i)]
    if of_addresses(config.format) and len(feeds) < len(given):
        other = next(i for i in given if not is_feed(i))
        raise UsageError(
            f"{other} is no address of a feed; with --format {config.format} every input begins with http:// or https://"
        )
    if not feeds:
        return list(given), None
    from ..sources.web.feeds import archives, fetch_feeds

    fetched = fetch_feeds(feeds, output, fetcher_of(config, stop), told or (lambda line: None), config.feed_pages)
    if fetched.stopped:
        return [], fetched
    return [*(i for i in given if not is_feed(i)), *(str(p.resolve()) for p in archives(output))], fetched


def fetcher_of(config: Config, stop: threading.Event | None = None) -> Fetcher:
    """What fetches by these settings."""
    from ..sources.web.fetch import Manners

    return _fetcher(Manners(frozenset(config.allow_hosts), config.pause, config.timeout), stop or _NEVER)


@cache
def _fetcher(manners: Manners, stop: threading.Event) -> Fetcher:
    """One for each way to fetch: what it remembers of hosts outlives a round of ``watch``."""
    from ..sources.web.fetch import Fetcher

    return Fetcher(manners, stop)


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
    make_folder(staging.folder)
    for planned in plan.files:
        if planned.file.called:
            kept = staging.folder.resolve() / "stdin"
            sync_file(Path(planned.file.uri))
            os.replace(planned.file.uri, kept)  # its name lasts with the plan's, beside it
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
    return plan.without_changed_files(rounds_done(staging))

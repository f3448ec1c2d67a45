"""One bounded run: what was stopped is finished, feeds are fetched, what is new is planned and ingested."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..places import is_remote
from ..sources.formats import is_feed, of_addresses
from ..sources.kafka.address import is_topic
from ..storage import remove_files, whole_at
from ..store.care.check import damage_told
from ..store.known import Known
from ..store.lock import StoreError
from ..store.manifest import StoreDamaged, committed
from ..store.publish import GaveWay, open_store
from ..store.state import read_state
from ..store.work import WORK, Work, under_way
from ..transforms.topics import lag_of
from .config import Config
from .engine import RunError, UsageError
from .ingest import Progress, Retire, ingest, remove_fetched
from .people import aliases_changed, parse_aliases, publish_people, read_aliases, unmatched_aliases
from .plan import Leave, Plan, make_plan, make_reading
from .summary import Stages, Summary
from .takedown import finish_takedowns
from .upgrade import bring_over

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
        inputs: files, folders, globs, remote URIs, topics, or ``-`` for standard input.
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
    if config.aliases is not None:
        parse_aliases(read_aliases(config.aliases), str(config.aliases))  # refused before any work is done
    try:
        with (
            damage_told(output, (UsageError, GaveWay)),
            open_store(output, wait, told, make=True),
            _Stdin(output, inputs) as given,
        ):
            finish_takedowns(output, told)
            bring_over(output, config, told)
            reading, metadata_sha256 = make_reading(config)
            with stages.stage("fetch") if any(map(is_feed, given.inputs)) else nullcontext():
                taken, fetched = _fetched(given.inputs, output, config, told, stop)
            if not taken:
                return Summary(None, str(output), seconds=time.monotonic() - clock, feeds=fetched, stages=stages.seconds)

            def plan_now(until: Mapping[str, int] | None = None) -> Plan:
                now, state = datetime.now(UTC), read_state(output)
                with stages.stage("plan"):
                    return make_plan(taken, output, state, config, metadata_sha256, given.path, now, leave, again, until)

            plan = plan_now()
            finished: list[Summary] = []
            for work in under_way(output):
                earlier = _earlier_plan(work)
                if committed(output, work.run_id) is not None:
                    work.drop_all()  # also what it had written on the way
                elif earlier is not None and plan.goes_on_with(earlier):
                    if told is not None:
                        told(f"going on with run {earlier.run_id}, which was stopped")
                    left = earlier.without_changed_files()
                    finished.append(ingest(left, output, config, reading, read_state(output), progress, retire, True))
                    again = False  # what was to be read again has been
                    plan = plan_now()
                else:
                    drop_unfinished(work, told)
            done: list[Summary] = []
            while plan.files:
                if told is not None:
                    for line in plan.told:
                        told(line)
                Work(output, plan.run_id).write_plan(plan.model_dump_json())
                done.append(ingest(plan, output, config, reading, read_state(output), progress, retire))
                if not plan.waiting or (stop is not None and stop.is_set()):
                    break
                plan = plan_now(plan.ends)  # topics hold more than one run takes
            if done:
                *before, summary = done
                finished += before
                summary.left_out = plan.left_out
                summary.lag = lag_of(list(filter(is_topic, taken)), read_state(output).offsets, config.kafka)
            else:
                state = read_state(output)
                if state.sequence and aliases_changed(output, state, config):
                    publish_people(output, config, told)
                summary = Summary(None, str(output), left_out=plan.left_out, lag=plan.waiting if plan.ends else None)
            summary.finished, summary.left_for_later, summary.feeds = finished, plan.left_for_later, fetched
            summary.unmatched_aliases = unmatched_aliases(output, config)
            summary.stages = stages.seconds | summary.stages
            summary.seconds = time.monotonic() - clock
            return summary
    except StoreError as error:
        raise UsageError(str(error)) from None
    except (GaveWay, StoreDamaged) as error:
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
    known = {i.uri for i in Known.of(output, read_state(output)).inputs(str(p.resolve()) for p in archives(output))}
    remove_fetched(output, sorted(known))  # what a run that was stopped at its very end has left
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


def drop_unfinished(work: Work, told: Told | None) -> None:
    """Roll back a run that was stopped before it published anything; not where it may be under way on another machine."""
    if is_remote(work.output):
        return
    if told is not None and work.read_plan() is not None:
        told(f"run {work.run_id} was stopped and is rolled back; nothing of it had been published")
    work.drop_all()


class _Stdin:
    """Standard input as a file of the record, where it can be read twice and by any worker; named by what it holds."""

    def __init__(self, output: Path, inputs: Sequence[str]) -> None:
        self.folder = output.resolve() / WORK / ".stdin"
        self.inputs = list(inputs)
        self.path: str | None = None

    def __enter__(self) -> _Stdin:
        if STDIN in self.inputs:
            with tempfile.TemporaryFile() as held:
                digest = hashlib.sha256()
                while chunk := sys.stdin.buffer.read(1 << 20):
                    held.write(chunk)
                    digest.update(chunk)
                held.seek(0)
                place = self.folder / digest.hexdigest()
                with whole_at(place) as spool:
                    shutil.copyfileobj(held, spool)
            self.path = str(place)
            self.inputs = [self.path if i == STDIN else i for i in self.inputs]
        return self

    def __exit__(self, *_: object) -> None:
        if self.path is not None:
            remove_files([self.folder / self.path.rpartition("/")[2]])


def _earlier_plan(work: Work) -> Plan | None:
    """The plan of a run that was stopped."""
    text = work.read_plan()
    if text is None:
        return None
    try:
        plan = Plan.model_validate_json(text)
        return plan if plan.window is None else None  # a stream's own, which is planned anew
    except ValueError:
        return None  # of another version, or of another kind

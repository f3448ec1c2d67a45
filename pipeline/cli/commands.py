"""What each command does that works on an output folder: from parsed flags to an exit status, errors said in one line."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ..diagnostics import is_quiet
from ..printable import counted, one_line
from . import correcting, exporting, finding, forgetting, handing, serving, streaming, views
from .ending import (
    FAILED,
    OK,
    REJECTED,
    break_off,
    fail,
    heard,
    say_done,
)
from .working import READING, at_work, keep, measured, working

if TYPE_CHECKING:
    from ..jobs.summary import Summary
    from ..jobs.watch import Round
    from ..store.manifest import Manifest


def _run(args: argparse.Namespace) -> int:
    from ..jobs.run import run
    from .terminal import summary_text

    with measured(args) as count:
        with working(args, args.output, *READING) as (config, tell, progress):
            summary = run(args.inputs, args.output, config, progress, wait=args.wait, told=tell)
        count(summary)
    if args.json:
        say_done(json.dumps(dataclasses.asdict(summary)), asked=True)
    else:
        every = [*summary.finished, *([summary] if summary.run_id is not None or not summary.finished else [])]
        say_done("\n".join(summary_text(s) for s in every))
    if summary.reject_ratio > config.max_reject_ratio:
        share = f"{summary.reject_ratio:.1%} of the records were rejected"
        return fail(f"{share}; max_reject_ratio is {config.max_reject_ratio:g} (see the table rejects)", REJECTED)
    _tell_unread(summary)
    return REJECTED if summary.feeds is not None and summary.feeds.unread else OK


def _tell_unread(summary: Summary) -> None:
    """Say which feeds could not be read where that, told when it was met, was not heard."""
    if is_quiet() and summary.feeds is not None:
        for feed, why in summary.feeds.unread.items():
            heard(f"feed {feed}: {why}")


def _watch(args: argparse.Namespace) -> int:
    from ..jobs.stop import Stop

    stop = Stop(lambda: break_off("interrupted; the next command goes on from what is done"))
    from ..jobs.run import STDIN
    from ..jobs.watch import watch

    def report(done: Round) -> None:
        count(done.summary if done.error is None else None)
        if args.json:
            say_done(_round_json(done), asked=True)
        elif done.error is None or not is_quiet():
            say_done(one_line(_round_line(done)))
        else:
            heard(_round_line(done))
        _tell_unread(done.summary)

    if STDIN in args.inputs:
        return fail("watch reads files and folders; for standard input use 'onrecord run -'")
    with measured(args) as count, working(args, args.output, *READING) as (config, tell, _):
        watch(args.inputs, args.output, config, args.every, stop.event, report, settle=args.settle, told=tell)
    return OK


def _round_line(done: Round) -> str:
    at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} round {done.number}:"
    if done.error is not None:
        return f"{at} failed: {done.error}"
    every = [s for s in (*done.summary.finished, done.summary) if s.run_id is not None]
    kinds = ("documents", "quotes", "figures", "rejects")
    told = [", ".join(counted(sum(s.counts[kind] for s in every), kind) for kind in kinds) if every else "nothing new"]
    if done.nothing_there is not None:
        told = [done.nothing_there]
    if done.summary.left_for_later:
        told.append(f"{counted(done.summary.left_for_later, 'files')} still being written")
    if done.summary.lag:
        told.append(f"{counted(done.summary.lag, 'records')} waiting")
    if done.summary.feeds is not None and done.summary.feeds.unread:
        told.append(f"{counted(len(done.summary.feeds.unread), 'feeds')} could not be read")
    return f"{at} {'; '.join(told)} ({done.summary.seconds:.1f} s)"


def _round_json(done: Round) -> str:
    row = {"round": done.number, "at": datetime.now(UTC).isoformat(timespec="seconds"), "error": done.error}
    row["nothing_there"] = done.nothing_there
    return json.dumps(row | dataclasses.asdict(done.summary))


def _verify(args: argparse.Namespace) -> int:
    from ..jobs.engine import UsageError
    from ..store.care.verify import count_rows, unfinished_runs, verify
    from ..store.manifest import RUNS, StoreDamaged
    from ..store.state import read_state

    with at_work(args.folder):
        if not (args.folder / RUNS).is_dir():
            raise UsageError(f"{args.folder} holds no finished run; 'onrecord run INPUT --output {args.folder}' makes one")
        problems = []
        for problem in verify(args.folder, args.deep):
            problems.append(problem)
            if not args.json and not say_done(one_line(problem), asked=True):
                return FAILED
        waiting = unfinished_runs(args.folder)
        try:
            rows = count_rows(read_state(args.folder))
        except StoreDamaged:
            rows = {}  # what cannot be read is among the problems
    if args.json:
        say_done(json.dumps({"problems": problems, "rows": rows, "unfinished": waiting}), asked=True)
    else:
        held = ", ".join(counted(n, table) for table, n in rows.items())
        found = counted(len(problems), "problems") if problems else "all is well"
        say_done(one_line(f"{args.folder}: {found}; {held}"))
        for run_id in waiting:
            say_done(one_line(f"run {run_id} is under way or was stopped; the next command on {args.folder} takes care of it"))
    return FAILED if problems else OK


def _compact(args: argparse.Namespace) -> int:
    from ..jobs.upkeep import compact

    def told(manifest: Manifest) -> str:
        counts = manifest.counts
        return f"{counted(counts['files_before'], 'files')} merged into {counts['files_after']:,} (run {manifest.run_id})"

    grace = timedelta(seconds=args.grace)
    return keep(
        args,
        lambda config, tell, _: compact(args.folder, config, grace, wait=args.wait, told=tell),
        told,
        "Nothing to merge: no two files of a table and day are small.",
    )


def _vacuum(args: argparse.Namespace) -> int:
    from ..jobs.upkeep import vacuum

    with working(args, args.folder) as (_, tell, _):
        done = vacuum(args.folder, timedelta(seconds=args.older), args.dry_run, wait=args.wait, told=tell)
    if args.json:
        say_done(json.dumps(dataclasses.asdict(done)), asked=True)
    else:
        what = "would be removed" if args.dry_run else "removed"
        say_done(f"{counted(done.files, 'files')} that no run has published {what} ({counted(done.bytes, 'bytes')})")
    return OK


def _upgrade(args: argparse.Namespace) -> int:
    from ..jobs.upkeep import upgrade

    return keep(
        args,
        lambda config, tell, _: upgrade(args.folder, config, wait=args.wait, told=tell),
        lambda manifest: f"The record was brought over (run {manifest.run_id}); nothing in its tables has changed.",
        "Nothing to do: the record is of this version.",
    )


def _reprocess(args: argparse.Namespace) -> int:
    from ..jobs.upkeep import reprocess

    def told(manifest: Manifest) -> str:
        counts = manifest.counts
        failed = f"; {counts['failed']:,} failed and kept as before" if counts["failed"] else ""
        rows = f"{counted(counts['quotes'], 'quotes')}, {counted(counts['figures'], 'figures')}"
        return f"{counted(counts['read_again'], 'documents')} read again: {rows}{failed} (run {manifest.run_id})"

    status = keep(
        args,
        lambda config, tell, progress: reprocess(args.folder, config, args.since, args.all, progress, wait=args.wait, told=tell),
        told,
        "Nothing to read again: today's model and rules have read every article (--all reads them anyway).",
    )
    for line in [] if args.json else correcting.unmatched_lines(args.folder):
        say_done(one_line(f"correction without a row: {line}"))
    return status


def _repair(args: argparse.Namespace) -> int:
    from ..jobs.repair import repair, would_repair

    if args.dry_run:
        with at_work(args.folder):
            left, healed = would_repair(args.folder), []
    else:
        with working(args, args.folder, "workers") as (config, _, progress):
            done = repair(args.folder, config, progress, wait=args.wait)
        left, healed = done.left, done.healed
    if args.json:
        say_done(json.dumps({"healed": healed, "left": left}), asked=True)
        return FAILED if left else OK
    for line in healed:
        say_done(one_line(line))
    for line in left:
        say_done(one_line(line if args.dry_run else f"cannot be healed: {line}"), asked=True)
    if not left and not healed:
        say_done(one_line(f"{args.folder}: nothing to repair"))
    return FAILED if left else OK


def _retry_rejects(args: argparse.Namespace) -> int:
    from ..jobs.retry import retry_rejects

    with working(args, args.folder, "format", "metadata", "workers") as (config, tell, progress):
        done = retry_rejects(args.folder, config, progress, wait=args.wait, told=tell)
    if args.json:
        say_done(json.dumps(dataclasses.asdict(done)), asked=True)
    else:
        taken = f"{counted(done.retired, 'rejects')} {'is an article' if done.retired == 1 else 'are articles'} now"
        told = [f"{taken}, {done.refused_again:,} {'was' if done.refused_again == 1 else 'were'} refused again"]
        if done.out_of_reach:
            where = "their files are gone or changed, are links elsewhere, or were standard input"
            told.append(f"{done.out_of_reach:,} out of reach ({where})")
        say_done("; ".join(told))
    return OK


def spare_memory() -> None:
    """Let Arrow take memory from the system, here and in workers; before Arrow is loaded.

    Its own pool keeps what it has freed: merging files cost 90 MiB that way, and 20 MiB this way.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "run": _run,
    "watch": _watch,
    "stream": streaming.stream,
    "verify": _verify,
    "compact": _compact,
    "repair": _repair,
    "vacuum": _vacuum,
    "upgrade": _upgrade,
    "reprocess": _reprocess,
    "retry-rejects": _retry_rejects,
    "forget": forgetting.forget,
    "annotate": handing.annotate,
    "sample": handing.sample,
    "correct": correcting.correct,
    "gold": correcting.gold,
    "show": views.show,
    "report": views.report,
    "export": exporting.export,
    "find": finding.find,
    "serve": serving.serve,
    "evaluate": views.evaluate,
    "schema": views.schema,
}

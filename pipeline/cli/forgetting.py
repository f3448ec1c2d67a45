"""What ``onrecord forget`` does: an article leaves the record, or what would leave it is told."""

from __future__ import annotations

import argparse
import dataclasses
import json
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from ..printable import counted, printable
from .ending import FAILED, OK, Ended, agreed, at_a_terminal, fail, say
from .working import at_work, keep

if TYPE_CHECKING:
    from ..store.manifest import Manifest


def forget(args: argparse.Namespace) -> int:
    """Take an article down; on a terminal, what would go is told, and asked about, before."""
    if args.dry_run:
        return _would_forget(args)
    if at_a_terminal() and not (args.yes or args.json):
        with suppress(Ended):  # not there, or forgotten already: what comes next says so
            _would_forget(args)
            if not agreed("It cannot be brought back. Forget it?"):
                return fail("nothing was forgotten", FAILED)
    from ..jobs import upkeep
    from ..serve.index import drop

    def told(manifest: Manifest) -> str:
        rows = ", ".join(counted(n, table) for table, n in manifest.counts.items())
        return f"Forgotten: {rows} (run {manifest.run_id})"

    grace = timedelta(seconds=args.grace)
    status = keep(
        args, lambda config, tell, _: upkeep.forget(args.folder, args.uri, config, grace, wait=args.wait, told=tell), told, ""
    )
    drop(args.folder)
    return status


def _would_forget(args: argparse.Namespace) -> int:
    """Say what ``forget`` would take away, and change nothing."""
    from ..jobs.takedown import would_go

    with at_work(args.folder):
        found = would_go(args.folder, args.uri)
    if args.json:
        say(json.dumps(dataclasses.asdict(found)))
        return OK
    rows = ", ".join(counted(n, table) for table, n in found.rows.items())
    of = f"{counted(found.versions, 'versions')} of {counted(found.articles, 'articles')}"
    say(f"Would forget: {rows}; {of}, {counted(found.files, 'files')} written anew")
    for title, names in (("Speakers of no other article", found.speakers), ("Input files of nothing else", found.paths)):
        if names:
            say(f"{title}: {', '.join(map(printable, names))}")
    return OK

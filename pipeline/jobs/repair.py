"""Repairing an output folder: what can be healed is, what cannot is said."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from .. import __version__
from ..places import is_remote
from ..printable import counted
from ..schemas import DOCUMENTS
from ..sources.nearness import bands, signature
from ..store.care import repair as store
from ..store.care.check import manifest_problems
from ..store.care.verify import day_problems, verify
from ..store.lock import StoreError, locked
from ..store.manifest import RUNS
from ..store.state import read_state
from .config import Config
from .engine import RunError, UsageError
from .ingest import Progress
from .people import PeopleMaker
from .reprocess import EXTRACTED
from .upkeep import begin, reprocess

Told = Callable[[str], None]


@dataclass
class Repaired:
    """What a repair did, a line each, and what is wrong still."""

    healed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def repair(
    output: Path, config: Config, progress: Progress | None = None, *, wait: bool = False, told: Told | None = None
) -> Repaired:
    """Heal an output folder, as far as it can be.

    Manifests are mended first; then damaged files are taken out, with what depended on them, in one transaction; then the
    articles whose rows are missing are read again, in another. Killed anywhere, the same command goes on.

    Args:
        output: an output folder.
        config: settings.
        progress: as for ``run``.
        wait: wait for another run on the same output to end.
        told: called with each line as it is known.

    Raises:
        UsageError: the folder is no output folder, or another run is writing to it.
        RunError: a graph failed.
    """
    _check(output)
    done, aside = Repaired(), store.Aside.of(output)

    def healed(line: str) -> None:
        done.healed.append(line)
        if told is not None:
            told(line)

    try:
        with nullcontext() if is_remote(output) else locked(output, wait, told):
            store.mend_manifests(output, aside, healed, __version__)
            store.mend_kept(output, aside, healed)
            store.mend_delta(output, aside, healed)
    except StoreError as error:
        raise UsageError(str(error)) from None
    days: set[str] = set()
    with begin(output, "repair", wait, told, mend=False) as base:
        broken = store.broken_files(output, read_state(output))
        if broken:
            for file, problem in broken.items():
                if (output / file.path).is_file():
                    aside.put(output / file.path, copy=True)
                days |= {file.day} if file.table in EXTRACTED else set()
                healed(f"{problem}; taken out")
            manifest = store.take_out(output, base, broken, PeopleMaker(output, config, lost=True), signature, bands)
            if manifest.reread:
                again = f"{counted(len(manifest.reread), 'inputs')} {'is' if len(manifest.reread) == 1 else 'are'} new again"
                healed(f"{again}: the next run over what was read brings back what was lost")
                gone = [uri for uri in manifest.reread if "://" not in uri and not os.path.exists(uri)]
                if gone:
                    done.left.append(f"{len(gone):,} of them gone, such as {gone[0]}: what was in there is lost")
    with begin(output, "repair", wait, told, mend=False) as base:
        people = PeopleMaker(output, config, lost=True)
        store.mend_derived(output, base, people, signature, bands, healed)
    _read_again(output, config, days, done, healed, progress, wait, told)
    with begin(output, "repair", wait, told):
        store.mend_beside(output, aside, healed)
    done.left += verify(output, deep=True)
    return done


def _read_again(
    output: Path,
    config: Config,
    days: set[str],
    done: Repaired,
    healed: Told,
    progress: Progress | None,
    wait: bool,
    told: Told | None,
) -> None:
    """Read the articles again of the days, and of those whose rows are not those that their texts give."""
    state = read_state(output)
    for day in sorted({f.day for f in state.files.get(DOCUMENTS.name, []) if f.rows}):
        if day in days or next(day_problems(output, state, day), None) is not None:
            days.add(day)
    if days and state.excerpts_only:
        done.left.append("the record is a sample without texts: its articles cannot be read again; draw it anew")
    elif days:
        try:
            again = reprocess(output, config, every=True, days=frozenset(days), progress=progress, wait=wait, told=told)
        except RunError as error:
            done.left.append(str(error))
        else:
            if again is not None:
                told_of = counted(again.counts["read_again"], "articles")
                healed(f"{told_of} read again, whose rows were missing (with today's version)")


def would_repair(output: Path) -> list[str]:
    """What is wrong with an output folder; nothing is changed.

    Raises:
        UsageError: the folder is no output folder.
    """
    _check(output)
    if not (output / RUNS).is_dir():
        return [f"{RUNS}: missing"]
    return list(verify(output, deep=True)) or [problem for _, problem in manifest_problems(output)]


def _check(output: Path) -> None:
    if not any((output / name).exists() for name in (RUNS, DOCUMENTS.name)):
        raise UsageError(f"{output} holds no finished run; give the folder that 'onrecord run' wrote to")

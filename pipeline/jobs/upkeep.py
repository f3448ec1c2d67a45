"""Keeping an output folder: compact, reprocess, forget, vacuum, upgrade. What changes tables is a run with a manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__
from ..corrections.asked import CorrectionError, Wanted
from ..reading import BUNDLED, model_version
from ..reading.version import rules_version
from ..schemas.ids import hash_id
from ..store.care import compact as compaction
from ..store.care.check import damage_told
from ..store.care.vacuum import GRACE, Vacuumed
from ..store.care.vacuum import vacuum as remove_unnamed
from ..store.lock import StoreError
from ..store.manifest import Kind, Manifest, StoreDamaged, committed, read_manifests
from ..store.publish import GaveWay, open_store
from ..store.state import read_state
from ..store.work import under_way
from . import takedown
from .config import Config
from .engine import RunError, UsageError
from .ingest import Progress
from .people import PeopleMaker
from .run import Told, drop_unfinished
from .upgrade import bring_over

if TYPE_CHECKING:
    from ..store.corrected.commit import Made


def compact(output: Path, config: Config, grace: timedelta, *, wait: bool = False, told: Told | None = None) -> Manifest | None:
    """Merge the small files of each table and day up to ``config.file_mb``; None if there was nothing to merge.

    Raises:
        UsageError: the folder is no output folder, or another run is writing to it.
    """
    with begin(output, "compact", wait, told) as base:
        return compaction.compact(output, base, config.file_mb << 20, grace)


def forget(output: Path, uri: str, config: Config, grace: timedelta, *, wait: bool = False, told: Told | None = None) -> Manifest:
    """Remove the article that was read from a uri or has it as its address, everywhere, and keep it out.

    Stopped under way, it is finished by the next command on the folder, whichever that is.

    Args:
        output: the output folder.
        uri: ``documents.uri``, ``documents.url`` in any form, or a local path.
        config: settings (sizes).
        grace: how long files with the article stay on disk.
        wait: wait for another run on the same output to end.
        told: called with lines on what is waited for or rolled back.

    Raises:
        UsageError: there is no such article, the folder is no output folder, or another run is writing to it.
    """
    with begin(output, "forget", wait, told) as base:
        return takedown.forget(output, uri, base, config, grace)


def reprocess(
    output: Path,
    config: Config,
    since: date | None = None,
    every: bool = False,
    progress: Progress | None = None,
    *,
    days: frozenset[str] | None = None,
    wait: bool = False,
    told: Told | None = None,
) -> Manifest | None:
    """Read known articles again with today's model and rules and replace their rows; None if there was nothing to do.

    Args:
        output: the output folder.
        config: settings.
        since: only articles ingested on or after this day.
        every: also articles that today's model and rules have read already.
        progress: as for ``run``.
        days: only articles ingested on one of these days (YYYY-MM-DD).
        wait: wait for another run on the same output to end.
        told: called with lines on what is waited for, rolled back or out of date.

    Raises:
        UsageError: the folder is no output folder, or another run is writing to it.
        RunError: a graph failed; nothing was changed.
    """
    from .reprocess import Reprocessing, reprocess_id
    from .reprocess import reprocess as read_again

    job = Reprocessing(output, config, since, every, days)
    with begin(output, "reprocess", wait, told, lambda base: reprocess_id(job, base.sequence), config.model) as base:
        if read_state(output).excerpts_only:
            raise UsageError(f"{output} is a sample without texts: its articles cannot be read again")
        return read_again(job, base, progress, told or (lambda line: None))


def correct(output: Path, wanted: Sequence[Wanted], config: Config, *, wait: bool = False, told: Told | None = None) -> Made:
    """Publish what a person has corrected: all of it, or nothing.

    Args:
        output: the output folder.
        wanted: what is asked, in the order in which it counts.
        config: settings.
        wait: wait for another run on the same output to end.
        told: called with lines on what is waited for or rolled back.

    Raises:
        UsageError: it cannot be done, the folder is no output folder, or another run is writing to it.
    """
    from ..store.corrected import commit

    with begin(output, "correct", wait, told) as base, _as_usage():
        return commit.correct(output, base, wanted, lambda: PeopleMaker(output, config))


def undo(output: Path, given: str, by: str, config: Config, *, wait: bool = False, told: Told | None = None) -> Made:
    """Take a correction back, or all of a quote or figure, by its id or the first characters of it.

    Raises:
        UsageError: there is none, the folder is no output folder, or another run is writing to it.
    """
    from ..store.corrected import commit

    with begin(output, "correct", wait, told) as base, _as_usage():
        return commit.undo(output, base, given, by, lambda: PeopleMaker(output, config))


@contextmanager
def _as_usage() -> Iterator[None]:
    try:
        yield
    except CorrectionError as error:
        raise UsageError(str(error)) from None


def vacuum(
    output: Path, older: timedelta = GRACE, dry_run: bool = False, *, wait: bool = False, told: Told | None = None
) -> Vacuumed:
    """Remove files that no manifest names and that are older than a while: of runs that were killed, or gave way.

    Raises:
        UsageError: the folder is no output folder, or another run is writing to it.
    """
    with begin(output, "compact", wait, told):
        return remove_unnamed(output, older, dry_run)


def upgrade(output: Path, config: Config, *, wait: bool = False, told: Told | None = None) -> Manifest | None:
    """Bring a record of an earlier version over, in one transaction; None if there was nothing to do.

    Raises:
        UsageError: the folder is no output folder, or another run is writing to it.
    """
    before = read_state(output).sequence
    with begin(output, "upgrade", wait, told):
        after = read_state(output)
        return None if after.sequence == before else next(m for m in read_manifests(output, before) if m.kind == "upgrade")


@contextmanager
def begin(
    output: Path,
    kind: Kind,
    wait: bool,
    told: Told | None,
    goes_on: Callable[[Manifest], str] | None = None,
    model: str = BUNDLED,
    mend: bool = True,
) -> Iterator[Manifest]:
    """Open the folder; yields the manifest of the run to come. What a stopped run has kept stays if it goes on."""
    try:
        with damage_told(output, (UsageError, GaveWay)), open_store(output, wait, told):
            takedown.finish_takedowns(output, told)
            if mend:
                bring_over(output, Config.model_validate({}), told)
            now = datetime.now(UTC)
            sequence = 1 + read_state(output).sequence
            base = Manifest(
                run_id=f"{sequence:06d}-{hash_id(kind, sequence, now)[:12]}",
                kind=kind,
                sequence=sequence,
                started_at=now,
                finished_at=now,
                pipeline_version=__version__,
                model_version=model_version(model),
                rules_version=rules_version(),
                files=[],
                replaces=[],
                counts={},
            )
            if goes_on is not None:
                base = base.model_copy(update={"run_id": goes_on(base)})
            for work in under_way(output):
                if committed(output, work.run_id) is not None:
                    work.drop_all()
                elif goes_on is None or work.run_id != base.run_id:
                    drop_unfinished(work, told)
            yield base
    except StoreError as error:
        raise UsageError(str(error)) from None
    except (GaveWay, StoreDamaged) as error:
        raise RunError(str(error)) from None

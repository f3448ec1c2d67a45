"""What commands that work on an output folder have in common: settings from flags, errors in one line, progress, metrics."""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..diagnostics import is_quiet
from .ending import FAILED, NOTHING, OK, USAGE, Ended, check_folder, heard, heard_by, noted, say_done

if TYPE_CHECKING:
    from ..jobs.config import Config
    from ..jobs.ingest import Progress
    from ..jobs.run import Told
    from ..jobs.summary import Summary
    from ..store.manifest import Manifest
    from .metrics import Metrics

READING = ("format", "metadata", "aliases", "all", "workers", "runner")  # flags of commands that read articles


@contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Work on an output folder: errors become exit statuses."""
    from ..jobs.config import ConfigError
    from ..jobs.engine import RunError, UsageError
    from ..store.care.check import damage_told
    from ..store.manifest import NewerRecord, StoreDamaged

    check_folder(folder)
    try:
        with damage_told(folder, (ConfigError, UsageError)):
            yield
    except (ConfigError, UsageError, NewerRecord) as error:
        raise Ended(str(error), USAGE) from error
    except (RunError, StoreDamaged) as error:
        raise Ended(noted(str(error), error), FAILED) from error
    except OSError as error:
        message = f"{error.strerror or error}: {error.filename or folder}; {NOTHING}"
        raise Ended(noted(message, error), FAILED) from error


def _config(args: argparse.Namespace, *keys: str) -> Config:
    from ..jobs.config import load_config

    overrides: dict[str, Any] = {k: getattr(args, k) for k in keys}
    return load_config(args.config, overrides)


@contextmanager
def working(args: argparse.Namespace, folder: Path, *keys: str) -> Iterator[tuple[Config, Told, Progress]]:
    """As ``at_work``, by Beam: the config, what tells a line, and what shows progress; the workers' own noise is kept out."""
    from .terminal import ShowProgress, hushed, tell

    with at_work(folder):
        config = _config(args, *keys)
        with hushed(args.verbosity) as console, heard_by(lambda line: tell(console, line, logging.ERROR)):
            yield (
                config,
                lambda line: tell(console, line),
                lambda notes, files: nullcontext() if is_quiet() else ShowProgress(notes, files, console),
            )


class Counts:
    """What the metrics are told, if they are asked for: one that cannot be written is told, and stops nothing."""

    def __init__(self, metrics: Metrics | None) -> None:
        self._metrics = metrics

    def __call__(self, summary: Summary | None) -> None:
        """Count a run; with None, one that has failed."""
        if self._metrics is not None:
            with self._told(self._metrics):
                self._metrics.count(summary)

    def lag(self, records: int) -> None:
        """Tell how many records of topics wait."""
        if self._metrics is not None:
            with self._told(self._metrics):
                self._metrics.lag(records)

    @contextmanager
    def _told(self, metrics: Metrics) -> Iterator[None]:
        try:
            yield
        except OSError as error:  # what was published is published
            heard(f"--metrics {metrics.path}: {error.strerror or error}; the metrics were not written")


@contextmanager
def measured(args: argparse.Namespace) -> Iterator[Counts]:
    """What counts a run in the metrics, if these are asked for, or with None one that failed; so is the command counted."""
    if args.metrics is None:
        yield Counts(None)
        return
    from .metrics import Metrics

    try:
        count = Counts(Metrics(args.metrics))
    except OSError as error:
        raise Ended(f"--metrics {args.metrics}: {error.strerror or error}", USAGE) from None
    try:
        yield count
    except BaseException as error:  # also an interrupt: whoever stops a run that takes too long wants to see it here
        if not isinstance(error, Ended) or error.status == FAILED:
            count(None)
        raise


def keep(args: argparse.Namespace, work: Callable[..., Manifest | None], told: Callable[[Manifest], str], nothing: str) -> int:
    """Run a command that keeps an output folder, and print what it did."""
    with working(args, args.folder, *(("workers",) if "workers" in args else ())) as (config, tell, progress):
        manifest = work(config, tell, progress)
    if args.json:
        say_done(json.dumps(manifest.model_dump(mode="json") if manifest is not None else None), asked=True)
    else:
        say_done(told(manifest) if manifest is not None else nothing)
    return OK

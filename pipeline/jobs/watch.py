"""Watching inputs: bounded runs, one after the other, until a signal asks for the end."""

from __future__ import annotations

import gc
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..transforms.files import InputFile
from .config import Config
from .engine import NoInput, RunError, UsageError, warm_workers
from .run import Told, run
from .summary import Summary

_log = logging.getLogger(__name__)

SETTLE = 5.0  # seconds without a change after which a file is taken for whole


@dataclass
class Round:
    """What one round of watching did: a summary, or the error that it met; ``nothing_there`` says so of its inputs."""

    number: int
    summary: Summary
    error: str | None = None
    nothing_there: str | None = None


@dataclass
class Settled:
    """Tells which files are still being written: those changed lately, by the clock or since the last look.

    A clock that was set back makes a file look as if it came from the future; it is whole if it has not changed for
    ``settle`` seconds of the clock that cannot be set.
    """

    settle: float = SETTLE
    _seen: dict[str, tuple[tuple[int, int], float]] = field(default_factory=dict)

    def leave(self, file: InputFile, size: int) -> bool:
        """Whether to leave a file for the next round."""
        if "://" in file.uri or file.called:
            return False
        modified = file.modified
        if modified is None:
            try:
                status = os.stat(file.uri)
            except OSError:
                return True
            size, modified = status.st_size, status.st_mtime_ns
        if time.time() - modified / 1e9 >= self.settle:
            self._seen.pop(file.uri, None)
            return False
        mark = (size, modified)
        seen, since = self._seen.get(file.uri, (None, 0.0))
        if seen != mark:
            self._seen[file.uri] = (mark, time.monotonic())
            return True
        return time.monotonic() - since < self.settle


def watch(
    inputs: Sequence[str],
    output: Path,
    config: Config,
    every: float,
    stop: threading.Event,
    report: Callable[[Round], None],
    *,
    settle: float = SETTLE,
    told: Told | None = None,
) -> None:
    """Repeat the bounded run until ``stop`` is set; a round under way is finished, but for feeds: these wait for servers.

    A round that fails is reported and the next one tries again: nothing is lost by it.

    Args:
        inputs: as for ``run``, but not standard input.
        output: the output folder.
        config: settings.
        every: seconds from the start of one round to the start of the next.
        stop: asks for the end.
        report: called after each round.
        settle: seconds without a change after which a file is taken for whole.
        told: called with lines on what was gone on with or rolled back.
    """
    settled = Settled(settle)
    number = 0
    with warm_workers():
        while not stop.is_set():
            number += 1
            begun = time.monotonic()
            summary, error, nothing = Summary(None, str(output)), None, None
            try:
                summary = run(inputs, output, config, told=told, leave=settled.leave, stop=stop)
            except NoInput as none:
                nothing = f"nothing is there yet: {str(none).partition('; give')[0]}"
            except (UsageError, RunError) as failure:
                error = str(failure)
                _log.info("round %d failed", number, exc_info=True)
            except OSError as failure:
                error = f"{failure.strerror or failure}: {failure.filename or output}"
                _log.info("round %d failed", number, exc_info=True)
            report(Round(number, summary, error, nothing))
            if number == 1:
                gc.freeze()  # what is loaded by now stays: no later round need look through it
            stop.wait(max(0.0, every - (time.monotonic() - begun)))

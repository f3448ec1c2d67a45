"""What ``onrecord serve`` does: from parsed flags to pages on this machine."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..printable import one_line
from .correcting import user
from .ending import FAILED, OK, USAGE, Ended, check_folder, complain, fail, say
from .views import undamaged

if TYPE_CHECKING:
    from ..corrections.apply import Row
    from ..corrections.asked import Wanted

_EVERY = 5.0  # seconds between lines on progress where no terminal shows them


class PageCorrector:
    """Corrections from pages, as ``onrecord correct`` makes them; what that needs is loaded at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.by = user()

    def correct(self, wanted: Sequence[Wanted]) -> list[Row]:
        """See ``serve.site.Corrector``."""
        from ..jobs.config import Config
        from ..jobs.upkeep import correct

        with _refused():
            return correct(self.folder, wanted, Config.model_validate({})).rows

    def undo(self, given: str, by: str) -> list[Row]:
        """See ``serve.site.Corrector``."""
        from ..jobs.config import Config
        from ..jobs.upkeep import undo

        with _refused():
            return undo(self.folder, given, by, Config.model_validate({})).rows


@contextmanager
def _refused() -> Iterator[None]:
    from ..corrections.asked import CorrectionError
    from ..jobs.engine import RunError, UsageError
    from ..store.manifest import NewerRecord

    try:
        yield
    except (UsageError, RunError, NewerRecord, OSError) as error:
        raise CorrectionError(one_line(str(error))) from error


def serve(args: argparse.Namespace) -> int:
    """A local page over a record, until Ctrl-C."""
    from ..store.manifest import NewerRecord

    try:
        from ..serve.server import PortTaken, serve
    except ModuleNotFoundError as error:
        raise Ended(f"{error.name} is not installed; pip install 'onrecord[serve]' brings what serve needs", USAGE) from None
    check_folder(args.folder)
    started = time.monotonic() - _EVERY

    def told(line: str) -> None:
        nonlocal started
        if sys.stderr.isatty() or time.monotonic() - started >= _EVERY:
            complain(line, logging.INFO)
            started = time.monotonic()

    def ready(address: str) -> None:
        say(one_line(f"{args.folder} is served at {address}"))
        complain("only who has this address can read it; Ctrl-C ends", logging.INFO)

    try:
        with undamaged(args.folder, PortTaken):
            serve(args.folder, args.port, told, ready, PageCorrector(args.folder))
    except (FileNotFoundError, NewerRecord, PortTaken) as error:
        raise Ended(str(error), USAGE) from None
    except OSError as error:
        return fail(one_line(str(error)), FAILED)
    except KeyboardInterrupt:
        pass
    return OK

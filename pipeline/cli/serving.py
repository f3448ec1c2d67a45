"""What ``onrecord serve`` does: from parsed flags to pages on this machine."""

from __future__ import annotations

import argparse
import logging
import sys
import time

from ..printable import one_line
from .ending import FAILED, OK, USAGE, Ended, check_folder, complain, fail, say
from .views import undamaged

_EVERY = 5.0  # seconds between lines on progress where no terminal shows them


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
            serve(args.folder, args.port, told, ready)
    except (FileNotFoundError, NewerRecord, PortTaken) as error:
        raise Ended(str(error), USAGE) from None
    except OSError as error:
        return fail(one_line(str(error)), FAILED)
    except KeyboardInterrupt:
        pass
    return OK

"""The ``onrecord`` command and its exit status."""

from __future__ import annotations

import gc
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

from ..diagnostics import configure, place_of
from ..plugins import PluginError
from .commands import spare_memory
from .ending import FAILED, NOTHING, OK, Ended, Unsaid, break_off, fail, noted, open_streams, settle
from .flags import make_parser

_log = logging.getLogger(__name__)


_ALIVE = 20_000  # objects more than before for which a process that is ours alone looks for garbage among them


def command() -> int:
    """The command as a process of its own; returns the exit status.

    What is loaded stays to the end: looking for garbage among it, as Python does by default some hundred times while modules are
    imported and again as it ends, takes a tenth of the time of a short run.
    """
    gc.set_threshold(_ALIVE)
    status = main()
    gc.freeze()
    return status


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    global _end
    open_streams()
    try:
        return _main(argv)
    finally:
        if _end is not None:
            _end.cancel()
            _end = None
        settle()


def _main(argv: Sequence[str] | None) -> int:
    try:
        configure(as_json="--log-json" in (sys.argv if argv is None else argv))  # for what is wrong with the command line
        args = make_parser().parse_args(argv)
        configure(args.verbosity, args.log_json)
        signal.signal(signal.SIGTERM, _interrupt)
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # and not ignored, as in background jobs
            signal.signal(signal.SIGINT, _interrupt)
        spare_memory()
        return int(args.handler(args))
    except Ended as end:
        return fail(str(end), end.status)
    except PluginError as error:
        return fail(str(error))
    except KeyboardInterrupt as stop:
        return fail(noted(f"interrupted; {NOTHING}", stop), FAILED)
    except Unsaid as unsaid:
        if isinstance(unsaid.error, BrokenPipeError):
            return OK  # whoever read it has read enough
        return fail(f"standard output: {unsaid}", FAILED)
    except Exception as error:  # ours to mend
        _log.info("internal error", exc_info=True)
        return fail(f"internal error at {place_of(error)}: {type(error).__name__}: {error}; -v shows its traceback", FAILED)


_PATIENCE = 10.0  # seconds that an interrupted command has to end by itself
_end: threading.Timer | None = None


def _interrupt(*_: object) -> NoReturn:
    """A scheduler's stop is an interrupt, as Ctrl-C is.

    A library may lose the exception, or wait for ever where it comes: what has not ended in a while is ended.
    """
    global _end
    if _end is None:
        _end = threading.Timer(_PATIENCE, break_off, ["interrupted; the next command goes on from what is done"])
        _end.daemon = True
        _end.start()
    raise KeyboardInterrupt


if __name__ == "__main__":
    raise SystemExit(command())

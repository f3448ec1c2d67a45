"""Diagnostics: the log on standard error, as text or as JSON lines, also of worker processes; and where an error came from.

Modules log by ``logging.getLogger(__name__)``: errors end what was asked for, warnings tell what a person may want to mend,
info how work goes on and why an article broke us, debug the rest. Fields that a program may want stand in ``extra``.
"""

from __future__ import annotations

import copy
import json
import logging
import logging.handlers
import os
import sys
import traceback
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from .printable import one_line, printable

QUIET, USUAL, VERBOSE = -1, 0, 1  # and more: the more is told
_OURS = "onrecord"
_HERE = Path(__file__).parent
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}  # what no ``extra`` has set


class _Text(logging.Formatter):
    """``LEVEL logger: message``, and a traceback below it; nothing in it steers the terminal."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record))

    def said(self, message: str, level: int, fields: Mapping[str, Any]) -> str:
        return f"onrecord: {one_line(message)}"


class _Json(logging.Formatter):
    """A JSON object: time, level, logger, message, the fields of the record, and its traceback if it has one."""

    def format(self, record: logging.LogRecord) -> str:
        row = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        row |= {k: v for k, v in record.__dict__.items() if k not in _STANDARD and k not in row}
        if record.exc_info or record.exc_text:
            row["traceback"] = record.exc_text or self.formatException(record.exc_info)  # type: ignore[arg-type]
        return json.dumps(row, default=str)

    def said(self, message: str, level: int, fields: Mapping[str, Any]) -> str:
        row = {"name": f"{_OURS}.cli", "levelno": level, "levelname": logging.getLevelName(level), "msg": message, **fields}
        return self.format(logging.makeLogRecord(row))


class _Handler(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:
        """Where the log cannot be written nobody reads it, and work goes on."""

    def flush(self) -> None:
        """Write what is held back; not an error either, where that cannot be done."""
        with suppress(OSError, ValueError):
            super().flush()


_handler = _Handler(sys.stderr)
_form: _Text | _Json = _Text()
_verbosity = USUAL


def configure(verbosity: int = USUAL, as_json: bool = False) -> None:
    """Set up the log of this process, on standard error.

    Args:
        verbosity: ``QUIET``: errors alone; ``USUAL``: warnings too; ``VERBOSE``: how work goes on, and what libraries tell;
            above: all that this package tells.
        as_json: write JSON lines.
    """
    global _handler, _form, _verbosity
    root, ours = logging.getLogger(), logging.getLogger(_OURS)
    root.removeHandler(_handler)
    _verbosity, _form, _handler = verbosity, _Json() if as_json else _Text(), _Handler(sys.stderr)
    _handler.setFormatter(_form)
    root.addHandler(_handler)
    root.setLevel(logging.INFO if verbosity >= VERBOSE else logging.CRITICAL)
    ours.setLevel(logging.DEBUG if verbosity > VERBOSE else [logging.WARNING, logging.INFO, logging.ERROR][verbosity])
    logging.captureWarnings(True)
    if verbosity < VERBOSE:
        warnings.filterwarnings("ignore")
        os.environ.setdefault("GRPC_VERBOSITY", "NONE")


@contextmanager
def logged_to(stream: TextIO) -> Iterator[None]:
    """Write the log to another stream meanwhile."""
    before = _handler.setStream(stream)
    try:
        yield
    finally:
        _handler.setStream(before or sys.stderr)


def is_quiet() -> bool:
    """Whether nothing is to be told but errors and what was asked for."""
    return _verbosity == QUIET


def is_json() -> bool:
    """Whether all that is told on standard error is JSON lines."""
    return isinstance(_form, _Json)


def said(message: str, level: int = logging.ERROR, **fields: Any) -> str | None:
    """A line that tells a person something, in the form of the log; None where nobody wants to hear it."""
    return None if is_quiet() and level < logging.ERROR else _form.said(message, level, fields)


class ToQueue(logging.handlers.QueueHandler):
    """Puts records into a queue, in a form that another process understands; tracebacks stay apart from messages."""

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        record = copy.copy(record)
        record.msg, record.args = record.getMessage(), None
        if record.exc_info:
            record.exc_text, record.exc_info = logging.Formatter().formatException(record.exc_info), None
        for name in record.__dict__.keys() - _STANDARD:  # of libraries: whatever they are, they have to pass
            record.__dict__[name] = value if isinstance(value := record.__dict__[name], str | int | float) else str(value)
        return record


def levels() -> dict[str, int]:
    """The levels of all loggers that have one of their own, by name; that of the root is ''."""
    loggers = {n: x.level for n, x in logging.root.manager.loggerDict.items() if isinstance(x, logging.Logger) and x.level}
    return loggers | {"": logging.root.level}


def log_to_parent(handler: logging.Handler, wanted: Mapping[str, int]) -> None:
    """Set up the log of a worker process: the levels of its parent, which is handed all that they let pass."""
    logging.root.handlers[:] = [handler]
    for name, level in wanted.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(True)


def take(record: logging.LogRecord) -> None:
    """Log what a worker process has handed over."""
    logging.getLogger(record.name).handle(record)


def place_of(error: BaseException) -> str:
    """Where an error came from: ``file:line`` of the innermost frame of this package, and of the frame that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [(Path(f.filename), f.lineno) for f in frames]
    own = [f"{_OURS}/{path.relative_to(_HERE)}:{line}" for path, line in places if path.is_relative_to(_HERE)]
    raised = f"{places[-1][0].name}:{places[-1][1]}" if places and not places[-1][0].is_relative_to(_HERE) else None
    return ", from ".join([*own[-1:], *([raised] if raised else [])]) or "nowhere"

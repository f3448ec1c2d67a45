"""How a command ends: a status, what it has to say, and what becomes of both where output leads nowhere.

The status tells what was done. Who has published and cannot print that (a full log disk, a closed pipe) has published.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn, TextIO

from ..diagnostics import is_quiet, said

OK, FAILED, USAGE, REJECTED = 0, 1, 2, 3
NOTHING = "nothing was published"
DECIDED = "it was being published"  # begins the note of ``store.staging`` on an error that came after all was decided


class Ended(Exception):
    """A command ends here, with a status and a line."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


def check_folder(folder: Path) -> None:
    """End the command where an output folder has a name that is not UTF-8: the files within could not be named in tables.

    Raises:
        Ended: it has.
    """
    try:
        os.path.abspath(folder).encode()
    except UnicodeEncodeError:
        raise Ended(f"{folder}: the name of an output folder has to be UTF-8; rename it", USAGE) from None


class Unsaid(Exception):
    """Standard output takes no more; ``error`` says why."""

    def __init__(self, error: OSError | ValueError) -> None:
        super().__init__(getattr(error, "strerror", None) or str(error))
        self.error = error


def noted(message: str, error: BaseException) -> str:
    """A message with what was noted on the error that led to it; that nothing was published only where that is so."""
    notes = getattr(error, "__notes__", [])
    if any(note.startswith(DECIDED) for note in notes):
        message = message.removesuffix(f"; {NOTHING}")
    return "; ".join([message, *notes])


def complain(message: str, level: int = logging.ERROR) -> None:
    """Say a line on standard error; where that cannot be written, nobody hears it."""
    line = said(message, level)
    if line is not None:
        _write(sys.stderr, f"{line}\n")


def fail(message: str, status: int = USAGE) -> int:
    """Say what is wrong; returns the status."""
    complain(message)
    return status


def break_off(message: str) -> NoReturn:
    """End this process at once, with a line: whatever it is at, a run is a transaction, and its workers end with it."""
    heard(message)
    os._exit(FAILED)


def heard(message: str) -> None:
    """Say a line where a person hears it, while what workers write to standard error is kept out of sight."""
    _loud[-1](message)


@contextmanager
def heard_by(tell: Callable[[str], None]) -> Iterator[None]:
    """Let ``heard`` say its lines by ``tell``."""
    _loud.append(tell)
    try:
        yield
    finally:
        _loud.pop()


_loud: list[Callable[[str], None]] = [complain]


def say(text: str) -> None:
    """Print what a command was asked for on standard output, at once.

    Raises:
        Unsaid: it cannot be written.
    """
    error = _write(sys.stdout, f"{text}\n")
    if error is not None:
        raise Unsaid(error) from error


def say_done(text: str, asked: bool = False) -> bool:
    """Print what a command has done, or found; that it cannot be printed is said once and changes nothing else.

    Args:
        text: what is printed.
        asked: whether it is what was asked for, and printed also where nothing but that and errors is (``-q``).

    Returns:
        Whether no more of it should be printed: False once it cannot be.
    """
    global _complained
    if is_quiet() and not asked:
        return True
    try:
        say(text)
    except Unsaid as unsaid:
        if not _complained:
            complain(f"the summary could not be printed: {unsaid}")
        _complained = True
        return False
    return True


_complained = False


def at_a_terminal() -> bool:
    """Whether somebody sits there who can be asked; not so for scripts, schedulers and pipes."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def agreed(question: str) -> bool:
    """Whether the person at the terminal answers a question by *y* or *yes*."""
    _write(sys.stderr, f"{question} [y/N] ")
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _write(stream: TextIO, text: str) -> OSError | ValueError | None:
    try:
        stream.write(text)
        stream.flush()
    except (OSError, ValueError) as error:  # ValueError: the stream was closed
        return error
    return None


def open_streams() -> None:
    """Make the three standard streams safe to have: before anything else is opened.

    A descriptor below 3 that is closed would be given to the next file opened, and what is printed would go into it. It
    leads nowhere instead, opened the wrong way round, so that using it still fails. A character that the output's encoding
    lacks is written as an escape: what was done is told, whatever the locale.
    """
    global _complained
    _complained = False
    for number, name, way in ((0, "stdin", os.O_WRONLY), (1, "stdout", os.O_RDONLY), (2, "stderr", os.O_RDONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, way)  # the lowest that is free: this one
        if getattr(sys, name) is None:
            mode = "r" if number == 0 else "w"
            setattr(sys, name, io.TextIOWrapper(io.FileIO(number, mode, closefd=False), encoding="utf-8", write_through=True))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def settle() -> None:
    """Write out what the streams hold, or let go of it: Python would end with a status of its own."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)

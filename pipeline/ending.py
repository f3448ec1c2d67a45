"""How a command ends: a status, and a line on standard error where something was wrong."""

from __future__ import annotations

import sys
from pathlib import Path

from .printable import one_line

OK, FAILED, USAGE, REJECTED = 0, 1, 2, 3


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
        str(folder.absolute()).encode()
    except UnicodeEncodeError:
        raise Ended(f"{folder}: the name of an output folder has to be UTF-8; rename it", USAGE) from None


def fail(message: str, status: int = USAGE) -> int:
    """Say what is wrong; returns the status."""
    print(f"onrecord: {one_line(message)}", file=sys.stderr)
    return status

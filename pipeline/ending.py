"""How a command ends: a status, and a line on standard error where something was wrong."""

from __future__ import annotations

import sys

OK, FAILED, USAGE, REJECTED = 0, 1, 2, 3


class Ended(Exception):
    """A command ends here, with a status and a line."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


def fail(message: str, status: int = USAGE) -> int:
    """Say what is wrong; returns the status."""
    print(f"onrecord: {message}", file=sys.stderr)
    return status

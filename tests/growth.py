"""How the time of a piece of work grows with its input, told so that a busy machine does not spoil it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

_MEASURES = 5  # work that grows with the square fails all of them; a neighbour's burst spoils one or two


def seconds(work: Callable[[], Any]) -> float:
    """CPU time of a piece of work, in seconds."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def assert_linear(work: Callable[[int], Any], size: int, slack: float) -> None:
    """Input four times as long takes at most six times as long.

    Args:
        work: does the work on an input of so many characters.
        size: of the shorter input.
        slack: seconds that do not grow.
    """
    short = long = float("inf")
    for _ in range(_MEASURES):
        short = min(short, seconds(lambda: work(size)))
        long = min(long, seconds(lambda: work(4 * size)))
        if long <= 6 * short + slack:
            return
    raise AssertionError(f"{short:.3f} s for {size}, {long:.3f} s for {4 * size}")

"""Where the shapes of a chart stand: widths in percent, so that a chart is as wide as its place; heights in pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_GAP = 0.14  # of a column's width is left free
_WIDEST = 8.0  # percent; few columns need not fill the width


@dataclass(frozen=True)
class Box:
    """A rectangle: ``x`` and ``width`` in percent, ``y`` and ``height`` in pixels; what it is and counts."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


def columns(times: Sequence[tuple[str, int]], height: float) -> list[Box]:
    """Columns that stand side by side, one for each label with a count."""
    most, step = max(n for _, n in times), 100 / len(times)
    width = min(step * (1 - _GAP), _WIDEST)
    out = []
    for place, (label, n) in enumerate(times):
        if n:
            tall = max(1.0, (height - 2) * n / most)
            x = place * step + (step - width) / 2
            out.append(Box(label, n, round(x, 3), round(height - tall, 2), round(width, 3), round(tall, 2)))
    return out


def stacked(parts: Mapping[str, int], most: int, height: float) -> list[Box]:
    """Bars in one line, one behind the other; ``most`` is what the whole width stands for."""
    out, x = [], 0.0
    for label, n in parts.items():
        width = 100 * n / most
        out.append(Box(label, n, round(x, 3), 1, round(width, 3), height - 2))
        x += width
    return out

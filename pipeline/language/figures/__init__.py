"""Figures: numeric claims with their bounds, what they count, what befell it, and according to whom."""

from __future__ import annotations

from .figure import Figure
from .find import find_figures
from .money import dollar_of

__all__ = ["Figure", "dollar_of", "find_figures"]

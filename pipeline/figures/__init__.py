"""Figures: numeric claims with their bounds, what they count, what befell it, and according to whom."""

from __future__ import annotations

from .figure import FoundFigure
from .find import article_figures, find_figures

__all__ = ["FoundFigure", "article_figures", "find_figures"]

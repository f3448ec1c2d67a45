"""Values of columns as the text that a correction holds, and back."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa


def to_text(value: Any) -> str | None:
    """A value as text: numbers as they are read best, spans as ``12-40 51-60``."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, list):
        return spans_text((s["start_char"], s["end_char"]) for s in value)
    return str(value)


def spans_text(spans: Any) -> str:
    """Spans as text."""
    return " ".join(f"{start}-{end}" for start, end in spans)


def spans_of(text: str) -> list[tuple[int, int]]:
    """The spans in a text that ``spans_text`` made."""
    return [(int(start), int(end)) for start, _, end in (s.partition("-") for s in text.split())]


def from_text(text: str | None, kind: pa.DataType) -> Any:
    """The value of a column of this type that a text stands for.

    Raises:
        ValueError: it stands for none.
    """
    if text is None or pa.types.is_string(kind):
        return text
    if pa.types.is_boolean(kind):
        return {"true": True, "false": False}[text]
    if pa.types.is_floating(kind):
        number = float(text)
        if not math.isfinite(number):
            raise ValueError(text)
        return number
    if pa.types.is_integer(kind):
        return int(text)
    if pa.types.is_list(kind):
        return [{"start_char": start, "end_char": end} for start, end in spans_of(text)]
    raise ValueError(f"no value of type {kind} stands as text")

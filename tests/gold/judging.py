"""Whether the quotes that were found in a gold passage have the right names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.schemas import Quote
from onrecord.schemas.ids import normalised_name

from . import GoldQuote, Passage


def judged(passage: Passage, rows: Sequence[Quote]) -> Iterator[tuple[GoldQuote, Quote | None, str]]:
    """Each quote of the passage, the row that is it, and the verdict: *right*, *wrong*, *null* or *missed*."""
    for gold in passage.quotes:
        row = _row(gold, rows)
        yield gold, row, "missed" if row is None else judge(gold, row)


def judge(gold: GoldQuote, row: Quote) -> str:
    """*right*, *wrong* (another name, or a name where there is none) or *null* (no name, or not told as unnamed)."""
    names = {_key(n) for n in (row.speaker_name, *(c.name for c in row.co_speakers)) if n}
    if not gold.names:
        return "wrong" if names else "right" if row.speaker_status in ("unnamed", "none") else "null"
    if names == {_key(n) for n in gold.names}:
        return "right"
    return "wrong" if names else "null"


def _row(gold: GoldQuote, rows: Sequence[Quote]) -> Quote | None:
    """The row whose content shares most with the gold's, if it shares half of the shorter one."""

    def shared(row: Quote) -> int:
        return sum(max(0, min(e, s.end_char) - max(b, s.start_char)) for b, e in gold.content for s in row.content_spans)

    best = max(rows, key=shared, default=None)
    if best is None or 2 * shared(best) < min(
        sum(e - b for b, e in gold.content), sum(s.end_char - s.start_char for s in best.content_spans)
    ):
        return None
    return best


def _key(name: str) -> str:
    return normalised_name(name).removeprefix("the ").replace("'", "’")

"""Corrections of rows that were read anew: by article, words and place, each finds its row again, or is told to have none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..text.chars import common_chars, count_chars
from .apply import Row
from .making import place_of
from .values import spans_of, to_text

_ALIKE = 0.5  # share of characters that a row has in common with the one that was corrected


def matched_again(corrections: Sequence[Row], quotes: Iterable[Row], figures: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Corrections of documents that were read anew, with the ids and the values of the rows that they find.

    Args:
        corrections: rows of ``corrections`` on these documents, undone ones too.
        quotes: the quotes of these documents, as they are read now.
        figures: their figures.

    Returns:
        All the corrections, and those that have lost their row (one for each).
    """
    now = {"quote": _by_document(quotes), "figure": _by_document(figures)}
    found: dict[tuple[str, str], Row | None] = {}
    out: list[Row] = []
    lost: dict[str, Row] = {}
    for row in corrections:
        key = row["what"], row["row_id"]
        if key not in found:
            own = [r for r in corrections if (r["what"], r["row_id"]) == key]
            found[key] = _find(row["what"], own, now[row["what"]].get(row["doc_id"], []))
        there = found[key]
        if there is None:
            out.append(row | {"matched": False})
            if row["undone_at"] is None and row["verdict"] != "none":
                lost.setdefault(row["correction_id"], row)
            continue
        id_ = there[f"{row['what']}_id"]
        column = row["column_name"]
        out.append(row | {"matched": True, "row_id": id_} | ({"read_value": to_text(there[column])} if column else {}))
    return out, [r for r in lost.values() if all(not o["matched"] for o in out if o["correction_id"] == r["correction_id"])]


def _by_document(rows: Iterable[Row]) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for row in rows:
        out.setdefault(row["doc_id"], []).append(row)
    return out


def _find(what: str, own: Sequence[Row], rows: Sequence[Row]) -> Row | None:
    """The row that corrections are of: the same one, or the one that shares most of its words in their place."""
    for row in rows:
        if row[f"{what}_id"] == own[0]["row_id"]:
            return row
    first = own[0]
    places = [[(first["start_char"], first["end_char"])]]
    places += [spans_of(r["right_value"]) for r in own if r["column_name"] == "content_spans" and r["undone_at"] is None]
    best, share = None, 0.0
    for row in rows:
        spans = [(s["start_char"], s["end_char"]) for s in row["content_spans"]] if what == "quote" else [place_of(what, row)]
        for place in places:
            both = common_chars(place, spans)
            alike = both / (count_chars(place) + count_chars(spans) - both)
            if (alike, row["text"] == first["words"]) > (share, False) and alike >= _ALIKE:
                best, share = row, alike
    return best

"""Corrections as people see them: one of each, with what it changes and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from .apply import Row

# columns that follow from others: changed with them, and not told
_FOLLOWS = frozenset({
    "speaker_id", "speaker_status", "speaker_rule", "speaker_confidence", "text_key", "content_spans", "verbatim_spans",
    "paragraph_index", "paragraph_kind", "excerpt_start", "excerpt_end", "excerpt", "continues", "claimant_id", "claimant_status",
    "claimant_confidence", "malformed", "quote_id", "part_of",
})  # fmt: skip
_KEPT = ("what", "verdict", "row_id", "other_id", "doc_id", "words", "matched", "why", "undone_by", "undone_at")
_SAID = {"none": "no {what} at all", "accepted": "accepted", "one": "are one", "two": "are not one"}


def summed(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Corrections, one of each, in the order in which they were made.

    Returns:
        Of each ``id``, ``what``, ``row_id``, ``other_id``, ``doc_id``, ``words``, ``verdict``, ``changes`` (column, read, right),
        ``rows`` (of other quotes and figures that it changes too), ``matched``, ``by``, ``at``, ``why``, ``undone_by``,
        ``undone_at``.
    """
    out: dict[str, dict[str, Any]] = {}
    for row in rows:
        told = out.get(row["correction_id"])
        first = told is None or (told["verdict"] == "changed" and row["verdict"] != "changed")
        if told is None:
            told = out[row["correction_id"]] = {"changes": [], "others": set()}
        if first:
            told |= {c: row[c] for c in _KEPT} | {
                "id": row["correction_id"],
                "by": row["corrected_by"],
                "at": row["corrected_at"],
            }
            if row["what"] == "person":
                told["words"] = f"{row['read_value']} / {row['right_value']}"
        told["others"].add((row["what"], row["row_id"]))
        if row["verdict"] == "changed" and row["read_value"] != row["right_value"]:
            change = {"column": row["column_name"], "read": row["read_value"], "right": row["right_value"]}
            told["changes"].append((row["what"], row["row_id"], change))
    return [_closed(t) for t in sorted(out.values(), key=lambda t: (t["at"], t["id"]))]


def _closed(told: dict[str, Any]) -> dict[str, Any]:
    own = told["what"], told["row_id"]
    changes = [c for what, row_id, c in told.pop("changes") if (what, row_id) == own and c["column"] not in _FOLLOWS]
    rows = len(told.pop("others") - {own})
    return told | {"changes": changes if told["verdict"] == "changed" else [], "rows": rows}


def line(told: dict[str, Any]) -> str:
    """A correction in one line."""
    parts = [f"{told['id'][:12]} {told['what']} {told['row_id'][:12]}:"]
    if told["verdict"] == "changed":
        changes = (f"{c['column']}: {_short(c['read'])} -> {_short(c['right'])}" for c in told["changes"])
        parts.append("; ".join(changes) or "as read")
    else:
        parts.append(_SAID[told["verdict"]].format(what=told["what"]))
    parts.append(f"({_short(told['words'], 70)})")
    if told["rows"]:
        parts.append(f"and {told['rows']} {'row' if told['rows'] == 1 else 'rows'} with it")
    parts.append(f"- {told['by']}, {_day(told['at'])}{': ' + told['why'] if told['why'] else ''}")
    if told["undone_at"] is not None:
        parts.append(f"[taken back by {told['undone_by']}, {_day(told['undone_at'])}]")
    elif not told["matched"]:
        parts.append("[nothing like it is read any more]")
    return " ".join(parts)


def _short(value: str | None, most: int = 60) -> str:
    text = " ".join((value if value is not None else "nothing").split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"

"""From what a person asks to the rows of ``corrections``: the value and all that follows from it.

The right speaker is that of the whole utterance, and of figures that are told in it; words have a place, a type and an excerpt;
what refers to a quote that is none refers to it no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..schemas import FIGURES, QUOTES, values_of
from ..schemas.ids import hash_id, normalised_name, speaker_id
from ..schemas.quotes import SpeakerKind
from .apply import Fix, Fixes, Row
from .asked import Wanted
from .values import from_text, to_text
from .words import find_words, quote_of, view_of

KINDS = [k for k in values_of(SpeakerKind) or () if k != "unnamed"]
_TABLES = {"quote": QUOTES, "figure": FIGURES}
_LIMITS = {  # which bounds a modifier gives a value (schemas.values)
    "exact": (True, True), "at_least": (True, False), "more_than": (True, False), "at_most": (False, True),
    "less_than": (False, True), "nearly": (False, True), "approximate": (False, False),
}  # fmt: skip


@dataclass(frozen=True)
class AsRead:
    """What is known of a document, as it was read: its row, and those of the other tables."""

    document: Row
    paragraphs: Sequence[Row]
    speakers: Sequence[Row]
    quotes: Mapping[str, Row]
    figures: Mapping[str, Row]


@dataclass(frozen=True)
class Stamp:
    """When corrections are made, by which run, and the order in which they are."""

    at: datetime
    run_id: str


Change = tuple[str, str, dict[str, str | None]]  # what, id and right values by column


def make_rows(asked: Wanted, row_id: str, read: AsRead, fixes: Fixes, known: Callable[[str], bool], stamp: Stamp) -> list[Row]:
    """The rows of a correction of a quote or figure.

    Args:
        asked: what is asked, checked.
        row_id: the whole id of the quote or figure.
        read: its document.
        fixes: what was corrected before.
        known: whether people have a ``speaker_id``.
        stamp: of the run.

    Raises:
        CorrectionError: it cannot be done; nothing else is.
    """
    own = (read.quotes if asked.what == "quote" else read.figures)[row_id]
    before = fixes[asked.what].get(row_id)
    if before is not None and before.gone:
        raise asked.refused(f"it was said that there is no such {asked.what}; take that back first (--undo {row_id[:12]})")
    changes: list[Change] = []
    if asked.verdict == "none":
        changes = list(_without(asked.what, row_id, own, read))
    elif asked.verdict is None:
        make = _of_quote if asked.what == "quote" else _of_figure
        changes = list(make(asked, row_id, own, read, before, known))
    id_ = hash_id("correction", row_id, stamp.at.isoformat(), asked.by, asked.verdict, *sorted(asked.changes.items()))
    verdict = {"none": "none", "accept": "accepted"}.get(asked.verdict or "")
    judged = [_row(asked, id_, verdict, row_id, own, read, stamp)] if verdict else []
    return judged + [
        _row(asked, id_, "changed", to, _own(read, what, to), read, stamp, what, column, value)
        for what, to, values in changes
        for column, value in values.items()
    ]


def people_row(asked: Wanted, one: tuple[str, str], other: tuple[str, str], stamp: Stamp) -> Row:
    """The row of a correction of two names, each an id and the name."""
    id_ = hash_id("correction", one[0], other[0], stamp.at.isoformat(), asked.by, asked.verdict)
    empty: Row = dict.fromkeys(("column_name", "doc_id", "article_id", "start_char", "end_char", "words"))
    return empty | _said(asked, stamp) | {
        "correction_id": id_, "what": "person", "verdict": asked.verdict, "row_id": one[0], "other_id": other[0],
        "read_value": one[1], "right_value": other[1],
    }  # fmt: skip


def place_of(what: str, row: Row) -> tuple[int, int]:
    """Where the words of a quote or figure begin and end."""
    if what == "quote":
        return row["content_spans"][0]["start_char"], row["content_spans"][-1]["end_char"]
    return row["start_char"], row["end_char"]


def _own(read: AsRead, what: str, row_id: str) -> Row:
    return (read.quotes if what == "quote" else read.figures)[row_id]


def _row(
    asked: Wanted,
    id_: str,
    verdict: str,
    row_id: str,
    row: Row,
    read: AsRead,
    stamp: Stamp,
    what: str | None = None,
    column: str | None = None,
    value: str | None = None,
) -> Row:
    what = what or asked.what
    start, end = place_of(what, row)
    return _said(asked, stamp) | {
        "correction_id": id_, "what": what, "verdict": verdict, "row_id": row_id, "other_id": None, "column_name": column,
        "read_value": to_text(row[column]) if column else None, "right_value": value, "doc_id": row["doc_id"],
        "article_id": row["article_id"], "start_char": start, "end_char": end, "words": row["text"],
    }  # fmt: skip


def _said(asked: Wanted, stamp: Stamp) -> Row:
    return {
        "matched": True, "corrected_by": asked.by.strip(), "corrected_at": stamp.at, "why": asked.why, "undone_by": None,
        "undone_at": None, "run_id": stamp.run_id,
    }  # fmt: skip


# ------------------------------------------------------------------ quotes


def _of_quote(
    asked: Wanted, row_id: str, row: Row, read: AsRead, before: Fix | None, known: Callable[[str], bool]
) -> Iterator[Change]:
    changes = dict(asked.changes)
    right: dict[str, str | None] = {}
    if "text" in changes:
        right |= _words(asked, changes.pop("text"), row, read)
    if "speaker_name" in changes:
        named = _speaker(asked, changes, row, read, known)
        yield from _speaks(row_id, row, read, named)
        changes = {c: v for c, v in changes.items() if c not in named}
    for column, value in changes.items():
        right[column] = _closed(asked, "quote", column, value)
    if right:
        yield "quote", row_id, right


def _words(asked: Wanted, words: str, row: Row, read: AsRead) -> dict[str, str | None]:
    page = view_of(read.document, read.paragraphs)
    found = find_words(page, words, place_of("quote", row)[0]) if words else None
    if not found:
        raise asked.refused(f"{words[:60]!r}: the article does not have these words; give them as they are printed")
    return quote_of(page, found, (row["excerpt_start"], row["excerpt_end"]))


def _speaker(
    asked: Wanted, changes: Mapping[str, str], row: Row, read: AsRead, known: Callable[[str], bool]
) -> dict[str, str | None]:
    """The columns of a quote that tell whose it is."""
    name = " ".join(changes["speaker_name"].split())
    told = {c: _closed(asked, "quote", c, changes[c]) for c in ("speaker_role", "speaker_kind", "speaker_gender") if c in changes}
    judged: dict[str, str | None] = {"speaker_rule": None, "speaker_confidence": None}
    if not name:
        status = "unnamed" if row["speaker_mention"] else "none"
        nobody = dict.fromkeys(("speaker_name", "speaker_id", "speaker_role", "speaker_kind", "speaker_gender"))
        return nobody | told | judged | {"speaker_status": status}
    if not normalised_name(name):
        raise asked.refused(f"{name!r} is no name")
    someone = _voice(name, told.get("speaker_kind"), read, known)
    same = someone["speaker_id"] == row["speaker_id"]
    role = someone["role"] or (row["speaker_role"] if same or row["speaker_id"] is None else None)
    gender = someone["gender"] or (row["speaker_gender"] if same else None)
    return {
        "speaker_name": someone["name"], "speaker_id": someone["speaker_id"], "speaker_kind": someone["kind"],
        "speaker_role": role, "speaker_gender": gender, "speaker_status": "named", **judged, **told,
    }  # fmt: skip


def _voice(name: str, kind: str | None, read: AsRead, known: Callable[[str], bool]) -> Row:
    """Who is meant by a name: a speaker of the document, else somebody whom the record knows, else somebody new."""
    normal = normalised_name(name)
    of_kind = [s for s in read.speakers if kind is None or s["kind"] == kind]
    for speaker in of_kind:
        if normal == normalised_name(speaker["name"]):
            return speaker
    for speaker in of_kind:
        if normal in map(normalised_name, speaker["aliases"] or []):
            return speaker
    kinds = [kind] if kind else KINDS
    there = next((k for k in kinds if known(speaker_id(k, name))), kinds[0])
    return {"speaker_id": speaker_id(there, name), "name": name, "kind": there, "role": None, "gender": None}


def _speaks(row_id: str, row: Row, read: AsRead, named: dict[str, str | None]) -> Iterator[Change]:
    """The utterance goes on in other rows, and figures are told in it: they are the same speaker's."""
    theirs = {row_id}
    while more := {
        i
        for i, q in read.quotes.items()
        if i not in theirs
        and q["speaker_id"] == row["speaker_id"]
        and (q["continues"] in theirs or any(read.quotes[t]["continues"] == i for t in theirs))
    }:
        theirs |= more
    yield "quote", row_id, named
    for other in sorted(theirs - {row_id}):
        yield "quote", other, dict(named)
    for figure_id, figure in read.figures.items():
        if figure["quote_id"] in theirs and figure["claimant_id"] == row["speaker_id"] and figure["claimant_status"] != "article":
            yield "figure", figure_id, _claims(named["speaker_name"], named["speaker_id"])


def _claims(name: str | None, id_: str | None) -> dict[str, str | None]:
    status = "named" if name else "unnamed"
    return {"claimant_name": name, "claimant_id": id_, "claimant_status": status, "claimant_confidence": None}


def _without(what: str, row_id: str, row: Row, read: AsRead) -> Iterator[Change]:
    """What refers to a row that is none."""
    if what == "figure":
        yield from (("figure", i, {"part_of": row["part_of"]}) for i, f in read.figures.items() if f["part_of"] == row_id)
        return
    nobody: dict[str, str | None] = {"speaker_id": None, "speaker_name": None}
    yield "quote", row_id, nobody  # whose number of quotes it leaves
    for i, q in read.quotes.items():
        if q["continues"] == row_id:
            yield "quote", i, {"continues": row["continues"]}
    for i, f in read.figures.items():
        if f["quote_id"] == row_id:
            yield "figure", i, dict.fromkeys(["quote_id"])


# ------------------------------------------------------------------ figures


def _of_figure(
    asked: Wanted, row_id: str, row: Row, read: AsRead, before: Fix | None, known: Callable[[str], bool]
) -> Iterator[Change]:
    changes = dict(asked.changes)
    right: dict[str, str | None] = {}
    if "claimant_name" in changes:
        name = " ".join(changes.pop("claimant_name").split())
        someone = _voice(name, None, read, known) if normalised_name(name) else None
        right |= _claims(someone["name"] if someone else None, someone["speaker_id"] if someone else None)
        if someone is None:
            right["claimant_status"] = "unnamed" if row["claimant_mention"] else "article"
    for column, value in changes.items():
        right[column] = _closed(asked, "figure", column, value)
    if "value" in right or "modifier" in right:
        right = _bounds(row, before, right) | right
    yield "figure", row_id, right


def _bounds(row: Row, before: Fix | None, right: dict[str, str | None]) -> dict[str, str | None]:
    """The bounds of a value as its modifier gives them."""
    earlier = before.right if before is not None else {}
    modifier = right.get("modifier") or earlier.get("modifier", row["modifier"])
    value = right["value"] if "value" in right else earlier.get("value", to_text(row["value"]))
    if value is None:
        return {}
    if modifier not in _LIMITS:
        if "modifier" in right:
            return {}
        modifier = "exact"  # a range or a vague number that has a value now
    low, high = (value if bound else None for bound in _LIMITS[modifier])
    return {"low": low, "high": high, "modifier": modifier, "malformed": "false"}


def _closed(asked: Wanted, what: str, column: str, value: str) -> str | None:
    """A value as the column may have it; None where it is empty."""
    table = _TABLES[what]
    field = table.arrow.field(column)
    if not value:
        if not field.nullable:
            raise asked.refused(f"{column}: cannot be empty")
        return None
    annotation: Any = table.model.model_fields[column].annotation
    known = values_of(annotation)
    if known is not None and value not in known:
        raise asked.refused(f"{column} {value!r}: one of {', '.join(known)}")
    try:
        return to_text(from_text(value.replace(",", "") if field.type == "double" else value, field.type))
    except (ValueError, KeyError):
        raise asked.refused(f"{column} {value!r}: not a number") from None

"""A correction of each kind: what is asked, and how the row, or whose it is, is shown then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord import tables as open_tables

Row = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """``words`` stand in the row that is meant, of people there are two names; ``shown`` is what its columns are then."""

    name: str
    what: str
    words: str
    given: Mapping[str, str] = field(default_factory=dict)
    verdict: str | None = None
    other: str = ""
    shown: Mapping[str, object] = field(default_factory=dict)

    @property
    def gone(self) -> bool:
        return self.verdict == "none"


KINDS = [
    Kind("speaker", "quote", "It was a long week", {"speaker": "Ilse Tarn"},
         shown={"speaker_name": "Ilse Tarn", "speaker_status": "named", "speaker_kind": "person"}),
    Kind("role", "quote", "he was relieved", {"role": "pilot"}, shown={"speaker_role": "pilot", "speaker_name": "Otto Lund"}),
    Kind("type", "quote", "the plan reckless", {"type": "mixed"}, shown={"type": "mixed"}),
    Kind("words", "quote", "The ferries between", {"words": "ferries between Tarvo and Lenn will sail again"},
         shown={"text": "ferries between Tarvo and Lenn will sail again", "type": "indirect"}),
    Kind("no quote", "quote", "the money was there", verdict="none"),
    Kind("value", "figure", "At least 15", {"value": "50"}, shown={"value": 50.0, "low": 50.0, "high": None, "unit": "person"}),
    Kind("event", "figure", "About 400", {"event": "trapped"}, shown={"event": "trapped", "value": 400.0}),
    Kind("no figure", "figure", "nine days", verdict="none"),
    Kind("accepted", "quote", "We can afford it", verdict="accept", shown={"corrected": [], "speaker_name": "Ilse Tarn"}),
    Kind("one", "person", "Otto Lund", verdict="one", other="Ann Velden"),
    Kind("two", "person", "Ann R. Velden", verdict="two", other="Ann Velden"),
]  # fmt: skip


def row_of(folder: Path, kind: Kind) -> Row:
    """The row that is meant, as it was read."""
    (row,) = [r for r in open_tables(folder, as_read=True)[f"{kind.what}s"].to_table().to_pylist() if kind.words in r["text"]]
    return row


def people_of(folder: Path, as_read: bool = False) -> dict[str, str]:
    """The ``person_id`` of each name."""
    tables = open_tables(folder, as_read)
    names = {s["speaker_id"]: s["name"] for s in tables["document_speakers"].to_table().to_pylist()}
    return {names[p["speaker_id"]]: p["person_id"] for p in tables["people"].to_table().to_pylist() if p["speaker_id"] in names}


def is_shown(kind: Kind, row: Row | None) -> bool:
    """Whether a row is shown as the correction has it."""
    if kind.gone or row is None:
        return kind.gone and row is None
    return all(row[c] == value for c, value in kind.shown.items() if c in row)


def flags(folder: Path, kind: Kind) -> list[str]:
    """The correction as flags of the command."""
    if kind.what == "person":
        return [f"--are-{kind.verdict}", kind.words, kind.other]
    judged = [f"--{kind.verdict}"] if kind.verdict else []
    return [
        f"--{kind.what}",
        row_of(folder, kind)[f"{kind.what}_id"][:16],
        *judged,
        *(f"--{c}={v}" for c, v in kind.given.items()),
    ]


def lines(folder: Path, kind: Kind) -> list[str]:
    """The correction as lines of a file."""
    if kind.what == "person":
        return [f"person,{kind.words},{kind.verdict},{kind.other},M. Kern,they said so"]
    id_ = row_of(folder, kind)[f"{kind.what}_id"]
    given = kind.given or {kind.verdict or "": ""}
    return [f"{kind.what},{id_},{c},{v},M. Kern,they said so" for c, v in given.items()]


def sent(folder: Path, kind: Kind) -> dict[str, Any]:
    """The correction as the page sends it."""
    told: dict[str, Any] = {"verdict": kind.verdict, "changes": dict(kind.given), "by": "M. Kern"}
    if kind.what == "person":
        return told | {"person": [kind.words, kind.other]}
    return told | {kind.what: row_of(folder, kind)[f"{kind.what}_id"]}

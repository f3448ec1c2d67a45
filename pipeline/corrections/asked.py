"""What a person asks to be corrected: from flags, from a row of a file, from a form."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

VERDICTS = ("none", "accept")
PAIRS = ("one", "two")
# what is typed, and the column that it stands for
QUOTE_COLUMNS = {
    "speaker": "speaker_name", "role": "speaker_role", "kind": "speaker_kind", "gender": "speaker_gender", "type": "type",
    "words": "text", "act": "act", "cue_class": "cue_class", "cue_polarity": "cue_polarity",
}  # fmt: skip
FIGURE_COLUMNS = {
    "value": "value", "low": "low", "high": "high", "modifier": "modifier", "kind": "kind", "unit": "unit", "counted": "counted",
    "counted_lemma": "counted_lemma", "event": "event", "direction": "direction", "place": "place", "time": "time_text",
    "claimant": "claimant_name",
}  # fmt: skip
COLUMNS = {"quote": QUOTE_COLUMNS, "figure": FIGURE_COLUMNS}
HEADER = ("what", "id", "column", "value", "by", "why")


class CorrectionError(ValueError):
    """What cannot be corrected so, said in one line."""


@dataclass(frozen=True)
class Wanted:
    """One correction that is asked for.

    Attributes:
        what: quote, figure or person.
        id: the id of the quote or figure, or its first characters; of people a name or a speaker_id.
        other: the other name, of people.
        changes: right values by column, as they are typed; empty ones mean that there is none.
        verdict: ``none`` (no such quote or figure), ``accept`` (it is right), of people ``one`` or ``two``; None: the changes.
        by: who says so.
        why: why.
        where: where it is asked for, for errors: ``corrections.csv, line 3``.
    """

    what: str
    id: str
    other: str | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    verdict: str | None = None
    by: str = ""
    why: str | None = None
    where: str = ""

    def refused(self, why: str) -> CorrectionError:
        """The error that says why this cannot be done."""
        return CorrectionError(f"{self.where}: {why}" if self.where else why)


def check(asked: Wanted) -> Wanted:
    """Check what can be checked without the record; returns it with the names of columns in place of those typed.

    Raises:
        CorrectionError: something is missing, or is not known.
    """
    if not asked.id.strip():
        raise asked.refused(f"which {asked.what} is meant? give its id")
    if not asked.by.strip():
        raise asked.refused("who says so? give --by NAME")
    if asked.what == "person":
        if asked.verdict not in PAIRS or not (asked.other or "").strip():
            raise asked.refused("of people, two names are one, or two: give both names")
        return asked
    known = COLUMNS[asked.what]
    columns: dict[str, str] = {}
    for name, value in asked.changes.items():
        column = known.get(name, name)
        if column not in known.values():
            raise asked.refused(f"{name}: of a {asked.what}, {', '.join(known)} can be corrected")
        if column in columns:
            raise asked.refused(f"{name} is given twice")
        columns[column] = value.strip()
    if asked.verdict is not None and asked.verdict not in VERDICTS:
        raise asked.refused(f"{asked.verdict}: of a {asked.what}, say {' or '.join(VERDICTS)}")
    if not columns and asked.verdict is None:
        raise asked.refused(f"what is right? give one of {', '.join(known)}, or say that it is none, or accept it")
    if columns and asked.verdict == "none":
        raise asked.refused(f"there is no such {asked.what}, or it is another: say one of the two")
    return replace(asked, changes=columns, verdict=asked.verdict if not columns else None)


def read_file(text: str, name: str, by: str) -> list[Wanted]:
    """The corrections of a CSV file with the columns ``what, id, column, value`` and, as you like, ``by`` and ``why``.

    Rows that stand together and correct the same quote or figure are one correction.

    Args:
        text: the file.
        name: its name, for errors.
        by: who says so where the file does not tell.

    Raises:
        CorrectionError: a column or a value is missing.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), skipinitialspace=True)
    columns = [c.strip() for c in rows.fieldnames or ()]
    if not set(HEADER[:3]) <= set(columns) <= set(HEADER):
        raise CorrectionError(f"{name}: the first line must be {','.join(HEADER)}; by and why may be left out")
    rows.fieldnames = columns
    out: list[Wanted] = []
    for row in rows:
        where = f"{name}, line {rows.line_num}"
        what, id_, column, value, said_by, why = ((row.get(c) or "").strip() for c in HEADER)
        asked = Wanted(what, id_, by=said_by or by, why=why or None, where=where)
        if what not in ("quote", "figure", "person"):
            raise asked.refused(f"{what or 'nothing'}: the first column says quote, figure or person")
        if what == "person":
            out.append(replace(asked, other=value, verdict=column))
        elif column in VERDICTS:
            out.append(replace(asked, verdict=column))
        elif out and _goes_on(out[-1], asked) and column not in out[-1].changes:
            out[-1] = replace(out[-1], changes={**out[-1].changes, column: value})
        else:
            out.append(replace(asked, changes={column: value}))
    if not out:
        raise CorrectionError(f"{name}: holds no correction")
    return out


def _goes_on(before: Wanted, now: Wanted) -> bool:
    return before.verdict is None and (before.what, before.id, before.by, before.why) == (now.what, now.id, now.by, now.why)


def parse_set(given: Sequence[str]) -> dict[str, str]:
    """The changes of flags such as ``--set unit=tonne``.

    Raises:
        CorrectionError: a flag has not this form.
    """
    out = {}
    for text in given:
        column, equals, value = text.partition("=")
        if not equals or not column.strip():
            raise CorrectionError(f"--set {text}: give COLUMN=VALUE")
        out[column.strip()] = value
    return out

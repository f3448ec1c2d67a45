"""Tables as they are with what people have corrected. ``corrections.sql`` says the same in DuckDB's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..schemas import DOCUMENT_SPEAKERS, DOCUMENTS, FIGURES, PEOPLE, QUOTES, TABLES
from .values import from_text

Row = dict[str, Any]
# tables that corrections change, and the column by which rows that change are told
CORRECTED = {
    QUOTES.name: "quote_id",
    FIGURES.name: "figure_id",
    DOCUMENTS.name: "doc_id",
    DOCUMENT_SPEAKERS.name: "doc_id",
    PEOPLE.name: "speaker_id",
}
# these tables as they are with what people have corrected, as files of their own; only records with corrections have them
COPIES = {f"{name}_corrected": replace(TABLES[name], name=f"{name}_corrected") for name in CORRECTED}
SPEAKER = {"quote": ("speaker_id", "speaker_name"), "figure": ("claimant_id", "claimant_name")}


@dataclass
class Fix:
    """What the corrections of one row amount to.

    Attributes:
        doc_id: its document.
        right: right values by column, as text.
        read: what was read there.
        gone: there is no such quote or figure.
        day: the day of the last of them, as ``ingest_date`` has it, where that is told.
        run_id: the run that published the last of them.
    """

    doc_id: str
    right: dict[str, str | None] = field(default_factory=dict)
    read: dict[str, str | None] = field(default_factory=dict)
    gone: bool = False
    day: str | None = None
    run_id: str = ""

    @property
    def changed(self) -> list[str]:
        """The columns whose right value is not the one that was read."""
        return sorted(c for c, value in self.right.items() if value != self.read[c])


Fixes = Mapping[str, Mapping[str, Fix]]


def counting(corrections: pa.Table) -> list[Row]:
    """The rows of corrections that count, in the order in which they were made."""
    rows = corrections.filter(pc.is_null(corrections["undone_at"])).to_pylist()
    return sorted(rows, key=lambda r: (r["corrected_at"], r["correction_id"]))


def fold(corrections: Iterable[Row]) -> dict[str, dict[str, Fix]]:
    """What corrections say of each quote and figure that is there, by ``what`` and id.

    Args:
        corrections: rows that count, in the order in which they were made.
    """
    out: dict[str, dict[str, Fix]] = {"quote": {}, "figure": {}}
    fold_in(out, corrections)
    return out


def fold_in(out: dict[str, dict[str, Fix]], corrections: Iterable[Row]) -> None:
    """Add what further corrections say, which were made later."""
    for row in corrections:
        if row["what"] == "person" or not row["matched"]:
            continue
        fix = out[row["what"]].setdefault(row["row_id"], Fix(row["doc_id"]))
        fix.day, fix.run_id = str(row["ingest_date"]) if row.get("ingest_date") else None, row["run_id"]
        if row["verdict"] == "none":
            fix.gone = True
        elif row["verdict"] == "changed":
            fix.right[row["column_name"]], fix.read[row["column_name"]] = row["right_value"], row["read_value"]


def touched(name: str, fixes: Fixes) -> list[str]:
    """The values of the column ``CORRECTED[name]`` by which the rows that change are told."""
    if name == QUOTES.name:
        return sorted(fixes["quote"])
    if name == FIGURES.name:
        return sorted(fixes["figure"])
    if name == DOCUMENTS.name:
        return sorted({fix.doc_id for every in fixes.values() for fix in every.values() if fix.gone})
    if name == DOCUMENT_SPEAKERS.name:
        return sorted({doc for doc, _ in _moved(fixes)})
    return sorted(_voices(fixes)) if name == PEOPLE.name else []


def corrected(name: str, rows: pa.Table, corrections: pa.Table) -> pa.Table:
    """Rows of a table with what people have corrected.

    Args:
        name: the table.
        rows: its rows as they were read: of ``quotes``, ``figures`` and ``documents`` any; of ``document_speakers`` and
            ``people`` all, for names may be added. ``ingest_date`` may stand among the columns.
        corrections: the table ``corrections``.
    """
    return with_fixes(name, rows, fold(counting(corrections)))


def with_fixes(name: str, rows: pa.Table, fixes: Fixes) -> pa.Table:
    """As ``corrected``, from corrections that are folded already."""
    ids = touched(name, fixes)
    if not ids:
        return rows
    own = pc.is_in(rows[CORRECTED[name]], pa.array(ids, pa.string()))
    made = _MAKE[name](rows.filter(own).to_pylist(), fixes)
    have = set(rows.column_names)
    fixed = pa.Table.from_pylist([{k: v for k, v in r.items() if k in have} for r in made], schema=rows.schema)
    return pa.concat_tables([rows.filter(pc.invert(own)), fixed])


def fixed_rows(name: str, rows: list[Row], fixes: Fixes) -> list[Row]:
    """Some rows of a table that are ``touched``, corrected, without those of which there is nothing at all."""
    return _MAKE[name](rows, fixes)[: len(rows)]


def added_rows(name: str, rows: list[Row], fixes: Fixes) -> list[Row]:
    """The rows that a table has by corrections alone.

    Args:
        name: the table.
        rows: all of its rows that are ``touched``.
        fixes: what was corrected.
    """
    return _MAKE[name](rows, fixes)[len(rows) :]  # what makes rows leaves none out, or adds none


def _quotes(rows: list[Row], fixes: Fixes) -> list[Row]:
    return _fixed(rows, "quote", QUOTES.name, fixes)


def _figures(rows: list[Row], fixes: Fixes) -> list[Row]:
    return _fixed(rows, "figure", FIGURES.name, fixes)


def _fixed(rows: list[Row], what: str, name: str, fixes: Fixes) -> list[Row]:
    types = {f.name: f.type for f in (QUOTES if name == QUOTES.name else FIGURES).arrow}
    out = []
    for row in rows:
        fix = fixes[what].get(row[CORRECTED[name]])
        if fix is not None:
            if fix.gone:
                continue
            row = row | {c: from_text(v, types[c]) for c, v in fix.right.items()} | {"corrected": fix.changed}
        out.append(row)
    return out


def _documents(rows: list[Row], fixes: Fixes) -> list[Row]:
    gone: dict[tuple[str, str], int] = defaultdict(int)
    for what, every in fixes.items():
        for fix in every.values():
            gone[fix.doc_id, what] += fix.gone
    return [
        row
        | {f"{what}_count": row[f"{what}_count"] - gone[row["doc_id"], what] for what in fixes if (row["doc_id"], what) in gone}
        for row in rows
    ]


def _moved(fixes: Fixes) -> dict[tuple[str, str], int]:
    """How many quotes each speaker of a document has won or lost."""
    out: dict[tuple[str, str], int] = defaultdict(int)
    for fix in fixes["quote"].values():
        if "speaker_id" in fix.right:
            before, now = fix.read["speaker_id"], None if fix.gone else fix.right["speaker_id"]
            for speaker, n in ((before, -1), (now, 1)):
                if speaker is not None:
                    out[fix.doc_id, speaker] += n
    return {key: n for key, n in out.items() if n}


def _document_speakers(rows: list[Row], fixes: Fixes) -> list[Row]:
    left = _moved(fixes)
    rows = [row | {"quote_count": row["quote_count"] + left.pop((row["doc_id"], row["speaker_id"]), 0)} for row in rows]
    told: dict[tuple[str, str | None], list[Fix]] = defaultdict(list)
    for fix in fixes["quote"].values():
        told[fix.doc_id, fix.right.get("speaker_id")] += [] if fix.gone else [fix]
    for (doc, speaker), n in sorted(left.items()):
        if n > 0:
            own = told[doc, speaker]
            columns = {c: _most(f.right[f"speaker_{c}"] for f in own) for c in ("name", "kind", "role", "gender")}
            rows.append(
                {"speaker_id": speaker, "doc_id": doc, "aliases": [], "mention_count": 0, "quote_count": n} | columns | _came(own)
            )
    return rows


def _most(values: Iterable[str | None]) -> str | None:
    """One of some values, the same whatever their order."""
    return max((v for v in values if v is not None), default=None)


def _came(fixes: Iterable[Fix]) -> Row:
    """By which run a row came that is there by corrections alone, and on which day."""
    every = list(fixes)
    return {"run_id": _most(f.run_id for f in every), "ingest_date": _most(f.day for f in every)}


def _voices(fixes: Fixes) -> dict[str, list[tuple[str | None, Fix]]]:
    """The speakers and claimants that corrections name, by id, each with its names."""
    out: dict[str, list[tuple[str | None, Fix]]] = defaultdict(list)
    for what, (id_, name) in SPEAKER.items():
        for fix in fixes[what].values():
            if not fix.gone and (speaker := fix.right.get(id_)):
                out[speaker].append((fix.right.get(name), fix))
    return out


def _people(rows: list[Row], fixes: Fixes) -> list[Row]:
    """SaidNames that are in the record by a correction alone stand for themselves."""
    known = {row["speaker_id"] for row in rows}
    for speaker, told in sorted(_voices(fixes).items()):
        if speaker not in known:
            name = _most(n for n, _ in told)
            came = _came(fix for _, fix in told)
            rows.append({"speaker_id": speaker, "person_id": speaker, "name": name, "rule": "same_name"} | came)
    return rows


_MAKE: dict[str, Callable[[list[Row], Fixes], list[Row]]] = {
    QUOTES.name: _quotes,
    FIGURES.name: _figures,
    DOCUMENTS.name: _documents,
    DOCUMENT_SPEAKERS.name: _document_speakers,
    PEOPLE.name: _people,
}

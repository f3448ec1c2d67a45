"""What people put right in pages or by the JSON: at once in the record, and in all that is shown of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, ConfigDict, Field

from ..corrections.apply import Row
from ..corrections.asked import CorrectionError, Wanted
from ..corrections.told import summed
from .site import Here, Site

router = APIRouter()
Text = Annotated[str, Field(max_length=20_000)]
Short = Annotated[str, Field(max_length=1_000)]


class CorrectionSent(BaseModel):
    """A correction: of a quote or figure by its id, with right values by column or a verdict; or of two names."""

    model_config = ConfigDict(extra="forbid")

    quote: Short | None = Field(None, description="A quote_id, or how it begins.")
    figure: Short | None = Field(None, description="A figure_id, or how it begins.")
    person: tuple[Short, Short] | None = Field(None, description="Two names, or speaker_ids.")
    changes: dict[Short, Text] = Field(
        default_factory=dict, description="Right values: speaker, role, type, words; value, unit, event, claimant ..."
    )
    verdict: Literal["none", "accept", "one", "two"] | None = Field(
        None, description="There is no such row; it is right; two names are one, or are not."
    )
    by: Short | None = Field(None, description="Who says so; without it the user who serves the record.")
    why: Text | None = Field(None, description="Why.")


class Undoing(BaseModel):
    """Who takes a correction back."""

    model_config = ConfigDict(extra="forbid")

    by: Short | None = None


class Corrected(BaseModel):
    """Corrections as they stand now; ``person_id`` is that of the first of two names."""

    corrections: list[dict[str, Any]]
    person_id: str | None = None


@router.get("/api/corrections")
def corrections(
    site: Here,
    doc_id: Annotated[str | None, Query(pattern="^[0-9a-f]{32}$", description="Of one document.")] = None,
    row_id: Annotated[str | None, Query(pattern="^[0-9a-f]{32}$", description="Of one quote, figure or name.")] = None,
) -> list[dict[str, Any]]:
    """What people have corrected, undone corrections too, in the order in which it was made."""
    return told_of(site, doc_id=doc_id, row_id=row_id)


@router.post("/api/corrections")
def correct(site: Here, body: CorrectionSent) -> Corrected:
    """Correct a quote, a figure or two names."""
    given = [(what, id_) for what, id_ in (("quote", body.quote), ("figure", body.figure)) if id_ is not None]
    if len(given) + (body.person is not None) != 1:
        raise HTTPException(400, "give one of quote, figure and person")
    by = (body.by or "").strip() or site.by or ""
    if body.person is not None:
        asked = Wanted("person", body.person[0], body.person[1], body.changes, body.verdict, by, body.why)
    else:
        asked = Wanted(given[0][0], given[0][1], None, body.changes, body.verdict, by, body.why)
    return _done(site, lambda: site.corrector.correct([asked]))


@router.post("/api/corrections/{id_}/undo")
def undo(site: Here, id_: str, body: Undoing) -> Corrected:
    """Take a correction back, or all of a quote, figure or name."""
    return _done(site, lambda: site.corrector.undo(id_, (body.by or "").strip() or site.by or ""))


def _done(site: Site, work: Any) -> Corrected:
    try:
        rows: list[Row] = work()
    except CorrectionError as error:
        raise HTTPException(400, str(error)) from None
    site.refresh()
    person = next((r["row_id"] for r in rows if r["what"] == "person"), None)
    found = site.record.ask("SELECT person_id FROM people WHERE speaker_id = ?", person) if person else []
    return Corrected(corrections=summed(rows), person_id=found[0]["person_id"] if found else None)


def judge(site: Site, quotes: list[Row]) -> list[Row]:
    """Tell of quotes, under ``judged``, whether a person has put them right or found them right; None where nobody has."""
    told = site.record.ask(
        "SELECT row_id, bool_and(verdict = 'accepted') AS right FROM corrections "
        "WHERE undone_at IS NULL AND what = 'quote' AND list_contains(?::VARCHAR[], row_id) GROUP BY row_id",
        [q["quote_id"] for q in quotes],
    )
    by_id = {r["row_id"]: "found right by a person" if r["right"] else "put right by a person" for r in told}
    return [q | {"judged": by_id.get(q["quote_id"])} for q in quotes]


def told_of(
    site: Site, doc_id: str | None = None, row_id: str | None = None, names: list[str] | None = None
) -> list[dict[str, Any]]:
    """Corrections of a document, of a row, or of names."""
    parts, values = ["true"], list[Any]()
    for condition, value in (
        ("doc_id = ?", doc_id),
        ("(row_id = ? OR other_id = ?)", row_id),
        ("what = 'person' AND (list_contains(?::VARCHAR[], row_id) OR list_contains(?::VARCHAR[], other_id))", names),
    ):
        if value is not None:
            parts.append(condition)
            values += [value] * condition.count("?")
    order = "ORDER BY corrected_at, correction_id"
    return summed(site.record.ask(f"SELECT * FROM corrections WHERE {' AND '.join(parts)} {order}", *values))

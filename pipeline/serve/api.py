"""The same as JSON: what the pages show, and whole articles; described at ``/api/openapi.json``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, HTTPException, Path, Query
from pydantic import BaseModel, Field

from ..schemas.figures import Event
from ..schemas.quotes import Act, QuoteType, SpeakerKind
from . import events, reader, shares
from .articles import together, whole_article
from .search import COUNTED, PAGE, Asked, find_quote, search
from .site import Here
from .speakers import most_quoted, one_speaker

router = APIRouter()
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
Most = Annotated[int, Query(ge=1, le=1000, description="At most so many.")]
Since = Annotated[date | None, Query(alias="from", description="First day of publication.")]
Until = Annotated[date | None, Query(alias="to", description="Last day of publication.")]
_VIEWS = {
    "quotes_by_month": "month",
    "outlets": "quotes DESC, publisher",
    "who_quotes_whom": "quotes DESC, name, publisher",
    "gender_share": "month, publisher",
    "claims": "claims DESC, event, counts, lower(place), published_date, figure_id",
    "first_said": "documents DESC, first_day, quote_id",
}
View = Literal["quotes_by_month", "outlets", "who_quotes_whom", "gender_share", "claims", "first_said"]


class Printed(BaseModel):
    """Where a quote is printed, too."""

    quote_id: str
    doc_id: str
    title: str | None
    outlet: str | None
    published_date: date | None


class FoundQuote(BaseModel):
    """A quote that was searched for; columns of the same names are those of the table ``quotes``."""

    quote_id: str
    doc_id: str
    speaker_id: str | None
    person_id: str | None = Field(description="The person or body, over all articles.")
    person: str | None = Field(description="Their fullest name.")
    speaker: str | None = Field(description="The name in this article, else the mention.")
    status: str
    role: str | None
    kind: str | None
    text: str
    type: str
    act: str
    cue: str | None
    polarity: str | None = Field(description="negated or unrealised.")
    confidence: float | None
    outlet: str | None
    title: str | None
    published_date: date | None
    also: list[Printed] = Field([], description="Reprints of the article that quote the same, as far as they match.")


class QuotesFound(BaseModel):
    """Quotes that match, the newest first unless asked otherwise."""

    count: int = Field(description=f"How many match; {COUNTED + 1:,} says: more than are counted.")
    next: int | None = Field(description="To be given as ``after``, for more.")
    quotes: list[FoundQuote]


@router.get("/api/quotes")
def quotes(
    site: Here,
    q: Annotated[
        str | None, Query(description='Words of the quote; "in quotation marks" together, wait* what begins so.')
    ] = None,
    by: Annotated[str | None, Query(description="Words of the speaker's name.")] = None,
    person: Annotated[str | None, Query(pattern="^[0-9a-f]{32}$", description="A person_id.")] = None,
    pub: Annotated[str | None, Query(description="Words of the outlet's name.")] = None,
    type: QuoteType | None = None,
    act: Act | None = None,
    kind: Annotated[SpeakerKind | None, Query(description="Of the speaker.")] = None,
    since: Since = None,
    until: Until = None,
    conf: Annotated[float | None, Query(ge=0, le=1, description="Least confidence.")] = None,
    sort: Literal["newest", "oldest"] = "newest",
    after: Annotated[int | None, Query(ge=0, lt=1 << 62)] = None,
    most: Most = PAGE,
) -> QuotesFound:
    """Quotes by their words, speaker, outlet, day, type, kind and confidence."""
    asked = Asked(q, by, person, pub, type, act, kind, since, until, conf, sort == "oldest", after)
    found = together(site.record, search(site.index, asked, most))
    return QuotesFound(count=found.count, next=found.next, quotes=[FoundQuote(**row) for row in found.quotes])


@router.get("/api/quotes/{quote_id}")
def quote(site: Here, quote_id: Id) -> FoundQuote:
    """One quote."""
    return FoundQuote(**_there(find_quote(site.index, quote_id), "quote"))


@router.get("/api/speakers")
def speakers(site: Here, name: str | None = None, most: Most = 100) -> list[dict[str, Any]]:
    """People and bodies over all articles, those with most quotes first."""
    return most_quoted(site.record, name or None, most)


@router.get("/api/speakers/{person_id}")
def speaker(site: Here, person_id: Id) -> dict[str, Any]:
    """One person or body: names, roles, outlets, days and types of their quotes."""
    found = _there(one_speaker(site.record, site.index, person_id), "speaker")
    return vars(found) | {"quotes": found.quotes}


@router.get("/api/shares")
def shares_of(site: Here, pub: str | None = None, since: Since = None, until: Until = None) -> dict[str, Any]:
    """How much is quoted by day and type, of women and men where the articles tell, and outlets side by side."""
    within = shares.Within(pub or None, since, until)
    return {
        "by_type": shares.by_type(site.record, within),
        "by_gender": shares.by_gender(site.record, within),
        "outlets": shares.outlets_beside(site.record, within),
    }


@router.get("/api/events")
def all_events(site: Here, event: Event | None = None, place: str | None = None, since: Since = None, until: Until = None,
               most: Most = 200) -> list[dict[str, Any]]:  # fmt: skip
    """Events at a place: how many claims and claimants, and the least and the most that is given."""
    return events.events(site.record, events.Happened(event, place or None, since, until), most)


@router.get("/api/figures")
def figures(site: Here, event: Event | None = None, place: str | None = None, since: Since = None, until: Until = None,
            most: Most = 200) -> list[dict[str, Any]]:  # fmt: skip
    """Figures of an event, the latest first."""
    return events.figures(site.record, events.Happened(event, place or None, since, until), most)


@router.get("/api/articles/{doc_id}")
def article(site: Here, doc_id: Id) -> dict[str, Any]:
    """An article with its paragraphs, quotes and figures, all columns."""
    return _there(whole_article(site.record, doc_id), "article")


@router.get("/api/views/{view}")
def view(site: Here, view: View, most: Most = 100, skip: Annotated[int, Query(ge=0)] = 0) -> list[dict[str, Any]]:
    """Rows of a view of ``views.sql``."""
    return site.record.ask(f"SELECT * FROM {view} ORDER BY {_VIEWS[view]} LIMIT ? OFFSET ?", most, skip)


@router.post("/read")
def read(site: Here, text: Annotated[str, Body(embed=True, min_length=1, max_length=reader.MOST_CHARS)]) -> dict[str, Any]:
    """Read a text: its quotes, figures and speakers. It is not kept; the model is loaded at the first."""
    return site.reader.read(text, reader.told)


def _there(found: Any, what: str) -> Any:
    if found is None:
        raise HTTPException(404, f"no such {what} in this record")
    return found

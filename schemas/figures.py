"""Which numbers were given: a row per numeric claim."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .article import ArticleColumns
from .base import Int32, Table
from .documents import ParagraphKind
from .versions import added

Modifier = Literal[
    "exact", "at_least", "more_than", "at_most", "less_than", "approximate", "nearly", "range", "vague",
]  # fmt: skip
FigureKind = Literal["count", "money", "percent", "ratio", "duration", "age", "measure"]
Event = Literal[
    "killed", "injured", "displaced", "missing", "detained", "trapped", "evacuated", "infected", "attacked",
    "destroyed", "other",
]  # fmt: skip
Direction = Literal["up", "down"]
ClaimantStatus = Literal["named", "unnamed", "unresolved", "article", "unspecified"]


class Figure(ArticleColumns):
    """A number that the article gives: its value and bounds, what it counts, and according to whom."""

    figure_id: str = Field(description="Hash of doc_id and span.")
    doc_id: str = Field(description="The document.")
    article_id: str = Field(description="The article.")
    paragraph_index: Int32 = Field(description="Paragraph it stands in.")
    paragraph_kind: ParagraphKind = Field(description="Kind of that paragraph.")
    start_char: Int32 = Field(description="Offset of the figure, its modifier included.")
    end_char: Int32 = Field(description="Offset after it.")
    text: str = Field(description="documents.text[start_char:end_char].")
    value: float | None = Field(None, description="The number as printed; null for ranges and vague figures.")
    low: float | None = Field(None, description="Least value that the words allow.")
    high: float | None = Field(None, description="Greatest value; exclusive for less_than, nearly and vague.")
    modifier: Modifier = Field(description="How the number is bounded or hedged.")
    kind: FigureKind = Field(description="What sort of quantity it is.")
    unit: str | None = Field(None, description="Singular noun, ISO 4217 code or SI name (person, USD, percent, tonne).")
    counted: str | None = Field(None, description="The noun phrase counted, as written.")
    counted_lemma: str | None = Field(None, description="Head of that phrase, singular.")
    event: Event | None = Field(None, description="What befell those counted.")
    direction: Direction | None = added("1.2", "The figure is the size of a change, and this the way it went (rose 3 per cent).")
    place: str | None = Field(None, description="Place named in the figure's clause, else its sentence.")
    time_text: str | None = Field(None, description="Time named in the figure's clause, else its sentence.")
    part_of: str | None = Field(None, description="figure_id of the whole that this is a part of.")
    malformed: bool = Field(description="The digits cannot be read one way; value, low and high are null.")
    readings: list[float] = Field(default_factory=list, description="Possible readings of malformed digits.")
    quote_id: str | None = Field(None, description="The quote it stands in.")
    claimant_name: str | None = Field(None, description="Who gives the number (canonical name).")
    claimant_id: str | None = Field(None, description="speaker_id of the claimant.")
    claimant_mention: str | None = Field(None, description="The claimant as printed.")
    claimant_status: ClaimantStatus = Field(
        description="named; unnamed (activists); unresolved; article (the paper itself); unspecified (are believed to)."
    )
    confidence: float | None = Field(
        None, description="Probability that the reading is right; null: malformed, or fewer than 5 of its kind were judged."
    )
    claimant_confidence: float | None = Field(None, description="Probability that the claimant is right.")
    excerpt_start: Int32 = Field(description="Offset of the sentence that holds the figure.")
    excerpt_end: Int32 = Field(description="Offset after it.")
    excerpt: str = Field(description="documents.text[excerpt_start:excerpt_end].")
    corrected: list[str] | None = added(
        "1.4", "Columns that a person has put right, none where the row was found right; null as read, and in all files."
    )


FIGURES = Table("figures", Figure, ("published_at", "figure_id"))

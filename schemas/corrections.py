"""What people have corrected: a row per value that a person has put right, or per row that a person has judged."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from .base import Int32, Row, Table

CorrectedThing = Literal["quote", "figure", "person"]
Verdict = Literal["changed", "none", "accepted", "one", "two"]


class Correction(Row):
    """What a person says of a row: a value that is right, that there is nothing at all, that it is right, who is one or two.

    What was read stays as it is; `views.sql` and `onrecord.tables` show it corrected. Of two that correct the same column of a
    row the later one counts, and of none that is undone. Numbers, spans (`12-40 51-60`) and other values stand as text.
    """

    correction_id: str = Field(description="The correction; its rows, a row per column, have the same.")
    what: CorrectedThing = Field(description="quote, figure or person.")
    verdict: Verdict = Field(description="changed (a column), none, accepted; of people: one, two.")
    row_id: str = Field(description="quote_id, figure_id, or the speaker_id of one of two names.")
    other_id: str | None = Field(None, description="The speaker_id of the other name.")
    column_name: str | None = Field(None, description="The column that is put right; null where the whole row is judged.")
    read_value: str | None = Field(None, description="What was read; of people the one name.")
    right_value: str | None = Field(None, description="What is right; of people the other name.")
    doc_id: str | None = Field(None, description="The document; null for people.")
    article_id: str | None = Field(None, description="The article; null for people.")
    start_char: Int32 | None = Field(None, description="Offset of the quote's or figure's words when it was corrected.")
    end_char: Int32 | None = Field(None, description="Offset after them.")
    words: str | None = Field(None, description="These words; with the offsets they tell the row again after a reading anew.")
    matched: bool = Field(description="Whether the row is there; false where a later reading holds nothing like it.")
    corrected_by: str = Field(description="Who says so.")
    corrected_at: datetime = Field(description="When (UTC).")
    why: str | None = Field(None, description="Why, in their own words.")
    undone_by: str | None = Field(None, description="Who took it back; null while it counts.")
    undone_at: datetime | None = Field(None, description="When it was taken back (UTC).")


CORRECTIONS = Table("corrections", Correction, ("corrected_at", "correction_id"), since="1.4")

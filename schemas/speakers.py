"""The speakers of each document, and which of them are one person or body."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .base import Int32, Row, Table
from .quotes import Gender, SpeakerKind
from .versions import added

PersonRule = Literal[
    "same_name", "alias", "correction", "generic", "middle_name", "initials", "given_name", "spelling", "surname", "acronym",
    "ambiguous",
]  # fmt: skip
# what each rule joins, in the order in which they are tried (people.joining)
PERSON_RULES: dict[str, str] = {
    "same_name": "The name as it stands.",
    "alias": "What the user's own file says.",
    "correction": "What a person has said: these are one.",
    "generic": "Stays apart: many bodies are called so (police, Supreme Court).",
    "middle_name": "Ann Veld, Ann R. Veld: the middle names fit.",
    "initials": "A. Veld, where role or company speak for it.",
    "given_name": "Joe for Joseph, in the same role.",
    "spelling": "Other accents, articles, legal forms; other spellings of a name from another script, with a role in common.",
    "surname": "Veld alone, where role, company or country leave one Veld who may be meant.",
    "acronym": "TWB, where an article abbreviates one body so, or their company is the same.",
    "ambiguous": "Stays apart: several people or bodies may be meant.",
}


class DocumentSpeaker(Row):
    """A speaker of one document, under the fullest name that the document gives."""

    speaker_id: str = Field(description="Hash of kind and normalised name: the same name has the same id everywhere.")
    doc_id: str = Field(description="The document.")
    name: str = Field(description="The fullest name in the document.")
    kind: SpeakerKind = Field(description="person, organisation, government, group, media or unnamed.")
    role: str | None = Field(None, description="Role or title printed with the name.")
    aliases: list[str] = Field(description="Other forms of the name in the document.")
    mention_count: Int32 = Field(description="Mentions of the name or its aliases in the document.")
    quote_count: Int32 = Field(description="Quotes attributed to the speaker in the document.")
    gender: Gender | None = added("1.2", "The person's gender as the document's own words tell it, never from a given name.")


class Person(Row):
    """A name and the person or body that it stands for, over all articles so far."""

    speaker_id: str = Field(description="The name, as in document_speakers.")
    person_id: str = Field(description="The person or body; several names may share it.")
    name: str = Field(description="The fullest name of the person or body.")
    rule: PersonRule = Field(
        description="The rule that joined the name to the person; ambiguous or generic where it stays apart for that reason.",
    )
    confidence: float | None = Field(None, description="Probability that the joining is right; null: not calibrated.")
    external_id: str | None = Field(None, description="Id from the user's own alias file.")


DOCUMENT_SPEAKERS = Table("document_speakers", DocumentSpeaker, ("doc_id", "speaker_id"))
PEOPLE = Table("people", Person, ("name", "speaker_id"))

"""What all articles tell of each name, kept beside the tables so that a run need not read every speaker again.

Derived: named by the manifest of the run that made it, and made anew where it is missing. Readers of the record do not need it.
"""

from __future__ import annotations

from pydantic import Field

from ..schemas import Row, Struct, Table
from ..schemas.base import Int32

FOLDER = "_names"


class Companion(Struct):
    """A name that speaks beside another, as somebody else."""

    id: str
    articles: int


class KnownName(Row):
    """What all articles together tell of a name; see ``people.joining.NameRecord``."""

    bucket: Int32 = Field(description="A hash of the block, by which names are shared out.")
    block: str = Field(description="The block within which the name is compared.")
    id: str = Field(description="The name's speaker_id.")
    name: str = Field(description="The name.")
    kind: str = Field(description="Its kind.")
    documents: int = Field(description="Documents in which it speaks.")
    roles: list[str] = Field(description="Roles printed with it.")
    aliases: list[str] = Field(description="Other forms of it.")
    company: list[str] = Field(description="Ids of people and bodies that speak beside it.")
    states: list[str] = Field(description="States that speak or are told of beside it.")
    apart: list[Companion] = Field(description="Names of its block that speak beside it.")


NAMES = Table("names", KnownName, ("bucket", "block", "id"))

"""What all articles tell of each name, kept beside the tables so that a run need not read every speaker again.

A cache: made anew where it is missing or covers files that count no more. Readers of the record do not need it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, Field

from ..durable import write_whole
from ..schemas import Row, Struct, Table
from ..schemas.base import Int32
from .seal import digest_of, sealed, unsealed

FOLDER = "_names"
COVERS = "covers.json"


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


class Covers(BaseModel):
    """Which files the kept names were read from, and the generation of people that rules and aliases made of them."""

    file: str
    document_speakers: list[str]
    people: str
    rules: str
    aliases: str
    digest: str | None = None  # of ``file``
    given: str | None = None  # digest of the kept aliases, if there are any


def read_covers(output: Path) -> Covers | None:
    """What the kept names cover; None if there are none that can be read."""
    try:
        covers = Covers.model_validate(unsealed((output / FOLDER / COVERS).read_bytes()))
        if digest_of(output / covers.file) != covers.digest:
            return None
    except (OSError, ValueError):
        return None
    return covers


def covers_text(covers: Covers) -> str:
    """What the file holds that tells what is covered."""
    return sealed(covers.model_dump(mode="json"))


def rename_covered(output: Path, merged: Sequence[str], into: Sequence[str]) -> None:
    """Files of ``document_speakers`` were merged into others: the same rows are covered."""
    covers = read_covers(output)
    if covers is not None and merged and set(merged) <= set(covers.document_speakers):
        now = sorted(set(covers.document_speakers) - set(merged) | set(into))
        write_whole(output / FOLDER / COVERS, covers_text(covers.model_copy(update={"document_speakers": now})))

"""What the readers of this room share: a file read whole within a limit, and an article of text and told fields."""

from __future__ import annotations

from collections.abc import Mapping

from ..formats import Reading, Source
from ..readers.metadata import apply_metadata
from ..records import RawArticle, Refused, check_text

MAX_BYTES = 64 << 20  # of a file that is read whole


def all_of(file: Source, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file.

    Raises:
        Refused: ``empty`` or ``too_long``.
    """
    data = file.stream.read(limit + 1)
    if len(data) > limit:
        raise Refused("too_long", f"more than {limit} bytes")
    if not data.strip():
        raise Refused("empty", "the file is empty")
    return data


def article(
    text: str,
    told: Mapping[str, str | None],
    file: Source,
    reading: Reading,
    number: int | None = None,
    own_id: str | None = None,
) -> RawArticle:
    """An article with what is told of it, completed by what is given apart; odd fields are left out with a note.

    Args:
        text: its words.
        told: by its own file, by the names of columns of metadata.
        file: where it stands.
        reading: how the file is read.
        number: of the record, where the file may hold several.
        own_id: by which its source knows it.

    Raises:
        Refused: no text, or one that is too long.
    """
    check_text(text, reading.max_chars)
    uri = file.uri if number is None else f"{file.uri}#L{number}"
    record = RawArticle(uri=uri, text=text, record=number, own_id=own_id)
    record = apply_metadata(record, {name: value for name, value in told.items() if value})
    given = file.given if number is None else reading.metadata.get(uri) or reading.metadata.get(record.url or "") or {}
    return apply_metadata(record, given)

"""Plain text: one article a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, ClassVar

from ..formats import Reader, Reading, Source
from ..limit import TooSlow
from ..records import RawArticle, Record, Refusal, Refused, broken, check_text
from .decoding import decode
from .front_matter import front_matter
from .metadata import apply_metadata


class Text(Reader):
    """``text``: an article a file, in any encoding; what nothing else is told to be."""

    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".text")
    name_settles: ClassVar[bool] = False

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        yield read_text(file.stream, file.uri, file.given, reading.max_chars)


def read_text(stream: IO[bytes], uri: str, metadata: Mapping[str, str], max_chars: int) -> Record:
    """Read the one article of a text file; ``metadata`` holds the columns given apart for it."""
    # a character takes at most four bytes, so a longer file is too long whatever its encoding
    data = stream.read(4 * max_chars + 5)
    try:
        if len(data) > 4 * max_chars + 4:
            raise Refused("too_long", f"more than {4 * max_chars} bytes; max_chars is {max_chars}")
        told, text = front_matter(_decoded(data, uri))
        check_text(text, max_chars)
        return apply_metadata(apply_metadata(RawArticle(uri=uri, text=text), metadata), told)
    except (Refused, TooSlow) as error:
        return Refusal.of(error, uri, None, data)


def _decoded(data: bytes, uri: str) -> str:
    try:
        return decode(data)
    except Refused:
        raise
    except Exception as error:
        raise broken(error, uri) from error

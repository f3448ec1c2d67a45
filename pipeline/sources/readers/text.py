"""Plain text: one article a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

from ..limit import TooSlow
from ..records import RawArticle, Record, Refusal, Refused, broken, check_text
from .decoding import decode
from .metadata import apply_metadata


def read_text(stream: IO[bytes], uri: str, metadata: Mapping[str, str], max_chars: int) -> Record:
    """Read the one article of a text file; ``metadata`` holds the columns given apart for it."""
    # a character takes at most four bytes, so a longer file is too long whatever its encoding
    data = stream.read(4 * max_chars + 5)
    try:
        if len(data) > 4 * max_chars + 4:
            raise Refused("too_long", f"more than {4 * max_chars} bytes; max_chars is {max_chars}")
        text = _decoded(data)
        check_text(text, max_chars)
        return apply_metadata(RawArticle(uri=uri, text=text), metadata)
    except (Refused, TooSlow) as error:
        return Refusal.of(error, uri, None, data)


def _decoded(data: bytes) -> str:
    try:
        return decode(data)
    except Refused:
        raise
    except Exception as error:
        raise broken(error) from error

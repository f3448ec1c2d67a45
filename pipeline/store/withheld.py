"""Texts that are withheld but for their excerpts: each other character is shaded, so that every offset still points where it did.

A sample without texts is made so. Its manifest says it (``config.without_text``), and ``content_sha256`` stays that of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..schemas.ids import sha256_hex

SHADE = "\N{LIGHT SHADE}"
_INK = re.compile(r"\S")


def is_withheld(text: str, content_sha256: str) -> bool:
    """Whether this is not the whole text of a document with this digest."""
    return SHADE in text and sha256_hex(text.encode("utf-8")) != content_sha256


def shaded(text: str, kept: Iterable[tuple[int, int]]) -> str:
    """A text of the same length in which only some stretches can be read; white space stays.

    Args:
        text: the text.
        kept: where what stays begins and ends.
    """
    out, at = [], 0
    for start, end in sorted(kept):
        if end > at:
            out += [_INK.sub(SHADE, text[at : max(at, start)]), text[max(at, start) : end]]
            at = end
    out.append(_INK.sub(SHADE, text[at:]))
    return "".join(out)

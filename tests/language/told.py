"""What was read of texts, in the form in which cases expect it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Expected = list[tuple[str | None, str]]  # of each row the speaker's name and the words


def told(nlp: Any, texts: Iterable[str], speech: bool = True) -> dict[str, Expected]:
    """Names and words of the rows of each text; with ``speech`` of what is said alone, no thoughts and stances."""
    given = list(texts)
    read = zip(given, nlp.pipe(given), strict=True)
    return {text: [(q.speaker_name, q.text) for q in doc._.quotes if q.act == "speech" or not speech] for text, doc in read}

"""Reading a text that is given to the page: with the model of ``onrecord.load``, which is loaded when it is first needed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from ..printable import readable
from ..report.articles import compact, complete
from ..schemas.ids import ID_LENGTH

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MOST_CHARS = 100_000  # of a text


class TextReader:
    """Reads one text after the other."""

    def __init__(self) -> None:
        self._nlp: Language | None = None
        self._one_at_a_time = threading.Lock()

    def read(self, text: str) -> Doc:
        """A text with its quotes, figures and speakers, as ``onrecord.load()(text)`` gives it."""
        with self._one_at_a_time:
            if self._nlp is None:
                from .. import load

                self._nlp = load()
            return self._nlp(text)


def told(doc: Doc) -> dict[str, Any]:
    """What was read, as JSON."""
    from ..report.terminal import as_json

    return as_json(doc)


def marked(doc: Doc) -> dict[str, Any]:
    """What was read, as ``marks.js`` reads it."""
    article = dict.fromkeys(("url", "title", "author", "publisher", "published_at", "published_date"))
    found: dict[str, Any] = {
        **article,
        "doc_id": "",
        "language": doc._.article.language,
        "text": doc._.article.text,
        "paragraphs": [
            {"paragraph_index": p.index, "kind": p.kind, "start_char": p.start, "end_char": p.end} for p in doc._.paragraphs
        ],
        "quotes": [q.model_dump() for q in doc._.quotes],
        "figures": [f.model_dump() for f in doc._.figures],
    }
    complete(found, {})
    return compact(found, ID_LENGTH) | {"title": readable(found["text"].strip().split("\n")[0][:120])}

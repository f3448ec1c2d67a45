"""Reading a text that is given to the page: by the model of ``onrecord.load``, in a process that lives while it is asked.

The model takes twice the memory of all else that serves; so it has a process of its own, which ends when nobody has asked for
a while.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from typing import TYPE_CHECKING, Any

from ..printable import readable
from ..processes import end_with_parent
from ..report.articles import compact, complete
from ..schemas.ids import ID_LENGTH

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MOST_CHARS = 100_000  # of a text
REST = 60.0  # seconds without a question after which the model is let go
Shape = Callable[["Doc"], dict[str, Any]]


class TextReader:
    """Reads one text after the other.

    Args:
        rest: seconds without a question after which the process ends.
    """

    def __init__(self, rest: float = REST) -> None:
        self.rest = rest
        self._pool: ProcessPoolExecutor | None = None
        self._ends: threading.Timer | None = None
        self._one_at_a_time = threading.Lock()

    def read(self, text: str, shape: Shape) -> dict[str, Any]:
        """What ``shape`` makes of a text with its quotes, figures and speakers, as ``onrecord.load()(text)`` gives it.

        Raises:
            BrokenProcessPool: the process was killed, twice.
        """
        with self._one_at_a_time:
            if self._ends is not None:
                self._ends.cancel()
            try:
                try:
                    return self._asked(text, shape)
                except BrokenProcessPool:  # as the system does where memory is short
                    self._pool = None
                    return self._asked(text, shape)
            finally:
                self._ends = threading.Timer(self.rest, self.close)
                self._ends.daemon = True
                self._ends.start()

    def close(self) -> None:
        """End the process, if there is one; the next text begins another."""
        with self._one_at_a_time:
            if self._pool is not None:
                self._pool.shutdown(wait=False)
                self._pool = None

    def _asked(self, text: str, shape: Shape) -> dict[str, Any]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin)
        return self._pool.submit(_read, text, shape).result()


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this
    end_with_parent()


@cache
def _model() -> Language:
    from .. import load

    return load()


def _read(text: str, shape: Shape) -> dict[str, Any]:
    return shape(_model()(text))


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

"""What the pages and the JSON are made from: a record, its index, and a reader of texts; all kept up to date."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Protocol

from fastapi import Depends, Request

from ..corrections.apply import Row
from ..corrections.asked import CorrectionError, Wanted
from .index import Index, place_of
from .reader import TextReader
from .record import Record

_log = logging.getLogger(__name__)
LOOK_EVERY = 5.0  # seconds, whether runs have published


class Corrector(Protocol):
    """What makes corrections part of the record; it raises ``CorrectionError`` where it cannot.

    Attributes:
        by: who says so where nobody else is told.
    """

    by: str

    def correct(self, wanted: Sequence[Wanted]) -> list[Row]:
        """Publish corrections: all of them, or none; returns their rows."""
        ...

    def undo(self, given: str, by: str) -> list[Row]:
        """Take a correction back; returns its rows."""
        ...


class Site:
    """A record that is served.

    Args:
        folder: the record.
        told: called with a line on what is done before.
        corrector: what corrects it; None: it can be read only.

    Raises:
        FileNotFoundError: the folder holds no finished run.
        NewerRecord: a newer version of Onrecord wrote to it.
        OSError: the index cannot be written.
    """

    def __init__(self, folder: Path, told: Callable[[str], None] = lambda line: None, corrector: Corrector | None = None) -> None:
        place = place_of(folder)
        self.name = folder.resolve().name
        self.record = Record(folder, place / "scratch")
        self.index = Index(place)
        self.reader = TextReader()
        self._corrector = corrector
        self._refreshing = threading.Lock()
        self.index.update(self.record.now, told)

    def refresh(self) -> None:
        """Take in what runs have published since."""
        with self._refreshing:
            if self.record.refresh() or not self.index.path.exists():
                self.index.update(self.record.now)

    @property
    def corrector(self) -> Corrector:
        """What corrects the record.

        Raises:
            CorrectionError: it can be read only.
        """
        if self._corrector is None:
            raise CorrectionError("this record can be read only")
        return self._corrector

    @property
    def by(self) -> str | None:
        """Who corrects where nobody else is told; None where the record can be read only."""
        return self._corrector.by if self._corrector is not None else None

    @contextmanager
    def kept_up(self, every: float = LOOK_EVERY) -> Iterator[None]:
        """Refresh now and then while the context lasts."""
        stop = threading.Event()

        def keep() -> None:
            complained = ""
            while not stop.wait(every):
                try:
                    self.refresh()
                    complained = ""
                except Exception as error:  # what was there is served, and the next round looks again
                    if str(error) != complained:
                        complained = str(error)
                        _log.warning("what is new in the record cannot be taken in: %s", complained)

        thread = threading.Thread(target=keep, daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(timeout=every)


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


Here = Annotated[Site, Depends(_site)]

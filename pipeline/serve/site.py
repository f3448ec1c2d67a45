"""What the pages and the JSON are made from: a record, its index, and a reader of texts; all kept up to date."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from .index import Index, place_of
from .reader import TextReader
from .record import Record

_log = logging.getLogger(__name__)
LOOK_EVERY = 5.0  # seconds, whether runs have published


class Site:
    """A record that is served.

    Raises:
        FileNotFoundError: the folder holds no finished run.
        NewerRecord: a newer version of Onrecord wrote to it.
        OSError: the index cannot be written.
    """

    def __init__(self, folder: Path, told: Callable[[str], None] = lambda line: None) -> None:
        place = place_of(folder)
        self.name = folder.resolve().name
        self.record = Record(folder, place / "scratch")
        self.index = Index(place)
        self.reader = TextReader()
        self.index.update(self.record.now, told)

    def refresh(self) -> None:
        """Take in what runs have published since."""
        if self.record.refresh() or not self.index.path.exists():
            self.index.update(self.record.now)

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

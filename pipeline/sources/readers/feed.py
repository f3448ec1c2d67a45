"""Feeds: what was fetched of one lies in archives, with why a page is missing where it is."""

from __future__ import annotations

from typing import ClassVar

from .warc import Warc


class Feed(Warc):
    """``feed``: the inputs are addresses of feeds; what is new in these is fetched into archives, which are read."""

    suffixes: ClassVar[tuple[str, ...]] = ()
    addresses: ClassVar[bool] = True

    def sniff(self, head: bytes) -> bool:
        return False

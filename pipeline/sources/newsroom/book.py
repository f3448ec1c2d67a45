"""EPUB: newspapers and magazines as e-readers load them, an article a chapter."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import unquote

from ..formats import Reader, Reading, Source
from ..inflate import FREE, RATIO
from ..limit import TooSlow
from ..pages.markup import text_of_tree
from ..records import Record, Refusal, Refused
from .whole import all_of, article
from .xml import first, parsed, texts

_WORDS = 30  # of the shortest chapter that is an article, and no cover, list of contents or imprint


class Book(Reader):
    """``epub``: an article a chapter."""

    suffixes: ClassVar[tuple[str, ...]] = (".epub",)
    packed: ClassVar[bool] = True

    def sniff(self, head: bytes) -> bool:
        return head.startswith(b"PK\x03\x04") and b"mimetypeapplication/epub+zip" in head[:64]

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        data = all_of(file)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                if sum(i.file_size for i in parts.infolist()) > max(FREE, RATIO * len(data)):
                    raise Refused("bad_archive", "a book that unpacks to far more than it is")
                yield from _chapters(parts, file, reading)
        except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
            raise Refused("bad_archive", f"not readable as EPUB: {error}") from None


def _chapters(parts: zipfile.ZipFile, file: Source, reading: Reading) -> Iterator[Record]:
    places = parsed(parts.read("META-INF/container.xml")).xpath("//*[local-name()='rootfile']/@full-path")
    if not places:
        raise Refused("bad_archive", "a book without a list of its parts")
    package = parsed(parts.read(places[0]))
    told = {
        "publisher": first(texts(package, "publisher") or texts(package, "title")),
        "published_at": first(texts(package, "date")),
        "language": first(texts(package, "language")),
    }
    hrefs = {item.get("id"): item.get("href") for item in package.xpath("//*[local-name()='manifest']/*")}
    folder = posixpath.dirname(places[0])
    for number, ref in enumerate(package.xpath("//*[local-name()='spine']/*/@idref"), 1):
        name = posixpath.normpath(posixpath.join(folder, unquote(hrefs.get(ref) or "")))
        try:
            chapter = parsed(parts.read(name))
            text = text_of_tree(next(iter(chapter.xpath("//*[local-name()='body']")), chapter))
            if len(text.split()) < _WORDS:
                raise Refused("not_an_article", f"{name}: fewer than {_WORDS} words")
            yield article(text, told | {"title": _title(chapter)}, file, reading, number)
        except (Refused, TooSlow) as error:
            yield Refusal.of(error, file.uri, number, name.encode("utf-8", "replace"))


def _title(chapter: Any) -> str | None:
    return first(texts(chapter, "h1") or texts(chapter, "h2") or texts(chapter, "title"))

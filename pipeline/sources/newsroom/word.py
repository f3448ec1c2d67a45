"""Documents of Word (``.docx``): an article a file, or an export of a database."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import ClassVar

from ..formats import Reader, Reading, Source
from ..inflate import FREE
from ..pages.markup import plain_text
from ..records import Record, Refused
from .databases import is_export, read_export
from .whole import all_of, article


class Word(Reader):
    """``docx``: an article a file, or many as databases export them."""

    suffixes: ClassVar[tuple[str, ...]] = (".docx",)
    packed: ClassVar[bool] = True

    def sniff(self, head: bytes) -> bool:
        return head.startswith(b"PK\x03\x04") and (b"word/" in head)

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        import mammoth

        data = all_of(file)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                if sum(i.file_size for i in parts.infolist()) > max(FREE, 20 * len(data)):
                    raise Refused("bad_archive", "a document that unpacks to far more than it is")
                if "word/document.xml" not in parts.namelist():
                    raise Refused("unsupported", "no document of Word; save it as .docx, .html or .txt")
            page = mammoth.convert_to_html(io.BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {"src": ""}))
        except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
            raise Refused("bad_archive", f"not readable as a document of Word: {error}") from None
        text = plain_text(page.value) if page.value.strip() else ""
        if is_export(text):
            yield from read_export(text, file, reading)
        else:
            yield article(text, {}, file, reading)

"""PDF: the text of an article's pages, with the extra ``pdf``."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import ClassVar

from ...printable import counted
from ..formats import Reader, Reading, Source
from ..records import Record, Refused
from .whole import all_of, article

_MOST = 500  # pages
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


class Pdf(Reader):
    """``pdf``: an article a file."""

    suffixes: ClassVar[tuple[str, ...]] = (".pdf",)

    def sniff(self, head: bytes) -> bool:
        return head.startswith(b"%PDF-")

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        try:
            from pypdf import PdfReader
            from pypdf.errors import PyPdfError
        except ImportError:
            raise Refused("unsupported", "PDF is read with the extra pdf: pip install 'onrecord[pdf]'") from None
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds odd is told by a reject, if it matters
        data = all_of(file)
        try:
            pages = PdfReader(io.BytesIO(data)).pages
            if len(pages) > _MOST:
                raise Refused("too_long", f"{counted(len(pages), 'pages')}; an article has fewer than {_MOST}")
            text = "\n\n".join(_HYPHEN.sub("", page.extract_text()).strip() for page in pages)
        except (
            PyPdfError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            IndexError,
            RecursionError,
            NotImplementedError,
        ) as error:
            raise Refused("bad_archive", f"not readable as PDF: {error}") from None
        if not text.strip():
            raise Refused("empty", "a PDF without text: pages of pictures need text recognition first")
        yield article(text, {}, file, reading)

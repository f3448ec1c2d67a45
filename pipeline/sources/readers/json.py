"""JSON: one article a line, or documents; which of the two a file holds, its name and first bytes tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from ..formats import Reader, Reading, Source
from ..inflate import without_ending
from ..records import Record
from .json_document import read_json_document
from .json_lines import read_jsonl

_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?[\s\x1e]*\{\s*(?:[\"}]|\Z)")
_OVER_LINES = re.compile(rb"\{\s*\n|\[\s*\{[^\n]*\}\s*(?:,|\]|\Z)|\[\s*\{\s*\n")
_WRAPS = re.compile(  # an answer of an interface, or a feed, in one line
    rb'\{[^\[]{0,400}"(?:articles|items|results|docs|hits|posts|stories|news|data)"\s*:\s*\[\s*\{', re.IGNORECASE
)
_BLANK = b"\xef\xbb\xbf \t\r\n"


class JsonLines(Reader):
    """``jsonl``: an article a line; a file that holds documents is read as these, but where its name tells lines."""

    suffixes: ClassVar[tuple[str, ...]] = (".jsonl", ".ndjson")

    def sniff(self, head: bytes) -> bool:
        return _OBJECT.match(head) is not None and not _is_document("", head)

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        read = read_json_document if _is_document(file.uri, file.head) else read_jsonl
        return read(file, reading)


class Json(Reader):
    """``json``: an article, an array of articles, or arrays by publisher; a file of objects that are a line each is lines."""

    suffixes: ClassVar[tuple[str, ...]] = (".json",)

    def sniff(self, head: bytes) -> bool:
        return _OBJECT.match(head) is not None and _is_document("", head)

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        read = read_jsonl if _is_lines(file.head) else read_json_document
        return read(file, reading)


def _is_document(uri: str, head: bytes) -> bool:
    """Whether JSON is one document and not lines: an array, or an object that its first line does not close."""
    name = without_ending(uri)
    opening = head.lstrip(_BLANK)
    if name.endswith(JsonLines.suffixes):  # called so all the same: objects over several lines, and an array of one line
        return _OVER_LINES.match(opening) is not None
    if opening.startswith(b"["):
        return True
    line, _, rest = opening.partition(b"\n")
    if _WRAPS.match(line) is not None:
        return True
    return not _is_lines(head) and (name.endswith(Json.suffixes) or (bool(rest) and not line.rstrip().endswith(b"}")))


def _is_lines(head: bytes) -> bool:
    """Whether JSON is lines for sure: the first closes what it opens, and another object follows."""
    line, _, rest = head.lstrip(_BLANK).partition(b"\n")
    return line.rstrip().endswith(b"}") and rest.lstrip()[:1] == b"{"

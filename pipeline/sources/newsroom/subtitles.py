"""Subtitles: the transcript of a broadcast, SubRip and WebVTT, its captions joined to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from ..formats import Reader, Reading, Source
from ..readers.decoding import decode
from ..records import Record, Refused
from .whole import all_of, article

_PAUSE = 2500  # milliseconds of silence after which a paragraph begins
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^<>]{1,80})>(?:\s*)", re.IGNORECASE)
_STAMP = re.compile(r"<(?:\d+:)?\d\d:\d\d\.\d{3}>")
_TURN = re.compile(r"^(?:-|–|—|>>+|&gt;&gt;)\s*|^(?=[A-Z][\w .'’-]{1,40}:\s)")
_STARTS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:WEBVTT|\d+\s*\r?\n\d\d:\d\d:\d\d[,.]\d{3}\s*-->)")


class Subtitles(Reader):
    """``subtitles``: a transcript a file."""

    suffixes: ClassVar[tuple[str, ...]] = (".srt", ".vtt")

    def sniff(self, head: bytes) -> bool:
        return _STARTS.match(head) is not None

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        import pysubs2
        from pysubs2.exceptions import Pysubs2Error

        text = _VOICE.sub(r"\1: ", decode(all_of(file)))
        is_vtt = text.lstrip("\ufeff\r\n ").startswith("WEBVTT")
        try:
            captions = pysubs2.SSAFile.from_string(_cues(text) if is_vtt else text, format_="vtt" if is_vtt else "srt")
        except (Pysubs2Error, ValueError) as error:
            raise Refused("bad_field", f"not readable as subtitles: {error}") from None
        yield article("\n\n".join(_paragraphs(captions)), {}, file, reading)


def _cues(text: str) -> str:
    """WebVTT without comments, styles, names of cues, and times within a line, all of which the library takes for words."""
    blocks = (block.splitlines() for block in re.split(r"\n{2,}", _STAMP.sub("", text.replace("\r\n", "\n"))))
    timed = (next(("\n".join(lines[n:]) for n, line in enumerate(lines) if "-->" in line), None) for lines in blocks)
    return "\n\n".join(["WEBVTT", *(block for block in timed if block)])


def _paragraphs(captions: object) -> Iterator[str]:
    """Captions joined: a turn of speakers and a pause begin a paragraph; a line that rolls up is told once."""
    words: list[str] = []
    end, before = 0, ""
    for caption in captions:  # type: ignore[attr-defined]
        for line in caption.plaintext.splitlines():
            line = " ".join(line.split())
            if not line or line == before:
                continue
            before = line
            turn = _TURN.match(line)
            if words and (turn or caption.start - end > _PAUSE):
                yield " ".join(words)
                words = []
            words.append(line[turn.end() :] if turn else line)
            end = caption.end
    if words:
        yield " ".join(words)

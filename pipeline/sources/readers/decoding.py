"""Bytes to text: UTF-8, with or without a byte order mark, or what charset-normalizer tells with confidence."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable
from typing import IO

from charset_normalizer import from_bytes

from ..pages.encoding import marks_of, unmarked_utf_16
from ..records import Refused

# Encodings of Western text that agree on everything printed in English; the first is what the web means by them.
_WESTERN = ("cp1252", "latin_1", "cp1250", "cp1254", "cp1257", "iso8859_15", "iso8859_9", "iso8859_2")
_ODD = re.compile(r"[^\W\d_][¡-©«-±´-¹»-¿×÷](?=[^\W\d_])|[¡¦§ª¬¯²³¸¹º¼½¾](?=[^\W\d_])|\ufffd")  # no English text has these
_CONTROL = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_SAMPLE = 64 * 1024
_FOREIGN = 0.2  # share of bytes above ASCII from which a text must make sense in some language


def decode(data: bytes) -> str:
    """Decode the bytes of a text file.

    Raises:
        Refused: ``empty``, ``binary`` or ``undecodable``.
    """
    if not data.strip():
        raise Refused("empty", "the file is empty")
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE))
    if not marked and (wide := unmarked_utf_16(data)) is not None:
        return _decoded(data, wide)
    if not marked:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return _decoded(data, _guess(data, error))
        if _is_binary(data):
            raise Refused("binary", "the file holds control characters, as no text does")
        return text
    return _decoded(data, _guess(data, None))


def as_utf8(stream: IO[bytes]) -> IO[bytes]:
    """The bytes of a text of many records as UTF-8, whatever encoding they are in; what is in none stays as it is."""
    return io.BufferedReader(_AsUtf8(stream))


class _AsUtf8(io.RawIOBase):
    """A stream that tells its encoding by the first bytes beyond ASCII."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._read_some: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self._decoder: codecs.IncrementalDecoder | None = None
        self._told = False
        self._begun = False
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        while not self._held:
            data = self._read_some(io.DEFAULT_BUFFER_SIZE)
            if not self._told and data:
                data = self._tell(data)
            self._held = data if self._decoder is None else self._transcoded(data)
            if not data and not self._held:
                break
        data, self._held = self._held[: len(buffer)], self._held[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)

    def _transcoded(self, data: bytes) -> bytes:
        assert self._decoder is not None
        try:
            return self._decoder.decode(data, final=not data).encode("utf-8")
        except UnicodeError:
            raise Refused("undecodable", "begins in an encoding that it does not go on in") from None

    def _tell(self, data: bytes) -> bytes:
        """Tell the encoding if the bytes do; they are given back without a mark of UTF-8."""
        first, self._begun = not self._begun, True
        encoding = _wide(data) if first else None
        if encoding is None and data.isascii():
            return data
        self._told = True
        foreign = [line for line in data[: data.rfind(b"\n") + 1 or len(data)].split(b"\n") if not line.isascii()]
        if encoding is None and foreign and not any(map(_is_utf8, foreign)):
            try:
                encoding = marks_of(data) or _guess(b"\n".join(foreign), UnicodeDecodeError("utf-8", data, 0, 1, ""))
            except Refused:
                encoding = None  # every record for itself
        if encoding is not None:
            self._decoder = codecs.getincrementaldecoder(encoding)()
        return data.removeprefix(codecs.BOM_UTF8) if first else data


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 by its mark or its zeros."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None) or unmarked_utf_16(data)


def _is_utf8(line: bytes) -> bool:
    try:
        return not line.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return b"\x00" in sample or sum(b in _CONTROL for b in sample) > 0.02 * len(sample)


def _guess(data: bytes, error: UnicodeDecodeError | None) -> str:
    """The encoding of bytes that are not UTF-8."""
    if error is not None and _is_binary(data):
        raise Refused("binary", "the file holds control characters, as no text does")
    if error is not None and (plain := marks_of(data)) is not None:
        return plain
    matches = from_bytes(data[: 4 * _SAMPLE], threshold=0.1, enable_fallback=False)
    best = matches.best()
    if best is None:
        where = f" at byte {error.start}" if error is not None else ""
        raise Refused("undecodable", f"neither UTF-8 (fails{where}) nor any other encoding with confidence")
    encoding = best.encoding
    foreign = sum(b > 127 for b in data[:_SAMPLE]) > _FOREIGN * len(data[:_SAMPLE])
    if error is not None and foreign and best.coherence == 0:
        raise Refused("undecodable", f"not UTF-8 (fails at byte {error.start}); read as {encoding} it is no known language")
    same = {m.encoding for m in matches if m.chaos == best.chaos} | {
        e for m in matches for e in m.could_be_from_charset if m.chaos == best.chaos
    }
    if error is None and not encoding.startswith(("utf_16", "utf_32")):
        raise Refused("undecodable", "a byte order mark of UTF-16 or UTF-32, but not the text of one")
    if (encoding in _WESTERN or same & set(_WESTERN[:2])) and not _ODD.search(data.decode("cp1252", "replace")):
        encoding = "cp1252"
    return encoding


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        raise Refused("undecodable", f"looked like {encoding} but does not decode as it") from None

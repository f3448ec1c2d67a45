"""Bytes to text: UTF-8, with or without a byte order mark, or what charset-normalizer tells with confidence."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from ..records import Refused

# Encodings of Western text that agree on everything printed in English; the first is what the web means by them.
_WESTERN = ("cp1252", "latin_1", "cp1250", "cp1254", "cp1257", "iso8859_15", "iso8859_9", "iso8859_2")
_ODD = re.compile(r"[^\W\d_][¡-©«-±´-¹»-¿×÷](?=[^\W\d_])|[¡¦§ª¬¯²³¸¹º¼½¾](?=[^\W\d_])|\ufffd")  # no English text has these
_CONTROL = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}
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
    if not marked:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return _guess(data, error)
        if _is_binary(data):
            raise Refused("binary", "the file holds control characters, as no text does")
        return text
    return _guess(data, None)


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return b"\x00" in sample or sum(b in _CONTROL for b in sample) > 0.02 * len(sample)


def _guess(data: bytes, error: UnicodeDecodeError | None) -> str:
    if error is not None and _is_binary(data):
        raise Refused("binary", "the file holds control characters, as no text does")
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
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        raise Refused("undecodable", f"looked like {encoding} but does not decode as it") from None

"""The characters of a page, decoded as browsers decode them (WHATWG Encoding Standard, by the library webencodings).

*ISO-8859-1* and *US-ASCII* mean Windows-1252 on the web, where quotation marks, dashes and euros are.
"""

from __future__ import annotations

import codecs
import re

import webencodings

_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{1,40})")
_META = re.compile(rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_HEAD = 8192  # bytes among which a page tells its encoding; browsers look at 1024, but pages tell it later
_BYTE_ORDER = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def page_text(data: bytes, told: str | None = None) -> str:
    """Decode a page; what it cannot be decoded by is replaced.

    Args:
        data: the page.
        told: the encoding that its server told.
    """
    text = _decoded(data, told)
    return _DECLARATION.sub("", text, count=1) if text.lstrip()[:5] == "<?xml" else text


def _decoded(data: bytes, told: str | None) -> str:
    for mark, name in _BYTE_ORDER:
        if data.startswith(mark):
            return data.decode(name, "replace")
    if not data.isascii():
        try:
            return data.decode("utf-8")  # what is valid and has more than ASCII is nothing else, whatever it is called
        except UnicodeDecodeError:
            pass
    for label in (told, *_declared(data)):
        encoding = webencodings.lookup(label) if label else None
        if encoding is not None and encoding.name not in ("utf-8", "utf-16le", "utf-16be", "replacement"):
            return data.decode(encoding.codec_info.name, "replace" if encoding.name != "windows-1252" else _WESTERN)
        if encoding is not None:
            break
    return data.decode("utf-8", _WESTERN)


def _declared(data: bytes) -> list[str]:
    found = [m[1] for m in (_XML.match(data), _META.search(data, 0, _HEAD)) if m]
    return [label.decode("ascii") for label in found]


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """Bytes that an encoding does not have, as Windows-1252: quotation marks pasted into a page of UTF-8."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data = error.object[error.start : error.end]
    return "".join(_CP1252[b] for b in data), error.end


_CP1252 = [bytes([b]).decode("cp1252", "replace") for b in range(256)]
_WESTERN = "onrecord.western"
codecs.register_error(_WESTERN, _as_western)

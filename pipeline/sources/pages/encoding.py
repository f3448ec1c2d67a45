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
# of English text, the likeliest first
_ENCODINGS = ("cp1252", "mac_roman", "gb18030", "shift_jis", "big5", "cp1250")
_OF_ONE_BYTE = frozenset(("cp1252", "mac_roman", "cp1250"))
_RUN = re.compile(rb"[\x80-\xff]{4}")  # no English text has as many characters beyond ASCII in a row
_FEW = 0.12  # share of bytes beyond ASCII
_PLAUSIBLE = re.compile(
    r"[“”‘’–—…«»„]|(?<![^\W_A-Z])[€£](?=\s?\d)|[a-zß-öø-ÿœšž]*[ß-öø-ÿœšž][a-zß-öø-ÿœšž]*|\b[À-ÖØ-ÞŠŽ][a-zß-öø-ÿ]+|[\u3000-\u9fff]{2,}"
)
_ODD = re.compile(
    r"[a-z][À-ÖØ-ÞŠŽ¡-¿×÷]|[À-ÖØ-Þ](?=[A-Z]?[a-z]*[À-ÖØ-Þ¡-¿])|[¡¤¦§¨¬¯°±²³´µ¶·¸¹º¼½¾¿×÷ƒˆ˜†‡‰‹›\x80-\x9f](?=[^\W\d_])|[ˇ˘˙˛˝¸]|"
    r"\b[à-öø-ÿ](?=[A-Z])|\b[À-ÖØ-Þ](?=[A-Z][a-z])|(?<=[a-z][.,!?])[À-ÖØ-öø-ÿ]\b"  # letters where quotation marks stand
)
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
    if (wide := unmarked_utf_16(data)) is not None:
        return data.decode(wide, "replace")
    if not data.isascii():
        try:
            return data.decode("utf-8")  # what is valid and has more than ASCII is nothing else, whatever it is called
        except UnicodeDecodeError:
            pass
    for label in (told, *_declared(data)):
        encoding = webencodings.lookup(label) if label else None
        if encoding is not None and encoding.name not in ("utf-8", "utf-16le", "utf-16be", "replacement"):
            text = data.decode(encoding.codec_info.name, "replace" if encoding.name != "windows-1252" else _WESTERN)
            return text.translate(_CONTROLS) if encoding.name.startswith("iso-8859-") else text
        if encoding is not None:
            return data.decode("utf-8", _WESTERN)
    untold = marks_of(data)
    return data.decode(untold, "replace") if untold and untold != "cp1252" else data.decode("utf-8", _WESTERN)


def marks_of(data: bytes) -> str | None:
    """The encoding of a text that is ASCII but for its quotation marks, dashes and a few letters, as English is, by what these
    become; None: it is not such a text, or nothing tells.
    """
    high = sum(b > 127 for b in data)
    if not high or high > _FEW * len(data):
        return None
    best, found = 0, None
    for encoding in _ENCODINGS:
        if encoding in _OF_ONE_BYTE and _RUN.search(data):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = len(_PLAUSIBLE.findall(text)) - 2 * len(_ODD.findall(text))
        if score > best:
            best, found = score, encoding
    return found


def unmarked_utf_16(data: bytes) -> str | None:
    """UTF-16 of mostly Latin letters without its mark, told by its zeros; None: it is none."""
    sample = data[:_HEAD] if len(data) % 2 == 0 else data[: _HEAD - 1]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else None


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
_CONTROLS = {b: _CP1252[b] for b in range(128, 160)}  # that no page means, and an encoding of the ISO has for them
_WESTERN = "onrecord.western"
codecs.register_error(_WESTERN, _as_western)

"""Text of others in a terminal or a page: control characters are shown, not obeyed."""

from __future__ import annotations

_BIDI = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
# C0 and DEL have pictures of their own; C1 (some terminals take them for escapes) and marks of direction become a box
_SHOWN = (
    {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"}
    | {0x7F: 0x2421}
    | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
    | dict.fromkeys(_BIDI, 0xFFFD)
    | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)  # bytes of a name that are not UTF-8
)
_IN_ONE_LINE = _SHOWN | {ord(c): 0x2400 + ord(c) for c in "\n\t"} | dict.fromkeys((0x2028, 0x2029), 0xFFFD)


def printable(text: str) -> str:
    """The text with a visible character in place of each that would steer the terminal; its length stays."""
    return text.translate(_SHOWN)


def one_line(text: str) -> str:
    """As ``printable``, of a message in one line, whatever is in the names that it tells."""
    return text.translate(_IN_ONE_LINE)


_ONE = {"people": "person"}


def counted(number: int, things: str) -> str:
    """How many there are, in words that fit: *1 document*, *2,000 documents*; ``things`` are many, as tables are called."""
    if number == 1:
        before, space, last = things.rpartition(" ")
        things = f"{before}{space}{_ONE.get(last, last.removesuffix('s'))}"
    return f"{number:,} {things}"


def readable(text: str) -> str:
    """As ``printable``, of the text of an article: a carriage return, which ends lines in some files, is a space."""
    return printable(text.replace("\r", " "))

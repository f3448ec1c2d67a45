"""Characters as their writer meant them: references of HTML in plain text, and what was decoded as another encoding."""

from __future__ import annotations

import html
import re
from html.entities import html5

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# what quotation marks, accents and spaces of UTF-8 become under Windows-1252 and -1251, Latin-1 and Mac Roman
_GARBLED = ("â€", "Ã", "Â", "â\x80", "вЂ", "‚Ä", "√", "ðŸ", "ï»¿", "Å", "Ð", "Ñ")
_LOST = re.compile(r"â€(?=[\s,.;:!?)\]]|$)")  # a closing mark of which programs have dropped the last byte, a control character
_CONTROL = re.compile("[\x80-\x9f]")  # what quotation marks of Windows-1252 become when they are read as Latin-1
_ROUNDS = 2  # *&amp;#8220;* was encoded twice


def meant(text: str) -> str:
    """The text with its references and doubly decoded characters as characters: *&#8220;We go&#8221;*, *â€œWe goâ€*.

    A text without them stays as it is, so offsets into one that has been through here stay true.
    """
    for _ in range(_ROUNDS):
        if "&" in text:
            text = _REFERENCE.sub(_character, text)
    if any(mark in text for mark in _GARBLED):
        import ftfy

        text = ftfy.fix_encoding(_LOST.sub("”", text) if "â€œ" in text else text)
    if _CONTROL.search(text):
        from ftfy.fixes import fix_c1_controls

        text = fix_c1_controls(text)
    return text


def _character(reference: re.Match[str]) -> str:
    printed = reference.group()
    return html.unescape(printed) if printed[1] == "#" else html5.get(printed[1:], printed)

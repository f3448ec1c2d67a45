"""The title of an article without the name of the site it stands on."""

from __future__ import annotations

import re

_PARTS = re.compile(r"\s+[|–—·•»«:›‹/-]{1,2}\s+|\s*[|»›]\s*")
_BRACKETS = re.compile(r"\s*[\[(]([^\[\]()]+)[\])]$")
_SECTION = re.compile(r"[A-Z][\w&’' ]{1,25}")  # News, UK News, World


def bare_title(title: str | None, names: list[str], headings: list[str], whole: str = "") -> str | None:
    """A title without the site's name and section behind or before it.

    Args:
        title: as the page tells it.
        names: what the site is called, its host among them.
        headings: the texts of the page's main headings.
        whole: the page's ``title``, of which the title may be a part already.
    """
    if not title:
        return title
    title, whole = " ".join(title.split()), " ".join(whole.split())
    known = {_key(n) for n in names} | {_key(re.sub(r"^the\s+", "", n, flags=re.I)) for n in names}
    known |= {_key(n.removeprefix("www.").rpartition(".")[0]) for n in names if re.fullmatch(r"[\w.-]+\.\w+", n)}
    known.discard("")
    cut = whole.startswith(title) or _key(title) in known  # somebody has taken a part of it, not always the right one
    if cut and (_is_site(_PARTS.split(whole)[-1], known) or _is_site(_PARTS.split(whole)[0], known)):
        title = whole
    if (bracketed := _BRACKETS.search(title)) and _is_site(bracketed[1], known):
        title = title[: bracketed.start()]
    parts, marks = _PARTS.split(title), _PARTS.findall(title)
    if len(parts) < 2:
        return title
    shown = {_key(h) for h in headings if h and not _is_site(h, known)}  # a logo may be a heading too
    for end in range(len(parts) - 1, 0, -1):  # what the page shows as its heading is its title
        if _key(" ".join(parts[:end])) in shown:
            return _joined(parts[:end], marks)
        if _key(" ".join(parts[-end:])) in shown:
            return _joined(parts[-end:], marks[len(parts) - end :])
    if _is_site(parts[-1], known):
        parts = parts[:-1]
        if len(parts) > 1 and _SECTION.fullmatch(parts[-1]) and len(parts[-1].split()) < 3 and "|" in "".join(marks):
            parts = parts[:-1]
        return _joined(parts, marks)
    if _is_site(parts[0], known):
        return _joined(parts[1:], marks[1:])
    return title


def _is_site(part: str, known: set[str]) -> bool:
    return _key(re.sub(r"^the\s+", "", part, flags=re.I)) in known


def _joined(parts: list[str], marks: list[str]) -> str:
    return "".join(a + b for a, b in zip(parts, [*marks[: len(parts) - 1], ""], strict=True)).strip()


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())

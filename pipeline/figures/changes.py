"""Changes: which way a verb or adverb says that a figure went (*rose 3 per cent*, *down 12*)."""

from __future__ import annotations

import re

from ..schemas.figures import Direction
from .printed import NumberPhrase

_UP = (
    r"r[io]sen?|rose|ris(?:es|ing)|gr[eo]w(?:n|s|ing)?|climb(?:ed|s|ing)?|jump(?:ed|s|ing)?|soar(?:ed|s|ing)?|surg(?:ed|es|ing)"
    r"|increas(?:ed|es|ing)|gain(?:ed|s|ing)?|advanc(?:ed|es|ing)|leap(?:t|ed|s)?|swell(?:ed|s)?|rall(?:ied|ies)|expand(?:ed|s)"
    r"|spiked|rocketed|edged up|went up|goes? up|up|higher"
)
_DOWN = (
    r"f[ae]ll(?:en|s|ing)?|drop(?:ped|s|ping)?|declin(?:ed|es|ing)|decreas(?:ed|es|ing)|plung(?:ed|es|ing)|slip(?:ped|s|ping)?"
    r"|slump(?:ed|s|ing)?|sank|sunk|shr[aiu]nk|slid|tumbl(?:ed|es|ing)|los(?:t|es|ing)|shed|dipped|eased|contract(?:ed|s)"
    r"|edged down|went down|goes? down|down|lower"
)
CHANGES = f"(?:{_UP}|{_DOWN})"
# words between the verb and the size of the change; *to* and *from* give a level, *lost 30 men* and *up 40 people* no change
_SIZE = r"(?: \w+ly)?(?: by)?(?: (?:a further|another|an? (?:extra|additional)|as much as))? ?"
_BEFORE = re.compile(rf"(?<![\w-])(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_SIZE}$", re.IGNORECASE)
_AFTER = re.compile(
    r" (?:(?P<up>increase|rise|jump|gain|higher|growth)|(?P<down>decrease|drop|fall|decline|lower|cut)|more|less)\b"
)
_BY = re.compile(r"\bby ?$")


def direction_of(n: NumberPhrase, end: int) -> Direction | None:
    """Which way a change of the figure's size went; None where it tells no change.

    Args:
        n: the number where it is printed.
        end: offset after the figure and what it counts.
    """
    lo = max(n.lo, n.start - 50)
    m = _BEFORE.search(n.text, lo, n.start)
    if m is not None and (_BY.search(n.text, lo, n.start) or n.text[end - 1] in "%" or _is_size(n, end)):
        return "up" if m["up"] else "down"
    after = _AFTER.match(n.text, end, n.hi)
    if after is not None and _is_size(n, end):
        return "up" if after["up"] else "down" if after["down"] else None
    return None


def _is_size(n: NumberPhrase, end: int) -> bool:
    """Whether the figure has a currency or is in per cent or points: of what is counted, *lost 30 men* tells no change."""
    return n.before.currency is not None or _SIZED.search(n.text, n.number.end, end) is not None


_SIZED = re.compile(r"%|per ?cent|percentage|points?|dollars|euros|pounds|cents", re.IGNORECASE)

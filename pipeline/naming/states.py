"""Names of states, capitals and seats of government that are read as one only by who knows them: *DR Congo*, *Saint Kitts and
Nevis*, *Washington DC*, *Türkiye*.
"""

from __future__ import annotations

import functools
import re

from ..lexicon.forms import parts_of_speech
from ..lexicon.given_names import hinted_gender
from ..lexicon.governments import all_names, government_of
from ..lexicon.words import TITLES
from ..text.chars import Chars

# which the network reads, or which may be something else: the Number 10 shirt, St. John's
_LEFT = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*|[a-z].*|.* 10|.*’s")
_GOES_ON = re.compile(r" ([^\W\d_a-zß-öø-ÿ][\w’'-]*)")


def states_in(text: str) -> list[Chars]:
    """Where such a name of more than one word stands that is no part of a longer one."""
    found = [m.span() for m in _of_words().finditer(text)]
    return [(lo, hi) for lo, hi in found if (on := _GOES_ON.match(text, hi)) is None or on[1].lower() in TITLES]


def is_state(name: str) -> bool:
    """Whether a single name is a state's or capital's, and hardly anything else: *Porto-Novo*; neither *Turkey* nor *Sofia*."""
    low = name.lower()
    known = government_of(name) is not None and hinted_gender(name) is None
    return known and not parts_of_speech(low)


@functools.cache
def _of_words() -> re.Pattern[str]:
    names = sorted((n for n in all_names() if " " in n and _LEFT.fullmatch(n) is None), key=len, reverse=True)
    told = "|".join(map(re.escape, names)).replace("’", "[’']")
    return re.compile(rf"(?<![\w’'-])(?:{told})(?![\w-]|[’'](?!s\b))")

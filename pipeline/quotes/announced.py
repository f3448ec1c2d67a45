"""Quotations that the sentence behind them announces: *"We won." That was how Veld, the mayor, once put it.*"""

from __future__ import annotations

import re

from ..lexicon.cues import cue_verb
from ..text.chars import Chars, overlaps
from ..text.marks import Quoted
from ..text.view import ArticleView
from .shelf import Shelf
from .utterances import Utterance

_HOW = re.compile(r"\s*(?:(?:That|This|It)(?: is| was|[’']s)|Which (?:is|was))(?: also)? (?:how|what) (?=\S)")
_WORDS_OF = re.compile(
    r"\s*(?:Those|These|Such) (?:are|were) (the (?:\w+ )?words) of ([^.,;:\n\"“”]{2,80}?)"
    r"(?= (?:after|as|at|before|during|in|last|on|when|while|who)\b|[.,;:\n])"
)
_WORD = re.compile(r"[\w’'-]+|[,.;:\n\"“”]")
_BETWEEN = re.compile(r"(?:\s+(?:once|later|then|also|first|has|had|have|\w+ly))+\Z")
_ENDS = frozenset('.;:\n"“”')
_FAR = 250  # characters in which source and verb stand


def announced_after(page: ArticleView, said: Shelf, q: Quoted) -> Utterance | None:
    """The attribution of a quotation by the sentence behind it, which may open the next paragraph; none if that tells none.

    What the network read of that sentence (*described the merger*) is taken off the shelf.
    """
    found = _read(page.text, q.end)
    if found is None:
        return None
    source, cue = found
    for u in said.near([cue]):
        if u.cue is not None and overlaps(u.cue, cue):
            u.content = []
    return Utterance([(q.start, q.end)], cue, source)


def _read(text: str, at: int) -> tuple[Chars, Chars] | None:
    """Source and cue."""
    if (m := _WORDS_OF.match(text, at)) is not None:
        return m.span(2), m.span(1)
    how = _HOW.match(text, at)
    if how is None:
        return None
    comma = 0
    for word in _WORD.finditer(text, how.end(), how.end() + _FAR):
        if word.group() in _ENDS:
            return None
        comma = comma or (word.start() if word.group() == "," else 0)
        verb = cue_verb(word.group()) if word.group().islower() else None
        if verb is not None and verb.act == "speech" and word.start() > how.end():
            between = _BETWEEN.search(text, how.end(), word.start() - 1)
            end = comma or (between.start() if between is not None else word.start() - 1)
            return (how.end(), end), word.span()
    return None

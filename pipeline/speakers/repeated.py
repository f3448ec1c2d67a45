"""Words of a headline that the article prints again: whoever says them there is their speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..quotes.attribution import Attribution
from ..text.view import ArticleView
from .resolver import Speaker

_HEAD = 3  # paragraphs of an article that may repeat what is said further below: headline, standfirst, caption
_LEAST = 3  # words that are repeated by no accident
_MOST = 8  # headlines that are looked for
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


def speak_again(page: ArticleView, attributions: Sequence[Attribution], speakers: Sequence[Speaker]) -> list[Speaker]:
    """The speakers, with those of quotations at the head that no word attributes, where the article attributes the same words:
    *‘We will fight on’: club vows to stay ... “We will fight on until May,” said Ann Veld.*
    """
    out = list(speakers)
    floating = [k for k, a in enumerate(attributions) if a.paragraph < _HEAD and a.source is None and a.cue_span is None]
    floating = [k for k in floating if out[k].name is None and out[k].status in ("none", "unresolved")][:_MOST]
    if not floating:
        return out
    known = [k for k, s in enumerate(out) if s.status in ("named", "unnamed") and attributions[k].source is not None]
    said = {k: _words(page, attributions[k]) for k in known}
    for k in floating:
        words = _words(page, attributions[k])
        if words.count(" ") <= _LEAST:
            continue
        by = [out[o] for o in known if attributions[o].content[0][0] > attributions[k].content[-1][1] and words in said[o]]
        if by and all((s.name, s.status) == (by[0].name, by[0].status) for s in by):
            out[k] = Speaker("none", by[0].status, by[0].name, by[0].kind, by[0].role, rule="same words")
            out[k].most = by[0].most
    return out


def _words(page: ArticleView, a: Attribution) -> str:
    """The words of a content in small letters, each between spaces."""
    told = " ".join(page.text[s:e] for s, e in a.content).lower().replace("’", "'")
    return f" {' '.join(_WORD.findall(told))} "

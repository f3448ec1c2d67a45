"""A quotation that its attribution interrupts: *"If it stops," said Ann Rees, who runs the mill, "we may save half."*"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ..lexicon.cues import cue_verb
from ..text.chars import Chars, joined, without
from ..text.view import ArticleView

_WORD = re.compile(r"[^\W\d_]+")
_GOES_ON = re.compile(r"[,—–-]\s*\Z")


def outside_marks(page: ArticleView, source: Chars) -> Chars:
    """A source without the quotation that it runs into; a nickname between marks, or a name in its role, is a part of it."""
    for q in page.quotations_in([source]):
        part = q.end <= source[1] and _GOES_ON.search(page.text, source[0], q.start) is None
        if source[0] < q.start < source[1] and not part:
            return source[0], source[0] + len(page.text[source[0] : q.start].rstrip(" ,;:—–-"))
    return source


def interrupted(page: ArticleView, cue: Chars, source: Chars | None, content: Sequence[Chars]) -> list[Chars]:
    """The content with the second half of a quotation that the attribution interrupts, whole.

    *"If it stops," said Ann Rees, who runs the mill, "we may save half."*: the first half ends with a comma, and the second goes
    on with a small letter behind a comma, with no other verb of speech between.
    """
    text, out = page.text, list(content)
    start = min(cue[0], (source or cue)[0])
    if not any(text[q.inner_end - 1] == "," and q.end <= start and page.wordless(q.end, start) for q in page.quotations_in(out)):
        return out
    p = page.paragraph_at(cue[0])
    begin = max(cue[1], source[1] if source is not None else 0)
    quoted = page.quoted(p)
    k = bisect_left(quoted, begin, key=lambda q: q.start)
    second = quoted[k] if k < len(quoted) else None
    if second is None or not text[second.inner_start].islower() or _GOES_ON.search(text, begin, second.start) is None:
        return out
    between = text[cue[1] : second.start]
    if re.search(r"[.;!?\"“”]\s", between) or any(_speaks(m.group()) for m in _WORD.finditer(between)):
        return out
    return joined([*without(out, (second.start, second.end)), (second.start, second.end)])


def _speaks(word: str) -> bool:
    verb = cue_verb(word) if word.islower() else None
    return verb is not None and verb.act == "speech"

"""A quotation that its attribution interrupts: *"If it stops," said Ann Rees, who runs the mill, "we may save half."*; what the
paper tells beside one: *he shouts, "Open," until shots are heard*; and which of the names beside a verb says it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ..lexicon.cues import cue_verb
from ..lexicon.words import DAYS, FINITE
from ..text.chars import Chars, joined, overlaps, without
from ..text.sentences import abbreviated
from ..text.view import ArticleView

_WORD = re.compile(r"[^\W\d_]+")
_TOPIC = re.compile(r" (?P<words>(?:of|about|on) [^\"“”,.;:]{2,50})[,:] ?")
_OF_BEHIND = re.compile(r" (?:of|about|on)\Z")
_OPENED = re.compile(r"(?: [^\"“”,.;:]{2,50})?[,:]? ")
_WHEN = re.compile(r"\s+(?:until|before|as|while|when|after|and then)\b")
_WHO = re.compile(r"\s*(?P<who>[^\W\d_a-z][^\"“”;:]{2,90}?),? ")
_BUT = re.compile(  # Tarvo saw 13 cases, but Ann Veld, a baker, said
    r"(?P<verb>\A|[^,;.]* )(?:but|while|although|though) (?P<who>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){1,3}), "
    r"(?:an?|the) [^,;.]{2,80}, \Z"
)
_WHERE = re.compile(r"\b[a-z]+ing (?=(?:in|at|to|on|from|outside|inside|during|after|before|by|via)\b)")  # speaking in Brant
_POINT = re.compile(r"[.;!?\"“”]\s")
_NAME_BEHIND = re.compile(r"\s+((?:[^\W\d_a-z][\w’'-]*\s){0,3}[^\W\d_a-z][\w’'-]*)(?=[,.:;])")
_PARTS = tuple(',"”’»—–')
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
    begin -= text[begin - 1] == ","  # read as the source's last
    quoted = page.quoted(p)
    k = bisect_left(quoted, begin, key=lambda q: q.start)
    second = quoted[k] if k < len(quoted) else None
    if second is None or not text[second.inner_start].islower() or _GOES_ON.search(text, begin, second.start) is None:
        return out
    between = _WHERE.sub("", text[cue[1] : second.start])
    stops = (m for m in _POINT.finditer(between) if m.group()[0] != "." or not abbreviated(between, 0, m.start()))
    if next(stops, None) is not None or any(_speaks(m.group()) for m in _WORD.finditer(between)):
        return out
    return joined([*without(out, (second.start, second.end)), (second.start, second.end)])


def beside_quotation(page: ArticleView, cue: Chars, content: list[Chars]) -> list[Chars]:
    """The content without what is told of the saying: what it was of (*joked of the museum, "I have not seen it."*), before a
    quotation that is a sentence right behind the cue, and when (*shouts, "Open," until shots are heard*), behind one.
    """
    text, out = page.text, content
    of = _OF_BEHIND.search(text, *cue)
    verb = of.start() if of is not None else cue[1]
    for q in page.quotations_in(content):
        p = page.paragraph_at(q.start)
        if q.start < cue[1] or not text[q.inner_start].isupper() or not q.closed or q.end > p.end:
            continue
        topic = _TOPIC.fullmatch(text, verb, q.start)
        if topic is None and _OPENED.fullmatch(text, cue[1], q.start) is None:
            continue
        if topic is not None and not any(_is_verb(w) for w in topic["words"].split()):
            out = without(out, (cue[1], q.start))
        own = page.sentence_at(p, cue[0])
        end = own[1] if own is not None else q.end
        if text[q.inner_end - 1] == "," and _WHEN.match(text, q.end) and q.end < end and not page.quotations_in([(q.end, end)]):
            out = without(out, (q.end, end))
    return out


def day_as_source(page: ArticleView, cue: Chars, source: Chars) -> Chars:
    """Whom a source is that was read as the day behind the verb: the words between a quotation and it (*"...," Senator Ann Veld,
    R-Tarvo, said Tuesday*).
    """
    text = page.text
    if text[slice(*source)].lower() not in DAYS or source[0] < cue[1]:
        return source
    own = page.sentence_at(page.paragraph_at(cue[0]), cue[0]) or cue
    begin = max([own[0], *(q.end for q in page.quotations_in([own]) if q.end <= cue[0])])
    m = _WHO.fullmatch(text, begin, cue[0])
    return m.span("who") if m is not None else source


def name_behind(text: str, source: Chars | None, cue: Chars, content: Sequence[Chars]) -> Chars | None:
    """The name right behind a verb of saying that a comma or mark parts from what is before it: *..., says Veld: "..."*; not the
    first word of what is said: *Ann Rees, the coroner, said Veld, 29, was sorry*.
    """
    verb = cue_verb(text[slice(*cue)])
    says = verb is not None and verb.cue_class == "say" and verb.lemma != "tell"
    name = _NAME_BEHIND.match(text, cue[1]) if says else None
    if (
        name is None
        or (text[name.end()] == "." and abbreviated(text, *name.span(1)))
        or text[max(cue[0] - 2, 0) : cue[0]].strip()[-1:] not in _PARTS
    ):
        return None
    said = source is not None and source[1] <= cue[0] and any(overlaps(name.span(1), part) for part in content)
    return None if said or (source is not None and overlaps(source, (cue[1], name.end(1) + 1))) else name.span(1)


def last_subject(page: ArticleView, source: Chars | None, cue: Chars) -> Chars | None:
    """The subject right before a verb, where the one of the sentence's first half was read: *Tarvo saw 13 cases, but Ann Veld, a
    baker, said*.
    """
    if source is None or source[1] > cue[0] or page.quotations_in([(source[1], cue[0])]):
        return source
    m = _BUT.search(page.text, source[1], cue[0])
    return m.span("who") if m is not None and any(w in FINITE or cue_verb(w) is not None for w in m["verb"].split()) else source


def _is_verb(word: str) -> bool:
    return word.lower() in FINITE or (word.endswith("ing") and _speaks(word))  # an advertisement of Ann Veld asking


def _speaks(word: str) -> bool:
    verb = cue_verb(word) if word.islower() else None
    return verb is not None and verb.act == "speech"

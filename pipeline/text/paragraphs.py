"""Paragraphs of a news article and what each of them is: headline, sub-heading, body, caption, embedded post, boilerplate.

Offsets point into the text as given; nothing is rewritten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..lexicon.cues import cue_verb
from ..lexicon.given_names import hinted_gender
from ..lexicon.tables import phrases
from ..schemas.documents import ParagraphKind
from .seek import Seeker
from .sentences import sentence_spans

_LINE = re.compile(r"[^\r\n\u0085\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\u0085\u2028\u2029]")
_MAX_WRAP = 130  # longer lines are whole paragraphs, not wrapped ones
_TERMINAL = re.compile(r"[.!?…:;,—–-][\"'”’»)\]]*$|[\"”»’]$")
_HEADLINE_WORDS = 30
_SUBHEAD_WORDS = 12
_LINE_WORDS = 25  # of the longest line of the page
_NOTICE_WORDS = 80  # and of the longest notice
_BULLET = "-–•*· "

_TOP = 3  # paragraphs below the headline in which a name alone is the reporter's
_BYLINE = re.compile(
    r"(?:From )?(?P<who>[A-Z][\w’'-]+(?: (?:[A-Z]\.|[a-z]{2,3}|[A-Z][\w’'-]+)){1,3})"
    r"(?: ?[|/–-].{0,40}|,? (?:in )?[A-Z][\w’' -]{2,40})?"
)
_BOILERPLATE = re.compile(rf"(?:{phrases('boilerplate')})", re.IGNORECASE)
_NOTICE = Seeker(rf"(?:{phrases('notice')})", re.IGNORECASE)  # what no sentence of an article begins with, however long
_SAID = re.compile(r"\b(?:said|says|told|according to)\b", re.IGNORECASE)
_EMBED = Seeker(phrases("embed"), re.IGNORECASE)
_POST_SIGNED = re.compile(r"(?:—|–|--?) ?[^()\n]{1,80}\(@[\w.-]+\)")  # the end of a post, where it is a paragraph of its own
_CREDIT = Seeker(phrases("credit"), re.IGNORECASE)
_CREDIT_AT_END = Seeker(phrases("credit_at_end"), re.IGNORECASE)
_AT_END = 100  # characters in which a credit at the end stands
# "... by the end of the week. Credit: Agency": the line is body, its credit is not
_TRAILING_CREDIT = re.compile(r"(?<=[.!?\"”’])\s+(?:credit|photo|picture|image)s?: .{1,60}$", re.IGNORECASE)
_SIGNATURE = re.compile(r"[—–―-]{1,2}\s*\w|.{1,60}:$")


# LAGOS (Agency) — ..., NEW HALDEN, March 3 - ...
_DATELINE = re.compile(
    r"[A-Z][A-Z’'.-]+(?: [A-Z][A-Za-z’'.-]*){0,4}(?:, [A-Z][A-Za-z. ]{1,20}\d{0,2}(?:,? (?:19|20)\d\d)?)?"
    r"(?: \([^)\n]{2,30}\)| /[^/\n]{2,20}/)?"
    r"(?: ?(?:—|–|--) ?| - ?|- )(?=[A-Z“\"‘'])"
    # Tarvo, May 3 2024 (NPA) - ...
    r"|[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]*){0,3}, (?:[A-Z][A-Za-z. ]{1,20}, )?(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.? \d{1,2})"
    r"(?:,? (?:19|20)\d\d)? ?\([A-Z][^)\n]{1,30}\) ?(?:—|–|--|-) ?(?=[A-Z\d“\"‘'])"
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its position, kind and half-open span in the text."""

    index: int
    kind: ParagraphKind
    start: int
    end: int


def split_paragraphs(text: str, title: str | None = None) -> list[Paragraph]:
    """Split an article into paragraphs.

    Reads articles with blank lines between paragraphs, with one paragraph a line, and with hard-wrapped
    lines (joined), under any line ends. A first paragraph that is the ``title`` or reads like a headline is one.
    """
    spans = _spans(text)
    kinds = [_kind(text[s:e]) for s, e in spans]
    if spans and len(spans) > 1 and (_same(text[slice(*spans[0])], title) or reads_like_headline(text[slice(*spans[0])])):
        kinds[0] = "headline"
    for i in range(2, len(spans)):  # what is signed in the line after
        if kinds[i] == "embed" and kinds[i - 1] == "body" and _POST_SIGNED.match(text[slice(*spans[i])]):
            kinds[i - 1] = "embed"
    paragraphs = [Paragraph(i, kinds[i], s, e) for i, (s, e) in enumerate(spans)]
    return [_in_context(paragraphs, i, text) for i in range(len(paragraphs))]


def dateline_end(text: str, paragraph: Paragraph) -> int:
    """Where a paragraph begins behind the dateline of a wire service, if it has one."""
    m = _DATELINE.match(text, paragraph.start, paragraph.end)
    return m.end() if m else paragraph.start


def reads_like_headline(line: str) -> bool:
    """Whether a first line is a headline: short, one sentence, no full stop unless in title case."""
    words = line.split()
    if not 2 <= len(words) <= _HEADLINE_WORDS or len(line) > 220 or _BOILERPLATE.match(line):
        return False
    if len(sentence_spans(line, 0, len(line))) > 1 or _SIGNATURE.fullmatch(line) or line.endswith((",", ";", ":")):
        return False
    if re.match(r"[\"“‘'].*[.,!?][\"”’']$", line):
        return False  # a whole quotation
    if not re.search(r"\.[\"'”’]?$", line):
        return True
    long = [w for w in words if len(w) > 3 and w[0].isalpha()]
    return bool(long) and sum(w[0].isupper() for w in long) >= 0.75 * len(long) and len(long) > 3


def headline_of(text: str) -> str | None:
    """Return the first paragraph if it reads like a headline and more follows, else None."""
    spans = _spans(text)
    if len(spans) < 2:
        return None
    first = text[slice(*spans[0])]
    return " ".join(first.split()) if reads_like_headline(first) else None


def _same(line: str, title: str | None) -> bool:
    return title is not None and re.sub(r"\W+", "", line).casefold() == re.sub(r"\W+", "", title).casefold() != ""


def _spans(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs, outer white space left out."""
    lines = []  # (start, end) of each non-blank line, and whether it directly follows the one before
    previous_end, blank = 0, True
    for m in _LINE.finditer(text):
        between = _BREAK.findall(text, previous_end, m.start())
        s, e = m.start(), m.end()
        while s < e and text[s].isspace():
            s += 1
        while e > s and text[e - 1].isspace():
            e -= 1
        previous_end = m.end()
        if s == e:
            blank = True
            continue
        lines.append((s, e, not blank and len(between) == 1))
        blank = False
    joins = _wrapped(text, lines)
    spans: list[tuple[int, int]] = []
    for (s, e, _), join in zip(lines, joins, strict=True):
        if join:
            spans[-1] = (spans[-1][0], e)
        else:
            spans.append((s, e))
    return spans


def _wrapped(text: str, lines: list[tuple[int, int, bool]]) -> list[bool]:
    """For each line, whether it goes on with the paragraph of the line before.

    A line was wrapped where the first word of the next would not have fitted; the article is hard-wrapped
    where that is so of most of its adjoining lines and most of those do not end a sentence.
    """
    beside = (e - s for k, (s, e, adjoins) in enumerate(lines) if adjoins or (k + 1 < len(lines) and lines[k + 1][2]))
    width = max(beside, default=0)  # an address, or a headline, that stands alone is no line of a block
    joins = [False] * len(lines)
    adjoining = wrapped = mid_sentence = 0
    for i in range(1, len(lines)):
        if not lines[i][2]:
            continue
        adjoining += 1
        s, e, _ = lines[i - 1]
        word = text[lines[i][0] : lines[i][1]].split(None, 1)[0]
        overflows = e - s + 1 + len(word) > width
        ends_sentence = text[e - 1] in '.!?…:”"’'
        wrapped += overflows
        mid_sentence += overflows and not ends_sentence
        joins[i] = overflows or (word[0].islower() and not ends_sentence)
    if width > _MAX_WRAP or width < 30 or wrapped < 2 or wrapped < 0.5 * adjoining or mid_sentence < 0.6 * wrapped:
        return [False] * len(lines)
    return joins


def _kind(paragraph: str) -> ParagraphKind:
    paragraph = _TRAILING_CREDIT.sub("", paragraph)
    words = paragraph.split()
    bare = paragraph.lstrip(_BULLET)
    found = _BOILERPLATE.match(bare) if len(words) <= _LINE_WORDS else None
    if found is not None and not _reports(bare, found.end()):
        return "boilerplate"
    if len(words) <= _NOTICE_WORDS and _NOTICE.match(bare) and _SAID.search(bare) is None:
        return "boilerplate"
    if _is_keywords(paragraph):
        return "boilerplate"
    if _EMBED.search(paragraph):
        return "embed"
    if len(words) <= 80 and (_CREDIT.search(paragraph) or _CREDIT_AT_END.search(paragraph, max(0, len(paragraph) - _AT_END))):
        return "caption"
    return "body"


def _reports(paragraph: str, at: int) -> bool:
    """Whether a paragraph that begins as boilerplate does is a sentence that reports: *Copyright law is broken, Veld said.*"""
    if paragraph[at : at + 1] == ":" or _TERMINAL.search(paragraph) is None:
        return False
    verbs = ((w, cue_verb(w)) for w in re.findall(r"[a-z]+", paragraph[at:]))
    return any(v is not None and v.cue_class == "say" and w != v.lemma for w, v in verbs)


def _is_keywords(paragraph: str) -> bool:
    parts = [p.strip() for p in paragraph.split(",")]
    return (
        len(parts) >= 3
        and all(p and len(p.split()) <= 4 for p in parts)
        and not re.search(r"[.!?:\"“”]|\b(?:and|or|said)\b", paragraph)
    )


def _in_context(paragraphs: list[Paragraph], i: int, text: str) -> Paragraph:
    """A line without a full stop is a sub-heading if short, a caption if long."""
    p = paragraphs[i]
    line = _TRAILING_CREDIT.sub("", text[p.start : p.end])
    if p.kind != "body" or i == 0 or _TERMINAL.search(line) or _SIGNATURE.match(line) or line[0] in "\"“‘'•*":
        return p
    words = len(line.split())
    last = i == len(paragraphs) - 1
    if i <= _TOP and not last and _is_byline(line) and text[paragraphs[i + 1].start] not in "\"“‘'":
        return replace(p, kind="boilerplate")
    if words <= _SUBHEAD_WORDS:
        return p if last else replace(p, kind="subhead")
    return replace(p, kind="caption") if words <= 60 else p


def _is_byline(line: str) -> bool:
    """Whether a line is somebody's name, with a place, a date or a paper: *Ann Veld | Batola*, *From Ann Veld in Batola*."""
    m = _BYLINE.fullmatch(line)
    return m is not None and hinted_gender(m["who"].title()) is not None

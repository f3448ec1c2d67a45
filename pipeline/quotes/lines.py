"""Lines whose form alone says who speaks: signed quotations, posts, labels before a quotation, transcripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..lexicon.words import PARTICLE
from ..text.chars import Chars
from ..text.marks import Quoted
from ..text.paragraphs import Paragraph
from ..text.view import ArticleView

_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*"
_NAME = rf"{_CAPITALISED}(?: (?:{_CAPITALISED}|al-\w+|{PARTICLE}|of|the|and|for)){{0,6}}"
_SIGNATURE = re.compile(rf"\s*([—–―]|--?)\s*({_NAME})((?:,| \().{{0,80}})?\s*$")
_POST = re.compile(r"\s*([—–―]|--?)\s*([^()\n—–―]{1,60}?) \(@\w{1,30}\)(?:[\s,·|]+[^\n]{0,30}\d{4}[^\n]{0,12})?\s*$")
_LINKS = re.compile(r"(?:\s*(?:https?://|pic\.)\S+)+$")
_ROLE = r"(?:,[^:]{1,60}|\s*\([^:)]{1,60}\))?"
_LABEL = re.compile(rf"({_NAME}|Q|A){_ROLE}\s*(:)\s*")
_CAPITALS = r"[^\W\d_a-z][\w.’'-]*"
_PARTICLES = rf"(?:{PARTICLE}[ -]){{0,2}}"
_SPEAKER = rf"{_PARTICLES}{_CAPITALS}(?: {_PARTICLES}{_CAPITALS}){{0,4}}"
_TRANSCRIPT = re.compile(rf"[\"“]?(?:([QA])([.:])|({_SPEAKER}){_ROLE}\s*(:))\s+(?=\S)")
_TURN_WITHIN = re.compile(r"(?:(?<=[\"“.?!])|(?<=[.?!] ))([A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,4})(:)\s+(?=\S)")
_MIN_TURNS = 3  # labelled paragraphs that make an article a transcript


@dataclass(frozen=True)
class Line:
    """A paragraph that is a speaker's label or signature and what is said; the colon or dash is its cue."""

    content: list[Chars]
    cue: Chars
    source: Chars


def read_lines(page: ArticleView) -> list[Line]:
    """Return the lines of an article that name their speaker by their form."""
    text, paragraphs = page.text, page.read
    out: list[Line] = []
    turns: list[Line] = []
    last = paragraphs[0] if paragraphs else None
    for before, p in zip([None, *paragraphs], paragraphs, strict=False):
        quoted = page.quoted(p) if p.kind != "headline" else []
        line = _signed(text, p, quoted) or _labelled(text, p, quoted) or _posted(text, p, before)
        if line is not None:
            out.append(line)
        elif m := _TRANSCRIPT.match(text, p.start, p.end):
            label, cue = (1, 2) if m.group(1) else (3, 4)
            turns.append(Line([(m.end(), p.end)], m.span(cue), m.span(label)))
            last = p
        elif turns and last is not None and _goes_on(text, last, p, page.quoted(last)):
            turns[-1].content.append((p.start, p.end))  # the turn goes on
            last = p
    out += [line for p in paragraphs for q in page.quoted(p) for line in _labels_within(text, q)]
    names = {text[slice(*t.source)] for t in turns}
    if len(turns) >= _MIN_TURNS and len(names) < len(turns):  # somebody speaks twice: a transcript, not a list
        out.extend(turns)
    return sorted(out, key=lambda line: line.content)


def _signed(text: str, p: Paragraph, quoted: Sequence[Quoted]) -> Line | None:
    """*"..." — Ann Rees, baker*."""
    if not quoted or quoted[0].start != p.start or not _unbroken(text, quoted):
        return None
    m = _SIGNATURE.match(text, quoted[-1].end, p.end)
    return Line([(p.start, quoted[-1].end)], m.span(1), m.span(2)) if m else None


def _posted(text: str, p: Paragraph, before: Paragraph | None) -> Line | None:
    """A post of a social network as pages embed it: *We go. pic.host/x — Ann Rees (@annrees) March 4, 2016*, the signature with
    its post or below it.
    """
    m = _POST.search(text, p.start, p.end)
    if m is None:
        return None
    post = p if _has_word(text[p.start : m.start()]) else before
    if post is None or post.kind == "headline":
        return None
    end = m.start() if post is p else post.end
    links = _LINKS.search(text, post.start, end)
    end = links.start() if links else end
    return Line([(post.start, end)], m.span(1), m.span(2)) if _has_word(text[post.start : end]) else None


def _labelled(text: str, p: Paragraph, quoted: Sequence[Quoted]) -> Line | None:
    """*Ann Rees: "..."*."""
    m = _LABEL.match(text, p.start, p.end)
    if m is None or not quoted or quoted[0].start != m.end() or not _unbroken(text, quoted):
        return None
    return None if _has_word(text[quoted[-1].end : p.end]) else Line([(m.end(), quoted[-1].end)], m.span(2), m.span(1))


def _labels_within(text: str, q: Quoted) -> list[Line]:
    """*"CALLER: Is it safe? MS. VELD: It is."*: the turns of a quotation with labels."""
    labels = list(_TURN_WITHIN.finditer(text, q.inner_start, q.inner_end))
    if len(labels) < 2 or labels[0].start() != q.inner_start:
        return []
    ends = [m.start() for m in labels[1:]] + [q.inner_end]
    return [Line([(m.end(), end)], m.span(2), m.span(1)) for m, end in zip(labels, ends, strict=True)]


def _goes_on(text: str, last: Paragraph, p: Paragraph, quoted: Sequence[Quoted]) -> bool:
    """Whether a paragraph opens with a mark again after one that ended within a quotation."""
    reopened = last.index + 1 == p.index and text[p.start] in '"“'
    return reopened and bool(quoted) and quoted[-1].end == last.end and not quoted[-1].closed


def _unbroken(text: str, quoted: Sequence[Quoted]) -> bool:
    """Whether no word stands between the quotations."""
    return not any(_has_word(text[a.end : b.start]) for a, b in pairwise(quoted))


def _has_word(text: str) -> bool:
    return any(c.isalnum() for c in text)

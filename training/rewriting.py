"""Texts rewritten with their annotations: every press, every format, names from everywhere.

What the corpora lack is made from what they have: the same article with other quotation marks, in capitals, with other
people in it, its quotations signed with a dash or opened with a speaker's label. Annotations follow the characters.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.text.marks import find_marks
from onrecord.text.paragraphs import Paragraph, split_paragraphs
from onrecord.text.view import ArticleView

from .corpora import Attributed, Chars, Entity, Example, Word

# outer opening, outer closing, inner opening, inner closing
STYLES = {
    "curly double": "“”‘’",
    "curly single": "‘’“”",
    "straight double": "\"\"''",
    "straight single": "''\"\"",
    "guillemets": "«»“”",
}


@dataclass(frozen=True, slots=True)
class Put:
    """Characters ``[start, end)`` of the old text, or ``text`` in their place."""

    start: int
    end: int
    text: str | None = None


def rewrite(example: Example, parts: Sequence[Put]) -> Example:
    """Return the article made of the parts, in their order; annotations that lost all their characters are gone."""
    text: list[str] = []
    place = [-1] * (len(example.text) + 1)  # of each old character in the new text
    size = 0
    for part in parts:
        new = example.text[part.start : part.end] if part.text is None else part.text
        old = part.end - part.start
        for k in range(old):
            if part.text is None:
                place[part.start + k] = size + k
            elif new:
                place[part.start + k] = size + min(k, len(new) - 1)
        if part.text is not None and old and new:
            place[part.end - 1] = size + len(new) - 1
        text.append(new)
        size += len(new)

    def moved(s: int, e: int) -> Chars | None:
        kept = [place[i] for i in range(s, e) if place[i] >= 0]
        return (min(kept), max(kept) + 1) if kept else None

    def spans(old: list[Chars]) -> list[Chars]:
        return [m for s, e in old if (m := moved(s, e))]

    attributions = None
    if example.attributions is not None:
        attributions = [Attributed(spans(a.source), spans(a.cue), spans(a.content)) for a in example.attributions]
    entities = None
    if example.entities is not None:
        entities = [Entity(*m, x.kind) for x in example.entities if (m := moved(x.start, x.end))]
    words = [Word(*(moved(w.start, w.end) or (-1, -1)), w.head, w.relation) for w in example.words]
    return replace(example, text="".join(text), attributions=attributions, entities=entities, words=words)


def edited(example: Example, edits: Sequence[Put]) -> Example:
    """Return the article with some stretches replaced; edits do not overlap."""
    parts: list[Put] = []
    at = 0
    for edit in sorted(edits, key=lambda p: (p.start, p.end)):
        if edit.start < at:
            continue
        parts += [Put(at, edit.start), edit]
        at = edit.end
    return rewrite(example, [*parts, Put(at, len(example.text))])


def with_marks(example: Example, style: str) -> Example:
    """The article with its quotation marks in another style of :data:`STYLES`, outer and inner ones."""
    return edited(example, mark_edits(example.text, style))


def mark_edits(text: str, style: str) -> list[Put]:
    """The edits that change a text's quotation marks to another style."""
    outer_open, outer_close, inner_open, inner_close = STYLES[style]
    edits = []
    view = ArticleView.of_text(text)
    for p in view.paragraphs:
        for q in view.marks(p):
            opening, closing = (outer_open, outer_close) if q.depth % 2 else (inner_open, inner_close)
            if q.start < q.inner_start:
                edits.append(Put(q.start, q.inner_start, opening))
            if q.inner_end < q.end:
                edits.append(Put(q.inner_end, q.end, closing))
    return sorted(edits, key=lambda e: e.start)


def with_names(example: Example, names: Sequence[str], rng: random.Random) -> Example:
    """The article with its people renamed, each the same way throughout."""
    given = sorted({n.split()[0] for n in names if len(n.split()) > 1})
    family = sorted({n.split()[-1] for n in names})
    new: dict[str, str] = {}
    edits = []
    for entity in example.entities or ():
        if entity.kind != "PERSON":
            continue
        tokens = list(re.finditer(r"[^\W\d_][^\W_]*(?:[-'’][^\W_]+)*", example.text[entity.start : entity.end]))
        for k, m in enumerate(tokens):
            word = m.group()
            if len(word) < 3 or word.lower() in ("mr", "mrs", "ms", "the") or not word[0].isupper():
                continue
            word = re.sub(r"['’]s$", "", word)
            if word not in new:
                new[word] = rng.choice(family if k == len(tokens) - 1 else given)
            start = entity.start + m.start()
            edits.append(Put(start, start + len(word), new[word].upper() if word.isupper() else new[word]))
    return edited(example, edits)


def with_case(example: Example, paragraphs: Sequence[Paragraph], how: str) -> Example:
    """The article with some paragraphs in capitals (``upper``), in headline case (``title``) or without capitals (``lower``)."""
    chars = list(example.text)
    for p in paragraphs:
        line = example.text[p.start : p.end]
        if how == "title":
            changed = re.sub(r"(?<![\w'’])[a-z](?=\w{2})", lambda m: m.group().upper(), line)
        else:
            changed = line.upper() if how == "upper" else line.lower()
        if len(changed) == len(line):
            chars[p.start : p.end] = changed
    return replace(example, text="".join(chars))


def with_dateline(example: Example, paragraphs: Sequence[Paragraph], places: Sequence[str], rng: random.Random) -> Example:
    """The article with a wire service's dateline before its first paragraph: *LAGOS, March 3 (Agency) - ...*."""
    body = next((p for p in paragraphs if p.kind == "body" and p.end - p.start > 80), None)
    if body is None or not example.text[body.start].isupper():
        return example
    place = rng.choice(places).upper()
    agency = rng.choice(("AP", "Reuters", "AFP", "Xinhua", "dpa", "Wire", "KNA", "Staff"))
    day = rng.choice(("", "", f", {rng.choice(('Jan', 'March', 'June', 'Sept.', 'Nov'))} {rng.randint(1, 28)}"))
    line = f"{place}{day} " + rng.choice(
        (f"({agency}) — ", f"({agency}) - ", f"({agency}) – ", "— ", f"/{agency}/ -- ", ": ", ": ")
    )
    return edited(example, [Put(body.start, body.start, line)])


ROLES = (
    "analyst", "farmer", "mother of three", "teacher", "shop owner", "retired nurse", "former minister", "lawyer", "student",
    "opposition leader", "economist", "bus driver", "campaigner", "police chief", "spokeswoman", "director", "resident",
)  # fmt: skip
TITLES = (
    "Smt.", "Shri", "Dato’ Seri", "Tan Sri", "Otunba", "Alhaji", "Begum", "SSP", "DCI", "Det Insp", "Adj.", "Ratu", "Engr",
    "Barr.", "Hon.", "Pastor", "Imam", "Chief", "Capt.", "Lt. Gen.", "Sister", "Owner", "Coach", "Cllr", "Archbishop", "Nana",
)  # fmt: skip


def with_roles(example: Example, names: Sequence[str], places: Sequence[str], share: float, rng: random.Random) -> Example:
    """The article with roles, ages, firms and titles of every press at sources that are a bare name; the source holds them.

    *said Ann Rees* becomes *said Ann Rees, a mother of three*, *said Sato & Co. analyst Ann Rees*, *said 44-year-old Ann Rees of
    Lagos*.
    """
    people = {(e.start, e.end) for e in example.entities or () if e.kind == "PERSON"}
    added: dict[Chars, tuple[str, str]] = {}
    for a in example.attributions or ():
        if len(a.source) == 1 and a.source[0] in people and rng.random() < share:
            added[a.source[0]] = _role(example.text, a.source[0], names, places, rng)
    if not added:
        return example
    puts = [Put(at, at, t) for (s, e), (before, after) in added.items() for at, t in ((s, before), (e, after)) if t]
    out = edited(example, puts)
    for old, new in zip(example.attributions or (), out.attributions or (), strict=True):
        if len(old.source) == 1 and old.source[0] in added:
            before, after = added[old.source[0]]
            (s, e), comma = new.source[0], after.endswith(",")
            behind = 0 if example.gold_entities else len(after) - comma  # one corpus counts appositions to the source
            new.source = [(s - len(before), e + behind)]
    return out


def _role(text: str, source: Chars, names: Sequence[str], places: Sequence[str], rng: random.Random) -> tuple[str, str]:
    """What is put before and after a name."""
    role, place, family = rng.choice(ROLES), rng.choice(places), rng.choice(names).split()[-1]
    age = rng.randint(19, 80)
    if rng.random() < 0.5:
        before = (
            f"{rng.choice(TITLES)} ", f"{place}-based {role} ", f"{family} & Co. {role} ", f"{age}-year-old ", f"{place} {role} ",
            f"{family} Inc. {role} ", f"{role} ",
        )  # fmt: skip
        return rng.choice(before), ""
    article = "an" if role[0] in "aeio" else "a"
    after = rng.choice((f", {article} {role}", f", {age}", f", {article} {role} from {place}", f" of {place}", f" ({family})"))
    comma = after.startswith(",") and not re.match(r"\s*[,.;:)]|\s*$", text[source[1] : source[1] + 2])
    return "", after + "," * comma


def with_formats(example: Example, paragraphs: Sequence[Paragraph], share: float, rng: random.Random) -> Example:
    """The article with some of the paragraphs that are a quotation and its attribution in another form.

    *"...," Ann Rees said* becomes *"..." — Ann Rees*, *Ann Rees: "..."* or *REES: ...*; the dash or colon is the cue then.
    """
    parts: list[Put] = []
    at = 0
    for p in paragraphs:
        found = _simple(example, p)
        if found is None or rng.random() > share:
            continue
        (qs, qe), (cs, ce), (ss, se) = found
        form = rng.choice(("signature", "label", "transcript"))
        inner = next((q for q in find_marks(example.text, p.start, p.end) if q.start == qs), None)
        if inner is None:
            continue
        parts.append(Put(at, p.start))
        if form == "signature":
            space = rng.choice((" ", "", "\u00a0"))
            parts += [Put(qs, qe), Put(cs, cs, " "), Put(cs, ce, rng.choice("—–―")), Put(cs, cs, space), Put(ss, se)]
        elif form == "label":
            parts += [Put(ss, se), Put(cs, ce, ":"), Put(cs, cs, " "), Put(qs, qe)]
        else:
            name = example.text[ss:se]
            parts += [Put(ss, se, name.upper()) if len(name.upper()) == len(name) else Put(ss, se)]
            parts += [Put(cs, ce, ":"), Put(cs, cs, " "), Put(inner.inner_start, inner.inner_end)]
        at = p.end
    return rewrite(example, [*parts, Put(at, len(example.text))]) if parts else example


def _simple(example: Example, p: Paragraph) -> tuple[Chars, Chars, Chars] | None:
    """Content, cue and source of a paragraph that is *"...," said Ann Rees.* and no more."""
    for a in example.attributions or ():
        if len(a.content) == len(a.cue) == len(a.source) == 1 and a.content[0][0] == p.start:
            (qs, qe), (cs, ce), (ss, se) = a.content[0], a.cue[0], a.source[0]
            after = example.text[max(ce, se) : p.end]
            if qe <= min(cs, ss) and max(ce, se) <= p.end and len(after.strip(" .")) == 0 and se - ss < 60:
                return (qs, qe), (cs, ce), (ss, se)
    return None


def augmented(example: Example, names: Sequence[str], places: Sequence[str], rng: random.Random) -> Example:
    """The article as it is or rewritten in some of the ways above, by chance."""
    if rng.random() < 0.35:
        example = with_names(example, names, rng)
    if rng.random() < 0.35 and names and places:
        example = with_roles(example, names, places, 0.25, rng)
    paragraphs = split_paragraphs(example.text)
    if rng.random() < 0.4:
        example = with_formats(example, paragraphs, 0.3, rng)
        paragraphs = split_paragraphs(example.text)
    if rng.random() < 0.15:
        example = with_dateline(example, paragraphs, places, rng)
        paragraphs = split_paragraphs(example.text)
    if rng.random() < 0.3:
        how = rng.choice(("upper", "title", "lower"))
        if how == "lower":
            some = [p for p in paragraphs if rng.random() < 0.3]
        else:
            some = [p for p in paragraphs[:1] if rng.random() < 0.7] + [p for p in paragraphs[1:] if rng.random() < 0.05]
        example = with_case(example, some, how)
    if rng.random() < 0.3:
        example = with_marks(example, rng.choice(list(STYLES)))
    return example

"""Lines whose form alone says who speaks: signed quotations, posts, labels before a quotation, transcripts; and the words at the
head of a paragraph that nobody says anything by: a dateline, a place, a heading.

*ISLAMABAD: The minister said …*, as papers of South Asia and the Gulf print it, *Note: …*. Whether a word in capitals is a place
or somebody who speaks, the paragraph tells: a sentence that has a cue of its own needs no label.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..lexicon.cues import is_telling, says_before
from ..lexicon.forms import singular
from ..lexicon.nouns import BODIES, is_person_noun
from ..lexicon.tables import nouns
from ..lexicon.tables import words as listed
from ..lexicon.words import DETERMINERS, FINITE, PARTICLE, PREPOSITIONS, SUBORDINATORS, TITLES, UNIT_WORDS
from ..text.chars import Chars
from ..text.marks import Quoted
from ..text.paragraphs import Paragraph, dateline_end
from ..text.seek import Seeker
from ..text.view import ArticleView, Entity

_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*"
_NAME = rf"{_CAPITALISED}(?: (?:{_CAPITALISED}|al-\w+|{PARTICLE}|of|the|and|for)){{0,6}}"
_SIGNATURE = re.compile(rf"\s*([—–―]|--?)\s*({_NAME})((?:,| \().{{0,80}})?\s*$")
_POST = Seeker(r"\s*([—–―]|--?)\s*([^()\n—–―]{1,60}?) \(@\w{1,30}\)(?:[\s,·|]+[^\n]{0,30}\d{4}[^\n]{0,12})?\s*$")
_HANDLE = re.compile(rf"({_NAME}) \(@\w{{1,30}}\)(?: (?:on|via) {_NAME})?\s*(:)\s+(?=\S)")
_LINKS = re.compile(r"(?:\s*(?:https?://|pic\.)\S+)+$")
_ROLE = r"(?:,[^:]{1,60}|\s*\([^:)]{1,60}\))?"
_LABEL = re.compile(rf"({_NAME}|Q|A){_ROLE}\s*(:)\s*")
_CAPITALS = r"[^\W\d_a-z][\w.’'-]*"
_UPPER = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ.’'-]+"
_PARTICLES = rf"(?:{PARTICLE}[ -]){{0,2}}"
_SPEAKER = rf"{_PARTICLES}{_CAPITALS}(?: {_PARTICLES}{_CAPITALS}){{0,4}}(?: #?\d{{1,2}})?"
_LETTERS = r"[QA](?:[ .]?\d{1,2})?|Question|Answer"
_TRANSCRIPT = re.compile(rf"[\"“]?(?:({_LETTERS})([.:])|({_SPEAKER}){_ROLE}\s*(:))\s+(?=\S)")
_UNNUMBERED = re.compile(r"[ .]?\d+\Z")  # Q1
_ANSWERS = re.compile(_LETTERS)
_ANSWER = 12  # paragraphs of an answer
_DOCUMENTS = nouns("document")
_MIN_TURNS = 3  # labels that make an article, or a paragraph, a transcript
# a turn within a paragraph: *… for you. MS. VELD: You are …*
_TURN_WITHIN = Seeker(rf"(?<![^\s\"“])((?:M[RS]S?\. |DR\. )?{_UPPER}(?: {_UPPER}){{0,3}})(:) (?=\S)")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[,(]")
_OPENS = re.compile(r"[.!?…\"“]\s*\Z")  # what stands before such a turn
_SENTENCE = re.compile(r"[.!?…][\"”’')]*\s*\Z|\b[a-z]+(?:,? [a-z’']+){3}")  # a stop at the end, or words enough
_HEADINGS = listed("heading")
_DATED = r"(?:, ?[^:,(\n\"“”]{1,25}| ?\([^)\n]{2,30}\)){0,3}"
_CITY = re.compile(rf"({_UPPER}(?:[ /]{{1,2}}{_UPPER}){{0,4}}){_DATED} ?(:)\s*(?=[^\W\d_a-zß-öø-ÿ]|[\"“‘'])")
_PLACE = re.compile(rf"({_CAPITALISED}(?:[ /]{{1,2}}{_CAPITALISED}){{0,4}}){_DATED} ?:\s+(?=\S)")
_HYPHENED = re.compile(rf"{_CAPITALISED}(?: {_CAPITALISED}){{0,2}}[-–—]\s+(?=[^\W\d_a-zß-öø-ÿ\"“‘])")  # Tarvo- The mayor
_HEADING = re.compile(r"([^\W\d_][\w’' ]{1,20}?) ?:\s+(?=\S)")
_NAME_LINE = re.compile(  # Ann Rees, a baker
    rf"({_CAPITALISED}(?: (?:{_CAPITALISED}|{PARTICLE})){{0,3}} {_CAPITALISED})(?:(?:,| ?[(–—|/-]) ?[^.!?:;“”\"\n]{{2,80}})?"
)
_BULLET = re.compile(r"[–—•*·-]\s+")
_HEADED = re.compile(r"(?P<said>[^:\n]{12,140}?) ?(?P<colon>:) (?P<who>[^\W\d_][^:,;\d\n\"“”()?!]{1,50})")
_HEADS = ("headline", "subhead")
_NO_SPEECH = re.compile(
    r"(?:Analysis|Column|Editorial|Explained|Explainer|Factbox|How|In|Inside|Interview|Introducing|Letter|Live|Meet|Obituary|Op-Ed|"
    r"Opinion|Photos?|Pictures?|Profile|Remembering|Review|Spotlight|The|Timeline|Video|Watch|What|Who|Why)\b",
    re.IGNORECASE,
)
_OFFICES = frozenset(("CEO", "CM", "DPM", "FM", "MP", "PM", "VP"))  # no names, and of whom nobody knows
_MIN_WORDS = 3  # of what a headline says
_OPENING = 3  # paragraphs of the body in which a word in capitals is a place, though nobody knows it


@dataclass(frozen=True)
class Line:
    """A paragraph that is a speaker's label or signature and what is said; the colon or dash, if there is one, is its cue."""

    content: list[Chars]
    cue: Chars | None
    source: Chars


def read_lines(page: ArticleView) -> list[Line]:
    """Return the lines of an article that name their speaker by their form."""
    text, paragraphs = page.text, page.read
    out: list[Line] = []
    turns: list[Line] = []
    behind: list[Paragraph] = []  # paragraphs since the last turn
    last = paragraphs[0] if paragraphs else None
    for before, p in zip([None, *paragraphs], paragraphs, strict=False):
        quoted = page.quoted(p) if p.kind != "headline" else []
        line = _signed(text, p, quoted) or _labelled(text, p, quoted) or _posted(text, p, before) or _handled(text, p)
        if line is not None:
            out.append(line)
        elif len(within := _turns_within(text, p, quoted)) >= _MIN_TURNS:
            out.extend(within)
        elif (m := _TRANSCRIPT.match(text, p.start, p.end)) and not is_heading(m.group(3) or ""):
            label, cue = (1, 2) if m.group(1) else (3, 4)
            if turns and m.group(1):  # what stands between question and question is the answer
                turns[-1].content.extend((b.start, b.end) for b in behind if len(behind) <= _ANSWER)
            behind = []
            turns.append(Line([(m.end(), p.end)], m.span(cue), m.span(label)))
            last = p
        elif turns and last is not None and _goes_on(text, last, p, page.quoted(last)):
            turns[-1].content.append((p.start, p.end))  # the turn goes on
            last = p
        elif turns and p.kind == "body":
            behind.append(p)
    if len(turns) >= _MIN_TURNS and _again(text, turns) and _told(text, turns) and _asked(text, turns):
        out.extend(turns)
    return sorted(out, key=lambda line: line.content)


def read_name_lines(page: ArticleView, people: Iterable[Entity]) -> list[Line]:
    """Return the quotations to which a line of its own that holds but a name, and perhaps a role, names the speaker.

    Above them where there is a list of such (*Ann Rees, Lund Partners | "..." | Bo Veld, Osk Bank | "..."*), or below each
    (*"..." | Ann Rees, captain*).

    Args:
        page: the article.
        people: the names that were found in it.
    """
    known = {(e.start, e.end) for e in people if e.kind == "PERSON"}
    out: list[Line] = []
    run: list[tuple[Paragraph, str, Chars]] = []
    intro = False
    for p in page.read:
        form, name = _form(page, p)
        if form:
            run.append((p, form, name))
            continue
        out += _of_run(page, run, known, intro)
        run, intro = [], page.text[p.start : p.end].endswith(":")
    return out + _of_run(page, run, known, intro)


def _form(page: ArticleView, p: Paragraph) -> tuple[str, Chars]:
    """What a paragraph is of a list of quotations: a *name*, a *quotation*, a *bullet*; empty if it is none of these. And, of a
    name with a role, the span of the name.
    """
    text = page.text
    named = _NAME_LINE.fullmatch(text, p.start, p.end) if p.kind != "headline" else None
    if named is not None and not any(w in FINITE or is_telling(w) for w in text[p.start : p.end].split()):
        return "name", named.span(1)
    quoted = page.quoted(p)
    if quoted and quoted[0].start == p.start and quoted[-1].end == p.end and _unbroken(text, quoted):
        return ("quotation" if quoted[-1].closed else ""), (p.start, p.end)
    return ("bullet" if _BULLET.match(text, p.start, p.end) is not None else ""), (p.start, p.end)


def _of_run(page: ArticleView, run: Sequence[tuple[Paragraph, str, Chars]], known: Collection[Chars], intro: bool) -> list[Line]:
    """The quotations of paragraphs beside one another that are names, quotations and bullets; none where the names may be no
    people's.
    """
    names = [span for _, form, span in run if form == "name"]
    if 2 * sum(span in known for span in names) < len(names) or not names or run[0][1] == "bullet":
        return []
    groups: list[Line] = []
    if run[0][1] == "quotation":
        pairs = [(q, after) for (_, form, q), (p, behind, after) in pairwise(run) if (form, behind) == ("quotation", "name")]
        with_role = {span for p, form, span in run if form == "name" and _has_role(page.text[span[1] : p.end])}
        groups = [Line([q], None, name) for q, name in pairs if len(pairs) > 1 or name in with_role]
        groups = groups if run[-1][1] == "name" else []
    else:
        for p, form, span in run:
            bullet = _BULLET.match(page.text, p.start, p.end)
            if form == "name":
                groups.append(Line([], None, span))
            elif page.quoted(p):
                groups[-1].content.append((p.start if bullet is None else bullet.end(), p.end))
        groups = [line for line in groups if line.content]
        groups = groups if len(groups) > 1 or intro else []
    return [line for line in groups if line.source in known]


def _has_role(words: str) -> bool:
    """Whether what stands behind a name tells what somebody is: *, captain of the team*."""
    return words.startswith(",") and any(is_person_noun(w.lower()) or w.lower() in TITLES for w in _WORD.findall(words))


def headed(page: ArticleView, tellers: Collection[str]) -> Line | None:
    """A headline with who says it at its end: *Reservoirs half empty: energy minister*, *Fares will not rise: Veld*.

    Args:
        page: the article.
        tellers: the words, in small letters, that those who say something in the article are called by; a headline's speaker is
            one of them, not the film, the place or the guest that a headline may also name there.
    """
    text = page.text
    for p in page.read[:_OPENING]:
        m = _HEADED.fullmatch(text, p.start, p.start + len(text[p.start : p.end].rstrip())) if p.kind in _HEADS else None
        if m is None or _NO_SPEECH.match(m["said"]) is not None:
            continue
        last = m["who"].split()[-1]
        words = m["said"].split()
        told = (
            last.lower() in tellers and last not in _OFFICES and not any(w in FINITE or is_telling(w) for w in m["who"].split())
        )
        noun = is_person_noun(singular(last)) or last in BODIES or last in _DOCUMENTS
        guest = is_person_noun(singular(words[0].lower()))  # Actor leading the way: Bram Veld
        verb = any(w in FINITE or w in ("to", "not") or (w.endswith(("ing", "ed")) and not guest) for w in words[1:])
        if told and len(words) >= _MIN_WORDS and (noun or (last[0].isupper() and verb)):
            return Line([m.span("said")], m.span("colon"), m.span("who"))
    return None


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


def _handled(text: str, p: Paragraph) -> Line | None:
    """A post behind its handle: *Ann Rees (@annrees) on Chat: We go*."""
    m = _HANDLE.match(text, p.start, p.end)
    if m is None:
        return None
    links = _LINKS.search(text, m.end(), p.end)
    end = links.start() if links else p.end
    return Line([(m.end(), end)], m.span(2), m.span(1)) if _has_word(text[m.end() : end]) else None


def _labelled(text: str, p: Paragraph, quoted: Sequence[Quoted]) -> Line | None:
    """*Ann Rees: "..."*."""
    m = _LABEL.match(text, p.start, p.end)
    if (
        m is None
        or not quoted
        or quoted[0].start != m.end()
        or not _unbroken(text, quoted)
        or _is_sentence(text[p.start : m.end()])
        or m.group(1).lower() in UNIT_WORDS  # However, he went on: "..."
    ):
        return None
    if _has_word(text[quoted[-1].end : p.end]):
        return None
    verb, _, _ = m.group(1).partition(" ")
    if says_before(text, verb, m.group(1).removeprefix(f"{verb} ")):  # Says Veld: "..."
        return Line([(m.end(), quoted[-1].end)], (m.start(1), m.start(1) + len(verb)), (m.start(1) + len(verb) + 1, m.end(1)))
    return Line([(m.end(), quoted[-1].end)], m.span(2), m.span(1))


def _turns_within(text: str, p: Paragraph, quoted: Sequence[Quoted]) -> list[Line]:
    """The turns of a paragraph with labels in capitals: *“CALLER: I paid. MS. VELD: You did. CALLER: Twice.”*."""
    found = [m for m in _TURN_WITHIN.finditer(text, p.start, p.end) if _opens_turn(text, p.start, m.start())]
    turns = []
    for k, m in enumerate(found):
        end = found[k + 1].start() if k + 1 < len(found) else p.end
        closed = next((q.inner_end for q in quoted if q.start < m.end() <= q.inner_end), end)
        turns.append(Line([(m.end(), min(end, closed))], m.span(2), m.span(1)))
    return turns if _again(text, turns) else []


def _opens_turn(text: str, start: int, position: int) -> bool:
    """Whether a paragraph, a sentence or a quotation begins at a position."""
    return position == start or _OPENS.search(text, max(start, position - 3), position) is not None


def _again(text: str, turns: Sequence[Line]) -> bool:
    """Whether somebody speaks twice, the second time perhaps by the surname alone: a transcript, and no list."""
    return len({_UNNUMBERED.sub("", text[slice(*t.source)]).split()[-1] for t in turns}) < len(turns)


def _asked(text: str, turns: Sequence[Line]) -> bool:
    """Whether some labels are those of questions, where some are those of answers."""
    labels = {text[t.source[0]] for t in turns if _ANSWERS.fullmatch(text, *t.source)}
    return labels != {"A"}


def _told(text: str, turns: Sequence[Line]) -> bool:
    """Whether labels stand before sentences, most of them, and not before prices or scores: *Adults: $12 Children: $5*."""
    listed = sum(any(c.isdigit() for c in words) and _SENTENCE.search(words) is None for t in turns if (words := _words(text, t)))
    return 2 * listed < len(turns)


def _words(text: str, turn: Line) -> str:
    return text[turn.content[0][0] : turn.content[-1][1]]


def is_heading(label: str) -> bool:
    """Whether words before a colon tell what follows and nobody who says it: *TEXT:*, *Watch:*."""
    return label.lower() in _HEADINGS


def _is_sentence(label: str) -> bool:
    """Whether words before a colon are a sentence that reports, or the beginning of one: *On Monday, Veld said*."""
    words = [m.group() for m in _WORD.finditer(label)]
    if words and words[0].lower() in PREPOSITIONS | SUBORDINATORS:
        return True
    for k, (before, word) in enumerate(pairwise(words)):
        described = (
            before == "(" or before.lower() in DETERMINERS or (before == "," and words.index(",") == k)
        )  # Rees, charged with …
        if is_telling(word) and not described:
            return True
    return False


def _goes_on(text: str, last: Paragraph, p: Paragraph, quoted: Sequence[Quoted]) -> bool:
    """Whether a paragraph opens with a mark again after one that ended within a quotation."""
    reopened = last.index + 1 == p.index and text[p.start] in '"“'
    return reopened and bool(quoted) and quoted[-1].end == last.end and not quoted[-1].closed


def _unbroken(text: str, quoted: Sequence[Quoted]) -> bool:
    """Whether no word stands between the quotations."""
    return not any(_has_word(text[a.end : b.start]) for a, b in pairwise(quoted))


def _has_word(text: str) -> bool:
    return any(c.isalnum() for c in text)


def city_colon(page: ArticleView) -> int | None:
    """Where the colon stands behind a place in capitals at the head of an article; None if it may be a label."""
    body = [p for p in page.read if p.kind == "body"]
    found = [(p, m) for p in body if (m := _CITY.match(page.text, p.start, p.end)) is not None]
    if len(found) != 1 or found[0][0] not in body[:_OPENING]:  # several are turns
        return None
    p, m = found[0]
    if _is_quotation(page, p, m.end()):
        return None
    return m.start(2)


def read_datelines(page: ArticleView, places: Iterable[Entity], lines: Iterable[Line], cues: Iterable[Chars]) -> dict[int, int]:
    """Return where datelines and headings end, behind colon or dash, by the index of the paragraph that they open.

    Args:
        page: the article.
        places: the names that were found in it.
        lines: the lines whose form tells who speaks; where there are turns, a word in capitals is who speaks.
        cues: the cues that were found in it.
    """
    turns = {page.paragraph_at(line.content[0][0]).index for line in lines}
    known = {page.paragraph_at(e.start).start: e.start for e in sorted(places, key=lambda e: -e.start) if e.kind == "LOC"}
    last_cue = {page.paragraph_at(lo).index: lo for lo, _ in sorted(cues)}
    body = [p for p in page.read if p.kind == "body"][:_OPENING]
    first = city_colon(page)
    out: dict[int, int] = {}
    for p in page.read:
        heading = _HEADING.match(page.text, p.start, p.end)
        if heading is not None and is_heading(heading.group(1)):
            out[p.index] = heading.end()
            continue
        if (dashed := dateline_end(page.text, p)) > p.start:
            out[p.index] = dashed
            continue
        hyphened = _HYPHENED.match(page.text, p.start, p.end) if p in body and p.start in known else None
        if hyphened is not None and known[p.start] == p.start:
            out[p.index] = hyphened.end()
            continue
        city = _CITY.match(page.text, p.start, p.end) if p in body else None
        m = city or _PLACE.match(page.text, p.start, p.end)
        if m is None or p.index in turns:
            continue
        is_place = p.start in known and known[p.start] < m.end(1)
        own = last_cue.get(p.index, -1) >= m.end()
        if (own and (is_place or city is not None)) or (city is not None and (is_place or city.start(2) == first)):
            out[p.index] = m.end()
    return out


def _is_quotation(page: ArticleView, p: Paragraph, start: int) -> bool:
    """Whether what a paragraph holds from a position on is a quotation."""
    return any(q.start == start and page.wordless(q.end, p.end) for q in page.quoted(p))

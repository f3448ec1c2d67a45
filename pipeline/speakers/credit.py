"""Who an attribution is credited to, and what passes from one to another: to words that follow, and to words of a
headline that the article prints again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..quotes.attribution import Attribution
from ..schemas.ids import speaker_id
from ..schemas.quotes import Gender, MentionKind, SpeakerKind, SpeakerRule, SpeakerStatus
from ..text.view import ArticleView

_HEAD = 3  # paragraphs of an article that may repeat what is said further below: headline, standfirst, caption
_LEAST = 3  # words that are repeated by no accident
_FAR = 5  # ... further down in the article
_MOST = 8  # headlines that are looked for
_LINE = 240  # characters of one
_SHORT = 14  # words of a line that may be a heading
_BELOW = 4  # paragraphs below a heading in which whom it quotes is quoted again
_PERHAPS = 0.75  # how sure a heading is of whom is quoted below it, at most
OPENING_MARKS = "\"“‘'«”„"
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


@dataclass
class Speaker:
    """Who an attribution is credited to."""

    mention_kind: MentionKind = "none"
    status: SpeakerStatus = "none"
    name: str | None = None
    kind: SpeakerKind | None = None
    role: str | None = None
    gender: Gender | None = None  # what the article tells
    rule: SpeakerRule | None = None  # the rule that decided it
    co_speakers: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    evidence: dict[str, float] = field(default_factory=dict)  # what speaks for a pronoun's antecedent
    probability: float | None = None  # that the name is right, where it was weighed against others
    aside: bool = False  # whoever spoke before goes on speaking behind it
    most: float | None = None  # beyond which it is not sure, whatever the rule is worth
    settled: bool = False  # whether the form of the text tells it, whatever the evidence

    @property
    def id(self) -> str | None:
        """The speaker's id, if there is a name."""
        return speaker_id(self.kind, self.name) if self.name else None


def goes_on_from(s: Speaker, most: float | None = None) -> Speaker:
    """The speaker of words without an attribution that go on from another's; no surer than the other, nor than ``most``."""
    known = [c for c in (s.most, s.probability, most) if c is not None]
    out = Speaker("none", s.status, s.name, s.kind, s.role, rule="running speaker", co_speakers=list(s.co_speakers))
    out.most = min(known, default=None)
    return out


def speak_again(page: ArticleView, attributions: Sequence[Attribution], speakers: Sequence[Speaker]) -> list[Speaker]:
    """The speakers, with those of quotations that no word attributes: where the article attributes the same words, as below a
    headline or beside a pull quote (*‘We will fight on’: club vows to stay ... “We will fight on until May,” said Ann Veld.*);
    or, for a heading within the article, whoever is the first to be quoted below it.
    """
    out = list(speakers)
    floating = [k for k, a in enumerate(attributions) if a.continues is None and _may_be_again(page, a, out[k])][:_MOST]
    if not floating:
        return out
    known = [k for k, s in enumerate(out) if s.status in ("named", "unnamed") and _is_attributed(attributions[k])]
    said = {k: _words(page, attributions[k]) for k in known}
    for k in floating:
        a, words = attributions[k], _words(page, attributions[k])
        behind = [o for o in known if o != k and attributions[o].content[0][0] > a.content[-1][1]]
        heading = _in_heading(page, a)
        heads = a.paragraph < _HEAD or heading
        others = behind if heads else known
        by = [out[o] for o in others if words in said[o]] if words.count(" ") > (_LEAST if heads else _FAR) else []
        if by and all((s.name, s.status) == (by[0].name, by[0].status) for s in by):
            out[k] = Speaker("none", by[0].status, by[0].name, by[0].kind, by[0].role, rule="same words")
            out[k].most = by[0].most
        elif (
            not by
            and (a.heads or (out[k].name is None and heading))
            and (below := _below(page, attributions, out, k)) is not None
            and out[below].status in ("named", "unnamed")
        ):
            out[k] = goes_on_from(out[below], _PERHAPS)
    return out


def _may_be_again(page: ArticleView, a: Attribution, speaker: Speaker) -> bool:
    """Whether the article may tell elsewhere whose a quotation is: where no word attributes it, or but a colon, behind what need
    be nobody (*6 pm: ‘We will fight on’*, *Netball: ‘We will fight on’*).
    """
    if a.cue_span is None:
        untold = speaker.name is None and speaker.status in ("none", "unresolved")
        return a.source is None and (untold or _in_heading(page, a))
    return page.text[slice(*a.cue_span)] == ":" and _in_heading(page, a)


def _in_heading(page: ArticleView, a: Attribution) -> bool:
    """Whether a quotation stands in a headline, or in a short line without a point."""
    p = page.paragraph_at(a.content[0][0])
    if page.text[a.content[0][0]] not in OPENING_MARKS or p.end - p.start > _LINE:
        return False
    short = len(page.text[p.start : p.end].split()) <= _SHORT and page.text[p.end - 2 : p.end].strip("\"”’'").isalnum()
    return p.kind in ("headline", "subhead") or (p.kind == "body" and short)


def _is_attributed(a: Attribution) -> bool:
    return a.source is not None or a.continues is not None


def _below(page: ArticleView, attributions: Sequence[Attribution], speakers: Sequence[Speaker], heading: int) -> int | None:
    """The first whose words are quoted in the paragraphs below a heading, and before the next heading; or who alone speaks in
    them.
    """
    last = attributions[heading].paragraph + _BELOW
    alone: list[int] = []
    for k in range(heading + 1, len(attributions)):
        a = attributions[k]
        if a.heads or a.paragraph > last:
            break
        if _is_attributed(a) and page.text[a.content[0][0]] in OPENING_MARKS:
            return k
        alone += [k] if a.source is not None and not a.silent else []
    return alone[0] if len({speakers[k].name for k in alone}) == 1 else None


def _words(page: ArticleView, a: Attribution) -> str:
    """The words of a content in small letters, each between spaces."""
    told = " ".join(page.text[s:e] for s, e in a.content).lower().replace("’", "'")
    return f" {' '.join(_WORD.findall(told))} "

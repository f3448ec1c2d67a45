"""From the mention at a reporting verb to a speaker, and the named speakers of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..lexicon.forms import singular
from ..lexicon.nouns import BODIES, BODY_LIKE
from ..naming.cast import Cast, Name
from ..quotes.attribution import Attribution
from ..schemas.ids import speaker_id
from ..schemas.quotes import Gender, SpeakerKind
from ..text.chars import Chars
from ..text.view import ArticleView, Entity
from .credit import Speaker, speak_again
from .gender import credit_genders, named_gender, tell_genders
from .linker import bundled
from .nominals import NOUN_RULES
from .resolver import Resolver
from .rules import SPEAKER_RULES

_ENDS = re.compile(
    r"\Z|[.,;:)\"”\n]| (?:on|in|at|late|early|this|last|to|as|and|when|after|before|during)\b"
)  # what a name ends at
_LONGEST = 100  # characters of a name


@dataclass(frozen=True)
class NamedSpeaker:
    """A named speaker of an article and how often the article names and quotes them."""

    name: str
    kind: SpeakerKind
    role: str | None
    aliases: tuple[str, ...]
    mention_count: int
    quote_count: int
    gender: Gender | None = None

    @property
    def id(self) -> str:
        """The speaker's id."""
        return speaker_id(self.kind, self.name)


def resolve_speakers(page: ArticleView, attributions: Sequence[Attribution]) -> tuple[list[Speaker], list[NamedSpeaker]]:
    """Return a speaker for each attribution and the named speakers of the article.

    Args:
        page: the article, with the names that the network found.
        attributions: in text order; one that continues another repeats its speaker.
    """
    cast = Cast(page)
    for a in attributions:
        if a.source is not None:
            a.source = _whole_names(a.source, cast)
    tell_genders(page, cast, attributions)
    speakers = Resolver(page, attributions, cast, SPEAKER_RULES, NOUN_RULES, bundled()).read()
    speakers = speak_again(page, attributions, speakers)
    credit_genders(page, cast, attributions, speakers)
    told = [s for a, s in zip(attributions, speakers, strict=True) if not a.silent]
    return speakers, _document_speakers(told, cast)


def _whole_names(source: Chars, cast: Cast) -> Chars:
    """A source that begins or ends within a name, with the whole of it: not *Baum* of *Lotte Baum*; or with a body's noun right
    before its name: not *Veld's agency* of *Veld's agency Blue Note*.
    """
    start, end = source
    for p in cast.printed_in(start - _LONGEST, end + 2):
        if p.start < start < p.end and cast.text[start - 1] == " ":
            start = p.start
        if p.start < end < p.end and cast.text[end] == " ":
            end = p.end
        if p.start == end + 1 and p.kind in ("organisation", "media") and _ENDS.match(cast.text, p.end) is not None:
            noun = singular(cast.text[start:end].rsplit(" ", 1)[-1].lower())
            end = p.end if noun in BODY_LIKE or noun in BODIES else end
    return start, end


def _document_speakers(speakers: Sequence[Speaker], cast: Cast) -> list[NamedSpeaker]:
    out: dict[str, NamedSpeaker] = {}
    for s in speakers:
        for name, role in [(s.name, s.role), *((name, None) for _, _, name in s.co_speakers)]:
            entry = cast.by_name(name) if name is not None else None
            kind = s.kind if name == s.name else entry.kind if entry is not None else None
            if name is None or kind is None:
                continue
            have = out.get(name)
            out[name] = NamedSpeaker(
                name,
                kind,
                have.role if have and have.role else role,
                tuple(sorted((set(entry.forms) if entry else set()) - {name})),
                max(len(entry.mentions) if entry else 0, 1),
                have.quote_count + 1 if have else 1,
                named_gender(cast, name),
            )
    return list(out.values())


def names_in(page: ArticleView, spans: Sequence[Chars]) -> dict[Chars, tuple[str, str]]:
    """Name and ``speaker_id`` by which the article knows whom stretches of its text name; without those that name nobody."""
    named = [s for s in spans if any(s[0] < e.end and e.start < s[1] for e in page.entities)]
    if not named:
        return {}
    cast = Cast(page)
    printed = {s: next((p for p in cast.printed_in(*s) if p.kind is not None), None) for s in named}
    names = {s: cast.of(p) for s, p in printed.items() if p is not None}
    return {s: (name.full, speaker_id(name.kind, name.full)) for s, name in names.items()}


def resolve_pronoun(page: ArticleView, entities: Sequence[Entity], span: Chars) -> Name | None:
    """Whom a pronoun means, wherever it stands, by the rules for those that speak.

    Args:
        page: the article.
        entities: the names that the network found in it.
        span: the pronoun.

    Returns:
        The name with the places where it is printed; None where nobody can tell, or somebody without a name is meant.
    """
    page.entities = entities
    cast = Cast(page)
    tell_genders(page, cast, ())
    mention = Attribution(page.paragraph_at(span[0]).index, [span], source=span)
    speaker = Resolver(page, [mention], cast, SPEAKER_RULES, NOUN_RULES, bundled()).read()[0]
    return cast.by_name(speaker.name) if speaker.name is not None else None

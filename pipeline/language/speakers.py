"""From the mention at a reporting verb to a speaker: names, surnames and pronouns to the fullest name.

Each decision names the rule that made it. What these rules cannot tell stays ``unresolved``; a source that the
article leaves anonymous is ``unnamed``, which is no failure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.ids import hash_id, normalised_name
from schemas.quotes import MentionKind, SpeakerKind, SpeakerStatus

from .attribution import Attribution
from .chars import Chars
from .lexicon import ANAPHORS, ANONYMOUS
from .names import Name, Names, name_in

_GENDER = {"he": "m", "him": "m", "she": "f", "her": "f"}
_INDEFINITE = re.compile(r"(?:an?|one|another|some|several|two|three|many) ", re.IGNORECASE)
_LOOK_BACK = 1500  # characters before a pronoun in which its antecedent is sought
_FULL_NAME = re.compile(r"(?:Dr|Mr|Mrs|Ms|Prof|Sir)?\.? ?[A-Z][\w’'.-]*(?: (?:al-|de |van |von |bin )?[A-Z][\w’'.-]*){1,3}")
_OPENING = re.compile(r"(?:^|[.!?…][\"”’»]?\s+|, (?:and|but) )(?:But |And |However,? |Mr\.? |Mrs\.? |Ms\.? )?")
_NOT_SUBJECT = re.compile(r"[\"“”,;]|\b(?:in|on|by|to|of|with|from|said|for|at)\b")
_ROLE_STOPS = frozenset("the a an".split())


@dataclass
class Speaker:
    """Who an attribution is credited to."""

    mention_kind: MentionKind = "none"
    status: SpeakerStatus = "none"
    name: str | None = None
    kind: SpeakerKind | None = None
    role: str | None = None
    rule: str | None = None
    co_speakers: list[tuple[str, str | None, str | None]] = field(default_factory=list)

    @property
    def id(self) -> str | None:
        """The speaker's id, if there is a name."""
        return speaker_id(self.kind, self.name) if self.name else None


@dataclass(frozen=True)
class DocumentSpeaker:
    """A named speaker of an article and how often the article names and quotes them."""

    name: str
    kind: SpeakerKind
    role: str | None
    aliases: tuple[str, ...]
    mention_count: int
    quote_count: int

    @property
    def id(self) -> str:
        """The speaker's id."""
        return speaker_id(self.kind, self.name)


def speaker_id(kind: str | None, name: str | None) -> str:
    """Hash of kind and normalised name."""
    return hash_id("speaker", kind, normalised_name(name or ""))


def resolve_speakers(text: str, attributions: Sequence[Attribution]) -> tuple[list[Speaker], list[DocumentSpeaker]]:
    """Return a speaker for each attribution and the named speakers of the article.

    ``attributions`` are in text order; one that continues another repeats its speaker.
    """
    names = Names(text)
    state = _Resolver(text, names)
    speakers: list[Speaker] = []
    by_attribution: dict[int, Speaker] = {}
    for a in attributions:
        if a.continues is not None and id(a.continues) in by_attribution:
            speaker = by_attribution[id(a.continues)]
        else:
            speaker = state.resolve(a)
        by_attribution[id(a)] = speaker
        speakers.append(speaker)
    _settle_kinds(speakers, names)
    return speakers, _document_speakers(speakers, names)


def _settle_kinds(speakers: Sequence[Speaker], names: Names) -> None:
    """A name is of one kind throughout, also where a later sentence tells it (*Westmere Rail ... it said*)."""

    def kind_of(name: str | None, kind: SpeakerKind | None) -> SpeakerKind | None:
        entry = names.by_full.get(name) if name is not None else None
        return entry.kind if entry is not None else kind

    for s in speakers:
        s.kind = kind_of(s.name, s.kind)
        s.co_speakers = [(m, speaker_id(kind_of(n, None), n) if n is not None else i, n) for m, i, n in s.co_speakers]


class _Resolver:
    def __init__(self, text: str, names: Names) -> None:
        self.text = text
        self.names = names
        self.last: dict[str, tuple[int, Name]] = {}  # by kind of antecedent: where and who spoke last
        self.unnamed: int | None = None  # where somebody without a name spoke, if nobody has spoken since

    def resolve(self, a: Attribution) -> Speaker:
        if a.source is None:
            return Speaker()
        mention = self.text[slice(*a.source)]
        low = mention.lower()
        if low in ANAPHORS:
            speaker = self._pronoun(low, a)
        else:
            speaker = self._nominal(mention, a)
        single = _INDEFINITE.match(mention) and not mention.endswith("s")
        self.unnamed = a.source[0] if speaker.status == "unnamed" and (single or speaker.mention_kind == "pronoun") else None
        if speaker.name is not None and speaker.kind is not None:
            entry = self.names.lookup(speaker.name, a.source[0])
            self.last["person" if speaker.kind == "person" else "body"] = (a.source[0], entry)
        return speaker

    def _nominal(self, mention: str, a: Attribution) -> Speaker:
        assert a.source is not None
        first, *others = _coordinated(mention)
        named = name_in(first)
        apposition = self.text[slice(*a.role)] if a.role else ""
        beside = name_in(apposition) if _FULL_NAME.fullmatch(apposition) else None
        if named is None and beside is not None:  # the union's secretary, Colm Daley, said
            entry = self.names.lookup(beside[0], a.source[0])
            return Speaker("nominal", "named", entry.full, entry.kind, _clean_role(first) or entry.role, "name in apposition")
        if named is not None and not _is_common(named[0], self.names, a.source):
            name, lead = named
            entry = self.names.lookup(name, a.source[0])
            role = _role(self.text, a.role) or _clean_role(lead) or entry.role
            rule = "name" if entry.full == name else "abbreviation" if name in self.names.acronyms else "fullest name"
            co = []
            for other in others:
                found = name_in(other)
                twin = self.names.lookup(found[0], a.source[0]) if found else None
                co.append((other, speaker_id(twin.kind, twin.full) if twin else None, twin.full if twin else None))
            return Speaker("name", "named", entry.full, entry.kind, role, rule, co)
        head = _head(first)
        if (
            head in ANONYMOUS
            or (head.endswith("s") and not re.match(r"(?:the|this|that|his|her)\b", first.lower()))
            or _INDEFINITE.match(first)
        ):
            return Speaker("nominal", "unnamed", kind="unnamed", rule="anonymous noun")
        titled = self._titled(head, a.source[0]) if first.lower().startswith("the ") else None
        if titled is not None:
            return Speaker("nominal", "named", titled.full, titled.kind, titled.role, "title")
        return Speaker("nominal", "unresolved", rule="common noun")

    def _titled(self, head: str, position: int) -> Name | None:
        """*the president*: the one person before whom the article gives that title."""
        entries = [
            n
            for n in self.names.by_full.values()
            if n.role and head in n.role.lower().split() and any(p < position for p in n.positions)
        ]
        return max(entries, key=lambda n: max(p for p in n.positions if p < position)) if entries else None

    def _pronoun(self, low: str, a: Attribution) -> Speaker:
        assert a.source is not None
        position = a.source[0]
        since = max(0, position - _LOOK_BACK)
        gender = _GENDER.get(low)
        if gender is not None:
            here = self.text.rfind("\n", 0, position) + 1
            if self.unnamed is not None and self.unnamed >= here:
                return Speaker("pronoun", "unnamed", kind="unnamed", rule="pronoun: unnamed speaker before")
            subject = self._subject(here, position, gender)
            if subject is not None:
                return self._speaker(subject, "pronoun: subject before", gender)
            spoke = self.last.get("person")
            if spoke is not None and spoke[0] >= since and spoke[1].gender in (None, gender):
                return self._speaker(spoke[1], "pronoun: last speaker", gender)
            above = self.text.rfind("\n", 0, len(self.text[:here].rstrip())) + 1
            subject = self._subject(above, here, gender)
            if subject is not None:
                return self._speaker(subject, "pronoun: subject of the paragraph before", gender)
            for name in self.names.before(position, since):
                if name.kind == "person" and name.gender in (None, gender) and " " in name.full:
                    return self._speaker(name, "pronoun: name before", gender)
        elif low in ("they", "it"):
            body = self._subject(self.text.rfind("\n", 0, position) + 1, position, None) if low == "it" else None
            if body is not None:
                return self._speaker(body, "pronoun: body before", None)
            spoke = self.last.get("body")
            if spoke is not None and spoke[0] >= since:
                return self._speaker(spoke[1], "pronoun: last body", None)
        return Speaker("pronoun", "unresolved", rule="pronoun")

    def _speaker(self, entry: Name, rule: str, gender: str | None) -> Speaker:
        if gender is not None:
            entry.gender = entry.gender or gender
        return Speaker("pronoun", "named", entry.full, entry.kind, entry.role, rule)

    def _subject(self, lo: int, hi: int, gender: str | None) -> Name | None:
        """The last name in ``text[lo:hi]`` that opens a sentence or a coordinate clause: a person, or a body for *it*."""
        passage = self.text[lo:hi]
        for m in reversed(list(_OPENING.finditer(passage))):
            start = lo + m.end()
            for name in self.names.before(start + 40, start):
                at = max((p for p in name.positions if start <= p < start + 40 and p < hi), default=-1)
                if at < 0 or _NOT_SUBJECT.search(self.text[start:at]):
                    continue
                if gender is None:
                    if name.kind != "person":
                        return name
                    if name.role is None and name.gender is None and at == start and " " in name.full:
                        name.kind = "organisation"  # nothing but the pronoun tells: Westmere Rail ... it said
                        return name
                    continue
                known = " " in name.full or name.role is not None or self._last_person() is name
                if known and name.kind == "person" and name.gender in (None, gender):
                    return name
        return None

    def _last_person(self) -> Name | None:
        return self.last["person"][1] if "person" in self.last else None


def _coordinated(mention: str) -> list[str]:
    """*Ann Veld and Bob Rees* → both; *the Ministry of Trade and Labour* stays one."""
    m = re.fullmatch(r"([A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)+) and ([A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)+)", mention)
    return [m.group(1), m.group(2)] if m else [mention]


def _is_common(name: str, names: Names, source: Chars) -> bool:
    """Whether a one-word name is only a noun with a sentence's capital: *Observers said*."""
    if " " in name:
        return False
    low, text = name.lower(), names.text
    opens = source[0] == 0 or re.search(r"(?:[.!?][\"”’]?|\n)\s*$", text[max(0, source[0] - 4) : source[0]])
    if opens and low.endswith("s") and text[source[0] : source[1]] == name and text.count(name) == 1:
        return True
    return low in ANONYMOUS or low in names.uncapitalised


def _head(mention: str) -> str:
    words = re.split(r",| (?:of|for|in|at|from|to|with|by|on|who|near|close|familiar)\b", mention)[0].split()
    return words[-1].lower().strip("\"'“”’‘") if words else ""


def _role(text: str, span: Chars | None) -> str | None:
    """The apposition after a name as a role: *Bob Rees, a baker*."""
    if span is None:
        return None
    role = text[slice(*span)].strip()
    if (
        re.match(r"(?:who|which|whose|whom|\w+ing|\d|and|but|in|on|at|when|while|as|also)\b", role.lower())
        or len(role.split()) > 15
    ):
        return None
    return _clean_role(role)


def _clean_role(role: str) -> str | None:
    words = role.split()
    while words and words[0].lower() in _ROLE_STOPS:
        words = words[1:]
    cleaned = " ".join(words).strip(" ,")
    bare = cleaned.rstrip(".").lower() in ("mr", "mrs", "ms", "miss")
    return None if bare or len(cleaned) < 3 or re.match(r"[A-Z]-[A-Z]|\w{1,4}\.$", cleaned) else cleaned


def _document_speakers(speakers: Sequence[Speaker], names: Names) -> list[DocumentSpeaker]:
    out: dict[str, DocumentSpeaker] = {}
    for s in speakers:
        if s.name is None or s.kind is None:
            continue
        entry = names.by_full.get(s.name)
        have = out.get(s.name)
        out[s.name] = DocumentSpeaker(
            s.name,
            s.kind,
            have.role if have and have.role else s.role,
            tuple(sorted((entry.forms if entry else set()) - {s.name})),
            max(len(entry.positions) if entry else 0, 1),
            have.quote_count + 1 if have else 1,
        )
    return list(out.values())

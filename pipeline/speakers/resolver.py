"""An article read once, from beginning to end: whom each attribution's mention stands for.

Names, noun phrases for people and bodies, and pronouns outside quotations join whom they stand for as they come, and each
mention is resolved where it stands. Each decision names the rule that made it; when several are equally likely the name stays
null, and a source that the article leaves anonymous is ``unnamed``, which is no failure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..lexicon.nouns import is_person_noun
from ..lexicon.words import ANONYMOUS, RELATIVES
from ..quotes.attribution import Attribution
from ..schemas.ids import hash_id, normalised_name
from ..schemas.quotes import MentionKind, SpeakerKind, SpeakerStatus
from ..text.chars import Chars
from ..text.view import ArticleView
from .cast import Cast, Name
from .discourse import GENDER, SPEAKER, Discourse, Referent
from .mentions import Mention, coordinated, read_mention
from .name_forms import is_generic
from .names import Printed
from .narration import Narration
from .noun_phrases import INDEFINITE, NounPhrases

_REPORTER = frozenset(("i", "we"))
_REPLIES = frozenset("reply answer retort counter respond".split())
_ASKS = frozenset("Q QUESTION HOST INTERVIEWER MODERATOR REPORTER".split())
_TURN = re.compile(rf"(?:A|ANSWER|Answer|{'|'.join(sorted(_ASKS))}|{'|'.join(sorted(w.capitalize() for w in _ASKS))})")
_OF_PLACE = re.compile(r"(?:, [^.;:\n\"“”]{1,80})?(?:,| of| from| in| at|,? R-| D-) ?(?:the )?")
_OPENING_MARKS = "\"“‘'«”„"
_ASKED = re.compile(r"\?\s*\Z")
_LONG_AGO = 10_000  # characters before a quotation beyond which no name tells that the article has turned to somebody
_FLOATS = 3  # paragraphs over which a quotation without an attribution is the running speaker's
_NOT_APPOSED = (
    r"(?!(?:who|which|whose|that|including|led|like|such|among|with|not|and|or|from|but|as|to|why|how|when|if|in|on|at|for|by)\b)"
)
_APPOSED = re.compile(rf"(?:[,—–(] ?|: )?(?:(?:the|a|an|his|her) )?(?:{_NOT_APPOSED}[a-z][\w’'-]* ){{0,5}}")
_APPOSITION_END = re.compile(r",? (?:\d|who|a |an |the |\()")
_COLON = re.compile(r":[\"”’»)]*\s*\Z")
_BESIDE = re.compile(r",? ?(?:\([^)]*\),? ?)?")
_CLAUSE_OF = re.compile(r"(?:, [^.,;:\n\"“”]{1,60})?,? ?|, \d+, ?| \([^)]*\),? ?")
_PHRASE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[\w’'-]+[’']s?) (?:[\w’'-]+ ){1,5},? ?\Z")


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
    evidence: dict[str, float] = field(default_factory=dict)  # what speaks for a pronoun's antecedent

    @property
    def id(self) -> str | None:
        """The speaker's id, if there is a name."""
        return speaker_id(self.kind, self.name) if self.name else None


def speaker_id(kind: str | None, name: str | None) -> str:
    """Hash of kind and normalised name."""
    return hash_id("speaker", kind, normalised_name(name or ""))


class Resolver:
    """The speakers of one article."""

    def __init__(self, page: ArticleView, attributions: Sequence[Attribution], cast: Cast) -> None:
        self.page = page
        self.text = text = page.text
        self.cast = cast
        self.attributions = attributions
        self.quoted = sorted(c for a in attributions for c in a.content if text[c[0]] in _OPENING_MARKS)
        self.discourse = Discourse(page, self.quoted)
        self.nouns = NounPhrases(text, cast, self.discourse)
        self._words = Counter(p.name for p in cast.printed)
        self._running: tuple[int, Speaker] | None = None  # who spoke last, and where the quotation ended
        self._bodies: dict[str, Name] = {}  # whose a ministry is, by what it is called
        self._asked = False  # whether the reporter has asked something
        self._answers = False  # whether the attribution under way answers the one before

    def read(self) -> list[Speaker]:
        """A speaker for each attribution; one that continues another repeats its speaker."""
        narration = Narration(self.page, self.cast, self.quoted, self.discourse, self.nouns)
        out: dict[int, Speaker] = {}
        for a in sorted(self.attributions, key=_place):
            narration.read_to(_place(a))
            out[id(a)] = out[id(a.continues)] if a.continues is not None and id(a.continues) in out else self._resolve(a)
            if a.source is not None:
                narration.skip_to(a.source[1])
        return [out[id(a)] for a in self.attributions]

    # -------------------------------------------------------------- attributions

    def _resolve(self, a: Attribution) -> Speaker:
        if a.source is None:
            return self._floating(a) if a.cue_span is None else Speaker()
        if a.cue_span is not None and self.text[a.cue_span[0]] in ":." and _TURN.fullmatch(self.text, *a.source):
            return self._turn(a.source)
        self._answers = a.cue is not None and a.cue.lemma in _REPLIES
        first, *others = coordinated(self.text, a.source, self.cast.printed_in(*a.source))
        speaker, referent = self._mention(first, a.role)
        for span in others:
            other, _ = self._mention(span, None)
            speaker.co_speakers.append((self.text[slice(*span)], other.id, other.name))
        if referent is not None:
            self.discourse.mention(referent, a.source[0], SPEAKER)
        if speaker.rule == "reporter":
            self._asked = True
        else:
            self._running = (a.content[-1][1], speaker)
        return speaker

    def _floating(self, a: Attribution) -> Speaker:
        """A quotation without an attribution: by whoever speaks, unless an interviewer asks."""
        start, end = a.content[0][0], a.content[-1][1]
        running = self._running
        if _ASKED.search(self.text, max(0, start - 40), start) and (running is None or running[1].rule == "question above"):
            name = self._introduced(start)
            if name is not None:
                running = (end, self._named("none", name, "question above"))
                self.discourse.mention(self.discourse.of_name(name), start, SPEAKER)
                self._running = running
                return running[1]
        if running is None or self.text.count("\n\n", running[0], start) > _FLOATS or self._turned(running, start):
            return Speaker()
        if not self.page.opens_sentence(start) and not _COLON.search(self.text, max(0, start - 4), start):
            return Speaker()  # words of a sentence of the paper's own
        if self._asked and self.text[start:end].rstrip("\"”’»' ").endswith("?"):
            return Speaker("none", "unnamed", kind="unnamed", rule="question of the interviewer")
        s = running[1]
        return Speaker("none", s.status, s.name, s.kind, s.role, "running speaker", list(s.co_speakers))

    def _turned(self, running: tuple[int, Speaker], start: int) -> bool:
        """Whether the article has turned to another person before a quotation: *"...," Veld said. Lund was sure. "..."*."""
        named = map(self.cast.of, reversed(self.cast.printed_in(max(running[0], start - _LONG_AGO), start)))
        person = next((n for n in named if n.kind == "person" and n.sure), None)
        return person is not None and person.full != running[1].name

    def _turn(self, label: Chars) -> Speaker:
        """*Q:* and *A:*: the one who answers is the person whom the article introduces."""
        if self.text[slice(*label)].upper() in _ASKS:
            return Speaker("nominal", "unnamed", kind="unnamed", rule="label of the interviewer")
        name = self._interviewed
        if name is None:
            return Speaker("nominal", "unresolved", rule="label of the interviewed")
        self.discourse.mention(self.discourse.of_name(name), label[0], SPEAKER)
        return self._named("nominal", name, "label of the interviewed")

    @cached_property
    def _interviewed(self) -> Name | None:
        """The person whom the article introduces before the first label."""
        sources = [x.source for x in self.attributions if x.source is not None and _TURN.fullmatch(self.text, *x.source)]
        return self._introduced(min(s for s, _ in sources))

    def _introduced(self, before: int) -> Name | None:
        """The person whom an article is about before a position: named most often, or first."""
        counted = self._introductions
        k = bisect_left(counted, before, key=lambda c: c[0]) - 1
        return counted[k][1] if k >= 0 else None

    @cached_property
    def _introductions(self) -> list[tuple[int, Name]]:
        """Where people are named, and who has been named most often then, or first of several."""
        out: list[tuple[int, Name]] = []
        counts: Counter[int] = Counter()
        most: Name | None = None
        for p in self.cast.printed:
            n = self.cast.of(p)
            if n.kind != "person":
                continue
            counts[id(n)] += 1
            ahead = most is None or (counts[id(n)], -n.mentions[0][0]) > (counts[id(most)], -most.mentions[0][0])
            most = n if ahead else most
            out.append((p.start, most or n))
        return out

    def _mention(self, span: Chars, role: Chars | None) -> tuple[Speaker, Referent | None]:
        """The speaker of a mention, and whom it makes salient; ``role`` is an apposition to it."""
        text, position = self.text, span[0]
        mention = read_mention(text, span, self.cast.printed_in(*span))
        if mention.form == "pronoun":
            return self._relative(mention.head, position) if mention.head in RELATIVES else self._pronoun(mention.head, position)
        if mention.name is not None and not self._is_common(mention.name, span):
            name = self.cast.of(mention.name)
            if name.kind != "person" and mention.lead.split(" ")[0].lower() in INDEFINITE:
                return Speaker("nominal", "unnamed", kind="unnamed", rule="anonymous noun"), None  # some Republicans
            if name.kind == "organisation" and is_generic(name.full):
                name = self._owned(name, mention.owner)
            own = _role(text, role) or clean_role(mention.lead)
            return self._named("name", name, self._rule(mention.name, name), own), self.discourse.of_name(name)
        apposed = self._apposed(span, role)
        if apposed is not None and (mention.name is not None or _of_one(mention, apposed) or self.cast.of(apposed).role):
            name = self.cast.of(apposed)
            own = clean_role(text[position : min(span[1], apposed.titled)])
            return self._named("nominal", name, "name in apposition", own), self.discourse.of_name(name)
        if mention.name is not None:
            mention = Mention("nominal", head=text[slice(*span)].lower(), phrase=text[slice(*span)])
        found = self.nouns.resolve(mention, position, answers=self._answers)
        if found is None:
            return Speaker("nominal", "unresolved", rule="common noun"), None
        referent, rule = found
        if referent.name is None:
            return Speaker("nominal", "unnamed", kind="unnamed", rule=rule), referent
        if referent.person and rule != "description":  # a guess teaches nothing
            self.cast.describe(referent.name, mention.phrase)
        return self._named("nominal", referent.name, rule), referent

    def _owned(self, name: Name, owner: str) -> Name:
        """*Syria's Foreign Ministry*, and that one where *the Foreign Ministry* speaks again."""
        if owner:
            self._bodies[name.full] = self.cast.entry(f"{owner} {name.full}", "organisation")
        return self._bodies.get(name.full, name)

    def _named(self, kind: MentionKind, name: Name, rule: str, role: str | None = None) -> Speaker:
        return Speaker(kind, "named", name.full, name.kind, role or name.role, rule)

    def _rule(self, p: Printed, name: Name) -> str:
        if normalised_name(p.name) == normalised_name(name.full):
            return "name"
        if name.kind == "government":
            return "government"
        return "abbreviation" if p.name in self.cast.acronyms else "fullest name"

    def _apposed(self, span: Chars, role: Chars | None) -> Printed | None:
        """The name in apposition to a mention: *the captain, Dafydd Orme*."""
        lo = role[0] if role else span[1]
        m = _APPOSED.match(self.text, lo)
        at = m.end() if m is not None and (role or m.group()[:1] in (",", "—", "–", "(", ":")) else -1
        for p in self.cast.printed_in(lo, lo + 80):
            person = p.kind == "person" or (p.kind is None and " " in p.name)
            first = p.titled == lo or self.text[lo : p.titled] == "the "
            if lo <= p.titled <= at + 1 and (person or (role is not None and first)):
                tail = self.text[p.end : role[1] if role else p.end]
                return p if not re.search(r"\w", tail) or _APPOSITION_END.match(tail) else None
        inside = [p for p in self.cast.printed_in(*span) if p.kind == "person" and "," in self.text[span[0] : p.start]]
        return inside[-1] if inside and role is None else None

    def _is_common(self, p: Printed, span: Chars) -> bool:
        """Whether a one-word name is only a noun with a sentence's capital: *Observers said*."""
        if " " in p.name or p.kind is not None:
            return False
        opens = self.page.opens_sentence(span[0])
        plural = p.name.endswith("s") and p.start == span[0] and self._words[p.name] == 1
        return p.name.lower() in ANONYMOUS or (opens and plural)

    def _pronoun(self, low: str, position: int) -> tuple[Speaker, Referent | None]:
        if low in _REPORTER:
            return Speaker("pronoun", "unnamed", kind="unnamed", rule="reporter"), None
        found = self.discourse.antecedent(low, position, self._answers)
        if found is None:
            return Speaker("pronoun", "unresolved", rule="pronoun"), None
        referent = found.referent
        if referent.name is None:
            return Speaker("pronoun", "unnamed", kind="unnamed", rule="pronoun: somebody unnamed"), referent
        if not found.clear:
            return Speaker("pronoun", "unresolved", rule="pronoun: several before"), None
        speaker = self._named("pronoun", referent.name, "pronoun")
        speaker.evidence = {
            "salience": min(found.salience, 3.0),
            "rival": found.next / found.salience,
            "gender": float(referent.person and referent.name.gender is not None),
            "body": float(not referent.person or referent.plural),
        }
        if referent.person:
            referent.name.gender = referent.name.gender or GENDER.get(low)
        return speaker, referent

    def _relative(self, pronoun: str, position: int) -> tuple[Speaker, Referent | None]:
        """*Ann Veld, a baker, who said*: the noun phrase that the clause belongs to."""
        end = position
        for p in reversed(self.cast.printed_in(position - 120, position)):
            between = _CLAUSE_OF if end == position else _OF_PLACE
            if not between.fullmatch(self.text, p.end, end):
                continue
            name = self.cast.of(p)
            if name.kind == "government" and pronoun != "which":
                if not _BESIDE.fullmatch(self.text, p.end, position):
                    break
                end = p.start  # Ann Veld of Norway, who
                continue
            return self._named("pronoun", name, "relative pronoun"), self.discourse.of_name(name)
        if end != position:
            return Speaker("pronoun", "unresolved", rule="relative pronoun"), None
        before = self.text[max(0, position - 80) : position].rstrip(" ,")
        m = _PHRASE.search(before + " ")
        if m is None:
            return Speaker("pronoun", "unresolved", rule="relative pronoun"), None
        start = max(0, position - 80) + m.start()
        found = self.nouns.resolve(read_mention(self.text, (start, start + len(m.group().rstrip())), []), start)
        if found is None:
            return Speaker("pronoun", "unresolved", rule="relative pronoun"), None
        if found[0].name is None:
            return Speaker("pronoun", "unnamed", kind="unnamed", rule="relative pronoun"), found[0]
        return self._named("pronoun", found[0].name, "relative pronoun"), found[0]


def _place(a: Attribution) -> int:
    """Where an attribution stands in the reading."""
    return a.source[0] if a.source is not None else a.content[0][0]


def _of_one(m: Mention, p: Printed) -> bool:
    """Whether a noun phrase may be of the one person, or the one body, whose name stands beside it."""
    definite = m.determiner in ("the", "'s", "his", "her", "its")
    if p.kind not in ("person", None):
        return definite and not m.head.endswith("s")
    return is_person_noun(m.head) or m.head == "one" or (definite and m.whole == m.phrase)


def _role(text: str, span: Chars | None) -> str | None:
    """The apposition after a name as a role: *Bob Rees, a baker*."""
    role = text[slice(*span)].strip() if span is not None else ""
    if re.match(r"(?:who|which|whose|whom|\w+ing|\d|and|but|in|on|at|when|while|as|also)\b", role.lower()):
        return None
    return clean_role(role) if 0 < len(role.split()) <= 15 else None


_OWNER = re.compile(r"((?:(?! of | for |['‘’\"“”]).)+?)(?:[’']s|(?<=s)[’'])")


def clean_role(role: str) -> str | None:
    """A role without its article; the owner alone of *Syria's Assad*; None for a bare form of address."""
    words = role.split()
    while words and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    cleaned = " ".join(words).strip(" ,")
    owner = _OWNER.fullmatch(cleaned)
    cleaned = owner[1] if owner is not None else cleaned
    bare = cleaned.rstrip(".").lower() in ("mr", "mrs", "ms", "miss")
    return None if bare or len(cleaned) < 3 or re.match(r"[A-Z]-[A-Z]|\w{1,4}\.$", cleaned) else cleaned

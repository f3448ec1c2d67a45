"""An article read once, from beginning to end: whom each attribution's mention stands for.

Names, noun phrases for people and bodies, and pronouns outside quotations join whom they stand for as they come, and each
mention is resolved where it stands, by the first rule that decides it (``rules``), which signs. When several are equally likely
the name stays null, and a source that the article leaves anonymous is ``unnamed``, which is no failure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

from ..lexicon.tables import nouns, words
from ..lexicon.words import RELATIVES
from ..naming.authors import NEAR
from ..naming.cast import Cast, Name
from ..naming.coordination import coordinated
from ..naming.mentions import Mention, may_be_of_one, read_mention
from ..naming.name_forms import is_generic
from ..naming.names import PrintedName
from ..naming.roles import clean_role, role_behind
from ..naming.runs import is_common_noun
from ..quotes.attribution import Attribution
from ..schemas.quotes import SpeakerRule
from ..sieve import Rule, first
from ..text.chars import Chars
from ..text.view import ArticleView
from .before import Turn, asked, brought_in, is_heading, is_silent, named_since, turned_before
from .beside import apposed, caller, clause_head, in_which, named_after, named_behind, named_in_question, named_in_words
from .bodies import is_that_body, may_be_unnamed
from .credit import OPENING_MARKS, Speaker, goes_on_from
from .discourse import GENDER, SPEAKER, Antecedent, Discourse, Referent
from .documents import is_that_document, names_author
from .grammar import named_beside, subject_before, subject_of_all
from .narration import Narration, interviewed_in, introductions
from .noun_phrases import NounPhrases, Phrase

_REPORTER = frozenset(("i", "we"))
# whoever spoke before them goes on after a quotation that these decide
_GOES_ON = ("question of the interviewer", "running speaker", "label of the interviewer", "label of the interviewed")
_REPLIES = frozenset("reply answer retort counter respond".split())
DOCUMENTS, ANYBODY, _ASKS = nouns("document"), words("anybody"), words("asker")
_TURN = re.compile(
    rf"(?:(?:the )?({'|'.join(sorted(_ASKS, key=len, reverse=True))})(?: #?\d{{1,2}}|(?<=\bq)[ .]?\d{{1,2}})?|"
    r"(?:a|answer)(?:[ .]?\d{1,2})?)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\?(?:[\"”’'] (?:I|we) ask(?:ed)?\.)?\s*\Z")
FLOATS = 3  # paragraphs over which a quotation without an attribution is the running speaker's
_QUESTIONS = re.compile(
    r"(?:ha[ds] |have )?ask(?:ed|s)? (?:him|her|them|(?:the |[^\W\d_a-z])[\w’', -]{0,60}?) (?:wh|how|if|about)"
)
_COLON = re.compile(r":[\"”’»)]*\s*\Z")

Credit = tuple[Speaker, Referent | None]  # a decision, and whom it makes salient


class Linking(Protocol):
    """What may decide otherwise than the rules whom a pronoun, a noun phrase or a quotation without a source stands for."""

    def link(self, case: Case, speaker: Speaker, referent: Referent | None) -> Credit:
        """The decision on a mention on which the rules have decided so."""


class Resolver:
    """The speakers of one article: what was read of it so far, and what the rules ask of it."""

    def __init__(
        self,
        page: ArticleView,
        attributions: Sequence[Attribution],
        cast: Cast,
        rules: Sequence[Rule[SpeakerRule, Case, Credit]],
        noun_rules: Sequence[Rule[SpeakerRule, Phrase, Referent]],
        linker: Linking | None = None,
    ) -> None:
        self.page = page
        self.text = text = page.text
        self.cast = cast
        self.attributions = attributions
        self.rules = rules
        self.quoted = sorted(c for a in attributions for c in a.content if text[c[0]] in OPENING_MARKS)
        self.discourse = Discourse(page, self.quoted)
        self.nouns = NounPhrases(text, cast, self.discourse, noun_rules)
        self.running: tuple[int, Speaker] | None = None  # who spoke last, and where the quotation ended
        self.other: tuple[int, Speaker] | None = None  # who spoke before that one
        self.linker = linker
        self.sources = sorted(a.source for a in attributions if a.source is not None)
        self._begun = sorted(a.content[0][0] for a in attributions)
        self.spoken: list[str | None] = []  # the names of who spoke, in order; None for somebody without a name
        self.turns: Counter[str] = Counter()  # how often each has spoken
        self.unnamed_it: int | None = None  # where a body or a thing without a name spoke last, which *it* goes on with
        self.document: tuple[int, Speaker] | None = None  # where a document spoke last, if nobody has since, and whose it is
        self.questioned = False  # whether the attribution before asks somebody: the judge asked Veld why he ran
        self.asked = False  # whether the reporter has asked something
        self.apart: set[tuple[str, str]] = set()  # nouns and names that stood beside one another, as two
        self._words = Counter(p.name for p in cast.printed)
        self._bodies: dict[str, Name] = {}  # whose a ministry is, by what it is called

    def read(self) -> list[Speaker]:
        """A speaker for each attribution; one that continues another repeats its speaker."""
        narration = Narration(self.page, self.cast, self.quoted, self.discourse, self.nouns)
        out: dict[int, Speaker] = {}
        for a in sorted(self.attributions, key=_place):
            narration.read_to(_place(a))
            if a.continues is not None and id(a.continues) in out:
                out[id(a)] = out[id(a.continues)]
            elif a.follows is not None and id(a.follows) in out and not self.questioned:
                out[id(a)] = goes_on_from(out[id(a.follows)])
            elif a.heads:  # whoever is quoted below
                out[id(a)] = Speaker()
            else:
                out[id(a)] = self._resolve(a)
            if a.source is not None and not a.within:  # one of them, a woman in her fifties, said
                narration.skip_to(max(a.source[1], a.role[1] if a.role is not None and out[id(a)].name is None else 0))
        return [out[id(a)] for a in self.attributions]

    def _resolve(self, a: Attribution) -> Speaker:
        if a.source is None and a.cue_span is not None:
            return Speaker()
        whole = a.source or (a.content[0][0], a.content[-1][1])
        spans = coordinated(self.text, whole, self.cast.printed_in(*whole)) if a.source and not self.is_label(a) else [whole]
        speaker, referent = self._credit(Case(self, a, spans[0], a.role))
        others = [self._credit(Case(self, a, span, None)) for span in spans[1:]]
        speaker.co_speakers += [(self.text[slice(*s)], o.id, o.name) for s, (o, _) in zip(spans[1:], others, strict=True)]
        if a.within:  # of whom another speaks: the narration reads on as if it were no speaker
            return speaker
        self.discourse.speak_together([referent, *(r for _, r in others)], self.text[spans[0][0] : spans[-1][1]], spans[-1][1])
        if referent is not None:
            self.discourse.mention(referent, _place(a), SPEAKER)
            referent.sure = 1.0 if speaker.probability is None else speaker.probability
            if referent.name is not None and a.cue_span is not None and a.source is not None:
                self.nouns.documents.said(referent.name, min(a.source[0], a.cue_span[0]), max(a.source[1], a.cue_span[1]))
        cue = a.cue_span if a.source is not None else None
        self.questioned = cue is not None and _QUESTIONS.match(self.text, cue[0]) is not None
        if speaker.rule == "reporter":
            self.asked = True
        elif a.turn or (
            speaker.rule not in (None, *_GOES_ON) and not (speaker.aside or (a.silent and is_silent(self.page, a.cue_span)))
        ):
            self.other = self.running if a.turn or self.last != speaker.name else self.other
            self.running = (a.content[-1][1], speaker)
        return speaker

    def _credit(self, case: Case) -> Credit:
        """What the first rule that decides says, signed by it."""
        speaker, referent = Speaker(), None
        if (found := first(self.rules, case)) is not None:
            speaker, referent = found[1]
            speaker.rule = found[0]
        if self.linker is not None:
            speaker, referent = self.linker.link(case, speaker, referent)
        if case.a.within:
            guess = speaker.name is not None and (speaker.rule == "linker" or case.read.head == "it")
            return (Speaker(speaker.mention_kind, "unresolved", rule=speaker.rule) if guess else speaker), referent
        self._learn(case, speaker, referent)
        noun = case.form == "noun"
        if not (case.goes_on_from_body or case.is_relative):
            self.unnamed_it = case.span[1] if noun and speaker.name is None and may_be_unnamed(case.read) else None
        wrote = case.goes_on_from_document or (noun and case.read.head in DOCUMENTS) or names_author(self.text, case.span)
        self.document = (case.span[1], speaker) if wrote else None
        self.spoken.append(speaker.name)
        if speaker.name is not None:
            self.turns[speaker.name] += 1
        return speaker, referent

    def _learn(self, case: Case, speaker: Speaker, referent: Referent | None) -> None:
        """What a decision tells of whom it credits: a pronoun the gender, a noun a role."""
        name = referent.name if referent is not None and referent.person else None
        if case.form == "pronoun" and name is not None:
            name.gender = name.gender or GENDER.get(case.read.head)
        elif case.form == "noun" and name is not None and speaker.rule not in ("name in apposition", "description", "linker"):
            self.cast.describe(name, case.phrase.m.phrase)  # a guess teaches nothing

    # -------------------------------------------------------------- what the rules ask

    def is_label(self, a: Attribution) -> bool:
        """Whether a source is the label of a turn: *Q:*, *HOST:*."""
        marked = a.source is not None and a.cue_span is not None and self.text[a.cue_span[0]] in ":."
        return marked and a.source is not None and _TURN.fullmatch(self.text, *a.source) is not None

    def asks(self, label: Chars) -> bool:
        """Whether a label is the interviewer's."""
        turn = _TURN.fullmatch(self.text, *label)
        return turn is not None and turn.group(1) is not None

    def question_before(self, start: int) -> bool:
        """Whether a question ends right before a position."""
        return _ASKED.search(self.text, max(0, start - 40), start) is not None

    def said_at(self, lo: int, hi: int) -> bool:
        """Whether the words of an attribution begin within a stretch."""
        return bisect_left(self._begun, lo) < bisect_left(self._begun, hi)

    def goes_on(self, start: int) -> bool:
        """Whether a quotation without an attribution may be the running speaker's: near, and a sentence of its own."""
        running = self.running
        if running is None or self.text.count("\n\n", running[0], start) > FLOATS or self._turned(running, start):
            return False
        if is_heading(self.page, start):
            return False  # or words of a sentence of the paper's own
        return self.page.opens_sentence(start) or _COLON.search(self.text, max(0, start - 4), start) is not None

    def _turned(self, running: tuple[int, Speaker], start: int) -> bool:
        """Whether the article has turned to another person before a quotation: *"...," Veld said. Lund was sure. "..."*."""
        if (turn := self.turn_before(start)) is not None:
            return turn in ("named", "unnamed")
        return named_since(self.page, self.cast, running[0], start) not in (None, running[1].name)

    def turn_before(self, start: int) -> Turn | None:
        """To whom else the sentence right before a quotation turns."""
        return turned_before(self.page, self.cast, self.quoted, start, self.last)

    @property
    def last(self) -> str | None:
        """The name of who spoke last."""
        return self.running[1].name if self.running is not None else None

    @cached_property
    def interviewed(self) -> Name | None:
        """The person whom the article interviews, by what stands before the first label."""
        labels = (x.source for x in self.attributions if x.source is not None and _TURN.fullmatch(self.text, *x.source))
        return self.introduced(min(labels)[0])

    def introduced(self, before: int) -> Name | None:
        """The person whom an article introduces before a position: who is told to be interviewed, or has spoken, or is named most
        often, or first.
        """
        k = bisect_left(self._interviewed, before, key=lambda c: c[0]) - 1
        if k >= 0:
            return self._interviewed[k][1]
        spoke = (self.cast.by_name(name) for name, _ in self.turns.most_common(FLOATS))
        if (speaking := next((n for n in spoke if n is not None and n.kind == "person"), None)) is not None:
            return speaking
        k = bisect_left(self._introductions, before, key=lambda c: c[0]) - 1
        return self._introductions[k][1] if k >= 0 else None

    @cached_property
    def _interviewed(self) -> list[tuple[int, Name]]:
        return interviewed_in(self.text, self.cast)

    @cached_property
    def _introductions(self) -> list[tuple[int, Name]]:
        return introductions(self.cast)

    def owned(self, name: Name, owner: str) -> Name:
        """*Syria's Foreign Ministry*, and that one where *the Foreign Ministry* speaks again."""
        if owner:
            self._bodies[name.full] = self.cast.entry(f"{owner} {name.full}", "organisation")
        return self._bodies.get(name.full, name)

    def is_common(self, p: PrintedName, span: Chars) -> bool:
        """Whether a one-word name is but a noun with a sentence's capital: *Observers said*; not *Brits*, of Willem Brits."""
        alone = p.start == span[0] and self._words[p.name] == 1 and " " not in self.cast.of(p).full
        return is_common_noun(p.name, p.kind is not None, alone and self.page.opens_sentence(span[0]))

    def before_clause(self, pronoun: str, position: int) -> Referent | None:
        """*Ann Veld, a baker, who said*: the noun phrase that the relative clause belongs to."""
        head = clause_head(self.text, self.cast, pronoun, position)
        if isinstance(head, Name):
            return self.discourse.of_name(head)
        found = self.nouns.resolve(read_mention(self.text, head, []), head[0]) if head is not None else None
        return found[0] if found is not None else None


@dataclass
class Case:
    """What the rules decide: a mention of an attribution, or a quotation without an attribution.

    Attributes:
        article: what was read of the article so far.
        a: the attribution.
        span: the mention; the quotation's words if it has no attribution.
        role: an apposition to the mention.
    """

    article: Resolver
    a: Attribution
    span: Chars
    role: Chars | None

    @cached_property
    def form(self) -> Literal["none", "label", "pronoun", "name", "noun"]:
        """What stands for the speaker; *noun* is a name too that is only a noun with a sentence's capital."""
        if self.a.source is None:
            return "none"
        if self.article.is_label(self.a):
            return "label"
        if self.read.form == "pronoun":
            return "pronoun"
        return "name" if self.read.name is not None and not self.article.is_common(self.read.name, self.span) else "noun"

    @cached_property
    def read(self) -> Mention:
        """The mention taken apart."""
        (lo, hi), printed_in = self.span, self.article.cast.printed_in
        return read_mention(self.article.text, self.span, printed_in(lo, hi), printed_in(hi, hi + NEAR))

    @property
    def answers(self) -> bool:
        """Whether the attribution answers the one before."""
        return self.a.cue is not None and self.a.cue.lemma in _REPLIES

    @property
    def is_relative(self) -> bool:
        """*Who*, *which*."""
        return self.read.head in RELATIVES

    @cached_property
    def goes_on_from_body(self) -> bool:
        """Whether *it* is a body without a name that has just spoken: *the council said ... it said*."""
        at = self.article.unnamed_it if self.form == "pronoun" and self.read.head == "it" else None
        return at is not None and is_that_body(self.article.cast, at, self.span[0])

    @cached_property
    def goes_on_from_document(self) -> bool:
        """Whether *it* is a document that has just spoken: *the report said ... It said*."""
        told = self.article.document if self.form == "pronoun" and self.read.head == "it" else None
        return told is not None and is_that_document(self.article.page, told[0], min(self.span[0], self.a.content[0][0]))

    @property
    def is_reporter(self) -> bool:
        """Whether the mention is the reporter's *I* or *we*."""
        return self.read.head in _REPORTER

    @cached_property
    def named_after(self) -> Name | None:
        """Whom a pronoun means that stands before the name, right behind it as an owner, in a clause that depends on one, or
        behind the sentence that brings somebody in.
        """
        article, pronoun, here = self.article, self.read.head, self.span[0]
        page, cast, at = article.page, article.cast, min(here, self.a.content[0][0], *(self.a.cue_span or ())[:1])
        if (told := asked(page, cast, pronoun, here) or caller(page, cast, article.quoted, pronoun, here)) is not None:
            return told
        if pronoun == "it" and self.a.cue is not None:
            return article.nouns.documents.shown_by(page, self.a.cue.lemma, at)
        name = named_beside(page, cast, self.span) or named_after(page, cast, pronoun, here)
        name = (
            name or in_which(page, cast, article.quoted, pronoun, here) or subject_of_all(page, cast, article.quoted, self.span)
        )
        return name or brought_in(page, cast, article.quoted, pronoun, at, self.a.content[0])

    @cached_property
    def antecedent(self) -> Antecedent | None:
        """Whom a pronoun means."""
        if (name := self.named_after) is not None:
            return Antecedent(self.article.discourse.of_name(name), SPEAKER, 0.0)
        return self.article.discourse.antecedent(self.read.head, self.span[0], self.answers, self.barred)

    @cached_property
    def barred(self) -> list[Name]:
        """Who is named in the sentence of a pronoun, and so is not meant by it: *"...," he said of Veld*; *Veld followed him*."""
        page, cast = self.article.page, self.article.cast
        found = named_behind(page, cast, self.article.quoted, self.span) or subject_before(page, cast, self.span)
        return [*found, *named_in_words(page, cast, self.a.content, self.span), *named_in_question(page, cast, self.span)]

    @property
    def printed_name(self) -> Name:
        """The name that heads the mention."""
        assert self.read.name is not None
        return self.article.cast.of(self.read.name)

    @cached_property
    def name(self) -> Name:
        """That name, with its owner if it is *Foreign Ministry*."""
        name = self.printed_name
        return self.article.owned(name, self.read.owner) if name.kind == "organisation" and is_generic(name.full) else name

    @property
    def own_role(self) -> str | None:
        """The role printed with a name."""
        if self.read.name is not None and self.role is not None and self.role[0] <= self.read.name.start < self.role[1]:
            return None  # a report, written by Ann Veld
        return role_behind(self.article.text, self.role) or clean_role(self.read.lead)

    @cached_property
    def apposed(self) -> PrintedName | None:
        """The name in apposition to a noun phrase that may be of the one who has it."""
        p = apposed(self.article.text, self.article.cast, self.span, self.role)
        if p is None or any(s <= p.titled < e for s, e in self.a.content) or self.read.head in DOCUMENTS:
            return None  # According to the sources, Veld left
        one = self.read.name is not None or may_be_of_one(self.read, p) or self.article.cast.of(p).role
        return p if one else None

    @cached_property
    def phrase(self) -> Phrase:
        """The mention as a noun phrase."""
        words = self.article.text[slice(*self.span)]
        mention = self.read if self.read.name is None else Mention("nominal", head=words.lower(), phrase=words)
        return Phrase(self.article.nouns, mention, self.span[0], answers=self.answers)


def _place(a: Attribution) -> int:
    """Where an attribution stands in the reading."""
    return a.source[0] if a.source is not None else a.content[0][0]

"""The linker: weighs the names of an article against one another, and against nobody, for one mention.

A small network scores every candidate by the evidence for it; the softmax over the scores is the probability that the mention
means that one. It was trained by ``python -m training.linker`` on articles of the world's press; what the rules say is part of
the evidence, so it departs from them where the rest speaks against them.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..lexicon.forms import lemma
from ..lexicon.nouns import PLURALS, by_age
from ..lexicon.tables import nouns, words
from ..naming.cast import Name
from ..naming.names import PrintedName
from ..naming.offices import is_of_other_field
from ..text.chars import stands_in
from .before import is_heading, people_in
from .beside import hides_name, is_modifier
from .bodies import brought_in_since, introduced_since, is_elsewhere, is_one_of_many, other_type
from .candidates import Floats, candidates, evidence
from .credit import OPENING_MARKS, Speaker
from .discourse import GENDER, Referent
from .documents import is_anothers, on_page
from .gender import GENERIC
from .nominals import class_of, is_another, is_told_person
from .resolver import ANYBODY, DOCUMENTS, Case, Credit, Resolver

WEIGHTS = Path(__file__).parent / "linker.npz"  # made by training.linker
LEAST = 0.55  # probability from which a name is given
OTHER = 0.65  # from which one is given that the rules did not choose
NOUN = 0.6  # from which one is given that a noun phrase stands for, where the rules know nobody
KEPT = 0.35  # down to which a noun phrase stays the name that the rules chose
_PARTIAL = 0.5  # how sure words in a sentence that names others are somebody's at most
_SINCE = 1500  # characters after which somebody without a name does not go on speaking as *she* for sure
_HEARERS = words("hearer")
_HEARD = re.compile(  # not: a man, who asked not to be named
    r"\b([a-z]+) (?:him|her)\b|\b(?:ask|question|wonder)(?:s|ed|ing)?\b(?! (?:us )?(?:(?:not )?to|that)\b)"
)
_RELATIONS = nouns("relation")
_BROUGHT = re.compile(r"(?:An?|One|Another) ")
_LEADS_IN = re.compile(  # On Monday | a guard stood there; There was | a guard
    r"(?:[^,“”\"\n]{1,60}, |(?:[Oo]n|[Ii]n|[Aa]t) [^,“”\"\n]{1,30} )?"
    r"(?:[Tt]here (?:is|was|stood|sat|came) |[Ww]e (?:met|saw|found) )?"
)
_OF_PRONOUNS = ("pronoun", "pronoun: somebody unnamed", "pronoun: several before")
_STRANGER = re.compile(r"(?:[Aa]n?|[Oo]ne|[Aa]nother|[Ii]ts) ")
_TO_SOMEBODY = re.compile(r"\bhim\b|\bher(?=[.,;]| (?:to|at|in|on|with|from|that|and|as)\b)")
_OF_ITS_OWN = re.compile(r"[Tt]he (?:[a-z][\w-]* ){1,3}of (?:the )?[A-Z]")  # the mayor of Brant
_SPOKE_FOR = frozenset("spokesman spokeswoman spokesperson source official police officer".split())
_AGAIN = ("The ", "His ", "Her ", "Their ", "He ", "She ")
_KIN_OF = re.compile(r"(?:His|Her|Their|[^\W\d_a-z][\w’'-]*[’']s?) ")
_WRITTEN = nouns("document") | frozenset("accord agenda blueprint code manifesto pact plan policy roadmap strategy".split())
_OWNED = ("his", "her", "their", "my", "our", "'s")
_SETTLED = (
    "relative pronoun", "reporter", "question above", "question of the interviewer", "running speaker", "person before",
    "name in apposition", "government",
)  # fmt: skip


@dataclass(frozen=True)
class Linker:
    """Networks whose probabilities are averaged.

    Attributes:
        mean: of each column of the evidence.
        spread: of each column.
        first, second, last: weights of the layers of each network, [networks, from, to].
        biases: of the two layers between, [networks, to] each.
        direct: weights from the evidence to the score, [networks, columns].
        truth: factor and summand that turn the logit of a probability into that of how often such a choice was right on countries
            left out of the fit (Platt 1999): of pronouns and quotations without a source, and of noun phrases.
    """

    mean: Floats
    spread: Floats
    first: Floats
    second: Floats
    last: Floats
    biases: tuple[Floats, Floats]
    direct: Floats
    truth: tuple[tuple[float, float], tuple[float, float]] = ((1.0, 0.0), (1.0, 0.0))

    def probabilities(self, rows: Floats) -> Floats:
        """For each candidate the probability that it is meant."""
        x: Floats = (rows - self.mean) / self.spread
        h = _gelu(x @ self.first + self.biases[0][:, None])
        h = _gelu(h @ self.second + self.biases[1][:, None])
        scores = np.stack([h[k] @ self.last[k] + x @ self.direct[k] for k in range(len(self.first))])
        weights = np.exp(scores - scores.max(1, keepdims=True))
        total: Floats = (weights / weights.sum(1, keepdims=True)).sum(0)
        return total / np.float32(len(self.first))

    def sure(self, probability: float, noun: bool) -> float:
        """How often a choice of that probability is right."""
        logit = math.log(max(probability, 1e-6) / max(1 - probability, 1e-6))
        factor, summand = self.truth[noun]
        return 1 / (1 + math.exp(-factor * logit - summand))

    def link(self, case: Case, speaker: Speaker, referent: Referent | None) -> Credit:
        """The decision on a mention on which the rules have decided so."""
        if speaker.rule in _OF_PRONOUNS and (stranger := _stranger(case)) is not None:
            return Speaker("pronoun", "unnamed", kind="unnamed", rule="pronoun: somebody unnamed"), stranger
        if not is_linked(case, speaker, referent):
            return speaker, referent
        names = candidates(case, speaker)
        if not names:
            return speaker, referent
        chances = self.probabilities(evidence(case, speaker, names))
        ruled = next((k for k, n in enumerate(names) if n.full == speaker.name), len(names))
        best = chosen(chances, ruled, self, noun := case.form == "noun")
        if noun and best == len(names) != ruled:
            chances = _without_others(chances, case, names, ruled, referent)
            best = chosen(chances, ruled, self, noun)
        if noun and ruled != len(names) and _is_called_so(case, speaker):
            best = ruled
        elif noun and best not in (ruled, len(names)) and case.read.phrase.lower() in GENERIC:
            return speaker, referent  # the man may be one whom nobody has named
        if best == len(names):
            return self._nobody(speaker, referent)
        name = names[best]
        if best != ruled and noun and _is_else(case, name, referent):
            return speaker, referent
        if best != ruled and noun and name.kind in ("person", "government") and case.read.head in DOCUMENTS:
            return speaker, referent  # a list that was found is nobody's who was named
        if best != ruled:
            kind = speaker.mention_kind
            speaker = Speaker(kind, "named", name.full, name.kind, name.role, rule="linker")
            referent = case.article.discourse.of_name(name)
        speaker.probability = self.sure(float(chances[best]), noun)
        if case.form == "none" and _is_others(case, name):
            speaker.most = _PARTIAL
        if case.form == "pronoun" and referent is not None:  # no surer than that the mention before it meant the same one
            speaker.probability = min(speaker.probability, referent.sure)
        return speaker, referent

    @staticmethod
    def _nobody(speaker: Speaker, referent: Referent | None) -> Credit:
        if speaker.name is None:
            return speaker, referent
        if speaker.mention_kind == "nominal":
            return Speaker("nominal", "unnamed", kind="unnamed", rule="linker"), None
        return Speaker(speaker.mention_kind, "unresolved", rule="linker"), None


def chosen(chances: Floats, ruled: int, linker: Linker, noun: bool) -> int:
    """The candidate that is taken, given the one that the rules chose; the last stands for nobody."""
    nobody = len(chances) - 1
    best = int(chances.argmax())
    if noun:
        if ruled != nobody:
            return ruled if linker.sure(float(chances[ruled]), noun) >= KEPT else nobody
        return best if linker.sure(float(chances[best]), noun) >= NOUN else nobody
    return best if linker.sure(float(chances[best]), noun) >= (LEAST if best == ruled else OTHER) else nobody


def is_linked(case: Case, speaker: Speaker, referent: Referent | None = None) -> bool:
    """Whether a mention is the linker's to decide: a pronoun, a noun, or none, that no form settles."""
    if (
        speaker.rule in _SETTLED
        or speaker.settled
        or speaker.co_speakers
        or (case.form != "name" and (case.read.head in ANYBODY or case.read.head == "you"))
    ):
        return False
    if case.form == "pronoun" and speaker.mention_kind == "nominal":
        return False  # a letter that she got
    if case.form == "pronoun":
        goes_on = case.goes_on_from_body or _goes_on(case, speaker, referent)
        return not case.is_reporter and case.named_after is None and not goes_on
    if case.form == "noun":
        if speaker.rule == "title" and by_age(case.read.head):
            return False
        if speaker.name is not None and on_page(case.read) is not None:
            return False  # whose that is, is told by another noun
        if speaker.rule == "body" and any(case.article.cast.of(p).full == speaker.name for p in _printed(case)):
            return False  # the TU bloc, which is the TU
        # her mother is not whoever speaks, nor is the mother, who has spoken
        spoke = speaker.name is None and referent is not None and referent.spoke >= 0
        kin = case.read.head in _RELATIONS and (case.read.determiner in _OWNED or spoke)
        phrase = case.phrase
        hidden = hides_name(case.article.text, case.span[0], case.read.whole)
        return speaker.name is not None or not (kin or hidden or phrase.is_other or phrase.is_told_by_clause())
    return case.form == "none" and not _is_answered(case) and not is_heading(case.article.page, case.span[0])


def _printed(case: Case) -> list[PrintedName]:
    return case.article.cast.printed_in(*case.span)


def _goes_on(case: Case, speaker: Speaker, referent: Referent | None) -> bool:
    """Whether a pronoun goes on from somebody unnamed who spoke last, and nobody has been named since: *a baker said ... She*."""
    if referent is None or speaker.rule != "pronoun: somebody unnamed" or not referent.person:
        return False
    article, cast = case.article, case.article.cast
    if _just_came(case, referent):
        return True
    behind = case.a.content[-1][1] <= case.span[0] and article.text[case.a.content[0][0]] not in OPENING_MARKS
    if behind and referent.head in _SPOKE_FOR and article.spoken[-1:] == [None] and 0 <= case.span[0] - referent.spoke < _SINCE:
        return True  # Veld was well, the spokesman said. Veld would stay at home, he said
    if not referent.new or not 0 <= case.span[0] - referent.spoke < _SINCE:
        return False
    told = article.page.sentence_before(min(case.span[0], case.a.content[0][0]))
    lo = told[1] if told is not None and told[0] <= referent.spoke < told[1] else referent.spoke  # whom it names is spoken of
    if _is_heard(article, referent.spoke, case.span[0]):
        return False
    since = (p for p in cast.printed_in(lo, case.span[0]) if not stands_in(article.quoted, p.start))
    people = (p for p in since if cast.of(p).kind == "person" and not is_modifier(article.text, p))
    return all(article.text[p.end : p.end + 2] in ("’s", "'s") for p in people)


def _is_heard(article: Resolver, lo: int, hi: int) -> bool:
    """Whether somebody else is asked or told something in a stretch, outside quotations: *a reporter asked*; *a fan told him*."""
    heard = (m for m in _HEARD.finditer(article.text, lo, hi) if not stands_in(article.quoted, m.start()))
    return any(m[1] is None or lemma(m[1]) in _HEARERS for m in heard)


def _stranger(case: Case) -> Referent | None:
    """Who has no name and is brought in as the subject of the sentence right before a pronoun, which names nobody: *On Monday a
    guard stood there. He said*.
    """
    article, gender = case.article, GENDER.get(case.read.head)
    before = article.page.sentence_before(min(case.span[0], case.a.content[0][0]))
    if case.form != "pronoun" or gender is None or before is None or case.named_after is not None:
        return None
    found = [r for r in article.discourse.nameless() if r.person and not r.plural and before[0] <= r.at < before[1]]
    r = min(found, key=lambda r: r.at, default=None)
    if r is None or r.head == "person" or r.gender not in (None, gender) or _STRANGER.match(article.text, r.at) is None:
        return None
    if _LEADS_IN.fullmatch(article.text, before[0], r.at) is None or people_in(article.cast, article.quoted, before):
        return None
    told = _is_heard(article, *before) or _TO_SOMEBODY.search(article.text, r.at, before[1]) is not None
    return None if told else r


def _just_came(case: Case, referent: Referent) -> bool:
    """Whether somebody unnamed is the subject of the sentence right before, which names nobody: *A man stopped. "...," he said*;
    *Her mother wept. "...," she said.*
    """
    article, at = case.article, min(case.span[0], case.a.content[0][0])
    own = article.page.sentence_at(article.page.paragraph_at(case.span[0]), case.span[0])
    begin = max(own[0], case.span[0] - _SINCE) if own is not None else case.span[0]
    if begin <= referent.at < case.span[0]:  # the bishop of Brant made a remark, which he called a joke
        alone = not people_in(article.cast, article.quoted, (begin, case.span[0]))
        return alone and _OF_ITS_OWN.match(article.text, referent.at) is not None
    before = article.page.sentence_before(at)
    if before is None or referent.at != before[0] or people_in(article.cast, article.quoted, before):
        return False
    if _is_heard(article, *before):
        return False
    kin = _KIN_OF.match(article.text, referent.at) is not None and referent.gender == GENDER.get(case.read.head)
    brought = (referent.new and _BROUGHT.match(article.text, referent.at)) or _OF_ITS_OWN.match(article.text, referent.at)
    again = referent.spoke >= 0 and article.text.startswith(_AGAIN, referent.at)  # the foreman, who has spoken, wrote back
    return brought is not None or again or (kin and referent.head in _RELATIONS)


def _is_else(case: Case, name: Name, referent: Referent | None) -> bool:
    """Whether a noun is for another than a name, whatever speaks for it."""
    kind, head = class_of(case.read), case.read.head
    if name.kind == "person" and is_of_other_field(case.read.whole or case.read.phrase, name.roles):
        return True  # the foreign secretary is not the health secretary
    if kind == "person" and name.kind != "person":
        return True  # the minister is no government, the chairman no company
    if kind == "person" and is_another(case, name):
        return True  # the driver is not whoever is named
    if name.kind == "person" and (kind == "thing" or case.read.determiner in ("his", "her")):
        return True  # the press, the project; her doctor is not herself
    if name.kind == "person" and (head in PLURALS or (kind == "body" and is_told_person(name))):
        return True  # the couple, the council; but the firm may be Norvik, which the network took for somebody
    if kind == "body" and name.kind in ("organisation", "media"):
        other = other_type(head, name) or is_one_of_many(head, name) or is_elsewhere(case.read, name)
        other = other or name.parts[-1] in _WRITTEN
        if other:
            return True
    if kind == "thing" and introduced_since(case.article.text, head, name, case.span[0]):
        return True
    if kind == "document" and (is_anothers(case.read, name) or case.article.nouns.documents.unsigned(case.span[0], head)):
        return True
    if kind != "person" and brought_in_since(case.article.discourse, head, name, case.span[0]):
        return True
    # the baker is the one without a name who was called so since
    return referent is not None and referent.new and referent.person and referent.spoke > case.article.discourse.place(name)


def _without_others(chances: Floats, case: Case, names: Sequence[Name], ruled: int, referent: Referent | None) -> Floats:
    """The chances without those of names that a noun cannot be for, and are the likeliest by the evidence."""
    best = int(chances.argmax())
    left = chances.copy()
    while best not in (ruled, len(names)) and _is_else(case, names[best], referent):
        left[best] = 0.0
        best = int(left.argmax())
    return left / left.sum() if left.any() else chances


def _is_called_so(case: Case, speaker: Speaker) -> bool:
    """Whether a body's name is but the words of the phrase: *the appeals court*."""
    return speaker.rule == "body" and speaker.name is not None and speaker.name.lower() in case.read.whole.lower()


def _is_others(case: Case, name: Name) -> bool:
    """Whether words stand in a sentence of the paper's own that names others before them: *Lund wept, calling it “a loss”*."""
    article, at = case.article, case.span[0]
    sentence = article.page.sentence_at(article.page.paragraph_at(at), at)
    if sentence is None or article.page.opens_sentence(at):
        return False
    people = people_in(article.cast, article.quoted, (sentence[0], at))
    return bool(people) and all(article.cast.of(p) is not name for p in people)


def _is_answered(case: Case) -> bool:
    """Whether the words are a question, and what is said next stands right behind it: *"Is it safe?" "Yes," she said.*"""
    text, end = case.article.text, case.span[1]
    asked = text[max(0, end - 3) : end].rstrip("\"”’»'").endswith("?")
    return asked and case.article.said_at(end + 1, end + 4)


def _gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit, by its approximation with tanh (Hendrycks & Gimpel 2016)."""
    bent = np.float32(0.044715) * x
    bent *= x
    bent *= x
    bent += x
    bent *= np.float32(0.7978845608)
    np.tanh(bent, out=bent)
    bent += 1
    bent *= np.float32(0.5) * x
    return bent


@functools.cache
def bundled() -> Linker:
    """The linker that comes with the package."""
    with np.load(WEIGHTS) as file:
        part = {name: file[name].astype(np.float32) for name in file.files}
    return Linker(
        part["mean"], part["spread"], part["first"], part["second"], part["last"], (part["bias1"], part["bias2"]), part["direct"],
        ((float(part["truth"][0, 0]), float(part["truth"][0, 1])), (float(part["truth"][1, 0]), float(part["truth"][1, 1]))),
    )  # fmt: skip

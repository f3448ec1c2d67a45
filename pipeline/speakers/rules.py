"""The rules that credit a speaker, in the order in which they are asked: see the lists at the end.

As in the sieves of coreference resolution (Lee et al. 2013) and of quote attribution (Muzny et al. 2017), the first rule that
decides a case ends it. The rule's name is what the column ``speaker_rule`` holds.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from functools import wraps

from ..lexicon.nouns import is_person_noun
from ..naming.cast import Name
from ..naming.choice import family_of
from ..naming.name_forms import has_initials
from ..naming.offices import is_of_other_field
from ..naming.roles import clean_role, of_titles
from ..schemas.ids import normalised_name, speaker_id
from ..schemas.quotes import MentionKind, SpeakerRule
from ..sieve import Rule
from .before import is_heading, other_named, spoken_of_before
from .bodies import bodies_together, party_called
from .credit import Speaker, goes_on_from
from .discourse import Referent
from .documents import gets_document
from .narration import holder_named, is_of_several, named_next
from .nominals import NOUN_RULES, ONE_OFFICE, is_of_somebody, is_told, is_untold, named_below
from .noun_phrases import INDEFINITE, LEAST_FIT, Phrase
from .resolver import ANYBODY, FLOATS, Case, Credit

_LATELY = 8  # of those who spoke, among whom the last two are looked for
_NEXT = 400  # characters behind an office within which its holder is named
_LEAD = 800  # characters of an article in which somebody may speak who is named only then
_INTRODUCING = ("a", "an", "'s", "")
_FEW = 40  # people of an article, those named first, among whom initials are looked for
_INITIALS = re.compile(r"(?:[A-Z]\.?){2,3}")
_OTHER = 0.75  # how sure a turn is the other's at most
_PERHAPS = 0.5  # how sure a speaker goes on at most, where somebody without a name has been spoken of since


def _named(c: Case, kind: MentionKind, name: Name, role: str | None = None) -> Credit:
    role = role or of_titles(name.role)
    return Speaker(kind, "named", name.full, name.kind, None if role == name.full else role), c.article.discourse.of_name(name)


def _all(c: Case, kind: MentionKind, names: Sequence[Name]) -> Credit:
    speaker, referent = _named(c, kind, names[0])
    words = c.article.text[slice(*c.span)]
    speaker.co_speakers = [(words, speaker_id(n.kind, n.full), n.full) for n in names[1:]]
    return speaker, referent


def _settled(c: Case, name: Name) -> Credit:
    speaker, referent = _named(c, "nominal", name)
    speaker.settled = True
    return speaker, referent


def _unnamed(kind: MentionKind, referent: Referent | None = None) -> Credit:
    return Speaker(kind, "unnamed", kind="unnamed"), referent


def _unresolved(kind: MentionKind) -> Credit:
    return Speaker(kind, "unresolved"), None


# ------------------------------------------------------------------ conditions: what stands for the speaker


def is_hearer(c: Case) -> bool:
    """Who hears it, and does not say it: *the inquest heard that*; *she received a letter saying*."""
    heard = c.a.cue is not None and (c.a.cue.lemma, c.a.cue.act) == ("hear", "speech")
    behind = c.a.source is not None and c.a.cue is not None and c.a.content[0][0] > c.span[1]
    return heard or (behind and gets_document(c.article.text, c.span[1], c.a.content[0][0]))


def _of_form(form: str, told: str) -> Callable[[Case], bool]:
    def applies(c: Case) -> bool:
        return c.form == form

    applies.__doc__, applies.__name__ = told, f"is_{form}"
    return applies


is_none = _of_form("none", "A quotation without an attribution.")
is_label = _of_form("label", "The label of a turn: *Q:*, *A:*.")
is_pronoun = _of_form("pronoun", "*She*, *who*, *I*.")
is_name = _of_form("name", "*Veld*, *the novelist Ann Veld*.")
is_noun = _of_form("noun", "*The mayor*, *residents*.")


# ------------------------------------------------------------------ decisions


def of_others(c: Case) -> Credit:
    """What somebody hears, or is told by a letter, is of nobody who is named beside it for sure."""
    speaker, _ = _unnamed("nominal")
    speaker.aside = speaker.settled = True
    return speaker, None


def question_above(c: Case) -> Credit | None:
    """The answer to a question printed right above it is the interviewed person's."""
    running = c.article.running
    if not c.article.question_before(c.span[0]) or (running is not None and running[1].rule != "question above"):
        return None
    name = c.article.introduced(c.span[0])
    return _named(c, "none", name) if name is not None else None


def interviewers_question(c: Case) -> Credit | None:
    """Where a reporter has spoken as *I*, a question without an attribution is the reporter's."""
    asks = c.article.asked and c.article.text[slice(*c.span)].rstrip("\"”’»' ").endswith("?")
    return _unnamed("none") if asks and c.article.goes_on(c.span[0]) else None


def running_speaker(c: Case) -> Credit | None:
    """Words that go on from the quotation before are its speaker's; a turn of an exchange is the other's."""
    if c.a.turn:
        other = c.article.other
        near = other is not None and c.article.text.count("\n\n", other[0], c.span[0]) <= FLOATS
        if near and other and other[1].kind == "person":
            return goes_on_from(other[1], _OTHER), None
        name = other_named(c.article.page, c.article.cast, c.article.quoted, c.span[0], c.article.last)
        return (goes_on_from(_named(c, "none", name)[0], _OTHER), None) if name is not None else _unresolved("none")
    if c.article.running is None or c.article.questioned or not c.article.goes_on(c.span[0]):
        return None
    unsure = c.article.turn_before(c.span[0]) in ("perhaps", "silent")
    return goes_on_from(c.article.running[1], _PERHAPS if unsure else None), None


def person_before(c: Case) -> Credit | None:
    """Words behind a sentence about one person are that person's: *Veld wept. "It is gone."*"""
    article = c.article
    if is_heading(article.page, c.span[0]):
        return None
    name = spoken_of_before(article.page, article.cast, article.discourse, article.quoted, c.span, article.last)
    if name is not None:
        return _named(c, "none", name)
    return _unnamed("none") if article.turn_before(c.span[0]) == "unnamed" else None


def interviewers_label(c: Case) -> Credit | None:
    """*Q:* is the interviewer."""
    return _unnamed("nominal") if c.article.asks(c.span) else None


def interviewed(c: Case) -> Credit:
    """*A:* is the person whom the article introduces before the first label."""
    name = c.article.interviewed
    return _named(c, "nominal", name) if name is not None else _unresolved("nominal")


def relative(c: Case) -> Credit | None:
    """*Who* is whom the clause belongs to."""
    if not c.is_relative:
        return None
    referent = c.article.before_clause(c.read.head, c.span[0])
    if referent is None:
        return _unresolved("pronoun")
    return _named(c, "pronoun", referent.name) if referent.name is not None else _unnamed("pronoun", referent)


def reporter(c: Case) -> Credit | None:
    """*I* is the reporter."""
    return _unnamed("pronoun") if c.is_reporter else None


def document_again(c: Case) -> Credit | None:
    """*It* is the report that has just spoken, which is whose that is."""
    if not c.goes_on_from_document or c.article.document is None:
        return None
    speaker = goes_on_from(c.article.document[1])
    speaker.mention_kind = "pronoun"
    return speaker, None


def together(c: Case) -> Credit | None:
    """*They* are those who were named side by side: *Veld and Lund left. They said*."""
    found, article, at = c.antecedent if c.read.head == "they" else None, c.article, min(c.span[0], c.a.content[0][0])
    if found is None or not (who := found.referent).members:
        return None
    beside = [article.cast.of(p) for p in article.cast.printed_in(c.span[0], c.a.content[0][0])]  # they shouted at Veld
    since = is_of_several(article.page, article.quoted, (who.at, at), who)
    if not found.clear or since or any(n in who.members for n in beside):
        return _unresolved("pronoun")
    speaker, _ = _all(c, "pronoun", who.members)
    speaker.evidence = {"salience": min(found.salience, 3.0), "rival": found.next / found.salience, "gender": 0.0, "body": 1.0}
    return speaker, who


def unnamed_antecedent(c: Case) -> Credit | None:
    """*She* is a woman, *it* a council that has no name, *someone* nobody whom the article has named."""
    if c.read.head in ANYBODY:  # someone, who is *he* then
        return _unnamed("pronoun", Referent(head="person", new=True) if c.read.head in ("someone", "somebody") else None)
    if c.goes_on_from_body:
        return _unnamed("pronoun")
    found = c.antecedent
    return _unnamed("pronoun", found.referent) if found is not None and found.referent.name is None else None


def several_antecedents(c: Case) -> Credit | None:
    """*She* may be either of two women."""
    return _unresolved("pronoun") if c.antecedent is not None and not c.antecedent.clear else None


def antecedent(c: Case) -> Credit:
    """*She* is the woman spoken of."""
    found = c.antecedent
    if found is None or found.referent.name is None:
        return _unresolved("pronoun")
    referent, name = found.referent, found.referent.name
    speaker, _ = _named(c, "pronoun", name)
    speaker.evidence = {
        "salience": min(found.salience, 3.0),
        "rival": found.next / found.salience,
        "gender": float(referent.person and name.gender is not None),
        "body": float(not referent.person or referent.plural),
    }
    return speaker, referent


def some_of_a_body(c: Case) -> Credit | None:
    """*Some Republicans* are not the party."""
    anybody = c.printed_name.kind != "person" and c.read.lead.split(" ")[0].lower() in INDEFINITE
    return _unnamed("nominal") if anybody else None


def initials(c: Case) -> Credit | None:
    """*AV:* before a turn is Ann Veld, whom no other has the initials of."""
    cue, name = c.a.cue_span, c.read.name
    if cue is None or c.article.text[cue[0]] != ":" or name is None or _INITIALS.fullmatch(name.name) is None:
        return None
    if name.name in c.article.cast.acronyms:
        return None
    meant = [n for n in c.article.cast.people[:_FEW] if has_initials(n.full, name.name) and n is not c.name]
    return _named(c, "name", meant[0]) if len(meant) == 1 else None


def family(c: Case) -> Credit | None:
    """*The Velds* are those of that surname whom the article has named, where these are few."""
    have = family_of(c.article.cast, c.article.text, c.read.name) if c.read.name is not None else []
    if not have:
        return None
    return _all(c, "name", have)[0], c.article.discourse.of_names(have, c.article.text[slice(*c.span)])


def whole_name(c: Case) -> Credit | None:
    """The name is printed as it is."""
    return any_name(c) if c.read.name is not None and normalised_name(c.read.name.name) == normalised_name(c.name.full) else None


def government(c: Case) -> Credit | None:
    """*Oslo* is Norway's government."""
    return any_name(c) if c.name.kind == "government" else None


def acronym(c: Case) -> Credit | None:
    """*NUE* is the National Union of Eels."""
    return any_name(c) if c.read.name is not None and c.read.name.name in c.article.cast.acronyms else None


def any_name(c: Case) -> Credit:
    """*Veld* is Ann Veld; of two who may be meant the one who has spoken, or neither."""
    rivals = c.article.cast.rivals.get(c.read.name.start, []) if c.read.name is not None else []
    spoke = [n for n in rivals if c.article.turns[n.full]]
    if len(spoke) == 1:
        return _named(c, "name", spoke[0], c.own_role)
    if rivals:
        return _unresolved("name")
    return _named(c, "name", c.name, c.own_role)


def apposition(c: Case) -> Credit | None:
    """*The captain, Dafydd Orme* is Dafydd Orme."""
    if c.apposed is None:
        return None
    role = clean_role(c.article.text[c.span[0] : min(c.span[1], c.apposed.titled)])
    return _named(c, "nominal", c.article.cast.of(c.apposed), role)


def several_bodies(c: Case) -> Credit | None:
    """*The agencies* are those named side by side, *the Conservatives* are their party."""
    names: list[Name] = []
    if c.read.determiner == "the" or c.read.phrase[:5].lower() == "both ":
        told = itertools.takewhile(bool, reversed(c.article.spoken[-_LATELY:]))
        named = (c.article.cast.by_name(name) for name in told if name)
        spoke = list(dict.fromkeys(n for n in named if n is not None))[1::-1]
        names = bodies_together(c.article.cast, c.article.discourse, c.read, c.span[0], spoke)
    if not names and (party := party_called(c.article.cast, c.read)) is not None:
        names = [party]
    return _all(c, "nominal", names) if names else None


def several_people(c: Case) -> Credit | None:
    """*The sisters*, *the pair* are those who were named side by side and called so."""
    found = c.article.discourse.called_together(c.read, c.span[0])
    if found is None or re.search(rf"\b[Aa] (?:[\w-]+ ){{0,2}}{re.escape(c.read.head)}\b", c.article.text[found.at : c.span[0]]):
        return None  # a couple came by, the couple said
    return _all(c, "nominal", found.members)[0], found


def holder(c: Case) -> Credit | None:
    """*The acting minister* is the one named and quoted right after the article first spoke of that office."""
    m, article = c.read, c.article
    if m.determiner != "the" or m.head not in ONE_OFFICE or article.nouns.described(m, LEAST_FIT):
        return None
    before = article.discourse.unnamed(m.head)
    again = before is not None and not before.new and 0 <= before.at < c.span[0]
    stretch = (before.at, c.span[0]) if before is not None and again else (c.span[1], c.span[1] + _NEXT)
    name = holder_named(article.cast, article.quoted, article.sources, stretch)
    if name is None or (not again and article.spoken[-1:] != [] and article.spoken[-1] is not None):
        return None
    article.cast.describe(name, m.phrase)
    return _named(c, "nominal", name)


def introduced(c: Case) -> Credit | None:
    """*A top scientist said*, in the lead, is the one who is named and speaks next, and of whom that is told, or nothing."""
    m, article = c.read, c.article
    once = m.determiner in _INTRODUCING or (m.determiner == "the" and is_of_somebody(article.text, c.span))
    if not once or not is_person_noun(m.head) or c.phrase.plural or c.span[0] > _LEAD:
        return None
    if any(n.before(c.span[0]) is not None for _, n in article.nouns.described(m, LEAST_FIT)):
        return None
    p = named_next(article.page, article.cast, article.quoted, article.sources, c.span[1], m.head)
    name = article.cast.of(p) if p is not None else None
    if p is None or name is None or any(spoke not in (None, name.full) for spoke in article.spoken):
        return None
    again = article.text[p.titled - len(m.head) - 2 : p.titled].lower() == f"{m.head}, "  # the inspector, Ann Veld
    if is_of_other_field(m.whole, name.roles) or not (again or is_told(c, name) or is_untold(c, p)):
        return None
    return _settled(c, name)


def heading(c: Case) -> Credit | None:
    """*Sheriff asks drivers to stay away*, above what *Tarvo County Sheriff Bo Lund said*."""
    name = named_below(c) if not c.read.determiner and not c.phrase.plural else None
    return _settled(c, name) if name is not None else None


def nobody_can_tell(c: Case) -> Credit:
    """No rule tells whom a noun stands for."""
    return _unresolved("nominal")


def _credited(rule: Rule[SpeakerRule, Phrase, Referent]) -> Rule[SpeakerRule, Case, Credit]:
    """A rule on noun phrases as one on the mentions that are noun phrases."""

    @wraps(rule.applies)
    def applies(c: Case) -> bool:
        return is_noun(c) and rule.applies(c.phrase)

    @wraps(rule.decide)
    def decide(c: Case) -> Credit | None:
        referent = rule.decide(c.phrase)
        if referent is None:
            return None
        if referent.name is None:
            return _unnamed("nominal", referent)
        return _named(c, "nominal", referent.name)[0], referent

    return Rule(rule.name, applies, decide)


# ------------------------------------------------------------------ the order

SPEAKER_RULES: tuple[Rule[SpeakerRule, Case, Credit], ...] = (
    Rule("question above", is_none, question_above),
    Rule("question of the interviewer", is_none, interviewers_question),
    Rule("running speaker", is_none, running_speaker),
    Rule("person before", is_none, person_before),
    Rule("label of the interviewer", is_label, interviewers_label),
    Rule("label of the interviewed", is_label, interviewed),
    Rule("label of the interviewed", is_name, initials),
    Rule("relative pronoun", is_pronoun, relative),
    Rule("reporter", is_pronoun, reporter),
    Rule("running speaker", is_pronoun, document_again),
    Rule("anonymous noun", is_hearer, of_others),
    Rule("pronoun", is_pronoun, together),
    Rule("pronoun: somebody unnamed", is_pronoun, unnamed_antecedent),
    Rule("pronoun: several before", is_pronoun, several_antecedents),
    Rule("pronoun", is_pronoun, antecedent),
    Rule("anonymous noun", is_name, some_of_a_body),
    Rule("name", is_name, family),
    Rule("name", is_name, whole_name),
    Rule("government", is_name, government),
    Rule("abbreviation", is_name, acronym),
    Rule("fullest name", is_name, any_name),
    Rule("name in apposition", is_noun, apposition),
    Rule("body", is_noun, several_bodies),
    Rule("description", is_noun, several_people),
    Rule("description", is_noun, holder),
    Rule("description", is_noun, introduced),
    Rule("description", is_noun, heading),
    *map(_credited, NOUN_RULES),
    Rule("common noun", is_noun, nobody_can_tell),
)

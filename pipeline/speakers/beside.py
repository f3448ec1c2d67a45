"""Names beside a mention that tell whom it means: in apposition (*the captain, Dafydd Orme*), before a relative clause, behind a
pronoun (*After his term, Veld left*; or one that cannot be meant by it), behind an office.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon.forms import singular
from ..lexicon.nouns import BODIES, BODY_LIKE, PLURALS, is_person_noun
from ..lexicon.tables import nouns, words
from ..lexicon.words import FINITE, TITLES
from ..naming.cast import Cast, Name
from ..naming.names import PrintedName
from ..naming.told import called_before
from ..text.chars import Chars, stands_in
from ..text.view import ArticleView
from .gender import AGAINST, PRONOUN_GENDER, fitness

_NOT_APPOSED = (
    r"(?!(?:who|which|whose|that|including|led|like|such|among|with|not|and|or|from|but|as|to|why|how|when|if|in|on|at|for|by)\b)"
)
_LABOURS = r"(?:[^\W\d_a-z]\w* ){0,2}[^\W\d_a-z]\w*[’']s"  # the chair, Labour's Ann Veld
_BODY = r"(?:[^\W\d_a-z][\w’'-]* ){1,4}(?=[a-z]+ [^\W\d_a-z])"  # one delegate, Labour Party chairwoman Ann Veld
_WORD_BEFORE = rf"(?:(?:named|identified|known)(?: by \w+)? as|{_NOT_APPOSED}[a-z][\w’'-]*|\d+-year-old|{_LABOURS}) "
_SHORT = re.compile(r" \([A-Z][\w&./-]{1,14}\)(?=, )")  # the chair of the Tarvo Farmers' Union (TFU), Ann Veld
_ADHERENT = "|".join(sorted(noun.capitalize() for noun in nouns("adherent")))  # her deputy, Conservative Ann Veld
_APPOSED = re.compile(rf"(?:[,—–(] ?|: )?(?:(?:the|a|an|his|her) )?(?:{_BODY})?(?:{_WORD_BEFORE}){{0,5}}(?:{_ADHERENT} )?")
_FIELD = re.compile(
    r", (?:[A-Z][\w’'&.-]*,? )(?:(?:[A-Z][\w’'&.-]*|of|and|the|for|in|on|&),? ){0,7}(?:(?<=, )|\([A-Z]{2,6}\),? )"
)
_LED = re.compile(rf"(?:[,—–(] ?)?(?:(?:the|an?|his|her) )?(?P<told>(?:{_NOT_APPOSED}[\w’'-]+ ){{1,6}})")
_GOVERNED = re.compile(  # the decree, carrying the signature of Ann Veld; the captain, a cousin of former mayor Ann Veld
    r"\b(?:of|by|for|with|to|from) (?:(?:the )?|(?:(?:the|a|an|his|her|their|its) )?(?:[a-z][\w-]* ){0,3}(?P<who>[a-z][\w-]*) )\Z"
)
_OF_WHOM = re.compile(r"(?: (?!(?:of|by|for|with|to|from|in|at|and|or|who)\b)[a-z][\w’'-]*){1,5} ")
_COMPLEMENT = re.compile(r"\b(?:of|for|in|at|from)\b")
_APPOSITION_END = re.compile(r",? (?:\d|who|a |an |the |\()| (?:of|from|in) |, [A-Z]{2,4}\b(?:, [A-Z]{2,4}\b)*\Z")  # Ann Veld, SC
_OF_PLACE = re.compile(r"(?:, [^.;:\n\"“”]{1,80})?(?:,| of| from| in| at|,? R-| D-) ?(?:the )?")
_BESIDE = re.compile(r",? ?(?:\([^)]*\),? ?)?")
_NOT = re.compile(r"(?:(?:,|,? and) not|,? (?:rather than|instead of)) (?:the )?\Z")
_CLAUSE_OF = re.compile(r"(?:, [^.,;:\n\"“”]{1,60})?,? ?|, \d+, ?| \([^)]*\),? ?")
_AT_BODY = re.compile(
    r"(?:(?:, \d+)?, (?:an?|the|its|[a-z]+) [^.,;:\n\"“”]{2,100})? (?:of|at|for|with|from|in) (?:the )?(?:[A-Z][\w’'.&]*[ -])*"
)
_MEMBERS_OF = re.compile(r"\b([a-z]+s) (?:of|at|in|from|within) (?:(?:the|his|her|its|their|[A-Z][\w’'.-]*) ){0,8}\Z")
_PHRASE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[\w’'-]+[’']s?) (?:[\w’'-]+ ){1,5},? ?\Z")
_HIDDEN = re.compile(  # who asked not to be named
    r"(?: (?:of|for|at|in|from|with) [^,.;:!?\n\"“”]{1,40})?,? "
    r"(?:who|whose|speaking|request\w+|asking|insisting|on (?:the )?condition)\b[^.;:!?\n\"“”]{0,40}?"
    r"(?:\bnot (?:to )?(?:(?:want|wish)\w* to )?(?:be |being )?(?:named|identified|reveal\w*|disclos\w*)|\banonym\w+|"
    r"\bname (?:is|was|has been) (?:withheld|changed)|\bdeclin\w+ to (?:be (?:named|identified)|give (?:his|her) name))"
)
_MODIFIES = re.compile(r"(?:-[\w’'-]+)? ([a-z]+)\b")
_REIGNS = frozenset("administration cabinet camp era family government presidency regime reign trial".split())
_OWN_NAME = re.compile(r"\b(his|her) (?:\w+ )?(?:name|identity)\b")
_SUBORDINATORS, _FORMER = words("subordinator"), words("former") | {"retired", "veteran", "fellow"}
_OPENERS = words("preposition") | _SUBORDINATORS
_SUBJECTS = ("he", "she", "they")
_OF_A_PART = re.compile(r"(?:[^,.;:\n\"“”]{1,30}, )?(?:(?:The|An?|[A-Z][a-z]+)(?: [a-z-]+){0,4} (?:of|in|from) )?")
_WORD = re.compile(r"[\"“'‘]?([A-Z][a-z]+) ")
_COMMA = re.compile(r"[^.;:!?()\"“”\n—]*?, (?:the )?")
_SUBJECT = re.compile(r" (?!(?:and|or|et|of|in|on|at|for|to)\b)[a-z]")  # what follows a subject: no list, no apposition
_COORDINATED = re.compile(r"[;:—–]|,? \b(?:and|but|or|so|yet|for|while|whereas)\b")
_CALLED = 120  # characters behind a noun phrase within which it may be told how somebody is called
_SOON = 500  # characters of a sentence before a pronoun
_QUESTION = re.compile(  # Asked by a reporter whether
    r"[\"“]?(?:When |While |Repeatedly )?(?:[Aa]sked|[Pp]ressed|[Qq]uestioned|[Qq]uizzed|[Cc]hallenged) (?:by [^,\n]{1,60}? )?"
    r"(?:[a-z]+ ){0,3}?(?:if|whether|about|why|how|what|when|where|who|to|on|by|over)\b"
    r"|(?:Under|During|On|In|Answering|Responding to|Replying to|In (?:response|reply) to) (?:[a-z]+ ){0,2}?"
    r"(?:cross-?examination|examination|interrogation|questioning|questions?) (?:by|from)\b"
)
_WHICH = re.compile(r", which \Z")
_IN_WHICH = re.compile(r"(?:(?P<who>, who [^,.;:!?()\"“”\n]{3,80} (?:when|after|because|if|as))|\b(?:in|during) which) \Z")
_GIVEN_BY = re.compile(r"\b(?:with|from|by) (?:the |an? )?(?:[a-z][\w’'-]* ){0,3}\Z")
_NEAR = 60  # characters between a preposition and a name
_FAR = 120  # characters between pronoun and name
_OFFICE = re.compile(r"\bthe ((?:[\w-]+ ){0,3}[\w-]+)")
_FEW = 3  # holders of one office


def apposed(text: str, cast: Cast, span: Chars, role: Chars | None) -> PrintedName | None:
    """The name in apposition to a mention: *the captain, Dafydd Orme*."""
    people = [p for p in cast.printed_in(span[0], span[1] + _CALLED) if p.kind == "person"]
    for p in people[:_FEW]:
        noun = called_before(text, p.titled)
        if noun is not None and (noun[1] == span[1] or (noun[0] <= span[0] and p.end == span[1])):
            return p  # a driver, identified only as Bo
        if noun is not None and text[span[1] : noun[0]] == ", ":
            return p  # Veld's neighbour, a man identified only as Bo
    if role is not None and people and people[-1].end == role[1] and _is_led(text, role[0], people[-1]):
        return people[-1]
    if people and _heads_field(text, span, people[0]):
        return people[0]  # the Director, Public Affairs, Mr Bo Veld
    short = _SHORT.match(text, span[1]) if role is None else None
    lo = role[0] if role else short.end() if short is not None else span[1]
    m = _APPOSED.match(text, lo)
    at = m.end() if m is not None and (role or m.group()[:1] in (",", "—", "–", "(", ":")) else -1
    for p in cast.printed_in(lo, lo + 80):
        at = p.titled if p.kind == "person" and _is_led(text, lo, p) else at
        if text[p.end : p.end + 2] in ("’s", "'s") or _is_governed(text, lo, p.titled):
            continue  # the chair, Labour's Ann Veld
        if text[p.titled - 1] in '"“‘':
            break  # said a baker, "Veld is right"
        person = p.kind == "person" or (p.kind is None and " " in p.name)
        first = p.titled == lo or text[lo : p.titled] == "the "
        if lo <= p.titled <= at + 1 and (person or (role is not None and first)):
            tail = text[p.end : role[1] if role else p.end]
            last = (_behind_a_list(text, cast, span, role, p) or _behind_a_modifier(text, cast, role, p)) if role else None
            if last is not None:
                return last
            if not re.search(r"\w", tail) or _APPOSITION_END.match(tail):
                return p
            if person or not text[p.end + 1 : p.end + 2].islower():
                return None
    inside = [p for p in cast.printed_in(*span) if p.kind == "person" and "," in text[span[0] : p.start]]
    return inside[-1] if inside and role is None else None


def _heads_field(text: str, span: Chars, p: PrintedName) -> bool:
    """Whether nothing but the field or the body that an office is of stands between the office and a name, in commas."""
    between = text[span[1] : p.titled]
    office = is_person_noun(text[slice(*span)].split(" ")[-1].lower()) and (p.titles or " " in p.name)
    return bool(office) and _FIELD.fullmatch(between) is not None


def _is_led(text: str, lo: int, p: PrintedName) -> bool:
    """Whether the words before a person's name, behind a noun phrase for them, tell what they are: *, former Tarvo winger | Ann
    Veld,*; no list goes on behind it.
    """
    led = _LED.fullmatch(text, lo, p.titled) if text[p.end : p.end + 1] in (",", ")", "—", "–", "") else None
    told = led["told"].split() if led is not None else []
    if not told or "of" in told or told[-1].endswith(("’s", "'s")):
        return False  # former partner of Bo Lund
    return bool(p.titles) or told[0].lower() in _FORMER or is_person_noun(told[-1])


def _is_governed(text: str, lo: int, at: int) -> bool:
    """Whether a name is but what a preposition behind a position tells of somebody."""
    m = _GOVERNED.search(text, lo, at)
    return m is not None and (m["who"] is None or is_person_noun(m["who"]) or m["who"] in TITLES)


def _behind_a_modifier(text: str, cast: Cast, role: Chars, first: PrintedName) -> PrintedName | None:
    """The person with whose full name an apposition ends that begins with another's: *his wife, the Tarvo keeper Ann Veld*."""
    last = next((p for p in reversed(cast.printed_in(*role)) if p.kind == "person" and p.end == role[1]), None)
    if last is None or last is first or " " not in last.name:
        return None
    return last if _OF_WHOM.fullmatch(text, first.end, last.titled) is not None else None


def _behind_a_list(text: str, cast: Cast, span: Chars, role: Chars, first: PrintedName) -> PrintedName | None:
    """The person named behind what belongs to the noun: *the chair of one of the clubs, Tallow Rovers, Ann Veld*."""
    last = next((p for p in reversed(cast.printed_in(*role)) if p.kind == "person" and p.end == role[1]), None)
    if last is None or last is first or text[last.titled - 2 : last.titled] != ", " or _COMPLEMENT.search(text, *span) is None:
        return None
    return last


def clause_head(text: str, cast: Cast, pronoun: str, position: int) -> Name | Chars | None:
    """What a relative clause belongs to, a name or the span of a noun phrase: *Ann Veld, a baker, who said*.

    Args:
        text: of the article.
        cast: its names.
        pronoun: *who*, *which*, in small letters.
        position: where it stands.
    """
    end = position
    for p in reversed(cast.printed_in(position - 120, position)):
        between = _CLAUSE_OF if end == position else _OF_PLACE
        if p.end != end and not between.fullmatch(text, p.end, end):
            continue
        if (other := _NOT.search(text, max(0, p.titled - 16), p.titled)) is not None:
            end = other.start()  # Ann Veld, not Bo Lund, who
            continue
        name = cast.of(p)
        if name.kind == "government" and pronoun != "which":
            if not _BESIDE.fullmatch(text, p.end, position):
                break
            end = p.start  # Ann Veld of Norway, who
            continue
        if pronoun != "which" and (name.kind == "organisation" or " " not in name.full):  # Ann Veld, the coach of Tarvo, who
            name = _at_body(text, cast, p) or name
            if name.kind == "organisation" and (members := _members_of(text, p)) is not None:
                return members
        return name
    before = text[max(0, position - 80) : position].rstrip(" ,")
    m = _PHRASE.search(before + " ") if end == position else None
    start = max(0, position - 80) + m.start() if m is not None else 0
    return (start, start + len(m.group().rstrip())) if m is not None else None


def _members_of(text: str, body: PrintedName) -> Chars | None:
    """Those who are told right before a body to be of it: *members of Tarvo's Harvest Party, who*."""
    m = _MEMBERS_OF.search(text, max(0, body.titled - _FAR), body.titled)
    who = singular(m[1]) if m is not None else ""
    return (m.start(1), body.end) if m is not None and (is_person_noun(who) or m[1] in PLURALS) else None


def _at_body(text: str, cast: Cast, body: PrintedName) -> Name | None:
    """The person whose role names a body: *Ann Veld, a professor of law at the University of Tarvo, who said*."""
    people = (p for p in reversed(cast.printed_in(body.start - 160, body.start)) if cast.of(p).kind == "person")
    last = next(people, None)
    return cast.of(last) if last is not None and _AT_BODY.fullmatch(text, last.end, body.start) else None


def is_modifier(text: str, p: PrintedName) -> bool:
    """Whether a person's name but tells whose a body is, or a time: *the Veld-Lund government*."""
    of = _MODIFIES.match(text, p.end)
    return of is not None and (of[1] in BODIES or of[1] in BODY_LIKE or of[1] in _REIGNS)


def hides_name(text: str, position: int, whole: str) -> bool:
    """Whether whoever is called so at a position is told not to want a name: *the owner, who asked not to be named*."""
    return _hidden(text, position, whole) is not None


def gender_of_hidden(text: str, position: int, whole: str) -> str | None:
    """The gender that the words tell by which somebody is told not to want a name: *who would not give her name*."""
    m = _hidden(text, position, whole)
    own = _OWN_NAME.search(text, m.start(), m.end() + len(" his name")) if m is not None else None
    return PRONOUN_GENDER[own[1]] if own is not None else None


def _hidden(text: str, position: int, whole: str) -> re.Match[str] | None:
    end = text.find(whole, position, position + _FAR) + len(whole) if whole else -1
    return _HIDDEN.match(text, end, end + _FAR) if end >= len(whole) > 0 else None


def named_after(page: ArticleView, cast: Cast, pronoun: str, position: int) -> Name | None:
    """Whom a pronoun in a phrase or clause that opens a sentence means: the subject right behind its comma, if it fits.

    Args:
        page: the article.
        cast: its names.
        pronoun: in small letters.
        position: where it stands.
    """
    gender = PRONOUN_GENDER.get(pronoun)
    sentence = page.sentence_at(page.paragraph_at(position), position)
    if gender is None or sentence is None or sentence[0] == position:
        return None
    opener = _WORD.match(page.text, sentence[0])
    if opener is None or opener[1].lower() not in _OPENERS:
        return None
    end = min(sentence[1], position + _FAR)
    if "," in page.text[sentence[0] : position] or any(
        cast.of(p).kind == "person" for p in cast.printed_in(sentence[0], position)
    ):
        return None
    comma = _COMMA.match(page.text, position, end)
    if comma is None:
        return None
    named = cast.printed_in(comma.end(), end)
    name = cast.of(named[0]) if named and named[0].titled <= comma.end() else None
    if name is None or name.kind != "person" or not name.sure or not _SUBJECT.match(page.text, named[0].end):
        return None
    return name if fitness(name, name.gender, gender) > AGAINST else None


def in_which(page: ArticleView, cast: Cast, quoted: Sequence[Chars], pronoun: str, position: int) -> Name | None:
    """Whom a pronoun means in a clause that depends on a noun or a name before: *an interview with Veld in which he*, *Veld's
    letter in which he*, *Veld, who wept when he*; None where somebody else may have done it.

    Args:
        page: the article.
        cast: its names.
        quoted: the quotations, in text order.
        pronoun: in small letters.
        position: where it stands.
    """
    gender = PRONOUN_GENDER.get(pronoun)
    if gender is not None and _WHICH.search(page.text, max(0, position - len(", which ")), position) is not None:
        return _owner_of_all(page, cast, quoted, gender, position)
    depends = _IN_WHICH.search(page.text, max(0, position - _FAR), position) if gender is not None else None
    sentence = page.sentence_at(page.paragraph_at(position), position) if depends is not None else None
    if gender is None or depends is None or sentence is None or depends.start() < sentence[0]:
        return None
    people = [p for p in cast.printed_in(sentence[0], depends.end()) if cast.of(p).kind == "person"]
    p = people[-1] if people else None
    if p is None or stands_in(quoted, p.start) or fitness(cast.of(p), cast.of(p).gender, gender) <= AGAINST:
        return None
    if depends["who"]:
        return cast.of(p) if p.end == depends.start() else None
    given = _GIVEN_BY.search(page.text, max(sentence[0], p.titled - _NEAR), p.titled) is not None
    return cast.of(p) if given or page.text.startswith(("’s ", "'s "), p.end) else None


def named_in_words(page: ArticleView, cast: Cast, words: Sequence[Chars], pronoun: Chars) -> list[Name]:
    """The people who are named in indirect words before a pronoun, which means another: *Veld was ill, he said*."""
    if words[-1][1] > pronoun[0] or page.quotations_in(words):
        return []
    named = [p for lo, hi in words for p in cast.printed_in(lo, hi) if not page.text.startswith(("’", "'"), p.end)]
    return [cast.of(p) for p in named if cast.of(p).kind == "person"]


def named_in_question(page: ArticleView, cast: Cast, pronoun: Chars) -> list[Name]:
    """The people who are named in a question, or ask it, which a pronoun then answers: *Asked if Veld would go, she said*."""
    sentence = page.sentence_at(page.paragraph_at(pronoun[0]), pronoun[0]) if page.text.startswith(", ", pronoun[0] - 2) else None
    if sentence is None or pronoun[0] - sentence[0] > _SOON or _QUESTION.match(page.text, *sentence) is None:
        return []
    return [n for p in cast.printed_in(sentence[0], pronoun[0]) if (n := cast.of(p)).kind == "person"]


def caller(page: ArticleView, cast: Cast, quoted: Sequence[Chars], pronoun: str, position: int) -> Name | None:
    """Whom a pronoun means that calls something by a name: the subject with which its sentence begins, if no other of its kind
    stands between: *Tarvo Watch sent a team to the firm to mend what it called “chaos”*.
    """
    if page.text[max(0, position - 5) : position].lower() != "what " or pronoun not in ("he", "she", "it"):
        return None
    sentence = page.sentence_at(page.paragraph_at(position), position)
    named = cast.printed_in(sentence[0], position) if sentence is not None and position - sentence[0] < _SOON else []
    first = cast.of(named[0]) if named and named[0].start in cast.subjects and not stands_in(quoted, named[0].start) else None
    if first is None or (first.kind == "person") != (pronoun != "it"):
        return None
    gender, others = PRONOUN_GENDER.get(pronoun), [n for n in map(cast.of, named) if n is not first and n.kind == first.kind]
    fits = gender is None or fitness(first, first.gender, gender) > AGAINST
    return first if fits and not others else None


def _owner_of_all(page: ArticleView, cast: Cast, quoted: Sequence[Chars], gender: str, position: int) -> Name | None:
    """The one person named before in a sentence that begins with what is theirs: *Veld's letter was on rain, which he*."""
    sentence = page.sentence_at(page.paragraph_at(position), position)
    near = sentence is not None and position - sentence[0] < _SOON
    people = [p for p in cast.printed_in(sentence[0], position) if cast.of(p).kind == "person"] if sentence and near else []
    if not people or any(cast.of(p) is not cast.of(people[0]) for p in people) or stands_in(quoted, people[0].start):
        return None
    name, owned = cast.of(people[0]), page.text.startswith(("’s ", "'s "), people[0].end)
    leads = sentence is not None and _OF_A_PART.fullmatch(page.text, sentence[0], people[0].titled) is not None
    return name if owned and leads and fitness(name, name.gender, gender) > AGAINST else None


def named_behind(page: ArticleView, cast: Cast, quoted: Sequence[Chars], span: Chars) -> list[Name]:
    """The people who are named behind a pronoun in its sentence, or called by their office (*he asked them to back the mayor*),
    outside quotations: a subject is not named again there.

    What is somebody's may stand before the name (*in her youth, Veld ...*), and so may a clause that depends on the sentence
    (*when she left, Veld ...*).

    Args:
        page: the article.
        cast: its names.
        quoted: the quotations, in text order.
        span: the pronoun.
    """
    sentence = page.sentence_at(page.paragraph_at(span[0]), span[0])
    if sentence is None or page.text[slice(*span)].lower() not in _SUBJECTS:
        return []
    end = min(sentence[1], span[1] + _FAR)
    if any(w in _SUBORDINATORS for w in page.text[max(sentence[0], span[0] - _FAR) : span[0]].lower().split()):
        comma = page.text.find(",", span[1], end)
        end = comma if comma >= 0 else end
    joint = _COORDINATED.search(page.text, span[1], end)  # he will meet Lund, but Veld has things to say
    end = joint.start() if joint is not None else end
    behind = (p for p in cast.printed_in(span[1], end) if not stands_in(quoted, p.start))
    offices = (m for m in _OFFICE.finditer(page.text, span[1], end) if not stands_in(quoted, m.start()))
    held = (_holder(cast, m[1].split()) for m in offices)
    return [*(cast.of(p) for p in behind if cast.of(p).kind == "person"), *(n for n in held if n is not None)]


def _holder(cast: Cast, words: Sequence[str]) -> Name | None:
    """The one person who holds the office with which a noun phrase ends before its verb or the end of a clause."""
    for k in range(1, len(words) + 1):
        office = " ".join(words[:k]).lower()
        held = [n for n in cast.described_by([words[k - 1].lower()], _FEW) if office in (r.lower() for r in n.roles)]
        if held:
            goes_on = k == len(words) or words[k].lower() in FINITE
            return held[0] if len(held) == 1 and goes_on and office.split()[-1] in TITLES else None
    return None

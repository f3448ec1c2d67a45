"""Where in a text a name may stand: runs of capitalised words, and entities with the whole of a name and nothing else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..lexicon.cues import speaks
from ..lexicon.forms import parts_of_speech, singular
from ..lexicon.given_names import hinted_gender
from ..lexicon.governments import government_of, is_national
from ..lexicon.nouns import BODIES, BODY_LIKE, PERSONS, is_person_noun
from ..lexicon.tables import titles, words
from ..lexicon.words import (
    ANONYMOUS,
    CAPITALS_TITLES,
    DAYS,
    DETERMINERS,
    LEADING_TITLES,
    PARTICLE,
    PREPOSITIONS,
    STOPPED_TITLES,
    TITLE_MODIFIERS,
    TITLES,
    UNIT_WORDS,
)
from ..text.chars import Chars, stands_in
from ..text.paragraphs import Paragraph, dateline_end
from ..text.view import ArticleView, Entity
from .offices import without_fields

if TYPE_CHECKING:
    from .names import PrintedName

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_CAPITAL = re.compile(r"[^\W\d_a-z]")
_LED = re.compile(rf"(?:{PARTICLE}-|(?:d|dell|dall|l)[’'])\Z")  # al-Veld, d’Orme
_LEAD = 6  # characters of the longest
_NOUN = re.compile(rf"[^a-z]\S+ (?!{PARTICLE}\b)[a-z][a-z-]{{3,}} (?=[^\W\d_a-z]\S* )")
_UNBROKEN = re.compile(  # Kala´izz, Dell’Orto, A.B.C. | Mohan
    rf"(?<![\w´`]){_UPPER}(?:\w*(?:[´`](?!s\b)\w+|[’'](?={_UPPER})(?!S\b)\w+|[’'](?!(?:d|ll|m|re|s|t|ve)\b)[a-z]\w*)+"
    rf"|\.(?:{_UPPER}\.)+(?= {_UPPER})|&{_UPPER}\b)"
)
_IN_SENTENCE = re.compile(rf"(?<=[a-z,] )({_UPPER}[\w’'-]* {_UPPER}[\w’'-]*)")
_PARTICLE_LAST = re.compile(rf" {PARTICLE}\Z")
_OPENS = re.compile(r"(?:\A|[\n.!?:“\"])[ \t]*\Z")
_MEMBERS = re.compile(
    rf"(?<![\w’'-])(?:The )?(?P<name>(?:{_UPPER}[\w-]* ){{0,3}}"
    rf"(?:(?P<who>People|Men|{_UPPER}[a-z]+(?:men|ren))[’']s|(?P<whose>{_UPPER}[a-z]+s)[’'])"
    rf"(?: {_UPPER}[\w-]*){{0,3}}? (?P<body>{_UPPER}[a-z]+))(?! {_UPPER})(?![\w’'-])"
)
_OF_MEMBERS = frozenset("daily front movement forum network trust post procuratorate party".split())
_PLACE_REST = re.compile(rf" (?:da|das|del|do|dos) {_UPPER}[\w’'-]*")
_TAIL = re.compile(  # Al Jama|-ah, G|-20, Arctic Co|-operative, Veldnews|.com
    r"(?:-(?!(?:led|run|era|bid)\b)(?:[a-z]{2,3}|\d{1,3}|operatives?)|\.(?:com|org|net)(?:\.[a-z]{2})?)\b(?!-)"
)
_FIRST = re.compile(  # of a sentence, before a name
    rf"(?:\A|\n|(?<!{_UPPER})[.!?:“\"])[ \t]*(?:The )?"
    rf"(?P<name>(?P<initials>{_UPPER}\.?(?:[ ]?{_UPPER}\.?)?)|(?P<word>{_UPPER}[a-zß-ÿ]+)) \Z"
)
_PLATFORMS = words("platform")
_INITIAL = re.compile(rf"{_UPPER}\.? ")
_PARTY = (
    r"(?:Con|Lab|Labour|Lib ?Dems?|Ind|Dem|Rep|Greens?|Reform(?: UK)?|Plaid(?: Cymru)?|Independent|Conservative|Tory|Republican|"
    r"Democrat|Nationals?|Liberals?)"
)
_SEAT = re.compile(  # Ann Veld (Con, Thornley East), (D-Oreg.)
    rf" \((?:{_PARTY}\)|(?:{_PARTY}|[A-Z]{{1,6}})\.?(?:,|[–/-]| [–-]) ?[A-Z][^()]{{1,50}}\))"
)
_BEFORE, _BEHIND = 12, 8  # characters around a word of *Appendix B*
_LONGEST = 28  # characters before a name in which a first name stands that was left out
_TITLES = TITLES | CAPITALS_TITLES | LEADING_TITLES | STOPPED_TITLES | TITLE_MODIFIERS | titles("abbreviation")
_NICKNAMED = re.compile(rf"(?<![\w’'-])(?P<given>{_UPPER}[\w-]+) [“\"‘']{_UPPER}[\w’'-]*(?: {_UPPER}[\w’'-]*)?[”\"’'] \Z")
_DOTTED = re.compile(r"(?:[A-Z]\.){2,8}(?![a-z])")  # the T.R.A.
_GLUED_SHORT = re.compile(r"(?<=\w)\([A-Z][A-Za-z]{2,7}\)?")  # Tarvo Workers Union(TWU); not CPI(ML)
_PART_OF_DOCUMENT = re.compile(
    r"\b(?:Addendum|Annexe?|Appendix|Article|Attachment|Chapter|Clause|Exhibit|Figure|Footnote|Item|Note|Page|Paragraph|Part|"
    r"Recital|Regulation|Rule|Schedule|Section|Table|Volume) (?:\d[\w.-]*|[A-Z]|[IVX]{1,5}|One|Two|Three|Four|Five|Six)\b"
    r"(?! [A-Z])|(?:Addendum|Annexe?|Appendix|Footnote)\Z"
)
_OF_STATE = re.compile(  # not the Orange Order
    r"(?:The )?(?:((?:[A-Z][a-z]+ ){1,3})(?:Decree|Proclamation|Resolution|Ordinance|Edict|Directive)|(?:Executive|Court) Order|"
    r"(?:White|Green) Paper)(?: No)?\Z"
)
_DEED = re.compile(rf" (?!{PARTICLE}\b)([a-z]{{4,}}) (?={_UPPER})")
_SURNAME = re.compile(rf"(?: {PARTICLE})? {_UPPER}[\w’'-]*")


def runs(text: str, name: re.Pattern[str]) -> Iterator[Chars]:
    """Where a pattern matches, which begins with a capital or with what leads to one; it is tried at capitals alone."""
    at = 0
    while (capital := _CAPITAL.search(text, at)) is not None:
        begin, m = capital.start(), None
        if text[begin - 1 : begin] in ("-", "’", "'") and (led := _LED.search(text, max(at, begin - _LEAD), begin)) is not None:
            m = name.match(text, led.start())
        m = m or name.match(text, begin)
        if m is not None:
            yield m.span()
        at = m.end() if m is not None else capital.end()


def between(spans: Sequence[Chars], end: int) -> Iterator[Chars]:
    """What stands between spans."""
    at = 0
    for lo, hi in spans:
        yield at, lo
        at = hi
    yield at, end


def unbroken(text: str, entities: Sequence[Entity]) -> Iterator[Entity]:
    """The entities, those that end or begin at an apostrophe, an accent for one, an initial or a particle with the whole name:
    *Kala´izz*, *Dell’Orto*, *A.B.C. Mohan*, *Tomás de la Veld*.
    """
    whole = [m.span() for m in _UNBROKEN.finditer(text)]
    people = {e.start for e in entities if e.kind == "PERSON"} if whole else set()
    for e in entities:
        if text[e.start : e.end] == "The":
            continue
        k = bisect_left(whole, (e.end, 0)) - 1
        if k >= 0 and whole[k][1] > e.start and (e.start > whole[k][0] or e.end < whole[k][1]):
            somebody = not people.isdisjoint(range(*whole[k]))  # Dell, a firm, and Acqua
            e = replace(e, start=min(e.start, whole[k][0]), end=max(e.end, whole[k][1]), kind="PERSON" if somebody else e.kind)
        if e.kind in ("PERSON", "ORG") and (opener := _FIRST.search(text, max(0, e.start - _LONGEST), e.start)) is not None:
            own = opener["initials"] or opener["word"]
            letters = (
                opener["initials"] is not None and government_of(own) is None and re.sub(r"[. ]", "", own).lower() not in _TITLES
            )
            letters = letters and (own not in ("A", "I") or _INITIAL.match(text, e.start) is not None)  # A Veld supporter
            if letters or (opener["word"] is not None and _is_given(own)):
                e = replace(e, start=opener.start("name"))  # AK | Abdul Momen said
        if (
            e.kind == "PERSON"
            and _PARTICLE_LAST.search(text, e.start, e.end)
            and (rest := _SURNAME.match(text, e.end)) is not None
        ):
            e = replace(e, end=rest.end())  # Tomás de | la Veld
        elif e.kind == "ORG" and (rest := _PLACE_REST.match(text, e.end)) is not None:
            e = replace(e, end=rest.end())  # of Rio Grande | do Sul
        if e.kind == "PERSON" and (deed := _DEED.search(text, e.start, e.end)) is not None and "VERB" in parts_of_speech(deed[1]):
            e = replace(e, end=deed.start())  # Wiremu Hāpuku | rang Stobie
        if (tail := _TAIL.match(text, e.end)) is not None:
            e = replace(e, end=tail.end())  # Al Jama|-ah
        if e.kind == "ORG" and (dotted := _DOTTED.match(text, e.start)) is not None and dotted.end() >= e.end:
            e = replace(e, end=dotted.end())  # the T.R.|A.
        elif e.kind == "ORG" and (glued := _GLUED_SHORT.search(text, e.start, e.end)) is not None:
            e = replace(e, end=glued.start())
        yield e


def alone(text: str, entities: Sequence[Entity]) -> Iterator[Entity]:
    """The entities, people's without what stands before their names: an adverb that opens a sentence (*Afterwards Veld*, and
    *Overnight Veld*, who is *Ann Veld* elsewhere), what somebody is (*Sapper Ann Veld*, *Brant sexton Ann Veld*). People of a
    trade who open a sentence are none (*Cowherds said*), nor are parts of documents (*Appendix B*).
    """
    people: dict[str, set[str]] = {}
    named: set[str] | None = None  # by two words within a sentence: said Ever Lund
    for e in entities:
        first, _, last = text[e.start : e.end].partition(" ")
        if e.kind == "PERSON" and last:
            people.setdefault(last.split(" ")[-1], set()).add(first)
    for e in entities:
        first, _, rest = text[e.start : e.end].partition(" ")
        if is_document(text, e.start, e.end):
            continue
        if e.kind != "PERSON" or not rest:
            if (
                e.kind != "PERSON"
                or first in people
                or not (_OPENS.search(text, max(0, e.start - 3), e.start) and _is_plural(first.lower()))
            ):
                yield e
        elif (noun := _NOUN.match(text, e.start, e.end)) is not None:
            yield replace(e, start=noun.end())
        else:
            can_be = parts_of_speech(first.lower()) if rest[:1].isupper() else frozenset()
            opens = can_be == {"ADV"} or ("ADV" in can_be and len(people.get(rest.split(" ")[-1], ())) > 1)
            if opens and named is None:
                named = {m[1] for m in _IN_SENTENCE.finditer(text)}
            opens = opens and f"{first} {rest.split(' ')[0]}" not in (named or ())
            trade = " " in rest and rest[:1].isupper() and is_trade(first)
            yield replace(e, start=e.end - len(rest)) if opens or trade else e


def is_document(text: str, start: int, end: int) -> bool:
    """Whether words with a capital are but a part of a document, or a kind of one: *Appendix B*, *Royal Decree*."""
    whole = _OF_STATE.match(text, start, end)
    if whole is not None and all(parts_of_speech(w.lower()) for w in (whole[1] or "").split()):
        return True
    for hi in (end + _BEHIND, end):
        m = _PART_OF_DOCUMENT.search(text, max(0, start - _BEFORE), hi)
        if m is not None and m.start() <= start and m.end() >= end:
            return True
    return False


def nicknamed(text: str, entities: Sequence[Entity]) -> list[Chars]:
    """Where people stand of whom only the surname behind a nickname was found: *Innocent “Tiger” Moyo*."""
    found = []
    for e in entities:
        m = _NICKNAMED.search(text, max(0, e.start - _LONGEST), e.start) if e.kind == "PERSON" else None
        if m is None or m["given"].lower() in _TITLES | DAYS | DETERMINERS | PREPOSITIONS:
            continue
        if hinted_gender(m["given"]) is not None or _OPENS.search(text, max(0, m.start() - 4), m.start()) is None:
            found.append((m.start("given"), e.end))
    return found


def _is_given(word: str) -> bool:
    """Whether a sentence's first word, right before a name, can be but a part of it: *Budh Ram Veld*, not *Then Veld*."""
    low = word.lower()
    common = low in UNIT_WORDS or low in ANONYMOUS or low in DAYS or low in _TITLES or is_person_noun(low)
    return not common and not parts_of_speech(low) and not is_national(word) and government_of(word) is None and not speaks(low)


def bodies_of_members(text: str) -> list[Chars]:
    """Names of bodies that tell whose they are: *the Supreme People’s Court*, *the Young Farmers’ Forum*."""
    found = []
    for m in _MEMBERS.finditer(text) if "’" in text or "'" in text else ():
        last = m["body"].lower()
        who = singular((m["who"] or m["whose"]).lower())
        if is_person_noun(who) and (last in BODIES or last in BODY_LIKE or last in _OF_MEMBERS):
            found.append((m.start("name"), m.end()))
    return found


def is_trade(word: str) -> bool:
    """Whether a word before a name tells what somebody is, and is no name itself: *Sapper*, but not *Zameer*, made like
    *engineer*.
    """
    low = word.lower()
    listed = low in PERSONS or (is_person_noun(low) and bool(parts_of_speech(low)))
    return listed and low not in _TITLES and hinted_gender(word) is None


def stands_alone(word: str) -> bool:
    """Whether a word that opens a sentence, and has its capital for that, is a name all the same: *Twitter said*, and what no
    dictionary has; not *Cowherds said*.
    """
    low = word.lower()
    if word.isupper():
        return len(word) > 2 and low not in _TITLES  # ATO; not LG, for the lieutenant governor
    common = low.endswith("s") or low in UNIT_WORDS or is_person_noun(low)
    return low in _PLATFORMS or not (common or parts_of_speech(low))


def _is_plural(noun: str) -> bool:
    """Whether a noun is for several people: *cowherds*."""
    return (one := singular(noun)) != noun and is_person_noun(one)


def is_common_noun(name: str, known: bool, opens: bool) -> bool:
    """Whether a name is but a noun with a sentence's capital, or for several in capitals: *Observers said*, *COPS: STAY AWAY*.

    Args:
        name: as it is printed.
        known: whether the network tells what it is a name of.
        opens: whether it opens a sentence, and is printed there alone.
    """
    low = name.lower()
    if " " in name:
        return False
    if name.isupper() and singular(low) != low and is_person_noun(singular(low)):
        return True
    return not known and (low in ANONYMOUS or (opens and name.endswith("s")))


def names_of_somebody(view: ArticleView, printed: Sequence[PrintedName]) -> list[PrintedName]:
    """Names but those of nobody that an article speaks of: of offices and their fields before who has them, of
    parties and seats behind, and in margins.
    """
    kept = without_fields(view.text, printed)
    offices = {word for p in kept for word in p.titles.split() if word.isupper() and word.lower() in CAPITALS_TITLES}
    kept = [p for p in kept if p.name not in offices]  # MEC, of MEC Ann Veld
    margins = {at.index: _margin(view, at) for at in {view.paragraph_at(p.start) for p in kept}}
    seats = [m.span() for p in kept if p.kind == "person" and (m := _SEAT.match(view.text, p.end)) is not None]
    out = [p for p in kept if p.kind == "government" or not _in_margin(view, p, margins)]
    return [p for p in out if p.kind not in (None, "person") or not stands_in(seats, p.start)] if seats else out


def _margin(view: ArticleView, p: Paragraph) -> int:
    """Where the byline or the dateline ends that a paragraph is, or begins with."""
    return p.end if p.kind == "boilerplate" else dateline_end(view.text, p)


def _in_margin(view: ArticleView, p: PrintedName, margins: Mapping[int, int]) -> bool:
    """Whether a name stands in a byline or a dateline, and nowhere else: of the paper, its reporter, where that one wrote."""
    paragraph = view.paragraph_at(p.start)
    return p.start < margins[paragraph.index] and view.text.find(p.name, paragraph.end) < 0

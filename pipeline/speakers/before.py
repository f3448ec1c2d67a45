"""Whose words without an attribution are, told by the sentence before them: *Veld wept. "It is gone."*"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ..lexicon.forms import singular
from ..lexicon.nouns import BODIES, PLURALS, is_person_noun
from ..naming.cast import Cast, Name
from ..naming.names import PrintedName
from ..text.chars import Chars, stands_in
from ..text.view import ArticleView
from .beside import is_modifier
from .discourse import Discourse
from .gender import AGAINST, PRONOUN_GENDER, fitness

Turn = Literal["named", "unnamed", "perhaps", "silent"]
_WAS_ASKED = re.compile(  # When we asked | Ann Veld why
    r"(?:When|As|After|Once) (?:I|we|reporters|journalists|(?:[Tt]he |[Aa] )?[\w’' -]{2,30}?) (?:first |later |had )?"
    r"(?:asked|questioned|pressed|quizzed|challenged|contacted|reached|called|phoned|confronted|approached) (?=[^\W\d_a-z])"
)
_CLAUSE = 240  # characters of it
_PRONOUN = re.compile(r"(He|She)\b")
_PRONOUNS = re.compile(r"(?:[^,\n\"“”]{1,40}, )?(?:I|[Yy]ou|[Hh]e|[Ss]he|[Ii]t|[Ww]e|[Tt]hey)\b")
_LEADING = re.compile(r"(?:[^,\n\"“”]{1,80}, )?(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er) )?(?:[\w’'-]+ ){0,2}")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]e|[Mm]y|[Oo]ur|[Uu]s|[Mm]yself)\b")
_WORDS_OF = re.compile(  # Veld's answer was short: "..."; her message to Lund: "..."
    r"(?P<who>[Hh]is|[Hh]er|[’']s?) (?:[a-z-]+ ){0,3}?(?:advice|answer|appeal|argument|conclusion|explanation|message|motto|"
    r"mantra|philosophy|plea|point|prediction|promise|reaction|reply|response|slogan|verdict|view|warning|words)\b[^.;:\n\"“”]{0,60}:\s*\Z"
)
_LAST_WORD = re.compile(r"[\"”’»)]*:\s*[\"“‘'«]")
_SAYING_OF = re.compile(  # the famous words of the poet Ann Veld: "..."
    r"\b(?:adage|advice|dictum|lines?|lyrics?|maxim|message|motto|quip|quote|remark|saying|verdict|verse|warning|words) "
    r"(?:of|by|from) (?:the )?(?:[a-z-]+ ){0,3}\Z"
)
_FOR = re.compile(r"(?:[^,\n\"“”]{1,40}, )?(?:As )?[Ff]or (?:the |an? )?(?:[\w-]+ ){0,3}")
_COLON = re.compile(r":[\"”’»)]*\s*\Z")
_ASKED = re.compile(r"[?][\"”’»)]*,? (?:[^.?!\n\"“”]{1,80} )?(?:asks|asked) (?=[A-Z])")  # "...?" the host asked Veld
_PUT_TO = re.compile(  # the judge asked him whether; who asked Lund about the mill
    r"\b(?:asked|asks|pressed|presses|quizzed|quizzes|challenged|challenges) (?:(?P<pronoun>him|her)\b|(?=[A-Z]|the ))"
    r"[^.;:?!\n\"“”]{0,80}?\b(?:whether|if|how|why|what|when|where|who|which|about|on|over)\b"
)
_LONG_AGO = 10_000  # characters before a quotation beyond which no name tells that the article has turned to somebody
_SILENT = re.compile(  # who will not speak is not who does
    r"\b(?:(?:declined|refused|declines|refuses|unwilling|unable) to (?:be |give |make )?(?:any )?(?:answer|comment|discuss|"
    r"elaborate|interview|reply|respond|say|speak|talk|an? interview|an? statement)|(?:did|does|has|have|would|could) not "
    r"(?:immediately |yet )?(?:answer|be reached|comment|reply|replied|respond|speak|spoken|want to (?:comment|speak|talk))|"
    r"(?:not |un)available for|no comment|remained silent|said nothing)\b"
)
_SOMEBODY = re.compile(
    r"(?:[^,\n\"“”]{1,60}, )?(?:(?P<det>[Aa]n?|[Oo]ne(?: of (?:the|his|her))?|[Aa]nother|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|"
    r"[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*){0,3}[’']s?) )?(?P<words>(?:[\w’-]+ ){1,4}?)"
    r"(?=(?:in|at|from|on|with|who|outside|near|by|of|is|are|was|were|has|had|have|[a-z]+(?:ed|s)|[a-z]+ly|wept|shook|sang|left|came|"
    r"felt)\b)"
)
_BROUGHT = (
    "attended|backed|began|brought|captured|chaired|championed|condemned|confirmed|coordinated|criticised|criticized|denied|"
    "described|discovered|dismissed|echoed|endorsed|expressed|filed|filmed|found|given|headed|held|hosted|introduced|issued|joined|"
    "launched|led|lodged|made|moved|opposed|organised|organized|overseen|posted|presented|proposed|questioned|raised|read|rejected|"
    "repeated|reported|run|set up|shared|spearheaded|spotted|sponsored|started|supported|taken|told|uploaded|voiced|welcomed"
)
_BY = re.compile(  # That view was echoed by the baker | Ann Veld; It was a sentiment shared by
    r"(?:(?:That|This|The|An?|His|Her|Their|Its|One|Another|[\w’'-]+[’']s?|[A-Z][a-z]+s)(?: [\w’'-]+){0,6}? "
    r"(?:is|are|was|were|(?:has|have|had) been) |It (?:is|was) )(?:[a-z-]+ ){0,5}?"
    rf"(?:{_BROUGHT}) by (?:(?:the|an?|his|her|its|[\w’'-]+[’']s) )?(?:[\w’'-]+ ){{0,4}}"
    r"|(?:That|This|It|The [\w ]{2,30}) (?:also |soon )?(?:drew|prompted|provoked|brought|triggered|sparked|elicited|earned|won) "
    r"(?:an? )?(?:[\w-]+ ){0,3}(?:response|reaction|rebuke|retort|reply|answer|riposte|protest|outburst|objection|smile|laugh) "
    r"from (?:(?:the|his|her) )?(?:[\w’'-]+ ){0,4}"
)
_BEFALLEN = re.compile(  # whom something has befallen need not speak of it
    r"\b(?:died|dies|(?:is|are|was|were|be|been|being) (?:[a-z]+ly )?(?:accused|appointed|arrested|attacked|beaten|blamed|born|"
    r"buried|charged|convicted|criticised|criticized|described|executed|fired|found|hit|injured|jailed|killed|murdered|named|pronounced|"
    r"replaced|rushed|sacked|sentenced|shot|stabbed|suspended|taken|wounded))\b"
)
_OF_ANOTHER = re.compile(r"[\"“‘'«]*(?:He|She|They|His|Her|Their|It|That|This)\b")  # words about whom the speaker tells of
_BEFORE_BY = re.compile(r"\b(?:is|are|was|were|been) ")
_OTHERS = {"he": re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE), "she": re.compile(r"\b(?:she|hers?)\b", re.IGNORECASE)}
_SUBJECT_FORM = {"him": "he", "his": "he", "her": "she", "hers": "she"}
_PARTIES = 3  # paragraphs of an exchange in which the other one is named
_FAR = 200  # characters before a colon in which it is told whose words follow
_OF_SOMEBODY = re.compile(
    r"(?:(?:[\w-]+ ){1,4}(?:of|for|to|from|behind|against)|[Ii]n|[Aa]t|[Oo]n|[Nn]ear|[Oo]utside|[Ii]nside|[Aa]round) (?:the )?"
)
_FRONTED = re.compile(
    r"(?:When|After|As|While|Before|Since|Because|Although|Though|If|Once|Until|Where|Unlike|Like|[A-Z][a-z]+(?:ing|ed))"
    r" [^,\n\"“”]{1,80}, "
)
_OWNED = re.compile(r"[’']s?(?: [a-z][\w-]*){1,3}")
_FRONT = re.compile(  # Across the street, | Ann Veld
    r"(?:(?:Across|After|Along|Around|At|Before|Behind|Beside|By|Down|Earlier|For|From|In|Inside|Later|Near|On|Outside|Over|Then|Under|Up|"
    r"With)\b[^,.;:\n\"“”]{0,50}, )?"
)
_SMALL, _LETTERS = re.compile(r"\b[a-z]+\b"), re.compile(r"[A-Za-z]+")
_CALLED_SO = re.compile(  # the youngest of the three, | Veld; her neighbour, a nurse called | Veld
    r"(?:The|An?|His|Her|Their|One|Another) [\w’'-]+(?: [\w’'-]+){0,5}, (?:an? (?:[\w-]+ ){1,3}(?:called|named) )?"
)
_INTRODUCES = re.compile(  # One of them is | Ann Veld; Among the losers was the baker | Ann Veld
    r"(?:One|Another|Among|The (?:first|second|third|last|youngest|oldest)) "
    r"(?:(?:of )?(?:them|these|those|the [a-z]+(?: [a-z]+)?) )?(?:is|was) (?:the )?(?:[a-z-]+ ){0,3}"
)
_KIN_BEFORE = re.compile(
    r"(?:[^,\n\"“”]{1,40}, )?(?:[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*){0,3}[’']s?|His|Her|Their)(?: [a-z-]+){1,4},? "
)
_SOME = frozenset("others many several some most critics".split())
_PLACES = frozenset("office camp village town city neighbourhood neighborhood home house country district region".split())
_ONE = ("a", "an", "one", "another")
_CROWD = frozenset("crowd audience congregation public room stadium".split())
_NEAR = 80  # characters behind a subject in which it is told how somebody took something
_FELT = re.compile(  # what tells how people took something, as who is about to be heard
    r"(?:agree|disagree|cheer|chant|roar|boo|jeer|shout|scream|yell|weep|wept|cry|cri|sob|laugh|sigh|nod|shrug|smile|grumble|"
    r"applaud|protest|complain|object|groan|gasp|sang|sing|shook|grinn|fume)(?:s|d|ed|ing)?\b|\b(?:is|are|was|were|remains?|"
    r"remained|looks?|looked|feels?|felt|seems?|seemed|sounds?|sounded) (?:not |also |still |less |more |very |so |in )*"
    r"(?:afraid|angry|appalled|blunt|cautious|convinced|defiant|delighted|despondent|disappointed|divided|ecstatic|furious|"
    r"frightened|happy|hopeful|impressed|jubilant|optimistic|outraged|pessimistic|proud|relieved|resigned|sad|sc?eptical|scared|"
    r"shocked|stunned|sure|tears|terrified|unhappy|unimpressed|unmoved|upset|worried)\b"
)


def spoken_of_before(
    page: ArticleView, cast: Cast, discourse: Discourse, quoted: Sequence[Chars], words: Chars, last: str | None
) -> Name | None:
    """The one person whom the sentence right before words is about, if they are sentences of their own; it may name the one who
    spoke last besides (*Lund disagreed with Veld*).

    Words in the first person may be of one whom the sentence only names; *he* and *she* stand for their antecedents. Who was
    asked answers, and who is told not to speak does not. Words behind a colon may be told whose they are.

    Args:
        page: the article.
        cast: its names.
        discourse: who has been spoken of up to the words.
        quoted: the quotations, in text order; who is named in them is not meant.
        words: the span of the words.
        last: the name of the one who spoke last.
    """
    if _COLON.search(page.text, max(0, words[0] - 4), words[0]) is not None:
        return _owner_before(page, cast, discourse, words[0])
    before = page.sentence_before(words[0]) if page.opens_sentence(words[0]) else None
    if before is None or _SILENT.search(page.text, *before) is not None:
        return None
    if _is_question(page, quoted, before):
        return None  # Will she keep Lund? "Of course."
    asked = _PUT_TO.search(page.text, *before)
    if asked is not None and not stands_in(quoted, asked.start()):
        subjects = [cast.of(p) for p in people_in(cast, quoted, (before[0], asked.start()))]
        named = next((p for p in cast.printed_in(asked.start(), asked.end()) if asked["pronoun"] is None), None)
        found = discourse.antecedent(asked["pronoun"], asked.start(), barred=subjects) if asked["pronoun"] is not None else None
        hearer = cast.of(named) if named is not None else found.referent.name if found is not None and found.clear else None
        return hearer if hearer is not None and hearer.kind == "person" else None
    asked = _ASKED.search(page.text, max(0, before[0] - 4), before[1])
    if asked is not None and asked.end() > before[0]:
        named = next((p for p in cast.printed_in(asked.end(), before[1]) if p.titled == asked.end()), None)
        return cast.of(named) if named is not None and cast.of(named).kind == "person" else None
    printed = _acting(page, people_in(cast, quoted, before), before)
    if not printed:
        pronoun = _PRONOUN.match(page.text, *before)
        found = discourse.antecedent(pronoun[1].lower(), words[0]) if pronoun is not None else None
        return found.referent.name if found is not None and found.clear else None
    first, person = printed[0], cast.of(printed[0])
    if any(cast.of(p) is person for p in cast.printed_in(*words)):
        return None  # Veld was my friend
    if _INTRODUCES.fullmatch(page.text, before[0], first.titled) is not None:
        return person
    others = [cast.of(p) for p in printed if cast.of(p) is not person]
    if others:
        return person if _leads(page, cast, first, before) and all(o.full == last for o in others) else None
    if _leads(page, cast, first, before) or _LEADING.fullmatch(page.text, before[0], first.titled) is not None:
        return person
    first_person = _FIRST_PERSON.search(page.text, *words) is not None and _unnamed_subject(page, before) is None
    return person if first_person else None


def asked(page: ArticleView, cast: Cast, pronoun: str, position: int) -> Name | None:
    """Who answers by a pronoun, as a clause before it tells who was asked: *When we asked Ann Veld why, she said*."""
    if pronoun not in ("he", "she") or page.text[max(0, position - 2) : position] != ", ":
        return None
    sentence = page.sentence_at(page.paragraph_at(position), position)
    m = _WAS_ASKED.match(page.text, *sentence) if sentence is not None and position - sentence[0] < _CLAUSE else None
    at = [p for p in cast.printed_in(m.end(), position) if p.titled == m.end()] if m is not None else []
    name = cast.of(at[0]) if at else None
    fits = name is not None and name.kind == "person" and fitness(name, name.gender, PRONOUN_GENDER[pronoun]) > AGAINST
    return name if fits else None


def brought_in(page: ArticleView, cast: Cast, quoted: Sequence[Chars], pronoun: str, at: int, words: Chars) -> Name | None:
    """The one person of the pronoun's gender whom the sentence right before brings in, and who speaks next.

    It is the doer of what the sentence tells of a thing (*The campaign was led by Ann Veld. "...," she said*), or, before a
    quotation in its paragraph, its subject (*Ann Veld agreed. "Not a soul," she said*); not where the words tell of somebody else
    of that gender.

    Args:
        page: the article.
        cast: its names.
        quoted: the quotations, in text order.
        pronoun: a form of *he* or *she*; None is found for others.
        at: where the report begins, with its attribution.
        words: the span of its words.
    """
    subject = _SUBJECT_FORM.get(pronoun, pronoun)
    before = page.sentence_before(at) if subject in _OTHERS and page.opens_sentence(at) else None
    people = people_in(cast, quoted, before) if before is not None else []
    if before is None or not people or any(cast.of(p) is not cast.of(people[0]) for p in people):
        return None
    name = cast.of(people[0])
    if fitness(name, name.gender, PRONOUN_GENDER[pronoun]) <= AGAINST:
        return None
    if _BY.fullmatch(page.text, before[0], people[0].titled) is not None:
        done = _BEFORE_BY.split(page.text[before[0] : people[0].titled], maxsplit=1)[0]
        return name if not any(is_person_noun(w) for w in done.lower().split()) else None  # the mayor was praised by Veld
    owns = _owns_subject(page, people[0], before)
    beside, direct = "\n" not in page.text[before[1] : at], words[0] == at and stands_in(quoted, at)
    if not direct:  # Veld's temper cooled. He said
        return name if owns and beside and page.text[at : at + 3].lower().rstrip() == subject else None
    new = owns and name.mentions[0][0] == people[0].start and " " in name.full  # Ann Veld's shop is empty.¶ "...," she said
    whole = page.paragraph_at(before[0])
    beside = beside or (whole.start, whole.end) == before  # Ann Veld was more guarded.¶ "...," she said
    if not (beside or new) or not (owns or _leads(page, cast, people[0], before)) or _tell_of_another(page, subject, words):
        return None
    silent = _SILENT.search(page.text, *before) is not None
    return name if not silent and _BEFALLEN.search(page.text, *before) is None else None


def _owns_subject(page: ArticleView, p: PrintedName, sentence: Chars) -> bool:
    """Whether a sentence begins with what is somebody's, and speaks of nobody else: *Veld's temper cooled*."""
    owned = _OWNED.match(page.text, p.end)
    if owned is None or _FRONT.fullmatch(page.text, sentence[0], p.titled) is None:
        return False
    return not any(is_person_noun(w) for w in _SMALL.findall(page.text, p.end, sentence[1]))


def _tell_of_another(page: ArticleView, subject: str, words: Chars) -> bool:
    """Whether words tell of a man, or of a woman, whom they do not bring in themselves: *"He was kind," Veld said*, but *"The
    coach phoned me, he was kind."*
    """
    other = _OTHERS[subject].search(page.text, *words)
    return other is not None and not any(is_person_noun(w.lower()) for w in _LETTERS.findall(page.text, words[0], other.start()))


def _owner_before(page: ArticleView, cast: Cast, discourse: Discourse, start: int) -> Name | None:
    """Whose the words behind a colon are told to be."""
    sentence = page.sentence_at(page.paragraph_at(start), start - 1)
    if sentence is None:
        return None
    people = [p for p in cast.printed_in(max(sentence[0], start - _FAR), start) if cast.of(p).kind == "person"]
    if people and _LAST_WORD.match(page.text, people[-1].end) and _SAYING_OF.search(page.text, sentence[0], people[-1].titled):
        return cast.of(people[-1])
    m = _WORDS_OF.search(page.text, max(sentence[0], start - _FAR), start)
    if m is not None and m["who"][0] in "’'":
        owner = next((p for p in people if p.end == m.start()), None)
        return cast.of(owner) if owner is not None else None
    if m is not None:
        hearers = [cast.of(p) for p in people if p.start > m.start()]
        found = discourse.antecedent(m["who"].lower(), m.start(), barred=hearers)
        return found.referent.name if found is not None and found.clear else None
    first = people[0] if people and all(cast.of(p) is cast.of(people[0]) for p in people) else None
    leads = first is not None and (
        first.start in cast.subjects or _FOR.fullmatch(page.text, sentence[0], first.titled) is not None
    )
    return cast.of(first) if first is not None and leads else None


def is_silent(page: ArticleView, cue: Chars | None) -> bool:
    """Whether a verb tells that somebody would not speak: *declined to comment*."""
    return cue is not None and _SILENT.search(page.text, max(0, cue[0] - 12), cue[1] + 24) is not None


def people_in(cast: Cast, quoted: Sequence[Chars], span: Chars) -> list[PrintedName]:
    """The people who are named in a stretch, outside quotations."""
    printed = (p for p in cast.printed_in(*span) if not stands_in(quoted, p.start))
    return [p for p in printed if cast.of(p).kind == "person" and cast.of(p).sure and not is_modifier(cast.text, p)]


def _acting(page: ArticleView, people: Sequence[PrintedName], sentence: Chars) -> list[PrintedName]:
    """Without those who but tell who the subject is: *Veld's mother wept*, *Supporters of Veld booed*, *In Veld's town*."""
    lead = _OF_SOMEBODY.match(page.text, *sentence)
    fronted = _FRONTED.match(page.text, *sentence)  # When Lund asked, Veld shrugged
    begin = fronted.end() if fronted is not None and any(p.titled >= fronted.end() for p in people) else sentence[0]
    kept = []
    for p in (p for p in people if p.titled >= begin):
        owned = _OWNED.match(page.text, p.end)
        if owned is not None and any(_may_speak(w) for w in owned.group().split()[1:]):
            continue
        if lead is None or lead.end() != p.titled:
            kept.append(p)
    return kept


def _leads(page: ArticleView, cast: Cast, p: PrintedName, sentence: Chars) -> bool:
    """Whether a person is the subject with which a sentence begins: *Veld*, *Lund's brother, Bo Veld,*, *the youngest, Veld,*."""
    if _PRONOUNS.match(page.text, *sentence) is not None:
        return False
    if p.start in cast.subjects or _KIN_BEFORE.fullmatch(page.text, sentence[0], p.titled) is not None:
        return True
    return _CALLED_SO.fullmatch(page.text, sentence[0], p.titled) is not None and page.text[p.end : p.end + 1] in (",", " ")


def turned_before(page: ArticleView, cast: Cast, quoted: Sequence[Chars], start: int, speaker: str | None) -> Turn | None:
    """To whom an article turns in the sentence right before a position, if not to the one who spoke last.

    Returns:
        ``named``: another person, by name; ``unnamed``: somebody, of whom it tells how they took it (*One woman wept*);
        ``perhaps``: somebody without a name, who may be but a part of what the last speaker tells (*A neighbour came*);
        ``silent``: somebody who would not speak.
    """
    before = page.sentence_before(start) if page.opens_sentence(start) else None
    if before is None or stands_in(quoted, before[0]) or _is_question(page, quoted, before):
        return None
    if _SILENT.search(page.text, *before) is not None:
        return "silent"
    people = _acting(page, people_in(cast, quoted, before), before)
    if people:
        return "named" if _leads(page, cast, people[0], before) and cast.of(people[0]).full != speaker else None
    subject = _unnamed_subject(page, before)
    if subject is None:
        return None
    if _FELT.search(page.text, subject.end(), min(before[1], subject.end() + _NEAR)) is not None:
        return "unnamed"
    if (subject["det"] or "").lower().split(" ")[0] not in _ONE:
        return None
    p = page.paragraph_at(start)
    steps_up = before[0] == p.start and _OF_ANOTHER.match(page.text, start) is None  # A woman pushed to the front. "..."
    return "unnamed" if steps_up else "perhaps"


def named_since(page: ArticleView, cast: Cast, since: int, start: int) -> str | None:
    """Who is the last person to be named between two positions, but for the paper's own question right before the second."""
    before = page.sentence_before(start)
    asked = before is not None and since <= before[0] and page.text[before[1] - 1] == "?"
    end = before[0] if before is not None and asked else start
    named = reversed(cast.printed_in(max(since, start - _LONG_AGO), end))
    return next((n.full for n in map(cast.of, named) if n.kind == "person" and n.sure), None)


def other_named(page: ArticleView, cast: Cast, quoted: Sequence[Chars], start: int, last: str | None) -> Name | None:
    """The one person but the last speaker who is named in the paragraphs before a position: the other one of an exchange."""
    k = page.paragraph_at(start).index
    begin = max(page.paragraphs[max(k - _PARTIES, 0)].start, start - 2 * _PARTIES * _FAR)
    names = {id(n): n for p in people_in(cast, quoted, (begin, start)) if (n := cast.of(p)).full != last}
    return next(iter(names.values())) if last is not None and len(names) == 1 else None


def _is_question(page: ArticleView, quoted: Sequence[Chars], sentence: Chars) -> bool:
    """Whether a sentence is a question of the paper's own: *Will she go?*."""
    return page.text[sentence[1] - 1] == "?" and not stands_in(quoted, sentence[1] - 1)


def _unnamed_subject(page: ArticleView, sentence: Chars) -> re.Match[str] | None:
    """The noun for somebody, or for several, with which a sentence begins."""
    m = _SOMEBODY.match(page.text, *sentence)
    determiner = (m["det"] or "").lower() if m is not None else ""
    return m if m is not None and any(_is_somebody(w.lower(), determiner) for w in m["words"].split()) else None


def _is_somebody(noun: str, determiner: str) -> bool:
    """Whether a noun is for somebody; without an article, for several; with one, perhaps for a crowd."""
    several = noun in PLURALS or noun in _SOME or (singular(noun) != noun and is_person_noun(singular(noun)))
    return several or (bool(determiner) and (is_person_noun(noun) or noun in _CROWD))


def _may_speak(noun: str) -> bool:
    """Whether a noun is for somebody or for a body that speaks: *mother*, *lawyers*, *office*; not *voice*."""
    low = noun.lower().rstrip(",")
    return is_person_noun(singular(low)) or low in PLURALS or low in BODIES or low in _PLACES


def is_heading(page: ArticleView, start: int) -> bool:
    """Whether a heading in quotation marks begins at a place: *“It was dark”*, of somebody who speaks below."""
    return any(map(page.is_heading, page.quotations_in([(start, start + 1)])))

"""Two reports of one speaker read as one: *said it was late and said nobody came*, *called it "mad", adding that it hurt*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..lexicon.cues import cue_verb
from ..lexicon.forms import lemma, lemmas, parts_of_speech
from ..lexicon.nouns import is_person_noun
from ..lexicon.words import ADVERBS, COORDINATORS, DETERMINERS, PREPOSITIONS, RELATIVES, SUBORDINATORS
from ..text import subjects
from ..text.chars import Chars, joined, overlaps, without_all
from ..text.marks import Quoted
from ..text.subjects import SAME_FORMS, is_past, noun_behind, pronoun_before, subject_first, subject_next
from ..text.view import ArticleView
from .utterances import Utterance, ends_before_another, right_before, trimmed

_ADVERB = r"(?:also |then |later |further |again |\w+ly )?"
_AND = re.compile(rf"(?:,? (?:and|but)|;) (?:has |had |have )?{_ADVERB}([a-z]+) (?=(?P<next>\S+))")
_PARTICIPLE = re.compile(r",? (?:and |while )?([a-z]+ing)(?: that)? (?=\S)")
_HAS = re.compile(r"\b(?:has|had|have) ")
_PRESENT = re.compile(r"\b(?:is|are|has|have|will|can|must|does|do|cannot|isn[’']t|aren[’']t)\b")
_THAT = re.compile(r"\bthat\b")
_SAME = re.compile(rf"(?:,? (?:and|but|or|then)|[,;]) (?:has |had |have |also |later |then )*{_ADVERB}\Z")
_ASIDE = re.compile(r"(?P<who>[^,;:.“”\"]{2,60}), (?:who|which|whose)\b[^,;.“”\"]{2,150}, (?:has |had |have |also )?\Z")
_AFTER = re.compile(
    r"(?:(?:But|And|Yet|So) )?(?:(?:After|Before|While|When|By|Without|Upon|On|In|Since) )?", re.IGNORECASE
)  # alleging it, Lund said
_NAME_BEFORE = re.compile(  # WHO on Monday said
    r"(?P<who>(?:The )?[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,4}?) (?:on [A-Z]\w+day |also |later |in a statement )?"
)
_IN_WRITING = re.compile(  # Lund met her at home, and in a letter wrote
    r"(?P<who>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,4}) [a-z][^;:\n\"“”]{2,120}?,? (?:and|but) (?:then |later )?"
    r"in (?:an?|his|her|its|their|one|the same) (?:[\w-]+ ){0,2}?(?:address|affidavit|article|blog|broadcast|column|e-?mail|"
    r"filing|interview|letter|memo|message|note|petition|post|release|reply|response|speech|statement|text|tweet|video) \Z"
)
_DOING = re.compile(r"[A-Z][a-z]+ing (?:[a-z][\w’'-]* ){1,8}?(?=(?:the )?[A-Z])")  # Giving details | the Tarvo Bureau
_CLOSE = 3  # characters between a verb and a quotation
_ADDRESSED = re.compile(  # Lund wrote to the council demanding
    r"(?:(?:On|In|At|By|After|Before|Since|During|Last|Later|Earlier)\b[^,]{1,40}, )?(?P<who>[^,.;:\n\"“”]{2,80}?) "
    r"(?:has |had |have |also |then |later |again |once )*"
    r"(?:called|phoned|telephoned|rang|contacted|approached|petitioned|lobbied|wr[io]tes?|written|cabled|faxed|texted|"
    r"messaged|e-?mailed) (?:again |back )?(?:to |with )?(?:(?:the|an?|its|his|her|their) )?\Z"
)
_ASKING = ("demand", "ask")
_AND_BARE = re.compile(r",? (?:and|or)(?: then| also| even)? ")
_NAMES = ("call", "describ", "label", "brand", "dub", "term", "deem")
_CALLED = re.compile(
    r" (?:(?:the|an?|this|that|its|his|her|their) (?:[\w-]+ ){0,2}?)?(?P<noun>it|this|that|[a-z][\w-]*)(?: as)? "
)
_AND_WHO = re.compile(r",? (?:and|while|but) (?P<who>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,3})(?: as)? ")
_TAIL = re.compile(r",? (?:and|but) (?:then |later |also |promptly |soon |\w+ly )?(?P<verb>[a-z]+) (?P<next>[\w’'-]+)")
_BEFORE_BASE = frozenset("to would will could can should must may might shall".split())
_SAYING = frozenset("say add note tell believe think know".split())  # behind which a clause may have no verb that is known
_OBJECTS = DETERMINERS | frozenset("him them it himself herself itself themselves".split())
_ADVERBS = ADVERBS | {"not", "never", "even"}
_COME_AND = frozenset("come go try".split())  # and what is then done is no second thing
_PARTICLES = frozenset("out up off down away back home".split())
_OTHER_CLAUSE = (
    RELATIVES
    | (SUBORDINATORS - {"as"})
    | frozenset("is are was were be been being has had have do does did get gets see make help let lest".split())
)
_OF = re.compile(r"\bof (?:the )?\Z")
_CARRYING = re.compile(
    r"(?P<who>(?:The|An?|This|That|Its|His|Her) (?:[\w’'-]+ ){0,4}[\w’'-]+), [a-z]+(?:ing|ed) [^.;:\"“”]{1,80}"
)
_BESIDES = frozenset("add note stress emphasise emphasize reiterate underline underscore highlight affirm indicate".split())
_BEHIND = re.compile(r"[\s,.”\"’']{1,4}(?:while |and )?(?:also )?")
_JOINS = COORDINATORS | SUBORDINATORS | {"whereas", ""}
_WHEN = re.compile(r"(?:as|while|when|after|before|until) ")  # what went on as it was said
_TAKEN = re.compile(r"(?:(?:dis)?agree(?:s|d)?|nod(?:s|ded)?|(?:laugh|sigh)(?:s|ed)?|(?:shrug)(?:s|ged)?|smile[sd]?|weeps?|wept)")
_BEHIND_ATTRIBUTION = re.compile(r"[^\n\"“”]{0,80}[.] ")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_REACH = 400  # characters of a report in which a second verb is looked for
_LEADING = 60  # characters in which a clause has its verb


def parted_reports(page: ArticleView, seen: Sequence[Utterance]) -> list[Utterance]:
    """The attributions, and as ones of their own those that another's content holds behind a second verb of the same speaker.

    The second verb is the speaker's where it repeats the first (*said ... and said*), where a *that*-clause between is told in
    the present and both verbs in the past (*declared that it is late and expressed sympathy*), or where it is a participle of
    saying behind words with a quotation and a comma, or right before a quotation.
    """
    out = list(seen)
    for u in seen:
        if (end := _goes_on_itself(page, u)) is not None:
            u.content[-1] = (u.content[-1][0], end)
        if (end := ends_before_another(page, u, seen)) is not None:
            u.content = trimmed(page, [*u.content[:-1], (u.content[-1][0], end)]) or u.content
        if (another := _another_says(page, u)) is not None:
            out.append(another)
        cut = _second_report(page, u)
        if cut is None or u.cue is None:
            continue
        joint, cue, end = cut
        content = trimmed(page, [(cue[1], end)])
        u.content = trimmed(page, [(s, min(e, joint)) for s, e in u.content if s < joint])
        if content and not any(o.cue is not None and overlaps(o.cue, cue) for o in seen):
            out.append(Utterance(content, cue, u.source, u.features, u.sure))
    return [u for u in out if u.content]


def _another_says(page: ArticleView, u: Utterance) -> Utterance | None:
    """The second half of *Veld called it “a disgrace” and Lund “a gift”*, which another says with the same verb; it is taken from
    the first. Of *called Veld “a liar” and Lund “a thief”*, where both are people, one says all.
    """
    if u.cue is None or u.source is None or u.source[1] > u.cue[0]:
        return None
    text, quoted = page.text, page.quotations_in(u.content)
    for first, second in pairwise(q for q in quoted if q.start >= u.cue[1]):
        what = _CALLED.fullmatch(text, u.cue[1], first.start)
        who = _AND_WHO.fullmatch(text, first.end, second.start)
        last = what["noun"].lower() if what is not None else ""
        if who is None or not last or not text[u.cue[0] : u.cue[1]].lower().startswith(_NAMES) or is_person_noun(last):
            continue
        u.content = [(s, min(e, first.end)) for s, e in u.content if s < first.end]
        return Utterance([(second.start, second.end)], u.cue, who.span("who"), u.features, u.sure)
    return None


def _goes_on_itself(page: ArticleView, u: Utterance) -> int | None:
    """Where a report ends behind which the sentence goes on with a second verb of its subject: *vowed to fight and left the
    hall*, *said he would pay and called the police*, *claimed victory and took the oath*.

    A verb in the past does not go with *to fight* or *would pay*, nor with a noun without a verb: it goes with the cue.
    """
    text = page.text
    if u.cue is None or u.content[-1][0] < u.cue[1] or page.quotations_in(u.content[-1:]):
        return None
    lo, hi = u.content[-1]
    verb = cue_verb(text[slice(*u.cue)].lower().split()[-1]) or cue_verb(text[slice(*u.cue)].lower().split()[0])
    spoken = verb is not None and verb.lemma in _SAYING
    for m in _TAIL.finditer(text, lo, min(hi, lo + _REACH)):
        word, following = m["verb"], m["next"]
        if not is_past(word) or word in lemmas(word) or following == "by":
            continue
        before = [w.group() for w in _WORD.finditer(text, lo, m.start())]
        bare = next((k for k, w in enumerate(before) if w in _BEFORE_BASE), None)
        rest = () if bare is None else before[bare + 1 :]
        base = next((w for w in rest if not w.endswith("ly") and w not in _ADVERBS), None)
        if any(w.lower() in _OTHER_CLAUSE or (is_past(w) and w is not base) for w in (*before[:bare], *rest)):
            continue
        if base is not None and base not in _COME_AND and "VERB" in parts_of_speech(base) and base in lemmas(base):
            if following in _OBJECTS or following in PREPOSITIONS | _PARTICLES:
                return m.start()
        elif bare is None and not spoken and following in _OBJECTS:
            return m.start()
    return None


def each_its_own(page: ArticleView, seen: Sequence[Utterance]) -> None:
    """Leave quotations that each have an attribution right behind to it, and what the paper tells between them to nobody:
    *"It was theft," said Lund, and "a loan," said Veld*.
    """
    own = {id(u): q for u in seen if (q := right_before(page, u)) is not None}
    for u in seen if len(own) > 1 else ():
        mine = own.get(id(u))
        others = [(q, o) for o in seen if mine is not None and (q := own.get(id(o))) is not None and q is not mine]
        taken = [_attributed(page, q, o) for q, o in others if any(overlaps((q.start, q.end), span) for span in u.content)]
        if mine is None or not others:
            continue
        kept: list[Chars] = []
        for span in u.content:
            cut = any(overlaps(span, part) for part in taken)
            for s, e in without_all([span], taken):
                if not cut:
                    kept.append((s, e))
                else:  # what stood in one span with the other's words
                    kept += [(q.start, q.end) for q in page.quotations_in([(s, e)]) if s <= q.start and q.end <= e]
        kept = [_unjoined(page, (s, e)) for s, e in kept if _WHEN.match(page.text, s, e) is None or page.quotations_in([(s, e)])]
        if any(overlaps((mine.start, mine.end), span) for span in kept):
            u.content = joined(kept)


def go_on(page: ArticleView, seen: Sequence[Utterance]) -> None:
    """Leave a quotation with a full stop to whoever spoke right before it, not to one who takes it up in the next sentence:
    *"It is a mess," said Veld. "Nobody came." Lund agreed.*
    """
    for u in seen:
        if u.cue is None or u.source is None or len(u.content) != 1 or _TAKEN.fullmatch(page.text, *u.cue) is None:
            continue
        q = next(iter(page.quotations_in(u.content)), None)
        behind = q is not None and (q.start, q.end) == u.content[0] and page.wordless(q.end, u.source[0]) and q.end <= u.source[0]
        if q is None or not behind or page.text[q.inner_end - 1] != "." or not page.text[u.source[0]].isupper():
            continue
        for o in seen:
            own = right_before(page, o) if o is not u else None
            if own is None or o.cue is None or own.end > q.start:
                continue
            end = max(o.cue[1], o.source[1] if o.source is not None and o.source[0] < q.start else 0)
            if end <= q.start and _BEHIND_ATTRIBUTION.fullmatch(page.text, end, q.start) is not None:
                o.content, u.content = joined([*o.content, (q.start, q.end)]), []
                break


def _unjoined(page: ArticleView, span: Chars) -> Chars:
    """Words without the conjunction before a quotation with which they begin: *while | "I heard a bang,"*."""
    first = next((q.start for q in page.quotations_in([span]) if q.start >= span[0]), span[1])
    return (first, span[1]) if page.text[span[0] : first].strip(" ,;").lower() in _JOINS and first < span[1] else span


def _attributed(page: ArticleView, q: Quoted, u: Utterance) -> Chars:
    """A quotation with the attribution right behind it."""
    assert u.cue is not None
    source = u.source if u.source is not None and q.end <= u.source[0] and u.source[0] <= u.cue[1] + 1 else u.cue
    return q.start, max(u.cue[1], source[1])


def told_apart(page: ArticleView, found: Sequence[Utterance]) -> list[Utterance]:
    """The attributions, no words of one being another's subject (*describing the plan Veld said*), and without those that are but
    words of the one before: *suggested that they pay and tell nobody*, where the second verb is no form that has a subject.
    """
    subjects = {
        u.source[1]: u.source for u in found if u.cue is not None and u.source is not None and u.source[1] + 1 == u.cue[0]
    }
    for u in found:
        own = subjects.get(u.content[-1][1])
        if own is not None and own != u.source and u.content[-1][0] < own[0]:
            u.content = trimmed(page, [*u.content[:-1], (u.content[-1][0], own[0])])
    told = sorted((u for u in found if u.cue is not None and u.content), key=lambda u: u.cue or (0, 0))
    within: set[int] = set()
    for before, u in pairwise(told):
        if id(before) not in within and _is_infinitive(page.text, before, u):
            before.content[-1] = (before.content[-1][0], u.content[-1][1])
            within.add(id(u))
    return [u for u in found if id(u) not in within and u.content]


def _is_infinitive(text: str, before: Utterance, u: Utterance) -> bool:
    """Whether a verb goes on from the words of a report, and its form does not go with the subject of the report's verb."""
    assert before.cue is not None and u.cue is not None
    word, first = text[slice(*u.cue)].split(" ")[0], text[slice(*before.cue)].split(" ")[-1]
    if word not in lemmas(word) or word in SAME_FORMS or lemma(first) == first:
        return False
    own = u.source is None or u.source == before.source
    lo, hi = before.content[-1]
    behind = before.cue[1] <= lo and u.cue[1] <= u.content[0][0]
    return own and behind and (_AND_BARE.fullmatch(text, hi, u.cue[0]) is not None or (lo < u.cue[0] and hi == u.cue[1]))


def lend_sources(page: ArticleView, seen: Sequence[Utterance]) -> None:
    """Give a verb that has no source the subject that stands before it in its sentence: that of the verb that it goes on from
    (*called it mad and said*), or the one with a relative clause behind (*Veld, who lives there, said*).
    """
    told = sorted((u for u in seen if u.cue is not None), key=lambda u: u.cue or (0, 0))
    for u in told:
        if u.source is not None and u.cue is not None and _OF.search(page.text, max(0, u.source[0] - 8), u.source[0]) is not None:
            u.source = _whole_source(page, u.source, u.cue, told)
    for n, u in enumerate(told):
        u.source = _who_asks(page, u)
        if n and u.source is not None:
            u.source = next(filter(None, (_main_subject(page, o, u) for o in reversed(told[max(0, n - 3) : n]))), u.source)
        if u.cue is not None and u.source is not None and _of_another_sentence(page, u.source, u.cue):
            u.source = None
        if u.cue is None or u.source is not None or (verb := cue_verb(page.text[slice(*u.cue)].lower().split(" ")[-1])) is None:
            continue
        if verb.act == "speech" and " " not in page.text[slice(*u.cue)]:
            u.source = _beside(page.text, u, u.cue)
            u.source = u.source or subjects.agent_behind(page.text, u.cue)
        if u.source is not None or verb.act != "speech" or not any(u.cue[1] <= s for s, _ in u.content):
            continue
        sentence = page.sentence_at(page.paragraph_at(u.cue[0]), u.cue[0])
        begin = sentence[0] if sentence is not None else u.cue[0]
        before = told[n - 1] if n else None
        if before is not None and (before.source is None or before.source[0] < begin):
            before = None
        if before is not None and _same_subject(page.text, before, u.cue):
            u.source = before.source
        elif _AFTER.fullmatch(page.text, begin, u.cue[0]) is not None and page.text[u.cue[1] - 3 : u.cue[1]] == "ing":
            u.source = next((o.source for o in told[n + 1 :] if o.source is not None and _opens_clause(page, u, o.source)), None)
            u.source = u.source or subject_next(page.text, u.content[-1][1])
        elif (name := _NAME_BEFORE.fullmatch(page.text, begin, u.cue[0])) is not None and verb.cue_class == "say":
            u.source = name.span("who")
        elif (letter := _IN_WRITING.fullmatch(page.text, begin, u.cue[0])) is not None:
            u.source = letter.span("who")
        elif (aside := _ASIDE.fullmatch(page.text, begin, u.cue[0])) is not None:
            doing = _DOING.match(page.text, *aside.span("who"))
            u.source = (doing.end() if doing is not None else aside.start("who"), aside.end("who"))
        else:
            u.source = _subject_of(page, u, begin) or subjects.subject_of_second(page.text, begin, u.cue[0])


def _subject_of(page: ArticleView, u: Utterance, begin: int) -> Chars | None:
    """The subject with which a sentence begins, for a participle before a quotation: *He gave her the drum, saying, “...”*."""
    if u.cue is None or page.text[u.cue[1] - 3 : u.cue[1]] != "ing" or page.text[u.cue[0] - 2 : u.cue[0]] != ", ":
        return None
    near = any(q.start - u.cue[1] <= _CLOSE for q in page.quotations_in(u.content) if q.start >= u.cue[1])
    return subject_first(page.text, begin, u.cue[0]) if near and not page.quotations_in([(begin, u.cue[0])]) else None


def _of_another_sentence(page: ArticleView, source: Chars, cue: Chars) -> bool:
    """Whether a participle opens its sentence, and who stands before it is no subject of that."""
    return page.text[cue[1] - 3 : cue[1]] == "ing" and page.opens_sentence(cue[0]) and source[1] <= cue[0]


def _beside(text: str, u: Utterance, cue: Chars) -> Chars | None:
    """The pronoun right before a verb with its words behind it (*he also claimed that*), or the noun phrase behind one with its
    words before it (*..., claimed the port authority.*).
    """
    if text[cue[1] - 3 : cue[1]] == "ing":
        return None
    if u.content[0][0] >= cue[1]:
        return pronoun_before(text, cue[0])
    return noun_behind(text, cue[1]) if u.content[-1][1] <= cue[0] and text[cue[0] - 2] in ',”"' else None


def _same_subject(text: str, before: Utterance, cue: Chars) -> bool:
    """Whether a verb goes on from the one before it, or from its words: *called it mad and said*, *said the press “knows it”
    specifying that*.
    """
    if before.cue is None or before.source is None:
        return False
    if _SAME.search(text, before.cue[1], cue[0]) is not None and before.source[1] <= before.cue[0]:
        return True
    ended = max(before.content[-1][1], before.cue[1], before.source[1])  # "...," noted the judge, adding that
    return text[cue[1] - 3 : cue[1]] == "ing" and _BEHIND.fullmatch(text, ended, cue[0]) is not None


def _who_asks(page: ArticleView, u: Utterance) -> Chars | None:
    """The source; of a participle that asks behind whom somebody turned to, the latter: *Veld wrote to the council demanding*."""
    if u.source is None or u.cue is None or u.source[1] + 1 != u.cue[0]:
        return u.source
    verb = cue_verb(page.text[slice(*u.cue)].split(" ")[0])
    own = page.sentence_at(page.paragraph_at(u.cue[0]), u.cue[0])
    if own is None or verb is None or verb.cue_class not in _ASKING or page.text[u.cue[0] : u.cue[1]].split(" ")[0][-3:] != "ing":
        return u.source
    turned = _ADDRESSED.fullmatch(page.text, own[0], u.source[0])
    return turned.span("who") if turned is not None else u.source


def _main_subject(page: ArticleView, before: Utterance, u: Utterance) -> Chars | None:
    """The subject of a verb of saying, for a participle that goes on from it and was read as that of somebody within its words:
    *Veld said that the Tarvo Fund helps pupils, noting that it pays for visits*.
    """
    if before.cue is None or before.source is None or u.cue is None or u.source is None:
        return None
    if page.text[u.cue[1] - 3 : u.cue[1]] != "ing":
        return None
    verb, first = cue_verb(page.text[slice(*u.cue)]), cue_verb(page.text[slice(*before.cue)].split(" ")[-1])
    goes_on = verb is not None and verb.lemma in _BESIDES and page.text[u.cue[0] - 2 : u.cue[0]] == ", "
    said = first is not None and first.act == "speech" and before.source[1] <= before.cue[0]
    within = before.cue[1] <= u.source[0] and u.source[1] <= u.cue[0]
    own = page.sentence_at(page.paragraph_at(u.cue[0]), u.cue[0])
    return before.source if goes_on and said and within and own is not None and own[0] <= before.source[0] else None


def _opens_clause(page: ArticleView, u: Utterance, source: Chars) -> bool:
    """Whether a source stands right behind the words of an utterance and a comma."""
    end = u.content[-1][1]
    return page.text[end : source[0]] in (", ", ",” ", '," ') or page.text[end - 1 : source[0]] == ", "


def _whole_source(page: ArticleView, source: Chars, cue: Chars, told: Sequence[Utterance]) -> Chars:
    """The noun phrase that a source behind *of* is only the end of: another's source that holds it (*the head of Tarvo Rail,
    Ann Veld*), or the subject with a participle (*the decree, carrying the signature of Ann Veld, says*).
    """
    around = (o.source for o in told if o.source is not None and o.source[0] < source[0] < o.source[1])
    if (wider := next(around, None)) is not None:
        return wider
    sentence = page.sentence_at(page.paragraph_at(source[0]), source[0])
    m = _CARRYING.fullmatch(page.text, sentence[0], source[0]) if sentence is not None and source[1] <= cue[0] else None
    return m.span("who") if m is not None else source


def _second_report(page: ArticleView, u: Utterance) -> tuple[int, Chars, int] | None:
    """Where the first report ends, the second verb, and where its words end."""
    if u.cue is None:
        return None
    text = page.text
    first = text[slice(*u.cue)].lower().split()[-1]
    for lo, hi in (span for span in u.content if u.cue[1] <= span[0]):
        quoted = page.quotations_in([(lo, hi)])
        for pattern in (_AND, _PARTICIPLE):
            for m in pattern.finditer(text, lo, hi):
                at = m.start(1)
                verb = cue_verb(m.group(1))
                if verb is None or any(q.start < at < q.end for q in quoted):
                    continue
                joins = pattern is _AND and _HAS.search(text, m.start(), at) is None
                if joins and subjects.told_of_thing(text, first, lo, m.start(), m.group(1), m["next"]):
                    speaks = True
                elif verb.act != "speech":
                    continue
                elif pattern is _AND:
                    past = first.endswith("d") and m.group(1).endswith("d") and _THAT.search(text, u.cue[1], lo) is not None
                    clash = past and m.group(1) != first and _PRESENT.search(text, lo, min(lo + _LEADING, m.start())) is not None
                    speaks = m.group(1) == first or clash
                else:
                    behind = text[m.start()] == "," and any(lo <= q.start and q.end <= m.start() for q in quoted)
                    speaks = verb.cue_class == "say" and (behind or any(q.start == m.end() for q in quoted))
                if speaks:
                    return m.start(), m.span(1), hi
    return None

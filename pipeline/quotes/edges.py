"""Where the words of a report begin and end: whole clauses, names, brackets and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon.cues import cue_noun, cue_verb, is_telling, speaks
from ..lexicon.forms import lemma, parts_of_speech
from ..lexicon.nouns import BODIES, is_person_noun
from ..lexicon.tables import nouns
from ..lexicon.words import (
    ADVERBS,
    COORDINATORS,
    DAYS,
    DETERMINERS,
    FINITE,
    PARTICLE,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
)
from ..text.chars import Chars
from ..text.subjects import comment_begins, is_past, whole_around
from ..text.view import ArticleView

_INITIALS = re.compile(r"(?<![^\W_])[A-Za-z](?P<rest>(?:\.[A-Za-z])+(?![^\W_])\.?)")  # around 2 p|.m., the U|.S.
_LAST_INITIAL = re.compile(r"(?<![^\W_])[A-Za-z](?:\.[A-Za-z])+\Z")  # from 9 a.m|.
_PLACE_THAT = re.compile(r"[^,.;:\n\"“”]{2,80}? that (?=\S)")
_HYPHENED = re.compile(r"[-‐‑][^\W_]+")  # in Tarvo|-ruled lands
_CUT_SHORT = re.compile(r"\s+(?:the|an?|its|their|every|which|whose)\Z")  # related to the | mills
_MAY_GO_ON = re.compile(r"\s(?:this|these|those|his|some|other|most|as)\Z")
_REST = re.compile(r"(?: [\w’'-]+){1,8}(?=[,.;:])")
# the rest of a noun phrase, or of a clause, that was cut short
_PHRASE = re.compile(r" [^,.;:!?\n\"“”‘]{1,160}?(?=[,.;:!?\n]| [–—-] |\Z)")
_NEXT = re.compile(r" ([^\W_][\w’'-]*)")
_LAST = re.compile(r"(?:([^\W\d_]+) )?([^\W_][\w’'-]*)\Z")
_PARTICLES = re.compile(rf"(?: {PARTICLE}){{1,2}}(?: [^\W\d_a-z][\w’'-]*){{1,2}}")  # Bo | da Silva
_NO_END = frozenset("been between both each into less more most no our per such than very via with without your".split())
_BEFORE_VERB = frozenset("can cannot could may might must not should to will would".split())
_NO_NOUN = (
    ADVERBS
    | COORDINATORS
    | DAYS
    | DETERMINERS
    | FINITE
    | PREPOSITIONS
    | PRONOUNS
    | RELATIVES
    | SUBORDINATORS
    | frozenset("ago last next other following due inside outside instead rather given".split())
)
_TIMES = frozenset("day days week weeks month months year years hour hours minute minutes moment night morning".split())
_TELLING = frozenset("add allege argue assert believe claim insist note observe say state tell write".split())
_POINT_WITHIN = re.compile(r"(?<=\w)[’'.,](?=\w)")  # Veld|’s, 0|.6
_APPOSED = re.compile(r"an? (?P<words>[^,.;:\n\"“”]{3,80}), (?!who\b|which\b|aged\b|\d)")
_BODIES = nouns("organisation") | nouns("company") | nouns("media") | BODIES
_DATE_REST = re.compile(r"(?:(?:[A-Z][a-z]{2,8}\.? )?\d{1,2}, )?(?:19|20)\d\d,? (?=[^\W\d])")
_DATE = re.compile(r"\b(?:on|[A-Z][a-z]{2,8}\.?(?: \d{1,2},)?) \Z")
_NAMED = re.compile(
    r"(?:[^\W\d_a-z][\w.’'-]* ){1,4}?[^\W\d_a-z][\w.’'-]*, (?!(?:who|which|whose|an?|the|his|her|its|aged|now|then|former|\d)\b)"
)
_ROLE = re.compile(
    r"(?:the|its|his|her|their|[\w’'-]+[’']s) (?:[\w’'-]+ ){0,3}?(?P<noun>[A-Za-z-]+)(?: (?:of|for|at|in) .{2,120})?",
    re.IGNORECASE,
)
_IN_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]*\Z")  # the United | Kingdom, Norden and Tarvo
_REST_OF_LONG = re.compile(r"(?: [A-Z][\w’'-]*){1,4}(?=[,.;:]| [a-z])")
_CLOSED_BEFORE = re.compile(r"[^()\s]{0,12}\)[\s,;:.]*")
_BRACKET = 40  # characters in which a bracket closes that a report runs into
_CLAUSE_BEGINS = re.compile(r"[,;:—–(\"“”‘][\"”’ ]*")
_MANNER = re.compile(  # how it was said, and not what
    r" (?:(?:in|during|at) (?:an?|his|her|its|their|another|the same) (?:[\w’'-]+ ){0,3}?(?:interview|statement|tweet|speech|"
    r"(?:press|news|media) (?:conference|briefing|release)|briefing|(?:facebook|blog|instagram|media|twitter|linkedin) post|"
    r"video message|phone call)\b|when (?:asked|contacted|reached)\b|while (?:speaking|addressing|responding|replying|"
    r"answering|commenting)\b)(?P<rest>[^;:\n]*)\Z",
    re.IGNORECASE,
)
_PUTTING = frozenset(
    "make misquote write publish post send issue sign contain mention name play show use give hold appear".split()
)
_IS = frozenset("is was were are be been lies lay stands stood found appeared".split())
_OF_SOURCE = re.compile(r"\s+(?:that|which|who|whom|whose|where)\b")
_ALONE = ADVERBS | {"as"}  # the first word of a sentence that is no part of what is said
_REACH = 160  # characters of a clause in which its verb stands
_FIRST_WORDS = 8  # of a clause that may not have been read
_FOR = re.compile(r" for (?=[^,.;:\n]{2,80} to [a-z]+\b[^.;\n]{0,80}, )")  # said | for the plan to work, …
_BEFORE_OF = re.compile(
    r"(?:, [^,.;:\n]{2,40},)? (?P<noun>(?:an?|the|its|his|her|their|no|some|another) (?:[\w’'-]+ ){1,3})(?=of )"
)
_PLACING = re.compile(r" (?:at|in|before|to|with) (?:[\w’'-]+ ){0,6}")
_TAKES_OF = frozenset(
    "accuse approve assure boast complain convict dream hear inform know learn notify persuade remind speak suspect talk "
    "tell think tire warn".split()
)
_MEANWHILE = re.compile(r"\b(?:after|amid|before|despite|during|following|until|when|while|without)\b")
_BETWEEN_COMMAS = re.compile(r", [^,;:\n\"“”‘’]{2,120}, ")
_ADDED = re.compile(
    r", (?=(?:chiefly|especially|mainly|mostly|notably|particularly|and (?:neither|nor)|(?:(?:up|down) )?from \d))"
)
_GOES_ON = re.compile(  # prices rose, said Veld | , but fell in May
    rf", (?=(?:{'|'.join(sorted(COORDINATORS))}|to|with|because|unless|until|(?:before|after) (?!\w+ing\b)|"
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should)(?:n[’']t)?)\b)"
)
_BRACKETED = re.compile(r" \([^()\n]{1,40}\) [a-z][^,;:.!?\n\"“”]{2,120}(?=[.;]|\Z)")
_THOUGH = re.compile(
    r"(?:After|Although|As|Because|Before|Given|If|Once|Since|Though|Unless|Until|When|While) "
    r"(?!(?:\w+ing|far|for|then|to)\b)[^;:\n\"“”]{4,200}, "
)

_IF = re.compile(  # If the dam breaks, | officials say; When the lock is shut, | Veld says
    r"(?:(?:And|But|Yet|So),? )?(?P<if>(?:[Ee]ven if|[Ii]f|[Uu]nless|(?P<when>[Ww]hen(?:ever)?|[Ww]here(?:ver)?|[Oo]nce)) "
    r"[^;:\n\"“”]{4,200}), "
)
_HELPING = ("was", "were", "had", "did")
_FEW = 4  # words of a clause; If anything, Veld said
_NOW = re.compile(r"(?<!to )\b(?:is|are|has|have|can|cannot|does|do|must)(?:n[’']t)?\b")
_THEN = re.compile(r"\b(?:was|were|had|did|would)\b")


def _without_strays(page: ArticleView, content: list[Chars], cue: Chars, source: Chars | None) -> list[Chars]:
    """The parts of a report without words that stand by themselves in what the paper tells: of when it was said (*the mill is
    shut, said Veld after | the gates were closed*), in brackets of the editor's, or far behind a dash; and with an apposition
    that parts two of them.
    """
    text, said_by = page.text, [cue, *([source] if source is not None else [])]
    begin, end = min(said_by)[0], max(hi for _, hi in said_by)
    out = content[:1]
    for s, e in content[1:]:
        around = out[-1][1] <= begin and end <= s
        gap = text[end if around else out[-1][1] : s]
        own, told = page.sentence_at(page.paragraph_at(s), s), text[max(s - 2, 0) : s].strip()[-1:]
        if not page.quotations_in([(s, e)]) and not text.startswith("that ", s):
            if text[s] == "[" and text[e - 1] == "]":
                continue  # he claimed [this is baseless]
            within = told.isalnum() or told in "-‐"
            if around and within and _MEANWHILE.search(gap) is not None and not gap.endswith((" that ", " to ")):
                continue
            if not around and within and end <= out[-1][1] and any(mark in gap for mark in (" —", " –", ". ")):
                continue
            apposed = not around and s >= end and _BETWEEN_COMMAS.fullmatch(gap) is not None
            if apposed and own is not None and own[0] <= out[-1][0] and not any(speaks(w) for w in gap.split()):
                out[-1] = (out[-1][0], e)
                continue
        out.append((s, e))
    first = page.sentence_at(page.paragraph_at(out[0][0]), out[0][0]) if len(out) > 1 else None
    fronted = first is not None and out[0][1] <= begin and text.startswith("that ", out[1][0]) and end <= out[1][0]
    if fronted and first is not None and text[first[0] : out[0][0]].count(" ") > 1 and not page.quotations_in(out[:1]):
        return out[1:]  # Met at the gate, | where the bus stops, Veld said that
    return out


def _with_rest(page: ArticleView, content: list[Chars], cue: Chars, source: Chars | None) -> list[Chars]:
    """A report with what its attribution parts from it (*prices rose, said Veld, especially in May*), and with the rest of a
    phrase behind brackets.
    """
    text, (s, e) = page.text, content[-1]
    own = page.sentence_at(page.paragraph_at(s), s)
    begin, end = min(cue[0], (source or cue)[0]), max(cue[1], (source or cue)[1])
    if own is None:
        return content
    front = _IF.fullmatch(text, own[0], begin) if own[0] < begin and content[0][0] >= cue[1] else None
    if front is not None and _is_condition(front, text[slice(*cue)]) and not page.quotations_in([front.span()]):
        return [front.span("if"), *content]
    whole = whole_around(page, content, own, (begin, end))
    if whole is not None or page.quotations_in([(end, own[1])]):
        return content if whole is None else whole
    added = _ADDED.match(text, end, own[1]) if e <= begin else None
    added = added or (_GOES_ON.match(text, end, own[1]) if e <= begin and text[begin - 2 : begin] == ", " else None)
    words = text[added.end() : own[1]].split() if added is not None else []
    acts = len(words) > 1 and is_past(words[1]) and words[1] not in _HELPING  # and left
    paper = words[:1] != [] and words[0] in COORDINATORS and (acts or text.startswith("according", cue[0]))
    if added is not None and not paper and not any(map(speaks, words)):
        return [*content, (added.end(), own[1] - (text[own[1] - 1] == "."))]
    rest = _BRACKETED.match(text, e, own[1]) if s >= cue[1] and end <= e else None
    if rest is not None and not any(speaks(w) for w in rest.group().split()):
        return [*content[:-1], (s, rest.end())]
    return content


def _is_condition(front: re.Match[str], verb: str) -> bool:
    """Whether a clause before who says something tells when that holds, and not when it was said: *If it rains, Veld says*."""
    says = cue_verb(verb.lower().split()[-1])
    words = front["if"].split()
    if len(words) < _FEW or says is None or (says.cue_class, says.act) != ("say", "speech") or any(speaks(w) for w in words):
        return False
    return front["when"] is None or (_NOW.search(front["if"]) is not None and _THEN.search(front["if"]) is None)


def whole_report(page: ArticleView, content: list[Chars], cue: Chars, source: Chars | None) -> list[Chars]:
    """The content with what belongs to it: the first words of its clause (*Tarvo’s | mill will close, said Veld*), the rest of
    *p.m.*, the end of a bracket; and without what does not: who is cited (*according to posts | that the mill wrote*), or half
    a bracket.
    """
    text, out = page.text, _without_strays(page, list(content), cue, source)
    if source is not None and text[slice(*cue)].lower() == "according to" and out[0][1] <= cue[0]:
        relative = _OF_SOURCE.match(text, source[1])
        out = [(s, e) for s, e in out if relative is None or not source[1] <= s < relative.end()]
    if source is not None and text[slice(*cue)].lower() == "according to" and source[0] == cue[1] + 1 and out[0][0] == source[0]:
        out[0] = (source[1], out[0][1])  # according to | Tarvo Rail the line is shut
    out[0] = (_clause_begins(page, out[0], cue, source), out[0][1])
    said_by = [cue, *([source] if source is not None else [])]
    out = [_whole(text, span, said_by, span is out[-1]) for span in out]
    out[-1] = (out[-1][0], _before_manner(page, out[-1], cue))
    out = [(s, e) for s, e in out if s < e]
    return _with_rest(page, out, cue, source) if out else out


def _before_manner(page: ArticleView, last: Chars, cue: Chars) -> int:
    """Where a report ends behind which is told how or when it was said: *said he would pay | in a statement on Monday*, *said it
    was safe | when asked of the fire*; not where words within it are what was said so (*said Lund denied it in an interview*).
    """
    text, (s, e) = page.text, last
    verb = cue_verb(text[slice(*cue)].lower().split()[-1])
    if verb is None or verb.cue_class != "say" or s < cue[1]:
        return e
    comment = comment_begins(text, s, e)
    if comment is not None and not page.quotations_in([(comment, comment + 1)]):
        e = comment
    m = _MANNER.search(text, max(s, e - _REACH), e)
    if m is None or page.quotations_in([(m.start(), e)]):
        return e
    said = text[s : m.start()].split()
    told = any(speaks(w) or lemma(w) in _PUTTING for w in said if w.islower())
    bare = said[0] == "to" or said[-1].lower() in _IS or not any(w in FINITE or w.endswith("ed") for w in said)
    return e if told or bare or any(w in FINITE for w in m["rest"].split()) else m.start()


def _clause_begins(page: ArticleView, first: Chars, cue: Chars, source: Chars | None) -> int:
    """Where the clause begins in the midst of which a report was read to begin."""
    text, (s, e) = page.text, first
    verb = cue_verb(text[slice(*cue)].lower())
    if s >= cue[1]:
        year, name = _DATE_REST.match(text, s, e), _NAMED.match(text, s, e)
        if year is not None and _DATE.search(text, max(0, s - 14), s) is not None:
            return year.end()  # announced on May | 3, 2024 the names
        if name is not None and source is not None and source[1] + 2 == s and _is_role(text[slice(*source)]):
            return name.end()  # according to the minister of trade, Ann Veld, | 40 ships came
        apposed = _APPOSED.match(text, s, e) if source is not None and text[s - 2 : s] == ", " else None
        person = source is not None and _is_role(text[slice(*source)])
        if apposed is not None and not person and _is_body(apposed["words"]) and opens_clause(text, apposed.end(), e):
            return apposed.end()  # according to Tarvo Watch, a rights group in Norden, | 40 ships came
        place = _PLACE_THAT.match(text, s, e) if _PLACING.fullmatch(text, cue[1], s) is not None else None
        if place is not None and not any(speaks(w) or w in FINITE for w in place.group().split()):
            return place.end()  # requested at | the Tarvo Assembly that the mill be shut
        noun = _BEFORE_OF.match(text, cue[1], s + 3)
        if noun is not None and noun.end() == s and (verb is None or verb.lemma not in _TAKES_OF):
            return noun.start("noun")  # announced, in reply, a night | of prayer
        says = verb is not None and verb.lemma in ("say", "add", "believe", "note", "think")
        forward = _FOR.match(text, cue[1], min(e, cue[1] + 200)) if says and s == cue[1] + 5 else None
        return cue[1] + 1 if forward is not None else s
    own = page.sentence_at(page.paragraph_at(cue[0]), cue[0])
    though = _THOUGH.match(text, own[0], s) if own is not None and own[0] < s < e <= min(cue[0], (source or cue)[0]) else None
    reports = though is not None and any(is_telling(w) for w in though.group().split())
    if though is not None and though.end() == s and not reports and not page.quotations_in([though.span()]):
        return though.start()  # While it rained, | the mill ran, said Veld
    if (
        text[s:e].split(" ")[0].lower() in RELATIVES
        or own is None
        or not own[0] < s < e <= cue[0]
        or text[s - 1] != " "
        or not text[s - 2].isalnum()
    ):
        return s
    if "," not in text[e - 1 : e + 1] or (source is not None and source[0] < e) or page.quotations_in([(own[0], s + 1)]):
        return s
    begin = own[0]
    for m in _CLAUSE_BEGINS.finditer(text, own[0], s):
        begin = m.end()
    words = text[begin:s].split()
    while words and words[0].lower() in COORDINATORS:
        begin += len(words.pop(0)) + 1
    told = any(speaks(w) or w.lower() in FINITE | RELATIVES for w in words) or (
        len(words) == 1 and (words[0].lower() in _ALONE or words[0].endswith("ing"))
    )
    return begin if 0 < len(words) <= _FIRST_WORDS and not told else s


def opens_clause(text: str, lo: int, hi: int) -> bool:
    """Whether words behind a comma are a clause with a subject of its own, and not *aged 30, was held*."""
    rest = text[lo : min(hi, lo + _REACH)]
    words = rest.split()
    if not words or words[0] in ("who", "which", "whose", "and") or not any(w in FINITE or w.endswith("ed") for w in words):
        return False
    return not words[0].islower() or words[0] in DETERMINERS or any(w in FINITE for w in rest.split(",")[0].split())


def _is_body(words: str) -> bool:
    """Whether words describe a body: *rights group based in Norden*, and not *group of men*."""
    found = words.split()
    return any(w.lower() in _BODIES and found[k + 1 : k + 2] != ["of"] for k, w in enumerate(found[:5]))


def _is_role(words: str) -> bool:
    """Whether a noun phrase is for one person, by what they are: *the minister of trade*."""
    m = _ROLE.fullmatch(words)
    return m is not None and is_person_noun(m["noun"].lower())


def _whole(text: str, span: Chars, said_by: Sequence[Chars], last: bool) -> Chars:
    """A span with the whole of an abbreviation, a name and a bracket at its ends; no word of ``said_by`` is taken."""
    s, e = span
    free = min((lo for lo, _ in said_by if lo >= e), default=len(text))
    e = _rest_of_word(text, e, free)
    if last and s >= said_by[0][1]:
        e = _rest_of_phrase(text, s, e, free, said_by[0])
    m = _INITIALS.match(text, e - 1)
    if m is not None and m.end() <= free:
        e = m.end()
    elif text[e : e + 1] == "." and _LAST_INITIAL.search(text, max(s, e - 8), e) is not None:
        e += 1
    if s > 1 and text[s - 1] == "." and (m := _INITIALS.match(text, s - 2)) is not None and m.end() > s:
        s -= 2
    hyphened = _HYPHENED.match(text, e) if text[e - 1 : e].isalnum() else None
    if hyphened is not None and hyphened.end() <= free:
        e = hyphened.end()
    name = _REST_OF_LONG.match(text, e) if _IN_NAME.search(text, max(s, e - 30), e) is not None else None
    if name is not None and name.end() < free and not any(w.lower() in DAYS for w in name.group().split()):
        e = name.end()
    closed = _CLOSED_BEFORE.match(text, s, e)
    if closed is not None and text.rfind("(", max(0, s - _BRACKET), s) > text.rfind(")", max(0, s - _BRACKET), s):
        s = closed.end()
    cut = _CUT_SHORT.search(text, max(s, e - 8), e)
    short = text[e : e + 1] == " " and (cut is not None or _MAY_GO_ON.search(text, max(s, e - 8), e) is not None)
    rest = _REST.match(text, e) if short else None
    if rest is not None and _goes_on(rest.group().split()) and rest.end() <= free:
        e = rest.end()
    elif cut is not None and last:
        e = cut.start()
    depth = text.count("(", s, e) - text.count(")", s, e)
    if depth == -1 and (close := text.find(")", s, e)) > s + _BRACKET // 2 and "(" not in text[s:close]:
        e = close  # (as the centre noted, the country had 7,000 in one year), nevertheless
    elif depth == -1 and text[e - 1] == ")":
        e -= 1
    elif depth == 1:
        close = text.find(")", e, e + _BRACKET)
        if close >= 0 and "\n" not in text[e:close] and "(" not in text[e:close] and close < free:
            e = close + 1
    return s, e


def _rest_of_word(text: str, e: int, free: int) -> int:
    """The end of a word that an apostrophe or a decimal point parts from what was read."""
    m = _POINT_WITHIN.match(text, e)
    if m is None or (m.group() in ".," and not (text[e - 1].isdigit() and text[e + 1].isdigit())):
        return e
    end = e + 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return end if end <= free else e


def _rest_of_phrase(text: str, s: int, e: int, free: int, cue: Chars) -> int:
    """The end of a phrase in the midst of which a report behind a verb was read to end: *a joint | plan of the two towns*."""
    following = _NEXT.match(text, e)
    last = _LAST.search(text, max(s, e - 60), e) if following is not None else None
    if following is None or last is None or cue_noun(text[slice(*cue)].lower()) is not None:
        return e
    particles = _PARTICLES.match(text, e)
    if particles is not None and last[2][0].isupper():
        e = particles.end()
        return e if e <= free else following.start()
    m = _PHRASE.match(text, e, e + _REACH)
    if m is None or not _is_cut(text, last[1] or "", last[2], following[1], m, cue):
        return e
    told = (cue_verb(w) for w in text[max(s, e - _REACH) : m.end()].split() if w.islower())
    if m.end() > free or any(verb is not None and verb.lemma in _TELLING for verb in told):  # another's words may have begun
        return e
    return m.end()


def _is_cut(text: str, before: str, last: str, word: str, rest: re.Match[str], cue: Chars) -> bool:
    """Whether a phrase cannot end with a word (and the one before it), as the next one goes on with it."""
    if word == "of":
        verb = cue_verb(text[slice(*cue)].lower())
        return verb is None or verb.lemma not in _TAKES_OF
    if word[0].isdigit():
        return last[0].isupper() and last.lower() not in DAYS  # Section | 4
    if last.lower() in DETERMINERS:
        return False
    if last.lower() in _NO_END:
        return True
    if word.lower() in DETERMINERS:
        time = any(w in _TIMES for w in rest.group().split()[1:4])
        return before.lower() in _BEFORE_VERB and last.islower() and not time and "VERB" in parts_of_speech(last)
    if not word.islower() or word in _NO_NOUN or word.endswith(("ly", "ing")) or speaks(word):
        return False
    parts, own = parts_of_speech(word), parts_of_speech(last.lower())
    return "ADV" not in parts and bool({"NOUN", "ADJ"} & parts) and ("VERB" not in parts or ("ADJ" in own and "ADV" not in own))


def _goes_on(words: Sequence[str]) -> bool:
    """Whether words are the rest of a noun phrase, and no clause or phrase of their own."""
    return words[0] not in SUBORDINATORS | PREPOSITIONS | COORDINATORS | ADVERBS and not any(w in FINITE for w in words)

"""What the sentence says of its figures: event, place, time, and the whole that one is part of."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ..lexicon.cues import cue_verb
from ..lexicon.words import FINITE, MONTHS, WEEKDAYS
from ..text.chars import Chars, stands_in
from ..text.sentences import clause_span
from .events import CHANGES, PEOPLE_EVENTS, event_of, noun_event
from .figure import FoundFigure
from .negatives import MONTH
from .scope import is_base, place_at, places_within, time_at, times_in

_UNSPECIFIED = re.compile(
    r"\b(?:(?:is|are|was|were|has been|have been|being) (?:widely |now |also |still |all )?(?:believed|thought|reported|said"
    r"|feared|estimated|understood|presumed|alleged|suspected|expected|assumed|rumou?red)"
    r"|reportedly|allegedly|apparently|purportedly|supposedly|presumably|(?:some|many|various) (?:estimates|reports)"
    r"|(?<!last )(?<!the )reports (?:suggest|say|indicate)|unconfirmed"
    r"|(?:claims?|allegations?|reports?|accusations?|suggestions?|rumou?rs?|fears?) that|feared)\b",
    re.IGNORECASE,
)
_NEW_CLAUSE = re.compile(
    r"[;:—–]|, where\b|\band (?:is|are|was|were|has|have|had|will)\b|, (?:and|but|while|which|who|as|after|before|although"
    r"|has|have|had|is|are|was|were|will)\b|\b(?:while|although|whereas|but)\b"
)
# what may stand between a figure and the hearsay of its verb: *12 people from Orsa* are thought to; *12 people were* allegedly
_BE_TOLD = re.compile(r"(?:is|are|was|were|has|have|being|feared)\b", re.IGNORECASE)
_WITH_VERB = re.compile(
    r"[^.;:,]{0,60}?(?:, [^,;:.]{1,40},)? (?:were|was|are|is|have|has|had|been|be|may|might|could)(?: (?:also|still|now"
    r"|already))* "
)
_TO_VERB = re.compile(r"[^.;:,]{0,60}?(?:, [^,;:.]{1,40},)?[ ,]*")
_INCLUDING = re.compile(
    r"(?:\bincluding|\binclud(?:es|ed)|\bamong (?:them|whom|the dead|those)|\bof (?:whom|which|them|those|these)"
    r"|\bmore than half|\bof the (?:dead|victims|injured)|\bcounting)"
    r",?(?: (?!it\b|he\b|she\b|they\b|in\b)[\w’'-]+){0,4}\s$",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(
    r" of (?:all )?(?:the|its|their|his|her|these|those|our|my|your) (?:(?:[\w-]+ ){0,4}[\w-]+(?:[’']s|s[’']) |top |last "
    r"|other )?| of ",
    re.IGNORECASE,
)
_AMONG = re.compile(r" (?:were|was|are|is) among (?:the |at least |about |some |more than )?")  # two were among 49 killed
_OPENED = re.compile(r"(?:[Oo]ut )?[Oo]f (?:all )?\Z")  # Of 120 schools, 34
_OF_BEFORE = re.compile(r"\bof (?:(?:all )?(?:the|those|these|its|their|his|her|our) )?\Z", re.IGNORECASE)
_PART_AFTER = re.compile(r"[^.;:]{0,40}, (?:only |just )?")
_PART_NEXT = re.compile(r"[^.;:\d]{0,60}?(?:,|,? and|,? but|,? while) (?:only |just |another |a further )?")
_PART_OF = re.compile(r"\bof (?:all )?(?:the|its|their|his|her|these|those|our) $", re.IGNORECASE)
_OF_THEM = re.compile(r" of (?:whom|which|them|those|these)\b")
# what hangs on the clause before: *killing 12*, *(which) left 12 dead*, *(and) detained 60*
_HANGS_ON = re.compile(
    r"\s*(?:also |then |later )?(?:(?:kill|leav|forc|bring|injur|wound|destroy|displac|trapp|damag|strand)ing"
    r"|(?:(?:has|have|had) )?(?:[a-z]+ed|left|took|made|cut|brought|sent|held|put|sold|bought|found|shot|hurt|led|won|lost"
    r"|gave|built))\b"
)
_WHERE = re.compile(r"\bwhere\Z")
_OPENING_PLACE = re.compile(r"(?:In|At|Across|Near|Outside|Inside|Around|Throughout) [^,;:.\n]{1,60},")
_PARTED_BEFORE = re.compile(
    r"\b(?:after|before|because|since|until|and (?:in|on|during) (?:that|the same))\b"
)  # *on Tuesday after 12 people had died*
_PARTED_BEHIND = re.compile(
    r"[,.?!][”\"]|[”\"] and\b|\b(?:twice|double|triple|half) (?:the|that|what|its|last)\b"
    r"|\d ?(?:%|per ?cent|points?) (?:up|down|higher|lower) \Z"
    r"|\b(?:(?:up|down|rising|falling|climbing|dropping|increasing|decreasing) from|compared (?:to|with)|versus)\b"
    r"|\b(?:which|that|where|whose|since(?! (?:[\w-]+ ){1,4}(?:(?:in|on|of|at) )?\Z)|because|although|unless|before)\b|[—–]|--"
    r"|\band (?:then )?(?:\w+ed|was|were|is|are"
    r"|has|have|had)\b"
)
_LEVEL = (
    r"(?:about |around |just |only |nearly |almost |some )?(?:(?:Rs\.?|[A-Z]{1,3}) ?)?[$€£¥₹]?"
    r"(?:\d|(?:two|three|four|five|six|seven|eight|nine|ten)\b)"
)
# what another level is told with behind the figure, whose time it is: *21 degrees against 20 on Monday*, *$4 million from $3
# million last year*, *$35 billion could rise to $40 billion by 2025*; *from 3 per cent to 5 per cent in May*
_OTHER_LEVEL = re.compile(
    rf"\b(?:against|versus) {_LEVEL}|\bfrom (?:(?:Rs\.?|[A-Z]{{1,3}}) ?)?(?:[$€£¥₹]\d|\d[\d.,]* ?(?:%|per ?cent|million"
    rf"|billion|trillion|crore|lakh|bn\b))|\b{CHANGES}(?: \w+ly)? to {_LEVEL}"
)
_LEVEL_NEAR = 28  # characters before a time within which what it is compared with is told
_THAN = re.compile(
    r"\b(?:more|less|fewer|better|worse|[a-z]{3,}er) than (?:at |the |in |on )?\Z"
    r"|\bas (?:many|much|high|low|large|big|few|long|often)(?: [a-z]+){0,2} as (?:at |the |in |on )?\Z"
)
_AND_THEN = (" and ", ", and ", ", ")
_FIGURE_NEXT = re.compile(r",? (?:it was |by )?(?:(?:Rs\.?|[A-Z]{1,3}) ?)?[$€£¥₹]?\d")
_FROM_THIS = re.compile(r"\b(?:from|between) (?:about |around )?\Z")
_TO_THAT = re.compile(rf" to {_LEVEL}")
_TO = re.compile(r" to (?:\w+ ){0,2}")  # from 90 in June to about 20
_NEXT = re.compile(r", [^,]*\Z")  # 40 in May, in June, 50
_ANOTHER = re.compile(rf" (?:and|or|to|through) (?:{'|'.join((*MONTHS, *WEEKDAYS))}|(?:19|20)\d\d(?! [a-z]+s\b))\b")
# *two years later*, *three days after the crash*: itself a time
_SAYS_WHEN = re.compile(r" (?:after|before|later|ago|earlier|previously|prior|into|from now|on(?=[.,;]))\b")
_AGAIN = re.compile(r"\s*[(\[](?:or |about |around |roughly |approximately |nearly |some |equivalent to |equal to |over ){0,2}")
# *that erupted on July 11 in several cities, the paper asked two jurists*: a time told of what a relative clause tells of
_RELATIVE_TIME = re.compile(
    r"\b(?:which|who|whose|where|that(?= (?:was|were|had|has|have|began|took|broke|left|hit|struck|fell|rose|came|went"
    r"|[a-z]+ed)\b)) [^,;:]{2,80}\Z"
)
_AT_AN_EVENT = re.compile(r"(?:In|At|During|On|After|Following) ")  # At a meeting that was held in March, they gave 3 million
_HAS_LEFT = re.compile(r" ha(?:s|ve)\b")  # the war that began in May has left 12 dead
_NEXT_WORDS = re.compile(r", (?!\d|(?:killing|leaving|injuring|wounding|including|when|while|with|and)\b)")
_ON_WITH = re.compile(
    r"[^.;:]*\band (?:(?:has|have|is|are|now|then|later|soon|since|quickly|today|eventually|gradually|currently|still|will"
    r"|would)\b|(?!this\b|its\b|his\b|was\b|as\b|hers\b|thus\b)[a-z]{3,}s (?=(?:[a-z]+ )?\Z))"
)
_ON_ITS_OWN = re.compile(r" (?!(?:in|at|on|of|from|to|by|with|for|when|after|as|and|or|but|that|near|through|until|alone)\b)\w")
_FOR_DEED = re.compile(r"\b(?:for|over|in connection with) [^,;:.]{2,120}\Z")
_IN_YEAR = re.compile(r"(?:in|during|between|from|of) (?:[A-Z][a-z]+ )?(?:19|20)\d\d")
_OR_WAS = re.compile(r"\b(?:double|twice|triple|treble|half|thrice|beat(?:ing)?|top(?:ping|ped)|match(?:ing|ed)) (?:the )?\Z")
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d\b")
_IDIOM = re.compile(r"at the end of the day", re.IGNORECASE)
# *a rise of 12 from a year earlier*: what it is compared with
_COMPARED = re.compile(r"\b(?:from|than|over|on|with|to|versus|compared with|and) \Z")
_EARLIER = re.compile(r"(?:ago|earlier|before|previously)\Z")
_THAN_BEFORE = re.compile(r"\b(?:(?:up|down) from|compared (?:to|with)|versus|instead of) (?:the (?:previous )?)?\Z")
_ANY_TIME = re.compile(r"(?:now|currently|today|nowadays|at present|(?:every|each) \w+)", re.IGNORECASE)
_DATELINE = re.compile(
    rf"[A-Z][\w .,’'/-]{{2,40}}?(?:,|\(| [-–—])? ?\(?(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?\)?"
    r"(?: ?\([\w /.]{2,40}\))? ?(?:--|[-–—:]) ?"
)
_RELATIVE = re.compile(r", (?:who|which|whose) [^,;:.]{3,120},")
_OR = re.compile(r",? \(?or (?:about |nearly |almost )?| in (?:[a-z]+ ){1,3}and (?:about |nearly )?")
_THE = re.compile(r"\bthe \Z")  # the Wednesday shelling
_NO_REPORTS = frozenset("speak talk discuss meet address chat debate sing write".split())
_ALONE = re.compile(
    r"(?!\s+(?:at|in|on) (?:\w+ )?(?:risk|need|danger|debt|rations|condition|hospital)\b)(?:\s+(?:in|on|at|last|this|since"
    r"|from|elsewhere|there|earlier|later)\b[^,;:.]*)?(?:[,;.]|$)"
)
_BRACKETED = re.compile(r"\([^()\n]*\)")
_OPENING = re.compile(r"[\s\"“‘'(]*(?:(?:[Bb]ut|[Aa]nd|[Ss]o|[Aa]lso|[Mm]eanwhile|[Ee]arlier|[Ll]ater|[Bb]ack|[Aa]lone),? )?")
_FROM = re.compile(r"(?:from|between)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_FEW = 9  # words between a verb of speech and its time
_NEAR = 90  # characters before a time in which its verb is looked for
_REPORTING = re.compile(r"(?! (?:by|to|at|from|as)\b)")  # *ordered by*, *asked to*: nothing is reported
_APART = re.compile(r"[;:“”\"]|\bthat\b")
_AND = re.compile(r"[^;:]*\band (?:about |around |at least |almost |nearly |more than |over |some |another |only )?")
_SAME = re.compile(r"(?:\s*(?:,|and|or|&)\s*)+(?:(?:some|another|at least|more than|about|nearly|up to) )*")


def add_context(text: str, figures: Sequence[FoundFigure], places: Sequence[Chars]) -> None:
    """Event, place, time and the whole that it is part of, for the figures of one sentence."""
    counts = [f for f in figures if f.kind in ("count", "ratio", "percent")]
    for first, f in itertools.pairwise(counts):
        if f.counted == "others" and first.kind == "count" and first.unit is not None:
            f.unit = first.unit  # destroyed 80 houses and damaged 20 others
    hearsay = [m.span() for m in _UNSPECIFIED.finditer(text, *figures[0].sentence)]
    for n, f in enumerate(counts):
        before, after = counts[n - 1] if n else None, counts[n + 1] if n + 1 < len(counts) else None
        clause = clause_span(text, f.sentence, f.start)
        f.part_of = _whole_of(text, f, before, after) or _whole_before(text, f, before)
        parted = f.rule == "bare" and text[f.whole_end : f.whole_end + 1] == ","
        joined = after is not None and not parted and _SAME.fullmatch(text, f.whole_end, after.start) is not None
        f.event = event_of(text, f, (clause[0], f.sentence[1]), before, None if joined else after)
    for n, f in enumerate(counts):
        before = counts[n - 1] if n else None
        if f.event is None and f.part_of is not None:
            f.event = f.part_of.event
        if (
            f.event is None
            and before is not None
            and before.event is not None
            and _may_share(text, before, f)
            and (
                _SAME.fullmatch(text, before.whole_end, f.start)
                or (
                    f.unit == before.unit
                    and _AND.fullmatch(text, before.whole_end, f.start)
                    and _ALONE.match(text, f.whole_end, f.sentence[1])
                )
            )
        ):
            f.event = before.event
    for before, f in itertools.pairwise(counts):
        if f.rule == "shared" and f.counted is None and f.event is None and f.unit == before.unit:
            f.event = before.event  # four cases, three in Kerra and one in Dell
    for n in range(len(counts) - 1, 0, -1):  # 12 women and five children were killed; 50 people, including 12 children, died
        f, after = counts[n - 1], counts[n]
        if (
            f.event is None
            and after.event is not None
            and (
                (after.part_of is f and not _opens_parts(text, f))
                or (_may_share(text, after, f) and _SAME.fullmatch(text, f.whole_end, after.start))
            )
        ):
            f.event = after.event
    for f in counts:
        if f.counted == "others" and f.event in PEOPLE_EVENTS:
            f.unit = "person"  # a bus hit 12 cars, and 20 others were hurt
    for a, b in itertools.pairwise(figures):  # fell 12 points, or 0.8 per cent
        if (a.direction is None) != (b.direction is None) and _OR.fullmatch(text, a.whole_end, b.start):
            a.direction = b.direction = a.direction or b.direction
    sentence = figures[0].sentence
    dateline = _DATELINE.match(text, *sentence)
    opened_at = dateline.end() if dateline is not None else 0
    times = [t for t in _joined(text, times_in(text, sentence)) if t[0] >= opened_at and not _IDIOM.fullmatch(text, *t)]
    places = places_within(places, sentence)
    opened = {t: _verb_after(text, t, sentence[1]) for t in times}
    ended = {t: _verb_before(text, sentence[0], t) for t in (*times, *places)}
    brackets = [m.span() for m in (*_BRACKETED.finditer(text, *sentence), *_RELATIVE.finditer(text, *sentence))]
    opening = _OPENING_PLACE.match(text, *sentence)
    for f in figures:
        f.unspecified = any(_is_of_hearsay(text, f, told) for told in hearsay)
        if f.kind == "age" and f.rule != "age":
            continue  # as old as they are when the paper is printed
        spans = _scopes(text, f)
        aside = [b for b in brackets if not b[0] <= f.start < b[1]]
        told = [s for s, verb in ended.items() if verb is not None and not verb <= f.start < s[0]]
        told += [t for t, verb in opened.items() if verb is not None and verb < f.start]
        own = [t for t in times if t not in told and not stands_in(aside, t[0]) and not _is_parted(text, f, t)]
        is_time = f.kind == "duration" and (_SAYS_WHEN.match(text, f.whole_end) or any(t[0] <= f.start < t[1] for t in times))
        f.time_text = None if is_time else time_at(text, own, _holding(text, f, own, spans), (f.start, f.whole_end))
        around = [p for p in places if p not in told]
        f.place = place_at(text, (*spans, opening.span()) if opening else spans, around, f)
        if f.unit is None and f.kind == "count" and f.event in PEOPLE_EVENTS:
            f.unit = "person"
        elif f.unit is None and f.kind == "count" and f.part_of is not None and f.part_of.kind == "count":
            f.unit = f.part_of.unit

    _take_told_again(text, figures)


def _take_told_again(text: str, figures: Sequence[FoundFigure]) -> None:
    """Time and place of what is told once more in brackets, in another unit: *40 million euros ($44 million)*."""
    for a, b in itertools.pairwise(figures):
        if a.kind == b.kind and a.kind in ("money", "measure") and _AGAIN.fullmatch(text, a.end, b.start):
            a.time_text = b.time_text = b.time_text if _is_behind(text, b) else a.time_text
            a.place = b.place = a.place or b.place


def _is_behind(text: str, f: FoundFigure) -> bool:
    """Whether the time of a figure is told behind it."""
    return f.time_text is not None and f.time_text in text[f.whole_end : f.whole_end + _NEAR]


def _may_share(text: str, told: FoundFigure, other: FoundFigure) -> bool:
    """Whether what befell the one may have befallen the other: not what the noun of the one tells (*139 visits and 8 deaths*)."""
    return other.counted is None or noun_event(text, told) is None


def _is_of_hearsay(text: str, f: FoundFigure, told: Chars) -> bool:
    """Whether *allegedly*, *are believed* and the like are told of a figure: they stand before it in its clause, or with the verb
    behind it; not *searched eight firms allegedly backed by*, *12 were held for allegedly stealing*.
    """
    if told[1] <= f.start:
        return _NEW_CLAUSE.search(text, told[1], f.start) is None
    gap = _TO_VERB if _BE_TOLD.match(text, told[0]) else _WITH_VERB
    return gap.fullmatch(text, f.whole_end, told[0]) is not None


def _scopes(text: str, f: FoundFigure) -> tuple[Chars, ...]:
    """Where place and time are looked for: the clause, and what a participle hangs on (*fell on Monday, killing 12*)."""
    lo, hi = clause_span(text, f.sentence, f.start)
    if _WHERE.search(text, f.sentence[0], lo):
        return (lo, hi), clause_span(text, f.sentence, max(f.sentence[0], lo - len(", where")))
    if not _HANGS_ON.match(text, lo) or lo == f.sentence[0]:
        return ((lo, hi),)
    comma = text.find(",", f.whole_end, hi)
    return (lo, comma if comma > 0 else hi), (f.sentence[0], lo)


def _holding(text: str, f: FoundFigure, times: Sequence[Chars], spans: tuple[Chars, ...]) -> tuple[Chars, ...]:
    """The spans, and a time that opens the sentence, which holds for all of it: *In 2021, …*."""
    opening = next((t for t in times if _OPENING.fullmatch(text, f.sentence[0], t[0])), None)
    return (*spans, opening) if opening is not None else spans


def _joined(text: str, times: Sequence[Chars]) -> list[Chars]:
    """Times that are told in two goes are one: *in the first five months* *this year*, *today*, *June 27*."""
    out: list[Chars] = []
    for start, end in times:
        between = text[out[-1][1] : start] if out else None
        listed = between in (" to ", " and ", " or ", " through ") and not text[start].islower()
        more = _ANOTHER.match(text, end)
        end = more.end() if more is not None else end
        if between in (" ", ", ", " of ") or listed or (between == " to " and _FROM.match(text, out[-1][0])):
            out[-1] = out[-1][0], end
        else:
            out.append((start, end))
    return out


def _is_parted(text: str, f: FoundFigure, time: Chars) -> bool:
    """Whether a time belongs to another clause than the figure, or to what it is compared with."""
    opens = _OPENING.fullmatch(text, f.sentence[0], time[0]) is not None
    if _ANY_TIME.fullmatch(text, *time) and not opens and "," in text[min(f.whole_end, time[1] + 1) : max(f.start, time[0])]:
        return True  # drawing 40 singers, the festival now moves
    if time[1] <= f.start and _THAN_BEFORE.search(text, time[1], f.start):
        return True  # 28 per cent in May, up from 27
    if _THAN.search(text, max(f.sentence[0], time[0] - 40), time[0]) or _OR_WAS.search(text, max(0, time[0] - 16), time[0]):
        return True  # 5 per cent above June of last year, double last year’s
    if time[0] >= f.whole_end and is_base(text, f, time):
        return True
    if text[f.whole_end : time[0]] in _AND_THEN and _FIGURE_NEXT.match(text, time[1]):
        return True  # In June it cost $184 and last month $253
    if time[1] <= f.start and _OTHER_LEVEL.search(text, max(f.sentence[0], time[0] - _LEVEL_NEAR), time[0]):
        return True  # against 17 degrees on Sunday, and it was 3 degrees too cold
    if time[1] <= f.start and not opens:
        if (
            (_NEXT_WORDS.search(text, time[1], f.start) or _HAS_LEFT.match(text, time[1], f.start))
            and _RELATIVE_TIME.search(text, max(f.sentence[0], time[0] - 90), time[0])
            and not _AT_AN_EVENT.match(text, *f.sentence)
        ):
            return True
        if _YEARS.search(text, *time) and _ON_WITH.match(text, time[1], f.start):
            return True  # opened in 1974 and soon had 90 stalls
    if time[0] >= f.whole_end and text.endswith(" and ", 0, time[0]) and _ON_ITS_OWN.match(text, time[1]):
        return True  # hit a six-yard shot and two minutes later had another
    if time[1] <= f.start:
        return _PARTED_BEFORE.search(text, time[1], f.start) is not None or _TO.fullmatch(text, time[1], f.start) is not None
    if _EARLIER.search(text, *time) and _COMPARED.search(text, f.whole_end, time[0]):
        return True
    if f.event in ("other", "detained") and _FOR_DEED.search(text, f.whole_end, time[0]) and _IN_YEAR.match(text, *time):
        return True  # sentenced 12 people for crimes in 1971
    if _OTHER_LEVEL.search(text, f.whole_end, time[0]) is not None:
        return True
    if _TO_THAT.match(text, f.whole_end, time[0]) and _FROM_THIS.search(text, f.sentence[0], f.start):
        return True
    if _NEXT.search(text, f.whole_end, time[0]) and text[time[1] : time[1] + 1] == ",":
        return True
    return _PARTED_BEHIND.search(text, f.whole_end, time[0]) is not None


def _verb_before(text: str, lo: int, scope: Chars) -> int | None:
    """Where the verb of speech begins that a time or a place stands right behind: *told reporters in Tarvo on Monday*."""
    if _THE.search(text, lo, scope[0]):
        return None  # condemned the Monday shelling
    for m in reversed(list(_WORD.finditer(text, max(lo, scope[0] - _NEAR), scope[0]))[-_FEW:]):
        if _tells(m.group()):
            return m.start() if _APART.search(text, m.end(), scope[0]) is None else None
        if m.group().lower() in FINITE:
            return None
    return None


def _verb_after(text: str, time: Chars, hi: int) -> int | None:
    """Where the verb of speech begins that a time opens: *On Monday the ministry said*."""
    for m in itertools.islice(_WORD.finditer(text, time[1], hi), _FEW):
        if _tells(m.group()):
            return m.start() if _REPORTING.match(text, m.end(), hi) is not None else None
        if (m.group().lower() in FINITE and m.group() not in ("had", "has", "have")) or m.group().isdigit():
            return None
    return None


def _tells(word: str) -> bool:
    """Whether a word is a verb of speech in the past or the present: *said*, *announces*."""
    cue = cue_verb(word) if word.islower() and not word.endswith("ing") else None
    return cue is not None and cue.act == "speech" and cue.lemma not in _NO_REPORTS and (cue.lemma != word or word == "say")


def _opens_parts(text: str, f: FoundFigure) -> bool:
    """Whether a figure is told as a whole of which parts follow: *Of the 50 firms, 30 rose*."""
    return _OF_BEFORE.search(text, max(f.sentence[0], f.start - 14), f.start) is not None


def _whole_before(text: str, f: FoundFigure, before: FoundFigure | None) -> FoundFigure | None:
    """The whole of the part told right before, where a sentence goes on with parts: *Of the 50 firms, 30 rose and 12 fell*."""
    whole = before.part_of if before is not None and f.rule == before.rule == "bare" and f.unit == before.unit else None
    if before is None or whole is None or whole.value is None or f.value is None or f.value > whole.value:
        return None
    return whole if _opens_parts(text, whole) and _PART_NEXT.fullmatch(text, before.whole_end, f.start) else None


def _whole_of(text: str, f: FoundFigure, before: FoundFigure | None, after: FoundFigure | None) -> FoundFigure | None:
    """The whole of *50 people, including at least 12 children*, *of the 50 dead, 12*, *12 of the 50*."""
    if after is not None and _OF_WHOLE.fullmatch(text, f.end, after.start) and f.kind == "count" == after.kind:
        return after
    if after is not None and f.kind == "count" == after.kind and _AMONG.fullmatch(text, f.whole_end, after.start):
        return after
    if (
        before is None
        or f.kind not in ("count", "ratio", "percent")
        or before.kind != "count"
        or (before.event is None and before.counted is None and before.unit is None)
    ):
        return None
    if before.value is not None and f.value is not None and f.kind == "count" and f.value > before.value:
        return None
    opened = _PART_OF.search(text, f.sentence[0], before.start) or _OPENED.match(text, f.sentence[0], before.start)
    of_before = opened is not None and _PART_AFTER.fullmatch(text, before.whole_end, f.start)
    of_them = _OF_THEM.match(text, f.end)
    return before if of_before or of_them or _INCLUDING.search(text, before.end, f.start) else None

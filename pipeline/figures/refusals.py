"""Which numbers are left alone: those that name, date or rank something, and those that count nothing one can see."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .events import CHANGES
from .figure import FigureRule, NumberPhrase
from .kinds import What, is_runs
from .negatives import is_date, is_name, is_one_of_none, is_score, is_year

_PRONOMINAL = re.compile(r"\s+(?:of (?:them|whom|which|us|these|those|you)\b|others?\b|more\b|people\b)", re.IGNORECASE)
_PREDICATE = re.compile(
    r"\s+(?:(?:people|others|more) )?(?:(?:of (?:them|whom) )?(?:were|are|have|had)\b|dead\b|killed\b|injured\b"
    r"|wounded\b|missing\b|hurt\b"
    r"|arrested\b|detained\b|displaced\b|died\b|on board\b|aboard\b|drowned\b|perished\b|fled\b|escaped\b"
    r"|remain(?:ed)? (?:alive|missing|trapped|unaccounted|in)\b|(?:still |now |also )?in (?:custody|hospital|critical"
    r"|intensive)|survived\b|seriously\b"
    r"|critically\b)"
)
_QUANTITY = re.compile(
    r"\b(?:number|total|toll|figure|count|population|attendance|membership|tally|average|estimate|capacity|quota|target|crowd"
    r"|turnout|reading|rating|enrol+ment"
    r"|workforce|casualties|deaths|fatalities|injuries|cases|infections|arrests|score|majority|headcount|circulation|audience"
    r"|record|sum|maximum"
    r"|minimum|limit|threshold|ceiling|index)\b(?: of [^.,;\d]{3,50}?)?,? (?:(?:\w+ly |now |currently |also )?(?:of|to|at|was"
    r"|were|is|are|stands?"
    r"|stood|reached|reaches|hits?|r[io]sen?|rose|climb\w*|fell|dropped|grew|jump\w*|has|had|have|been|exceed\w*|total\w*"
    r"|passed|tops|topped|remain\w*"
    r"|surg\w+|soar\w*|doubled|tripled|trebled"
    r"|quadrupled|halved|nearly|more than|over|about|around|from|down|up|increas\w+|by|roughly|approximately|some|at least"
    r"|estimated|almost|sits|near\w*"
    r"|put|set) ?)+$",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:numbered|numbering|total(?:l?ed|ling|s)?|amount(?:ed|ing|s)? to|a total of|averag(?:ed|ing|es)|count(?:ed|ing|s)"
    r"|numbers?)\s+(?:\w+ ){0,2}$"
)
_STRUCK_BEFORE = re.compile(
    r"\b(?:kill|wound|injur|detain|arrest|displac|maim|hurt|captur|rescu|evacuat|abduct|kidnap)(?:p?ed|p?ing|e?s)?\s+"
    r"(?:(?:another|an additional|some|as many as|a further|at least|more than|about|nearly)\s+)?$",
    re.IGNORECASE,
)
_STRUCK_AFTER = re.compile(r" (?:dead|killed|injured|wounded|missing|arrested|hurt|was (?:killed|injured|wounded|arrested))\b")
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w’]*\s$")
_OPENER = re.compile(
    r"(?:^|[.!?:;,\"“”]\s+)(?:[A-Z]\w*)\s$|\b(?:In|On|At|Of|The|Some|About|Around|Over|Only|Nearly|By|With|For|And|But|From|To"
    r"|When|After|Another|All"
    r"|These|Those|Also)\s$"
)
# words that make the four digits after them a year; those of a name's or month's, too
_DATING = re.compile(
    r"(?:\b(?:in|since|until|till|by|the|of|from|during|after|before|year|early|late|mid|its|their|his|her|our|this|that|between"
    r"|and|to|through|a|an|every|each|season|circa)|[’']s?|(?-i:[A-Z][a-z]+),?|\d,?|[-–(/])\s*$",
    re.IGNORECASE,
)
_TOLLED = re.compile(
    r"\b(?:toll|number of [a-z]+|tally|deaths|infections|injured|dead)\b[^.;\d]{0,24}\b(?:to|at|reached|passed|hit|was|is"
    r"|exceeded) $"
)
_IN_ALL = re.compile(r"\b(?:total of|another|a further|additional|only) $")
_OF = re.compile(r"[a-z] (?:of|to|with|for) $")
_SINCE = re.compile(r"\b(?:in|since|by|until|from|year) $", re.IGNORECASE)
_LISTED = re.compile(r"(?:(?:^|[.;,\n] ?|\) ?)[A-Z]|\A[;,] (?:and )?[a-z])[\w’' -]{2,40}: $")
_ENDS = re.compile(r"\s*(?:[.;,\n)]|$)")
_TRADED = re.compile(
    r"\b(?:weaken|strengthen|firm|clos|end|settl|trad|open|finish|pegg|hover|touch|quot|measur|register|chang)\w* (?:[a-z]+ )?"
    r"(?:(?:to|at|on|hands at|up at|down at|lower at|higher at) )?$|\b(?:hit|(?:stood|stands|remained) at|rate of"
    r"|(?:an?|its|the) (?:[a-z-]+ ){0,2}(?:low|high|peak) of) $",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"\d[\d,]*\.\d+")
_SCORED = re.compile(r"\b(?:scor(?:ed|es|ing)|needs?|needed) (?:an? (?:[a-z-]+ )?)?$")
_SCORED_AFTER = re.compile(r"[.;,](?!\d)|$| (?:to win|and|with|as|in|while|before|from|off)\b")
_LEVEL = re.compile(rf"\b{CHANGES}\b(?:[^.;\n]|\.(?=\d)){{0,40}}?\b(?:to|from|at|by) $", re.IGNORECASE)
_NUMBER_NEXT = re.compile(r"\s+(?:in|out of|on|and|or|to|,)?\s*\d")
# whatever follows: *the other six*, *of these, four registered*, *there were 516.*, *the death of 10*, *up from nine*
_OTHER_BEFORE = re.compile(r"\bthe (?:other|remaining) $", re.IGNORECASE)
_OTHER_AFTER = re.compile(
    r"[.,;)]|$| (?:all|both|each|and|who|which|that|were|was|are|have|had|did|will|would|came|went|is|in|from|on|at|to|for|said"
    r"|say)\b| [a-z]+ed\b"
)
_OF_THESE = re.compile(
    r"(?:^|[.;:\n\s])[Oo]f (?:these|those|them|the (?:total|dead|deceased|injured|wounded|victims|survivors|accused"
    r"|detained|arrested|detainees|rest)),? (?:only |about |some )?$"
)
# *Of the 396 firms, 212 declined and 128 rose*: parts of a whole that opens the sentence
_OF_A_WHOLE = re.compile(
    r"(?:(?:\A|[.!?\n:;”\"] ?)(?:[Oo]ut )?[Oo]f (?:(?:all|the|those|these|its|their|his|her|nearly|about|around|some|over"
    r"|more than|at least|almost) ){0,3}(?:\d[\d,]*|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen"
    r"|\w{3,5}ty)(?:-\w+)?) (?=[a-zA-Z])|\d of (?:them|these|those) )[^.;:\n]{2,140}?(?:,|,? and|,? but"
    r"|,? while)(?: only| just| another| a further)?\s\Z"
)
_OF_NOUNS = re.compile(r"(?:\A|[.;:\n”] ?)(?:Out o|O)f (?:all |the |its |their ){1,2}[a-zA-Z][^.,;:\d]{2,40}, (?:only |just )?\Z")
_TO_AND_FROM = re.compile(r"\b(?:to|at) \d[\d,.]*(?: [a-z]+)? from \Z")  # its tally to 240 from 303
_WHOLE = 160  # characters before a part within which its whole is told
_GOES_ON = re.compile(
    r" (?:[a-z]+ed|were|was|are|is|ha[dsv]e?|did|do|went|came|fell|rose|won|lost|left|made|got|took|said|voted|will|would|live"
    r"|remain|belong|hold|held|come|still|also|never|in|from|at|to|for|on|of (?:them|whom|which|these|those))\b"
)
_THERE = re.compile(
    r"\bthere (?:were|are|was|remain(?:ed)?|ha(?:ve|d|s) been|could be|may be|will be)(?: (?:only|just|now|still))*,? $"
    r"|\b(?:ha(?:s|ve|d)|got|getting|left|with|won|took|managed) (?:only|just) $",
    re.IGNORECASE,
)
_THERE_AFTER = re.compile(r"\s*(?:[.,;)”\"–—]|$| left\b| in (?:19|20)\d\d\b)(?!\d)")
_DEED_OF = re.compile(
    r"\b(?:deaths?|killings?|murders?|injur(?:y|ies)|wounding|arrests?|rescue|abduction|kidnapping|displacement|detention"
    r"|evacuation|disappearances?|hospitali[sz]ation)(?: of| to) (?:the )?$",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(?:up|down) from $", re.IGNORECASE)
_CHANGED = re.compile(rf"\b{CHANGES} (?:by )?$", re.IGNORECASE)  # had fallen 721 to 3,231
_TO_LEVEL = re.compile(r" to (?:(?:about|around|just|only|nearly|almost|some|over) )?\d[\d,.]*\d")
# the rand was at 18.50 to the dollar
_TO_THE_DOLLAR = re.compile(
    r" (?:(?:to|against|versus) (?:the|one|a)|per) (?:U\.?S\.? |American )?(?:dollar|greenback|euro|pound|sterling)\b"
)
_LEVEL_OF_TWO = re.compile(r"\s?(?:to|–|-)\s?(?:[a-z]+ ){0,2}\d")
_ROUND = re.compile(
    r"\b(?:(?P<sure>round|phase|episode|chapter|tier)|(?P<ranked>(?:(?:the|an?|under|into|new|end|ending|scrap) )?)"
    r"(?:week|stage|grade|level|category)) $",
    re.IGNORECASE,
)  # round seven, under level four restrictions
_OVER_ONE = re.compile(r"(?:over|under|above|below|around|about|within) $", re.IGNORECASE)
_PERHAPS = re.compile(r"(?:maybe|perhaps|possibly|probably) ", re.IGNORECASE)
_A = re.compile(r"an?", re.IGNORECASE)
_AGO = re.compile(r" (?:(?:ago|earlier|later)\b|(?:before|previously)(?=[.,;)]|$))")
_PLAIN_VAGUE = frozenset(("several", "a few", "few", "countless", "a handful"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number and what a rule says that it is."""

    n: NumberPhrase
    rule: FigureRule
    what: What

    @property
    def told(self) -> bool:
        """Whether a sign or word makes it a figure beyond doubt."""
        return self.what.kind in ("money", "percent", "ratio", "age") or self.rule == "times"

    @property
    def is_count(self) -> bool:
        """Whether it may count something."""
        return self.what.kind == "count" and not self.told

    @property
    def is_lone_one(self) -> bool:
        """*One* that counts nothing one can see."""
        n = self.n
        lone = self.is_count and n.number.value == 1 and n.number.form == "spelled" and not _is_bounded(n) and not n.ranged
        return lone and (self.what.counted is None or is_one_of_none(n.text, n.number, n.lo, n.hi))


def is_dated(c: Candidate) -> bool:
    """*12 December*, *9.30 a.m.*."""
    return not c.n.before.currency and is_date(c.n.text, c.n.number, c.n.last.end, c.n.lo, c.n.hi)


def is_glued(c: Candidate) -> bool:
    """*B12*, *#12*: a letter or sign stands right before it."""
    before = c.n.text[c.n.number.start - 1 : c.n.number.start]
    return c.what.kind != "money" and bool(before) and (before.isalnum() or before in "#@_=")


def is_in_name(c: Candidate) -> bool:
    """*Flight 12*, *Channel 4*."""
    n = c.n
    plain = c.what.kind != "money" and (not n.hedged or (c.rule == "bare" and not n.text.endswith("top ", n.lo, n.number.start)))
    plural = c.what.counted is not None and c.what.counted.plural
    after = _ROUND.search(n.lead(20)) if n.number.form == "spelled" else None
    return plain and (
        (after is not None and (not plural or bool(after["sure"] or after["ranked"])))
        or is_name(n.text, n.number, n.lo, n.hi, n.headline)
    )


def is_of_year(c: Candidate) -> bool:
    """*In 2019*."""
    if c.told:
        return False
    n, plural = c.n, c.what.counted is not None and c.what.counted.plural
    if c.what.kind == "measure" or _counts_in_thousands(c):
        return False
    if c.what.kind == "duration" and n.text[c.what.end - 1] == "s" and (n.hedged or not _DATING.search(n.lead(24))):
        return False  # spent 1500 hours
    year = is_year(n.text, n.number, plural, n.hedged) or (n.ranged and is_year(n.text, n.last, plural, n.hedged))
    return year and (c.is_count or n.text[n.number.end : n.number.end + 1] in " ")


def _counts_in_thousands(c: Candidate) -> bool:
    """*Evacuated 2000 residents*, *sold 1500 cars*, *over 1500 came*: four digits that no word before them makes a year."""
    n = c.n
    if c.rule == "bare" and _TOLLED.search(n.lead(60)):
        return True  # the toll rose to 1908
    plural = c.what.counted is not None and c.what.counted.plural
    if plural and _IN_ALL.search(n.text, max(n.lo, n.number.start - 14), n.number.start):
        return True  # a total of 2015 pupils
    if plural and _OF.search(n.lead(8)) and not 1900 <= (n.number.value or 0) <= 2035:
        return True  # a hotel of 1750 rooms
    if not n.hedged and _DATING.search(n.lead(24)):
        return False
    if c.what.counted is None:
        bounded = n.before.modifier in ("more_than", "at_least", "at_most", "less_than") and not _SINCE.search(n.lead(12))
        return bounded and (n.before.modifier != "at_most" or not 1900 < (n.number.value or 0) <= 2100)  # lasts up to 2027
    value = n.number.value or 0
    if not c.what.counted.plural or n.ranged:
        return False
    return c.what.unit == "person" or not 1900 <= value <= 2035 or value in (1900, 2000)


def is_result(c: Candidate) -> bool:
    """*Won 3-2*."""
    n = c.n
    changed = _CHANGED.search(n.lead(30)) is not None  # fell by 12 to 45
    return c.is_count and not n.ranged and not changed and is_score(n.text, n.number, n.lo, n.hi, c.what.counted is not None)


def is_pronoun(c: Candidate) -> bool:
    """*One of them*, *one day*; not *killing one*."""
    if c.is_count:
        return c.is_lone_one and not _is_casualty(c.n)
    if _A.fullmatch(c.n.raw) is not None and c.what.kind == "duration" and _AGO.match(c.n.text, c.what.end, c.n.hi) is not None:
        return True  # more than a month ago
    return not c.told and not _is_bounded(c.n) and not c.n.ranged and is_one_of_none(c.n.text, c.n.number, c.n.lo, c.n.hi)


def counts_nothing(c: Candidate) -> bool:
    """Nothing around a number that counts nothing says what it is."""
    return c.rule == "bare" and not c.is_lone_one and _is_bare(c.n)


def left_alone(c: Candidate) -> bool:
    """The number is no figure, or one whose meaning the words around it do not tell."""
    return True


def _is_bounded(n: NumberPhrase) -> bool:
    """Whether a hedge bounds the number; *maybe one day* bounds none."""
    return n.hedged and _PERHAPS.match(n.text, n.before.start, n.number.start) is None


def _is_casualty(n: NumberPhrase) -> bool:
    """*Killing one and wounding three*, *one dead*."""
    before = _STRUCK_BEFORE.search(n.text, max(n.lo, n.before.start - 34), n.before.start)
    return before is not None or _STRUCK_AFTER.match(n.text, n.at, n.hi) is not None


def is_told(n: NumberPhrase) -> bool:
    """Whether the words before a number tell what it is the number of: *the toll reached 40*, *totalling 300*."""
    lead = n.lead(90)
    return _QUANTITY.search(lead) is not None or _TOTAL.search(lead) is not None


def _is_bare(n: NumberPhrase) -> bool:
    """Whether nothing around a number that counts nothing says what it is."""
    number = n.number
    lead = n.lead(90)
    if number.form == "malformed":
        return not n.hedged
    if number.value == 1 and number.form == "spelled" and _OVER_ONE.search(n.text, n.before.start, number.start):
        return True  # under one roof
    if number.form in ("digits", "spelled") and _is_told_so(n, lead):
        return False
    if number.form == "digits" and (
        _LEVEL.search(n.text, max(0, n.before.start - 70), n.before.start)
        or (_LISTED.search(lead) and _ENDS.match(n.text, n.at, n.hi))
    ):
        return False
    if _is_casualty(n) or is_told(n):
        return False
    if number.form == "vague":
        return n.raw in _PLAIN_VAGUE
    plain = number.form == "digits" and number.scale == 1
    if plain and not n.hedged and "," not in n.raw and _NUMBER_NEXT.match(n.text, n.at, n.hi):
        return True
    if _PRONOMINAL.match(n.text, n.at, n.hi) or _PREDICATE.match(n.text, n.at, n.hi):
        named = _CAPITAL_BEFORE.search(lead) and not _OPENER.search(lead) and number.form == "digits"
        return bool(named) and not n.hedged
    return not n.hedged and number.scale < 1000 and not (plain and "," in n.text[n.number.start : n.last.end])


def _is_told_so(n: NumberPhrase, lead: str) -> bool:
    """Whether the words before a number that counts nothing tell that it counts: *the other six*, *there were 516*."""
    if number_is_negative(n) or _DEED_OF.search(lead) or _COMPARED.search(lead):
        return True
    if lead.endswith("(") and _LEVEL_OF_TWO.match(n.text, n.at, n.hi):
        return True
    if n.number.form == "digits" and _TO_THE_DOLLAR.match(n.text, n.at, n.hi):
        return True
    if n.number.form == "digits" and _CHANGED.search(lead) and _TO_LEVEL.match(n.text, n.at, n.hi):
        return True
    if _OTHER_BEFORE.search(lead) and _OTHER_AFTER.match(n.text, n.at, n.hi):
        return True
    if n.number.form == "digits" and _SCORED.search(lead) and _SCORED_AFTER.match(n.text, n.at, n.hi):
        return True
    if n.number.form == "digits" and ((_TRADED.search(lead) and _DECIMAL.fullmatch(n.raw)) or is_runs(n)):
        return True
    start = n.before.start
    if _TO_AND_FROM.search(n.text[max(0, start - 40) : start]):
        return True
    if _OF_THESE.search(lead) or (_OF_NOUNS.search(lead) and _GOES_ON.match(n.text, n.at, n.hi)):
        return n.text[n.at : n.at + 1] == " "
    if n.number.scale == 1 and _GOES_ON.match(n.text, n.at, n.hi) and _OF_A_WHOLE.search(n.text[max(0, start - _WHOLE) : start]):
        return True
    return _THERE.search(lead) is not None and _THERE_AFTER.match(n.text, n.at, n.hi) is not None


def number_is_negative(n: NumberPhrase) -> bool:
    """*Minus-40*."""
    return (n.number.value or 0) < 0 and n.raw.startswith(("minus", "negative"))

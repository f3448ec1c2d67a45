"""Numbers that are no figures: dates, times, scores, ordinals, digits in names, numbers of sections, phones and lists."""

from __future__ import annotations

import re

from ..lexicon.governments import is_people
from ..lexicon.tables import nouns
from ..lexicon.words import DATE_MONTHS
from .figure import Number

MONTH = rf"(?:{'|'.join(DATE_MONTHS)})\b\.?"
# nouns that a number after them names, and does not count
_NUMBERED = "|".join(sorted(nouns("numbered"))).replace("’", "[’']")
_NAME_BEFORE = re.compile(
    rf"(?:(?<![\w-])(?:{_NUMBERED})\.? ?#?(?:\d+(?:,| and|–|-) ?)?|#|(?<=[A-Za-z])(?<!\bnow)(?<!\bthen)-|\bNo\.|(?<=[=/_@:.])"
    rf"|=\"|[A-Za-z]\d*[’']?)$"
)
_DATE_BEFORE = re.compile(rf"\b{MONTH} (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?:, | and | to | ?[–-] ?))?$")
_DAY_AND_COMMA = re.compile(r"\d(?:st|nd|rd|th)?, $")  # *on July 15, four people*
_MORE_DAYS = re.compile(r"(?:,| and| or) \d{1,2}\b|[.;]|$")
_DATE_AFTER = re.compile(
    rf"(?:st|nd|rd|th)\b|(?:st|nd|rd|th)?(?: of)? {MONTH}(?! (?:be|have|not))|[’']?s\b|/\d|-(?:{MONTH})"
    rf"|(?: ?[–-] ?\d{{1,2}})?(?: of)? {MONTH}(?:,? \d{{4}})?(?! be)"
    rf"|\s(?:AD|BC|CE|BCE)\b"
)
_TIME_AFTER = re.compile(
    r"\s?(?:[ap]\.?m\b\.?|o[’']clock|GMT\b|BST\b|EST\b|EDT\b|PST\b|CET\b|UTC\b|IST\b|ET\b|noon\b|midnight\b|hours? (?:GMT|local))"
    r"|[:.]\d\d(?:\s?[ap]\.?m\b|\s(?:GMT|local|hrs))|:\d\d\b|h\d\d\b"
    r"|\s?(?:[–-]|to)\s?\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b",
    re.IGNORECASE,
)
# *at 1430 hours*, *0200 hrs*; not *for 200 hours*
_CLOCK_HOURS = re.compile(r"(?:[01]?\d|2[0-4])[0-5]\d")
_HOURS_AFTER = re.compile(r" ?(?:hrs|hours)\b(?! (?:later|after|of|in|a)\b)")
_AT_HOUR = re.compile(r"\b(?:at|around|by|from|to|until|till|since|before|between|and|-|–) ?\Z|(?<=[,(])\s?\Z")
_CLOCK = re.compile(r"h\b(?! of)")  # from 7h to 21h
_CLOCK_BEFORE = re.compile(r"\b(?:from|to|at|until|till|by|since|between|and|-|–) $")
_TIME_BEFORE = re.compile(r"\d[:.]$|\b(?:half|quarter) (?:past|to) $", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[0-9]|20|21)\d\d")
_SCORE_AFTER = re.compile(
    r"\s?[–-]\s?\d{1,3}\b(?!\s?(?:per|%|percent|year|month|week|day|hour|minute|million|billion|[a-z]+s\b|mile|km|metre|meter"
    r"|foot|point [a-z]))"
)
_SCORE_BEFORE = re.compile(r"\d\s?[–-]\s?$")
_RECORD_AFTER = re.compile(
    r"\s?[–-]\s?\d+(?:\s?[–-]\s?\d+)?\s(?:record|win|loss|victory|defeat|draw|vote|decision|ruling|lead|score|majority)"
)
_VOTE = re.compile(
    r"\b(?:by|of|was|voted|vote|won|lost|led|lead|win|loss|beat|score[ds]?|tally|passed)\s(?:\w+\s){0,2}$", re.IGNORECASE
)
_PHONE = re.compile(r"(?:\+|\btel\.?:? ?|\bcall |\bphone )[\d ()-]*$|\d{3}[- ]$", re.IGNORECASE)
_LIST_AFTER = re.compile(r"[.)]\s+\S")
# as long as addresses are at most: what stands before a point or sign is not searched for further than that
_WEB = re.compile(
    r"(?:https?://|www\.)\S+|[^\s@]{1,64}@\S{1,255}\.\w+|\b[\w-]{1,64}=\"[^\"]*\""
    r"|\S{0,255}\.(?:com|org|net|gov|co|html?|php|aspx|jpg|png)\b\S*"
)
_WEB_SIGN = re.compile(r"://|www\.|@|=\"|\.(?:com|org|net|gov|co|html?|php|aspx|jpg|png)\b")  # what each of them holds
_IDIOM_BEFORE = re.compile(
    r"\b(?:no|any|every|each|the other|which|this|that|public enemy number|plan|square|page|day|number|chapter|route|of the"
    r"|not|at) $",
    re.IGNORECASE,
)
_ONE_AFTER = re.compile(
    r"(?:-| )(?:of|another|way|thing|things|day|side|hand|reason|point|time|example|more|by|on|too|that|who|which|or two|can"
    r"|could|would|should|must|may|might"
    r"|has|had|is|was|in|to|for|at|with|and only|and the same|final|last|big|key|major|such|sided|off|stop|liner|upmanship"
    r"|size|year'?s|will|does|said|says|"
    r"single|possible|potential|wonders|knows|sees|gets|thinks|side|end|moment|instance|kind|sort|type|version|recent|early"
    r"|former|senior|aspect|place|area|"
    r"step|party|nation|people|world|love|voice|term|night|morning|evening|afternoon|step|eye|foot|word|notable|person'?s"
    r"|vote|particular|other|source)\b",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}")
_TITLE = re.compile(  # of a list, a book, a report, within marks
    r"[“\"‘'](?:\d[\d,.]*|[A-Z][a-z-]+) (?P<word>[A-Z][\w’'-]*)"
    r"(?: (?:[A-Z\d][\w’'-]*|&|of|the|and|in|on|for|to|at|with|an?|by|from)){0,9}[”\"’']"
)


_SCHOOL_YEAR = re.compile(r"\bYears? (?:\d\d? (?:and|to|or|&) )?\Z")
_PUPILS = re.compile(r" (?:pupils?|students?|class(?:es)?|children|exams?|tests?|boys?|girls?|teachers?|and|to|or|&)\b")
_PIXELS = re.compile(r"\d{1,2}[Kk]\Z")  # a 4K screen, a 10K run
_OF_PIXELS = re.compile(
    r"[ -](?:[a-z]+ )?(?:screens?|sets?|televisions?|TVs?|videos?|resolution|cameras?|monitors?|displays?|footage|UHD|HDR"
    r"|projectors?|streaming|runs?|races?|walks?|fun run|events?)\b"
)


def web_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Addresses and markup, whose digits are nobody's figures."""
    if _WEB_SIGN.search(text, start, end) is None:
        return []
    return [m.span() for m in _WEB.finditer(text, start, end)]


def is_date(text: str, number: Number, end: int, lo: int, hi: int) -> bool:
    """Whether a number is part of a date or a time; ``end``: where it, or the range that it opens, ends."""
    if number.form not in ("digits", "spelled", "fraction") or number.scale > 1:
        return False
    dated = _DATE_BEFORE.search(text, max(lo, number.start - 24), number.start)
    if dated and (number.value or 0) <= 2100:
        if not _DAY_AND_COMMA.search(dated.group()) or _YEAR.fullmatch(text, number.start, number.end):
            return True
        return number.form == "digits" and _MORE_DAYS.match(text, number.end, hi) is not None  # on July 15, 16 and 17
    if number.form == "fraction":
        return _SLASHED.fullmatch(text, number.start, number.end) is not None and not re.match(
            r"[ -]?(?:mile|inch|cup|of|teaspoon|pound|ounce|lb|oz|kg|litre|liter|gallon|pint|in\b|tbsp|tsp|point|percent"
            r"|per cent)",
            text[end : end + 12],
        )
    after_start = number.end
    if (
        number.form == "digits"
        and (_DATE_AFTER.match(text, end, hi) or _DATE_AFTER.match(text, after_start, hi))
        and not re.search(r"[,.]", text[number.start : number.end])
    ):
        return True
    if _TIME_AFTER.match(text, after_start, hi) and (number.value or 0) < 2400:
        return True
    if _CLOCK_HOURS.fullmatch(text, number.start, number.end) and _HOURS_AFTER.match(text, after_start, hi):
        at = _AT_HOUR.search(text, max(lo, number.start - 12), number.start) is not None
        return at or text[number.start] == "0"
    if _CLOCK.match(text, after_start, hi) and _CLOCK_BEFORE.search(text, max(lo, number.start - 8), number.start):
        return (number.value or 0) <= 24
    return _TIME_BEFORE.search(text, max(lo, number.start - 14), number.start) is not None


def is_year(text: str, number: Number, plural: bool, hedged: bool) -> bool:
    """Whether four digits without a comma say when: *in 2014*, *the 2012 elections*; *more than 2000 people* do not."""
    return not (hedged and plural) and _YEAR.fullmatch(text, number.start, number.end) is not None


def is_score(text: str, number: Number, lo: int, hi: int, counted: bool) -> bool:
    """Whether a number is half of a score, a vote or a record: *4-2*, *a 52 to 48 vote*."""
    if number.form != "digits":
        return False
    if _RECORD_AFTER.match(text, number.end, hi) or _SCORE_BEFORE.search(text, max(lo, number.start - 3), number.start):
        return True
    if _SCORE_AFTER.match(text, number.end, hi) and not counted:
        return True
    pair = re.compile(
        r" (?:to|-) (\d{1,3})\b(?! (?:[a-z]+s|per|percent|million|billion|year|month|day|week|hour)\b|%|[,.]\d)"
    ).match(text, number.end, hi)
    return pair is not None and (
        int(pair.group(1)) <= (number.value or 0) or _VOTE.search(text, max(lo, number.start - 24), number.start) is not None
    )


def is_name(text: str, number: Number, lo: int, hi: int, headline: bool) -> bool:
    """Whether a number stands in a name or numbers something: *Route 66*, *TV2*, *the Big Three*, *Section 5*, *“100 Women”*."""
    title = _TITLE.match(text, max(lo, number.start - 1), hi)
    if title is not None and not (title.end() == title.end("word") + 1 and is_people(title["word"].lower())):
        return True  # but "300 Syrians"
    if number.form == "digits":
        if _PIXELS.match(text[number.start : number.end]) and _OF_PIXELS.match(text, number.end, hi):
            return True
        if _SCHOOL_YEAR.search(text, max(lo, number.start - 12), number.start) and _PUPILS.match(text, number.end, hi):
            return (number.value or 0) <= 13
        if _NAME_BEFORE.search(text, max(lo, number.start - 24), number.start):
            return True
        if len(re.sub(r"\D", "", text[number.start : number.end])) >= 8 and not re.search(
            r"[ ,.\xa0\u2009\u202f]|[a-z]", text[number.start : number.end]
        ):
            return True
        return _PHONE.search(text, max(lo, number.start - 18), number.start) is not None or (
            number.start == lo and _LIST_AFTER.match(text, number.end, hi) is not None
        )
    if number.form != "spelled" or not text[number.start].isupper():
        return (
            _NAME_BEFORE.search(text, max(lo, number.start - 24), number.start) is not None
            and number.form == "spelled"
            and re.search(r"[A-Z]\w+\.? $", text[max(lo, number.start - 24) : number.start]) is not None
        )
    before = text[max(lo, number.start - 80) : number.start].rstrip()
    opens = not before or before[-1] in ".!?:;\"“”‘’'()—–-•*…"
    return not opens and not headline


def is_one_of_none(text: str, number: Number, lo: int, hi: int) -> bool:
    """Whether *one* is a pronoun, an article or an idiom and counts nothing."""
    return text[number.start : number.end].lower() == "one" and (
        _ONE_AFTER.match(text, number.end, hi) is not None
        or _IDIOM_BEFORE.search(text, max(lo, number.start - 20), number.start) is not None
    )

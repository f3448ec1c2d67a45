"""Figures of an article: numbers that count, measure or value something, with their bounds and what they say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from schemas.figures import FigureKind

from ..chars import Chars
from ..paragraphs import Paragraph
from ..sentences import clause_span, sentence_spans
from .counted import Counted, after_of, noun_phrase
from .events import PEOPLE_EVENTS, event_of
from .figure import Figure
from .hedges import Before, bounds, is_no_bound, read_after, read_before
from .negatives import is_date, is_name, is_one_of_none, is_score, is_year, web_spans
from .numbers import Number, find_numbers
from .scope import place_at, time_at
from .units import PERCENT, currency_of_sign, measure_at, money_at, rate_at

_BETWEEN = re.compile(r"\b(?:anywhere |somewhere )?(?:between|from)\s+(?:(?:US|A|C|NZ|HK|S)?[$£€¥₹])?$", re.IGNORECASE)
_JOINT = re.compile(
    r"(?P<unit>\s?(?:%|per cent|percent|[a-zµ°A-Z]{1,3}))??(?P<joint>\s?[–—-]\s?|-? to | or |-to-| and )"
    r"(?:(?:about|around|as many as|perhaps|maybe|even|up to|almost|nearly) )?(?P<sign>(?:US|A|C|NZ|HK|S)?[$£€¥₹])?"
)
_LISTED = re.compile(
    r"(?:,? (?P<word>and|or|to)|(?P<comma>,)) (?:(?:about|around|at least|almost|nearly|more than|over|some|another|only|up to|as many as) )?"
)
_RANGING = re.compile(r"\b(?:rang\w+|anywhere|somewhere|var(?:y|ies|ied|ying)|last\w*|estimat\w+|ag(?:es|ed)|span\w*)(?: in age)?,? $", re.IGNORECASE)
_AGE_AFTER = re.compile(r"[- ](?P<unit>years?|months?|weeks?|days?)(?:[- ]old|[- ]olds|(?= of age)| of age)\b(?: of age)?|(?P<yo>[ -]?y/?o\b)", re.IGNORECASE)
_AGE_BEFORE = re.compile(
    r"(?:\b(?:aged|ages?|age of|turn(?:ed|s|ing)|(?:girls?|boys?|child|children|man|woman|son|daughter|baby) of)"
    r"|\b(?:everyone|anyone|those|people|adults|children|child|kids|men|women|girls|boys|youths|all) (?:aged )?(?:over|under|above|below|older than|younger than|between))"
    r"\s(?:(?:between|over|under|from|about|around|just|only|nearly|almost|up to) )?$", re.IGNORECASE,
)  # fmt: skip
_APPOSED_AGE_BEFORE = re.compile(r"(?:[A-Z][\w’'.-]*[a-z.’'] (?:(?:[A-Z][\w’'.-]*|al|de|van|von|der|bin|[A-Z]\.) )*[A-Z][\w’'-]+|^[A-Z]\w+|\b(?:husband|wife|son|daughter|brother|sister|mother|father|[A-Z][a-z]+))(?:, (?:now |then |also |both )?| \()$")
_APPOSED_AGE_AFTER = re.compile(r"(?:,|\)|\.(?:\s|$)| (?:and|who|was|of)\b|;|$)")
_AGES_AFTER = re.compile(r"s\b")
_COMPOUND = re.compile(r"-(?P<noun>[a-z]+)(?:-(?P<next>[a-z]+))?")
_NO_COMPOUND = frozenset(
    "way ways fold time times sided on off handed faced piece star dimensional legged eyed armed stop size half third thirds quarter quarters fifths point points up "
    "party-line to in and or down out shot hit first old odd strong plus something ish track tier timer man woman person oh ".split()
)
_STRONG = re.compile(r"[- ]strong\b")
_FOLD = re.compile(r"[- ]?fold\b")
_TIMES = re.compile(r" times\b")
_PRONOMINAL = re.compile(r"\s+(?:of (?:them|whom|which|us|these|those|you)\b|others?\b|more\b|people\b)", re.IGNORECASE)
_PREDICATE = re.compile(
    r"\s+(?:(?:people|others|more) )?(?:(?:of (?:them|whom) )?(?:were|was|are|have|had|has)\b|dead\b|killed\b|injured\b|wounded\b|missing\b|hurt\b|arrested\b|detained\b|displaced\b|died\b"
    r"|in (?:custody|hospital|critical)|survived\b|seriously\b|critically\b)"
)
_QUANTITY = re.compile(
    r"\b(?:number|total|toll|figure|count|population|attendance|membership|tally|average|estimate|capacity|quota|target|crowd|turnout|enrol+ment|workforce|"
    r"casualties|deaths|fatalities|injuries|cases|infections|arrests|score|majority|headcount|circulation|audience|record|sum|maximum|minimum|limit|threshold|ceiling|index)\b"
    r"(?P<of> of [^.,;\d]{3,50}?)?,? (?:(?:\w+ly |now |currently |also )?(?:of|to|at|was|were|is|are|stands?|stood|reached|reaches|hits?|r[io]sen?|rose|climb\w*|fell|dropped|grew|jump\w*|"
    r"has|had|have|been|exceed\w*|total\w*|passed|tops|topped|remain\w*|surg\w+|soar\w*|nearly|more than|over|about|around|from|down|up|increas\w+|by|roughly|approximately|some|at least|estimated|almost|sits|near\w*|put|set) ?)+$",
    re.IGNORECASE,
)  # fmt: skip
_KILLED_BEFORE = re.compile(r"(?i)\b(?:kill|wound|injur|detain|arrest|displac|maim|hurt|captur|rescu|evacuat|abduct|kidnap)(?:ed|ing|s|es|ping)?\s+(?:(?:another|an additional|some|as many as|a further|at least|more than|about|nearly)\s+)?$")
_TOTAL_BEFORE = re.compile(r"\b(?:numbered|numbering|total(?:l?ed|ling|s)?|amount(?:ed|ing|s)? to|a total of|averag(?:ed|ing|es)|count(?:ed|ing|s)|number(?:s)?)\s+(?:\w+ ){0,2}$")
_UNSPECIFIED = re.compile(
    r"\b(?:(?:is|are|was|were|has been|have been|being) (?:widely |now |also |still |all )?(?:believed|thought|reported|said|feared|estimated|understood|presumed|alleged|suspected|expected|assumed|rumou?red)"
    r"|reportedly|allegedly|apparently|purportedly|supposedly|presumably|(?:some|many|various) (?:estimates|reports)|(?<!last )(?<!the )reports (?:suggest|say|indicate)|unconfirmed"
    r"|(?:claims?|allegations?|reports?|accusations?|suggestions?|rumou?rs?|fears?) that|feared)\b", re.IGNORECASE,
)  # fmt: skip
_INCLUDING = re.compile(
    r"(?:\bincluding|\binclud(?:es|ed)|\bamong (?:them|whom|the dead|those)|\bof (?:whom|which|them|those|these)|\bmore than half|\bof the (?:dead|victims|injured)|\bcounting)"
    r"[ ,][^.;\d]{0,30}$", re.IGNORECASE,
)  # fmt: skip
_OF_WHOLE = re.compile(r" of (?:all )?(?:the|its|their|his|her|these|those|our|my|your) ", re.IGNORECASE)
_PART_OF = re.compile(r"\bof (?:all )?(?:the|its|their|his|her|these|those|our) $", re.IGNORECASE)
_OF_THEM = re.compile(r" of (?:whom|which|them|those|these)\b")
_ALONE = re.compile(r"(?:\s+(?:in|on|at|last|this|since|from|elsewhere|there|earlier|later)\b[^,;:.]*)?(?:[,;.]|$)")
_AND = re.compile(r"[^;:]*\band (?:about |around |at least |almost |nearly |more than |over |some |another |only )?")
_SAME = re.compile(r"(?:\s*(?:,|and|or|&)\s*)+(?:(?:some|another|at least|more than|about|nearly|up to) )*")
_TITLE_WORD = re.compile(r"\b[A-Z][a-z]")
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w’]*\s$")
_OPENER = re.compile(r"(?:^|[.!?:;,\"“”]\s+)(?:[A-Z]\w*)\s$|\b(?:In|On|At|Of|The|Some|About|Around|Over|Only|Nearly|By|With|For|And|But|From|To|When|After|Another|All|These|Those|Those|Also)\s$")
_SMALL_BARE = 13


def find_figures(
    text: str, paragraphs: Sequence[Paragraph], names: Sequence[Chars] = (), places: Sequence[Chars] = (), dollar: str = "USD"
) -> list[Figure]:
    """Return the figures of an article in text order, boilerplate left out.

    Args:
        text: the article.
        paragraphs: its paragraphs.
        names: spans of names of people and bodies, in text order; a number within one is no figure.
        places: spans of names of places, in text order.
        dollar: the currency that a bare dollar sign stands for.
    """
    out: list[Figure] = []
    for p in paragraphs:
        if p.kind == "boilerplate":
            continue
        numbers = find_numbers(text, p.start, p.end)
        if not numbers:
            continue
        found = _of_paragraph(text, p, numbers, names, dollar)
        sentences = sentence_spans(text, p.start, p.end) if found else []
        by_sentence: dict[Chars, list[Figure]] = {}
        for figure in found:
            figure.sentence = next((s for s in sentences if s[0] <= figure.start < s[1]), sentences[-1])
            by_sentence.setdefault(figure.sentence, []).append(figure)
        for own in by_sentence.values():
            _add_context(text, own, places)
        out += found
    return out


def _of_paragraph(text: str, p: Paragraph, numbers: Sequence[Number], names: Sequence[Chars], dollar: str) -> list[Figure]:
    web = web_spans(text, p.start, p.end)
    headline = p.kind in ("headline", "subhead") and len(_TITLE_WORD.findall(text, p.start, p.end)) > 0.5 * len(text[p.start : p.end].split())
    found: list[Figure] = []
    taken = p.start
    for n, number in enumerate(numbers):
        if number.start < taken or any(s <= number.start < e for s, e in web) or _within(names, number):
            continue
        figure = _read(text, p, numbers, n, headline, dollar, taken)
        if figure is not None:
            taken = figure.whole_end if " per " in (figure.unit or "") else figure.end
            found.append(figure)
    return found


def _read(text: str, p: Paragraph, numbers: Sequence[Number], n: int, headline: bool, dollar: str, taken: int) -> Figure | None:
    """The figure of a number; of *five* in *five and ten people* too, which counts what the next one does."""
    candidate = _Candidate(text, p, numbers[n], numbers[n + 1 :], headline, dollar, taken)
    figure = candidate.read()
    if n + 1 == len(numbers) or (figure is not None and figure.rule != "bare") or not candidate.may_share(numbers[n + 1 :]):
        return figure
    shared = _read(text, p, numbers, n + 1, headline, dollar, numbers[n].end)
    if shared is None or shared.rule in ("bare", "apposition", "sign", "compound") or shared.modifier == "vague":
        return figure
    return candidate.sharing(shared)


def _within(names: Sequence[Chars], number: Number) -> bool:
    """Whether a name holds the number and more than it."""
    k = bisect_right(names, number.start, key=lambda s: s[0]) - 1
    return k >= 0 and number.end <= names[k][1] and names[k] != (number.start, number.end)


class _Candidate:
    """A number on its way to be a figure, or not."""

    def __init__(self, text: str, p: Paragraph, number: Number, later: Sequence[Number], headline: bool, dollar: str, taken: int) -> None:
        self.text, self.p, self.number, self.headline, self.dollar = text, p, number, headline, dollar
        self.lo, self.hi = max(p.start, taken), p.end
        self.before: Before = read_before(text, self.lo, number.start)
        if self.before.currency is None:
            self.number = number = _metres(text, number, self.hi)
        self.last = number
        self.start = self.before.start
        self.range = (0.0, 0.0)
        self._read_range(later)
        self.after = read_after(text, self.last.end, self.hi)
        self.at = self.after[1] if self.after else self.last.end

    def read(self) -> Figure | None:
        """The figure, or None."""
        text, number, last = self.text, self.number, self.last
        if not self.before.currency and is_date(text, number, last.end, self.lo, self.hi):
            return None
        kind, unit, counted, end, rule = self._what()
        if kind is None or self._is_none(kind, counted, end, rule):
            return None
        figure = Figure(self.p.index, self.start, end, (number.start, last.end), "exact", kind, rule, unit=unit)
        if counted is not None:
            figure.counted, figure.counted_lemma = counted.text, counted.lemma
            figure.counted_span = (counted.end - len(counted.text), counted.end)
        figure.whole_end = max(figure.end, counted.end if counted else 0)
        rate = rate_at(text, figure.whole_end, self.hi) if kind not in ("age", "ratio", "duration") or rule == "times" else None
        if rate is not None and figure.unit is not None and not (kind == "percent" and rate[0] in ("share", "person", "unit", "child", "vote")):
            figure.unit, figure.whole_end = f"{figure.unit} per {rate[0]}", rate[1]
            figure.end = rate[1] if counted is None else figure.end
        self._bound(figure)
        return figure

    def may_share(self, later: Sequence[Number]) -> bool:
        """Whether the number may count what the next one does: *five and ten people*, *from 10 to 15 cars*."""
        text, number = self.text, self.number
        m = _LISTED.fullmatch(text, number.end, later[0].start)
        if m is None or self.last is not number or number.form not in ("digits", "spelled") or (number.form == "spelled" and number.value == 1):
            return False
        if is_date(text, number, number.end, self.lo, self.hi) or is_year(text, number, self.lo, False, False):
            return False
        if is_name(text, number, self.lo, self.hi, self.headline) or text[number.start - 1 : number.start].isalnum():
            return False
        if m["word"] == "to":
            return re.search(r"\bfrom $", text[max(self.lo, self.before.start - 5) : self.before.start]) is not None
        return m["comma"] is None or (len(later) > 1 and _LISTED.fullmatch(text, later[0].end, later[1].start) is not None)

    def sharing(self, other: Figure) -> Figure:
        """The figure that counts what another does."""
        figure = Figure(self.p.index, self.start, self.number.end, (self.number.start, self.number.end), "exact", other.kind, "shared", unit=other.unit)
        figure.counted, figure.counted_lemma, figure.counted_span = other.counted, other.counted_lemma, other.counted_span
        figure.whole_end = figure.end
        self._bound(figure)
        return figure

    # -------------------------------------------------------------- range

    def _read_range(self, later: Sequence[Number]) -> None:
        """The second number of *between 10 and 15*, *10–15 per cent*, *two or three*."""
        text, number = self.text, self.number
        if not later or number.value is None or number.form == "ratio":
            return
        second = later[0]
        m = _JOINT.fullmatch(text, number.end, second.start)
        if m is None or second.value is None or second.form == "ratio":
            return
        joint = m["joint"].strip(" -") or "-"
        opening = _BETWEEN.search(text, max(self.lo, number.start - 24), number.start)
        if joint == "and" and not (opening and "etween" in opening.group().lower()):
            return
        if joint in ("and", "to") and opening and "from" in opening.group().lower():
            lead = text[max(self.lo, opening.start() - 80) : opening.start()]
            ranging = _RANGING.search(lead) or "where" in opening.group().lower()
            if not ranging or joint == "and":
                return  # rose from 10 to 15: two figures
        if m["unit"] and not text.startswith(m["unit"].strip(), second.end + (text[second.end : second.end + 1] == " ")):
            return  # up 20 per cent to 45 million
        low = number.value
        if number.scale == 1 and second.scale > 1 and low < 1000 and low < second.value / second.scale:
            low *= second.scale
        if low >= second.value or (joint == "or" and (second.value > 3 * low or not _counts_up(low, second.value))):
            return
        if joint in "-–—" and re.fullmatch(r"(?:19|20)\d\d", text[number.start : number.end]):
            return
        if m["sign"] and not self.before.currency and "$£€".find(m["sign"][-1]) < 0:
            return
        self.last = second
        self.range = (low, second.value)
        if opening is not None:
            self.start = opening.start()

    # -------------------------------------------------------------- what it counts

    def _what(self) -> tuple[FigureKind | None, str | None, Counted | None, int, str]:
        text, number, last, hi, at = self.text, self.number, self.last, self.hi, self.at
        if self.before.currency:
            code = currency_of_sign(self.before.currency, self.dollar)
            named = money_at(text, (last.start, last.end), hi, True, self.dollar)
            end = named[1] if named and (named[0] in (code, "USD") or code == "USD") else at
            return "money", code, self._of_money(end), end, "sign"
        if number.form == "ratio":
            of = after_of(text, at, hi)
            counted = noun_phrase(text, of or at, hi, glued=of is not None)
            return "ratio", counted.unit if counted else None, counted, at, "ratio"
        m = PERCENT.match(text, at, hi)
        if m:
            points = "point" in m.group().lower()
            of = after_of(text, m.end(), hi)
            counted = noun_phrase(text, of, hi, glued=True) if of is not None else None
            return "percent", "percentage point" if points else "percent", counted, m.end(), "percent"
        money = money_at(text, (number.start, at), hi, number.form == "vague" or last.scale > 1, self.dollar)
        if money is None and number.form in ("vague", "spelled", "fraction") and (of := after_of(text, at, hi)) is not None:
            money = money_at(text, (number.start, of - 1), hi, True, self.dollar)  # millions of dollars
            money = None if money and number.form == "fraction" else money
        if money is not None:
            return "money", money[0], None, money[1], "currency"
        age = self._age(at)
        if age is not None:
            return age
        strong = _STRONG.match(text, at, hi)
        if strong:
            counted = noun_phrase(text, strong.end(), hi) or noun_phrase(text, strong.end(), hi, one=True)
            return "count", counted.unit if counted and counted.plural else "person", counted, strong.end(), "counted"
        if _FOLD.match(text, at, hi):
            return "ratio", "fold", None, _FOLD.match(text, at, hi).end(), "unit"  # type: ignore[union-attr]
        measured = self._measure(at)
        if measured is not None:
            return measured
        if number.form == "fraction":
            return self._fraction(at)
        return self._count(at)

    def _age(self, at: int) -> tuple[FigureKind, str, None, int, str] | None:
        text, number, hi = self.text, self.number, self.hi
        m = _AGE_AFTER.match(text, at, hi)
        if m:
            return "age", (m["unit"] or "year").lower().rstrip("s"), None, m.end(), "unit"
        if number.value is None or not 0 < number.value <= 120 or number.value != int(number.value) or number.scale > 1:
            return None
        months = re.compile(r"[ -](months?|weeks?|days?|years?)\b").match(text, at, hi)
        if _AGE_BEFORE.search(text, max(self.lo, number.start - 36), number.start) and not re.match(r"[,.]?\d|\s?%| per", text[at : at + 5]):
            named = re.search(r"\b(?:turn\w*) $", text[max(self.lo, number.start - 9) : number.start]) is not None
            if not named or (number.value >= 10 and re.match(r"\s*(?:[.,;]|$|this|last|on|in|next|years)", text[at : at + 8])):
                if months:
                    return "age", months.group(1).rstrip("s"), None, months.end(), "age"
                if noun_phrase(text, at, hi) is None:
                    return "age", "year", None, at, "age"
        lead = text[max(self.lo, number.start - 50) : number.start]
        if number.form == "digits" and _APPOSED_AGE_BEFORE.search(lead) and _APPOSED_AGE_AFTER.match(text, at, hi):
            bracket = lead.endswith("(")
            if bracket == (text[at : at + 1] == ")") and (bracket or text[at : at + 1] in ",;" or text[at : at + 2] in (". ", ".") or at == hi):
                return "age", "year", None, at, "apposition"
        return None

    def _measure(self, at: int) -> tuple[FigureKind, str, None, int, str] | None:
        text, number, hi = self.text, self.number, self.hi
        start = at
        if number.form in ("vague", "spelled", "fraction") and (of := after_of(text, at, hi)) is not None and not text[of - 4 : of] == "the ":
            start = of - 1  # tens of thousands of tonnes, a couple of days
        found = measure_at(text, start, hi)
        more = re.compile(r"(?: more| full| whole| straight| consecutive| long| short| additional| further| extra| working| calendar| solid| successive)").match(text, at, hi)
        if found is None and more is not None and re.match(r" (?:more |full )?(?:years?|months?|weeks?|days?|hours?|minutes?|nights?|decades?|seconds?|miles?|km)\b", text[more.end() : more.end() + 16]):
            found = measure_at(text, more.end(), hi)
        if found is None:
            return None
        unit, end = found
        if number.form == "fraction" and number.value == 0.5 and start == at and text[at : at + 1] != "-" and number.start == number.end - 4:
            joined = re.match(r"[ -](?:an? )?", text[at : at + 4])
            if joined is None:
                return None
        times = ("second", "minute", "hour", "day", "night", "week", "fortnight", "month", "year", "decade", "century", "millennium", "millisecond",
                 "microsecond", "nanosecond", "business day", "quarter", "generation", "weekend")  # fmt: skip
        if unit in times:
            return "duration", unit, None, end, "unit"
        if number.form == "vague" and number.low is None and unit in ("hand", "cup", "turn", "stone"):
            return None
        if unit == "degree" and re.match(r"s? (?:from|in|of (?!heat|frost|warming)|programs?|programmes?|holders?|to which)", text[end : end + 14]):
            return None
        if unit in ("foot", "pound", "inch", "hand", "ton") and re.match(r"\s+soldiers", text[end : end + 10]):
            return None
        return "measure", unit, None, end, "unit"

    def _fraction(self, at: int) -> tuple[FigureKind | None, str | None, Counted | None, int, str]:
        """*A third of the voters*, *two-thirds majority*, *more than half*; *a third man* is no figure."""
        text, number, hi = self.text, self.number, self.hi
        raw = text[number.start : number.end].lower()
        timed = re.compile(r" (?:an? )(?:(?P<unit>hour|day|century|decade|year|mile|minute|second|week|month)\b|(?P<point>percentage point|per cent|percent|point)\b)").match(text, at, hi)
        if timed and raw == "half":
            unit = timed["unit"]
            if timed["point"]:
                return "percent", "percentage point" if "point" in timed["point"] else "percent", None, timed.end(), "percent"
            if unit:
                return ("measure" if unit == "mile" else "duration"), unit, None, timed.end(), "unit"
        of = after_of(text, at, hi)
        counted = noun_phrase(text, of, hi, glued=True) if of is not None else None
        hedged = self.before.start < number.start
        lead = text[max(self.lo, number.start - 22) : self.before.start].lower()
        if raw == "half":
            direct = re.compile(r" (?:the|its|their|his|her|our|my|your|all|that|those|these|as|a )\b ?").match(text, at, hi)
            if of is None and direct is not None and " as" not in direct.group():
                counted = noun_phrase(text, direct.end(), hi, glued=True)
            by = re.search(r"\b(?:by|in|to|than|nearly|almost|over|about|only|less than|roughly|around)\s+$", lead + text[self.before.start : number.start].lower())
            ordinal = re.search(r"(?:first|second|other|latter|one|the|each|either|and a|and|a|better|bottom|top|my|his|her|upper|lower|wrong) $", lead)
            if of is None and (direct is None or (not hedged and by is None and "as" in (direct.group() if direct else ""))) and not hedged and by is None:
                return None, None, None, at, ""
            if ordinal and not hedged:
                return None, None, None, at, ""
            if text[at : at + 1] == "-" or re.match(r" (?:time|hour|brother|sister|way|term|marathon|dozen|asleep|dead|empty|full|naked|term|a)\b", text[at : at + 9]):
                return None, None, None, at, ""
            return "ratio", counted.unit if counted else None, counted, at, "fraction"
        if text[number.start] in "½¼¾⅓⅔⅛⅜⅝⅞⅕" or "/" in raw:
            following = noun_phrase(text, at, hi)
            return ("ratio", counted.unit if counted else None, counted, at, "fraction") if of is not None or hedged else (
                (None, None, None, at, "") if following is None else ("count", following.unit, following, at, "counted")
            )
        one = re.match(r"(?:a|an) ", raw) is not None
        ordinal = one and of is None and not hedged and not re.search(r"\b(?:by|to|than|up|down|only|just|about|nearly|for|over|accounts? for|cut)\s+$", lead)
        if ordinal or (one and re.match(r" (?:of a|time|term|party|man|woman|person|wave|quarter|-)", text[at : at + 9])):
            return None, None, None, at, ""
        if re.search(r"\b(?:the|first|second|third|fourth|last|next|this|each|every|past) $", lead) and raw.endswith(("quarter", "quarters")):
            return None, None, None, at, ""
        if raw.endswith(("quarter", "quarters")) and of is None and not hedged and "-" not in raw:
            return None, None, None, at, ""
        if counted is None and of is None and raw.endswith("s"):
            following = noun_phrase(text, at, hi)
            counted = following if following and not following.text.lower().startswith("major") else None
        return "ratio", counted.unit if counted else None, counted, at, "fraction"

    def _count(self, at: int) -> tuple[FigureKind | None, str | None, Counted | None, int, str]:
        text, number, last, hi = self.text, self.number, self.last, self.hi
        one = last.value == 1 and number is last
        m = _TIMES.match(text, at, hi)
        if m:
            compared = re.match(r" (?:as|more|higher|greater|larger|bigger|the|its|faster|likelier|less|that|longer|stronger)\b", text[m.end() : m.end() + 10])
            return ("ratio" if compared else "count"), "time", None, m.end(), "times"
        compound = _COMPOUND.match(text, at, hi)
        if compound:
            noun = compound["noun"]
            if noun in _NO_COMPOUND or (number.form == "vague" and noun != "dollar") or noun.endswith(("ed", "th", "st", "nd", "rd", "ly")):
                return None, None, None, at, ""
            if number.form == "digits" and "," not in text[number.start : number.end] and (number.value or 0) > 999:
                return None, None, None, at, ""
            end = compound.end("noun")
            return "count", Counted(noun, end, noun, False).unit, Counted(noun, end, noun, False), end, "compound"
        if text[at : at + 1].isalpha() or text[at : at + 1] in "-–—/’'" and text[at + 1 : at + 2].isalnum():
            return None, None, None, at, ""
        of = after_of(text, at, hi)
        counted = noun_phrase(text, of if of is not None else at, hi, one=one and of is None, glued=of is not None)
        if one and counted is None and number.form == "digits":
            counted = noun_phrase(text, at, hi)
        if of is not None and counted is None and number.form == "vague":
            counted = noun_phrase(text, of, hi, one=True, glued=True)
        if of is not None and number.form == "digits" and number.scale == 1 and not re.match(r" of (?:the|its|their|these|those|his|her|our|all|my|your)\b", text[at : at + 10]):
            counted = None  # 12 of December, a crowd of 50 of
        return "count", counted.unit if counted else None, counted, at, "counted" if counted else "bare"

    def _of_money(self, at: int) -> Counted | None:
        return None

    # -------------------------------------------------------------- no figure after all

    def _is_none(self, kind: FigureKind, counted: Counted | None, end: int, rule: str) -> bool:
        text, number, last, lo, hi = self.text, self.number, self.last, self.lo, self.hi
        hedged = self.before.modifier != "exact"
        if kind == "money":
            return False
        glued = text[number.start - 1 : number.start]
        if glued and (glued.isalnum() or glued in "#@_="):
            return True
        if number.form == "malformed" and kind == "count" and counted is None and not hedged:
            return True
        if is_name(text, number, lo, hi, self.headline) and not (hedged and rule != "bare"):
            return True
        if kind in ("percent", "ratio", "age") or rule == "times":
            return False
        if kind == "count" and number is last and is_score(text, number, lo, hi, counted is not None):
            return True
        year = is_year(text, number, lo, counted is not None and counted.plural, hedged)
        if kind == "duration" and not hedged and is_one_of_none(text, number, lo, hi):
            return True
        if kind in ("duration", "measure"):
            return year and text[number.end : number.end + 1] in " "
        if year or (last is not number and is_year(text, last, lo, counted is not None and counted.plural, hedged)):
            return True
        if number.value == 1 and number.form == "spelled" and not hedged and (counted is None or is_one_of_none(text, number, lo, hi)):
            return not self._is_casualty()
        if rule == "bare":
            return self._is_bare(hedged)
        return False

    def _is_casualty(self) -> bool:
        """*Killing one and wounding three*, *one dead*."""
        return _KILLED_BEFORE.search(self.text, max(self.lo, self.before.start - 34), self.before.start) is not None or (
            re.match(r" (?:dead|killed|injured|wounded|missing|arrested|hurt|was (?:killed|injured|wounded|arrested))\b", self.text[self.last.end : self.last.end + 14]) is not None
        )

    def _is_bare(self, hedged: bool) -> bool:
        """Whether a number with nothing to count is left alone: refused unless the words around it say what it is."""
        text, number, at = self.text, self.number, self.last.end
        lead = text[max(self.lo, self.before.start - 90) : self.before.start]
        if self._is_casualty() or _QUANTITY.search(lead) or _TOTAL_BEFORE.search(lead):
            return False
        if number.form == "vague":
            return text[number.start : number.end].lower() in ("several", "a few", "few", "countless", "a handful")
        after = text[at : at + 40]
        if re.match(r"\s+(?:in|out of|on|and|or|to|,)?\s*\d", after) and number.form == "digits" and number.scale == 1 and not hedged:
            return True
        if _PRONOMINAL.match(after) or _PREDICATE.match(after):
            capital = _CAPITAL_BEFORE.search(lead) and not _OPENER.search(lead) and number.form == "digits"
            return bool(capital) and not hedged
        if hedged or number.scale >= 1000:
            return number.form == "digits" and number.scale == 1 and not hedged
        raw = text[number.start : number.end]
        if number.form == "digits" and "," in raw and not number.readings:
            return False
        return True

    # -------------------------------------------------------------- bounds

    def _bound(self, figure: Figure) -> None:
        text, number = self.text, self.number
        modifier = self.before.modifier
        if modifier != "exact" and is_no_bound(text, self.lo, self.before.start, figure.end, figure.kind):
            modifier = "exact"
            figure.start = number.start
        later = read_after(text, figure.end, self.hi) or (read_after(text, figure.whole_end, self.hi) if figure.whole_end > figure.end else None)
        later = self.after or later
        if later is not None and modifier == "exact":
            modifier = later[0]
            if later[1] <= figure.end or later[1] - figure.end < 24:
                figure.end = max(figure.end, later[1])
                figure.whole_end = max(figure.whole_end, figure.end)
        if number.form == "malformed":
            figure.malformed, figure.readings, figure.modifier = True, number.readings, modifier
        elif number.form == "vague":
            figure.modifier, figure.low, figure.high = "vague", number.low, number.high
            figure.start = self.before.start if modifier not in ("exact", "approximate") else number.start
        elif self.last is not number:
            figure.modifier, (figure.low, figure.high) = "range", self.range
        else:
            figure.modifier, figure.value = modifier, number.value
            figure.low, figure.high = bounds(modifier, number.value)


def _metres(text: str, number: Number, hi: int) -> Number:
    """*300m away* are metres and *100t* tonnes; *5m tickets* are millions."""
    if number.scale < 1e6 or number.form != "digits" or text[number.end - 1] not in "mt" or not text[number.end - 2].isdigit():
        return number
    if money_at(text, (number.start, number.end), hi, True) is not None or noun_phrase(text, number.end, hi) is not None:
        return number
    return replace(number, end=number.end - 1, value=None if number.value is None else number.value / number.scale, scale=1.0)


def _counts_up(low: float, high: float) -> bool:
    """Whether *five or six*, *two or three hundred* are neighbours."""
    unit = 10 ** (len(str(int(high))) - 1) if high >= 10 else 1
    return high - low <= max(2, unit, 0.5 * low)


# ------------------------------------------------------------------ context


def _add_context(text: str, figures: Sequence[Figure], places: Sequence[Chars]) -> None:
    """Event, place, time and the whole that it is part of, for the figures of one sentence."""
    counts = [f for f in figures if f.kind in ("count", "ratio", "percent")]
    unspecified = _UNSPECIFIED.search(text, *figures[0].sentence) is not None
    for n, f in enumerate(counts):
        before, after = counts[n - 1] if n else None, counts[n + 1] if n + 1 < len(counts) else None
        clause = clause_span(text, f.sentence, f.start)
        f.part_of = _whole_of(text, f, before, after)
        joined = after is not None and _SAME.fullmatch(text, f.whole_end, after.start) is not None
        f.event = event_of(text, f, (clause[0], f.sentence[1]), before, None if joined else after)
    for n, f in enumerate(counts):
        before = counts[n - 1] if n else None
        if f.event is None and f.part_of is not None:
            f.event = f.part_of.event
        if f.event is None and before is not None and before.event is not None and (
            _SAME.fullmatch(text, before.whole_end, f.start)
            or (f.unit == before.unit and _AND.fullmatch(text, before.whole_end, f.start) and _ALONE.match(text, f.whole_end, f.sentence[1]))
        ):
            f.event = before.event
    for n in range(len(counts) - 1, 0, -1):  # 12 women and five children were killed; 50 people, including 12 children, died
        f, after = counts[n - 1], counts[n]
        if f.event is None and after.event is not None and (after.part_of is f or _SAME.fullmatch(text, f.whole_end, after.start)):
            f.event = after.event
    for f in figures:
        clause = clause_span(text, f.sentence, f.start)
        f.time_text = time_at(text, (clause, f.sentence), (f.start, f.whole_end))
        f.place = place_at(text, (clause, f.sentence), places, (f.start, f.whole_end))
        f.unspecified = unspecified
        if f.unit is None and f.kind == "count" and f.event in PEOPLE_EVENTS:
            f.unit = "person"


def _whole_of(text: str, f: Figure, before: Figure | None, after: Figure | None) -> Figure | None:
    """The whole of *50 people, including at least 12 children*, *of the 50 dead, 12*, *12 of the 50*."""
    if after is not None and _OF_WHOLE.fullmatch(text, f.end, after.start) and f.kind == "count" == after.kind:
        return after
    if before is None or f.kind not in ("count", "ratio", "percent") or before.kind != "count" or before.event is None and before.counted is None and before.unit is None:
        return None
    if before.value is not None and f.value is not None and f.kind == "count" and f.value > before.value:
        return None
    of_before = _PART_OF.search(text, f.sentence[0], before.start) is not None and re.fullmatch(r"[^.;:]{0,30}, ", text[before.whole_end : f.start])
    of_them = _OF_THEM.match(text, f.end)
    return before if of_before or of_them or _INCLUDING.search(text, before.end, f.start) else None

"""Figures of an article: numbers that count, measure or value something, with their bounds and what they say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ..text.chars import Chars, stands_in
from ..text.paragraphs import Paragraph
from ..text.view import ArticleView
from .candidate import read_figure
from .context import add_context
from .counted import Counted, noun_before
from .figure import FigureRule, FoundFigure, Number
from .money import dollar_of, settle_currencies
from .negatives import web_spans
from .numbers import find_numbers

_ADDRESS = re.compile(r"https?://\S+(?=\s*\n)")
_FAR = 120  # characters within which a noun left out was said
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_MODEL = re.compile(r" [A-Z]{0,3}-?\d{2,4}\b(?!-[a-z])")
_SENTENCE_END = re.compile(r"[.?!]\s")
_TITLE_WORD = re.compile(r"\b[A-Z][a-z]")
_NO_NAME = r"(?!(?:In|On|By|Since|Until|Page|No|Room|Route|Flight|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)"
_HEDGED = r"(?:(?:about|around|some|only|just|at least|nearly|almost|another|more than|over) )?"
# how a number stands whose noun was said before: (seats,) its rival 51; (seats) and Orla 51; (tonnes), Malo, 107; (seats)
# while Orla got only 51
_ELIDED = re.compile(
    rf"(?:[,;](?: and| but| while)?|(?<=times) and) (?:its|his|her|their|the|our) (?:(?!(?:since|of|in|by|on|until"
    rf"|from)\b)[\w’'-]+ ){{1,3}}{_HEDGED}$"
    rf"|(?:[,;](?: and| but| while)?|\band|\bwhile) (?:the )?{_NO_NAME}[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?:,| with)? {_HEDGED}$"
    rf"|\b(?:while|but|and|whereas) [^.;:,\d]{{1,60}} (?:only|just) $"
)
_ELIDED_AFTER = re.compile(r"[.;,](?!\d)|$| and\b| [–—-]")
_SENTENCE_ENDS = re.compile(r"[.;](?!\d)|$|, (?:and|but) ")
_OUT_OF = re.compile(r" out of (?:a (?:total|possible) (?:of )?)?(?:the )?")
# 19 members, including seven from Orsa and one from Tarvo; four cases, three in Kerra
_PARTS = re.compile(rf"[^.;:\d]{{0,70}}?(?:\binclud(?:ing|es?|ed)|:|—|–|--|,|;|(?:,|;)? and|,? with)\s?{_HEDGED}$")
_FROM = re.compile(r" (?:each )?(?:from|in|at|on) (?:the )?(?:[A-Z]|\d{4}\b)")
_AGES = re.compile(r"(?:,|,? and|,? &) ")
_GOES_ON = re.compile(
    rf"(?:(?!\b(?:tally|toll|total|number)\b)[^.;:]){{0,90}}?(?:(?:,|;)? and|,|;|\bwith|\bof which|\bof these"
    rf"|,? including|,? (?:against|compared (?:with|to)|versus|(?:up|down) from)|\b(?:by|in) (?:19|20)\d\d,? (?:it"
    rf"|they) (?:was|were|stood at|reached)) {_HEDGED}$"
    r"| to $| out of (?:a total of )?$"
    rf"|[^.;:\d]{{0,60}}, who (?:got|had|won|received|polled|took|secured|scored|sold) {_HEDGED}$"
)
# 51 per cent from 26, 20.3 per cent and Malo 14.2
_FROM_LEVEL = re.compile(
    rf"(?: (?:in|on) [A-Z]\w+| (?:a year|a month) (?:ago|earlier)| last \w+)?,? (?:up |down )?(?:from|against|versus"
    rf"|compared (?:to|with)) {_HEDGED}$"
)
_TO_LEVEL = re.compile(rf"(?: (?:in|on) \w+)?(?: \d{{4}})? to {_HEDGED}$")  # from 22 per cent in 2007 to 19.6
_LEVEL_AFTER = re.compile(r"[.;,)](?!\d)|$| (?:in|on) [A-Z]| a (?:year|month|week)\b| last\b")
# what may follow a number whose noun was said before: not *(metres, with) 2,000 TEUs*
_NO_NOUN_NEXT = re.compile(
    r"\s*(?:[.,;:)”\"–—-]|$)| (?:[a-z]+ed|in|on|at|of|from|for|to|by|with|and|or|but|who|which|that|was|were|is|are|has|have"
    r"|had|will"
    r"|more|fewer|less|went|came|left|fell|rose|made|took|got|gave|ran|drew|last|this|per|a|as|over|under|since|during"
    r"|than|sold|held|lost|won|new|old)\b"
)
# $240 million and 1.3 million, $5 million from 4.2 million
_LEVEL_JOINT = re.compile(
    rf"(?: in \w+| a year (?:ago|earlier))?,? (?:and|or|to|(?:up |down )?from|against|versus|compared (?:to|with)) {_HEDGED}"
)
_IN_ALL = re.compile(r" (?:in (?:all|total)|altogether)\b")
_ABOARD = re.compile(r" (?:on board|aboard)\b")
# hundreds gathered
_OF_A_CROWD = re.compile(
    r" (?:more )?(?:(?:have|had|has|were|are|also|then|later|still) ){0,2}(?:came|come|gathered|marched|protest(?:ed|ing)"
    r"|rallied|rallying|attended|turned (?:out|up)|queued|queuing|voted|mourned|demonstrated|lined|flocked|thronged|packed"
    r"|poured|took to|streamed|cheered|chanted|sang|prayed|watched|waited|waiting|crowded|descended|signed up|applied"
    r"|lost their (?:jobs|lives|homes)|need(?:ed)? (?:food|help|aid|shelter|water|urgent|humanitarian|emergency)|lack(?:ed)? "
    r"(?:access|food|clean|safe|water)|live[ds]? (?:in|on|below|under)|go(?:es)? hungry|(?:face|suffer)[ds]? (?:from )?(?:hunger"
    r"|famine|acute|severe|food)|(?:are|were) (?:hungry|homeless|poor|unemployed|jobless|out of work|in need"
    r"|malnourished|illiterate))\b"
)
_MANY = 1000
_OR_SO_MANY = re.compile(rf",? (?:or|\(|[–—-]) ?{_HEDGED}")
_SCALES = frozenset(("ion", "ore", "akh", "bn", "mn"))  # how millions, crores and lakhs end
_OF_PEOPLE = frozenset(("body", "corpse", "death", "fatality", "injury", "arrest", "case"))
_STATE_NEXT = re.compile(r" (?:seriously |critically |badly )?(?:injured|wounded|hurt|missing|dead|killed|arrested|detained)\b")
# 124 votes in favour, 98 against
# five cases in one group versus 90 in the other
_AGAINST = re.compile(rf"[^.;:\d]{{0,60}}?,? (?:versus|against|compared (?:with|to)) {_HEDGED}")
_AGAINST_AFTER = re.compile(r"[.;,](?!\d)|$| (?:in|for|among|last|a year|at) ")
_VOTES = frozenset(("vote", "ballot", "person", "member", "seat", "delegate", "country"))
_VOTED = re.compile(r"[^.;:\d]{0,40}?(?:,|,? and|,? with|,? to) ")
_TO_VOTES = re.compile(r"[.,;)](?!\d)|$| (?:with|in|on|after|for|against|last|to)\b")  # 120 votes to 45
_VOTED_AFTER = re.compile(r" (?:against|in favou?r|opposed|voting|abstaining)\b")
_NAME_AND_BRACKET = re.compile(r",?(?: and| by| then)? (?:the )?(?:[A-Z][\w’'.-]+ ){1,4}\(")
_THEN_BRACKET = re.compile(r"[^.;:()\d]{1,80} [A-Z][\w’'-]+ \(")
_MORE_THAN = re.compile(r" (?:more|fewer|less) than\b")


def article_figures(page: ArticleView) -> list[FoundFigure]:
    """Return the figures of an article, with the names in it told apart by the network and its publisher's dollar."""
    spans = sorted((e.start, e.end, e.kind) for e in page.entities)
    names = [(s, e) for s, e, kind in spans if kind in ("PERSON", "ORG")]
    places = [(s, e) for s, e, kind in spans if kind == "LOC"]
    return find_figures(page, names, places, url=page.article.url or _address_of(page.text))


def _address_of(text: str) -> str | None:
    """The address that an article's text opens with, on a line of its own."""
    m = _ADDRESS.match(text)
    return m.group() if m is not None else None


def find_figures(
    page: ArticleView, names: Sequence[Chars] = (), places: Sequence[Chars] = (), url: str | None = None
) -> list[FoundFigure]:
    """Return the figures of an article in text order, boilerplate left out.

    Args:
        page: the article.
        names: spans of names of people and bodies, in text order; a number within one is no figure.
        places: spans of names of places, in text order.
        url: its address, whose country tells what a bare dollar sign and other shared signs and names of money stand for.
    """
    dollar = dollar_of(url)
    out: list[FoundFigure] = []
    text = page.text
    for p in page.read:
        numbers = find_numbers(text, p.start, p.end)
        if not numbers:
            continue
        found = _of_paragraph(text, p, numbers, names, dollar)
        sentences = page.sentences(p) if found else []
        by_sentence: dict[Chars, list[FoundFigure]] = {}
        for figure in found:
            figure.sentence = sentences[max(bisect_right(sentences, figure.start, key=lambda s: s[0]) - 1, 0)]
            by_sentence.setdefault(figure.sentence, []).append(figure)
        for own in by_sentence.values():
            add_context(text, own, places)
        for figure in found:  # one may stand where a sentence that has no end is cut
            figure.sentence = figure.sentence[0], max(figure.sentence[1], figure.end)
        out += found
    settle_currencies(text, out, url)
    return out


def _of_paragraph(text: str, p: Paragraph, numbers: Sequence[Number], names: Sequence[Chars], dollar: str) -> list[FoundFigure]:
    web = web_spans(text, p.start, p.end)
    headline = p.kind in ("headline", "subhead") and 2 * len(_TITLE_WORD.findall(text, p.start, p.end)) > len(
        text[p.start : p.end].split()
    )
    found: list[FoundFigure] = []
    taken = p.start
    for n, number in enumerate(numbers):
        if number.start < taken or stands_in(web, number.start) or _stands_in_name(names, number):
            continue
        figure = read_figure(text, p, numbers, n, headline, dollar, taken)
        listed = figure is not None and figure.rule == "apposition" and bool(found) and found[-1].rule == "shared"
        aged = figure is not None and figure.rule == "bare" and bool(found) and found[-1].rule == "age"  # aged five and seven
        if found and (figure is None or figure.rule == "apposition") and _is_bracketed(text, found, number):
            figure = _like(found[-1], (number.start, number.end), number.value or 0.0, "shared")
        elif found and (figure is None or listed or aged):  # Malo, 104; Orsa, 99, and no age
            figure = _elided(text, found[-1], number, p.end) or figure
        if figure is not None:
            _take_unit(text, figure, found, p.start)
            taken = figure.whole_end if figure.whole_end > figure.end and _holds_number(text, figure) else taken
            taken = max(taken, figure.whole_end if " per " in (figure.unit or "") else figure.end)
            found.append(figure)
    return found


def _holds_number(text: str, figure: FoundFigure) -> bool:
    """Whether a number behind the figure names what it counts: *two 737 jets*."""
    return figure.rule == "counted" and figure.counted_span is not None and _MODEL.match(text, figure.end) is not None


def _elided(text: str, before: FoundFigure, number: Number, hi: int) -> FoundFigure | None:
    """The figure of a number whose noun was said with the one before and is left out: *Belmar won 108 seats, its rival 51*,
    *aged 12 and nine*, *67 seats out of 70*, *19 members, including seven from Orsa*.
    """
    whole = number.form in ("digits", "spelled") and number.scale == 1 and number.value is not None
    between = text[before.whole_end : number.start]
    if not whole or len(between) > _FAR or _SENTENCE_END.search(between) or number.value is None:
        return None
    year = _YEAR.fullmatch(text, number.start, number.end) is not None
    if before.kind == "age":
        follows = _AGES.fullmatch(between) and 0 < number.value <= 120
        rule: FigureRule = "age"
        if not follows or before.modifier != "exact" or number.value != int(number.value) or before.rule == "unit":
            return None
    else:
        rule = "shared"
        if before.kind == "percent" and _AGAINST.fullmatch(between) and _AGAINST_AFTER.match(text, number.end, hi):
            decimal = number.form == "digits" and number.value != int(number.value) and number.value <= 100
            return _like(before, (number.start, number.end), number.value, rule) if decimal else None
        if before.kind == "percent" and before.counted is None:
            named = number.form == "digits" and number.value != int(number.value) and _ELIDED.search(between)
            if not (named and _ELIDED_AFTER.match(text, number.end, hi)) and not (
                _FROM_LEVEL.fullmatch(between) and _LEVEL_AFTER.match(text, number.end, hi) and number.value <= 1000 and not year
            ):
                return None
            return _like(before, (number.start, number.end), number.value, rule)
        by_place = before.rule == "bare" and _PARTS.fullmatch(between) is not None and between.endswith("and ")
        counts = before.rule in ("counted", "shared", "unit", "times") or by_place
        counts = counts and before.kind in ("count", "measure") and not year
        if not counts or not (
            _OUT_OF.fullmatch(between)
            or (_ELIDED.search(between) and _ends_clause(text, number, hi))
            or (before.unit in _VOTES and _VOTED.fullmatch(between) and _VOTED_AFTER.match(text, number.end, hi))
            or (before.unit == "vote" and between == " to " and _TO_VOTES.match(text, number.end, hi))
            or (number.form == "digits" and _AGAINST.fullmatch(between) and _AGAINST_AFTER.match(text, number.end, hi))
            or (_PARTS.fullmatch(between) and before.kind == "count" and _FROM.match(text, number.end, hi))
        ):
            return None
    return _like(before, (number.start, number.end), number.value, rule)


def _ends_clause(text: str, number: Number, hi: int) -> bool:
    """Whether a number stands at the end of its clause, as one whose noun is left out does; a word, of its sentence."""
    after = _ELIDED_AFTER if number.form == "digits" else _SENTENCE_ENDS
    return after.match(text, number.end, hi) is not None


def _is_bracketed(text: str, found: Sequence[FoundFigure], number: Number) -> bool:
    """Whether a number in brackets behind a name is of the unit of the one before: *Malo (12 goals), Veld (10) and Orsa (9)*, *41
    degrees, followed by Orsa (40.5)*.
    """
    before = found[-1]
    if text[number.start - 1 : number.start] != "(" or text[number.end : number.end + 1] != ")" or number.form != "digits":
        return False
    if before.kind not in ("count", "measure") or before.unit is None or " per " in before.unit or number.scale != 1:
        return False
    if text[before.start - 1 : before.start] == "(" and text[before.whole_end : before.whole_end + 1] == ")":
        return _NAME_AND_BRACKET.fullmatch(text, before.whole_end + 1, number.start) is not None
    degrees = before.unit.startswith("degree") and "." in text[number.start : number.end]
    return degrees and _THEN_BRACKET.fullmatch(text, before.whole_end, number.start) is not None


def _like(before: FoundFigure, span: Chars, value: float, rule: FigureRule) -> FoundFigure:
    """A figure of the same kind and unit as the one before."""
    return FoundFigure(
        before.paragraph, *span, span, "exact", before.kind, rule, value, value, value, before.unit, whole_end=span[1]
    )


def _take_unit(text: str, figure: FoundFigure, found: Sequence[FoundFigure], lo: int) -> None:
    """The unit of what a number leaves unsaid: *80 houses and 20 others*, *40 tonnes, of which 12 were sold*, *the number of
    pupils rose to 400*.
    """
    before = found[-1] if found else None
    if before is not None and _SENTENCE_END.search(text, before.end, figure.start):
        before = None
    if figure.counted in ("others", "other"):
        if before is not None and before.kind == "count" and before.counted is not None:
            figure.unit = before.unit
        return
    if figure.rule != "bare" or figure.unit is not None:
        return
    if before is not None and before.rule == "counted" and _in_brackets(text, before, figure):
        figure.unit = before.unit
        return
    many = figure.modifier == "vague" or (figure.low or figure.high or figure.value or 0) >= _MANY
    if _ABOARD.match(text, figure.end) or (many and _OF_A_CROWD.match(text, figure.end)):
        figure.unit = "person"
        return
    shared = before is not None and before.kind == "money" and " per " not in (before.unit or " per ")
    if before is not None and shared and text[slice(*figure.digits)][-3:] in _SCALES:
        if _LEVEL_JOINT.fullmatch(text, before.end, figure.start) and _NO_NOUN_NEXT.match(text, figure.end):
            figure.unit, figure.kind = before.unit, "money"  # $3 million and 1.7 million
        return
    if before is not None and before.kind == "money" and _FROM_LEVEL.fullmatch(text, before.whole_end, figure.start):
        if _LEVEL_AFTER.match(text, figure.end):
            figure.unit, figure.kind = before.unit, "money"  # 45 shillings a litre, up from 38
        return
    if before is not None and before.kind in ("ratio", "percent") and _is_told_again(text, before, figure):
        figure.unit = Counted(
            before.counted or "", 0, before.counted_lemma or "", True
        ).unit  # one in three women, or 736 million,
        return
    told = noun_before(text, max(lo, figure.start - _FAR), figure.start)
    share = before is not None and before.unit == "percent" and before.counted is None and before.direction is None
    percent = (
        share and "." in text[slice(*figure.digits)] and (figure.value or 0) <= 100
    )  # not a rise of 5 per cent to 9.3 million
    levels = (_TO_LEVEL, _FROM_LEVEL)  # from 22 per cent to 19.6, to 7.9 per cent from 7.1
    if before is not None and percent and any(level.fullmatch(text, before.whole_end, figure.start) for level in levels):
        figure.unit, figure.kind = before.unit, before.kind
    elif told is not None:
        figure.unit = told
    elif (
        before is not None
        and before.rule in ("counted", "unit", "shared", "bare")
        and before.kind in ("count", "measure")
        and before.unit is not None
        and " per " not in before.unit
        and _NO_NOUN_NEXT.match(text, figure.end)
        and (_GOES_ON.fullmatch(text, before.whole_end, figure.start) or _MORE_THAN.match(text, figure.end))
    ):
        told_dead = before.unit in _OF_PEOPLE and _STATE_NEXT.match(text, figure.end)  # 12 bodies and 31 injured
        figure.unit, figure.kind = "person" if told_dead else before.unit, before.kind


def _in_brackets(text: str, before: FoundFigure, figure: FoundFigure) -> bool:
    """Whether a number tells more exactly, in brackets, what the one before does: *over 2.4 million (2,413,906) readers*."""
    return text[before.end : figure.start] == " (" and text[figure.end : figure.end + 1] == ")"


def _is_told_again(text: str, before: FoundFigure, figure: FoundFigure) -> bool:
    """Whether a number says how many a share of something is: *one in three women, or 736 million,*."""
    if before.counted is None or before.counted_lemma is None:
        return False
    between = text[before.whole_end : figure.start]
    in_all = figure.modifier == "approximate" or _IN_ALL.match(text, figure.end) is not None
    return _OR_SO_MANY.fullmatch(between) is not None or (between == ", " and in_all)


def _stands_in_name(names: Sequence[Chars], number: Number) -> bool:
    """Whether a name holds the number and more than it."""
    k = bisect_right(names, number.start, key=lambda s: s[0]) - 1
    return k >= 0 and number.end <= names[k][1] and names[k] != (number.start, number.end)

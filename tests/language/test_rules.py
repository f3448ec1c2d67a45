"""The rules that sign: each has a name out of a closed list, a meaning, and its place in one order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import pytest

from benchmarks.rules import counted
from onrecord.figures.candidate import REFUSALS, RULES
from onrecord.figures.figure import FigureRule, RefusalRule
from onrecord.reading.trust import FIGURES, MEASURED, SPEAKERS, figure_confidence, name_confidence
from onrecord.schemas import TABLES, values_of
from onrecord.schemas.quotes import SPEAKER_RULES as MEANINGS
from onrecord.schemas.quotes import SpeakerRule
from onrecord.schemas.speakers import PERSON_RULES, PersonRule
from onrecord.sieve import Rule, first, names
from onrecord.speakers.nominals import NOUN_RULES
from onrecord.speakers.rules import SPEAKER_RULES
from training.figures import HELD as HELD_FIGURES
from training.figures import JUDGED as JUDGED_FIGURES
from training.speakers import JUDGED as JUDGED_NAMES
from training.speakers import read_judged

# who takes a decision before whom: a change of this order changes rows
SPEAKER_ORDER = """
question above: is_none, question_above
question of the interviewer: is_none, interviewers_question
running speaker: is_none, running_speaker
person before: is_none, person_before
label of the interviewer: is_label, interviewers_label
label of the interviewed: is_label, interviewed
label of the interviewed: is_name, initials
relative pronoun: is_pronoun, relative
reporter: is_pronoun, reporter
running speaker: is_pronoun, document_again
anonymous noun: is_hearer, of_others
pronoun: is_pronoun, together
pronoun: somebody unnamed: is_pronoun, unnamed_antecedent
pronoun: several before: is_pronoun, several_antecedents
pronoun: is_pronoun, antecedent
anonymous noun: is_name, some_of_a_body
name: is_name, family
name: is_name, whole_name
government: is_name, government
abbreviation: is_name, acronym
fullest name: is_name, any_name
name in apposition: is_noun, apposition
body: is_noun, several_bodies
description: is_noun, several_people
description: is_noun, holder
description: is_noun, introduced
description: is_noun, heading
government: is_government, its_government
body: is_document, author
body: is_lone_body, as_called
anonymous noun: is_several, several
anonymous noun: is_any_one, any_one
anonymous noun: is_this_body, thing
anonymous noun: is_told_by_clause, any_one
title: is_body_again, named_body
body: is_body_again, called_body
title: is_body_again, untold_body
body: is_specific_body, own_words
title: is_person, of_role
anonymous noun: is_person, unnamed_again
description: is_person, spoken_of
nobody of that role: is_person, nobody
anonymous noun: is_anonymous, several
title: is_the_thing, headed_body
title: is_the_thing, only_one
anonymous noun: is_thing, thing
common noun: is_noun, nobody_can_tell
"""
FIGURE_ORDER = """
sign: has_sign, money_by_sign
ratio: is_ratio, ratio
percent: any_number, percent
currency: any_number, money_by_name
unit: any_number, years_old
age: is_years, or_older
age: any_number, younger_than
age: is_years, age_group
counted: stands_free, of_an_age
age: is_years, aged
apposition: is_years, apposed_age
age: is_years, is_so_old
counted: any_number, strong
counted: any_number, models
unit: any_number, fold
unit: any_number, measure
percent: is_fraction, of_a_cent
unit: is_half, half_an_hour
percent: is_half, half_a_point
percent: is_fraction, part_of_a_point
fraction: is_half, half
counted: is_glyph, part_and_noun
fraction: is_glyph, part
fraction: is_spelled_fraction, spelled_part
times: is_whole, times
compound: is_compound, compound
counted: stands_free, group_of
counted: stands_free, member_of
counted: stands_free, counting
bare: stands_free, bare
"""
REFUSAL_ORDER = """
date: is_dated, left_alone
glued: is_glued, left_alone
name: is_in_name, left_alone
year: is_of_year, left_alone
score: is_result, left_alone
pronoun: is_pronoun, left_alone
no count: counts_nothing, left_alone
"""


def order(rules: Sequence[Rule[Any, Any, Any]]) -> str:
    return "\n" + "".join(f"{r.name}: {r.applies.__name__}, {r.decide.__name__}\n" for r in rules)


def test_the_orders() -> None:
    assert order(SPEAKER_RULES) == SPEAKER_ORDER
    assert order(NOUN_RULES).lstrip() + "common noun: is_noun, nobody_can_tell\n" in SPEAKER_ORDER
    assert order(RULES) == FIGURE_ORDER
    assert order(REFUSALS) == REFUSAL_ORDER


def test_the_closed_lists_are_the_rules() -> None:
    assert get_args(SpeakerRule) == (*names(SPEAKER_RULES), "linker", "same words") == tuple(MEANINGS)
    assert get_args(FigureRule) == (*names(RULES), "shared")
    assert get_args(RefusalRule) == names(REFUSALS)
    assert get_args(PersonRule) == tuple(PERSON_RULES)


def test_every_rule_is_documented() -> None:
    for rule in (*SPEAKER_RULES, *NOUN_RULES, *RULES, *REFUSALS):
        assert rule.decide.__doc__ and rule.applies.__doc__, f"{rule.name}: what it decides and when it applies is not told"


@pytest.mark.parametrize(("table", "column", "rules"), [("quotes", "speaker_rule", MEANINGS), ("people", "rule", PERSON_RULES)])
def test_the_schema_tells_what_each_rule_means(table: str, column: str, rules: dict[str, str]) -> None:
    assert values_of(TABLES[table].model.model_fields[column].annotation) == rules
    assert all(what.endswith(".") and "\n" not in what for what in rules.values())


def test_the_first_rule_that_decides_signs() -> None:
    rules = (
        Rule("odd", lambda n: n % 2 == 1, lambda n: f"{n} is odd"),
        Rule("large", lambda n: n > 9, lambda n: None if n > 99 else f"{n} is large"),
        Rule("any", lambda n: True, lambda n: f"{n}"),
    )
    assert [first(rules, n) for n in (11, 12, 100)] == [("odd", "11 is odd"), ("large", "12 is large"), ("any", "100")]
    assert first(rules[:2], 2) is None


@pytest.mark.parametrize(("judged", "file"), [(JUDGED_NAMES, SPEAKERS), (JUDGED_FIGURES, FIGURES)])
def test_judgements_are_told_beside_the_calibration(judged: Path, file: Path) -> None:
    assert json.loads(file.read_text())["judged"] == Counter(r["rule"] for r in read_judged(judged))


def test_a_rule_that_was_not_measured_has_no_confidence(nlp: Any) -> None:
    assert MEASURED == 5 and "fewer than 5" in str(TABLES["quotes"].model.model_fields["speaker_confidence"].description)
    assert name_confidence("label of the interviewed", {}) is name_confidence("question above", {}) is None
    assert name_confidence("abbreviation", {}) is not None  # 8 judgements
    assert figure_confidence("a rule of tomorrow", {}) is None and figure_confidence("ratio", {}) is not None
    interview = "Ann Veld, 40, sells eels in Tarvo.\n\nQ: Why eels?\n\nA: They are long.\n\nQ: How long?\n\nA: Very long indeed."
    rows = [q for q in nlp(interview)._.quotes if q.speaker_rule == "label of the interviewed"]
    assert rows and all(q.speaker_name == "Ann Veld" and q.speaker_confidence is None for q in rows)


def test_confidence_of_figures_is_honest() -> None:
    """On figures that were judged apart, of articles that the fit has not seen."""
    held = read_judged(HELD_FIGURES)
    known = {r["article"] for r in read_judged(JUDGED_FIGURES)}
    told = [(figure_confidence(r["rule"], r["evidence"]) or 0.0, r["right"]) for r in held]
    sure, unsure = ([right for c, right in told if lo <= c < hi] for lo, hi in ((0.95, 1.0), (0.0, 0.7)))
    assert len(held) >= 300 and not known & {r["article"] for r in held} and len({c for c, _ in told}) > 11
    assert sum(sure) >= 0.985 * len(sure) > 250 and (not unsure or len(unsure) < 5 or sum(unsure) <= 0.75 * len(unsure))


def test_decisions_are_counted(nlp: Any) -> None:
    text = "“We go,” Ann Veld said. “No,” she said. The mayor, Bo Lund, said: “Twelve people came in 2019, and $5 was paid.”"
    counts = counted(nlp, [text])
    signed = Counter(q.speaker_rule for q in nlp(text)._.quotes)
    told = {rule: n for (rule, *_), n in counts["speakers"].items() if n}
    assert told == signed == {"name": 1, "pronoun": 1, "name in apposition": 1}
    figures = [(rule, decides) for (rule, _, decides), n in counts["figures"].items() if n]
    assert figures == [("sign", "money_by_sign"), ("counted", "counting"), ("bare", "bare")]  # the last one is 2019
    assert [rule for (rule, *_), n in counts["refusals"].items() if n] == ["year"]
    assert counts["speakers"]["common noun", "is_noun", "nobody_can_tell"] == 0 and len(counts["speakers"]) == len(SPEAKER_RULES)

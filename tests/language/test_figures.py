"""Figures: text in, values and bounds out; one phenomenon a case, negatives included."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.figures import find_figures
from pipeline.language.paragraphs import split_paragraphs

VALUES: dict[str, tuple[str, str, str, float | None, float | None, float | None]] = {
    "digits": ("They sold 350 cars.", "350", "exact", 350, 350, 350),
    "thousands separator": ("They sold 1,250 cars.", "1,250", "exact", 1250, 1250, 1250),
    "scale": ("They sold 1.2 million cars.", "1.2 million", "exact", 1.2e6, 1.2e6, 1.2e6),
    "number word": ("They sold twelve cars.", "twelve", "exact", 12, 12, 12),
    "long number word": ("They sold two hundred and six cars.", "two hundred and six", "exact", 206, 206, 206),
    "hyphenated": ("They sold twenty-three cars.", "twenty-three", "exact", 23, 23, 23),
    "a hundred": ("They sold a hundred cars.", "a hundred", "exact", 100, 100, 100),
    "half a million": ("They sold half a million cars.", "half a million", "exact", 5e5, 5e5, 5e5),
    "two dozen": ("They sold two dozen cars.", "two dozen", "exact", 24, 24, 24),
    "spelled scale": ("They sold five million cars.", "five million", "exact", 5e6, 5e6, 5e6),
    "trillion": ("It cost two trillion crowns.", "two trillion", "exact", 2e12, 2e12, 2e12),
    "more than": ("More than 350 cars were sold.", "More than 350", "more_than", 350, 350, None),
    "over": ("Over 350 cars were sold.", "Over 350", "more_than", 350, 350, None),
    "at least": ("At least 12 cars were sold.", "At least 12", "at_least", 12, 12, None),
    "as many as": ("As many as 50 cars were sold.", "As many as 50", "at_most", 50, None, 50),
    "up to": ("Up to 50 cars were sold.", "Up to 50", "at_most", 50, None, 50),
    "fewer than": ("Fewer than ten cars were sold.", "Fewer than ten", "less_than", 10, None, 10),
    "almost": ("Almost 50 cars were sold.", "Almost 50", "nearly", 50, None, 50),
    "about": ("About 50 cars were sold.", "About 50", "approximate", 50, None, None),
    "an estimated": ("An estimated 50 cars were sold.", "An estimated 50", "approximate", 50, None, None),
    "between and": ("Between 10 and 15 cars were sold.", "Between 10 and 15", "range", None, 10, 15),
    "dash range": ("They sold 10–15 cars.", "10–15", "range", None, 10, 15),
    "to range": ("They sold 10 to 15 cars.", "10 to 15", "range", None, 10, 15),
    "hundreds of thousands": ("Hundreds of thousands of cars were sold.", "Hundreds of thousands", "vague", None, 2e5, 1e6),
    "tens of thousands": ("Tens of thousands of cars were sold.", "Tens of thousands", "vague", None, 2e4, 1e5),
    "dozens": ("Dozens of cars were sold.", "Dozens", "vague", None, 24, None),
    "several": ("Several cars were sold.", "Several", "vague", None, None, None),
    "several hundred": ("Several hundred cars were sold.", "Several hundred", "vague", None, 200, None),
    "ratio": ("One in five cars was sold.", "One in five", "exact", 0.2, 0.2, 0.2),
    "fraction": ("Two thirds of the cars were sold.", "Two thirds", "exact", 2 / 3, 2 / 3, 2 / 3),
    "half of": ("Half of the cars were sold.", "Half", "exact", 0.5, 0.5, 0.5),
    "percent": ("Sales rose by 4.5 per cent.", "4.5 per cent", "exact", 4.5, 4.5, 4.5),
    "percent sign": ("Sales rose by 6%.", "6%", "exact", 6, 6, 6),
    "percent range": ("Sales rose by 10 to 15 per cent.", "10 to 15 per cent", "range", None, 10, 15),
    "dollars": ("It cost $2.5bn.", "$2.5bn", "exact", 2.5e9, 2.5e9, 2.5e9),
    "pounds": ("It cost £20m.", "£20m", "exact", 2e7, 2e7, 2e7),
    "currency word": ("It cost 40 euros.", "40 euros", "exact", 40, 40, 40),
    "money range": ("It cost between £12m and £15m.", "between £12m and £15m", "range", None, 1.2e7, 1.5e7),
    "duration": ("It lasted almost eight years.", "almost eight years", "nearly", 8, None, 8),
    "hyphenated duration": ("A four-decade rule ended.", "four-decade", "exact", 4, 4, 4),
    "age": ("A 12-year-old girl came.", "12-year-old", "exact", 12, 12, 12),
    "measure": ("It lies 300 metres away.", "300 metres", "exact", 300, 300, 300),
    "strong": ("The 5,000-strong union met.", "5,000-strong", "exact", 5000, 5000, 5000),
    "glued scale": ("It cost $45.1million.", "$45.1million", "exact", 45.1e6, 45.1e6, 45.1e6),
}
KINDS = {
    "350 cars were sold.": ("count", "car"),
    "Some 350 civilians fled.": ("count", "person"),
    "It cost $20.": ("money", "USD"),
    "It cost £20.": ("money", "GBP"),
    "It cost 20 euros.": ("money", "EUR"),
    "It cost tens of millions of dollars.": ("money", "USD"),
    "It rose 3 per cent.": ("percent", "percent"),
    "It rose 3 percentage points.": ("percent", "percentage point"),
    "It took 3 weeks.": ("duration", "week"),
    "A 40-year-old man came.": ("age", "year"),
    "A girl of eleven came.": ("age", "year"),
    "It weighed 40 tonnes.": ("measure", "tonne"),
    "One in five homes was lost.": ("ratio", "home"),
    "Half of Veld's support was lost.": ("ratio", None),
}
NO_FIGURE = [
    "It happened in 2014.", "It happened on 7 October 2026.", "It happened on October 7.", "It began at 7:25 a.m.",
    "It ended at 9 pm.",
    "He is the 45th president.", "They flew a Boeing 747.", "Denmark's TV2 reported it.", "Covid-19 came back.", "The G7 met.",
    "Take Route 66.", "See Article 5 of the treaty.", "It was so on Sept. 11.", "They shop 24/7.", "No one came.",
    "One of them came.",
    "The 1990s were long.", "World War Two ended.", "The 911 caller wept.", "The Senate's 80-19 vote passed.",
]  # fmt: skip


def figures(text: str) -> list[Any]:
    return find_figures(text, split_paragraphs(text))


@pytest.mark.parametrize(("text", "span", "modifier", "value", "low", "high"), VALUES.values(), ids=VALUES)
def test_value_and_bounds(text: str, span: str, modifier: str, value: float, low: float, high: float) -> None:
    (f,) = figures(text)
    assert (text[f.start : f.end], f.modifier) == (span, modifier)
    assert (f.value, f.low, f.high) == pytest.approx((value, low, high))


@pytest.mark.parametrize(("text", "expected"), KINDS.items())
def test_kind_and_unit(text: str, expected: tuple[str, str | None]) -> None:
    (f,) = figures(text)
    assert (f.kind, f.unit) == expected


@pytest.mark.parametrize("text", NO_FIGURE)
def test_no_figure(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "readings"),
    [("More than 180,00 people fled.", (180.0, 18000.0, 180000.0)), ("Some 61, 000 people fled.", (61.0, 61000.0))],
)
def test_malformed_digits_are_never_corrected(text: str, readings: tuple[float, ...]) -> None:
    (f,) = figures(text)
    assert (f.number.form, f.value, f.low, f.high, f.readings) == ("malformed", None, None, None, readings)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Nearly 90 villagers have been killed.", ["killed"]),
        ("The flood claimed 90 lives.", ["killed"]),
        ("At least 27 people were injured.", ["injured"]),
        ("Some three million people have been displaced.", ["displaced"]),
        ("Two dozen protesters were detained.", ["detained"]),
        ("Over 40 people have died, while another two thousand fled.", ["killed", "displaced"]),
        ("Some 350 cars were sold.", [None]),
    ],
)
def test_event(text: str, events: list[str | None]) -> None:
    assert [f.event for f in figures(text)] == events


def test_part_of_a_whole() -> None:
    whole, part = figures("As many as 70 patients, including at least 15 newborns, are thought to have died in Tarvo on Monday.")
    assert part.part_of is whole and part.event == "killed" and part.unspecified
    assert (whole.place, whole.time_text, whole.counted) == ("Tarvo", "on Monday", "patients")


def test_claimant(nlp: Any) -> None:
    text = (
        "More than 350 people fled, according to the Tarvo Fire Service. Ten cars came back. Some 40 are believed to be missing."
    )
    rows = nlp(text)._.figures
    assert [(f.claimant_name, f.claimant_status) for f in rows] == [
        ("Tarvo Fire Service", "named"), (None, "article"), (None, "unspecified"),
    ]  # fmt: skip
    assert rows[0].quote_id == nlp(text)._.quotes[0].quote_id


@given(st.integers(0, 10**12))
def test_any_number_with_separators_is_read(n: int) -> None:
    (f,) = figures(f"They sold {n:,} cars in Tarvo.") if not (n < 10000 and f"{n:,}" == str(n) and n >= 1000) else [None]
    assert f is None or f.value == n


@given(st.integers(2, 999), st.text(alphabet="abc “”'.,\n", max_size=40))
def test_shifting_changes_only_offsets(n: int, before: str) -> None:
    plain = figures(f"They sold {n} cars.")[0]
    text = f"{before}\n\nThey sold {n} cars."
    moved = figures(text)[-1]
    assert text[moved.start : moved.end] == str(n) and (moved.value, moved.modifier, moved.counted) == (
        plain.value,
        "exact",
        "cars",
    )

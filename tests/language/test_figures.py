"""Figures: the specification (text in, values, bounds and what they say out) and what must hold of any text."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.figures import FoundFigure, find_figures
from onrecord.figures.money import dollar_of
from onrecord.text.view import ArticleView

from ..quality.measures import SPEC as SPECIFICATION
from ..quality.measures import read_cases, specified

SPEC = read_cases(SPECIFICATION)
HEDGES = {
    "more than": "more_than",
    "at least": "at_least",
    "up to": "at_most",
    "fewer than": "less_than",
    "nearly": "nearly",
    "about": "approximate",
}
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
WORDS = ("two", "seven", "twelve", "nineteen", "forty", "sixty-one", "ninety")
VALUES = (2, 7, 12, 19, 40, 61, 90)


def figures(text: str, dollar: str = "USD") -> list[FoundFigure]:
    return find_figures(ArticleView.of_text(text), dollar=dollar)


@pytest.mark.parametrize("case", SPEC, ids=[f"{c['covers']}: {c['text']}" for c in SPEC])
def test_specification(case: dict[str, Any]) -> None:
    words, told = specified(case["text"], case["figures"])
    assert words == [w["text"] for w in case["figures"]]
    assert told == [{k: pytest.approx(v) if isinstance(v, float) else v for k, v in w.items()} for w in case["figures"]]


def test_the_specification_is_large_and_has_negatives() -> None:
    assert len({c["text"] for c in SPEC}) == len(SPEC) >= 500
    assert sum(not c["figures"] for c in SPEC) >= 80


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Exactly 50 cars were sold.", 50, 50), ("At least 50 cars were sold.", 50, None),
        ("More than 50 cars were sold.", 50, None), ("At most 50 cars were sold.", None, 50),
        ("Fewer than 50 cars were sold.", None, 50), ("Nearly 50 cars were sold.", None, 50),
        ("About 50 cars were sold.", None, None),
    ],
)  # fmt: skip
def test_bounds_of_a_single_value(text: str, low: float | None, high: float | None) -> None:
    (f,) = figures(text)
    assert (f.value, f.low, f.high) == (50, low, high)


@pytest.mark.parametrize("malformed", ["180,00", "1,2345", "1234,567"])
def test_malformed_digits_have_no_value(malformed: str) -> None:
    (f,) = figures(f"More than {malformed} people fled.")
    assert f.malformed and len(f.readings) > 1 and (f.value, f.low, f.high, f.modifier) == (None, None, None, "more_than")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (None, "USD"), ("https://news.veld.example/a", "USD"), ("https://veld.com.au/a", "AUD"),
        ("https://veld.ca/a", "CAD"), ("https://veld.co.nz/a", "NZD"), ("https://veld.com.sg/a", "SGD"),
        ("https://veld.co.uk/a", "USD"), ("https://veld.co/a", "USD"),
    ],
)  # fmt: skip
def test_a_bare_dollar_sign_is_that_of_the_publishers_country(url: str | None, code: str) -> None:
    assert [f.unit for f in figures("It cost $20, or US$15.", dollar_of(url))] == [code, "USD"]


def test_a_number_within_a_name_is_no_figure() -> None:
    text = "Seven Harbour Trust sold 12 boats."
    assert [text[f.start : f.end] for f in find_figures(ArticleView.of_text(text), names=[(0, 19)])] == ["12"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Twelve people were killed in Tarvo on Monday.", "Tarvo"),
        ("Twelve people were killed near Tarvo, while 30 were hurt in Melin.", "Tarvo"),
        ("Twelve people were killed in northern Tarvo.", "northern Tarvo"),
        ("Twelve people were killed in the town of Tarvo.", "Tarvo"),
        ("Twelve people were killed.", None),
        ("Tarvo mourns twelve people.", None),
    ],
)
def test_place(text: str, place: str | None) -> None:
    places = [(text.index(n), text.index(n) + 5) for n in ("Tarvo", "Melin") if n in text]
    assert find_figures(ArticleView.of_text(text), places=sorted(places))[0].place == place


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "More than 350 people fled, according to the Tarvo Fire Service. Ten cars came back. Some 40 are feared missing.",
            [("Tarvo Fire Service", "named"), (None, "article"), (None, "unspecified")],
        ),
        ("Activists said that 12 people were killed.", [(None, "unnamed")]),
        ("Mayor Ann Rees denied that 12 people had been killed.", [(None, "article")]),
        ("“We lost 40 cows,” said Ann Rees.", [("Ann Rees", "named")]),
    ],
)
def test_claimant(nlp: Any, text: str, claims: list[tuple[str | None, str]]) -> None:
    rows = nlp(text)._.figures
    assert [(f.claimant_name, f.claimant_status) for f in rows] == claims
    assert all((f.claimant_confidence is None) == (f.claimant_name is None) for f in rows)
    assert rows[0].quote_id == nlp(text)._.quotes[0].quote_id


def test_confidence_tells_plain_figures_from_daring_ones(nlp: Any) -> None:
    plain, daring, malformed = nlp("It took 3 weeks. They agreed by a third. Some 61, 000 people fled.")._.figures
    assert 0.5 < daring.confidence < plain.confidence < 1
    assert malformed.malformed and malformed.confidence is None


@given(st.integers(0, 10**12))
def test_any_number_with_separators_is_read(n: int) -> None:
    (f,) = figures(f"They sold {n:,} cars in Tarvo.")
    assert (f.value, f.counted) == (n, "cars")


@given(st.sampled_from(range(len(WORDS))), st.sampled_from(sorted(SCALES)))
def test_a_scale_multiplies_a_number_word(n: int, scale: str) -> None:
    plain, scaled = figures(f"They sold {WORDS[n]} cars.")[0], figures(f"They sold {WORDS[n]} {scale} cars.")[0]
    assert (plain.value, scaled.value) == (VALUES[n], VALUES[n] * SCALES[scale])
    assert (plain.counted, plain.kind, plain.unit) == (scaled.counted, scaled.kind, scaled.unit)


@given(
    st.integers(2, 999),
    st.sampled_from(sorted(HEDGES)),
    st.sampled_from(("cars", "people", "per cent", "euros", "weeks", "tonnes")),
)
def test_a_hedge_changes_modifier_and_bounds_only(n: int, hedge: str, what: str) -> None:
    plain, hedged = figures(f"They sold {n} {what}.")[0], figures(f"They sold {hedge} {n} {what}.")[0]
    assert (plain.modifier, hedged.modifier) == ("exact", HEDGES[hedge])
    for key in ("value", "kind", "unit", "counted", "event"):
        assert getattr(plain, key) == getattr(hedged, key)


@given(st.integers(2, 999), st.text(alphabet="abc “”'.,\n", max_size=40))
def test_shifting_changes_only_offsets(n: int, before: str) -> None:
    plain = figures(f"They sold {n} cars.")[0]
    text = f"{before}\n\nThey sold {n} cars."
    moved = figures(text)[-1]
    assert (text[moved.start : moved.end], moved.value, moved.modifier, moved.counted) == (str(n), plain.value, "exact", "cars")


@given(st.text(alphabet="0123456789,.-–/ $£€%kmbn½ onetwelvhudrasif", max_size=60))
def test_any_text_gives_spans_in_order_that_do_not_overlap(text: str) -> None:
    found = figures(text)
    assert all(0 <= f.start <= f.digits[0] < f.digits[1] <= f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.integers(100, 999), st.sampled_from(("said", "say", "think", "is", "are", "were")))
def test_a_verb_before_about_does_not_hide_the_hedge(n: int, verb: str) -> None:
    (f,) = figures(f"They {verb} about {n} people.")
    assert (f.modifier, f.value, f.low, f.high) == ("approximate", n, None, None)


@given(st.integers(1, 40), st.integers(41, 99), st.sampled_from(("mm", "km", "kg")))
def test_a_unit_behind_a_range_scales_neither_end(low: int, high: int, unit: str) -> None:
    (f,) = figures(f"It measured {low}-{high}{unit} on Monday.")
    assert (f.modifier, f.low, f.high, f.kind) == ("range", low, high, "measure")


@given(st.integers(2, 900), st.sampled_from(("Dh", "SR", "QR", "KD", "R", "N", "Rs.", "$US", "$A", "HK $", "C $")))
def test_a_currency_glued_to_digits_is_read_with_its_scale(n: int, sign: str) -> None:
    (f,) = figures(f"It paid {sign}{n} million for the site.")
    codes = {"Dh": "AED", "SR": "SAR", "QR": "QAR", "KD": "KWD", "R": "ZAR", "N": "NGN", "Rs.": "INR"}
    assert (f.value, f.unit) == (n * 1e6, codes.get(sign) or {"$US": "USD", "$A": "AUD", "HK $": "HKD", "C $": "CAD"}[sign])


@given(st.integers(1, 99), st.integers(100, 999))
def test_a_change_and_its_level_are_two_figures(change: int, level: int) -> None:
    first, second = figures(f"Profit fell ${change} million to ${level} million.")
    assert (first.value, first.direction, second.value, second.direction) == (change * 1e6, "down", level * 1e6, None)

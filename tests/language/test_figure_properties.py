"""Properties of figures that hold of whatever numbers stand in a sentence: currencies, commas, rates, lists, what follows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.figures import FoundFigure, find_figures
from onrecord.text.view import ArticleView

SCALE = {"": 1, " million": 1e6}


def figures(text: str) -> list[FoundFigure]:
    return find_figures(ArticleView.of_text(text))


@given(
    st.integers(2, 900), st.sampled_from(("Tk.", "Ksh.", "Sh.", "Dhs.", "Nu.", "Rs.", "Afs.")), st.sampled_from(("", " million"))
)
def test_a_full_stop_of_a_currency_is_no_decimal_point(n: int, sign: str, scale: str) -> None:
    (f,) = figures(f"It paid {sign}{n}{scale} for the site.")
    assert (f.value, f.kind) == (n * SCALE[scale], "money")


@given(
    st.integers(1, 99).filter(lambda n: n % 10), st.integers(1, 9),
    st.sampled_from((" million cars", " per cent of it", " km of road", "°C", " billion euros")),
)  # fmt: skip
def test_a_comma_before_one_or_two_digits_and_a_unit_is_a_decimal_one(whole: int, tenth: int, what: str) -> None:
    (comma,), (point,) = figures(f"It had {whole},{tenth}{what}."), figures(f"It had {whole}.{tenth}{what}.")
    assert (comma.value, comma.unit, comma.malformed) == (point.value, point.unit, False)


@given(st.integers(2, 900), st.sampled_from(("dose", "text", "page", "visitor", "eligible voter", "metric ton", "school day")))
def test_a_rate_may_be_per_anything(n: int, noun: str) -> None:
    (f,) = figures(f"It costs ${n} per {noun} in Orsa.")
    assert (f.value, f.unit) == (n, f"USD per {noun}")


@given(st.integers(2, 60), st.sampled_from(("degrees", "degrees Celsius", "degrees Fahrenheit")))
def test_below_zero_is_negative(n: int, degrees: str) -> None:
    (f,) = figures(f"It was {n} {degrees} below zero on Monday.")
    assert (f.value, f.low, f.high) == (-n, -n, -n)


@given(st.integers(2, 900), st.integers(2, 900), st.integers(2, 900), st.sampled_from((";", ",")))
def test_a_list_behind_colons_is_read_to_its_end(dead: int, hurt: int, missing: int, mark: str) -> None:
    found = figures(f"Killed: {dead}{mark} injured: {hurt}{mark} missing: {missing}.")
    assert [(f.value, f.event) for f in found] == [(dead, "killed"), (hurt, "injured"), (missing, "missing")]

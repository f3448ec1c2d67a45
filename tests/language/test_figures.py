"""Figures: the specification (text in, values, bounds and what they say out) and what must hold of any text."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.figures import FoundFigure, find_figures
from onrecord.lexicon.governments import countries_told
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
SCALES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "quadrillion": 1e15, "quintillion": 1e18,
    "sextillion": 1e21, "septillion": 1e24, "lakh": 1e5, "crore": 1e7, "million million": 1e12, "lakh crore": 1e12,
}  # fmt: skip
WORDS = ("two", "seven", "twelve", "nineteen", "forty", "sixty-one", "ninety")
VALUES = (2, 7, 12, 19, 40, 61, 90)


def figures(text: str, url: str | None = None) -> list[FoundFigure]:
    return find_figures(ArticleView.of_text(text), url=url)


@pytest.mark.parametrize("case", SPEC, ids=[f"{c['covers']}: {c['text']}" for c in SPEC])
def test_specification(case: dict[str, Any]) -> None:
    words, told = specified(case["text"], case["figures"])
    assert words == [w["text"] for w in case["figures"]]
    assert told == [{k: pytest.approx(v) if isinstance(v, float) else v for k, v in w.items()} for w in case["figures"]]


def test_the_specification_is_large_and_has_negatives() -> None:
    assert len({c["text"] for c in SPEC}) == len(SPEC) >= 1400
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
    assert [f.unit for f in figures("It cost $20, or US$15.", url)] == [code, "USD"]


@pytest.mark.parametrize(
    ("url", "text", "codes"),
    [
        (None, "It cost Rs 500 or 40 million pounds.", ["INR", "GBP"]),
        ("https://veld.pk/a", "It cost Rs 500 or 40 million pounds.", ["PKR", "GBP"]),
        ("https://veld.lk/a", "It cost 500 rupees.", ["LKR"]),
        ("https://veld.com.np/a", "It cost Rs. 500.", ["NPR"]),
        ("https://veld.mu/a", "It cost Rs 500.", ["MUR"]),
        ("https://veld.co.in/a", "It cost Rs 500.", ["INR"]),
        ("https://veld.co.uk/a", "It cost 4 million pounds.", ["GBP"]),
        ("https://veld.com.eg/a", "It cost 4 million pounds.", ["EGP"]),
        ("https://www.kuwaitveld.com/a", "It cost 4 million dinars.", ["KWD"]),
        ("https://veld.jo/a", "It cost 4 million dinars.", ["JOD"]),
        ("https://veld.co.ke/a", "It cost 400 shillings.", ["KES"]),
        ("https://veld.com.pg/a", "It cost K50,000.", ["PGK"]),
        ("https://veld.com.ar/a", "It cost 400 pesos.", ["ARS"]),
        ("https://veld.co/a", "It cost 400 pesos.", ["peso"]),
        ("https://veld.pk/a", "India’s minister said India will spend Rs 500 in Delhi and in Mumbai.", ["INR"]),
        ("https://veld.in/a", "Egypt sold it for 4 million pounds.", ["EGP"]),
        ("https://veld.in/a", "Nepal sold it for Rs 500.", ["rupee"]),
    ],
)
def test_money_of_a_shared_name_is_that_of_the_publishers_or_the_articles_country(
    url: str | None, text: str, codes: list[str]
) -> None:
    assert [f.unit for f in figures(text, url)] == codes


def test_countries_are_told_by_names_people_and_places() -> None:
    text = "KARACHI: Pakistan’s bank met Sri Lankans off New Mexico; Michael Jordan saw the Indian Ocean and South Koreans."
    assert countries_told(text) == {"Pakistan": 2, "Sri Lanka": 1, "South Korea": 1}


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
        ("Tarvo’s exports rose by 12 per cent.", "Tarvo"),
        ("Tarvo has 12 mills.", "Tarvo"),
        ("Tarvo residents pay 12 euros.", "Tarvo"),
        ("Twelve weavers from Tarvo sang in Melin.", "Melin"),
        ("Twelve weavers from Tarvo sang.", None),
        ("The mayor told reporters in Tarvo that 12 mills had burned in Melin.", "Melin"),
        ("The mayor said in Tarvo that 12 mills had burned.", None),
        ("In Tarvo, sales fell, while 12 mills were shut.", "Tarvo"),
        ("Twelve weavers were hurt and were taken to a clinic in Tarvo.", None),
        ("She flew to Tarvo, where 12 mills had burned.", None),
        ("She sang in Tarvo, where 12 mills had burned.", "Tarvo"),
        ("The Tarvo-based firm has 12 mills.", None),
    ],
)
def test_place(text: str, place: str | None) -> None:
    places = [(text.index(n), text.index(n) + 5) for n in ("Tarvo", "Melin") if n in text]
    assert find_figures(ArticleView.of_text(text), places=sorted(places))[0].place == place


def test_what_stands_in_brackets_behind_a_place_is_of_it() -> None:
    text = "Most live in Tarvo (29.8%), Melin (22.8%) and at sea."
    places = [(text.index(n), text.index(n) + 5) for n in ("Tarvo", "Melin")]
    assert [f.place for f in find_figures(ArticleView.of_text(text), places=places)] == ["Tarvo", "Melin"]


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
    assert (plain.value, scaled.value) == (VALUES[n], pytest.approx(VALUES[n] * SCALES[scale], rel=1e-12))
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


@given(
    st.integers(11, 999).filter(lambda n: n % 10), st.integers(11, 999).filter(lambda n: n % 10), st.sampled_from(sorted(SCALES)),
    st.sampled_from(("They sold {} and {} cars.", "They sold cars from {} to {} cars.", "They sold 1.2, {} and {} cars.")),
)  # fmt: skip
def test_a_scale_said_once_is_that_of_the_whole_list(a: int, b: int, scale: str, told: str) -> None:
    small, large = sorted((a, b), reverse=True)
    *_, first, last = figures(told.format(small / 10, f"{large / 10} {scale}"))
    shared = small <= 30 * large
    assert last.value == pytest.approx(large / 10 * SCALES[scale])
    assert first.value == pytest.approx(small / 10 * (SCALES[scale] if shared else 1))


@given(
    st.integers(2, 999),
    st.sampled_from(("Lahore", "Karachi", "Pakistan")),
    st.sampled_from(("Colombo", "Kandy", "Sri Lanka")),
    st.sampled_from(("Rs {}", "Rs. {}", "{} rupees", "{} million rupees", "₨{}")),
)
def test_rupees_are_those_of_the_place_told(n: int, pakistan: str, sri_lanka: str, money: str) -> None:
    for place, code in ((pakistan, "PKR"), (sri_lanka, "LKR")):
        assert [f.unit for f in figures(f"{place} spent {money.format(n)} on it.")] == [code]
    assert [f.unit for f in figures(f"{pakistan} and {sri_lanka} spent {money.format(n)} on it.")] == ["rupee"]


SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "HK$": "HKD", "NT$": "TWD", "Rs ": "INR", "Dh": "AED", "SR": "SAR", "R": "ZAR"}


@given(st.integers(2, 400), st.integers(401, 900), st.sampled_from(sorted(SIGNS)), st.sampled_from((" to ", "-", "–")))
def test_a_sign_at_both_ends_makes_one_range(low: int, high: int, sign: str, joint: str) -> None:
    (f,) = figures(f"It costs {sign}{low}{joint}{sign}{high} in Orsa.")
    assert (f.modifier, f.low, f.high, f.unit) == ("range", low, high, SIGNS[sign])


@given(st.integers(2, 900), st.sampled_from(("USD", "EUR", "AED", "INR", "QAR", "ZAR")), st.sampled_from(("", " million")))
def test_a_code_before_or_behind_is_the_same_money(n: int, code: str, scale: str) -> None:
    before, behind = figures(f"It paid {code} {n}{scale} there.")[0], figures(f"It paid {n}{scale} {code} there.")[0]
    assert (
        (before.value, before.unit, before.kind) == (behind.value, behind.unit, behind.kind) == (n * SCALE[scale], code, "money")
    )


SCALE = {"": 1, " million": 1e6}


@given(
    st.sampled_from(("edged", "went", "crept", "ticked")), st.integers(2, 90), st.sampled_from(("per cent", "euros", "points"))
)
def test_up_to_behind_a_verb_of_going_is_no_bound(verb: str, n: int, what: str) -> None:
    told, bounded = figures(f"The rate {verb} up to {n} {what}.")[0], figures(f"A rate of up to {n} {what} was set.")[0]
    assert (told.modifier, told.low, told.high, told.value) == ("exact", n, n, n)
    assert (bounded.modifier, bounded.low, bounded.high) == ("at_most", None, n)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("NANCHOU, July 15 (Nova) -- As of June, the plant had sold nearly 100 vans.", ["As of June"]),
        ("CAIRA – 26 July 2022: Some 40 boats sank on Monday.", ["on Monday"]),
        ("Turnout was 28 percent in May, up from 27 percent.", ["in May", None]),
        ("Exports earned $454 million, rising from $150 million in 2020.", [None, "in 2020"]),
        ("Wim, who sat from 1987 to 1990, was jailed for 17 years in 2010.", ["in 2010"]),
        ("Drawing 40 singers, the fair now moves on.", [None]),
        ("Today, in its 40 schools, Orsa teaches 30,000 pupils.", ["Today", "Today"]),
        ("The court fined 12 firms between 2019 and today.", ["between 2019 and today"]),
        ("They found 40 boats between 4 and 11 May.", ["between 4 and 11 May"]),
        ("In 1894 the mill made 40 tonnes.", ["In 1894"]),
        ("Sales grew 12 per cent in the June quarter.", ["in the June quarter"]),
        ("Sales will reach $850 million by year end.", ["by year end"]),
        ("Orsa saw a low of 11.0°C against 10.6°C on Sunday.", [None, "on Sunday"]),
        ("Orsa had 16°C against 17°C on Sunday and it was 3.5°C above normal.", [None, "on Sunday", None]),
        ("Profit rose to $40 million from $30 million last year.", [None, "last year"]),
        ("Sales were $4 million, versus $3 million last year.", [None, "last year"]),
        ("A loan of $35 billion may swell to $110 billion by 2025.", [None, "by 2025"]),
        ("The rate rose from 3 percent to 5 percent in May.", [None, "in May"]),
        ("Sales reached 300 cars in May against 200 cars in April.", ["in May", "in April"]),
        ("They gave 40 acres to 12 farmers in May.", ["in May", "in May"]),
        ("In June 2021, it cost $184 and last month $253.", ["In June 2021", "last month"]),
        ("Hens laid 5.7% more than in June of last year.", [None]),
        ("In May it sold 40 tonnes, 5 per cent more than in June 2020.", ["In May", "In May"]),
        ("Orsa has drawn 12,000 guests since the reopening in October 2021.", ["since the reopening in October 2021"]),
        ("Since its launch in 2020, the firm has spent $40 million.", ["Since its launch in 2020"]),
        ("The deficit fell to $40 million in the year ended March 31.", ["in the year ended March 31"]),
        ("In the three months to June it sold 40 boats.", [None, "In the three months to June"]),
        ("Rents rose by 6.3 per cent from 2019.", [None]),
        ("Rents rose 8 per cent from 2019 to 2021.", ["from 2019 to 2021"]),
        ("Sales were up 34 per cent from the same weeks in 2019.", [None]),
        ("Imports grew 3 per cent on last year.", [None]),
        ("Imports grew 3 per cent on Monday.", ["on Monday"]),
        ("Sales are 27 per cent more than a year ago.", [None]),
        ("The firm will hire 1,500 clerks, double last year's number.", [None]),
        ("The fund holds $40 million, three times as much as in 2014.", [None, None]),
        ("The fine was 13 million yen ($94,800) in May.", ["in May", "in May"]),
        ("Of the protests that broke out in May, the paper asked two jurists.", [None]),
        ("In a fair that was held in May, the bank gave $3 million.", ["in May"]),
        ("The fair began in Tarvo in 1974 and soon spread to 120 towns.", [None]),
        ("Police raided a house on Monday and held 12 men.", ["on Monday"]),
        ("He scored from a 12-metre shot and two days later signed on.", [None, None]),
        ("On Monday, the board had told the court that 40 boats sank.", [None]),
        ("Over the last five or six years it caught 60 tons.", [None, "Over the last five or six years"]),
        ("The mine blew up in May, two days after it opened.", [None]),
        ("Turnout in the March 9 election was 28 per cent.", ["March 9"]),
        ("The sea rose by 4.5 mm a year, twice the 2.1 mm seen in 1993.", [None, "in 1993"]),
        ("Income fell to $40 million, 14 per cent down on last year.", [None, None]),
        ("They met 40 clerks showing up on Monday.", ["on Monday"]),
        ("Banks linked to the Tomorrow Group lost $40 million.", [None]),
        ("“Tomorrow, 40 boats will sail.”", ["Tomorrow"]),
        ("The court sentenced 12 men for crimes during the war in 1971.", [None]),
        ("The court jailed 12 men in 1971.", ["in 1971"]),
        ("A strike that began in mid-March has left 40,000 people hungry.", [None]),
        ("The pest, which by September is to reach 12 farms, spreads.", ["by September"]),
        ("It was founded a decade ago and in that very week it barred 83 clubs.", [None]),
        ("He told them, “I need six weeks,” and left the next day.", [None]),
        ("The army killed “12 rebels” on Monday.", ["on Monday"]),
        ("This year's fair drew 300 guests.", ["This year"]),
        ("The harvest of 2019 was 40 tonnes.", ["2019"]),
    ],
)
def test_time(text: str, times: list[str | None]) -> None:
    assert [f.time_text for f in figures(text)] == times


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("He struck five fours and two sixes.", [None, None]),
        ("She struck out 14 batters.", [None]),
        ("The number of open cases before the tax judges stood at over 1.1 million.", [None]),
        ("India has four cases of measles, three in Kerra and one in Dell.", ["infected"] * 3),
        ("Bodies of three more miners were pulled out.", ["killed"]),
        ("Some 40,000 people have been shifted to 312 relief camps.", ["evacuated", None]),
        ("Six of the firm’s 20 ships sank.", ["destroyed", "destroyed"]),
    ],
)
def test_event(text: str, events: list[str | None]) -> None:
    assert [f.event for f in figures(text)] == events


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("They will increase its sales by more than 12 percent.", ["up"]),
        ("Exports tallied $4 billion, a rise of 13.7% from May.", [None, "up"]),
        ("The firm cut its staff by 12 per cent.", ["down"]),
        ("The crude rose $1.20, or 1.2 per cent, to $101.", ["up", "up", None]),
        ("The plant makes up 12 per cent of exports.", [None]),
        ("Rent takes up 40 per cent of pay.", [None]),
        ("It raised $40 million.", [None]),
    ],
)
def test_direction(text: str, directions: list[str | None]) -> None:
    assert [f.direction for f in figures(text)] == directions


def test_a_dollar_is_that_of_the_address_that_the_text_opens_with(nlp: Any) -> None:
    assert [f.unit for f in nlp("https://veld.co.nz/a\n\nIt cost $20 to mend.")._.figures] == ["NZD"]

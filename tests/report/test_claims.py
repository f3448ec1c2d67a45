"""Figures side by side: which claims stand together, whether they differ, and where their intervals are drawn."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.report.claims import number, side_by_side
from onrecord.store.analyses import ANALYSES


def figure(
    text: str, modifier: str = "exact", value: float | None = None, told: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    bounds = {
        "exact": (value, value), "at_least": (value, None), "more_than": (value, None), "at_most": (None, value),
        "less_than": (None, value), "approximate": (None, None), "nearly": (None, value),
    }.get(modifier, (None, None))  # fmt: skip
    row = {
        "text": text, "modifier": modifier, "value": value, "low": bounds[0], "high": bounds[1], "event": "killed",
        "unit": "person", "counted": "people", "counted_lemma": "person", "place": "Tarvo", "time_text": None,
        "part_of": None, "malformed": False,
        "claimant_name": None, "claimant_mention": None, "claimant_status": "article", "start_char": 0,
    }  # fmt: skip
    return row | (told or {}) | more


def article(figures: list[dict[str, Any]], day: date | None = None, doc: str = "d") -> dict[str, Any]:
    return {"doc_id": doc, "title": "Title", "text": "Text", "day": day, "figures": figures}


def test_conflicting_claims_stand_side_by_side() -> None:
    one = article([figure("at least 12", "at_least", 12, claimant_name="Tarvo Council", claimant_status="named")], doc="a")
    two = article([figure("50", value=50, claimant_mention="rebels", claimant_status="unnamed")], doc="b")
    (group,) = side_by_side([one, two])
    assert (group.event, group.unit, group.place, group.differ) == ("killed", "person", "Tarvo", True)
    low, exact = group.claims
    assert (low.claimant, exact.claimant) == ("Tarvo Council", "rebels")
    assert low.open_end and low.end == 100 and low.point is not None and exact.point is not None and low.point < exact.point
    assert exact.begin == exact.end == exact.point


@pytest.mark.parametrize(
    ("modifier", "told", "begins", "ends", "hollow", "dashed"),
    [
        ("exact", {}, "point", "point", False, False), ("at_least", {}, "point", 100, False, False),
        ("more_than", {}, "point", 100, True, False), ("at_most", {}, 0, "point", False, False),
        ("less_than", {}, 0, "point", True, False), ("nearly", {}, 0, "point", True, True),
        ("range", {"value": None, "low": 10, "high": 40}, "before", "after", False, False),
        ("vague", {"value": None, "low": 10, "high": 40}, "before", "after", False, True),
    ],
)  # fmt: skip
def test_bounds_are_drawn_as_they_are_told(
    modifier: str, told: dict[str, Any], begins: Any, ends: Any, hollow: bool, dashed: bool
) -> None:
    (group,) = side_by_side([article([figure("so many", modifier, 40, told), figure("80", value=80, start_char=9)])])
    c = group.claims[0]
    places = {"point": c.point, "before": c.begin, "after": c.end}
    assert (c.begin, c.end) == (places.get(begins, begins), places.get(ends, ends))
    assert (c.hollow, c.dashed) == (hollow, dashed)


def test_what_is_far_apart_or_elsewhere_is_no_conflict() -> None:
    day = date(2026, 10, 1)
    articles = [
        article([figure("5", value=5)], day, "a"), article([figure("9", value=9)], day + timedelta(days=40), "b"),
        article([figure("7", value=7, place="Lenn")], day, "c"), article([figure("8", value=8, place=None)], day, "d"),
        article([figure("6", value=6, place=None)], day, "e"),
    ]  # fmt: skip
    groups = side_by_side(articles)
    assert len(groups) == 5 and not any(g.differ for g in groups)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({}, {}),  # the article itself, twice
        ({"claimant_name": "Tarvo Council"}, {"claimant_name": "Tarvo Council"}),
        (
            {"claimant_name": "Tarvo Council", "counted_lemma": "soldier"},
            {"claimant_mention": "rebels", "counted_lemma": "child"},
        ),
        ({"claimant_name": "Tarvo Council", "time_text": "on Monday"}, {"claimant_mention": "rebels", "time_text": "since June"}),
    ],
)
def test_one_article_may_count_several_things(one: dict[str, Any], two: dict[str, Any]) -> None:
    (group,) = side_by_side([article([figure("15", value=15, told=one), figure("41", value=41, told=two, start_char=9)])])
    assert not group.differ
    assert side_by_side([article([figure("15", value=15), figure("41", value=41, claimant_mention="rebels", start_char=9)])])[
        0
    ].differ


DAY = date(2026, 10, 1)
MINE = {"claimant_name": "Tarvo Council", "claimant_status": "named"}
# two claims on one event, whose place may be told; the days of their articles, None: one article; and whether they differ
SOURCES = [
    ("12 in the north, 30 in all", figure("12", value=12, **MINE), figure("30", value=30, **MINE), None, False),
    ("a later number", figure("12", value=12, **MINE), figure("30", value=30, **MINE), 2, False),
    ("two reports of one day", figure("12", value=12, **MINE), figure("30", value=30, **MINE), 0, True),
    ("two that may both be right", figure("at least 12", "at_least", 12, **MINE), figure("30", value=30, **MINE), 0, False),
    ("about as many", figure("about 30", "approximate", 30, **MINE), figure("32", value=32, **MINE), 0, False),
    ("two sources", figure("12", value=12, **MINE), figure("30", value=30, claimant_mention="rebels"), 2, True),
    ("two sources in one article", figure("12", value=12, **MINE), figure("30", value=30, claimant_mention="rebels"), None, True),
    ("two sources, one number", figure("12", value=12, **MINE), figure("12", value=12, claimant_mention="rebels"), 2, False),
    ("one outlet, later", figure("12", value=12), figure("30", value=30), 1, False),
    ("a part", figure("30", value=30, **MINE), figure("12", value=12, claimant_mention="rebels", part_of="x"), 0, False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "days", "differ"), [s[1:] for s in SOURCES], ids=[s[0] for s in SOURCES])
def test_claims_differ_where_sources_do(one: dict[str, Any], other: dict[str, Any], days: int | None, differ: bool) -> None:
    """The page and the view say the same, but for a source that is told otherwise on one day: the view sets it beside others."""
    if days is None:
        articles = [article([one, other | {"start_char": 9}], DAY, "a")]
    else:
        articles = [article([one], DAY, "a"), article([other], DAY + timedelta(days=days), "b")]
    articles = [a | {"publisher": "Tarvo Post"} for a in articles]
    (group,) = side_by_side(articles)
    assert group.differ == differ
    rows = [
        {"figure_id": f["text"], "url": None, "publisher": "Tarvo Post", "published_date": a["day"]}
        | {"doc_id": a["doc_id"], "title": "Title"}
        | {c: f[c] for c in f if c not in ("counted", "start_char")}
        for a in articles
        for f in a["figures"]
    ]
    db = duckdb.connect()
    kinds = {
        "value": pa.float64(),
        "low": pa.float64(),
        "high": pa.float64(),
        "malformed": pa.bool_(),
        "published_date": pa.date32(),
    }
    schema = pa.schema([(c, kinds.get(c, pa.string())) for c in rows[0]])
    db.register("latest_figures", pa.Table.from_pylist(rows, schema=schema))
    db.execute(re.search(r"CREATE OR REPLACE VIEW claims AS.*?;", ANALYSES, re.DOTALL)[0])  # type: ignore[index]
    told = {bool(d) for (d,) in db.execute("SELECT differ FROM claims").fetchall()}
    assert told == {differ and one["claimant_name"] != other["claimant_name"]}


def test_a_part_differs_from_no_whole() -> None:
    (group,) = side_by_side([article([figure("70", value=70), figure("15", value=15, part_of="x", start_char=5)])])
    assert not group.differ and [c.part for c in group.claims] == [False, True]


def test_malformed_and_unknown_figures_are_not_drawn() -> None:
    assert side_by_side([article([figure("1,00", malformed=True)])]) == []
    (group,) = side_by_side([article([figure("several", "vague", None)])])
    assert not group.claims[0].drawn and group.scale == []


@given(
    st.lists(
        st.tuples(st.sampled_from(["exact", "at_least", "at_most", "approximate"]), st.floats(0, 1e13)), min_size=1, max_size=9
    )
)
def test_every_claim_stands_within_its_scale(claims: list[tuple[str, float]]) -> None:
    rows = [figure(str(v), m, v, start_char=n) for n, (m, v) in enumerate(claims)]
    (group,) = side_by_side([article(rows)])
    for c in group.claims:
        for place in (c.begin, c.end, c.point):
            assert place is None or 0 <= place <= 100
    assert all(0 <= x <= 100 for x, _ in group.scale)


@pytest.mark.parametrize(
    ("value", "printed"), [(12, "12"), (1200, "1,200"), (2.5e6, "2.5 million"), (3e9, "3 billion"), (0.25, "0.25")]
)
def test_numbers_are_written_as_people_write_them(value: float, printed: str) -> None:
    assert number(value) == printed

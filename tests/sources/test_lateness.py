"""Lateness: of a record alone, and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from onrecord.sources.lateness import in_time, is_late
from onrecord.sources.records import RawArticle, Refusal, Refused

NOON = datetime(2026, 10, 7, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ARTICLE = RawArticle(uri="kafka://h:1/t/0/5", text="Rain fell.", published_at=NOON - 2 * DAY)


@pytest.mark.parametrize(
    "published,most,late",
    [
        (NOON - DAY, DAY, False),
        (NOON - DAY - timedelta(seconds=1), DAY, True),
        (NOON + DAY, DAY, False),
        (NOON - 900 * DAY, None, False),
        (None, DAY, False),
        (datetime(2026, 10, 6, 11), DAY, True),
        (datetime(2026, 10, 6, 22, tzinfo=timezone(timedelta(hours=11))), DAY, True),
        (datetime(1, 1, 1, tzinfo=UTC), DAY, True),
    ],
)
def test_late(published: datetime | None, most: timedelta | None, late: bool) -> None:
    assert is_late(NOON, published, most) is late


def test_of_no_known_arrival_none_is_late() -> None:
    assert not is_late(None, NOON - 900 * DAY, DAY)


def test_a_late_article_is_a_refusal_with_what_came() -> None:
    refused = in_time(ARTICLE, NOON, DAY, b"{}")
    assert isinstance(refused, Refusal) and (refused.reason, refused.uri, refused.payload) == ("late", ARTICLE.uri, b"{}")
    assert refused.detail == "published 2026-10-05T12:00:00Z, came 2026-10-07T12:00:00Z, 1 day, 0:00:00 at most"
    assert in_time(ARTICLE, NOON, DAY).payload == b"Rain fell."  # type: ignore[union-attr]


def test_others_stay_what_they_are() -> None:
    bad = Refusal.of(Refused("empty", "nothing"), "u", None, b"")
    assert in_time(bad, NOON, DAY) is bad and in_time(ARTICLE, NOON, 2 * DAY) is ARTICLE
    undated = replace(ARTICLE, published_at=None)
    assert in_time(undated, NOON, DAY) is undated

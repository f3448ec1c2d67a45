"""Lateness: whether a record came too long after what it tells was published. It depends on the record alone, and on no clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .records import RawArticle, Record, Refusal, Refused


def is_late(arrived: datetime | None, published: datetime | None, most: timedelta | None) -> bool:
    """Whether a record came too late: more than ``most`` after it was published.

    One of which either moment is not told is not late, nor one from before it was published.

    Args:
        arrived: when the record came, as its source tells: a broker's time of the record, a file's time of change.
        published: when its article was published, as that tells.
        most: the longest that may lie between; None: as long as it likes.
    """
    return None not in (arrived, published, most) and _utc(arrived) - _utc(published) > most  # type: ignore[operator]


def in_time(record: Record, arrived: datetime | None, most: timedelta | None, payload: bytes | None = None) -> Record:
    """A record, or where its article is late the refusal of it.

    Args:
        record: an article, or a refusal, which stays what it is.
        arrived: see :func:`is_late`.
        most: see :func:`is_late`.
        payload: the record as it came; by default its text.
    """
    if not isinstance(record, RawArticle) or not is_late(arrived, record.published_at, most):
        return record
    assert arrived is not None and record.published_at is not None
    told = f"published {_utc(record.published_at):%Y-%m-%dT%H:%M:%SZ}, came {_utc(arrived):%Y-%m-%dT%H:%M:%SZ}, {most} at most"
    held = record.text.encode("utf-8", "backslashreplace") if payload is None else payload
    return Refusal.of(Refused("late", told), record.uri, record.record, held)


def _utc(moment: datetime | None) -> datetime:
    assert moment is not None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

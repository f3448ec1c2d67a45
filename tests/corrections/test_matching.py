"""Corrections of articles that were read anew find their rows by the article, their words and their place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from onrecord.corrections.matching import matched_again

Row = dict[str, Any]
AT = datetime(2026, 10, 1, tzinfo=UTC)
WORDS = "the mill is closed for good"


def correction(column: str | None = "speaker_name", verdict: str = "changed", **told: Any) -> Row:
    row = {
        "correction_id": "c1", "what": "quote", "verdict": verdict, "row_id": "q1", "other_id": None, "column_name": column,
        "read_value": "Bo Lund", "right_value": "Ilse Tarn", "doc_id": "d1", "article_id": "a1", "start_char": 10, "end_char": 37,
        "words": WORDS, "matched": True, "corrected_by": "M. Kern", "corrected_at": AT, "why": None, "undone_by": None,
        "undone_at": None, "run_id": "",
    }  # fmt: skip
    return row | told


def quote(id_: str, *spans: tuple[int, int], text: str = WORDS, speaker: str | None = "Bo Lund", doc: str = "d1") -> Row:
    content = [{"start_char": s, "end_char": e} for s, e in spans]
    return {"quote_id": id_, "doc_id": doc, "content_spans": content, "text": text, "speaker_name": speaker}


def again(own: list[Row], *quotes: Row) -> tuple[list[Row], list[Row]]:
    return matched_again(own, quotes, [])


def test_the_same_row_stays() -> None:
    rows, lost = again([correction()], quote("q1", (10, 37)), quote("q2", (10, 37)))
    assert rows == [correction()] and lost == []


def test_what_was_read_is_told_as_it_is_read_now() -> None:
    rows, _ = again([correction()], quote("q1", (10, 37), speaker="Ada Quist"))
    assert rows == [correction(read_value="Ada Quist")]


def test_a_row_that_begins_elsewhere() -> None:
    rows, lost = again(
        [correction(), correction(None, "accepted", correction_id="c2")], quote("q8", (60, 80)), quote("q9", (14, 39))
    )
    assert [(r["row_id"], r["matched"], r["correction_id"]) for r in rows] == [("q9", True, "c1"), ("q9", True, "c2")]
    assert lost == []


def test_the_same_words_are_preferred() -> None:
    rows, _ = again([correction()], quote("q8", (10, 37), text="the mill is closed"), quote("q9", (10, 37)))
    assert rows[0]["row_id"] == "q9"


def test_nothing_like_it() -> None:
    for others in ([], [quote("q9", (30, 90))], [quote("q9", (10, 37), doc="d2")]):
        rows, lost = again([correction(), correction("speaker_role")], *others)
        assert [r["matched"] for r in rows] == [False, False] and len(lost) == 1
    rows, lost = again([correction(matched=False)], quote("q9", (10, 36)))  # and a later reading has it
    assert [(r["row_id"], r["matched"]) for r in rows] == [("q9", True)] and lost == []


def test_what_needs_no_row_is_not_told() -> None:
    undone = correction(undone_at=AT + timedelta(days=1), undone_by="Ada Quist")
    for own in (undone, correction(None, "none")):
        rows, lost = again([own])
        assert not rows[0]["matched"] and lost == []


def test_right_words_are_read_now() -> None:
    own = correction("content_spans", read_value="10-37", right_value="60-90")
    rows, lost = again([own], quote("q9", (60, 88)))
    assert (rows[0]["row_id"], rows[0]["read_value"], lost) == ("q9", "60-88", [])


def test_figures() -> None:
    own = correction("value", what="figure", row_id="f1", read_value="12", right_value="15", start_char=10, end_char=12)
    figure = {"figure_id": "f2", "doc_id": "d1", "start_char": 8, "end_char": 12, "text": "at 12", "value": 13.0}
    rows, lost = matched_again([own], [], [figure])
    assert (rows[0]["row_id"], rows[0]["read_value"], lost) == ("f2", "13", [])

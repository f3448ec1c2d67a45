"""Records, the right words under the right name, judged by hand on small texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.evaluation.records import count_records, record_measures, same_name
from onrecord.evaluation.report import evaluate_names
from onrecord.schemas import Quote, Span

TEXT = "“We lost the whole barley crop,” said Dr Orla Finn. A miller warned that the mill might close by May. It rained a week."
CROP, MILL, RAIN = "We lost the whole barley crop,", "the mill might close by May", "It rained a week"


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def gold(words: str, speaker: str | None, status: str = "named", act: str = "speech", debatable: bool = False) -> dict[str, Any]:
    return {"content": [span(words)], "speaker": speaker, "status": status, "act": act, "debatable": debatable}


def row(words: str, speaker: str | None, confidence: float = 0.9, continues: str | None = None) -> Quote:
    start, end = span(words)
    return Quote.model_construct(
        quote_id=words, content_spans=[Span(start_char=start, end_char=end)], continues=continues, text=words, act="speech",
        speaker_name=speaker, speaker_status="named" if speaker else "unnamed", co_speakers=[], confidence=confidence,
        cue_text="said", speaker_rule=None, speaker_confidence=None,
    )  # fmt: skip


GOLD = [gold(CROP, "Orla Finn"), gold(MILL, None, "unnamed")]


def score(rows: list[Quote], wanted: list[dict[str, Any]] = GOLD, floor: float = 0.0) -> dict[str, Any]:
    return record_measures(count_records(TEXT, wanted, rows, floor)[0])


def test_all_right() -> None:
    m = score([row(CROP, "Dr Orla Finn"), row(MILL, None)])
    assert (m["f1"], m["found"], m["words_right"], m["names_right"], m["direct"]) == (1, 1, 1, 1, 1)
    assert (m["names_wrong"], m["spurious"]) == (0, 0)


def test_a_wrong_name_is_no_record() -> None:
    m = score([row(CROP, "Bo Lund"), row(MILL, None)])
    assert (m["f1"], m["names_right"], m["names_wrong"], m["direct"]) == (0.5, 0.5, 1, 0)


def test_a_name_where_nobody_is_named_is_wrong() -> None:
    assert score([row(CROP, "Orla Finn"), row(MILL, "Bo Lund")])["names_wrong"] == 0.5


def test_half_of_the_words_are_found_and_not_right() -> None:
    m = score([row("the whole barley crop", "Orla Finn"), row(MILL, None)])
    assert (m["found"], m["words_right"], m["f1"]) == (1, 0.5, 0.5)


def test_gold_may_tell_the_place_of_a_name() -> None:
    by_place = [gold(CROP, None) | {"speaker": [span("Orla Finn")], "status": "named"}, GOLD[1]]
    assert score([row(CROP, "Orla Finn"), row(MILL, None)], by_place)["f1"] == 1
    assert score([row(CROP, "Bo Lund"), row(MILL, None)], by_place)["names_wrong"] == 1
    both = [gold(CROP, None) | {"speaker": [span("A miller"), span("Orla Finn")], "status": "named"}]
    assert score([row(CROP, "Orla Finn")], both)["f1"] == 1


def test_what_nobody_said_is_spurious() -> None:
    m = score([row(CROP, "Orla Finn"), row(MILL, None), row(RAIN, None)])
    assert m["spurious"] == pytest.approx(1 / 3) and m["f1"] == pytest.approx(4 / 5)


@pytest.mark.parametrize("left_out", [{"act": "thought"}, {"debatable": True}])
def test_what_does_not_count_is_neither_right_nor_wrong(left_out: dict[str, Any]) -> None:
    wanted = [gold(CROP, "Orla Finn"), gold(MILL, None, "unnamed", **left_out)]
    assert score([row(CROP, "Orla Finn"), row(MILL, "Bo Lund")], wanted) == score([row(CROP, "Orla Finn")], wanted)


def test_rows_below_the_floor_are_left_out() -> None:
    m = score([row(CROP, "Orla Finn"), row(MILL, None), row(RAIN, None, 0.3)], floor=0.45)
    assert (m["spurious"], m["f1"]) == (0, 1)


def test_rows_that_go_on_are_one() -> None:
    rows = [
        row("We lost the whole", "Orla Finn"),
        row("barley crop,", "Orla Finn", continues="We lost the whole"),
        row(MILL, None),
    ]
    assert score(rows)["f1"] == 1


def test_a_second_row_on_the_same_words_counts_against() -> None:
    m = score([row(CROP, "Orla Finn"), row("the whole barley", "Orla Finn"), row(MILL, None)])
    assert m["counts"]["predicted"] == 3 and m["f1"] == pytest.approx(4 / 5)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Orla Finn", "Dr Orla Finn", True),
        ("Orla Finn", "Finn", True),
        ("Orla Finn", "Orla", False),
        ("Órla Finn", "Orla FINN", True),
        ("the United States", "US", True),
        ("Ministry of Health", "Health Ministry", True),
        ("Orla Finn", "Bo Finn", False),
        ("President", "President", False),
        ("", "Orla", False),
    ],
)
def test_names_that_are_one(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) == same_name(other, one) == same


def test_a_gold_file_with_texts_apart(tmp_path: Path) -> None:
    (tmp_path / "texts.jsonl").write_text(json.dumps({"doc_id": "a", "text": TEXT}) + "\n")
    (tmp_path / "gold.jsonl").write_text(json.dumps({"doc_id": "a", "attributions": GOLD}) + "\n")
    told = evaluate_names(tmp_path / "gold.jsonl", None, tmp_path / "texts.jsonl")
    assert told.startswith("1 document; gold 2; predicted 2") and "F1 100.0" in told
    (tmp_path / "gold.jsonl").write_text(json.dumps({"doc_id": "b", "attributions": GOLD}) + "\n")
    with pytest.raises(ValueError, match="no text of b"):
        evaluate_names(tmp_path / "gold.jsonl", None, tmp_path / "texts.jsonl")
    (tmp_path / "gold.jsonl").write_text(json.dumps({"doc_id": "a", "attributions": [{"content": [[0, 3]]}]}) + "\n")
    with pytest.raises(ValueError, match="tell no names"):
        evaluate_names(tmp_path / "gold.jsonl", None, tmp_path / "texts.jsonl")

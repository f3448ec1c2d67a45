"""Gold from what people have judged: all right where they agree with what is read, less where they do not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord import tables as open_tables
from training.corpora import read_attributions

pytestmark = pytest.mark.engine
Row = dict[str, Any]


def measured(onrecord: Callable[..., Any], gold: Path, *flags: str) -> Row:
    done = onrecord("evaluate", "--gold", gold, "--json", *flags)
    assert done.returncode == 0, done.stderr
    told: Row = json.loads(done.stdout)
    return told


def test_gold(record: Path, onrecord: Callable[..., Any], find: Callable[..., Row], tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    nothing = onrecord("gold", record, "-o", gold)
    assert nothing.returncode == 0 and "nothing yet" in nothing.stdout and gold.read_text() == ""
    council = find("quotes", "We can afford it")["doc_id"]
    own = [q for q in open_tables(record)["quotes"].to_table().to_pylist() if q["doc_id"] == council]
    lines = ["what,id,column,value,by", *(f"quote,{q['quote_id']},accept,,M. Kern" for q in own[1:])]
    (tmp_path / "c.csv").write_text("\n".join(lines))
    assert onrecord("correct", record, "--file", tmp_path / "c.csv").returncode == 0
    assert onrecord("gold", record, "-o", gold).stdout == f"{gold}: 1 article, 3 quotes judged, 1 as read\n"
    assert onrecord("gold", record, "-o", tmp_path / "whole.jsonl", "--complete").stdout.endswith("(--accept)\n")
    assert onrecord("correct", record, "--quote", own[0]["quote_id"], "--accept", "--by", "M. Kern").returncode == 0
    assert onrecord("gold", record, "-o", gold, "--complete").returncode == 0

    exact, names = measured(onrecord, gold), measured(onrecord, gold, "--names")
    assert exact["exact"]["f"] == exact["joint"]["f"] == names["f1"] == 1 and names["counts"]["gold"] == 4
    (example,) = read_attributions(gold)
    assert example.text.startswith("Council votes") and len(example.attributions or ()) == 4

    assert onrecord("correct", record, "--quote", find("quotes", "the money was there")["quote_id"], "--speaker", "Ilse Tarn",
                    "--by", "M. Kern").returncode == 0  # fmt: skip
    onrecord("gold", record, "-o", gold)
    exact, names = measured(onrecord, gold), measured(onrecord, gold, "--names")
    assert exact["exact"]["f"] == 1 > exact["joint"]["f"] and names["names_right"] == 0.75
    for args in (["the plan reckless", "--none"], ["the bridge would cost", "--words", "the bridge"]):
        id_ = find("quotes", args[0])["quote_id"]
        assert onrecord("correct", record, "--quote", id_, *args[1:], "--by", "M. Kern").returncode == 0
    onrecord("gold", record, "-o", gold)
    exact, names = measured(onrecord, gold), measured(onrecord, gold, "--names")
    assert exact["exact"]["p"] == 0.5 and exact["exact"]["r"] == 2 / 3
    assert names["counts"]["gold"] == 3 and names["counts"]["spurious"] == 1 and names["counts"]["words"] == 2

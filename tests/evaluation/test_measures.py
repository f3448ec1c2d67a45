"""The measures, by hand on small texts."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from onrecord.evaluation.measures import count_document, measures
from onrecord.evaluation.tokens import MeasuredText

TEXT = "Ann said: “I like tea a lot.” Bo, a baker, thinks that pie is bad.\n“We won,” said Cy. “We did it.”\n"


def attribution(source: str, cue: str, *content: str) -> dict[str, Any]:
    def find(words: str) -> list[list[int]]:
        return [[TEXT.index(words), TEXT.index(words) + len(words)]] if words else []

    return {"source": find(source), "cue": find(cue), "content": [s for c in content for s in find(c)]}


GOLD = [
    attribution("Ann", "said", "“I like tea a lot.”"),
    attribution("Bo, a baker", "thinks", "that pie is bad"),
    attribution("Cy", "said", "“We won,”", "“We did it.”"),
]


def score(predicted: list[dict[str, Any]], gold: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return measures(Counter(count_document(TEXT, GOLD if gold is None else gold, predicted)))


def test_perfect() -> None:
    m = score(GOLD)
    for name in ("content_tokens", "quoted_tokens", "relaxed", "exact", "joint", "fragments", "fragments_joint"):
        assert m[name] == {"p": 1.0, "r": 1.0, "f": 1.0}
    assert (m["counts"]["gold_direct"], m["counts"]["gold_indirect"]) == (2, 1)


def test_nothing_predicted() -> None:
    assert score([])["joint"] == {"p": 0.0, "r": 0.0, "f": 0.0}


def test_marks_stops_and_an_opening_that_do_not_matter() -> None:
    m = score([attribution("Ann", "said", "I like tea a lot"), attribution("Bo", "thinks", "pie is bad")])
    assert m["exact"]["p"] == m["joint"]["p"] == 1.0 and m["joint"]["r"] == pytest.approx(2 / 3)


def test_half_of_the_content_is_enough_and_less_is_not() -> None:
    assert score([attribution("Ann", "said", "I like tea")])["relaxed"]["p"] == 1.0  # 3 of 5
    assert score([attribution("Ann", "said", "I like")])["relaxed"]["p"] == 0.0  # 2 of 5


def test_wrong_source() -> None:
    m = score([attribution("Bo", "said", "“I like tea a lot.”")])
    assert m["relaxed"]["p"] == 1.0 and m["joint"]["p"] == 0.0 and m["source_on_matched"]["overlap"] == 0.0


def test_source_head_and_exact() -> None:
    head = score([attribution("Bo", "thinks", "pie is bad")])["source_on_matched"]
    assert (head["overlap"], head["head"], head["exact"]) == (1.0, 1.0, 0.0)
    other = score([attribution("a baker", "thinks", "pie is bad")])["source_on_matched"]
    assert (other["overlap"], other["head"], other["exact"]) == (1.0, 0.0, 0.0)


def test_a_missing_source_is_right_only_where_gold_has_none() -> None:
    bare = attribution("", "thinks", "pie is bad")
    assert score([bare])["joint"]["f"] == 0.0 and score([bare], [bare])["joint"]["f"] == 1.0


def test_a_split_quotation_is_one_match_and_two_fragments() -> None:
    m = score([attribution("Cy", "said", "“We won,”"), attribution("Cy", "said", "“We did it.”")])
    assert m["counts"]["matched"] == 1 and m["fragments"]["p"] == 1.0


def test_the_right_one_of_two_equal_contents_is_matched() -> None:
    m = score([attribution("Bo", "said", "I like tea a lot"), attribution("Ann", "said", "I like tea a lot")])
    assert m["joint"]["p"] == 0.5


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("a “b c” d", "..“b c”.."),
        ('a "b" c "d" e', '.."b"..."d"..'),
        ("“to the end\nnext", "“to the end....."),
        ("it’s ‘don’t go’ ok", ".....‘don’t go’..."),
        ("the dogs’ bone", "." * 14),
        ("say “a ‘b’ c” d", "....“a ‘b’ c”.."),
        ("x ''it's so,'' she", "..''it's so,''...."),
    ],
)
def test_mask(text: str, mask: str) -> None:
    assert "".join(c if q else "." for c, q in zip(text, MeasuredText(text).quoted, strict=True)) == mask

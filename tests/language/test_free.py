"""Quotations without an attribution of their own: an article in, (words, cue, speaker, whether the row goes on) out."""

from __future__ import annotations

from typing import Any

import pytest

Expected = list[tuple[str, str | None, str | None, bool]]

CASES: dict[str, tuple[str, Expected]] = {
    "a quotation left open goes on where the next paragraph opens again": (
        "The dam was shut on Friday.\n\n“We had no water for a week.\n\n“Now we carry it,” Ona Reku said.",
        [("We had no water for a week.", None, "Ona Reku", False), ("Now we carry it,", "said", "Ona Reku", True)],
    ),
    "left open over three paragraphs": (
        'Nobody came.\n\n"We called the clinic.\n\n"We called the police.\n\n"We called everybody," said Tam Odell, a baker.',
        [
            ("We called the clinic.", None, "Tam Odell", False),
            ("We called the police.", None, "Tam Odell", True),
            ("We called everybody,", "said", "Tam Odell", True),
        ],
    ),
    "left open behind another's words": (
        "“The mill is ours,” said Ona Reku.\n\n“We paid for it.\n\n“We have the papers,” said Tam Odell.",
        [
            ("The mill is ours,", "said", "Ona Reku", False),
            ("We paid for it.", None, "Tam Odell", False),
            ("We have the papers,", "said", "Tam Odell", True),
        ],
    ),
    "a sentence of its own behind reported words": (
        "Ona Reku, the mayor, said that she was tired. “I have not slept since the flood came.”",
        [
            ("she was tired", "said", "Ona Reku", False),
            ("I have not slept since the flood came.", None, "Ona Reku", False),
        ],
    ),
    "a paragraph of its own behind reported words": (
        "Tam Odell said the harbour would open in June.\n\n“The boats are ready and so are we.”\n\nIt rained.",
        [
            ("the harbour would open in June", "said", "Tam Odell", False),
            ("The boats are ready and so are we.", None, "Tam Odell", False),
        ],
    ),
    "a paragraph of its own behind quoted words goes on": (
        "“The boats are ready,” Tam Odell said.\n\n“We have waited for a year.”\n\nIt rained.",
        [
            ("The boats are ready,", "said", "Tam Odell", False),
            ("We have waited for a year.", None, "Tam Odell", True),
        ],
    ),
    "a paragraph of its own behind other words does not": (
        "“The boats are ready,” Tam Odell said.\n\nThe harbour was shut in May.\n\n“We have waited for a year.”\n\nIt rained.",
        [
            ("The boats are ready,", "said", "Tam Odell", False),
            ("We have waited for a year.", None, "Tam Odell", False),
        ],
    ),
    "behind words with a quotation and their cue the utterance goes on": (
        "The talks did “far too little,” Ona Reku said. “We will ask for more.”",
        [("The talks did “far too little,” We will ask for more.", "said", "Ona Reku", False)],
    ),
    "in the paragraph below too": (
        "Their owners “do not know the law,” Ona Reku said.\n\n“They think that a dog may run where it likes.”\n\nIt rained.",
        [
            ("Their owners “do not know the law,”", "said", "Ona Reku", False),
            ("They think that a dog may run where it likes.", None, "Ona Reku", True),
        ],
    ),
    "left open and not opened again": (
        "The dam is new. It rained.\n\n“We had no water for a week.\n\nNow we carry it. It is good,” said Ona Reku.",
        [("We had no water for a week.", None, "Ona Reku", False), ("Now we carry it. It is good,", "said", "Ona Reku", True)],
    ),
    "a report within a paragraph that is all quotation is a part of it": (
        "“The dam is shut,” the notice read.\n\n“According to the rules, it opens in June. Nobody may swim there.”\n\nIt rained.",
        [
            ("The dam is shut,", "read", None, False),
            ("According to the rules, it opens in June. Nobody may swim there.", None, None, True),
        ],
    ),
    "a question and its answer": (
        "“Will the bridge hold?” “It must,” said Ona Reku.",
        [("Will the bridge hold?", None, None, False), ("It must,", "said", "Ona Reku", False)],
    ),
    "behind an action of one person": (
        "The surgeon Ona Reku was in tears. “Nine hours, and we lost her.”\n\nThe ward was silent.",
        [("Nine hours, and we lost her.", None, "Ona Reku", False)],
    ),
    "behind an action of one person, in the paragraph below": (
        "The flood took all that the baker Tam Odell had.\n\n“I have nothing left but my boat.”\n\nThe rain goes on.",
        [("I have nothing left but my boat.", None, "Tam Odell", False)],
    ),
    "behind an action of two people it is nobody's": (
        "Ona Reku and Tam Odell walked through the ruins. “Nothing is left of it now.”\n\nThe rain goes on.",
        [("Nothing is left of it now.", None, None, False)],
    ),
    "announced afterwards": (
        "“It was like selling sand to the sea.”\n\nThat is how Tam Odell, who ran the port, later described the deal.",
        [("It was like selling sand to the sea.", "described", "Tam Odell", False)],
    ),
    "announced afterwards in the same paragraph": (
        "“Nobody will ever drink from that well again.” Those were the words of Ona Reku after the fire.",
        [("Nobody will ever drink from that well again.", "the words", "Ona Reku", False)],
    ),
    "announced by a colon": (
        "Ona Reku turned to the crowd. She added:\n\n“We will build it again.”",
        [("We will build it again.", "added", "Ona Reku", False)],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_whose_they_are(nlp: Any, text: str, expected: Expected) -> None:
    rows = nlp(text)._.quotes
    before = [None, *(q.quote_id for q in rows)]
    assert [
        (q.text, q.cue_text, q.speaker_name, q.continues is not None and q.continues == b)
        for q, b in zip(rows, before, strict=False)
    ] == expected


def test_who_was_asked_answers(nlp: Any) -> None:
    text = "At the gate, Ona Reku was asked how the fire began.\n\n“I wish that somebody could tell me.”"
    answer = nlp(text)._.quotes[-1]
    assert (answer.text, answer.speaker_name) == ("I wish that somebody could tell me.", "Ona Reku")


def test_words_that_follow_a_report_are_trusted(nlp: Any) -> None:
    rows = nlp("Tam Odell said that the harbour would open in June. “The boats are ready and so are we.”")._.quotes
    assert [round(q.confidence or 0) for q in rows] == [1, 1]


def test_labels_within_a_quotation(nlp: Any) -> None:
    text = "The film ends. “CALLER: Is the road open? MS. REKU: It is open to all. CALLER: Then I will come.”"
    rows = [(q.type, q.text, q.speaker_mention) for q in nlp(text)._.quotes]
    assert rows == [
        ("direct", "Is the road open?", "CALLER"),
        ("direct", "It is open to all.", "MS. REKU"),
        ("direct", "Then I will come.", "CALLER"),
    ]


def test_a_list_within_a_quotation_is_no_transcript(nlp: Any) -> None:
    text = "Ona Reku said: “First: The dam must be rebuilt. Second: Nobody may live below it.”"
    (row,) = nlp(text)._.quotes
    assert (row.text, row.speaker_name) == ("First: The dam must be rebuilt. Second: Nobody may live below it.", "Ona Reku")


def test_a_chain_without_end_is_read(nlp: Any) -> None:
    paragraphs = "\n\n".join(f"“We had no water in week {n}." for n in range(60))
    rows = nlp(f"It rained all day.\n\n{paragraphs}\n\n“Now we do,” said Ona Reku.")._.quotes
    assert len(rows) == 61 and [q.speaker_name for q in rows[-20:]] == ["Ona Reku"] * 20

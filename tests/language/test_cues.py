"""What kind of saying a cue is, and whether it was said at all."""

from __future__ import annotations

import pytest

from onrecord.quotes.cues import read_cue

POLARITY = [
    ("[Ann Veld] <said> that it rained.", "say", "affirmed"),
    ("[Ann Veld] <has said> that it rained.", "say", "affirmed"),
    ("[Ann Veld] <has not said> that it rained.", "say", "negated"),
    ("[Ann Veld] has never <said> that it rained.", "say", "negated"),
    ("[Ann Veld] <didn’t say> that it rained.", "say", "negated"),
    ("[Ann Veld] <refused to say> whether it rained.", "say", "negated"),
    ("[Ann Veld] <declined to comment> on the rain.", "comment", "negated"),
    ("[Ann Veld] <failed to mention> the rain.", "mention", "negated"),
    ("[Ann Veld] <may announce> that it rained.", "announce", "unrealised"),
    ("[Ann Veld] <will announce> that it rained.", "announce", "unrealised"),
    ("[Ann Veld] <is expected to announce> that it rained.", "announce", "unrealised"),
    ("[Ann Veld] <plans to tell> the crowd that it rained.", "tell", "unrealised"),
    ("If [Ann Veld] <says> that it rained, we stay.", "say", "unrealised"),
    ("[Ann Veld] <went on to say> that it rained.", "say", "affirmed"),
    ("[Ann Veld] <continued to insist> that it rained.", "insist", "affirmed"),
    ("[Ann Veld] <not only said> that it rained.", "say", "affirmed"),
    ("[Nobody] <said> that it rained.", "say", "negated"),
    ("[Ann Veld] <denied> that it rained.", "deny", "affirmed"),
    ("If Mr. [Veld] <says> that it rained, we stay.", "say", "unrealised"),
    ("The wall will not go, <said> [Ann Veld].", "say", "affirmed"),
    ("[Ann Veld], who would not wait, <said> that it rained.", "say", "affirmed"),
    ("<According to> [Ann Veld], it rained.", "accord", "affirmed"),
]
CLASSES = [
    ("said", "say", "say", "speech"),
    ("asked", "ask", "ask", "speech"),
    ("insisted", "insist", "claim", "speech"),
    ("flatly denied", "deny", "deny", "speech"),
    ("’s denial", "denial", "deny", "speech"),
    ("accused", "accuse", "accuse", "speech"),
    ("conceded", "concede", "admit", "speech"),
    ("warned", "warn", "warn", "speech"),
    ("pledged", "pledge", "promise", "speech"),
    ("called for", "call", "demand", "speech"),
    ("called on", "call", "demand", "speech"),
    ("called", "call", "say", "speech"),
    ("agreed", "agree", "agree", "speech"),
    ("believes", "believe", "other", "thought"),
    ("fears", "fear", "other", "thought"),
    ("was hopeful", "hopeful", "other", "thought"),
    ("supports", "support", "agree", "stance"),
    ("opposes", "oppose", "deny", "stance"),
    ("opposition to", "opposition", "deny", "stance"),
    ("tells", "tell", "say", "speech"),
    ("pointed out", "point", "say", "speech"),
    (":", ":", "say", "speech"),
    ("―", "―", "say", "speech"),
    ("flummoxed", "flummox", "other", "stance"),
]


def spans(marked: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """The text without < > [ ], the cue and the source."""
    text = ""
    at = {}
    for ch in marked:
        if ch in "<>[]":
            at[ch] = len(text)
        else:
            text += ch
    return text, (at["<"], at[">"]), (at["["], at["]"])


@pytest.mark.parametrize(("marked", "lemma", "polarity"), POLARITY, ids=[m for m, _, _ in POLARITY])
def test_polarity(marked: str, lemma: str, polarity: str) -> None:
    text, cue, source = spans(marked)
    read = read_cue(text, cue, source, False)
    assert (read.lemma, read.polarity) == (lemma, polarity)


@pytest.mark.parametrize(("cue", "lemma", "cue_class", "act"), CLASSES, ids=[c for c, *_ in CLASSES])
def test_class(cue: str, lemma: str, cue_class: str, act: str) -> None:
    text = f"Ann Veld {cue} the wall."
    read = read_cue(text, (9, 9 + len(cue)), (0, 8), False)
    assert (read.lemma, read.cue_class, read.act) == (lemma, cue_class, act)


def test_another_sentence_has_no_part_in_a_cue() -> None:
    text, cue, source = spans("They asked not when, but if. [Veld] <said> so.")
    assert read_cue(text, cue, source, False, begin=source[0]).polarity == "affirmed"


def test_an_unknown_cue_of_a_quotation_is_speech() -> None:
    text = "Ann Veld flummoxed the hall: “We go.”"
    assert read_cue(text, (9, 18), (0, 8), True).act == "speech"

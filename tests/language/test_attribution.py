"""Attributions: an article in, (type, text, cue, mention) out; one phenomenon a case."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.quotes.utterances import trimmed
from onrecord.text.view import ArticleView

Expected = list[tuple[str, str, str | None, str | None]]

DIRECT: dict[str, tuple[str, Expected]] = {
    "speaker before cue": ("“We go,” Ann Veld said.", [("direct", "We go,", "said", "Ann Veld")]),
    "cue before speaker": ("“We go,” said Ann Veld.", [("direct", "We go,", "said", "Ann Veld")]),
    "speaker, cue, quotation": ("Ann Veld said: “We go.”", [("direct", "We go.", "said", "Ann Veld")]),
    "comma before quotation": ('Ann Veld said, "We go."', [("direct", "We go.", "said", "Ann Veld")]),
    "interrupted": ("“We go,” she said, “and soon.”", [("direct", "We go, and soon.", "said", "she")]),
    "interrupted by a role": (
        "“If the wind drops,” said Ann Veld, a mother of two, “we may sail on Friday.” The sea was grey.",
        [("direct", "If the wind drops, we may sail on Friday.", "said", "Ann Veld")],
    ),
    "interrupted by a relative clause": (
        '"The trouble," said Ann Veld, who keeps the lock, "is that nobody pays." It rained.',
        [("direct", "The trouble, is that nobody pays.", "said", "Ann Veld")],
    ),
    "interrupted by a role before the cue": (
        "“Unless it rains,” the captain, Ann Veld, said, “the herd will die.” It rained.",
        [("direct", "Unless it rains, the herd will die.", "said", "the captain")],
    ),
    "two speakers and a semicolon": (
        "“We will appeal,” said Ann Veld; “they will lose,” said Bo Lund.",
        [("direct", "We will appeal,", "said", "Ann Veld"), ("direct", "they will lose,", "said", "Bo Lund")],
    ),
    "a nickname in the mention": (
        "“We go,” said Ann “Nan” Veld.",
        [("direct", "We go,", "said", "Ann “Nan” Veld")],
    ),
    "marks within marks": (
        "“She told me, ‘Never sell the mill,’ and I did not,” said Ann Veld. “It was ‘her last wish’.” The mill burned in 2011.",
        [("direct", "She told me, ‘Never sell the mill,’ and I did not, It was ‘her last wish’.", "said", "Ann Veld")],
    ),
    "a name right behind the cue": (
        "He differs from those before him, the engineers Ann Veld and Ida Rey, in that he listens, says Lund: “He helps.”",
        [
            (
                "indirect",
                "He differs from those before him, the engineers Ann Veld and Ida Rey, in that he listens",
                "says",
                "Lund",
            ),
            ("direct", "He helps.", "says", "Lund"),
        ],
    ),
    "two sentences": ("“We go now,” he said. “It is late.”", [("direct", "We go now, It is late.", "said", "he")]),
    "quotation first, then the attributed one": (
        "“It is late.” “We go now,” he said.",
        [("direct", "It is late. We go now,", "said", "he")],
    ),
    "question": ("“Where is it?” asked Ann Veld.", [("direct", "Where is it?", "asked", "Ann Veld")]),
    "apposition": ("“We go,” Ann Veld, a baker from Tarvo, said.", [("direct", "We go,", "said", "Ann Veld")]),
    "two appositions": ("“We go,” Ann Veld, 44, a baker, told me.", [("direct", "We go,", "told", "Ann Veld")]),
    "relative clause": ("“We go,” said Ann Veld, who bakes bread.", [("direct", "We go,", "said", "Ann Veld")]),
    "addressee": (
        "Ann Veld told the Tarvo Gazette: “We go.”",
        [("direct", "We go.", "told", "Ann Veld")],
    ),
    "adverb and auxiliary": ("“We go,” Ann Veld has repeatedly said.", [("direct", "We go,", "has repeatedly said", "Ann Veld")]),
    "dash signature": ("“We love it here.” ― Ann Veld, Tarvo", [("direct", "We love it here.", "―", "Ann Veld")]),
    "label": ('VELD: "We have to go."', [("direct", "We have to go.", ":", "VELD")]),
    "according to": ("According to Ann Veld, “the game is over”.", [("direct", "the game is over", "According to", "Ann Veld")]),
    "participle": (
        "Ann Veld left early, adding: “We go.”",
        [("direct", "We go.", "adding", "Ann Veld")],
    ),
    "co-speakers": ("“We go,” Ann Veld and Bo Lund said.", [("direct", "We go,", "said", "Ann Veld and Bo Lund")]),
    "no speaker": (
        "“Nobody will ever cross that bridge again.”",
        [("direct", "Nobody will ever cross that bridge again.", None, None)],
    ),
    "quoted name is no speech": ("They met at the “Red Lion” on Friday.", []),
    "scare quotes": ("The “moderate” wing of the party left.", []),
}
MIXED: dict[str, tuple[str, Expected]] = {
    "clause with a quotation": (
        "Ann Veld said the wall was “tired” and would go.",
        [("mixed", "the wall was “tired” and would go", "said", "Ann Veld")],
    ),
    "verb that needs a quotation": (
        "Ann Veld called the plan “mad” on Friday.",
        [("mixed", "the plan “mad”", "called", "Ann Veld")],
    ),
    "dismissed as": ("Ann Veld dismissed it as “mad”.", [("mixed", "it as “mad”", "dismissed", "Ann Veld")]),
    "two cues, one speaker": (
        "Ann Veld called it “mad” and said that it would fail.",
        [("mixed", "it “mad”", "called", "Ann Veld"), ("indirect", "it would fail", "said", "Ann Veld")],
    ),
    "one verb twice": (
        "Ann Veld said the bridge was “tired” and said it would fall.",
        [("mixed", "the bridge was “tired”", "said", "Ann Veld"), ("indirect", "it would fall", "said", "Ann Veld")],
    ),
    "two verbs of one time around a clause of another": (
        "Ann Veld declared that the mill is safe for everybody and expressed hope for a new dam.",
        [
            ("indirect", "the mill is safe for everybody", "declared", "Ann Veld"),
            ("indirect", "hope for a new dam", "expressed", "Ann Veld"),
        ],
    ),
    "a verb of the clause itself": (
        "Ann Veld said that the mill was shut and claimed by the bank.",
        [("indirect", "the mill was shut and claimed by the bank", "said", "Ann Veld")],
    ),
    "a name between marks in the role": (
        "“The law is dead,” said Ann Veld, a critic of the “green tax”. “We will fight it.”",
        [("direct", "The law is dead, We will fight it.", "said", "Ann Veld")],
    ),
    "words behind a quotation": (
        "“We won,” and the whole valley knows it, the coach, Bo Lund, said.",
        [("mixed", "“We won,” and the whole valley knows it", "said", "the coach")],
    ),
    "saying": (
        "Ann Veld denied the report, saying there was “no plan”.",
        [("indirect", "the report", "denied", "Ann Veld"), ("mixed", "there was “no plan”", "saying", "Ann Veld")],
    ),
}
INDIRECT: dict[str, tuple[str, Expected]] = {
    "that": ("Ann Veld said that the wall would go.", [("indirect", "the wall would go", "said", "Ann Veld")]),
    "that, a pronoun before the cue": (
        "That is not true, Ann Veld said.",
        [("indirect", "That is not true", "said", "Ann Veld")],
    ),
    "that, a pronoun behind the cue": (
        "Ann Veld said that was not true.",
        [("indirect", "that was not true", "said", "Ann Veld")],
    ),
    "a sentence ends with a time of day": (
        "Ann Veld said the shop opened at 9 p.m. Bo Lund ran it.",
        [("indirect", "the shop opened at 9 p.m.", "said", "Ann Veld")],
    ),
    "without that": ("Ann Veld said the wall would go.", [("indirect", "the wall would go", "said", "Ann Veld")]),
    "after the clause": ("The wall will go, Ann Veld said.", [("indirect", "The wall will go", "said", "Ann Veld")]),
    "inverted after the clause": ("The wall will go, said Ann Veld.", [("indirect", "The wall will go", "said", "Ann Veld")]),
    "within the clause": (
        "The wall, Ann Veld said, will go by the end of May.",
        [("indirect", "The wall will go by the end of May", "said", "Ann Veld")],
    ),
    "according to, after": (
        "The wall will go, according to Ann Veld.",
        [("indirect", "The wall will go", "according to", "Ann Veld")],
    ),
    "according to, before": (
        "According to Ann Veld, the wall will go.",
        [("indirect", "the wall will go", "According to", "Ann Veld")],
    ),
    "told somebody that": ("Ann Veld told the press that she would go.", [("indirect", "she would go", "told", "Ann Veld")]),
    "said on a day that": ("Ann Veld said on Monday that she would go.", [("indirect", "she would go", "said", "Ann Veld")]),
    "whether": ("Ann Veld asked whether it was late.", [("indirect", "whether it was late", "asked", "Ann Veld")]),
    "vow": ("Ann Veld vowed to rebuild the wall.", [("indirect", "to rebuild the wall", "vowed", "Ann Veld")]),
    "two speakers": (
        "Ann Veld said that it rained, but Bo Lund said that it snowed.",
        [("indirect", "it rained", "said", "Ann Veld"), ("indirect", "it snowed", "said", "Bo Lund")],
    ),
    "dateline": (
        "HALDEN (NPA) - The wall will go, Ann Veld said.",
        [("indirect", "The wall will go", "said", "Ann Veld")],
    ),
    "two groups": (
        "The wall was lost in the storm, residents and workers there have said.",
        [("indirect", "The wall was lost in the storm", "have said", "residents and workers there")],
    ),
    "continued": ("The storm may come back, she continued.", [("indirect", "The storm may come back", "continued", "she")]),
    "the noun claim": ("The claim was false and the report was late.", []),
    "passive without a speaker": (
        "The sea is reported to have risen by a metre.",
        [("indirect", "The sea to have risen by a metre", "reported", None)],
    ),
}


@pytest.mark.parametrize(("text", "expected"), [*DIRECT.values(), *MIXED.values()], ids=[*DIRECT, *MIXED])
def test_quoted_speech(nlp: Any, text: str, expected: Expected) -> None:
    assert found(nlp, text) == expected


@pytest.mark.parametrize(("text", "expected"), INDIRECT.values(), ids=INDIRECT)
def test_indirect_speech(nlp: Any, text: str, expected: Expected) -> None:
    assert found(nlp, text) == expected


NEXT_SENTENCE: dict[str, tuple[str, list[str]]] = {
    "names over a full stop": (
        "“The nets are dry,” said Miriam. Anton said the boat would leave at dawn.",
        ["Miriam", "Anton"],
    ),
    "two full names": ("“It is late,” said Ann Veld. Bo Lund said that the bus had left.", ["Ann Veld", "Bo Lund"]),
    "a full stop and a quotation": ("“We sank,” said Bo Lund. “It was ‘a bathtub’.” The race began at noon.", ["Bo Lund"]),
    "an abbreviation at the end": (
        "“It works,” said Ann Veld Jr. The nurse, Ada Lind, said it did not.",
        ["Ann Veld Jr.", "Ada Lind"],
    ),
}


@pytest.mark.parametrize(("text", "names"), NEXT_SENTENCE.values(), ids=NEXT_SENTENCE)
def test_a_name_ends_with_its_sentence(nlp: Any, text: str, names: list[str]) -> None:
    assert [q.speaker_name for q in nlp(text)._.quotes] == names


def found(nlp: Any, text: str) -> Expected:
    return [(q.type, q.text, q.cue_text, q.speaker_mention) for q in nlp(text)._.quotes]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Ann Veld said that it rained.", "affirmed"),
        ("Ann Veld has not confirmed that the road will open.", "negated"),
        ("Ann Veld never said that it rained.", "negated"),
        ("Ann Veld may announce a curfew.", "unrealised"),
        ("Ann Veld will announce that it rained.", "unrealised"),
    ],
)
def test_polarity(nlp: Any, text: str, polarity: str) -> None:
    assert [q.cue_polarity for q in nlp(text)._.quotes] == [polarity]


@pytest.mark.parametrize(
    ("verb", "lemma", "cue_class", "act"),
    [
        ("said", "say", "say", "speech"),
        ("claimed", "claim", "claim", "speech"),
        ("denied", "deny", "deny", "speech"),
        ("admitted", "admit", "admit", "speech"),
        ("warned", "warn", "warn", "speech"),
        ("promised", "promise", "promise", "speech"),
        ("agreed", "agree", "agree", "speech"),
        ("believed", "believe", "other", "thought"),
        ("tells us", "tell", "say", "speech"),
    ],
)
def test_cue(nlp: Any, verb: str, lemma: str, cue_class: str, act: str) -> None:
    (quote,) = nlp(f"Ann Veld {verb} that the wall would go.")._.quotes
    assert (quote.cue_lemma, quote.cue_class, quote.act) == (lemma, cue_class, act)


HEADLINES = {
    "quotation": ("‘We will go,’ says Ann Veld", [("direct", "We will go,", "says", "Ann Veld")]),
    "title of a work": ("‘Years of Rain’ wins the prize", []),
    "second verb": (
        "Veld Dismisses Talk of Flood, Claims Wall Is 'Tired'",
        [("indirect", "of Flood", "Dismisses Talk", "Veld"), ("mixed", "Wall Is 'Tired'", "Claims", "Veld")],
    ),
}


@pytest.mark.parametrize(("headline", "expected"), HEADLINES.values(), ids=HEADLINES)
def test_headlines(nlp: Any, headline: str, expected: Expected) -> None:
    text = f"{headline}\n\nIt rained on the town all day and all night, and nobody could sleep."
    assert found(nlp, text) == expected


def test_paragraphs_with_reopened_marks_continue(nlp: Any) -> None:
    text = "“We were told,” said Ann Veld. “We did not act.\n\n“I have no answer.\n\n“It is mine.”\n\nIt rained."
    first, second, third = nlp(text)._.quotes
    assert [q.text for q in (first, second, third)] == ["We were told, We did not act.", "I have no answer.", "It is mine."]
    assert (first.continues, second.continues, third.continues) == (None, first.quote_id, second.quote_id)
    assert {q.speaker_name for q in (first, second, third)} == {"Ann Veld"}
    assert second.cue_text is None and second.speaker_mention == "Ann Veld"


def test_colon_at_the_end_of_a_paragraph(nlp: Any) -> None:
    (quote,) = nlp("Ann Veld turned to the crowd. She continued:\n\n“We go.”")._.quotes
    assert (quote.text, quote.cue_text, quote.speaker_mention, quote.paragraph_index) == ("We go.", "continued", "She", 1)


def test_excerpt_holds_speaker_cue_and_content(nlp: Any) -> None:
    text = "It rained. “We go,” Ann Veld said on Friday. “It is late.” Nobody answered."
    (quote,) = nlp(text)._.quotes
    assert quote.excerpt == "“We go,” Ann Veld said on Friday. “It is late.”"


def test_verbatim_spans(nlp: Any) -> None:
    text = "Ann Veld said the wall was “tired” and “old”."
    (quote,) = nlp(text)._.quotes
    assert [text[s.start_char : s.end_char] for s in quote.verbatim_spans] == ["tired", "old"]


def test_equal_words_have_equal_keys(nlp: Any) -> None:
    one, two = (nlp(t)._.quotes[0] for t in ("“We go now!” said Ann Veld.", "Bo Lund said: 'WE GO NOW.'"))
    assert one.text_key == two.text_key and one.quote_id != two.quote_id


def test_boilerplate_is_not_read(nlp: Any) -> None:
    assert nlp("It rained.\n\nFollow us: “the best news”, says Ann Veld.\n\nIt rained.")._.quotes == []


def test_an_unbalanced_mark_swallows_no_article(nlp: Any) -> None:
    text = "Ann Veld said: “We go now.\n\nIt rained on the town all night.\n\nThe river rose by a metre, and the mill was lost."
    quotes = nlp(text)._.quotes
    assert [q.text for q in quotes] == ["We go now."]


def test_a_transcript_is_read_by_its_labels(nlp: Any) -> None:
    text = "VELD: Do we go to Tarvo?\n\nLUND: I think that we should stay.\n\nVELD: Then we stay."
    assert [(q.text, q.cue_text, q.speaker_mention) for q in nlp(text)._.quotes] == [
        ("Do we go to Tarvo?", ":", "VELD"), ("I think that we should stay.", ":", "LUND"), ("Then we stay.", ":", "VELD"),
    ]  # fmt: skip


def test_what_stands_between_quotation_and_cue_is_the_source(nlp: Any) -> None:
    (quote,) = nlp("“We will go,” the union's leader, Ann Veld, said on Monday.")._.quotes
    assert (quote.type, quote.text, quote.speaker_mention) == ("direct", "We will go,", "the union's leader")


def test_an_adverb_behind_a_pronoun_is_no_part_of_the_source(nlp: Any) -> None:
    quotes = nlp("“We run,” Westmere Rail said. “We run late on most days of the year,” it further wrote.")._.quotes
    assert [q.speaker_mention for q in quotes] == ["Westmere Rail", "it"]


def test_a_dateline_is_no_content(nlp: Any) -> None:
    text = "HALDEN, March 3 (NPA) — The wall will be rebuilt before winter, the city council said on Monday."
    (quote,) = nlp(text)._.quotes
    assert quote.text == "The wall will be rebuilt before winter"


@pytest.mark.parametrize("bound", ["As many as 70", "as few as 70", "As much as half"])
def test_a_bound_is_never_parted(bound: str) -> None:
    """Content that begins within *as many as* takes the whole of it."""
    text = f"In Kasra {bound} of the stores are believed to be empty."
    page = ArticleView.of_text(text)
    begin = text.index(bound)
    assert trimmed(page, [(begin + 3, len(text) - 1)]) == [(begin, len(text) - 1)]
    assert trimmed(page, [(begin + 8, len(text) - 1)]) == [(begin + 8, len(text) - 1)]


def test_confidence_is_a_probability(nlp: Any) -> None:
    rows = nlp("“We go,” said Ann Veld. Bo Lund said that it rained. The plan was mad, she seemed to think.")._.quotes
    assert rows and all(q.confidence is not None and 0 < q.confidence < 1 for q in rows)

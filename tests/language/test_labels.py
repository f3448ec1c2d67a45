"""What a colon, a label or a verb's voice says of who speaks, and whether anybody does: an article in, (words, cue, name) out."""

from __future__ import annotations

from typing import Any

import pytest

Rows = list[tuple[str, str | None, str | None]]

DATELINES: dict[str, tuple[str, Rows]] = {
    "a place and a hyphen": (
        "Srinagar- Roads would stay shut for a week, the transport minister Saima Bukhari said here on Monday.",
        [("Roads would stay shut for a week", "said", "Saima Bukhari")],
    ),
    "city in capitals, reported words": (
        "LAHORE: The provincial minister, Saima Bukhari, has warned that the river will rise.",
        [("the river will rise", "warned", "Saima Bukhari")],
    ),
    "city in capitals, a quotation": (
        'KARACHI: "We are patient," Nasir Wagle told the assembly. He said the port would stay shut.',
        [("We are patient,", "told", "Nasir Wagle"), ("the port would stay shut", "said", "Nasir Wagle")],
    ),
    "two cities": (
        "QUETTA/GWADAR: Trade minister Rukhsana Mengal said that the levy was unlawful.",
        [("the levy was unlawful", "said", "Rukhsana Mengal")],
    ),
    "city of two words with a date": (
        "NEW DELHI, March 3: The spokesman, Arun Tandelkar, said the wages would be paid by Diwali.",
        [("the wages would be paid by Diwali", "said", "Arun Tandelkar")],
    ),
    "city without a space, below a byline": (
        "By our correspondent\n\nMULTAN:The mayor, Saima Bukhari, said the canal was dry.",
        [("the canal was dry", "said", "Saima Bukhari")],
    ),
    "city with a dash, read with the source": (
        "RIYADH — The mayor, Salem Harbi, said the metro was safe.",
        [("the metro was safe", "said", "Salem Harbi")],
    ),
    "a hyphen in a title is no dateline": (
        "GCC Secretary-General Salem Harbi said the metro was safe.",
        [("the metro was safe", "said", "Salem Harbi")],
    ),
    "city as in a sentence": (
        "Dubai: The port operator, Hadan Marine, announced on Monday that the berth would stay shut.",
        [("the berth would stay shut", "announced", "Hadan Marine")],
    ),
    "two paragraphs with datelines": (
        "PESHAWAR: The river rose by two metres.\n\nQUETTA: The mayor, Saima Bukhari, said the dam was safe.",
        [("the dam was safe", "said", "Saima Bukhari")],
    ),
    "a label is no dateline": ('TARVIN: "We go home on Friday."', [("We go home on Friday.", ":", "TARVIN")]),
    "a heading says nothing": (
        "Note: The editor, Ann Veld, said the figures had changed.",
        [("the figures had changed", "said", "Ann Veld")],
    ),
}
LABELS: dict[str, tuple[str, Rows]] = {
    "an adverb is no label": (
        "However, the police spokesman, Ola Bright, added: “No one is hurt.”",
        [("No one is hurt.", "added", "Ola Bright")],
    ),
    "a participle is no label": (
        "Speaking to reporters in Lagos, Tunde Adeyemo said: “Every tenant has a right to be heard.”",
        [("Every tenant has a right to be heard.", "said", "Tunde Adeyemo")],
    ),
    "a time is no label": (
        "Last March, Mereana Parata wrote: “The river is not for sale.”",
        [("The river is not for sale.", "wrote", "Mereana Parata")],
    ),
    "a place is no label": ("In Suva, fishermen said: “The reef is dying.”", [("The reef is dying.", "said", None)]),
    "a role is part of a label": (
        "Ola Bright, a noted baker: “No one is hurt.”",
        [("No one is hurt.", ":", "Ola Bright")],
    ),
    "functions have no names": (
        "CALLER 1: I paid it twice.\n\nMERE PARATA: Whom did you pay?\n\nCALLER 2: The town.\n\nMERE PARATA: Ask the town then.",
        [
            ("I paid it twice.", ":", None),
            ("Whom did you pay?", ":", "MERE PARATA"),
            ("The town.", ":", None),
            ("Ask the town then.", ":", "MERE PARATA"),
        ],
    ),
    "a heading is no turn": (
        "WATCH: The mayor on the bridge\n\nVELD: Do we go?\n\nLUND: We go.\n\nVELD: When?",
        [("Do we go?", ":", "VELD"), ("We go.", ":", "LUND"), ("When?", ":", "VELD")],
    ),
    "full name first, surname then": (
        "TUNDE ADEYEMO, PRESENTER: A state of emergency tonight.\n\nMERE PARATA, MAYOR OF SUVA: We have moved 900 people.\n\n"
        "ADEYEMO: 6:40, the weather now.",
        [
            ("A state of emergency tonight.", ":", "TUNDE ADEYEMO"),
            ("We have moved 900 people.", ":", "MERE PARATA"),
            ("6:40, the weather now.", ":", "TUNDE ADEYEMO"),
        ],
    ),
    "turns within one quotation": (
        "The tape was played in court. “CALLER: I have paid it. MS. PARATA: You have not paid yet. CALLER: I paid it twice.”",
        [
            ("I have paid it.", ":", None),
            ("You have not paid yet.", ":", "PARATA"),
            ("I paid it twice.", ":", None),
        ],
    ),
}


VOICES: dict[str, tuple[str, Rows]] = {
    "was quoted by a paper as saying": (
        "Kofi Mensah was quoted as saying the strike would end.",
        [("the strike would end", "was quoted as saying", "Kofi Mensah")],
    ),
    "was reported as saying": (
        "Kofi Mensah was reported as saying that the bridge was safe.",
        [("the bridge was safe", "was reported as saying", "Kofi Mensah")],
    ),
    "a paper quoted somebody as saying": (
        "The Accra Herald quoted Kofi Mensah as saying that the strike would end.",
        [("the strike would end", "saying", "Kofi Mensah")],
    ),
    "a paper cited somebody as saying": (
        "State television cited Minister Sela Vunipola as saying the strike would end.",
        [("the strike would end", "saying", "Sela Vunipola")],
    ),
    "a quotation before it": (
        "“We will go on until Friday,” the Accra Herald quoted Kofi Mensah as saying.",
        [("We will go on until Friday,", "saying", "Kofi Mensah")],
    ),
    "a quotation behind it": (
        "The mayor, Kofi Mensah, was quoted as saying: “We will go on.”",
        [("We will go on.", "was quoted as saying", "Kofi Mensah")],
    ),
    "was overheard telling somebody that": (
        "Sela Vunipola was overheard telling a driver that the bridge was lost.",
        [("the bridge was lost", "telling", "Sela Vunipola")],
    ),
    "was heard saying": (
        "Kofi Mensah was heard saying that the vote was lost.",
        [("the vote was lost", "saying", "Kofi Mensah")],
    ),
    "a participle prompts": (
        "The road was closed, prompting Mayor Kofi Mensah to say that the town was cut off.",
        [("the town was cut off", "to say", "Kofi Mensah")],
    ),
    "by": ("The accusation was rejected by Kofi Mensah.", [("The accusation", "was rejected", "Kofi Mensah")]),
    "a verb before its subject and a colon": (
        "The harbour has been dredged twice since March and is still too shallow, says pilot Ola Bright: “No one is safe.”",
        [
            ("The harbour has been dredged twice since March and is still too shallow", "says", "Ola Bright"),
            ("No one is safe.", "says", "Ola Bright"),
        ],
    ),
    "according to and a colon": (
        "The reef has lost half of its coral in ten years, according to the biologist Sela Vunipola: “We see it every day.”",
        [
            ("The reef has lost half of its coral in ten years", "according to", "Sela Vunipola"),
            ("We see it every day.", "according to", "Sela Vunipola"),
        ],
    ),
    "a clause behind a quotation is no source": (
        "“The rain will come,” but nobody knows the day, the forecaster Sela Vunipola said.",
        [("“The rain will come,” but nobody knows the day", "said", "Sela Vunipola")],
    ),
}
NO_REPORT = (
    "Each team appeared to be waiting for the other.",
    "The river at Otago seems to be rising.",
    "Mere Parata was named the best of the year.",
    "He was recorded as the owner of two boats.",
    "Moana Tuiasosopo is charged with theft of two boats.",
    "The club is called the oldest in Suva.",
    "The exhibition, titled “Salt and Iron”, runs until June.",
    "The museum will show “The Miller's Son” and “Reeds and Rain” until June.",
    "The bridge, nicknamed “the Snake”, was opened in 1931.",
    "He is known as “the Bull of Otago”.",
    "The screen showed “Error 404” and went dark.",
    "The app displays “No data available” all day.",
    "Sela Vunipola sang “Isa Lei” and “Sweet Fiji” at the end.",
    "A pop-up said “Your session has expired”.",
    "Callum Adeyemo admires Mere Parata.",
)
REPORTS: dict[str, tuple[str, Rows]] = {
    "a clause behind a passive": (
        "It was reported that the bridge would stay shut.",
        [("the bridge would stay shut", "reported", None)],
    ),
    "an infinitive behind a passive": (
        "The driver is alleged to have been asleep.",
        [("The driver to have been asleep", "alleged", None)],
    ),
    "a whole sentence in marks": (
        "At the door the guests were put the question: “Who are these young men and why are they here?”",
        [("Who are these young men and why are they here?", "were put the question", None)],
    ),
    "a clause behind a verb of feeling": (
        "Mere Parata loves that the river is clean.",
        [("the river is clean", "loves", "Mere Parata")],
    ),
    "a few words that somebody wrote": (
        "Kofi Mensah wrote “Never again, my friends” on the wall.",
        [("“Never again, my friends” on the wall", "wrote", "Kofi Mensah")],
    ),
    "what a sign says": (
        "A sign at the gate reads “No entry on Sundays”.",
        [("No entry on Sundays", "reads", None)],
    ),
}


@pytest.mark.parametrize(("text", "expected"), DATELINES.values(), ids=DATELINES)
def test_datelines(nlp: Any, text: str, expected: Rows) -> None:
    assert rows(nlp, text) == expected


@pytest.mark.parametrize(("text", "expected"), LABELS.values(), ids=LABELS)
def test_labels(nlp: Any, text: str, expected: Rows) -> None:
    assert rows(nlp, text) == expected


@pytest.mark.parametrize(("text", "expected"), VOICES.values(), ids=VOICES)
def test_voices(nlp: Any, text: str, expected: Rows) -> None:
    assert rows(nlp, text) == expected


@pytest.mark.parametrize("text", NO_REPORT)
def test_nobody_reports(nlp: Any, text: str) -> None:
    assert rows(nlp, text) == []


@pytest.mark.parametrize(("text", "expected"), REPORTS.values(), ids=REPORTS)
def test_somebody_reports(nlp: Any, text: str, expected: Rows) -> None:
    assert rows(nlp, text) == expected


def rows(nlp: Any, text: str) -> Rows:
    return [(q.text, q.cue_text, q.speaker_name) for q in nlp(text)._.quotes]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The bank declined to comment.", []),
        ("The ministry did not respond to a request for comment.", []),
        ("Olga Marin, who chairs the board, refused to be named.", []),
        ("Rees declined to say who would pay.", ["who would pay"]),
        ("Marin replied that the calls were late.", ["the calls were late"]),
    ],
)
def test_who_refuses_to_comment_says_nothing(nlp: Any, text: str, words: list[str]) -> None:
    assert [q.text for q in nlp(text)._.quotes] == words

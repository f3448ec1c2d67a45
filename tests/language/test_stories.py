"""Who says what in stories of a few paragraphs, where a pronoun, a surname or nothing at all stands for the speaker.

A name that is only likely has a confidence below 0.6; where nobody can tell, there is none.
"""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

TURNED: dict[str, Expected] = {  # to whom the sentence before words without a source turns
    "“The road is gone,” said Nirmala Pathirana, a nurse.\n\nOne woman wept. “We slept on the roof.”": [
        ("Nirmala Pathirana", "The road is gone,"),
        (None, "We slept on the roof."),
    ],
    "“It was a fair vote,” said Chinedu Obika, a clerk.\n\nOthers are not so sure.\n\n“They counted it twice.”": [
        ("Chinedu Obika", "It was a fair vote,"),
        (None, "They counted it twice."),
    ],
    "“We shall play on,” said Tevita Latu, the coach.\n\nThe crowd roared.\n\n“Bring them all home!”": [
        ("Tevita Latu", "We shall play on,"),
        (None, "Bring them all home!"),
    ],
    "Karim Bitar, a tailor, was buried on Friday.\n\nBitar’s mother was in tears. “He fed this whole street.”": [
        (None, "He fed this whole street."),
    ],
    "“The price is right,” said Olena Kravets, a grocer.\n\nSupporters of Kravets were furious. “She was robbed of it.”": [
        ("Olena Kravets", "The price is right,"),
        (None, "She was robbed of it."),
    ],
    "“The price is right,” said Olena Kravets, a grocer.\n\nDaniela Rocha, a baker, disagreed with Kravets.\n\n“It ruins me.”": [
        ("Olena Kravets", "The price is right,"),
        ("Daniela Rocha", "It ruins me."),
    ],
    "Wiremu Parata, a farmer, spoke first.\n\nParata’s sister, Huia Tamihana, was more cautious.\n\n“We must wait for rain.”": [
        ("Huia Tamihana", "We must wait for rain."),
    ],
    "When Farida Noor asked about it, Jorge Salcedo, a miner, shrugged. “Nobody ever paid us for that.”": [
        ("Jorge Salcedo", "Nobody ever paid us for that."),
    ],
    "The pool was dry. Rashid Marwan, a guard, pointed at the pump. “We walk now.”": [("Rashid Marwan", "We walk now.")],
    "“Why did they stay?” Amina Sow, a host, asked Pavel Hruby.\n\n“They had no boat.”\n\n“So they stayed,” Sow said.": [
        ("Amina Sow", "Why did they stay?"),
        ("Pavel Hruby", "They had no boat."),
        ("Amina Sow", "So they stayed,"),
    ],
    "I met Leilani Kealoha, a diver, at noon. “Are you afraid of it?” I asked.\n\n“The sea is my home.”": [
        (None, "Are you afraid of it?"),
        ("Leilani Kealoha", "The sea is my home."),
    ],
}
NAMED_IN_WORDS: dict[str, Expected] = {  # who is named in words does not say them
    "The street mourns the baker, Jorge Garza, who died in May.\n\n“Jorge taught me how to read.”": [
        (None, "Jorge taught me how to read."),
    ],
}
RELATIONS: dict[str, Expected] = {  # a relation who has spoken goes on as nobody who is named
    "Wen Junhao, 8, has loved rockets since he was two, his father told the paper.\n\n“We took him along,” the father said.": [
        (None, "Wen Junhao, 8, has loved rockets since he was two"),
        (None, "We took him along,"),
    ],
}
BEHIND_A_COLON: dict[str, Expected] = {
    "Tomas Vesely, a host, met Akosua Mensah by the dam.\n\nMensah’s answer was short: “It leaks every single day.”": [
        ("Akosua Mensah", "It leaks every single day."),
    ],
    "Agus Rahmat, a trader, said the port was shut.\n\nHis message to Siti Aminah: “Open the gates at once.”": [
        ("Agus Rahmat", "the port was shut"),
        ("Agus Rahmat", "Open the gates at once."),
    ],
}
PRONOUNS: dict[str, Expected] = {
    "Goran Petrovski, a captain, said the boat was late.\n\nA man stopped to look at it. “My son is on board,” he said.": [
        ("Goran Petrovski", "the boat was late"),
        (None, "My son is on board,"),
    ],
    "Goran Petrovski, a captain, was held on Friday.\n\nHis wife was at the court. “He did nothing at all,” she said.": [
        (None, "He did nothing at all,"),
    ],
    "Mehwish Baloch, a senator from Makran, said the bill was dead. The Tarvo Bank rejected that. “It lives on,” it said.": [
        ("Mehwish Baloch", "the bill was dead"),
        ("Tarvo Bank", "It lives on,"),
    ],
    "Isaac Tuilo, a coach, met Samuel Fifita in May.\n\n“You have to run faster,” he told Fifita.": [
        ("Isaac Tuilo", "You have to run faster,"),
    ],
    "Lupe Soria, a poet, met Ramona Chacon in May.\n\n“You write far too much,” she said, as Chacon listened.": [
        ("Lupe Soria", "You write far too much,"),
    ],
    "Julio Mamani, a guide, met Victor Arce.\n\nHe will hear Arce, but Mamani has a word to say. “This hill is ours,” he said.": [
        ("Julio Mamani", "This hill is ours,"),
    ],
}
SURNAMES: dict[str, Expected] = {
    "Ranil Weerakoon and his brother Sunil Weerakoon own the mill.\n\n“The water came at night,” Weerakoon said.": [
        (None, "The water came at night,"),
    ],
    "Ranil Weerakoon and his brother Sunil Weerakoon own the mill.\n\n“The water came at night,” Sunil Weerakoon said.": [
        ("Sunil Weerakoon", "The water came at night,"),
    ],
    "Among them was Facundo Lezica, the coach of Brisana, who said the pitch was wet.": [
        ("Facundo Lezica", "the pitch was wet"),
    ],
    "In a letter to Yusuf Danjuma, Hyacinth Okafor, the head of the school, wrote:\n\n“Send us books before the term.”": [
        ("Hyacinth Okafor", "Send us books before the term."),
    ],
}
STORIES = {
    "named in words": NAMED_IN_WORDS,
    "relations": RELATIONS,
    "turned": TURNED,
    "behind a colon": BEHIND_A_COLON,
    "pronouns": PRONOUNS,
    "surnames": SURNAMES,
}


@pytest.mark.parametrize("cases", STORIES.values(), ids=STORIES)
def test_who_says_what(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases


UNSURE = {
    # who will not speak is not meant, and whoever spoke before may go on
    "“The dam is full,” said Kofi Annor, a clerk.\n\nZarina Beg, a judge, declined to comment.\n\n“It will break in June.”": (
        "Kofi Annor"
    ),
    # what a neighbour did may be a part of what is told
    "“I was alone,” said Maria Quispe, a widow.\n\nA neighbour called the police.\n\n“They came after an hour.”": "Maria Quispe",
}


def test_who_is_only_likely(nlp: Any) -> None:
    last = {text: list(doc._.quotes)[-1] for text, doc in zip(UNSURE, nlp.pipe(UNSURE), strict=True)}
    assert {text: q.speaker_name for text, q in last.items()} == UNSURE
    assert all(q.speaker_confidence is not None and q.speaker_confidence < 0.6 for q in last.values())


def test_who_goes_on_is_no_surer_than_before(nlp: Any) -> None:
    text = (
        "Ana Bravo, a cook, said rice was dear.\n\nMina Holt, a driver, walked out and was followed by Rita Sol.\n\nShe said the "
        "price was absurd.\n\n“It is not worth the money any more.”"
    )
    said, after = list(nlp(text)._.quotes)[-2:]
    assert after.speaker_name == said.speaker_name
    assert None not in (after.speaker_confidence, said.speaker_confidence)
    assert after.speaker_confidence <= said.speaker_confidence


# a pronoun is not whom the words behind it call by an office
OFFICES: dict[str, str | None] = {
    "Coach Rui Tavares left the club after a quarrel with its owner, Pedro Sousa. He said the coach had never been sacked.":
        "Pedro Sousa",
    "Governor Amos Kibet visited the camp where Noor Hadi lives. He said the governor should send water.": "Noor Hadi",
    "Bo Lund met Mayor Ivo Tanev on Monday. He asked them to back the mayor.": "Bo Lund",
    "Bishop Karl Enge buried the girl. He said the bishop of Lund had written to him.": "Karl Enge",
}  # fmt: skip
# who is told to share a view, or stands behind what they are called, speaks next
NEXT: dict[str, str | None] = {
    "Prime Minister Idris Toure lost the vote. That view is shared by Ravi Valan. According to him, the deputies must leave.":
        "Ravi Valan",
    "“We left at night,” Maria Tremel said. The oldest miner, Ewa Brod, shook her head. “I was at home,” she said.":
        "Ewa Brod",
    "“We left at night,” Maria Tremel said. Her neighbour, a nurse called Ewa Brod, wept. “I was at home,” she said.":
        "Ewa Brod",
    "“We left at night,” Maria Tremel said. The house, Ewa Brod’s pride, had burned. “I was at home,” she said.":
        "Maria Tremel",
}  # fmt: skip


@pytest.mark.parametrize("cases", [OFFICES, NEXT], ids=["an office behind a pronoun", "brought in"])
def test_whom_a_pronoun_means(nlp: Any, cases: dict[str, str | None]) -> None:
    assert {text: list(doc._.quotes)[-1].speaker_name for text, doc in zip(cases, nlp.pipe(cases), strict=True)} == cases

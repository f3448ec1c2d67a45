"""The gender of speakers: told by titles, nouns and pronouns that can mean nobody else, and never by a given name."""

from __future__ import annotations

from typing import Any

import pytest

# an article, and the gender of each of its speakers, by name or, where they have none, by mention
TOLD: dict[str, tuple[str, dict[str, str | None]]] = {
    "title": (
        "“We lease it,” said Mr Tavita Leota. “We own it,” Mrs Sefina Pola said.",
        {"Tavita Leota": "male", "Sefina Pola": "female"},
    ),
    "title before a surname, elsewhere": (
        "Lagi Faleolo spoke in Port Sevu. “The reef is ours,” Ms Faleolo said.",
        {"Lagi Faleolo": "female"},
    ),
    "title before another": ("“It is closed,” said Dame Dr Ottilie Fenn.", {"Ottilie Fenn": "female"}),
    "Lord Mayor may be a woman": ("“It is closed,” said Lord Mayor Robin Fenn.", {"Robin Fenn": None}),
    "a king": ("“I am glad,” said King Haldor.", {"Haldor": "male"}),
    "Mx": ("“We sing at dawn,” said Mx Rowan Tarn.", {"Rowan Tarn": "other"}),
    "no title": ("“We go,” said Dr Linden Aske. “We stay,” President Kiri Rua said.", {"Linden Aske": None, "Kiri Rua": None}),
    "given name": ("“We go,” said Mary Hollin. “We stay,” John Brask said.", {"Mary Hollin": None, "John Brask": None}),
    "a place is no man": ("“We pump,” said Oman Energy Minister Sami Rashdi.", {"Sami Rashdi": None}),
    "kin before a name": ("“He left at six,” his mother Adaora Eke said.", {"Adaora Eke": "female"}),
    "kin before a comma": ("“He left at six,” said his father, Obi Eke.", {"Obi Eke": "male"}),
    "kin behind a comma": ("“He left at six,” said Kemi Eke, mother of two.", {"Kemi Eke": "female"}),
    "kin who is another": ("Sade Eke, her husband and two boys left. “We drove all night,” Sade Eke said.", {"Sade Eke": None}),
    "kin of another": ("“He left at six,” said Bisi Eke's lawyer. “No,” said Bisi Eke.", {"Bisi Eke": None}),
    "gendered noun": (
        "“We sell fish,” said Noemi Sandu, a businesswoman from Brasta. “Not today,” said police spokesman Radu Ilie.",
        {"Noemi Sandu": "female", "Radu Ilie": "male"},
    ),
    "noun for men and women": (
        "“We vote,” said chairman Pat Dole. “I play her,” said the actor Lee Brand.",
        {"Pat Dole": None, "Lee Brand": None},
    ),
    "a woman named": ("“I saw smoke,” said a woman named Tika Rai.", {"Tika Rai": "female"}),
    "predicate": ("Tika Rai was the first woman to climb it. “I saw smoke,” Tika Rai said.", {"Tika Rai": "female"}),
    "said she": ("Kaya Demir said she would sell the bakery in Orsk.", {"Kaya Demir": "female"}),
    "said she, of another": ("Deniz Aksu praised her sister, saying she had won.", {"Deniz Aksu": None}),
    "herself": ("Deniz Aksu herself opened the gate. “Come in,” Deniz Aksu said.", {"Deniz Aksu": "female"}),
    "relative clause": ("“It burnt,” said Jun Mori, who lost his boat.", {"Jun Mori": "male"}),
    "next report": ("“It burnt,” said Sora Endo. “We ran,” she added.", {"Sora Endo": "female"}),
    "next report, a woman between": (
        "“It burnt,” said Sora Endo. A woman beside the shed wept. “We ran,” she added.",
        {"Sora Endo": None},
    ),
    "next sentence": ("Sora Endo runs the ferry to Amari. He is 61. “It burnt,” said Endo.", {"Sora Endo": "male"}),
    "next sentence, two named": ("Sora Endo met Rin Abe at the pier. He is 61. “It burnt,” said Endo.", {"Sora Endo": None}),
    "one pronoun against the given name": ("Mary Hollin said he would sell the bakery.", {"Mary Hollin": None}),
    "non-binary": ("“I cook,” said Rowan Tarn, who is non-binary.", {"Rowan Tarn": "other"}),
    "their wife": ("Rowan Tarn and their wife run the inn. “We cook,” said Tarn.", {"Rowan Tarn": "other"}),
    "they of several": ("Rowan Tarn and Ash Vale left. They cook. “We cook,” said Tarn.", {"Rowan Tarn": None}),
    "two of one surname": (
        "Lagi Faleolo and Tavita Faleolo own the reef. “It is ours,” Lagi Faleolo said. Faleolo himself left.",
        {"Lagi Faleolo": None},
    ),
    "a body": ("“We run trains,” said Westmere Rail. She was late.", {"Westmere Rail": None}),
    "pronoun that nobody has a name for": ("“We go,” she said.", {"she": "female"}),
    "noun": (
        "“We go,” a woman said. “We stay,” the spokesman said. “No,” an official said.",
        {"a woman": "female", "the spokesman": "male", "an official": None},
    ),
    "several": ("“We go,” women said.", {"women": None}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD.values(), ids=TOLD)
def test_gender(nlp: Any, text: str, expected: dict[str, str | None]) -> None:
    doc = nlp(text)
    told = {q.speaker_name or q.speaker_mention: q.speaker_gender for q in doc._.quotes}
    assert {name: told.get(name, "no speaker") for name in expected} == expected
    named = {s.name: s.gender for s in doc._.speakers}
    assert {name: gender for name, gender in expected.items() if name in named} == {
        n: g for n, g in named.items() if n in expected
    }


def test_all_rows_of_a_speaker_tell_it(nlp: Any) -> None:
    """Also the words before it is told, and those without an attribution of their own."""
    text = "“We lost the hay,” said Ines Duarte.\n\n“It is gone.”\n\n“All of it,” Ms Duarte said. “We will sow again,” she said."
    assert {(q.speaker_name, q.speaker_gender) for q in nlp(text)._.quotes} == {("Ines Duarte", "female")}


# an article, and whom each pronoun that speaks stands for
MEANT: dict[str, tuple[str, list[tuple[str, str | None]]]] = {
    "a given name hints": (
        "Kwabena Osei hired Efua Darko in March. She said the mill was cold. He said it paid well.",
        [("She", "Efua Darko"), ("He", "Kwabena Osei")],
    ),
    "the other one, who did not speak": (
        "“She was late,” Dietrich Brauer said of Clara Hoffmann. She said the train had stopped.",
        [("She", "Clara Hoffmann")],
    ),
    "far from the subject": (
        "Lucía Ferrán thanked the doctor who had saved Joaquín Ferrán. He said the leg would heal.",
        [("He", "Joaquín Ferrán")],
    ),
    "names from other scripts": (
        "Oleksandr Hrynko painted Solomiya Dub. She said he had made her look old.",
        [("She", "Solomiya Dub")],
    ),
    "what is told counts more than a hint": (
        "Ms Kelechi Obi runs the port. Funmilayo Ade drives a truck there. Obi pays well. She said fees would fall.",
        [("She", "Kelechi Obi")],
    ),
    "told otherwise than the given name": (
        "Mr Shirley Oduya met Peter Kamau. Kamau left at noon. Oduya stayed with the boats. He said the lake was low.",
        [("He", "Shirley Oduya")],
    ),
    "told after the pronoun": (
        "Tenzin Lhamo fed the yaks. “It snowed,” she said. Karma Dorji slept. “All night,” said Mrs Lhamo.",
        [("she", "Tenzin Lhamo")],
    ),
    "a surname that is a given name too": (
        "Lawrence told the hall about the levy. Stefan Rask listened. She said it was unfair.",
        [("She", "Lawrence")],
    ),
    "an app is nobody": (
        "Wang Lifen sang for millions on the video app Dukan. Dukan closed her account. She said she was sorry.",
        [("She", "Wang Lifen")],
    ),
    "a firm that speaks of itself is nobody": (
        "Ines Duarte joined Vuelo in 2020. Vuelo said it would hire. “We are proud,” she said.",
        [("she", "Ines Duarte")],
    ),
    "one pronoun tells nothing against a given name while another fits": (
        "“The dam was full,” Luis Prado told reporters.\n\nMaria Santos has denied it.\n\nHe added that nobody had come.",
        [("He", "Luis Prado")],
    ),
    "an app may be it": ("The chatbot Lumo answered at once. “I am only a model,” it said.", [("it", "Lumo")]),
    "a place is nobody": (
        "Meera Joshi left Padrona, the river town, in 1990. Padrona is poor. “I will go back,” she said.",
        [("she", "Meera Joshi")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), MEANT.values(), ids=MEANT)
def test_pronoun(nlp: Any, text: str, expected: list[tuple[str, str | None]]) -> None:
    quotes = [q for q in nlp(text)._.quotes if q.speaker_mention_kind == "pronoun"]
    assert [(q.speaker_mention, q.speaker_name) for q in quotes] == expected

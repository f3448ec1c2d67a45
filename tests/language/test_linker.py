"""The linker: whom a pronoun, a noun or a quotation without a source means, weighed among the names of the article."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from onrecord.naming.cast import Cast
from onrecord.reading.steps import Findings, make_steps, read_articles
from onrecord.speakers.candidates import MOST, candidates, evidence
from onrecord.speakers.credit import Speaker
from onrecord.speakers.discourse import Referent
from onrecord.speakers.linker import LEAST, bundled, is_linked
from onrecord.speakers.nominals import NOUN_RULES
from onrecord.speakers.resolver import Case, Credit, Resolver
from onrecord.speakers.rules import SPEAKER_RULES
from onrecord.text.article import Article


class Watching:
    """The bundled linker, and what it weighs."""

    def __init__(self) -> None:
        self.weighed: list[tuple[str, list[str], Any, Any]] = []

    def link(self, case: Case, speaker: Speaker, referent: Referent | None) -> Credit:
        if is_linked(case, speaker, referent) and (names := candidates(case, speaker)):
            rows = evidence(case, speaker, names)
            mention = case.article.text[slice(*case.span)]
            self.weighed.append((mention, [n.full for n in names], rows, bundled().probabilities(rows)))
        return bundled().link(case, speaker, referent)


def weighed(text: str) -> Watching:
    found = Findings.of(Article.of_text(text))
    read_articles([found], make_steps("paragraphs", "attributions"))
    watching = Watching()
    Resolver(found.view, found.attributions, Cast(found.view), SPEAKER_RULES, NOUN_RULES, watching).read()
    return watching


MEANT = [
    ("an unnamed person who spoke last",
     "Olga Marin leads the port of Tarvo.\n\nA spokesman for the port told reporters that the crane was old. He said it would be "
     "replaced in May.", [None, None]),
    ("a letter from a body",
     "The Tarvo Harbour Board met on Monday. In a letter from the Tarvo Harbour Board, which wrote that "
     "rents would rise, tenants were warned. “Rents will rise,” the board said.", ["Tarvo Harbour Board"]),
    ("the woman spoken of", "Olga Marin runs the port of Tarvo with her brother, Pavel Marin. “The crane is old,” she said.",
     ["Olga Marin"]),
    ("words without a source after those of the speaker",
     "“The crane is old,” said Olga Marin, who runs the port.\n\n“It will be replaced in May.”", ["Olga Marin", "Olga Marin"]),
    ("a role that the article has not told, of who spoke",
     "“The crane is old,” said Olga Marin of the port of Tarvo. “It will be replaced.”\n\nThe engineer said the work "
     "would take a "
     "week. She said ships would wait.", ["Olga Marin", "Olga Marin"]),
    ("a nation's leader", "Kenya’s William Sang met Olga Marin in Tarvo. The Kenyan leader said the port was a friend.",
     ["William Sang"]),
    ("the police, where no force is named", "Olga Marin was robbed in the port. Police said two men were sought.", [None]),
    ("the police, where a force is", "Two men were held by Lund Police. The police said nobody was hurt.", ["Lund Police"]),
    ("the army", "Shots were heard in the port. The army said two soldiers were hurt.", [None]),
    ("the ruling party", "Olga Marin is of the ruling Tarvo Party. Ida Poll leads the Harbour Party. The ruling party "
     "said the vote "
     "was fair.", ["Tarvo Party"]),
    ("a party that no name was given", "The last party to speak was small. The opposition party said the vote was "
     "unfair.", [None]),
    ("a board that is printed with its short name",
     "The national electricity board (CNE) said power would return on Monday. The board said homes came first.", ["CNE", "CNE"]),
    ("a firm's office, a comma and its holder", "Tallow Rail Chief Executive, Dr Bo Lund said: “Trains will run.”", ["Bo Lund"]),
    ("a short name in marks behind a body",
     "Union of Eel Fishers “UEF” Secretary General Bo Lund of Tarvo said in a statement that stocks were low.", ["Bo Lund"]),
    ("the one of a surname who was presented last",
     "Chief of Staff Kim Dae-ki spoke on Monday. Kim drew a line. Rep. Kim Ki-won of the Tarvo Party wrote later that he "
     "would go. "
     "“They shave their heads,” Kim wrote online.", ["Kim Ki-won"]),
    ("the one of a surname who has the office",
     "Prime Minister Han Min-soo came, and so did Justice Minister Han Dong-won. Han said the law was good. In response, Prime "
     "Minister Han said the office took its time.", ["Han Dong-won", "Han Min-soo"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), [m[1:] for m in MEANT], ids=[m[0] for m in MEANT])
def test_who_is_meant(nlp: Any, text: str, names: list[str | None]) -> None:
    assert [q.speaker_name for q in nlp(text)._.quotes][-len(names) :] == names


def test_probabilities_are_of_all_candidates_and_nobody() -> None:
    (mention, names, rows, chances), *_ = weighed("Olga Marin and Ida Poll run the port. “The crane is old,” she said.").weighed
    assert mention == "she" and set(names) >= {"Olga Marin", "Ida Poll"}
    assert len(rows) == len(chances) == len(names) + 1 and chances.sum() == pytest.approx(1, abs=1e-5)
    assert rows.shape[1] == len(bundled().mean) and np.isfinite(rows).all()


def test_a_crowd_has_no_more_candidates_than_are_weighed() -> None:
    given = "Ada Berta Clara Dora Edna Fanny Greta Hilda Ines Judith Katja Lena Mona Nadia Olga Paula".split()
    crowd = " ".join(f"{a} {b}son came to the port." for a in given for b in ("Hak", "Mor", "Lind"))
    (_, names, _, _), *_ = weighed(f"{crowd}\n\n“The crane is old,” she said.").weighed
    assert len(names) == MOST and "Paula Lindson" in names


def test_confidence_is_the_probability(nlp: Any) -> None:
    (row,) = nlp("Olga Marin runs the port of Tarvo. “The crane is old,” she said.")._.quotes
    assert row.speaker_name == "Olga Marin" and LEAST <= row.speaker_confidence <= 1
    for noun in (False, True):
        assert bundled().sure(0.9, noun) > bundled().sure(0.6, noun) > bundled().sure(0.2, noun)


def test_a_label_and_the_reporter_are_not_weighed() -> None:
    text = "Olga Marin runs the port.\n\nQ: Is it old?\n\nA: The crane is old, and I said that in May.\n\nI said I would come."
    assert all(mention not in ("Q", "A", "I") for mention, *_ in weighed(text).weighed)


def test_a_pronoun_is_no_surer_than_the_mention_that_it_goes_back_to(nlp: Any) -> None:
    begun = "Tomas Brandt is the president of Nordrail. Nordrail president said trains would run."
    noun, pronoun = nlp(f"{begun} He said fares would stay.")._.quotes
    assert noun.speaker_name == pronoun.speaker_name == "Tomas Brandt"
    assert pronoun.speaker_confidence <= noun.speaker_confidence < 0.9
    _, named = nlp(f"{begun} Brandt was calm. He said fares would stay.")._.quotes
    assert named.speaker_confidence > 0.9  # spoken of by name in between

"""Whom a noun phrase means: text in, the names of the speakers out; None where nobody named is meant."""

from __future__ import annotations

from typing import Any

import pytest

Names = list[str | None]

SPELT: dict[str, Names] = {  # a body by words of its name
    "The Electoral Commission of Bahuru (ECB) met on Monday. The electoral commission said the vote was fair.": [
        "Electoral Commission of Bahuru"
    ],
    "Nurses marched to the Ministry of Health on Friday. The health ministry said wages would rise.": ["Ministry of Health"],
    "The Supreme Court sat on Monday. The apex court said the fee was void.": ["Supreme Court"],
    "The National Union of Dockers (NUD) met on Monday. The trade union said ships would wait.": ["National Union of Dockers"],
    "Ann Lowe left on Monday. The appeals court said the fee was void.": ["appeals court"],
}
OTHER_BODY: dict[str, Names] = {  # a noun for bodies of one type is none of another
    "Mercy Hospital said the ward would open. The agency said the water was clean.": [None],
    "Nara University met on Monday. The agency said the water was clean.": [None],
    "The Supreme Court sat on Monday. The group said the fee was unfair.": [None],
}
SOMEBODY: dict[str, Names] = {  # somebody unnamed who was called so goes on
    "Maria Santos, a nurse at the clinic, said talks were going well. A governor who asked not to be named said rates would "
    "rise. “They took our land,” said the governor.": [None, None],
}
PAIR: dict[str, Names] = {  # two are not one
    "Luis Prado, the bishop of Talca, wept. “It was the worst night in years,” said the pair.": [None],
    "Lena Brandt left the town on Monday. “We have to be patient,” the couple said.": [None],
}
OWNED: dict[str, Names] = {  # her lawyer is not herself
    "According to Thandi Mokoena, a lawyer for the miners, prices had doubled. Her lawyer said the road was unsafe.": [None],
}
PREDICATE: dict[str, Names] = {  # what somebody is told to be is nobody else
    "Ravi Menon is an actor from Kerala. He said the water was clean.\n\nThere would be no layoffs, said Olle Hald, the coach of "
    "Lund.\n\nAccording to the actor, rates would rise in May.": ["Ravi Menon"],
}
FORMERLY: dict[str, Names] = {
    "Farid Aslani is the president of the chamber. The ex-soldier said the road was unsafe.": ["Farid Aslani"],
    "President Tomas Arel resigned on Monday. The Nigerian president said the vote was fair.": ["Tomas Arel"],
}
DOCUMENT: dict[str, Names] = {  # who wrote it, and not who has seen it
    "According to information updated by the Tallow Trust, Tarvo has the most wells.": ["Tallow Trust"],
    "According to a preliminary assessment carried out by the Kalindi Development Bank, the bridge will cost twice as much.": [
        "Kalindi Development Bank"
    ],
    "According to the latest bulletin, issued by the Port Authority of Lomas, two ships ran aground.": [
        "Port Authority of Lomas"
    ],
    "According to a report by the Kalindi Trust seen by Reuters, the dam is unsafe.": ["Kalindi Trust"],
    "Some 300 homes were lost, according to a document seen by Reuters.": [None],
    "A letter reviewed by the Tarvo Post says the minister was told in May.": [None],
}
KINDS = {
    "spelt": SPELT, "other body": OTHER_BODY, "somebody": SOMEBODY, "pair": PAIR, "owned": OWNED, "predicate": PREDICATE,
    "formerly": FORMERLY, "document": DOCUMENT,
}  # fmt: skip


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_whom_a_noun_means(nlp: Any, cases: dict[str, Names]) -> None:
    read = zip(cases, nlp.pipe(cases), strict=True)
    told = {text: [q.speaker_name for q in doc._.quotes][-len(cases[text]) :] for text, doc in read}
    assert told == cases

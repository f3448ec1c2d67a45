"""Names that stand beside whoever speaks: what tells more of somebody, whom one tells, titles, and whose gender a name tells."""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

OWNED: dict[str, Expected] = {  # whose manager somebody is does not speak
    "The singer, Veld’s manager, said the hall was full.": [(None, "the hall was full")],
    "The author, Lund’s first mayor, said he was tired.": [(None, "he was tired")],
    "The chairman, Vantel’s biggest shareholder, said rates would rise.": [(None, "rates would rise")],
    "The captain, Dafydd Orme, said the hall was full.": [("Dafydd Orme", "the hall was full")],
}
SURNAME_FIRST: dict[str, Expected] = {  # a surname that is a given name elsewhere tells no gender
    "Bo Haugen opened the port on Friday. Tan Wei Ming said the dam was full. “We will not wait,” he said.": [
        ("Tan Wei Ming", "the dam was full"),
        ("Tan Wei Ming", "We will not wait,"),
    ],
    "Peter Bell was tried. Mai Duc Thang said the road was shut. “It is done,” he said.": [
        ("Mai Duc Thang", "the road was shut"),
        ("Mai Duc Thang", "It is done,"),
    ],
}
HALVES: dict[str, Expected] = {  # one quotation, whoever says it and whatever is told of them between
    "“We will,” said Sen. Luis Prado, speaking in Abuja, “wait no more.”": [("Luis Prado", "We will, wait no more.")],
    "“The dam,” said the coroner, “is full, and nobody has told us.”": [(None, "The dam, is full, and nobody has told us.")],
    "“Our boys,” said the coach, a former miner, “have never lost here.”": [(None, "Our boys, have never lost here.")],
    "“I told them,” said a police spokesman, “Veld is right.”": [(None, "I told them, Veld is right.")],
}
TOLD_WHOM: dict[str, Expected] = {  # whom one tells is no word of it
    "Ann Lowe told the court Veld and Bell would both be charged.": [("Ann Lowe", "Veld and Bell would both be charged")],
    "Bo Rees told the jury Lund and his brother had lied.": [("Bo Rees", "Lund and his brother had lied")],
    "Bo Rees told the committee that nobody had called.": [("Bo Rees", "nobody had called")],
    "Bo Rees told a rally in Kano he was ready.": [("Bo Rees", "he was ready")],
}
TITLED: dict[str, Expected] = {  # titles of the bench, of ranks and of letters
    "Recorder Jo Bligh said the dam was full. Bligh spoke to the Ledger.": [("Jo Bligh", "the dam was full")],
    "Snr Const Matt Dyer said the road was wet. “It was dark,” Const Dyer said.": [
        ("Matt Dyer", "the road was wet"),
        ("Matt Dyer", "It was dark,"),
    ],
    "Ald. Pat Roy said the vote was lost.": [("Pat Roy", "the vote was lost")],
    "“We will not wait,” said Atty. Jose Cruz.": [("Jose Cruz", "We will not wait,")],
    "According to Engr. Musa Danladi, the dam was full.": [("Musa Danladi", "the dam was full")],
    "Tan Sri Lim Kok Wing said the dam was full.": [("Lim Kok Wing", "the dam was full")],
    "Dr Amy Cole PhD said the dam was full.": [("Amy Cole", "the dam was full")],
    "Baroness Pike said the dam was full.": [("Pike", "the dam was full")],
}
WHO_SAID: dict[str, Expected] = {  # *who* is whom the clause belongs to
    "Among the guests was Rosa Quiroga, a teacher from Cusco, who said the dam was full.": [("Rosa Quiroga", "the dam was full")],
    "The claim was denied by Erik Dahl, the ship’s captain, who said that the engine had failed.": [
        ("Erik Dahl", "the engine had failed")
    ],
}
NAME_BEHIND: dict[str, Expected] = {  # a noun for somebody, and then the name
    "According to her husband, Bo Rees, the dam was full.": [("Bo Rees", "the dam was full")],
    "According to a spokesman for Vantel, Bo Rees, the dam was full.": [("Bo Rees", "the dam was full")],
    "Earlier, one resident, Bo Rees, said that the road was unsafe.": [("Bo Rees", "the road was unsafe")],
    "According to police, Bo Rees, a baker, was hurt.": [(None, "Bo Rees, a baker, was hurt")],
    "“We are late,” said the captain. Tor Hald said the ice was thin.": [
        (None, "We are late,"),
        ("Tor Hald", "the ice was thin"),
    ],
}
NOT_BESIDE: dict[str, Expected] = {  # what only looks like a name behind a noun, or like an apposition
    "According to the mayor, a team of engineers from Lund, working with the army, has closed the dam.": [
        (None, "a team of engineers from Lund, working with the army, has closed the dam")
    ],
    "According to the minister, a large team at the dam, made up of engineers, has begun to work.": [
        (None, "a large team at the dam, made up of engineers, has begun to work")
    ],
    "Tarvo President Olle Hald has appointed Bo Rees, the former leader of the main opposition party, as ambassador, "
    "the president’s office announced.": [
        (
            "president’s office",
            "Tarvo President Olle Hald has appointed Bo Rees, the former leader of the main opposition party, as ambassador",
        )
    ],
    "For her part, Deputy Minister for Rural Roads, Public Works and Housing, Eng. Rana Sabri said that the bridge would open.": [
        ("Rana Sabri", "the bridge would open")
    ],
    "The Tallow Ice League Championship opens in May. The Tallow Ice League said 40 clubs would play.": [
        ("Tallow Ice League", "40 clubs would play")
    ],
}
LIKE_BODIES: dict[str, Expected] = {  # nouns that stand for bodies of another name
    "West Mercia Police was called at 4am. The force said the road would stay shut.": [
        ("West Mercia Police", "the road would stay shut")
    ],
    "The task force said the dam was full. Brant police held a man. The task force said the road was shut.": [
        ("task force", "the dam was full"),
        ("task force", "the road was shut"),
    ],
    "The Food and Drug Administration approved the pill. The regulator said it was safe.": [
        ("Food and Drug Administration", "it was safe")
    ],
}
KINDS = {
    "owned": OWNED, "surname first": SURNAME_FIRST, "halves": HALVES, "told whom": TOLD_WHOM, "titled": TITLED,
    "who said": WHO_SAID, "name behind": NAME_BEHIND, "like bodies": LIKE_BODIES,
    "not beside": NOT_BESIDE,
}  # fmt: skip


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_who_says_what(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases

"""The words of a report, whole and without what does not belong to them: text in, the speakers' names and the words out."""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

ABBREVIATED: dict[str, Expected] = {  # the points of an abbreviation and a bracket belong to the word before
    "The gate broke at about 3:30 p.m., according to a watchman.": [(None, "The gate broke at about 3:30 p.m.")],
    "The school in Larne (built in 1990) is shut, Ann Veld said.": [("Ann Veld", "The school in Larne (built in 1990) is shut")],
    "Both countries are concerned about crime in Tarvo-ruled lands, Ann Veld said.": [
        ("Ann Veld", "Both countries are concerned about crime in Tarvo-ruled lands")
    ],
    "Ann Veld said that the road would be shut from 9 a.m.": [("Ann Veld", "the road would be shut from 9 a.m.")],
    "Ann Veld said they sell boxes in France, the United Kingdom and Norden.": [
        ("Ann Veld", "they sell boxes in France, the United Kingdom and Norden")
    ],
    "The Tarvo league announced on Friday May 3, 2024 the names of the winners.": [("Tarvo league", "the names of the winners")],
}
STRAY: dict[str, Expected] = {  # a mark that closes nothing, and *that* printed twice
    "The regulator said it imposed the fine under Article 14 of the law on mills”.": [
        (None, "it imposed the fine under Article 14 of the law on mills")
    ],
    "Ann Veld said that that the river is high.": [("Ann Veld", "the river is high")],
}
WHOLE: dict[str, Expected] = {  # no words between two parts of a report are lost
    "She said that at the Tarvo Grain Summit, “farmers welcomed the fund, but they still wait for the money”.": [
        (None, "at the Tarvo Grain Summit, “farmers welcomed the fund, but they still wait for the money”")
    ],
    "The bishop, Rolando Arce, denounced the raid and announced, in reply, a night of prayer and song.": [
        ("Rolando Arce", "the raid"),
        ("Rolando Arce", "a night of prayer and song"),
    ],
    "Ann Veld said for Tarvo to grow, the first task was to build homes.": [
        ("Ann Veld", "for Tarvo to grow, the first task was to build homes")
    ],
    "He suggested the port board hold a “badge”, and demonstrate that it has “some feeling for ships”.": [
        (None, "the port board hold a “badge”, and demonstrate that it has “some feeling for ships”")
    ],
    "The union leader urged the weavers to leave the mill and demand that the council step down.": [
        (None, "to leave the mill and demand that the council step down")
    ],
    "Ann Veld says the mill is lost and warns that the port will follow.": [
        ("Ann Veld", "the mill is lost"),
        ("Ann Veld", "the port will follow"),
    ],
}
BESIDE: dict[str, Expected] = {  # who hears, who is cited and what is spoken of are no words of the report
    "Dr Ada Obi, a scientist, tells RTW edible seeds are full of protein.": [("Ada Obi", "edible seeds are full of protein")],
    "The minister reiterated to President Ann Veld the support of Norden for the dam.": [
        (None, "the support of Norden for the dam")
    ],
    "Every year Tarvo requests at the Norden General Assembly that the mill be tried by a court.": [
        ("Tarvo", "the mill be tried by a court")
    ],
    "That system lets workers move between the mills, according to posts that the mill published on its account.": [
        (None, "That system lets workers move between the mills")
    ],
    "According to the Minister of Ports and Railways, Bernardo Lima, in this first phase, more than 40 towns will be reached.": [
        ("Bernardo Lima", "in this first phase, more than 40 towns will be reached")
    ],
    "According to the Tarvo Rights Group (TRG), a small rights group based in Norden, at least 354 people are held.": [
        ("Tarvo Rights Group", "at least 354 people are held")
    ],
    "According to Tarvo Watch, a woman, aged 30, was held.": [("Tarvo Watch", "a woman, aged 30, was held")],
    "According to police, Ann Veld, a baker, was found dead.": [(None, "Ann Veld, a baker, was found dead")],
    "Describing the partnership Lund said: “This is no charity. It is a plan.”": [("Lund", "This is no charity. It is a plan.")],
    "Of the new line to the coast, Lund adds, “The sky is the limit.”": [("Lund", "The sky is the limit.")],
}
SOURCES: dict[str, Expected] = {  # who speaks is not what stands nearest
    "The rise in rents limits the choice of the towns hit by the drought says the Tarvo Monetary Fund (TMF) in a study.": [
        ("Tarvo Monetary Fund", "The rise in rents limits the choice of the towns hit by the drought")
    ],
    "“Tarvo was happy to join,” Edward Wanstead, who lectures on trade at the Open School, told RTW News.": [
        ("Edward Wanstead", "Tarvo was happy to join,")
    ],
    "By May last year, Bo Rees contacted the Norden government requesting seed and tools.": [("Bo Rees", "seed and tools")],
    '"The garlic is not local," Malawi\'s chief cook said.': [(None, "The garlic is not local,")],
    "However, she went on: “Since I came here, I have hoped for rain.”": [(None, "Since I came here, I have hoped for rain.")],
    "Forty thousand people were helped, said the TPA. It rained.": [("TPA", "Forty thousand people were helped")],
}
PASSIVES: dict[str, Expected] = {  # who is told does not say it
    "Norden told to pay Tarvo for the lost ships": [(None, "to pay Tarvo for the lost ships")],
    "Residents urged to stay indoors as the river rises": [(None, "to stay indoors as the river rises")],
    "Both Ann Veld and Bo Rees were ministers once and accused of taking bribes from the mills.": [
        (None, "of taking bribes from the mills")
    ],
}
NO_REPORT: dict[str, Expected] = {  # nobody says it
    "Seats in the hall are given according to the needs of every family.": [],
    "Said house was sold to a bank in May.": [],
    "Who knows, this may be the year of the plums. It goes without saying that the bridge must be rebuilt.": [],
    "If you wonder where the money went, ask President Ann Veld.": [],
}
UNCLOSED: dict[str, Expected] = {  # a quotation that lacks a mark ends, or begins, at its attribution
    "“We waited nine years for this day, said Ona Reku, the mayor of Tarvo. It rained all day.": [
        ("Ona Reku", "We waited nine years for this day,")
    ],
    "\"We pay for most of our needs, says Ona Reku, a chemist, adding that they sell some \"to East or West\".": [
        ("Ona Reku", "We pay for most of our needs,"),
        ("Ona Reku", "they sell some \"to East or West\""),
    ],
    "We waited nine years for this day”, said Ona Reku.": [("Ona Reku", "We waited nine years for this day")],
    "Ona Reku said, ‘I want to thank my club, my mother and my two coaches.": [
        ("Ona Reku", "I want to thank my club, my mother and my two coaches.")
    ],
}  # fmt: skip
BEHIND: dict[str, Expected] = {  # what the paper tells behind a quotation, or before the noun that reports it
    "Ann Veld said, “We will not wait for them,” a line that drew cheers.": [("Ann Veld", "We will not wait for them,")],
    "Ona Reku said: “We will not wait for them” and left the room.": [("Ona Reku", "We will not wait for them")],
    "Ann Veld said: “Lund thinks like a banker” about the tax on grain.": [("Ann Veld", "Lund thinks like a banker")],
    "Ona Reku said, “The dam is full,” but that the road was open.": [
        ("Ona Reku", "“The dam is full,” but that the road was open")
    ],
    "Ona Reku said the song, “Home in Tarvo”, was about the old mill.": [
        ("Ona Reku", "the song, “Home in Tarvo”, was about the old mill")
    ],
    "“Sell now or lose the land” is her advice.": [(None, "Sell now or lose the land")],
}
IN_WORDS: dict[str, Expected] = {  # in whose words a quotation is
    "The plan was “a disgrace”, in Ann Veld’s words.": [("Ann Veld", "a disgrace")],
    "In the words of Ona Reku, the plan was “a disgrace to all of Norden”.": [("Ona Reku", "a disgrace to all of Norden")],
    "Ann Veld runs Brant. In her own words, it is “a town that never sleeps”.": [("Ann Veld", "a town that never sleeps")],
    "The plan, called “a disgrace” by Ann Veld, was dropped.": [("Ann Veld", "a disgrace")],
    "The plan, branded “a gift to the rich” by Ona Reku, was dropped.": [("Ona Reku", "a gift to the rich")],
    "The film, called “Night Train,” opens on Friday.": [],
}
RARE: dict[str, Expected] = {  # verbs that few use are no part of a name
    "It rained. “The dam is full, and nobody knows it,” Ona Reku bellows.": [
        ("Ona Reku", "The dam is full, and nobody knows it,")
    ],
    "It rained. Ona Reku avers: “The dam is full, and nobody knows it.”": [("Ona Reku", "The dam is full, and nobody knows it.")],
    "It rained. Ona Reku bellows, “The dam is full, and nobody knows it.”": [
        ("Ona Reku", "The dam is full, and nobody knows it.")
    ],
}
LEAD_INS: dict[str, Expected] = {  # what the paper tells before a colon is none of the words behind it
    "The club is in no hurry: “We will wait for the right coach,” chairman Olle Hald said.": [
        ("Olle Hald", "We will wait for the right coach,")
    ],
    "Life on the island has changed: “My father never locked a door,” Mele Fonua recalled. “Nobody did.”": [
        ("Mele Fonua", "My father never locked a door, Nobody did.")
    ],
    "It was not the first time: “They came in March, too,” said Wanjiru Kamau, a farmer.": [
        ("Wanjiru Kamau", "They came in March, too,")
    ],
    "Ever since then the widows of Tarvo march and sing: “We lead because the men hide,” says Rosa Quiroga.": [
        ("Rosa Quiroga", "We lead because the men hide,")
    ],
}
DATELINES: dict[str, Expected] = {
    "Brant, May 3 2022 (NPA) - The dam is full, Ann Veld said.": [("Ann Veld", "The dam is full")],
    "BRANT, May 3 2022 (NPA) - The dam is full, Ann Veld said.": [("Ann Veld", "The dam is full")],
    "Port Tallow, 3 May 2022 (NPA) — 40 crowns would save the dam, Ann Veld said.": [
        ("Ann Veld", "40 crowns would save the dam")
    ],
}
KINDS = {
    "behind": BEHIND, "in words": IN_WORDS, "lead-ins": LEAD_INS, "rare": RARE, "datelines": DATELINES,
    "abbreviated": ABBREVIATED, "stray": STRAY, "whole": WHOLE, "beside": BESIDE, "sources": SOURCES, "passives": PASSIVES,
    "no report": NO_REPORT, "unclosed": UNCLOSED,
}  # fmt: skip


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_what_is_said(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases, speech=False) == cases


MARKS = ["‹‹{}››", "‹{}›", "<<{}>>", "「{}」", "❝{}❞", "＂{}＂", '""{}""', "““{}””", "´{}´", "‘‘{}’’", "“{} “"]


def test_a_quotation_is_direct_in_any_marks(nlp: Any) -> None:
    texts = [f"{marks.format('We waited nine years for this day,')} said Ona Reku. It rained." for marks in MARKS]
    rows = [[(q.type, q.text.rstrip(), q.speaker_name) for q in doc._.quotes] for doc in nlp.pipe(texts)]
    assert rows == [[("direct", "We waited nine years for this day,", "Ona Reku")]] * len(MARKS)

"""Who is called anew: by an epithet, an office with its field, a nickname, a surname that others have too: text in, names out."""

from __future__ import annotations

from typing import Any

import pytest

EPITHETS = {
    "Glaciologist Dr Mirela Sandu said on Monday that the ice was thin. But the scientist agreed that it might hold.": [
        "Mirela Sandu"
    ]
    * 2,
    "Superintendent Arvind Solanki said that nobody had asked for a permit.\n\n“The law is the law,” the senior cop said.": (
        ["Arvind Solanki"] * 2
    ),
    "Director Lina Okoro bristled at the question. “I do not make toys,” the filmmaker said.": ["Lina Okoro"],
    "Governor Leila Farouk came to the harbour, where she promised new boats.\n\n“Nobody will starve,” the politician said.": (
        ["Leila Farouk"] * 2
    ),
    "Tarvo coach Pavel Orme was cross. He felt the umpires had been hasty in sending off Milan Turek.\n\n“I have"
    " never seen it,” the"
    " former Norland 'A' bowler said.": ["Pavel Orme"] * 2,
    "The jurist and former professor Emil Rehn wept. “They beat old men,” the jurist said.": ["Emil Rehn"],
    "Justice Ola Benko met the miller Karim Shah. The billionaire said he was ruined.": [None],
    "The Rivers Bank of Norland said in May that prices would fall. The regulator warned that wages had not.": (
        ["Rivers Bank of Norland"] * 2
    ),
    "The National Guard wrote that the pass was shut. “Stay at home,” the force said.": ["National Guard"] * 2,
    # the star of a show is not the show
    "Trey Holm is suing. The 38-year-old “Mill Lane” star says that she was cruel.": ["Trey Holm"],
    # of whom the sentence before is, not whom it names last
    "Ann Holm was asked by the chairman, Derek Lund, to be quiet. Later, the 54-year-old said she was sorry.": [
        "Ann Holm",
    ],
}
OFFICES = {
    "In a note, the Director, Public Affairs, Mr Bo Veld, said the pumps had failed.": ["Bo Veld"],
    "The General Manager, Corporate Services, Ann Lund, said the lamps were out.": ["Ann Lund"],
    "The Permanent Secretary, Ministry of Works, Engr. Emil Rehn, said the road was done.": ["Emil Rehn"],
    "Tallow Power sent us a note from its Head, Corporate Affairs, Mrs Nora Tahl. The firm said it was late.": (["Tallow Power"]),
    "The row has set the chief against the Town Chief Executive (TCE), Mr Kofi Darko.\n\n“We hate nobody,” the TCE said.": [
        "Kofi Darko"
    ],
    "The police commander, Deputy Superintendent of Police (DSP) Gifty Orme, said two men had been held.": ["Gifty Orme"],
    "Salim Islam, OC of Batola Police Station, denied the claims. “We tried,” said the OC.": ["Salim Islam"] * 2,
    "The Lamp Makers' Guild (LMG) warned of a dark winter. “We are out of oil,” its chairman, Rubo Ferran, said.\n\nThe LMG boss"
    " urged the minister to act.": ["Lamp Makers' Guild", "Rubo Ferran", "Rubo Ferran"],
    "Lamp League general secretary Obi Quade said the talk was a joke.\n\nThe LL general secretary said it was late.": (
        ["Obi Quade"] * 2
    ),
    "Lawyer Nora Tahl said the wells were dry. Counsel for Batola Dyes Ltd, the largest of the mills, denied the"
    " claim of dirt at night.": [
        "Nora Tahl",
        None,
    ],
    # a title of the world's press is no name
    "Batola mayor Bev Tully said the hall was wet.\n\n“We got a letter,” Cr Tully said.": ["Bev Tully"] * 2,
    "MEC gives guild two days\n\nMEC Nomsa Dube wrote to the Lamp Makers' Guild (LMG) on Monday.\n\nThe guild said that it had"
    " answered.": ["Lamp Makers' Guild"],
}
SHARED = {  # names that others have too, or in part
    "Ray and Jo Ann Stoll live by the weir. “He sings,” Jo Ann says. “I hum,” Ray says.": ["Jo Ann Stoll", "Ray Stoll"],
    "The trial of Aron Quint Bosk, 58, once a mayor, has begun. Quint denies theft of the bell.\n\nProsecutor Mira"
    " Quint asked how"
    " much it weighed.": ["Aron Quint Bosk", "Mira Quint"],
    "Rail coach Mike Tendo said it was no goal. “He told me to sit,” fumed Tendo.\n\nHis captain, keeper Ronald Tendo, who is no"
    " relation, was calmer.\n\n“It was fair,” he said.\n\nTendo added that his legs hurt.": (
        ["Mike Tendo", "Mike Tendo", "Ronald Tendo", "Ronald Tendo"]
    ),
    "The complaint came from Kyle and Mona Stoll. The Stolls said that they were pleased. “It is a start,” they said.": (
        ["Kyle Stoll"] * 2
    ),
    "Cranes gaffer Innocent “Tiger” Mbele saw it in another way. “A point is a point,” Mbele said.": ["Innocent Mbele"],
    'Anna "Mayor" Lund told us on Friday that she would run.': ["Anna Lund"],
}
GOES_ON = {  # pronouns
    "Spokesman Tomas Koro said the plan was sound. “In due course,” Koro said.\n\nDirector Musa Dube did not take"
    " calls on Monday,"
    " but in a message he wrote: “I am ill.”": ["Tomas Koro", "Tomas Koro", "Musa Dube"],
    "Wanda Reyes herself was sure, posting: “One good leg is enough.”\n\nMira Toro was more guarded.\n\n“Wanda would play with no"
    " head,” she said.": ["Wanda Reyes", "Mira Toro"],
    "Carla Wick wept. Under cross-examination by Leona Barr, defending, she said that she had shouted.": ["Carla Wick"],
    "The minister, Anders Holl, appealed to them. He said workers had found 43 tyres.\n\nThat drew an angry answer"
    " from Omar Gitt."
    "\n\n“Nobody here has a car!” he shouted.": ["Anders Holl", "Anders Holl", "Omar Gitt"],
    "Director Rian West said tins were cheap. “We count tins,” said West.\n\nAt the school, one of those on the list,"
    " a teacher who"
    " did not want her name known said there was no bread.\n\n“They faint,” she said.": ["Rian West", "Rian West", None, None],
}
NOBODY = {  # what is printed like a speaker and is none
    "The pensioner chased him. “I had a ladle,” Dolly Marr said.\n\nCOPS: DO NOT TRY THIS\n\nInspector Garvin Holt"
    " praised her but"
    " warned others not to copy her.": ["Dolly Marr", None, "Garvin Holt"],
    "Hurricane Mona: What we know about the storm\n\nThe storm came ashore at night, the mayor, Ann Veld, said.": ["Ann Veld"],
    "Grain trader posts loss\n\nBy Oleg Marchenko\n\nThe mills lost money in spring. The company said on Monday that"
    " flour was dear.": ([None, None]),
    "LAMP CITY — Terrell Dax had missed four times, and he swears he did not know it.\n\nThe club announced a full house.": (
        ["Terrell Dax", None]
    ),
}
ECHOES = {  # a heading is whose words it prints
    "Netball: ‘We just kept going’ – Lamps win at last\n\nWinger Gail Pratt thinks that was why.\n\n“It was close,” she said. “We"
    " just kept going.”": ["Gail Pratt"] * 3,
    "Storm shuts town\n\nThe river rose at dawn.\n\n6:10am: ‘You may be trapped’\n\nThe rescue service told everybody"
    " to leave.\n\n“If you"
    " stay you may be trapped,” lifeboat captain Trent Holl said.": ["Trent Holl", "rescue service", "Trent Holl"],
}
KINDS = {
    "epithets": EPITHETS, "offices": OFFICES, "shared": SHARED, "goes on": GOES_ON, "nobody": NOBODY, "echoes": ECHOES,
}  # fmt: skip


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_who_is_meant(nlp: Any, cases: dict[str, list[str | None]]) -> None:
    docs = zip(cases, nlp.pipe(list(cases)), strict=True)
    assert {text: [q.speaker_name for q in doc._.quotes] for text, doc in docs} == cases


def test_a_family_has_all_its_members(nlp: Any) -> None:
    doc = nlp("The complaint came from Kyle and Mona Stoll, who live by the weir. The Stolls said that they were pleased.")
    (row,) = doc._.quotes
    assert {row.speaker_name, *(c.name for c in row.co_speakers)} == {"Kyle Stoll", "Mona Stoll"}

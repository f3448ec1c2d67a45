"""Where the words of a report begin and end, and what beside a verb of saying tells no words."""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

HEARERS: dict[str, Expected] = {  # whom one asks to do something is no part of what is to be done
    "The Norden Teachers' Union urged the leaders of the coastal towns to reject the plan.": [
        ("Norden Teachers' Union", "to reject the plan")
    ],
    "The council called on the agencies, namely the Ministry of Works and the Port of Tarvo, to open the pier.": [
        (None, "to open the pier")
    ],
    "She warned people picking mushrooms in the park to stay away.": [(None, "to stay away")],
    "The court ordered the Tarvo army to leave the camp.": [(None, "to leave the camp")],
    "The mayor asked permission to hold a fair in June.": [(None, "permission to hold a fair in June")],
    "The president ordered fresh measures to lower the number of fires.": [(None, "fresh measures to lower the number of fires")],
    "The minister warned hedges need to be lower.": [(None, "hedges need to be lower")],
    "The baker told reporters the plan to widen the road was dead.": [(None, "the plan to widen the road was dead")],
    "Ann Veld asked the man appointed to lead the board to resign.": [
        ("Ann Veld", "the man appointed to lead the board to resign")
    ],
}
SECOND: dict[str, Expected] = {  # a second verb of the same subject reports on its own
    "Olle Hald of the Green League said the herd was down to 40 goats and called for a new fence.": [
        ("Olle Hald", "the herd was down to 40 goats"),
        ("Olle Hald", "a new fence"),
    ],
    "MP Ivo Tanev pointed out that the ferry came on time; so he expects the train to do the same.": [
        ("Ivo Tanev", "the ferry came on time"),
    ],
    "Lund said he would resign and promised to call a vote.": [
        ("Lund", "he would resign"),
        ("Lund", "to call a vote"),
    ],
    "The captain told the court that he left the boat and called his wife.": [(None, "he left the boat and called his wife")],
}
HEARERS["Ann Veld urged the crew to not only stay but to sing."] = [("Ann Veld", "to not only stay but to sing")]
STRAYS: dict[str, Expected] = {  # words of the paper's own
    "The road is shut for good, said Ann Veld after the gates of the old yard were closed by the bailiffs.": [
        ("Ann Veld", "The road is shut for good")
    ],
    "“Why should we bow? They never bowed,” Ann Veld claimed [they did].": [("Ann Veld", "Why should we bow? They never bowed,")],
    "Found on a bench by the pier, the place where the gulls sleep, Bo Rees pointed out that June is slow.": [
        ("Bo Rees", "June is slow")
    ],
}
WHOLE: dict[str, Expected] = {  # and what belongs to the words
    "Prices rose by a tenth, according to the Tarvo Chamber, especially in the coastal towns.": [
        ("Tarvo Chamber", "Prices rose by a tenth especially in the coastal towns")
    ],
    "Prices rose by a tenth, according to the Tarvo Chamber, which surveys 40 towns.": [
        ("Tarvo Chamber", "Prices rose by a tenth")
    ],
    "While orders at the two yards still grow, the outlook for the year is dim, Ann Veld added.": [
        ("Ann Veld", "While orders at the two yards still grow, the outlook for the year is dim")
    ],
    "After she left the hall, the mayor said she was tired.": [(None, "she was tired")],
    "Ann Veld says pupils should learn the steps the Kesh (Upper Norn) dancer gave her name to.": [
        ("Ann Veld", "pupils should learn the steps the Kesh (Upper Norn) dancer gave her name to")
    ],
    "The chair told the hall that Bo Rees keeps bees in district no. 3, which also holds Larne.": [
        (None, "Bo Rees keeps bees in district no. 3, which also holds Larne")
    ],
    "The mayor said the “grey hats” mocked by Ann Veld, head of the Works Office, did not run the town.": [
        (None, "the “grey hats” mocked by Ann Veld, head of the Works Office, did not run the town")
    ],
}
THAT: dict[str, Expected] = {  # *that* points at something where no clause can follow
    "Norland has called that old map of the coast “a bad joke”.": [
        ("Norland", "that old map of the coast “a bad joke”"),
    ],
    "Ann Veld described that plan as “a joke”.": [("Ann Veld", "that plan as “a joke”")],
    "Bo Lund denounced that arrest as “a theft of justice”.": [("Bo Lund", "that arrest as “a theft of justice”")],
    "Ann Veld said that plan B was late.": [("Ann Veld", "plan B was late")],
}
NOTHING: dict[str, Expected] = {  # no words are told
    "Ann Veld declined to talk about her sister. The firm refused to let the crew in.": [],
    "The singer's friends call themselves “the larks” and meet on Sundays.": [],
    "The mayor stopped short of saying whom he meant by “owls”.": [],
    "It is telling that the mill has had no visit from the board.": [],
    "The photos show hooks that hold the bell in its tower.": [],
    "Video footage showed how the boy was pulled from the lake.": [],
    "The police are questioning the neighbours of the suspect.": [],
    "As Ann Veld describes her aunt's odd garden, the goats come home.": [],
    "The study showed that half of the fish had died.": [(None, "half of the fish had died")],
    "The mayor described the fog as a friend of thieves.": [(None, "the fog as a friend of thieves")],
    "The report identified the fire as the cause of the loss.": [(None, "the fire as the cause of the loss")],
}
CONDITIONS: dict[str, Expected] = {  # when what is told holds, which is a part of it; not when it was told
    "If the ferry stops, islanders say half the farms will be sold.": [(None, "If the ferry stops half the farms will be sold")],
    "Where a lease has run out, Ann Veld says the tenants have to leave.": [
        ("Ann Veld", "Where a lease has run out the tenants have to leave")
    ],
    "When a lease runs out and is not renewed, Ann Veld says the tenant has no claim.": [
        ("Ann Veld", "When a lease runs out and is not renewed the tenant has no claim")
    ],
    "When the lease ran out, Ann Veld said the tenant had no claim.": [("Ann Veld", "the tenant had no claim")],
    "If anything, Ann Veld said the plan was late.": [("Ann Veld", "the plan was late")],
}
AROUND: dict[str, Expected] = {  # what an attribution between commas parts
    "Mending the old lock, Ann Veld said, would take a year.": [("Ann Veld", "Mending the old lock would take a year")],
    "The sale of the yard, despite the letters from Larne and the vote of the crew, Ann Veld said, was “a gift to the bank”.": [
        (
            "Ann Veld",
            "The sale of the yard, despite the letters from Larne and the vote of the crew was “a gift to the bank”",
        )
    ],
    "It was Bo Rees, Ann Veld noted drily, who had promised that the gate would be “shut for good”.": [
        ("Ann Veld", "It was Bo Rees who had promised that the gate would be “shut for good”")
    ],
    "Tea is cheap, Ann Veld says, but a cook would need an oven.": [("Ann Veld", "Tea is cheap but a cook would need an oven")],
    "Wages have risen, according to the Tarvo Institute, to a mean of 900 crowns a month.": [
        ("Tarvo Institute", "Wages have risen to a mean of 900 crowns a month")
    ],
    "However, Ann Veld said, there were no boats.": [("Ann Veld", "there were no boats")],
}
THINGS: dict[str, Expected] = {  # who goes on where what is told of a thing cannot
    "Inspector Bo Lund added that searches were under way and appealed for anyone with photos to call.": [
        ("Bo Lund", "searches were under way"),
        ("Bo Lund", "for anyone with photos to call"),
    ],
    "Forecasters say a second storm could reach the coast by noon but expect the wind to ease in the evening.": [
        (None, "a second storm could reach the coast by noon")
    ],
    "Ann Veld said her brother was ill and asked for water.": [("Ann Veld", "her brother was ill and asked for water")],
    "The clerk said the decor is old and has kept its charm.": [(None, "the decor is old and has kept its charm")],
}
COMMENTS: dict[str, Expected] = {  # what the paper goes on with
    "Ann Veld says she was given 300 crowns for the field, a price she calls “an insult”.": [
        ("Ann Veld", "she was given 300 crowns for the field"),
        ("Ann Veld", "an insult"),
    ],
    "Norland says it is digging wells, but is the state of the pumps a sign of something worse?": [
        ("Norland", "it is digging wells")
    ],
}
KINDS = {
    **{"hearers": HEARERS, "second": SECOND, "strays": STRAYS, "whole": WHOLE, "nothing": NOTHING, "that": THAT},
    **{"conditions": CONDITIONS, "around": AROUND, "things": THINGS, "comments": COMMENTS},
}


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_where_words_end(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases

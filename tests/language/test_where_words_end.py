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
    "The minister warned emissions need to be cut by half.": [(None, "emissions need to be cut by half")],
    "The baker told reporters the plan to widen the road was dead.": [(None, "the plan to widen the road was dead")],
    "Ann Veld asked the man appointed to lead the board to resign.": [
        ("Ann Veld", "the man appointed to lead the board to resign")
    ],
}
SECOND: dict[str, Expected] = {  # a second verb of the same subject reports on its own
    "Olle Hald of the Green League said the number of cases stood at 40 and called for a swift inquiry.": [
        ("Olle Hald", "the number of cases stood at 40"),
        ("Olle Hald", "a swift inquiry"),
    ],
    "MP Ivo Tanev pointed out that the minister took the right steps; so he expects the board to do the same.": [
        ("Ivo Tanev", "the minister took the right steps"),
    ],
    "Lund said he would resign and promised to call a vote.": [
        ("Lund", "he would resign"),
        ("Lund", "to call a vote"),
    ],
    "The captain told the court that he left the boat and called his wife.": [(None, "he left the boat and called his wife")],
}
STRAYS: dict[str, Expected] = {  # words of the paper's own
    "The road is shut for good, said Ann Veld after the gates of the old yard were closed by the bailiffs.": [
        ("Ann Veld", "The road is shut for good")
    ],
    "“Why should we pay? They never paid,” Ann Veld claimed [this is not true].": [
        ("Ann Veld", "Why should we pay? They never paid,")
    ],
    "Met in front of the market, the square where the buses stop, Bo Rees pointed out that the first week is slow.": [
        ("Bo Rees", "the first week is slow")
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
    "Ann Veld says friends should go on with the work the Kesh (Upper Norn) singer gave her life to.": [
        ("Ann Veld", "friends should go on with the work the Kesh (Upper Norn) singer gave her life to")
    ],
    "The chair reminded the press that Bo Rees is the deputy for district no. 3, which also holds Larne.": [
        (None, "Bo Rees is the deputy for district no. 3, which also holds Larne")
    ],
    "The mayor said the “small loud circle” named by Ann Veld, head of the Works Office, did not stand for the town.": [
        (None, "the “small loud circle” named by Ann Veld, head of the Works Office, did not stand for the town")
    ],
}
THAT: dict[str, Expected] = {  # *that* points at something where no clause can follow
    "Norland has called that 2016 ruling by the court “illegal and invalid”.": [
        ("Norland", "that 2016 ruling by the court “illegal and invalid”"),
    ],
    "Ann Veld described that plan as “a joke”.": [("Ann Veld", "that plan as “a joke”")],
    "Bo Lund denounced that arrest as “a theft of justice”.": [("Bo Lund", "that arrest as “a theft of justice”")],
    "Ann Veld said that plan B was late.": [("Ann Veld", "plan B was late")],
}
NOTHING: dict[str, Expected] = {  # no words are told
    "The singer's friends call themselves “the larks” and meet on Sundays.": [],
    "The mayor stopped short of saying what he meant by “changes”.": [],
    "It is telling that the mill has had no visit from the board.": [],
    "The photos show ropes that tie the boat to the quay.": [],
    "Video footage showed how the boy was pulled from the lake.": [],
    "The police are questioning the neighbours of the suspect.": [],
    "As Ann Veld describes her son's new life, the goats come home.": [],
    "The study showed that half of the fish had died.": [(None, "half of the fish had died")],
    "The mayor described the plan as a gift to the town.": [(None, "the plan as a gift to the town")],
    "The report identified the fire as the cause of the loss.": [(None, "the fire as the cause of the loss")],
}
KINDS = {"hearers": HEARERS, "second": SECOND, "strays": STRAYS, "whole": WHOLE, "nothing": NOTHING, "that": THAT}


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_where_words_end(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases

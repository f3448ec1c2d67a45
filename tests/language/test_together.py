"""Several who are named side by side, and by whom a plural means them: *they*, *the pair*, *the sisters*."""

from __future__ import annotations

from typing import Any

import pytest

SISTERS = ["Lena Foss", "Karla Wirth", "Dora Foss"]
TOGETHER: dict[str, list[str]] = {  # a text, and who speaks in the last row
    "Maja Sollen and Petra Vind said the rolls were old. They said nobody had told them.": ["Maja Sollen", "Petra Vind"],
    "Ivo Marsh and Dena Kroll have run the kennel since 2011. “We never turned a dog away,” they said.": [
        "Ivo Marsh", "Dena Kroll",
    ],
    "Lena Foss and her sisters Karla Wirth, 32, and Dora Foss, 30, came to Lisbon. They say the letter is lost.": SISTERS,
    "Lena Foss and her sisters Karla Wirth, 32, and Dora Foss, 30, came to Lisbon. The day was hot. The sisters say they will "
    "swim.": SISTERS,
    "Olga Renn of Norway, Paulo Tavares of Portugal and Anton Briek of the Czech Republic spoke of grain. They asked for rain.": [
        "Olga Renn", "Paulo Tavares", "Anton Briek",
    ],
    "The winners are the brothers Anders Holm, Nils Holm and Peter Brandt. They wrote to the paper: “We swam for a year.”": [
        "Anders Holm", "Nils Holm", "Peter Brandt",
    ],
    "Lena Foss visited Karl Wirth and Ivo Marsh in Oslo. The pair said the soup was good.": ["Karl Wirth", "Ivo Marsh"],
    "Ministers Olga Renn and Karl Wirth met on Monday. The two ministers said the bridge would stand.": [
        "Olga Renn", "Karl Wirth",
    ],
    # others may be meant
    "Rowers’ groups and anglers have written to the Ministry of Ports, the Rivers Board and the Harbour Board about the smell."
    "\n\nThe groups asked for nets and clean water.": [],
    "Ivo Marsh and Dena Kroll visited farmers in the hills. They said no rain had come.": [],
    "Ivo Marsh and Dena Kroll were arrested in May. The police found a goose. They said the goose was alive.": [],
    "Experts such as Lena Foss and Karl Wirth expect rain. They say the dykes will hold.": [],
    "Ivo Marsh, Dena Kroll and Karl Wirth had kept it secret. They shouted at Ivo Marsh: “Why?”": [],
    "Ivo Marsh and Dena Kroll have run the kennel since 2011. The dogs bark. The neighbours say they cannot sleep.": [],
    "Ivo Marsh and Dena Kroll met Karl Wirth. The trio said nothing. The three said the soup was cold.": [],
}  # fmt: skip


@pytest.mark.parametrize(("text", "names"), TOGETHER.items(), ids=[t[-60:] for t in TOGETHER])
def test_who_speaks_together(nlp: Any, text: str, names: list[str]) -> None:
    last = [*nlp(text)._.quotes][-1]
    assert [n for n in (last.speaker_name, *(c.name for c in last.co_speakers)) if n] == names


SPEAK_TOGETHER: dict[str, list[str]] = {  # with what is told of each between
    "Kim Veld, 34, and Bo Tarn, 41,": ["Kim Veld", "Bo Tarn"], "Kim Veld (34) and Bo Tarn (41)": ["Kim Veld", "Bo Tarn"],
    "Mayor Kim Veld and coach Bo Tarn": ["Kim Veld", "Bo Tarn"], "Kim Veld and her husband Bo Tarn": ["Kim Veld", "Bo Tarn"],
    "Kim Veld of Norvik Bank and Bo Tarn of Tallow Energy": ["Kim Veld", "Bo Tarn"], "Messrs Veld and Tarn": ["Veld", "Tarn"],
    "Kim Veld, the mayor, and Bo Tarn, the coach,": ["Kim Veld", "Bo Tarn"], "Kim Veld or Bo Tarn": ["Kim Veld", "Bo Tarn"],
    "The Ministry of Health and the Ministry of Justice": ["Ministry of Health", "Ministry of Justice"],
    "Kim Veld, Bo Tarn and Ann Lund": ["Kim Veld", "Bo Tarn", "Ann Lund"],
    # one speaks, or nobody who is named
    "Kim Veld of Norvik Bank and Tallow Energy": ["Kim Veld"], "Kim Veld and two others": ["Kim Veld"],
    "Lawyers for Kim Veld and Bo Tarn": [], "Officials in Norway and Peru": [], "The Ministry of Trade and Labour": [
        "Ministry of Trade and Labour"
    ],
}  # fmt: skip


@pytest.mark.parametrize(("who", "names"), SPEAK_TOGETHER.items(), ids=SPEAK_TOGETHER)
def test_all_who_speak_together_are_named(nlp: Any, who: str, names: list[str]) -> None:
    small = who if who[:3] in ("Kim", "Mes") else f"{who[0].lower()}{who[1:]}"
    for text in (f"{who} said it was late.", f"“It is late,” {small} told reporters."):
        (row,) = nlp(text)._.quotes
        assert [n for n in (row.speaker_name, *(c.name for c in row.co_speakers)) if n] == names, text

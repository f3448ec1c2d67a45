"""Names, titles, roles and kinds of speakers in the press of many countries: an article in, the names of its rows out."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.naming.entities import mended
from onrecord.naming.name_forms import is_close
from onrecord.naming.names import split_titles
from onrecord.text.view import Entity

Expected = list[str | None]

COUPLES: dict[str, Expected] = {
    "Giulia and Marco Ferri own it. “We bake at four,” said Mrs Ferri. “I sleep,” said Mr Ferri.": [
        "Giulia Ferri",
        "Marco Ferri",
    ],
    "Rosa Lindqvist, 51, lost. “She was with me,” Mr Lindqvist told the court.": ["Lindqvist"],
    "Thabo Nkosi and his wife Lerato ran. “It was steep,” Mrs Nkosi said. “Very,” Mr Nkosi said.": [
        "Lerato Nkosi",
        "Thabo Nkosi",
    ],
    "Peter Olsen, the mayor, and Karin Olsen, a nurse, came. “We came late,” said Ms Olsen. “I did not,” Mr Olsen said.": [
        "Karin Olsen",
        "Peter Olsen",
    ],
    "Ruth Hadley's husband, Tom, drives. “It rains,” Mr Hadley said. “It does,” Mrs Hadley said.": ["Tom Hadley", "Ruth Hadley"],
    "Sir Tom Hadley met Lady Hadley. “It rains,” Lady Hadley said. “It does,” Sir Tom said.": ["Hadley", "Tom Hadley"],
    "Emma Kowal met her brother Adam Kowal. “He is tall,” Miss Kowal said.": ["Emma Kowal"],
    "Pieter de Wit and Els de Wit farm. “It rains,” Mrs de Wit said. “A lot,” Mr de Wit said.": ["Els de Wit", "Pieter de Wit"],
}
FIRMS: dict[str, Expected] = {
    "“Demand is soft,” said Tallow & Finch Ltd. economist Rina Sato.": ["Rina Sato"],
    "Norcross Corp. chief executive Paul Adeyemi said sales fell.": ["Paul Adeyemi"],
    "“We will appeal,” Bright Foods Inc. spokeswoman Dana Reyes said.": ["Dana Reyes"],
    "But farmers like Ann Veld and Bo Lund insist that the rain is late.": [None],
    "According to Harrow & Co. strategist Mei Tan, the yen will fall.": ["Mei Tan"],
    "“It is weak,” Pruett & Co. said.": ["Pruett & Co."],
    "“It is safe,” Ostrava Steel a.s. director Jan Novak said.": ["Jan Novak"],
}
BRACKETS: dict[str, Expected] = {
    "“We are looking for him,” DSP (City) Ravi Kumar Nair said.": ["Ravi Kumar Nair"],
    "Green Party (GPT) lawmaker Lin Mei-hua said the bill was flawed.": ["Lin Mei-hua"],
    "CPN (Maoist) chairman Hari Thapa said that talks had failed.": ["Hari Thapa"],
    "“It is ours,” Additional SP (Traffic) Sunita Rao told reporters.": ["Sunita Rao"],
    "Maj Gen (retd) Farooq Malik said the border was calm.": ["Farooq Malik"],
    "Green Party (GPT) lawmakers said the bill was flawed.": [None],
    "Josephine “Jojo” Ortega leads the union. “We strike,” Ortega said.": ["Josephine Ortega"],
    "Muhammad (Mo) Siddiqui owns the shop. “Rents are high,” Siddiqui said.": ["Muhammad Siddiqui"],
    "Aleksandra 'Ola' Wrona coaches them. “They are young,” Wrona said.": ["Aleksandra Wrona"],
}
NATIONS: dict[str, Expected] = {
    "The Swedish skier Elsa Norrby won. Tom Reid came second. “It was icy,” the Swede said.": ["Elsa Norrby"],
    "Juan Pérez of Spain beat Leo Marchand of France. “He was better,” the Frenchman said.": ["Leo Marchand"],
    "Petra Kovac, from Croatia, led. Ana Silva was next. “I was tired,” the Croat said.": ["Petra Kovac"],
    "Ana Ruiz of Spain beat Mads Vinter of Denmark. It rained. “It was hard,” the Spaniard said.": ["Ana Ruiz"],
    "Brad Nel of South Africa beat Tim Oke. “It was hot,” the South African said.": ["Brad Nel"],
    "The New Zealand rower Tui Parata won. Tim Oke lost. “It was hot,” the New Zealander said.": ["Tui Parata"],
    "Costa Rican keeper Luis Mora left. Tim Oke lost. “It was hot,” said the Costa Rican.": ["Luis Mora"],
    "Kate Lyle, the Irish runner, won. Tim Oke lost. “It was hot,” the Irishwoman said.": ["Kate Lyle"],
    "The Briton Andy Marsh won. “It was hot,” the Briton said.": ["Andy Marsh"],
    "Arda Yilmaz is a Turkish striker. “I like it here,” the Turk said.": ["Arda Yilmaz"],
    "Simon English runs the bank. Carol Hurst chairs it. “We lend,” English said.": ["Simon English"],
    "Ravi Irish sings. Pia Moss plays. “We tour in May,” Irish said.": ["Ravi Irish"],
    "“She lied,” said Ann Veld. The Norden Democrat said it was sad.": ["Ann Veld", "Ann Veld"],
    "Choi Min-jun is a monk. Buddhist Choi said it was calm.": ["Choi Min-jun"],
}
APPOSITIONS: dict[str, Expected] = {
    "The pilot, 44-year-old Irena Blaha of Brno, said the engine had failed.": ["Irena Blaha"],
    "The group's leader, the lawyer Chidi Eze, said it would sue.": ["Chidi Eze"],
    "The opposition's finance spokesman, Fianna Fáil's Colm Daly, said it was late.": ["Colm Daly"],
    "The coach, former captain Diego Paz, said they were tired.": ["Diego Paz"],
    "The victim, named as Ewa Lis, told police she was asleep.": ["Ewa Lis"],
    "Lagos-based economist Tunde Bello said prices would rise.": ["Tunde Bello"],
    "Singapore-based carrier Straits Air said it would fly again.": ["Straits Air"],
    "Orbitel chief financial officer Mina Park said debts fell.": ["Mina Park"],
    "Tarvo-based activists said it was late.": [None],
}
OFFICES: dict[str, Expected] = {
    "Superintendent of Police Asha Menon said two men were held.": ["Asha Menon"],
    "President of the Chamber of Commerce Luis Aranda said exports fell.": ["Luis Aranda"],
    "CEO of Orbit Mona Daboul said prices would rise.": ["Mona Daboul"],
    "Minister of Tourism Grace Banda said hotels were full.": ["Grace Banda"],
    "The head of the Tarvo Fire Service Olga Petrova said it was out.": ["Olga Petrova"],
    "Danish Ambassador to Tarvo H.E. Karl-Anton Rehn said it was time.": ["Karl-Anton Rehn"],
    "Orbit Group chairman designate, Barney Harmse, said it was time.": ["Barney Harmse"],
    "The UN Special Rapporteur on arbitrary arrests, Christof Heyn, said it was time.": ["Christof Heyn"],
    "Touch Pay group chief executive officer (CEO) Effendy Hamid said it was time.": ["Effendy Hamid"],
    "Bank of Japan Governor Kazu Ueno said rates would rise.": ["Kazu Ueno"],
    "The Bank of Japan governor Kazu Ueno said rates would rise.": ["Kazu Ueno"],
    "A spokesman for the Bank of Japan Governor Kazu Ueno said rates would rise.": [None],
    "Spokesman for Norden Mayor Kazu Ueno said rates would rise.": [None],
    "A lawyer for Tarvo singer Bo Lund said it was over.": [None],
    "Archbishop of Canterbury Justin Welm said it was time.": ["Justin Welm"],
    "The Duke of Marlow said it was home. “I am glad,” the duke said.": ["Duke of Marlow", "Duke of Marlow"],
    "The Emir of Katsu said peace would come. “God willing,” the emir said.": ["Emir of Katsu", "Emir of Katsu"],
    "Tomas Reed, Bishop of Orley, came. “We mourn,” the Bishop of Orley said.": ["Tomas Reed"],
    "The Bishop of Orley, Tomas Reed, came. “We mourn,” the bishop said.": ["Tomas Reed"],
    "The Sultan of Brega told reporters that all was well.": ["Sultan of Brega"],
    "The Aga Khan said the school would open. “All may come,” the Aga Khan said.": ["Aga Khan", "Aga Khan"],
}
TITLES: dict[str, Expected] = {
    "Dato' Seri Azman Idris said the port would grow. “It is time,” Dato' Seri Azman said.": ["Azman Idris", "Azman Idris"],
    "Tan Sri Halim Rashid heads the board. “We are ready,” Tan Sri Halim said.": ["Halim Rashid"],
    "Otunba Femi Adewale said the road was bad.": ["Femi Adewale"],
    "Barr. Ngozi Okeke spoke. “It is good,” Barr. Okeke said.": ["Ngozi Okeke"],
    "Hon Ratu Viliame Seru told parliament it was late. “We wait,” Ratu Viliame said.": ["Viliame Seru", "Viliame Seru"],
    "“It is over,” Begum Nasreen Akhtar said. Alhaji Musa Bello said it was not.": ["Nasreen Akhtar", "Musa Bello"],
    "Adj. Pierre Kamga said nobody was hurt. Engr. Bola Ojo said the bridge was safe.": ["Pierre Kamga", "Bola Ojo"],
    "DCI Peter Mwangi said they fled. “They had guns,” DCI Mwangi said.": ["Peter Mwangi", "Peter Mwangi"],
    "IGP Mutiu Garba said calm had returned. “We will stay,” the IGP said.": ["Mutiu Garba", "Mutiu Garba"],
    "Sqn Ldr Anita Rao said it was safe. “It will hold,” said Special Envoy Moreau.": ["Anita Rao", "Moreau"],
    "Mr Ian Moller AM said it was time. “We go,” said Ann Veld QC.": ["Ian Moller", "Ann Veld"],
    "Fiji's Attorney-General Graham Leung spoke. “Yes,” the Attorney-General said.": ["Graham Leung"],
    "Opposition MPs said it was time.": [None],
    "Larry King came. “No,” said Mr. King.": ["Larry King"],
}
PARTICLES: dict[str, Expected] = {
    "Rafael dos Santos won. Dos Santos said it was hard.": ["Rafael dos Santos"],
    "Anna van der Berg won. Van der Berg said it was hard.": ["Anna van der Berg"],
    "Omar bin Saif won. “I trained hard,” bin Saif said.": ["Omar bin Saif"],
    "Hamad El-Sayed left. El-Sayed said it was late.": ["Hamad El-Sayed"],
    "Maria del Pilar Ruiz won. “I am glad,” Ruiz said.": ["Maria del Pilar Ruiz"],
}
SENTENCES: dict[str, Expected] = {
    "In March Odhiambo said rains had failed.": ["Odhiambo"],
    "Last week Petrenko told reporters that it was over.": ["Petrenko"],
    "On Friday Minister Ann Veld said it was over. But Ms Veld was sad. “We lost,” Veld said.": ["Ann Veld", "Ann Veld"],
    "Meanwhile Ms Petrenko said it was over. Yesterday Dr Chen said it was not.": ["Petrenko", "Chen"],
    "The Green Farmers' Union’s (GFU) head left. The GFU said it was sorry.": ["Green Farmers' Union"],
    "Tarvo Railways’ (TR) main line shut. TR said it was sorry.": ["Tarvo Railways"],
    "Norden's government fell. The Norden parliament in a late session decided to elect a new one.": ["Norden parliament"],
}
SPELLINGS: dict[str, Expected] = {
    "Ann Eldridge is an astronomer. “We know it,” Eldrige said.": ["Ann Eldridge"],
    "Khalid Al-Mansoor left. “We trust them,” Mr Almansoor said.": ["Khalid Al-Mansoor"],
    "BEn Harrow came. Ben Harrow spoke, and Ben Harrow left. “Yes,” Harrow said.": ["Ben Harrow"],
    "Kang Min-ho met Park Kang. “Yes,” Kang said. Kang Min-ho left. “No,” Kang said.": [None, "Kang Min-ho"],
}
BODIES: dict[str, Expected] = {
    "World Rowing will move the cup, the global governing body for rowing said on Monday.": ["World Rowing"],
    "A World Food Fund report said crops failed. The report said rain was late.": ["World Food Fund", "World Food Fund"],
    "A survey by Tallow Research found that prices rose. “It is the worst year,” the survey said.": [
        "Tallow Research",
        "Tallow Research",
    ],
    "According to data from the Office for National Statistics, prices rose.": ["Office for National Statistics"],
    "Tallow Bank said in a statement on Monday that it would close. “We are sad,” the statement said.": [
        "Tallow Bank",
        "Tallow Bank",
    ],
    "According to a study by Harrow Law School professor Justin Levit, 31 cases were closed.": ["Justin Levit"],
    "“It was so,” the report said.": [None],
    "The UN seed agency UNSA said it was time.": ["UNSA"],
    "The Abema News news site said it was time.": ["Abema News"],
    "The Norden Confederation of Trade Unions (Conatu) met. “We strike,” Conatu said. Conatu is old.": [
        "Norden Confederation of Trade Unions"
    ],
    "A special investigation team (SIT) was set up. The SIT said it was late.": ["special investigation team"],
    "JDP(N) leaders met. “We lost,” the JDP(N) said.": ["JDP(N)"],
    "The Rome-based Tawas International said it was late.": ["Tawas International"],
    "Moss's campaign paid the fee. The campaign said that it was legal.": ["Moss campaign"],
}
KINDS = {
    "Great Plains & Western said it would hire.": ("Great Plains & Western", "organisation"),
    "Moller & Moller said it would appeal.": ("Moller & Moller", "organisation"),
    "Dr Chen said it was over.": ("Chen", "person"),
}
CASES = {
    text: names
    for cases in (
        COUPLES, FIRMS, BRACKETS, NATIONS, APPOSITIONS, OFFICES, TITLES, PARTICLES, SENTENCES, SPELLINGS, BODIES,
    )
    for text, names in cases.items()
}  # fmt: skip


@pytest.mark.parametrize(("text", "names"), CASES.items(), ids=CASES)
def test_names(nlp: Any, text: str, names: Expected) -> None:
    assert [q.speaker_name for q in nlp(text)._.quotes] == names


@pytest.mark.parametrize(("text", "expected"), KINDS.items(), ids=KINDS)
def test_kinds(nlp: Any, text: str, expected: tuple[str, str]) -> None:
    (quote,) = nlp(text)._.quotes
    assert (quote.speaker_name, quote.speaker_kind) == expected


def test_a_title_is_one_only_as_it_is_written() -> None:
    runs = {
        "Maria del Carmen Ruiz": "",
        "Del. Ann Veld": "Del.",
        "Ex-Premier Ann Veld": "Ex-Premier",
        "SSP Ann Veld": "SSP",
        "Ssp Ann Veld": "",
        "Khaleda Begum Moss": "",
        "Director of Ports": "",
    }
    assert {run: split_titles(run)[0] for run in runs} == runs


def test_misprints_are_one_letter_in_a_long_word() -> None:
    assert is_close("eldrige", "eldridge") and is_close("hasian", "hasina") and is_close("forson", "forsom")
    assert not is_close("hansen", "hanson-") and not is_close("veld", "vald") and not is_close("eldrige", "eldrdge-")


@pytest.mark.parametrize(
    ("text", "read", "name"),
    [
        ("Odell-Lund dwelt on it.", "Odell-Lund dwelt", "Odell-Lund"),
        ("Ann Veld wept for hours.", "Ann Veld wept", "Ann Veld"),
        ("Omar bin zayed wept.", "Omar bin zayed", "Omar bin zayed"),
        ("UK-based Odell wept.", "UK-based Odell", "Odell"),
        ("Oslen-born Ann Veld wept.", "Oslen-born Ann Veld", "Ann Veld"),
        ("Ann Smith-Based wept.", "Ann Smith-Based", "Ann Smith-Based"),
    ],
)
def test_a_name_ends_where_it_does(text: str, read: str, name: str) -> None:
    """Whatever the network has read of it."""
    (entity,) = mended(text, [Entity(0, len(read), "PERSON", 0.9)])
    assert text[entity.start : entity.end] == name


WHOLE = {  # as a text calls somebody first, and later
    "Giulia Dell’Orto": "Dell’Orto", "Piero dell’Acqua": "Dell’Acqua",
    "A.B.C. Mohan": "Mohan", "Tui Manu’a": "Manu’a", "Omar binti Salim": "Salim",
    "Karel dal Kovar": "Kovar", "Omar de la Salim": "Salim", "Luca D'Amato": "D'Amato",
}  # fmt: skip


@pytest.mark.parametrize(("name", "later"), WHOLE.items(), ids=WHOLE)
def test_names_are_read_whole(nlp: Any, name: str, later: str) -> None:
    for text in (
        f"{name} said on Monday that the road was shut. “It is late,” {later} said.",
        f"“It is late,” said {name}. On Tuesday {later} added that the road was shut.",
    ):
        assert [q.speaker_name for q in nlp(text)._.quotes] == [name, name], text


@pytest.mark.parametrize("trade", ["Silversmith", "Sapper", "Brant karateka", "Brant sexton"])
def test_what_somebody_is_belongs_to_no_name(nlp: Any, trade: str) -> None:
    first, second = nlp(f"{trade} Kim Veld said it was late. “It was dark,” Veld added.")._.quotes
    assert (first.speaker_name, first.speaker_role, second.speaker_name) == ("Kim Veld", trade, "Kim Veld")


@pytest.mark.parametrize("surname", ["Ireland", "France", "Chad", "London", "Law", "Bill", "Baker", "Young"])
def test_a_surname_that_is_a_word_is_a_surname(nlp: Any, surname: str) -> None:
    text = (
        f"Ann {surname}, a teacher from Brant, said it was late. “It is dark,” {surname} said. Then {surname} said it was cold."
    )
    assert [q.speaker_name for q in nlp(text)._.quotes] == [f"Ann {surname}"] * 3


@pytest.mark.parametrize("title", ["Minister", "Dr", "Coach", "Justice"])
def test_a_title_is_no_name_that_shares_a_surname(nlp: Any, title: str) -> None:
    (row,) = nlp(f"Veld and {title} Tarn said it was late.")._.quotes
    assert (row.speaker_name, [c.name for c in row.co_speakers]) == ("Veld", ["Tarn"])


def test_both_sides_of_a_firm_are_its_name(nlp: Any) -> None:
    for firm in ("Tallow & Co", "Veld & Lund"):
        assert [q.speaker_name for q in nlp(f"A {firm} study found that prices had risen.")._.quotes] == [firm]


AT_THE_HEAD = [  # of a sentence, where a capital tells nothing
    "Min Aung Hlaing", "AK Abdul Momen", "A G Perarivalan", "El Hadji Diouf", "Zameer Ahmed Khan", "Asaduzzaman Khan Kamal",
    "Mohammad Sultan Sofi", "Twitter", "WHO", "Chevrolet",
]  # fmt: skip


@pytest.mark.parametrize("name", AT_THE_HEAD)
def test_a_name_at_the_head_of_a_sentence_is_whole(nlp: Any, name: str) -> None:
    for text in (f"{name} said on Monday that it was late.", f"The road was shut. {name} said it was late."):
        assert [q.speaker_name for q in nlp(text)._.quotes] == [name], text


NO_PART = {"A Kim Veld": None, "Then Veld": "Veld", "Cowherds": None, "LG Kim Veld": "Kim Veld", "MP Kim Veld": "Kim Veld"}


@pytest.mark.parametrize(("head", "name"), NO_PART.items(), ids=NO_PART)
def test_what_stands_before_a_name_at_the_head_may_be_none_of_it(nlp: Any, head: str, name: str | None) -> None:
    rest = " supporter said it was late." if head.startswith("A ") else " said it was late."
    assert [q.speaker_name for q in nlp(f"{head}{rest}")._.quotes] == [name]


BODIES = [
    "People’s Daily", "Supreme People’s Court", "Women's Forum", "Men’s Network", "Tarvo Farmers’ Union", "Parents’ Association",
    "Greymouth Star", "UN Commission on the Status of Women", "Citizens for Justice and Peace", "Al Jama-ah", "G-20",
]  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_bodies_have_their_whole_names(nlp: Any, name: str) -> None:
    for text in (
        f"The {name} said on Monday it was late.",
        f"“It is late,” said the {name}.",
        f"According to the {name}, it was.",
    ):
        assert {q.speaker_name for q in nlp(text)._.quotes} <= {name}, text
    assert [q.speaker_name for q in nlp(f"The {name} said it was late.")._.quotes] == [name]

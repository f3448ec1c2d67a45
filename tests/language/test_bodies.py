"""Which body speaks: one that a common noun, a plural, a document or an office stands for, and where none that was named does."""

from __future__ import annotations

from typing import Any

import pytest

HEADED = {  # a body that a noun heads, whatever it is
    "The Orlen National Archives opened its new reading room in Tarvo on Monday. More than 4,000 boxes were moved over the "
    "summer, the archives said in a statement.": "Orlen National Archives",
    "A tiger escaped at Halvorsen Zoo near Brandholm on Sunday morning. The zoo said the animal was caught "
    "within an hour.": "Halvorsen Zoo",
    "The Premier Hockey League has postponed nine games because of the floods. Fans will get their money back. The league "
    "said new dates would be named on Monday.": "Premier Hockey League",
    "The Tarvo Philharmonic Orchestra has called off its tour of the south. Three players "
    "were ill, the orchestra said.": "Tarvo Philharmonic Orchestra",
    "Burglars broke into the Kessler Memorial Library in Osk. No books were taken, the library said.": "Kessler Memorial Library",
    "The Orlen Land Registry has put its maps online. The registry said two million pages were scanned.": "Orlen Land Registry",
    "Kuru Fire Brigade fought the blaze for nine hours. The brigade said a heater was to blame.": "Kuru Fire Brigade",
}
TOLD = {  # what the article told that it is
    "Passengers of Zephyra were stranded in Osk for two days. Zephyra, the country's flag carrier, cancelled 30 flights. "
    "The airline said crews had run out of hours.": "Zephyra",
    "Norvik is a maker of wind turbines with 2,300 workers in Hald. Norvik will build a second plant by 2030. The company "
    "said it had found a site.": "Norvik",
    "Hopelink, a charity that works with orphans in Dorra, has lost its licence. The charity said it had not been given a "
    "reason.": "Hopelink",
    "Anime studio Kumoda Works has begun rehiring after last year's blaze. It lost 12 people. “We will draw again,” the "
    "studio said.": "Kumoda Works",
    "About 3,000 drivers walked out on Wednesday. Rail Workers United, which represents most of them, has asked for 6 "
    "percent. The strike will go on until Friday, the union said.": "Rail Workers United",
    "Press Freedom Watch has recorded 42 attacks on reporters this year. The figure is a third higher than last year. "
    "“Impunity is the rule,” the watchdog said.": "Press Freedom Watch",
    "Madres del Río is an NGO that searches for missing people in San Bruno. The NGO said 300 graves had "
    "been found.": "Madres del Río",
    "Al Masar, the kingdom's largest daily, apologised on Sunday. The daily said the photograph had been altered.": "Al Masar",
    "Osk-based nonprofit Green Roofs planted 400 trees. Some were stolen. The group said it would plant more.": "Green Roofs",
    "The Freedom Alliance held its congress in Hald. Its leader Bo Rees was cheered. “We will win the north,” the party "
    "said.": "Freedom Alliance",
    "Childwell, the UN agency for children, sent tents. Childwell works in forty countries. The UN agency said 9,000 had no"
    " roof.": "Childwell",
    "The Tarvan army said it had taken the hill. The military said two soldiers were killed.": "Tarvan army",
}
SEVERAL = {  # those named side by side, or the two that spoke last
    "The National Food Agency and the Orlen Health Institute recalled three brands of baby milk on Friday. Parents should "
    "return the tins to the shop, the agencies said.": "National Food Agency; Orlen Health Institute",
    "Tallow Motors and Kolbe Steel will build a plant in Hald. “The first car will leave it in "
    "2031,” the companies said.": "Tallow Motors; Kolbe Steel",
    "The Orlen Teachers' Union and the Union of School Staff called a strike for Monday. Their members had waited long "
    "enough, the two unions said.": "Orlen Teachers' Union; Union of School Staff",
    "The Food Safety Authority and the Ministry of Health sealed a bakery in Kuru. Flour was full of beetles, the two "
    "agencies said.": "Food Safety Authority; Ministry of Health",
    "“The wedding is in May,” said the singer's agency Blue Note Stage. Her husband's "
    "management company Tallow Talent said the same on Friday. The agencies said no guests "
    "from the press would be let in.": "Blue Note Stage; Tallow Talent",
}
UNNAMED = {  # another was brought in, or a clause tells which
    "The ferry Morwen carried 40 people too many, Ilse Tarn said. The company denied that it had been warned.": None,
    "Three men died in a pit near Kuru on Friday. Northgate Bank had lent money for its expansion in 2019. The company "
    "which owns the mine said it was helping the families.": None,
    "Teva Oil has sold its stations to a rival, two people told reporters. The name of the buyer was not made known. "
    "A company spokesman declined to comment. The company that bought them said the deal would close in May.": None,
    "Boeing-style jets of the kind made by Aerodan were grounded after a crash in the hills. The plane belonged to a small "
    "airline. The airline said 44 people were on board.": None,
    "Ann Veld died in a hospital in Kuru on Sunday. Her firm, Veld Textiles, employs 400 people. The hospital said she had "
    "been ill for months.": None,
    "A charity that feeds the homeless was robbed at the weekend. Fernley Borough Council gave it a van last year. The "
    "charity said it would carry on.": None,
    "Ferran builds ships in Osk. A firm that supplies it with steel has gone bankrupt. The firm said it owed 4 million.": None,
    "The Orlen Football Federation fined a club from the north for racist chants. The club said it would appeal.": None,
    "Kuru Fire Brigade was called to a hotel at dawn. Guests stood in the snow. The hotel said an alarm had failed to"
    " ring.": None,
    "Tallow Insurance paid for the damage. The ship belonged to a small company from Kesh. The company that owned it said "
    "the captain was asleep.": None,
    "Melvik University studied the rivers of the province. A factory near Doru let dye into one of them. The company that "
    "runs the factory said the dye was harmless.": None,
    "Brightwater Minerals, Teva Oil, Kolbe Steel, Tallow Motors and Norvik Rail are the largest firms of the city. The "
    "companies said taxes were too high.": None,
    "The Orlen Bank raised its rates. Several banks in Varenga have closed branches this year. The banks said rents were "
    "too high.": None,
}
NAMED_STILL = {  # any one of a kind is no other
    "Norvik Rail has told its staff nothing. Under the law a company must inform them a month ahead. The company said it "
    "had done so.": "Norvik Rail",
}
WROTE = {  # who wrote the document; it goes on from it
    "Gasgruppen issued a statement on the leak late on Friday, while police in Hald sealed the street. Repair "
    "teams from Kolbe & Sons were at work. The statement went on to say that no gas had reached the houses.": "Gasgruppen",
    "The Kuru Human Rights Centre published a study of the camps in May. Guards beat the men, the study said. It said two "
    "had died.": "Kuru Human Rights Centre",
    "A survey that the Tallow Institute released on Monday shows that trust in judges is falling. Only one in five trusts "
    "them, the survey found.": "Tallow Institute",
    "Mothers skip meals, according to a report. The report, which was compiled by the Dorra Food Bank, says that 4,000 "
    "children go to bed hungry. “Nobody counts them,” the report says.": "Dorra Food Bank",
    "Ann Veld wrote a letter to the council in June. “You have let us down,” the letter said. It said the road was never "
    "finished.": "Ann Veld",
    "The Sarvani government in its Open Roads report said traffic had doubled. The report said tolls "
    "would rise.": "Sarvani government",
    "The Tamale Union Hospital (TUH) issued a statement on Monday. The statement signed by its "
    "deputy director Kofi Anan Mensa said wards were closed. The statement went on to say that "
    "nurses had left.": "Tamale Union Hospital",
    "The Brant Ferry Board (BFB) released a report on Friday. Two ferries are unsafe, the report said.": "Brant Ferry Board",
}
UNSIGNED = {  # documents that nobody is told to have written
    "Brightwater Minerals runs a quarry near Dorra. A statement was found at the gate on Sunday, signed with a black star. "
    "The statement said the machines would burn.": None,
    "Tellix shares rose on Monday. An anonymous report on its accounts has been passed around since last week. The report "
    "said sales were invented.": None,
    "Norvik Rail cancelled forty trains. A note was pinned to the door of the station in Hald. The note said the drivers "
    "were ill.": None,
    "Kolbe Steel is the main employer of the town. A leaflet and a letter without a name went round on Sunday. The letter "
    "said the furnace would shut.": None,
}
HOLDERS = {  # an office first, and then who holds it
    "The acting interior minister of Belmora visited the border on Friday. “The border is quiet,” Sefu Adan said. “No "
    "soldier has crossed it,” the acting minister said.": "Sefu Adan",
    "The interim head of the Orlen Coast Guard spoke to reporters in Hald. “Two boats are missing,” Inga Rosvik said. The "
    "interim head said the search would go on.": "Inga Rosvik",
}
PEOPLE = {  # people whom a body's noun stands beside
    "Tor Lund founded a firm in 2001. Lund, a party veteran, said the state was too slow. “It sleeps,” the party veteran "
    "said.": "Tor Lund",
    "The club Jana Odell coached has folded. Odell said the money was gone.": "Jana Odell",
    "Mira Kolm, the charity and the town agreed on a plan. Kolm said the house would open in May.": "Mira Kolm",
}
WHOLE = {  # a body's noun right before its name
    "“He is well,” announced the singer's management company Tallow Talent on Friday.": "Tallow Talent",
    "“We lost a friend,” said her club Karpos Rovers in a post.": "Karpos Rovers",
}
KINDS = {
    "headed": HEADED,
    "told": TOLD,
    "several": SEVERAL,
    "unnamed": UNNAMED,
    "named still": NAMED_STILL,
    "wrote": WROTE,
    "unsigned": UNSIGNED,
    "holders": HOLDERS,
    "people": PEOPLE,
    "whole": WHOLE,
}


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_which_body(nlp: Any, cases: dict[str, str | None]) -> None:
    assert {text: _named(doc._.quotes) for text, doc in zip(cases, nlp.pipe(cases), strict=True)} == cases


def _named(quotes: Any) -> str | None:
    """Who says the last words of a text, with those who said them too."""
    said = [[q.speaker_name, *(c.name for c in q.co_speakers)] for q in quotes if q.act == "speech"]
    return "; ".join(filter(None, said[-1])) or None


MADE_UP = [  # after which the body that speaks has no name, and none is made of the words around its noun
    "Police found the car and the council said it had been stolen.",
    "The firm denied the claims and the union said it would sue.",
    "The fire destroyed council offices. The council said nobody was hurt.",
    "The dog bit school staff on Monday. The school said it had been caught.",
    "The mayor visited party members. The party said it was pleased.",
    "The flood reached hospital wards and the ministry said two were shut.",
]


@pytest.mark.parametrize("text", MADE_UP)
def test_words_around_a_noun_are_no_name(nlp: Any, text: str) -> None:
    assert {q.speaker_name for q in nlp(text)._.quotes} == {None}

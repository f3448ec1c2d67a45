"""Kinds of words that look like speech and are none, and whom words stand for that name nobody, five of the press a kind."""

from __future__ import annotations

from typing import Any

import pytest

Said = list[tuple[str, str | None]]

TERMS: dict[str, Said] = {  # a law has words; nobody says them
    "Article 12 of the constitution speaks of “citizens”.": [],
    "The regulation uses the word “domicile” where the treaty says “residence”.": [],
    "The Act says “vessel”, not “ship”.": [],
    "The statute says “shall” in each of its clauses.": [],
    "The law says “may”, not “shall”, the Court of Appeal noted.": [("The law says “may”, not “shall”", "Court of Appeal")],
}
TAKEN_FOR: dict[str, Said] = {  # what a participle takes somebody for is not said by them
    "The dead, many of them believed to be migrants, were found near Zuwara.": [],
    "The suspects, thought to be from Pretoria, fled in a van.": [],
    "The vase, said to be worth two million kroner, was stolen.": [],
    "The two ships, reported to be carrying grain, left Odesa on Friday.": [],
    "A man believed to have set the fire was held in Split, police said.": [
        ("A man believed to have set the fire was held in Split", None)
    ],
}
GRANTED: dict[str, Said] = {  # what is won, given or refused tells no words
    "The bank denied him a loan. The guards denied the women entry.": [],
    "The goalkeeper denied Lund from close range.": [],
    "The minister denied the charge.": [("the charge", None)],
    "Bo Lund claimed the title with a late goal. She claimed asylum in Norden.": [],
    "Bo Lund claimed the title was his.": [("the title was his", "Bo Lund")],
    "The museum admits children free. Bo Lund admitted 40 patients to the ward.": [],
    "Bo Lund admitted workers had been underpaid.": [("workers had been underpaid", "Bo Lund")],
    "The board appointed Ann Veld as the bank's new chief executive.": [],
    "Villagers offer prayers to the river god each spring.": [],
    "Two boats were reported missing off Tarvo.": [],
}
DEVICES: dict[str, Said] = {  # initials stand for words, and a page asks whoever uses it
    "NRT stands for “Norden Rural Trust”.": [],
    "The letters, which stand for “public works board,” were painted over.": [],
    "The site will ask you to sign in first. The app asks you to enter your date of birth.": [],
    "The form asks whether you have been ill.": [("whether you have been ill", None)],
}
PRICES: dict[str, Said] = {  # labels before prices are no transcript
    "Costa Ricans: ₡1000 Foreigners: $5\n\nCosta Ricans: ₡800 Foreigners: $10\n\nCosta Ricans: ₡1600 Foreigners: $12": [],
    "Tarvo: 12 Norden: 9\n\nNorden: 14 Tarvo: 3\n\nTarvo: 20 Norden: 18": [],
}
PRONOUNS: dict[str, Said] = {  # according to her: the pronoun is no word of what is said
    "Security and education according to her are of paramount importance to the region.": [
        ("Security and education are of paramount importance to the region", None)
    ],
    "The welfare of pupils according to him is the first duty of a teacher.": [
        ("The welfare of pupils is the first duty of a teacher", None)
    ],
    "According to them their land was taken.": [("their land was taken", None)],
    "According to her doctor the leg was broken.": [("the leg was broken", None)],
}
PARTICIPLES: dict[str, Said] = {  # the main verb reports, not the participle of what speaks
    "Organisers of the contest urging children to write poems said 4,000 entries had come in.": [
        ("4,000 entries had come in", None)
    ],
    "Backers of the campaign asking drivers to slow down said 900 people had signed.": [("900 people had signed", None)],
    "Lund said residents urging the council to act were right.": [("residents urging the council to act were right", "Lund")],
}
BESIDE: dict[str, Said] = {  # what the paper tells beside a quotation
    "Ada Obi shouts, “Open the gate,” until shots are heard.": [("Open the gate,", "Ada Obi")],
    "Ada Obi says, “We are going down,” as smoke fills the cabin.": [("We are going down,", "Ada Obi")],
    "Ada Obi quipped about the report, “It weighs more than I do.”": [("It weighs more than I do.", "Ada Obi")],
    "Ada Obi wrote about the flood, “Nobody came. Nobody called.”": [("Nobody came. Nobody called.", "Ada Obi")],
    "“The veto will stand,” Senator Ivo Tanev, R-Burgas, said Tuesday.": [("The veto will stand,", "Ivo Tanev")],
}
TELLING_WORDS: dict[str, Said] = {  # a word of function in marks is a term, whoever uses it
    "The manual says “may”, not “must”.": [],
    "The handbook for pilots says “should”.": [],
    "“Maybe,” said Ada Obi.": [("Maybe,", "Ada Obi")],
}
NAMES: dict[str, Said] = {  # whom a verb of no side has for its object
    "Prime Minister Amina Diallo addressed the United Nations on Monday.": [],
    "Ada Obi debated Ivo Tanev in Plovdiv.": [],
    "Two thirds of those polled in Osaka voted for Kenji Mori.": [],
    "Most teachers in the north were supporters of Ivo Tanev.": [],
    "Kenji Mori criticised Ivo Tanev.": [("Ivo Tanev", "Kenji Mori")],
}
HOW_MUCH: dict[str, Said] = {  # how much was said, and not what
    "The minister said nothing about the missing money.": [],
    "Bo Lund said little about the deal, and left through a side door.": [],
    "The report says nothing of the miners who died.": [],
    "The king said not a word about the trial.": [],
    "Ada Obi said nothing had changed since May.": [("nothing had changed since May", "Ada Obi")],
    "Ada Obi said little could be done for the farmers.": [("little could be done for the farmers", "Ada Obi")],
    "Ada Obi said much about the mine remained unclear.": [("much about the mine remained unclear", "Ada Obi")],
    "“Nothing,” said Ada Obi.": [("Nothing,", "Ada Obi")],
}
THIS_WHEN: dict[str, Said] = {  # words that stand elsewhere
    "The Minister announced this when he sat with the Wells Committee of the council of Osk to explain the "
    "price of the new pump and the colour of its roof.": [],
    "The governor disclosed this while speaking to reporters in Ibora.": [],
    "This is the third such incident in Velmar Nadu reported this month.": [],
    "The mayor said this would not happen again.": [("this would not happen again", None)],
}
HOLDING: dict[str, Said] = {  # what there is
    "The government has come up with several measures. They include: a monthly allowance of 1,000 rupees; and several schemes in "
    "aid of women.": [],
    "Its plans include: new roads; two hospitals; and a port.": [],
}
DEEDS: dict[str, Said] = {  # what is done, not said
    "The fund supported widows in Gulu with seed, tools and goats.": [],
    "In March she assumed the post of finance minister.": [],
    "The governor congratulated the winners.": [],
    "The governor congratulated the winners on a clean race.": [("the winners on a clean race", None)],
    "The ministry in Suva announced the grant.": [],
    "The ministry in Suva announced a grant of two million dollars for ferries.": [
        ("a grant of two million dollars for ferries", None)
    ],
    "Last year, the Norden army ordered Tarvo-made drones, which are built under licence in Larne.": [],
    "The Tarvo army ordered the ship to leave.": [("the ship to leave", "Tarvo army")],
    "The findings echoed another survey made in March among pupils in Larne.": [],
    "The Tarvo First Nation named the calf Nuru.": [],
    "Ada Obi repeated the claim.": [],
    "Ada Obi repeated the claim that the votes were lost.": [("the claim that the votes were lost", "Ada Obi")],
}
ELSEWHERE: dict[str, Said] = {  # words that stand for what is told elsewhere
    "The board asked Ada Obi to resign, but she refused to do so.": [("to resign", None)],
    "They playfully mocked each other.": [],
    "The rivals from Pune and Delhi criticised one another.": [],
}
ANYONE: dict[str, Said] = {  # what one can say, nobody has said
    "One can say many things about the mayor of Porto.": [],
    "If one wants to cross the lake, one must rise early.": [],
    "Nobody can claim that the road to Jos is safe.": [],
    "One can call it luck, Ada Obi said.": [("One can call it luck", "Ada Obi")],
}
SEEN: dict[str, Said] = {  # what was seen is no thought, but for a view of things
    "We have seen a sharp fall in prices.": [],
    "Passengers noticed smoke in the cabin.": [],
    "Analysts in Seoul see a rise of 3 percent next year.": [("a rise of 3 percent next year", None)],
}
ALIASES: dict[str, Said] = {  # names in marks
    "Ivo Tanev wrote under the pseudonym “Captain Salt”.": [],
    "Ivo Tanev posted under the alias “Captain Salt”.": [],
    "The sailors knew the islands as “the dirty rocks”.": [],
}
ANYBODY: dict[str, Said] = {  # someone is nobody whom the article has named
    "Mayor Ada Obi met voters in Jos. Someone asked how she would pay for it.": [("how she would pay for it", None)],
    "Mayor Ada Obi met voters in Jos. Everyone agreed that the road was bad.": [("the road was bad", None)],
}
SEXES: dict[str, Said] = {  # a noun for one sex is nobody of the other
    "Peter Lund spoke first. He left early. The 34-year-old mother of three said the school was cold.": [
        ("the school was cold", None)
    ],
}

THINGS: dict[str, Said] = {  # what goes to show something says nothing
    "An episode from the Tarvo years shows why the treaty will be hard to keep.": [],
    "Fights across the valley suggest the province is close to war.": [],
    "The footage shared by the baker, Bo Lund, shows the man climbing over the counter.": [],
    "A survey of the valley shows that half of the wells are dry.": [("half of the wells are dry", None)],
    "The minister did not mention the second boat.": [],
}
MEANINGS: dict[str, Said] = {  # terms and headings that nobody says
    "In Larne “salty” is slang meaning “somebody who came over the water”, and nobody minds it.": [],
    "The town has lived for a year with the tired “will they or won’t they?” question over its bridge.": [],
    "“The mill is lost,” said Ann Veld.\n\n‘A gap in the fence’\n\nThe yard was sold in May, and the crew has left the town.": [
        ("The mill is lost,", "Ann Veld")
    ],
    "“The mill is lost,” said Ann Veld.\n\n‘We have lost the mill’\n\nThe yard was sold in May, and the crew has left.": [
        ("The mill is lost,", "Ann Veld"),
        ("We have lost the mill", None),
    ],
}
KINDS = {
    "what goes to show something": THINGS,
    "meanings and headings": MEANINGS,
    "terms of a law": TERMS,
    "what somebody is taken for": TAKEN_FOR,
    "labels before prices": PRICES,
    "granted": GRANTED,
    "devices": DEVICES,
    "a pronoun behind according to": PRONOUNS,
    "a participle before the verb": PARTICIPLES,
    "what is told beside a quotation": BESIDE,
    "pronouns for anybody": ANYBODY,
    "words of function": TELLING_WORDS,
    "bare names": NAMES,
    "how much was said": HOW_MUCH,
    "what there is": HOLDING,
    "words that stand elsewhere": THIS_WHEN,
    "what is done": DEEDS,
    "what is told elsewhere": ELSEWHERE,
    "what anyone can say": ANYONE,
    "what is seen": SEEN,
    "other names": ALIASES,
    "nouns for one sex": SEXES,
}


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_what_is_said(nlp: Any, cases: dict[str, Said]) -> None:
    docs = nlp.pipe(cases)
    read = {text: [(q.text, q.speaker_name) for q in doc._.quotes] for text, doc in zip(cases, docs, strict=True)}
    assert read == cases

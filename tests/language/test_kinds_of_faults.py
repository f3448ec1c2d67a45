"""What a wide reading of the press showed to be misread, by kind: text in, the speakers' names and the words out."""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

MEDIA: dict[str, Expected] = {  # who is cited speaks, not the paper
    "The minister, Karel Dvorak, was cited by the daily Tarvo Herald as saying that the army would stay.": [
        ("Karel Dvorak", "the army would stay")
    ],
    "General Musa Danladi was cited by Rulova News as saying the border was quiet.": [
        ("Musa Danladi", "the border was quiet"),
    ],
    "Lawmaker Ester Mbeki was quoted by state radio as saying “the vote was fair”.": [("Ester Mbeki", "the vote was fair")],
    "Mayor Rosa Quint was quoted by El Norte newspaper as saying the water was safe.": [("Rosa Quint", "the water was safe")],
    "Oil minister Hadi Karam was quoted by the Gulf Ledger as saying on Sunday that output would be cut.": [
        ("Hadi Karam", "output would be cut")
    ],
}
NOBODY: dict[str, Expected] = {  # reports without a subject
    "The council met. It was announced that the bridge would stay shut until May.": [
        (None, "the bridge would stay shut until May")
    ],
    "It was reported that two ferries had collided off Port Tallow.": [(None, "two ferries had collided off Port Tallow")],
    "It has been confirmed that the school in Larne will close.": [(None, "the school in Larne will close")],
    "It is alleged that the mayor took the money.": [(None, "the mayor took the money")],
    "It was later revealed on Tuesday that the mayor owned the land.": [(None, "the mayor owned the land")],
    "It was decided on Friday that the tax would rise. It was clear that nobody won.": [],
}
ACTS: dict[str, Expected] = {  # what is done to somebody tells no words
    "The report blamed the pilot. The mayor welcomed the guests.": [],
    "The city will welcome Pope Francis. The novel tells the story of a widow who leaves home.": [],
    "Officials offered no proof. The spokesman gave no further details.": [],
    "Elio Conti lifts a latch. “My aunt wove here, and her loom is still warm.”": [
        ("Elio Conti", "My aunt wove here, and her loom is still warm.")
    ],
    "Ann Veld welcomed the decision.": [("Ann Veld", "the decision")],
}
STRANDED: dict[str, Expected] = {  # a preposition at the end of a sentence belongs to it
    "Dean Marcus Webb said the exams would go on.": [("Marcus Webb", "the exams would go on")],
    "Sales go on, Ann Veld added.": [("Ann Veld", "Sales go on")],
    "He asked what it was made of.": [(None, "what it was made of")],
    "They told us which town he came from, Ann Veld said.": [("Ann Veld", "They told us which town he came from")],
    "Ann Veld said the lights were on.": [("Ann Veld", "the lights were on")],
}
AROUND: dict[str, Expected] = {  # a noun between commas says what stands around it
    "Rehn, said the statement, had built the mill.": [(None, "Rehn had built the mill")],
    "The road, said the spokeswoman, would open soon.": [(None, "The road would open soon")],
    "Veld, said the minister, knew of it.": [(None, "Veld knew of it")],
    "“I came,” said Lund, the old man.": [("Lund", "I came,")],
}
SEVERAL: dict[str, Expected] = {  # two of one surname, neither of whom is meant for sure
    "Lee Min-ho is the chief of the bank, and Lee Sang-woo runs its rival. Lee said rates would rise. “We must act,” Lee said.": [
        (None, "rates would rise"),
        (None, "We must act,"),
    ],
    "The judges Emil Pang Sun-wai and Tessa Pang Hoi-lam met in June. Pang said the term was too short. "
    "Reasons will follow, Pang said.": [(None, "the term was too short"), (None, "Reasons will follow")],
}
LETTERS: dict[str, Expected] = {  # letters behind a name, and titles that stand for it
    "Bo Lund’s advocate, Ina Pillay, SC, told the judges that nobody was above the law. On Monday, Ann Veld’s advocate, "
    "Dali Dube, SC, had argued before the court that Lund sought revenge.": [
        ("Ina Pillay", "nobody was above the law"),
        ("Dali Dube", "Lund sought revenge"),
    ],
    "Rachel Kyle, dean of the Norvik School, spoke first. “We did it,” concluded Dean Kyle.": [("Rachel Kyle", "We did it,")],
    "W/ro Almaz Tesfaye, the head of the bureau, said wells had dried up.": [("Almaz Tesfaye", "wells had dried up")],
    "A song by Harvest leader Jibril Omar Sowe made people laugh. They laughed when Jibril said that goats could vote.": [
        ("Jibril Omar Sowe", "goats could vote")
    ],
}
OTHER_NAMES: dict[str, Expected] = {
    "TV host Lakana Panwich, better known as Kham Pha, came out in his defence. “He did well,” Kham Pha wrote.": [
        ("Lakana Panwich", "He did well,")
    ],
    "Viktor Brandt (a.k.a. Boris Kranz) was freed. Kranz said he was glad.": [("Viktor Brandt", "he was glad")],
    "Crown Prince Mohammed bin Salem opened a city. Prince MBS said he wanted it ready by 2030.": [
        ("Mohammed bin Salem", "he wanted it ready by 2030")
    ],
    "The Bank of Rulova cut its rate. BoR said growth was slow.": [("Bank of Rulova", "growth was slow")],
}
BODIES: dict[str, Expected] = {  # a body is not what begins with its name, nor what anybody writes there
    "Tickets were sold. NAFU Ticketing said that seats were gone. “We are glad,” NAFU said.": [
        ("NAFU Ticketing", "seats were gone"),
        ("NAFU", "We are glad,"),
    ],
    "One Twitter post said the vote was a fraud.": [(None, "the vote was a fraud")],
    "The firm moved to Tarvo, Ministry of Trade records show.": [("Ministry of Trade", "The firm moved to Tarvo")],
    "Data on the station's Web site show that rain fell.": [(None, "rain fell")],
    "The FIR lodged in Tarvo says that Veld forged evidence.": [(None, "Veld forged evidence")],
}
SOURCES: dict[str, Expected] = {  # who speaks, where the words around hide it
    "After alleging that Norway carried out a strike near the town, the Danish government announced it will recall its envoy.": [
        ("Denmark", "Norway carried out a strike near the town"),
        ("Denmark", "it will recall its envoy"),
    ],
    "“It was raining,” (the driver) told the court.": [(None, "It was raining,")],
    "The ministry said the pier was sound. In winter, the ice boats have lamps for dark nights, it said.": [
        (None, "the pier was sound"),
        (None, "In winter, the ice boats have lamps for dark nights"),
    ],
    "Zorro Tunis, which sells fish, was sold. Tunis is old. Ana Turo ran it. “I slept,” she says.": [("Ana Turo", "I slept,")],
}
FIELDS: dict[str, Expected] = {  # an office of several fields, before its noun and behind it
    "The public relations, sales and brand manager of Sable Health Group (SHG) Farai Moyo said clinics would open.": [
        ("Farai Moyo", "clinics would open")
    ],
    "The sales, training and service director Ines Prado said orders had doubled.": [("Ines Prado", "orders had doubled")],
    "The company's staff, finance and legal head, Mei Tan, said nobody was hurt.": [("Mei Tan", "nobody was hurt")],
    "The minister of trade, industry and mines Kofi Badu said ports were open.": [("Kofi Badu", "ports were open")],
    "The energy, water and housing ministry said the dam was full.": [("energy, water and housing ministry", "the dam was full")],
    "The ministry for women, families and children said it would pay.": [
        ("ministry for women, families and children", "it would pay")
    ],
    "Ann Okoth, a poet and a nurse, said the road was shut.": [("Ann Okoth", "the road was shut")],
    "Police, firefighters and medics said the road was shut.": [(None, "the road was shut")],
}
HOLDERS: dict[str, Expected] = {  # a surname behind an office with its field
    "Minister of Health Okoro said the ward was safe.": [("Okoro", "the ward was safe")],
    "In reaction Minister of Tourism Usi said the park was open.": [("Usi", "the park was open")],
    "Minister of Finance and Planning Silva said debt had grown.": [("Silva", "debt had grown")],
    "Commissioner of Police Lar said the men were held.": [("Lar", "the men were held")],
    "The health spokesperson for one of the coastal tribes, Ngati Tore, Wiremu Paki said it was late.": [
        ("Wiremu Paki", "it was late")
    ],
    "The mayor of the twin towns, Sur and Lama, Nadia Haddad said the bridge was safe.": [
        ("Nadia Haddad", "the bridge was safe")
    ],
    "The lawyer for the family, Ruth Oduya, said they would appeal.": [("Ruth Oduya", "they would appeal")],
}
NOT_NAMES: dict[str, Expected] = {  # what stands beside a surname, and is no part of it
    "As a devout Christian Han fasts on Fridays. Chairman Han said the hall would open.": [("Han", "the hall would open")],
    "The actor, a young Christian Bell, said the film was fun. Christian Bell lives in Tarvo.": [
        ("Christian Bell", "the film was fun")
    ],
    "MAREK SPOKE for an hour. Pavel Marek leads the party. He said the party would win.": [
        ("Pavel Marek", "the party would win")
    ],
    "DUBOIS TOLD the court that the doctors were wrong.": [("DUBOIS", "the doctors were wrong")],
}
NO_BODY: dict[str, Expected] = {  # a person is no government and no company
    "London said the deal was done. The minister said more would come.": [
        ("United Kingdom", "the deal was done"),
        (None, "more would come"),
    ],
    "Peru left the talks, and the ambassador said they would go on.": [(None, "they would go on")],
    "Tallow Rail cut jobs. The chairman said trade was slow.": [(None, "trade was slow")],
}
BEFORE_COLON: dict[str, Expected] = {  # who stands before the verb, whose object stands before the colon
    "Gabriel Duran, head of a research centre, describes the effect of the cuts: “You have a governor with a phone.”": [
        ("Gabriel Duran", "You have a governor with a phone.")
    ],
    "Claver Osei, a retired keeper of lamps, also warns of the rocks: “Nobody should sail at night.”": [
        ("Claver Osei", "Nobody should sail at night.")
    ],
    "Tariq Aziz, who owns the mill, explained the delay: “The parts are stuck.”": [("Tariq Aziz", "The parts are stuck.")],
    "With a touch of pride, Ali Marquez, dean of the school, describes the year: “We built a hall.”": [
        ("Ali Marquez", "We built a hall.")
    ],
    "The union's lawyer, Ida Poll, outlined the next step: “We go to court.”": [("Ida Poll", "We go to court.")],
    "Gabriel Duran, head of a centre, describes the president: “He is a man of few words.”": [
        ("Gabriel Duran", "He is a man of few words.")
    ],
}
INVERTED: dict[str, Expected] = {  # a verb opens the sentence
    "Says Lund: “It was late.”": [("Lund", "It was late.")],
    "The road is shut. Said Okoro: “We had no choice.”": [("Okoro", "We had no choice.")],
    "Adds Mina Park: “There was no coal.”": [("Mina Park", "There was no coal.")],
    "Wrote Veld in May: “The bank is dry.”": [("Veld", "The bank is dry.")],
    "Bo Okoro runs the mill.\n\nSaid Okoro: “We had no choice.”": [("Bo Okoro", "We had no choice.")],
}
WHOLE: dict[str, Expected] = {  # the words as they stand, none of them left out or cut
    "MP Ada Obi urged Sheikh Omar Tahl to mend the wells.": [("Ada Obi", "to mend the wells")],
    "Ida Moe, a spokesperson for the parks, said in a statement that: “The lake is safe to swim in.”": [
        ("Ida Moe", "The lake is safe to swim in.")
    ],
    "According to the ministry, that plan was dropped in May.": [(None, "that plan was dropped in May")],
    "More than 40 shops have been opened to sell bread to people in Hefei, said the city's bureau of trade.": [
        ("city's bureau of trade", "More than 40 shops have been opened to sell bread to people in Hefei")
    ],
    "“Her list named the border town,” covering a tattoo and other things, the document says.": [
        (None, "“Her list named the border town,” covering a tattoo and other things")
    ],
}
PARTICIPLES: dict[str, Expected] = {  # what a participle adds is said by who has said the rest
    "Ada Obi told the House that the Harbour Fund is short of cash, adding that it may close.": [
        ("Ada Obi", "the Harbour Fund is short of cash"),
        ("Ada Obi", "it may close"),
    ],
    "Ivo Tanev said that “the press knows of the base,” specifying that “our land is not for sale.”": [
        ("Ivo Tanev", "the press knows of the base,"),
        ("Ivo Tanev", "our land is not for sale."),
    ],
    "“It burned,” said Peter Lund, a professor of law at the University of Bergen in Norway, who likened the vote to a fire.": [
        ("Peter Lund", "It burned,"),
        ("Peter Lund", "the vote to a fire"),
    ],
}
CUT: dict[str, Expected] = {  # where words begin and end
    "“We must close the gap,” Ada Obi said, continuing that, “as a government, we announce new steps.”": [
        ("Ada Obi", "We must close the gap,"),
        ("Ada Obi", "as a government, we announce new steps."),
    ],
    "We call on women's organisations to commit to their cause.": [(None, "to commit to their cause")],
    "Ada Obi said the river would crest on the second night, before falling back.": [
        ("Ada Obi", "the river would crest on the second night, before falling back")
    ],
    "That's according to members of the union. He is backed by 34% of voters in Split.": [],
}
LEADING: dict[str, Expected] = {  # who speaks, told behind the words or in the second half of a sentence
    "Noting that the bank's warnings had raised questions, Ada Obi said the rules would change.": [
        ("Ada Obi", "the bank's warnings had raised questions"),
        ("Ada Obi", "the rules would change"),
    ],
    "Plovdiv saw 13 of the 22 cases on Wednesday but Ivo Tanev, an employee at a mill, said he had stopped counting.": [
        ("Ivo Tanev", "he had stopped counting")
    ],
}
ACCENTS: dict[str, Expected] = {  # a name with and without its accents
    "César Delgado, a baker, left Havana. “I am free,” says Cesar.": [("César Delgado", "I am free,")],
    "Tomáš Novák runs the mill. Novak said it would close.": [("Tomáš Novák", "it would close")],
}
KIN: dict[str, Expected] = {  # who is there but to tell whose child or widow another is
    "Wei Long, son of the tycoon Wei Guang, left on Monday. Wei said he was tired.": [("Wei Long", "he was tired")],
    "Ama Obi, the daughter of former president Kojo Obi, spoke. Obi said the road was shut.": [("Ama Obi", "the road was shut")],
    "Mira Lund, widow of the painter Jan Lund, came. “He would have laughed,” Lund said.": [
        ("Mira Lund", "He would have laughed,")
    ],
}
APPOSED: dict[str, Expected] = {  # a name behind a role that begins with a body's name
    "One delegate, Labour Party chairwoman Nancy Orr, said the vote was lost. “We are done,” she said.": [
        ("Nancy Orr", "the vote was lost"),
        ("Nancy Orr", "We are done,"),
    ],
    "A colleague, Kenya Airways captain Ruth Odhiambo, said the plane was old.": [("Ruth Odhiambo", "the plane was old")],
}
TURNED_TO: dict[str, Expected] = {  # who asks is who turned to somebody, not whom
    "Lund wrote to the Tallow council demanding that the road be closed.": [("Lund", "the road be closed")],
    "Bo Rees contacted the Chinese government requesting that ships be sent.": [("Bo Rees", "ships be sent")],
    "Residents have written to the water board demanding that pipes be mended.": [(None, "pipes be mended")],
}
IN_WRITING: dict[str, Expected] = {  # a verb behind another with the same subject
    "Lund met Park at her home, and in a letter wrote that she was “certain to lead”.": [("Lund", "she was “certain to lead”")],
    "Taro Abe visited the mine, and in a post said that nobody was hurt.": [("Taro Abe", "nobody was hurt")],
}
DETERMINER: dict[str, Expected] = {  # *that* before a noun that needs one is a part of what is said
    "Lund said that sort of thing happens every year.": [("Lund", "that sort of thing happens every year")],
    "Lund said that year was the worst.": [("Lund", "that year was the worst")],
    "Lund said that country had broken its word.": [("Lund", "that country had broken its word")],
    "Lund said that trains would run.": [("Lund", "trains would run")],
    "Lund said that part of the road would stay shut.": [("Lund", "part of the road would stay shut")],
}
FACTIONS: dict[str, Expected] = {  # letters behind a party's name that tell which party, and those that abbreviate it
    "According to JD(S), the survey was early.": [("JD(S)", "the survey was early")],
    "The NCP (SP) said it would stay.": [("NCP (SP)", "it would stay")],
    "The Muslim League (N) said it would sit in opposition.": [("Muslim League (N)", "it would sit in opposition")],
    "The Tarvo Green Party (TGP) said it would run.": [("Tarvo Green Party", "it would run")],
}
OTHER_OFFICE: dict[str, Expected] = {  # a noun for another office, or trade, than the one who is named has
    "Justice Karl Brandt found the law unsound. “It was a poor case,” Justice Brandt said.\n\nMeanwhile, the Premier said "
    "he was angry when the plant was closed.": [
        ("Karl Brandt", "It was a poor case,"),
        (None, "he was angry when the plant was closed"),
    ],
    "DPP Salma Rahim told the court that an officer took gifts in June.\n\nThe defendant admitted to having pocketed the "
    "money.": [("Salma Rahim", "an officer took gifts in June"), (None, "to having pocketed the money")],
    "Historian Ada Moll says the island was a prison. “It turned into a field of graves,” she says.\n\nIn 1846, the governor "
    "ordered an inquiry into cruelty at the camp.": [
        ("Ada Moll", "the island was a prison"),
        ("Ada Moll", "It turned into a field of graves,"),
        (None, "an inquiry into cruelty at the camp"),
    ],
    "President Omar Diallo sent soldiers to the square in the capital. He told the crowd to go home.\n\nThe bishop from the "
    "parish of Tarvo said the people were afraid.": [("Omar Diallo", "to go home"), (None, "the people were afraid")],
    "Assemblyman Rolf Aliaga lost his seat. Aliaga spoke for an hour.\n\n“I did nothing wrong,” the parliamentarian said.": [
        ("Rolf Aliaga", "I did nothing wrong,")  # who may be an assemblyman
    ],
}
UNNAMED: dict[str, Expected] = {  # *she* after somebody unnamed spoke, and nobody has been named since
    "Mayor Ann Veld closed the school in May. Veld said the roof was unsafe.\n\nOne of the mothers said the news came late. "
    "“Nobody told us,” she said.": [
        ("Ann Veld", "the roof was unsafe"),
        (None, "the news came late"),
        (None, "Nobody told us,"),
    ],
    "The judge Ada Brill freed the man. One victim said the ruling hurt. “I was not heard,” she added.": [
        (None, "the ruling hurt"),
        (None, "I was not heard,"),
    ],
    "Minister Bo Lund opened the road. A reporter asked whether it was dear. “It was cheap,” he said.": [
        (None, "whether it was dear"),
        ("Bo Lund", "It was cheap,"),
    ],
    "Minister Bo Lund opened the road. A fan told him that he was great. He said he knew.": [
        (None, "he was great"),
        ("Bo Lund", "he knew"),
    ],
}
SHORT_BEHIND: dict[str, Expected] = {  # a name behind what abbreviates the body before it
    "The president of the Lower House of Tarvo (LHT), Marta Ruiz Odell, said the bill would pass.": [
        ("Marta Ruiz Odell", "the bill would pass")
    ],
    "The head of the Tarvo Food Agency (TFA), Dr. Ilse Kern, told reporters that the milk was safe.": [
        ("Ilse Kern", "the milk was safe")
    ],
}
FULL: dict[str, Expected] = {  # a name by its fullest form: of one told by initials, behind a short form, misprinted
    "The doctors met President Andrés Manuel Ortiz Obregón (AMOO) in the north.\n\n“They will come,” AMOO said. The President "
    "said that the clinics were ready.": [
        ("Andrés Manuel Ortiz Obregón", "They will come,"),
        ("Andrés Manuel Ortiz Obregón", "the clinics were ready"),
    ],
    "The United Nations Rivers Programme said the river rose. Later the UN Rivers Programme said it would send boats.": [
        ("United Nations Rivers Programme", "the river rose"),
        ("United Nations Rivers Programme", "it would send boats"),
    ],
    "Dr. Cassia Ato Forsman left early. The claim was false, Dr. Cassia Ato Forsmann said.": [
        ("Cassia Ato Forsman", "The claim was false")
    ],
    "Ivan Petrov left early. The claim was false, Anna Petrova said.": [("Anna Petrova", "The claim was false")],
    "The order left Gideon Wilbersh no choice. “Send Wilbersh to Tarvo!” the ruler said. Wilbersh wrote that he went.": [
        (None, "Send Wilbersh to Tarvo!"),
        ("Gideon Wilbersh", "he went"),
    ],
    "The clinic is shut. Last year the Kingdom has announced that it would pay.": [(None, "it would pay")],
    "Tarvo's Secretary of Justice Piet Hals said the court would open.": [("Piet Hals", "the court would open")],
    "Tallow lost. Second Deputy Minister of Justice Clara Tello said that judges must learn.": [
        ("Clara Tello", "judges must learn")
    ],
}
KINDS = {
    "other office": OTHER_OFFICE, "unnamed": UNNAMED, "short behind": SHORT_BEHIND, "full": FULL,
    "whole words": WHOLE, "participles": PARTICIPLES, "kin": KIN, "apposed": APPOSED,
    "cut": CUT, "leading": LEADING, "accents": ACCENTS,
    "media": MEDIA, "nobody": NOBODY, "acts": ACTS, "stranded": STRANDED, "around": AROUND, "several": SEVERAL,
    "letters": LETTERS, "other names": OTHER_NAMES, "bodies": BODIES, "sources": SOURCES,
    "fields": FIELDS, "holders": HOLDERS, "not names": NOT_NAMES, "no body": NO_BODY,
    "before a colon": BEFORE_COLON, "inverted": INVERTED,
    "turned to": TURNED_TO, "in writing": IN_WRITING, "determiner": DETERMINER,
    "factions": FACTIONS,
}  # fmt: skip


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_who_says_what(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases


ROLES = {
    "Norvik’s Eastern Command said the ship had left.": None,
    "Norvik - After President Karel Onda’s speech nobody wept. Onda said that he would stay.": "President",
    "The eponymous Harkan described the tour as “very nice”.": None,
    "The general secretary of the Brant Nurses' Union (BNU) Olga Finn said nurses would strike.": (
        "general secretary of the Brant Nurses' Union (BNU)"
    ),
    "The Minister of Justice Ana Roble said the court would open.": "Minister of Justice",
    "Speaking on Friday, July 22, 2022 Vice President Okoro said the port was late.": "Vice President",
    "Ann Veld, now in exile, said she would return.": None,
    "Bo Rees, now chief of the port, said it was shut.": "now chief of the port",
    "Youth differ, according to the newly released “2022 Global Youth Report”.": None,
}


def test_roles(nlp: Any) -> None:
    told = {text: [q.speaker_role for q in doc._.quotes] for text, doc in zip(ROLES, nlp.pipe(ROLES), strict=True)}
    assert told == {text: [role] for text, role in ROLES.items()}

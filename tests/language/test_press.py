"""Names as the press of many countries prints them, by kind of what may mislead: text in, the names of the speakers out."""

from __future__ import annotations

from typing import Any

import pytest

Expected = list[str | None]

OFFICES: dict[str, Expected] = {  # an office with what it is of, before a name with a title
    "The Under-Secretary-General for Wells and Old Harbours Dr. Salim bin Rashed Al-Mutawa said "
    "that the gates would open. “We are ready,” he added.": ["Salim bin Rashed Al-Mutawa", "Salim bin Rashed Al-Mutawa"],
    "Secretary-General of the Union of Gulf Chambers (UGC) Dr. Fahad Nasser Al Rumaihi stressed that trade would grow.": [
        "Fahad Nasser Al Rumaihi"
    ],
    "Tarvian Chief of Police General Jorge Luis Vega explained that a team had been sent.": ["Jorge Luis Vega"],
    "The Minister of State for the Environment and Wildlife Mr Kofi Adjei-Mensah said the park would "
    "open. He said it was time.": ["Kofi Adjei-Mensah", "Kofi Adjei-Mensah"],
    "The Permanent Secretary of the Ministry of Works Engr. Tunde Balogun warned that the bridge was unsafe.": ["Tunde Balogun"],
    "The Chairman of the Committee for Foreign Affairs Senator Ruth Achieng said the treaty was sound.": ["Ruth Achieng"],
    "“The work goes on,” said the Director of the Institute of Marine Sciences Prof. Dinesh Perera.": ["Dinesh Perera"],
    "The Assistant Undersecretary for Public Services at the Ministry of Health Dr Mona Al-Khatib "
    "announced that the clinics would open.": ["Mona Al-Khatib"],
}
ACCORDING: dict[str, Expected] = {  # according to somebody, a name begins what is said
    "According to the organisers, Lund and Brekke agreed to meet again. Arne Lund and Ole Brekke are skiers.": [None],
    "According to Foreign Ministry officials, Oyelaran and Boateng agreed that time was short.": [None],
    "According to the newest weather report, Pavel Emil Orme sailed into a storm.": [None],
    "According to the agencies, Park and Cho first met at a show.": [None],
    "According to the police statement, Anita Desai left the house at ten.": [None],
    "According to the captain, Dafydd Orme, the boat was sound.": ["Dafydd Orme"],
    "According to his lawyer, Amina Yusuf, the case is weak.": ["Amina Yusuf"],
    "According to the UEO, the soldier died after a fight broke out.": ["UEO"],
    "According to the mayor, Teresa Lima will lead the council.": [None],
}
SURNAMES: dict[str, Expected] = {  # two people of one surname
    "Kim Dae-won was shot at sea. His family's lawyer Kim Sun-ho filed a suit. Kim said the documents were secret.": [
        "Kim Sun-ho"
    ],
    "Lee Jun-seo died in the fire. His brother, Lee Min-kyu, came to the hall. “I want the truth,” Lee said.": ["Lee Min-kyu"],
    "Judge Derek Pang and Judge Anthea Pang heard the appeal. Pang said the sentence was too low.": [None],
    "Peter Hadley and his wife Susan Hadley were at home. “He opened the door,” Mrs Hadley said. “It was "
    "dark,” Mr Hadley said.": ["Susan Hadley", "Peter Hadley"],
    "The fire killed Tomas Nuyoma, his son Petrus Nuyoma said. Nuyoma said nobody came.": ["Petrus Nuyoma", "Petrus Nuyoma"],
    "Christian Cho is a singer. Chairman Cho Jae-min runs the works. “Salt is life,” Chairman Cho said.": ["Cho Jae-min"],
    "Maria Okafor was a nurse. Her daughter, Grace Okafor, told the court that she was kind. Okafor said she missed her.": [
        "Grace Okafor",
        "Grace Okafor",
    ],
}
PRODUCTS: dict[str, Expected] = {  # a body and what it makes or publishes
    "Google Translate will add ten languages. “We thank the teachers,” the company said. Google said the tool would help.": [
        "Google",
        "Google",
    ],
    "The Norvik Index fell in May. Norvik said the index was at its lowest.": ["Norvik"],
    "Tallow Pay was shut on Monday. Tallow said that the app would be back.": ["Tallow"],
    "The Orbis Global Survey was published on Friday. Orbis said that fear was growing.": ["Orbis"],
    "Users of Zuno Maps complained. Zuno said the fault was mended.": ["Zuno"],
}
OTHERS: dict[str, Expected] = {  # the other one is not the one who was named
    "Gisela Quispe studies. She said she was glad. The other young woman said that she could not study.": ["Gisela Quispe", None],
    "Mayor Ann Veld said the road was safe. Another mayor said it was not.": ["Ann Veld", None],
    "Minister Omar Haddad said the talks went well. The other minister said they had failed.": ["Omar Haddad", None],
    "Nurse Joy Mwale said the ward was full. A second nurse said there were no beds.": ["Joy Mwale", None],
    "Lawyer Nisha Rao said he was innocent. The other lawyer said nothing was proved.": ["Nisha Rao", None],
    "Tallow Bank said fees would rise. The other bank said it would wait.": ["Tallow Bank", None],
}
HEARERS: dict[str, Expected] = {  # the subject of a passive hears
    "Bo Lund had one boot in the boat when he was warned that its planks were rotten.": [None],
    "Ann Veld was told that her visa had expired.": [None],
    "Minister Ravi Menon was advised that the dam was unsafe.": [None],
    "Judge Clara Osei has been assured that the files are complete.": [None],
}
ROLES: dict[str, Expected] = {  # a role told with a body or by another noun
    "EsVida Executive-President Gino Duarte expressed concern about the growing trend. The EsVida head "
    "pointed out that cases doubled. He said there were 140 deaths.": ["Gino Duarte", "Gino Duarte", "Gino Duarte"],
    "Imran Sethi, chairman of the Pakistan Unity Party (PUP), came to Lahore. The PUP chairman said he would go to court.": [
        "Imran Sethi"
    ],
    "Obaid Karim is general secretary of the Awami Front (AF). “We will talk,” the AF general secretary said.": ["Obaid Karim"],
    "GSC Secretary-General Nayef Al Harbi opened the meeting. The Secretary-General said that it was time.": ["Nayef Al Harbi"],
    "The Minister of Rivers showed the lock to the Ambassador of Norland to Tarvo, Dr Mirel Anna "
    "Sandu. The gates are heavy, the Ambassador stated.": ["Mirel Anna Sandu"],
    "As for the Egyptian Ambassador, Dr Hoda Samir, she indicated that ties were good. “We are glad,” the Ambassador said.": [
        "Hoda Samir",
        "Hoda Samir",
    ],
    "The programme was opened by the Minister of Agriculture, Enrique Pardo. “It will help,” said the "
    "official. The official assured that trees would grow.": ["Enrique Pardo", "Enrique Pardo"],
    "The Minister of Tourism, Morena Vidal, visited the beach. The official predicted a good year.": ["Morena Vidal"],
    "Michael Aboagye, Head of the Central Bank of Tarvo (CBT), was there. CBT's governor stated that rates would rise.": [None],
}
TITLES: dict[str, Expected] = {  # titles and offices in capitals
    "Ato Girma Wolde, general manager of the works, said the dam was full. “It is good,” Ato Girma said.": [
        "Girma Wolde",
        "Girma Wolde",
    ],
    "IO Monirul Haque told reporters the case was solved. “He ran,” the IO said.": ["Monirul Haque", "Monirul Haque"],
    "Capt. Thanawat Srisai claimed that money was paid. “No,” Cap Thanawat said.": ["Thanawat Srisai", "Thanawat Srisai"],
    "Health CS Mutua Kagwe opened the ward. The Health CS said nurses would come.": ["Mutua Kagwe"],
    "Sarpanch Ramesh Yadav said the well was dry.": ["Ramesh Yadav"],
    "MLA Zaheer Khan said it was late. “We wait,” the MLA said.": ["Zaheer Khan", "Zaheer Khan"],
    "Delhi LG Vikram Saxena wrote to the ministry. The LG recommended that it look into the matter.": ["Vikram Saxena"],
}
FIELDS: dict[str, Expected] = {  # a ministry by its field alone
    "The Ministry of Agriculture will plant trees. Agriculture stated that 35 technicians were sent.": [
        "Ministry of Agriculture"
    ],
    "The Ministry of Health opened a ward. Health said the beds were new.": ["Ministry of Health"],
    "Officials of the Ministry of Finance met. Finance reported that taxes rose.": ["Ministry of Finance"],
}
DOCUMENTS: dict[str, Expected] = {  # documents of nobody who was named
    "Prosecutors filed a court document in Oregon. The document says Bo Lund fled.": [None],
    "Partha Sen was arrested. The seizure list shows that there was cash.": [None],
    "The Prevention of Fraud Act was passed in 2002. The agency suspects that money was moved.": [None],
    "The decree, carrying the seals of President Rehn and the Minister of Rivers, indicates that boats must be tied.": [None],
    "The letter, signed by director Tom Mushava, said that patients must wait.": ["Tom Mushava"],
    "Ann Veld was convicted. The indictment says that she lied.": [None],
}
ACTORS: dict[str, Expected] = {  # those who do something to a name
    "Prosecutors representing the United States want Dawn Weller detained.": [None],
    "Lawyers for Norway said the claim was false.": [None],
    "Workers opposing Tallow Bank said fees were high.": [None],
    "Families suing Borealis Airways said they were misled.": [None],
    "Protesters carrying pictures of Omar Haddad said he was innocent.": [None],
}
LISTED: dict[str, Expected] = {  # offices of several fields
    "So spoke the minister of harbours, rural roads and trade, Uno Nangolo, in a tent. The minister said that jobs were few.": [
        "Uno Nangolo"
    ],
    "The Minister of Culture, Youth and Sports, Ana Ferreira, opened the hall. “It is new,” the minister said.": ["Ana Ferreira"],
    "The secretary of agriculture, livestock and fisheries, Juan Bordet, came. “Rain is late,” the secretary said.": [
        "Juan Bordet"
    ],
    "The commissioner for health, water and the environment, Bisi Ojo, left. The commissioner said it was late.": ["Bisi Ojo"],
    "The director of planning, housing and transport, Lena Moyo, spoke. The director said roads were bad.": ["Lena Moyo"],
}
BARE: dict[str, Expected] = {  # an office alone, with the body's initials
    "GSC Secretary-General of the Gulf Sports Council (GSC) Dr. Nayef Al Harbi opened the hall. GSC "
    "Secretary-General said that it was time. He was glad, he said.": ["Nayef Al Harbi", "Nayef Al Harbi"],
    "Secretary-General of the Lake Basin Forum (LBF) Dr. Amos Otieno met farmers. LBF Secretary-General said rain was late.": [
        "Amos Otieno"
    ],
    "Vice Chancellor of Brega State University (BSU) Prof. Adaeze Obi left. BSU Vice Chancellor said that fees would fall.": [
        "Adaeze Obi"
    ],
    "The Managing Director of Tarvo Ports Authority (TPA) Mr. Kwame Asante spoke. TPA Managing Director said ships were late.": [
        "Kwame Asante"
    ],
    "Environmental engineer Javier Llosa told the paper that water was low.": ["Javier Llosa"],
}
GENERIC: dict[str, Expected] = {  # bodies of no own name
    "Flights will stop, the regulatory agency said.": [None],
    "Nothing was proved, the apex court said.": [None],
    "Costs will rise, the parent company said.": [None],
    "Members are tired, the umbrella body said.": [None],
    "The advocacy group said more were held.": [None],
    "The Harbour Regulatory Agency (HRA) met. Fees will rise, the regulatory agency said.": ["Harbour Regulatory Agency"],
    "The electoral commission said it was late.": ["electoral commission"],
}
PLACES: dict[str, Expected] = {  # an office in capitals with its place
    "Chandpur MLA Zafar Khan came. Chandpur MLA said that the road was bad.": ["Zafar Khan"],
    "Lakeside MCA Grace Wanjiru spoke. Lakeside MCA said the well was dry.": ["Grace Wanjiru"],
    "Tarvo DC Imran Baig visited. Tarvo DC said that shops would shut.": ["Imran Baig"],
    "Health CS Mutua Kilonzo opened it. Health CS said nurses would come.": ["Mutua Kilonzo"],
}
HOLDERS: dict[str, Expected] = {  # a name that is only the end of the noun phrase which speaks
    "The decree, carrying the seals of President Rehn and the Minister of Rivers Iva Berros, "
    "indicates that boats must be tied.": [None],
    "The order, signed in the name of Judge Clara Osei, says that the house is sealed.": [None],
    "The petition, bearing the names of Ann Veld and Bo Lund, said that the road was unsafe.": [None],
    "A poster, showing the face of Omar Haddad, said that he was free.": [None],
    "The captain of Tarvo United, Dafydd Orme, said that it was late.": ["Dafydd Orme"],
}
ITEMS: dict[str, Expected] = {  # what a programme lists behind names is no speech
    "Orme: Felt Hats (May 2 to 6) - On the first of the evenings, visitors will press wool.": [],
    "Bouchard: Fabric Patterning & Design (August 28 to 1) - In the final week, guests will print on fabric.": [],
    "Ana Prado: Bread and Salt – A talk in which visitors learn to bake.": [],
    "Oyelaran: The River Project (May 3) – Visitors will plant trees along the bank.": [],
    "Lund: Songs of the Sea (Hall 2, 7 pm) – The choir will sing the old songs.": [],
}
JUSTICE: dict[str, Expected] = {  # a body that ends like an office, and what else stands before a name
    "A fine will be imposed, Ministry of Justice said in a post.": ["Ministry of Justice"],
    "The Department of Justice said it would appeal.": ["Department of Justice"],
    "The Court of Justice said the law was void.": ["Court of Justice"],
    "According to a specialist in labour affairs Bassam Al-Hajri, visas were few.": ["Bassam Al-Hajri"],
    "A researcher in gender studies Mona Lindt said men spoke more.": ["Mona Lindt"],
    "An expert on water rights Juan Teira said the river was dry.": ["Juan Teira"],
    "The Zuno Resale Platform opened. Zuno said tickets were dear.": ["Zuno"],
    "The supported projects aim to feed people of the region. — SPA": [],
}
KINDS = {
    "an office with what it is of, before a name with a title": OFFICES,
    "according to somebody, a name begins what is said": ACCORDING,
    "two people of one surname": SURNAMES,
    "a body and what it makes or publishes": PRODUCTS,
    "the other one is not the one who was named": OTHERS,
    "the subject of a passive hears": HEARERS,
    "a role told with a body or by another noun": ROLES,
    "titles and offices in capitals": TITLES,
    "a ministry by its field alone": FIELDS,
    "documents of nobody who was named": DOCUMENTS,
    "those who do something to a name": ACTORS,
    "offices of several fields": LISTED,
    "an office alone, with the body's initials": BARE,
    "bodies of no own name": GENERIC,
    "an office in capitals with its place": PLACES,
    "a name that is only the end of the noun phrase which speaks": HOLDERS,
    "what a programme lists behind names is no speech": ITEMS,
    "a body that ends like an office, and what else stands before a name": JUSTICE,
}


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_kind(nlp: Any, cases: dict[str, Expected]) -> None:
    docs = nlp.pipe(cases)
    assert {text: [q.speaker_name for q in doc._.quotes] for text, doc in zip(cases, docs, strict=True)} == cases

"""Where sentences end: each case is a paragraph with a bar between its sentences."""

from __future__ import annotations

import pytest

from onrecord.text.sentences import sentence_spans

CASES = [
    # plain ends
    "Ann Veld left.| Bo Lund stayed.",
    "Who left?| Nobody knows.",
    "They cheered!| The band played.",
    "It rained…| Then it stopped.",
    "He paid for it. and left.",
    "She bought shares.| iPhone sales had risen.",
    "The ferry sank.\nRescuers came.".replace("\n", "|\n"),
    # titles and ranks
    "Mr. Veld and Mrs. Lund met Dr. Orme.| They ate.",
    "Lt. Gen. Asha Rao spoke.| So did Maj. Lund.",
    "Sen. Ida Brenn and Gov. Bo Lund agree.",
    "Smt. Asha Rao of Kasra won.| Shri. Dev Rao lost.",
    "Dy. Commr. Dev Rao opened the bridge.",
    "Md. Karim Uddin rowed home.",
    "Cllr. Tom Pell and Rev. Ann Rees prayed.",
    "Barr. Chidi Eze and Engr. Bola Ade sued.",
    "The Hon. Ilse Tarn, Sgt. Pell and Supt. Orme came.",
    "Atty. Rosa Cruz filed it.| Judges wait.",
    "St. Brenn is north of Ft. Orme.",
    # initials
    "J. Smith and J.K. Veld wrote it.",
    "Ann V. Rees, a baker, left.",
    "George W. Lund ran.",
    "They took Vitamin C. It helped.".replace("C. It", "C.| It"),
    "He was late and so was I.| Veld was not.",
    "Robert F. “Buddy” Veld sang.",
    # countries and cities
    "The U.S. President spoke.",
    "She lives in the U.S.| The family stayed behind.",
    "He left the U.K.| But he came back.",
    "They sold it to the U.S.| Reacting to the vote, Veld left.",
    "The U.S. Shipping Board met.",
    "He was seen in the U.S.| Sheriff Bo Lund said he had fled.",
    "It works, said Ann Veld Jr.| Nurse Ada Lind said it did not.",
    "On Monday Tarn Inc. Chairman Ada Lind said it did not.",
    "He works for Tarn Corp.| Ebo Lind said he did not.",
    "At Tarn Ltd. Director Ebo Lind said it did not.",
    "U.N. Secretary Bo Lund and U.S. Army officers met.",
    "They met in Washington, D.C.| In Tarvo, nobody cared.",
    "He studied in the U.S. and the U.K. before that.",
    "They sell it in the U.S.| “People want it,” she said.",
    "It moved to Tarvo, Calif., in May.",
    "It lies near Halden, Mass.| The town is small.",
    # times
    "It begins at 9 a.m. Monday in Tarvo.",
    "It ended at 5 p.m.| Police had left.",
    "Doors open at 7 p.m. Eastern time.",
    "He called at 6.30 p.m. and again at 8 p.m.| Nobody answered.",
    "They met at 8 p.m. GMT.| Then they slept.",
    # companies, suffixes, streets
    "Veld Inc. Chief Executive Bo Lund resigned.",
    "He works for Veld Inc.| It makes boats.",
    "Rao Pvt. Ltd. Director Asha Rao agreed.",
    "Lund & Co. said so.| The shares fell.",
    "Tom Pell Jr.| He is ten.".replace("Jr.| He", "Jr. left.| He"),
    "The award went to Tom Pell Jr.| He is ten.",
    "They live on Main St.| The rent is low.",
    "They live near Main St. Bridge.",
    "She has a Ph.D. in law.| He has none.",
    # numbers and lists
    "It cost Rs. 500 and then Rs. 700.| Nobody paid.",
    "It is No. 10 on the list.",
    "He signed law no. 132 of 2021.| Under decree no. 45 the port shut.",
    "The answer was no.| 40 people stayed.",
    "“Will you go?”| “No.| We stay.”",
    "See Art. 5 and pp. 12-14.",
    "On Jan. 5 it snowed.| By Feb. 2 it had gone.",
    "They came in Sept.| Nobody saw them.",
    "It grew by 3.5 per cent to 4.25 million.| Exports fell.",
    "1. The council meets.",
    "(2) The council meets.| 3. It votes.",
    "The flood was in 1999.| The council moved.",
    # abbreviations within
    "Tarvo vs. Halden was dull.",
    "Fruit, e.g. Halden apples, and nuts, i.e. Tarvo walnuts, sold.",
    "In Veld v. Lund the court agreed.",
    "It weighs approx. 20 kilos, est. 30 with water.",
    "They brought bread, fish, etc.| The children ate.",
    # quotations, brackets, ellipses
    "“We go,” he said.| “It is late.”",
    "“Why?” he asked.",
    "“Why?” Ann Veld asked.| Nobody knew.",
    "“Stop!” shouted Bo Lund.",
    "“Who goes?”| The hall was silent.",
    "‘We go.’| She left.",
    "He left (nobody saw him.)| She stayed.",
    "He called it “a farce.”| Others agreed.",
    "“We go . . . and we stay,” he said.",
    "“We hoped ...| We prayed,” he said.",
    "“Well... maybe,” she said.",
    "“We hoped. ...| They prayed,” he said.",
    "“It worries them. …| Others too.”",
    "They met at 9 p.m. E.S.T. in Tarvo.",
    "He left.” | She stayed.".replace("” | ", "”| "),
    # names with marks, addresses
    "Yahoo! Inc. bought it.",
    "He works at Yahoo!| The firm is old.",
    "Yahoo! said so.",
    "Read it at www.tarvo.example.| The page is new.",
    "Write to ann.veld@tarvo.example or visit tarvo.example/a.b for more.",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences(case: str) -> None:
    text = case.replace("|", "")
    assert [text[s:e] for s, e in sentence_spans(text, 0, len(text))] == [part.strip() for part in case.split("|")]

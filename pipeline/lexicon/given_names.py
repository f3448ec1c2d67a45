"""What given names hint at: a gender, which a hint never decides alone."""

from __future__ import annotations


def hinted_gender(name: str) -> str | None:
    """What a given name hints at, which decides nothing alone."""
    first = name.split(" ")[0].lower()
    if first in _FEMALE:
        return "f"
    if first in _MALE:
        return "m"
    return None


_FEMALE = frozenset(
    """
    abena abigail adaeze adwoa agnieszka aisha akua alice ama amanda amara amber amelie amina amy anastasia andrea
    angela anjali ann anna anne aoife ashley astrid aysha barbara beata benazir betty beverly birgitta brenda bridget
    brittany camille carmen carol catherine celine charlotte cheryl chiara chimamanda chloe christina christine claire
    cynthia céline daisy danielle darlene deborah debra deepa delphine denise diana diane dolores donna doris eimear
    ekaterina elena elin elisa elizabeth ella emily emma esi eva evelyn evgenia ewa farida fatima francesca funmi
    gerlinde giulia gloria grace greta guadalupe hana hannah harriet haruka heather heidi helene helga hildegard hillary
    hélène imogen indira ines ingrid inés irina isabelle ivanka jacqueline jane janet janice jean jennifer jessica joan
    joyce judith judy julia julie karen katarzyna kate katherine kathleen kathryn katie katja katrin kavita keiko kelly
    kellyanne khadija kimberly kylie lakshmi laura lauren layla leila li-na lily linda lindiwe ling lisa loretta lori
    lorraine lucia lucy lucía ludmila luz maeve magdalena malgorzata margaret margaux maria maria-jose mariam marianne
    marie marilyn marisol martha mary maryam mathilde mbali meera megan mei melania melissa mercedes mia michelle min-ji
    moira monika nadia nana nancy natalia nathalie ngozi niamh nicole nomvula noor oksana olga olivia oonagh ottoline
    pamela parisa patricia petra philippa pilar priya rachel rebecca remedios renate roisin rosa rosalind rosaura rose
    ruth sabine sakura samantha samira sandra sara sarah sharon sheila shirin shirley sigrid siobhan sofia soledad
    solveig soo-jin sophia sophie soraya stephanie sunita susan svetlana tatiana teresa thandeka thandiwe theresa tracy
    ursula victoria virginia wangari wanjiru wilhelmina ximena xiu yasmin yelena yetunde yui yuki yulia zainab zinhle
    zoe zofia zoë éva
    """.split()
)
_MALE = frozenset(
    """
    aaron abdul abdullah achille adam ahmad ahmed aksel alan alastair albert alexander alexei ali alphonse amadou amit
    anders andrew anil anthony arjun arkady arthur austin barack barnaby bashar behrouz ben benjamin bernie bill billy
    bob bobby boris brad bradley bram brandon brett brian bruce bryan calvin carl carlos charles christian christopher
    chukwuemeka colin connor dafydd dan daniel david declan dennis desmond diego dmitri dmitry don donald douglas dylan
    edward elijah emeka eric erik ethan etienne eugene fabio fergus fernando francois frank françois gabriel gareth gary
    george gerald giancarlo gianluca gideon giovanni giulio giuseppe greg gregory grigori gus günter hal hans harold
    hassan helmut hendrik henry hernan hernán hiroshi hugh hussein ibrahim idris igor ivan jacinto jack jacob jacques
    james jan janusz jason javier jean jeb jeff jeffrey jeremy jerry jesse jim joao joe john jonathan joost jordan jorge
    jose joseph joshua joão juan julian jun jurgen justin jürgen karim keith ken kenji kenneth kevin khalid klaus kofi
    kwabena kwame kwasi kyle larry lars lawrence leopold liam lionel logan lorcan luc luca lucas luis mahmoud malachy
    mamadou mansur marcel marco marek mark marty mason matthew matthias michael miguel mike mikhail min-jun mitt mohamed
    mohammed muhammad mustafa nathan naveen newt nicholas nikolai noah olaf oleg oluwaseun omar otis ottavio otto
    ousmane pablo patrick paul paulo pedro peter philip philippe piero pierre pieter piotr rafe rahul raj rajan ralph
    randy raymond richard rick robert roger ron ronald ronan roy russell ruud ryan sam samuel sang-hoon sanjay satoshi
    scott sean sergei sipho stavros stefan stephen steve steven sven sékou takashi takumi tane tariq ted terry thabo
    thierry thomas tim timothy tobias tom tomasz torsten travis tunde tyler vikram vincent vladimir walter wayan wayne
    wei werner william willie wim wolfgang yaw yuri yusuf zachary étienne
    """.split()
)

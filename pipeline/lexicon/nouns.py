"""Nouns for people and bodies: which of them tell a gender, and which may stand for one another (*the mayor*, *the skipper*)."""

from __future__ import annotations

MALE = frozenset(
    (
        "mr sir lord king prince pope father husband son brother man boy widower uncle nephew grandfather grandson gentleman guy "
        "priest monk emperor tsar sheikh emir imam duke baron count fiancé boyfriend stepfather dad father-in-law "
        "brother-in-law son-in-law half-brother ex-husband actor"
    ).split()
)
FEMALE = frozenset(
    (
        "mrs ms miss lady dame queen princess pontiffess mother wife daughter sister woman girl widow aunt niece grandmother "
        "granddaughter actress nun empress duchess baroness countess fiancée girlfriend stepmother mum mom mother-in-law "
        "sister-in-law daughter-in-law half-sister ex-wife midwife waitress hostess heroine schoolgirl ballerina"
    ).split()
)
RELATIONS = frozenset(
    (
        "father mother husband wife son daughter brother sister uncle aunt nephew niece cousin grandfather grandmother grandson "
        "granddaughter fiancé fiancée boyfriend girlfriend partner friend neighbour neighbor colleague lawyer agent assistant "
        "predecessor successor rival opponent deputy boss supervisor companion widow parent child twin spokesman spokeswoman "
        "spokesperson father-in-law mother-in-law brother-in-law sister-in-law ex-wife ex-husband stepfather stepmother aide"
    ).split()
)
INVERSE = {
    "wife": "husband", "husband": "wife", "fiancé": "fiancée", "fiancée": "fiancé", "boyfriend": "girlfriend",
    "girlfriend": "boyfriend", "brother": "sister", "sister": "brother", "predecessor": "successor", "successor": "predecessor",
}  # fmt: skip

FAMILY = frozenset("wife husband brother sister".split())

# Nouns that may stand for one another; a noun may be in several. Those before ">" may stand for those behind it only.
_LIKE = """
president leader ruler strongman dictator autocrat despot tyrant general king premier chairman chancellor emir colonel incumbent
premier prime-minister minister chancellor
minister secretary
leader secretary
boss chief ceo executive head director manager chairman chairwoman founder
chair chairman chairwoman chairperson president
coach manager trainer
trainer coach
lawyer attorney counsel solicitor barrister advocate
doctor dr physician surgeon medic gp
professor prof academic scholar researcher scientist expert
scientist researcher dr biologist physicist chemist immunologist epidemiologist glaciologist geologist expert
economist analyst expert
officer > policeman policewoman detective inspector sergeant constable superintendent lieutenant captain colonel major
officer policeman policewoman commander
soldier officer private sergeant corporal colonel captain commander general major
general commander
politician lawmaker legislator parliamentarian > senator congressman congresswoman representative mp deputy lawmaker legislator
representative congressman congresswoman
priest clergyman cleric father reverend rev pastor vicar bishop archbishop prelate dean preacher
cleric imam ayatollah rabbi mufti
writer author novelist poet journalist columnist historian playwright biographer
reporter journalist correspondent
musician singer pianist violinist cellist soloist guitarist drummer conductor composer performer artist
singer soprano tenor baritone rapper vocalist
actor actress
star performer > actor actress singer comedian presenter musician rapper footballer player dancer performer
player footballer striker midfielder goalkeeper defender captain forward athlete star champion winger batsman bowler
athlete runner sprinter swimmer cyclist jockey skier boxer champion
skipper captain
spokesman spokeswoman spokesperson
judge justice magistrate
prosecutor attorney
businessman businesswoman tycoon billionaire millionaire entrepreneur magnate industrialist investor mogul
investor financier banker
warden governor
teacher schoolteacher headteacher headmaster headmistress principal
farmer grower rancher
teenager youth boy girl student pupil
ambassador diplomat envoy attaché emissary
negotiator mediator envoy
candidate contender challenger nominee hopeful
suspect defendant accused
prisoner inmate convict detainee
engineer technician
nurse sister midwife
monk brother friar
nun sister
artist painter sculptor photographer
monarch king queen
royal prince princess king queen duke duchess
chef cook
activist campaigner protester dissident
rebel fighter insurgent commander
"""

_BODY_LIKE = """
company firm business group corporation giant manufacturer maker producer retailer supplier operator owner developer employer \
startup start-up conglomerate chain utility exporter importer publisher insurer brewer steelmaker carmaker drugmaker chipmaker
airline carrier airways airlines air
railroad railway rail operator
bank lender savings
newspaper paper daily weekly tabloid times post news herald journal courier gazette tribune globe guardian telegraph advertiser
magazine weekly journal review
broadcaster network channel station tv radio television
charity group organisation organization ngo
group organisation organization body network monitor watchdog observatory movement coalition alliance forum
centre center
agency office authority regulator watchdog body organisation organization commission bureau service
regulator watchdog authority commission office agency
union federation guild association group
association union federation society league alliance
club team side fc afc cf united city town rovers wanderers athletic
party movement group
ministry department
department ministry office
university college school institute
court tribunal
council committee commission panel board inquiry assembly forum chamber
commission committee panel inquiry
assembly parliament council union
militia army force group
army military force troops
institute institution university think-tank thinktank
foundation charity trust
church diocese
hospital clinic infirmary
museum gallery
"""

# Heads of bodies that an article may leave without a proper name (*the electoral commission*).
BODIES = frozenset(
    (
        "ministry department commission committee council court office agency authority bureau board parliament assembly senate "
        "congress police army navy military government administration cabinet embassy consulate union federation association "
        "party church museum hospital university school college institute inquiry tribunal panel court treasury bank "
        "regulator watchdog service inspectorate coastguard junta regime presidency "
        "campaign guild chamber palace secretariat delegation mission force forces"
    ).split()
)
# These stand for a body even alone, without article and name.
LONE_BODIES = frozenset("police parliament congress interpol customs army military navy coastguard".split())
COMPANY_ONLY = frozenset(
    "company firm business corporation giant manufacturer maker retailer supplier employer carrier chain".split()
)
NOT_COMPANIES = frozenset(
    (
        "ministry department commission committee council court agency authority parliament senate police army government union "
        "federation guild party church university observatory united nations office embassy association society foundation "
        "charity"
    ).split()
)

_PERSONS = """
abbess abbot accountant activist actor actress adjutant admiral adventurer adviser advisor advocate agent aide ally
ambassador analyst anchor animator apprentice arbiter archbishop architect aristocrat artist assistant astrologer astronaut
astronomer athlete attaché attorney auditor author bailiff baker ballerina banker barber barmaid barrister bassist beekeeper
billionaire biographer biologist bishop blogger boss botanist boxer boy boyfriend brewer bricklayer broker brother builder
bureaucrat bursar businessman businesswoman busker butcher buyer bystander campaigner candidate captain captive cardinal
caretaker carpenter cartoonist cashier celebrity cellist ceo chair chairman chairperson chairwoman challenger champion
chancellor chaplain chauffeur chef chemist chief child choreographer citizen cleaner cleric clerk co-founder coach
collaborator colleague collector colonel columnist comedian commander commissioner companion composer conductor congressman
congresswoman conspirator constable consultant contender contractor convict cook cooper coordinator coroner correspondent
councillor councilman councilwoman counsel counsellor countryman courier cousin craftsman creator critic crofter crooner
curator customer cyclist dancer daredevil daughter deacon dealer dean defendant defender delegate dentist deputy designer
detainee detective developer diarist dictator diplomat director dissenter dissident diver docker doctor domestic donor
dramatist dressmaker driver drover drummer duchess duke ecologist economist editor educator elder electrician emir emissary
emperor employee employer engineer entrepreneur envoy escapee essayist executioner executive exile expert explorer
facilitator fan farmer father fellow fiddler fighter figure filmmaker financier firefighter fisherman footballer foreman
forger forward founder friend fugitive gambler gardener general geneticist geologist girl girlfriend glassblower goalkeeper
governor granddaughter grandfather grandmaster grandmother grandson gravedigger greengrocer grocer grower guard guest guide
guitarist gunman gunner harpist head headmaster headmistress headteacher heir heiress herder hero hiker historian homeowner
hospice host hostage housewife humorist hunter husband hydrologist illustrator imam immigrant impresario incumbent infielder
inmate innkeeper insider inspector instructor insurgent intern interpreter inventor investigator investor ironworker jailer
janitor jeweller jockey joiner journalist judge juggler juror justice keeper kidnapper king kingmaker labourer landlord
landowner laureate lawmaker lawyer leader leaseholder lecturer legislator librarian lieutenant lifeguard linguist lobbyist
locksmith lodger machinist magistrate magnate maid major man manager marine marshal mason mathematician mayor mechanic medic
member mentor merchant messenger midfielder midwife migrant militant militiaman miller millionaire miner minister minstrel
missionary mobster model monarch monk mother mountaineer mourner mp musician nanny native navigator negotiator neighbor
neighbour nephew neurologist newcomer newsreader niece nominee novelist nun nurse nutritionist oba oboist observer
obstetrician officer official ombudsman onlooker operative opponent organiser organizer orphan outfielder outlaw owner
paediatrician painter paramedic paratrooper parent parishioner parliamentarian partner passenger passer-by pastor pathologist
patient patriarch patron peasant pensioner performer person pharmacist philanthropist philosopher photographer physician
physicist pianist pickpocket pilgrim pilot pioneer plaintiff player playwright plumber poacher poet policeman policewoman
politician pollster polymath pope porter postman potter preacher premier presenter president priest prime-minister prince
princess principal prisoner prodigy producer professor programmer promoter prosecutor prospector protester psychiatrist
psychic psychologist publisher pupil puppeteer purser quarterback quartermaster queen rabbi radiologist rancher ranger rapper
reader realtor rebel receptionist recluse recruit rector referee reformer refugee registrar reporter representative rescuer
researcher resident restaurateur retiree reverend rider ringleader rival roofer ruler runner sailor saint salesman
salesperson saleswoman scavenger scholar schoolboy schoolgirl schoolteacher scientist scriptwriter sculptor seamstress seed
secretary secretary-general seller senator separatist sergeant servant shareholder sheikh shepherd sheriff shipowner
shipwright shoemaker shopkeeper signatory singer sister skier skipper smuggler socialite soldier solicitor soloist son
soprano source speaker specialist spectator spokesman spokesperson spokeswoman sponsor sprinter spy squatter stagehand star
statesman steward stockbroker stonemason storyteller stowaway strategist striker student stuntman subcontractor subscriber
successor suitor superintendent supervisor supporter surfer surgeon surveyor survivor suspect swimmer swindler tailor tanner
taxpayer teacher technician teenager teller tenant tenor theologian therapist thief toddler tourist townsman trader trainer
translator traveler traveller trawlerman treasurer trombonist trucker trumpeter trustee tsar turncoat tutor tycoon typist
undersecretary understudy upholsterer user usher valet vandal vendor vet veteran veterinarian vicar victim viewer villager
violinist violist visitor vocalist volunteer voter waiter waitress warden warlord warrior watchmaker watchman weaver welder
whaler whistleblower widow widower wife winemaker winger winner witness woman woodcutter worker worshipper wrestler writer
yachtsman youngster youth zoologist
"""
_PLURALS_ONLY = """
people men women children activists residents villagers locals authorities officials troops relatives critics supporters
opponents protesters sources parents families
"""


def _groups(table: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in table.split("\n"):
        general, _, special = line.partition(" > ")
        for w in general.split():
            found.setdefault(w, set()).update((special or general).split())
    return {w: frozenset(like) for w, like in found.items()}


PERSON_LIKE = _groups(_LIKE)
BODY_LIKE = _groups(_BODY_LIKE)
PERSONS = frozenset(_PERSONS.split()) | MALE | FEMALE | RELATIONS | PERSON_LIKE.keys()
PLURALS = frozenset(_PLURALS_ONLY.split())


_SPELT_OUT = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "prof": "professor", "dr": "doctor"}
_SPELT_OUT |= {"col": "colonel", "capt": "captain", "sgt": "sergeant", "lt": "lieutenant", "det": "detective", "rev": "reverend"}


def spelt_out(noun: str) -> str:
    """A title in full: *sen* → *senator*."""
    return _SPELT_OUT.get(noun, noun)


def singular(noun: str) -> str:
    """The singular of a regular plural, of *men* and *women*: *workers* → *worker*."""
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "shes", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def is_person_noun(noun: str) -> bool:
    """Whether a noun in the singular is for a human being: listed, or made like one (*goalscorer*, *policewoman*)."""
    return noun in PERSONS or noun.endswith(
        (
            "man",
            "woman",
            "person",
            "-old",
            "keeper",
            "maker",
            "player",
            "driver",
            "worker",
            "ologist",
            "ist",
            "eer",
        )
    )


def gender_of(noun: str) -> str | None:
    """The gender that a noun tells: *spokeswoman* → *f*."""
    if noun in FEMALE or noun.endswith(("woman", "girl")):
        return "f"
    if noun in MALE or (noun.endswith("man") and noun not in ("human", "german", "roman", "woman")):
        return "m"
    return None

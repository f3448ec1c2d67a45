"""Words that the rules know: verbs that report, words that end or open a noun phrase, words for people.

The verbs carry what the ``quotes`` table needs of them (lemma, class, act) and how much they may do alone:
``clause`` verbs report a clause without *that* (*said he would go*), ``that`` verbs need *that* or a quotation,
``quote`` verbs report only what stands between quotation marks.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.quotes import Act, CueClass


@dataclass(frozen=True)
class Cue:
    """A reporting verb: its lemma, class, act (speech, thought, stance) and reach (clause, that, quote)."""

    lemma: str
    cue_class: CueClass
    act: Act
    reach: str


# lemma, or lemma/past/participle where irregular
_VERBS: dict[tuple[CueClass, Act, str], str] = {
    ("say", "speech", "clause"): "say/said/said",
    ("say", "speech", "that"): """tell/told/told state announce declare report write/wrote/written tweet post explain note
        observe remark mention reveal reiterate repeat recall stress emphasize emphasise underline underscore point-out
        conclude testify disclose comment continue reply respond answer predict forecast
        imply indicate speculate theorize retort plead show/showed/shown
        find/found/found confirm quip joke recount relate estimate signal hint lament""",
    ("say", "speech", "clause2"): "add suggest",
    ("say", "speech", "quote"): """call describe dismiss label brand characterize characterise term dub portray refer praise
        criticize criticise condemn denounce cite quote read/read/read speak/spoke/spoken begin/began/begun start go-on
        shout yell cry whisper laugh sigh muse gush intone chime interject interrupt elaborate opine boast brag crow
        mock taunt scoff sneer slam blast attack rip hail tout welcome exclaim proclaim pronounce ask-of counter
        urge thank address compare liken discuss summarize summarise clarify rant fume snap tease chant sing/sang/sung text""",
    ("ask", "speech", "quote"): "ask wonder inquire enquire question query",
    ("claim", "speech", "clause"): "claim argue insist",
    ("claim", "speech", "that"): "allege contend assert maintain charge",
    ("deny", "speech", "that"): "deny refuse",
    ("deny", "speech", "quote"): "reject rebut rebuff refute dispute",
    ("accuse", "speech", "quote"): "accuse blame",
    ("admit", "speech", "that"): "admit acknowledge concede confess",
    ("warn", "speech", "that"): "warn caution",
    ("promise", "speech", "that"): "promise vow pledge swear/swore/sworn guarantee threaten offer",
    ("demand", "speech", "that"): "demand recommend",
    ("demand", "speech", "quote"): "order instruct",
    ("agree", "speech", "that"): "agree complain object protest",
    ("other", "thought", "clause"): "think/thought/thought believe hope",
    ("other", "thought", "that"): """know/knew/known feel/felt/felt fear worry expect assume suspect realize realise
        understand/understood/understood decide learn/learned/learned hear/heard/heard doubt""",
}  # fmt: skip

_PARTICLES = {"point-out": "out", "go-on": "on", "ask-of": "of"}


def _forms(entry: str) -> tuple[str, list[str]]:
    """Lemma and inflected forms (base, -s, past, participle, -ing)."""
    lemma, *irregular = entry.split("/")
    stem = lemma.split("-")[0]
    third = stem + "es" if stem.endswith(("s", "sh", "ch", "x", "o")) else stem[:-1] + "ies" if _consonant_y(stem) else stem + "s"
    if stem.endswith("e"):
        past, present = stem + "d", stem + "ing" if stem.endswith("ee") else stem[:-1] + "ing"
    elif _consonant_y(stem):
        past, present = stem[:-1] + "ied", stem + "ing"
    elif stem in ("quip", "admit", "rebut", "dub", "brag", "slam", "rip", "snap"):
        past, present = stem + stem[-1] + "ed", stem + stem[-1] + "ing"
    elif stem == "begin":
        past, present = "began", "beginning"
    else:
        past, present = stem + "ed", stem + "ing"
    if irregular:
        return lemma.split("-")[0], [stem, third, irregular[0], irregular[-1], present]
    return lemma.split("-")[0], [stem, third, past, present]


def _consonant_y(stem: str) -> bool:
    return stem.endswith("y") and stem[-2] not in "aeiou"


def _build() -> tuple[dict[str, Cue], dict[str, str]]:
    cues: dict[str, Cue] = {}
    particles: dict[str, str] = {}
    for (cue_class, act, reach), entries in _VERBS.items():
        for entry in entries.split():
            lemma, forms = _forms(entry)
            for form in forms:
                cues.setdefault(form, Cue(lemma, cue_class, act, "clause" if reach == "clause2" else reach))
                if entry in _PARTICLES:
                    particles[form] = _PARTICLES[entry]
    return cues, particles


CUES, CUE_PARTICLES = _build()
# Participles that are no past tense: they report only after have (*has known*, not *known as*).
PARTICIPLES = frozenset("known written shown begun spoken sung sworn".split())
ACCORDING = Cue("accord", "say", "speech", "clause")
QUOTED = Cue("", "other", "speech", "quote")  # the reporting verb stands inside the quotation
COLON = Cue(":", "say", "speech", "quote")

# Forms that are as often nouns: they report only where the subject can be read before them.
NOUN_LIKE = frozenset(
    (
        "chant chants claim claims report reports note notes demand demands promise promises call calls comment comments "
        "post posts tweet tweets charge charges question questions answer answers warning warnings finding findings show "
        "shows estimate estimates hope hopes fear fears doubt doubts order orders attack attacks praise joke jokes pledge "
        "pledges vow vows object objects term terms brand label cry blame text feeling feelings saying sayings thought "
        "thoughts protest protests start starts address worry read blast cite dispute disputes state states suspect "
        "suspects reply response think-tank writing reading understanding signal signals query mocks beginning singing "
        "telling forecast forecasts recommend "
    ).split()
)

AUXILIARIES = frozenset(
    (
        "has had have having is was were are be been being am will would could may might must shall should can cannot did does "
        "do 's 've 'd 'll 're n't not never ca wo"
    ).split()
)
UNREALISED = frozenset("will would could may might must shall should can 'll to if ca wo".split())
NEGATIONS = frozenset("not n't never neither nor cannot no".split())
PASSIVE = frozenset("be been being is was were are am get got".split())
ADVERBS = frozenset(
    (
        "also then later once still even again ever just now today yesterday recently already previously earlier often always "
        "sometimes simply first famously reportedly repeatedly further once so too however instead both all subsequently "
        "nevertheless nonetheless meanwhile thus therefore well soon long since rather quite only"
    ).split()
)
PRONOUNS = frozenset(("he she they it i we you who one everyone everybody somebody someone nobody many some others both").split())
# Pronouns that name somebody anew (*many said*); the others stand for somebody named before.
QUANTITY_PRONOUNS = frozenset("one many some others both".split())
ANAPHORS = PRONOUNS - QUANTITY_PRONOUNS
PERSONAL = frozenset("he she they it i we you".split())
RELATIVES = frozenset("who which that whom whose".split())
DETERMINERS = frozenset(
    (
        "the a an this that these those his her its their our my your some any several many all no every each another both one "
        "two three four five six"
    ).split()
)
PREPOSITIONS = frozenset(
    (
        "in on at by for with from to of about after before during since until under over against between among through into "
        "onto within without across around near despite amid via per as than like following regarding including according upon "
        "toward towards behind beyond outside inside concerning throughout"
    ).split()
)
# *The bridge will close, officials said*: verbs that may follow what they report.
FOLLOWING = frozenset(
    (
        "say think believe claim argue insist add note report explain acknowledge concede admit write warn announce estimate "
        "predict recall allege contend tell state observe suggest complain joke maintain confirm conclude hear continue"
    ).split()
)
# What somebody has put in writing speaks for them: *a statement accusing the council*.
WRITTEN = frozenset(
    (
        "statement letter email e-mail report note memo tweet post message article column editorial op-ed poll survey study "
        "release document ad advert advertisement resolution"
    ).split()
)
SPEECH_NOUNS = frozenset(
    (
        "claim charge allegation accusation suggestion idea notion remark comment view assertion argument question plan "
        "proposal phrase term word label description move decision step policy"
    ).split()
)
# *refused to say*, *went on to claim*: the infinitive is the subject's own utterance.
RAISING = frozenset(
    (
        "on continued continues wants want wanted refused refuses declined declines going failed fails tried tries seems seemed "
        "appeared appears began begins used is was plans planned chose quick careful expected"
    ).split()
)
QUANTIFIERS = frozenset("more most less fewer nearly almost about".split())
# Inside a noun phrase that names a speaker: a spokesman for the mayor, president of the union.
NP_PREPOSITIONS = frozenset("of for at with from in to on".split())
SUBORDINATORS = frozenset(
    (
        "that because when while if although though whether as where whereas unless until since after before once why how what"
    ).split()
)
COORDINATORS = frozenset("and but or yet nor so".split())
DAYS = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight tomorrow mon tue wed thu fri sat sun "
        "january february march april may june july august september october november december earlier later recently last this "
        "again once flatly bluntly simply"
    ).split()
)
FINITE = frozenset(
    (
        "is was were are am be been has had have will would could can may might must shall should did does do 's 're 've 'd 'll "
        "ca wo n't said says went came got made took gave saw knew thought left kept held brought found felt became began ran "
        "put set met led won lost spoke told wrote want wants need needs know knows think thinks get gets make makes go goes "
        "see sees take takes look looks seem seems mean means plan plans support supports remain remains show shows include "
        "includes help helps feel feels like likes love loves believe believes come comes"
    ).split()
)

TITLES = frozenset(
    (
        "mr mrs ms miss dr sir lord lady dame prof professor president minister senator sen sens rep reps representative gov "
        "governor mayor secretary gen general col colonel capt captain sgt sergeant lt lieutenant king queen prince princess "
        "pope bishop archbishop cardinal judge justice chancellor ambassador chairman chairwoman chair spokesman spokeswoman "
        "spokesperson commissioner director chief officer detective inspector rev reverend congressman congresswoman councillor "
        "councilman attorney deputy premier correspondent reporter analyst doctor coach pastor major admiral emperor sheikh "
        "ayatollah imam rabbi economist editor author actor actress candidate nominee ceo cfo del undersecretary speaker leader "
        "host strategist pollster historian superintendent sheriff treasurer magistrate vice prime lawyer campaigner"
    ).split()
)
# Words that stand before a title without being one.
TITLE_MODIFIERS = frozenset(
    (
        "prime vice deputy former foreign defence defense interior finance interim acting first us u.s. uk british american "
        "democratic republican democrat"
    ).split()
)
NOT_TITLED = frozenset("motors electric assembly".split())  # General Motors is nobody's rank
ABBREVIATIONS = "Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Col|Capt|Sgt|Lt|Rev|St|Jr|Sr|Del|Maj|Adm|Hon|Pres"
FEMALE = frozenset(
    (
        "mrs ms miss lady dame queen princess spokeswoman chairwoman congresswoman actress mother wife daughter sister woman "
        "girl widow"
    ).split()
)
MALE = frozenset(
    ("mr sir lord king prince pope spokesman chairman congressman actor father husband son brother man boy widower").split()
)
# Nouns for somebody whom the paper does not name on purpose.
ANONYMOUS = frozenset(
    (
        "source sources official officials witness witnesses activist activists observer observers analyst analysts expert "
        "experts critic critics resident residents aide aides insider insiders person people some others many several "
        "supporters opponents group groups report reports poll polls survey study media police diplomats diplomat interviewer "
        "engineers scientists farmers campaigners researchers scientists doctors workers officers lawmakers voters someone "
        "spokesman spokeswoman spokesperson operative operatives advisers advisors neighbours neighbors relatives friends "
        "colleagues parents"
    ).split()
)
ORGANISATION = frozenset(
    (
        "party group council committee agency union army ministry department office bank company corporation university "
        "institute court police service association federation organisation organization commission times post news observatory "
        "campaign church foundation fund bureau board team club society center centre forces government administration regime "
        "parliament senate house congress network press journal magazine inc ltd corp co charity observer"
    ).split()
)
GROUPS = frozenset(
    (
        "republicans democrats conservatives liberals americans russians syrians iranians germans europeans christians muslims "
        "catholics tories socialists greens nationalists populists"
    ).split()
)
MEDIA = frozenset(
    (
        "times post news journal magazine press tribune guardian observer bbc cnn reuters afp herald telegraph gazette network "
        "tv radio"
    ).split()
)
# States and their seats of government: as speakers they are one government.
_GOVERNMENTS = {
    "Russia": "moscow kremlin", "United States": "washington america us u.s. pentagon white-house", "China": "beijing",
    "United Kingdom": "london uk u.k. britain downing-street", "France": "paris", "Germany": "berlin", "Iran": "tehran",
    "Syria": "damascus", "Turkey": "ankara", "Ukraine": "kyiv kiev", "European Union": "brussels eu", "Japan": "tokyo",
    "South Korea": "seoul", "North Korea": "pyongyang", "India": "delhi new-delhi", "Pakistan": "islamabad", "Iraq": "baghdad",
    "Saudi Arabia": "riyadh", "Egypt": "cairo", "Israel": "", "United Nations": "un u.n.", "Canada": "ottawa",
    "Australia": "canberra", "Italy": "rome", "Spain": "madrid", "Poland": "warsaw", "Lebanon": "", "Jordan": "", "Qatar": "",
}  # fmt: skip
GOVERNMENTS = {form.replace("-", " "): name for name, seats in _GOVERNMENTS.items() for form in (name.lower(), *seats.split())}
# Words that begin a sentence with a capital and are no name.
UNIT_WORDS = (
    DETERMINERS
    | PRONOUNS
    | PREPOSITIONS
    | SUBORDINATORS
    | COORDINATORS
    | ADVERBS
    | RELATIVES
    | DAYS - {"may", "march"}
    | NEGATIONS
    | frozenset("however moreover asked there here yes no well now more most such other another please let if".split())
)

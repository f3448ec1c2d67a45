"""Words that the rules for names, speakers and figures know: what ends or opens a noun phrase, words for people."""

from __future__ import annotations

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
        "host strategist pollster historian superintendent sheriff treasurer magistrate vice prime lawyer campaigner dom herr "
        "frau madame monsieur mme señor señora signor signora shri datuk datin haji comandante abbot abbess alhaji alhaja oba "
        "cllr fr hon barrister engr pandit mullah maulana ustaz sultan sponsor"
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
ABBREVIATIONS = "Fr|Cllr|Engr|Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Col|Capt|Sgt|Lt|Rev|St|Jr|Sr|Del|Maj|Adm|Hon|Pres"
# what may stand within a name in small letters
PARTICLE = r"(?:al|el|ul|bin|ibn|bint|abu|umm|de|del|della|den|der|di|da|dos|du|la|le|van|von|ter|ten|y|e)"
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
        "catholics tories socialists greens nationalists populists hindus jews sikhs buddhists evangelicals latinos hispanics"
    ).split()
)
MEDIA = frozenset(
    (
        "times post news journal magazine press tribune guardian observer bbc cnn reuters afp herald telegraph gazette network "
        "tv radio"
    ).split()
)
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
    | frozenset(
        """not never neither nor cannot however moreover asked there here yes no well now more most such other another please let
        if hundreds thousands millions dozens scores tens""".split()
    )
)

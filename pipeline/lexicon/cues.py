"""Cue lemmas with their class and act, and every form that they take.

Verbs were gathered from the cues of PolNeAR's training articles (Newell et al. 2018) and from the reporting verbs of the
press at large, and classed by hand. Nouns stand for the verb they are made of (*accusation*: accuse).
"""

from __future__ import annotations

from dataclasses import dataclass

from ..schemas.quotes import Act, CueClass


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A lemma, its class (what kind of saying) and act (speech, thought or stance)."""

    lemma: str
    cue_class: CueClass
    act: Act


# lemma, or lemma/past/participle where irregular
VERBS: dict[tuple[CueClass, Act], str] = {
    ("say", "speech"): """say/said/said tell/told/told state announce declare report write/wrote/written tweet post explain note
        observe remark mention reveal reiterate repeat recall stress emphasize emphasise underline underscore highlight point
        conclude testify disclose comment continue reply respond answer add predict forecast/forecast/forecast imply indicate
        suggest speculate theorize retort quip joke recount relate estimate signal hint call describe label brand
        characterize characterise term dub portray refer cite quote read/read/read speak/spoke/spoken talk discuss express
        declaim shout yell cry whisper laugh sigh muse gush intone chime interject interrupt elaborate opine boast brag crow
        sneer exclaim proclaim pronounce summarize summarise clarify snap tease chant sing/sang/sung text remind echo name
        identify list release publish share email e-mail retweet inform detail outline articulate voice reference
        paraphrase utter recite narrate brief notify address thank congratulate apologize apologise greet toast broadcast
        warble tout hail praise applaud welcome celebrate credit liken compare contrast confirm verify affirm reaffirm attest
        quantify diagnose rule find/found/found show/showed/shown determine document deem stipulate specify define
        introduce present preach lecture advise counsel assure reassure convince persuade counter react""",
    ("say", "stance"): "seem appear look sound",
    ("ask", "speech"): "ask wonder inquire enquire question query interrogate poll",
    ("claim", "speech"): "claim argue insist allege contend assert maintain charge purport profess posit plead/pleaded/pleaded",
    ("deny", "speech"): """deny refuse reject rebut rebuff refute dispute dismiss disavow disown repudiate contradict decline
        disclaim debunk brush""",
    ("accuse", "speech"): """accuse blame criticize criticise condemn denounce slam blast attack rip mock taunt scoff rant fume
        decry deride assail lambast lambaste chide rebuke scold berate savage rail lash deplore castigate excoriate insult
        ridicule challenge fault vilify demonize trash admonish reprimand smear""",
    ("admit", "speech"): "admit acknowledge concede confess recognize recognise grant",
    ("warn", "speech"): "warn caution alert threaten",
    ("promise", "speech"): "promise vow pledge swear/swore/sworn guarantee offer commit volunteer",
    ("demand", "speech"): """demand recommend order instruct urge request appeal implore beg press propose command
        direct exhort encourage invite require summon lobby petition""",
    ("agree", "speech"): "agree concur",
    ("other", "speech"): """complain object protest lament bemoan disagree gripe grumble negotiate debate spar
        campaign sue file swipe shrug mull""",
    ("other", "thought"): """think/thought/thought believe know/knew/known feel/felt/felt fear worry expect assume suspect realize
        realise understand/understood/understood decide learn hear/heard/heard doubt hope see/saw/seen consider regard view
        remember plan intend aim guess imagine judge forget/forgot/forgotten notice discover interpret anticipate contemplate
        figure reckon conceive envision foresee/foresaw/foreseen mean/meant/meant concern wish dream deem
        perceive presume reflect weigh ponder calculate project misunderstand/misunderstood/misunderstood""",
    ("agree", "stance"): """support endorse back favor favour approve accept embrace advocate champion defend promote vouch
        side adopt sign vote""",
    ("deny", "stance"): "oppose resist block disapprove ignore avoid balk shun",
    ("demand", "stance"): "want seek/sought/sought push need pursue desire crave",
    ("other", "stance"): """like love hate dislike prefer enjoy admire respect trust mistrust distrust resent regret care pick
        choose/chose/chosen nominate cast/cast/cast relish appreciate""",
}  # fmt: skip

NOUNS: dict[tuple[CueClass, Act], str] = {
    (
        "say",
        "speech",
    ): "statement remark comment announcement declaration report description mention reference message word words tweet post "
    "letter email testimony explanation suggestion prediction estimate speech note account reply answer response caption",
    ("ask", "speech"): "question query inquiry",
    ("claim", "speech"): "claim allegation argument assertion contention insistence",
    ("deny", "speech"): "denial refusal rejection dismissal",
    ("accuse", "speech"): "accusation criticism attack charge blame condemnation critique complaint swipe",
    ("admit", "speech"): "admission acknowledgment acknowledgement confession concession",
    ("warn", "speech"): "warning threat caution",
    ("promise", "speech"): "promise pledge vow offer commitment",
    ("demand", "speech"): "demand call order request recommendation proposal appeal plea advice instruction",
    ("agree", "speech"): "agreement support endorsement backing approval",
    (
        "other",
        "thought",
    ): "belief view opinion thought feeling idea notion understanding assumption suspicion fear hope expectation doubt "
    "worry concern plan intention decision conclusion mind perception consensus impression",
    ("deny", "stance"): "opposition objection resistance",
}
_PREDICATES: dict[str, tuple[str, CueClass, Act]] = {
    "according": ("accord", "say", "speech"),
    "reportedly": ("report", "say", "speech"),
    "allegedly": ("allege", "claim", "speech"),
    "supposedly": ("suppose", "claim", "speech"),
    "eager": ("eager", "other", "stance"),
    "willing": ("willing", "agree", "stance"),
    "unwilling": ("unwilling", "deny", "stance"),
    "hopeful": ("hopeful", "other", "thought"),
    "confident": ("confident", "other", "thought"),
    "sure": ("sure", "other", "thought"),
    "certain": ("certain", "other", "thought"),
    "aware": ("aware", "other", "thought"),
    "convinced": ("convinced", "other", "thought"),
    "worried": ("worry", "other", "thought"),
    "concerned": ("concern", "other", "thought"),
    "critical": ("critical", "accuse", "speech"),
    "adamant": ("adamant", "claim", "speech"),
    "against": ("against", "deny", "stance"),
    "opposed": ("oppose", "deny", "stance"),
    "supportive": ("supportive", "agree", "stance"),
    "skeptical": ("skeptical", "other", "thought"),
    "sceptical": ("sceptical", "other", "thought"),
}


def _forms(entry: str) -> tuple[str, list[str]]:
    """Lemma and inflected forms (base, -s, past, participle, -ing)."""
    lemma, *irregular = entry.split("/")
    stem = lemma
    third = stem + "es" if stem.endswith(("s", "sh", "ch", "x", "o")) else stem[:-1] + "ies" if _consonant_y(stem) else stem + "s"
    if stem.endswith("e"):
        past, present = stem + "d", stem + "ing" if stem.endswith(("ee", "oe")) else stem[:-1] + "ing"
    elif _consonant_y(stem):
        past, present = stem[:-1] + "ied", stem + "ing"
    elif stem in _DOUBLING:
        past, present = stem + stem[-1] + "ed", stem + stem[-1] + "ing"
    else:
        past, present = stem + "ed", stem + "ing"
    doubled = [stem + "led", stem + "ling"] if stem in ("label", "signal", "counsel") else []
    if irregular:
        return lemma, [stem, third, irregular[0], irregular[-1], present]
    return lemma, [stem, third, past, present, *doubled]


_DOUBLING = frozenset("quip admit rebut dub brag slam rip snap spar plan commit beg forget refer swap scan forecast".split())


def _consonant_y(stem: str) -> bool:
    return stem.endswith("y") and stem[-2] not in "aeiou"


def _build() -> tuple[dict[str, CueEntry], dict[str, CueEntry]]:
    verbs: dict[str, CueEntry] = {}
    for (cue_class, act), entries in VERBS.items():
        for entry in entries.split():
            lemma, forms = _forms(entry)
            for form in forms:
                verbs.setdefault(form, CueEntry(lemma, cue_class, act))
    nouns: dict[str, CueEntry] = {}
    for (cue_class, act), words in NOUNS.items():
        for word in words.split():
            for form in (word, word[:-1] + "ies" if _consonant_y(word) else word + "s"):
                nouns.setdefault(form, CueEntry(word, cue_class, act))
    for word, (lemma, cue_class, act) in _PREDICATES.items():
        nouns[word] = CueEntry(lemma, cue_class, act)
    return verbs, nouns


VERB_FORMS, OTHER_FORMS = _build()

"""What kind of saying a cue is: lemma, class, act, and whether it was said at all.

*has not said*, *refused to say* and *may announce* are no statements; the words around the head of the cue tell. What a verb has
for its object tells whether it is of something done: *blamed the pilot*, *welcomed the guests*.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..lexicon.cues import CueEntry, cue_noun, cue_verb
from ..lexicon.forms import lemma, singular
from ..lexicon.nouns import BODIES, is_person_noun
from ..lexicon.tables import words as listed
from ..lexicon.words import FINITE, TITLES
from ..schemas.quotes import Act, CueClass, Polarity
from ..text.chars import Chars

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")
_CLAUSE = re.compile(r"[;:!?\"“”]")  # parts what bears on a cue from what does not
_AUXILIARIES = listed("auxiliary")
_NEGATIONS = listed("negation")
_MODALS = listed("modal")
_REFUSING = listed("refusal")
# *continued to say*, *went on to say*: said; any other verb before *to* leaves it open (*plans to say*, *expected to announce*)
_CARRIED_OUT = listed("carried_out")
_CONDITIONS = listed("condition")
_NOBODY = re.compile(r"(?:no one|nobody|none|neither|no)\b", re.IGNORECASE)
_LITTLE = re.compile(r"\bLittle (?:did|does|do)\b")  # little did Veld know
_DETERMINERS = listed("cue_determiner")
_PHRASAL: dict[tuple[str, str], CueClass] = {("call", "for"): "demand", ("call", "on"): "demand", ("call", "upon"): "demand"}
_MADE_KNOWN = re.compile(  # made it abundantly clear that
    r"\b(?:make|makes|made|making)(?: it)?(?: (?:very|quite|also|\w+ly))?(?: it)? (?:clear|plain|known|public)\b"
    r"(?: (?:that|how|what|why|his|her|their|its|the)\b|$)"
)
_TO_DO = re.compile(r"(?<=\bto) [a-z]| to [a-z]")
_LET_KNOWN = re.compile(  # let it be known that, put it to the council that, raised concerns about
    r"\b(?:let|lets|letting) it be known\b|\bput(?:s|ting)? it to [^,.;:\n]{2,50}? that\b|"
    r"\brais(?:e|es|ed|ing) (?:[a-z]+ )?(?:concerns?|objections?|doubts) (?:about|over|that|with)\b"
)
_WANT_KNOW = re.compile(r"\bwant(?:s|ed|ing)? to know (?:whether|if|why|how|what|when|where|who)\b")
_HEARD_BY = re.compile(  # who hears what somebody says before it: Brant Crown Court | heard that; the inquest has | heard
    r"\b(?i:courts?|tribunals?|inquest|inquiry|jury|jurors|hearing|trial|committee|panel|commission|council|councillors|"
    r"meeting|parliament|conference|judges?|magistrates?|senators|lawmakers|MPs)(?: (?:has|had|have|also|then|later))* \Z"
)
_HEARS_WORDS = re.compile(
    r"(?:[.,;:]|\Z| (?:that|how|what|why|whether|he|she|it|they|there|the \w+ (?:was|were|had|has|would|could)|on|yesterday|"
    r"today|last|this|earlier)\b)"
)
_IT_IS = re.compile(r"\b[Ii]t (?:is|was|has been) understood\Z")
_JUDGING = frozenset("accept conclusion consider fear remember view".split())  # what is quoted so was said
_GO = frozenset("go goes going gone went".split())
_WISHED = re.compile(r" (?!(?:to|that|for|I|we|he|she|it|they|there|not|only)\b)[^\W\d_]")
_NEAR = 30  # characters behind a cue that belong to it
_BEFORE = 12  # words between source and cue that may bear on it


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as it was read: lemma, class, act, and polarity (affirmed, negated or unrealised)."""

    lemma: str
    cue_class: CueClass
    act: Act
    polarity: Polarity


@functools.lru_cache(maxsize=64)  # of one article, mostly: each is asked for several times
def read_cue(text: str, cue: Chars, source: Chars | None, quotes: bool, begin: int = 0) -> Cue:
    """Read a cue.

    Args:
        text: the article.
        cue: span of the cue.
        source: span of the source, if there is one.
        quotes: whether the content holds words between quotation marks; a cue that no lexicon knows is speech then, else stance.
        begin: where the sentence of the cue begins; what stands before does not bear on it.
    """
    words = [m.group().lower().replace("’", "'") for m in _WORD.finditer(text, *cue)]
    at, entry = _head(words)
    entry = _by_phrase(text, cue, source, words, entry, quotes) or entry
    if entry is None:
        entry = CueEntry(lemma(words[at]) if words else text[slice(*cue)].strip(), "other", "speech" if quotes else "stance")
        if words and not words[at][0].isalnum():
            entry = CueEntry(words[at], "say", "speech")  # a colon or a dash
    following = words[at + 1] if at + 1 < len(words) else _next_word(text, cue[1])
    cue_class = _PHRASAL.get((entry.lemma, following), entry.cue_class)
    return Cue(entry.lemma, cue_class, entry.act, _polarity(text, cue, source, words, at, begin))


def _by_phrase(
    text: str, cue: Chars, source: Chars | None, words: Sequence[str], entry: CueEntry | None, quotes: bool
) -> CueEntry | None:
    """What a cue is by the words around its verb, which alone tells no speech: *made it clear*; *"...," she reflected*; *wished
    them luck*; *For Ann Veld, the plan is dead*.
    """
    known = entry is not None and entry.act == "speech"
    if not known and _MADE_KNOWN.search(text, cue[0], cue[1] + _NEAR) is not None:
        return CueEntry("make", "say", "speech")
    if not known and _LET_KNOWN.search(text, cue[0], cue[1] + 2 * _NEAR) is not None:
        return CueEntry(entry.lemma if entry is not None else lemma(words[0]), "say", "speech")
    if not known and _WANT_KNOW.search(text, cue[0], cue[1] + _NEAR) is not None:
        return CueEntry("ask", "ask", "speech")
    if words == ["for"]:
        return CueEntry("for", "say", "speech") if source is not None and source[0] > cue[1] else None
    if words[-1:] == ["on"] and words[0] in _GO:
        return CueEntry("go", "say", "speech")
    if entry is not None and entry.lemma in ("decline", "refuse") and not quotes and _TO_DO.match(text, cue[1]) is not None:
        return CueEntry(entry.lemma, entry.cue_class, "stance")  # refused to leave
    if entry is None or known:
        return None
    if _hears(text, cue):
        return CueEntry("hear", "say", "speech")
    if entry.lemma == "understand" and _IT_IS.search(text, max(0, cue[0] - _NEAR), cue[1]) is not None:
        return CueEntry("understand", "say", "speech")  # It is understood that
    if entry.lemma == "wish" and words[-1] not in ("for", "to") and _WISHED.match(text, cue[1], cue[1] + _NEAR) is not None:
        return CueEntry("wish", "say", "speech")
    if entry.lemma == "reflect" and quotes and text[cue[1] : cue[1] + 1] in (".", ",", ":", ""):
        return CueEntry("reflect", "say", "speech")
    if entry.lemma in _JUDGING and quotes:
        return replace(entry, act="speech")
    return None


def _hears(text: str, cue: Chars) -> bool:
    """Whether a cue is of a court or a meeting, which hears what somebody says: *the inquest heard that it was late*."""
    if not text[slice(*cue)].endswith("heard") or _HEARS_WORDS.match(text, cue[1]) is None:
        return False
    return _HEARD_BY.search(text, max(0, cue[0] - 2 * _NEAR), cue[0]) is not None


def _head(words: Sequence[str]) -> tuple[int, CueEntry | None]:
    """The word that reports: the verb after *to*, else the first verb or noun that the lexicon knows, else the last word."""
    for k in range(len(words) - 1, 0, -1):
        verb = cue_verb(words[k]) if words[k - 1] == "to" else None
        if verb is not None and verb.lemma == words[k]:
            return k, verb
    for k, word in enumerate(words):
        noun = k > 0 and (words[k - 1] in _DETERMINERS or words[k - 1] in ("s", "'s"))
        known = (cue_noun(word) if noun else None) or cue_verb(word) or cue_noun(word)
        if known is not None:
            return k, known
    content = [k for k, w in enumerate(words) if w not in _AUXILIARIES and w not in _NEGATIONS and w[0].isalnum()]
    return (content[0] if content else max(len(words) - 1, 0)), None


def _polarity(text: str, cue: Chars, source: Chars | None, words: Sequence[str], at: int, begin: int) -> Polarity:
    before = list(words[:at])
    lead: list[str] = []
    if source is not None and (_NOBODY.match(text, *source) or _LITTLE.search(text, max(begin, source[0] - 12), source[1])):
        return "negated"
    if source is None or source[1] <= cue[0]:
        lo = max(begin, source[1] if source is not None else cue[0] - 60)
        between = _CLAUSE.split(text[lo : cue[0]])[-1]
        near = [m.group().lower().replace("’", "'") for m in _WORD.finditer(between)][-_BEFORE:]
        if source is not None and "," in near:  # an apposition or a relative clause stands between
            near = near[len(near) - near[::-1].index(",") :]
        before = _verb_group(near) + before
        if source is not None:
            opening = _CLAUSE.split(text[max(begin, source[0] - 40) : source[0]])[-1]
            lead = [w for m in _WORD.finditer(opening) if (w := m.group().lower()) != "."][-2:]
    if _negated(before):
        return "negated"
    if any(w in _MODALS or w.endswith("'ll") or w in ("wo", "ca") for w in before) or any(
        w in _CONDITIONS for w in lead + before
    ):
        return "unrealised"
    if "to" in before:
        k = len(before) - 1 - before[::-1].index("to")
        governor = [w for w in before[:k] if w not in _AUXILIARIES or w == "going"]
        if (not governor and k == 0) or not any(w in _CARRIED_OUT for w in governor[-2:]):
            return "unrealised"
    return "affirmed"


_ADVERBS = listed("cue_adverb")


def _verb_group(words: Sequence[str]) -> list[str]:
    """The words right before a cue that belong to its verb: auxiliaries, negations, adverbs, *refused to*, *was expected to*."""
    lo = len(words)
    while lo > 0:
        word = words[lo - 1]
        governor = lo < len(words) and words[lo] == "to"
        small = word in _AUXILIARIES or word in _NEGATIONS or word in _ADVERBS or word == "to"
        if not (governor or small or word.endswith(("n't", "'ll", "ly"))):
            break
        lo -= 1
    return list(words[lo:])


def _negated(before: Sequence[str]) -> bool:
    for k, word in enumerate(before):
        if word in _NEGATIONS or word.endswith("n't"):
            if k + 1 < len(before) and before[k + 1] in ("only", "just", "merely", "simply"):
                continue
            return True
        if word in _REFUSING and "to" in before[k:]:
            return True
    return False


def _next_word(text: str, at: int) -> str:
    m = _WORD.search(text, at, at + 20)
    return m.group().lower() if m else ""


# ------------------------------------------------------------------ acts

_ACTS = {  # what a verb has for its object where it tells no words
    "order": re.compile(  # goods, not what is to be done
        r"(?:[\w’'-]+ ){0,5}(?:drones|tanks|missiles|rockets|planes|jets|helicopters|aircraft|ships|submarines|boats|trucks|"
        r"trains|buses|vehicles|ambulances|doses|vaccines|masks|ventilators|weapons|rifles|meals|drinks|copies|books|parts|supplies)"
        r"(?:,? (?:from|for|worth|made|which|that|with|in|at|of)\b.*)?",
        re.DOTALL,
    ),
    "tell": re.compile(r"(?:the|a|an|his|her|its|their) (?:\w+ )?(?:stor(?:y|ies)|tales?|history) of\b.*", re.DOTALL),
    "assume": re.compile(
        r"(?:(?:the|an?|his|her|its|their) )?(?:[\w-]+ ){0,3}"
        r"(?:roles?|positions?|posts?|office|control|command|charge|power|duties|responsibility|leadership|presidency)\b.*",
        re.DOTALL,
    ),
    **dict.fromkeys(
        ("echo", "repeat", "reiterate", "renew", "amplify"),
        re.compile(
            r"(?:the|an?|this|that|these|those|his|her|its|their)(?: \w+)? "
            r"(?:calls?|appeals?|remarks?|comments?|statements?|claims?|words|messages?|promises?)|"
            r"(?:the|an?|another|other|earlier|recent) (?:[\w-]+ ){0,2}(?:surveys?|stud(?:y|ies)|polls?|findings|results)\b.*",
            re.DOTALL,
        ),
    ),
    **dict.fromkeys(("name", "rename", "nickname", "christen"), re.compile(r"(?:the|an?|its|his|her|their|[A-Z])\b[^,;:]{2,80}")),
    **dict.fromkeys(("announce", "report", "reveal", "unveil", "publish"), re.compile(r"the \w+")),  # announced the grant
    **dict.fromkeys(
        ("remember", "recall", "know"),
        re.compile(r"(?:the|that|every|each) (?:day|night|time|moment|year|scene|place|face|name)s?"),
    ),
    **dict.fromkeys(
        ("offer", "give", "provide", "share"),
        re.compile(
            r"(?:(?:the|his|her|its|their|any|no|more|further|few|some|other|additional) )+"
            r"(?:details?|information|proof|evidence)\b.*",
            re.DOTALL,
        ),
    ),
}
_SUPPORTED = re.compile(
    r"(?P<who>[^,]{2,60}?)(?: in [^\W\d_a-z]\w+)? (?:with|through|in (?:its|their|his|her)) [^\W\d].*", re.DOTALL
)
_ACTS["describe"] = re.compile(r"(?:his|her|its|their)(?: (?!as\b)[\w’'-]+){1,3}")
_ACTS["identify"] = re.compile(r"(?!.* as\b)(?!.*\b(?:is|are|was|were|had|has)\b).+", re.DOTALL)
_MATTER = r"(?: (?:against|at|by|for|from|in|into|of|on|over|to|with)\b.*)?"
_ACTS["deny"] = re.compile(  # who is kept from something, and no charge
    r"(?:him|her|them|us|me|you) (?!(?:of|all|both)\b).+|"
    rf"(?:[\w’'-]+ ){{0,4}}(?:access|admission|asylum|bail|benefits|boarding|entry|parole|permission|refuge|visas?){_MATTER}|"
    r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)? (?:from|with|at|twice|again|early|late)\b.*",
    re.DOTALL,
)
_ACTS["claim"] = re.compile(  # what is won, fetched or taken
    r"(?:(?:the|an?|his|her|its|their|\w+) ){0,4}(?:allowances?|asylum|bags|benefits|bronze|coats?|crowns?|gold|lives|life|"
    rf"luggage|medals?|pensions?|podium|points?|prizes?|refunds?|scalps?|seats?|sight|silver|throne|titles?|trophy|wickets?|wins?){_MATTER}",
    re.DOTALL,
)
_ACTS["recall"] = re.compile(  # who or what is called back
    r"(?:(?:the|its|his|their|\d[\d,]*|some|all) )(?:[\w’'-]+ ){0,3}"
    rf"(?:ambassadors?|cars|chargé|diplomats?|envoys?|forces|models|products?|troops|units|vehicles){_MATTER}",
    re.DOTALL,
)
_ACTS["appoint"] = re.compile(r".+", re.DOTALL)
_ACTS["state"] = re.compile(r"(?:his|her|their|your) (?:full )?(?:name|age|address)s?")
_ACTS["teach"] = re.compile(r".+", re.DOTALL)  # a language, a class
DOING = frozenset(  # verbs whose object, where it is no clause, is oftener what was done than what was said
    "address appoint christen contradict create declare define depict display document encounter establish find identify "
    "name offer publish question recognise recognize refer refusal sign submit".split()
)
_SELF = re.compile(r"call\w* (?:themselves\b|(?:him|her|them|us|me|you) names\b)", re.IGNORECASE)
_SHORT = re.compile(r"(?:stop(?:s|ped|ping)?|f[ae]ll(?:s|ing)?) short of\b", re.IGNORECASE)
_IMAGES = frozenset(
    "animation camera chart clip film footage image map photo photograph picture recording screenshot video".split()
)
_IMAGE_BY = re.compile(rf"\b(?:{'|'.join(sorted(_IMAGES))})s?\b[^.;:\n\"“”]{{2,60}}(?:\bby )?\Z")
_THINGS = frozenset(  # what goes to show something, and nobody says it
    "accident attack attempt battle behaviour behavior case character clash coin coincidence crash crisis culture "
    "decade defeat election emblem episode event evidence example exhibit experience failure fate fight fire "
    "fossil game glance glimpse grave history incident inscription instance look loss match mistake monument move painting past "
    "pattern performance practice price profile protest race reaction relic remain rule ruin scandal scene season sign "
    "statue success symbol symptom timing tomb tour trace track tragedy trend victory visit war win year".split()
)
_PROVING = frozenset("show reveal indicate suggest point prove demonstrate illustrate underline underscore highlight".split())
_OF = re.compile(
    r",| (?:of|in|at|on|by|from|for|to|with|across|around|over|near|during|after|before|about|between|against|among|that|which|"
    r"\w+(?:ed|ing))\b"
)
_LEAVING_OUT = frozenset("mention cite specify disclose".split())
_OPENS_CLAUSE = re.compile(r"(?:that|if|whether|how|why|what|when|where|who|having|\w+ing)\b")
_TELLING = re.compile(r"\b(?:is|was|be) (?:(?:also|more|most|so|very|\w+ly) )?\Z")
_TAKING = frozenset("admit claim deny recall teach".split())
_MEETING = frozenset("welcome greet receive host recall meet congratulate salute".split())  # people, not news
_REASON = re.compile(r"\b(?:for|as|that|to)\b")
_FAR = 80  # characters before who posted an image in which it is told that it is one
_DETERMINED = 2  # words of a noun with its determiner
_FEW = 5  # words of a noun phrase for somebody


def is_act(text: str, verb: str, content: Chars) -> bool:
    """Whether a verb is of something done, whose object tells no words: *blamed the pilot*, *welcomed the guests*."""
    words = text[slice(*content)].rstrip(" .,;")
    bare = _ACTS.get(verb)
    if (
        bare is not None
        and bare.fullmatch(words) is not None
        and not (verb in _TAKING and any(w in FINITE for w in words.split()))
    ):
        return True
    helped = _SUPPORTED.fullmatch(words) if verb == "support" else None  # supported widows with seed and tools
    if helped is not None:
        last = helped["who"].split()[-1]
        return last[0].isupper() or is_person(singular(last.lower())) or last.lower() in BODIES
    found = words.split()
    if verb in ("question", "interrogate", "quiz"):  # who is asked
        return any(is_person(singular(w.lower().strip(","))) for w in found[:3])
    if verb == "admit":  # who is let in
        noun = next((k for k, w in enumerate(found[:4]) if is_person(singular(w.lower()))), None)
        clause = any(w in FINITE for w in found[:noun])  # they were partners
        return noun is not None and not clause and not any(w in FINITE or w.endswith("ed") or w == "that" for w in found[noun:])
    person = len(found) < _FEW and (is_person(found[0]) or is_person(singular(found[-1].lower())))
    alone = verb == "blame" and len(found) == _DETERMINED and found[0] in ("the", "its", "his", "her", "their")
    return (verb in _MEETING or verb == "advocate" or alone) and person and _REASON.search(words) is None


def tells_no_words(text: str, read: Cue, cue: Chars, source: Chars | None, content: Sequence[Chars], quotes: bool) -> bool:
    """Whether a verb of saying tells what people call themselves, what an image or a thing shows, what somebody stopped short of,
    what was left out (*did not mention the lock*), or what is telling or explained by *this*.
    """
    verb = read.lemma
    who = text[slice(*source)].lower().split() if source is not None else []
    images = any(singular(w.strip(",")) in _IMAGES for w in who[:4]) and verb in ("show", "reveal", "capture")
    if not quotes and source is not None and content[0][0] >= cue[1]:
        named = _OPENS_CLAUSE.match(text, *content[0]) is None
        if named and read.polarity == "negated" and verb in _LEAVING_OUT:
            return True
        if verb in _PROVING and _is_thing(text, source):
            return True
    if _SHORT.match(text, *cue) is not None or images or _SELF.match(text, cue[0]) is not None:
        return True
    if text[slice(*cue)] == "telling" and _TELLING.search(text, max(cue[0] - 20, 0), cue[0]) is not None:
        return True
    return verb == "explain" and who in (["this"], ["that"], ["these"], ["it"]) and text[cue[1] - 1] == "s"


def _is_thing(text: str, source: Chars) -> bool:
    """Whether a source is a thing or an event, which says nothing: *the trials of the strikers*, *an episode in Tarvo*."""
    before = text[max(0, source[0] - _FAR) : source[0]]
    lo = source[0] + 3 if text.startswith("by ", source[0]) else source[0]
    if (lo > source[0] or before.endswith(" by ")) and _IMAGE_BY.search(before) is not None:
        return True  # footage shared by the shop's owner shows
    head = _OF.split(text[lo : source[1]])[0].split()
    return bool(head) and (head[-1].islower() or len(head) == 1) and singular(head[-1].lower()) in _THINGS


def is_person(noun: str) -> bool:
    """Whether a noun, or a title, is for somebody."""
    return is_person_noun(noun.lower()) or noun.lower() in TITLES

"""Whether what reads like an attribution reports that anybody said, thought or wanted something.

*Each skater seemed to be …*, *Brandt was declared the winner*, *the spot, titled “Unfit,”* have a verb of saying or seeming and
nobody who says. An attribution without a source needs a sign that it is a report: an act of speech, and behind a passive a
clause: *it was announced that*, *is alleged to have*. Nor is *she admires him* one, or what a song is called, or an act that
has nothing but a name for its object (*addressed the United Nations*), or what anyone can say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon.cues import cue_verb
from ..lexicon.forms import singular
from ..lexicon.nouns import BODIES
from ..lexicon.tables import nouns
from ..lexicon.tables import words as listed
from ..lexicon.words import FINITE, PARTICLE, PREPOSITIONS
from ..text.chars import Chars
from ..text.seek import Seeker
from .cues import Cue, is_act, is_person, read_cue, tells_no_words

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BE = frozenset("be been being is are was were 's 're am".split())
_RAISING = frozenset("seem appear tend happen".split())
_NAMING = frozenset("title entitle name call dub nickname crown know".split())
_PARTICIPLE = re.compile(r"\w+(?:ed|wn)\b", re.IGNORECASE)
_PASSIVES = listed("passive_report")  # verbs whose passive reports: *it was announced that*
_CLAUSE = re.compile(
    r"[\"“‘' ]*(?:that|to|if|whether|how|why|what|who|when|where|which|he|she|it|they|we|i|there|of \w+ing)\b", re.IGNORECASE
)
_BLAMING = frozenset("accuse blame condemn criticise criticize label".split())  # whose passive needs no clause
_AT = PREPOSITIONS - {"that", "as", "like", "than", "according"}
_IN_A_PLACE = re.compile(rf"\b(?:{'|'.join(sorted(_AT))}) (?:the )?(?:[^\W\d_a-z][\w’'-]* )*\Z")
_BY = re.compile(r"\bby\b")
_HEARSAY = frozenset("reportedly allegedly supposedly apparently according".split())
_SENTENCE = re.compile(r"[.,!?…][\"”’']\Z")
_IDIOM = re.compile(r"(?:goes|going|went) without saying|needless to say|who knows", re.IGNORECASE)
_IF = re.compile(r"(?:If|To|For)\b")
_BY_MEASURE = frozenset(  # what one does something according to, and nobody says anything
    "ability age aptitude budget capacity circumstance condition degree demand gender height importance income kind level merit "
    "mood nature need number order popularity preference price priority quality rank season seniority severity situation size "
    "skill speed status strength taste temperature type value weight whim".split()
)
_MEASURE = re.compile(
    r"(?:(?:the|an?|its|his|her|their|one[’']s|each|\w+[’']s) )?(?:[\w-]+ ){0,2}?(?P<noun>[a-z]+)(?= (?:of|and|or)\b|\Z)"
)
_SHOWING = frozenset("show display flash exhibit feature screen play perform".split())
_MAKING = _NAMING | frozenset("write sing compose record publish direct paint release produce answer".split())
_TITLED = ("titled", "entitled", "nicknamed", "christened")
_PEOPLE = frozenset(
    "it this that these those so me him her them us you himself herself themselves he she they we i that's that’s it's".split()
)
# *declined to comment*, *did not respond to a request for comment*: an act of speech without words
_UNSAID = Seeker(
    r"(?:(?:decline|refuse)[sd]?|declining|refusing) (?:to )?(?:(?:give|offer|provide|make|any|further|immediately|publicly) )*"
    r"(?:comments?|elaborate|be (?:named|identified|drawn))\b|"
    r"(?:respon|repl|return|answer)\w* (?:to )?(?:(?:an?|the|several|repeated|multiple|further|\w+[’']s) )*(?:\w+ )?"
    r"(?:requests?|e-?mails?|calls?|messages|inquir\w+)(?: for (?:an? )?(?:comments?|interview)\b|[.,;]|\Z)",
    re.IGNORECASE,
)
_LISTED = re.compile(  # what a programme lists behind a name; Adults: $12; Hurricane Ann: What we know
    r"(?:What|How|Why|All|Everything) (?:we|you|to|it|the)\b|[$€£¥₡₹₦₩₱] ?\d|(?:[^.!?:\n]{2,60}? \([^()\n]{3,40}\) |"
    r"(?:[A-Z][\w’'&-]*(?: (?:of|and|the|&|for|in|to|with))* ){2,8})[-–—] "
)
_PRAYERS = re.compile(
    r"\b(?:offer\w*|say|says|said|saying) (?:(?:an?|the|his|her|their|our|special|silent|daily|[a-z]+ing) ){0,3}prayers?\b"
    r"(?! (?:services?|is|are|was|were|has|have|had|will|would|can|could|helps|helped)\b)",
    re.IGNORECASE,
)
_INITIALS = re.compile(  # BRT stands for “bus rapid transit”
    r"(?:(?:[Tt]he|[Aa]n?) )?(?:[A-Z][A-Z.&]+|[Ll]etters?|initials?|acronyms?|abbreviations?|which|that|name)(?: [A-Z][A-Z.]*)*"
)
_DEVICE = re.compile(r"\b(?:app|browser|form|machine|page|portal|program|screen|site|software|system|website|wizard)\Z")
_USER = re.compile(r"(?:you|users?|visitors?|customers?|applicants?)\b")
_CALLED_UP = re.compile(r"(?:has |had |have |was |were )?call(?:s|ed|ing)? (?:up|in|off|into|back)\b")  # into a team, or off
_WHATEVER = re.compile(
    r"(?:(?:and|but|no matter) )?what(?:ever)?\b", re.IGNORECASE
)  # whatever | Veld | said | at half-time worked
_LOST = re.compile(r"reported (?:missing|stolen|lost|absent)\b")
_HOW_MUCH = re.compile(
    r"(?:(?:absolutely|very|almost|next to) )?(?:nothing|little|much|something|anything|a lot|not (?:a|one) (?:word|thing))"
    r"(?: (?:else|more|new|at all))?(?=\Z|[,.]| (?:about|of|on|regarding|concerning)\b)",
    re.IGNORECASE,
)
_HOLDING = frozenset("include includes included including comprise comprises comprised comprising".split())
# announced this when he
_THIS_WHEN = re.compile(r" (?:this|that|it|so)(?: [\w’'-]+,?){0,4}? (?:when|while|as|during|after|before|at|in|on|to)\b")
_LEAD = 40  # characters before the end of a place's name that hold its preposition
_SMALL = 4  # letters of a word that a title may print small
_LABEL = re.compile(  # Storm Bo LIVE; OBITUARY; REDS IN A STEW
    rf".*\b(?i:live|latest|updates)|(?i:{'|'.join(listed('heading'))})|[A-Z’' -]+ (?:AN?|AT|IN|IS|NO|ON|OUT|TO|UP) [A-Z’' -]+"
)
_MARKS = "\"“”‘’'"
_SHOWN = re.compile(r"\s*(?:(?:the|a|an) (?:\w+ )?)?[\"“‘'][^.\n]{1,60}")
_PART = re.compile(r"(?:contrary|according|owing|due|prior|thanks|regardless|instead|ahead|because|despite)\Z", re.IGNORECASE)
_TAKEN = frozenset(  # not *claimed*: who claims to be somebody says it
    "believed thought said alleged reported rumoured rumored suspected considered presumed understood feared known".split()
)
_TO_BE = re.compile(r"\s+to (?:be|have)\b")
_TERM = re.compile(r"(?:(?:the|a) )?(?:words?|terms?|phrases?|expressions?) (?=[\"“‘'])", re.IGNORECASE)
_IN_PLACE = re.compile(r"([\"”’']) (?:in|of|under|at|for) [^\"“”‘’]*\Z")  # “shall” in each of its clauses
_TERM_WORDS = 3  # of a law or a treaty that are but a term in marks
_LAWS = frozenset(
    "law act bill section clause paragraph constitution treaty convention charter code statute regulation rule "
    "ordinance contract schedule subsection".split()
)
_LAW = re.compile(  # an article of a paper has no number
    rf"(?:{'|'.join(sorted(_LAWS))})s?(?: \w*\d[\w().]*)?(?: of [^,]*)?\Z|\barticle \w*\d[\w().]*(?: of [^,]*)?\Z", re.IGNORECASE
)
_FUNCTION = re.compile(
    r"(?:may|must|shall|should|can|will|would|might|could|and|or|nor|if|when|where|by|of|not)\Z", re.IGNORECASE
)
_WORDLESS = re.compile(  # *declined to do so*, *which was projected by ...*, *said as much*
    r"(?:not )?(?:to )?do(?:ing)? (?:so|that|this|it|the same)|which|who|whom|whose|so|as much|as such|each other|one another|"
    r"things?|something|anything|(?:many|a few|several|some|such) things",
    re.IGNORECASE,
)
_NAME = re.compile(rf"(?:the )?[^\W\d_a-z][\w.’'-]*(?: (?:(?:of|and|the|for|{PARTICLE}) )*[^\W\d_a-z][\w.’'-]*)*")
_ALIAS = re.compile(r"\b(?:pseudonym|alias|nickname|moniker|pen name|stage name|call sign|username|handle)s?\Z", re.IGNORECASE)
_SIDING = frozenset("accuse agree deny".split())  # classes of verbs that take sides for or against whom they name
_VOTING = re.compile(r"\b(?:vot(?:e|es|ed|ing|ers?)|supporters?|fans?|followers?|voting) (?:for|of)\Z", re.IGNORECASE)
_ANYONE = frozenset("one anyone anybody you whoever".split())
_NO_ONE = re.compile(r"(?:no one|nobody|none|few)\b", re.IGNORECASE)
_CAN = re.compile(r"\b(?:can|could)\b")
_SEEING = frozenset("see witness notice spot".split())
_AUTHOR = frozenset("we you i one".split())
_HAVE = re.compile(r"\b(?:has|have|had|having|[’']ve)\b")
_AS = re.compile(r"\bas\b")
_RELATIVE = re.compile(r",? (?:who|which|whose|that|where)\b")
_TO_BE_CALLED = re.compile(r"\S+(?: \S+){0,4} as [\"“‘']")  # knew them as “the dirty isles”
_RELATIVE_END = re.compile(r"\S that\Z")
_RELATIVE_ALONE = re.compile(r"(?:that|which)\Z")
_ASKS = re.compile(r"(?:whether|if|how|why|what|who|when|where|which)\b")
_ANYBODY = re.compile(r"(?:[Yy]ou|[Oo]ne|[Aa]nyone|[\w-]+s|[Pp]eople)")
_OUGHT = re.compile(r"\b(?:should|must|can|may|might|could|ought)\b")
_CALLED = re.compile(r"\bcall(?:ed|s|ing)?(?: (?:up|in|back))?\Z", re.IGNORECASE)
_TO_DO = re.compile(  # called her to play
    r"(?:him|her|me|it|(?:(?:the|an?|his|its|their) )?(?:[\w’'-]+ ){0,3}?(?P<who>[\w’'-]+)) to (?:act|appear|attend|bat|bowl|"
    r"captain|coach|compete|fill|give|join|lead|perform|play|race|replace|represent|serve|sing|take|testify|work)\b"
)
_SERVED = re.compile(r"(?:him|her|them|us|me|you) (?:(?:an?|the|some|his|her|their|its) )?[\w’'-]+(?: [\w’'-]+){0,5}")
_CITING = frozenset("cite quote".split())
_CITED_BY = re.compile(r" (?:who|whom|which|that|whose|familiar|close|briefed|with|from|in|at|on|to|for|by|it|he|she|they)\b|,")
_DOCUMENTS = nouns("document") | frozenset("media press report data statistics".split())
POSTED = re.compile(r"(?:tweet|post)ed(?: (?:on|via|in) [^.,;:\n\"“”]{2,40})?: (?=[^\s\"“‘'])")  # a post without marks
_PROMPTED = re.compile(r"\b(?:prompting|leading|causing|driving) \Z")
_TOPIC = re.compile(r"(?:\w+ing|asked|\w+ed) (?:to|about|on|over)\Z", re.IGNORECASE)


def _is_whatever(text: str, source: Chars, content: Sequence[Chars]) -> bool:
    """Whether *what* or *whatever* right before who said it stands for words that nobody tells: *whatever Veld said worked*."""
    lo, hi = content[0]
    free = hi <= source[0] and not text[hi : source[0]].strip() and _WHATEVER.fullmatch(text, lo, hi) is not None
    return free or text[source[0] : source[0] + 9].lower() == "whatever "


def is_report(text: str, cue: Chars, source: Chars | None, content: tuple[Chars, ...], quotes: bool) -> bool:
    """Whether a cue, its source and what they are read with are a report.

    Args:
        text: the article.
        cue: span of the cue.
        source: span of the source, if there is one.
        content: spans of the words, with the marks that stand around them.
        quotes: whether a quotation is among them.
    """
    words = [m.group().lower().replace("’", "'") for m in _WORD.finditer(text, *cue)]
    if not words:  # — SPA, behind an article; Lund: Resin Art (May 7 to 11) – In the second week
        listed_so = text[cue[0]] == ":" and bool(content) and _LISTED.match(text, content[0][0]) is not None
        head = source is not None and _LABEL.fullmatch(text, *source) is not None
        return quotes or not (listed_so or head or text[cue[0]] in "—–-―")
    if not quotes and (
        _is_no_telling(text, words, cue, source, content)
        or _is_participle(text, words, cue, source, content)
        or _CALLED_UP.match(text, *cue) is not None
    ):
        return False
    if not quotes and source is not None and _is_whatever(text, source, content):
        return False
    read = read_cue(text, cue, source, quotes)
    raising = read.lemma in _RAISING and re.match(r"\s+to\b", text[cue[1] : cue[1] + 8]) is not None
    if raising or tells_no_words(text, read, cue, source, content, quotes):
        return False
    if (
        words[-1] in _TITLED
        or _ALIAS.search(text, *cue) is not None
        or (len(content) == 1 and text[slice(*content[0])].lower() in _PEOPLE)
    ):  # *praised her*
        return False
    who = text[slice(*source)] if source is not None else ""
    if source is not None and quotes and read.lemma == "stand" and _INITIALS.fullmatch(who.rstrip()) is not None:
        return False
    if not quotes and _DEVICE.search(who) is not None and _USER.match(text, cue[1] + 1) is not None:
        return False  # the page asks you to sign up
    if not quotes and (_PRAYERS.search(text[cue[0] : cue[1] + 24]) is not None or _LOST.match(text, cue[1] - len("reported"))):
        return False
    if read.lemma == "know" and _TO_BE_CALLED.match(text[slice(*content[0])]) is not None:
        return False
    if _is_of_function(text, content) or (not quotes and _tells_nothing(text, read, cue, source, content)):
        return False
    if not quotes and len(content) == 1 and _UNSAID.search(text, cue[0], min(content[0][1] + 1, cue[1] + 120)) is not None:
        return False
    after = next(((s, e) for s, e in content if s >= cue[1]), None)
    if not quotes and len(content) == 1 and _PART.fullmatch(text, *content[0]) is not None:
        return False  # contrary to claims, ...
    if words[-1] != "to" and _is_taken_for(text, words, cue, source):
        return False
    clause = words[-1] in ("to", "that") or (after is not None and _is_clause(text, cue[1], after))
    if source is not None:
        felt = read.act == "stance" and read.cue_class == "other" and cue_verb(read.lemma) is not None  # *admires her*
        if not quotes and after is not None and ((felt and not clause) or is_act(text, read.lemma, after)):
            return False
        if quotes and _is_term(text, source, content):
            return False
        return not (quotes and (_is_shown(text, cue, content, read.lemma) or _is_work(text, source, content, read.lemma)))
    if words[0] in _HEARSAY:
        return True
    if read.act != "speech":
        return False
    named = read.lemma in _NAMING and read.cue_class != "demand" and _PARTICIPLE.search(text, *cue) is not None
    if named or any(w in _BE for w in words[:-1]):
        fronted = after is None and "," in text[content[0][1] - 1 : cue[0]]  # *the plan was dead, the court was told*
        whole = clause and not named and _SENTENCE.search(text, *content[-1]) is not None
        return whole or (read.lemma in _PASSIVES and (clause or fronted or read.lemma in _BLAMING))
    return clause or _TOPIC.search(text[slice(*cue)]) is None


def is_plain(text: str, cue: Chars, source: Chars | None, content: Sequence[Chars]) -> bool:
    """Whether a form leaves no doubt: *prompting Ann Rees to say that*, *Ann Rees tweeted on Friday: No bus today*."""
    if source is None or not content or source[1] > cue[0] or content[0][0] < cue[1]:
        return False
    if _PROMPTED.search(text, max(0, source[0] - 12), source[0]) is not None and text.startswith("to ", cue[0]):
        says = cue_verb(text[cue[0] + 3 : cue[1]])
        clause = text.startswith(" that ", cue[1]) or any(w in FINITE for w in text[slice(*content[0])].split())
        return says is not None and says.cue_class == "say" and clause
    posted = POSTED.match(text, cue[0])
    return posted is not None and posted.end() == content[0][0]


def _is_no_telling(text: str, words: Sequence[str], cue: Chars, source: Chars | None, content: Sequence[Chars]) -> bool:
    """Whether words that report elsewhere are an idiom (*it goes without saying*), a determiner (*Said house was sold*), tell
    by what something is done (*seated according to the age of their children*) or what there is (*the measures include*).
    """
    if words[-1] in _HOLDING:
        return True
    lo = source[0] if source is not None and source[1] <= cue[0] else cue[0]
    if _IDIOM.search(text, max(lo, cue[0] - 20), cue[1] + 20) is not None:
        return True
    if words == ["said"]:
        return source is None and text[cue[0]].isupper()
    if words == ["ask"]:  # If you doubt it, ask Veld
        return source is not None and source[0] > cue[0] and _IF.match(text, content[0][0]) is not None
    if words != ["according", "to"]:
        return False
    measure = _MEASURE.match(text, cue[1] + 1, cue[1] + 80)
    return measure is not None and singular(measure["noun"]) in _BY_MEASURE


def _is_participle(text: str, words: Sequence[str], cue: Chars, source: Chars | None, content: Sequence[Chars]) -> bool:
    """Whether a participle tells more of the words before it, which nobody is told to have said: *the third fire in Tarvo
    reported this month*, *the cuts announced last week will hurt*, *the second case confirmed by the clinic*.
    """
    before = content[0]
    if len(words) > 1 or _PARTICIPLE.fullmatch(words[0]) is None:
        return False
    if before[1] > cue[0]:  # signed in May and announced on Sunday is worth much
        return source is None and before[0] > cue[1] + 1 and text[slice(*before)].split()[0] in _BE
    if source is None or (source[0] >= cue[1] and _BY.search(text, cue[1], source[0]) is not None):
        alone = source is None and (len(content) == 1 or _is_predicate(text, content[1]))
        return text[before[1] : cue[0]] == " " and (alone or source is not None)
    place = text[slice(*source)].split()[0].lower() in _AT
    place = place or _IN_A_PLACE.search(text, max(before[0], source[0] - _LEAD), source[0]) is not None
    return source[1] + 1 == cue[0] and place


def _is_predicate(text: str, span: Chars) -> bool:
    """Whether words begin with a verb, whose subject stands elsewhere."""
    return text[slice(*span)].split()[0].lower() in FINITE


def tells_clause(text: str, cue: Chars, content: Sequence[Chars]) -> bool:
    """Whether a report tells a clause or what is to be done, and not but a thing: *announced that the mill will shut*."""
    after = next(((s, e) for s, e in content if s >= cue[1]), content[0])
    return _is_clause(text, cue[1] if after[0] >= cue[1] else after[0], after)


def _is_taken_for(text: str, words: Sequence[str], cue: Chars, source: Chars | None) -> bool:
    """Whether a participle tells what somebody is taken for: *the suspects, thought to be from Tarvo, fled*."""
    if len(words) > 1 or words[0] not in _TAKEN or _TO_BE.match(text, cue[1], cue[1] + 12) is None:
        return False
    before = text[max(0, cue[0] - 30) : cue[0]].rstrip()
    return before.endswith(",") or (source is not None and source[1] <= cue[0] and before.split(" ")[-1].lower() not in _BE)


def _is_term(text: str, source: Chars, content: Sequence[Chars]) -> bool:
    """Whether a law has a term in marks, which nobody says: *the Act says “may”*, *the treaty uses the word “vessel”*."""
    if _LAW.search(text, *source) is None:
        return False
    told = (_IN_PLACE.sub(r"\1", _TERM.sub("", text[slice(*span)])) for span in content)
    found = [m.group() for words in told for m in _WORD.finditer(words)]
    return len([w for w in found if w.lower() not in ("not", "and", "or", "rather", "than")]) <= _TERM_WORDS


def _is_of_function(text: str, content: Sequence[Chars]) -> bool:
    """Whether words in marks are but *may*, or *may* and not *must*: terms of a text, which nobody says."""
    if not all(text[s] in _MARKS or text[e - 1] in _MARKS for s, e in content):
        return False
    found = [m.group() for span in content for m in _WORD.finditer(text, *span)]
    return any(w.lower() not in ("not", "and", "or") for w in found) and all(_FUNCTION.match(w) for w in found)


def _tells_nothing(text: str, read: Cue, cue: Chars, source: Chars | None, content: Sequence[Chars]) -> bool:
    """Whether what is read as reported, without a quotation, are no words of anybody.

    It is none that stands for words told elsewhere (*refused to do so*), nor a bare name that a verb of no side has for its
    object (*debated Ann Veld*, *voted for Veld*), nor what anybody can say, nor what somebody has but seen.
    """
    words = text[slice(*content[0])].strip(" ,.;:")
    after = content[0][0] >= cue[1]
    who = text[slice(*source)].lower() if source is not None else ""
    said = text[slice(*cue)]
    if len(content) > 1:  # it is the arms race that Oslo wants to launch
        wanted = read.act != "speech" and _RELATIVE_ALONE.match(words) is not None and text.startswith("to ", content[1][0])
        return content[0][1] <= cue[0] < content[1][0] and (wanted or _RELATIVE_END.search(words) is not None)
    if after and (_is_open(text, read, cue, source, content[0]) or (read.lemma in _CITING and _is_source(words))):
        return True
    this = _THIS_WHEN.match(text, cue[1], content[0][0]) if after else None
    if this is not None or _WORDLESS.fullmatch(words) is not None or (after and read.cue_class == "say" and _tells_none(words)):
        return True
    if who in _ANYONE and (read.polarity != "affirmed" or who.startswith("any")):
        return True
    if _NO_ONE.match(who) is not None and _CAN.search(text, source[1] if source is not None else cue[0], cue[1]) is not None:
        return True
    headline = said.split()[-1][:1].isupper()
    if not headline and content[0][0] >= cue[1] and _NAME.fullmatch(words) is not None:
        return (read.act == "speech" and read.cue_class not in _SIDING) or _VOTING.search(said) is not None
    main = (content[0][0], content[0][0] + len(_RELATIVE.split(words)[0]))  # without what tells more of a thing that is seen
    if read.lemma in _SEEING and after and not _is_clause(text, cue[1], main) and _AS.search(words) is None:
        return read.lemma != "see" or who in _AUTHOR or _HAVE.search(said) is not None
    return False


def _tells_none(words: str) -> bool:
    """Whether it is told how much was said, and not what: *nothing about the money*, *little of the men who died*."""
    m = _HOW_MUCH.match(words)
    if m is None:
        return False
    of_what = _RELATIVE.split(words[m.end() :])[0].split(",")[0]
    return not any(w.lower() in FINITE or w.endswith("ed") for w in of_what.split())


def _is_open(text: str, read: Cue, cue: Chars, who: Chars | None, content: Chars) -> bool:
    """Whether words are but what may or should be told (*parents should ask whether it is safe*), or what somebody is called to
    do or given (*called the witness to testify*, *offered them tea*).
    """
    if who is not None and _ANYBODY.fullmatch(text, *who) is not None and _ASKS.match(text, *content) is not None:
        plural = text[slice(*who)].lower()
        if _OUGHT.search(text, who[1], cue[1]) is not None and (plural in _ANYONE or is_person(singular(plural))):
            return True
    if _CALLED.search(text, *cue) is not None and (called := _TO_DO.match(text, *content)) is not None:
        return called["who"] is None or called["who"][0].isupper() or is_person(called["who"].lower())
    served = _SERVED.fullmatch(text, *content) if read.lemma in ("offer", "give", "serve") else None
    return served is not None and not any(w in FINITE or w == "to" for w in served.group().split()[1:])


def _is_source(words: str) -> bool:
    """Whether words are but who or what is cited: *people familiar with the matter*, *figures from the bureau*."""
    found = _CITED_BY.split(words)[0].lower().split()
    if not found or "of" in found or "as" in words.split() or any(w.endswith(("’s", "'s")) for w in found):
        return False
    noun = singular(found[-1])
    told = re.search(r" (?:that|which|by)\b", words) is not None
    return (
        (is_person(noun) and noun != "figure") or noun in BODIES or (not told and (noun in _DOCUMENTS or found[-1] in _DOCUMENTS))
    )


def _is_clause(text: str, begin: int, content: Chars) -> bool:
    """Whether words behind a cue are a clause: a word that opens one, or a finite verb."""
    opened = _CLAUSE.match(text, begin, content[1]) or _CLAUSE.match(text, *content)
    return opened is not None or any(m.group().lower() in FINITE for m in _WORD.finditer(text, *content))


def _is_shown(text: str, cue: Chars, content: Sequence[Chars], verb: str) -> bool:
    """Whether a quotation is what is shown: *the screen showed “Error”*, *will show “Salt” and “Iron”*."""
    return verb in _SHOWING and len(content) == 1 and _SHOWN.fullmatch(text, cue[1], content[0][1]) is not None


def _is_work(text: str, source: Chars, content: Sequence[Chars], verb: str) -> bool:
    """Whether a quotation is the name of a work or of somebody, or what a screen tells: *sang “Home Again”*."""
    whole = len(content) == 1 and text[content[0][0]] in _MARKS and text[content[0][1] - 1] in _MARKS
    if not whole:
        return False
    if text[slice(*source)].split()[-1].lower() in ("screen", "display", "monitor", "pop-up", "popup", "browser"):
        return True
    words = [m.group() for m in _WORD.finditer(text, *content[0])]
    titled = bool(words) and words[-1][0].isupper() and all(w[0].isupper() or len(w) <= _SMALL for w in words)
    return titled and verb in _MAKING and (len(words) > 1 or verb in _NAMING) and text[content[0][1] - 2] not in ".,!?…"

"""Pages that stand in an article's place, by what they say: gone, barred, behind a wall, of the site itself."""

from __future__ import annotations

import re

_BRIEF = 150  # words; a longer text is not judged by what it says
_REST = 4  # words that may stand behind *Page not found*
_GONE = re.compile(
    r"\W*(?:(?:error|http)\W*)?(?:404|410)\b(?=\W*$|\s*[|–—:-]|\W*(?:error|not|page|file|gone)\b)|"
    r"\W*(?:oops\W*|sorry\W*|whoops\W*|error\W*)*(?:(?:this|the|that) )?(?:page|article|story|content|url|link|file)"
    r"(?: (?:you(?:’|'| a)?re looking for|requested|you requested))?"
    r" (?:(?:was |is |could |can )?(?:not|n['’]t|cannot|no longer) (?:be )?(?:found|available|exists?)|(?:does|has) not exist|"
    r"doesn['’]t exist|can['’]t be found|cannot be found|unavailable|removed|has (?:moved|expired|been removed)|is missing)|"
    r"\W*(?:not found|nothing found|page missing)\W*$|"
    r"\W*(?:page (?:introuvable|non trouvée)|seite (?:wurde )?nicht gefunden|página no encontrada|página não encontrada|"
    r"pagina (?:non trovata|niet gevonden)|sid(?:an|en) (?:hittades inte|ble ikke funnet|blev ikke fundet))\b",
    re.IGNORECASE,
)
_GONE_SAID = re.compile(
    r"(?:page|article|story|content|link)\b.{0,20} (?:doesn['’]t|does not|no longer) (?:seem|appear)s? to exist|"
    r"(?:page|article|story|content|link)\b.{0,60}\b(?:could not|cannot|can['’]t|couldn['’]t) be found|"
    r"(?:page|article|story|link) (?:that )?(?:you(?:’re|'re| are| were)? (?:looking|searching) for|"
    r"you (?:have )?(?:requested|followed))|"
    r"(?:page|article|story|content|resource) (?:has moved or |is |was |may )?(?:no longer (?:exists|available)|"
    r"(?:has|have) (?:been removed|expired|moved))|"
    r"(?:can['’]t|cannot|couldn['’]t|could not) find (?:the|this|that) (?:page|article|story)|"
    r"requested (?:resource|url|page) (?:is no longer|was not|could not|does not|has been)|"
    r"n['’]existe (?:pas|plus)|wurde (?:leider )?nicht gefunden|no existe o|não existe|non esiste|bestaat niet",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"\W*(?:just a moment|access (?:to this page (?:has been )?)?denied|attention required|are you (?:a robot|human)|"
    r"(?:please )?verify (?:that )?you are (?:a )?human|human verification|security check|checking your browser|one more step|"
    r"bot (?:detection|verification)|pardon our interruption|before you continue|forbidden|403 forbidden|"
    r"(?:we value your|your) privacy(?: choices| matters)?|cookie (?:consent|settings|policy|preferences)|we use cookies|"
    r"privacy settings|service unavailable|too many requests|(?:please )?enable (?:javascript|cookies)|"
    r"451\b.{0,20}unavailable|unavailable (?:due to|for) legal reasons|(?:http )?(?:error )?50[0234]\b|"
    r"(?:internal )?server error|bad gateway|gateway time-?out|welcome to nginx|"
    r"(?:we['’]ll|we will) be (?:right )?back|(?:site )?(?:under|down for) maintenance|"
    r"(?:log|sign) ?in|register|subscribe|(?:this )?(?:site|account|domain)(?: has been)? suspended|"
    r"(?:this )?domain(?: name)? is for sale)\b.{0,40}",
    re.IGNORECASE,
)
_WALL_SAID = re.compile(
    r"\bcookies?\b|\bconsent\b|third[- ]party (?:vendors|partners)|\bpersonal data\b|enable (?:javascript|js)\b|"
    r"javascript is (?:disabled|required)|"
    r"you (?:are|will be|should be) (?:being |automatically )*redirected|"
    r"not a robot|you (?:are|were) (?:a )?(?:human|bot)|unusual (?:traffic|activity)|"
    r"automat(?:ed|ion) (?:access|requests|traffic|tools)|"
    r"\bcaptcha\b|security (?:check|service)|your (?:browser|ip\b|ip address|network)|checking (?:if|your)|ray id|"
    r"reference (?:id|#)|"
    r"permission to (?:access|view)|access (?:to this (?:page|site)|cannot be granted|denied)|ad ?block|"
    r"not (?:currently )?available (?:in|to) (?:your|visitors)|unavailable (?:in|to) (?:your|visitors)|european economic area|"
    r"\bgdpr\b",
    re.IGNORECASE,
)
_BARRED_SAID = re.compile(
    r"\b(?:for|to) (?:our )?(?:paid |paying )?(?:subscribers|members) only\b|\bsubscriber[- ](?:only|exclusive)\b|"
    r"^\W*(?:please )?(?:subscribe|log ?in|sign ?in|register|choose (?:your|the|a) plan|cancel any ?time|forgot your password|"
    r"already (?:have an account|a (?:subscriber|member))|not (?:yet )?a (?:subscriber|member)|no account yet|new here)\b|"
    r"\b(?:to|and) (?:continue|keep) reading\b|\bto (?:continue|read|unlock|view) (?:this|the (?:full|whole|rest))\b|"
    r"\bfree articles? (?:left|remaining|this|a|per) ?|\bunlimited access\b|please (?:subscribe|log in|sign in|register)|"
    r"\b(?:digital|print)[^.]*: .{0,12}\d.{0,12}\b(?:week|month|year)\b|"
    r"(?:scheduled )?maintenance\b|\btemporarily (?:unable|unavailable)\b|check back (?:in|later|soon)|"
    r"(?:try|come back) again later|"
    r"server (?:encountered|reported|administrator|is temporarily)|(?:bad )?gateway\b|internal server error|"
    r"web server is successfully installed|domain (?:name )?(?:\S+ )?(?:is|may be) for sale|buy this domain|"
    r"account has been suspended|hosting provider|removed for legal reasons",
    re.IGNORECASE,
)  # fmt: skip
_OF_SITE = re.compile(
    r"\W*(?:about(?: us| the \w+(?: \w+)?)?|contact(?: us)?|terms(?: (?:and|&|of) (?:conditions|use|service|sale))?|"
    r"privacy (?:policy|notice|statement)|cookies? (?:policy|notice|statement)|legal notice|imprint|subscri(?:be|ptions?)|"
    r"advertise(?: with us)?|careers|jobs with us|newsletters?|sign up|our (?:team|staff|newsroom)|masthead|site ?map|"
    r"accessibility(?: statement)?|editorial (?:policy|standards|guidelines)|complaints|corrections policy|"
    r"help(?: centre| center)?|"
    r"frequently asked questions|faqs?|all newsletters|manage (?:my )?(?:account|subscription))\W*",
    re.IGNORECASE,
)
_FOLDER = re.compile(r"Index of /")
_REPORTS = re.compile(r"“|\"\w|\b(?:said|says|told|according to)\b", re.IGNORECASE)
_SPEAKS = re.compile(
    r"\b(?:we|us|our|you|your|please|this (?:(?:web)?site|domain|account|page|article)|wir|unsere[mnr]?|ihre[mnr]?|nous|vous|"
    r"votre|vos|nosotros|usted|nuestr[oa]s?|noi|nostri|wij|onze|nós|nossos?|você)\b",
    re.IGNORECASE,
)  # to its readers, as a site does
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def stub(text: str, headings: list[str], is_article: bool) -> str | None:
    """Why a page holds none of an article, by what it says; None: nothing tells.

    Args:
        text: its text, without the title.
        headings: its title and headings, without the name of the site.
        is_article: whether its data for machines tell of an article.
    """
    count, reports, speaks = len(text.split()), _REPORTS.search(text) is not None, _SPEAKS.search(text) is not None
    if any(map(_FOLDER.match, headings)):
        return "a folder of a server"
    named = any(_WALL.fullmatch(h) for h in headings)
    if count < _BRIEF:
        gone = _share(text, _GONE_SAID)
        if any(map(_is_gone, headings)) or (gone >= 0.5 and not is_article) or (gone >= 0.3 and not is_article and not reports):
            return "a page that says that there is none"
        walled = _share(text, _WALL_SAID)
        if (speaks or named) and (walled >= 0.7 or (walled >= 0.3 and (not reports or named))):
            return "a wall of consent, or against robots, in place of a page"
        barred = _share(text, _WALL_SAID, _BARRED_SAID)
        if (speaks or named) and not reports and (barred >= 0.5 or (barred >= 0.3 and named)):
            return "a page for subscribers, or of a server that fails, without its article"
    if not is_article and not reports and speaks and any(_OF_SITE.fullmatch(h) for h in headings):
        return "a page of the site about itself"
    return None


def _is_gone(heading: str) -> bool:
    """Whether a heading says that there is no page, and little else: a site's name, say."""
    m = _GONE.match(heading)
    return m is not None and len(heading[m.end() :].split()) <= _REST


def _share(text: str, *said: re.Pattern[str]) -> float:
    """Share of the sentences of a text that say something."""
    sentences = [s for s in _SENTENCE.findall(text) if len(s.split()) > 2]
    return sum(any(p.search(s) for p in said) for s in sentences) / len(sentences) if sentences else 0.0

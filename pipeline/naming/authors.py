"""Where it is told who wrote a document: *a survey by Tallow*, *the yearbook of the Tarvan Institute*, *a World Bank report*."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..lexicon.forms import plural
from ..lexicon.tables import nouns, words
from ..lexicon.words import COORDINATORS, DETERMINERS, FINITE, PREPOSITIONS, PRONOUNS, RELATIVES
from ..text.chars import Chars
from ..text.seek import Seeker
from .names import PrintedName

_NO_PART = "|".join(sorted(map(re.escape, PREPOSITIONS | FINITE | DETERMINERS | PRONOUNS | RELATIVES | COORDINATORS)))
_DOCUMENTS, AUTHORED = (  # words for what somebody wrote; and for what may be told to be somebody's
    "|".join(sorted({form for noun in found for form in (noun, plural(noun))}))
    for found in (nouns("document"), nouns("document") | nouns("authored"))
)
_TITLED = "agreement|treaty|charter|constitution|act|bill|law|declaration|protocol"  # by a place: the Tarvo agreement
_WORDS = rf"(?: (?!(?:{_NO_PART})\b)[\w-]+){{0,3}} "
_IN_DOCUMENT, _IN_AUTHORED = (  # Veld's Rivers Report; but the Tarvo Agreement is of nobody
    re.compile(rf"(?:[’']s?{_WORDS}(?i:{found})|{_WORDS}(?!(?:{_TITLED})\b)(?:{found}))(?= (?:{_NO_PART}|\w+ed|on)\b|[^\w\s]|\Z)")
    for found in (_DOCUMENTS, AUTHORED)
)
_IS_DOCUMENT = re.compile(f"(?i:{AUTHORED})")
SEEN = (  # by others than who wrote it
    r"seen|obtained|reviewed|viewed|read|accessed|verified|examined|received|acquired|inspected|which|who|whose|quot\w+|cit\w+|"
    r"sources|officials|is|are|was|were|be|been"
)
_ORDERED = (  # by others than who carries it out
    r"(?:,? (?:commissioned|ordered|requested|funded|sponsored|paid for) by [^.;:\n]{2,120}?,? and)?"
)
_BY_DOCUMENT, BY_AUTHOR = (
    Seeker(
        rf"\b(?i:{found}|information|details|numbers){_ORDERED}(?:,? (?:which|that) (?:is|are|was|were|has been|have been))?,?"
        rf"(?: (?!(?:{SEEN})\b)[\w-]+){{0,4}}? (?:by|from) (?:the )?"
    )
    for found in (_DOCUMENTS, AUTHORED)
)
_OF_AUTHOR = Seeker(  # the yearbook of the Tarvan Institute of Rivers; of a study the subject may be told so
    r"\b(?i:(?:annual|interim|final|latest|joint|official|press|monthly|quarterly|weekly|news) )?"
    r"(?i:reports?|year-?book|bulletins?|statements?|communiqu[eé]s?|notifications?|circulars?|data|figures|statistics|estimates|"
    r"forecasts?|calculations|website|homepage|portal|database|dashboard|tracker|guidelines|releases?) of (?:the )?"
)
_ON_ITS_PAGE = Seeker(
    rf"\b(?i:{AUTHORED})(?: (?:that was )?(?:post|publish|releas|issu|upload|shar|carri)\w+)?(?: \w+)? (?:on|to) (?:the )?"
    r"(?P<whose>[^,]{2,60}?)(?:[’']s?)?(?: (?:official|own|social|verified))?(?: [A-Z]\w+)?(?: media)?"
    r" (?:website|site|homepage|page|account|handle|channel|feed|portal)\b"
)
_IN_PAPER = Seeker(
    r"\b(?i:articles?|stor(?:y|ies)|editorials?|reports?|op-ed|piece|interview)(?: \w+ed)? (?:in|on|with) (?:the )?"
)
_OWN = re.compile(r"\b(?:its|their|his|her|our|my)(?: [a-z][\w-]*){0,2} \Z", re.IGNORECASE)
NEAR = 160  # characters behind a document in which its author may be told
_AUTHOR_END = re.compile(r",| (?:last|this|earlier|today|yesterday|published|released|issued|seen|obtained|on|in|that)\b")
_PLATFORMS = words("platform")


def told_authors(text: str, start: int, end: int, narrow: bool) -> Iterator[tuple[Chars, Collection[str] | None]]:
    """Where in a stretch the author of a document is told, and of which kinds the author must be; None: of any, and no other
    place counts. ``narrow`` is for what reports nothing, where only what is always written counts: *interviews by Veld* are none.
    """
    if (by := (_BY_DOCUMENT if narrow else BY_AUTHOR).search(text, start, end)) is not None:
        yield _until_more(text, by.end(), end), None
    if (page := _ON_ITS_PAGE.search(text, start, end)) is not None:
        yield page.span("whose"), None
    if (of := _OF_AUTHOR.search(text, start, end)) is not None:
        yield _until_more(text, of.end(), end), ("organisation", "media")
    if (paper := _IN_PAPER.search(text, start, end)) is not None:
        yield _until_more(text, paper.end(), end), ("media",)


def is_called_document(p: PrintedName) -> bool:
    """Whether somebody's surname is a word for what is written: *Ann Law*."""
    return p.kind == "person" and " " in p.name and _IS_DOCUMENT.fullmatch(p.name.rsplit(" ", 1)[1]) is not None


def opens_document(text: str, p: PrintedName, end: int, narrow: bool) -> bool:
    """Whether a name is that of whom a document is: *a World Bank report*, *Veld's letter*."""
    owned = text[p.end : p.end + 2] in ("’s", "'s")
    if p.name.lower() in _PLATFORMS and not owned:
        return False  # a Twitter post
    if _OWN.search(text, max(0, p.titled - 30), p.titled) is not None:
        return False  # its Lost Lessons report, of which that is the title
    return (owned or p.kind != "person") and (_IN_DOCUMENT if narrow else _IN_AUTHORED).match(text, p.end, end) is not None


def author_behind(text: str, start: int, end: int) -> int | None:
    """Where the author of a document is told right behind a stretch that ends too early: *a study carried* out by Tallow,
    *the rain portal* of the World Bank.
    """
    for told in (BY_AUTHOR, _OF_AUTHOR):
        m = told.search(text, start, end + NEAR)
        if m is not None and m.start() < end < m.end():
            return m.end()
    return None


def _until_more(text: str, start: int, end: int) -> Chars:
    """A stretch up to where more is told than an author: *the Tarvo Bank* last week."""
    stop = _AUTHOR_END.search(text, start, end)
    return start, stop.start() if stop is not None else end

"""Which body of the article a noun stands for: *the bank*, *the ruling party*."""

from __future__ import annotations

from collections.abc import Sequence

from ..lexicon.forms import singular
from ..lexicon.nouns import BODIES, BODY_LIKE, COMPANY_ONLY, NOT_COMPANIES, PRODUCTS
from ..naming.cast import Cast, Name
from ..naming.mentions import Mention
from .discourse import Discourse

_ANY_BODY = BODY_LIKE["company"] | {"group", "agency", "organisation", "organization", "body"}
_OF_MEDIA = BODY_LIKE["newspaper"] | BODY_LIKE["magazine"] | BODY_LIKE["broadcaster"] | {"agency", "outlet", "site", "website"}
# the last words of bodies that are no force, though the police are in their name: Interpol, a union, a watchdog
_NO_FORCE = frozenset(
    "organisation organization union association federation authority academy commission committee council".split()
)
_OF_ONE_KIND = frozenset("airline carrier lender insurer federation club".split())
_TELLING = frozenset(BODY_LIKE).union(*BODY_LIKE.values()) | BODIES  # words of a name that tell what it is of
_JUST_SPOKEN = 400  # characters behind a body's noun within which *it* is that body
_FAR = 4000  # characters within which *the bank* looks back
_LESS = 1500  # characters that a body of any kind is taken to be farther away than one of that kind
PRESENT, THERE = 0.25, 0.02  # share of the highest salience that somebody has who is meant by a like noun, by the same noun


def body_like(cast: Cast, discourse: Discourse, head: str, position: int) -> Name | None:
    """The most salient body that is called by a noun, else by one like it."""
    same: list[tuple[float, int, Name]] = []
    like: list[tuple[float, int, Name]] = []
    only: list[tuple[float, int, Name]] = []  # bodies whose name does not tell what they are
    named = dict.fromkeys(map(cast.of, cast.printed_in(position - _FAR, position)))
    others = sum(n.kind != "person" for n in named)
    for n in named:
        at = n.before(position)
        if at is None or n.kind not in ("organisation", "media"):
            continue
        made = n if n.parts[-1] in PRODUCTS else None
        if made is not None:  # Tallow Maps, which is of Tallow, if the article names that
            maker = cast.by_name(" ".join(n.parts[:-1]))
            if maker is None or maker.kind != "organisation":
                continue
            n = maker
        if n.kind == "media" and head not in _OF_MEDIA and head not in n.parts:
            continue  # who writes of the company is not the company
        own = set(n.parts)
        found = discourse.of_name(n if made is None else made).salience, at, n
        if head == "police" and n.parts[-1] in _NO_FORCE:
            continue
        if head in own or head in n.role_words:
            same.append(found)
        elif (own | n.role_words) & BODY_LIKE.get(head, frozenset()):
            like.append(found)
        elif head in _ANY_BODY and not (own & NOT_COMPANIES and head in COMPANY_ONLY):
            like.append((found[0], at - _LESS, n))
        elif head in _OF_ONE_KIND and not own & _TELLING and made is None:
            only.append((found[0], at - _LESS, n))
    if not (same or like) and len(only) == 1 and others == 1:
        like = only  # the airline, where the article has named nothing but one body, which may be one
    if not (same or like):
        return None
    salience, _, body = max(same or like, key=lambda found: found[:2])
    bodies = (n for n in discourse.named() if n.kind in ("organisation", "media"))
    most = max(map(discourse.salience, bodies), default=0.0)
    return body if salience >= (THERE if same else PRESENT) * most else None


def body_called(discourse: Discourse, told: Sequence[str]) -> Name | None:
    """The body of which the article has told all the words of a phrase: *the ruling party*, after *the ruling Tarvo Party*."""
    fits = (n for n in discourse.named() if n.kind == "organisation" and {*n.parts, *n.role_words}.issuperset(told))
    return max(fits, key=discourse.salience, default=None)


def may_be_unnamed(m: Mention) -> bool:
    """Whether a noun phrase is for a body: *the council*."""
    head = singular(m.head)
    return m.determiner == "the" and (head in BODIES or head in BODY_LIKE)


def is_that_body(cast: Cast, spoke: int, position: int) -> bool:
    """Whether *it* at a position is a body without a name that spoke before, as none has been named since."""
    named = map(cast.of, cast.printed_in(spoke, position))
    return 0 <= position - spoke < _JUST_SPOKEN and all(n.kind == "person" for n in named)

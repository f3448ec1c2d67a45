"""Who gives a figure: the speaker of the quote that holds it, unless they deny it or only name the thing so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ..lexicon.tables import words
from ..schemas import Quote
from ..schemas.figures import ClaimantStatus
from .figure import FoundFigure

# *They call the ten-year rule a success*: what is called so is told by the paper, only what it is called by the speaker
_NAMING = words("naming_verb")
_AS = re.compile(r"\bas\b")
_OF_OTHERS = re.compile(r"\b(?:claims?|allegations?|reports?|accusations?|suggestions?|rumou?rs?) that\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """Who gives a figure: the quote it stands in and, unless None, the one whose speaker claims it."""

    quote: Quote | None
    claimed: Quote | None
    status: ClaimantStatus


def read_claims(text: str, figures: Sequence[FoundFigure], quotes: Sequence[Quote]) -> list[Claim]:
    """Return a claim for each figure, in their order."""
    spans = sorted(((s.start_char, s.end_char, n) for n, q in enumerate(quotes) for s in q.content_spans))
    starts = [s for s, _, _ in spans]
    out = []
    for f in figures:
        k = bisect_right(starts, f.digits[0]) - 1
        quote = next(
            (quotes[n] for s, e, n in reversed(spans[max(0, k - 3) : k + 1]) if s <= f.digits[0] and f.digits[1] <= e), None
        )
        out.append(_claim(text, f, quote))
    return out


def _claim(text: str, f: FoundFigure, quote: Quote | None) -> Claim:
    denied = quote is not None and quote.cue_class == "deny" and quote.cue_polarity == "affirmed"
    if quote is None or denied or _only_named(text, f, quote):
        own = f.unspecified or (denied and _OF_OTHERS.search(text, f.sentence[0], f.start) is not None)
        return Claim(quote, None, "unspecified" if own else "article")
    status: dict[str, ClaimantStatus] = {"named": "named", "unnamed": "unnamed", "none": "unspecified"}
    return Claim(quote, quote, status.get(quote.speaker_status, "unresolved"))


def _only_named(text: str, f: FoundFigure, quote: Quote) -> bool:
    """Whether the figure belongs to what a speaker calls something, and not to what they call it."""
    if quote.cue_lemma not in _NAMING or quote.type == "direct":
        return False
    if any(s.start_char <= f.digits[0] < s.end_char for s in quote.verbatim_spans):
        return False
    return _AS.search(text, f.whole_end, f.sentence[1]) is not None

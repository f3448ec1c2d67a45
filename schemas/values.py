"""What each value of a closed column means: the schema's own words, from which the documentation of the tables is made."""

from __future__ import annotations

import types
from typing import Any, Literal, Union, get_args, get_origin

from .corrections import CorrectedThing, Verdict
from .documents import ParagraphKind, RejectReason, Relation
from .figures import ClaimantStatus, Direction, Event, FigureKind, Modifier
from .quotes import (
    SPEAKER_RULES,
    Act,
    CueClass,
    Gender,
    MentionKind,
    Polarity,
    QuoteType,
    SpeakerKind,
    SpeakerRule,
    SpeakerStatus,
)
from .speakers import PERSON_RULES, PersonRule

_MEANINGS: dict[Any, dict[str, str]] = {
    CorrectedThing: {"quote": "a row of quotes", "figure": "a row of figures", "person": "two names of people"},
    Verdict: {
        "changed": "`column_name` has another value: `right_value`",
        "none": "there is no such quote or figure: the row is not shown",
        "accepted": "the row is right, as it is read or as it is corrected",
        "one": "two names are one person or body",
        "two": "two names are not one",
    },
    ParagraphKind: {
        "headline": "the title of the article",
        "subhead": "a short line that heads a part of the article",
        "body": "running text",
        "caption": "the words beside a picture",
        "embed": "a post of a social network within the article; what is read from it tells so by this kind",
        "boilerplate": "of the page and not of the article (share buttons, notices of rights); figures in it are not read",
    },
    Relation: {
        "new": "the first version of an article that was not known",
        "version": "a changed text of an article that is known under this address or id",
        "same_content": "exactly the words of a document that is known under another address or id",
        "near": "nearly the words of a document of another address: a reprint",
    },
    RejectReason: {
        "empty": "no text, or none but white space",
        "binary": "holds NUL or other control characters, as no text does",
        "undecodable": "the bytes are in no encoding that can be told with confidence, or a field cannot be written as UTF-8",
        "truncated": "a compressed file, an archive or a page that breaks off",
        "bad_json": "not JSON, or not an object where one is needed",
        "missing_text": "the record has no field or column for the text (map it with `fields`)",
        "too_long": "longer than `max_chars`, or than the limit of its format",
        "bad_field": "a date, an address, a language or another field that cannot be read",
        "bad_archive": "damaged, or built to unpack to far more than it is",
        "not_an_article": "a page without a main text, or with too little of one",
        "fetch_failed": "the server of a feed or page gave no usable answer in three rounds",
        "forbidden": "must not be fetched: robots.txt, `allow_hosts`, a private address, or a scheme other than http and https",
        "internal_error": "Onrecord or a library failed on it; `detail` names the error. Please report it",
        "too_slow": "took longer than `article_seconds`",
        "bad_name": "the file's name is not UTF-8 or holds control characters",
        "late": "came to `onrecord stream` longer after its publication than `--late` admits",
        "unsupported": "of a format that is known and not read; `detail` says what to do",
        "unreadable": "the file or folder may not be read, is a pipe, or is a link that leads out of the input folder",
    },
    QuoteType: {
        "direct": "at least 80 % of the content stands within quotation marks",
        "mixed": "a part of the content stands within quotation marks",
        "indirect": "nothing of the content stands within quotation marks",
    },
    Act: {
        "speech": "said, written, asked, promised, ...",
        "thought": "believed, known, hoped, feared, ...",
        "stance": "supported, opposed, wanted, liked, ...",
    },
    CueClass: {
        "say": "says or writes, without more (say, tell, announce, according to)",
        "ask": "asks (ask, wonder, inquire)",
        "claim": "says what others may doubt (claim, allege, insist)",
        "deny": "says that something is not so, or will not do it (deny, reject, refuse, oppose)",
        "accuse": "blames or attacks somebody (accuse, criticise, condemn)",
        "admit": "says what speaks against the speaker (admit, concede)",
        "warn": "warns or threatens (warn, caution, threaten)",
        "promise": "promises or offers (promise, vow, offer)",
        "demand": "wants something done (demand, urge, order, want)",
        "agree": "agrees or supports (agree, support, endorse)",
        "other": "none of these (believe, hope, complain)",
    },
    Polarity: {
        "affirmed": "it was said (said)",
        "negated": "it was not said (has not said)",
        "unrealised": "it may, should or would be said (may say)",
    },
    MentionKind: {
        "name": "a name (Ilse Tarn)",
        "nominal": "a noun phrase (the mayor)",
        "pronoun": "a pronoun (she, who)",
        "none": "no mention: nobody is printed at the quote",
    },
    SpeakerStatus: {
        "named": "the speaker has a name in the article: `speaker_name`",
        "unnamed": "the article leaves the speaker anonymous (an official)",
        "unresolved": "the article may say who it is, but Onrecord could not tell",
        "none": "nobody is given",
    },
    SpeakerKind: {
        "person": "one person",
        "organisation": "a company, party, authority, club or other body",
        "government": "a government, or a country or capital that stands for one (Moscow said)",
        "group": "several people under one name (Democrats, a family)",
        "media": "a newspaper, agency or broadcaster",
        "unnamed": "somebody without a name",
    },
    Gender: {
        "female": "she, Ms, his mother, a spokeswoman",
        "male": "he, Mr, her father, a spokesman",
        "other": "Mx, they of one person, or said to be non-binary",
    },
    Direction: {"up": "rose 3 per cent, a 3 per cent rise", "down": "fell 3 per cent, down $2"},
    SpeakerRule: SPEAKER_RULES,
    PersonRule: PERSON_RULES,
    Modifier: {
        "exact": "as printed: `low` and `high` equal `value`",
        "at_least": "at least, as few as, or more: `low` is the value",
        "more_than": "more than, over: above the value",
        "at_most": "at most, up to, as many as: `high` is the value",
        "less_than": "less than, fewer than, under: below the value",
        "approximate": "about, some, roughly, or so: `low` and `high` are null",
        "nearly": "nearly, almost, close to: a little below the value, which is `high`",
        "range": "a range: `low` to `high`, `value` is null",
        "vague": "dozens, hundreds, several: no value, but bounds where the words give them",
    },
    FigureKind: {
        "count": "people or things counted",
        "money": "an amount of money; `unit` is the currency's ISO 4217 code",
        "percent": "a share in percent, or percentage points",
        "ratio": "a part of a number or a rate: one in five, twice, per 1,000",
        "duration": "a length of time",
        "age": "how old somebody or something is",
        "measure": "a length, weight, area, temperature or other measure; `unit` is its name",
    },
    Event: {
        "killed": "killed or dead",
        "injured": "injured or wounded",
        "displaced": "fled or were driven out",
        "missing": "missing",
        "detained": "arrested, jailed, abducted or held",
        "trapped": "trapped, besieged or stranded",
        "evacuated": "evacuated or rescued",
        "infected": "infected or fallen ill",
        "attacked": "attacked, bombed or raided",
        "destroyed": "destroyed or damaged",
        "other": "kept for what has no value of its own; no rule gives it at present",
    },
    ClaimantStatus: {
        "named": "somebody with a name says so: `claimant_name`",
        "unnamed": "somebody whom the article leaves anonymous says so (activists)",
        "unresolved": "somebody says so, but Onrecord could not tell who",
        "article": "the paper says so itself",
        "unspecified": "it is said, and not told by whom (are believed to)",
    },
}


def values_of(annotation: Any) -> dict[str, str] | None:
    """The values that a column of this annotation may have, each with its meaning; None where the column is open.

    A value without a meaning of its own has an empty one.
    """
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [a for a in get_args(annotation) if a is not type(None)]
        return values_of(inner[0]) if len(inner) == 1 else None
    if get_origin(annotation) is not Literal:
        return None
    told = _MEANINGS.get(annotation, {})
    return {value: told.get(value, "") for value in get_args(annotation)}

"""Whose words without an attribution are, told by the sentence before them: *Veld wept. "It is gone."*"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..naming.cast import Cast, Name
from ..text.chars import Chars, stands_in
from ..text.view import ArticleView
from .discourse import Discourse

_PRONOUN = re.compile(r"(He|She)\b")
_LEADING = re.compile(r"(?:[^,\n\"“”]{1,80}, )?(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er) )?(?:[\w’'-]+ ){0,2}")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]e|[Mm]y|[Oo]ur|[Uu]s|[Mm]yself)\b")


def spoken_of_before(page: ArticleView, cast: Cast, discourse: Discourse, quoted: Sequence[Chars], words: Chars) -> Name | None:
    """The one person whom the sentence right before words is about, if they are sentences of their own.

    Words in the first person may be of one whom the sentence only names; *he* and *she* stand for their antecedents.

    Args:
        page: the article.
        cast: its names.
        discourse: who has been spoken of up to the words.
        quoted: the quotations, in text order; who is named in them is not meant.
        words: the span of the words.
    """
    before = page.sentence_before(words[0]) if page.opens_sentence(words[0]) else None
    if before is None:
        return None
    printed = [p for p in cast.printed_in(*before) if not stands_in(quoted, p.start)]
    people = [p for p in printed if cast.of(p).kind == "person" and cast.of(p).sure]
    if not people:
        pronoun = _PRONOUN.match(page.text, *before)
        found = discourse.antecedent(pronoun[1].lower(), words[0]) if pronoun is not None else None
        return found.referent.name if found is not None and found.clear else None
    first, person = people[0], cast.of(people[0])
    if any(cast.of(p) is not person for p in people):
        return None
    about = first.start in cast.subjects or _LEADING.fullmatch(page.text, before[0], first.titled) is not None
    return person if about or _FIRST_PERSON.search(page.text, *words) is not None else None

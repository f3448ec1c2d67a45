"""What every step reads of an article: its paragraphs, sentences, quotation marks and names, each computed once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from .article import Article
from .chars import Chars
from .detect import is_english
from .marks import Quoted, find_marks
from .paragraphs import Paragraph, split_paragraphs
from .sentences import sentence_spans

EntityKind = Literal["PERSON", "ORG", "LOC", "NORP"]
ENTITY_KINDS: tuple[EntityKind, ...] = ("PERSON", "ORG", "LOC", "NORP")
_NUMBER = re.compile(r"[“‘\"'(\[]*\d{1,3}[.)]+\s+")
_FRONTED = re.compile(
    r"(?:Accordingly|Additionally|Also|Consequently|Earlier|Elsewhere|Finally|Furthermore|Hence|However|Initially|Instead|Later|"
    r"Lastly|Likewise|Meanwhile|Moreover|Nevertheless|Notably|Now|Previously|Recently|Separately|Similarly|Still|Subsequently|"
    r"Then|Therefore|Thus|Today|Yesterday|(?:At|By|During|For|In|On|Since|Under)(?: [\w’'-]+){1,6}), \Z"
)
_FAR = 80  # characters of what is set off at the beginning of a sentence
_IS = re.compile(r"(?:[^\W\d_a-z][\w.’'-]*,? ){2,5}(?:is|was|has|works|worked|lives|lived|runs|ran)\b")
_OPENING = frozenset("\"“‘'«")
_HEADING_WORDS = 14
_NO_WORD = re.compile(r"[\W_]*\Z")


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: person, organisation, place (facilities too), nationality or religious or political group."""

    start: int
    end: int
    kind: EntityKind
    probability: float


class ArticleView:
    """An article and what is asked of its text again and again. What nobody asks for is not computed.

    Attributes:
        article: the article; steps may complete what is told of it, its text stays.
        text: its text.
        entities: the names in it, in text order; empty until the network has read it.
    """

    def __init__(self, article: Article, paragraphs: Sequence[Paragraph] | None = None) -> None:
        self.article = article
        self.text = article.text
        self.entities: Sequence[Entity] = ()
        if paragraphs is not None:
            self.paragraphs = paragraphs
        self._marks: dict[int, tuple[Quoted, ...]] = {}
        self._quoted: dict[int, list[Quoted]] = {}
        self._sentences: dict[int, list[Chars]] = {}

    @classmethod
    def of_text(cls, text: str) -> ArticleView:
        """The view of an article known by its text alone."""
        return cls(Article.of_text(text))

    @property
    def english(self) -> bool:
        """Whether the article is told to be in English."""
        return is_english(self.article.language)

    @cached_property
    def paragraphs(self) -> Sequence[Paragraph]:
        """All paragraphs, in text order."""
        return split_paragraphs(self.text, self.article.title)

    @cached_property
    def read(self) -> list[Paragraph]:
        """The paragraphs that are read: boilerplate is left out."""
        return [p for p in self.paragraphs if p.kind != "boilerplate"]

    def marks(self, p: Paragraph) -> tuple[Quoted, ...]:
        """The quotations of a paragraph, those within others too."""
        if p.index not in self._marks:
            self._marks[p.index] = find_marks(self.text, p.start, p.end)
        return self._marks[p.index]

    def quoted(self, p: Paragraph) -> list[Quoted]:
        """The outermost quotations of a paragraph."""
        if p.index not in self._quoted:
            outer = [q for q in self.marks(p) if q.depth == 1]
            if outer and not outer[0].opened and self._left_open(p):  # it goes on from the first word, not from its last sentence
                outer[0] = replace(outer[0], start=p.start, inner_start=p.start)
            self._quoted[p.index] = outer
        return self._quoted[p.index]

    def _left_open(self, p: Paragraph) -> bool:
        """Whether the paragraph before ends within a quotation."""
        before = self.paragraphs[p.index - 1] if p.index else None
        if before is None or before.kind != "body":
            return False
        last = [q for q in self.marks(before) if q.depth == 1][-1:]
        return any(not q.closed and self.wordless(q.end, before.end) for q in last)

    @cached_property
    def quotations(self) -> list[Quoted]:
        """The outermost quotations of the paragraphs that are read."""
        return [q for p in self.read for q in self.quoted(p)]

    def sentences(self, p: Paragraph) -> list[Chars]:
        """The sentences of a paragraph."""
        if p.index not in self._sentences:
            self._sentences[p.index] = sentence_spans(self.text, p.start, p.end)
        return self._sentences[p.index]

    def sentence_at(self, p: Paragraph, position: int) -> Chars | None:
        """The sentence of a paragraph that holds a character, or ends before the white space that it stands in."""
        sentences = self.sentences(p)
        k = bisect_left(sentences, (position + 1, 0)) - 1
        return sentences[k] if k >= 0 else None

    def sentence_before(self, position: int) -> Chars | None:
        """The sentence that ends right before a character, in its paragraph or as the last of the body's paragraph before."""
        p = self.paragraph_at(position)
        if position > p.start:
            before = self.sentence_at(p, position - 1)
        else:
            above = self.paragraphs[p.index - 1] if p.index else None
            told = above is not None and (above.kind == "body" or (above.kind == "caption" and self._states(above)))
            before = self.sentences(above)[-1] if above is not None and told else None
        return before if before is not None and self.wordless(before[1], position) else None

    def _states(self, p: Paragraph) -> bool:
        """Whether a line without a point is a sentence that leads to a quotation: *Ann Veld is a driver at the depot in Osk*."""
        leads = p.index + 1 < len(self.paragraphs) and self.text[self.paragraphs[p.index + 1].start] in _OPENING
        return leads and _IS.match(self.text, p.start, p.end) is not None

    def is_heading(self, q: Quoted) -> bool:
        """Whether a quotation is a heading within the article, taken from what follows: a short line without a point."""
        p, text = self.paragraph_at(q.start), self.text
        if p.kind != "body" or (p.start, p.end) != (q.start, q.end) or not 0 < p.index < len(self.paragraphs) - 1:
            return False
        short = len(text[q.inner_start : q.inner_end].split()) <= _HEADING_WORDS
        return short and q.opened and q.closed and text[q.inner_end - 1].isalnum()

    def opens_sentence(self, position: int) -> bool:
        """Whether a sentence begins at a character, which may be an opening mark; behind the number of a list it begins again."""
        return position in self._openings

    def opens_clause(self, position: int) -> bool:
        """Whether a sentence begins at a character, or goes on there behind a word or two set off: *However, Veld left*."""
        if self.opens_sentence(position):
            return True
        fronted = _FRONTED.search(self.text, max(0, position - _FAR), position)
        return fronted is not None and self.opens_sentence(fronted.start())

    @cached_property
    def _openings(self) -> frozenset[int]:
        begun = [s for p in self.paragraphs for s, _ in self.sentences(p)]
        numbered = (_NUMBER.match(self.text, s) for s in begun)
        return frozenset((*begun, *(m.end() for m in numbered if m is not None)))

    def paragraph_at(self, position: int) -> Paragraph:
        """The paragraph that holds a character."""
        return self.paragraphs[bisect_right(self._begun, position) - 1]

    def paragraphs_in(self, lo: int, hi: int) -> Sequence[Paragraph]:
        """The paragraphs that share a character with a stretch."""
        first = max(bisect_right(self._begun, lo) - 1, 0)
        return [p for p in self.paragraphs[first : bisect_left(self._begun, hi)] if p.end > lo]

    def quotations_in(self, spans: Sequence[Chars]) -> list[Quoted]:
        """The quotations that share a character with spans, which are in text order."""
        lo, hi = spans[0][0], spans[-1][1]
        last = bisect_left(self._opened, hi)
        if not last or self.quotations[last - 1].end <= lo:
            return []  # most often: none begins before their end, or the last that does is over
        near = self.quotations[max(bisect_right(self._opened, lo) - 1, 0) : last]
        if len(spans) == 1:
            return [q for q in near if q.end > lo]
        ends = [e for _, e in spans]
        behind = ((q, bisect_right(ends, q.start)) for q in near)  # the first span that ends behind where it begins
        return [q for q, i in behind if i < len(spans) and spans[i][0] < q.end]

    def wordless(self, lo: int, hi: int) -> bool:
        """Whether no word stands in a stretch."""
        return lo >= hi or _NO_WORD.match(self.text, lo, hi) is not None

    @cached_property
    def _begun(self) -> list[int]:
        return [p.start for p in self.paragraphs]

    @cached_property
    def _opened(self) -> list[int]:
        return [q.start for q in self.quotations]

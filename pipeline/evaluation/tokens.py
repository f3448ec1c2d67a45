"""Texts as the measures see them: word tokens, and which characters stand within quotation marks.

A token is a run of letters and digits, so that punctuation and quotation marks never change a measure. The mask of
quoted characters is the measures' own and not the extractor's, lest the extractor be judged by its own reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

Spans = Sequence[Sequence[int]]

_TOKEN = re.compile(r"[^\W_]+")
_LINE = re.compile(r"[^\n]+")
_SINGLE_CLOSE = re.compile(r"’(?![^\W_])")
_BEFORE_OPENING = "([{—–-―"
_HEAD_CUT = re.compile(r",|;|\(|\s(?:who|whom|which|that|whose|of|in|at|for|from|with|on|by|to|including|as|and|or)\b")
DIRECT_SHARE = 0.8


class MeasuredText:
    """A text with its tokens and the mask of its quoted characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [m.span() for m in _TOKEN.finditer(text)]
        self._starts = [start for start, _ in self.tokens]

    @cached_property
    def quoted(self) -> bytearray:
        """For each character 1 if it stands within quotation marks, the marks included."""
        mask = bytearray(len(self.text))
        for line in _LINE.finditer(self.text):
            for start, end in _quoted_stretches(self.text, *line.span()):
                mask[start:end] = b"\1" * (end - start)
        return mask

    def tokens_in(self, spans: Spans) -> frozenset[int]:
        """Indexes of the tokens that begin within the spans; characters, as negatives, where there is no token."""
        found: set[int] = set()
        for start, end in spans:
            found.update(range(bisect_left(self._starts, start), bisect_left(self._starts, end)))
        if found:
            return frozenset(found)
        inside = (i for start, end in spans for i in range(start, min(end, len(self.text))))
        return frozenset(-1 - i for i in inside if not self.text[i].isspace())

    def word(self, token: int) -> str:
        """The characters of a token."""
        return self.text[slice(*self.tokens[token])]

    def kind(self, spans: Spans) -> str:
        """Direct, mixed or indirect, by the share of non-space characters within quotation marks."""
        inside = [i for start, end in spans for i in range(max(start, 0), min(end, len(self.text))) if not self.text[i].isspace()]
        share = sum(self.quoted[i] for i in inside) / len(inside) if inside else 0.0
        return "direct" if share >= DIRECT_SHARE else "mixed" if share > 0 else "indirect"

    def content_tokens(self, spans: Spans) -> frozenset[int]:
        """Tokens of a content, an opening *that* outside quotation marks left out."""
        tokens = self.tokens_in(spans)
        words = sorted(t for t in tokens if t >= 0)
        if len(words) > 1 and self.word(words[0]) == "that" and not self.quoted[self.tokens[words[0]][0]]:
            return tokens - {words[0]}
        return tokens

    def fragments(self, spans: Spans) -> list[tuple[frozenset[int], str]]:
        """The contiguous pieces of spans, cut at line ends too, each with its kind."""
        pieces: list[list[int]] = []
        for token in sorted(t for t in self.tokens_in(spans) if t >= 0):
            joins = pieces and pieces[-1][-1] == token - 1
            if joins and "\n" not in self.text[self.tokens[token - 1][1] : self.tokens[token][0]]:
                pieces[-1].append(token)
            else:
                pieces.append([token])
        return [(frozenset(p), self.kind([(self.tokens[p[0]][0], self.tokens[p[-1]][1])])) for p in pieces]

    def head(self, spans: Spans) -> int | None:
        """Token that heads a source: the last word before its first comma, preposition or conjunction."""
        words = [t for t in self.tokens_in(spans) if t >= 0]
        if not spans or not words:
            return None
        end = max(e for _, e in spans)
        cut = _HEAD_CUT.search(self.text, self.tokens[min(words)][1], end)
        limit = cut.start() if cut else end
        head = max((t for t in words if self.tokens[t][0] < limit), default=min(words))
        if self.word(head).lower() == "s" and head - 1 in words:  # the senator's
            head -= 1
        return head

    def without_article(self, tokens: Iterable[int]) -> list[int]:
        """Tokens of a source in order, a leading article left out."""
        ordered = sorted(tokens)
        opens = len(ordered) > 1 and ordered[0] >= 0 and self.word(ordered[0]).lower() in ("the", "a", "an")
        return ordered[1:] if opens else ordered


def _quoted_stretches(text: str, lo: int, hi: int) -> list[tuple[int, int]]:
    """Quoted stretches of one line; a double mark left open quotes to the line's end."""
    stretches: list[tuple[int, int]] = []
    opened: int | None = None
    at = lo
    while at < hi:
        mark, width = ('"', 2) if text.startswith("''", at, hi) else (text[at], 1)
        before = text[at - 1] if at > lo else " "
        after = text[at + width] if at + width < hi else " "
        if mark == "“" and opened is None:
            opened = at
        elif mark == "”" and opened is not None:
            stretches.append((opened, at + 1))
            opened = None
        elif mark == "”" and at == lo and not after.isspace():
            opened = at  # a slip: the closing mark opens the line
        elif mark == '"' and opened is None:
            opened = None if after.isspace() else at
        elif mark == '"' and opened is not None:
            opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
            if opens and text[opened] != "“":
                opened = at  # the earlier one was never closed
            else:
                stretches.append((opened, at + width))
                opened = None
        elif mark == "‘" and opened is None:
            closing = _SINGLE_CLOSE.search(text, at + 1, hi)
            if closing:
                stretches.append((at, closing.end()))
                at = closing.end()
                continue
        at += width
    if opened is not None:
        stretches.append((opened, hi))
    return stretches

"""Annotated articles: attributions, named entities and, where a parser has read them, syntax."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.evaluation.records import with_names

Chars = tuple[int, int]
ENTITY_TYPES = ("PERSON", "ORG", "LOC", "NORP")
_GOLD_TYPES = {"Person": "PERSON", "Organization": "ORG", "Location": "LOC", "Facility": "LOC", "NORP": "NORP"}
_SILVER_TYPES = {"PERSON": "PERSON", "ORGANIZATION": "ORG", "LOCATION": "LOC"}
# who says what in further articles of the worldwide newswire, read for this project: places in the texts, no words of them; and
# in articles written for it, in the manner of papers of English-speaking countries, with their texts. The errors in the first of
# each two were read; the others are kept for measuring
FURTHER, JUDGING, ENGLISH, JUDGING_ENGLISH = (
    Path(__file__).with_name(f"{press}_{part}.jsonl.gz") for press in ("world", "english") for part in ("attributions", "judging")
)
HELD_BACK = 10  # one document of so many is kept for selecting and calibrating


@dataclass(slots=True)
class Attributed:
    """A gold attribution, spans in characters."""

    source: list[Chars]
    cue: list[Chars]
    content: list[Chars]


@dataclass(slots=True)
class Entity:
    """A named entity; ``kind`` None marks a span whose type is not known: nothing is learned there."""

    start: int
    end: int
    kind: str | None


@dataclass(slots=True)
class Word:
    """A word as the parser saw it: the index of its head in the same list (-1: root) and the relation."""

    start: int
    end: int
    head: int
    relation: str


@dataclass(slots=True)
class Example:
    """An article with what is known of it; None: not annotated, nothing is learned from its absence."""

    doc_id: str
    text: str
    attributions: list[Attributed] | None = None
    entities: list[Entity] | None = None
    words: list[Word] = field(default_factory=list)
    gold_entities: bool = False

    @property
    def gold(self) -> list[dict[str, Any]]:
        """Its attributions in the form that the measures take."""
        return [{"source": a.source, "cue": a.cue, "content": a.content} for a in self.attributions or ()]


def printed(examples: Iterable[Example], kind: str) -> list[str]:
    """The gold entities of a kind as they are printed, each once."""
    return sorted({x.text[e.start : e.end] for x in examples if x.gold_entities for e in x.entities or () if e.kind == kind})


def is_held_back(doc_id: str) -> bool:
    """Whether a training document belongs to the fixed tenth that selects and calibrates, told by its id alone."""
    return int(hashlib.sha256(doc_id.encode()).hexdigest()[:8], 16) % HELD_BACK == 0


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON lines file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def read_attributions(path: Path, parses: Path | None = None) -> list[Example]:
    """Articles with attributions: ``{"doc_id", "text", "attributions": [{"source", "cue", "content"}]}`` a line.

    Args:
        path: the file.
        parses: automatic analyses of the same articles, ``{"doc_id", "sentences": [{"tokens", "heads", "deps"}]}``: silver
            entities and syntax.
    """
    analyses = {r["doc_id"]: r for r in read_jsonl(parses)} if parses is not None and parses.exists() else {}
    out = []
    for r in read_jsonl(path):
        attributions = [
            Attributed(*([(s, e) for s, e in a.get(part) or []] for part in ("source", "cue", "content")))
            for a in r["attributions"]
            if a.get("content")
        ]
        example = Example(r["doc_id"], r["text"], attributions)
        if r["doc_id"] in analyses:
            _add_analysis(example, analyses[r["doc_id"]])
        out.append(example)
    return out


def read_entities(path: Path) -> list[Example]:
    """Articles with gold entities: ``{"doc_id", "text", "entities": [[start, end, label]]}`` a line."""
    return [
        Example(
            r["doc_id"],
            r["text"],
            entities=[Entity(s, e, _GOLD_TYPES[label]) for s, e, label in r["entities"] if label in _GOLD_TYPES],
            gold_entities=True,
        )
        for r in read_jsonl(path)
    ]


def read_world(paths: Iterable[Path], texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Articles with who says what, ``{"doc_id", "attributions": [{"source", "cue", "content", "speaker", ..}]}`` a line.

    Args:
        paths: the files; those that are not there hold nothing.
        texts: by article; articles whose text is not among them are left out.

    Returns:
        speakers by name, also where a file tells the places of their names.
    """
    for path in paths:
        for record in read_jsonl(path) if path.exists() else ():
            if (text := texts.get(record["doc_id"])) is None:
                continue
            yield record | {"attributions": with_names(text, record["attributions"])}


def add_attributions(examples: Iterable[Example], paths: Iterable[Path]) -> int:
    """Give articles the attributions that files hold for them; returns how many articles had some.

    Args:
        examples: articles, changed in place.
        paths: see `read_world`. Contents may stand there without the quotation marks around them and without the *that* before
            them: they get both, as the other corpus has them.
    """
    by_id = {x.doc_id: x for x in examples}
    found = 0
    for record in read_world(paths, {k: x.text for k, x in by_id.items()}):
        found += 1
        example = by_id[record["doc_id"]]
        example.attributions = []
        for a in record["attributions"]:
            content = [_with_marks(example.text, s, e) for s, e in a["content"]]
            if content and example.text[: content[0][0]].endswith(("that ", "That ")):
                content[0] = (content[0][0] - len("that "), content[0][1])
            example.attributions.append(Attributed([(s, e) for s, e in a["source"]], [(s, e) for s, e in a["cue"]], content))
    return found


def _with_marks(text: str, start: int, end: int) -> Chars:
    """A stretch with the quotation marks that stand around it: both, or one where a paragraph goes on without the other."""
    opens = start > 0 and text[start - 1] in "\"“'‘«"
    closes = end < len(text) and text[end] in "\"”'’»" and not text[end + 1 : end + 2].isalnum()
    return start - opens, end + closes


def _add_analysis(example: Example, analysis: dict[str, Any]) -> None:
    entities: list[Entity] = []
    for sentence in analysis["sentences"]:
        base = len(example.words)
        previous = "O"
        for (s, e, _, pos, label), head, relation in zip(sentence["tokens"], sentence["heads"], sentence["deps"], strict=True):
            example.words.append(Word(s, e, base + head if head >= 0 else -1, relation.split(":")[0]))
            if label in _SILVER_TYPES or label == "MISC":
                kind = _SILVER_TYPES.get(label) or ("NORP" if pos in ("JJ", "NNPS") else None)
                if previous == label and entities and entities[-1].kind == kind:
                    entities[-1].end = e
                else:
                    entities.append(Entity(s, e, kind))
            previous = label
    example.entities = entities

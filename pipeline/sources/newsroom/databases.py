"""Exports of Nexis, Factiva and ProQuest: many articles in a text, each with what the database tells of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from ..formats import Reader, Reading, Source
from ..limit import TooSlow
from ..readers.decoding import decode
from ..records import Record, Refusal, Refused
from .export_words import in_english
from .whole import all_of, article

_OF_NEXIS = re.compile(r"^[ \t]*\d+ of \d+ DOCUMENTS?[ \t]*$", re.MULTILINE)
_NEXIS_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_NEXIS_BODY = re.compile(r"^[ \t]*Body:?[ \t]*$", re.MULTILINE | re.IGNORECASE)
_OF_FACTIVA = re.compile(r"^[ \t]*Document [A-Z][A-Z0-9]{3,10}\d{8}[a-z0-9]{6,}[ \t]*$", re.MULTILINE)
# those of an index hold codes themselves, *uk : Britain*: *IN the town* is a line of the text
_FACTIVA_CODE = re.compile(
    r"^(?:(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CT|RF|PUB|IPD|IPC|CLM|ART|VOL)(?:[ \t]+|$)"
    r"|(CO|IN|NS|RE)(?=\s+\w+ : )|(AN)(?=\s+Document\b))", re.MULTILINE,
)  # fmt: skip
_BEFORE_TEXT = frozenset("SE CLM HD BY CR WC PD ET SN SC ED PG VOL LA CY".split())
_SUMMARY = re.compile(r"^[ \t]*Search Summary[ \t]*\n", re.MULTILINE)  # of the search, behind the last entry of Factiva
_OF_PROQUEST = re.compile(r"^[ \t]*Document \d+ of \d+[ \t]*$", re.MULTILINE)
_PROQUEST_FIELD = re.compile(r"^[ \t]*([A-Z][A-Za-z /-]{2,40}): ?", re.MULTILINE)
_FIELD = re.compile(
    r"^[ \t]*(BYLINE|AUTHOR|SECTION|LENGTH|DATELINE|LOAD-DATE|LANGUAGE|HIGHLIGHT|GRAPHIC|URL|SUBJECT|HEADLINE|PUBLICATION-TYPE|"
    r"JOURNAL-CODE|DOCUMENT-TYPE|PUB-TYPE|CORRECTION|SERIES|TYPE|COMPANY|PERSON|CITY|STATE|COUNTRY|GEOGRAPHIC|ORGANIZATION|TICKER|INDUSTRY|"
    r"NOTES|CORRECTION-DATE|ACC-NO|CLASSIFICATION):[ \t]*", re.MULTILINE | re.IGNORECASE,
)  # fmt: skip
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b(?:\d{{1,2}}\.? )?(?:{_MONTHS})(?: \d{{1,2}})?,? \d{{4}}\b")
_LENGTH = re.compile(r"^[ \t]*Length:\s+\d+ words", re.MULTILINE | re.IGNORECASE)
_SHOWN = re.compile(r"^[\d,]+ words\r?\n\d{1,2} [A-Z][a-z]+ \d{4}\r?$", re.MULTILINE)  # an entry of Factiva as it is shown
_COPYRIGHT = re.compile(r"^[ \t]*(?:Copyright\b|\(c\)|©|All Rights Reserved)", re.IGNORECASE)
_LINE = re.compile(r"_{20,}")
_GAP = re.compile(r"\n(?:[ \t\xa0]*\n)+")
_SENTENCE = 12  # words of a paragraph that is text, and no further line of a field
_ORDER = "Job Number:"  # of an order for an export, whose cover stands before the first entry
_COVER = re.compile(r"^[ \t]*(?:Client/Matter|Search Terms|Search Type|Narrowed by):[^\n]*\n", re.MULTILINE)
_NO_TITLE = re.compile(rf"{_COPYRIGHT.pattern}|^[ \t]*Page \d+ of \d+[ \t]*$", re.IGNORECASE)
_HEADING = re.compile(r"^[ \t]*(?:Graphic|Classification|Notes)[ \t]*$", re.MULTILINE)  # behind a text of Nexis
_IN_TAIL = re.compile(rf"{_FIELD.pattern}|{_COPYRIGHT.pattern}|{_HEADING.pattern}|[ \t]*_{{20,}}", re.MULTILINE | re.IGNORECASE)

Told = tuple[dict[str, str | None], str, str | None]


class Databases(Reader):
    """``databases``: text that Nexis, Factiva or ProQuest exported, many articles a file."""

    suffixes: ClassVar[tuple[str, ...]] = ()

    def sniff(self, head: bytes) -> bool:
        text = in_english(head.decode("utf-8", "replace").replace("\r\n", "\n").replace("\f", "\n"))
        start = text.lstrip("\ufeff \t\r\n\f_")
        return bool(
            _OF_NEXIS.match(start.partition("\n")[0]) or _OF_PROQUEST.match(start.partition("\n")[0])
            or ("ProQuest" in start and _OF_PROQUEST.search(text)) or (_ORDER in start and "Documents (" in start)
            or re.match(r"(?:SE|HD)(?:[ \t]+|[ \t]*\r?\n)\S.*\n(?s:.*?)^(?:WC\s+[\d.,]+\s|PD\s+\d)", start, re.MULTILINE)
            or (_LENGTH.search(text) and re.search("copyright", text, re.IGNORECASE)) or _SHOWN.search(text)
        )  # fmt: skip

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        yield from read_export(decode(all_of(file)).replace("\r\n", "\n"), file, reading)


def is_export(text: str) -> bool:
    """Whether a text is an export of one of the databases."""
    text = in_english(text)
    return any(mark.search(text) for mark in (_OF_NEXIS, _OF_PROQUEST, _OF_FACTIVA)) or (
        _NEXIS_END.search(text) is not None and _NEXIS_BODY.search(text) is not None
    )


def read_export(text: str, file: Source, reading: Reading) -> Iterator[Record]:
    """The articles of an export."""
    text = in_english(text.replace("\f", "\n"))  # pages of Nexis begin behind a form feed
    for number, (piece, of) in enumerate(_pieces(text), 1):
        try:
            told, body, own_id = of(piece)
            if not body.strip():
                raise Refused("missing_text", "an entry of a database without a text")
            yield article(body, told, file, reading, number, own_id)
        except (Refused, TooSlow) as error:
            yield Refusal.of(error, file.uri, number, piece.encode("utf-8", "replace"))


def _pieces(text: str) -> list[tuple[str, Callable[[str], Told]]]:
    """The entries of an export, and what reads each."""
    if _OF_NEXIS.search(text):
        return [(p, _nexis) for p in _OF_NEXIS.split(text)[1:] if p.strip()]
    if _OF_PROQUEST.search(text):
        return [(p, _proquest) for p in _OF_PROQUEST.split(text)[1:] if p.strip()]
    if _OF_FACTIVA.search(text) or _FACTIVA_CODE.search(text):
        text = _SUMMARY.split(text)[0]
        ends = [m.end() for m in _OF_FACTIVA.finditer(text)]
        if not ends:  # no more than codes: each entry begins with its section or headline
            starts = [m.start() for m in re.finditer(r"^(?:SE[ \t].*\n)?HD[ \t]", text, re.MULTILINE)] or [0]
            return [(text[a:b], _factiva) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
        pieces = [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]
        return [(p, _factiva) for p in pieces if len(p.split()) > 15]
    return [(p, _nexis) for p in _NEXIS_END.split(text) if len(p.split()) > 8]


def _nexis(piece: str) -> Told:
    """An entry of Nexis: what stands before the first field, the fields, the body, the fields behind it."""
    body = _NEXIS_BODY.search(piece)
    if body is not None and _ORDER in piece[: body.start()]:
        piece = piece[max((m.end() for m in _COVER.finditer(piece, 0, body.start())), default=0) :]
        body = _NEXIS_BODY.search(piece)
    fields = list(_FIELD.finditer(piece))
    start = body.start() if body else None
    head = piece[: min([m.start() for m in fields] + ([start] if start is not None else []) or [len(piece)])]
    lines = [" ".join(line.split()) for line in head.splitlines() if line.strip() and not _NO_TITLE.match(line)]
    values = _values(piece, fields, start)
    at_date = next((n for n, line in enumerate(lines) if _DATE.search(line)), None)
    if body is None:  # no mark before it: behind the fields that come first, up to those behind
        text = _unmarked(piece, fields)
    else:
        text = piece[body.end() : _end(piece, body.end(), fields)]
    if at_date == 0 or at_date is None:
        title, publisher = next(iter(lines), None), None
    elif (
        at_date == 1
        and len(lines) > 2
        and not _NEXIS_END.search(piece)
        and values.get("HEADLINE") is None
        and head[:1] in " \t\n"
    ):
        publisher, title = (
            lines[0],
            next((line for line in lines[2:] if not line.endswith("Edition") and "Edition -" not in line), None),
        )
    else:
        publisher, title = lines[at_date - 1], lines[0]
        if publisher == title:
            title = next(iter(lines[at_date + 1 :]), None)
    date = _DATE.search(lines[at_date]) if at_date is not None else None
    text = "\n".join(line for line in text.split("\n") if not _COPYRIGHT.match(line) and not _LINE.search(line))
    told = {
        "title": values.get("HEADLINE") or title, "publisher": publisher, "published_at": date[0] if date else None,
        "author": _by(values.get("BYLINE") or values.get("AUTHOR")), "language": values.get("LANGUAGE"),
    }  # fmt: skip
    return told, _paragraphs(text), None


_BEHIND = frozenset(
    ("LOAD-DATE", "LANGUAGE", "GRAPHIC", "URL", "SUBJECT", "PUBLICATION-TYPE", "JOURNAL-CODE", "DOCUMENT-TYPE", "CLASSIFICATION")
)


def _unmarked(piece: str, fields: list[re.Match[str]]) -> str:
    """The text of an entry that has no mark before it: behind the fields that stand together at its beginning."""
    start = 0
    for m in fields:
        if (start and piece[start : m.start()].strip()) or m[1].upper() in _BEHIND:
            break
        gap = _GAP.search(piece, m.end())
        start = gap.end() if gap else len(piece)
    return piece[start : _end(piece, start, fields)]


def _end(piece: str, start: int, fields: list[re.Match[str]]) -> int:
    """Where the fields behind a text begin: a line of the text may begin as they do, but is no row of fields."""
    names = [m.start() for m in fields if m.start() >= start and m[1].upper() in _BEHIND]
    return _tail(piece, start, [*names, *(m.start() for m in _HEADING.finditer(piece, start))], _IN_TAIL)


def _tail(piece: str, start: int, starts: list[int], field: re.Pattern[str]) -> int:
    """The first of the places behind which fields stand and no paragraph of a text; the end of the piece if there is none."""
    before, last, at = "", start, start
    while at < len(piece):
        gap = _GAP.search(piece, at)
        end = gap.start() if gap else len(piece)
        if field.match(piece, at):
            before = piece[at : at + 20].strip().lower()
        elif len(piece[at:end].split()) >= _SENTENCE and not before.startswith("graphic"):
            last = end
        at = gap.end() if gap else end
    return min((s for s in starts if s >= last), default=len(piece))


def _values(piece: str, fields: list[re.Match[str]], body: int | None) -> Mapping[str, str]:
    ends = [*(m.start() for m in fields[1:]), len(piece)]
    values: dict[str, str] = {}
    for m, end in zip(fields, ends, strict=True):
        end = min(end, body) if body is not None and m.start() < body else end
        value = piece[m.end() : end].split("\n\n")[0]
        values.setdefault(m[1].upper(), " ".join(value.split()))
    return values


def _factiva(piece: str) -> Told:
    """An entry of Factiva: with the codes of its fields, or as it is shown, its lines in their order."""
    own_id = next((m[0].split()[-1] for m in _OF_FACTIVA.finditer(piece)), None)
    codes = list(_codes(piece))
    if sum(name in ("HD", "WC", "PD", "SN", "LP", "TD") for name, _ in codes) >= 3:
        ends = [*(m.start() for _, m in codes[1:]), len(piece)]
        values = {name: piece[m.end() : end].strip() for (name, m), end in zip(codes, ends, strict=True)}
        body = "\n\n".join(_paragraphs(values[c]) for c in ("LP", "TD") if values.get(c))
        when = " ".join(" ".join(values.get(c, "").split()) for c in ("PD", "ET")).strip()
        told = {
            "title": " ".join(values.get("HD", "").split()), "author": _by(values.get("BY")), "published_at": when,
            "publisher": values.get("SN"), "language": values.get("LA"),
        }  # fmt: skip
        return told, body, own_id or values.get("AN", "").removeprefix("Document ").strip() or None
    lines = [line.strip() for line in _OF_FACTIVA.sub("", piece).strip().splitlines()]
    count = next((n for n, line in enumerate(lines) if re.fullmatch(r"[\d,]+ words", line)), None)
    if count is None:
        raise Refused("missing_text", "an entry of Factiva without its number of words, behind which its fields stand")
    before = [line for line in lines[:count] if line]
    title = max((line for line in before if not _by_line(line)), key=lambda line: len(line.split()), default=None)
    behind = before[before.index(title) + 1 :] if title else []  # before it there may be the name of a section
    at = next((n for n, line in enumerate(lines[count:], count) if _DATE.search(line)), count)
    told_lines = [line for line in lines[at + 1 : at + 12] if line]
    rights = next((n for n, line in enumerate(lines) if n > at and _COPYRIGHT.match(line)), at)
    clock = next((line for line in told_lines if re.fullmatch(r"\d{1,2}:\d{2}(?: [A-Z]{2,4})?", line)), "")
    names = [line for line in told_lines if line != clock]
    told = {
        "title": title, "author": _by(next(filter(_by_line, before), None) or next(iter(behind), None)),
        "published_at": f"{lines[at]} {clock}".strip(), "publisher": names[0] if names else None,
        "language": next((n for n in names if re.fullmatch(r"English|German|French|Spanish|Italian|Portuguese|Dutch", n)), None),
    }  # fmt: skip
    return told, _paragraphs("\n".join(lines[rights + 1 :])), own_id


def _codes(piece: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The codes that begin a field of an entry of Factiva: each once, and behind the text none of those before it."""
    seen: set[str] = set()
    for m in _FACTIVA_CODE.finditer(piece):
        name = m[m.lastindex or 0]
        if name not in seen and not (name in _BEFORE_TEXT and seen & {"LP", "TD"}):
            seen.add(name)
            yield name, m


def _by_line(line: str) -> bool:
    return line.lower().startswith("by ")


def _by(value: str | None) -> str | None:
    return re.sub(r"^by\s+", "", " ".join(value.split()), flags=re.IGNORECASE) or None if value else None


def _proquest(piece: str) -> Told:
    """An entry of ProQuest: fields that begin with their names, the text among them."""
    fields = list(_PROQUEST_FIELD.finditer(piece))
    known = [m for m in fields if m[1].strip().lower() in _PROQUEST]
    text = next((m for m in known if m[1].strip().lower() == "full text"), None)
    if text is not None:
        end = _tail(piece, text.end(), [m.start() for m in known if m.start() > text.start()], _PROQUEST_LINE)
        known = [m for m in known if m.start() <= text.start() or m.start() >= end]
    ends = [*(m.start() for m in known[1:]), len(piece)]
    values: dict[str, str] = {}
    for m, end in zip(known, ends, strict=True):
        values.setdefault(m[1].strip().lower(), _LINE.split(piece[m.end() : end])[0].strip())
    head = piece[: known[0].start()] if known else piece
    body = values.get("full text") or values.get("abstract") or ""
    info = values.get("publication info", "")
    lead = next((line.strip() for line in head.splitlines() if line.strip() and not _LINE.search(line)), None)
    told = {
        "title": _one_line(values.get("title")) or lead,
        "author": _one_line(values.get("author")),
        "publisher": _one_line(values.get("publication title")) or info.partition(";")[0].strip() or None,
        "published_at": _one_line(values.get("publication date")) or next(iter(re.findall(r"\d{1,2} \w{3,9} \d{4}", info)), None),
        "language": _one_line(values.get("language of publication")) or _one_line(values.get("language")),
        "url": _one_line(values.get("document url")),
    }
    return told, _paragraphs(body), _one_line(values.get("proquest document id"))


_PROQUEST = frozenset(
    "author|publication info|abstract|links|full text|subject|location|people|company / organization|title|publication title|"
    "publication year|publication date|section|publisher|place of publication|issn|source type|country of publication|"
    "publication subject|language of publication|language|document type|document url|copyright|proquest document id|last updated|"
    "database|pages|volume|issue|identifier / keyword|dateline|credit|business indexing term|first page|column".split("|")
)

_PROQUEST_LINE = re.compile(rf"\s*(?:(?:{'|'.join(map(re.escape, sorted(_PROQUEST)))}): ?|_{{20,}})", re.IGNORECASE)


def _one_line(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def _paragraphs(text: str) -> str:
    """Paragraphs of a text whose lines are wrapped: blank lines part them; where there are none, each line is one."""
    blocks = [b for b in re.split(r"\n[ \t]*\n", text.strip("\n")) if b.strip()]
    if len(blocks) == 1 and text.count("\n") > 1 and max(map(len, text.splitlines())) > 120:
        blocks = text.splitlines()
    return "\n\n".join(" ".join(b.split()) for b in blocks if b.strip())

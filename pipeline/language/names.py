"""Names in an article: who and what is named, under which forms, with which titles.

Names are runs of capitalised words. There is no gazetteer of people; a form belongs to the fullest name of the
article that ends with it (*Hadi* to *Omar al-Hadi*), an abbreviation to the name it stands in brackets after.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from schemas.quotes import SpeakerKind

from .lexicon import (
    ABBREVIATIONS,
    ANONYMOUS,
    DETERMINERS,
    FEMALE,
    GOVERNMENTS,
    GROUPS,
    MALE,
    MEDIA,
    NOT_TITLED,
    ORGANISATION,
    PARTICLE,
    PRONOUNS,
    TITLE_MODIFIERS,
    TITLES,
    UNIT_WORDS,
)  # fmt: skip

_CAP = rf"(?:(?:{ABBREVIATIONS}|[A-Z])\.(?:[A-Z]\.)*|[^\W\d_a-zß-öø-ÿ][\w]*(?:[’'](?!s\b)[\w]+)*(?:[-–](?:[\w]+))*)"
_HYPHENED = rf"{PARTICLE}-[^\W\d_a-z][\w]*(?:-\w+)*"
_WORD = rf"(?:{_CAP}|{_HYPHENED})"
NAME = re.compile(rf"{_WORD}(?:(?: {PARTICLE}){{0,2}} {_WORD})*")
_CONNECTED = re.compile(rf"{_WORD}(?: (?:of|for|and|on|in|sans|&)(?: the)? {_WORD}| {_WORD})*")
_ACRONYM = re.compile(r"([A-Z][\w’'.-]*(?: [\w’'.-]+){0,8}) \(([A-Z]{2,8})\)")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:][\"'”’»)]*\s+|[\"“‘'«]|\n\s*)$")


_NO_NAME = UNIT_WORDS | TITLES | PRONOUNS  # when they stand alone


@dataclass
class Name:
    """A name of the article: its fullest form, kind, title or role, gender if told, and where it stands."""

    full: str
    kind: SpeakerKind
    role: str | None = None
    gender: str | None = None
    positions: list[int] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    printed: int = 0  # times that the fullest form itself is printed


def split_titles(run: str) -> tuple[str, str]:
    """Split a run of capitalised words into titles and name: *Tarvo Mayor Ann Veld* → (*Tarvo Mayor*, *Ann Veld*)."""
    words = run.split(" ")
    lows = [w.lower().rstrip(".") for w in words]
    k = 0
    for n in range(len(words) - 1):
        if lows[n] in TITLES and lows[n + 1] not in NOT_TITLED and n < 6:
            k = n + 1
    if k and lows[k - 1] in TITLE_MODIFIERS:
        return "", run
    if not k and len(words) > 2 and lows[0] in TITLE_MODIFIERS:
        k = 1  # Democrat Ann Veld
    return " ".join(words[:k]), " ".join(words[k:])


@functools.lru_cache(maxsize=1 << 12)
def kind_of(name: str) -> SpeakerKind:
    """Guess the kind of a name from its words: person unless a word says otherwise."""
    low = name.lower().removeprefix("the ")
    if low.split(" ")[-1] in GROUPS:
        return "group"
    words = re.findall(r"[^\W_]+", low)
    if low in GOVERNMENTS:
        return "government"
    if any(w in ORGANISATION or w in MEDIA for w in words):
        return "media" if any(w in MEDIA for w in words) else "organisation"
    if (
        re.fullmatch(r"[A-Z][A-Z&.]{1,7}", name)
        or re.search(r" (?:of|for|and|on|in|sans|&) ", low)
        or (low.endswith("s") and low.startswith("the "))
    ):
        return "media" if any(w in MEDIA for w in words) else "organisation"
    return "person"


def _last_word(name: str) -> str:
    return name[max(name.rfind(" "), name.rfind("-")) + 1 :]


class Names:
    """All names of an article."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.acronyms = {m.group(2): _clip_acronym(m.group(1), m.group(2)) for m in _ACRONYM.finditer(text)}
        self.by_full: dict[str, Name] = {}
        self._by_last: dict[str, list[Name]] = {}
        self._mentions: list[tuple[int, str]] = []
        self.uncapitalised = frozenset(re.findall(r"(?<![A-Za-z])[a-z]+(?![A-Za-z])", text))
        lower = set(re.findall(r"\b[a-z][\w’'-]+", text))
        found: list[tuple[int, str, str]] = []
        shouted = _title_case_lines(text)
        for m in NAME.finditer(text):
            if any(lo <= m.start() < hi for lo, hi in shouted):
                continue
            run = re.sub(r"[’']s?$", "", m.group())
            start = m.start()
            words = run.split(" ")
            if _SENTENCE_START.search(text, max(0, start - 4), start) or start == 0:
                while words and _opens_sentence(words, lower):  # capital by position only
                    start += len(words[0]) + 1
                    words = words[1:]
            if not words or (len(words) == 1 and words[0].lower().rstrip(".") in _NO_NAME):
                continue
            titles, name = split_titles(" ".join(words))
            if len(name) > 1 and not name.isdigit():
                found.append((start + len(titles) + bool(titles), name, titles))
        for start, name, titles in sorted(found, key=lambda f: -len(f[1].split(" "))):
            self._add(start, name, titles)
        self._mentions.sort()

    def _add(self, start: int, name: str, titles: str) -> None:
        full = self.fullest(name, start) or self.acronyms.get(name) or name
        full = GOVERNMENTS.get(full.lower(), full)
        entry = self._entry(full)
        entry.positions.append(start)
        entry.printed += name == full
        entry.forms.add(name)
        self._mentions.append((start, full))
        if titles:
            lows = {t.rstrip(".").lower() for t in titles.split(" ")}
            if not lows <= {"mr", "mrs", "ms", "miss"} and (entry.role is None or len(titles) > len(entry.role)):
                entry.role = titles
            entry.gender = "f" if lows & FEMALE else "m" if lows & MALE else entry.gender
            if lows & (FEMALE | MALE) or lows & {"president", "senator", "dr", "minister"}:
                entry.kind = "person"

    def _entry(self, full: str) -> Name:
        """The entry of a full name, made anew if there is none."""
        entry = self.by_full.get(full)
        if entry is None:
            entry = self.by_full[full] = Name(full, kind_of(full))
            self._by_last.setdefault(_last_word(full), []).append(entry)
        return entry

    def fullest(self, name: str, near: int) -> str | None:
        """The fullest name that the form belongs to; of several, the one printed in full most often."""
        words = name.split(" ")
        if words[-1].lower() in GROUPS:
            return name if name in self.by_full else None
        longer_ends = (" " + name, "-" + name)
        tails = [
            n for n in self._by_last.get(_last_word(name), ())
            if n.full == name or (n.full.endswith(longer_ends) and len(n.full.split(" ")) > len(words))
        ]  # fmt: skip
        if not tails:
            return None
        if any(n.full == name for n in tails) and len(tails) == 1:
            return name
        longer = [n for n in tails if n.full != name] or tails
        before = [n for n in longer if any(p <= near for p in n.positions)]
        pool = before or longer
        return max(pool, key=lambda n: (n.printed, max((p for p in n.positions if p <= near), default=-1))).full

    def lookup(self, name: str, near: int) -> Name:
        """The entry that a printed form belongs to, made anew if the article has no other."""
        full = self.acronyms.get(name) or self.fullest(name, near) or name
        full = GOVERNMENTS.get(full.lower(), full)
        return self._entry(full)

    def before(self, position: int, since: int) -> list[Name]:
        """Names mentioned in ``[since, position)``, the nearest first."""
        return [self.by_full[f] for p, f in reversed(self._mentions) if since <= p < position]


def name_in(mention: str) -> tuple[str, str] | None:
    """The name that a mention is headed by, and what stands before it: *Tarvo's Hadi* → (*Hadi*, "").

    None if the mention is headed by a common noun (*the Hadi cabinet*, *officials in Tarvo*).
    """
    phrase = re.sub(r"^(?:the|The) (?=[A-Z])", "", mention)
    if phrase.split(" ")[0].lower() in DETERMINERS:
        return None
    own = re.search(r"[’']s? (?=[A-Z])", phrase)
    if own:
        phrase = phrase[own.end() :]
    head = re.split(r",| (?:who|which|whose) ", phrase)[0]
    runs = list(_CONNECTED.finditer(head))
    if not runs:
        return None
    m = runs[-1]
    tail = head[m.end() :]
    if re.search(r"[a-z]{2}", re.sub(r"^[’']s?\b|^ \([A-Z]+\)", "", tail)):
        return None
    lead = head[: m.start()].strip()
    if re.search(r"\b(?:of|for|in|at|from|to|with|by|on)(?: the| a| an)?$", lead):
        return None  # a spokesman for Veld
    titles, name = split_titles(m.group())
    person = re.match(rf"({_WORD}(?: {_WORD})+) of ", name)
    if person and kind_of(person.group(1)) == "person" and titles:
        name = person.group(1)  # Rep. Ann Veld of Tarvo
    return name, (lead + " " + titles).strip()


def _title_case_lines(text: str) -> list[tuple[int, int]]:
    """Spans of lines in title case, in which a capital letter tells no name."""
    found = []
    for line in re.finditer(r"[^\r\n]+", text):
        long = [w for w in line.group().split() if len(w) > 3 and w[0].isalpha()]
        if len(long) >= 5 and sum(w[0].isupper() for w in long) >= 0.8 * len(long):
            found.append(line.span())
    return found


def _opens_sentence(words: list[str], lower: set[str]) -> bool:
    low = words[0].lower()
    if len(words) > 1 and low.rstrip(".") in TITLES:
        return False
    return low in UNIT_WORDS or low in lower or low in ANONYMOUS or low.endswith(("ing", "ly"))


def _clip_acronym(name: str, acronym: str) -> str:
    """*Independent medical charity Doctors of the World (DOW)* → the words whose initials make the acronym."""
    words = name.split(" ")
    for k in range(len(words) - 1, -1, -1):
        initials = "".join(w[0] for w in words[k:] if w[0].isupper())
        if initials.endswith(acronym) and words[k][0] == acronym[0]:
            return " ".join(words[k:])
    return name

"""Names as they are printed: where they stand, of which kind, with which titles before them.

The network's entities say what is a name; runs of capitalised words say where it begins and ends, and find the names that the
network missed. There is no gazetteer of people.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from ..lexicon.cues import says_before
from ..lexicon.forms import is_adverb, parts_of_speech
from ..lexicon.given_names import hinted_gender
from ..lexicon.governments import country_of, government_of, is_national, is_people
from ..lexicon.nouns import BODIES, BODY_LIKE, RELATIONS, gender_of, is_person_noun
from ..lexicon.words import (
    ABBREVIATIONS,
    ANONYMOUS,
    CAPITALS_TITLES,
    DAYS,
    GROUPS,
    LEADING_TITLES,
    MEDIA,
    NOT_TITLED,
    ORGANISATION,
    PARTICLE,
    PREPOSITIONS,
    PRONOUNS,
    STOPPED_TITLES,
    TITLE_MODIFIERS,
    TITLES,
    TITLES_BEHIND,
    UNIT_WORDS,
)
from ..schemas.quotes import SpeakerKind
from ..text.chars import Chars, stands_in
from ..text.view import ArticleView, Entity, EntityKind
from .entities import NO_NAME_PART, is_common, is_firm, is_of_place, is_sum, mended, speaks, without_nickname
from .name_forms import title_case_lines
from .offices import PARTIES, ends_in_office, office_of, without_field
from .runs import between, is_document, names_of_somebody, runs, stands_alone
from .states import is_state

_APOSTROPHED = "|".join(sorted(title[:-1].capitalize() for title in TITLES if title.endswith("'")))
_CAP = (
    rf"(?:(?:{ABBREVIATIONS}|[A-Z])\.(?:[A-Z]\.)*|(?:{_APOSTROPHED})[’'](?= [A-Z])|"
    rf"W/[a-z]{{1,2}}\b|[^\W\d_a-zß-öø-ÿ][\w]*(?:[’'´`](?!s\b)[\w]+)*(?:[-–]{NO_NAME_PART}[\w]+)*)"
)
_HYPHENED = rf"(?:{PARTICLE}-[^\W\d_a-z][\w]*(?:-\w+)*|(?:d|dell|dall|l)[’'][^\W\d_a-z]\w+)"
WORD = rf"(?:{_CAP}|{_HYPHENED})"
NAME = re.compile(rf"{WORD}(?:(?: {PARTICLE}){{0,2}} {WORD}){{0,11}}")
_ABBREVIATED_PLURAL = re.compile(r"[A-Z]{2,}s")
_CAPITAL_BEHIND = re.compile(r"(?::[\"”’»)]*\s+|[\"“‘'«])$")
_PARTICLE = re.compile(PARTICLE)
_TEN = re.compile(rf" 10\b(?! {_CAP})")
_OWNED, _OWNER_MARK = re.compile(r"[’'´`]s?$"), re.compile(r"[’']s?$")
_DESCRIBED = re.compile(r"\b(?:an?|the) (?:[a-z][\w’'-]* ){1,2}\Z")
_SUFFIX = re.compile(r"(?: (?:Jr|Sr)\b\.?|,? (?:II|III|IV)\b)")
_NO_NAME = UNIT_WORDS | TITLES | PRONOUNS  # when they stand alone
_NO_OFFICE, _BEFORE_NAMES = TITLE_MODIFIERS | {""}, DAYS | {"the"}


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name where it stands: without its titles, which are the capitalised words before it."""

    start: int
    end: int
    name: str
    kind: SpeakerKind | None
    titles: str
    titled: int = field(init=False, compare=False)  # where it begins with its titles

    def __post_init__(self) -> None:
        object.__setattr__(self, "titled", self.start - len(self.titles) - bool(self.titles))


def printed_names(view: ArticleView) -> list[PrintedName]:
    """The names of an article, in text order."""
    page = _Page(view, entities := mended(view.text, view.entities))
    found = page.of_entities(entities)
    found = sorted([*found, *page.of_runs(found)], key=lambda p: p.start)
    return names_of_somebody(view, sorted([*found, *page.in_headlines(found)], key=lambda p: p.start))


class _Page:
    """An article with what tells names in it: its runs of capitalised words, and its words in small letters."""

    def __init__(self, view: ArticleView, entities: Sequence[Entity]) -> None:
        self.view = view
        self.text = text = view.text
        # nations, parties, religions, in small letters
        self.adherents: Set[str] = {text[e.start : e.end].lower() for e in entities if e.kind == "NORP"}
        people = [text[e.start : e.end] for e in entities if e.kind == "PERSON"]
        self.surnames = {name.split(" ")[-1] for name in people if " " in name}  # of people named in full
        self.alone = {name for name in people if " " not in name}
        self.shouted = title_case_lines(text)  # where a capital tells nothing
        self.lower = frozenset(re.findall(r"(?<![A-Za-z])[a-z][\w’'-]*", text))
        self.capitalised = Counter(re.findall(r"(?<!\w)[^\W\d_a-z]\w*", text))
        self.runs = list(runs(text, NAME))
        self._starts = [lo for lo, _ in self.runs]

    def of_entities(self, entities: Sequence[Entity]) -> list[PrintedName]:
        """Entities with the capitalised words that belong to them."""
        out: list[PrintedName] = []
        plain = "".join(self.text[a:b] for a, b in between(self.shouted, len(self.text)))
        for n, e in enumerate(entities):
            shouted = stands_in(self.shouted, e.start)
            if shouted and self.text[e.start : e.end] not in plain:
                continue  # a headline's capitals: it is a name if it is one elsewhere
            before, after = entities[n - 1] if n else None, entities[n + 1] if n + 1 < len(entities) else None
            lo, hi = (e.start, e.end) if shouted else self._run_at(e.start, e.end)
            if after is not None and (e.kind, after.kind) == ("ORG", "PERSON"):
                words = self.text[e.start : e.end].split(" ")
                if after.start == e.end + 1 and _is_title(words[-1]):
                    continue  # Tarvo Police Chief Ann Veld
                if after.start < hi and words[0] in (words[0].upper(), words[-1]) and words[0].lower() in CAPITALS_TITLES:
                    continue  # SP Traffic Ann Veld
            if after is not None and after.start < hi:
                hi = e.end  # what stands between is the next one's title
            if before is not None and before.kind != "PERSON" and e.kind != "PERSON":
                lo = max(lo, min(e.start, before.end + 1))
            printed = self._of_entity(e, lo, max(hi, e.end))
            if printed is not None and (not out or out[-1].end <= printed.start):
                out.append(printed)
        return out

    def _run_at(self, start: int, end: int) -> Chars:
        k = bisect_right(self._starts, start) - 1
        return self.runs[k] if k >= 0 and self.runs[k][1] > start else (start, end)

    def _of_entity(self, e: Entity, lo: int, hi: int) -> PrintedName | None:
        """An entity within a run of capitalised words; None for what is no name (*Syrian*)."""
        text, start, end = self.text, e.start, e.end
        own = _OWNED.search(text[start:end])
        if own and not text[start:end].lower().endswith("s’"):
            end = start + own.start()
        start += 4 if text[start:end].lower().startswith("the ") else 0
        printed = text[start:end]
        if e.kind == "NORP" or not printed or (government_of(printed) is None and self._is_nation(printed, start)):
            return None
        if is_of_place(printed):
            return PrintedName(start, end, printed, "person", "")
        if self._opens(lo) and printed.lower() in self.lower and not (printed.isupper() and len(printed) > 1):
            return None  # Rebels said, where rebels are spoken of
        kind = e.kind
        if kind == "ORG" and _bare((split := split_titles(printed))[0]) not in _NO_OFFICE and _looks_like_person(split[1]):
            kind = "PERSON"  # FDA Director Ann Veld; not: US Seventh Fleet
        if kind == "PERSON" and printed not in self.surnames and is_state(printed) and ("-" in printed or not printed.isascii()):
            kind = "LOC"  # Porto-Novo
        if kind == "PERSON" and " " not in printed and lo < start and (office := office_of(text, lo, start)) is not None:
            return PrintedName(start, end, printed, "person", text[office : start - 1])  # Minister of Health Veld
        words = self._lead(lo, start, kind, printed)
        titles = ""
        if words and kind == "PERSON" and (any(map(_is_title, words)) or " " in printed or ends_in_office(words)):
            while (
                words
                and (hinted_gender(words[-1]) is not None if len(words) > 1 else words[-1] in self.alone)
                and not (_is_title(words[-1]) or " ".join(words[-2:]).lower() in TITLES)
            ):
                start -= len(words.pop()) + 1  # SP Traffic Mohammad Ali Veld, of whom Ali Veld was found
            titles = " ".join(words)
        elif words and kind != "LOC":
            start -= len(" ".join(words)) + 1
        if kind == "PERSON":
            inner, name = split_titles(text[start:end])
            first, _, rest = name.partition(" ")
            adherent = (
                (text[max(0, start - 4) : start].lower() == "the " and country_of(first) is not None)
                or first.lower() in self.adherents
                or _bare(first) in TITLE_MODIFIERS
                or f"{first.lower()}s" in GROUPS
            )
            at = start + len(inner) + bool(inner)
            if rest and adherent and (hinted_gender(first) is None or self._is_believer(at, first, rest)):
                inner, name = f"{inner} {first}".strip(), rest  # Buddhist Lund
            start = end - len(name)
            titles = without_field(text, start, f"{titles} {inner}".strip())
        if hi > end and text[end] == " " and self._belongs(text[end + 1 : hi], kind):
            end, kind = hi, "ORG" if kind == "LOC" or is_firm(text[end:hi]) else kind
        suffix = _SUFFIX.match(text, end) if kind == "PERSON" else None
        name = text[start : suffix.end() if suffix else end].strip()
        while (
            kind == "PERSON"
            and " " in name
            and (last := name.split(" ")[-1].rstrip(","))[-1:].isupper()
            and last.lower() in TITLES_BEHIND
        ):
            name = name[: name.rindex(" ")].rstrip(",")  # Ann Veld OBE
        end = start + len(name)
        name = re.sub(r"\s+", " ", without_nickname(name) if kind == "PERSON" else name)
        stop = "." if text.startswith(".", end) else ""
        state = government_of(name) is not None and not text.startswith("-", end)  # the US; not: US-funded
        no_name = not re.search(r"\w", name) or name.endswith("-") or (" " not in name and _is_title(name + stop) and not state)
        return None if no_name else PrintedName(start, end, name, _KINDS[kind](name), titles)

    def _is_believer(self, at: int, first: str, rest: str) -> bool:
        """Whether a given name is a noun before a surname: *as a devout Christian Lund*, where it is *Lund* everywhere else."""
        described = _DESCRIBED.search(self.text, max(0, at - 40), at) is not None
        return described and self.text.count(f"{first} {rest}") == 1 < self.text.count(rest)

    def _lead(self, lo: int, start: int, kind: EntityKind, name: str) -> list[str]:
        """The capitalised words before a name that belong to it: not *On Tuesday*, nor a sentence's first word."""
        words, opens = self.text[lo:start].split(), self._opens(lo)
        led = opens or (kind == "PERSON" and len(words) > 1)  # Tarvo - After President Veld
        while words and not _title_at(words, 0) and self._is_apart(words[0], led, name if opens else None):
            words = words[1:]
        if len(words) == 1 and (low := words[0].lower()) and not _is_title(words[0]):
            noun = is_person_noun(low) or country_of(low) is not None or low in self.adherents
            apart = kind == "PERSON" and " " in name and not noun
            known = name in self.surnames and not noun and parts_of_speech(low) and hinted_gender(f"{words[0]} {name}") is None
            if (opens and (known or _opens_sentence(words, self.lower))) or (apart and not words[0].isupper()):
                return []  # Remember Ann Veld; Online Veld, who is Ann Veld
        return words

    def _is_apart(self, word: str, opens: bool, name: str | None) -> bool:
        """Whether the first of the words before a name is none of it: a day, a small one, one that opens a sentence, a verb."""
        low = word.lower()
        small = (low == word and _PARTICLE.fullmatch(word) is None) or (name is not None and says_before(self.text, word, name))
        return small or low in DAYS or low == "the" or (opens and low in UNIT_WORDS - TITLE_MODIFIERS)

    def _is_nation(self, name: str, start: int) -> bool:
        """Whether a name is only what people of a country are called: *the Finn*, *Finns*, but not *Cuban* after *Mark Cuban*."""
        the = self.text[max(0, start - 4) : start].lower() == "the "
        nation = is_national(name) or all(map(country_of, name.split()))
        return nation and (the or name not in self.surnames)

    def _belongs(self, words: str, kind: EntityKind) -> bool:
        """Whether the capitalised words behind an entity are a part of its name: not *Monday*, nor *To Pipe Down*."""
        lows = words.lower().split()
        if (len(lows) > 1 and words.isupper()) or speaks(f"X {words}") or is_sum(words):
            return False
        if any(low in DAYS or low in UNIT_WORDS or (low in self.lower and kind != "ORG") for low in lows):
            return False
        return not (_is_title(lows[-1]) if kind == "ORG" else kind == "LOC" and any(map(_is_title, lows)))

    def of_runs(self, found: Sequence[PrintedName]) -> Iterator[PrintedName]:
        """Runs of capitalised words that the network takes for no entity."""
        taken = [(p.titled, p.end) for p in found]
        for lo, hi in self.runs:
            k = bisect_right(taken, (hi, 0)) - 1
            free = (k < 0 or taken[k][1] <= lo) and not (stands_in(self.shouted, lo) or is_document(self.text, lo, hi))
            if free and (printed := self._of_run(lo, hi)) is not None:
                yield printed

    def _of_run(self, start: int, end: int) -> PrintedName | None:
        words = _OWNER_MARK.sub("", self.text[start:end]).split(" ")
        if words[-1] in ("Number", "No", "No.") and _TEN.match(self.text, end) is not None:
            words[-1] += " 10"  # Downing Street
        opens = at_head = self._opens(start)
        while words and ((at_head and _opens_sentence(words, self.lower)) or (len(words) > 1 and words[0].lower() in DAYS)):
            opens = opens and words[0].lower() not in _BEFORE_NAMES  # On Tuesday Veld said, the Taliban said
            start += len(words[0]) + 1
            words = words[1:]
        while words and words[-1].lower() in DAYS:
            words = words[:-1]
        if len(words) > 3 and all(w.isupper() for w in words):
            return None  # a headline in capitals
        lone = len(words) == 1 and (self._is_no_name(words[0], opens) or is_common(self.text, start, words[0]))
        if lone or not words or _ABBREVIATED_PLURAL.fullmatch(words[-1]):
            return None
        if len(words) > 1 and is_national(" ".join(words)) and words[-1] not in self.surnames:
            return None  # the South African
        titles, name = split_titles(" ".join(words))
        if name not in self.surnames and " " not in name:
            if titles.isupper():
                titles, name = "", " ".join(words)  # DC Comics
            elif titles and _is_title(name) and gender_of(_bare(words[0])) is None:
                return None  # Maj Gen, but Mr King
        start += len(titles) + bool(titles)
        return PrintedName(start, start + len(name), name, None, titles) if len(name) > 1 and not name.isdigit() else None

    def _is_no_name(self, word: str, opens: bool) -> bool:
        """Whether a single word with a capital is none: *Syrian*, *Court*, or the first of a sentence."""
        low = word.lower()
        people = low.endswith("s") and low in self.adherents  # Willem Brits
        if word == "WHO" or (word in self.surnames and (low in TITLES or people or is_national(word))):
            return False  # Billie King, and then King
        if low.rstrip(".") in _NO_NAME or low in self.lower or low in BODIES or low in BODY_LIKE:
            return True
        one = low in self.adherents and kind_of(word) == "person"  # a Republican
        once = opens and self.capitalised[word] == 1 and not (is_state(word) or low in PARTIES or stands_alone(word))
        return one or once or (is_national(word) and government_of(word) is None)

    def in_headlines(self, found: Sequence[PrintedName]) -> Iterator[PrintedName]:
        """Known names in lines of capitals: whole, and people by their last word."""
        known: dict[str, SpeakerKind] = {}
        for p in found:
            if p.kind is not None:
                known.setdefault(p.name, p.kind)
                if p.kind == "person":
                    known.setdefault(p.name.split(" ")[-1], p.kind)
        taken = [(p.start, p.end) for p in found]
        for lo, hi in self.shouted:
            words = [m.span() for m in re.finditer(r"\w+(?:[’'.-]\w+)*", self.text[lo:hi])]
            at = 0
            while at < len(words):
                for length in range(min(4, len(words) - at), 0, -1):
                    start, end = lo + words[at][0], lo + words[at + length - 1][1]
                    name = re.sub(r"[’']s$", "", self.text[start:end])
                    if name in known and not stands_in(taken, start):
                        yield PrintedName(start, start + len(name), name, known[name], "")
                        at += length - 1
                        break
                at += 1

    def _opens(self, at: int) -> bool:
        """Whether a word has a capital for its place: it opens a sentence, or stands behind a colon or a quotation mark."""
        return self.view.opens_sentence(at) or _CAPITAL_BEHIND.search(self.text, max(0, at - 4), at) is not None


def split_titles(run: str) -> tuple[str, str]:
    """Split a run of capitalised words into titles and name: *Tarvo Mayor Ann Veld* → (*Tarvo Mayor*, *Ann Veld*)."""
    words = run.split(" ")
    lows = [_bare(w) for w in words]
    k = 0
    for n in range(min(len(words) - 1, 6)):
        length = _title_at(words, n, led=n in (0, k))
        if length and n + length < len(words) and lows[n + length] not in NOT_TITLED | PREPOSITIONS:
            k = n + length
    if k and lows[k - 1] in TITLE_MODIFIERS:
        return "", run
    if not k and len(words) > 2 and lows[0] in TITLE_MODIFIERS:
        k = 1  # Democrat Ann Veld
    return " ".join(words[:k]), " ".join(words[k:])


def _title_at(words: Sequence[str], n: int, led: bool = True) -> int:
    """How many words at a place are a title; ``led``: it stands at the head, or behind a title."""
    word, low = words[n], _bare(words[n])
    if n + 1 < len(words) and f"{low} {_bare(words[n + 1])}" in TITLES:
        return 2
    if low in STOPPED_TITLES:
        return int(word.endswith("."))
    if low in LEADING_TITLES:
        return int(led and not word.islower())
    return int(low in TITLES or low in RELATIONS or low.endswith("-based") or (low in CAPITALS_TITLES and word.isupper()))


@functools.lru_cache(maxsize=1 << 12)
def _bare(word: str) -> str:
    """A word of a title as the tables have it: *Ex-Premier* → *premier*, *Dr.* → *dr*."""
    return re.sub(r"^(?:ex|then|co)-(?=\w{3})|[.’']$", "", word.lower())


@functools.lru_cache(maxsize=1 << 12)
def kind_of(name: str) -> SpeakerKind:
    """Guess the kind of a name from its words: person unless a word says otherwise."""
    low = name.lower().removeprefix("the ")
    if low.split(" ")[-1] in GROUPS:
        return "group"
    if government_of(low) is not None:
        return "government"
    words = re.findall(r"[^\W_]+", low)
    if any(w in ORGANISATION or w in MEDIA for w in words):
        return "media" if any(w in MEDIA for w in words) else "organisation"
    if (
        re.fullmatch(r"[A-Z][A-Z&.]{1,7}", name)
        or re.search(r" (?:of|for|and|on|in|sans|&) ", low)
        or (low.endswith("s") and name.lower().startswith("the "))
    ):
        return "organisation"
    if is_people(low.split(" ")[-1]) or re.search(r"[a-z]{3}(?<!tr)ans$", low):
        return "group"
    return "person" if " " not in name or hinted_gender(name) is not None or not name.isascii() else "organisation"


def _organisation(name: str) -> SpeakerKind:
    kind = kind_of(name)
    return kind if kind in ("media", "government", "group") else "organisation"


def _place(name: str) -> SpeakerKind:
    last = name.split(" of ")[0].split(" ")[-1].lower()
    body = "&" in name or (" " in name and (last in BODIES or last in BODY_LIKE))
    return "organisation" if body else "government"


_KINDS = {"PERSON": lambda name: "person", "ORG": _organisation, "LOC": _place}


def _looks_like_person(name: str) -> bool:
    words = name.split(" ")
    return 1 < len(words) < 5 and words[0] != "and" and not any(w.lower() in ORGANISATION or w.lower() in MEDIA for w in words)


def _is_title(word: str) -> bool:
    return bool(_title_at([word], 0)) or _bare(word) in TITLE_MODIFIERS


def _opens_sentence(words: list[str], lower: frozenset[str]) -> bool:
    low = words[0].lower()
    if words[0] == "WHO" or (len(words) > 1 and low.rstrip(".") in TITLES):
        return False
    return low in UNIT_WORDS or low in lower or low in ANONYMOUS or low.endswith(("ing", "ly")) or is_adverb(low)

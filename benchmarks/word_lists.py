"""Who speaks in sentences built of word lists: every state by each of its names, what opens a sentence, trades, titles, verbs.

Reading does not find what few articles hold; a list does. Prints for each list how many sentences it makes and in how many the
speakers are others than they should be, with examples.

    python -m benchmarks.word_lists [LIST ...] [--show 10]
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Callable, Iterator
from typing import Any

from lemminflect import getInflection

from onrecord import load
from onrecord.lexicon.nouns import gender_of, is_person_noun
from onrecord.lexicon.rows import CueRow, GovernmentRow, NounRow, TitleRow
from onrecord.lexicon.tables import table, words

Sentence = tuple[str, set[str | None]]  # with the names of who speaks in it
WHO = "Kim Veld"
_THE = frozenset("US UK UAE EU USA Netherlands Philippines Gambia Bahamas Maldives Kremlin".split())
_OPENERS = (
    "afterwards afterward later earlier then thereafter meanwhile elsewhere overnight still however nevertheless nonetheless "
    "instead besides moreover furthermore eventually finally initially recently previously separately similarly privately "
    "publicly officially reportedly apparently indeed perhaps sometimes often usually today yesterday tonight again once twice "
    "soon now upstairs downstairs abroad overseas online backstage downtown midweek locally nationally internationally "
    "interviewed reached pressed quizzed responding replying reacting opening second third next anyway otherwise hence lastly "
    "firstly angrily calmly quietly"
).split()
_MEMBERS = (
    "People’s Women’s Children’s Workers’ Farmers’ Teachers’ Veterans’ Fishermen’s Students’ Parents’ Pensioners’ Miners’"
).split()
_OF_MEMBERS = (
    "Party Daily Council Union Congress Court Bank Association Group Forum Front League Commission Federation Alliance Network "
    "Institute Committee Assembly Hospital Society Club Trust Post"
).split()
_ONES = (  # {} for the noun, {s} for several
    "A {}|One {}|Another {}|An unnamed {}|A second {}|A young {}|One of the {s}|Another of the {s}|My {}|Our {}|Every {}|"
    "Some other {}|A local {}|A fellow {}|Yet another {}|One more {}|At least one {}|Only one {}|Just one {}|One|Another|"
    "One of them|Someone|Somebody else"
).split("|")
_TOLD_OF = (
    "| in the crowd| who lives nearby|, who asked not to be named,| living nearby| at the scene| from Brant| with a limp|, 34,|"
    ", a parent of two,| close to the family| standing by the gate| dressed in black|, speaking by telephone,|"
    " interviewed by the Echo| waiting for a bus| on the ground| outside the court| wearing a mask|, in tears,|, clutching a bag,"
).split("|")
_UNNAMED_BODIES = (
    "union charity bank council agency airline hospital school club court ministry party firm watchdog regulator committee "
    "commission group association university church insurer retailer brewery broadcaster lender"
).split()
_OF_BODIES = (
    "| in Brant| that owns two mills|, which asked not to be named,| based in Tarvo| close to the deal|, founded in 1990,|"
    " backed by the state| representing bakers"
).split("|")
_THINGS = (
    "transcript leaflet placard banner sign caption column blog invoice guideline page chart table diary contract map file "
    "thread listing advert poster briefing plaque inscription label app chatbot algorithm machine device sensor clock portal "
    "database spreadsheet video clip recording podcast documentary film programme song poem play speech lecture sermon prayer "
    "rumour proverb joke investigation probe inspection ranking timetable menu recipe receipt ticket licence permit cable"
).split()
_THE_ENDS = ("Republic", "Islands", "House", "Palace", "Office", "Emirates", "Kingdom", "Union", "States")


def states() -> Iterator[Sentence]:
    """Every state, capital and seat of government by each of its names."""
    for row in table(GovernmentRow):
        for form in dict.fromkeys((row.name, *row.also, *row.capital, *row.seat)):
            the = "the " if form in _THE or form.split(" ")[-1] in _THE_ENDS else ""
            who = f"{the}{form}"
            yield f"{who[0].upper()}{who[1:]} said on Monday that the road was shut.", {row.name}
            yield f"The road was shut on Monday, and {who} denied that it had known of the plan.", {row.name}
            yield f"“It is late,” {who} said in a statement.", {row.name}


def governments() -> Iterator[Sentence]:
    """What speaks for a state, by its adjective or its name."""
    for row in table(GovernmentRow):
        for adjective in row.adjective[:1]:
            yield f"The {adjective} government said on Monday it was late.", {row.name}
            yield f"“It is late,” {adjective} officials said.", {None}
            yield f"{adjective} Prime Minister {WHO} said it was late.", {WHO}
            yield f"A {adjective} court said it was late.", {None}
            yield f"The {adjective} Foreign Ministry said it was late.", {f"{adjective} Foreign Ministry"}
        yield f"{row.name}’s government said it was late.", {row.name}
        yield f"The government of {row.name} said it was late.", {row.name}
        yield f"{row.name}’s foreign minister, {WHO}, said it was late.", {WHO}
        yield f"{row.name}-based analyst {WHO} said it was late.", {WHO}
        yield f"Officials in {row.name} said it was late.", {None}
        for people in row.people[:1]:
            yield f"The {people} said it was late.", {None}


def openers() -> Iterator[Sentence]:
    """Adverbs, and other words that open a sentence before a name."""
    for word in sorted({*words("adverb"), *_OPENERS}):
        yield f"The road was shut. Energy Minister {WHO} came. {word.capitalize()} Veld said it was late.", {WHO}
        yield f"{word.capitalize()} {WHO} said it was late.", {WHO}


def trades() -> Iterator[Sentence]:
    """Nouns for people, beside a name and for one."""
    for noun in _trades():
        yield f"{WHO}, {_an(noun)} in Brant, said it was late.", {WHO}
        yield f"{noun.capitalize()} {WHO} said it was late.", {WHO}
        yield f"“It is late,” said {noun} {WHO}. “It was dark,” Veld added.", {WHO}


def _trades() -> list[str]:
    nouns = sorted({row.noun for row in table(NounRow) if row.noun.isalpha() and row.noun.islower()})
    return [noun for noun in nouns if is_person_noun(noun)]


def _an(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def titles() -> Iterator[Sentence]:
    """Titles before a whole name and before a surname."""
    for row in table(TitleRow):
        if not {"modifier", "behind", "no_title_before", "of_place"} & set(row.classes):
            written = row.title.upper() if "capitals" in row.classes else row.title.title()
            title = f"{written}." if "stopped" in row.classes else written
            yield f"{title} {WHO} said it was late.", {WHO}
            yield f"“It is late,” {title} Veld told reporters.", {"Veld"}


def holders() -> Iterator[Sentence]:
    """Who is called by a title, or by a trade that stood behind the name."""
    for row in table(TitleRow):
        apart = {"modifier", "behind", "no_title_before", "of_place", "leading", "address", "abbreviation", "stopped", "capitals"}
        if not apart & set(row.classes) and row.title.isalpha():
            yield f"{row.title.title()} {WHO} said it was late. The {row.title.title()} said it was dark.", {WHO}
    for noun in _trades():
        yield f"{WHO} (34), {_an(noun)}, said it was late. The {noun} said it was dark.", {WHO}
        yield f"{WHO}, the {noun} of Brant, met Bo Tarn, who owns a shop. “It is late,” the {noun} said.", {WHO}


def strangers() -> Iterator[Sentence]:
    """Who has no name, beside somebody's name."""
    for noun in _trades():
        yield f"“It is late,” said {_an(noun)} who knows {WHO}.", {None}
        yield f"{_an(noun).capitalize()} of {WHO} said it was late.", {None}
        yield f"A Norvik Bank {noun} said it was late.", {None}
        yield f"{WHO}’s {noun} said it was late.", {None}


def _phrase(one: str, noun: str) -> str:
    """A form of :data:`_ONES` with its noun: *An actor*, *One of the actors*."""
    told = one.format(noun, s=next(iter(getInflection(noun, "NNS")), f"{noun}s"))
    vowel = told.startswith("A ") and told[2] in "aeiou" and not told.startswith("A uni")
    return f"An{told[1:]}" if vowel else told


def unnamed() -> Iterator[Sentence]:
    """Who has no name and is spoken of by a pronoun then, beside somebody's name."""
    nouns = itertools.cycle(_trades())
    for one, told in itertools.product(_ONES, _TOLD_OF):
        noun = next(nouns)
        who = _phrase(one, noun)
        pronoun = "she" if gender_of(noun) == "f" else "he"
        yield f"{WHO} runs the yard. {who}{told} said the road was icy. “It was dark,” {pronoun} said.", {None}
        yield f"{WHO} runs the yard. {who}{told} told us nobody had come. {pronoun.title()} said it had been dark.", {None}


def unnamed_bodies() -> Iterator[Sentence]:
    """Bodies that have no name and are *it* then, beside the name of one."""
    ones = ("A {}", "Another {}", "One {}", "A rival {}", "One of the {s}", "Some other {}", "An unnamed {}")
    nouns = itertools.cycle(_UNNAMED_BODIES)
    for one, told in itertools.product(ones, _OF_BODIES):
        for named in ("Tallow Foods", "The Norvik Board", "The Tarvo Dyers Union"):
            noun = next(nouns)
            yield f"{named} runs the port. {_phrase(one, noun)}{told} said the price was fair. It said the deal was near.", {None}


def unnamed_things() -> Iterator[Sentence]:
    """Things that say something and are *it* then, beside the name of a body."""
    for thing in _THINGS:
        yield f"Tallow Foods runs the port. {_an(thing).capitalize()} said the price was fair. It said the deal was near.", {None}
        yield f"The Tarvo Dyers Union runs the port. Another {thing} said it was late. “It is dark,” it said.", {None}


def members() -> Iterator[Sentence]:
    """Bodies that tell whose they are."""
    for whose in _MEMBERS:
        for body in _OF_MEMBERS:
            name = f"{whose} {body}"
            yield f"The {name} said on Monday it was late.", {name}
            yield f"“It is late,” said the {name}.", {name}


def verbs() -> Iterator[Sentence]:
    """Verbs of speech, behind what is said."""
    for row in table(CueRow):
        if row.part == "verb" and row.act == "speech" and row.cue.isalpha():
            past = next(iter(getInflection(row.cue, "VBD")), f"{row.cue}ed")
            yield f"“The road is shut tonight,” {WHO} {past}.", {WHO}
            yield f"{WHO} {past}: “The road is shut tonight.”", {WHO}


LISTS: dict[str, Callable[[], Iterator[Sentence]]] = {
    f.__name__: f
    for f in (
        states,
        governments,
        openers,
        trades,
        titles,
        holders,
        strangers,
        unnamed,
        unnamed_bodies,
        unnamed_things,
        members,
        verbs,
    )
}


def wrong(nlp: Any, name: str) -> tuple[int, list[tuple[str, set[str | None]]]]:
    """How many sentences a list makes, and those with other speakers than they should have, with these."""
    made = list(LISTS[name]())
    docs = nlp.pipe(text for text, _ in made)
    found = [(text, {q.speaker_name for q in doc._.quotes}, who) for (text, who), doc in zip(made, docs, strict=True)]
    return len(made), [(text, read) for text, read, who in found if read != who]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("lists", nargs="*", metavar="LIST", help=f"of {', '.join(LISTS)} (all)")
    parser.add_argument("--show", type=int, default=10, metavar="N", help="sentences that are shown of each (10)")
    args = parser.parse_args()
    if unknown := next((name for name in args.lists if name not in LISTS), None):
        parser.error(f"{unknown}: choose of {', '.join(LISTS)}")
    nlp = load()
    for name in args.lists or LISTS:
        count, faults = wrong(nlp, name)
        print(f"{name}: {len(faults)} of {count} wrong")
        for text, read in faults[: args.show]:
            print(f"  {text}  {sorted(str(n) for n in read)}")


if __name__ == "__main__":
    main()

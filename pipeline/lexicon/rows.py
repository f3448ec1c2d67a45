"""The tables of the vocabulary by their rows: which columns each has, and what they mean.

A cell with several words parts them by "|"; the column *note* is for people and never read.
"""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from ..schemas.figures import Event, Modifier
from ..schemas.quotes import Act, CueClass

WordClass = Literal[
    "acronym_small", "adverb", "after_name", "after_time", "anybody", "asker", "auxiliary", "carried_out", "condition",
    "coordinator", "counting_adverb", "counting_end", "cue_adverb", "cue_determiner", "deputy", "determiner", "event_state",
    "field", "finite", "finite_or_noun", "former", "heading", "hearer", "indefinite", "intransitive", "legal_form", "modal",
    "name_article", "name_join", "name_particle", "name_piece", "naming_verb", "negation", "no_adverb", "no_compound",
    "no_role", "number", "opener", "party", "passive_report", "person_ending", "platform", "possessive", "preposition", "pronoun",
    "quantity_pronoun", "reacting_verb", "refusal", "relative", "sentence_opener", "shared_in_names", "short_body",
    "subordinator", "surname_first", "tells_no_body", "time",
]  # fmt: skip
NounClass = Literal[
    "adherent", "anonymous", "any_body", "any_office", "any_trade", "authored", "body", "called", "company", "counted_person",
    "document", "epithet", "family", "government", "group", "invariable", "kin", "lone_body", "media", "modifying_plural",
    "no_agency", "no_company", "no_group", "no_man", "no_plural", "numbered", "often_thing", "on_duty", "organisation", "people",
    "person", "plural", "product", "relation", "state", "thing", "utterance", "workplace", "young",
]  # fmt: skip
AbbreviationClass = Literal["before_name", "before_number", "within", "anywhere", "state", "exclaimed"]
TitleClass = Literal[
    "title", "modifier", "no_title_before", "abbreviation", "capitals", "leading", "stopped", "of_place", "behind", "address"
]
NumberClass = Literal["unit", "teen", "ten", "scale", "big", "plural", "fraction", "glyph"]
PhraseUse = Literal[
    "body", "boilerplate", "credit", "credit_at_end", "direction", "embed", "money", "notice", "place", "thing", "topic"
]


def _parts(cell: object) -> object:
    return tuple(cell.split("|")) if isinstance(cell, str) and cell else () if cell == "" else cell


def _told(cell: object) -> object:
    return None if cell == "" else cell


Word = Annotated[str, Field(pattern=r"^\S(?:.*\S)?$")]
Words = Annotated[tuple[Word, ...], BeforeValidator(_parts)]


_PLAIN = re.compile(r"[\w’' -]+")  # words as they are, which are most phrases


def _checked(phrase: str) -> str:
    """A regular expression, which must be one alone: placeholders like *{more}* are words of the same table."""
    if _PLAIN.fullmatch(phrase):
        return phrase
    try:
        compiled = re.compile(re.sub(r"\{(?:more|less|little)\}", "x", phrase))
    except re.error as e:
        raise ValueError(f"no regular expression: {e}") from e
    if unknown := re.search(r"\{[a-z]+\}", compiled.pattern):
        raise ValueError(f"no placeholder {unknown[0]}; there are {{more}}, {{less}} and {{little}}")
    if compiled.groups:
        raise ValueError("a group that captures, which rules would take for theirs; begin it with (?:")
    if compiled.match(""):
        raise ValueError("a regular expression that fits nothing at all, and so everywhere")
    return phrase


Phrase = Annotated[str, Field(min_length=1), AfterValidator(_checked)]


class VocabularyRow(BaseModel):
    """A line of the table ``file``; no two lines may agree in the columns of ``key``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    file: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    note: str = ""


class WordRow(VocabularyRow):
    """Small closed sets of words that rules ask for.

    ``classes``, beside the parts of speech:

    * *finite* verbs that end a noun phrase, of which *finite_or_noun* may be nouns after a number; *counting_end* other words
      that end what is counted; *counting_adverb*, *number* words that are no part of it; *no_adverb* in -ly and no adverb;
      *no_compound* never a counted noun behind a hyphen (*two-way*); *time* words that tell when, as the days do.
    * *opener* words that begin a sentence with a capital and are no name; *name_particle* in small letters within names; of
      folded names *name_article*, *name_join* and *name_piece* (of what goes on), *legal_form*, *acronym_small* what an acronym
      may leave out, *shared_in_names* what many bodies are called, *short_body* acronyms of two letters.
    * *cue_determiner*, *cue_adverb* around cues; *refusal* (*refused to say*), *carried_out* (*went on to say*) before *to*;
      *condition* (*if*); *naming_verb* of calling somebody something.
    * *after_name* may follow a name that heads a phrase; *indefinite* determiners of somebody new; *deputy*, *former* ranks;
      *field* what an office is for (*health secretary*), *party* whose member somebody is (*the Labour MP*); *no_role* words that
      tell nothing of a role; *person_ending* of nouns for people (*goalkeeper*).
    * *sentence_opener* words that, with a capital behind an abbreviation, begin a sentence and no name; *after_time* what a time
      of day goes on with (*9 a.m. EST*), besides days and months.
    * *asker* labels of turns that tell what somebody is there for (*CALLER:*); *heading* words before a colon that nobody says
      anything by (*TEXT:*); *passive_report* verbs whose passive reports (*it was announced that*);
      *hearer* verbs whose object hears what is said (*she was told that*).
    * *anybody* pronouns for nobody whom the article has named (*someone told her*).
    * *platform* where anybody may post something: *a Twitter post* is not Twitter's.
    * *surname_first* surnames that given names follow, and that are given names elsewhere (*Lee Jae-min*).
    * *tells_no_body* words before a noun for bodies that do not tell which one is meant (*the ruling party*).
    * *event_state* verbs of what befalls one (*died*), *intransitive* ones among those of events.
    """

    file = "words.csv"
    key = ("word",)
    word: Word
    classes: Annotated[tuple[WordClass, ...], BeforeValidator(_parts), Field(min_length=1)]


class AbbreviationRow(VocabularyRow):
    """Words that are printed with a full stop which need not end a sentence; capitals count.

    ``classes``: *before_name* (*Mr.*), *before_number* (*No. 5*), *within* a sentence whatever follows (*vs.*); *anywhere*
    (*Inc.*) and, behind a place and a comma, *state* (*Tarvo, Calif.*): the next word tells; *exclaimed* names that are printed
    with an exclamation mark.
    """

    file = "abbreviations.csv"
    key = ("form",)
    form: Word
    classes: Annotated[tuple[AbbreviationClass, ...], BeforeValidator(_parts), Field(min_length=1)]


class NounRow(VocabularyRow):
    """Nouns for people, bodies and what is counted, in the singular but where only the plural is meant so.

    ``classes``:

    * *person* a human being; *any_office* one who may have any office besides (*the leader*), *any_trade* any trade (*the
      victim*), *epithet* what anybody may be called (*the star*), *on_duty* one who comes
      to what befalls others, of whom it is told (*the paramedic*), *workplace* where a person's noun may be at work (*the hotel
      manager*); *relation* one who is somebody's (*her aide*), *kin* by
      blood, marriage or love, *family* a relation of one surname; *plural* people in the plural; *adherent* one of a party,
      also behind a place (*the Tarvo Republican*); *anonymous* one whom the paper does not name on purpose; *no_man* in -man
      but of any gender.
    * *counted_person* counted in persons; *often_thing* a person's noun that is a thing where it is counted (*12 seeds*);
      *state* who and what befell them in one word (*12 dead*); *thing* counted one by one (*one car*); *invariable* alike in
      singular and plural; *no_plural* a singular in -s; *modifying_plural* a noun in -s that another may follow (*sports cars*);
      *numbered* what a number behind it names (*Route 66*; capitals count).
    * *product* what a body makes, holds or is bound by, behind its name: no body itself (*Tallow Maps*, *the Tallow Act*).
    * *called* what a name of a body may have behind it (*the Tarvo Herald newspaper*).
    * *document* what a body writes, which speaks for it (*a World Bank report*).
    * *body* a ministry, court or the like, which may stand without a name; *lone_body* even without an article; *company* what a
      company is called; *no_company*, *no_agency*, *no_group* what is in no name of one; *any_body* two words
      for one of its kind, whichever (*the trade union*); *government* what a government is called; *organisation*, *media*,
      *group* what tells the kind of a name that holds it.

    ``gender``: the gender that the noun tells. ``counterpart``: who one is to the other (wife: husband).
    """

    file = "nouns.csv"
    key = ("noun",)
    noun: Word
    classes: Annotated[tuple[NounClass, ...], BeforeValidator(_parts)]
    gender: Annotated[Literal["m", "f"] | None, BeforeValidator(_told)]
    counterpart: Annotated[Word | None, BeforeValidator(_told)]


class AlikeRow(VocabularyRow):
    """Nouns that may stand for one another, or, where ``stand_for`` is told, for those only."""

    file = "alike.csv"
    key = ("nouns", "stand_for")
    kind: Literal["person", "body"]
    nouns: Annotated[Words, Field(min_length=1)]
    stand_for: Words


class DeedRow(VocabularyRow):
    """What somebody does, has or makes who is called by a noun, in base forms; behind ``~`` what befalls one (*was jailed*)."""

    file = "deeds.csv"
    key = ("nouns",)
    nouns: Annotated[Words, Field(min_length=1)]
    deeds: Annotated[Words, Field(min_length=1)]


class TitleRow(VocabularyRow):
    """Words before a name that belong to it, in small letters and without a stop.

    ``classes``: *title*, of one word or two, and those that are a title only in capitals (*SP*), only at the head of a name or
    behind another title (*leading*: a Begum may be called that) or only with a stop (*stopped*: *Del.*); *modifier* a word
    before a title (*deputy*); *abbreviation* printed with a stop (*Dr.*); *no_title_before* a word before which none is a title
    (*General Motors*); *of_place* with a place it stands for its holder (*the Bishop of Bath*); *behind* in
    capitals behind a name (*OBE*). ``spelt_out``: the noun in full.
    """

    file = "titles.csv"
    key = ("title",)
    title: Word
    classes: Annotated[tuple[TitleClass, ...], BeforeValidator(_parts)]
    spelt_out: Annotated[Word | None, BeforeValidator(_told)]


class GivenNameRow(VocabularyRow):
    """Given names in small letters, the gender that they hint at, and what a short one stands for."""

    file = "given_names.csv"
    key = ("name",)
    name: Word
    gender: Annotated[Literal["m", "f"] | None, BeforeValidator(_told)]
    short_for: Words


class GovernmentRow(VocabularyRow):
    """States by name, other names, capital, seat of government, adjective and people."""

    file = "governments.csv"
    key = ("name",)
    name: Word
    also: Words
    capital: Words
    seat: Words
    adjective: Words
    people: Words


class PlaceRow(VocabularyRow):
    """Cities and provinces that tell a country, of those whose money has its name or sign from several."""

    file = "places.csv"
    key = ("country",)
    country: Word
    places: Words


class CueRow(VocabularyRow):
    """Words that report, each by its base form (*say*, *claim*, *word*), with class and act.

    ``part``: *verb*, *noun*, or *other* for what has no forms (*according*). ``lemma``: where it is not the word itself. A word
    that belongs to several classes stands in that of its most usual sense.
    """

    file = "cues.csv"
    key = ("cue", "part")
    cue: Word
    part: Literal["verb", "noun", "other"]
    lemma: Annotated[Word | None, BeforeValidator(_told)]
    cue_class: CueClass
    act: Act


class FormRow(VocabularyRow):
    """Forms whose base the inflection library has wrong or does not know."""

    file = "forms.csv"
    key = ("form", "part")
    form: Word
    base: Word
    part: Literal["noun", "verb"]


class UnitRow(VocabularyRow):
    """Measures and times by the name that the *unit* column of figures has for them.

    ``kind``: *measure*, *time*, *prefix* (*kilo*), or *rate* for what one only reckons by (*a head*). ``symbol``: what takes
    prefixes, and the prefixes' own. ``forms``: other words and symbols, in the singular. ``rate``: its forms behind *per* or
    *a*. ``doubtful``: forms that as often are other words, and are units only right behind the digits.
    """

    file = "units.csv"
    key = ("unit",)
    unit: Word
    kind: Literal["measure", "time", "prefix", "rate"]
    symbol: Annotated[Word | None, BeforeValidator(_told)]
    forms: Words
    rate: Words
    doubtful: Words


class CurrencyRow(VocabularyRow):
    """What money is called beside the codes and names of ISO 4217, which Babel knows.

    ``kind``: *sign*, *name* (small letters, singular), *adjective* (a country's, before a name that several share), *word* (a
    code that is a word too, and no code here). ``code``: the ISO 4217 code, or a noun where it is anybody's (*peso*).
    ``shared``: the codes that it stands for in other countries, by which the article tells which it is.
    ``needs``: what a name that is another word too needs to be money: its country's *adjective* or a scale before it, or
    *talk* of money will do. A sign or code that is another word too may need a *large* sum behind it (*MAD 350 million*).
    """

    file = "currencies.csv"
    key = ("form", "kind")
    form: Word
    kind: Literal["sign", "name", "adjective", "word"]
    code: Annotated[Word | None, BeforeValidator(_told)]
    shared: Words
    needs: Annotated[Literal["adjective", "talk", "large"] | None, BeforeValidator(_told)]


class NumberRow(VocabularyRow):
    """Number words and signs with their values; *fraction*: by what it divides; *big* scales take numbers before."""

    file = "numbers.csv"
    key = ("word",)
    word: Word
    classes: Annotated[tuple[NumberClass, ...], BeforeValidator(_parts), Field(min_length=1)]
    value: float


class CalendarRow(VocabularyRow):
    """Months and days of the week as printed."""

    file = "calendar.csv"
    key = ("name",)
    name: Word
    kind: Literal["month", "day"]
    abbreviations: Words


class EventRow(VocabularyRow):
    """What befell people and things, by words that tell it; a phrase may be a regular expression.

    ``part``: *verb* (also what stands for one), *noun* that is counted (*12 arrests*), *bearer*, a noun for those whom it befell
    before, so that what befalls them now is told first (*12 prisoners*), *act* before what it befell (*the bombing of*), *toll*
    before a number (*the death toll*), *state* between number and noun (*12 wounded soldiers*).
    """

    file = "events.csv"
    key = ("event", "part", "phrase")
    event: Event
    part: Literal["verb", "noun", "bearer", "act", "toll", "state"]
    phrase: Phrase


class HedgeRow(VocabularyRow):
    """What bounds a number, by the modifier that it makes; of two that match, the one that stands first counts.

    ``modifier``: as in the *modifier* column of figures; *none* for what stands there and bounds nothing (*another*). ``place``:
    *before* or *after* the number; *word* for words that phrases ask for as {more}, {less}, {little}.
    """

    file = "hedges.csv"
    key = ("modifier", "place", "phrase")
    modifier: Modifier | Literal["none", "more", "less", "little"]
    place: Literal["before", "after", "word"]
    phrase: Phrase


class PhraseRow(VocabularyRow):
    """Other phrases by what they are for, each a regular expression.

    ``use``: *boilerplate* opens a line of the page that is no part of the article, *notice* a longer one; *credit*,
    *credit_at_end* tell a picture's caption; *direction* and *place* may stand before a place's name (*the northern suburbs of*);
    *money* tells that money is talked of; *embed* stands in a post of a network; *thing* before a name tells that nobody is
    called so, *body* also behind it; *topic* before *about* tells that it is no estimate.
    """

    file = "phrases.csv"
    key = ("use", "phrase")
    use: PhraseUse
    phrase: Phrase


class ScannerVerbRow(VocabularyRow):
    """Forms of verbs by which the scanner of quotation marks ends a quotation that nothing closes.

    They belong to a form of the attribution model's weights, which were trained on what the scanner finds: change them with
    the form, and never for one that is in use. A new verb of saying goes into cues.csv.
    """

    file = "scanner_verbs.csv"
    key = ("verb_form", "weights_form")
    verb_form: Word
    weights_form: int

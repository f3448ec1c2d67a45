"""Time grows with the length of a text and no faster, whatever is printed in it.

Steps are counted where the code is our own (calls that Python makes, which no other process disturbs), processor time where
the work is done in regular expressions or in spaCy.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from onrecord.figures import find_figures
from onrecord.figures.negatives import web_spans
from onrecord.reading.steps import Findings, make_steps, read_articles
from onrecord.text.article import Article
from onrecord.text.marks import find_marks
from onrecord.text.sentences import clause_span, sentence_spans
from onrecord.text.tokenizer import LinearTokenizer
from onrecord.text.view import ArticleView

from ..growth import assert_linear

pytestmark = pytest.mark.engine

OPENING = "Ada Brenn said it rained.\n\n"


def name(rng: random.Random) -> str:
    return "".join(rng.choice("bdklmnrstv") + rng.choice("aeiou") for _ in range(3)).capitalize()


def people(form: str, count: int = 2000) -> str:
    rng = random.Random(5)
    return " ".join(form.format(name(rng), name(rng)) for _ in range(count)) + " "


# what is repeated, by what it strains
KINDS = {
    "ordinary": "“We counted them twice,” said Ada Brenn of the harbour office. More than 300 people left on Monday. ",
    "double marks": '"',
    "opening marks": "“",
    "closing marks": "”",
    "apostrophes": "’",
    "words in opening marks": "“a ",
    "singles that open": "'a ",
    "possessives in a quotation": "‘as' ",
    "nested marks": "“‘“‘",
    "nested words": "“a ‘b ",
    "said": "“A,” said B. ",
    "said by he": "“A,” he said. ",
    "quotations side by side": "“Yes we did go,” ",
    "brackets": "(",
    "brackets of two kinds": "[(",
    "brackets round words": "((a))",
    "ellipses": "…",
    "dashes": "—",
    "commas": ",",
    "underscores": "_",
    "hyphens": "a-a-",
    "emoji": "😀",
    "ideographs": "中",
    "combining marks": "e\u0301\u0302",
    "no width": "\u200b",
    "no space": "abcdefghij",
    "gaps": "Ann Rees,      the mayor, said it. ",
    "lines": "said\n",
    "paragraphs": "Hi.\n\n",
    "sentences": "A. b. ",
    "openers": people("Afterwards {0} {1} left."),
    "states": "Saint Kitts and Nevis & Saint Kitts ",
    "firms": people("{0} & {1}"),
    "governments": "The government said so. The New Old Far Near Brant ",
    "announced": "It was, it was announced on Monday. ",
    "heard": "The court heard that he left. ",
    "initials": "A.B.C. Dell’Orto ",
    "bodies of members": "The Young Farmers’ Old New Far Near ",
    "strangers": "Ann Veld left. On Monday a man stood there. He said so. ",
    "through": "The old man, in the old statement by the old statement by ",
    "told of": "A man who knows the man who knows ",
    "notified": "The council is hereby by this also notified ",
    "first names": people("\nA B {0} {1}."),
    "commissions": "The Commission on the Old of the New and the Far ",
    "homes": "Ada Brenn (41) of Old Brant, (Labour), a baker; ",
    "asked": "When we asked Ada Brenn, she said so. ",
    "names": "Ada Brenn ",
    "names and names": "Ada Brenn and Bo Lund, ",
    "ages": "Ada Brenn, 41, a baker; ",
    "appositions": "according to Ada Brenn, a baker, ",
    "bakers": "a baker, ",
    "who said": "Ada Brenn, who said ",
    "told": "Ada Brenn told the court ",
    "labels": "Ada Brenn: yes\n",
    "abbreviations": "The World Body (TWB) ",
    "title case": "The Ann Rees Story Goes Further Today\n",
    "digits": "7",
    "digits and spaces": "7 ",
    "digits and dashes": "1-",
    "digits and slashes": "1/1/",
    "digits, commas, points": "1,2.",
    "zeros": "0,000",
    "numbers in a list": "7 and ",
    "words of numbers": "two hundred and ",
    "points of numbers": "one point ",
    "money": "$5 ",
    "rates": "5 per cent ",
    "millions": "1 million ",
    "bounds": "at least 5 people ",
    "ranges": "from 10 to 20 ",
    "killed": "12 people were killed and ",
    "addresses": "http://a.b/c ",
    "mail": "a@a",
    "mail with points": "a@a.",
    "attributes": 'a="',
    "entities": "&amp;",
    "people who speak": people("“We will go there,” said {} {}."),
    "people of one surname": people("{} Rees said it rained."),
    "people of one role": people("{} {}, a baker, said so. The baker agreed.", 1000),
    "people of one town": people("The mayor of {0}, {0} {1}, said so. The mayor agreed.", 1000),
    "mothers": people("{} Rees, Ann’s mother, said so. Her mother agreed.", 1000),
    "companies": people("The {} Company said so. The company agreed.", 1000),
    "places": people("5 people died in {} in May, 6 in {},"),
    "fields": "the Director, Public Affairs, ",
    "offices by their initials": "the Town Chief Executive (TCE), ",
    "nicknames": people("“{0}” {1} left."),
    "families": people("{0} and Ann {1} left. The {1}s said so.", 1000),
    "hidden sources": people("a cook who met {} {} said it rained."),
    "bylines": people("\n\nBy {} {}\n\n", 1000),
    "headings with the time": people("\n\n6:10am: ‘We saw {} go’\n\n", 1000),
    "epithets": people("{} {} left. The billionaire said she was ill.", 1000),
    "subjects that go on": people("{} {} was ill, but in a note she wrote that it rained.", 1000),
    "teams": people("{}s coach {} left."),
    "two surnames": people("Ann {0} {1} left. {0} said so.", 1000),
}


def text_of(kind: str, size: int) -> str:
    unit = KINDS[kind]
    return (OPENING + unit * (size // len(unit) + 1))[:size]


def steps(work: Callable[[], Any]) -> int:
    """Calls that a piece of work makes, a generator's turns among them."""
    count = 0

    def tell(*_: Any) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(tell)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", KINDS)
def test_an_article_four_times_as_long_takes_at_most_six_times_as_long(nlp: Any, kind: str) -> None:
    nlp(text_of(kind, 1_000))  # what is loaded once is no part of it
    assert_linear(lambda size: nlp(text_of(kind, size)), 5_000, 0.3)


@pytest.mark.parametrize("kind", ["double marks", "ellipses", "brackets of two kinds", "emoji", "no space", "hyphens"])
def test_a_long_run_without_a_space_is_tokenized_in_linear_time(nlp: Any, kind: str) -> None:
    text = text_of(kind, 12_000)
    assert_linear(lambda size: nlp.make_doc(text[:size]), 3_000, 0.2)
    assert nlp.make_doc(text).text == text


def test_tokens_are_those_of_spacy() -> None:
    import spacy

    plain = spacy.blank("en").tokenizer
    ours = LinearTokenizer.like(plain)
    rng = random.Random(7)
    parts = [
        "a",
        "Rees",
        "US",
        "7",
        "3.5",
        "km",
        "%",
        "$",
        ".",
        "...",
        "…",
        "'s",
        "’s",
        "”",
        '"',
        "(",
        ")",
        "-",
        "/",
        "don't",
        "e.g.",
    ]
    for _ in range(400):
        text = "".join(rng.choice(parts) + " " * (rng.random() < 0.1) for _ in range(rng.randint(1, 90)))
        assert [(t.idx, t.text, t.whitespace_, t.norm_) for t in ours(text)] == [
            (t.idx, t.text, t.whitespace_, t.norm_) for t in plain(text)
        ]


MARKS = ["opening marks", "singles that open", "possessives in a quotation", "nested marks", "nested words"]


@pytest.mark.parametrize("kind", MARKS)
def test_marks_are_paired_in_linear_time(kind: str) -> None:
    assert_linear(lambda size: find_marks(text_of(kind, size)), 4_000, 0.2)


FIGURES = ["rates", "words of numbers", "places"]


@pytest.mark.parametrize("kind", FIGURES)
def test_figures_are_read_in_linear_time(kind: str) -> None:
    def read(size: int) -> Callable[[], Any]:
        text = text_of(kind, size)
        page = ArticleView.of_text(text)
        places = [(at, at + 6) for at in range(30, size - 6, 40)]
        return lambda: find_figures(page, [], places)

    short, long = (steps(read(n)) for n in (2_000, 8_000))
    assert long <= 6 * short, (short, long)


@pytest.mark.parametrize("kind", ["digits", "digits and dashes", "mail", "attributes", "hyphens"])
def test_addresses_are_looked_for_in_linear_time(kind: str) -> None:
    text = text_of(kind, 24_000)
    assert_linear(lambda size: web_spans(text, 0, size), 6_000, 0.2)


def test_a_sentence_that_has_no_end_is_cut_between_words() -> None:
    text = "we counted 12 boats and " * 400 + "left"
    spans = sentence_spans(text, 0, len(text))
    assert len(spans) > 3 and all(e - s <= 2000 for s, e in spans)
    assert " ".join(text[s:e] for s, e in spans) == text
    lo, hi = spans[1]
    at = text.index("12", lo)
    assert lo <= clause_span(text, spans[1], at)[0] <= at < clause_span(text, spans[1], at)[1] <= hi


@pytest.mark.parametrize("kind", ["said", "quotations side by side", "companies"])
def test_an_article_full_of_speech_is_read_in_linear_time(kind: str) -> None:
    *first, speakers = make_steps("paragraphs", "attributions", "speakers")
    articles = [Findings.of(replace(Article.of_text(text_of(kind, n)), language="en")) for n in (500, 1_500, 6_000)]
    read_articles(articles, first)
    speakers(articles[:1])
    short, long = (steps(lambda own=own: speakers([own])) for own in articles[1:])
    assert long <= 6 * short, (short, long)

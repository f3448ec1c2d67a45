from __future__ import annotations

import csv
import importlib
import pickle
from pathlib import Path

from onrecord.lexicon.forms import _library, lemma, singular

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_nouns_of_the_news_have_their_singulars() -> None:
    nouns = rows("nouns.csv")
    assert len(nouns) >= 500
    assert {n["plural"]: singular(n["plural"]) for n in nouns} == {n["plural"]: n["singular"] for n in nouns}


def test_a_singular_is_its_own() -> None:
    nouns = rows("nouns.csv")
    assert [n["singular"] for n in nouns if singular(n["singular"]) != n["singular"]] == []


def test_verbs_of_the_news_have_their_base_forms() -> None:
    verbs = rows("verbs.csv")
    assert len(verbs) >= 200
    assert [(form, v["base"]) for v in verbs for form in v.values() if lemma(form) != v["base"]] == []


def test_words_that_no_dictionary_has() -> None:
    assert [singular(w) for w in ("velds", "zorblings", "riverboatmen")] == ["veld", "zorbling", "riverboatman"]
    assert [lemma(w) for w in ("retweeted", "burbled", "ann", "—")] == ["retweet", "burble", "ann", "—"]


def test_the_dictionary_is_the_librarys() -> None:
    """It is read by the word, every word as the library reads them all."""
    codec = importlib.import_module("lemminflect.codecs.LemmaLUCodec").LemmaLUCodec
    for word, told in codec.load(_library().lemma_lu_fn).items():
        assert _library().lemma_dict.get(word, {}) == told


def test_the_library_goes_to_other_processes() -> None:
    """A program may import LemmInflect too: then spaCy sends its lemmatizer to the processes of ``nlp.pipe``."""
    assert singular("boats") == "boat"  # so that the dictionary is loaded
    there = pickle.loads(pickle.dumps(_library()))
    assert there.getAllLemmas("boats", "NOUN") == {"NOUN": ("boat",)}

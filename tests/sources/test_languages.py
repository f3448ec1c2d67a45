# ruff: noqa: E501 - texts
"""Languages: names and codes as they are written, and what is declared against what the text is in."""

from __future__ import annotations

import pytest

from onrecord.sources.languages import known_language
from onrecord.text.detect import language_of

TEXTS = {
    "en": "The county will close the ferry in May, the transport board decided on Tuesday. “Nobody asked those of us who live here,” "
    "said Marta Okello, a nurse, who crosses the fjord twice a day for her work at the hospital on the other shore.",
    "de": "Der Landkreis stellt die Fähre im Mai ein, wie der Ausschuss am Dienstag nach langer Debatte entschied. „Niemand hat uns "
    "gefragt“, sagte Marta Okello, eine Krankenschwester, die den Fjord zweimal am Tag für ihre Arbeit überquert.",
    "zu": "Isifunda sizovala isikebhe ngoNhlaba, kusho ibhodi yezokuthutha ngoLwesibili ngemva kwengxoxo ende. “Akekho owasibuza thina "
    "esihlala lapha,” kusho uMarta Okello, ongumhlengikazi, owela ulwandle kabili ngosuku uma eya emsebenzini wakhe.",
    "es": "El condado cerrará el transbordador en mayo, decidió el martes la junta de transporte tras un largo debate. «Nadie nos preguntó "
    "a los que vivimos aquí», dijo Marta Okello, enfermera, que cruza el fiordo dos veces al día por su trabajo.",
}  # fmt: skip


@pytest.mark.parametrize("declared", [None, "en", "fr", "pl", "tlh"])
@pytest.mark.parametrize("code", TEXTS)
def test_a_text_is_believed_where_it_is_plain(code: str, declared: str | None) -> None:
    unknown = declared == "tlh" and code != "en"  # a language that the library does not know
    assert language_of(declared, TEXTS[code]) == (declared if unknown else code)


def test_a_text_that_is_not_plain_is_not_believed() -> None:
    assert language_of("xh", TEXTS["zu"]) in ("xh", "zu")
    assert language_of(
        "en", TEXTS["zu"].partition(" “")[0] + " Ibhodi yezokuthutha izohlangana futhi ngoLwesihlanu ebusuku."
    ) in ("zu", "xh")
    assert language_of("en", "Lindvik: Fjord, Okello, Aune") == "en"
    assert language_of("da", "Fergen lukker.") == "da"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("en", "en"), ("en-GB", "en"), ("en_US.UTF-8", "en"), ("EN", "en"), ("eng", "en"), ("English", "en"), ("english (UK)", "en"),
        ("deu", "de"), ("ger", "de"), ("German", "de"), ("zul", "zu"), ("Zulu", "zu"), ("pt-BR", "pt"), ("zh-Hant", "zh"),
        ("und", None), ("UND", None), ("unknown", None), ("mul", None), ("zxx", None), ("und-Latn", None),
        ("en-US,en;q=0.9", "en"), ("en, fr", "en"), ("['en']", "en"), ("British English", "en"), ("English (United States)", "en"),
        ("Deutsch", "de"), ("français", "fr"), ("Русский", "ru"), ("Chinese (Simplified)", "zh"), ("cmn", "zh"), ("iw", "he"), ("auto", None),
    ],
)  # fmt: skip
def test_languages_as_they_are_written(written: str, code: str | None) -> None:
    assert known_language(written) == code


@pytest.mark.parametrize("written", ["", "e", "en glish", "C", "1en", "Klingonese tongue", "zz", "xx", "UTF-8", "lang=en"])
def test_what_is_no_language(written: str) -> None:
    with pytest.raises(ValueError, match="not a language code"):
        known_language(written)

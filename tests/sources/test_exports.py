# ruff: noqa: E501 - a case a line
"""Exports of databases in the layouts of other languages, and pages as they begin."""

from __future__ import annotations

import pytest

from onrecord.sources.records import RawArticle

from .test_shapes import read

SAID = "“We wait,” said Ann Veld, who leads the town."
SECOND = "The council met on Monday, and nobody came to hear it speak of the wall."

NEXIS = {
    "en": ("October 5, 2026 Monday", "Section", "Length", "words", "Byline", "Body", "Load-Date", "End of Document"),
    "de": ("Montag 5. Oktober 2026", "Rubrik", "Länge", "Wörter", "Autor", "Textkörper", "Ladedatum", "Ende des Dokuments"),
    "fr": ("lundi 5 octobre 2026", "Rubrique", "Longueur", "mots", "Auteur", "Corps", "Date de chargement", "Fin du document"),
    "es": (
        "5 de octubre de 2026 lunes",
        "Sección",
        "Longitud",
        "palabras",
        "Autor",
        "Cuerpo",
        "Fecha de carga",
        "Fin del documento",
    ),
    "it": (
        "lunedì 5 ottobre 2026",
        "Sezione",
        "Lunghezza",
        "parole",
        "Autore",
        "Corpo",
        "Data di caricamento",
        "Fine del documento",
    ),
    "nl": ("maandag 5 oktober 2026", "Sectie", "Lengte", "woorden", "Auteur", "Hoofdtekst", "Laaddatum", "Einde van document"),
}
OLD = {
    "en": ("{} of 2 DOCUMENTS", "October 5, 2026 Monday", "SECTION", "LENGTH: 90 words", "BYLINE", "LOAD-DATE", "LANGUAGE"),
    "de": ("{} von 2 DOCUMENTS", "Montag 5. Oktober 2026", "RUBRIK", "LÄNGE: 90 Wörter", "AUTOR", "UPDATE", "SPRACHE"),
    "fr": ("Document {} de 2", "lundi 5 octobre 2026", "RUBRIQUE", "LONGUEUR: 90 mots", "AUTEUR", "DATE-CHARGEMENT", "LANGUE"),
}
FACTIVA = {
    "en": ("Document", "5 October 2026", "90 words", "By"),
    "de": ("Dokument", "5. Oktober 2026", "90 Wörter", "Von"),
    "fr": ("Document", "5 octobre 2026", "90 mots", "Par"),
    "es": ("Documento", "5 octubre 2026", "90 palabras", "Por"),
}
PROQUEST = {
    "en": "Document {} of 2|Author|Full text|Subject|Title|Publication title|Publication date|ProQuest document ID",
    "de": "Dokument {} von 2|Autor|Volltext|Schlagwort|Titel|Titel der Publikation|Publikationsdatum|ProQuest-Dokument-ID",
    "fr": "Document {} sur 2|Auteur|Texte intégral|Sujet|Titre|Titre de la publication|Date de publication|ID du document ProQuest",
    "es": "Documento {} de 2|Autor|Texto completo|Materia|Título|Título de publicación|Fecha de publicación|"
    "ID del documento de ProQuest",
}


def check(text: str) -> None:
    found = read(text, "a.txt")
    assert len(found) == 2
    for number, record in enumerate(found, 1):
        assert isinstance(record, RawArticle), record
        told = record.title, record.publisher, record.author, str(record.published_date)
        assert told == (f"Wall {number} gives way", "Brenn Courier", "Tomas Reed", "2026-10-05")
        assert record.text == f"Wall {number} gives way\n\n{SAID}\n\n{SECOND}"


@pytest.mark.parametrize("language", NEXIS)
def test_nexis(language: str) -> None:
    day, section, length, words, by, body, load, end = NEXIS[language]
    check(
        "\n\n\n".join(
            f"Wall {n} gives way\nBrenn Courier\n{day}\n\nCopyright 2026 Brenn Courier All Rights Reserved\n\n{section}: NEWS; 1\n"
            f"{length}: 90 {words}\n{by}: Tomas Reed\n\n{body}\n\n{SAID}\n\n{SECOND}\n\n{load}: October 6, 2026\n\n{end}"
            for n in (1, 2)
        )
    )


@pytest.mark.parametrize("language", OLD)
def test_nexis_as_it_was_with_a_page_an_entry(language: str) -> None:
    of, day, section, length, by, load, tongue = OLD[language]
    check(
        "".join(
            f"\f{of.format(n):>40}\n\n\n{'Brenn Courier':>40}\n\n{day:>40}\n\nWall {n} gives way\n\n{section}: NEWS; 1\n\n{length}\n\n"
            f"{by}: Tomas Reed\n\n{SAID}\n\n{SECOND}\n\n{load}: 6\n\n{tongue}: ENGLISH\n\n{'Copyright 2026 Brenn Courier':>40}\n"
            for n in (1, 2)
        )
    )


@pytest.mark.parametrize("language", FACTIVA)
@pytest.mark.parametrize("coded", [True, False])
def test_factiva(language: str, coded: bool) -> None:
    document, day, words, by = FACTIVA[language]
    entry = (
        f"HD Wall {{n}} gives way\nBY By Tomas Reed\nWC {words}\nPD {day}\nSN Brenn Courier\nSC BRNC\nLA en\n\nLP\n{SAID}\n\n"
        f"TD\n{SECOND}\n\nAN {document} BRNC000020261005e2a50000{{n}}"
        if coded
        else f"Wall {{n}} gives way\n\n{by} Tomas Reed\n{words}\n{day}\nBrenn Courier\nBRNC\nEnglish\n(c) 2026\n\n{SAID}\n\n{SECOND}"
        f"\n\n{document} BRNC000020261005e2a50000{{n}}"
    )
    check("\n\n".join(entry.format(n=n) for n in (1, 2)))


@pytest.mark.parametrize("language", PROQUEST)
def test_proquest(language: str) -> None:
    document, author, text, subject, title, publication, day, own = PROQUEST[language].split("|")
    check(
        "\n\n____________________\n\n".join(
            f"{document.format(n)}\n\nWall {n} gives way\n\n{author}: Tomas Reed\n\n{text}: {SAID}\n\n{SECOND}\n\n{subject}: Walls\n\n"
            f"{title}: Wall {n} gives way\n\n{publication}: Brenn Courier\n\n{day}: 5 Oct 2026\n\n{own}: 1234{n}"
            for n in (1, 2)
        )
    )


def test_a_text_that_holds_such_words_is_none() -> None:
    (found,) = read(f"Wall gives way\n\nAutor: Tomas Reed\n\n{SAID}\n\nTitel: 14 mots\n\n{SECOND}", "a.txt")
    assert isinstance(found, RawArticle) and "Titel: 14 mots" in found.text

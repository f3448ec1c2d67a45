"""Exports of databases that were made in another language than English, with the English words for what marks their fields."""

from __future__ import annotations

import re

from ..date_words import date_within

# What a database prints in German, French, Spanish, Italian, Dutch and Portuguese, by the English for it.
_LABELS = {
    # Nexis
    "End of Document": "Ende des Dokuments|Fin du document|Fin del documento|Fine del documento|Einde van (?:het )?document|"
    "Fim do documento",
    "Body": "Textkörper|Haupttext|Corps(?: du texte)?|Cuerpo(?: del texto)?|Corpo(?: del testo| do texto)?|Hoofdtekst",
    "Length:": "Länge:|Longueur ?:|Longitud:|Lunghezza:|Lengte:|Extensão:",
    "Section:": "Rubrik:|Ressort:|Rubrique ?:|Sección:|Seccion:|Sezione:|Sectie:|Seção:",
    "Byline:": "Signature ?:|Autorenzeile:|Verfasser:|Firma:",
    "Load-Date:": "Ladedatum:|Update:|Date[- ]de[- ]chargement ?:|Date-chargement ?:|Fecha[- ]de[- ]carga:|Data di caricamento:|"
    "Laaddatum:|Data de carregamento:",
    "Publication-Type:": "Publikationstyp:|Type[- ](?:de )?publication ?:|Tipo de publicación:|Tipo di pubblicazione:|"
    "Publicatietype:|Tipo de publicação:",
    # ProQuest
    "Publication info:": "Publikationsinformationen:|Informations? (?:sur|de) la publication ?:|Información de publicación:|"
    "Informazioni sulla pubblicazione:|Informações da publicação:",
    "Full text:": "Volltext:|Texte intégral ?:|Texto completo:|Testo integrale:|Volledige tekst:",
    "Abstract:": "Zusammenfassung:|Kurzfassung:|Résumé ?:|Resumen:|Riassunto:|Samenvatting:|Resumo:",
    "Subject:": "Schlagwort:|Schlagwörter:|Thema:|Sujet ?:|Materia:|Soggetto:|Onderwerp:|Assunto:",
    "Publication title:": "Titel der Publikation:|Publikationstitel:|Titre de la publication ?:|Título de (?:la )?publicación:|"
    "Titolo della pubblicazione:|Titel van publicatie:|Título da publicação:",
    "Publication date:": "Publikationsdatum:|Erscheinungsdatum:|Date de publication ?:|Fecha de publicación:|"
    "Data di pubblicazione:|Publicatiedatum:|Data de publicação:",
    "Language of publication:": "Publikationssprache:|Sprache der Publikation:|Langue de (?:la )?publication ?:|"
    "Idioma de (?:la )?publicación:|Lingua di pubblicazione:|Taal van publicatie:|Idioma da publicação:",
    "ProQuest document ID:": "ProQuest-Dokument-ID:|Dokument-ID in ProQuest:|ID du document ProQuest ?:|"
    "ID del documento de ProQuest:|ID documento ProQuest:|ProQuest-document-ID:|ID do documento (?:do )?ProQuest:",
    "Document URL:": "Dokument-URL:|URL du document ?:|URL del documento:|URL documento:|Document-URL:|URL do documento:",
    "Title:": "Titel:|Titre ?:|Título:|Titolo:",
    # both
    "Author:": "Autor(?:in)?:|Auteurs? ?:|Autore:",
    "Language:": "Sprache:|Langue ?:|Idioma:|Lingua:|Taal:",
}  # fmt: skip
_ENGLISH = [(re.compile(rf"^([ \t]*)(?:{words})(?=[ \t]|$)", re.I | re.M), english) for english, words in _LABELS.items()]
_WORDS = "Wörter|Worte|mots|palabras|parole|woorden|palavras"
_COUNT = re.compile(rf"^([ \t]*(?:[^\W\d_]+ ?: *)?[\d.,\u202f\xa0 ]*\d) (?:{_WORDS})[ \t]*$", re.M | re.I)
_ENTRY = re.compile(r"^[ \t]*(?:Dokument|Documento?) (\d+) (?:von|de|sur|di|van) (\d+)[ \t]*$", re.M)
_OF_NEXIS = re.compile(r"^[ \t]*(\d+) (?:von|de|sur|di|van) (\d+) DO[CK]UMENT\w*[ \t]*$", re.M | re.I)
_OF_FACTIVA = re.compile(
    r"^([ \t]*(?:AN )?)(?:Dokument|Documento|Документ) (?=[A-Z][A-Z0-9]{3,10}\d{8}[a-z0-9]{6,}[ \t]*$)", re.M
)
_BY = re.compile(r"^(?:Von|Par|Por|Di|Door) (?=[^\n.]{3,80}\n\s*[\d.,]+ words$)", re.M)
_DATED = re.compile(r"^[ \t]*(?:PD )?[^\n\d:“\"]{0,14}\d{1,2}\b[^\n:“\"]{3,30}\b\d{4}\b[^\n“\"]{0,30}$", re.M)
_CODE = re.compile(r"[ \t]*(?:PD )?")
_MARKS = re.compile(rf"{_COUNT.pattern}|{_ENTRY.pattern}|{_OF_NEXIS.pattern}|{_OF_FACTIVA.pattern}", re.M | re.I)
_MONTHS = "January February March April May June July August September October November December".split()


def in_english(text: str) -> str:
    """An export with English for what marks its entries and fields; any other text as it is."""
    ended = next(pattern for pattern, english in _ENGLISH if english == "End of Document")
    if _MARKS.search(text) is None and ended.search(text) is None:
        return text
    for pattern, english in _ENGLISH:
        text = pattern.sub(rf"\1{english}", text)
    text = _COUNT.sub(r"\1 words", text)
    text = _OF_NEXIS.sub(r"\1 of \2 DOCUMENTS", text)
    of_proquest = "ProQuest" in text or re.search(r"^Full text:", text, re.M) is not None
    text = _ENTRY.sub(r"Document \1 of \2" if of_proquest else r"\1 of \2 DOCUMENTS", text)
    text = _BY.sub("By ", _OF_FACTIVA.sub(r"\1Document ", text))
    return _DATED.sub(_dated, text)


def _dated(line: re.Match[str]) -> str:
    day = date_within(line[0], frozenset())
    if day is None or not re.match(r"\d{4}-\d{2}-\d{2}", day):
        return line[0]
    year, month, number = map(int, day[:10].split("-"))
    return f"{_CODE.match(line[0])[0]}{number} {_MONTHS[month - 1]} {year}{day[10:]}"  # type: ignore[index]

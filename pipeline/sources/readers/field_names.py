"""The names of the fields of an article: ours, those of other people's programs, and those of tables in other languages."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

# Names of each field, the surest first: ours, then those of news-please, newspaper4k, trafilatura, fundus, CC-News as
# data set, the Guardian, NewsAPI, GDELT, Media Cloud, JSON Feed, ninjs and WordPress. Dots lead into objects.
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "maintext", "main_text", "plaintext", "bodyText", "body_text", "articleBody", "article_body", "article_text",
        "full_text", "fulltext", "fullText", "plain_text", "plainText", "story_text", "storyText", "articleText",
        "content_text", "contentText", "textContent", "text_content", "raw_text", "cleaned_text", "blocks.body",
        "content_elements", "body", "content", "content_html", "contentHtml", "body_html", "bodyHtml", "body_xhtml", "body_nitf",
        "html", "raw_html", "page_html", "html_content", "bodies", "story", "transcript", "paragraphs", "article", "sections",
        "blocks",
    ),
    "id": ("id", "_id", "guid", "uuid", "article_id", "stories_id", "identifier", "uri"),
    "url": (
        "url", "link", "canonical_url", "canonical_link", "canonicalUrl", "webUrl", "web_url", "source_url", "article_url",
        "permalink", "DocumentIdentifier", "responded_url", "requested_url", "pageUrl",
        "page_url", "originId", "alternate.0.href", "html.responded_url", "mainEntityOfPage", "source", "uri",
    ),
    "title": ("title", "headline", "headlines", "webTitle", "name", "heading", "subject"),
    "author": (
        "_embedded.author", "author", "authors", "byline", "bylines", "publishedBylines", "primary_author", "author_name",
        "authorName", "authorsByline", "credits.by", "by", "creator", "writers", "contributors",
    ),
    "publisher": (
        "publisher", "sitename", "site_name", "siteName", "source-hostname", "source_name", "sourceName", "name_source",
        "media_name", "infosources", "provider",
        "meta_site_name", "SourceCommonName", "origin.title", "html.source_info.publisher", "thread.site_full", "outlet",
        "publication", "newspaper", "source", "source_domain", "domain", "hostname", "clean_url", "media_url",
    ),
    "published_at": (
        "published_at", "publishedAt", "date_publish", "publish_date", "publishDate", "publishing_date", "published_date",
        "publishedDate", "datePublished", "date_published", "webPublicationDate", "firstPublicationDate", "publication_date",
        "publicationDate", "pubDate", "pub_date", "pubdate", "published", "published_time", "published_on", "seendate",
        "publishedTime", "post_date", "firstCreated", "contentCreated", "versionCreated", "firstcreated", "versioncreated",
        "dateTimePub", "dateTime", "first_publish_date", "display_date", "date_gmt", "date", "datetime",
        "timestamp", "created_at", "createdAt", "created", "dateCreated", "DATE", "time",
    ),
    "language": (
        "language", "lang", "language_code", "languageCode", "meta_lang", "inLanguage", "humanLanguage", "langcode", "locale",
    ),
}  # fmt: skip
_PLAIN = {re.sub(r"[\W_]", "", name).lower(): name for names in reversed([*NAMES.values()]) for name in reversed(names)}
# what tables call them in other languages; *data* is a date to some of them, and what holds all to the most
_PLAIN |= {
    name: ours
    for ours, names in {
        "title": "titel titre título titulo titolo überschrift schlagzeile titular kop manchete rubrik tytuł başlık",
        "text": "texte texto testo tekst inhalt volltext contenido conteúdo conteudo contenuto inhoud cuerpo contenu metin "
        "tresc treść",
        "date": "datum fecha dato publikationsdatum erscheinungsdatum fechadepublicación fechadepublicacion datadepublicação "
        "datadipubblicazione datedepublication tarih",
        "author": "autor auteur autore autorin verfasser autores auteurs forfatter författare yazar",
        "publisher": "quelle fuente fonte bron zeitung medio periódico periodico journal giornale krant veículo veiculo kaynak "
        "pubtitle publicationtitle",
        "language": "sprache idioma langue lingua taal język",
    }.items()
    for name in names.split()
    if name not in _PLAIN
}
_OF_ARTICLE = ("article", "news", "story", "post")  # *Article Title*, *news_content*
# names of what holds articles: answers of NewsAPI, the Guardian, Elasticsearch, JSON Feed and their like
ANSWERS = frozenset(
    "articles items results result response data docs documents hits news stories posts entries records rows value payload "
    "objects "
    "list edges nodes newsitems articleresults _embedded rss channel export item feed output @graph".split()
)
WITHIN = (
    "fields",
    "_source",
    "article",
    "attributes",
    "data",
    "doc",
    "document",
    "content",
    "news",
    "metadata",
    "meta",
    "story",
    "post",
    "item",
    "node",
)  # objects that hold the fields
# what tells of an article in a few words, where its text is missing
SUMMARIES = ("lead_paragraph", "summary", "description", "abstract", "excerpt", "snippet", "trailText")


@functools.lru_cache(4096)
def own_name(name: str) -> str:
    """The name by which a field is known that a table or a program writes in its own way: *Full Text* is *full_text*."""
    if name.startswith("_"):  # of a database, about the record: _source, _score
        return name
    plain = re.sub(r"[\W_]", "", name).lower()
    known = _PLAIN.get(plain)
    if known is None:
        bare = next((plain.removeprefix(of) for of in _OF_ARTICLE if plain.startswith(of)), "")
        known = _PLAIN.get(bare)
    return known or name.strip()


def with_own_names(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row, also under the names by which its fields are known, where they are written in another way."""
    more = {own: value for name, value in row.items() if (own := own_name(name)) not in row}
    return {**row, **more} if more else row

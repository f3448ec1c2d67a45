"""Which article a record is: canonical addresses and the ids made of them."""

from __future__ import annotations

from urllib.parse import urldefrag

from courlan import clean_url

from schemas.ids import hash_id, sha256_hex

from .records import RawArticle


def canonical_url(url: str) -> str:
    """The address without tracking parameters and fragment, host in lower case (by the library courlan)."""
    return urldefrag(clean_url(url.strip()) or url.strip()).url


def article_ids(article: RawArticle) -> tuple[str, str, str]:
    """Return ``article_id``, ``doc_id`` and ``content_sha256`` of a record."""
    content = sha256_hex(article.text.encode("utf-8"))
    if article.url:
        article_id = hash_id("url", canonical_url(article.url))
    elif article.own_id:
        article_id = hash_id("id", article.publisher, article.own_id)
    else:
        article_id = hash_id("article", content)
    return article_id, hash_id("document", article_id, content), content

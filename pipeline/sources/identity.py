"""Which article a record is: canonical addresses and the ids made of them."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from courlan import clean_url

from ..schemas.ids import document_id, hash_id, sha256_hex
from .records import RawArticle

# the cache of an AMP page, with the publisher's own address behind it: .../c/s/news.example/story
_AMP_CACHE = re.compile(r"^https?://(?:[^/]+\.cdn\.ampproject\.org/[a-z]|(?:www\.)?google\.[a-z.]+/amp)/(?:s/)?(?=[^/]+\.)", re.I)
# labels of a host that serve the same pages in another form: m.news.example, en.m.news.example, amp.news.example
_FORM_LABEL = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)|(?<=\.)m\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"^/amp(?=/.)|/amp/?$|\.amp(?=\.html?$|$)")
_AMP_QUERY = re.compile(r"^(?:amp|_amp|amp_\w+|usqp)$")


def canonical_url(url: str) -> str:
    """The address by which an article is known: the same for its mobile and AMP forms and however it was linked.

    Tracking parameters go and the rest is put in order by the library courlan; fragment, scheme, credentials, ``www.``,
    mobile and AMP parts (host, path, query or cache) and a closing slash make no difference either. Meant to compare, not to
    fetch.
    """
    url = _AMP_CACHE.sub("https://", url.strip())
    try:
        parts = urlsplit(clean_url(url) or url)
    except ValueError:
        return url  # no address, but still the same from run to run
    if not parts.netloc:
        return url
    host = _FORM_LABEL.sub("", parts.netloc.rpartition("@")[2].lower())
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _AMP_QUERY.match(name) and (name.lower() not in ("output", "outputtype") or value != "amp")
    ]
    return f"https://{host}{path}" + (f"?{urlencode(query, errors='replace')}" if query else "")


def article_ids(article: RawArticle) -> tuple[str, str, str]:
    """Return ``article_id``, ``doc_id`` and ``content_sha256`` of a record."""
    content = sha256_hex(article.text.encode("utf-8"))
    if article.url:
        article_id = url_article_id(article.url)
    elif article.own_id:
        article_id = hash_id("id", article.publisher, article.own_id)
    else:
        article_id = hash_id("article", content)
    return article_id, document_id(article_id, content), content


def url_article_id(url: str) -> str:
    """The ``article_id`` of an article with this address."""
    return hash_id("url", canonical_url(url))

"""Articles kept apart: one that fails, or takes longer than it may, touches no other."""

from __future__ import annotations

import functools
import logging
import math
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from ..diagnostics import place_of
from ..printable import counted
from ..reading.steps import Findings, Step
from ..sources.limit import TooSlow, within
from ..text.article import Article

_log = logging.getLogger(__name__)
_BUDGET = 64  # articles that are read together in the time that one may take
T = TypeVar("T")


class Failure(NamedTuple):
    """Why an article could not be read: a reason of ``rejects``, and what happened."""

    reason: str
    detail: str


def apart(article: Article, work: Callable[[Article], T], seconds: float) -> T | Failure:
    """What ``work`` returns of an article, for which it may take ``seconds`` of processor time; or why it failed."""
    try:
        return within(seconds, functools.partial(work, article), article.url or article.doc_id)
    except TooSlow as error:
        return Failure(error.reason, error.detail)
    except Exception as error:  # the contract's internal_error: this article is refused, with the reason
        _log.info("%s breaks the extraction", article.url or article.doc_id, exc_info=True, extra={"doc_id": article.doc_id})
        return Failure("internal_error", f"{type(error).__name__} at {place_of(error)}: {error}")


def read_together(step: Step, articles: Sequence[Findings], seconds: float) -> bool:
    """Take articles through a step together, and tell whether that went well.

    If it did not, for one that fails or takes too long, each is to be read by itself, from findings that are made anew.
    """
    what = f"a batch of {counted(len(articles), 'articles')}"
    try:
        within(seconds * math.ceil(len(articles) / _BUDGET), lambda: step(articles), what)
    except (Exception, TooSlow) as error:
        _log.warning(
            "articles of a batch are read one by one: %r",
            error,
            exc_info=_log.isEnabledFor(logging.DEBUG),
            extra={"articles": len(articles)},
        )
        return False
    return True

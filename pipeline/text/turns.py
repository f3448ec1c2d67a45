"""Turns of an exchange, told by the form of what is said: *"You were not."* gainsays, *"No, sir."* answers."""

from __future__ import annotations

import re

_SECOND = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:I|me|my|mine|we|us|our)\b")
_REPLIES = re.compile(  # "No, ma'am."
    r"(?:Yes|No|Yeah|Yep|Nope|Aye|Nah|Never|Neither|Correct|Absolutely|Not (?:at all|really|yet)|Of course|"
    r"That[’']s (?:right|correct))(?=[.,!?;:—–-]|\Z)"
)
_TO_FACE = re.compile(r"(?:\A|,) (?:sir|ma[’']am|madam|m[’']lud|my lord|[Yy]our [Hh]ono(?:u)?r|[Cc]hair)[.,?!]*\Z")
_GAINSAYS = re.compile(  # "You were not."; "I do too."; "You always have."
    r"(?:You|I|We)(?:[’'](?:re|ve|d|m|ll))? ?(?:(?:always|never|certainly|most certainly|so|also) )?"
    r"(?:are|am|was|were|did|do|had|have|will|would|could|can|should)?(?:n[’']t| not)?"
    r"(?: (?:so|too|either|not|always|never))?[.!]\Z"
)
_CALLS = re.compile(r", [^\W\d_a-z]\w+[.,?!]*\Z")  # "Your time is up, Ann,"
_JOINS = re.compile(r"(?:And|But|Because|Or|So|Which (?:is|was|means))\b")
_TURN = 8  # words of a turn in an exchange, where its form must tell it
_FRAGMENT = 3  # words of a question of which most is left out
_REPLY = 30  # words of an answer to a question put to one's face


def replies(said: str, reply: str) -> bool | None:
    """Whether a quotation is another's reply to the one before it; None if the form of neither tells.

    Args:
        said: all that is quoted in the paragraph before.
        reply: the words of a paragraph that is one quotation.
    """
    if said.count(" ") >= 2 * _TURN or reply.count(" ") >= _REPLY or _JOINS.match(reply) is not None:
        return False
    answers = _REPLIES.match(reply) is not None or _TO_FACE.search(reply) is not None
    if said.endswith("?"):
        return answers or (_SECOND.search(said) is not None and _FIRST.search(reply) is not None)
    if said.count(" ") >= _TURN or reply.count(" ") >= _TURN:
        return False
    gainsaid = _GAINSAYS.match(reply) is not None or (_CALLS.search(said) is not None and _FIRST.search(reply) is not None)
    return True if answers or gainsaid else None


def is_answered(said: str, words: str, alone: bool) -> bool:
    """Whether words answer a quotation: *"Did anybody look?"*, *"No, sir," Veld said*.

    Args:
        said: the quotation.
        words: of the next paragraph's first quotation.
        alone: whether that quotation is its whole paragraph.
    """
    if _REPLIES.match(words) is not None or _GAINSAYS.match(words) is not None:
        return said.endswith("?") or alone
    if said.endswith("?") and said.count(" ") < _FRAGMENT:
        return True  # "Which leg?", "Both of them," she said
    facing = (_SECOND.search(said) and _FIRST.search(words)) or (_FIRST.search(said) and _SECOND.search(words))
    return alone and (said.endswith("?") or facing is not None)

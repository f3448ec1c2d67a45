"""Ordered rules that sign what they decide, as the sieves of coreference resolution do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=str)
Case = TypeVar("Case")
Decision = TypeVar("Decision")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Name, Case, Decision]):
    """A rule of an ordered list.

    Attributes:
        name: what it signs its decisions with; rules that find the same kind of evidence share a name.
        applies: whether it may decide a case at all.
        decide: its decision; None leaves the case to the rules after it.
    """

    name: Name
    applies: Callable[[Case], bool]
    decide: Callable[[Case], Decision | None]


def first(rules: Iterable[Rule[Name, Case, Decision]], case: Case) -> tuple[Name, Decision] | None:
    """The decision of the first rule that takes one, with that rule's name; None if no rule does."""
    for rule in rules:
        if rule.applies(case):
            decision = rule.decide(case)
            if decision is not None:
                return rule.name, decision
    return None


def names(rules: Iterable[Rule[Name, Case, Decision]]) -> tuple[Name, ...]:
    """The names that rules sign with, each once, in their order."""
    return tuple(dict.fromkeys(rule.name for rule in rules))

"""When a clearance no longer holds: something new in the same part of the body's workings, or its medicines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.rules.screening import medicines, over
from clinic.values import Technique

from .case import Case, Request
from .engine import judge
from .vocabulary import Moment, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from clinic.rules.answers import Answered

    from .book import Rule, RuleBook

_SYSTEM_OF_FAMILY = {
    "heart": "circulation",
    "vessels": "circulation",
    "pressure": "circulation",
    "clots": "circulation",
    "bones": "frame",
    "spine": "frame",
    "surgery": "frame",
}
_MEASURED = frozenset({"pressure", "metabolic"})
"""Families in which a value goes up and down: only a graver one is news."""
_APART = frozenset({"infection", "general", "medicines", "skin"})
"""Families whose rules have nothing to do with one another."""
_SYSTEMS_OF_CLASS = {
    "anticoagulant": ("blood", "circulation"),
    "antiplatelet": ("blood", "circulation"),
    "antihypertensive": ("circulation",),
    "vasodilator": ("circulation",),
    "chemotherapy": ("cancer",),
    "corticosteroid": ("organs", "frame"),
    "immunosuppressant": ("organs",),
    "biologic": ("organs", "frame"),
    "insulin": ("metabolic",),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of somebody's health at one time."""

    full: Answered | None
    quick: Answered | None = None


def voided(
    rules: frozenset[str], before: Known, after: Known, book: RuleBook, *, born: date | None, at: datetime
) -> frozenset[str]:
    """Name the rules of a clearance that a change takes the ground from.

    A rule of the same system that speaks now and did not, or speaks more gravely, is a new diagnosis in it; a
    medicine begun or stopped counts where it belongs to that system.
    """
    then, now = _severities(before, book, born, at), _severities(after, book, born, at)
    systems = _systems_of_changed_medicines(before, after, book)
    for rule_id, severity in now.items():
        rule = book.rules[rule_id]
        until_now = _gravest(then, rule, book) if rule.family in _MEASURED else then.get(rule_id, Severity.S0)
        if severity > until_now:
            systems.add(_system(rule))
    return frozenset(each for each in rules if each in book.rules and _system(book.rules[each]) in systems)


def _system(rule: Rule) -> str:
    return rule.id if rule.family in _APART else _SYSTEM_OF_FAMILY.get(rule.family, rule.family)


def _gravest(found: Mapping[str, Severity], rule: Rule, book: RuleBook) -> Severity:
    own = (severity for each, severity in found.items() if book.rules[each].family == rule.family)
    return max(own, default=Severity.S0)


def _severities(known: Known, book: RuleBook, born: date | None, at: datetime) -> dict[str, Severity]:
    case = Case(Moment.BOOKING, at, Request(Technique.SWEDISH), born=born, full=known.full, quick=known.quick)
    found = judge(case, book).findings
    return {finding.rule: finding.severity for finding in found if finding.rule in book.rules}


def _systems_of_changed_medicines(before: Known, after: Known, book: RuleBook) -> set[str]:
    then, now = _taken(before, book), _taken(after, book)
    changed = (then.keys() ^ now.keys()) | {
        name for name in then.keys() & now.keys() if then[name] != now[name]
    }
    classes = {each for name in changed for taken in (then, now) for each in taken.get(name, ())}
    return {system for each in classes for system in _SYSTEMS_OF_CLASS.get(each, ())}


def _taken(known: Known, book: RuleBook) -> dict[str, frozenset[str]]:
    listed = medicines(over(known.full, *([known.quick] if known.quick else [])), book.medicines)
    return {each.name.casefold(): each.classes or frozenset() for each in listed if each.stopped is None}

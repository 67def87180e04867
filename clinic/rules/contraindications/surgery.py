"""After an operation: the calendar decides how soon and how much."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from .family import Family
from .history import days_between, on
from .visit import Numbers, Visit, areas_of
from .vocabulary import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RULES = Family()


@RULES.reads("MSK-03a")
def fresh(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """The first two weeks after a major operation."""
    yield from _since_major(visit, 0, n["until_days"])


@RULES.reads("MSK-03b")
def healing(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """From then to the sixth week: with the surgeon's word, away from the wound."""
    yield from _since_major(visit, n["from_days"], n["until_days"])


@RULES.reads("MSK-03c")
def late(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """From the sixth to the twelfth week: light legs, care of a closed scar."""
    for _, _ in _major(visit, n["from_days"], n["until_days"]):
        yield Hit()


@RULES.reads("MSK-03d")
def minor(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Two weeks for the spot of a small procedure."""
    for item in visit.answers.items("I02"):
        if item.get("major") is False and days_between(visit, on(item), 0, n["until_days"]):
            yield Hit(sites=areas_of([item]))


def _since_major(visit: Visit, least: float, most: float) -> Iterator[Hit]:
    for item, day in _major(visit, least, most):
        yield Hit(sites=areas_of([item]), earliest=day + timedelta(days=most))


def _major(visit: Visit, least: float, most: float) -> Iterator[tuple[Mapping[str, Any], date]]:
    """Major operations of that many days ago; one nobody called minor is major."""
    for item in visit.answers.items("I02"):
        day = on(item)
        if day is not None and item.get("major") is not False and days_between(visit, day, least, most):
            yield item, day

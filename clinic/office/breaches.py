"""Breaches of data: noted when they are noticed, with the days by which people have to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from clinic.office.door import clean
from clinic.rules import breach as rules
from clinic.rules.breach import Breach, Deadlines
from clinic.rules.permissions import Permission
from clinic.values import Refusal

if TYPE_CHECKING:
    from clinic.storage.work import Work

__all__ = ["Breach", "Breaches", "Deadlines", "Noted", "cover", "note", "noted", "tell", "undo"]
MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class Noted:
    """A breach with the days by which who has to be told."""

    breach: Breach
    deadlines: Deadlines


@dataclass(frozen=True, slots=True)
class Breaches:
    """All that were noted, the newest first, and whether HIPAA binds the practice."""

    noted: tuple[Noted, ...]
    covered: bool
    today: date


def noted(work: Work) -> Breaches:
    """Show the breaches there were, and by when people have to be told."""
    work.require(Permission.PRACTICE_CHANGE)
    covered = bool((work.practice.settings or {}).get("hipaa_covered"))
    found = sorted(_kept(work), key=lambda each: each.discovered, reverse=True)
    return Breaches(
        tuple(Noted(each, rules.deadlines(each, covered=covered)) for each in found), covered, work.today
    )


def note(work: Work, *, discovered: date, people: int, what: str = "") -> tuple[Breach, ...]:
    """Note a breach on the day it was noticed; answers those noted before, for an undo."""
    work.require(Permission.PRACTICE_CHANGE)
    if discovered > work.today:
        raise Refusal("still_ahead", at="discovered")
    if not 0 < people <= MOST:
        raise Refusal("out_of_range", at="people", least=1, most=MOST)
    before = _kept(work)
    _keep(work, (*before, Breach(discovered, people, None, clean(what, at="what") or "")))
    return before


def tell(work: Work, breach: Breach) -> tuple[Breach, ...]:
    """Note that the people of a breach were told today; answers how it was noted before."""
    work.require(Permission.PRACTICE_CHANGE)
    before = _kept(work)
    if breach not in before:
        raise Refusal("not_found", at="breach")
    told = Breach(breach.discovered, breach.people, work.today, breach.what)
    _keep(work, tuple(told if each == breach else each for each in before))
    return before


def undo(work: Work, before: tuple[Breach, ...]) -> None:
    """Put the notes back as they were."""
    work.require(Permission.PRACTICE_CHANGE)
    _keep(work, before)


def cover(work: Work, *, covered: bool) -> None:
    """Write down whether the practice is a covered entity under HIPAA."""
    work.require(Permission.PRACTICE_CHANGE)
    settings = {key: value for key, value in (work.practice.settings or {}).items() if key != "hipaa_covered"}
    work.practice.settings = settings | ({"hipaa_covered": True} if covered else {})


def _kept(work: Work) -> tuple[Breach, ...]:
    return tuple(
        Breach(
            date.fromisoformat(each["discovered"]),
            each["people"],
            date.fromisoformat(each["told_on"]) if "told_on" in each else None,
            each.get("what", ""),
        )
        for each in (work.practice.settings or {}).get("breaches", ())
    )


def _keep(work: Work, found: tuple[Breach, ...]) -> None:
    settings = {key: value for key, value in (work.practice.settings or {}).items() if key != "breaches"}
    work.practice.settings = settings | ({"breaches": [_item(each) for each in found]} if found else {})


def _item(breach: Breach) -> dict[str, Any]:
    item: dict[str, Any] = {"discovered": breach.discovered.isoformat(), "people": breach.people}
    if breach.told_on:
        item["told_on"] = breach.told_on.isoformat()
    return item | ({"what": breach.what} if breach.what else {})

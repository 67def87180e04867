"""What the owner sets for the till: sales tax by place and day, and how much each role may take off a price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.records import Staff
from clinic.rules import prices
from clinic.rules.permissions import Permission
from clinic.rules.prices import TaxRate
from clinic.values import TREATING, Refusal, Role
from clinic.workroom.facts import rates_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clinic.storage.work import Work

LONGEST_PLACE = 60
USUAL_TIPS = prices.TIPS
HOUSE = "house"
"""Where a refusal is about what is proposed for everybody."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A sales tax as a row: where, from which day, and how much in thousandths of a per cent."""

    place: str
    since: date
    rate: int
    now: bool


def sales_tax(work: Work) -> tuple[Rate, ...]:
    """List the sales taxes there are and were, the newest first."""
    work.require(Permission.PRACTICE_SEE)
    rates = rates_in(work.practice.settings)
    now = set(prices.rates_on(rates, work.today))
    newest = sorted(rates, key=lambda each: (each.since, each.place), reverse=True)
    return tuple(Rate(each.place, each.since, each.rate, each in now) for each in newest)


def set_sales_tax(work: Work, *, place: str, since: date, rate: int | None, reason: str) -> int | None:
    """Set the tax a place takes of goods from a day on, or none, and answer what was set there, for an undo.

    What was sold before keeps what it bore.
    """
    work.require(Permission.PRICES_CHANGE, reason=reason)
    place = " ".join(place.split())
    if len(place) > LONGEST_PLACE:
        raise Refusal("too_long", at="place", longest=LONGEST_PLACE)
    were = rates_in(work.practice.settings)
    rates = prices.without(were, place, since)
    if rate is not None:
        rates = prices.changed(rates, TaxRate(place, since, rate))
    kept = [
        {"since": each.since.isoformat(), "rate": each.rate} | ({"place": each.place} if each.place else {})
        for each in rates
    ]
    work.practice.settings = {**(work.practice.settings or {}), "sales_tax": kept}
    work.note("reason", "practice/practice", {"reason": reason, "sales_tax": place, "rate": rate})
    return next((each.rate for each in were if (each.place, each.since) == (place, since)), None)


@dataclass(frozen=True, slots=True)
class Tips:
    """The tips that are proposed for somebody; whose name is empty, for everybody who wished no others."""

    staff: str
    name: str
    percents: tuple[int, ...]
    """Empty where nothing was wished."""


def tips(work: Work) -> tuple[Tips, ...]:
    """List the tips that are proposed: the house's first, then each therapist's own."""
    work.require(Permission.PRACTICE_SEE)
    wished = (work.practice.settings or {}).get("tips", {})
    treating = select(Staff).where(Staff.role.in_(TREATING), Staff.left_on.is_(None))
    people = [(one.id, one.name) for one in work.session.scalars(treating.order_by(Staff.name))]
    return tuple(Tips(key, name, tuple(wished.get(key, ()))) for key, name in [("", ""), *people])


def set_tips(work: Work, *, staff: str, percents: Sequence[int]) -> tuple[int, ...]:
    """Propose other tips for a therapist, or for the house, and answer what was proposed before; none: the usual."""
    work.require(Permission.PRACTICE_CHANGE)
    if staff:
        work.get(Staff, staff)
    settings = work.practice.settings or {}
    wished = dict(settings.get("tips", {}))
    before = tuple(wished.pop(staff, ()))
    found = prices.check_tips(percents, at=staff or HOUSE)
    if found:
        wished[staff] = list(found)
    rest = {key: value for key, value in settings.items() if key != "tips"}
    work.practice.settings = rest | ({"tips": wished} if wished else {})
    return before


def discount_limits(work: Work) -> dict[Role, int]:
    """Tell how many per cent of a price each role may take off."""
    work.require(Permission.PRACTICE_SEE)
    limits = (work.practice.settings or {}).get("discount_limits", {})
    return {role: prices.most_off(role, limits) for role in Role}


def set_discount_limit(work: Work, *, role: Role, percent: int, reason: str) -> None:
    """Set how many per cent of a price a role may take off; the owner is free."""
    work.require(Permission.PRICES_CHANGE, reason=reason)
    if not 0 <= percent <= prices.WHOLE:
        raise Refusal("out_of_range", at="percent", least=0, most=prices.WHOLE)
    settings = work.practice.settings or {}
    limits = {**settings.get("discount_limits", {}), role.value: percent}
    work.practice.settings = {**settings, "discount_limits": limits}
    work.note("reason", "practice/practice", {"reason": reason, "role": role.value, "percent": percent})

"""What the owner sets for the till: sales tax by place and day, and how much each role may take off a price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.rules import prices
from clinic.rules.permissions import Permission
from clinic.rules.prices import TaxRate
from clinic.values import Refusal, Role
from clinic.workroom.facts import rates_in

if TYPE_CHECKING:
    from datetime import date

    from clinic.storage.work import Work

LONGEST_PLACE = 60


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

"""Reports: money and visits gathered by month, person, treatment or way of paying, to the cent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from clinic.values import NOTHING, LineKind, Method, Money

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from clinic.values import ClientId, LineId, StaffId, TreatmentId

K = TypeVar("K", bound="Hashable")

SOLD_AHEAD = frozenset({LineKind.BUNDLE_SALE, LineKind.GIFT_SALE})
"""What is sold for a later day: money that is held, until it is used."""
AGES = (30, 60, 90)
"""Days after which money that is owed counts as older."""
RETURNS_WITHIN = timedelta(days=90)
"""A new client who comes a second time by then has stayed."""


class Part(StrEnum):
    """What money was for, as a report divides it."""

    CARE = "care"
    TIPS = "tips"
    GOODS = "goods"
    FEES = "fees"
    AHEAD = "ahead"
    ON_ACCOUNT = "on_account"


PARTS = {
    LineKind.TREATMENT: Part.CARE,
    LineKind.BUNDLE_USE: Part.CARE,
    LineKind.TIP: Part.TIPS,
    LineKind.PRODUCT: Part.GOODS,
    LineKind.FEE: Part.FEES,
    LineKind.BUNDLE_SALE: Part.AHEAD,
    LineKind.GIFT_SALE: Part.AHEAD,
}


@dataclass(frozen=True, slots=True)
class Posting:
    """Some money on one day, with all it can be gathered by; what went back is negative."""

    on: date
    amount: Money
    client: ClientId
    part: Part
    method: Method | None = None
    staff: StaffId | None = None
    treatment: TreatmentId | None = None
    receipt: str = ""
    text: str = ""
    tax: Money = NOTHING
    """The sales tax within the amount."""
    line: LineId | None = None


def month_of(day: date) -> date:
    """Name a month by its first day."""
    return day.replace(day=1)


def months(first: date, last: date) -> tuple[date, ...]:
    """List the months from one day to another, both among them."""
    found, month = [], month_of(first)
    while month <= last:
        found.append(month)
        month = month_of(month + timedelta(days=31))
    return tuple(found)


def gathered(postings: Iterable[Posting], by: Callable[[Posting], K]) -> Mapping[K, Sequence[Posting]]:
    """Put together what belongs together, each in the order it came."""
    found: dict[K, list[Posting]] = defaultdict(list)
    for posting in postings:
        found[by(posting)].append(posting)
    return found


def total(postings: Iterable[Posting]) -> Money:
    """Add up."""
    return Money(sum(posting.amount.cents for posting in postings))


def by_part(postings: Iterable[Posting]) -> Mapping[Part, Money]:
    """Add up each part by itself."""
    cents: dict[Part, int] = dict.fromkeys(Part, 0)
    for posting in postings:
        cents[posting.part] += posting.amount.cents
    return {part: Money(each) for part, each in cents.items()}


def tax_within(paid: Money, tax: Money, whole: Money) -> Money:
    """Tell how much of a part payment is the line's sales tax."""
    return paid.share(tax.cents, whole.cents) if whole else NOTHING


def age(since: date, on: date) -> int:
    """Tell in which column of ages open money stands: nought is the youngest."""
    return sum((on - since).days > limit for limit in AGES)


def permille(part: int, whole: int) -> int:
    """Tell a share in tenths of a per cent, half rounded up."""
    return (2000 * part + whole) // (2 * whole) if whole else 0


@dataclass(frozen=True, slots=True)
class MonthOfClients:
    """Who came in a month: for the first time, or again; and who of the new ones stayed."""

    month: date
    new: tuple[ClientId, ...]
    again: tuple[ClientId, ...]
    stayed: tuple[ClientId, ...]
    """Of the new ones, those who came again within ninety days."""
    lost: tuple[ClientId, ...]
    """Their last visit was in this month, more than ninety days ago, and none is booked."""


def retention(
    visits: Mapping[ClientId, Sequence[date]], booked: Iterable[ClientId], first: date, today: date
) -> tuple[MonthOfClients, ...]:
    """Follow clients month by month, from the month of a day to today's."""
    expected = frozenset(booked)
    seen: dict[date, set[ClientId]] = defaultdict(set)
    new: dict[date, list[ClientId]] = defaultdict(list)
    lost: dict[date, list[ClientId]] = defaultdict(list)
    stayed: set[ClientId] = set()
    for client, days in visits.items():
        if not days:
            continue
        came = sorted(set(days))
        for day in came:
            seen[month_of(day)].add(client)
        new[month_of(came[0])].append(client)
        if len(came) > 1 and came[1] - came[0] <= RETURNS_WITHIN:
            stayed.add(client)
        if client not in expected and today - came[-1] > RETURNS_WITHIN:
            lost[month_of(came[-1])].append(client)
    return tuple(
        MonthOfClients(
            month,
            tuple(sorted(new[month])),
            tuple(sorted(seen[month].difference(new[month]))),
            tuple(sorted(stayed.intersection(new[month]))),
            tuple(sorted(lost[month])),
        )
        for month in months(first, today)
    )

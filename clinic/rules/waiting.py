"""The waiting list: whom a freed time suits, and who is asked first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.rules.calendar import WEEKDAYS
from clinic.values import Urgency

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, time

    from clinic.values import Span, StaffId, WaitId

ORDER = {Urgency.PAIN: 0, Urgency.SOON: 1, Urgency.WHENEVER: 2}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody who waits could make use of."""

    id: WaitId
    urgency: Urgency
    since: datetime
    staff: StaffId | None = None
    days: frozenset[str] = frozenset()
    """Weekdays that suit; none named means any."""
    earliest: time | None = None
    latest: time | None = None
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A time somebody who waits could have."""

    wish: Wish
    span: Span
    staff: StaffId


def suits(wish: Wish, span: Span, staff: StaffId) -> bool:
    """Tell whether a time is one of those somebody asked for, from the first minute to the last."""
    on = span.start.date()
    return (
        (wish.staff is None or wish.staff == staff)
        and (not wish.days or WEEKDAYS[on.weekday()] in wish.days)
        and (wish.first_on is None or wish.first_on <= on)
        and (wish.last_on is None or on <= wish.last_on)
        and (wish.earliest is None or wish.earliest <= span.start.time())
        and (wish.latest is None or (span.end.date() == on and span.end.time() <= wish.latest))
    )


def ranked(offers: Iterable[Offer], freed: Span) -> list[Offer]:
    """Order those who could come: pain, then who asked for this therapist, who fills the time, who waits longest."""

    def rank(offer: Offer) -> tuple[int, bool, int, datetime, str]:
        left = abs(freed.minutes - offer.span.minutes)
        return ORDER[offer.wish.urgency], offer.wish.staff is None, left, offer.wish.since, offer.wish.id

    return sorted(offers, key=rank)

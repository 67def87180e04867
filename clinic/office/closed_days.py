"""The days that were closed: when, by whom, how the drawer came out, and the sheet of each again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.records import Closing, Staff
from clinic.rules.permissions import Permission, Reach
from clinic.values import Money, Refusal

if TYPE_CHECKING:
    from datetime import date, datetime

    from clinic.storage.work import Work

MOST = 400
"""A year of days and then some; what is older stands in the year's books."""


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """One close; a day that was closed again has several, and the last one counts."""

    id: str
    on: date
    closed_at: datetime
    closed_by: str
    expected: Money
    counted: Money
    remark: str
    counts: bool

    @property
    def difference(self) -> Money:
        """How much more lay in the drawer than should have; less is below nothing."""
        return self.counted - self.expected


def recent(work: Work) -> tuple[ClosedDay, ...]:
    """List the closes, the newest first, to those who see all of the practice's money."""
    granted = work.require(Permission.MONEY_SEE)
    if granted is not Reach.ALL:
        raise Refusal("not_allowed", permission=Permission.MONEY_SEE.value)
    asked = (
        select(Closing).order_by(Closing.day.desc(), Closing.closed_at.desc(), Closing.id.desc()).limit(MOST)
    )
    seen: set[date] = set()
    found = []
    for closing in work.session.scalars(asked):
        by = work.session.get(Staff, closing.closed_by) if closing.closed_by else None
        found.append(
            ClosedDay(
                closing.id,
                closing.day,
                closing.closed_at.astimezone(work.zone).replace(tzinfo=None),
                by.name if by is not None else "",
                Money(closing.expected_cents),
                Money(closing.counted_cents),
                closing.remark or "",
                closing.day not in seen,
            )
        )
        seen.add(closing.day)
    return tuple(found)

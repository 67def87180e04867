"""How long a client's file is kept, and what keeps it from being erased then (`domain.md` G4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from clinic.values import NOTHING, Money

if TYPE_CHECKING:
    from datetime import date

# domain G4: seven years after the last service; of a minor until nineteen as well.
YEARS, MINOR_UNTIL, ADULT = 7, 19, 18


def keep_until(born: date | None, last: date | None, years: int = YEARS) -> date | None:
    """Work out the last day on which a file must be kept, from the last day it speaks of; None where it has none."""
    if last is None:
        return None
    until = last + relativedelta(years=years)
    was_minor = born is not None and last < born + relativedelta(years=ADULT)
    if born is not None and was_minor:
        return max(until, born + relativedelta(years=MINOR_UNTIL))
    return until


class Bar(StrEnum):
    """What keeps a file from being erased."""

    KEPT = "kept"
    """Its time is not over, or nobody knows when it began."""
    HOLD = "hold"
    AHEAD = "ahead"
    """Visits are booked."""
    OWED = "owed"
    CREDIT = "credit"
    BUNDLE = "bundle"
    """Prepaid visits are left."""
    GIFT = "gift"
    """A certificate that was bought is not used up; it never expires."""
    LENT = "lent"
    """Somebody else's visits lean on it, as under a letter of the household."""


@dataclass(frozen=True, slots=True)
class Filed:
    """How a file stands on a day: until when it is kept, and what is still open in it."""

    until: date | None
    today: date
    hold: bool = False
    ahead: int = 0
    owed: Money = NOTHING
    credit: Money = NOTHING
    bundles: int = 0
    gifts: Money = NOTHING
    lent: int = 0


def bars(filed: Filed) -> tuple[Bar, ...]:
    """List what keeps a file from being erased; nothing means that it may be."""
    found = {
        Bar.KEPT: filed.until is None or filed.until >= filed.today,
        Bar.HOLD: filed.hold,
        Bar.AHEAD: filed.ahead > 0,
        Bar.OWED: filed.owed > NOTHING,
        Bar.CREDIT: filed.credit > NOTHING,
        Bar.BUNDLE: filed.bundles > 0,
        Bar.GIFT: filed.gifts > NOTHING,
        Bar.LENT: filed.lent > 0,
    }
    return tuple(bar for bar, stands in found.items() if stands)

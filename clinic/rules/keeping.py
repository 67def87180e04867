"""How long a client's file is kept (`domain.md` G4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from datetime import date

# domain G4: seven years after the last service; of a minor until nineteen as well.
YEARS, MINOR_UNTIL, ADULT = 7, 19, 18


def keep_until(born: date | None, last_visit: date | None, years: int = YEARS) -> date | None:
    """Work out the last day on which a file must be kept; None where nobody was treated."""
    if last_visit is None:
        return None
    until = last_visit + relativedelta(years=years)
    was_minor = born is not None and last_visit < born + relativedelta(years=ADULT)
    if born is not None and was_minor:
        return max(until, born + relativedelta(years=MINOR_UNTIL))
    return until

"""Help with a client's own claims: what can still be handed in where, and plain arithmetic; never advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.values import NOTHING, AccountKind, Money

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from clinic.values import LineId, Regime

WHOLE = 1000
"""Permille of the whole."""


@dataclass(frozen=True, slots=True)
class TaxYear:
    """What the catalogue knows of a tax year, and where it has it from."""

    year: int
    mile_tenths: int
    """Tenths of a cent for a mile driven to medical care."""
    floor_permille: int
    """The part of the adjusted gross income below which medical expenses do not count."""
    source: str


def mileage(miles: int, visits: int, year: TaxYear) -> Money:
    """Price the way to that many visits and back."""
    return Money(miles * visits).share(year.mile_tenths, 10)


@dataclass(frozen=True, slots=True)
class AboveFloor:
    """The floor of a year and what lies above it; arithmetic only."""

    floor: Money
    above: Money


def above_floor(income: Money, expenses: Iterable[Money], year: TaxYear) -> AboveFloor:
    """Work out the part of a year's medical expenses above the floor; whether it helps is not ours to say."""
    floor = income.share(year.floor_permille, WHOLE)
    return AboveFloor(floor, max(NOTHING, sum(expenses, start=NOTHING) - floor))


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a visit must have been given for an account, and until when it can be handed in.

    An end that is missing is open: an HSA pays back in any later year.
    """

    first: date | None
    last: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        """Tell whether a visit of that day is within."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


def window(
    kind: AccountKind,
    *,
    opened: date | None = None,
    year: tuple[date | None, date | None] = (None, None),
    grace_until: date | None = None,
    run_out: date | None = None,
) -> Window | None:
    """Work out an account's window; one that never pays for massage has none (`domain.md` C1, C6).

    A grace period stretches the days of service, a run-out only the time for handing in.
    """
    if kind is AccountKind.LPFSA:
        return None
    if kind is AccountKind.HSA:
        return Window(opened, None, None)
    begins, ends = year
    last = max((day for day in (ends, grace_until) if day is not None), default=None)
    return Window(begins, last, run_out or last)


@dataclass(frozen=True, slots=True)
class Claimed:
    """Money of a line that was handed in before, wherever it was."""

    line: LineId
    regime: Regime
    amount: Money


@dataclass(frozen=True, slots=True)
class Claim:
    """What can be handed in for a line now, and what stands against more; a help, never on a receipt."""

    amount: Money
    codes: frozenset[str]


def claim(
    line: LineId, eligible: Money, *, prepared_on: date, run_out: date | None, earlier: Iterable[Claimed]
) -> Claim:
    """Work out what is left of a line's eligible amount to hand in.

    The same dollars count once, whoever paid them back (E-DOUBLE); a plan takes claims until its run-out
    ends, that day included (E-RUNOUT).
    """
    before = sum((each.amount for each in earlier if each.line == line), start=NOTHING)
    left = max(NOTHING, eligible - before)
    too_late = run_out is not None and prepared_on > run_out
    found = {"E-DOUBLE": before > NOTHING, "E-RUNOUT": too_late}
    return Claim(NOTHING if too_late else left, frozenset(code for code, is_so in found.items() if is_so))

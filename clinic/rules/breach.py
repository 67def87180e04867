"""A breach of data: by when those whose data it was have to be told (`domain.md` G, D26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

# California Civil Code 1798.82 as amended by SB 446, in force from 2026-01-01; HIPAA's outer limit.
RESIDENTS = timedelta(days=30)
ATTORNEY_GENERAL = timedelta(days=15)
MANY = 500
"""More residents than that, and the Attorney General gets a sample of what they are told."""
COVERED = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Breach:
    """Data that came into other hands: when it was noticed, how many people it is about, what was done."""

    discovered: date
    people: int
    told_on: date | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """By when whom."""

    residents: date
    hipaa: date | None
    """None where the practice is no covered entity."""
    attorney_general: date | None
    """None where few are concerned; counted from the day people were told, or have to be told by."""


def deadlines(breach: Breach, *, covered: bool) -> Deadlines:
    """Work out by when who has to be told."""
    residents = breach.discovered + RESIDENTS
    return Deadlines(
        residents,
        breach.discovered + COVERED if covered else None,
        (breach.told_on or residents) + ATTORNEY_GENERAL if breach.people > MANY else None,
    )

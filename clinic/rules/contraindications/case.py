"""A case: everything the rules may look at, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from .vocabulary import NOWHERE, Moment, Pressure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.rules.answers import Answered
    from clinic.values import Technique

    from .book import Rule


@dataclass(frozen=True, slots=True)
class Request:
    """What the client came for; no sites means the whole body."""

    technique: Technique
    minutes: int | None = None
    sites: frozenset[str] = NOWHERE
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clearance:
    """A clinician's written word that named rules need not stop the work."""

    rules: frozenset[str]
    id: str | None = None
    signed: bool = True
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    lifetime: bool = False
    revoked_on: date | None = None
    techniques_allowed: frozenset[Technique] | None = None
    pressure_cap: Pressure | None = None
    areas_excluded: frozenset[str] = NOWHERE

    def last_day(self, rule: Rule, ends: Mapping[str, date]) -> date | None:
        """Give the last day it speaks for; without one of its own, the catalogue's usual life."""
        if self.ends_on is not None:
            return self.ends_on
        if self.lifetime:
            return date.max
        begins = self.starts_on or self.signed_on
        if rule.clearance_until is not None and rule.clearance_until in ends:
            return ends[rule.clearance_until]
        return None if begins is None else begins + timedelta(days=rule.clearance_days)

    def covers(self, rule: Rule, day: date, ends: Mapping[str, date]) -> bool:
        """Whether it speaks of this rule on that day; a letter without a date speaks of none."""
        begins, last = self.starts_on or self.signed_on, self.last_day(rule, ends)
        if rule.id not in self.rules or not self.signed or begins is None or last is None:
            return False
        return begins <= day <= last and (self.revoked_on is None or day < self.revoked_on)


@dataclass(frozen=True, slots=True)
class Case:
    """One visit to judge: its day and hour, the client, the therapist, the wish, the answers, the letters.

    `prenatal_certified` is None while no therapist has been chosen.
    """

    moment: Moment
    at: datetime
    request: Request
    asked_at: datetime | None = None
    born: date | None = None
    guardian_consent: bool = False
    locked: frozenset[str] = frozenset()
    """Areas nobody works without a consent and a referral that are not on file."""
    prenatal_certified: bool | None = None
    full: Answered | None = None
    quick: Answered | None = None
    earlier: tuple[Answered, ...] = ()
    """Quick checks of the same day before the last one, the first of them first."""
    clearances: tuple[Clearance, ...] = field(default=())

"""Certificates, policies, registrations and courses: how near their end is, and what was learned lately."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


class Paper(StrEnum):
    """What a practice has to hold."""

    CERTIFICATE = "certificate"
    POLICY = "policy"
    REGISTRATION = "registration"


# domain G3: reminded sixty, thirty and seven days ahead; of a certificate, whose renewal takes longer, from ninety.
LADDER: Mapping[Paper, tuple[int, ...]] = {
    Paper.CERTIFICATE: (90, 60, 30, 7),
    Paper.POLICY: (60, 30, 7),
    Paper.REGISTRATION: (60, 30, 7),
}
ENDED = 0
CYCLE = relativedelta(years=2)  # domain G1: a certificate is valid for two years


def rung(paper: Paper, expires: date | None, today: date) -> int | None:
    """Tell on which rung of the ladder a paper is; 0 once it has ended, None while its end is far or unknown."""
    if expires is None:
        return None
    days = (expires - today).days
    if days < 0:
        return ENDED
    reached = [step for step in LADDER[paper] if days <= step]
    return reached[-1] if reached else None


def hours(courses: Iterable[tuple[date, float]], today: date) -> float:
    """Add up the hours of the courses taken within the last two years."""
    return sum(each for on, each in courses if today - CYCLE < on <= today)

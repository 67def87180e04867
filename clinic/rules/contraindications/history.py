"""Facts of a life that more than one family of rules asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from clinic.rules.answers import day_of, said_no, said_yes
from clinic.rules.areas import GROUPS

from .visit import SPINE, Visit, areas_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LIMBS = GROUPS["arms"] | GROUPS["legs"]


def within_months(visit: Visit, day: date | None, months: float) -> bool:
    """Whether fewer calendar months than this have passed since the day; unknown counts as within."""
    return day is None or day <= visit.day < after_months(day, months)


def after_months(day: date, months: float) -> date:
    """Give the day this many calendar months later."""
    return day + relativedelta(months=int(months))


def on(item: Mapping[str, Any]) -> date | None:
    """Give the day an entry of a list names."""
    return day_of(item.get("on"))


def days_between(visit: Visit, day: date | None, least: float, most: float) -> bool:
    """Whether at least `least` and fewer than `most` days have passed since a known day."""
    days = visit.days_since(day)
    return days is not None and least <= days < most


def active_cancer(visit: Visit, months: float) -> bool:
    """Whether cancer is treated now, or was within so many months; with no dates at all it may be."""
    answers = visit.answers.of("H01")
    if not (said_yes(answers.get("ever")) or said_yes(answers.get("in_treatment"))):
        return False
    ended, diagnosed = day_of(answers.get("treatment_ended")), day_of(answers.get("diagnosed"))
    if ended is not None and ended <= visit.day:
        return within_months(visit, ended, months)
    if not said_no(answers.get("in_treatment")):
        return True
    return within_months(visit, diagnosed, months)


def cancer_ever(visit: Visit) -> bool:
    """Whether there has been cancer."""
    return visit.answers.yes("H01", "ever", "in_treatment")


def healed(item: Mapping[str, Any]) -> bool:
    """Whether a skin trouble is over."""
    return item.get("state") == "healed"


def spine_hurts(visit: Visit) -> bool:
    """Whether the complaint may be of neck or back: it says so, or says nothing."""
    sites = areas_of([visit.answers.of("B02")])
    return not sites or not sites.isdisjoint(SPINE)


def new_onset(visit: Visit, days: float) -> bool:
    """Whether the complaint named is of the last weeks; without a day it may be."""
    if not visit.answers.of("B02").get("sites"):
        return False
    since = visit.answers.day("B02", "since")
    return since is None or days_between(visit, since, 0, days)

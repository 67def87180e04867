"""Blood pressure: what was measured, what is known of it, and the drugs that lower it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.rules.answers import said_no, sure_yes

from .family import Family
from .vocabulary import Hit, Referral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .visit import Numbers, Visit

RULES = Family()

_RECHECK = "RECHECK_BP"


@RULES.reads("CVD-08")
def emergency(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Severe pressure with a sign that an organ suffers."""
    if visit.pressure and visit.pressure.reaches(n["systolic"], n["diastolic"]) and _symptoms(visit):
        yield Hit()


@RULES.reads("CVD-09")
def severe(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Severe pressure without such a sign."""
    found = visit.pressure
    if found is None or not found.reaches(n["systolic"], n["diastolic"]):
        return
    if not (_symptoms(visit) and found.reaches(n["systolic"], n["emergency_diastolic"])):
        yield Hit(needs=_recheck(visit))


@RULES.reads("CVD-10")
def uncontrolled(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Pressure too high for more than light work without a clinician's word."""
    found = visit.pressure
    if found is None or found.reaches(n["below_systolic"], n["below_diastolic"]):
        return
    if found.reaches(n["systolic"], n["diastolic"]):
        yield Hit(needs=_recheck(visit))


@RULES.reads("CVD-11")
def elevated(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Somewhat high, or known and under treatment."""
    found = visit.pressure
    if found is not None and found.reaches(n["below_systolic"], n["below_diastolic"]):
        return
    if found is not None and found.reaches(n["systolic"], n["diastolic"]):
        yield Hit(needs=_recheck(visit))
    elif visit.answers.yes("D01", "diagnosed") and not _out_of_hand(visit, n):
        yield Hit()


@RULES.reads("CVD-12")
def uncontrolled_by_history(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Known high pressure that is untreated, out of hand, or that nobody has looked at lately."""
    if not visit.answers.yes("D01", "diagnosed") or not _out_of_hand(visit, n):
        return
    found = visit.pressure
    measured = found is not None and found.at.date() == visit.day
    if found is not None and measured and not found.reaches(n["systolic"], n["diastolic"]):
        yield Hit("measured", needs=(_RECHECK,) if found.single else ())
    else:
        yield Hit(needs=(_RECHECK,))


@RULES.reads("CVD-13")
def low(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Low pressure, fainting, or a drug that lowers it: the risk is in getting up."""
    answers = visit.answers
    if visit.pressure and visit.pressure.systolic < n["systolic"]:
        yield Hit("low")
    if visit.faint_today:
        yield Hit(referral=Referral.SAME_DAY)
    elif answers.yes("D01", "faints") or visit.takes("antihypertensive", "vasodilator", "patch_nitrate"):
        yield Hit()


def _symptoms(visit: Visit) -> bool:
    return bool(visit.answers.of("D01").get("symptoms"))


def _recheck(visit: Visit) -> tuple[str, ...]:
    """Ask for the measure of the day, or for the second reading of a single one."""
    found = visit.pressure
    return (_RECHECK,) if found and (found.single or found.at.date() != visit.day) else ()


def _out_of_hand(visit: Visit, n: Numbers) -> bool:
    answers = visit.answers.of("D01")
    treated, controlled = answers.get("treated"), answers.get("controlled")
    if said_no(treated) or said_no(controlled) or visit.answers.yes("D01", "stopped_pills"):
        return True
    if sure_yes(treated) and sure_yes(controlled):
        return False
    days = visit.days_since(visit.pressure.at.date()) if visit.pressure else None
    return days is None or days > n["reading_days"]

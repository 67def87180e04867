"""Pregnancy, week by week, its warning signs, and the weeks after the birth."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clinic.rules.answers import said_yes

from .family import Family
from .history import days_between
from .infection import last_fever
from .vocabulary import Hit, Referral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .visit import Numbers, Visit

RULES = Family()

_WEEK = 7
_PRENATAL_THERAPIST = "PRENATAL_THERAPIST"


@RULES.reads("PRG-01")
def first_trimester(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """The first weeks; a pregnancy without a due date may be in them."""
    if not visit.pregnant:
        return
    limit = _first_trimester_days(visit, n)
    if visit.gestation is None:
        yield Hit(needs=("DUE_DATE",))
    elif visit.gestation < limit and visit.due is not None:
        yield Hit(earliest=visit.due - timedelta(days=280 - limit))


@RULES.reads("PRG-02")
def second_trimester(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """From the second trimester to the middle of the pregnancy."""
    days = visit.gestation
    if (
        visit.pregnant
        and days is not None
        and _first_trimester_days(visit, n) <= days < n["until_week"] * _WEEK
    ):
        yield Hit()


@RULES.reads("PRG-03")
def late(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """From the middle of the pregnancy on: never flat on the back."""
    if visit.pregnant and visit.gestation is not None and visit.gestation >= n["from_week"] * _WEEK:
        yield Hit()


@RULES.reads("PRG-04")
def high_risk(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A pregnancy its clinician watches closely."""
    answers = visit.answers
    told = answers.yes("F02", "high_risk") or bool(answers.of("F02").get("conditions"))
    clotting = answers.yes("D07", "thrombophilia") or answers.of("E01").get("disorder", "none") != "none"
    loose = any(answers.of(each).get("controlled") in ("no", "unsure") for each in ("D01", "J02"))
    if visit.pregnant and (told or clotting or loose):
        yield Hit()


@RULES.reads("PRG-05")
def warning_signs(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Any sign on which a midwife would want to be called at once."""
    if visit.answers.word("F01") in ("yes", "maybe") and _warns(visit, n):
        yield Hit()


def _warns(visit: Visit, n: Numbers) -> bool:
    """Whether any warning sign was told, be it under another question; contractions at term are none."""
    answers = visit.answers
    signs = set(answers.of("F03").get("signs", ()))
    at_term = visit.gestation is not None and visit.gestation >= n["term_week"] * _WEEK
    any_sign = answers.yes("F03", "any") and not (at_term and signs == {"contractions"})
    counted = signs - {"contractions"} if at_term else signs
    expecting = visit.pregnant or visit.days_postpartum is not None
    return any_sign or bool(counted) or (expecting and _signs_elsewhere(visit, n))


def _signs_elsewhere(visit: Visit, n: Numbers) -> bool:
    """The same signs, told under another question."""
    answers = visit.answers
    feverish = last_fever(visit, n["celsius"])
    return (
        answers.yes("D04", "one_sided_swelling", "calf_bigger", "whole_leg")
        or not {"severe_headache", "vision"}.isdisjoint(answers.of("D01").get("symptoms", ()))
        or (feverish is not None and feverish.date() == visit.day)
    )


@RULES.reads("PRG-06")
def high_pressure(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Pressure that may announce pre-eclampsia."""
    if _watched(visit, n) and visit.pressure and visit.pressure.reaches(n["systolic"], n["diastolic"]):
        yield Hit(needs=("RECHECK_BP",) if visit.pressure.single else ())


@RULES.reads("PRG-07")
def severe_pressure(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Severe pressure, or high pressure together with a warning sign."""
    found = visit.pressure
    if not _watched(visit, n) or found is None:
        return
    with_sign = _warns(visit, n) and found.reaches(n["sign_systolic"], n["sign_diastolic"])
    if found.reaches(n["systolic"], n["diastolic"]) or with_sign:
        yield Hit()


def _watched(visit: Visit, n: Numbers) -> bool:
    """The second half of a pregnancy, or the weeks after; an unknown week may be in it."""
    after = visit.days_postpartum
    if after is not None:
        return 0 <= after <= n["postpartum_days"]
    return visit.pregnant and (visit.gestation is None or visit.gestation >= n["from_week"] * _WEEK)


@RULES.reads("PRG-08")
def postpartum(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """The six weeks after the birth; after a caesarean or trouble the clinician speaks first."""
    after = visit.days_postpartum
    if after is None or not 0 <= after <= n["days"]:
        return
    answers = visit.answers.of("F02")
    delivered = visit.answers.day("F02", "delivered")
    warns = _warns(visit, n)
    trouble = said_yes(answers.get("complication")) or bool(answers.get("conditions")) or warns
    cut = said_yes(answers.get("caesarean")) and (
        delivered is None or days_between(visit, delivered, 0, n["caesarean_days"])
    )
    if not cut and not trouble:
        yield Hit("usual")
        return
    ends = int(n["days"] + 1 if trouble else n["caesarean_days"])
    yield Hit(
        "complicated",
        earliest=None if delivered is None else delivered + timedelta(days=ends),
        referral=Referral.SAME_DAY if warns else None,
    )


@RULES.reads("PRG-09")
def therapist_untrained(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A pregnant client with a therapist who has not learned the work; nobody chosen yet: choose one who has."""
    if not visit.pregnant:
        return
    if visit.case.prenatal_certified is None:
        yield Hit(silent=True, needs=(_PRENATAL_THERAPIST,))
    elif not visit.case.prenatal_certified:
        yield Hit(needs=(_PRENATAL_THERAPIST,))


@RULES.reads("PRG-10")
def maybe_pregnant(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Possibly pregnant is treated as early pregnancy."""
    if visit.answers.word("F01") == "maybe":
        yield Hit()


def _first_trimester_days(visit: Visit, n: Numbers) -> int:
    return int(visit.first_trimester_weeks or n["end_week"]) * _WEEK

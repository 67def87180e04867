"""The heart and the brain's vessels: infarct, chest pain, stroke, failure, aneurysm, rhythm, devices."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from clinic.rules.answers import said_no, said_yes

from .family import Family
from .history import after_months, on, within_months
from .visit import Numbers, Visit, areas_of
from .vocabulary import Hit, Referral

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RULES = Family()


@RULES.reads("CVD-14")
def heart_attack(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """An infarct or a stent by the time that has passed; angina that is not known to be steady waits."""
    for event in visit.answers.each("D02", "heart_attack", "stent"):
        yield _by_time(visit, event, n)
    for angina in visit.answers.each("D02", "angina"):
        if not said_yes(angina.get("new")):
            yield Hit("later" if said_no(angina.get("new")) else "months")


@RULES.reads("CVD-15")
def chest_pain(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Pain or pressure in the chest now, or angina that has changed."""
    answers = visit.answers
    unstable = any(said_yes(item.get("new")) for item in answers.each("D02", "angina"))
    now = answers.each("D02", "chest_pain_now") or "chest_pain" in answers.of("D01").get("symptoms", ())
    if unstable or now or answers.yes("OBS", "chest_pain"):
        yield Hit()


@RULES.reads("CVD-16")
def stroke(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Signs of a stroke now, or one in the past by the time that has passed."""
    symptoms = visit.answers.of("D01").get("symptoms", ())
    if visit.answers.each("D02", "fast_signs_now") or "speech" in symptoms or "weakness" in symptoms:
        yield Hit("now")
    for event in visit.answers.each("D02", "stroke", "tia"):
        yield _by_time(visit, event, n)


@RULES.reads("CVD-17")
def heart_failure(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A heart that keeps up, or one that does not: breathless at rest, new swelling."""
    answers = visit.answers
    breathless = answers.yes("OBS", "breathless_at_rest")
    swollen = bool(answers.each("D05", "swelling_unexplained")) or answers.yes(
        "D04", "one_sided_swelling", "whole_leg", "pitting"
    )
    for item in answers.each("D02", "heart_failure"):
        if breathless:
            yield Hit("decompensated", referral=Referral.ER)
        elif swollen or said_yes(item.get("decompensated")):
            yield Hit("decompensated")
        else:
            yield Hit("stable")


@RULES.reads("CVD-18")
def aneurysm(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A widened artery; with sudden pain of back, belly or head it may be tearing."""
    symptoms = visit.answers.of("D01").get("symptoms", ())
    pain = "back_pain" in symptoms or "severe_headache" in symptoms or visit.answers.yes("G03", "acute_pain")
    for item in visit.answers.each("D05", "aneurysm"):
        yield Hit("tearing" if pain or said_yes(item.get("sudden_pain")) else "known")


@RULES.reads("CVD-19")
def rhythm(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """An irregular beat or a valve; new palpitations or fainting come first."""
    fainted = visit.answers.yes("D01", "faints") or visit.faint_today
    for item in visit.answers.each("D02", "arrhythmia", "valve"):
        yield Hit("new" if fainted or said_yes(item.get("new")) else "known")


@RULES.reads("CVD-20")
def device(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A device under the skin: its pocket is left alone, and its arm kept low while the leads grow in."""
    for item in visit.answers.items("D06"):
        since = visit.days_since(on(item))
        fresh = since is None or since < n["arm_days"]
        yield Hit(sites=areas_of([item]), positions=("arm_below_shoulder",) if fresh else ())


def _by_time(visit: Visit, event: Mapping[str, Any], n: Numbers) -> Hit:
    day = on(event)
    days = visit.days_since(day)
    if day is None or days is None:
        return Hit("months")
    if days < n["defer_days"]:
        return Hit("recent", earliest=day + timedelta(days=n["defer_days"]))
    if within_months(visit, day, n["months"]):
        return Hit("months", earliest=after_months(day, n["months"]))
    return Hit("later")

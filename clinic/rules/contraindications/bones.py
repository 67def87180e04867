"""Bones, joints and muscles: what is broken, hot, torn, brittle or too loose."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clinic.rules.answers import said_no, said_yes, sure_yes
from clinic.rules.areas import with_joints

from .family import Family
from .history import days_between, healed, on
from .visit import Numbers, Visit, areas_of
from .vocabulary import Hit, Referral

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = Family()


@RULES.reads("MSK-01")
def fracture(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A break or a dislocation, until six weeks have passed and somebody says it is healed."""
    for item in visit.answers.each("I01", "fracture", "dislocation"):
        day, sites = on(item), with_joints(areas_of([item]))
        if day is not None and days_between(visit, day, 0, n["days"]):
            yield Hit("fresh", sites=sites, earliest=day + timedelta(days=n["days"]))
        elif not sure_yes(item.get("healed")) or said_yes(item.get("cast")):
            yield Hit("unhealed", sites=sites)


@RULES.reads("MSK-02")
def sprain(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A strained or bruised part in its first week; one that bears no weight needs to be seen."""
    for item in visit.answers.each("I01", "sprain", "strain", "bruise"):
        sites = areas_of([item])
        bears = item.get("can_bear_weight") not in ("no", "unsure")
        if not bears and not sure_yes(item.get("healed")):
            yield Hit("no_weight", sites=sites, there=sites)
        elif days_between(visit, on(item), 0, n["acute_days"]):
            yield Hit("acute", sites=sites, there=sites)
        elif days_between(visit, on(item), n["acute_days"], n["days"]):
            yield Hit("settling", sites=sites, there=sites)


@RULES.reads("MSK-04")
def osteoporosis(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Thin bone, known or to be expected; thin bone that has broken already is severe."""
    thin = visit.answers.each("I03", "osteoporosis")
    broken = visit.answers.each("I03", "fragility_fracture")
    if thin and (broken or any(said_yes(item.get("severe")) for item in thin)):
        yield Hit("severe")
    elif thin or broken or long_on_steroids(visit, n["steroid_days"]):
        yield Hit("thin")


def long_on_steroids(visit: Visit, days: float) -> bool:
    """Whether a steroid by mouth or vein has been taken for that long."""
    taken = [visit.days_since(each.started) for each in visit.takes("corticosteroid")]
    return any(each is not None and each >= days for each in taken)


@RULES.reads("MSK-05")
def arthritis_flare(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Joints on fire: one is left alone, several or an ill person wait."""
    for item in visit.answers.each("I03", "rheumatoid"):
        joints = item.get("hot_joints", 0)
        if said_no(item.get("flare")) and not joints:
            continue
        grave = any(said_yes(item.get(key)) for key in ("unwell", "severe")) or joints >= n["many_joints"]
        flares = said_yes(item.get("flare")) or joints
        yield Hit("systemic" if grave and flares else "joint", sites=areas_of([item]))


@RULES.reads("MSK-06")
def gout(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A joint in an attack of gout."""
    feverish = visit.feverish_today
    for item in visit.answers.each("I03", "gout"):
        if not said_no(item.get("flare")):
            unwell = feverish or said_yes(item.get("unwell"))
            yield Hit("fever" if unwell else "joint", sites=areas_of([item]))


@RULES.reads("MSK-11")
def hardware(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A new joint, plates or screws: no end of range, and nothing forced in the first weeks."""
    for item in visit.answers.each("I03", "joint_replacement", "hardware"):
        days = visit.days_since(on(item))
        yield Hit("settled" if days is not None and days >= n["days"] else "recent")


@RULES.reads("MSK-12")
def hypermobility(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Joints that go too far; in the vascular kind the vessels tear as well."""
    if visit.answers.each("I03", "eds_vascular"):
        yield Hit("vascular")
    elif visit.answers.each("I03", "hypermobility", "eds"):
        yield Hit("loose")


@RULES.reads("MSK-13")
def pain_everywhere(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A bad spell of fibromyalgia or fatigue, or much pain all over."""
    ill = visit.answers.each("I03", "fibromyalgia", "chronic_fatigue")
    flares = any(not said_no(item.get("flare")) for item in ill)
    sore = visit.answers.yes("B03", "widespread") and visit.answers.of("B03").get("now", 0) >= n["pain"]
    if flares or sore:
        yield Hit()


@RULES.reads("MSK-14")
def bursitis(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A hot bursa or tendon."""
    for item in visit.answers.each("I03", "bursitis", "tendinitis"):
        if not said_no(item.get("flare")):
            yield Hit(sites=areas_of([item]))


@RULES.reads("MSK-15")
def hard_mass(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Blood or bone where a blow fell."""
    masses = [*visit.answers.each("I03", "myositis_ossificans"), *visit.answers.each("C03", "haematoma")]
    for item in masses:
        if not healed(item):
            yield Hit(sites=areas_of([item]))


@RULES.reads("MSK-16")
def muscle_breakdown(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Muscle that is dying."""
    if visit.answers.each("I03", "dark_urine_muscle_pain", "compartment_signs"):
        yield Hit(referral=Referral.ER)

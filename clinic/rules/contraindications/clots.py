"""Blood clots: signs of one now, one under treatment, one in the past, and what makes one likely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.rules.answers import said_no, said_yes
from clinic.rules.areas import GROUPS, expand, whole_limb

from .family import Family
from .history import active_cancer, after_months, days_between, on, within_months
from .vocabulary import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .visit import Numbers, Visit

RULES = Family()

_LIKELY = 2
_HIGH = 3


@dataclass(frozen=True, slots=True)
class ClotIndicator:
    """A screening indicator after Wells, from the questionnaire alone: not a diagnosis."""

    items: tuple[str, ...]

    @property
    def points(self) -> int:
        """One for each item; the item that takes points away is a clinician's judgement and not asked."""
        return len(self.items)

    @property
    def likely(self) -> bool:
        """The two-level reading."""
        return self.points >= _LIKELY

    @property
    def level(self) -> str:
        """The three-level reading."""
        if self.points >= _HIGH:
            return "high"
        return "moderate" if self.points else "low"


def clot_indicator(visit: Visit, n: Numbers) -> ClotIndicator:
    """Count what speaks for a clot; nobody presses a calf for it."""
    answers = visit.answers
    items = {
        "active_cancer": active_cancer(visit, n["cancer_months"]),
        "leg_weak_or_cast": answers.yes("D04", "leg_weak_or_cast") or _leg_in_cast(visit, n),
        "bedridden_or_surgery": _lay_still(visit, n) or _operated(visit, n),
        "tender": answers.yes("D04", "pain"),
        "whole_leg": answers.yes("D04", "whole_leg"),
        "calf_bigger": answers.yes("D04", "one_sided_swelling", "calf_bigger"),
        "pitting": answers.yes("D04", "pitting"),
        "collateral_veins": answers.yes("D04", "collateral_veins"),
        "earlier_clot": answers.yes("D03", "ever"),
    }
    return ClotIndicator(tuple(name for name, counts in items.items() if counts))


@RULES.reads("CVD-01")
def embolism(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Signs that a clot may have reached the lungs."""
    answers = visit.answers
    signs = answers.yes("D03", "pe_signs_now") or answers.yes("OBS", "coughing_blood", "collapse")
    if signs or answers.yes("Q5", "breathless"):
        yield Hit()


@RULES.reads("CVD-02")
def suspected_clot(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """One limb swollen and sore, or any such sign on top of what makes a clot likely."""
    answers = visit.answers
    swollen = answers.yes(
        "D04", "one_sided_swelling", "whole_leg", "calf_bigger", "pitting", "collateral_veins"
    )
    sore = answers.yes("D04", "pain", "redness_or_warmth")
    indicator = clot_indicator(visit, n)
    if (swollen and sore) or ((swollen or sore) and indicator.likely):
        yield Hit("likely" if indicator.likely else "possible", sites=sore_limb(visit))


def sore_limb(visit: Visit) -> frozenset[str]:
    """Give the limb that is told of as swollen, sore or red."""
    return whole_limb(visit.answers.of("D04").get("limb", ()))


@RULES.reads("CVD-03")
def clot_in_treatment(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A clot of the last months, or one still treated; a clot without dates may be."""
    if _clot_now(visit, n):
        limb = _clotted_limb(visit)
        yield Hit(sites=limb, there=limb)


@RULES.reads("CVD-04")
def clot_before(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A clot whose treatment ended not long ago."""
    if not visit.answers.yes("D03", "ever") or _clot_now(visit, n):
        return
    ended = visit.answers.day("D03", "treatment_ended")
    if within_months(visit, ended, n["months"]):
        until = None if ended is None else after_months(ended, n["months"])
        yield Hit(there=_clotted_limb(visit), earliest=until)


@RULES.reads("CVD-05")
def clot_risk(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Several things at once that make a clot more likely."""
    factors = sum(_risk_factors(visit, n))
    if factors >= n["few"]:
        yield Hit("many" if factors >= n["many"] else "few")


def _clot_now(visit: Visit, n: Numbers) -> bool:
    answers = visit.answers.of("D03")
    if not (said_yes(answers.get("ever")) or said_yes(answers.get("in_treatment"))):
        return False
    ended = visit.answers.day("D03", "treatment_ended")
    treated = said_yes(answers.get("in_treatment")) or (
        ended is None and not said_no(answers.get("in_treatment"))
    )
    if ended is not None:
        treated = ended > visit.day
    return treated or days_between(visit, visit.answers.day("D03", "on"), 0, n["days"])


def _clotted_limb(visit: Visit) -> frozenset[str]:
    return whole_limb(visit.answers.of("D03").get("limb", ())) or GROUPS["legs"]


def _risk_factors(visit: Visit, n: Numbers) -> Iterator[bool]:
    answers = visit.answers
    postpartum = visit.days_postpartum
    lines = answers.of("H01")
    yield _operated(visit, n) or _leg_in_cast(visit, n)
    yield _lay_still(visit, n)
    yield answers.yes("D07", "long_travel") and _lately(visit, n)
    yield active_cancer(visit, n["cancer_months"])
    yield visit.pregnant or (postpartum is not None and postpartum <= n["postpartum_days"])
    yield answers.yes("D07", "oestrogen") or bool(visit.takes("patch_hormone", "oestrogen"))
    yield answers.yes("D03", "ever")
    yield answers.yes("D07", "thrombophilia")
    yield bool(lines.get("port") or lines.get("picc"))
    yield answers.of("D07").get("bmi", 0) >= n["bmi"]
    yield visit.age is not None and visit.age >= n["age"]
    yield bool(answers.each("D02", "heart_failure"))


def _lately(visit: Visit, n: Numbers) -> bool:
    said = visit.answers.said_at("D07").date()
    return (visit.day - said).days < n["travel_days"]


def _lay_still(visit: Visit, n: Numbers) -> bool:
    return visit.answers.yes("D07", "immobile") and _lately(visit, n)


def _operated(visit: Visit, n: Numbers) -> bool:
    operations = [item for item in visit.answers.items("I02") if item.get("major") is not False]
    return any(days_between(visit, on(item), 0, n["surgery_days"]) for item in operations)


def _leg_in_cast(visit: Visit, n: Numbers) -> bool:
    for item in visit.answers.each("I01", "fracture", "dislocation", "sprain", "strain"):
        legs = not expand(item.get("sites", ())) or bool(expand(item.get("sites", ())) & expand(["legs"]))
        lately = days_between(visit, on(item), 0, n["surgery_days"])
        if legs and lately and (item["what"] == "fracture" or said_yes(item.get("cast"))):
            return True
    return False

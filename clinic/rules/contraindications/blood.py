"""The blood: thinners, clotting, platelets, red cells."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clinic.rules.answers import day_of, said_yes

from .family import Family
from .history import days_between, healed
from .vocabulary import Hit, Referral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .visit import Numbers, Visit

RULES = Family()


@RULES.reads("HEM-01")
def anticoagulant(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A blood thinner, and the week after the last one; bruises or thin blood make the hand lighter still."""
    days = int(n["after_days"])
    for medicine in visit.of_class("anticoagulant"):
        if medicine.stopped_before(visit.day, days=days):
            continue
        thin = medicine.inr is not None and medicine.inr > n["inr"]
        ends = None if medicine.stopped is None else medicine.stopped + timedelta(days=days)
        bruises = [each for each in visit.answers.each("C03", "bruise", "haematoma") if not healed(each)]
        large = any(each["what"] == "haematoma" or said_yes(each.get("widespread")) for each in bruises)
        bruised = (
            bool(bruises) or visit.answers.yes("E01", "bruise_easily") or visit.answers.yes("Q12", "bruise")
        )
        yield Hit(
            "bruising" if thin or bruised else "usual",
            earliest=ends,
            referral=Referral.SAME_DAY if large else None,
        )


@RULES.reads("HEM-02")
def antiplatelet(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Aspirin every day, or its stronger kin."""
    if visit.takes("antiplatelet"):
        yield Hit()


@RULES.reads("HEM-03")
def bleeding_disorder(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Blood that clots too slowly by birth."""
    if visit.answers.of("E01").get("disorder", "none") != "none":
        yield Hit()


@RULES.reads("HEM-04")
def low_platelets(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """The pressure goes by the last count; an old count is no count."""
    answers = visit.answers
    count = answers.of("E01").get("platelets", {}).get("count")
    counted = day_of(answers.of("E01").get("platelets", {}).get("on"))
    fresh = days_between(visit, counted, 0, n["count_days"] + 1)
    if count is None or not fresh:
        if answers.yes("E01", "low_platelets") or (count is not None and count < n["modify_below"]):
            yield Hit("unknown", needs=("PLATELET_COUNT",))
    elif count < n["defer_below"]:
        yield Hit("very_low")
    elif count < n["clearance_below"]:
        yield Hit("low")
    elif count < n["modify_below"]:
        yield Hit("lowered")


@RULES.reads("HEM-05")
def red_cells(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Sickle cells and anaemia, in crisis or at rest."""
    answers = visit.answers.of("E01")
    sickle, anaemia = answers.get("sickle_cell", "none"), answers.get("anaemia", "none")
    if sickle == "crisis" or anaemia == "severe":
        yield Hit("crisis")
    elif sickle == "stable" or anaemia == "stable":
        yield Hit("stable")

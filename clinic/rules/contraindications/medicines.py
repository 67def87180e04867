"""Medicines and substances: what dulls pain, thins tissue, lowers defences or clouds consent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clinic.rules.answers import hours, said_yes

from .family import Family
from .vocabulary import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic.rules.screening import Medicine

    from .visit import Numbers, Visit

RULES = Family()

_DULLING = ("opioid", "gabapentinoid", "strong_analgesic")
_ANALGESIC = (*_DULLING, "nsaid")


@RULES.reads("MED-01")
def corticosteroid(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A steroid for the whole body; for months, it thins bone and skin."""
    for medicine in visit.takes("corticosteroid"):
        days = visit.days_since(medicine.started)
        yield Hit("short" if days is not None and days < n["days"] else "long")


@RULES.reads("MED-02")
def joint_injection(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A steroid put into a joint."""
    for medicine in visit.of_class("corticosteroid_injection"):
        days = None if medicine.last is None else visit.days_since(medicine.last.date())
        if visit.recent(medicine.last, n["hours"]):
            yield Hit("fresh", sites=medicine.sites, there=medicine.sites)
        elif days is not None and 0 <= days < n["days"]:
            yield Hit("settling", sites=medicine.sites, there=medicine.sites)


@RULES.reads("MED-03")
def dulled(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A drug under which nobody can tell how much is too much."""
    doses = [each for each in visit.doses(*_DULLING) if _may_act(visit, each, n["hours"])]
    if doses or visit.takes("patch_opioid"):
        yield Hit()


def _may_act(visit: Visit, medicine: Medicine, within: float) -> bool:
    """Whether a dose may still act: taken lately, nobody knows when, or taken daily when the form was filled in."""
    if medicine.last is None or visit.recent(medicine.last, within):
        return True
    asked: datetime = visit.answers.said_at("K01")
    return asked.date() < visit.day and 0 <= hours(medicine.last, asked) < within


@RULES.reads("MED-04")
def relaxed(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A drug that loosens muscles or makes sleepy."""
    if visit.takes("muscle_relaxant", "sedative"):
        yield Hit()


@RULES.reads("MED-05")
def painkiller(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Any painkiller of the last hours."""
    doses = [each.last for each in visit.doses(*_ANALGESIC)]
    doses += [each.last for each in visit.taking if not each.name]
    if any(visit.recent(last, n["hours"]) for last in doses):
        yield Hit()


@RULES.reads("MED-06")
def patch(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A drug on the skin: heat and rubbing drive it in."""
    for medicine in visit.takes("patch_opioid", "patch_nitrate", "patch_hormone", "topical"):
        yield Hit(sites=medicine.sites)


@RULES.reads("MED-07")
def defences_low(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A drug that holds the defences down, or defences known to be low."""
    answers = visit.answers
    if visit.takes("immunosuppressant", "biologic") or answers.yes("E02", "immunosuppressed"):
        ill = visit.feverish_today or any(
            answers.yes("C02", key) and visit.today("C02", key) for key in ("respiratory", "gastro")
        )
        infected = answers.each("C03", "cellulitis", "boil", "impetigo", "mrsa", "shingles")
        open_skin = [item for item in infected if item.get("state") != "healed"]
        yield Hit("infected" if ill or open_skin else "well")


@RULES.reads("SUB-01")
def intoxicated(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Alcohol or drugs on the day: nobody drunk can agree to anything; the next day is another."""
    answers = visit.answers
    for key in ("intoxicated", "alcohol", "drugs"):
        told = answers.yes("C04", key) and (key == "intoxicated" or not answers.no("C04", "intoxicated"))
        if told and visit.today("C04", key):
            yield Hit(earliest=visit.day + timedelta(days=1))
            return


@RULES.reads("IMM-01")
def autoimmune(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Lupus and its kin, in a flare or at rest."""
    for item in visit.answers.each("I03", "lupus", "autoimmune"):
        yield Hit("flare" if said_yes(item.get("flare")) or said_yes(item.get("unwell")) else "quiet")

"""The skin: wounds, burns, rashes, and what was done to it lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.rules.answers import day_of, moment_of, said_yes
from clinic.rules.areas import expand

from .bones import long_on_steroids
from .family import Family
from .history import days_between, healed, on
from .visit import Numbers, Visit, areas_of
from .vocabulary import Hit, Referral

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = Family()

_BACK = frozenset({"upper_back", "mid_back", "low_back"})


@RULES.reads("SKN-01")
def wound(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Skin that is open or stitched."""
    for item in visit.answers.each("C03", "wound", "ulcer", "stitches"):
        if not healed(item):
            infected = Referral.SAME_DAY if said_yes(item.get("fever")) else None
            yield Hit(sites=areas_of([item]), referral=infected)


@RULES.reads("SKN-02")
def burn(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A burn, until it is healed; a large or blistered one stops the visit."""
    for item in visit.answers.each("C03", "burn"):
        if not healed(item):
            large = said_yes(item.get("widespread")) or said_yes(item.get("blistered"))
            yield Hit("large" if large or item.get("state") == "weeping" else "small", sites=areas_of([item]))


@RULES.reads("SKN-03")
def sunburn(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Skin burnt by the sun within the week."""
    for item in visit.answers.each("C03", "sunburn"):
        days = visit.days_since(on(item))
        if not healed(item) and (days is None or days < n["days"]):
            large = (
                said_yes(item.get("widespread")) or said_yes(item.get("fever")) or areas_of([item]) >= _BACK
            )
            yield Hit("large" if large else "small", sites=areas_of([item]))


@RULES.reads("SKN-04")
def rash(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A rash without a name."""
    for item in visit.answers.each("C03", "rash"):
        if not healed(item):
            wide = said_yes(item.get("widespread")) or item.get("state") == "weeping"
            yield Hit("wide" if wide else "spot", sites=areas_of([item]))


@RULES.reads("SKN-05")
def eczema(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Eczema, psoriasis or acne in a bad spell."""
    for item in visit.answers.each("C03", "eczema", "psoriasis", "acne"):
        if not healed(item):
            yield Hit(sites=areas_of([item]))


@RULES.reads("SKN-06")
def pressure_injury(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Red skin over bone."""
    for item in visit.answers.each("C03", "pressure_injury"):
        if not healed(item):
            yield Hit(sites=areas_of([item]))


@RULES.reads("SKN-07")
def thin_skin(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Skin that bruises or tears."""
    seen = any(not healed(item) for item in visit.answers.each("C03", "bruise", "fragile"))
    old = visit.age is not None and visit.age >= n["age"]
    if seen or old or long_on_steroids(visit, n["steroid_days"]) or visit.answers.yes("Q12", "bruise"):
        yield Hit()


@RULES.reads("SKN-08")
def worked_skin(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A tattoo, a piercing, a laser, a peel or wax that has to heal."""
    for item in visit.answers.each("K03", "tattoo", "piercing", "laser", "peel", "wax"):
        days = n["tattoo_days"] if item["what"] == "tattoo" else n["days"]
        if days_between(visit, day_of(item.get("at")), 0, days):
            yield Hit(sites=areas_of([item]))


@RULES.reads("SKN-09")
def botulinum(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Botulinum toxin that must stay where it was put."""
    for item in visit.answers.each("K03", "botulinum"):
        at = item.get("at")
        if visit.recent(moment_of(at), n["hours"]):
            prone = visit.recent(moment_of(at), n["prone_hours"])
            sites = areas_of([item]) or expand(["face"])
            yield Hit(sites=sites, positions=("no_prone_face_cradle",) if prone else ())


@RULES.reads("SKN-10")
def filler(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A filler that can still be moved."""
    for item in visit.answers.each("K03", "filler"):
        if days_between(visit, day_of(item.get("at")), 0, n["days"]):
            prone = visit.recent(moment_of(item.get("at")), n["prone_hours"])
            sites = areas_of([item]) or expand(["face"])
            yield Hit(sites=sites, positions=("no_prone_face_cradle",) if prone else ())


@RULES.reads("SKN-11")
def injection(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A muscle that was injected."""
    for item in visit.answers.each("K03", "vaccination", "injection"):
        if visit.recent(moment_of(item.get("at")), n["hours"]):
            yield Hit(sites=areas_of([item]))

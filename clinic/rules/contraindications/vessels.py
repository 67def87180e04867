"""Veins, arteries and lymph: what runs under the skin and must not be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.rules.answers import said_yes
from clinic.rules.areas import GROUPS, and_outward, whole_limb

from .clots import sore_limb, suspected_clot
from .family import Family
from .history import LIMBS
from .visit import Numbers, Visit, areas_of
from .vocabulary import Hit, Referral

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = Family()

_SWELLING = ("one_sided_swelling", "whole_leg", "calf_bigger", "pitting", "collateral_veins")


@RULES.reads("CVD-06")
def phlebitis(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """An inflamed vein under the skin: its segment and all beyond it."""
    for item in visit.answers.each("D05", "phlebitis"):
        yield Hit(sites=and_outward(areas_of([item])) or GROUPS["legs"])


@RULES.reads("CVD-07")
def varicose_veins(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Widened veins; hot, bleeding or sore ones need to be seen first."""
    for item in visit.answers.each("D05", "varicose"):
        angry = [said_yes(item.get(key)) for key in ("hot", "bleeding", "ulcer")]
        sites = areas_of([item]) or GROUPS["legs"]
        yield Hit("angry" if any(angry) else "quiet", sites=sites, there=sites)


@RULES.reads("CVD-21")
def arterial_disease(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Poor flow to a limb."""
    for item in visit.answers.each("D05", "arterial_disease"):
        yield Hit(there=whole_limb(areas_of([item])) or LIMBS)


@RULES.reads("CVD-22")
def unexplained_swelling(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Swelling that nobody has explained, or one limb that shows a single sign of a clot."""
    for item in visit.answers.each("D05", "swelling_unexplained"):
        yield Hit(sites=areas_of([item]))
    if not any(suspected_clot(visit, n)):
        yield from _one_limb(visit)


def _one_limb(visit: Visit) -> Iterator[Hit]:
    """A limb only swollen or only red is seen by a doctor first; one only sore is left alone and watched."""
    limb = sore_limb(visit)
    if visit.answers.yes("D04", *_SWELLING, "redness_or_warmth"):
        yield Hit("limb", sites=limb)
    elif visit.answers.yes("D04", "pain"):
        yield Hit("sore", sites=limb or GROUPS["calves"])


@RULES.reads("CVD-23")
def raynaud(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Fingers and toes that shut off in the cold."""
    if visit.answers.each("D05", "raynaud"):
        yield Hit()


@RULES.reads("LYM-01")
def lymphoedema(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A limb whose lymph does not drain."""
    for item in visit.answers.each("D05", "lymphoedema"):
        limb = whole_limb(areas_of([item])) or LIMBS
        yield Hit(there=limb, sites=limb, referral=Referral.SAME_DAY if said_yes(item.get("hot")) else None)

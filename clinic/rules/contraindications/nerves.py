"""The nervous system: seizures, numb skin, attacks, and a spinal cord that was hurt."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from clinic.rules.answers import moment_of, said_yes

from .family import Family
from .visit import Numbers, Visit, areas_of
from .vocabulary import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RULES = Family()


@RULES.reads("NEU-01")
def seizures(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """By the last one and by how many."""
    for item in visit.answers.each("J01", "seizure"):
        last = moment_of(item.get("last"))
        passed = visit.hours_since(last)
        if last is not None and passed is not None and passed < n["hours"]:
            yield Hit("recent", earliest=last + timedelta(hours=n["hours"]))
        elif item.get("per_month", 0) > n["per_month"]:
            yield Hit("frequent")
        else:
            yield Hit("controlled")


@RULES.reads("NEU-02")
def numb_skin(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Skin that does not feel pressure or heat."""
    answers = visit.answers
    for item in answers.each("J01", "neuropathy"):
        yield Hit(there=areas_of([item]))
    if answers.yes("J02", "neuropathy"):
        yield Hit()
    elif answers.yes("B04", "numbness"):
        yield Hit(there=areas_of([answers.of("B02")]))


@RULES.reads("NEU-03")
def multiple_sclerosis(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Nerves that heat makes worse."""
    for item in visit.answers.each("J01", "ms"):
        yield Hit("relapse" if said_yes(item.get("relapse")) else "steady")


@RULES.reads("NEU-04")
def migraine(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A migraine on the day; the worst headache ever is something else."""
    for item in visit.answers.each("J01", "migraine"):
        if said_yes(item.get("worst_ever")):
            yield Hit("thunderclap")
        elif said_yes(item.get("now")) and visit.today("J01"):
            yield Hit("now")


@RULES.reads("NEU-05")
def dissection(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Signs that an artery of the neck is tearing."""
    if visit.answers.each("J01", "dissection_signs"):
        yield Hit()


@RULES.reads("NEU-06")
def spinal_cord(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A cord hurt high up, where a small irritation can drive the pressure up."""
    for item in visit.answers.each("J01", "spinal_cord_injury"):
        if said_yes(item.get("now")):
            yield Hit("dysreflexia")
        elif _high(item, n["thoracic_level"]):
            yield Hit("known")


def _high(item: Mapping[str, Any], limit: float) -> bool:
    """Whether the level is T6 or above; a level nobody can read may be."""
    level = re.fullmatch(r"\s*([CTLS])\s*-?\s*(\d{1,2}).*", item.get("level", ""), re.IGNORECASE | re.DOTALL)
    if level is None or level[1].upper() == "C":
        return True
    return level[1].upper() == "T" and int(level[2]) <= limit


@RULES.reads("NEU-07")
def parkinson_dementia(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Somebody who may need a hand, and time to agree."""
    if visit.answers.each("J01", "parkinson", "dementia"):
        yield Hit()

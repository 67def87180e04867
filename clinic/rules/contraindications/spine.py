"""Neck and back: nerves in distress, warning flags, a head or neck that was shaken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.rules.answers import said_yes
from clinic.rules.areas import expand

from .family import Family
from .history import cancer_ever, days_between, new_onset, on, spine_hurts
from .visit import SPINE, Numbers, Visit
from .vocabulary import Hit, Referral

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = Family()


@RULES.reads("MSK-07")
def nerve_root(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Pain down a limb with numbness or weakness, recent or growing."""
    answers = visit.answers
    if not answers.yes("B04", "radiating") or not answers.yes("B04", "numbness", "weakness"):
        return
    since = answers.day("B04", "since")
    grows = answers.yes("B04", "worsening")
    if grows or since is None or days_between(visit, since, 0, n["days"]):
        yield Hit(referral=Referral.SAME_DAY if grows and answers.yes("B04", "weakness") else None)


@RULES.reads("MSK-08")
def cauda_equina(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Nerves of saddle, bladder and bowel in danger."""
    answers = visit.answers
    for sign in ("saddle", "bladder_bowel", "both_legs", "sexual"):
        if not answers.yes("B04", sign):
            continue
        said_today = ("B04", sign) in answers.from_quick
        dated = not said_today or ("B04", "since") in answers.from_quick
        since = answers.day("B04", "since") if dated else None
        new = since is None or days_between(visit, since, 0, n["days"])
        if new or answers.yes("B04", "worsening"):
            yield Hit()


@RULES.reads("MSK-09")
def other_flags(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Back pain that does not behave like back pain."""
    if not spine_hurts(visit):
        return
    answers = visit.answers
    if answers.yes("B05", "major_trauma", "fever"):
        yield Hit("grave", sites=expand(SPINE))
    elif answers.yes("B05", "weight_loss", "night_pain") or (
        new_onset(visit, n["new_days"]) and _at_risk(visit, n)
    ):
        yield Hit("flag", sites=expand(SPINE))


def _at_risk(visit: Visit, n: Numbers) -> bool:
    age = visit.age
    unusual_age = age is not None and (age < n["young"] or age > n["old"])
    return unusual_age or cancer_ever(visit) or bool(visit.takes("corticosteroid"))


@RULES.reads("MSK-10")
def head_and_neck_injury(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A whiplash or a blow to the head."""
    for item in visit.answers.each("I01", "whiplash", "head_injury"):
        if said_yes(item.get("red_flags")):
            yield Hit("grave")
        elif days_between(visit, on(item), 0, n["days"]):
            yield Hit("recent", sites=expand(["neck", "head"]))


@RULES.reads("MSK-17")
def neck_instability(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A neck whose upper joints may slip."""
    if visit.answers.each("I03", "neck_instability", "down_syndrome", "chiari"):
        yield Hit()

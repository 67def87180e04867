"""Kidneys, liver and belly."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clinic.rules.areas import expand, whole_limb

from .family import Family
from .vocabulary import Hit, Referral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .visit import Numbers, Visit

RULES = Family()


@RULES.reads("REN-01")
def kidney_trouble_now(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """An infected kidney, or a stone on its way."""
    answers = visit.answers
    if answers.yes("G01", "infection_now", "stones_now"):
        yield Hit(referral=Referral.ER if visit.feverish_today else None)


@RULES.reads("REN-02")
def kidney_failure(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Kidneys that no longer keep up, and the hours after dialysis."""
    answers = visit.answers
    kidney = answers.of("G01").get("kidney", "none")
    dialysed = answers.moment("G01", "dialysis_at")
    if kidney == "acute_failure":
        yield Hit("acute")
    elif visit.recent(dialysed, n["dialysis_hours"]) and dialysed is not None:
        yield Hit("dialysed", earliest=dialysed + timedelta(hours=n["dialysis_hours"]))
    elif kidney in ("stage_4_5", "dialysis"):
        yield Hit("chronic")


@RULES.reads("REN-03")
def dialysis_access(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """The arm through which the blood is cleaned."""
    arm = whole_limb(visit.answers.of("G01").get("access", ()))
    if arm:
        sides = {area.partition("_")[0] for area in arm} & {"left", "right"}
        yield Hit(sites=arm, there=arm, positions=tuple(f"no_cuff_{side}_arm" for side in sorted(sides)))


@RULES.reads("REN-04")
def mild_kidney_disease(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Kidneys somewhat weak, or only one of them."""
    if visit.answers.of("G01").get("kidney") == "stage_1_3" or visit.answers.yes("G01", "single"):
        yield Hit()


@RULES.reads("REN-05")
def transplant(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Somebody else's organ, or defences held down by drug and known to be low."""
    answers = visit.answers
    held_down = answers.yes("E02", "immunosuppressed") and visit.takes("immunosuppressant")
    if answers.yes("G01", "transplant") or held_down:
        yield Hit()


@RULES.reads("LIV-01")
def jaundice(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Yellow eyes, or a new hepatitis."""
    answers = visit.answers
    acute = "acute_hepatitis" in answers.of("G02").values() or answers.of("E02").get("hepatitis") == "acute"
    if acute or answers.yes("G02", "jaundice"):
        yield Hit()


@RULES.reads("LIV-02")
def cirrhosis(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A scarred liver: vessels that bleed, fluid that stays."""
    if visit.answers.of("G02").get("liver") == "cirrhosis":
        yield Hit()


@RULES.reads("LIV-03")
def quiet_liver_disease(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A liver disease at rest."""
    answers = visit.answers
    carried = answers.of("E02").get("hepatitis") in ("b", "c")
    if carried or answers.of("G02").get("liver") in ("fatty", "chronic_hepatitis"):
        yield Hit()


@RULES.reads("GI-01")
def acute_belly(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Belly pain that nobody has looked at."""
    answers = visit.answers
    rigid = answers.yes("G03", "rigid")
    if rigid or answers.yes("G03", "acute_pain"):
        yield Hit(referral=Referral.ER if rigid or visit.feverish_today else None)


@RULES.reads("GI-02")
def belly_sites(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A hernia, an opening, a tube, or an inflamed bowel."""
    answers = visit.answers
    if answers.yes("G03", "hernia", "stoma", "tube", "ibd_flare"):
        painful = answers.yes("G03", "hernia_painful")
        yield Hit(sites=expand(["abdomen"]), referral=Referral.ER if painful else None)

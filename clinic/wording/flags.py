"""Flags in words: what to arrange, how to lie, why somebody went against a rule, and how a request stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.wording import _, body, day, short_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime


def severity(name: str, *, asks: bool = False) -> str:
    """Say what a severity asks for; what is only unanswered is asked of the client, not of the doctor."""
    if asks:
        return _("Ask the client")
    return {
        "S0": _("Nothing to report"),
        "S1": _("Adapt"),
        "S2": _("Avoid area"),
        "S3": _("Ask the doctor"),
        "S4": _("Not today"),
        "S5": _("Emergency"),
    }[name]


def position(key: str) -> str:
    """Say how the client lies, sits or gets up."""
    known = {
        "side_lying": _("on the side"),
        "side_lying_or_bolster": _("on the side, or with a bolster"),
        "semi_reclined": _("head end raised"),
        "no_prone": _("not face down"),
        "no_prone_over_20_min": _("face down at most 20 minutes"),
        "no_prone_without_nest": _("face down only with a nest"),
        "no_prone_face_cradle": _("no face cradle"),
        "no_flat_supine": _("not flat on the back"),
        "no_head_down": _("head not below the body"),
        "no_cuff_on_limb": _("no cuff on that limb"),
        "slow_rise": _("get up slowly"),
        "sit_before_standing": _("sit before standing up"),
        "step_stool": _("offer the step stool"),
        "arm_below_shoulder": _("arm below the shoulder"),
    }
    return known.get(key, key.replace("_", " "))


def need(key: str) -> str:
    """Say what has to be there before the visit."""
    known = {
        "CLEARANCE": _("a clinician's clearance"),
        "BLOOD_COUNT": _("a new blood count"),
        "PLATELET_COUNT": _("a new platelet count"),
        "RECHECK_BP": _("a second blood pressure reading"),
        "DUE_DATE": _("the due date"),
        "FULL_SCREENING": _("the health questions, in full"),
        "QUICK_CHECK": _("the quick check of the day"),
        "GUARDIAN_CONSENT": _("a guardian's signature"),
        "GUARDIAN_IN_ROOM": _("a guardian in the room"),
        "GUARDIAN_ON_PREMISES": _("a guardian on the premises"),
        "THERAPIST": _("a word with the therapist"),
    }
    return known.get(key, key.replace("_", " ").lower())


def listed(words: Iterable[str]) -> str:
    """Name several things after one another."""
    return ", ".join(words)


def techniques(keys: Iterable[str]) -> str:
    """Name techniques."""
    return listed(body.technique(key) for key in keys)


def areas(keys: Iterable[str]) -> str:
    """Name areas; both sides of a pair are one."""
    names = list(keys)
    pairs = {key.partition("_")[2] for key in names if key.startswith("left_")} & {
        key.partition("_")[2] for key in names if key.startswith("right_")
    }
    said = []
    for key in names:
        side, _rest, place = key.partition("_")
        if place in pairs and side in body.SIDES:
            if side == "left":
                said.append(_("{area}, both sides").format(area=body.area(place)))
        else:
            said.append(body.area(key))
    return "; ".join(said)


def override_reason(code: str) -> str:
    """Say why somebody went against a rule."""
    return {
        "CLEARANCE_ON_FILE": _("A clearance is on file"),
        "MEASURE_RECHECKED": _("Measured again"),
        "CLIENT_CORRECTED_ANSWER": _("The client corrected the answer"),
        "OUT_OF_SCOPE_SITE": _("The area is not worked on"),
        "OTHER": _("Another reason"),
    }[code]


def told(at: datetime | None, today: date) -> str:
    """Say from when an answer is."""
    if at is None:
        return ""
    if at.date() == today:
        return _("told today")
    when = short_day(at.date()) if at.year == today.year else day(at.date())
    return _("told {when}").format(when=when)

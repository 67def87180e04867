"""Measures in words: what was measured, in which unit, and how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.wording import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping


def tool(key: str) -> str:
    """Name a measure as people speak of it."""
    return {
        "NRS": _("Pain now"),
        "VAS": _("Pain on a line"),
        "NDI": _("Neck disability"),
        "ODI": _("Low-back disability"),
        "PSFS": _("Activities of one's own"),
        "ROM": _("Range of motion"),
    }.get(key, key)


def unit(key: str) -> str:
    """Say what its numbers are."""
    return {
        "NRS": _("0 to 10"),
        "VAS": _("millimetres"),
        "NDI": _("percent"),
        "ODI": _("percent"),
        "PSFS": _("0 to 10, mean"),
        "ROM": _("degrees"),
    }.get(key, "")


def _moves() -> Mapping[str, str]:
    return {
        "neck_turn_left": _("Neck turn left"),
        "neck_turn_right": _("Neck turn right"),
        "neck_bend_left": _("Neck bend left"),
        "neck_bend_right": _("Neck bend right"),
        "neck_forward": _("Neck forward"),
        "neck_back": _("Neck back"),
        "left_shoulder_raise": _("Left shoulder, raise"),
        "right_shoulder_raise": _("Right shoulder, raise"),
        "left_shoulder_out": _("Left shoulder, outward"),
        "right_shoulder_out": _("Right shoulder, outward"),
        "left_hip_bend": _("Left hip, bend"),
        "right_hip_bend": _("Right hip, bend"),
        "left_knee_bend": _("Left knee, bend"),
        "right_knee_bend": _("Right knee, bend"),
        "back_forward": _("Back forward"),
        "back_back": _("Back backward"),
        "left_straight_leg_raise": _("Left straight leg"),
        "right_straight_leg_raise": _("Right straight leg"),
    }


def measure(key: str, of: str = "") -> str:
    """Name a measure with what exactly was measured."""
    return _moves().get(of, of) if of else tool(key)


def number(value: float | str) -> str:
    """Write a value without a needless decimal."""
    return f"{value:g}" if isinstance(value, int | float) else value


def went(key: str, by: float, visits: int, *, better: bool | None, matters: bool | None) -> str:
    """Say how a measure went over so many visits, and whether that is a change that matters."""
    if better is None:
        return ngettext("No change over {n} visit.", "No change over {n} visits.", visits).format(n=visits)
    points = number(abs(by))
    way = _("{what} down {points} over {visits}.") if by < 0 else _("{what} up {points} over {visits}.")
    over = ngettext("{n} visit", "{n} visits", visits).format(n=visits)
    said = way.format(what=tool(key), points=points, visits=over)
    if matters is None:
        return said
    weigh = _("A change that matters.") if matters else _("Less than a change that matters.")
    return f"{said} {weigh}"


def goal(kind: str) -> str:
    """Name what a series is for; no word of it promises health."""
    return {
        "pain": _("Pain"),
        "mobility": _("Mobility"),
        "stress": _("Stress"),
        "circulation": _("Circulation"),
        "sleep": _("Sleep"),
        "function": _("Function"),
    }[kind]


def beyond(what: str, words: str) -> str:
    """Hint gently at words that are not a massage therapist's to say."""
    said = {
        "diagnosis": _(
            "“{words}” reads like a diagnosis. Say what you saw or felt, or whose letter says so."
        ),
        "cure": _("“{words}” reads like a promise to heal. Say what changed, as seen or as told."),
        "medicine": _("“{words}” is the prescriber's to decide. Say that you referred the question."),
        "detox": _("“{words}” is not something massage is shown to do. Better left out."),
    }[what]
    return said.format(words=words)

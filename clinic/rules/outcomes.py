"""Outcome measures: how each is scored, and from where on a change is one that matters to people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Tool(StrEnum):
    """The measures a note may hold."""

    NRS = "NRS"
    VAS = "VAS"
    NDI = "NDI"
    ODI = "ODI"
    PSFS = "PSFS"
    ROM = "ROM"


@dataclass(frozen=True, slots=True)
class Scale:
    """How far a measure goes, which way is better, and how much of a change matters."""

    least: float
    most: float
    lower_is_better: bool
    matters: float | None
    """Points from which on a change matters; None where no figure is agreed on."""
    share: float | None = None
    """Or this share of where it began."""
    sections: int = 0
    each: int = 0
    """A questionnaire's number of sections, and the most that one can score."""


# domain F6. The thresholds of pain and neck disability are those of the massage trials named there; PSFS is taken
# as a mean of activities, for which the larger of the two published figures is used.
SCALES = MappingProxyType(
    {
        Tool.NRS: Scale(0, 10, lower_is_better=True, matters=2, share=0.3),
        Tool.VAS: Scale(0, 100, lower_is_better=True, matters=20),
        Tool.NDI: Scale(0, 100, lower_is_better=True, matters=10, sections=10, each=5),
        Tool.ODI: Scale(0, 100, lower_is_better=True, matters=10, sections=10, each=5),
        Tool.PSFS: Scale(0, 10, lower_is_better=False, matters=2),
        Tool.ROM: Scale(-60, 360, lower_is_better=False, matters=None),
    },
)

MOVES = (
    "neck_turn_left", "neck_turn_right", "neck_bend_left", "neck_bend_right", "neck_forward", "neck_back",
    "left_shoulder_raise", "right_shoulder_raise", "left_shoulder_out", "right_shoulder_out",
    "left_hip_bend", "right_hip_bend", "left_knee_bend", "right_knee_bend",
    "back_forward", "back_back", "left_straight_leg_raise", "right_straight_leg_raise",
)  # fmt: skip
"""Movements measured in degrees, active."""

LEAST_ANSWERED = 8
"""Of ten sections of a questionnaire; with fewer it has no score worth keeping."""


@dataclass(frozen=True, slots=True)
class Score:
    """A questionnaire's score: points of those that could be had, and the percentage."""

    points: int
    of: int

    @property
    def percent(self) -> float:
        """The score as it is compared."""
        return round(100 * self.points / self.of, 1)


def score(tool: Tool, sections: Sequence[int | None]) -> Score | None:
    """Score a questionnaire by its sections; one left out is taken from what could be had, not counted as nought."""
    scale = SCALES[tool]
    answered = [points for points in sections if points is not None]
    fits = len(sections) == scale.sections and all(0 <= points <= scale.each for points in answered)
    if not scale.sections or not fits or len(answered) < LEAST_ANSWERED:
        return None
    return Score(sum(answered), scale.each * len(answered))


def mean(activities: Sequence[float]) -> float | None:
    """Score activities a client named, each from 0 (unable) to 10 (as before)."""
    scale = SCALES[Tool.PSFS]
    if not activities or any(not scale.least <= value <= scale.most for value in activities):
        return None
    return round(sum(activities) / len(activities), 1)


_NUMBER = r"\d+(?:[.,]\d+)?"
_OF = re.compile(rf"({_NUMBER})\s*/\s*(\d+)")


def read(tool: Tool, typed: str) -> float | None:
    """Read a measure as it is typed: a number, points out of a whole, or the sections one after the other.

    ``14/50``, ``28``, ``28 %`` and ``1 2 1 2 1 2 1 2 1 1`` all are 28 percent of disability; a dash is a section
    left out. Of activities the mean is taken. What is none of these, or beyond the scale, is None.
    """
    text = typed.strip().removesuffix("%").removesuffix("°").strip()
    scale = SCALES[tool]
    whole = _OF.fullmatch(text)
    parts = text.replace(";", " ").split()
    value: float | None = None
    if whole and scale.sections:
        out_of = int(whole[2])
        share = _number(whole[1]) / out_of if out_of else 2.0
        value = round(100 * share, 1)
    elif scale.sections and len(parts) == scale.sections:
        marks = [None if part in {"-", "\u2013"} else _whole(part) for part in parts]
        scored = None if _NEVER in marks else score(tool, marks)
        value = scored.percent if scored else None
    elif tool is Tool.PSFS and len(parts) > 1 and all(re.fullmatch(_NUMBER, part) for part in parts):
        value = mean([_number(part) for part in parts])
    elif re.fullmatch(rf"-?{_NUMBER}", text):
        value = _number(text)
    return value if value is not None and scale.least <= value <= scale.most else None


_NEVER = -1


def _whole(part: str) -> int:
    return int(part) if part.isdecimal() else _NEVER


def _number(text: str) -> float:
    return float(text.replace(",", "."))


@dataclass(frozen=True, slots=True)
class Change:
    """How a measure went from one visit to another."""

    by: float
    better: bool | None
    """None where it stayed."""
    matters: bool | None
    """None where no figure says how much does."""


def change(tool: Tool, first: float, last: float) -> Change:
    """Compare two values of a measure; whether it matters is the rule of the tool, whichever way it went."""
    scale = SCALES[tool]
    by = round(last - first, 1)
    better = None if by == 0 else (by < 0) is scale.lower_is_better
    if scale.matters is None:
        return Change(by, better, None)
    far = abs(by) >= scale.matters
    if scale.share is not None and first:
        far = far or abs(by) / first >= scale.share
    return Change(by, better, bool(far and by))

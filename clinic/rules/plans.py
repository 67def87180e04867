"""A plan for a series of visits: hints on its dose, what physical therapy on the same day asks for, and progress."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from clinic.rules.calendar import WEEKDAYS
from clinic.values import Technique

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date


class GoalKind(StrEnum):
    """What a series may be for; none of them is a promise of health."""

    PAIN = "pain"
    MOBILITY = "mobility"
    STRESS = "stress"
    CIRCULATION = "circulation"
    SLEEP = "sleep"
    FUNCTION = "function"


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing a series is for: in the client's words, and where it can be measured by which tool and how far."""

    kind: GoalKind
    text: str = ""
    tool: str = ""
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """What a plan says of its visits."""

    begins_on: date
    visits: int
    times: int
    weeks: int
    minutes: int
    technique: Technique | None = None
    review_every: int | None = None
    goals: tuple[Goal, ...] = ()
    condition: str = ""
    letter: bool = False
    letter_visits: int | None = None
    """How many visits the letter gives in all."""

    @property
    def days_between(self) -> float:
        """How many days lie between two visits, on average."""
        return 7 * self.weeks / self.times


class Hint(StrEnum):
    """Something to think of; none of them holds a plan up."""

    SHORT_FOR_NECK = "short_for_neck"
    FAR_APART = "far_apart"
    DEEP_TOO_OFTEN = "deep_too_often"
    NO_GOAL = "no_goal"
    NO_FUNCTION_GOAL = "no_function_goal"
    NO_REVIEW = "no_review"
    REVIEW_LATE = "review_late"
    BEYOND_LETTER = "beyond_letter"


# domain F1: visits of 30 minutes were no better than a waiting list for chronic neck pain, those of 60 were; visits
# lie one to three weeks apart, or closer as in the trial; more than two deep sessions a week need thought.
NECK_MINUTES = 60
MOST_DAYS = 21
DEEP = frozenset({Technique.DEEP_TISSUE, Technique.TRIGGER_POINT, Technique.CUPPING})
DEEP_A_WEEK = 2
REVIEW_DAYS = 30
"""domain F3: for medical necessity an objective change is looked for every thirty days."""


def hints(series: Series) -> tuple[Hint, ...]:
    """Tell what in a plan is worth a second look."""
    neck = "neck" in series.condition.casefold() or "cervic" in series.condition.casefold()
    neck = neck or any("neck" in goal.text.casefold() or goal.tool == "NDI" for goal in series.goals)
    weekly = 7 / series.days_between
    found = {
        Hint.SHORT_FOR_NECK: neck and series.minutes < NECK_MINUTES,
        Hint.FAR_APART: series.days_between > MOST_DAYS,
        Hint.DEEP_TOO_OFTEN: series.technique in DEEP and weekly > DEEP_A_WEEK,
        Hint.NO_GOAL: not series.goals,
        Hint.NO_FUNCTION_GOAL: series.letter
        and bool(series.goals)
        and not any(goal.kind is GoalKind.FUNCTION for goal in series.goals),
        Hint.NO_REVIEW: series.review_every is None,
        Hint.REVIEW_LATE: series.letter
        and series.review_every is not None
        and series.review_every * series.days_between > REVIEW_DAYS,
        Hint.BEYOND_LETTER: series.letter_visits is not None and series.visits > series.letter_visits,
    }
    return tuple(hint for hint, holds in found.items() if holds)


class Side(StrEnum):
    """Whether a massage comes before physical therapy or after it."""

    BEFORE = "before"
    AFTER = "after"


class Advice(StrEnum):
    """What physical therapy on the day of a visit asks for."""

    LIGHT = "light"
    """Before it: a light warm-up, P2 to P3."""
    AT_MOST_HALF_AN_HOUR = "at_most_half_an_hour"
    NOT_WHERE_LOADED = "not_where_loaded"
    EASE = "ease"
    """After it: ease what is sore, P2 to P4."""
    ONE_CODE = "one_code"
    """Both billed on one day: manual therapy twice is often denied."""


BEFORE_PT_MINUTES = 30


def advice(side: Side, minutes: int) -> tuple[Advice, ...]:
    """Tell what to mind on a day with physical therapy (domain F2); a warning, never a block."""
    if side is Side.AFTER:
        return (Advice.EASE, Advice.ONE_CODE)
    long = (Advice.AT_MOST_HALF_AN_HOUR,) if minutes > BEFORE_PT_MINUTES else ()
    return (Advice.LIGHT, *long, Advice.NOT_WHERE_LOADED, Advice.ONE_CODE)


def on_pt_day(on: date, days: Collection[str]) -> bool:
    """Whether the client has physical therapy on this day of the week."""
    return WEEKDAYS[on.weekday()] in days


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a series has come."""

    done: int
    ahead: int
    whole: int
    review_at: int | None
    """At which visit the measures are taken again; one that is due is the next."""

    @property
    def left(self) -> int:
        """How many visits are neither done nor booked."""
        return max(0, self.whole - self.done - self.ahead)


def progress(series: Series, done: int, ahead: int, measured_at: Sequence[int]) -> Progress:
    """Count a series: visits done since it began, those booked, and when to look again.

    ``measured_at`` counts the visits of the series, from one, at which something was measured.
    """
    review = None
    if series.review_every is not None:
        last = max((n for n in measured_at if n <= done), default=None)
        review = 1 if last is None else last + series.review_every
        review = min(max(review, done + 1), series.visits) if done < series.visits else None
    return Progress(done, ahead, series.visits, review)

"""The calendar's rules: what an appointment takes, which wall times exist, and how a visit moves on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from clinic.values import Refusal, Span, State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL_HOURS: Mapping[str, Sequence[Sequence[str]]] = dict.fromkeys(WEEKDAYS[:6], (("09:00", "19:00"),))
"""Monday to Saturday, nine to seven: what holds where nobody said otherwise (contract, section 3)."""

NEXT: Mapping[State, frozenset[State]] = {
    State.TENTATIVE: frozenset(
        {State.CONFIRMED, State.ARRIVED, State.CANCELLED, State.LATE_CANCEL, State.NO_SHOW}
    ),
    State.CONFIRMED: frozenset({State.ARRIVED, State.CANCELLED, State.LATE_CANCEL, State.NO_SHOW}),
    State.ARRIVED: frozenset({State.IN_TREATMENT, State.DONE, State.CANCELLED, State.DECLINED}),
    State.IN_TREATMENT: frozenset({State.DONE, State.DECLINED}),
    State.DONE: frozenset(),
    State.NO_SHOW: frozenset(),
    State.LATE_CANCEL: frozenset(),
    State.CANCELLED: frozenset(),
    State.DECLINED: frozenset(),
}
"""How a visit may move on; going back is an undo, which restores what was."""


@dataclass(frozen=True, slots=True)
class Held:
    """What an appointment takes from its therapist and room, in UTC minutes since 1970, end excluded."""

    start: int
    end: int


def exists(wall: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the practice's clocks ever show this time; in spring they skip an hour."""
    back = wall.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)
    return back.replace(tzinfo=None) == wall


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Find the instant of a wall time; of two equal hours in autumn the earlier is meant."""
    if not exists(wall, zone):
        raise Refusal("time_skipped", at="at", wall=wall)
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def held(wall: datetime, minutes: int, before: int, after: int, zone: ZoneInfo) -> Held:
    """Work out what an appointment takes, its buffers included; lengths are real minutes, not wall ones."""
    start = int((instant(wall, zone) - EPOCH).total_seconds()) // 60
    return Held(start - before, start + minutes + after)


def wall_span(at: datetime, minutes: int) -> Span:
    """Span of an appointment as it is drawn: on the wall clock."""
    return Span(at, at + timedelta(minutes=minutes))


def ends(at: datetime, minutes: int, zone: ZoneInfo) -> datetime:
    """Say what the clock shows as a visit ends: in the nights the clocks change an hour more or less."""
    return (instant(at, zone) + timedelta(minutes=minutes)).astimezone(zone).replace(tzinfo=None)


def opening(hours: Mapping[str, Sequence[Sequence[str]]] | None, on: date) -> tuple[Span, ...]:
    """Give the opening times of a day; no hours stated means the usual ones."""
    times = (hours if hours is not None else USUAL_HOURS).get(WEEKDAYS[on.weekday()], ())
    return tuple(
        Span(datetime.combine(on, _clock(start)), datetime.combine(on, _clock(end))) for start, end in times
    )


@lru_cache(maxsize=256)  # the hours of a house are a handful, and read for every day of everybody
def _clock(told: str) -> time:
    return time.fromisoformat(told)


def ends_when_paid(state: State, at: datetime, wall: datetime) -> bool:
    """Tell whether paying for a visit closes it: who came, and pays once it has begun, was treated."""
    return State.DONE in NEXT[state] and at <= wall


def move_on(state: State, to: State) -> None:
    """Let a visit move on only the way visits do."""
    if to not in NEXT[state]:
        raise Refusal("wrong_state", at="state", state=state.value, to=to.value)

"""Travelling by keys: the stops of a column are its visits, and the free half hours between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clinic.values import AppointmentId
    from ui.screens.calendar.plan import Plan

HALF = 30


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the keyboard is: on a visit, or at a free time of a column."""

    column: int
    place: int
    visit: AppointmentId | None = None


@dataclass(frozen=True, slots=True)
class Sketch:
    """A stretch of free time that was marked, and may become a visit."""

    column: int
    start: int
    end: int
    drawn: bool = False
    """Whether its length was drawn by hand, and is meant."""


def stops(plan: Plan, column: int, *, step: int = HALF) -> tuple[Spot, ...]:
    """List where the keyboard can stand in a column, from the morning down."""
    pieces = plan.of_column(column)
    found = [Spot(column, piece.start, piece.entry.id) for piece in pieces]
    taken = [(piece.low, piece.high) for piece in pieces if piece.entry.holds]
    free = {
        place
        for place in (*range(0, plan.ruler.length, step), *(high for _low, high in taken))
        if place < plan.ruler.length
        and plan.exists(column, place)
        and not any(low <= place < high for low, high in taken)
    }
    found += [Spot(column, place) for place in free]
    return tuple(sorted(found, key=lambda spot: (spot.place, spot.visit is None, spot.visit or "")))


def next_stop(plan: Plan, here: Spot, down: int) -> Spot:
    """Go to the stop below, or above."""
    line = stops(plan, here.column)
    if not line:
        return here
    if here in line:
        at = line.index(here) + down
    elif down > 0:
        at = next((n for n, spot in enumerate(line) if spot.place > here.place), len(line) - 1)
    else:
        at = next((n for n in range(len(line) - 1, -1, -1) if line[n].place < here.place), 0)
    return line[min(max(at, 0), len(line) - 1)]


def across(plan: Plan, here: Spot, right: int) -> Spot | None:
    """Go to what stands at the same time in the column beside; None beyond the last."""
    column = here.column + right
    if not 0 <= column < len(plan.columns):
        return None
    line = stops(plan, column)
    on = next(
        (
            Spot(column, piece.start, piece.entry.id)
            for piece in plan.of_column(column)
            if piece.covers(here.place)
        ),
        None,
    )
    if on is not None:
        return on
    return min(line, key=lambda spot: (abs(spot.place - here.place), spot.visit is None), default=None)


def visits_on(plan: Plan) -> tuple[Spot, ...]:
    """List the visits alone, column by column."""
    return tuple(Spot(piece.column, piece.start, piece.entry.id) for piece in plan.pieces)

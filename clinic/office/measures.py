"""Measures of a client through time: one line of points for each, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.office import note_list
from clinic.rules import outcomes, scope
from clinic.rules.outcomes import MOVES, SCALES, Change, Tool
from clinic.rules.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from clinic.office.note_list import NoteRow
    from clinic.storage.work import Work
    from clinic.values import ClientId

__all__ = ["MOVES", "SCALES", "Change", "Point", "Series", "Tool", "claims", "of_client", "read", "series"]

read = outcomes.read
claims = scope.claims


@dataclass(frozen=True, slots=True)
class Point:
    """One visit's value, before the hands and after."""

    on: date
    before: float | None
    after: float | None

    @property
    def value(self) -> float | None:
        """What is compared from visit to visit: how it was on coming, else on leaving."""
        return self.before if self.before is not None else self.after


@dataclass(frozen=True, slots=True)
class Series:
    """One measure through time, the oldest first."""

    tool: Tool
    of: str
    points: tuple[Point, ...]
    change: Change | None
    """From the first to the last; None where there is one point only."""


def of_client(work: Work, client: ClientId) -> tuple[Series, ...]:
    """Draw the lines of a client's measures from the notes this person may read."""
    work.require(Permission.NOTE_READ, client=client)
    return series(note_list.of_client(work, client))


def series(notes: Iterable[NoteRow]) -> tuple[Series, ...]:
    """Put the measures of notes, the oldest first, into one line for each tool and movement."""
    found: dict[tuple[Tool, str], dict[date, dict[str, float]]] = {}
    for note in notes:
        for measure in note.content.measures:
            if measure.tool in Tool.__members__ and isinstance(measure.value, int | float):
                line = found.setdefault((Tool(measure.tool), measure.of), {})
                line.setdefault(note.at.date(), {})[measure.when] = float(measure.value)
    order = list(Tool)
    return tuple(
        _series(tool, of, [Point(on, at.get("before"), at.get("after")) for on, at in line.items()])
        for (tool, of), line in sorted(found.items(), key=lambda each: (order.index(each[0][0]), each[0][1]))
    )


def _series(tool: Tool, of: str, points: list[Point]) -> Series:
    values = [point.value for point in points if point.value is not None]
    change = outcomes.change(tool, values[0], values[-1]) if len(values) > 1 else None
    return Series(tool, of, tuple(points), change)

"""The views of the calendar, and which days each of them shows."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from ui.screens.calendar.minimonth import ROWS, WEEK, first_of_grid

AGENDA = 14
"""Days the agenda lists."""


class View(StrEnum):
    """How much lies open."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    AGENDA = "agenda"


def span(view: View, on: date) -> tuple[date, date]:
    """Say which days lie open around a day; weeks begin on Sunday."""
    if view is View.DAY:
        return on, on
    if view is View.WEEK:
        first = on - timedelta(days=(on.weekday() + 1) % WEEK)
        return first, first + timedelta(days=WEEK - 1)
    if view is View.MONTH:
        first = first_of_grid(on)
        return first, first + timedelta(days=WEEK * ROWS - 1)
    return on, on + timedelta(days=AGENDA - 1)


def turned(view: View, on: date, by: int) -> date:
    """Say to which day one gets by turning the page."""
    step = {
        View.DAY: relativedelta(days=by),
        View.WEEK: relativedelta(weeks=by),
        View.MONTH: relativedelta(months=by),
        View.AGENDA: relativedelta(days=AGENDA * by),
    }
    return on + step[view]

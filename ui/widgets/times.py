"""Times as people type them: ``4``, ``4pm``, ``16:30``, ``9.15``."""

from __future__ import annotations

import re
from datetime import time as hour_of_day

from clinic.wording import clock
from ui.widgets.fields import Line

TYPED = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)
NOON, MIDNIGHT = 12, 24
FIRST_HOUR = 7
"""A bare number below this is meant in the afternoon: nobody books a massage at four at night."""


def read(typed: str) -> hour_of_day | None:
    """Read a time of day; what is none is None."""
    match = TYPED.fullmatch(typed.strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and not 1 <= hour <= NOON:
        return None
    if half == "p" or (not half and not typed.strip().startswith("0") and hour < FIRST_HOUR):
        hour = hour % NOON + NOON
    elif half == "a":
        hour %= NOON
    return hour_of_day(hour, minute) if hour < MIDNIGHT and minute < 60 else None  # noqa: PLR2004 - minutes of an hour


class TimeLine(Line):
    """A line for a time; what was typed is written out when it is left."""

    def __init__(self, value: hour_of_day | None = None) -> None:
        super().__init__("", clock(hour_of_day(16)))
        self.set_time(value)
        self.editingFinished.connect(self._write_out)

    @property
    def time(self) -> hour_of_day | None:
        """The time typed, or None."""
        return read(self.text())

    def set_time(self, value: hour_of_day | None) -> None:
        """Show a time."""
        self.setText(clock(value) if value else "")

    def _write_out(self) -> None:
        if self.time is not None:
            self.set_time(self.time)

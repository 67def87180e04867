"""Times of day as people type them: `4pm`, `9:15`, `1630`; and a line to type them in."""

from __future__ import annotations

import re
from datetime import time

from clinic.wording import _, clock
from ui.widgets.fields import Line

_TYPED = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))? ?(a|p|am|pm|a\.m\.|p\.m\.)?")
_NAMED = {"noon": time(12), "mediodía": time(12), "midday": time(12)}
FIRST_HOUR, NOON, HOURS = 7, 12, 24
"""A practice opens at seven at the earliest: an hour before that, said without more, is in the afternoon."""


def typed_time(typed: str) -> time | None:
    """Read a time as typed; None where it says no time. `4` is four in the afternoon, `04:00` is not."""
    said = " ".join(typed.lower().split())
    if said in _NAMED:
        return _NAMED[said]
    match = _TYPED.fullmatch(said)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "")[:1]
    if half and not 1 <= hour <= NOON:
        return None
    if half:
        hour = hour % NOON + (NOON if half == "p" else 0)
    elif 0 < hour < FIRST_HOUR and not match[1].startswith("0"):
        hour += NOON
    return time(hour, minute) if hour < HOURS and minute < 60 else None  # noqa: PLR2004 - minutes of an hour


class TimeLine(Line):
    """A time of day, written out in full on leaving."""

    def __init__(self, value: time | None = None) -> None:
        super().__init__("" if value is None else clock(value), _("4pm, 9:15"))
        self.editingFinished.connect(self._write_out)

    @property
    def at(self) -> time | None:
        """The time meant; None where nothing, or no time, is typed."""
        return typed_time(self.text())

    def set_time(self, value: time | None) -> None:
        """Show a time."""
        self.setText("" if value is None else clock(value))

    def _write_out(self) -> None:
        if self.at is not None:
            self.set_time(self.at)

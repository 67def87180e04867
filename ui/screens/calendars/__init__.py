"""Calendars for other programs, out and in, as panels that any screen may open."""

from ui.screens.calendars.coming import CalendarIn
from ui.screens.calendars.leaving import CalendarsOut

__all__ = ["CalendarIn", "CalendarsOut"]

"""The calendar: day, week, month and agenda, drawn on one board."""

from ui.screens.calendar.screen import Calendar

__all__ = ["Calendar"]

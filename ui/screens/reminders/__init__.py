"""The reminders: whom to reach today, and what came of it."""

from ui.screens.reminders.screen import Reminders

__all__ = ["Reminders"]

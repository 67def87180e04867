"""Year-end: everybody's papers of a year, in four steps."""

from ui.screens.year_end.screen import YearEnd

__all__ = ["YearEnd"]

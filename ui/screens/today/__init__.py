"""Today: the day's visits, what each lacks, and what needs attention."""

from ui.screens.today.screen import Today

__all__ = ["Today"]

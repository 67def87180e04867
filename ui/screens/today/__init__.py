"""Today: the day's visits, what each still lacks, and what needs attention."""

from ui.screens.today.screen import Today

__all__ = ["Today"]

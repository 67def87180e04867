"""Reports: what the practice earns, owes and holds, each number with the rows behind it."""

from ui.screens.reports.screen import Reports

__all__ = ["Reports"]

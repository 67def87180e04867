"""What a day is on paper: its sheet for the wall, and its close for the books."""

from ui.screens.closing.panel import CloseOfDay, open_closing
from ui.screens.closing.paper import DaySheetPanel, PaperPanel, open_panel

__all__ = ["CloseOfDay", "DaySheetPanel", "PaperPanel", "open_closing", "open_panel"]

"""The booking panel: one visit, put together beside whatever screen is open."""

from ui.screens.booking.panel import BookingPanel, open_booking
from ui.screens.booking.waiting import open_waiting_list, open_waiting_matches
from ui.screens.booking.wanted import BookFor, MoveVisit, read_back

__all__ = [
    "BookFor",
    "BookingPanel",
    "MoveVisit",
    "open_booking",
    "open_waiting_list",
    "open_waiting_matches",
    "read_back",
]

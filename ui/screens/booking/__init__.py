"""The booking panel: one visit, put together beside whatever screen is open."""

from ui.screens.booking.panel import BookFor, BookingPanel, open_booking
from ui.screens.booking.waiting import open_waiting_list, open_waiting_matches

__all__ = ["BookFor", "BookingPanel", "open_booking", "open_waiting_list", "open_waiting_matches"]

"""The booking panel: one visit, put together beside whatever screen is open."""

from ui.screens.booking.panel import BookFor, BookingPanel, open_booking

__all__ = ["BookFor", "BookingPanel", "open_booking"]

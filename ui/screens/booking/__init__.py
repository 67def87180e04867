"""The booking panel: one visit, put together beside whatever screen is open."""

"""The door: three choices at first start, setting up, signing in, and the recovery key."""

from ui.screens.welcome.page import Welcome

__all__ = ["Welcome"]

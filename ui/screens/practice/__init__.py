"""What the practice itself has to hold: one part that stands in a panel or in another screen."""

from ui.screens.practice.credentials import Credentials

__all__ = ["Credentials"]

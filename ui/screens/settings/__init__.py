"""Settings: the practice, its people and prices, its rules and papers, its backups and keys, this window."""

from ui.screens.settings.screen import Settings

__all__ = ["Settings"]

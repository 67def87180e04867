"""The letters: everybody's in one table, so that none runs out unnoticed."""

from ui.screens.letters.screen import Letters

__all__ = ["Letters"]

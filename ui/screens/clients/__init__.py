"""The clients: everybody on file in one table, and each of them on one page."""

from ui.screens.clients.screen import Clients

__all__ = ["Clients"]

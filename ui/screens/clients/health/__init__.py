"""A client's health beside their page: the form, its versions, consents, and the paper to fill in by hand."""

from ui.screens.clients.health.panel import HealthPanel

__all__ = ["HealthPanel"]

"""The till: charging a visit, taking money, and every receipt there is."""

from ui.screens.till.handouts import PapersOf
from ui.screens.till.screen import ForClient, OfReceipt, Till

__all__ = ["ForClient", "OfReceipt", "PapersOf", "Till"]

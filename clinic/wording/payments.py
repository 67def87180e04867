"""The names of the ways to pay."""

from __future__ import annotations

from clinic.values import Method
from clinic.wording import _


def method(how: Method) -> str:
    """Name a way to pay."""
    return {
        Method.CASH: _("Cash"),
        Method.CHECK: _("Check"),
        Method.CARD: _("Card"),
        Method.HSA_CARD: _("HSA card"),
        Method.FSA_CARD: _("FSA card"),
        Method.HRA_CARD: _("HRA card"),
        Method.GIFT: _("Gift certificate"),
        Method.INSURER: _("Insurer"),
        Method.OTHER: _("Other"),
    }[how]

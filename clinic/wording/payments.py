"""The names of the ways to pay, in the window and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.values import Method
from clinic.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable


def method(how: Method | None, _: Callable[[str], str] = _) -> str:
    """Name a way to pay; without one, visits paid ahead paid for it. A paper asks in its own language."""
    return {
        None: _("Prepaid visits"),
        Method.CASH: _("Cash"),
        Method.CHECK: _("Check"),
        Method.CARD: _("Card"),
        Method.HSA_CARD: _("HSA card"),
        Method.FSA_CARD: _("FSA card"),
        Method.HRA_CARD: _("HRA card"),
        Method.GIFT: _("Gift certificate"),
        Method.INSURER: _("Insurer"),
        Method.OTHER: _("Other means"),
    }[how]

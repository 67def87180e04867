"""How the till names ways to pay, and kinds of line."""

from __future__ import annotations

from clinic.values import LineKind, Method
from clinic.wording import _

KEYS = (
    Method.CARD,
    Method.CASH,
    Method.CHECK,
    Method.HSA_CARD,
    Method.FSA_CARD,
    Method.HRA_CARD,
    Method.GIFT,
    Method.INSURER,
    Method.OTHER,
)
"""The keys of the till, the commonest first."""


def reference(how: Method) -> str:
    """Say what is noted of a payment, or nothing where there is nothing to note."""
    if how is Method.GIFT:
        return _("Code on it")
    if how is Method.CHECK:
        return _("Check number")
    return "" if how is Method.CASH else _("Last four, or a word")


def the(kind: LineKind) -> str:
    """Name a kind of line inside a sentence."""
    return {
        LineKind.TREATMENT: _("the treatment"),
        LineKind.BUNDLE_USE: _("the treatment"),
        LineKind.TIP: _("the tip"),
        LineKind.PRODUCT: _("goods"),
        LineKind.FEE: _("a fee"),
        LineKind.GIFT_SALE: _("a gift certificate"),
        LineKind.BUNDLE_SALE: _("visits sold in advance"),
    }[kind]

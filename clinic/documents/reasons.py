"""Short print for the reasons that keep a line from the mark, and for the kinds of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.values import LineKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


FOR_THE_INSURER = frozenset({"E-AUTH", "E-MEDICARE", "E-PROVIDER"})
"""Codes that turn away an insurer and never take the mark from what the client paid."""


def reason(codes: Iterable[str], _: Callable[[str], str]) -> str:
    """Say in print why a line is not marked; warnings that hold nothing back stay off the paper."""
    words = _reasons(_)
    said = dict.fromkeys(words[code] for code in codes if code in words)
    return "; ".join(said)


def kind(what: LineKind, _: Callable[[str], str]) -> str:
    """Name a sum of lines of one kind."""
    return {
        LineKind.TREATMENT: _("Treatment"),
        LineKind.BUNDLE_USE: _("Treatment, prepaid"),
        LineKind.PRODUCT: _("Products"),
        LineKind.FEE: _("Fees"),
        LineKind.GIFT_SALE: _("Gift certificates"),
        LineKind.BUNDLE_SALE: _("Prepaid visits"),
        LineKind.TIP: _("Tip, listed separately"),
    }[what]


def _reasons(_: Callable[[str], str]) -> dict[str, str]:
    return {
        "E-NOLMN": _("no letter of medical necessity on file for this date"),
        "E-LMN-FUTURE": _("no letter of medical necessity on file for this date; one began later"),
        "E-LMN-EXPIRED": _("no letter of medical necessity on file for this date; one had ended"),
        "E-LMN-INCOMPLETE": _("the letter on file is not complete"),
        "E-LMN-SIGNER": _("the letter's signer is not accepted"),
        "E-LMN-PATIENT": _("the letter is for someone else"),
        "E-PURPOSE": _("booked for relaxation"),
        "E-DX": _("not for a diagnosis of the letter"),
        "E-COUNT": _("all visits of the letter were used"),
        "E-FREQ": _("more visits than the letter gives for the time"),
        "E-MINUTES": _("minutes beyond the letter"),
        "E-UNPAID": _("not paid yet"),
        "E-INSPAID": _("paid by an insurer"),
        "E-TENDER-GIFT": _("paid with a gift certificate"),
        "E-ITEM-TIP": _("a tip is not a treatment"),
        "E-ITEM-FEE": _("no treatment was given"),
        "E-ITEM-PRODUCT": _("a product, not a treatment"),
        "E-NOTPROVIDED": _("not given yet"),
        "E-CONTRA": _("not given, for the client's safety"),
        "E-RELATED": _("therapist or signer is family"),
        "E-LPFSA": _("not for a limited-purpose account"),
        "E-HSA-DATE": _("before the HSA was opened"),
        "E-PLANYEAR": _("outside the account's plan year"),
        "E-PROVIDER": _("certificate not on file for this date"),
        "E-MEDICARE": _("not covered by Original Medicare"),
        "E-AUTH": _("no authorization from the insurer on file"),
    }

"""Letters in words: what kind one is, and what one may lack."""

from __future__ import annotations

from clinic.values import LetterKind
from clinic.wording import _


def kind(which: LetterKind, *, language: str | None = None) -> str:
    """Name the kind of a letter, in the language spoken now or in that of a paper."""
    return {
        LetterKind.LMN: _("Letter of medical necessity", language=language),
        LetterKind.PRESCRIPTION: _("Prescription", language=language),
        LetterKind.REFERRAL: _("Referral", language=language),
        LetterKind.AUTHORISATION: _("Authorization", language=language),
        LetterKind.CLEARANCE: _("Clearance", language=language),
    }[which]


def decision(which: str, *, language: str | None = None) -> str:
    """Say how a plan decided, or that it has not yet."""
    return {
        "requested": _("Asked for", language=language),
        "pending": _("With the plan", language=language),
        "approved": _("Approved", language=language),
        "partial": _("Approved in part", language=language),
        "denied": _("Refused", language=language),
        "cancelled": _("Called off", language=language),
    }[which]

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
        LetterKind.AUTHORISATION: _("Authorisation", language=language),
        LetterKind.CLEARANCE: _("Clearance", language=language),
    }[which]

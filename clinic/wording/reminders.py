"""What reminders say until a practice writes its own words: when and where, and nothing about health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.values import Outcome
from clinic.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping


def templates(*, language: str | None = None) -> Mapping[str, Mapping[str, str]]:
    """Give the words for a visit ahead and for coming again: an email's and a text message's."""
    return {
        "visit": {
            "subject": _("Your visit on {day}", language=language),
            "mail": _(
                "Hello {name},\n\nwe look forward to seeing you on {when} with {therapist}.\n\n"
                "Please answer this message or call {phone} if the time no longer suits you.\n\n{practice}",
                language=language,
            ),
            "text": _(
                "{practice}: we look forward to seeing you on {when}. Call {phone} to change it.",
                language=language,
            ),
        },
        "again": {
            "subject": _("Time for your next visit?", language=language),
            "mail": _(
                "Hello {name},\n\nit has been a while since your last visit. "
                "Call {phone} or answer this message, and we will find a time with {therapist}.\n\n{practice}",
                language=language,
            ),
            "text": _(
                "{practice}: time for your next visit? Call {phone} and we will find a time.",
                language=language,
            ),
        },
    }


def outcome(came: Outcome) -> str:
    """Say what came of trying to reach somebody."""
    return {
        Outcome.CONFIRMED: _("confirmed"),
        Outcome.LEFT_MESSAGE: _("left a message"),
        Outcome.NO_ANSWER: _("no answer"),
        Outcome.CANCELLED: _("cancelled"),
        Outcome.WROTE: _("wrote"),
    }[came]

"""How a letter reads as a line of the table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clinic.office.charts import Standing
from clinic.values import LetterKind
from clinic.wording import _, day, ngettext
from clinic.wording.letters import kind
from ui.screens.clients import words
from ui.table import Column
from ui.widgets.painting import Mark

if TYPE_CHECKING:
    from clinic.office.letter_list import ListedLetter

PARTS = 13
"""How many fields a letter of medical necessity has."""
WEIGHED = frozenset({LetterKind.LMN, LetterKind.PRESCRIPTION})
NO_NUMBER = 1_000_000
MARKS = {
    Standing.REQUESTED: Mark("clock", "info", "info_on"),
    Standing.PENDING: Mark("clock", "info", "info_on"),
    Standing.RECEIVED: Mark("circle-alert", "info", "info_on"),
    Standing.ACTIVE: Mark("check", "accent", "accent_tint"),
    Standing.COMING: Mark("calendar-clock", "soft_ink", "sunken"),
    Standing.EXPIRING: Mark("clock", "ink", "sunken"),
    Standing.INCOMPLETE: Mark("circle-alert", "info", "info_on"),
    Standing.USED_UP: Mark("circle-check", "soft_ink", "sunken"),
    Standing.EXPIRED: Mark("calendar-x", "soft_ink", "sunken"),
    Standing.DENIED: Mark("x", "soft_ink", "sunken"),
    Standing.CANCELLED: Mark("x", "soft_ink", "sunken"),
    Standing.SUPERSEDED: Mark("circle-check", "soft_ink", "sunken"),
    Standing.VOIDED: Mark("x", "soft_ink", "sunken"),
    Standing.REVOKED: Mark("x", "soft_ink", "sunken"),
}
NARROW = ((4, 860), (3, 640), (2, 500))
"""Columns that give way, and the width at which each does."""


def columns() -> tuple[Column[ListedLetter], ...]:
    """Give the columns: whose letter, how it stands, until when, what of it is used, what it lacks."""
    return (
        Column(
            _("Client"),
            lambda row: row.name,
            weight="medium",
            under=_which,
            sort=lambda row: row.sort_key,
        ),
        Column(
            _("State"),
            lambda row: words.standing(row.card),
            170,
            mark=lambda row: MARKS[row.card.standing],
            sort=lambda row: tuple(Standing).index(row.card.standing),
        ),
        Column(
            _("Valid until"),
            lambda row: day(row.card.valid_to) if row.card.valid_to else _("not dated"),
            120,
            tone=lambda row: "ink" if row.card.valid_to else "soft_ink",
            sort=lambda row: row.card.valid_to or date.min,
        ),
        Column(_("Visits"), _used, 120, under=_ahead, sort=_left),
        Column(
            _("Complete"),
            _complete,
            260,
            tone=lambda row: "ink" if row.card.missing else "soft_ink",
            under=_lacking,
            sort=lambda row: (-len(row.card.missing), _has(row)),
        ),
    )


def _which(row: ListedLetter) -> str:
    named, called = kind(row.card.kind), words.letter(row.card)
    return named if called == named else _("{kind}, {number}").format(kind=named, number=called)


def _used(row: ListedLetter) -> str:
    card = row.card
    if card.visits and card.used > card.visits:
        return _("all {visits}").format(visits=card.visits)
    if card.visits:
        return _("{used} of {visits}").format(used=card.used, visits=card.visits)
    return str(card.used) if card.used else ""


def _ahead(row: ListedLetter) -> str:
    booked, card = row.card.planned, row.card
    if card.visits and card.used > card.visits:
        beyond = card.used - card.visits
        return ngettext("{n} visit beyond", "{n} visits beyond", beyond).format(n=beyond)
    return ngettext("{n} more booked", "{n} more booked", booked).format(n=booked) if booked else ""


def _left(row: ListedLetter) -> int:
    """Sort by what is left; where a letter gives no number, it is more than any."""
    return NO_NUMBER if row.card.left is None else row.card.left


def _has(row: ListedLetter) -> int:
    """Count the parts a letter has, of those that could stand in it."""
    return PARTS - len(set(row.card.missing) | set(row.card.wanting))


def _complete(row: ListedLetter) -> str:
    if row.card.kind not in WEIGHED:
        return ""
    return _("{n} of {parts} fields").format(n=_has(row), parts=PARTS)


def _lacking(row: ListedLetter) -> str:
    missing = ", ".join(map(words.lacking, row.card.missing))
    return _("Lacks {parts}").format(parts=missing) if missing else ""

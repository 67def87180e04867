"""What the practice holds in words: the fields of a city's register, and how near an end is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.wording import _, day, ngettext

if TYPE_CHECKING:
    from datetime import date


def field(name: str) -> str:
    """Name a field of a register."""
    return {
        "day": _("Day"),
        "time": _("Time"),
        "client": _("Client"),
        "address": _("Client's address"),
        "therapist": _("Therapist"),
        "certificate": _("Certificate number"),
        "service": _("Service"),
        "minutes": _("Minutes"),
        "room": _("Room"),
        "price": _("Price"),
        "tip": _("Tip"),
        "signature": _("Client's signature"),
    }[name]


def ending(expires: date | None, today: date) -> str:
    """Say when a paper ends, or that it has."""
    if expires is None:
        return _("no end given")
    days = (expires - today).days
    if days < 0:
        return _("ended {day}").format(day=day(expires))
    if days == 0:
        return _("ends today")
    if days <= 90:  # noqa: PLR2004 - as early as the first reminder
        return ngettext("ends in {n} day", "ends in {n} days", days).format(n=days)
    return _("valid to {day}").format(day=day(expires))

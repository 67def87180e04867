"""How health is said beside a client's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office.consents import ConsentKind, Presence
from clinic.office.screenings import Renewal
from clinic.values import ScreeningKind
from clinic.wording import _, day, moment, ngettext

if TYPE_CHECKING:
    from clinic.office.consents import ConsentRow
    from clinic.office.screenings import Health, VersionRow


def consent(kind: ConsentKind) -> str:
    """Name a consent."""
    return {
        ConsentKind.TREATMENT: _("Treatment"),
        ConsentKind.MESSAGES: _("Messages and email"),
        ConsentKind.PHOTO: _("Photographs"),
        ConsentKind.MARKETING: _("News and offers"),
        ConsentKind.RELEASE: _("Release of information"),
        ConsentKind.BREAST: _("Breast area"),
    }[kind]


def standing(row: ConsentRow) -> str:
    """Say since when a consent stands, or that it no longer does."""
    if row.withdrawn_on is not None:
        return _("withdrawn {day}").format(day=day(row.withdrawn_on))
    if not row.stands:
        return _("ended")
    if row.ends_on is not None:
        return _("until {day}").format(day=day(row.ends_on))
    return _("since {day}").format(day=day(row.given_on))


def due(health: Health) -> tuple[str, str, str]:
    """Say whether the history is to be asked again: words, icon and tint of a chip."""
    ends = day(health.ends_on) if health.ends_on else ""
    return {
        Renewal.NEVER_ASKED: (_("Never asked"), "circle-dashed", "plain"),
        Renewal.OVERDUE: (_("To be asked again before the next visit"), "clock", "plain"),
        Renewal.SOON: (_("Speaks until {day}").format(day=ends), "clock", "plain"),
        Renewal.CURRENT: (_("Speaks until {day}").format(day=ends), "check", "covered"),
    }[health.renewal]


def version(row: VersionRow) -> str:
    """Name a version."""
    kind = _("Quick check") if row.kind is ScreeningKind.QUICK else _("Health history")
    return _("{kind}, {at}").format(kind=kind, at=moment(row.at))


def remark(row: VersionRow) -> str:
    """Say what is particular about a version."""
    said = []
    if row.carried:
        said.append(_("news from a quick check"))
    if row.changed:
        said.append(ngettext("{n} answer changed", "{n} answers changed", row.changed).format(n=row.changed))
    if row.signer:
        said.append(_("signed by {name}").format(name=row.signer))
    return ", ".join(said)


def presence(near: Presence) -> str:
    """Say how near a guardian has to be."""
    return {
        Presence.IN_THE_ROOM: _("A minor: the guardian stays in the room."),
        Presence.ON_THE_PREMISES: _("A minor: the guardian stays on the premises."),
        Presence.NOT_NEEDED: "",
    }[near]

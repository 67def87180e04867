"""Requests in words: what is asked for, how it went out, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from clinic.values import RequestKind
from clinic.wording import _, day, ngettext

if TYPE_CHECKING:
    from datetime import date


class Followed(Protocol):
    """What is known of a request that is followed."""

    @property
    def sent_on(self) -> date | None:
        """The day it went out."""

    @property
    def received_on(self) -> date | None:
        """The day its answer came."""

    @property
    def withdrawn_on(self) -> date | None:
        """The day it was called off."""

    @property
    def waiting(self) -> int | None:
        """For how many days its answer is waited for."""

    @property
    def overdue(self) -> bool:
        """Whether it is time to ask again."""


def kind(which: RequestKind) -> str:
    """Name a request."""
    return {
        RequestKind.LMN: _("Request for a letter"),
        RequestKind.RENEWAL: _("Renewal request"),
        RequestKind.REFERRAL: _("Referral request"),
        RequestKind.RECORDS: _("Release of records"),
        RequestKind.PROGRESS: _("Progress letter"),
        RequestKind.THANKS: _("Thank-you letter"),
    }[which]


def sent_by(way: str) -> str:
    """Say how a request went out."""
    return {"hand": _("by hand"), "post": _("by post"), "fax": _("by fax"), "email": _("by email")}[way]


def stands(request: Followed) -> str:
    """Say where a request stands."""
    if request.received_on is not None:
        return _("answered {day}").format(day=day(request.received_on))
    if request.withdrawn_on is not None:
        return _("called off {day}").format(day=day(request.withdrawn_on))
    if request.waiting is None:
        return _("not sent yet")
    if request.waiting == 0:
        return _("sent today")
    waited = ngettext("{n} day without an answer", "{n} days without an answer", request.waiting)
    said = waited.format(n=request.waiting)
    return _("{waited}: ask again").format(waited=said) if request.overdue else said

"""Visits missed or given up late: how much notice is asked for, and what a practice asks where there was none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from clinic.values import NOTHING, Money, State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

NOTICE_HOURS = 24
"""How long before a visit it may be given up freely, where the practice has not said."""
WHOLE = 100


class Reason(StrEnum):
    """Why a visit is given up, in the words most people give; anything else is typed."""

    NO_TIME = "no_time"
    UNWELL = "unwell"
    ON_THE_WAY = "on_the_way"
    THERAPIST_AWAY = "therapist_away"
    BY_MISTAKE = "by_mistake"
    NOT_SAFE = "not_safe"


class Pass(StrEnum):
    """Why nothing is asked this time, in the words most people give; anything else is typed."""

    FIRST_TIME = "first_time"
    EMERGENCY = "emergency"
    OUR_MISTAKE = "our_mistake"
    KNOWN_WELL = "known_well"


OURS = frozenset({Reason.THERAPIST_AWAY, Reason.BY_MISTAKE, Reason.NOT_SAFE})
"""Reasons that are the practice's own: nothing is asked of the client for them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for one kind of missed visit: a part of its price, or an amount."""

    percent: int = 0
    amount: Money = NOTHING

    def of(self, price: Money) -> Money:
        """Work it out for a visit of this price; the amount goes before the part."""
        return self.amount or price.share(self.percent, WHOLE)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a practice asks for visits missed or given up late; it asks nothing unless it says so."""

    notice_hours: int = NOTICE_HOURS
    late_cancel: Asked = Asked()
    no_show: Asked = Asked()


def terms_in(settings: Mapping[str, Any] | None) -> Terms:
    """Read the practice's settings that speak of missed visits."""
    told = (settings or {}).get("missed", {})
    return Terms(
        told.get("notice_hours", NOTICE_HOURS), _asked(told.get("late_cancel")), _asked(told.get("no_show"))
    )


def _asked(told: Mapping[str, int] | None) -> Asked:
    told = told or {}
    return Asked(told.get("percent", 0), Money(told.get("amount_cents", 0)))


def as_settings(terms: Terms) -> dict[str, Any]:
    """Write terms as the settings keep them."""
    return {
        "notice_hours": terms.notice_hours,
        "late_cancel": _told(terms.late_cancel),
        "no_show": _told(terms.no_show),
    }


def _told(asked: Asked) -> dict[str, int]:
    return {"amount_cents": asked.amount.cents} if asked.amount else {"percent": asked.percent}


def is_late(begins: datetime, now: datetime, terms: Terms) -> bool:
    """Tell whether a visit given up now is given up late; both are instants, so no clock change counts."""
    return begins - now < timedelta(hours=terms.notice_hours)


def fee(state: State, price: Money, terms: Terms) -> Money:
    """Work out what the practice asks for a visit in this state; it is never care, and never marked."""
    asked = {State.LATE_CANCEL: terms.late_cancel, State.NO_SHOW: terms.no_show}.get(state)
    return asked.of(price) if asked else NOTHING

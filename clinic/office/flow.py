"""The flow of the day where it stops short: visits given up or missed, the fee for them, and the free pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clinic.office import booking
from clinic.office.door import clean
from clinic.records import Appointment, Client, Treatment
from clinic.rules import calendar, missed
from clinic.rules.missed import OURS, Asked, Pass, Reason, Terms
from clinic.rules.permissions import Permission, Reach
from clinic.values import MISSED, AppointmentId, ClientId, Money, Refusal, State

if TYPE_CHECKING:
    from datetime import datetime

    from clinic.office.booking import Moved
    from clinic.storage.work import Work

__all__ = ["OURS", "Asked", "GivingUp", "Pass", "Reason", "Terms"]


@dataclass(frozen=True, slots=True)
class GivingUp:
    """What to know before a visit is given up."""

    appointment: AppointmentId
    client: ClientId
    name: str
    treatment: str
    at: datetime
    state: State
    late: bool
    hours: int
    """Of notice, as the practice asks for them."""
    fee: Money
    """What is asked if it is given up now."""
    may_change_terms: bool


def before_giving_up(work: Work, appointment: AppointmentId) -> GivingUp:
    """Say whether giving a visit up now is late, and what the practice asks then."""
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, appointment)
    client, treatment = work.get(Client, record.client), work.get(Treatment, record.treatment)
    terms = missed.terms_in(work.practice.settings)
    late = _is_late(work, record, terms)
    price = Money(treatment.price_cents)
    return GivingUp(
        appointment,
        ClientId(client.id),
        client.preferred_name or client.name,
        treatment.name,
        record.at,
        record.state,
        late,
        terms.notice_hours,
        missed.fee(State.LATE_CANCEL, price, terms) if late else Money(0),
        work.reach(Permission.PRACTICE_CHANGE) is not Reach.NONE,
    )


def give_up(work: Work, appointment: AppointmentId, *, reason: str, free: bool = False) -> Moved:
    """Cancel a visit: late where the notice has run out, unless the reason is the practice's own."""
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, appointment)
    why = _stated(reason)
    late = why not in OURS and _is_late(work, record, missed.terms_in(work.practice.settings))
    may_be_late = State.LATE_CANCEL in calendar.NEXT[record.state]
    to = State.LATE_CANCEL if late and may_be_late else State.CANCELLED
    before = booking.advance(work, appointment, to, reason=why)
    if free and to is State.LATE_CANCEL:
        record.fee_waived = why
    return before


def decline(work: Work, appointment: AppointmentId, *, reason: str) -> Moved:
    """Send a client home untreated because it would not be safe; nothing is asked for it."""
    work.require(Permission.CALENDAR_CHANGE)
    return booking.advance(work, appointment, State.DECLINED, reason=_stated(reason))


def waive(work: Work, appointment: AppointmentId, *, reason: str) -> AppointmentId:
    """Give a free pass: what the practice asks for a missed visit is not asked this time."""
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, appointment)
    if record.state not in MISSED:
        raise Refusal("wrong_state", at="state", state=record.state.value, to="waived")
    record.fee_waived = _stated(reason)
    return appointment


def ask_after_all(work: Work, appointment: AppointmentId) -> str:
    """Take a free pass back, and answer why it was given, for an undo."""
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, appointment)
    reason, record.fee_waived = record.fee_waived or "", None
    return reason


def terms(work: Work) -> Terms:
    """Tell what the practice asks for visits missed or given up late."""
    work.require(Permission.PRACTICE_SEE)
    return missed.terms_in(work.practice.settings)


def change_terms(work: Work, terms: Terms) -> Terms:
    """Ask something else from now on, and answer what was asked before, for an undo."""
    work.require(Permission.PRACTICE_CHANGE)
    settings: dict[str, Any] = dict(work.practice.settings or {})
    before = missed.terms_in(settings)
    work.practice.settings = settings | {"missed": missed.as_settings(terms)}
    return before


def _own(work: Work, appointment: AppointmentId) -> Appointment:
    record = work.get(Appointment, appointment)
    work.require(Permission.CALENDAR_CHANGE, staff=record.staff)
    return record


def _is_late(work: Work, record: Appointment, terms: Terms) -> bool:
    return missed.is_late(calendar.instant(record.at, work.zone), work.now, terms)


def _stated(reason: str) -> str:
    """Take a reason that was given; none is refused, for nobody could read later why."""
    stated = clean(reason, at="reason")
    if stated is None:
        raise Refusal("reason_missing", at="reason")
    return stated

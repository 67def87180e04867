"""Slots: what an appointment would hold, what stands in its way, and what is worth a look before it is held."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from clinic.records import Appointment, Treatment
from clinic.rules import calendar
from clinic.rules import openings as rules
from clinic.rules import slots as finder
from clinic.values import HOLDING, State
from clinic.workroom import free_times, openings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clinic.records import Staff
    from clinic.storage.work import Work
    from clinic.values import ClientId, RoomId, StaffId, TreatmentId


# Put together once: it is asked for each time that is looked at.
_NEAR = (
    select(Appointment)
    .where(
        Appointment.held_from < bindparam("ends"),
        Appointment.held_from > bindparam("longest"),
        Appointment.held_to > bindparam("begins"),
        Appointment.state.in_(HOLDING),
        Appointment.id != bindparam("id"),
    )
    .limit(1)
)
_TAKEN = {
    "staff": _NEAR.where(Appointment.staff == bindparam("key")),
    "room": _NEAR.where(Appointment.room == bindparam("key")),
}


def wanted(
    work: Work,
    *,
    client: ClientId,
    treatment: TreatmentId,
    staff: StaffId,
    at: datetime,
    room: RoomId | None = None,
    minutes: int | None = None,
    sites: Sequence[str] = (),
    products: Sequence[str] = (),
) -> Appointment:
    """Put an appointment together with all it would hold; nothing is kept yet."""
    offered = work.get(Treatment, treatment)
    length = minutes or offered.minutes
    taken = calendar.held(at, length, offered.buffer_before or 0, offered.buffer_after or 0, work.zone)
    return Appointment(
        id=work.new_id(),
        client=client,
        staff=staff,
        room=room,
        treatment=treatment,
        at=at,
        minutes=length,
        state=State.CONFIRMED,
        sites=list(sites) or None,
        products=list(products) or None,
        held_from=taken.start,
        held_to=taken.end,
    )


def clash(work: Work, appointment: Appointment) -> tuple[str, Appointment] | None:
    """Find who or what is taken at the time an appointment wants: the side, and what holds it."""
    times = {
        "id": appointment.id,
        "begins": appointment.held_from,
        "ends": appointment.held_to,
        "longest": appointment.held_from - 1440,
    }
    for side, asked in _TAKEN.items():
        key = getattr(appointment, side)
        if key is None:
            continue
        other = work.session.scalars(asked, {**times, "key": key}).first()
        if other is not None:
            return side, other
    return None


def warnings(
    work: Work, therapist: Staff, at: datetime, minutes: int, appointment: Appointment | None = None
) -> tuple[str, ...]:
    """Name what is worth a look: a day gone by, outside the hours, papers at an end, too much for a day."""
    found = ["W-PAST"] if at.date() < work.today else []
    found += [] if appointment is None else _beyond(work, therapist, appointment)
    span = calendar.wall_span(at, minutes)
    hours = rules.open_on(at.date(), openings.house_hours(work), openings.hours_of(therapist))
    if not any(open_.start <= span.start and span.end <= open_.end for open_ in hours):
        found.append("W-HOURS")
    found += _credentials(therapist, at.date())
    return tuple(found)


def _credentials(therapist: Staff, on: date) -> list[str]:
    """Name what the papers of a therapist lack on a day (domain.md G1 and G3); nothing on file is a warning too."""
    certificate, policies = therapist.certificate, therapist.policies or []
    found = []
    if not certificate:
        found.append("W-CERTIFICATE-MISSING")
    elif certificate.get("expires") and date.fromisoformat(certificate["expires"]) < on:
        found.append("W-CERTIFICATE-EXPIRED")
    in_force = {
        policy["type"]
        for policy in policies
        if date.fromisoformat(policy["effective"]) <= on <= date.fromisoformat(policy["expires"])
    }
    if not policies:
        found.append("W-INS-MISSING")
    elif {policy["type"] for policy in policies} - in_force:
        found.append("W-INS-EXPIRED")
    return found


def _beyond(work: Work, therapist: Staff, appointment: Appointment) -> list[str]:
    """Name what the finder of free times would not have offered: no training, or more than is enough."""
    want = free_times.wanted(work.get(Treatment, appointment.treatment), appointment.minutes)
    found = []
    if free_times.may_give(therapist, want) is False:
        found.append("W-SKILL")
    if therapist.limits:
        day = free_times.taken_on(work, therapist.id, appointment.at.date(), appointment.id)
        if finder.too_much(free_times.enough(therapist), day, want):
            found.append("W-ENOUGH")
    return found

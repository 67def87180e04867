"""Booking: an appointment is made, moved on through its day, moved to another time, or given up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from clinic.office import clients, flags, wishes
from clinic.office.door import clean
from clinic.records import Appointment, Client, Room, Staff, Treatment
from clinic.rules import calendar
from clinic.rules.permissions import Permission, Reach
from clinic.values import (
    AHEAD,
    HOLDING,
    NOT_BEGUN,
    TREATING,
    AppointmentId,
    ClientId,
    Refusal,
    RoomId,
    StaffId,
    State,
    TreatmentId,
)
from clinic.workroom import gate, openings, slots, standings, steps

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from clinic.rules.contraindications import Override
    from clinic.storage.work import Work


MOVABLE = NOT_BEGUN
"""States in which a visit may still be given another time or therapist."""
CHANGEABLE = AHEAD
"""States in which it may still be given another room or length."""
UNDONE = "undone"
"""Why a booking that was taken back is cancelled; days do not list it."""


@dataclass(frozen=True, slots=True)
class Booked:
    """A time is held; the warnings are worth a look and stop nothing."""

    appointment: AppointmentId
    state: State
    warnings: tuple[str, ...]
    flags: Mapping[str, Any] = field(default_factory=dict)
    """What the rules say of it, as far as whoever booked it may read."""
    asked: bool = False
    """Whether a clinician is to be asked before it can take place."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What an appointment was before it changed, for an undo."""

    appointment: AppointmentId
    state: State
    at: datetime
    staff: StaffId
    room: RoomId | None
    reason: str | None
    fee_waived: str | None
    steps: tuple[str, ...]
    """The steps it had taken until then."""
    minutes: int
    sites: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    on_closed_time: bool = False
    """Whether a block had been laid over it: it waited there to be moved."""


def book(
    work: Work,
    *,
    client: ClientId,
    treatment: TreatmentId,
    staff: StaffId,
    at: datetime,
    room: RoomId | None = None,
    minutes: int | None = None,
    sites: Collection[str] = (),
    products: Sequence[str] = (),
    overrides: Sequence[Override] = (),
) -> Booked:
    """Hold a therapist, and a room if one is named; a taken time is refused with who and when.

    What the rules hold is booked as tentative, what they put off is refused; nobody books past an emergency.
    """
    work.require(Permission.CALENDAR_CHANGE, staff=staff)
    therapist = work.get(Staff, staff)
    if therapist.role not in TREATING:
        raise Refusal("not_a_therapist", at="staff")
    if work.get(Client, client).archived_on is not None:
        raise Refusal("client_archived", at="client")
    if room is not None:
        work.get(Room, room)
    if work.get(Treatment, treatment).active is False:
        raise Refusal("treatment_retired", at="treatment")
    appointment = slots.wanted(
        work,
        client=client,
        treatment=treatment,
        staff=staff,
        at=at,
        room=room,
        minutes=minutes,
        sites=wishes.areas(sites),
        products=wishes.goods(products),
    )
    _refuse_unfree(work, appointment)
    judged, left = gate.at_booking(work, appointment, overrides)
    work.add(appointment)
    work.flush()
    asked = gate.booked(work, appointment, judged, left, overrides)
    whole = work.reach(Permission.FLAGS_SEE) is not Reach.LIMITED
    return Booked(
        AppointmentId(appointment.id),
        appointment.state,
        slots.warnings(work, therapist, at, appointment.minutes, appointment),
        flags.answer_to(judged.outcome, whole=whole),
        asked=asked,
    )


def book_first(
    work: Work,
    *,
    given_name: str,
    family_name: str,
    phone: str,
    treatment: TreatmentId,
    staff: StaffId,
    at: datetime,
    room: RoomId | None = None,
    minutes: int | None = None,
    sites: Collection[str] = (),
    products: Sequence[str] = (),
    overrides: Sequence[Override] = (),
) -> tuple[ClientId, Booked]:
    """Take on somebody new and hold their first visit, both or neither."""
    work.require(Permission.CALENDAR_CHANGE, staff=staff)
    client = clients.create(work, given_name=given_name, family_name=family_name, phone=phone)
    work.flush()
    return client, book(
        work,
        client=client,
        treatment=treatment,
        staff=staff,
        at=at,
        room=room,
        minutes=minutes,
        sites=sites,
        products=products,
        overrides=overrides,
    )


def _refuse_unfree(
    work: Work, wanted: Appointment, *, back: bool = False, on_closed_time: bool = False
) -> None:
    """Refuse a time that is taken or blocked, or comes after the therapist has left.

    What goes back to somebody who leaves, or to time that was closed over it, stood there before: it waits
    there again to be handed over.
    """
    _refuse_taken(work, wanted)
    left = work.get(Staff, wanted.staff).left_on
    if left is not None and wanted.at.date() >= left and not back:
        raise Refusal("has_left", at="staff", left=left)
    stands = openings.blocked(work, wanted)
    if stands is not None and not on_closed_time:
        block, span = stands
        by = "staff" if block.staff else "room" if block.room else "practice"
        at = "room" if block.room else "staff"
        raise Refusal("blocked", at=at, by=by, kind=block.kind.value, start=span.start, end=span.end)


def _refuse_taken(work: Work, wanted: Appointment) -> None:
    """Say who has the time and when; the database would refuse it too, in fewer words."""
    found = slots.clash(work, wanted)
    if found is not None:
        side, other = found
        end = calendar.ends(other.at, other.minutes, work.zone)
        raise Refusal("slot_taken", at=side, by=side, start=other.at, end=end)


def _moved(work: Work, appointment: Appointment) -> Moved:
    return Moved(
        AppointmentId(appointment.id),
        appointment.state,
        appointment.at,
        StaffId(appointment.staff),
        RoomId(appointment.room) if appointment.room else None,
        appointment.reason,
        appointment.fee_waived,
        steps.of(work, appointment.id),
        appointment.minutes,
        tuple(appointment.sites or ()),
        tuple(appointment.products or ()),
    )


def as_it_stands(work: Work, appointment: AppointmentId) -> Moved:
    """Tell how a visit stands now, for an undo of what is about to be done to it."""
    work.require(Permission.CALENDAR_CHANGE)
    return _moved(work, _own(work, appointment))


def advance(
    work: Work,
    appointment: AppointmentId,
    to: State,
    *,
    reason: str = "",
    overrides: Sequence[Override] = (),
    applied: Collection[str] = (),
) -> Moved:
    """Move a visit on: arrived, in treatment, done, or given up, and answer what it was, for an undo.

    Nobody is treated without the quick check of the day, nor against what it and the rest on file say, nor
    before the therapist has ticked as applied what the rules ask to adapt.
    """
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, appointment)
    before = _moved(work, record)
    calendar.move_on(record.state, to)
    if to is State.DONE and record.at > work.wall:
        raise Refusal("not_yet", at="state")
    gate.at_step(work, record, to, overrides, applied)
    steps.take(work, record, to)
    if reason:
        record.reason = clean(reason, at="reason")
    return before


def move(
    work: Work,
    appointment: AppointmentId,
    *,
    at: datetime,
    staff: StaffId | None = None,
    room: RoomId | None = None,
    minutes: int | None = None,
    no_room: bool = False,
    sites: Collection[str] | None = None,
    products: Sequence[str] | None = None,
    overrides: Sequence[Override] = (),
) -> Moved:
    """Give an appointment another time, length, therapist or room, and answer where it was, for an undo.

    Without a room named it keeps its own, unless it is to have none; areas and products stay what they were
    unless they are named anew. It is judged for its new day: what the rules hold there is held, what they put
    off is refused.
    """
    work.require(Permission.CALENDAR_CHANGE, staff=staff)
    record = _own(work, appointment)
    before = replace(_moved(work, record), on_closed_time=openings.blocked(work, record) is not None)
    elsewhere = (at, staff or record.staff) != (record.at, record.staff)
    if record.state not in (MOVABLE if elsewhere else CHANGEABLE):
        raise Refusal("wrong_state", at="state", state=record.state.value, to="moved")
    if staff is not None and work.get(Staff, staff).role not in TREATING:
        raise Refusal("not_a_therapist", at="staff")
    offered = work.get(Treatment, record.treatment)
    record.minutes = minutes or record.minutes
    taken = calendar.held(
        at, record.minutes, offered.buffer_before or 0, offered.buffer_after or 0, work.zone
    )
    record.at, record.held_from, record.held_to = at, taken.start, taken.end
    record.staff = staff or record.staff
    record.room = None if no_room else room or record.room
    if sites is not None:
        record.sites = wishes.areas(sites) or None
    if products is not None:
        record.products = wishes.goods(products) or None
    _refuse_unfree(work, record)
    gate.at_move(work, record, overrides)
    work.flush()
    return before


def put_back(work: Work, before: Moved) -> None:
    """Undo a move or a step of the day: the appointment is again what it was, if its time is still free."""
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, before.appointment)
    stays = record.state in HOLDING and _place(record) == _place(before)
    offered = work.get(Treatment, record.treatment)
    record.minutes = before.minutes
    taken = calendar.held(
        before.at, before.minutes, offered.buffer_before or 0, offered.buffer_after or 0, work.zone
    )
    record.state, record.at, record.reason = before.state, before.at, before.reason
    record.fee_waived = before.fee_waived
    steps.go_back(work, record.id, before.steps)
    record.staff, record.room = before.staff, before.room
    record.sites, record.products = list(before.sites) or None, list(before.products) or None
    record.held_from, record.held_to = taken.start, taken.end
    if record.state in HOLDING and not stays:  # a block may have been laid over a visit that stays
        _refuse_unfree(work, record, back=True, on_closed_time=before.on_closed_time)
    work.flush()
    standings.judge_again(work, record.client)


def _place(held: Appointment | Moved) -> tuple[datetime, int, str, str | None]:
    return held.at, held.minutes, held.staff, held.room


def take_back(work: Work, appointment: AppointmentId, *, client: ClientId | None = None) -> None:
    """Undo a booking: the time is free again, a client taken on with it is put away, and the story stays."""
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, appointment)
    calendar.move_on(record.state, State.CANCELLED)
    record.state, record.reason = State.CANCELLED, UNDONE
    if client is not None:
        clients.archive(work, client)


def _own(work: Work, appointment: AppointmentId) -> Appointment:
    record = work.get(Appointment, appointment)
    work.require(Permission.CALENDAR_CHANGE, staff=record.staff)
    return record

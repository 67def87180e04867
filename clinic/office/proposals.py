"""Proposals: what a booking starts from, and what would become of it before it is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.office import plans
from clinic.records import Appointment, Client, Room, Staff, Treatment
from clinic.rules import annual, calendar, counting, necessity
from clinic.rules.permissions import Permission, Reach
from clinic.values import (
    HOLDING,
    TREATING,
    AppointmentId,
    BlockKind,
    ClientId,
    Money,
    Purpose,
    RoomId,
    Span,
    StaffId,
    State,
    Technique,
    TreatmentId,
)
from clinic.workroom import facts, free_times, ledgers, openings, sheets, slots

if TYPE_CHECKING:
    from clinic.office.plans import WithPt
    from clinic.storage.work import Work

USUAL_WEEKS, MOST_WEEKS = 2, 4
"""How far apart visits are proposed where nothing else is known, and at most."""
ASKED = ("phone", "born", "email", "emergency")
"""What the practice wants to know of everybody sooner or later."""
TRIED_WEEKS = 8
"""How many weeks are looked at for the usual hour, or one near it, before it is proposed though it is taken."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A treatment as the booking panel lists it."""

    id: TreatmentId
    name: str
    technique: Technique
    minutes: int
    price: Money


@dataclass(frozen=True, slots=True)
class Choices:
    """What a booking can be put together from, by the one who asks."""

    now: datetime
    treatments: tuple[Offered, ...]
    therapists: tuple[tuple[StaffId, str], ...]
    rooms: tuple[tuple[RoomId, str], ...]
    me: StaffId | None
    """The one who asks, where they give visits themselves."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What somebody usually has, from their last visit."""

    client: ClientId
    name: str
    phone: str | None
    last: datetime | None
    next: datetime | None
    treatment: TreatmentId | None = None
    staff: StaffId | None = None
    room: RoomId | None = None
    minutes: int | None = None
    again: datetime | None = None
    """The usual hour, the usual weeks after the last visit, where it is free."""
    missing: tuple[str, ...] = ()
    """What is still to be asked of them, by the name of its field."""
    sites: tuple[str, ...] = ()
    """The areas that were asked for then, and the products."""
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """Who or what already holds the time, and for whom."""

    side: str
    name: str
    start: datetime
    end: datetime
    client_name: str


@dataclass(frozen=True, slots=True)
class Blockage:
    """What keeps visits away at the time: the therapist's block, the room's, or the practice's."""

    by: str
    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of a booking."""

    start: datetime
    end: datetime
    taken: Taken | None
    warnings: tuple[str, ...]
    letter: str
    """The letter that would stand behind it; empty where none does."""
    visit: int | None = None
    visits: int | None = None
    valid_to: date | None = None
    codes: tuple[str, ...] = ()
    """Why no letter would."""
    letters_seen: bool = True
    blocked: Blockage | None = None
    pt: WithPt | None = None
    """Physical therapy on the same day, and what it asks for."""


def choices(work: Work) -> Choices:
    """List what can be booked, with whom and where; a therapist books for themselves."""
    granted = work.require(Permission.CALENDAR_CHANGE)
    therapists = [
        (StaffId(person.id), person.name)
        for person in work.session.scalars(select(Staff).order_by(Staff.name))
        if person.role in TREATING and (granted is Reach.ALL or person.id == work.actor.staff)
    ]
    offers = work.session.scalars(select(Treatment).order_by(Treatment.name, Treatment.minutes))
    rooms = work.session.scalars(select(Room).order_by(Room.name))
    return Choices(
        work.wall,
        tuple(
            Offered(TreatmentId(o.id), o.name, o.technique, o.minutes, Money(o.price_cents))
            for o in offers
            if o.active is not False
        ),
        tuple(therapists),
        tuple((RoomId(room.id), room.name) for room in rooms),
        work.actor.staff if any(key == work.actor.staff for key, _ in therapists) else None,
    )


def usual(work: Work, client: ClientId, *, like: AppointmentId | None = None) -> Usual:
    """Tell what somebody usually has: as at their last visit, or at the one named."""
    granted = work.require(Permission.CLIENT_SEE, client=client)
    work.require(Permission.CALENDAR_SEE)
    person = work.get(Client, client)
    asked = select(Appointment).where(Appointment.client == client, Appointment.state.in_(HOLDING))
    held = work.session.scalars(asked.order_by(Appointment.at, Appointment.id)).all()
    before = [visit for visit in held if visit.at <= work.wall or visit.state is State.DONE]
    ahead = [visit for visit in held if visit.at > work.wall and visit.state is not State.DONE]
    last, following = (before[-1].at if before else None), (ahead[0].at if ahead else None)
    phone = person.phone if granted is not Reach.LIMITED else None
    missing = (
        tuple(name for name in ASKED if not getattr(person, name)) if granted is not Reach.LIMITED else ()
    )
    if like is None and not held:
        return Usual(client, person.name, phone, last, following, missing=missing)
    model = work.get(Appointment, like) if like else (before or held)[-1]
    offered = work.get(Treatment, model.treatment).active is not False
    return Usual(
        client,
        person.name,
        phone,
        last,
        following,
        TreatmentId(model.treatment) if offered else None,
        StaffId(model.staff),
        RoomId(model.room) if model.room else None,
        model.minutes if offered else None,
        _again(work, model, [visit.at for visit in before]),
        missing,
        tuple(model.sites or ()),
        tuple(model.products or ()),
    )


def of_visit(work: Work, appointment: AppointmentId) -> Usual:
    """Tell what a visit is booked for, to change it."""
    work.require(Permission.CALENDAR_CHANGE)
    record = work.get(Appointment, appointment)
    work.require(Permission.CALENDAR_CHANGE, staff=record.staff)
    return replace(
        usual(work, ClientId(record.client), like=appointment),
        again=record.at,
        treatment=TreatmentId(record.treatment),
        minutes=record.minutes,
    )


def _again(work: Work, model: Appointment, visits: list[datetime]) -> datetime:
    """Propose the hour of a visit again, as many weeks on as the last two were apart, the first that is free.

    Where none is, the free time nearest to it.
    """
    days = [visit.date() for visit in visits if visit.date() <= model.at.date()]
    apart = round((days[-1] - days[-2]).days / 7) if len(days) > 1 else USUAL_WEEKS
    first = model.at + timedelta(weeks=min(max(apart, 1), MOST_WEEKS))
    while first <= work.wall:
        first += timedelta(weeks=1)
    weeks = [first + timedelta(weeks=week) for week in range(TRIED_WEEKS)]
    free = (at for at in weeks if calendar.exists(at, work.zone) and _is_free(work, model, at))
    return next(free, None) or next((at for each in weeks for at in _nearby(work, model, each)), first)


def _nearby(work: Work, model: Appointment, wished: datetime) -> list[datetime]:
    """List the times of a day that are free for such a visit, those nearest the wished hour first."""
    found = free_times.find(
        work,
        free_times.wanted(work.get(Treatment, model.treatment), model.minutes),
        free_times.therapists(work, StaffId(model.staff)),
        wished.date(),
        wished.date(),
        after=work.wall,
    )
    times = sorted({slot.at for slot in found}, key=lambda at: (abs(at - wished), at))
    return [at for at in times if _is_free(work, model, at)]


def _is_free(work: Work, model: Appointment, at: datetime) -> bool:
    """Tell whether a visit like this one could be at another time."""
    appointment = slots.wanted(
        work,
        client=ClientId(model.client),
        treatment=TreatmentId(model.treatment),
        staff=StaffId(model.staff),
        room=RoomId(model.room) if model.room else None,
        at=at,
        minutes=model.minutes,
    )
    return slots.clash(work, appointment) is None and openings.blocked(work, appointment) is None


def foresee(
    work: Work,
    *,
    treatment: TreatmentId,
    staff: StaffId,
    at: datetime,
    client: ClientId | None = None,
    room: RoomId | None = None,
    minutes: int | None = None,
    visit: AppointmentId | None = None,
) -> Foreseen:
    """Say what would become of a booking: who is in the way, what to look at, which letter would stand behind.

    A visit that is booked already, and only changed, is not in its own way.
    """
    work.require(Permission.CALENDAR_SEE, client=client)
    who = client or ClientId("")
    appointment = slots.wanted(
        work, client=who, treatment=treatment, staff=staff, at=at, room=room, minutes=minutes
    )
    appointment.id = visit or appointment.id
    end = calendar.ends(at, appointment.minutes, work.zone)
    found = slots.clash(work, appointment)
    warned = slots.warnings(work, work.get(Staff, staff), at, appointment.minutes, appointment)
    seen = work.reach(Permission.LETTER_SEE) is not Reach.NONE
    foreseen = Foreseen(
        at,
        end,
        _taken(work, *found) if found else None,
        warned,
        "",
        letters_seen=seen,
        blocked=_blockage(work, appointment),
        pt=plans.with_pt(work, client, at, appointment.minutes) if client else None,
    )
    if not seen:
        return foreseen
    if client is None:
        return replace(foreseen, codes=("E-NOLMN",))
    return _under_letter(work, appointment, foreseen)


def _blockage(work: Work, appointment: Appointment) -> Blockage | None:
    found = openings.blocked(work, appointment)
    if found is None:
        return None
    block, span = found
    return Blockage("staff" if block.staff else "room" if block.room else "practice", block.kind, span)


def _taken(work: Work, side: str, other: Appointment) -> Taken:
    name = work.get(Staff, other.staff).name if side == "staff" else work.get(Room, other.room or "").name
    whose = work.get(Client, other.client)
    seen = work.reach(Permission.CALENDAR_SEE) is Reach.ALL or other.staff == work.actor.staff
    end = calendar.ends(other.at, other.minutes, work.zone)
    return Taken(side, name, other.at, end, (whose.preferred_name or whose.name) if seen else "")


def _under_letter(work: Work, appointment: Appointment, so_far: Foreseen) -> Foreseen:
    """Put the visit under the client's letters as if it took place with all those already booked."""
    _, history = next(ledgers.histories(work, [appointment.client]))
    treatment = work.get(Treatment, appointment.treatment)
    visit = counting.Visit(
        AppointmentId(appointment.id),
        ClientId(appointment.client),
        appointment.at,
        appointment.state,
        StaffId(appointment.staff),
        treatment.purpose,
        treatment.technique,
        appointment.minutes,
    )
    policy = facts.policy_of(work.practice.settings)
    others = (each for each in history.visits if each.id != visit.id)
    stands = counting.stand(
        (*others, visit),
        annual.supporting(history.letters),
        history.person.patient,
        {therapist.name for therapist in facts.therapists_of(work).values()},
        policy,
        as_booked=True,
    )
    stand = stands[visit.id]
    codes = set(stand.bars) | ({"E-PURPOSE"} if visit.purpose is Purpose.RELAXATION else set())
    if stand.letter is None or codes:
        return replace(so_far, codes=tuple(sorted(codes)))
    window = necessity.window(stand.letter, policy.lmn_retro_days)
    return replace(
        so_far,
        letter=sheets.called(stand.letter),
        visit=stand.visit,
        visits=stand.letter.max_visits,
        valid_to=window.end if window else None,
    )

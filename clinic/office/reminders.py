"""Reminders: whom to call about the next days, who is due to come again, and what came of trying."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from clinic.office import booking
from clinic.office.needs import NAMED, name_of
from clinic.records import Appointment, Attempt, Client, Plan, Staff
from clinic.rules import openings as opening_rules
from clinic.rules import reminding
from clinic.rules.permissions import Permission, Reach
from clinic.values import AHEAD, COMING, AppointmentId, ClientId, Outcome, Refusal, StaffId, State
from clinic.workroom import openings

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Row

    from clinic.office.booking import Moved
    from clinic.storage.work import Work

TRIED_DAYS = 30
"""How long an attempt at bringing somebody back is shown."""
REACHED = frozenset({Outcome.CONFIRMED, Outcome.CANCELLED})


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt at reaching somebody."""

    outcome: Outcome
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to reach: about a visit ahead, or about coming again."""

    client: ClientId
    name: str
    phone: str | None
    email: str | None
    staff: StaffId
    staff_name: str
    tried: tuple[Tried, ...]
    appointment: AppointmentId | None = None
    at: datetime | None = None
    """When the visit is; None where it is about coming again."""
    state: State | None = None
    last: date | None = None
    every: int = 0
    """Days between two visits, as the plan has it or as is usual."""
    planned: bool = False
    """Whether a plan says so."""

    @property
    def reached(self) -> bool:
        """Whether nothing more is to be done."""
        return any(each.outcome in REACHED for each in self.tried)


@dataclass(frozen=True, slots=True)
class Lists:
    """The day's lists."""

    today: date
    days: tuple[date, ...]
    """The working days whose visits are confirmed now."""
    visits: tuple[Call, ...]
    again: tuple[Call, ...]
    left_alone: int
    """How many asked not to be contacted."""
    may_change: bool
    may_write_templates: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """An attempt that was kept, and what the visit was before, for an undo."""

    attempt: str
    before: Moved | None


def lists(work: Work) -> Lists:
    """List whom to reach today; a therapist sees their own. Whoever asked not to be contacted is left out."""
    granted = work.require(Permission.CALENDAR_SEE)
    house = openings.house_hours(work)
    days = reminding.days_to_call(
        work.today, lambda day: bool(opening_rules.open_on(day, house, opening_rules.Hours()))
    )
    visits = _visits(work, days, granted) if days else []
    again = _due(work, granted)
    told = [row for row in (*visits, *again) if not row.do_not_contact]
    tried = _tried(work, {row.client for row in told})
    every = _plans(work, {row.client for row in again})
    return Lists(
        work.today,
        days,
        tuple(_visit(row, tried) for row in visits if not row.do_not_contact),
        tuple(
            sorted(
                (
                    call
                    for row in again
                    if not row.do_not_contact and (call := _again(row, tried, every, work.today)) is not None
                ),
                key=lambda call: (call.last or work.today) + timedelta(days=call.every),
            )
        ),
        len({row.client for row in (*visits, *again) if row.do_not_contact}),
        work.reach(Permission.CALENDAR_CHANGE) is not Reach.NONE,
        work.reach(Permission.PRACTICE_CHANGE) is not Reach.NONE,
    )


PERSON = (*NAMED, Client.phone, Client.email, Client.do_not_contact)


def _visits(work: Work, days: Collection[date], granted: Reach) -> list[Row[Any]]:
    begin, end = datetime.combine(min(days), time()), datetime.combine(max(days), time())
    question = (
        select(
            *PERSON,
            Appointment.id,
            Appointment.at,
            Appointment.state,
            Staff.id.label("staff"),
            Staff.name.label("therapist"),
        )
        .join(Appointment, Appointment.client == Client.id)
        .join(Staff, Staff.id == Appointment.staff)
        .where(
            Appointment.at >= begin,
            Appointment.at < end + timedelta(days=1),
            Appointment.state.in_(COMING),
        )
        .order_by(Appointment.at, Appointment.id)
    )
    if granted is Reach.OWN:
        question = question.where(Appointment.staff == work.actor.staff)
    return list(work.run(question))


def _due(work: Work, granted: Reach) -> list[Row[Any]]:
    """Ask for those who came lately, and are not booked again."""
    since = datetime.combine(work.today - timedelta(days=reminding.GONE_DAYS), time())
    ahead = aliased(Appointment)
    booked = exists().where(
        ahead.client == Client.id,
        ahead.at >= work.wall,
        ahead.state.in_(AHEAD),
    )
    # SQLite hands out the other columns of the row that has the greatest day.
    question = (
        select(
            *PERSON,
            func.max(Appointment.at).label("last"),
            Staff.id.label("staff"),
            Staff.name.label("therapist"),
        )
        .join(Appointment, Appointment.client == Client.id)
        .join(Staff, Staff.id == Appointment.staff)
        .where(
            Client.archived_on.is_(None),
            Appointment.at >= since,
            Appointment.at < work.wall,
            Appointment.state == State.DONE,
            ~booked,
        )
        .group_by(Client.id)
    )
    if granted is Reach.OWN:
        question = question.where(Appointment.staff == work.actor.staff)
    return list(work.run(question))


def _plans(work: Work, clients: Collection[str]) -> dict[str, int]:
    """Read how often the newest plan of each client lets them come; the plan itself stays on the chart."""
    asked = select(Plan.client, Plan.times, Plan.weeks).where(Plan.client.in_(clients))
    return {
        row.client: reminding.every(row.times, row.weeks) for row in work.run(asked.order_by(Plan.begins_on))
    }


def _tried(work: Work, clients: Collection[str]) -> dict[tuple[str, str | None], list[Tried]]:
    since = work.now - timedelta(days=TRIED_DAYS)
    asked = (
        select(Attempt.client, Attempt.appointment, Attempt.outcome, Attempt.at, Staff.name)
        .outerjoin(Staff, Staff.id == Attempt.by)
        .where(Attempt.client.in_(clients), Attempt.at >= since)
        .order_by(Attempt.at)
    )
    found: dict[tuple[str, str | None], list[Tried]] = defaultdict(list)
    for row in work.run(asked):
        wall = row.at.astimezone(work.zone).replace(tzinfo=None)
        found[row.client, row.appointment].append(Tried(row.outcome, wall, row.name or ""))
    return found


def _visit(row: Row[Any], tried: Mapping[tuple[str, str | None], list[Tried]]) -> Call:
    return Call(
        ClientId(row.client),
        name_of(row),
        row.phone,
        row.email,
        StaffId(row.staff),
        row.therapist,
        tuple(tried.get((row.client, row.id), ())),
        AppointmentId(row.id),
        row.at,
        row.state,
    )


def _again(
    row: Row[Any],
    tried: Mapping[tuple[str, str | None], list[Tried]],
    every: Mapping[str, int],
    today: date,
) -> Call | None:
    last = row.last.date()
    days = every.get(row.client, reminding.EVERY_DAYS)
    if not reminding.is_due(last, days, today):
        return None
    lately = tuple(each for each in tried.get((row.client, None), ()) if each.at.date() >= last)
    return Call(
        ClientId(row.client),
        name_of(row),
        row.phone,
        row.email,
        StaffId(row.staff),
        row.therapist,
        lately,
        last=last,
        every=days,
        planned=row.client in every,
    )


def record(
    work: Work,
    *,
    outcome: Outcome,
    client: ClientId,
    appointment: AppointmentId | None = None,
) -> Recorded:
    """Keep what came of an attempt; who confirms a tentative visit has it confirmed."""
    work.require(Permission.CALENDAR_CHANGE)
    if appointment is None:
        work.require(Permission.CLIENT_SEE, client=client)
    else:
        visit = work.get(Appointment, appointment)
        work.require(Permission.CALENDAR_CHANGE, staff=visit.staff)
        client = ClientId(visit.client)
    if work.get(Client, client).do_not_contact:
        raise Refusal("do_not_contact", at="client")
    before = None
    if appointment is not None and outcome is Outcome.CONFIRMED and visit.state is State.TENTATIVE:
        before = booking.advance(work, appointment, State.CONFIRMED)
    attempt = Attempt(
        id=work.new_id(),
        client=client,
        appointment=appointment,
        outcome=outcome,
        at=work.now,
        by=work.actor.staff,
    )
    work.add(attempt)
    return Recorded(attempt.id, before)


def take_back(work: Work, recorded: Recorded) -> None:
    """Undo an attempt, with the confirmation it brought."""
    work.require(Permission.CALENDAR_CHANGE)
    attempt = work.get(Attempt, recorded.attempt)
    work.require(Permission.CLIENT_SEE, client=attempt.client)
    if recorded.before is not None:
        booking.put_back(work, recorded.before)
    work.session.delete(attempt)

"""What falls due: papers of the practice that end or have ended, and series whose measures are to be taken again."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.office.needs import NAMED, Item, Why, name_of
from clinic.records import Appointment, Client, Note, Plan, Staff
from clinic.rules import credentials, plans
from clinic.rules.credentials import Paper
from clinic.rules.outcomes import Tool
from clinic.rules.permissions import Permission, Reach
from clinic.values import HOLDING, TREATING, AppointmentId, ClientId, StaffId, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Row

    from clinic.storage.work import Work

FOLLOWED = (
    Plan.begins_on,
    Plan.visits,
    Plan.times,
    Plan.weeks,
    Plan.minutes,
    Plan.review_every,
    Plan.treatment,
)
LET_GO = timedelta(days=180)
"""An insurance that ended so long ago, beside one that stands, is not wanted any more."""


def papers(work: Work) -> tuple[Item, ...]:
    """Name the certificates, insurances and registrations on a rung of their ladder; a therapist sees their own."""
    granted = work.require(Permission.CALENDAR_SEE)
    return tuple(_papers(work, granted))


def _papers(work: Work, granted: Reach) -> Iterator[Item]:
    renews = work.reach(Permission.PRACTICE_CHANGE) is not Reach.NONE
    for person in work.session.scalars(select(Staff).order_by(Staff.name)):
        others = granted is Reach.OWN and person.id != work.actor.staff
        if others or person.role not in TREATING:
            continue
        staff = StaffId(person.id) if renews else None
        until = _day(person.certificate)
        if credentials.rung(Paper.CERTIFICATE, until, work.today) is not None:
            yield Item(Why.CERTIFICATE_ENDS, person.name, staff, on=until)
        for kind, ends in _insured(person.policies or (), work.today):
            if credentials.rung(Paper.POLICY, ends, work.today) is not None:
                yield Item(Why.POLICY_ENDS, person.name, staff, on=ends, what=kind)
    if renews:
        for registration in work.practice.registrations or ():
            until = _day(registration)
            if credentials.rung(Paper.REGISTRATION, until, work.today) is not None:
                yield Item(Why.REGISTRATION_ENDS, str(registration.get("city", "")), on=until)


def _day(paper: Mapping[str, Any] | None) -> date | None:
    ends = (paper or {}).get("expires")
    return date.fromisoformat(ends) if ends else None


def _insured(policies: Sequence[Mapping[str, Any]], today: date) -> list[tuple[str, date]]:
    """Tell of each kind of insurance when the last one of it ends; two kinds stand side by side (`domain.md` G3)."""
    last: dict[str, date] = {}
    for policy in policies:
        kind, ends = str(policy.get("type", "")), date.fromisoformat(policy["expires"])
        last[kind] = max(ends, last.get(kind, ends))
    stands = any(ends >= today for ends in last.values())
    return sorted((kind, ends) for kind, ends in last.items() if not stands or ends >= today - LET_GO)


def reviews(work: Work) -> tuple[Item, ...]:
    """Name the clients of one's own plans whose measures are to be taken again at the next visit."""
    work.require(Permission.NOTE_READ)
    return tuple(_reviews(work))


def _reviews(work: Work) -> Iterator[Item]:
    asked = (
        select(*NAMED, *FOLLOWED)
        .join(Client, Client.id == Plan.client)
        .where(
            Plan.ended_on.is_(None),
            Plan.review_every.is_not(None),
            Plan.written_by == work.actor.staff,
            Client.archived_on.is_(None),
        )
        .order_by(Plan.begins_on, Plan.id)
    )
    followed = work.run(asked).all()
    if not followed:
        return
    visits = _visits(work, [plan.client for plan in followed], min(plan.begins_on for plan in followed))
    for plan in followed:
        own = [
            visit
            for visit in visits[plan.client]
            if visit.at.date() >= plan.begins_on and plan.treatment in {None, visit.treatment}
        ]
        done = [visit for visit in own if visit.state is State.DONE]
        ahead = [visit for visit in own if visit.state is not State.DONE and visit.at >= work.wall]
        series = plans.Series(
            plan.begins_on,
            plan.visits,
            plan.times,
            plan.weeks,
            plan.minutes,
            review_every=plan.review_every,
        )
        measured = [n for n, visit in enumerate(done, 1) if _was_measured(visit.measures)]
        at = plans.progress(series, len(done), len(ahead), measured).review_at
        if at == len(done) + 1 and ahead:
            yield Item(
                Why.REVIEW_DUE,
                name_of(plan),
                client=ClientId(plan.client),
                appointment=AppointmentId(ahead[0].id),
                on=ahead[0].at.date(),
                used=len(done),
                visits=plan.visits,
            )


def _visits(work: Work, clients: Sequence[str], since: date) -> dict[str, list[Row[Any]]]:
    """Gather these clients' visits that took or take their time, with what was measured, in their order."""
    asked = (
        select(
            Appointment.id,
            Appointment.client,
            Appointment.at,
            Appointment.state,
            Appointment.treatment,
            Note.measures,
        )
        .join(Note, Note.appointment == Appointment.id, isouter=True)
        .where(
            Appointment.client.in_(clients),
            Appointment.at >= datetime.combine(since, time()),
            Appointment.state.in_(HOLDING),
        )
        .order_by(Appointment.at, Appointment.id)
    )
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in work.run(asked):
        if not found[row.client] or found[row.client][-1].id != row.id:  # two notes of a visit are one visit
            found[row.client].append(row)
    return found


def _was_measured(measures: Sequence[Mapping[str, Any]] | None) -> bool:
    """Tell whether more than the day's pain was measured."""
    return any(measure.get("tool") != Tool.NRS for measure in measures or ())

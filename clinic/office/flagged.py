"""Flagged: visits ahead that the rules stop or hold no more, histories to renew, clearances that want a step."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from clinic.office.needs import NAMED, Item, Why, name_of
from clinic.records import Appointment, ClearanceRequest, Client, Screening, Standing
from clinic.rules.asking import SOON_DAYS, Renewal, renewal
from clinic.rules.permissions import Permission, Reach
from clinic.values import COMING, AppointmentId, ClientId, ScreeningKind, State

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from sqlalchemy import Row

    from clinic.storage.work import Work

LATE_DAYS = 7
"""Days after which a clinician who has not answered is called."""
STOPS = ("S3", "S4", "S5")
STALE = "SYS-STALE"


def visits(work: Work, granted: Reach) -> tuple[Item, ...]:
    """Name the visits ahead that the rules stop and nobody has dealt with, and those they no longer hold."""
    work.require(Permission.FLAGS_SEE)
    asked = (
        select(*NAMED, Appointment.id, Appointment.at, Appointment.state, Standing.left, Standing.findings)
        .join(Standing, Standing.appointment == Appointment.id)
        .join(Client, Client.id == Appointment.client)
        .where(Appointment.at >= datetime.combine(work.today, time()))
        .where(Appointment.state.in_(COMING))
        .where(or_(Standing.left.in_(STOPS), Standing.held))
        .order_by(Appointment.at, Appointment.id)
    )
    if granted is Reach.OWN:
        asked = asked.where(Appointment.staff == work.actor.staff)
    return tuple(
        Item(
            why,
            name_of(row),
            client=ClientId(row.client),
            appointment=AppointmentId(row.id),
            on=row.at.date(),
            state=row.state,
        )
        for row in work.run(asked)
        if (why := _why(row)) is not None
    )


def histories(work: Work, granted: Reach) -> tuple[Item, ...]:
    """Name who of the weeks ahead is to be asked anew: the history runs out, or the client was away for long."""
    work.require(Permission.FLAGS_SEE)
    until = datetime.combine(work.today, time()) + timedelta(days=SOON_DAYS)
    told = (
        select(func.max(Screening.answered_at))
        .where(Screening.client == Client.id, Screening.kind == ScreeningKind.FULL)
        .correlate(Client)
        .scalar_subquery()
    )
    earlier = aliased(Appointment)
    here = (
        select(func.max(earlier.at))
        .where(earlier.client == Client.id, earlier.state == State.DONE)
        .correlate(Client)
        .scalar_subquery()
    )
    asked = (
        select(
            *NAMED,
            Appointment.id,
            Appointment.at,
            Appointment.state,
            Standing.left,
            Standing.findings,
            told.label("told"),
            here.label("here"),
        )
        .join(Appointment, Appointment.client == Client.id)
        .outerjoin(Standing, Standing.appointment == Appointment.id)
        .where(Appointment.at >= datetime.combine(work.today, time()), Appointment.at < until)
        .where(Appointment.state.in_(COMING))
        .order_by(Appointment.at, Appointment.id)
    )
    if granted is Reach.OWN:
        asked = asked.where(Appointment.staff == work.actor.staff)
    return tuple(item for row in work.run(asked) if (item := _history(row)) is not None)


def _history(row: Row[Any]) -> Item | None:
    """Say why somebody is to be asked anew before a visit, where that is all that is to be done about it."""
    on, told = row.at.date(), row.told.date() if row.told else None
    here = row.here.date() if row.here else None
    if row.left in STOPS:
        why, since = (Why.HISTORY_ENDS, told) if _only_stale(row) else (None, None)
    else:
        away = renewal(told, on, here, on) is Renewal.OVERDUE
        why, since = (Why.HISTORY_AWAY, here) if away else (None, None)
    if why is None:
        return None
    return Item(
        why,
        name_of(row),
        client=ClientId(row.client),
        appointment=AppointmentId(row.id),
        on=on,
        since=since,
        state=row.state,
    )


def _only_stale(row: Row[Any]) -> bool:
    """Tell whether nothing stops a visit but a history that no longer speaks on its day."""
    stops = [finding for finding in row.findings if finding["severity"] in STOPS]
    return bool(stops) and all(finding["rule"] == STALE for finding in stops)


def _why(row: Row[Any]) -> Why | None:
    match row.left:
        case "S5":
            return Why.FLAG_EMERGENCY
        case "S4":
            return Why.FLAG_REFUSES
        case "S3":
            if _only_stale(row):
                return None  # named with the histories, once its visit is near
            stops = [finding for finding in row.findings if finding["severity"] == "S3"]
            if all(finding["rule"].startswith("SYS-") for finding in stops):
                return Why.QUESTIONS_OPEN
            # What is held properly waits for the clearance that is asked for, and is named with it.
            return Why.FLAG_HOLDS if row.state is State.CONFIRMED else None
        case _:
            return Why.FLAG_SETTLED if row.state is State.TENTATIVE else None


def clearances(work: Work) -> tuple[Item, ...]:
    """Name the clearances for which somebody here has to take the next step."""
    granted = work.require(Permission.LETTER_CHANGE)
    asked = (
        select(*NAMED, ClearanceRequest.opened_on, ClearanceRequest.asked_on, ClearanceRequest.letter)
        .join(Client, Client.id == ClearanceRequest.client)
        .where(ClearanceRequest.closed_on.is_(None))
        .order_by(ClearanceRequest.opened_on, ClearanceRequest.id)
    )
    if granted is Reach.OWN:
        asked = asked.where(work.own_clients())
    found = ((row, _step(work, row)) for row in work.run(asked))
    return tuple(
        Item(step[0], name_of(row), client=ClientId(row.client), on=step[1])
        for row, step in found
        if step is not None
    )


def _step(work: Work, row: Row[Any]) -> tuple[Why, date] | None:
    """Say what somebody here has to do about a request, and since when."""
    if row.letter is not None:
        return Why.CLEARANCE_TO_VERIFY, row.asked_on or row.opened_on
    if row.asked_on is None:
        return Why.CLEARANCE_TO_ASK, row.opened_on
    if work.today - row.asked_on >= timedelta(days=LATE_DAYS):
        return Why.CLEARANCE_LATE, row.asked_on
    return None

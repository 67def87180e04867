"""Reports about people: who did not come, which visits letters have left, and which clients stay."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.office import letter_list
from clinic.office.reports.shape import Asked, Cell, Chart, Column, Detail, Figure, Report, Row, Unit, summed
from clinic.records import Allocation, Appointment, Client, Invoice, Line, Staff, Treatment
from clinic.rules import reports
from clinic.rules.permissions import Permission, Reach
from clinic.values import COMING, MISSED, ClientId, LineKind, Money, State
from clinic.workroom.asking import name_of, of_clients

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from clinic.storage.work import Work

ABSENCES = (
    Column("month", Unit.MONTH),
    Column("visits", Unit.COUNT),
    Column("no_shows", Unit.COUNT),
    Column("late_cancels", Unit.COUNT),
    Column("share_absent", Unit.SHARE),
    Column("fees", Unit.MONEY),
    Column("fees_paid", Unit.MONEY),
)
ABSENT = (
    Column("day", Unit.DAY),
    Column("client"),
    Column("for"),
    Column("therapist"),
    Column("state"),
    Column("fees", Unit.MONEY),
    Column("fees_paid", Unit.MONEY),
)


def absences(work: Work, asked: Asked) -> Report:
    """Tell who did not come, how often that is, and what was charged for it."""
    granted = work.require(Permission.REPORTS_SEE)
    work.require(Permission.CALENDAR_SEE)
    found = work.run(_expected(work, granted, asked)).all()
    fees = _fees(work, [row.id for row in found if row.state is not State.DONE])
    rows = []
    for month in reports.months(asked.first, asked.last):
        here = [row for row in found if reports.month_of(row.at.date()) == month]
        absent = [row for row in here if row.state is not State.DONE]
        no_shows = sum(row.state is State.NO_SHOW for row in absent)
        charged = [fees.get(row.id, (0, 0)) for row in absent]
        cells: tuple[Cell, ...] = (
            month,
            len(here) - len(absent),
            no_shows,
            len(absent) - no_shows,
            reports.permille(len(absent), len(here)),
            Money(sum(fee for fee, _paid in charged)),
            Money(sum(paid for _fee, paid in charged)),
        )
        rows.append(Row(cells, tuple(_absent(row, fees) for row in absent)))
    absent_all = sum(row.state is not State.DONE for row in found)
    sums = summed(ABSENCES, rows)
    totals = ("", *sums[1:4], reports.permille(absent_all, len(found)), *sums[5:])
    figures = (
        Figure("share_absent", totals[4], Unit.SHARE, "info"),
        Figure("no_shows", totals[2], Unit.COUNT),
        Figure("late_cancels", totals[3], Unit.COUNT),
        Figure("fees_paid", totals[6]),
    )
    return Report(asked, ABSENCES, tuple(rows), totals, ABSENT, figures, Chart((2, 3), over_time=True))


def _expected(work: Work, granted: Reach, asked: Asked) -> Any:
    begin, end = (
        datetime.combine(asked.first, time()),
        datetime.combine(asked.last + timedelta(days=1), time()),
    )
    said = of_clients(
        Appointment.id,
        Appointment.at,
        Appointment.state,
        Staff.name.label("therapist"),
        Treatment.name.label("treatment"),
    )
    said = said.join(Appointment, Appointment.client == Client.id)
    said = said.join(Staff, Staff.id == Appointment.staff).join(
        Treatment, Treatment.id == Appointment.treatment
    )
    said = said.where(
        Appointment.at >= begin, Appointment.at < end, Appointment.state.in_(MISSED | {State.DONE})
    )
    if granted is Reach.OWN:
        said = said.where(Appointment.staff == work.actor.staff)
    return said.order_by(Appointment.at)


def _fees(work: Work, visits: Iterable[str]) -> Mapping[str, tuple[int, int]]:
    """Find the fee of each visit nobody came to, and what was paid of it."""
    wanted = frozenset(visits)
    paid = select(func.sum(Allocation.amount_cents)).where(Allocation.line == Line.id).scalar_subquery()
    charged = Line.price_cents - func.coalesce(Line.discount_cents, 0)
    asked = (
        select(Line.appointment, charged.label("fee"), func.coalesce(paid, 0).label("paid"))
        .join(Invoice, Invoice.id == Line.invoice)
        .where(Line.kind == LineKind.FEE, Line.appointment.is_not(None), Invoice.void_on.is_(None))
    )
    fees: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in work.run(asked):
        if row.appointment in wanted:
            fee, so_far = fees[row.appointment]
            fees[row.appointment] = (fee + row.fee, so_far + row.paid)
    return fees


def _absent(row: Any, fees: Mapping[str, tuple[int, int]]) -> Detail:
    fee, paid = fees.get(row.id, (0, 0))
    cells = (row.at.date(), name_of(row), row.treatment, row.therapist, row.state, Money(fee), Money(paid))
    return Detail(cells, client=ClientId(row.client))


LETTERS = (
    Column("client"),
    Column("letter"),
    Column("standing"),
    Column("valid_from", Unit.DAY),
    Column("valid_to", Unit.DAY),
    Column("visits_given", Unit.COUNT),
    Column("visits_used", Unit.COUNT),
    Column("visits_planned", Unit.COUNT),
    Column("visits_left", Unit.COUNT),
)


def letters(work: Work, asked: Asked) -> Report:
    """Tell of every letter that speaks how many of its visits are used, and how many are left."""
    work.require(Permission.REPORTS_SEE)
    work.require(Permission.LETTER_SEE)
    rows = [
        Row(
            (
                one.name,
                one.card.reference,
                one.card.standing,
                one.card.valid_from,
                one.card.valid_to,
                one.card.visits,
                one.card.used,
                one.card.planned,
                one.card.left,
            ),
            (Detail((one.name,), client=one.client),),
        )
        for one in letter_list.listed(work)
    ]
    sums = summed(LETTERS, rows)
    totals = (None, None, None, None, None, sums[5], sums[6], sums[7], sums[8])
    figures = (
        Figure("letters", len(rows), Unit.COUNT),
        Figure("visits_used", sums[6], Unit.COUNT, "accent"),
        Figure("visits_left", sums[8], Unit.COUNT),
    )
    return Report(asked, LETTERS, tuple(rows), totals, (Column("client"),), figures)


CLIENTS = (
    Column("month", Unit.MONTH),
    Column("seen", Unit.COUNT),
    Column("new", Unit.COUNT),
    Column("again", Unit.COUNT),
    Column("stayed", Unit.COUNT),
    Column("share_stayed", Unit.SHARE),
    Column("lost", Unit.COUNT),
)
WHO = (Column("client"), Column("came"), Column("last_visit", Unit.DAY))


def clients(work: Work, asked: Asked) -> Report:
    """Tell who came for the first time, who came again, and whom nobody has seen for a while."""
    granted = work.require(Permission.REPORTS_SEE)
    visits, names = _visits(work, granted)
    booked = set(
        work.session.scalars(
            select(Appointment.client)
            .where(Appointment.at > work.wall, Appointment.state.in_(COMING))
            .distinct()
        )
    )
    found = reports.retention(visits, map(ClientId, booked), asked.first, min(asked.last, work.today))
    rows = []
    for month in found:
        share = reports.permille(len(month.stayed), len(month.new))
        seen = len(month.new) + len(month.again)
        cells: tuple[Cell, ...] = (
            *(month.month, seen, len(month.new), len(month.again), len(month.stayed)),
            *(share, len(month.lost)),
        )
        who = [*((one, "new") for one in month.new), *((one, "again") for one in month.again)]
        who += [(one, "lost") for one in month.lost]
        details = tuple(
            Detail((names[client], code, visits[client][-1]), client=client) for client, code in who
        )
        rows.append(Row(cells, details))
    new = sum(len(month.new) for month in found)
    stayed = sum(len(month.stayed) for month in found)
    lost = sum(len(month.lost) for month in found)
    seen_all = len({client for month in found for client in (*month.new, *month.again)})
    totals = ("", None, new, None, stayed, reports.permille(stayed, new), lost)
    figures = (
        Figure("seen", seen_all, Unit.COUNT),
        Figure("new", new, Unit.COUNT, "accent"),
        Figure("share_stayed", totals[5], Unit.SHARE),
        Figure("lost", lost, Unit.COUNT),
    )
    return Report(asked, CLIENTS, tuple(rows), totals, WHO, figures, Chart((2, 3), over_time=True))


def _visits(work: Work, granted: Reach) -> tuple[dict[ClientId, list[date]], dict[ClientId, str]]:
    said = of_clients(Appointment.at).join(Appointment, Appointment.client == Client.id)
    said = said.where(Appointment.state == State.DONE).order_by(Appointment.at)
    if granted is Reach.OWN:
        said = said.where(Appointment.staff == work.actor.staff)
    visits: dict[ClientId, list[date]] = defaultdict(list)
    names = {}
    for row in work.run(said):
        visits[ClientId(row.client)].append(row.at.date())
        names[ClientId(row.client)] = name_of(row)
    return visits, names

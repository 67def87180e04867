"""Close of day: what is still open, the drawer expected and counted, a backup, and the sheet for the books."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.documents import closing_sheet
from clinic.documents.closing_sheet import ClosingSheet, Taken
from clinic.office import custody
from clinic.office.door import clean
from clinic.office.needs import NAMED, name_of
from clinic.records import (
    Allocation,
    Appointment,
    AuditRow,
    Client,
    Closing,
    Counter,
    Invoice,
    Line,
    Note,
    Paper,
    Payment,
    Refund,
    Staff,
)
from clinic.rules import books
from clinic.rules.permissions import Permission, Reach
from clinic.storage import backup
from clinic.values import AHEAD, MISSED, NOTHING, AppointmentId, LineKind, Method, Money, Refusal, State
from clinic.wording import visits as wording
from clinic.workroom import facts, rests, sheets

if TYPE_CHECKING:
    from clinic.office.desk import Desk
    from clinic.storage.work import Work
    from clinic.values import Progress

LOOK_BACK = timedelta(days=30)
"""How far back a visit that nobody closed is still asked about."""
NO_SEAL = ""


@dataclass(frozen=True, slots=True)
class StillOpen:
    """A visit whose time has gone by and of which nobody said what became."""

    appointment: AppointmentId
    client_name: str
    at: datetime
    state: State


@dataclass(frozen=True, slots=True)
class DayEnd:
    """A day as it stands before it is closed."""

    on: date
    unclosed: tuple[StillOpen, ...]
    unsigned: int
    taken: tuple[Taken, ...]
    cash: Money
    """What cash came in, less what went back in cash."""
    paid_back: Money
    tips: Money
    drawer: Money
    """What lay in the drawer at the last close, or this morning."""
    first: str
    last: str
    issued: int
    credit_notes: int
    voids: tuple[str, ...]
    gaps: int
    visits: tuple[tuple[State, int], ...]
    backed_up_at: datetime | None
    closed: str | None
    """The id of the close that was made today already."""

    @property
    def expected(self) -> Money:
        """What should lie in the drawer."""
        return self.drawer + self.cash


def standing(work: Work) -> DayEnd:
    """Look at the day before it is closed."""
    work.require(Permission.DAY_CLOSE)
    on = work.today
    numbers = _numbers(work, on)
    taken = _taken(work, on)
    back, cash_back = _paid_back(work, on)
    cash = next((each.amount for each in taken if each.method is Method.CASH), NOTHING)
    newest = backup.last(work.vault)
    closed = _last_close(work)
    return DayEnd(
        on,
        _unclosed(work),
        _unsigned(work),
        taken,
        cash - cash_back,
        back,
        _tips(work, on),
        Money(closed.drawer_cents) if closed else NOTHING,
        *numbers,
        _voids(work, on),
        _gaps(work, on),
        _visits(work, on),
        newest.taken_at.astimezone(work.zone).replace(tzinfo=None) if newest else None,
        closed.id if closed is not None and closed.day == on else None,
    )


def close(work: Work, *, drawer: Money, counted: Money, remark: str = "") -> str:
    """Close the day: what was counted stands beside what was expected, and neither can be changed."""
    work.require(Permission.DAY_CLOSE)
    for amount, at in ((drawer, "drawer"), (counted, "counted")):
        if amount < NOTHING:
            raise Refusal("amount_wrong", at=at)
    now = standing(work)
    newest = backup.last(work.vault)
    end = work.run(select(AuditRow.sequence, AuditRow.seal).order_by(AuditRow.sequence.desc()).limit(1)).one()
    figures: dict[str, Any] = {
        "first": now.first,
        "last": now.last,
        "issued": now.issued,
        "credit_notes": now.credit_notes,
        "voids": list(now.voids),
        "gaps": now.gaps,
        "taken": [
            {"method": each.method.value, "payments": each.payments, "amount_cents": each.amount.cents}
            for each in now.taken
        ],
        "paid_back_cents": now.paid_back.cents,
        "tips_cents": now.tips.cents,
        "done": sum(many for state, many in now.visits if state is State.DONE),
        "missed": sum(many for state, many in now.visits if state in MISSED),
        "cancelled": sum(many for state, many in now.visits if state in {State.CANCELLED, State.DECLINED}),
        "unclosed": len(now.unclosed),
        "unsigned": now.unsigned,
        "trail": end.sequence,
        "seal": end.seal.hex(),
    }
    if newest is not None:
        figures["backed_up_at"] = newest.taken_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    record = Closing(
        id=work.new_id(),
        day=now.on,
        closed_at=work.now,
        closed_by=work.actor.staff,
        drawer_cents=drawer.cents,
        expected_cents=(drawer + now.cash).cents,
        counted_cents=counted.cents,
        remark=clean(remark, at="text"),
        figures={name: value for name, value in figures.items() if value != NO_SEAL},
    )
    work.add(record)
    return record.id


def close_day(
    desk: Desk, *, drawer: Money, counted: Money, remark: str = "", progress: Progress | None = None
) -> bytes:
    """Make a backup, close the day, and give the sheet to print."""
    desk.reading(standing)
    custody.back_up(desk, progress=progress)
    closing, _ = desk.writing(partial(close, drawer=drawer, counted=counted, remark=remark))
    return desk.reading(partial(sheet, closing=closing))


def sheet(work: Work, *, closing: str) -> bytes:
    """Print the sheet of a day that was closed, for those who see all of the practice's money."""
    granted = work.require(Permission.MONEY_SEE)
    if granted is not Reach.ALL:
        raise Refusal("not_allowed", permission=Permission.MONEY_SEE.value)
    record = work.get(Closing, closing)
    told = record.figures
    station = sheets.stationery(work, facts.policy_of(work.practice.settings))
    by = work.session.get(Staff, record.closed_by) if record.closed_by else None
    copied = told.get("backed_up_at")
    return closing_sheet.pdf(
        ClosingSheet(
            station.letterhead,
            record.day,
            _wall(work, record.closed_at),
            by.name if by else "",
            Money(record.drawer_cents),
            Money(record.expected_cents),
            Money(record.counted_cents),
            record.remark or "",
            tuple(
                Taken(Method(each["method"]), each["payments"], Money(each["amount_cents"]))
                for each in told.get("taken", ())
            ),
            Money(told.get("paid_back_cents", 0)),
            Money(told.get("tips_cents", 0)),
            told.get("first", ""),
            told.get("last", ""),
            told.get("issued", 0),
            told.get("credit_notes", 0),
            tuple(told.get("voids", ())),
            told.get("gaps", 0),
            wording.became(told.get("done", 0), told.get("missed", 0), told.get("cancelled", 0)),
            told.get("unclosed", 0),
            told.get("unsigned", 0),
            _wall(work, datetime.fromisoformat(copied)) if copied else None,
            told.get("trail", 0),
            told.get("seal", ""),
            format=station.format,
        )
    )


def _wall(work: Work, at: datetime) -> datetime:
    return at.astimezone(work.zone).replace(tzinfo=None)


def _last_close(work: Work) -> Closing | None:
    return work.session.scalars(
        select(Closing).order_by(Closing.day.desc(), Closing.closed_at.desc()).limit(1)
    ).first()


def _unclosed(work: Work) -> tuple[StillOpen, ...]:
    asked = (
        select(*NAMED, Appointment.id, Appointment.at, Appointment.state)
        .join(Appointment, Appointment.client == Client.id)
        .where(
            Appointment.at >= work.wall - LOOK_BACK,
            Appointment.at <= work.wall,
            Appointment.state.in_(AHEAD),
        )
        .order_by(Appointment.at)
    )
    return tuple(StillOpen(AppointmentId(row.id), name_of(row), row.at, row.state) for row in work.run(asked))


def _unsigned(work: Work) -> int:
    asked = (
        select(func.count())
        .select_from(Note)
        .join(Appointment, Appointment.id == Note.appointment)
        .where(Note.signed_at.is_(None), Appointment.state == State.DONE)
    )
    return work.session.scalar(asked) or 0


def _taken(work: Work, on: date) -> tuple[Taken, ...]:
    asked = (
        select(Payment.method, func.count().label("payments"), func.sum(Payment.amount_cents).label("cents"))
        .where(Payment.paid_on == on)
        .group_by(Payment.method)
    )
    found = [Taken(row.method, row.payments, Money(row.cents)) for row in work.run(asked)]
    return tuple(sorted(found, key=lambda each: tuple(Method).index(each.method)))


def _paid_back(work: Work, on: date) -> tuple[Money, Money]:
    """Tell what went back, and how much of it in cash: money goes back the way it came."""
    asked = (
        select(Payment.method, func.sum(Refund.amount_cents).label("cents"))
        .join(Payment, Payment.id == Refund.payment)
        .where(Refund.refunded_on == on)
        .group_by(Payment.method)
    )
    back = {row.method: row.cents for row in work.run(asked)}
    cash = sum(rest.amount.cents for rest in rests.paid_in_cash(work, on, on))
    if cash:  # the small rest of a gift certificate is paid from the drawer
        back[Method.CASH] = back.get(Method.CASH, 0) + cash
    return Money(sum(back.values())), Money(back.get(Method.CASH, 0))


def _tips(work: Work, on: date) -> Money:
    asked = (
        select(func.sum(Allocation.amount_cents))
        .join(Payment, Payment.id == Allocation.payment)
        .join(Line, Line.id == Allocation.line)
        .where(Payment.paid_on == on, Line.kind == LineKind.TIP)
    )
    return Money(work.session.scalar(asked) or 0)


def _numbers(work: Work, on: date) -> tuple[str, str, int, int]:
    """Find the first and last receipt of the day, and how many papers of each kind there were."""
    charged = select(Invoice.number).where(Invoice.issued_on == on)
    later = select(Payment.number).where(Payment.paid_on == on, Payment.number.is_not(None))
    numbers = [*work.session.scalars(charged), *work.session.scalars(later)]
    ours = sorted(number for text in numbers if (number := books.parse(text or "")) is not None)
    notes = work.session.scalar(select(func.count()).where(Refund.refunded_on == on)) or 0
    first, last = (str(ours[0]), str(ours[-1])) if ours else ("", "")
    return first, last, len(ours), notes


def _voids(work: Work, on: date) -> tuple[str, ...]:
    asked = select(Invoice.number).where(Invoice.void_on == on).order_by(Invoice.number)
    return tuple(work.session.scalars(asked))


def _gaps(work: Work, on: date) -> int:
    """Count the numbers of this year that stand on no paper and were not left out on purpose."""
    missing = 0
    for counter in work.session.scalars(select(Counter).where(Counter.year == on.year)):
        issued = select(func.count()).where(Paper.series == counter.series, Paper.year == on.year)
        left_out = 0
        asked = select(AuditRow.payload).where(
            AuditRow.object == f"counters/{counter.series}/{counter.year}",
            AuditRow.action == "numbers_skipped",
        )
        for payload in work.session.scalars(asked):
            gap = json.loads(payload)
            left_out += gap["to"] - gap["from"] + 1
        missing += counter.last - (work.session.scalar(issued) or 0) - left_out
    return missing


def _visits(work: Work, on: date) -> tuple[tuple[State, int], ...]:
    begin = datetime.combine(on, time())
    asked = (
        select(Appointment.state, func.count().label("many"))
        .where(Appointment.at >= begin, Appointment.at < begin + timedelta(days=1))
        .group_by(Appointment.state)
    )
    return tuple((row.state, row.many) for row in work.run(asked))

"""What needs attention: things that will not mend themselves, each with why it is here and whom it is about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, select

from clinic.office import breaches, dues, flagged, handing_over, lapsing, note_list
from clinic.office.needs import NAMED, Item, Why, name_of
from clinic.records import (
    Allocation,
    Appointment,
    AuditRow,
    Client,
    Invoice,
    Line,
    Note,
    Owed,
    Treatment,
)
from clinic.rules import billing, missed
from clinic.rules.permissions import Permission, Reach
from clinic.storage import backup
from clinic.values import MISSED, NOTHING, AppointmentId, ClientId, Money, State
from clinic.workroom.asking import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Row

    from clinic.storage.work import Work

__all__ = ["Item", "Why"]
UNCHARGED_DAYS = 30
"""A visit that was never charged is asked about for a month; later it was meant so."""
BACKUP_DAYS = 7
TOGETHER = frozenset(
    {
        Why.FLAG_EMERGENCY,
        Why.FLAG_REFUSES,
        Why.FLAG_HOLDS,
        Why.QUESTIONS_OPEN,
        Why.HISTORY_ENDS,
        Why.HISTORY_AWAY,
        Why.FLAG_SETTLED,
        Why.UNPAID,
        Why.UNCHARGED,
        Why.UNSIGNED,
    }
)
"""What several visits of one client are told of in one entry: who sees to the first sees the others there."""


def items(work: Work) -> tuple[Item, ...]:
    """List what needs attention, as far as this person may see it; it takes the same few questions at any size."""
    granted = work.require(Permission.CALENDAR_SEE)
    found = [
        *(() if work.reach(Permission.FLAGS_SEE) is Reach.NONE else flagged.visits(work, granted)),
        *(() if work.reach(Permission.FLAGS_SEE) is Reach.NONE else flagged.histories(work, granted)),
        *(() if work.reach(Permission.LETTER_CHANGE) is Reach.NONE else flagged.clearances(work)),
        *(() if work.reach(Permission.CALENDAR_CHANGE) is Reach.NONE else _leaving(work)),
        *_breaches(work),
        *_price_list(work),
        *_backup(work),
        *(() if work.reach(Permission.LETTER_SEE) is Reach.NONE else lapsing.letters(work)),
        *_unpaid(work, granted),
        *_uncharged(work, granted),
        *_unsigned(work),
        *(() if work.reach(Permission.NOTE_READ) is Reach.NONE else dues.reviews(work)),
        *dues.papers(work),
    ]
    order = {why: at for at, why in enumerate(Why)}
    return _together(sorted(found, key=lambda item: (order[item.why], item.on != work.today)))


def _together(found: Iterable[Item]) -> tuple[Item, ...]:
    """Tell of one client's visits that wait for the same thing in one entry, under the first of them."""
    entries: list[list[Item]] = []
    of_client: dict[tuple[Why, ClientId | None], list[Item]] = {}
    for item in found:
        entry = of_client.get((item.why, item.client)) if item.why in TOGETHER else None
        if entry is None:
            entry = of_client[item.why, item.client] = []
            entries.append(entry)
        entry.append(item)
    return tuple(
        replace(entry[0], count=len(entry), amount=sum((item.amount for item in entry), NOTHING))
        if len(entry) > 1
        else entry[0]
        for entry in entries
    )


def _leaving(work: Work) -> Iterator[Item]:
    """Tell of a therapist who leaves with visits booked for later: somebody else gives them, or they move."""
    for each in handing_over.leaving(work):
        yield Item(Why.LEAVES, each.name, each.staff, on=each.on, first=each.first, count=each.visits)


def _breaches(work: Work) -> Iterator[Item]:
    """Name the breaches of which people were not told yet, by the day they have to be, to those who see to it."""
    if work.reach(Permission.PRACTICE_CHANGE) is Reach.NONE or not (work.practice.settings or {}).get(
        "breaches"
    ):
        return
    for each in breaches.noted(work).noted:
        if each.breach.told_on is None:
            yield Item(Why.BREACH, on=each.deadlines.residents, count=each.breach.people)


def _price_list(work: Work) -> Iterator[Item]:
    """Tell whoever sets the prices that nothing is on offer: no visit can be booked before."""
    if work.reach(Permission.PRICES_CHANGE) is Reach.NONE:
        return
    offered = select(Treatment.id).where(Treatment.active.is_not(False)).limit(1)
    if work.run(offered).first() is None:
        yield Item(Why.NOTHING_OFFERED)


def _backup(work: Work) -> Iterator[Item]:
    """Tell of a backup that is a week old, or of none in a practice a week old: nobody starts with one."""
    if work.reach(Permission.BACKUP) is Reach.NONE:
        return
    newest = backup.last(work.vault)
    begun = select(AuditRow.at).order_by(AuditRow.sequence).limit(1)
    since = newest.taken_at if newest else datetime.fromisoformat(work.session.scalars(begun).one())
    if work.now - since > timedelta(days=BACKUP_DAYS):
        yield Item(
            Why.BACKUP_OVERDUE,
            on=newest.taken_at.astimezone(work.zone).date() if newest else None,
        )


def _unpaid(work: Work, granted: Reach) -> Iterator[Item]:
    """Name the visits that were charged and are not paid in full, whenever they were."""
    if work.reach(Permission.MONEY_SEE) is Reach.NONE:
        return
    own = (Appointment.staff == work.actor.staff,) if granted is Reach.OWN else ()
    settled = select(func.coalesce(func.sum(Allocation.amount_cents), 0)).where(Allocation.line == Line.id)
    question = (
        select(
            *NAMED,
            Appointment.id,
            Appointment.at,
            (TOTAL - settled.correlate(Line).scalar_subquery()).label("open"),
        )
        .select_from(Owed)  # outer joins keep the order: what is owed is little, what was charged is much
        .outerjoin(Line, Line.id == Owed.line)
        .outerjoin(Appointment, and_(Appointment.id == Line.appointment, *own))
        .outerjoin(Client, Client.id == Appointment.client)
    )
    visits: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in work.run(question):
        if row.id is not None:
            visits[row.id].append(row)
    for lines in sorted(visits.values(), key=lambda lines: lines[0].at, reverse=True):
        row = lines[0]
        yield Item(
            Why.UNPAID,
            name_of(row),
            client=ClientId(row.client),
            appointment=AppointmentId(row.id),
            amount=Money(sum(line.open for line in lines)),
            on=row.at.date(),
        )


def _uncharged(work: Work, granted: Reach) -> Iterator[Item]:
    """Name the visits of the last month that nobody charged: those that took place, and fees for those missed."""
    if work.reach(Permission.MONEY_SEE) is Reach.NONE:
        return
    charged = (
        exists()
        .where(Line.appointment == Appointment.id, Line.kind.in_(billing.OF_A_VISIT))
        .where(Invoice.id == Line.invoice, Invoice.void_on.is_(None))
    )
    question = (
        select(*NAMED, Appointment.id, Appointment.at, Appointment.state, Treatment.price_cents)
        .join(Appointment, Appointment.client == Client.id)
        .join(Treatment, Treatment.id == Appointment.treatment)
        .where(
            Appointment.state.in_(MISSED | {State.DONE}),
            Appointment.at >= work.wall - timedelta(days=UNCHARGED_DAYS),
            Appointment.fee_waived.is_(None),
            ~charged,
        )
        .order_by(Appointment.at.desc())
    )
    if granted is Reach.OWN:
        question = question.where(Appointment.staff == work.actor.staff)
    terms = missed.terms_in(work.practice.settings)
    for row in work.run(question):
        fee = missed.fee(row.state, Money(row.price_cents), terms)
        if row.state is State.DONE or fee:
            yield Item(
                Why.FEE_OPEN if fee else Why.UNCHARGED,
                name_of(row),
                client=ClientId(row.client),
                appointment=AppointmentId(row.id),
                amount=fee,
                on=row.at.date(),
                state=row.state,
            )


def _unsigned(work: Work) -> Iterator[Item]:
    """Name the visits whose note is still open, to those who write notes; first those one was in the midst of."""
    granted = work.reach(Permission.NOTE_WRITE)
    if granted is Reach.NONE:
        return
    drafts = note_list.begun(work)
    for draft in drafts:
        yield Item(
            Why.DRAFT,
            draft.client_name,
            client=draft.client,
            appointment=draft.appointment,
            on=draft.at.date(),
        )
    question = (
        select(*NAMED, Appointment.id, Appointment.at)
        .select_from(Note)
        .join(Appointment, Appointment.id == Note.appointment)
        .join(Client, Client.id == Appointment.client)
        .where(Note.signed_at.is_(None), Appointment.state == State.DONE)
    )
    if granted is Reach.OWN:
        question = question.where(Note.written_by == work.actor.staff)
    question = question.where(Appointment.id.not_in([draft.appointment for draft in drafts]))
    for row in sorted(work.run(question), key=lambda row: row.at, reverse=True):
        yield Item(
            Why.UNSIGNED,
            name_of(row),
            client=ClientId(row.client),
            appointment=AppointmentId(row.id),
            on=row.at.date(),
        )

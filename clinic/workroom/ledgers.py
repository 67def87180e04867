"""Ledgers: what is on file of clients' letters, visits and money, handed to the rules as values.

However many clients are asked for, the number of questions put to the file stays the same.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Select, select

from clinic.records import (
    Allocation,
    Appointment,
    Bundle,
    Client,
    Invoice,
    Letter,
    Line,
    Note,
    Payment,
    Refund,
    RefundAllocation,
    Treatment,
)
from clinic.rules import annual, billing
from clinic.values import (
    BundleId,
    ClientId,
    LineKind,
)
from clinic.workroom.facts import (
    LETTER_FACTS,
    LINE_FACTS,
    PERSON_FACTS,
    letter_of,
    line_of,
    payments_of,
    person_of,
    policy_of,
    refunds_of,
    therapists_of,
    visit_of,
)
from clinic.workroom.purses import purses_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import Row

    from clinic.storage.work import Work

BY_NAME = 2_000
"""How many clients are asked for one by one; beyond that everybody is gone through."""
Asked: TypeAlias = Select[*tuple[Any, ...]]
CARE = (LineKind.TREATMENT, LineKind.BUNDLE_USE)


def practice_of(work: Work, clients: Collection[str] | None = None) -> annual.Practice:
    """Gather what all ledgers share: therapists, settings, and the bundles these clients bought or use."""
    return annual.Practice(therapists_of(work), policy_of(work.practice.settings), purses_of(work, clients))


def ledger_of(work: Work, client: str) -> annual.Ledger:
    """Gather one client's ledger."""
    return next(ledger for _, ledger in ledgers(work, [client]))


def ledgers(work: Work, clients: Collection[str] | None = None) -> Iterator[tuple[ClientId, annual.Ledger]]:
    """Hand out ledgers one client at a time, in the order of their ids; None means everybody's."""
    if clients is not None and len(clients) > BY_NAME:
        wanted = frozenset(clients)
        yield from (found for found in ledgers(work) if found[0] in wanted)
        return
    letters = _Side(
        work,
        _asked(select(Letter.client.label("owner"), *LETTER_FACTS), Letter.client, clients).order_by(
            Letter.client, Letter.id
        ),
    )
    borrowed = _Side(
        work,
        _asked(
            select(Appointment.client.label("guest"), *LETTER_FACTS)
            .join(Letter, Letter.id == Appointment.letter)
            .where(Letter.client != Appointment.client)
            .distinct(),
            Appointment.client,
            clients,
        ).order_by(Appointment.client, Letter.id),
    )
    visits = _Side(work, _visits(clients))
    lines = _Side(work, _lines(clients))
    paid = _Side(work, _payments(clients))
    allocated = _Side(work, _allocations(clients))
    refunds = _Side(work, _refunds(clients))
    taken = _Side(work, _refund_allocations(clients))
    bought = _Side(
        work,
        _asked(select(Bundle.client, Bundle.id), Bundle.client, clients).order_by(Bundle.client, Bundle.id),
    )
    measured = _Side(work, _measured(clients))
    people = _asked(select(*PERSON_FACTS), Client.id, clients).order_by(Client.id)
    for client in work.session.execute(people, execution_options={"yield_per": 500}):
        charged = tuple(line_of(row) for row in lines.of(client.id))
        returned = _returned(charged)
        yield (
            ClientId(client.id),
            annual.Ledger(
                person_of(client),
                (
                    *(letter_of(row) for row in letters.of(client.id)),
                    *(letter_of(row) for row in borrowed.of(client.id)),
                ),
                tuple(visit_of(row, returned) for row in visits.of(client.id)),
                charged,
                payments_of(paid.of(client.id), allocated.of(client.id)),
                refunds_of(refunds.of(client.id), taken.of(client.id)),
                tuple(BundleId(row.id) for row in bought.of(client.id)),
                tuple(row.at.date() for row in measured.of(client.id) if row.measures),
            ),
        )


class _Side:
    """Rows sorted by client, handed out as the clients come by."""

    def __init__(self, work: Work, asked: Asked) -> None:
        rows = work.session.execute(asked, execution_options={"yield_per": 2000})
        self._groups = groupby(rows, key=_owner)
        self._next = next(self._groups, None)

    def of(self, client: str) -> list[Row[Any]]:
        while self._next is not None and self._next[0] < client:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != client:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows


def _owner(row: Row[Any]) -> str:
    owner: str = row[0]
    return owner


def _asked(asked: Asked, owner: Any, clients: Collection[str] | None) -> Asked:
    return asked if clients is None else asked.where(owner.in_(clients))


def _visits(clients: Collection[str] | None) -> Asked:
    asked = select(
        Appointment.client,
        Appointment.id,
        Appointment.at,
        Appointment.state,
        Appointment.staff,
        Appointment.minutes,
        Appointment.minutes_given,
        Appointment.letter,
        Appointment.diagnosis,
        Treatment.purpose,
        Treatment.technique,
    ).join(Treatment, Treatment.id == Appointment.treatment)
    return _asked(asked, Appointment.client, clients).order_by(Appointment.client, Appointment.at)


def _lines(clients: Collection[str] | None) -> Asked:
    asked = select(Invoice.client, *LINE_FACTS).join(Line, Line.invoice == Invoice.id)
    return _asked(asked, Invoice.client, clients).order_by(Invoice.client, Invoice.issued_on)


def _payments(clients: Collection[str] | None) -> Asked:
    asked = select(Payment.client, Payment.id, Payment.paid_on, Payment.method, Payment.amount_cents)
    return _asked(asked, Payment.client, clients).order_by(Payment.client, Payment.paid_on)


def _allocations(clients: Collection[str] | None) -> Asked:
    asked = select(Payment.client, Allocation.payment, Allocation.line, Allocation.amount_cents)
    asked = asked.join(Payment, Payment.id == Allocation.payment)
    return _asked(asked, Payment.client, clients).order_by(
        Payment.client,
        Payment.paid_on,
        Allocation.payment,
        Allocation.position,
    )


def _refunds(clients: Collection[str] | None) -> Asked:
    asked = select(Payment.client, Refund.id, Refund.payment, Refund.refunded_on, Refund.amount_cents)
    asked = asked.join(Payment, Payment.id == Refund.payment)
    return _asked(asked, Payment.client, clients).order_by(Payment.client, Refund.id)


def _measured(clients: Collection[str] | None) -> Asked:
    """Ask for the visits at which an outcome was measured."""
    asked = select(Appointment.client, Appointment.at, Note.measures)
    asked = asked.join(Note, Note.appointment == Appointment.id).where(Note.measures.is_not(None))
    return _asked(asked, Appointment.client, clients).order_by(Appointment.client, Appointment.at)


def _refund_allocations(clients: Collection[str] | None) -> Asked:
    asked = (
        select(Payment.client, RefundAllocation.refund, RefundAllocation.line, RefundAllocation.amount_cents)
        .join(Refund, Refund.id == RefundAllocation.refund)
        .join(Payment, Payment.id == Refund.payment)
    )
    return _asked(asked, Payment.client, clients).order_by(
        Payment.client,
        RefundAllocation.refund,
        RefundAllocation.position,
    )


def _returned(lines: tuple[billing.Line, ...]) -> frozenset[str]:
    """Name the visits of which everything charged was voided: they are given back to their letter."""
    void: set[str] = set()
    standing: set[str] = set()
    for line in lines:
        if line.appointment and line.kind in CARE:
            (void if line.void else standing).add(line.appointment)
    return frozenset(void - standing)

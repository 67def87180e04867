"""Ledgers: what is on file of clients' letters, visits and money, handed to the rules as values.

However many clients are asked for, the number of questions put to the file stays the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Select, bindparam, func, select

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

    from clinic.rules import counting, eligibility, necessity
    from clinic.storage.work import Work

BY_NAME = 2_000
"""How many clients are asked for one by one; beyond that everybody is gone through."""
Asked: TypeAlias = Select[*tuple[Any, ...]]
AT_ONCE = 2_000
"""Rows that are fetched together."""
_owner = itemgetter(0)


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
    letters, borrowed, visits = (Side(work, asked, clients) for asked in (LETTERS, BORROWED, VISITS))
    lines, paid, allocated = (Side(work, asked, clients) for asked in (LINES, PAYMENTS, ALLOCATIONS))
    refunds, taken = (Side(work, asked, clients) for asked in (REFUNDS, REFUND_ALLOCATIONS))
    bought, measured = (Side(work, asked, clients) for asked in (BUNDLES, MEASURED))
    for client in put(work, PEOPLE, clients):
        charged = tuple(map(line_of, lines.of(client.id)))
        returned = _returned(charged)
        yield (
            ClientId(client.id),
            annual.Ledger(
                person_of(client),
                (*map(letter_of, letters.of(client.id)), *map(letter_of, borrowed.of(client.id))),
                tuple(visit_of(row, returned) for row in visits.of(client.id)),
                charged,
                payments_of(paid.of(client.id), allocated.of(client.id)),
                refunds_of(refunds.of(client.id), taken.of(client.id)),
                tuple(BundleId(row.id) for row in bought.of(client.id)),
                tuple(row.at.date() for row in measured.of(client.id)),
            ),
        )


def letters_of(work: Work, clients: Collection[str]) -> dict[str, tuple[necessity.Letter, ...]]:
    """Gather these clients' own letters."""
    return {
        client: tuple(map(letter_of, rows))
        for client, rows in groupby(put(work, LETTERS, clients), key=_owner)
    }


@dataclass(frozen=True, slots=True)
class History:
    """A client's letters and visits, where nobody asks for the money."""

    person: eligibility.Person
    letters: tuple[necessity.Letter, ...]
    visits: tuple[counting.Visit, ...]


def histories(
    work: Work, clients: Collection[str], *, since: date | None = None
) -> Iterator[tuple[ClientId, History]]:
    """Hand out what these clients' visits are counted by, in the order of their ids; visits from a day on."""
    letters = Side(work, LETTERS, clients)
    borrowed, visits, given_back = (
        Side(work, asked, clients, since) for asked in (BORROWED, VISITS, RETURNED)
    )
    for client in put(work, PEOPLE, clients):
        returned = frozenset(row.appointment for row in given_back.of(client.id))
        yield (
            ClientId(client.id),
            History(
                person_of(client),
                (*map(letter_of, letters.of(client.id)), *map(letter_of, borrowed.of(client.id))),
                tuple(visit_of(row, returned) for row in visits.of(client.id)),
            ),
        )


class Side:
    """Rows sorted by client, handed out as the clients come by."""

    def __init__(
        self,
        work: Work,
        asked: Asked,
        clients: Collection[str] | None = None,
        since: date | None = None,
        **named: object,
    ) -> None:
        self._groups = groupby(put(work, asked, clients, since, **named), key=_owner)
        self._next = next(self._groups, None)

    def of(self, client: str) -> list[Row[Any]]:
        """Give the rows of a client; clients are asked for in the order of their ids."""
        while self._next is not None and self._next[0] < client:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != client:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows


def put(
    work: Work,
    asked: Asked,
    clients: Collection[str] | None = None,
    since: date | None = None,
    **named: object,
) -> Iterator[Row[Any]]:
    """Put a question to the file, past the session: what is asked are values, not records."""
    question = asked
    if clients is not None:
        question, named["clients"] = _of_some(question), list(clients)
    if since is not None:
        question, named["since"] = _later(question), datetime.combine(since, time())
    connection = work.session.connection()
    answer = connection.execute(question, named, execution_options={"yield_per": AT_ONCE})
    return chain.from_iterable(answer.partitions())


@cache
def _of_some(asked: Asked) -> Asked:
    """Narrow a question, whose first column is the client, down to those named when it is put."""
    owner, *_ = asked.selected_columns
    return asked.where(owner.in_(bindparam("clients", expanding=True)))


@cache
def _later(asked: Asked) -> Asked:
    """Narrow a question about visits down to those from a day on."""
    return asked.where(Appointment.at >= bindparam("since"))


PEOPLE: Asked = select(*PERSON_FACTS).order_by(Client.id)
LETTERS: Asked = select(Letter.client.label("owner"), *LETTER_FACTS).order_by(Letter.client, Letter.id)
BORROWED: Asked = (
    select(Appointment.client.label("guest"), *LETTER_FACTS)
    .join(Letter, Letter.id == Appointment.letter)
    .where(Letter.client != Appointment.client)
    .distinct()
    .order_by(Appointment.client, Letter.id)
)
VISITS: Asked = (
    select(
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
    )
    .join(Treatment, Treatment.id == Appointment.treatment)
    .order_by(Appointment.client, Appointment.at)
)
MEASURED: Asked = (
    select(Appointment.client, Appointment.at)
    .join(Note, Note.appointment == Appointment.id)
    .where(func.json_array_length(Note.measures) > 0)
    .order_by(Appointment.client, Appointment.at)
)
LINES: Asked = (
    select(Invoice.client, *LINE_FACTS)
    .join(Line, Line.invoice == Invoice.id)
    .order_by(Invoice.client, Invoice.issued_on)
)
RETURNED: Asked = (
    select(Appointment.client, Line.appointment)
    .join(Line, Line.appointment == Appointment.id)
    .join(Invoice, Invoice.id == Line.invoice)
    .where(Line.kind.in_(billing.CARE), Invoice.client == Appointment.client)
    .group_by(Appointment.client, Line.appointment)
    .having(func.count() == func.count(Invoice.void_on))
    .order_by(Appointment.client)
)
PAYMENTS: Asked = select(
    Payment.client, Payment.id, Payment.paid_on, Payment.method, Payment.amount_cents
).order_by(Payment.client, Payment.paid_on)
ALLOCATIONS: Asked = (
    select(Payment.client, Allocation.payment, Allocation.line, Allocation.amount_cents)
    .join(Payment, Payment.id == Allocation.payment)
    .order_by(Payment.client, Payment.paid_on, Allocation.payment, Allocation.position)
)
REFUNDS: Asked = (
    select(Payment.client, Refund.id, Refund.payment, Refund.refunded_on, Refund.amount_cents)
    .join(Payment, Payment.id == Refund.payment)
    .order_by(Payment.client, Refund.id)
)
REFUND_ALLOCATIONS: Asked = (
    select(Payment.client, RefundAllocation.refund, RefundAllocation.line, RefundAllocation.amount_cents)
    .join(Refund, Refund.id == RefundAllocation.refund)
    .join(Payment, Payment.id == Refund.payment)
    .order_by(Payment.client, RefundAllocation.refund, RefundAllocation.position)
)
BUNDLES: Asked = select(Bundle.client, Bundle.id).order_by(Bundle.client, Bundle.id)


def _returned(lines: tuple[billing.Line, ...]) -> frozenset[str]:
    """Name the visits of which everything charged was voided: they are given back to their letter."""
    void: set[str] = set()
    standing: set[str] = set()
    for line in lines:
        if line.appointment and line.kind in billing.CARE:
            (void if line.void else standing).add(line.appointment)
    return frozenset(void - standing)

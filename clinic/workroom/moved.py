"""Moved: everybody's ledgers as far as they bear on what counts from a day on; what rests since before is left out.

An invoice rests when it and its visits are of before, it stands, nothing of a bundle is on it, and no money came in
on it since. A payment rests when all of it lies on such invoices and nothing of it was paid back. Neither adds a cent
to what counts later, so whatever is worked out from that day on comes out as it would by the whole ledgers.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, case, func, or_, select, union

from clinic.records import Allocation, Appointment, Invoice, Line, Payment, Refund
from clinic.rules import annual, counting
from clinic.values import BundleId, ClientId, LineKind
from clinic.workroom import ledgers
from clinic.workroom.excerpts import COUNTING
from clinic.workroom.facts import letter_of, line_of, payments_of, person_of, policy_of, refunds_of, visit_of
from clinic.workroom.ledgers import Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import BindParameter, Row, Select

    from clinic.rules.counting import Policy
    from clinic.rules.necessity import Letter
    from clinic.storage.work import Work
    from clinic.workroom.ledgers import Asked

_DAY: BindParameter[date] = bindparam("day")
_MIDNIGHT: BindParameter[datetime] = bindparam("midnight")
_INVOICES = union(
    select(Invoice.id).where(or_(Invoice.issued_on >= _DAY, Invoice.void_on.is_not(None))),
    select(Line.invoice).where(Line.kind.in_((LineKind.BUNDLE_SALE, LineKind.BUNDLE_USE))),
    select(Line.invoice)
    .join(Appointment, Appointment.id == Line.appointment)
    .where(Appointment.at >= _MIDNIGHT),
    select(Line.invoice)
    .join(Allocation, Allocation.line == Line.id)
    .join(Payment, Payment.id == Allocation.payment)
    .where(Payment.paid_on >= _DAY),
)
"""Invoices of which something counts from the day on."""


def _listed(name: str) -> Select[tuple[Any]]:
    """Stand for ids that are handed over as one text: there may be more of them than a question has room for."""
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


_SPENT = func.sum(case((Invoice.client == Payment.client, Allocation.amount_cents), else_=0))
_PAYMENTS = union(
    select(Payment.id).where(Payment.paid_on >= _DAY),
    select(Refund.payment),
    select(Allocation.payment)
    .join(Line, Line.id == Allocation.line)
    .where(Line.invoice.in_(_listed("invoices"))),
    select(Payment.id)
    .outerjoin(Allocation, Allocation.payment == Payment.id)
    .outerjoin(Line, Line.id == Allocation.line)
    .outerjoin(Invoice, Invoice.id == Line.invoice)
    .group_by(Payment.id)
    .having(func.coalesce(_SPENT, 0) != Payment.amount_cents),
)
"""Payments that came in since, that are on such invoices, or of which something is left or went back."""
_TOUCHED = select(Line.invoice).join(Allocation, Allocation.line == Line.id)
_TOUCHED = _TOUCHED.where(Allocation.payment.in_(_listed("payments"))).distinct()
"""Invoices on which such a payment lies: without them it would look unspent."""

_LINES: Asked = ledgers.LINES.where(Invoice.id.in_(_listed("invoices")))
_PAID: Asked = ledgers.PAYMENTS.where(Payment.id.in_(_listed("payments")))
_ALLOCATED: Asked = ledgers.ALLOCATIONS.where(Payment.id.in_(_listed("payments")))


def since(work: Work, day: date) -> Iterator[tuple[ClientId, annual.Ledger]]:
    """Hand out everybody's ledgers as far as they bear on what counts from a day on, in the order of their ids."""
    moved = set(work.run(_INVOICES, {"day": day, "midnight": datetime.combine(day, time())}).scalars())
    payments = json.dumps(
        work.run(_PAYMENTS, {"day": day, "invoices": json.dumps(list(moved))}).scalars().all()
    )
    touched = moved.union(work.run(_TOUCHED, {"payments": payments}).scalars())
    lines = Side(work, _LINES, invoices=json.dumps(list(touched)))
    paid, allocated = Side(work, _PAID, payments=payments), Side(work, _ALLOCATED, payments=payments)
    refunds, taken = Side(work, ledgers.REFUNDS), Side(work, ledgers.REFUND_ALLOCATIONS)
    letters, borrowed = Side(work, ledgers.LETTERS), Side(work, ledgers.BORROWED)
    visits, given_back = Side(work, ledgers.VISITS), Side(work, ledgers.RETURNED)
    bought, measured = Side(work, ledgers.BUNDLES), Side(work, ledgers.MEASURED)
    policy = policy_of(work.practice.settings)
    for client in ledgers.put(work, ledgers.PEOPLE):
        key = client.id
        charged = tuple(map(line_of, lines.of(key)))
        held = (*map(letter_of, letters.of(key)), *map(letter_of, borrowed.of(key)))
        returned = frozenset(row.appointment for row in given_back.of(key))
        rows = _bearing(visits.of(key), {line.appointment for line in charged}, held, policy)
        yield (
            ClientId(key),
            annual.Ledger(
                person_of(client),
                held,
                tuple(visit_of(row, returned) for row in rows),
                charged,
                payments_of(paid.of(key), allocated.of(key)),
                refunds_of(refunds.of(key), taken.of(key)),
                tuple(BundleId(row.id) for row in bought.of(key)),
                tuple(row.at.date() for row in measured.of(key)),
            ),
        )


def _bearing(
    visits: Sequence[Row[Any]], charged: set[Any], letters: Sequence[Letter], policy: Policy
) -> Sequence[Row[Any]]:
    """Leave out the visits that bear on none of those charged; they are in the order of their days."""
    days = {row.at.date() for row in visits if row.id in charged}
    if not days:
        return ()
    speaking = [letter for letter in letters if letter.kind in COUNTING]
    first = min(counting.bears_since(speaking, day, policy) or day for day in days)
    return [row for row in visits if row.at.date() >= first]

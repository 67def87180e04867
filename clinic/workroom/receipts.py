"""Receipts made from the records: one client's invoices with their judged lines and payments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from clinic.records import Appointment, Client, Payment
from clinic.rules import annual
from clinic.values import AHEAD
from clinic.workroom.sheets import Invoiced

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from clinic.rules.annual import Ledger, Practice
    from clinic.rules.billing import Allocation
    from clinic.rules.billing import Payment as Paid
    from clinic.storage.work import Work


# Put together once: each receipt asks for these.
_TREATED = select(Appointment.id, Appointment.treatment).where(
    Appointment.id.in_(bindparam("visits", expanding=True))
)
_REFERRED = select(Payment.id, Payment.reference).where(
    Payment.id.in_(bindparam("payments", expanding=True)), Payment.reference.is_not(None)
)
_NEXT = select(func.min(Appointment.at)).where(
    Appointment.client == bindparam("client"), Appointment.at > bindparam("now"), Appointment.state.in_(AHEAD)
)


def invoiced(
    work: Work,
    ledger: Ledger,
    practice: Practice,
    invoices: Collection[str],
    *,
    issued_at: datetime | None = None,
) -> Iterator[Invoiced]:
    """Gather what the receipts of some of a client's invoices will say, as things stand now."""
    client = work.get(Client, ledger.person.patient.id)
    by_invoice = defaultdict(list)
    for row in annual.all_lines(ledger, practice, invoices):
        by_invoice[row.line.invoice].append(row)
    settling: dict[str, list[tuple[Paid, tuple[Allocation, ...]]]] = defaultdict(list)
    owner = {row.line.id: row.line.invoice for rows in by_invoice.values() for row in rows}
    for payment in sorted(ledger.payments, key=lambda p: (p.paid_on, p.id)):
        parts = defaultdict(list)
        for part in payment.allocations or ():
            if (invoice := owner.get(part.line)) is not None:
                parts[invoice].append(part)
        for invoice, found in parts.items():
            settling[invoice].append((payment, tuple(found)))
    visits = [row.visit.id for found in by_invoice.values() for row in found if row.visit is not None]
    treatments = _treatments(work, visits)
    references = _references(work, [p.id for found in settling.values() for p, _ in found])
    upcoming = _next_visit(work, client.id) if issued_at else None
    for invoice, lines in by_invoice.items():
        yield Invoiced(
            id=invoice,
            number=lines[0].line.receipt,
            issued_at=issued_at or datetime.combine(lines[0].line.issued_on, time(12)),
            client=client,
            lines=tuple(lines),
            payments=tuple(settling[invoice]),
            treatments=treatments,
            references=references,
            next_visit=upcoming,
        )


def later(
    work: Work,
    ledger: Ledger,
    practice: Practice,
    numbers: Mapping[str, str],
) -> Iterator[Invoiced]:
    """Gather the receipts of their own that later payments got; each names the first receipts it settles."""
    for payment in ledger.payments:
        if payment.id not in numbers:
            continue
        lines = {part.line for part in payment.allocations or ()}
        touched = {line.invoice for line in ledger.lines if line.id in lines}
        found = sorted(invoiced(work, ledger, practice, touched), key=lambda one: one.number)
        if found:
            yield _together(found, payment, numbers)


def _together(invoices: Sequence[Invoiced], payment: Paid, numbers: Mapping[str, str]) -> Invoiced:
    """Put on one receipt all that a later payment touched, with what had been paid on it by then."""
    by_then = (payment.paid_on, numbers[payment.id])
    settling: dict[str, tuple[Paid, tuple[Allocation, ...]]] = {}
    for one in invoices:
        for paid, parts in one.payments:
            if (paid.paid_on, numbers.get(paid.id, "")) <= by_then:
                settling[paid.id] = (paid, settling.get(paid.id, (paid, ()))[1] + parts)
    return replace(
        invoices[0],
        number=numbers[payment.id],
        issued_at=datetime.combine(payment.paid_on, time(12)),
        lines=tuple(line for one in invoices for line in one.lines),
        payments=tuple(
            sorted(settling.values(), key=lambda pair: (pair[0].paid_on, numbers.get(pair[0].id, "")))
        ),
        payment=payment.id,
        first_receipt=", ".join(one.number for one in invoices),
    )


def _treatments(work: Work, visits: Collection[str]) -> dict[str, str]:
    if not visits:
        return {}
    return {row.id: row.treatment for row in work.run(_TREATED, {"visits": list(visits)})}


def _references(work: Work, payments: Collection[str]) -> dict[str, str]:
    return {row.id: row.reference for row in work.run(_REFERRED, {"payments": list(payments)})}


def _next_visit(work: Work, client: str) -> datetime | None:
    upcoming: datetime | None = work.run(_NEXT, {"client": client, "now": work.wall}).scalar()
    return upcoming

"""Happenings: everything that befell a client, from visits to refunds, as entries of one line of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.records import Appointment, Attempt, Note, Paper, Staff, Treatment
from clinic.rules.permissions import Permission
from clinic.values import AppointmentId, LineKind, Method, Money, NoteId, Outcome, State
from clinic.wording import visits as wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.rules import billing
    from clinic.rules.annual import Ledger
    from clinic.rules.counting import Stand
    from clinic.storage.work import Work
    from clinic.values import ClientId, InvoiceId, LineId


class Happening(StrEnum):
    """What an entry of the line of time is about."""

    VISIT = "visit"
    CONTACT = "contact"
    LETTER = "letter"
    RECEIPT = "receipt"
    PAYMENT = "payment"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, or will."""

    what: Happening
    id: str
    at: datetime
    words: str
    amount: Money | None = None
    state: State | None = None
    staff: str = ""
    visit: int | None = None
    visits: int | None = None
    codes: tuple[str, ...] = ()
    """Why a visit does not stand under a letter."""
    note: NoteId | None = None
    """The note written on a visit, signed or not."""
    signed: bool = False
    method: Method | None = None
    number: str = ""
    void: bool = False
    paid: tuple[tuple[Method, Money], ...] = ()
    """How a receipt was paid the day it was issued, where the payments were for nothing else."""
    outcome: Outcome | None = None
    """What came of trying to reach the client."""


def of_visits(work: Work, ledger: Ledger, stands: Mapping[AppointmentId, Stand]) -> list[Entry]:
    """Tell of visits, with what their letters make of them, and of the notes written on them."""
    work.require(Permission.CALENDAR_SEE)
    names = {row.id: row.name for row in work.run(select(Staff.id, Staff.name))}
    asked = (
        select(Appointment.id, Appointment.minutes, Treatment.name, Note.id.label("note"), Note.signed_at)
        .join(Treatment, Treatment.id == Appointment.treatment)
        .outerjoin(Note, Note.appointment == Appointment.id)
        .where(Appointment.client == ledger.person.patient.id)
    )
    told = {row.id: row for row in work.run(asked)}
    said = {(row.name, row.minutes): wording.treatment(row.name, row.minutes) for row in told.values()}
    return [
        Entry(
            Happening.VISIT,
            visit.id,
            visit.at,
            said[(row := told[visit.id]).name, row.minutes],
            state=visit.state,
            staff=names.get(visit.staff, ""),
            visit=stands[visit.id].visit,
            visits=letter.max_visits if (letter := stands[visit.id].letter) else None,
            codes=tuple(sorted(stands[visit.id].bars)),
            note=NoteId(row.note) if row.note is not None else None,
            signed=row.signed_at is not None,
        )
        for visit in ledger.visits
    ]


def of_contacts(work: Work, client: ClientId) -> list[Entry]:
    """Tell when somebody tried to reach the client, about a visit or about coming again."""
    work.require(Permission.CALENDAR_SEE)
    asked = (
        select(Attempt.id, Attempt.at, Attempt.appointment, Attempt.outcome, Staff.name)
        .outerjoin(Staff, Staff.id == Attempt.by)
        .where(Attempt.client == client)
    )
    return [
        Entry(
            Happening.CONTACT,
            row.id,
            row.at.astimezone(work.zone).replace(tzinfo=None),
            "again" if row.appointment is None else "visit",
            staff=row.name or "",
            outcome=row.outcome,
        )
        for row in work.run(asked)
    ]


def of_letters(ledger: Ledger) -> list[Entry]:
    """Tell when letters were signed."""
    own = ledger.person.patient.id
    return [
        Entry(
            Happening.LETTER,
            letter.id,
            _noon(letter.signed_on),
            letter.kind.value,
            number=letter.number or "",
        )
        for letter in ledger.letters
        if letter.client == own and letter.signed_on is not None
    ]


def _noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 12)  # noqa: DTZ001 - a day on the practice's wall


def of_money(work: Work, ledger: Ledger) -> list[Entry]:
    """Tell of receipts with the payments made for them, of other payments, and of refunds."""
    work.require(Permission.MONEY_SEE)
    invoices: dict[str, list[billing.Line]] = {}
    for line in ledger.lines:
        invoices.setdefault(line.invoice, []).append(line)
    asked_by = {line.id: line for line in ledger.lines}
    paid: dict[str, list[billing.Payment]] = {}
    others = []
    for payment in ledger.payments:
        invoice = _paid_on_the_spot(payment, asked_by)
        if invoice is None:
            others.append(payment)
        else:
            paid.setdefault(invoice, []).append(payment)
    entries = [
        Entry(
            Happening.RECEIPT,
            lines[0].receipt,
            _noon(lines[0].issued_on),
            ", ".join(dict.fromkeys(line.text for line in lines)),
            Money(sum(line.total.cents for line in lines if line.kind is not LineKind.BUNDLE_USE)),
            number=lines[0].receipt,
            void=lines[0].void,
            paid=tuple((payment.method, payment.amount) for payment in paid.get(invoice, ())),
        )
        for invoice, lines in invoices.items()
    ]
    entries += [
        Entry(Happening.PAYMENT, p.id, _noon(p.paid_on), "", p.amount, method=p.method) for p in others
    ]
    numbers = _credit_notes(work, ledger)
    entries += [
        Entry(Happening.REFUND, r.id, _noon(r.refunded_on), "", -r.amount, number=numbers.get(r.id, ""))
        for r in ledger.refunds
    ]
    return entries


def _paid_on_the_spot(payment: billing.Payment, lines: Mapping[LineId, billing.Line]) -> InvoiceId | None:
    """Name the invoice that was paid the day it was issued by this payment, all of which went to it."""
    parts = payment.allocations or ()
    whole = sum(part.amount.cents for part in parts) == payment.amount.cents
    found = {lines.get(part.line) for part in parts}
    invoices = {line.invoice if line and line.issued_on == payment.paid_on else None for line in found}
    return invoices.pop() if whole and len(invoices) == 1 else None


def _credit_notes(work: Work, ledger: Ledger) -> dict[str, str]:
    ids = [refund.id for refund in ledger.refunds]
    if not ids:
        return {}
    asked = select(Paper.refund, Paper.number).where(Paper.refund.in_(ids))
    return {row.refund: row.number for row in work.run(asked)}

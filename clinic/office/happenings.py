"""Happenings: everything that befell a client, from visits to refunds, as entries of one line of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.records import Appointment, Note, Paper, Staff, Treatment
from clinic.rules.permissions import Permission
from clinic.values import AppointmentId, LineKind, Method, Money, State
from clinic.wording import visits as wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.rules import billing
    from clinic.rules.annual import Ledger
    from clinic.rules.counting import Stand
    from clinic.storage.work import Work


class Happening(StrEnum):
    """What an entry of the line of time is about."""

    VISIT = "visit"
    NOTE = "note"
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
    method: Method | None = None
    number: str = ""
    void: bool = False


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
    entries = [
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
        )
        for visit in ledger.visits
    ]
    entries += [
        Entry(Happening.NOTE, row.note, visit.at, "signed" if row.signed_at else "draft")
        for visit in ledger.visits
        if (row := told[visit.id]).note is not None
    ]
    return entries


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
    """Tell of receipts, payments and refunds."""
    work.require(Permission.MONEY_SEE)
    invoices: dict[str, list[billing.Line]] = {}
    for line in ledger.lines:
        invoices.setdefault(line.invoice, []).append(line)
    entries = [
        Entry(
            Happening.RECEIPT,
            lines[0].receipt,
            _noon(lines[0].issued_on),
            ", ".join(dict.fromkeys(line.text for line in lines)),
            Money(sum(line.total.cents for line in lines if line.kind is not LineKind.BUNDLE_USE)),
            number=lines[0].receipt,
            void=lines[0].void,
        )
        for lines in invoices.values()
    ]
    entries += [
        Entry(Happening.PAYMENT, p.id, _noon(p.paid_on), "", p.amount, method=p.method)
        for p in ledger.payments
    ]
    numbers = _credit_notes(work, ledger)
    entries += [
        Entry(Happening.REFUND, r.id, _noon(r.refunded_on), "", -r.amount, number=numbers.get(r.id, ""))
        for r in ledger.refunds
    ]
    return entries


def _credit_notes(work: Work, ledger: Ledger) -> dict[str, str]:
    ids = [refund.id for refund in ledger.refunds]
    if not ids:
        return {}
    asked = select(Paper.refund, Paper.number).where(Paper.refund.in_(ids))
    return {row.refund: row.number for row in work.run(asked)}

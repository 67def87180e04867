"""Marks: what visits show beside their time, such as paid, signed, and which visit of a letter they are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.records import Allocation, Appointment, Invoice, Line, Note
from clinic.rules import annual, billing, counting
from clinic.values import LineKind, Money
from clinic.workroom import facts, ledgers

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from sqlalchemy import ColumnElement, Row

    from clinic.rules.counting import Stand
    from clinic.storage.work import Work
    from clinic.values import AppointmentId


def money_of(work: Work, which: ColumnElement[bool]) -> dict[str, tuple[bool, Money]]:
    """Tell what was charged for visits, and how much of it is open; a visit from a bundle is paid."""
    settled = (
        select(func.coalesce(func.sum(Allocation.amount_cents), 0))
        .where(Allocation.line == Line.id)
        .scalar_subquery()
    )
    open_cents = (
        Line.price_cents - func.coalesce(Line.discount_cents, 0) + func.coalesce(Line.tax_cents, 0) - settled
    )
    asked = (
        select(Line.appointment, Line.kind, open_cents.label("open"))
        .join(Appointment, Appointment.id == Line.appointment)
        .join(Invoice, Invoice.id == Line.invoice)
        .where(which, Invoice.void_on.is_(None))
    )
    found: dict[str, tuple[bool, Money]] = {}
    for row in work.run(asked):
        owed = Money(0) if row.kind is LineKind.BUNDLE_USE else max(Money(0), Money(row.open))
        charged, so_far = found.get(row.appointment, (False, Money(0)))
        found[row.appointment] = (charged or row.kind in billing.OF_A_VISIT, so_far + owed)
    return found


def notes_of(work: Work, which: ColumnElement[bool]) -> dict[str, bool]:
    """Tell which visits have a note, and whether it is signed."""
    asked = select(Note.appointment, Note.signed_at).join(Appointment, Appointment.id == Note.appointment)
    return {row.appointment: row.signed_at is not None for row in work.run(asked.where(which))}


def stands_of(work: Work, visits: Collection[Row[Any]]) -> Mapping[AppointmentId, Stand]:
    """Put visits under the letters that speak on their days, those ahead counted as if they take place."""
    therapists = {t.name for t in facts.therapists_of(work).values()}
    policy = facts.policy_of(work.practice.settings)
    letters = ledgers.letters_of(work, {visit.client for visit in visits})
    days: dict[str, set[date]] = defaultdict(set)
    for visit in visits:
        days[visit.client].add(visit.at.date())
    begun: dict[str, date] = {}
    for client, own in letters.items():
        supporting = annual.supporting(own)
        since = [counting.bears_since(supporting, on, policy) for on in days[client]]
        if any(since):
            begun[client] = min(first for first in since if first is not None)
    # A visit may be put under somebody else's letter by name; then all that it counts is looked at.
    named = {visit.client for visit in visits if visit.letter is not None}
    found: dict[AppointmentId, Stand] = {}
    for clients, first in ((begun.keys() - named, min(begun.values(), default=None)), (named, None)):
        for _, history in ledgers.histories(work, sorted(clients), since=first) if clients else ():
            found |= counting.stand(
                history.visits,
                counting.bearing(annual.supporting(history.letters), history.visits, first, policy),
                history.person.patient,
                therapists,
                policy,
                as_booked=True,
            )
    return found

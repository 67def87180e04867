"""Excerpts: as much of one client's ledger as bears on some visits or invoices; the rest is left on its shelf.

What is judged by an excerpt comes out as it would by the whole ledger. What goes by all the money of a client, such
as a credit, needs the whole; everybody's year takes what `moved` hands out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from clinic.records import Allocation, Appointment, Client, Invoice, Line, Payment, Refund, RefundAllocation
from clinic.rules import annual, counting, necessity
from clinic.workroom import facts, ledgers
from clinic.workroom.purses import purses_used

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from clinic.rules import billing
    from clinic.rules.necessity import Letter
    from clinic.storage.work import Work
    from clinic.workroom.ledgers import Asked

COUNTING = necessity.SUPPORTING | necessity.PERMITTING
"""Kinds of letters under which visits are counted."""

_DAYS = select(Appointment.at).where(
    Appointment.id.in_(bindparam("visits", expanding=True)), Appointment.client == bindparam("client")
)
_LINES: Asked = (
    select(*facts.LINE_FACTS)
    .join(Line, Line.invoice == Invoice.id)
    .where(Invoice.id.in_(bindparam("invoices", expanding=True)))
)
_ON_LINES = Allocation.line.in_(bindparam("lines", expanding=True))
_PAID: Asked = (
    select(Payment.id, Payment.paid_on, Payment.method, Payment.amount_cents)
    .where(Payment.id.in_(select(Allocation.payment).where(_ON_LINES)))
    .order_by(Payment.paid_on)
)
_ALLOCATED: Asked = (
    select(Allocation.payment, Allocation.line, Allocation.amount_cents)
    .where(_ON_LINES)
    .order_by(Allocation.payment, Allocation.position)
)
_OF_PAYMENTS = Refund.payment.in_(bindparam("payments", expanding=True))
_REFUNDS: Asked = select(Refund.id, Refund.payment, Refund.refunded_on, Refund.amount_cents).where(
    _OF_PAYMENTS
)
_TAKEN: Asked = (
    select(RefundAllocation.refund, RefundAllocation.line, RefundAllocation.amount_cents)
    .join(Refund, Refund.id == RefundAllocation.refund)
    .where(_OF_PAYMENTS)
    .order_by(RefundAllocation.refund, RefundAllocation.position)
)


def of_invoices(work: Work, client: str, invoices: Collection[str]) -> annual.Ledger:
    """Gather what bears on some of a client's invoices: their lines and money, and what their visits count by."""
    lines = tuple(facts.line_of(row) for row in work.run(_LINES, {"invoices": list(invoices)}))
    ledger = of_visits(work, client, [line.appointment for line in lines if line.appointment])
    paid, refunds = _money(work, [line.id for line in lines])
    return replace(ledger, lines=lines, payments=paid, refunds=refunds)


def of_visits(work: Work, client: str, visits: Collection[str]) -> annual.Ledger:
    """Gather what bears on some of a client's visits: the letters, and the visits counted together with them."""
    person = facts.person_of(work.get(Client, client))
    letters = tuple(map(facts.letter_of, ledgers.put(work, ledgers.LETTERS, [client])))
    asked = {"visits": list(visits), "client": client}
    days = [row.at.date() for row in work.run(_DAYS, asked)] if visits else []
    if not days:
        return annual.Ledger(person, letters)
    letters += tuple(map(facts.letter_of, ledgers.put(work, ledgers.BORROWED, [client])))
    since = _first_day(work, letters, days)
    returned = frozenset(row.appointment for row in ledgers.put(work, ledgers.RETURNED, [client], since))
    return annual.Ledger(
        person,
        letters,
        tuple(facts.visit_of(row, returned) for row in ledgers.put(work, ledgers.VISITS, [client], since)),
        outcomes=tuple(row.at.date() for row in ledgers.put(work, ledgers.MEASURED, [client])),
    )


def practice_of(work: Work, ledger: annual.Ledger) -> annual.Practice:
    """Gather what the practice adds to an excerpt: therapists, settings, and the bundles that its lines use."""
    used = {line.bundle for line in ledger.lines if line.bundle is not None}
    return annual.Practice(
        facts.therapists_of(work), facts.policy_of(work.practice.settings), purses_used(work, used)
    )


def _first_day(work: Work, letters: Sequence[Letter], days: Sequence[date]) -> date:
    """Find the day from which on visits bear on how those of some days are counted; at the latest, these days."""
    counting_ = [letter for letter in letters if letter.kind in COUNTING]
    policy = facts.policy_of(work.practice.settings)
    return min(counting.bears_since(counting_, day, policy) or day for day in days)


def _money(
    work: Work, lines: Sequence[str]
) -> tuple[tuple[billing.Payment, ...], tuple[billing.Refund, ...]]:
    """Gather what was paid on lines, and what of it went back."""
    asked = {"lines": list(lines)}
    allocated = work.run(_ALLOCATED, asked).all()
    if not allocated:
        return (), ()
    paid = facts.payments_of(list(work.run(_PAID, asked)), list(allocated))
    named = {"payments": [payment.id for payment in paid]}
    refunded = work.run(_REFUNDS, named).all()
    taken = work.run(_TAKEN, named).all() if refunded else []
    return paid, facts.refunds_of(list(refunded), list(taken))

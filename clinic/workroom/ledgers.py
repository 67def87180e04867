"""Ledgers: what is on file of clients' letters, visits and money, handed to the rules as values.

However many clients are asked for, the number of questions put to the file stays the same.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Select, or_, select

from clinic.records import (
    Allocation,
    Appointment,
    Bundle,
    Client,
    Invoice,
    Letter,
    Line,
    Payment,
    Refund,
    RefundAllocation,
    Staff,
    Treatment,
)
from clinic.rules import annual, billing, bundles, counting, eligibility, necessity
from clinic.values import (
    AccountKind,
    AppointmentId,
    BundleId,
    ClientId,
    InvoiceId,
    LetterId,
    LineId,
    LineKind,
    Money,
    PaymentId,
    PlanType,
    RefundId,
    Relation,
    StaffId,
    Technique,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlalchemy import ColumnElement, Row

    from clinic.storage.work import Work

LINE_FACTS = (
    Invoice.issued_on,
    Invoice.number,
    Invoice.void_on,
    Line.id,
    Line.invoice,
    Line.position,
    Line.kind,
    Line.text,
    Line.price_cents,
    Line.discount_cents,
    Line.tax_cents,
    Line.appointment,
    Line.bundle,
)
BY_NAME = 2_000
"""How many clients are asked for one by one; beyond that everybody is gone through."""
Asked: TypeAlias = Select[*tuple[Any, ...]]
CARE = (LineKind.TREATMENT, LineKind.BUNDLE_USE)


def policy_of(settings: Mapping[str, Any] | None) -> counting.Policy:
    """Read the practice's settings that speak of letters; what is not set keeps its default."""
    told = settings or {}
    return counting.Policy(
        lmn_retro_days=told.get("lmn_retro_days", 0),
        fsa_signers=tuple(told.get("fsa_signers", necessity.FSA_SIGNERS)),
        strict_duration=told.get("strict_duration", False),
        gift_tender_eligible=told.get("gift_tender_eligible", False),
    )


def practice_of(work: Work, clients: Collection[str] | None = None) -> annual.Practice:
    """Gather what all ledgers share: therapists, settings, and the bundles these clients bought or use."""
    return annual.Practice(therapists_of(work), policy_of(work.practice.settings), _purses(work, clients))


def therapists_of(work: Work) -> dict[StaffId, eligibility.Therapist]:
    """Gather everybody who may have given a visit, with what certifies them."""
    return {
        StaffId(person.id): eligibility.Therapist(
            StaffId(person.id),
            person.name,
            (person.certificate or {}).get("number", ""),
            _day((person.certificate or {}).get("issued")),
            _day((person.certificate or {}).get("expires")),
        )
        for person in work.session.scalars(select(Staff))
    }


def ledger_of(work: Work, client: str) -> annual.Ledger:
    """Gather one client's ledger."""
    return next(ledger for _, ledger in ledgers(work, [client]))


def ledgers(work: Work, clients: Collection[str] | None = None) -> Iterator[tuple[ClientId, annual.Ledger]]:
    """Hand out ledgers one client at a time, in the order of their ids; None means everybody's."""
    if clients is not None and len(clients) > BY_NAME:
        wanted = frozenset(clients)
        yield from (found for found in ledgers(work) if found[0] in wanted)
        return
    letters = _Side(work, _asked(select(Letter), Letter.client, clients).order_by(Letter.client, Letter.id))
    borrowed = _Side(
        work,
        _asked(
            select(Appointment.client, Letter)
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
    people = _asked(select(Client), Client.id, clients).order_by(Client.id)
    for client in work.session.scalars(people, execution_options={"yield_per": 500}):
        charged = tuple(_line(row) for row in lines.of(client.id))
        returned = _returned(charged)
        yield (
            ClientId(client.id),
            annual.Ledger(
                person_of(client),
                (
                    *(letter_of(row[0]) for row in letters.of(client.id)),
                    *(letter_of(row.Letter) for row in borrowed.of(client.id)),
                ),
                tuple(_visit(row, returned) for row in visits.of(client.id)),
                charged,
                _payments_of(paid.of(client.id), allocated.of(client.id)),
                _refunds_of(refunds.of(client.id), taken.of(client.id)),
                tuple(BundleId(row.id) for row in bought.of(client.id)),
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
    first = row[0]
    return first if isinstance(first, str) else str(first.client)


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


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def person_of(client: Client) -> eligibility.Person:
    """Make of a client's record what the rules of eligibility read."""
    plan = (client.payer or {}).get("plan_type")
    return eligibility.Person(
        necessity.Patient(
            ClientId(client.id),
            client.given_name,
            client.family_name,
            client.preferred_name or "",
        ),
        PlanType(plan) if plan else None,
        tuple(
            eligibility.Account(
                AccountKind(account["kind"]),
                _day(account.get("opened")),
                _day(account.get("year_start")),
                _day(account.get("year_end")),
                _day(account.get("grace_until")),
            )
            for account in client.accounts or ()
        ),
        {StaffId(r["staff"]): Relation(r["relation"]) for r in client.relations or ()},
    )


def letter_of(letter: Letter) -> necessity.Letter:
    """Make of a letter's record what the rules of necessity read."""
    signer = letter.signer
    return necessity.Letter(
        id=LetterId(letter.id),
        client=ClientId(letter.client),
        kind=letter.kind,
        number=letter.number,
        units=letter.units,
        signed_on=letter.signed_on,
        starts_on=letter.starts_on,
        ends_on=letter.ends_on,
        lifetime=bool(letter.lifetime),
        patient_name=letter.patient_name,
        signer=necessity.Signer(
            signer["name"],
            signer.get("credential", ""),
            signer.get("npi", ""),
            necessity.relation_in(signer["relation"]) if signer.get("relation") else None,
        )
        if signer
        else None,
        signed=letter.signed,
        diagnoses=tuple(necessity.Diagnosis(d["text"], d.get("icd10", "")) for d in letter.diagnoses or ()),
        treatment=letter.treatment,
        techniques=tuple(Technique(t) for t in letter.techniques) if letter.techniques is not None else None,
        minutes=letter.minutes,
        max_visits=letter.max_visits,
        used_before=letter.used_before or 0,
        frequency=necessity.Frequency(letter.frequency["times"], letter.frequency["per"])
        if letter.frequency
        else None,
        necessity_statement=letter.necessity_statement,
        source=letter.source,
        exam_on=letter.exam_on,
        admin_approved_on=letter.admin_approved_on,
        revoked_on=letter.revoked_on,
    )


def _visit(row: Row[Any], returned: frozenset[str]) -> counting.Visit:
    return counting.Visit(
        AppointmentId(row.id),
        ClientId(row.client),
        row.at,
        row.state,
        StaffId(row.staff),
        row.purpose,
        row.technique,
        row.minutes if row.minutes_given is None else row.minutes_given,
        LetterId(row.letter) if row.letter else None,
        row.diagnosis,
        row.id in returned,
    )


def _line(row: Row[Any]) -> billing.Line:
    return billing.Line(
        LineId(row.id),
        InvoiceId(row.invoice),
        row.issued_on,
        row.position,
        row.kind,
        row.text,
        Money(row.price_cents),
        Money(row.discount_cents or 0),
        Money(row.tax_cents or 0),
        AppointmentId(row.appointment) if row.appointment else None,
        BundleId(row.bundle) if row.bundle else None,
        row.number,
        row.void_on is not None,
    )


def _returned(lines: tuple[billing.Line, ...]) -> frozenset[str]:
    """Name the visits of which everything charged was voided: they are given back to their letter."""
    void: set[str] = set()
    standing: set[str] = set()
    for line in lines:
        if line.appointment and line.kind in CARE:
            (void if line.void else standing).add(line.appointment)
    return frozenset(void - standing)


def _parts(rows: list[Row[Any]], owner: str) -> dict[str, tuple[billing.Allocation, ...]]:
    parts = defaultdict(list)
    for row in rows:
        parts[getattr(row, owner)].append(billing.Allocation(LineId(row.line), Money(row.amount_cents)))
    return {key: tuple(found) for key, found in parts.items()}


def _payments_of(rows: list[Row[Any]], allocated: list[Row[Any]]) -> tuple[billing.Payment, ...]:
    parts = _parts(allocated, "payment")
    return tuple(
        billing.Payment(
            PaymentId(row.id),
            row.paid_on,
            row.method,
            Money(row.amount_cents),
            parts.get(row.id, ()),
        )
        for row in rows
    )


def _refunds_of(rows: list[Row[Any]], allocated: list[Row[Any]]) -> tuple[billing.Refund, ...]:
    parts = _parts(allocated, "refund")
    return tuple(
        billing.Refund(
            RefundId(row.id),
            PaymentId(row.payment),
            row.refunded_on,
            Money(row.amount_cents),
            parts.get(row.id, ()),
        )
        for row in rows
    )


def _purses(work: Work, clients: Collection[str] | None) -> dict[BundleId, annual.Purse]:
    """Work out how the bundles' money went to their visits; a bundle may be used by somebody else's visits."""
    sold = select(Bundle, Line.price_cents, Line.discount_cents, Line.tax_cents).join(
        Line, Line.id == Bundle.line
    )
    if clients is not None:
        used = (
            select(Line.bundle).join(Invoice, Invoice.id == Line.invoice).where(Invoice.client.in_(clients))
        )
        sold = sold.where(or_(Bundle.client.in_(clients), Bundle.id.in_(used)))
    found = work.run(sold).all()
    if not found:
        return {}
    ids, sales = [row.Bundle.id for row in found], [row.Bundle.line for row in found]
    uses = _uses(work, Line.bundle.in_(ids) if clients is not None else Line.bundle.is_not(None))
    on_sales = Allocation.line.in_(sales) if clients is not None else Allocation.line.in_(select(Bundle.line))
    settled = _settled_sales(work, on_sales)
    return annual.purses(
        (
            bundles.Bundle(
                BundleId(row.Bundle.id),
                ClientId(row.Bundle.client),
                LineId(row.Bundle.line),
                Money(row.price_cents - (row.discount_cents or 0) + (row.tax_cents or 0)),
                row.Bundle.visits,
                tuple(uses[row.Bundle.id]),
            )
            for row in found
        ),
        settled.pieces,
        settled.late_refunds,
    )


def _uses(work: Work, which: ColumnElement[bool]) -> dict[str, list[bundles.Use]]:
    asked = (
        select(Line.bundle, Line.id, Appointment.at, Appointment.state, Invoice.issued_on)
        .join(Invoice, Invoice.id == Line.invoice)
        .outerjoin(Appointment, Appointment.id == Line.appointment)
        .where(which, Line.kind == LineKind.BUNDLE_USE, Invoice.void_on.is_(None))
    )
    uses: dict[str, list[bundles.Use]] = defaultdict(list)
    for row in work.run(asked):
        if row.at is None:
            uses[row.bundle].append(bundles.Use(LineId(row.id), row.issued_on))
        elif row.state in annual.TAKEN:
            uses[row.bundle].append(bundles.Use(LineId(row.id), row.at.date()))
    return uses


def _settled_sales(work: Work, on_sales: ColumnElement[bool]) -> billing.Settled:
    """Follow the money on the sales of bundles, whoever paid it."""
    payers = select(Allocation.payment).where(on_sales)
    paid = work.run(
        select(Payment.client, Payment.id, Payment.paid_on, Payment.method, Payment.amount_cents).where(
            Payment.id.in_(payers),
        ),
    ).all()
    allocated = work.run(
        select(Allocation.payment, Allocation.line, Allocation.amount_cents)
        .where(Allocation.payment.in_(payers))
        .order_by(Allocation.payment, Allocation.position),
    ).all()
    refunds = work.run(
        select(Refund.id, Refund.payment, Refund.refunded_on, Refund.amount_cents).where(
            Refund.payment.in_(payers)
        ),
    ).all()
    taken = work.run(
        select(RefundAllocation.refund, RefundAllocation.line, RefundAllocation.amount_cents)
        .join(Refund, Refund.id == RefundAllocation.refund)
        .where(Refund.payment.in_(payers)),
    ).all()
    lines = work.run(
        select(Invoice.client, *LINE_FACTS)
        .join(Line, Line.invoice == Invoice.id)
        .where(Line.kind == LineKind.BUNDLE_SALE),
    )
    return billing.settle(
        [_line(row) for row in lines],
        _payments_of(list(paid), list(allocated)),
        _refunds_of(list(refunds), list(taken)),
    )

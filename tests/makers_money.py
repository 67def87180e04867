"""Invented clients with letters, visits and money, valid unless a test says otherwise.

By default Ann Meadows has Dr. Adeyemi's letter of January 2026 for twelve visits of an hour, comes to Dana Reyes,
who is certified, and pays 120.00 by card on the day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from clinic.rules import annual, billing
from clinic.rules.annual import ClientYear, Ledger, Practice, Totals, YearLine
from clinic.rules.billing import Allocation, Line, Payment, Refund
from clinic.rules.bundles import Bundle, Use
from clinic.rules.counting import Policy, Visit
from clinic.rules.eligibility import Account, Person, Therapist
from clinic.rules.necessity import Diagnosis, Letter, Patient, Signer
from clinic.values import (
    AccountKind,
    AppointmentId,
    Basis,
    BundleId,
    ClientId,
    InvoiceId,
    LetterId,
    LetterKind,
    LineId,
    LineKind,
    Method,
    Money,
    PaymentId,
    Purpose,
    RefundId,
    Regime,
    Relation,
    StaffId,
    State,
    Technique,
    Verdict,
)

ANN = ClientId("ann")
DANA = StaffId("dana")
PRICE = Money.of("120")
SUMMER = date(2026, 7, 1)


def dollars(text: str) -> Money:
    return Money.of(text)


def these(*codes: str) -> frozenset[str]:
    return frozenset(codes)


def a_patient(**changes: Any) -> Patient:
    return replace(Patient(ANN, "Ann", "Meadows"), **changes)


def a_signer(credential: str = "MD", **changes: Any) -> Signer:
    return replace(Signer("Dr. Miriam Adeyemi", credential), **changes)


def a_letter(**changes: Any) -> Letter:
    letter = Letter(
        id=LetterId("letter"),
        client=ANN,
        kind=LetterKind.LMN,
        signed_on=date(2026, 1, 15),
        ends_on=date(2026, 12, 31),
        patient_name="Ann Meadows",
        signer=a_signer(),
        signed=True,
        diagnoses=(Diagnosis("Sciatica, right side", "M54.31"),),
        treatment="Massage therapy",
        minutes=60,
        max_visits=12,
    )
    return replace(letter, **changes)


def a_permit(kind: LetterKind = LetterKind.REFERRAL, **changes: Any) -> Letter:
    return a_letter(**{"id": LetterId("permit"), "kind": kind, "ends_on": None} | changes)


def a_visit(on: date = SUMMER, **changes: Any) -> Visit:
    visit = Visit(
        AppointmentId(f"visit-{on}"),
        ANN,
        datetime.combine(on, time(10)),
        State.DONE,
        DANA,
        Purpose.THERAPEUTIC,
        Technique.THERAPEUTIC,
        60,
    )
    return replace(visit, **changes)


def a_line(name: str = "line", **changes: Any) -> Line:
    line = Line(
        id=LineId(name),
        invoice=InvoiceId(f"invoice-{name}"),
        issued_on=SUMMER,
        position=0,
        kind=LineKind.TREATMENT,
        text="Therapeutic massage, 60 minutes",
        price=PRICE,
    )
    return replace(line, **changes)


def a_payment(amount: Money = PRICE, *, on: date = SUMMER, name: str = "payment", **changes: Any) -> Payment:
    payment = Payment(PaymentId(name), on, Method.CARD, amount, (Allocation(LineId("line"), amount),))
    return replace(payment, **changes)


def a_refund(amount: Money, *, on: date = SUMMER, name: str = "refund", **changes: Any) -> Refund:
    whole = (Allocation(LineId("line"), amount),)
    return replace(Refund(RefundId(name), PaymentId("payment"), on, amount, whole), **changes)


def toward(line: str, amount: Money) -> tuple[Allocation, ...]:
    return (Allocation(LineId(line), amount),)


def a_therapist(**changes: Any) -> Therapist:
    therapist = Therapist(DANA, "Dana Reyes", "48213", date(2024, 1, 1), date(2027, 12, 31))
    return replace(therapist, **changes)


def a_person(**changes: Any) -> Person:
    return replace(Person(a_patient()), **changes)


def an_account(kind: AccountKind, **changes: Any) -> Account:
    return replace(Account(kind), **changes)


def a_practice(
    *, therapist: Therapist | None = None, policy: Policy | None = None, **purses: annual.Purse
) -> Practice:
    known = therapist or a_therapist()
    return Practice(
        {known.id: known},
        policy or Policy(),
        {BundleId(name): purse for name, purse in purses.items()},
    )


def a_year(
    ledger: Ledger, year: int = 2026, basis: Basis = Basis.PAYMENT, practice: Practice | None = None
) -> ClientYear:
    return annual.client_year(ledger, practice or a_practice(), year, basis)


def a_ledger(**changes: Any) -> Ledger:
    """One visit in July 2026 under the letter, charged and paid on the day."""
    visit = a_visit()
    ledger = Ledger(a_person(), (a_letter(),), (visit,), (a_line(appointment=visit.id),), (a_payment(),), ())
    return replace(ledger, **changes)


def judged(
    *,
    visit: dict[str, Any] | None = None,
    letter: dict[str, Any] | None = None,
    no_letter: bool = False,
    line: dict[str, Any] | None = None,
    person: dict[str, Any] | None = None,
    therapist: dict[str, Any] | None = None,
    policy: dict[str, Any] | None = None,
    method: Method = Method.CARD,
) -> YearLine:
    """The one row of the one visit, with what a test changes about it."""
    visited = a_visit(**visit or {})
    charged = a_line(**{"appointment": visited.id} | (line or {}))
    ledger = Ledger(
        a_person(**person or {}),
        () if no_letter else (a_letter(**letter or {}),),
        (visited,),
        (charged,),
        (a_payment(charged.total, method=method),),
    )
    practice = a_practice(therapist=a_therapist(**therapist or {}), policy=Policy(**policy or {}))
    (row,) = a_year(ledger, practice=practice).lines
    return row


def a_bundle(visits: int = 6, price: str = "425", *, uses: tuple[Use, ...] = (), **changes: Any) -> Bundle:
    bundle = Bundle(BundleId("bundle"), ANN, LineId("sale"), dollars(price), visits, uses)
    return replace(bundle, **changes)


def a_bundle_ledger(
    bundle: Bundle,
    days: tuple[date, ...],
    payments: tuple[Payment, ...],
    refunds: tuple[Refund, ...] = (),
    **changes: Any,
) -> tuple[Ledger, Practice]:
    """A bundle sold on New Year's Day 2026 with a visit on each of the days."""
    visits = tuple(a_visit(day) for day in days)
    sale = a_line("sale", kind=LineKind.BUNDLE_SALE, price=bundle.price, issued_on=date(2026, 1, 1))
    used = tuple(
        a_line(
            f"use-{visit.day}",
            kind=LineKind.BUNDLE_USE,
            price=Money(0),
            issued_on=visit.day,
            appointment=visit.id,
            bundle=bundle.id,
        )
        for visit in visits
    )
    ledger = Ledger(a_person(), (a_letter(),), visits, (sale, *used), payments, refunds, (bundle.id,))
    ledger = replace(ledger, **changes)
    known = replace(
        bundle, uses=tuple(Use(line.id, visit.day) for line, visit in zip(used, visits, strict=True))
    )
    settled = billing.settle(ledger.lines, ledger.payments, ledger.refunds)
    purses = annual.purses([known], settled.pieces, settled.late_refunds)
    return ledger, Practice({DANA: a_therapist()}, Policy(), purses)


def verdicts(row: YearLine) -> str:
    """Write the four columns as one word: y(es), n(o), p(artial), ? (the plan decides)."""
    short = {Verdict.YES: "y", Verdict.NO: "n", Verdict.PARTIAL: "p", Verdict.PLAN: "?"}
    told = row.judgement.verdicts
    return "".join(short[told[regime]] for regime in (Regime.TAX, Regime.HSA, Regime.FSA, Regime.INS))


def codes(row: YearLine) -> str:
    return " ".join(row.judgement.codes)


def relatives(relation: Relation) -> dict[str, Any]:
    return {"relations": {DANA: relation}}


def money(totals: Totals) -> tuple[str, ...]:
    """Client paid, marked personal, marked HSA/FSA, not marked, prepaid open, refunds of earlier years."""
    return tuple(
        str(amount)
        for amount in (
            totals.client_paid,
            totals.marked_personal,
            totals.marked_hsa_fsa,
            totals.not_marked,
            totals.prepaid_open,
            totals.refunds_prior_year,
        )
    )

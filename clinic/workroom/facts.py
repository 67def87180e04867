"""Facts: records made into the values that the rules read."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from clinic.records import Client, Invoice, Letter, Line, Staff
from clinic.rules import billing, counting, eligibility, necessity
from clinic.rules.prices import TaxRate
from clinic.values import (
    NOTHING,
    AccountKind,
    AppointmentId,
    ClientId,
    LetterId,
    Money,
    PaymentId,
    PlanType,
    RefundId,
    Relation,
    StaffId,
    Technique,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Row

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

PERSON_FACTS = (
    Client.id,
    Client.given_name,
    Client.family_name,
    Client.preferred_name,
    Client.payer,
    Client.accounts,
    Client.relations,
)
LETTER_FACTS = (
    Letter.id,
    Letter.client,
    Letter.kind,
    Letter.number,
    Letter.units,
    Letter.signed_on,
    Letter.starts_on,
    Letter.ends_on,
    Letter.lifetime,
    Letter.patient_name,
    Letter.signer,
    Letter.signed,
    Letter.diagnoses,
    Letter.treatment,
    Letter.techniques,
    Letter.minutes,
    Letter.max_visits,
    Letter.used_before,
    Letter.frequency,
    Letter.necessity_statement,
    Letter.source,
    Letter.exam_on,
    Letter.admin_approved_on,
    Letter.revoked_on,
    Letter.revoked_for,
    Letter.superseded_on,
    Letter.verified,
    Letter.decision,
)


def policy_of(settings: Mapping[str, Any] | None) -> counting.Policy:
    """Read the practice's settings that speak of letters; what is not set keeps its default."""
    told = settings or {}
    return counting.Policy(
        lmn_retro_days=told.get("lmn_retro_days", 0),
        fsa_signers=tuple(told.get("fsa_signers", necessity.FSA_SIGNERS)),
        strict_duration=told.get("strict_duration", False),
        gift_tender_eligible=told.get("gift_tender_eligible", False),
    )


def rates_in(settings: Mapping[str, Any] | None) -> tuple[TaxRate, ...]:
    """Read the rates from the practice's settings."""
    return tuple(
        TaxRate(each.get("place", ""), date.fromisoformat(each["since"]), each["rate"])
        for each in (settings or {}).get("sales_tax", ())
    )


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
        for person in work.every(Staff)
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def person_of(client: Client | Row[Any]) -> eligibility.Person:
    """Make of a client's row what the rules of eligibility read."""
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


def letter_of(letter: Row[Any] | Letter) -> necessity.Letter:
    """Make of a letter's row what the rules of necessity read."""
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
        revoked_for=letter.revoked_for or "",
        superseded_on=letter.superseded_on,
        verified=letter.verified is not None,
        decision=(letter.decision or {}).get("state", ""),
    )


def visit_of(row: Row[Any], returned: frozenset[str]) -> counting.Visit:
    """Make of an appointment's row what letters see of it; `returned` names the visits given back."""
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


def line_of(row: Sequence[Any]) -> billing.Line:
    """Make of a line's row, which ends with `LINE_FACTS`, what the rules of billing read."""
    *_, issued_on, number, void_on, line, invoice, place, kind, text, price, discount, tax, visit, bundle = (
        row
    )
    return billing.Line(
        line,
        invoice,
        issued_on,
        place,
        kind,
        text,
        Money(price),
        Money(discount) if discount else NOTHING,
        Money(tax) if tax else NOTHING,
        visit or None,
        bundle or None,
        number,
        void_on is not None,
    )


def _parts(rows: Iterable[Sequence[Any]]) -> dict[str, tuple[billing.Allocation, ...]]:
    """Gather the parts of each payment or refund; a row ends with its owner, its line and its amount."""
    parts = defaultdict(list)
    for *_, owner, line, cents in rows:
        parts[owner].append(billing.Allocation(line, Money(cents)))
    return {key: tuple(found) for key, found in parts.items()}


def payments_of(
    rows: Iterable[Sequence[Any]], allocated: Iterable[Sequence[Any]]
) -> tuple[billing.Payment, ...]:
    """Put payments together with what each of them settles."""
    parts = _parts(allocated)
    return tuple(
        billing.Payment(payment, paid_on, method, Money(cents), parts.get(payment, ()))
        for *_, payment, paid_on, method, cents in rows
    )


def refunds_of(rows: list[Row[Any]], allocated: Iterable[Sequence[Any]]) -> tuple[billing.Refund, ...]:
    """Put refunds together with what each of them takes back."""
    parts = _parts(allocated)
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

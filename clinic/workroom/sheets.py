"""Sheets: everything a paper will print, gathered from the records at the moment its number is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from clinic.documents.sheets import (
    ChargeLine,
    CreditLine,
    CreditNoteSheet,
    Diagnosis,
    Letterhead,
    Mark,
    PaymentLine,
    Practitioner,
    ReceiptSheet,
    Signature,
)
from clinic.documents.sheets import Client as Payee
from clinic.records import Client, Staff, Treatment
from clinic.rules import billing, necessity, units
from clinic.rules.counting import Policy
from clinic.rules.permissions import Permission, Reach
from clinic.values import NOTHING, LineKind, Method, Money, Refusal
from clinic.wording import _, day, short_day
from clinic.workroom import signing as hand_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from clinic.documents.sheets import Format
    from clinic.records import Payment as Received
    from clinic.rules.annual import YearLine
    from clinic.rules.billing import Allocation, Payment
    from clinic.storage.work import Work
    from clinic.values import LineId

RULESET = "2026-11"
"""Edition of the rules of eligibility that a paper was judged by."""


@dataclass(frozen=True, slots=True)
class Stationery:
    """What all papers of one piece of work share."""

    letterhead: Letterhead
    practitioners: Mapping[str, Practitioner]
    procedures: Mapping[str, str]
    """The billing code of each treatment that has one."""
    policy: Policy
    format: Format
    hands: Mapping[str, Signature] = field(default_factory=dict)
    """Who signs by issuing, as they do it: the person at work, and nobody else."""


def stationery(work: Work, policy: Policy, *, signing: bool = False) -> Stationery:
    """Gather letterhead, certificates and billing codes once for any number of papers.

    What is issued is signed by whoever issues it, where it is of a visit of theirs; what comes in a file, or is
    only shown, is signed by nobody.
    """
    practice = work.practice
    hands = hand_of.own_hand(work, _signed_as(work)) if signing else {}
    return Stationery(
        Letterhead(
            practice.name,
            postal(practice.address),
            practice.phone or "",
            practice.email or "",
            practice.tax_id or "",
            practice.npi or "",
        ),
        {person.id: _practitioner(person) for person in work.every(Staff)},
        {t.id: t.cpt for t in work.every(Treatment) if t.cpt},
        policy,
        "a4" if (practice.preferences or {}).get("paper") == "a4" else "letter",
        hands,
    )


def _signed_as(work: Work) -> str:
    person = work.get(Staff, work.actor.staff)
    return ", ".join(part for part in (person.name, person.title) if part)


def specimen(work: Work) -> ReceiptSheet:
    """Make a receipt for nobody, so that one can see how the practice's papers look; it bears no number."""
    paper = stationery(work, Policy())
    on, price = work.today, Money(12_500)
    line = ChargeLine(
        LineKind.TREATMENT, _("Therapeutic massage, 60 minutes"), price, service_date=on, hands_on=60
    )
    paid = PaymentLine(on, Method.CARD, price, toward=line.text)
    return ReceiptSheet(
        _("Specimen"),
        work.wall,
        paper.letterhead,
        next(iter(paper.practitioners.values()), None),
        Payee(_("A. Client")),
        (line,),
        (paid,),
        format=paper.format,
    )


def postal(address: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Write an address as on an envelope."""
    if not address:
        return ()
    place = " ".join(part for part in (address.get("region"), address.get("postal")) if part)
    town = ", ".join(part for part in (address.get("city"), place) if part)
    return tuple(line for line in (address.get("street"), town) if line)


def _practitioner(person: Staff) -> Practitioner:
    certificate = person.certificate or {}
    return Practitioner(
        person.name,
        person.title or "",
        certificate.get("body", ""),
        certificate.get("number", ""),
        date.fromisoformat(certificate["expires"]) if certificate.get("expires") else None,
        person.npi or "",
    )


def let_diagnosis(work: Work, client: str) -> None:
    """Let only those name a diagnosis on paper who may read the letter that gives it."""
    if work.reach_to(Permission.LETTER_SEE, client) <= Reach.LIMITED:
        raise Refusal("diagnosis_not_yours", at="show_diagnosis")


def payee(client: Client) -> Payee:
    """Name the client, and who pays where that is a guardian; the insurer's facts are for the superbill."""
    payer = client.payer or {}
    return Payee(
        client.name,
        (client.guardian or {}).get("name", ""),
        client.born,
        postal(client.address),
        payer.get("name", ""),
        payer.get("member_id", ""),
    )


def issuer(letter: necessity.Letter) -> str:
    """Name who signed a letter, with the credential."""
    signer = letter.signer
    return ", ".join(part for part in (signer.name, signer.credential) if part) if signer else ""


def called(letter: necessity.Letter) -> str:
    """Name a letter in the window: by its number, else by its day; an id says nothing to anybody."""
    if letter.number:
        return letter.number
    return _("of {day}").format(day=day(letter.signed_on)) if letter.signed_on else _("without a number")


def reference(letter: necessity.Letter) -> str:
    """Name a letter on paper: by its number where it has one."""
    return letter.number or letter.id


def frequency(letter: necessity.Letter) -> tuple[int, str] | None:
    """Tell how often a letter allows a visit."""
    return (letter.frequency.times, letter.frequency.per) if letter.frequency else None


def diagnoses(letter: necessity.Letter) -> tuple[Diagnosis, ...]:
    """Tell what the clinician wrote is wrong."""
    return tuple(Diagnosis(d.text, d.icd10) for d in letter.diagnoses)


def marks(lines: Sequence[YearLine], policy: Policy) -> tuple[Mark, ...]:
    """Make one mark for each letter that stamps something on these lines."""
    by_letter: dict[str, list[YearLine]] = {}
    for line in lines:
        if line.marked and line.judgement.letter is not None:
            by_letter.setdefault(line.judgement.letter.id, []).append(line)
    made = []
    for under in by_letter.values():
        letter = under[0].judgement.letter
        window = necessity.window(letter, policy.lmn_retro_days) if letter else None
        if letter is None or letter.signed_on is None or window is None:
            continue
        made.append(
            Mark(
                letter=reference(letter),
                issuer=issuer(letter),
                signed_on=letter.signed_on,
                valid_from=window.start,
                valid_to=window.end,
                applies_to=Money(sum(line.eligible.cents for line in under)),
                visit=under[-1].judgement.visit,
                visits=letter.max_visits,
                minutes=letter.minutes,
                frequency=frequency(letter),
                issuer_npi=letter.signer.npi if letter.signer else "",
                diagnoses=diagnoses(letter),
            ),
        )
    return tuple(made)


def _in_words(line: YearLine) -> str:
    """Say what a line was for: its own words, with the minutes where they are missing."""
    text = line.line.text
    minutes = line.visit.minutes if line.visit and line.line.kind in billing.CARE else None
    if minutes is None or str(minutes) in text:
        return text
    return _("{treatment}, {minutes} minutes").format(treatment=text, minutes=minutes)


def charge_line(line: YearLine, station: Stationery, treatment: str | None) -> ChargeLine:
    """Make of a judged line what the receipt prints of it."""
    visit = line.visit if line.line.kind in billing.CARE else None
    code = station.procedures.get(treatment or "", "") if visit else ""
    return ChargeLine(
        kind=line.line.kind,
        text=_in_words(line),
        charge=line.charge,
        discount=line.line.discount,
        tax=line.line.tax,
        service_date=line.visit.day if line.visit else None,
        begins=visit.at.time() if visit else None,
        ends=(visit.at + timedelta(minutes=visit.minutes)).time() if visit else None,
        hands_on=visit.minutes if visit else None,
        cpt=code,
        units=units.of_minutes(visit.minutes) if visit and code else None,
        pointer="A" if line.marked and line.judgement.letter is not None else "",
        codes=line.judgement.codes,
    )


@dataclass(frozen=True, slots=True)
class Invoiced:
    """One invoice with what its receipt needs: its judged lines, and the payments that settle them."""

    id: str
    number: str
    issued_at: datetime
    client: Client
    lines: tuple[YearLine, ...]
    payments: tuple[tuple[Payment, tuple[Allocation, ...]], ...]
    treatments: Mapping[str, str]
    """The treatment of each appointment."""
    references: Mapping[str, str]
    payment: str = ""
    """The later payment this receipt is for; empty for an invoice's first receipt."""
    first_receipt: str = ""
    replaces: str = ""
    next_visit: datetime | None = None


def receipt_sheet(invoiced: Invoiced, station: Stationery) -> ReceiptSheet:
    """Freeze a receipt: who, what, when, how it was paid, and under which letter."""
    by_line = {line.line.id: line for line in invoiced.lines}
    therapist = next((line.visit.staff for line in invoiced.lines if line.visit is not None), None)
    payments = tuple(
        PaymentLine(
            payment.paid_on,
            payment.method,
            part.amount,
            invoiced.references.get(payment.id, ""),
            _toward(by_line[part.line]),
        )
        for payment, parts in invoiced.payments
        for part in parts
    )
    from_bundles = tuple(
        PaymentLine(piece.paid_on, piece.method, piece.amount, _("paid in advance"), _toward(line))
        for line in invoiced.lines
        if line.line.kind is LineKind.BUNDLE_USE
        for piece in line.pieces
    )
    return ReceiptSheet(
        number=invoiced.number,
        issued_at=invoiced.issued_at,
        practice=station.letterhead,
        practitioner=station.practitioners.get(therapist) if therapist else None,
        signature=station.hands.get(therapist) if therapist else None,
        client=payee(invoiced.client),
        lines=tuple(
            charge_line(line, station, invoiced.treatments.get(line.visit.id) if line.visit else None)
            for line in invoiced.lines
        ),
        payments=payments + from_bundles,
        marks=marks(invoiced.lines, station.policy),
        next_visit=invoiced.next_visit,
        first_receipt=invoiced.first_receipt,
        replaces=invoiced.replaces,
        ruleset=RULESET,
        format=station.format,
    )


def deposit_sheet(payment: Received, client: Client, station: Stationery, at: datetime) -> ReceiptSheet:
    """Freeze the receipt of money that is for nothing yet."""
    paid = PaymentLine(
        payment.paid_on,
        payment.method,
        Money(payment.amount_cents),
        payment.reference or "",
        _("On account"),
    )
    return ReceiptSheet(
        number=payment.number or "",
        issued_at=at,
        practice=station.letterhead,
        practitioner=None,
        client=payee(client),
        lines=(),
        payments=(paid,),
        ruleset=RULESET,
        format=station.format,
    )


def _toward(line: YearLine) -> str:
    if line.line.kind is LineKind.TIP:
        return _("Tip")
    if line.visit is None:
        return line.line.text
    return _("{treatment}, {day}").format(treatment=line.line.text, day=short_day(line.visit.day))


@dataclass(frozen=True, slots=True)
class Refunded:
    """Money paid back, with what its credit note needs."""

    number: str
    issued_at: datetime
    client: Client
    payment: Payment
    refunded_on: date
    amount: Money
    parts: tuple[Allocation, ...]
    lines: Mapping[LineId, YearLine]
    reason: str = ""


def credit_note_sheet(refunded: Refunded, station: Stationery) -> CreditNoteSheet:
    """Freeze a credit note: which receipt it belongs to, and what each line loses."""
    lines = [
        CreditLine(
            line.line.kind,
            line.line.text,
            part.amount,
            line.service_date,
            part.amount if line.marked else NOTHING,
        )
        for part in refunded.parts
        if (line := refunded.lines.get(part.line)) is not None
    ]
    rest = refunded.amount - Money(sum(line.amount.cents for line in lines))
    if rest:
        lines.append(CreditLine(LineKind.FEE, _("Credit paid back"), rest))
    first = next((refunded.lines[part.line] for part in refunded.parts if part.line in refunded.lines), None)
    therapist = first.visit.staff if first and first.visit else ""
    return CreditNoteSheet(
        number=refunded.number,
        issued_at=refunded.issued_at,
        receipt=first.line.receipt if first else "",
        receipt_issued_on=first.line.issued_on if first else refunded.payment.paid_on,
        practice=station.letterhead,
        client=payee(refunded.client),
        lines=tuple(lines),
        refunded_on=refunded.refunded_on,
        method=refunded.payment.method,
        reason=refunded.reason,
        prior_year=refunded.refunded_on.year > refunded.payment.paid_on.year,
        practitioner=station.practitioners.get(therapist),
        signature=station.hands.get(therapist),
        ruleset=RULESET,
        format=station.format,
    )

"""Papers on demand: a client's receipts, superbills or statement of any time, an estimate, and how they go out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from sqlalchemy import exists, or_, select

from clinic.documents import bundle, credit_note, estimate, stamps, statement
from clinic.documents.sheets import ChargeLine, CreditNoteSheet, EstimateSheet, Expected, ReceiptSheet
from clinic.exchange import drafts
from clinic.exchange.files import written_whole
from clinic.records import Appointment, Client, Invoice, Paper, PaperKind, Payment, Refund, Treatment
from clinic.rules import annual, units
from clinic.rules.permissions import Permission
from clinic.rules.units import Procedure, UnitRule
from clinic.values import AHEAD, Basis, ClientId, Money, Refusal
from clinic.wording import _
from clinic.workroom import ledgers, sheets
from clinic.workroom.issuing import sheet_of
from clinic.workroom.statements import statement_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from clinic.storage.work import Work

LEAST_PASSWORD = 8
"""Signs of a paper's password: the client is told it by another way than the mail."""
ESTIMATE_HOLDS = relativedelta(months=12)


class Handout(StrEnum):
    """What can be handed out of a time."""

    RECEIPTS = "receipts"
    SUPERBILLS = "superbills"
    STATEMENT = "statement"
    CREDIT_NOTES = "credit_notes"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers of whom, of which time; or of one receipt, by its number."""

    client: ClientId
    what: Handout
    first: date
    last: date
    number: str = ""
    basis: Basis = Basis.PAYMENT
    show_diagnosis: bool = False
    """The client wants the diagnosis on the receipts."""
    unit_rule: str = ""
    """How the payer counts minutes; as kept with the client's plan where nobody says."""


@dataclass(frozen=True, slots=True)
class Made:
    """Pages as they will be printed, and what somebody should know before they are handed in."""

    pages: bytes
    papers: int
    warnings: tuple[str, ...] = ()


def make(work: Work, wanted: Wanted) -> Made:
    """Make the pages: what is previewed, printed, saved and mailed are these."""
    work.require(Permission.MONEY_TAKE)
    work.require(Permission.MONEY_TAKE, client=wanted.client)
    if wanted.show_diagnosis or wanted.what is Handout.SUPERBILLS:
        sheets.let_diagnosis(work, wanted.client)
    client = work.get(Client, wanted.client)
    if wanted.first > wanted.last:
        raise Refusal("period_backwards", at="last")
    if wanted.what is Handout.STATEMENT:
        return _statement(work, client, wanted)
    if wanted.what is Handout.ESTIMATE:
        return _estimate(work, client)
    if wanted.what is Handout.CREDIT_NOTES:
        return _credit_notes(work, wanted)
    found = [_shown(sheet, wanted) for sheet in _receipts(work, wanted)]
    if not found:
        raise Refusal("no_papers", at="first")
    if wanted.what is Handout.RECEIPTS:
        return Made(bundle.bundle_of_receipts(found), len(found))
    billed = _billable(found)
    if not billed:
        raise Refusal("no_papers", at="first")
    rule = UnitRule(wanted.unit_rule) if wanted.unit_rule else unit_rule(client)
    counted = _counted(billed, rule)
    warnings = sorted(_warnings(counted))
    return Made(bundle.bundle_of_superbills(counted), len(counted), tuple(warnings))


def unit_rule(client: Client) -> UnitRule:
    """Tell how a client's payer counts minutes: as Medicare does, where nothing else is known."""
    return UnitRule((client.payer or {}).get("unit_rule", UnitRule.CMS_8MIN))


def _receipts(work: Work, wanted: Wanted) -> Sequence[ReceiptSheet]:
    """Read the frozen receipts of a time that still stand, in the order they were issued."""
    standing = exists().where(
        Invoice.id == Paper.invoice, Invoice.client == wanted.client, Invoice.void_on.is_(None)
    )
    paid = exists().where(Payment.id == Paper.payment, Payment.client == wanted.client)
    asked = select(Paper).where(Paper.kind != PaperKind.CREDIT_NOTE, or_(standing, paid))
    if wanted.number:
        asked = asked.where(Paper.number == wanted.number)
    papers = work.session.scalars(asked.order_by(Paper.issued_at, Paper.number))
    found = [sheet_of(paper, ReceiptSheet) for paper in papers]
    if wanted.number:
        return found
    return [sheet for sheet in found if wanted.first <= sheet.issued_at.date() <= wanted.last]


def _shown(sheet: ReceiptSheet, wanted: Wanted) -> ReceiptSheet:
    return replace(sheet, show_diagnosis=True) if wanted.show_diagnosis else sheet


def _billable(found: Sequence[ReceiptSheet]) -> Sequence[ReceiptSheet]:
    """Leave out what bills nothing, and what a later payment's receipt tells again: each visit is billed once."""
    told = [
        set(sheet.first_receipt.split(", ")) if sheet.first_receipt else {sheet.number} for sheet in found
    ]
    return [
        sheet
        for n, sheet in enumerate(found)
        if sheet.lines and not any(told[n] <= later for later in told[n + 1 :])
    ]


def _counted(found: Sequence[ReceiptSheet], rule: UnitRule) -> Sequence[ReceiptSheet]:
    """Count the units of each day's codes by the payer's rule, whichever papers they stand on."""
    minutes: dict[date, dict[str, int]] = {}
    for sheet in found:
        for line in sheet.lines:
            if line.cpt and line.hands_on and line.service_date:
                of_day = minutes.setdefault(line.service_date, {})
                of_day[line.cpt] = of_day.get(line.cpt, 0) + line.hands_on
    counts = {day: units.units(codes, rule) for day, codes in minutes.items()}
    given: set[tuple[date, str]] = set()

    def of(line: ChargeLine) -> ChargeLine:
        if not (line.cpt and line.hands_on and line.service_date):
            return line
        # The units of a code are those of the day: they stand on its first line.
        key = (line.service_date, line.cpt)
        first = key not in given
        given.add(key)
        return replace(line, units=counts[key[0]][key[1]] if first else 0)

    return [replace(sheet, lines=tuple(map(of, sheet.lines))) for sheet in found]


def _warnings(found: Sequence[ReceiptSheet]) -> set[str]:
    by_day: dict[date, list[Procedure]] = {}
    warned = set()
    for sheet in found:
        for line in sheet.lines:
            if line.cpt and line.service_date:
                by_day.setdefault(line.service_date, []).append(Procedure(line.cpt, line.modifier))
                if line.units == 0:
                    warned.add("W-UNITS")
        if not any(mark.diagnoses for mark in sheet.marks):
            warned.add("W-NO-DIAGNOSIS")
    for procedures in by_day.values():
        warned |= units.warnings(procedures)
    return warned


def _statement(work: Work, client: Client, wanted: Wanted) -> Made:
    shared = ledgers.practice_of(work, [client.id])
    ledger = ledgers.ledger_of(work, client.id)
    days = (wanted.first, wanted.last)
    found = annual.client_span(ledger, shared, days, wanted.basis)
    if not found.lines:
        raise Refusal("no_papers", at="first")
    sheet = statement_sheet(client, found, sheets.stationery(work, shared.policy), work.today)
    if days != (date(wanted.last.year, 1, 1), date(wanted.last.year, 12, 31)):
        number = f"S-{wanted.first:%Y%m%d}-{wanted.last:%Y%m%d}"
        sheet = replace(sheet, first=wanted.first, last=wanted.last, number=number)
    return Made(statement.pdf(replace(sheet, show_diagnosis=wanted.show_diagnosis)), 1)


def _credit_notes(work: Work, wanted: Wanted) -> Made:
    theirs = exists().where(
        Refund.id == Paper.refund, Payment.id == Refund.payment, Payment.client == wanted.client
    )
    asked = (
        select(Paper)
        .where(Paper.kind == PaperKind.CREDIT_NOTE, theirs)
        .order_by(Paper.issued_at, Paper.number)
    )
    found = [sheet_of(paper, CreditNoteSheet) for paper in work.session.scalars(asked)]
    within = [sheet for sheet in found if wanted.first <= sheet.refunded_on <= wanted.last]
    if not within:
        raise Refusal("no_papers", at="first")
    return Made(stamps.one_after_another([credit_note.pdf(sheet) for sheet in within]), len(within))


def _estimate(work: Work, client: Client) -> Made:
    """Estimate what is booked within the coming twelve months."""
    until = work.today + ESTIMATE_HOLDS
    asked = (
        select(Appointment, Treatment)
        .join(Treatment, Treatment.id == Appointment.treatment)
        .where(Appointment.client == client.id, Appointment.state.in_(AHEAD), Appointment.at > work.wall)
        .order_by(Appointment.at)
    )
    ahead = [
        (row.Appointment, row.Treatment)
        for row in work.session.execute(asked)
        if row.Appointment.at.date() <= until
    ]
    if not ahead:
        raise Refusal("nothing_booked", at="what")
    by_treatment: dict[str, list[tuple[Appointment, Treatment]]] = {}
    for visit, treatment in ahead:
        by_treatment.setdefault(treatment.id, []).append((visit, treatment))
    station = sheets.stationery(work, ledgers.practice_of(work, [client.id]).policy)
    sheet = EstimateSheet(
        work.today,
        until - timedelta(days=1),
        station.letterhead,
        sheets.payee(client),
        tuple(station.practitioners[staff] for staff in dict.fromkeys(visit.staff for visit, _t in ahead)),
        tuple(_expected(group) for group in by_treatment.values()),
        format=station.format,
    )
    return Made(estimate.pdf(sheet), 1)


def _expected(group: Sequence[tuple[Appointment, Treatment]]) -> Expected:
    treatment = group[0][1]
    minutes = group[0][0].minutes
    return Expected(
        treatment.name,
        len(group),
        Money(treatment.price_cents),
        group[0][0].at.date(),
        group[-1][0].at.date(),
        minutes,
        treatment.cpt or "",
        units.of_minutes(minutes) if treatment.cpt else None,
    )


@dataclass(frozen=True, slots=True)
class Handed:
    """A paper that was written to a file, as a PDF or inside a draft."""

    path: Path
    papers: int


def hand_out(work: Work, wanted: Wanted, *, path: Path, password: str = "") -> Handed:
    """Write the pages to a PDF, or to a draft of a mail where the file's name ends so; the trail knows of it."""
    work.require(Permission.MONEY_TAKE)
    made = make(work, wanted)
    pages = locked(made.pages, password)
    if path.suffix == ".eml":
        client = work.get(Client, wanted.client)
        name = f"{wanted.number or wanted.what.value}.pdf"
        subject, words = _letter(work, locked_=bool(password))
        pages = drafts.draft(client.email or "", subject, words, [(name, pages)])
    with written_whole(path) as file:
        file.write(pages)
    facts: Mapping[str, object] = {
        "what": wanted.what.value,
        "first": wanted.first.isoformat(),
        "last": wanted.last.isoformat(),
        "diagnosis": wanted.show_diagnosis,
        "password": bool(password),
        "mail": path.suffix == ".eml",
    }
    work.note("paper_handed_out", f"clients/{wanted.client}", dict(facts))
    return Handed(path, made.papers)


def lets_letters_go(work: Work, client: ClientId) -> bool:
    """Tell whether a client agreed that scans of letters go along with the papers of a year."""
    work.require(Permission.LETTER_SEE)
    work.require(Permission.LETTER_SEE, client=client)
    return bool(work.get(Client, client).letters_along)


def agree_on_letters(work: Work, *, client: ClientId, agreed: bool) -> None:
    """Keep what a client said about scans of letters going along with the papers of a year."""
    work.require(Permission.CLIENT_CHANGE, client=client)
    work.get(Client, client).letters_along = agreed or None


def locked(pages: bytes, password: str) -> bytes:
    """Put a password on pages (AES-256), where one is wished."""
    if not password:
        return pages
    if len(password) < LEAST_PASSWORD:
        raise Refusal("password_short", at="password", least=LEAST_PASSWORD)
    return stamps.with_password(pages, password)


def _letter(work: Work, *, locked_: bool) -> tuple[str, str]:
    """Word the mail: from whom and that something is attached; nothing of what it is about."""
    practice = work.practice.name
    subject = _("Your papers from {practice}").format(practice=practice)
    lines = [_("Hello,"), "", _("Attached is the paper you asked for.")]
    if locked_:
        lines.append(_("It opens with the password we agreed on."))
    return subject, "\n".join([*lines, "", practice, ""])

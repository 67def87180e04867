"""The receipt: proof of a payment, and of the letter behind it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house, reasons, tables
from clinic.documents.frozen import sheet_hash
from clinic.documents.paper import Paper
from clinic.documents.sheets import total
from clinic.documents.tables import ROW, Column, Row, Table
from clinic.rules.billing import CARE
from clinic.values import NOTHING, LineKind
from clinic.wording import payments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from clinic.documents.sheets import ChargeLine, Mark, PaymentLine, ReceiptSheet
    from clinic.values import Method


def pdf(sheet: ReceiptSheet) -> bytes:
    """Print a receipt."""
    paper = written(sheet)
    return house.printed(paper, dated=sheet.issued_at, subject=paper.say("Receipt for services rendered"))


def written(sheet: ReceiptSheet) -> Paper:
    """Write all that a receipt says, on one page where it can be."""
    return house.fewest(partial(_written, sheet))


def _written(sheet: ReceiptSheet, tight: float, dense: float) -> Paper:
    title = wording._("Receipt", language=sheet.language)
    paper = Paper(sheet.practice, title, sheet.number, sheet.language, sheet.format, tight=tight, dense=dense)
    _ = paper.say
    paper.bookmark(f"{title} {sheet.number}")
    house.letterhead(paper, heading(paper, sheet))
    people(paper, sheet)
    charges(paper, sheet)
    money_in(paper, sheet)
    amounts(paper, sheet)
    tip = any(line.kind is LineKind.TIP for line in sheet.lines)
    for mark in sheet.marks:
        house.mark(paper, mark, _about(paper, sheet, mark), tip=tip)
    visit = (_("Next visit"), paper.appointment(sheet.next_visit)) if sheet.next_visit else None
    air = 49 if dense else 70 - tight
    house.signature(paper, sheet.signature, visit, air=air, by_hand=practitioner(sheet))
    house.notices(
        paper, small_print(paper, sheet), house.fingerprint(paper, sheet_hash(sheet), sheet.ruleset)
    )
    return house.footed(paper, sheet.verification)


def practitioner(sheet: ReceiptSheet) -> str:
    """Name whose signature belongs here."""
    return sheet.practitioner.name if sheet.practitioner else ""


def heading(paper: Paper, sheet: ReceiptSheet) -> list[str]:
    """Say which receipt this is, and which others it belongs to."""
    _ = paper.say
    facts = [sheet.number, _("Issued {moment}").format(moment=paper.moment(sheet.issued_at)), _("Original")]
    if sheet.first_receipt:
        facts.append(_("Later payment on {number}").format(number=sheet.first_receipt))
    if sheet.replaces:
        facts.append(_("Replaces {number}, void").format(number=sheet.replaces))
    return facts


def people(paper: Paper, sheet: ReceiptSheet) -> None:
    """Say for whom, by whom and where."""
    _ = paper.say
    payer = sheet.client.payer
    paid_by = _("Paid by {name}").format(name=payer) if payer else _("Paid by the client")
    shown = [(0.0, _("Client"), sheet.client.name, [paid_by] if sheet.client_paid else [])]
    if sheet.practitioner:
        name, facts = house.person(sheet.practitioner, paper)
        shown.append((0.316, _("Therapist"), name, facts))
    shown.append((0.732, _("Place of service"), "", [sheet.place or _("Office, at the address above")]))
    house.blocks(paper, shown)


def charges(paper: Paper, sheet: ReceiptSheet) -> None:
    """List what was done and what it costs; a tip is not among it."""
    _, faces = paper.say, paper.faces
    begins, width = (56.0, paper.width - 215) if paper.dense else (75.0, 190.0)
    hands_on, charge, discount = (-130, -87, -45) if paper.dense else (-200, -134, -74)
    table = Table(
        (
            Column(_("Service date"), 0, style=faces.plain),
            Column(_("Treatment"), begins, style=faces.strong, width=width),
            Column(_("Hands-on"), hands_on, "right", faces.figure),
            Column(_("Charge"), charge, "right", faces.figure),
            Column(_("Discount"), discount, "right", faces.figure),
            Column(_("Amount"), 0, "right", faces.figure),
        ),
        paper.row(ROW),
    )
    listed = [_charge(paper, sheet, line) for line in sheet.lines if line.kind is not LineKind.TIP]
    if listed:
        tables.rows(paper, table, listed)
        paper.y -= 20 if paper.dense else 26


def _charge(paper: Paper, sheet: ReceiptSheet, line: ChargeLine) -> Row:
    _ = paper.say
    when = " · ".join(part for part in (span(paper, line), _coded(paper, line)) if part)
    return Row(
        (
            paper.day(line.service_date or sheet.issued_at.date()),
            line.text,
            paper.count("{n} min", "{n} min", line.hands_on) if line.hands_on else "",
            wording.money(line.charge),
            wording.money(line.discount),
            wording.money(line.charge - line.discount),
        ),
        tuple(text for text in (when, reasons.reason(line.codes, _)) if text),
    )


def span(paper: Paper, line: ChargeLine) -> str:
    """Say from when to when."""
    if not (line.begins and line.ends):
        return ""
    begins, ends = wording.clock(line.begins), wording.clock(line.ends)
    if begins[-2:] == ends[-2:]:
        begins = begins[:-3]
    return paper.say("{begins} to {ends}").format(begins=begins, ends=ends)


def code(line: ChargeLine) -> str:
    """Write a procedure code with its modifier."""
    return f"{line.cpt}-{line.modifier}" if line.modifier else line.cpt


def _coded(paper: Paper, line: ChargeLine) -> str:
    if not line.cpt:
        return ""
    named = paper.say("code {code}").format(code=code(line))
    return f"{named}, {paper.count('{n} unit', '{n} units', line.units)}" if line.units else named


def money_in(paper: Paper, sheet: ReceiptSheet, row: float = ROW) -> None:
    """List the money that came in: when, how, what for."""
    if not sheet.payments:
        return
    _, faces = paper.say, paper.faces
    how, toward, width = (56.0, 178.0, paper.width - 248) if paper.dense else (75.0, paper.width - 210, 145.0)
    table = Table(
        (
            Column(_("Paid date"), 0, style=faces.plain),
            Column(_("Payment"), how, style=faces.plain, width=toward - how - 10),
            Column(_("For"), toward, style=faces.plain, width=width),
            Column(_("Amount"), 0, "right", faces.figure),
        ),
        paper.row(row),
    )
    listed = [
        Row(
            (
                paper.day(paid.paid_on),
                " ".join(part for part in (payments.method(paid.method, _), paid.reference) if part),
                paid.toward,
                wording.money(paid.amount),
            )
        )
        for paid in (_together(sheet.payments) if paper.dense else sheet.payments)
    ]
    tables.rows(paper, table, listed)


def _together(paid: Sequence[PaymentLine]) -> Iterator[PaymentLine]:
    """Tell money that was handed over at once in one line, with how much of it was for what."""
    handed: dict[tuple[date, Method | None, str], list[PaymentLine]] = {}
    for each in paid:
        handed.setdefault((each.paid_on, each.method, each.reference), []).append(each)
    for parts in handed.values():
        if len(parts) == 1:
            yield parts[0]
        else:
            told = "; ".join(f"{part.toward} {wording.money(part.amount)}" for part in parts)
            yield replace(parts[0], amount=total(part.amount for part in parts), toward=told)


def amounts(paper: Paper, sheet: ReceiptSheet) -> None:
    """Add up: each kind by itself, the tip apart, what was paid and what is left."""
    _ = paper.say
    parts = []
    for kind in (
        *(kind for kind in LineKind if kind in CARE),
        *(kind for kind in LineKind if kind not in CARE and kind is not LineKind.TIP),
        LineKind.TIP,
    ):
        lines = [line for line in sheet.lines if line.kind is kind]
        if lines:
            amount = total(line.charge - line.discount for line in lines)
            parts.append((reasons.kind(kind, _), wording.money(amount)))
    tax = total(line.tax for line in sheet.lines)
    if tax:
        parts.append((_("Sales tax"), wording.money(tax)))
    if sheet.insurer_paid:
        parts.append((_("Paid by the insurer"), wording.money(-sheet.insurer_paid)))
    label = _("Paid by the client") if sheet.insurer_paid else _("Paid")
    if sheet.balance < NOTHING:
        left = (_("Credit"), wording.money(-sheet.balance))
    else:
        left = (_("Balance due"), wording.money(sheet.balance))
    tables.sums(paper, parts, (label, wording.money(sheet.client_paid)), [left])


def _about(paper: Paper, sheet: ReceiptSheet, letter: Mark) -> str:
    """Show the letter's diagnoses where the client chose so, else say that they are on file."""
    _ = paper.say
    if not letter.diagnoses:
        return ""
    if not sheet.show_diagnosis:
        return _("Diagnosis on file, not shown.")
    listed = "; ".join(
        " ".join(part for part in (each.icd10, each.text) if part) for each in letter.diagnoses
    )
    return _("Diagnosis from the letter: {listed}.").format(listed=listed)


def small_print(paper: Paper, sheet: ReceiptSheet) -> list[str]:
    """Say what a receipt is and is not."""
    _ = paper.say
    shown = sheet.show_diagnosis and any(mark.diagnoses for mark in sheet.marks)
    return [
        _("Receipt for services rendered; keep it with your tax records."),
        _(
            "Whether an amount counts for tax, HSA, FSA, HRA or insurance is decided by the tax authority, "
            "the account administrator or the insurer, not by this practice."
        ),
        _(
            "“Documented as medically necessary” means the letter numbered above was on file for this date; "
            "it is not a promise of payment."
        )
        if sheet.marks
        else "",
        _("Not a diagnosis; codes were supplied by the referring clinician.") if shown else "",
        _("Do not submit the same amount twice."),
        _("Massage therapy is not covered by Original Medicare."),
        house.complaints(paper, sheet.practitioner),
    ]

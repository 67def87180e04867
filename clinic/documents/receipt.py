"""The receipt: proof of a payment, and of the letter behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house, reasons, tables
from clinic.documents.frozen import sheet_hash
from clinic.documents.paper import Paper
from clinic.documents.sheets import total
from clinic.documents.style import BODY, FIGURE, STRONG
from clinic.documents.tables import ROW, Column, Row, Table
from clinic.rules.billing import CARE
from clinic.values import NOTHING, LineKind
from clinic.wording import payments

if TYPE_CHECKING:
    from clinic.documents.sheets import ChargeLine, Mark, ReceiptSheet


def pdf(sheet: ReceiptSheet) -> bytes:
    """Print a receipt."""
    paper = written(sheet)
    return house.printed(paper, dated=sheet.issued_at, subject=paper.say("Receipt for services rendered"))


def written(sheet: ReceiptSheet) -> Paper:
    """Write all that a receipt says, on one page where it can be."""
    return house.fewest(partial(_written, sheet))


def _written(sheet: ReceiptSheet, tight: float) -> Paper:
    title = wording._("Receipt", language=sheet.language)
    paper = Paper(sheet.practice, title, sheet.number, sheet.language, sheet.format, tight=tight)
    _ = paper.say
    paper.bookmark(f"{title} {sheet.number}")
    house.letterhead(paper, heading(paper, sheet))
    people(paper, sheet)
    charges(paper, sheet)
    money_in(paper, sheet, ROW - tight / 3)
    amounts(paper, sheet)
    tip = any(line.kind is LineKind.TIP for line in sheet.lines)
    for mark in sheet.marks:
        house.mark(paper, mark, _about(paper, sheet, mark), tip=tip)
    visit = (_("Next visit"), paper.appointment(sheet.next_visit)) if sheet.next_visit else None
    house.signature(paper, sheet.signature, visit, air=70 - tight, by_hand=practitioner(sheet))
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
    _ = paper.say
    table = Table(
        (
            Column(_("Service date"), 0),
            Column(_("Treatment"), 75, style=STRONG, width=190),
            Column(_("Hands-on"), -200, "right", FIGURE),
            Column(_("Charge"), -134, "right", FIGURE),
            Column(_("Discount"), -74, "right", FIGURE),
            Column(_("Amount"), 0, "right", FIGURE),
        ),
        ROW - paper.tight / 3,
    )
    listed = [_charge(paper, sheet, line) for line in sheet.lines if line.kind is not LineKind.TIP]
    if listed:
        tables.rows(paper, table, listed)
        paper.y -= 26


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
    _ = paper.say
    table = Table(
        (
            Column(_("Paid date"), 0),
            Column(_("Payment"), 75, style=BODY, width=215),
            Column(_("For"), paper.width - 210, style=BODY, width=145),
            Column(_("Amount"), 0, "right", FIGURE),
        ),
        row,
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
        for paid in sheet.payments
    ]
    tables.rows(paper, table, listed)


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

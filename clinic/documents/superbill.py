"""The superbill: the receipt as an insurer reads it, with codes, numbers and the clinician's diagnosis."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house, reasons, receipt, tables
from clinic.documents.frozen import sheet_hash
from clinic.documents.paper import Paper
from clinic.documents.style import SMALL_INK
from clinic.documents.tables import Column, Row, Table
from clinic.values import LineKind

if TYPE_CHECKING:
    from clinic.documents.sheets import ChargeLine, Diagnosis, Mark, ReceiptSheet

_TAXONOMY = "225700000X"  # Massage Therapist
_ROW = 22.0
_POINTERS = "ABCDEFGHIJKL"


def pdf(sheet: ReceiptSheet) -> bytes:
    """Print a superbill."""
    paper = written(sheet)
    return house.printed(
        paper, dated=sheet.issued_at, subject=paper.say("Itemised bill for a health insurer")
    )


def written(sheet: ReceiptSheet) -> Paper:
    """Write all that a superbill says, on one page where it can be."""
    return house.fewest(partial(_written, sheet))


def _written(sheet: ReceiptSheet, tight: float, dense: float) -> Paper:
    title = wording._("Superbill", language=sheet.language)
    paper = Paper(sheet.practice, title, sheet.number, sheet.language, sheet.format, tight=tight, dense=dense)
    _ = paper.say
    paper.bookmark(_("Superbill {number}").format(number=sheet.number))
    house.letterhead(paper, receipt.heading(paper, sheet))
    _people(paper, sheet)
    _diagnoses(paper, sheet)
    _services(paper, sheet)
    receipt.money_in(paper, sheet, _ROW)
    receipt.amounts(paper, sheet)
    tip = any(line.kind is LineKind.TIP for line in sheet.lines)
    for mark in sheet.marks:
        house.mark(paper, mark, "", tip=tip)
    house.signature(paper, sheet.signature, air=53, by_hand=receipt.practitioner(sheet))
    house.notices(
        paper, _small_print(paper, sheet), house.fingerprint(paper, sheet_hash(sheet), sheet.ruleset)
    )
    return house.footed(paper, sheet.verification)


def _people(paper: Paper, sheet: ReceiptSheet) -> None:
    _ = paper.say
    client = sheet.client
    facts = [_("Born {day}").format(day=paper.day(client.born))] if client.born else []
    facts += client.address
    insured = [_("Member {number}").format(number=client.member_id)] if client.member_id else []
    if client.relationship:
        insured.append(_("Relationship to the insured: {relation}").format(relation=client.relationship))
    if client.payer:
        insured.append(_("Paid by {name}").format(name=client.payer))
    shown = [(0.0, _("Client"), client.name, facts), (0.28, _("Insurer"), client.insurer or "—", insured)]
    provider: list[str] = []
    name = paper.practice.name
    if sheet.practitioner:
        name, provider = house.person(sheet.practitioner, paper)
        if sheet.practitioner.npi:
            provider.append(
                _("NPI {number}, taxonomy {code}").format(number=sheet.practitioner.npi, code=_TAXONOMY)
            )
    if paper.practice.npi:
        provider.append(_("Practice NPI {number}").format(number=paper.practice.npi))
    place = sheet.place or _("Office, at the address above")
    provider.append(_("Place of service {code}: {place}").format(code=sheet.place_code, place=place))
    shown.append((0.56, _("Rendering therapist"), name, provider))
    house.blocks(paper, shown)


def _diagnoses(paper: Paper, sheet: ReceiptSheet) -> None:
    _, faces = paper.say, paper.faces
    table = Table(
        (
            Column("", 0, style=faces.strong),
            Column(_("Diagnosis from the clinician"), 20, style=faces.plain, width=178),
            Column(_("ICD-10-CM"), 205, style=faces.plain),
            Column(_("From"), 262, style=SMALL_INK, width=paper.width - 262),
        ),
        paper.row(_ROW),
    )
    found = listed(sheet)
    if found:
        content = [
            Row((_POINTERS[at], each.text, each.icd10, source(paper, letter)))
            for at, (each, letter) in enumerate(found[: len(_POINTERS)])
        ]
    else:
        content = [Row(("", _("no diagnosis from clinician"), "", ""))]
    tables.rows(paper, table, content)
    paper.y -= 20 if paper.dense else 22


def listed(sheet: ReceiptSheet) -> list[tuple[Diagnosis, Mark]]:
    """List each diagnosis once, with the letter it comes from."""
    found: dict[Diagnosis, Mark] = {}
    for mark in sheet.marks:
        for each in mark.diagnoses:
            found.setdefault(each, mark)
    return list(found.items())


def source(paper: Paper, letter: Mark) -> str:
    """Say which clinician wrote it, in which letter."""
    named = f"{letter.issuer}, {letter.letter}"
    if letter.issuer_npi:
        named += ", " + paper.say("NPI {number}").format(number=letter.issuer_npi)
    return named


def _services(paper: Paper, sheet: ReceiptSheet) -> None:
    _, faces = paper.say, paper.faces
    begins, width, code, pointer, units = (
        (56.0, 238.0, 302.0, 342.0, -104.0) if paper.dense else (75.0, 165.0, 250.0, 305.0, -134.0)
    )
    table = Table(
        (
            Column(_("Service date"), 0, style=faces.plain),
            Column(_("Service"), begins, style=faces.strong, width=width),
            Column(_("Code"), code, style=faces.plain),
            Column(_("Diagnosis"), pointer, style=faces.plain),
            Column(_("Units"), units, "right", faces.figure),
            Column(_("Discount"), -50 if paper.dense else -74, "right", faces.figure),
            Column(_("Charge"), 0, "right", faces.figure),
        ),
        paper.row(_ROW),
    )
    content = [_service(paper, sheet, line) for line in sheet.lines if line.kind is not LineKind.TIP]
    if content:
        tables.rows(paper, table, content)
        paper.y -= 20 if paper.dense else 22


def _service(paper: Paper, sheet: ReceiptSheet, line: ChargeLine) -> Row:
    _ = paper.say
    small = [receipt.span(paper, line)]
    if line.hands_on:
        small.append(paper.count("{n} minute hands-on", "{n} minutes hands-on", line.hands_on))
    reason = reasons.reason(line.codes, _)
    return Row(
        (
            paper.day(line.service_date or sheet.issued_at.date()),
            line.text,
            receipt.code(line) or "—",
            line.pointer or "—",
            str(line.units) if line.units is not None else "—",
            wording.money(line.discount),
            wording.money(line.charge),
        ),
        tuple(text for text in (", ".join(part for part in small if part), reason) if text),
    )


def _small_print(paper: Paper, sheet: ReceiptSheet) -> list[str]:
    _ = paper.say
    return [
        _(
            "For the client to send to a health insurer. "
            "Whether anything is paid is decided by the insurer, not by this practice."
        ),
        _(
            "Diagnoses and their codes were supplied by the referring clinician; "
            "they are not this practice's finding."
        ),
        _(
            "“Documented as medically necessary” means the letter numbered above was on file for this date; "
            "it is not a promise of payment."
        )
        if sheet.marks
        else "",
        _("Do not submit the same amount twice."),
        _("Massage therapy is not covered by Original Medicare."),
        house.complaints(paper, sheet.practitioner),
    ]

"""The credit note: money given back on a receipt, which itself stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house, tables
from clinic.documents.frozen import sheet_hash
from clinic.documents.paper import Paper
from clinic.documents.sheets import total
from clinic.documents.style import FIGURE, STRONG
from clinic.documents.tables import Column, Row, Table
from clinic.wording import payments

if TYPE_CHECKING:
    from clinic.documents.sheets import CreditNoteSheet


def pdf(sheet: CreditNoteSheet) -> bytes:
    """Print a credit note."""
    title = wording._("Credit note", language=sheet.language)
    paper = Paper(sheet.practice, title, sheet.number, sheet.language, sheet.format)
    _ = paper.say
    paper.bookmark(_("Credit note {number}").format(number=sheet.number))
    issued = _("Issued {moment}").format(moment=paper.moment(sheet.issued_at))
    house.letterhead(paper, [sheet.number, issued, _("Original")])
    _facts(paper, sheet)
    _lines(paper, sheet)
    marked = total(line.marked for line in sheet.lines)
    lowered = [(_("Marked amount is less by"), wording.money(marked))] if marked else []
    tables.sums(paper, [], (_("Refunded"), wording.money(sheet.refunded)), lowered)
    house.signature(paper, sheet.signature)
    house.notices(
        paper, _small_print(paper, sheet), house.fingerprint(paper, sheet_hash(sheet), sheet.ruleset)
    )
    return house.printed(
        house.footed(paper, sheet.verification),
        dated=sheet.issued_at,
        subject=_("Refund on receipt {number}").format(number=sheet.receipt),
    )


def _facts(paper: Paper, sheet: CreditNoteSheet) -> None:
    _ = paper.say
    paid_by = [_("Paid by {name}").format(name=sheet.client.payer)] if sheet.client.payer else []
    issued = _("Issued {day}").format(day=paper.day(sheet.receipt_issued_on))
    how = " ".join(part for part in (payments.method(sheet.method, _), sheet.reference) if part)
    facts = [paper.day(sheet.refunded_on), *([sheet.reason] if sheet.reason else [])]
    house.blocks(
        paper,
        [
            (0.0, _("Client"), sheet.client.name, paid_by),
            (0.316, _("On receipt"), sheet.receipt, [issued]),
            (0.632, _("Refunded by"), how, facts),
        ],
    )


def _lines(paper: Paper, sheet: CreditNoteSheet) -> None:
    _ = paper.say
    table = Table(
        (
            Column(_("Service date"), 0),
            Column(_("Item"), 75, style=STRONG, width=250),
            Column(_("Of it marked"), -90, "right", FIGURE),
            Column(_("Refunded"), 0, "right", FIGURE),
        )
    )
    tables.rows(
        paper,
        table,
        [
            Row(
                (
                    paper.day(line.service_date) if line.service_date else "",
                    line.text,
                    wording.money(line.marked),
                    wording.money(line.amount),
                )
            )
            for line in sheet.lines
        ],
    )


def _small_print(paper: Paper, sheet: CreditNoteSheet) -> list[str]:
    _ = paper.say
    return [
        _(
            "This note gives money back on the receipt named above; the receipt itself stays as it was issued."
        ),
        _(
            "Prior-year adjustment: the receipt belongs to an earlier year, whose statement is not changed. "
            "The refund stands in the statement of the year in which it was made."
        )
        if sheet.prior_year
        else "",
        _(
            "If the amount was claimed or reimbursed before, tell the account administrator, insurer or tax preparer."
        ),
        house.complaints(paper, sheet.practitioner),
    ]

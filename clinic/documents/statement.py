"""The annual statement: A under a letter, B other massage, C not included and why; then the letters in full."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house, in_full, reasons, tables
from clinic.documents.paper import Paper
from clinic.documents.sheets import total
from clinic.documents.style import (
    ACCENT,
    INK,
    NOTICE,
    ON_ACCENT,
    SECTION,
    SMALL,
    SMALL_FIGURE,
    SMALL_INK,
    SUNKEN,
    TINT,
    WORTH,
    Style,
    wrap,
)
from clinic.documents.tables import Column, Row, Table
from clinic.values import Basis, LineKind, Money
from clinic.wording import payments

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from clinic.documents.sheets import LetterInFull, StatementLine, StatementSheet

_ROW = 13.7
_BAND = 56.0


def pdf(sheet: StatementSheet) -> bytes:
    """Print a client's year."""
    paper = _begun(sheet)
    _ = paper.say
    paper.bookmark(f"{paper.title} {sheet.number}")
    house.letterhead(paper, _heading(paper, sheet))
    _people(paper, sheet)
    _band(paper, sheet)
    _under_letters(paper, sheet)
    _others(paper, sheet)
    _not_included(paper, sheet)
    body = len(paper.pages)
    paper.turn()
    in_full.figures(paper, sheet)
    in_full.letters(paper, sheet)
    in_full.notices(paper, sheet)
    for page in paper.pages[:body]:
        text = _(
            "This statement lists what was documented. Whether an amount counts for tax, HSA, FSA, HRA or insurance "
            "is decided by the tax authority, the account administrator or the insurer. Do not submit the same "
            "amount twice. All notices and the letters in full are on page {page}."
        ).format(page=body + 1)
        house.foot_note(paper, page, wrap(text, NOTICE, paper.width))
    return house.printed(
        house.footed(paper, sheet.verification),
        dated=sheet.issued_on,
        subject=_("Massage paid and documented in {year}").format(year=sheet.year),
    )


def _begun(sheet: StatementSheet) -> Paper:
    title = wording._("Annual statement {year}", language=sheet.language)
    named = title.format(year=sheet.year)
    if sheet.first is not None:
        named = wording._("Statement", language=sheet.language)
    return Paper(sheet.practice, named, sheet.number, sheet.language, sheet.format, foot_note=2, tight=10)


def _heading(paper: Paper, sheet: StatementSheet) -> list[str]:
    _ = paper.say
    facts = [sheet.number, _("Issued {day}").format(day=paper.day(sheet.issued_on)), _("Original")]
    if sheet.supersedes:
        facts.append(_("Replaces {number}").format(number=sheet.supersedes))
    return facts


def _people(paper: Paper, sheet: StatementSheet) -> None:
    _ = paper.say
    payer = [_("Paid by {name}").format(name=sheet.client.payer)] if sheet.client.payer else []
    shown = [(0.0, _("Client"), sheet.client.name, payer)]
    if sheet.practitioners:
        first, *others = (house.person(each, paper) for each in sheet.practitioners)
        facts = [*first[1][-1:], *(line for name, facts in others for line in (name, *facts[-1:]))]
        label = _("Therapists") if others else _("Therapist")
        shown.append((0.27, label, first[0], facts))
    by_payment = sheet.basis is Basis.PAYMENT
    if sheet.first is None or sheet.last is None:
        basis = _("Amounts paid in {when}") if by_payment else _("Visits given in {when}")
    else:
        basis = _("Amounts paid, {when}") if by_payment else _("Visits given, {when}")
    dates = _("by date of payment, US dollars") if by_payment else _("by date of service, US dollars")
    shown.append((0.67, _("Basis"), basis.format(when=_when(paper, sheet)), [dates]))
    house.blocks(paper, shown)


def _when(paper: Paper, sheet: StatementSheet) -> str:
    """Name the time the statement is of: a year, or from one day to another."""
    if sheet.first is None or sheet.last is None:
        return str(sheet.year)
    said = paper.say("{first} to {last}")
    return said.format(first=paper.day(sheet.first), last=paper.day(sheet.last))


def _band(paper: Paper, sheet: StatementSheet) -> None:
    """Show the year at a glance: A, B, C and their sum."""
    _ = paper.say
    figures = sheet.figures
    marked = figures.marked_personal + figures.marked_hsa_fsa
    split = _("{own} own, {account} HSA/FSA/HRA").format(
        own=wording.money(figures.marked_personal), account=wording.money(figures.marked_hsa_fsa)
    )
    paid = _("Paid in {year}") if sheet.basis is Basis.PAYMENT else _("Paid for {year}")
    if sheet.first is not None:
        paid = _("Paid in this time") if sheet.basis is Basis.PAYMENT else _("Paid for this time")
    cards = (
        (0.0, "A", _("Documented under a letter"), marked, split),
        (0.355, "B", _("Other massage"), _sum(sheet.other_massage), _("not under a letter")),
        (0.59, "C", _("Not included"), _sum(sheet.not_included), _("tips, fees, products")),
        (0.8, "", paid.format(year=sheet.year), figures.client_paid, "A + B + C"),
    )
    page, top, width = paper.page, paper.y + 4, paper.width
    low = top - _BAND
    page.clipped_box(paper.left, low, width, _BAND, to=0.355 * width, ink=TINT)
    page.frame(paper.left, low, width, _BAND, radius=5)
    for share, letter, label, amount, note in cards:
        x = paper.left + share * width
        if share:
            page.upright(x, low, top)
        x += 9
        if letter:
            _badge(paper, x, top - 19, letter)
        page.text(x + (17 if letter else 0), top - 17, label, SMALL)
        page.text(x, top - 35.5, wording.money(amount), WORTH)
        page.text(x, top - 48.5, note, SMALL)
    paper.y = low - 4


def _badge(paper: Paper, x: float, y: float, letter: str) -> None:
    filled, ink = (ACCENT, ON_ACCENT) if letter == "A" else (SUNKEN, INK)
    paper.page.box(x, y - 2.5, 12.5, 12.5, filled, radius=2.5)
    paper.page.text(x + 6.25, y + 1, letter, Style(7.8, ink, "SemiBold"), "middle")


def _section(paper: Paper, letter: str, title: str) -> None:
    paper.room(70)
    paper.y -= 15
    _badge(paper, paper.left, paper.y - 0.5, letter)
    paper.page.text(paper.left + 18.5, paper.y, title, SECTION)
    paper.bookmark(f"{letter} {title}", 1)
    paper.y -= 16


def _under_letters(paper: Paper, sheet: StatementSheet) -> None:
    _ = paper.say
    _section(paper, "A", _("Documented as medically necessary"))
    table = Table(
        (
            Column(_("Service"), 0, style=SMALL_INK),
            Column(_("Paid"), 47, style=SMALL_INK),
            Column(_("Treatment"), 95, style=SMALL_INK, width=116),
            Column(_("Min"), paper.width * 0.455, "end", SMALL_FIGURE),
            Column(_("Visit"), paper.width * 0.475, style=SMALL_INK),
            Column(_("Receipt"), paper.width * 0.558, style=SMALL_INK),
            Column(_("Paid with"), paper.width * 0.707, style=SMALL_INK, width=54),
            Column(_("Own money"), -61, "right", SMALL_FIGURE),
            Column(_("HSA/FSA/HRA"), 0, "right", SMALL_FIGURE),
        ),
        _ROW,
    )
    if not sheet.under_letter:
        tables.nothing(paper, _("No visit of this year was documented under a letter."))
        return
    letters = {letter.letter: letter for letter in sheet.letters}
    content: list[Row] = []
    for number, lines in groupby(sheet.under_letter, key=lambda line: line.letter):
        content.append(Row(_letter_line(paper, number, letters.get(number)), lead=True))
        content += [_marked(paper, sheet, line) for line in lines]
    tables.rows(paper, table, content, after=tables.TOTAL_ROW)
    visits = len({(line.letter, line.visit, line.service_date) for line in sheet.under_letter})
    label = paper.count("Total A, {n} visit", "Total A, {n} visits", visits)
    sums = (
        _figure(line.own for line in sheet.under_letter),
        _figure(line.account for line in sheet.under_letter),
    )
    tables.total_row(paper, label, ((-61.0, sums[0]), (0.0, sums[1])), end=paper.width - 118)


def _letter_line(paper: Paper, number: str, letter: LetterInFull | None) -> tuple[str, ...]:
    _ = paper.say
    named = _("Letter {number}").format(number=number)
    if letter is None:
        return (named, "")
    told = _("of {issuer}, signed {signed}, valid to {end}").format(
        issuer=letter.issuer, signed=paper.day(letter.signed_on), end=paper.day(letter.valid_to)
    )
    return (named, told)


def _marked(paper: Paper, sheet: StatementSheet, line: StatementLine) -> Row:
    place = ""
    if line.visit:
        shape = paper.say("{k} of {n}") if line.visits else "{k}"
        place = shape.format(k=line.visit, n=line.visits)
    return Row(
        (
            *_days(paper, sheet, line),
            line.text,
            str(line.minutes or ""),
            place,
            line.receipt,
            _means(paper, line),
            wording.figure(line.own) if line.own else "",
            wording.figure(line.account) if line.account else "",
        ),
        under=2,
    )


def _means(paper: Paper, line: StatementLine) -> str:
    return ", ".join(payments.method(how, paper.say) for how in line.methods)


def _others(paper: Paper, sheet: StatementSheet) -> None:
    _ = paper.say
    _section(paper, "B", _("Other massage"))
    if not sheet.other_massage:
        tables.nothing(paper, _("No other massage was paid."))
        return
    tables.rows(
        paper,
        _plain(paper, _("Why not under A")),
        [_row(paper, sheet, line) for line in sheet.other_massage],
        after=tables.TOTAL_ROW,
    )
    visits = len([line for line in sheet.other_massage if line.counted])
    label = paper.count("Total B, {n} visit", "Total B, {n} visits", visits)
    tables.total_row(paper, label, ((0.0, wording.figure(_sum(sheet.other_massage))),), end=paper.width - 68)


def _not_included(paper: Paper, sheet: StatementSheet) -> None:
    _ = paper.say
    _section(paper, "C", _("Not included, and why"))
    if not sheet.not_included:
        tables.nothing(paper, _("Nothing was left out."))
        return
    tips = [line for line in sheet.not_included if line.kind is LineKind.TIP]
    content = [_tips(paper, tips)] if len(tips) > 1 else [_row(paper, sheet, line) for line in tips]
    content += [_row(paper, sheet, line) for line in sheet.not_included if line.kind is not LineKind.TIP]
    tables.rows(paper, _plain(paper, _("Why")), content, after=tables.TOTAL_ROW)
    elsewhere = any(not line.counted for line in sheet.not_included)
    label = _("Total C, without amounts in brackets") if elsewhere else _("Total C")
    tables.total_row(paper, label, ((0.0, wording.figure(_sum(sheet.not_included))),), end=paper.width - 68)


def _plain(paper: Paper, why: str) -> Table:
    _ = paper.say
    return Table(
        (
            Column(_("Service"), 0, style=SMALL_INK),
            Column(_("Paid"), 47, style=SMALL_INK),
            Column(_("Item"), 99, style=SMALL_INK, width=128),
            Column(_("Receipt"), paper.width * 0.452, style=SMALL_INK),
            Column(why, paper.width * 0.604, style=SMALL, width=paper.width * 0.396 - 50),
            Column(_("Amount"), 0, "right", SMALL_FIGURE),
        ),
        _ROW,
    )


def _row(paper: Paper, sheet: StatementSheet, line: StatementLine) -> Row:
    amount = line.amount if line.counted else -line.amount
    why = reasons.reason((code for code in line.codes if code not in reasons.FOR_THE_INSURER), paper.say)
    if not line.counted and line.paid_on and line.paid_on.year != sheet.year:
        why = paper.say("paid in {year}, see that year").format(year=line.paid_on.year)
    return Row((*_days(paper, sheet, line), line.text, line.receipt, why, wording.figure(amount)), under=2)


def _tips(paper: Paper, tips: Sequence[StatementLine]) -> Row:
    _ = paper.say
    return Row(
        (
            paper.count("{n} visit", "{n} visits", len(tips)),
            "",
            _("Tips"),
            paper.count("on {n} receipt", "on {n} receipts", len({line.receipt for line in tips})),
            reasons.reason(("E-ITEM-TIP",), _),
            _figure(line.amount for line in tips),
        ),
        under=2,
    )


def _days(paper: Paper, sheet: StatementSheet, line: StatementLine) -> tuple[str, str]:
    def said(on: date | None) -> str:
        if on is None:
            return ""
        return paper.short_day(on) if on.year == sheet.year else paper.day(on)

    return said(line.service_date), said(line.paid_on)


def _sum(lines: Iterable[StatementLine]) -> Money:
    return total(line.amount for line in lines if line.counted)


def _figure(amounts: Iterable[Money]) -> str:
    return wording.figure(total(amounts))

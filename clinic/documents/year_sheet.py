"""The closing sheet of a year: first and last number, voids, what came in, what is held, and the trail's end."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house, tables
from clinic.documents.paper import Paper
from clinic.documents.sheets import total
from clinic.documents.style import CAPTION, SECTION, SMALL, STRONG
from clinic.documents.tables import Column, Row, Table
from clinic.wording import payments

if TYPE_CHECKING:
    from datetime import date, datetime

    from clinic.documents.sheets import Format, Letterhead
    from clinic.values import Method, Money

_ROW = 20.0
_FOURS = 8


@dataclass(frozen=True, slots=True)
class Numbers:
    """A series in a year: its first and last number, how many stand on paper, how many are missing."""

    series: str
    first: int
    last: int
    issued: int
    missing: int


@dataclass(frozen=True, slots=True)
class YearSheet:
    """A year's books."""

    year: int
    made_at: datetime
    closed: bool
    practice: Letterhead
    numbers: tuple[Numbers, ...]
    voids: tuple[tuple[str, date, str], ...]
    methods: tuple[tuple[Method, Money], ...]
    care: Money
    tips: Money
    goods: Money
    fees: Money
    ahead: Money
    paid_back: Money
    tax: Money
    held: Money
    owed: Money
    trail: int
    head: str
    language: str = "en"
    format: Format = "letter"


def pdf(sheet: YearSheet) -> bytes:
    """Print the sheet."""
    paper = house.fewest(partial(_written, sheet))
    return house.printed(
        paper, dated=sheet.made_at, subject=paper.say("Books of {year}").format(year=sheet.year)
    )


def _written(sheet: YearSheet, tight: float, dense: float) -> Paper:
    title = wording._("Closing sheet {year}", language=sheet.language).format(year=sheet.year)
    paper = Paper(sheet.practice, title, "", sheet.language, sheet.format, tight=tight, dense=dense)
    _ = paper.say
    paper.bookmark(title)
    state = _("Year closed") if sheet.closed else _("Year open")
    house.letterhead(paper, [_("Made {moment}").format(moment=paper.moment(sheet.made_at)), state])
    _numbers(paper, sheet)
    _money(paper, sheet)
    _voids(paper, sheet)
    _anchor(paper, sheet)
    house.notices(
        paper,
        [
            _("By day of payment, US dollars, less what was paid back."),
            _("Held and open are as of the day this sheet was made."),
        ],
        "",
    )
    return house.footed(paper, "")


def _head(paper: Paper, words: str) -> None:
    paper.room(80)
    paper.y -= 8
    paper.page.text(paper.left, paper.y, words, SECTION)
    paper.bookmark(words, 1)
    paper.y -= 18


def _numbers(paper: Paper, sheet: YearSheet) -> None:
    _, faces = paper.say, paper.faces
    _head(paper, _("Numbers"))
    table = Table(
        (
            Column(_("Series"), 0, style=faces.strong),
            Column(_("First"), 110, style=faces.plain),
            Column(_("Last"), 220, style=faces.plain),
            Column(_("On paper"), -110, "right", faces.figure),
            Column(_("Missing"), 0, "right", faces.figure),
        ),
        paper.row(_ROW),
    )
    rows = [
        Row(
            (
                _("Receipts") if each.series.startswith("R") else _("Credit notes"),
                f"{each.series}-{sheet.year}-{each.first:06d}",
                f"{each.series}-{sheet.year}-{each.last:06d}",
                f"{each.issued:,}",
                str(each.missing),
            )
        )
        for each in sheet.numbers
    ]
    if rows:
        tables.rows(paper, table, rows)
    else:
        tables.nothing(paper, _("No number was taken in this year."))
    paper.y -= 14


def _money(paper: Paper, sheet: YearSheet) -> None:
    _, faces = paper.say, paper.faces
    _head(paper, _("Money"))
    table = Table(
        (Column(_("Paid by"), 0, style=faces.plain), Column(_("Amount"), 0, "right", faces.figure)),
        paper.row(_ROW),
    )
    methods = [
        Row((payments.method(how, _), wording.money(amount)), under=0) for how, amount in sheet.methods
    ]
    if methods:
        tables.rows(paper, table, methods)
    parts = [
        (_("Treatments"), wording.money(sheet.care)),
        (_("Tips"), wording.money(sheet.tips)),
        (_("Goods"), wording.money(sheet.goods)),
        (_("Fees"), wording.money(sheet.fees)),
        (_("Sold ahead and on account"), wording.money(sheet.ahead)),
    ]
    whole = total(amount for _how, amount in sheet.methods)
    beside = [
        (_("Paid back in it"), wording.money(sheet.paid_back)),
        (_("Sales tax in it"), wording.money(sheet.tax)),
        (_("Held for a later day"), wording.money(sheet.held)),
        (_("Still open"), wording.money(sheet.owed)),
    ]
    tables.sums(paper, parts, (_("Came in"), wording.money(whole)), beside)


def _voids(paper: Paper, sheet: YearSheet) -> None:
    _, faces = paper.say, paper.faces
    _head(paper, _("Void"))
    if not sheet.voids:
        tables.nothing(paper, _("No receipt of this year was voided."))
        return
    table = Table(
        (
            Column(_("Number"), 0, style=faces.strong),
            Column(_("On"), 130, style=faces.plain),
            Column(_("Why"), 230, style=faces.plain, width=paper.width - 230),
        ),
        paper.row(_ROW),
    )
    tables.rows(paper, table, [Row((number, paper.day(on), why)) for number, on, why in sheet.voids])


def _anchor(paper: Paper, sheet: YearSheet) -> None:
    """Write down where the trail ended: what a shortened file could not show any more."""
    _ = paper.say
    paper.room(70)
    paper.y -= 26
    paper.page.text(paper.left, paper.y, _("End of the trail"), CAPTION)
    fours = " ".join(sheet.head[at : at + _FOURS] for at in range(0, len(sheet.head), _FOURS))
    paper.page.text(paper.left, paper.y - 14, _("Entry {n}").format(n=f"{sheet.trail:,}"), STRONG)
    paper.y = paper.page.paragraph(paper.left, paper.y - 27, fours, SMALL, paper.width) - 6

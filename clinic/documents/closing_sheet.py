"""The closing sheet: what came in on a day, the drawer, the numbers taken, and the anchors of the books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house, tables
from clinic.documents.paper import Paper
from clinic.documents.style import FIGURE, SMALL, STRONG
from clinic.documents.tables import Column, Row, Table
from clinic.values import Method, Money
from clinic.wording import payments

if TYPE_CHECKING:
    from datetime import date, datetime

    from clinic.documents.sheets import Format, Letterhead


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in by one method."""

    method: Method
    payments: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ClosingSheet:
    """A closed day, as it was when it was closed."""

    practice: Letterhead
    day: date
    closed_at: datetime
    closed_by: str
    drawer: Money
    expected: Money
    counted: Money
    remark: str
    taken: tuple[Taken, ...]
    paid_back: Money
    tips: Money
    first: str
    last: str
    issued: int
    credit_notes: int
    voids: tuple[str, ...]
    gaps: int
    visits: tuple[tuple[str, int], ...]
    """What became of the day's visits, in words, and how many."""
    unclosed: int
    unsigned: int
    backed_up_at: datetime | None
    trail: int
    seal: str
    language: str = "en"
    format: Format = "letter"


def pdf(sheet: ClosingSheet) -> bytes:
    """Print the close of a day."""
    title = wording._("Close of day", language=sheet.language)
    paper = Paper(sheet.practice, title, sheet.day.isoformat(), sheet.language, sheet.format)
    _ = paper.say
    closed = _("Closed {moment}").format(moment=paper.moment(sheet.closed_at))
    house.letterhead(paper, [wording.long_day(sheet.day, language=sheet.language), closed])
    paper.bookmark(_("Close of day"))
    _head(paper, sheet)
    _taken(paper, sheet)
    _drawer(paper, sheet)
    _books(paper, sheet)
    house.notices(paper, _left(paper, sheet), _anchor(paper, sheet))
    return house.printed(
        house.footed(paper, ""), dated=sheet.closed_at, subject=f"{title}, {paper.day(sheet.day)}"
    )


def _head(paper: Paper, sheet: ClosingSheet) -> None:
    _ = paper.say
    numbers = [paper.count("{n} receipt", "{n} receipts", sheet.issued)]
    if sheet.credit_notes:
        numbers.append(paper.count("{n} credit note", "{n} credit notes", sheet.credit_notes))
    span = (
        _("{first} to {last}").format(first=sheet.first, last=sheet.last) if sheet.first else _("None issued")
    )
    became = [f"{many} {words}" for words, many in sheet.visits if many]
    house.blocks(
        paper,
        [
            (0.0, _("Closed by"), sheet.closed_by, [paper.moment(sheet.closed_at)]),
            (0.316, _("Receipts"), span, numbers),
            (0.72, _("Visits"), "", became or [_("None")]),
        ],
    )


def _taken(paper: Paper, sheet: ClosingSheet) -> None:
    _ = paper.say
    if not sheet.taken:
        tables.nothing(paper, _("Nothing came in on this day."))
        return
    table = Table(
        (
            Column(_("Taken by"), 0, style=STRONG, width=240),
            Column(_("Payments"), -90, "right", FIGURE),
            Column(_("Amount"), 0, "right", FIGURE),
        ),
        row=22,
    )
    content = [
        Row(
            (payments.method(each.method, _).capitalize(), str(each.payments), wording.money(each.amount)),
            under=0,
        )
        for each in sheet.taken
    ]
    tables.rows(paper, table, content)
    whole = Money(sum(each.amount.cents for each in sheet.taken))
    after = [(_("Of it tips"), wording.money(sheet.tips))] if sheet.tips else []
    if sheet.paid_back:
        after.append((_("Paid back"), wording.money(-sheet.paid_back)))
    tables.sums(paper, [], (_("Taken"), wording.money(whole)), after)


def _drawer(paper: Paper, sheet: ClosingSheet) -> None:
    _ = paper.say
    difference = sheet.counted - sheet.expected
    said = wording.money(difference) if difference else _("None")
    paper.y -= 6
    parts = [
        (_("In the drawer that morning"), wording.money(sheet.drawer)),
        (_("Cash expected"), wording.money(sheet.expected)),
    ]
    tables.sums(paper, parts, (_("Cash counted"), wording.money(sheet.counted)), [(_("Difference"), said)])
    if sheet.remark:
        paper.y = paper.page.paragraph(paper.left, paper.y, sheet.remark, SMALL, paper.width) - 4


def _books(paper: Paper, sheet: ClosingSheet) -> None:
    _ = paper.say
    backup = paper.moment(sheet.backed_up_at) if sheet.backed_up_at else _("None was made")
    voids = ", ".join(sheet.voids) or _("None")
    paper.y -= 14
    house.blocks(
        paper,
        [
            (0.0, _("Numbers missing"), str(sheet.gaps), []),
            (0.316, _("Voided"), voids, []),
            (0.632, _("Backup made and checked"), backup, []),
        ],
    )


def _left(paper: Paper, sheet: ClosingSheet) -> list[str]:
    said = []
    if sheet.unclosed:
        said.append(paper.count("{n} visit was still open.", "{n} visits were still open.", sheet.unclosed))
    if sheet.unsigned:
        said.append(paper.count("{n} note was not signed.", "{n} notes were not signed.", sheet.unsigned))
    return said


def _anchor(paper: Paper, sheet: ClosingSheet) -> str:
    """Name the end of the trail: with this on paper nobody can shorten it unseen."""
    return paper.say("Record of changes: entry {n}, seal {seal}.").format(n=sheet.trail, seal=sheet.seal[:32])

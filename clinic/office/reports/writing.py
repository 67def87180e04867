"""Writing a report out: a workbook with its rows and the entries behind them, or the entries as a plain table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clinic.exchange.files import written_whole
from clinic.exchange.sheets import write_sheet
from clinic.exchange.workbooks import Sheet, write_workbook
from clinic.office.reports import reading
from clinic.office.reports.shape import OF_TODAY, About, Unit
from clinic.rules.permissions import Permission
from clinic.values import Money
from clinic.wording import _, day
from clinic.wording import reports as words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clinic.exchange.sheets import Cell as Plain
    from clinic.office.reports.shape import Asked, Cell, Column, Detail, Report
    from clinic.storage.work import Work

TABLE, WORKBOOK = ".csv", ".xlsx"
TO_IMPORT = ("date", "account", "debit", "credit", "memo")
"""The headings of a journal as accountants' programs ask for them."""


def file_name(asked: Asked, *, table: bool = False) -> str:
    """Name the file by the report and its time; no client's name is ever in it."""
    basis = f"_{asked.basis.value}" if asked.about is About.INCOME else ""
    return f"{asked.about.value}{basis}_{asked.first}_{asked.last}{TABLE if table else WORKBOOK}"


def write_out(work: Work, *, asked: Asked, path: Path) -> Path:
    """Write a report to a file, as a workbook or, by the file's ending, its entries as CSV; the trail knows of it."""
    work.require(Permission.REPORTS_SEE)
    report = reading.read(work, asked)
    with written_whole(path) as file:
        if path.suffix == TABLE:
            headings = [each.name for each in report.details]
            write_sheet(file, TO_IMPORT if asked.about is About.JOURNAL else headings, _plain(report))
        else:
            write_workbook(file, _sheets(work, report), title=words.title(asked.about), at=work.now)
    work.note("report_written", "practice/practice", {"report": asked.about.value, "rows": len(report.rows)})
    return path


def told(report: Report, practice: str, today: date) -> str:
    """Say in the header whose figures these are, of which time, and by which clock."""
    asked = report.asked
    if asked.about in OF_TODAY:
        when = _("as of {day}").format(day=day(today))
    else:
        when = _("{first} to {last}").format(first=day(asked.first), last=day(asked.last))
    whose = f"{practice}, {report.therapist}" if report.therapist else practice
    return f"{whose}; {when}. {words.told(asked.about, asked.basis)}"


def _plain(report: Report) -> Sequence[Sequence[Plain]]:
    return [
        [_cell(cell, unit.unit) for cell, unit in zip(detail.cells, report.details, strict=True)]
        for detail in _listed(report)
    ]


def _listed(report: Report) -> Sequence[Detail]:
    """Put a journal's entries as it is booked: by day and paper, what an account receives first."""
    if report.asked.about is not About.JOURNAL:
        return report.entries
    return sorted(report.entries, key=lambda each: (each.cells[0], each.cells[4], each.cells[2] is None))


def _sheets(work: Work, report: Report) -> Sequence[Sheet]:
    header = told(report, work.practice.name, work.today)
    name = words.title(report.asked.about)
    whole = Sheet(
        name,
        header,
        _headings(report.columns),
        [_row(row.cells, report.columns) for row in report.rows],
        (_("All"), *_row(report.totals, report.columns)[1:]) if report.totals else (),
    )
    behind = Sheet(
        _("Entries"),
        header,
        [(words.heading(report.columns[0].name), _kind(report.columns[0])), *_headings(report.details)],
        [
            (_cell(row.cells[0], report.columns[0].unit), *_row(detail.cells, report.details))
            for row in report.rows
            for detail in row.details
        ],
    )
    return (whole, behind)


def _headings(columns: Sequence[Column]) -> list[tuple[str, str]]:
    return [(words.heading(each.name), _kind(each)) for each in columns]


def _kind(column: Column) -> str:
    return (Unit.WORDS if column.unit is Unit.NAME else column.unit).value


def _row(cells: Sequence[Cell], columns: Sequence[Column]) -> tuple[Plain, ...]:
    return tuple(_cell(cell, column.unit) for cell, column in zip(cells, columns, strict=True))


def _cell(cell: Cell, unit: Unit) -> Plain:
    """Keep amounts, days and numbers what they are; write words."""
    if isinstance(cell, Money | date) or (isinstance(cell, int) and unit is not Unit.WORDS):
        return cell
    return (str(cell or "") if unit is Unit.NAME else words.said(cell)) or None

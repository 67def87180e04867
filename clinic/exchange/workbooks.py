"""Workbooks: tables with real dates and amounts, in which no cell can turn into a formula."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from clinic.values import Money

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import BinaryIO

    from clinic.exchange.sheets import Cell

WIDTHS = {"words": 26, "money": 14, "count": 12, "day": 13, "month": 18, "share": 12}
NAME_LENGTH = 31
"""What a spreadsheet allows the name of a sheet."""
UNNAMEABLE = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
PERMILLE = 1000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: what it is called and counts, its headings with their kinds, its rows and its totals."""

    name: str
    told: str
    headings: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Cell] = ()


def write_workbook(file: BinaryIO, sheets: Sequence[Sheet], *, title: str, at: datetime) -> None:
    """Write sheets as a workbook, the same bytes for the same content and instant."""
    import xlsxwriter  # noqa: PLC0415 - only an export needs it, and a window starts without

    made = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
        looks = _looks(book)
        for sheet in sheets:
            _write(book.add_worksheet(_named(sheet.name)), sheet, looks)
    file.write(made.getvalue())


def _named(name: str) -> str:
    return name.translate(UNNAMEABLE).strip()[:NAME_LENGTH]


def _looks(book: Any) -> dict[str, Any]:
    plain = {"font_name": "Inter", "font_size": 10}
    kinds = {
        "words": {},
        "money": {"num_format": "#,##0.00;(#,##0.00)"},
        "count": {"num_format": "#,##0"},
        "day": {"num_format": "yyyy-mm-dd", "align": "left"},
        "month": {"num_format": "mmmm yyyy", "align": "left"},
        "share": {"num_format": "0.0%"},
    }
    looks = {kind: book.add_format(plain | more) for kind, more in kinds.items()}
    below = {"bold": True, "top": 1}
    looks |= {f"total {kind}": book.add_format(plain | more | below) for kind, more in kinds.items()}
    looks["title"] = book.add_format(plain | {"bold": True, "font_size": 14})
    looks["told"] = book.add_format(plain | {"font_color": "#5A6269"})
    looks["heading"] = book.add_format(
        plain | {"bold": True, "bottom": 1, "font_color": "#5A6269", "text_wrap": True, "valign": "bottom"}
    )
    looks["heading right"] = book.add_format(
        plain
        | {
            "bold": True,
            "bottom": 1,
            "font_color": "#5A6269",
            "text_wrap": True,
            "valign": "bottom",
            "align": "right",
        }
    )
    return looks


def _write(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    page.write_string(0, 0, sheet.name, looks["title"])
    page.write_string(1, 0, sheet.told, looks["told"])
    for at, (words, kind) in enumerate(sheet.headings):
        right = kind in {"money", "count", "share"}
        page.write_string(3, at, words, looks["heading right" if right else "heading"])
        page.set_column(at, at, WIDTHS[kind])
    for down, row in enumerate(sheet.rows, 4):
        for at, (cell, (_words, kind)) in enumerate(zip(row, sheet.headings, strict=True)):
            _cell(page, (down, at), cell, kind, looks[kind])
    if sheet.totals:
        foot = 4 + len(sheet.rows)
        for at, (cell, (_words, kind)) in enumerate(zip(sheet.totals, sheet.headings, strict=True)):
            _cell(page, (foot, at), cell, kind, looks[f"total {kind}"])
    page.freeze_panes(4, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _cell(page: Any, place: tuple[int, int], cell: Cell, kind: str, look: Any) -> None:
    """Write one cell as what it is; text stays text, whatever it begins with."""
    match cell:
        case None:
            page.write_blank(*place, None, look)
        case Money():
            page.write_number(*place, cell.cents / 100, look)
        case date():
            page.write_datetime(*place, cell, look)
        case int():
            page.write_number(*place, cell / PERMILLE if kind == "share" else cell, look)
        case _:
            page.write_string(*place, str(cell), look)

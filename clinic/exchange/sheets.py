"""Tables for spreadsheets, in which no cell can turn into a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from clinic.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

Cell = str | int | bool | Money | date | None

# A spreadsheet takes a text that starts with one of these for a formula, or for the end of its cell.
_UNSAFE = ("=", "+", "-", "@", "\t", "\n", "\r")


def cell(value: Cell) -> str:
    """Write a value as it stands in a cell: money ``120.00``, days ISO, yes or no, nothing for unknown."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            # The apostrophe tells the spreadsheet that what follows is text.
            return f"'{value}" if value.startswith(_UNSAFE) else value
        case date():
            return value.isoformat()
        case _:
            return str(value)


def write_sheet(file: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a heading and its rows as UTF-8, however many rows there are."""
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(map(cell, row) for row in rows)
    text.detach()

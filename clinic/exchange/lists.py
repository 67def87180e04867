"""A list of people out of another program: the words of its heading, and its rows as they stand there."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass

from clinic.values import Refusal

LARGEST = 64 << 20
"""Bytes; a list of half a million people is smaller."""
MOST_COLUMNS = 200
BETWEEN = ",;\t|"
"""What stands between two cells, whichever a program chose."""
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
"""How a file may begin that says itself how it is written."""
FORMULAS = ("'=", "'+", "'-", "'@")
"""The apostrophe is a spreadsheet's own, and belongs to nobody's name."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, numbered as a spreadsheet numbers it: the heading is the first."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """A list as it was brought."""

    heading: tuple[str, ...]
    rows: tuple[Row, ...]


def read(data: bytes) -> People:
    """Take a list apart; one that is no table is refused with the row at which it stops being one."""
    if len(data) > LARGEST:
        raise Refusal("file_too_large", most=LARGEST)
    text = _text(data)
    if "\0" in text:
        raise Refusal("not_a_list")
    rows = _rows(text)
    if not rows:
        raise Refusal("list_is_empty")
    heading, *people = rows
    if len(heading.cells) > MOST_COLUMNS:
        raise Refusal("not_a_list")
    return People(heading.cells, tuple(people))


def _text(data: bytes) -> str:
    """Read the bytes as the file says, else as UTF-8, else as the spreadsheets of Windows write them."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise Refusal("not_a_list") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _rows(text: str) -> list[Row]:
    table = csv.reader(io.StringIO(text, newline=""), delimiter=_between(text), strict=True)
    rows: list[Row] = []
    number = 0
    try:
        for number, cells in enumerate(table, 1):
            tidy = tuple(_tidy(cell) for cell in cells)
            if any(tidy):
                rows.append(Row(number, tidy))
    except csv.Error:
        raise Refusal("bad_row", row=number + 1) from None
    return rows


def _tidy(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith(FORMULAS) else cell


def _between(text: str) -> str:
    """Say what stands between the cells: what the heading has most of, outside of quotation marks."""
    first = text.lstrip().partition("\n")[0]
    bare = "".join(first.split('"')[::2])
    return max(BETWEEN, key=bare.count)

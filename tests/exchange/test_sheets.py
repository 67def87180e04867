"""Cells that stay text, and sheets that any reader takes apart again."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.exchange.sheets import Cell, cell, write_sheet
from clinic.values import Money


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Money(12000), "120.00"),
        (Money(-50), "-0.50"),
        (date(2026, 2, 3), "2026-02-03"),
        (True, "yes"),
        (False, "no"),
        (None, ""),
        (60, "60"),
        ("", ""),
        ("O'Neil", "O'Neil"),
        ("a=b", "a=b"),
        ("=1+1", "'=1+1"),
        ("+1 555", "'+1 555"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\n=1", "'\n=1"),
        ("\r=1", "'\r=1"),
    ],
)
def test_a_cell_is_written_so_that_no_spreadsheet_reckons_with_it(value: Cell, text: str) -> None:
    assert cell(value) == text


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2)))
def test_a_sheet_reads_back_as_it_was_written(rows: list[list[str]]) -> None:
    file = io.BytesIO()
    write_sheet(file, ["a", "b"], rows)
    read = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8"), newline="")))
    assert read == [["a", "b"], *([cell(value) for value in row] for row in rows)]
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\n", "\r")) for row in read for value in row)


def test_the_file_stays_open_for_whoever_opened_it() -> None:
    file = io.BytesIO()
    write_sheet(file, ["a"], [])
    assert not file.closed
    assert file.getvalue() == b"a\r\n"

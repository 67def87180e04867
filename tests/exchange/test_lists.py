"""Tests of the lists that other programs write: whatever they put between cells, and however they write letters."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.exchange import lists
from clinic.exchange.sheets import cell
from clinic.values import Refusal

TEXT = "Name,Phone\nJosé Müller,510 555 0123\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("cp1252"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\n,\n").encode(),
    ],
)
def test_a_list_is_read_however_it_was_saved(data: bytes) -> None:
    found = lists.read(data)
    assert found.heading == ("Name", "Phone")
    assert [row.cells for row in found.rows] == [("José Müller", "510 555 0123")]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    found = lists.read(b'Name;"What, else"\n"Ann\nMarie";\n;\nBo;x\n')
    assert found.heading == ("Name", "What, else")
    assert [(row.number, row.cells[0]) for row in found.rows] == [(2, "Ann\nMarie"), (4, "Bo")]


def test_a_cell_made_safe_for_a_spreadsheet_is_read_as_it_was() -> None:
    assert lists.read(f"Name\n{cell('=1+1')}\n'Oumuamua\n".encode()).rows[0].cells == ("=1+1",)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "list_is_empty"),
        (b"\n\n,,\n", "list_is_empty"),
        (b"Name\0\n", "not_a_list"),
        (b"\xff\xfeN", "not_a_list"),
        (b",".join([b"x"] * 300), "not_a_list"),
        (b'Name\n"Ann,\nBo\n', "bad_row"),
        (b"Name\n" + b"B" * 200_000, "bad_row"),
    ],
)
def test_what_is_no_list_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        lists.read(data)


def test_a_list_of_half_the_country_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "LARGEST", 3)
    with pytest.raises(Refusal, match="file_too_large"):
        lists.read(b"Name")


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    with contextlib.suppress(Refusal):
        lists.read(data)

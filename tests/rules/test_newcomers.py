"""Tests of reading another program's list of clients: its columns, its days, and who is who."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules.newcomers import (
    Column,
    DayOrder,
    Fault,
    Known,
    Newcomer,
    Reading,
    columns,
    day_order,
    has_name,
    known,
    read_day,
    read_row,
    same_person,
)

TODAY = date(2026, 11, 24)
BORN = date(1980, 2, 3)
EVERY = {column: at for at, column in enumerate(Column) if column is not Column.NAME}


def reading(*found: Column, order: DayOrder = DayOrder.MONTH) -> Reading:
    return Reading({column: at for at, column in enumerate(found)}, len(found), order, TODAY, 300)


def read(cells: tuple[str, ...], *found: Column) -> Newcomer:
    return read_row(2, cells, reading(*found))


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        (["Client ID", "First Name", "Last name"], {Column.GIVEN_NAME: 1, Column.FAMILY_NAME: 2}),
        (["Teléfono", "Nombre", "Apellidos"], {Column.PHONE: 0, Column.GIVEN_NAME: 1, Column.FAMILY_NAME: 2}),
        (["Client Name", "Home phone", "Cell"], {Column.NAME: 0, Column.OTHER_PHONE: 1, Column.PHONE: 2}),
        (["Name", "First name", "Name"], {Column.GIVEN_NAME: 1}),
        (["Phone", "Mobile"], {Column.PHONE: 1}),
        (["Mobile", "Phone"], {Column.PHONE: 0}),
        (["名前", "", "Notes"], {}),
    ],
)
def test_a_heading_is_known_by_its_words(heading: list[str], found: dict[Column, int]) -> None:
    assert columns(heading) == found
    assert has_name(found) == bool(found.keys() & {Column.NAME, Column.GIVEN_NAME, Column.FAMILY_NAME})


@pytest.mark.parametrize(
    "text",
    [
        *("1980-02-03", "1980/2/3", "1980-02-03T00:00:00", "19800203"),
        *("02/03/80", "2-3-1980", "2/3/1980 12:00 AM", "3.2.1980"),
        *("Feb 3, 1980", "February 3rd, 1980", "3 de febrero de 1980"),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text, DayOrder.MONTH, TODAY) == BORN


@pytest.mark.parametrize(
    "text", ["2/30/1980", "31/12/1980", "feb 1980", "feb 3 80", "soon", "9" * 5000, "13"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text, DayOrder.MONTH, TODAY) is None


def test_a_year_of_two_figures_is_the_last_one_that_has_come() -> None:
    said = ("11/24/26", "11/25/26", "1/1/30", "2/29/28", "2/29/00")
    years = [day.year for text in said if (day := read_day(text, DayOrder.MONTH, TODAY))]
    assert years == [2026, 1926, 1930, 1928, 2000]


@given(st.dates(date(1907, 1, 1), TODAY), st.sampled_from(DayOrder))
def test_every_day_of_birth_comes_back_as_it_was_written(day: date, order: DayOrder) -> None:
    first, second = (day.day, day.month) if order is DayOrder.DAY else (day.month, day.day)
    assert read_day(f"{first}/{second}/{day.year}", order, TODAY) == day
    assert read_day(day.isoformat(), order, TODAY) == day


def test_days_that_leave_no_doubt_say_how_the_others_are_meant() -> None:
    assert day_order(["1/2/80", "31/1/80", "1980-02-03", "31.1.80"]) is DayOrder.DAY
    assert day_order(["1/2/80", "1/31/80"]) is DayOrder.MONTH
    assert day_order(["1/2/80"]) is DayOrder.MONTH


def test_a_row_becomes_a_client_with_all_it_says() -> None:
    said = {
        Column.GIVEN_NAME: "Ann\nMarie",
        Column.FAMILY_NAME: " Lee ",
        Column.PREFERRED_NAME: "Annie",
        Column.BORN: "2/3/80",
        Column.OTHER_PHONE: "(510) 555-0123",
        Column.EMAIL: "ann@example.org",
        Column.STREET: "1 Elm St,\n\nrear",
        Column.STREET_2: "Apt 2",
        Column.CITY: "Alameda",
        Column.POSTAL: "n/a",
        Column.EMERGENCY_NAME: "Bo",
        Column.EMERGENCY_RELATION: "brother",
        Column.GUARDIAN_PHONE: "510 555 0199",
    }
    one = read(tuple(said.values()), *said)
    assert one == Newcomer(
        2,
        {
            "given_name": "Ann, Marie",
            "family_name": "Lee",
            "preferred_name": "Annie",
            "born": BORN,
            "phone": "(510) 555-0123",
            "email": "ann@example.org",
            "address": {"street": "1 Elm St, rear, Apt 2", "city": "Alameda"},
            "emergency": {"name": "Bo", "relation": "brother"},
            "guardian": None,
        },
    )


@pytest.mark.parametrize(
    ("whole", "given_name", "family_name"),
    [("Lee, Ann", "Ann", "Lee"), ("Ann Marie Lee", "Ann Marie", "Lee"), ("Cher", "", "Cher")],
)
def test_a_whole_name_is_parted(whole: str, given_name: str, family_name: str) -> None:
    facts = read((whole,), Column.NAME).facts
    assert (facts["given_name"], facts["family_name"]) == (given_name, family_name)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        (("", "555 0123 4567", ""), Column.FAMILY_NAME, "name_missing"),
        (("ann@example.org", "", ""), Column.FAMILY_NAME, "not_a_name"),
        (("=1+1", "", ""), Column.FAMILY_NAME, "not_a_name"),
        (("M\ufffdller", "", ""), Column.FAMILY_NAME, "not_a_name"),
        (("Lee", "ask", ""), Column.PHONE, "not_a_phone"),
        (("Lee", "a1234567@example.org", ""), Column.PHONE, "not_a_phone"),
        (("Lee", "", "2/30/80"), Column.BORN, "not_a_day"),
        (("Lee", "", "1/1/2050"), Column.BORN, "born_ahead"),
        (("Lee", "", "1/1/1850"), Column.BORN, "born_long_ago"),
        (("L" * 301, "", ""), Column.FAMILY_NAME, "too_long"),
        (("Lee", "", "", "more"), None, "too_many_cells"),
    ],
)
def test_a_row_that_can_be_no_client_says_where_and_why(
    cells: tuple[str, ...], column: Column, code: str
) -> None:
    one = read(cells, Column.FAMILY_NAME, Column.PHONE, Column.BORN)
    assert one.faults == (Fault(column, code),)


def test_swapped_columns_are_noticed() -> None:
    one = read(("Lee", "ann@example.org", "510 555 0123"), Column.FAMILY_NAME, Column.PHONE, Column.EMAIL)
    assert one.faults == (Fault(Column.PHONE, "not_a_phone"), Fault(Column.EMAIL, "not_an_email"))


def test_an_unused_second_phone_spoils_no_row() -> None:
    one = read(("Lee", "510 555 0123", "ext 2"), Column.FAMILY_NAME, Column.PHONE, Column.OTHER_PHONE)
    assert (one.faults, one.facts["phone"]) == ((), "510 555 0123")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Known(BORN, "5550123", ""), Known(BORN, "5550199", ""), True),
        (Known(BORN, "5550123", ""), Known(date(1980, 3, 2), "5550123", ""), False),
        (Known(BORN, "5550123", ""), Known(None, "5550123", ""), True),
        (Known(BORN, "5550123", ""), Known(None, "5550199", ""), False),
        (Known(None, "5550123", "a@x.org"), Known(None, "5550199", "a@x.org"), True),
        (Known(BORN, "", ""), Known(None, "5550123", ""), True),
    ],
)
def test_two_of_one_name_are_one_unless_something_tells_them_apart(
    one: Known, other: Known, *, same: bool
) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_a_phone_is_known_by_its_end_and_an_address_in_any_case() -> None:
    one = known({"phone": "+1 (510) 555-0123", "email": "Ann@Example.org"})
    assert one == Known(None, "5550123", "ann@example.org")

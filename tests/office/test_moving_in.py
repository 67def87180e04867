"""Tests of moving in: clients of another program's list are looked at, taken on together, and taken back."""

from __future__ import annotations

import csv
from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.office import booking, clients, custody, moving_in
from clinic.office.moving_in import Column, DayOrder, Fate
from clinic.values import Refusal, StaffId, TreatmentId
from tests import practices

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.storage.work import Work
    from clinic.values import ClientId

LIST = """First name,Last name,Phone,Born
Ann,Lee,510 555 0123,2/3/80
ann,LEE,+1 510 555 0123,
Ann,Lee,510 555 0199,3/3/81
Hạnh,Nguyễn,(510) 555-0168,
Bo,Ng,call,31/31/80
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def fates(desk: Desk, file: Path) -> list[tuple[int, Fate]]:
    return [(entry.row, entry.fate) for entry in moving_in.look(desk, file).entries]


def how_many(desk: Desk) -> int:
    return desk.reading(clients.count)


def test_a_look_tells_each_rows_fate_and_keeps_nothing(desk: Desk, file: Path) -> None:
    before = how_many(desk)
    assert fates(desk, file) == [
        (2, Fate.NEW),
        (3, Fate.TWICE),
        (4, Fate.NAMESAKE),
        (5, Fate.THERE),
        (6, Fate.REFUSED),
    ]
    assert how_many(desk) == before


def test_a_bad_row_keeps_everybody_out_until_it_is_left_out(desk: Desk, file: Path) -> None:
    before = how_many(desk)
    with pytest.raises(Refusal) as refused:
        moving_in.take_on(desk, file)
    assert refused.value.facts["rows"] == [
        {"row": 6, "column": "Phone", "code": "not_a_phone"},
        {"row": 6, "column": "Born", "code": "not_a_day"},
    ]
    assert how_many(desk) == before
    moving_in.take_on(desk, file, leave_out=True)
    assert how_many(desk) == before + 2


def test_who_was_taken_on_is_found_and_a_second_time_adds_nobody(desk: Desk, file: Path) -> None:
    moving_in.take_on(desk, file, leave_out=True)
    found = desk.reading(partial(clients.search, typed="5550199"))
    assert [one.name for one in found] == ["Ann Lee"]
    assert moving_in.take_on(desk, file, leave_out=True).clients == ()
    assert all(finding.ok for finding in custody.verify(desk))


def test_an_undo_takes_all_back_but_who_was_booked_since(desk: Desk, file: Path) -> None:
    before = how_many(desk)
    taken = moving_in.take_on(desk, file, leave_out=True)
    at = practices.NOW.replace(tzinfo=None, month=12, hour=10, minute=0)
    desk.writing(partial(_book, client=taken.clients[0], at=at))
    done, _topics = desk.writing(partial(moving_in.take_back, taken=taken.clients))
    assert (done.gone, done.staying) == (1, 1)
    assert how_many(desk) == before + 1
    assert all(finding.ok for finding in custody.verify(desk))


def _book(work: Work, *, client: ClientId, at: datetime) -> object:
    return booking.book(work, client=client, treatment=TreatmentId("t-rest"), staff=StaffId("owner"), at=at)


def test_columns_and_days_are_read_as_one_says(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("名前,Geburtstag\nAnn Lee,2/3/80\n", encoding="utf-8")
    assert moving_in.look(desk, file).entries == ()
    with pytest.raises(Refusal, match="no_name_column"):
        moving_in.take_on(desk, file)
    columns = {Column.NAME: 0, Column.BORN: 1}
    taken = moving_in.take_on(desk, file, columns=columns, order=DayOrder.DAY)
    born = desk.reading(partial(clients.details, client=taken.clients[0])).born
    assert str(born) == "1980-03-02"


def test_rows_to_mend_are_kept_in_a_table_that_can_be_brought_again(desk: Desk, file: Path) -> None:
    to = file.with_name("mend.csv")
    assert moving_in.put_aside(desk, file, moving_in.look(desk, file), to) == 1
    with to.open(encoding="utf-8", newline="") as kept:
        heading, row = csv.reader(kept)
    assert heading[-1] == "What is wrong"
    assert row == ["Bo", "Ng", "call", "31/31/80", "Phone: this is no phone number; Born: this is no day"]
    to.write_text(to.read_text("utf-8").replace("call", "510 555 0155").replace("31/31", "1/31"), "utf-8")
    assert fates(desk, to) == [(2, Fate.NEW)]


def test_a_long_list_is_kept_in_stretches(desk: Desk, tmp_path: Path) -> None:
    file, many = tmp_path / "many.csv", moving_in.AT_A_TIME + 1
    file.write_text("Name\n" + "\n".join(f"Client A{n}b" for n in range(many)), encoding="utf-8")
    taken = moving_in.take_on(desk, file)
    assert len(set(taken.clients)) == many
    done, _topics = desk.writing(partial(moving_in.take_back, taken=taken.clients))
    assert done.staying == 0

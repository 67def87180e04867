"""The booking panel, on a real practice: few interactions, nothing booked by accident, all of it undone by one."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from clinic.office import diary
from clinic.values import AppointmentId, ClientId
from ui.screens.booking import BookFor, open_booking
from ui.widgets.times import typed_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.screens.a_day import AtTheCounter

CTRL = Qt.KeyboardModifier.ControlModifier


def begin(counter: AtTheCounter) -> None:
    counter.press(Qt.Key.Key_N, CTRL)


def test_a_known_client_at_a_seen_slot_takes_three_interactions(counter: AtTheCounter) -> None:
    begin(counter)
    counter.type("odile", enter=True)
    counter.type("7pm", enter=True)
    assert counter.panel is None
    assert ("2026-11-18 19:00", "confirmed") in counter.booked("c-other")
    assert counter.shell._toast.words == "Booked for Wed, Nov 18, 2026, 7:00 pm."


def test_enter_before_the_suggestions_came_takes_the_first_of_them(counter: AtTheCounter) -> None:
    begin(counter)
    QTest.keyClicks(counter.booking.who.line, "odile")
    QTest.keyClick(counter.booking.who.line, Qt.Key.Key_Return)
    counter.settle()
    assert counter.booking.who.client == "c-other"


def test_the_last_treatment_therapist_and_length_are_proposed(counter: AtTheCounter) -> None:
    begin(counter)
    counter.type("hanh", enter=True)
    panel = counter.booking
    assert panel.staff.currentText() == "Tomás Rivera"
    assert panel.treatment.currentText() == "Therapeutic massage, $125.00"
    assert panel.minutes.chosen == "60"
    assert QApplication.focusWidget() is panel.time
    assert "Already booked: Wed, Nov 18, 2026, 4:00 pm" in panel.before.said


def test_a_booking_half_filled_in_stays_when_another_is_begun(counter: AtTheCounter) -> None:
    begin(counter)
    empty = counter.booking
    begin(counter)
    assert counter.booking is not empty
    counter.type("hanh", enter=True)
    counter.booking.time.setText("7pm")
    half = counter.booking
    begin(counter)
    counter.settle()
    assert counter.booking is half
    assert (half.who.client, half.time.text()) == ("c-own", "7:00 pm")
    assert QApplication.focusWidget() is half.button
    open_booking(counter.shell, BookFor(ClientId("c-other")))
    assert counter.booking is not half


def test_esc_closes_and_books_nothing(counter: AtTheCounter) -> None:
    before = counter.booked("c-other")
    begin(counter)
    counter.type("odile", enter=True)
    counter.type("7pm")
    counter.press(Qt.Key.Key_Escape)
    assert counter.panel is None
    assert counter.booked("c-other") == before


def test_a_taken_time_says_who_and_when_beside_the_field_and_is_not_booked(counter: AtTheCounter) -> None:
    before = counter.booked("c-other")
    begin(counter)
    counter.type("odile", enter=True)
    panel = counter.booking
    panel.staff.choose("s-therapist")
    counter.type("4pm", enter=True)
    assert panel.form["at"].message == "Tomás Rivera is taken from 4:00 pm to 5:00 pm: Hạnh Nguyễn."
    assert counter.booked("c-other") == before
    panel.time.clear()
    counter.type("6:30pm", enter=True)
    assert ("2026-11-18 18:30", "confirmed") in counter.booked("c-other")


def test_a_taken_room_is_said_at_the_room(counter: AtTheCounter) -> None:
    begin(counter)
    counter.type("odile", enter=True)
    panel = counter.booking
    panel.room.choose("r-hearth")
    counter.type("4pm")
    assert panel.form["room"].message == "Hearth is taken from 4:00 pm to 5:00 pm: Hạnh Nguyễn."


def test_a_time_outside_the_hours_warns_and_stops_nothing(counter: AtTheCounter) -> None:
    begin(counter)
    counter.type("odile", enter=True)
    counter.type("9pm")
    assert "Outside the therapist's hours." in counter.booking.before.said
    counter.press(Qt.Key.Key_Return)
    assert ("2026-11-18 21:00", "confirmed") in counter.booked("c-other")


def test_a_certificate_that_will_have_expired_warns(counter: AtTheCounter) -> None:
    begin(counter)
    counter.type("hanh", enter=True)
    panel = counter.booking
    panel.day.setFocus()
    panel.day.selectAll()
    counter.type("dec 21")
    panel.time.setFocus()
    counter.type("1pm")
    assert "The therapist's certificate has expired." in panel.before.said


def test_the_letter_behind_the_visit_is_named(counter: AtTheCounter) -> None:
    begin(counter)
    counter.type("hanh", enter=True)
    panel = counter.booking
    panel.day.set_day(date(2026, 11, 25))
    counter.type("1pm")
    assert "Visit 3 of 3, letter L-2026-014 valid to Dec 31, 2026" in panel.before.said
    panel.day.set_day(date(2027, 1, 13))
    counter.settle()
    none = "No letter of medical necessity on file for this date. The receipt will say so."
    assert none in panel.before.said


def test_relaxation_is_said_to_stay_unmarked(counter: AtTheCounter) -> None:
    begin(counter)
    counter.type("hanh", enter=True)
    panel = counter.booking
    panel.treatment.setCurrentIndex(panel.treatment.findText("Relaxation", Qt.MatchFlag.MatchStartsWith))
    counter.type("7pm")
    assert any(said.startswith("Booked for relaxation") for said in panel.before.said)


def test_somebody_new_is_taken_on_in_place(counter: AtTheCounter) -> None:
    begin(counter)
    counter.type("Idris Okonjo", enter=True)
    panel = counter.booking
    assert (panel.who.given.text(), panel.who.family.text()) == ("Idris", "Okonjo")
    assert QApplication.focusWidget() is panel.who.phone
    counter.type("(510) 555-0199")
    panel.time.setFocus()
    counter.type("7:30 pm", enter=True)
    assert counter.panel is None
    with counter.desk.vault.connect(reading=True) as connection:
        asked = (
            "SELECT c.id, c.phone, a.at FROM clients c JOIN appointments a ON a.client = c.id"
            " WHERE c.family_name = 'Okonjo'"
        )
        key, phone, at = connection.exec_driver_sql(asked).one()
    assert (phone, at[:16]) == ("(510) 555-0199", "2026-11-18 19:30")
    counter.shell._undo.undo()
    counter.settle()
    assert [state for _at, state in counter.booked(key)] == ["cancelled"]
    counter.shell._undo.redo()
    counter.settle()
    assert [state for _at, state in counter.booked(key)] == ["cancelled", "tentative"]
    counter.shell._undo.undo()
    counter.settle()
    assert [state for _at, state in counter.booked(key)] == ["cancelled", "cancelled"]


def test_a_new_client_without_a_name_is_refused_at_the_name(counter: AtTheCounter) -> None:
    begin(counter)
    counter.type("5550123", enter=True)
    panel = counter.booking
    assert panel.who.phone.text() == "5550123"
    panel.time.setFocus()
    counter.type("7pm", enter=True)
    assert panel.who.form["given_name"].message == "A name is needed."


def test_what_is_missing_is_said_beside_its_field(counter: AtTheCounter) -> None:
    begin(counter)
    panel = counter.booking
    panel.button.click()
    assert panel.who.field.message
    counter.press(Qt.Key.Key_Return)
    assert panel.who.field.message
    counter.type("odile", enter=True)
    panel.button.click()
    assert panel.form["at"].message == "Type a time, such as 4pm."
    panel.day.clear()
    QTest.keyClicks(panel.day, "someday")
    panel.button.click()
    assert panel.form["day"].message.startswith("Type a day")


def test_a_client_can_be_changed_for_another(counter: AtTheCounter) -> None:
    begin(counter)
    counter.type("odile", enter=True)
    panel = counter.booking
    panel.who._change.setFocus()
    counter.press(Qt.Key.Key_Return)
    assert panel.who.client is None
    assert QApplication.focusWidget() is panel.who.line
    counter.type("hanh")
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Return)
    assert panel.who.new
    look = next(b for b in panel.findChildren(QPushButton) if b.text() == "Look for a client instead")
    look.click()
    assert not panel.who.new


def test_rebooking_looks_for_the_next_week_in_which_the_hour_is_free(counter: AtTheCounter) -> None:
    panel = open_booking(counter.shell, BookFor(ClientId("c-own"), like=AppointmentId("a-before")))
    counter.settle()
    assert panel.day.day == date(2026, 11, 25)
    assert panel.time.at == time(16)
    assert panel.button.hasFocus()


def test_a_slot_that_was_seen_is_kept(counter: AtTheCounter) -> None:
    open_booking(counter.shell, BookFor(at=datetime(2026, 11, 20, 16)))
    counter.settle()
    counter.type("odile", enter=True)
    counter.press(Qt.Key.Key_Return)
    assert ("2026-11-20 16:00", "confirmed") in counter.booked("c-other")


def test_a_day_that_has_passed_is_entered_only_when_it_is_meant(counter: AtTheCounter) -> None:
    def entered() -> list[datetime]:
        days = partial(diary.spread, first=date(2026, 11, 13), last=date(2026, 11, 14))
        return [e.at for e in counter.desk.reading(days).entries if e.client == "c-other" and e.at.hour == 16]

    panel = open_booking(counter.shell, BookFor(at=datetime(2026, 11, 13, 16)))
    counter.settle()
    counter.type("odile", enter=True)
    assert "This day has passed." in panel.before.said
    assert panel.button.text() == "Enter the past visit"
    panel.button.click()
    counter.settle()
    assert entered() == []
    assert panel.form["day"].message.startswith("This day has passed.")
    panel.day.set_day(date(2026, 11, 14))
    counter.settle()
    panel.button.click()
    counter.settle()
    assert entered() == []
    panel.button.click()
    counter.settle()
    assert entered() == [datetime(2026, 11, 14, 16)]


def test_earlier_on_this_day_is_no_late_entry(counter: AtTheCounter) -> None:
    panel = open_booking(counter.shell, BookFor(at=datetime(2026, 11, 18, 8)))
    counter.settle()
    counter.type("odile", enter=True)
    assert panel.button.text() == "Book the visit"


def test_a_therapist_books_for_themselves(sit: Callable[[str], AtTheCounter]) -> None:
    counter = sit("s-therapist")
    begin(counter)
    assert [counter.booking.staff.itemText(at) for at in range(counter.booking.staff.count())] == [
        "Tomás Rivera"
    ]


def test_a_bookkeeper_books_nothing(sit: Callable[[str], AtTheCounter]) -> None:
    counter = sit("s-books")
    begin(counter)
    assert not counter.booking.button.isVisible()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4pm", time(16)),
        ("4 p.m.", time(16)),
        ("4", time(16)),
        ("04:00", time(4)),
        ("9", time(9)),
        ("9:15", time(9, 15)),
        ("930", time(9, 30)),
        ("1630", time(16, 30)),
        ("16.30", time(16, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("noon", time(12)),
        ("25", None),
        ("13pm", None),
        ("9:75", None),
        ("soon", None),
        ("", None),
    ],
)
def test_times_are_read_as_people_type_them(typed: str, meant: time | None) -> None:
    assert typed_time(typed) == meant

"""Finding a time, a series and the waiting list, at the window of a real practice."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QWidget

from clinic.office import booking, openings, waiting
from clinic.values import BlockKind, ClientId, RoomId, StaffId, TreatmentId, Urgency
from ui.screens.booking import BookFor, open_booking, open_waiting_list
from ui.screens.booking.series import SeriesPanel
from ui.screens.booking.waiting import Matches, WaitingList
from ui.screens.booking.waiting_entry import Entry

if TYPE_CHECKING:
    from tests.ui.screens.a_day import AtTheCounter
    from ui.screens.booking.panel import BookingPanel

HER = StaffId("s-therapist")


def begin(counter: AtTheCounter, client: str = "c-other") -> BookingPanel:
    panel = open_booking(counter.shell, BookFor(client=ClientId(client)))
    counter.settle()
    return panel


def look_for(counter: AtTheCounter, panel: BookingPanel, words: str) -> list[str]:
    panel.finder.line.setFocus()
    QTest.keyClicks(panel.finder.line, words)
    counter.qtbot.waitUntil(lambda: not panel.finder._resting.isActive())
    counter.settle()
    return [button.accessibleName() for button in panel.finder.slots]


def said(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_few_words_find_a_time_and_enter_takes_the_best(counter: AtTheCounter) -> None:
    panel = begin(counter)
    look_for(counter, panel, "90 deep tue after 4 tomas")
    assert panel.finder.field.message == "Not understood: deep"
    panel.finder.line.clear()
    found = look_for(counter, panel, "60 therapeutic tue after 4 tomas")
    assert found[0] == "Tue, Nov 24, 4:00 pm with Tomás, Hearth"
    assert "Tuesdays \u00b7 from 4:00 pm" in said(panel.finder)
    counter.press(Qt.Key.Key_Return)
    assert (panel.day.day, panel.time.at) == (datetime(2026, 11, 24).date(), time(16))
    assert (panel.staff.currentData(), panel.room.currentText()) == ("s-therapist", "Hearth")
    assert panel.finder.slots == []
    assert QApplication.focusWidget() is panel.button
    counter.press(Qt.Key.Key_Return)
    assert ("2026-11-24 16:00", "confirmed") in counter.booked("c-other")


def test_the_next_free_times_come_one_press_away_in_the_order_of_the_calendar(counter: AtTheCounter) -> None:
    panel = begin(counter)
    panel.finder.next.click()
    counter.settle()
    times = [button.slot.at for button in panel.finder.slots]
    assert times == sorted(times)
    assert times[0] == datetime(2026, 11, 18, 14, 30)
    panel.finder.slots[1].click()
    assert panel.at == times[1]


def test_the_arrows_walk_into_the_times_and_enter_takes_one(counter: AtTheCounter) -> None:
    panel = begin(counter)
    look_for(counter, panel, "fri morning")
    QTest.keyClick(panel.finder.line, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is panel.finder.slots[0]
    second = panel.finder.slots[1].slot.at
    QTest.keyClick(panel.finder.slots[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is panel.finder.slots[1]
    QTest.keyClick(panel.finder.slots[1], Qt.Key.Key_Up)
    QTest.keyClick(panel.finder.slots[0], Qt.Key.Key_Down)
    QTest.keyClick(panel.finder.slots[1], Qt.Key.Key_Return)
    assert panel.at == second


def test_enter_before_the_times_came_takes_the_first_of_them(counter: AtTheCounter) -> None:
    panel = begin(counter)
    panel.finder.line.setFocus()
    QTest.keyClicks(panel.finder.line, "fri 10am")
    QTest.keyClick(panel.finder.line, Qt.Key.Key_Return)
    counter.settle()
    assert panel.at == datetime(2026, 11, 20, 10)


def test_where_nothing_is_free_it_says_so(counter: AtTheCounter) -> None:
    panel = begin(counter)
    assert look_for(counter, panel, "sunday") == []
    assert "Nothing is free then within 6 weeks." in said(panel.finder)
    assert panel.finder.waiting.isVisible()
    panel.finder.next.click()
    counter.settle()
    assert panel.finder.slots
    panel.finder.line.clear()
    look_for(counter, panel, " ")
    assert panel.finder.next.isVisible()


def test_soonest_typed_or_chosen_orders_by_the_calendar(counter: AtTheCounter) -> None:
    panel = begin(counter)
    look_for(counter, panel, "asap")
    assert panel.finder.order.chosen == "soonest"
    soonest = panel.finder.slots[0].slot.at
    panel.finder.order.choose("best")
    panel.finder.order.switched.emit("best")
    counter.settle()
    assert panel.finder.slots[0].slot.at > soonest
    panel.staff.choose("owner")
    counter.qtbot.waitUntil(lambda: not panel.finder._resting.isActive())
    counter.settle()
    assert panel.finder.slots


def test_a_blocked_time_says_why_beside_the_field(counter: AtTheCounter) -> None:
    noon = datetime(2026, 11, 20, 12)
    away: dict[str, Any] = {"begins": noon, "ends": noon.replace(hour=13), "staff": HER}
    counter.desk.writing(partial(openings.add_block, kind=BlockKind.BREAK, **away))
    panel = open_booking(counter.shell, BookFor(client=ClientId("c-own"), at=noon, staff=HER))
    counter.settle()
    assert panel.form["at"].message.startswith("The therapist can't be booked then. Break:")
    panel.button.click()
    counter.settle()
    assert counter.panel is panel


def series(counter: AtTheCounter, client: str = "c-own") -> SeriesPanel:
    panel = begin(counter, client)
    panel.day.set_day(datetime(2026, 11, 24).date())
    panel.time.set_time(time(10))
    panel.staff.choose("s-therapist")
    counter.settle()
    panel.finder.series.click()
    counter.settle()
    found = counter.panel
    assert isinstance(found, SeriesPanel)
    return found


def settle_series(counter: AtTheCounter, panel: SeriesPanel) -> None:
    counter.qtbot.waitUntil(lambda: not panel._resting.isActive())
    counter.settle()


def test_a_series_shows_each_visit_books_what_is_ticked_and_is_undone_by_one(counter: AtTheCounter) -> None:
    noon = datetime(2026, 12, 8)
    away: dict[str, Any] = {"begins": noon, "ends": noon.replace(hour=12), "staff": HER}
    counter.desk.writing(partial(openings.add_block, kind=BlockKind.TRAINING, **away))
    panel = series(counter, "c-ar")
    panel.count.setText("4")
    settle_series(counter, panel)
    assert [row.ticked for row in panel.rows] == [True, True, False, True]
    assert "Training: Dec 8, 2026, 12:00 am to 12:00 pm." in said(panel.rows[2])
    assert panel.button.text() == "Book 3 visits"
    panel.rows[2].take_instead()
    assert panel.rows[2].at == datetime(2026, 12, 8, 12)
    assert panel.button.text() == "Book 4 visits"
    panel.rows[3].box.setChecked(False)
    panel.button.click()
    counter.settle()
    assert counter.panel is None
    booked = {"2026-11-24 10:00", "2026-12-01 10:00", "2026-12-08 12:00"}
    assert {at for at, state in counter.booked("c-ar") if state == "confirmed"} == booked
    assert counter.shell._toast.words == "3 visits booked, from Nov 24 to Dec 8."
    for turn, kept in ((Qt.Key.Key_Z, set()), (Qt.Key.Key_Y, booked)):
        counter.shell._undo.undo() if turn == Qt.Key.Key_Z else counter.shell._undo.redo()
        counter.settle()
        assert {at for at, state in counter.booked("c-ar") if state == "confirmed"} == kept


def test_a_series_stops_where_the_letter_does(counter: AtTheCounter) -> None:
    """One visit of three is used, three are booked: the letter has none left for a series."""
    panel = series(counter)
    assert "Letter L-2026-014" in said(panel)
    panel.count.setText("3")
    settle_series(counter, panel)
    assert any(row.planned.beyond for row in panel.rows)
    for row in panel.rows:
        assert not (row.planned.beyond and row.ticked) or not any(r.planned.letter for r in panel.rows)


def test_what_is_no_series_says_so_at_the_field(counter: AtTheCounter) -> None:
    panel = series(counter)
    panel.count.setText("")
    settle_series(counter, panel)
    assert panel.form["count"].message.startswith("A series has one to 60 visits")
    panel.time.clear()
    settle_series(counter, panel)
    assert panel.form["at"].message == "Type a time, such as 4pm."


def test_without_a_client_there_is_no_series_and_nobody_waits(counter: AtTheCounter) -> None:
    panel = open_booking(counter.shell)
    counter.settle()
    panel.finder.series.click()
    assert panel.who.field.message.startswith("Choose the client first")
    panel.finder.waiting.click()
    assert panel.who.field.message == "Choose the client first: somebody on file waits."


def wait(counter: AtTheCounter, client: str, **terms: Any) -> None:
    task = partial(
        waiting.add, client=ClientId(client), treatment=TreatmentId("t-60"), terms=waiting.Terms(**terms)
    )
    counter.desk.writing(task)


def test_somebody_is_put_on_the_waiting_list_and_taken_off_again(counter: AtTheCounter) -> None:
    panel = begin(counter)
    panel.finder.waiting.click()
    counter.settle()
    entry = counter.panel
    assert isinstance(entry, Entry)
    entry.urgency.choose("pain")
    entry.days["tue"].setChecked(True)
    entry.earliest.setText("2pm")
    entry.latest.setText("6pm")
    entry.remark.setText("can be here in ten minutes")
    entry.button.click()
    counter.settle()
    (row,) = counter.desk.reading(waiting.listing)
    assert row.terms.urgency is Urgency.PAIN
    assert (row.terms.days, row.terms.earliest) == (("tue",), time(14))
    shown = open_waiting_list(counter.shell)
    counter.settle()
    assert isinstance(shown, WaitingList)
    assert "Tue \u00b7 2:00 pm to 6:00 pm \u00b7 in pain" in said(shown)
    shown._close(row.id)
    counter.settle()
    assert counter.desk.reading(waiting.listing) == ()
    assert "Nobody waits." in said(shown)
    counter.shell._undo.undo()
    counter.settle()
    assert len(counter.desk.reading(waiting.listing)) == 1


def test_hours_that_end_before_they_begin_are_said_at_the_field(counter: AtTheCounter) -> None:
    panel = begin(counter)
    panel.finder.waiting.click()
    counter.settle()
    entry = counter.panel
    assert isinstance(entry, Entry)
    entry.earliest.setText("6pm")
    entry.latest.setText("2pm")
    entry.button.click()
    counter.settle()
    assert entry.form["latest"].message == "It ends before it begins. Choose a later end."


def test_a_cancelled_visit_is_offered_to_those_who_wait_and_booked_from_there(counter: AtTheCounter) -> None:
    wait(counter, "c-other", staff=HER)
    wait(counter, "c-cjk", urgency=Urgency.PAIN, remark="shoulder")
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_Delete)
    counter.press(Qt.Key.Key_1)
    panel = counter.panel
    assert isinstance(panel, Matches)
    assert [card.accessibleName() for card in panel.cards] == ["明子 山本", "Odile Marchetti"]
    assert "Wed, Nov 18, 4:00 pm with Tomás is free. 2 clients wait for such a time." in said(panel)
    assert "in pain" in said(panel.cards[0])
    assert "asked for Tomás" in said(panel.cards[1])
    assert QApplication.focusWidget() is panel.leave
    panel.cards[0].button.click()
    counter.settle()
    assert ("2026-11-18 16:00", "confirmed") in counter.booked("c-cjk")
    assert [row.client for row in counter.desk.reading(waiting.listing)] == ["c-other"]
    counter.shell._undo.undo()
    counter.settle()
    assert ("2026-11-18 16:00", "confirmed") not in counter.booked("c-cjk")
    assert len(counter.desk.reading(waiting.listing)) == 2
    counter.shell._undo.redo()
    counter.settle()
    assert ("2026-11-18 16:00", "confirmed") in counter.booked("c-cjk")


def test_enter_after_a_cancellation_books_nobody(counter: AtTheCounter) -> None:
    wait(counter, "c-other")
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_Delete)
    counter.press(Qt.Key.Key_1)
    assert isinstance(counter.panel, Matches)
    counter.press(Qt.Key.Key_Return)
    assert ("2026-11-18 16:00", "confirmed") not in counter.booked("c-other")


def test_where_nobody_waits_nothing_opens(counter: AtTheCounter) -> None:
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_Delete)
    counter.press(Qt.Key.Key_1)
    assert counter.panel is None


def test_a_time_taken_meanwhile_is_said_and_nothing_is_booked(counter: AtTheCounter) -> None:
    wait(counter, "c-other")
    counter.go_to("a-next")
    counter.press(Qt.Key.Key_Delete)
    counter.press(Qt.Key.Key_1)
    panel = counter.panel
    assert isinstance(panel, Matches)
    taken: dict[str, Any] = {"client": ClientId("c-ar"), "treatment": TreatmentId("t-60"), "staff": HER}
    counter.desk.writing(
        partial(booking.book, at=datetime(2026, 11, 18, 16), room=RoomId("r-willow"), **taken)
    )
    panel.cards[0].button.click()
    counter.settle()
    assert "The time is taken" in said(panel)
    assert counter.panel is panel


def test_every_tick_and_word_of_a_series_fits_the_panel(counter: AtTheCounter) -> None:
    panel = series(counter, "c-ar")
    settle_series(counter, panel)
    shown: list[QWidget] = [*panel.findChildren(QCheckBox), *panel.findChildren(QLabel)]
    assert len(shown) > 10
    for each in shown:
        if each.isVisible():
            assert each.mapTo(panel, each.rect().topRight()).x() <= panel.width()


def test_whoever_seems_to_be_on_file_is_offered_before_a_twin_is_made(counter: AtTheCounter) -> None:
    counter.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    panel = counter.booking
    QTest.keyClicks(panel.who.line, "Oda Marchetti")
    counter.settle()
    panel.who.list.setCurrentRow(panel.who.list.count() - 1)
    panel.who._take(panel.who.list.currentItem())
    panel.who.given.setText("Odile")
    counter.qtbot.waitUntil(lambda: not panel.who._resting.isActive())
    counter.settle()
    (twin,) = panel.who.twins
    assert twin.accessibleName() == "Book for Odile Marchetti instead"
    twin.click()
    counter.settle()
    assert panel.who.client == "c-other"
    assert not panel.who.new
    assert "Still to ask: email, emergency contact" in said(panel.who)
